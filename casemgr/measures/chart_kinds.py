"""The charts of an office: reoffending, time in pre-trial detention, and where the open cases are."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casemgr.i18n import N_, Words
from casemgr.measures.charts import Band, Bar, Chart, Dot, Fill, Key, Label, Line, Mark, Point, Stroke, Tick
from casemgr.measures.indicators.values import Length, Value
from casemgr.measures.reoffending import DAYS_OF_A_YEAR, LEAST, FixedWindow
from casemgr.measures.sentences import LEVEL_TITLES, window_in_words
from casemgr.measures.survival import Curve, quantile
from casemgr.records.case import ProcessStage
from casemgr.records.pathway.follow_up_answers import ContactLevel

MONTH = DAYS_OF_A_YEAR / 12
ROW = 25.0
"""The height of a row that has a name, in points: two lines of writing."""

CURVE = N_("Reoffending over time: {level}")
WINDOWS = N_("Reoffending within fixed times: {level}")
MONTHS_SINCE = N_("Months at risk since the release or order")
SHARE, CHILDREN, DAYS, CASES = N_("Share of the children"), N_("Children"), N_("Days"), N_("Open cases")
ESTIMATED, BAND, AT_RISK = N_("Estimated share"), N_("95% interval"), N_("Children still observed")
FOUND, IF_NONE_OR_ALL = N_("Share found, with its 95% interval"), N_("If none, or all, of the lost had offended again")
HELD = N_("Time in pre-trial detention")
ENDED, RUNNING = N_("Ended in the period"), N_("Still held on the last day")
MEDIAN, QUARTILES = N_("Median"), N_("Quartiles: half of the cases lie between them")
MIDDLE_HALF = N_("Half of the cases lie here")
STAGES = N_("Where the open cases are")
STAGE, FROM, TO = N_("Stage of the procedure"), N_("From"), N_("To")
MONTH_HEAD, WINDOW_HEAD, LOW, HIGH = N_("Month"), N_("Time"), N_("Low"), N_("High")
LOWEST, HIGHEST = N_("Lowest possible"), N_("Highest possible")
FOLLOWED_OF = N_("{time} ({followed} followed)")
NOT_TOLD = "–"


def curve_chart(curve: Curve, level: ContactLevel, words: Words) -> Chart | None:
    """Return the curve of reoffending with its band and the numbers at risk, as far as five are still observed.

    None of fewer than ten children, or where nobody was observed for a day. It stays in the office.
    """
    until = curve.shown_until
    if curve.observed < LEAST or not until:
        return None
    shown = curve.shown
    highest = max((step.interval.high if step.interval else step.cumulative for step in shown), default=0.0)
    top = top_share(highest)
    months = months_shown(until)
    ticks = tuple(Tick(month * MONTH / until, words.number(month)) for month in months)
    points = stairs_of([(step.day / until, step.cumulative / top) for step in shown])
    marks: list[Mark] = []
    known = [(step.day / until, step.interval) for step in shown if step.interval]
    if known:
        low = stairs_of([(at, each.low / top) for at, each in known])
        high = stairs_of([(at, each.high / top) for at, each in known])
        since = known[0][0]
        marks.append(Band((*_from(high, since), *reversed(_from(low, since)))))
        marks += [Line(_from(edge, since), Stroke.DASHED) for edge in (low, high)]
    marks.append(Line(points, wide=True))
    last = points[-1]
    marks.append(Label(last, words.percent(last[1] * top)))
    at_risk = tuple(
        Tick(tick.at, words.number(curve.at_risk(month * MONTH))) for tick, month in zip(ticks, months, strict=True)
    )
    return Chart(
        title=words.text(CURVE, level=words.text(LEVEL_TITLES[level])), x_title=words.text(MONTHS_SINCE),
        y_title=words.text(SHARE), x_ticks=ticks, y_ticks=share_ticks(top, words), marks=tuple(marks),
        heads=tuple(map(words.text, (MONTH_HEAD, AT_RISK, ESTIMATED, LOW, HIGH))),
        rows=tuple(curve_rows(curve, months, words)), under=((words.text(AT_RISK), at_risk),),
        key=(Key(Stroke.SOLID, words.text(ESTIMATED)), Key(Stroke.DASHED, words.text(BAND))),
    )  # fmt: skip


def months_shown(until: float) -> tuple[int, ...]:
    """Return the months that stand on an axis of so many days."""
    last = math.floor(until / MONTH)
    step = next((step for step in (1, 3, 6, 12, 24) if last / step <= 8), 60)
    return tuple(range(0, last + 1, step))


def top_share(highest: float) -> float:
    """Return the share at the top of the axis; 100% is not forced, where all lies near the bottom."""
    return next((top for top in (0.1, 0.2, 0.5) if highest <= top), 1.0)


def share_ticks(top: float, words: Words) -> tuple[Tick, ...]:
    """Return the ticks of an axis of shares up to that one."""
    parts = 4 if top in (0.2, 1.0) else 5
    return tuple(Tick(part / parts, _whole_percent(top * part / parts, words)) for part in range(parts + 1))


def _whole_percent(share: float, words: Words) -> str:
    return words.figures(f"{share * 100:.0f}%")


def stairs_of(points: Sequence[Point], end: float = 1.0) -> tuple[Point, ...]:
    """Return the stairs that rise at these points, from the start to the end of the axis, or as far as they go."""
    stairs: list[Point] = [(0.0, 0.0)]
    for x, y in points:
        stairs += [(x, stairs[-1][1]), (x, y)]
    return (*stairs, (end, stairs[-1][1]))


def _from(stairs: Sequence[Point], since: float) -> tuple[Point, ...]:
    """Return the stairs from the top of their first step on, which stands there."""
    rest = [point for point in stairs if point[0] >= since]
    return tuple(rest[1:]) if len(rest) > 1 and rest[0][1] == 0.0 else tuple(rest)


def curve_rows(curve: Curve, months: Sequence[int], words: Words) -> Iterator[tuple[str, ...]]:
    """Yield for each month, as far as the curve is shown, how many are observed, the share, and its interval."""
    for month in months:
        if (found := curve.at(month * MONTH)) is not None:
            ends = (found.interval.low, found.interval.high) if found.interval else (None, None)
            yield (
                words.number(month), words.number(found.at_risk), words.percent(found.cumulative),
                *(percent_or_dash(end, words) for end in ends),
            )  # fmt: skip


def percent_or_dash(share: float | None, words: Words) -> str:
    """Return a share as a percentage, a dash for one that is not told."""
    return NOT_TOLD if share is None else words.percent(share)


def windows_chart(found: Sequence[FixedWindow | None], level: ContactLevel, words: Words) -> Chart | None:
    """Return the rates of the windows with their intervals and bounds; of windows left out there is no row.

    None where no rate is told. It may leave the office where its windows may.
    """
    told = [window for window in found if window is not None and window.rate is not None]
    if not told:
        return None
    marks: list[Mark] = []
    ticks: list[Tick] = []
    for number, window in enumerate(told):
        y = 1 - (number + 0.5) / len(told)
        name = words.text(
            FOLLOWED_OF, time=window_in_words(window.window, words), followed=words.number(window.followed)
        )  # fmt: skip
        ticks.append(Tick(y, name))
        marks += _window_marks(window, y, words)
    return Chart(
        title=words.text(WINDOWS, level=words.text(LEVEL_TITLES[level])), x_title=words.text(SHARE), y_title="",
        x_ticks=share_ticks(1.0, words), y_ticks=tuple(ticks), marks=tuple(marks),
        heads=tuple(map(words.text, (WINDOW_HEAD, FOUND, LOW, HIGH, LOWEST, HIGHEST))),
        rows=tuple(
            (tick.label, *(percent_or_dash(share, words) for share in (
                window.rate, window.low, window.high, window.lower_bound, window.upper_bound,
            )))
            for tick, window in zip(ticks, told, strict=True)
        ),
        height=ROW * len(told), named_rows=True,
        key=(Key(True, words.text(FOUND)), Key(False, words.text(IF_NONE_OR_ALL))),
    )  # fmt: skip


def _window_marks(window: FixedWindow, y: float, words: Words) -> Iterator[Mark]:
    if window.low is not None and window.high is not None:
        yield Line(((window.low, y), (window.high, y)))
    for bound in (window.lower_bound, window.upper_bound):
        if bound is not None and window.lost:
            yield Dot((bound, y), filled=False)
    if window.rate is not None:
        yield Dot((window.rate, y))
        yield Label((window.rate, y), words.percent(window.rate))


class Bin(NamedTuple):
    """So many days from first on, and the cases in which it lasted so long."""

    first: int
    days: int
    ended: int
    running: int


_WIDTHS = (1, 7, 14, 30, 60, 90, 180, 365)
MOST_BINS = 12


def bins_of(lengths: Sequence[Length]) -> tuple[Bin, ...]:
    """Return the known lengths in at most twelve bins of equal width, in days, beginning at none."""
    known = [(each.lasted, each.running) for each in lengths if each.lasted is not None]
    if not known:
        return ()
    longest = max(lasted for lasted, _ in known)
    width = next((width for width in _WIDTHS if longest < width * MOST_BINS), 730)
    count = math.floor(longest / width) + 1
    return tuple(
        Bin(
            number * width, width,
            sum(math.floor(lasted / width) == number and not running for lasted, running in known),
            sum(math.floor(lasted / width) == number and running for lasted, running in known),
        )
        for number in range(count)
    )  # fmt: skip


def lengths_chart(lengths: Sequence[Length], words: Words) -> Chart | None:
    """Return how long the cases were held, in bins, with median and quartiles of those that ended; None of none.

    It stays in the office: a bin may hold a single child.
    """
    bins = bins_of(lengths)
    if not bins:
        return None
    end = bins[-1].first + bins[-1].days
    top, step = _count_axis(max(each.ended + each.running for each in bins))
    marks = [mark for each in bins for mark in _bin_marks(each, end, top, words)]
    ended = [each.lasted for each in lengths if each.lasted is not None and not each.running]
    quarters = [quantile(ended, share) for share in (0.25, 0.5, 0.75)]
    for found, stroke in zip(quarters, (Stroke.DOTTED, Stroke.DASHED, Stroke.DOTTED), strict=True):
        if found is not None:
            marks.append(Line(((found / end, 0.0), (found / end, 1.0)), stroke, wide=True))
    key = [Key(Fill.GREY, words.text(ENDED)), Key(Fill.HATCHED, words.text(RUNNING))]
    if quarters[1] is not None:
        median = f"{words.text(MEDIAN)} {words.decimal(quarters[1])}"
        key += [Key(Stroke.DASHED, median), Key(Stroke.DOTTED, words.text(QUARTILES))]
    return Chart(
        title=words.text(HELD), x_title=words.text(DAYS), y_title=words.text(CHILDREN),
        x_ticks=tuple(Tick(day / end, words.number(day)) for day in (*(each.first for each in bins), end)),
        y_ticks=tuple(Tick(number / top, words.number(number)) for number in range(0, top + 1, step)),
        marks=tuple(marks), heads=tuple(map(words.text, (FROM, TO, ENDED, RUNNING))),
        rows=tuple(
            (words.number(each.first), words.number(each.first + each.days - 1), words.number(each.ended),
             words.number(each.running))
            for each in bins
        ),
        key=tuple(key), height=130.0,
    )  # fmt: skip


def _count_axis(most: int) -> tuple[int, int]:
    """Return the number at the top of an axis of counts, with room for a label there, and that from tick to tick."""
    wanted = max(most * 1.12, 4)
    steps = (digit * 10**power for power in range(9) for digit in (1, 2, 5))
    step = next(step for step in steps if wanted <= 6 * step)
    return math.ceil(wanted / step) * step, step


def _bin_marks(each: Bin, end: int, top: int, words: Words) -> Iterator[Mark]:
    margin = each.days * 0.08
    left, right = (each.first + margin) / end, (each.first + each.days - margin) / end
    if each.ended:
        yield Bar((left, 0.0), (right, each.ended / top))
    if each.running:
        yield Bar((left, each.ended / top), (right, (each.ended + each.running) / top), Fill.HATCHED)
    if number := each.ended + each.running:
        yield Label(((left + right) / 2, number / top), words.number(number))


def spread_chart(value: Value | None, words: Words) -> Chart | None:
    """Return median and quartiles alone, as they may leave the office; None where they may not, or of none."""
    spread = value.spread if value else None
    if spread is None or spread.low is None or spread.median is None or spread.high is None:
        return None
    end = next((end for end in (30, 90, 180, 365, 730, 1460) if spread.high < 0.95 * end), 3650)
    low, median, high = (min(found / end, 1.0) for found in (spread.low, spread.median, spread.high))
    step = end / 6 if end % 6 == 0 else end / 5
    days = [round(step * number) for number in range(round(end / step) + 1)]
    return Chart(
        title=words.text(HELD), x_title=words.text(DAYS), y_title="",
        x_ticks=tuple(Tick(day / end, words.number(day)) for day in days), y_ticks=(),
        marks=(
            Bar((low, 0.25), (high, 0.75), Fill.LIGHT), Line(((median, 0.15), (median, 0.85)), wide=True),
            Label((median, 0.85), words.decimal(spread.median)),
        ),
        heads=(words.text(MEDIAN), words.text(FROM), words.text(TO)),
        rows=((words.decimal(spread.median), words.decimal(spread.low), words.decimal(spread.high)),),
        key=(Key(Stroke.SOLID, words.text(MEDIAN)), Key(Fill.LIGHT, words.text(MIDDLE_HALF))), height=56.0,
        named_rows=True,
    )  # fmt: skip


StageCounts = Sequence[tuple[ProcessStage | None, int | None]]
"""How many open cases are at each stage; None for a number that is left out, so that nobody can be recognised."""


def stages_chart(counts: StageCounts, words: Words) -> Chart | None:
    """Return where the open cases are, stage by stage, None where there is no open case."""
    if not counts:
        return None
    most = max((number for _, number in counts if number is not None), default=0)
    top, step = _count_axis(most)
    names = [words.text(stage.label) if stage else words.text("Unknown") for stage, _ in counts]
    heights = [1 - (number + 0.5) / len(counts) for number in range(len(counts))]
    half = 0.32 / len(counts)
    marks: list[Mark] = []
    for y, (_, number) in zip(heights, counts, strict=True):
        share = (number or 0) / top
        if number:
            marks.append(Bar((0.0, y - half), (share, y + half)))
        marks.append(Label((share, y), NOT_TOLD if number is None else words.number(number), beside=True))
    return Chart(
        title=words.text(STAGES), x_title=words.text(CASES), y_title="",
        x_ticks=tuple(Tick(number / top, words.number(number)) for number in range(0, top + 1, step)),
        y_ticks=tuple(Tick(y, name) for y, name in zip(heights, names, strict=True)), marks=tuple(marks),
        heads=(words.text(STAGE), words.text(CASES)),
        rows=tuple(
            (name, NOT_TOLD if number is None else words.number(number))
            for name, (_, number) in zip(names, counts, strict=True)
        ),
        height=ROW * len(counts) * 0.8, named_rows=True,
    )  # fmt: skip
