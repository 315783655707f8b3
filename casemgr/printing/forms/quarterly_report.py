"""The report of an office on a period: indicators, reoffending and pictures, each with what exactly is counted."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from casemgr.i18n import N_, Words
from casemgr.measures.chart_kinds import curve_chart, lengths_chart, spread_chart, stages_chart, windows_chart
from casemgr.measures.charts import Chart
from casemgr.measures.grounds import Ground
from casemgr.measures.group_curves import chosen, group_curves_chart
from casemgr.measures.groups import Label, label_in_words
from casemgr.measures.indicators.values import Indicator, Unit, Value
from casemgr.measures.reoffending import WINDOWS, FixedWindow
from casemgr.measures.report import SPLIT_WINDOW, Reoffended, Report, Split
from casemgr.measures.sentences import (
    CAVEATS,
    LEVEL_TITLES,
    said_of_window,
    said_over_time,
    value_in_words,
    window_in_words,
)
from casemgr.measures.small_cells import MASKED
from casemgr.printing.blocks import Answer, AnswerGrid, Block, Heading, Note, Paper, Picture, TableBlock, Text
from casemgr.records.office import OfficeSettings

NAME = "quarterly-report"
VERSION = "1"
TITLE = N_("Report on the children of the office")

PERIOD, FROM_TO, AS_OF = N_("Period"), N_("{first} to {last}"), N_("Reoffending as known on")
PRINTED_ON = N_("Printed on {date}")
KIND, FOR_OFFICE, FOR_OUTSIDE = N_("This copy"), N_("For the office alone"), N_("May leave the office")
FOR_OFFICE_NOTE = N_(
    "This copy tells of groups so small that children could be recognised. It must not leave the office."
)
CASES, JUSTICE, SERVICE = N_("Cases now open"), N_("Indicators of UNICEF and UNODC"), N_("Indicators of the service")
BY_GROUPS, HELD, REOFFENDING = N_("Indicators by groups"), N_("Time in pre-trial detention"), N_("Reoffending")
HOW = N_("How it was reckoned")
OPEN_CASES, STAGES_NOTE = N_("Open cases: {n}."), N_("The cases stand here as they do when the report is printed.")
NO_CASES = N_("There is no open case.")
NUMBER, INDICATOR, VALUE = N_("No."), N_("Indicator"), N_("Value")
DEFINED = N_("{title}: {definition}")
NOT_TOLD = "–"
SPLIT_BY, GROUP, ALL = N_("Split by"), N_("Group"), N_("All")
OF, OF_UNKNOWN = N_("{n} of {of}"), N_("not known: {n}")
WINDOW_HEADS = (
    N_("Within"), N_("Indexed"), N_("Eligible"), N_("Followed"), N_("With an event"), N_("Lost"), N_("Share"),
    N_("95% interval"), N_("Bounds"),
)  # fmt: skip
RANGE = N_("{low} to {high}")
WINDOWS_NOTE = N_(
    "Indexed: children whose release or order lies on or before that day. Eligible: those of them whose time is over "
    "by then. Followed: those known to its end, or with an event in it. Lost: eligible, not followed. Share: those "
    "with an event, of those followed; it is told of 10 children and more. Bounds: the share if none, or all, of the "
    "lost had offended again."
)
BY_GROUPS_WITHIN = N_("By groups, within {time}")
GROUP_OF = N_("{title}: {group}")
BESIDE = (
    N_("Nothing known since the release or order"), N_("New contact over an offence committed before"),
    N_("Suspected and released without a record"), N_("New contact of unknown level"),
    N_("Plan or measure broken, no new offence"),
)  # fmt: skip
COUNTED_APART, COUNT = N_("Counted apart, as it is no reoffending"), N_("Children")
NOTHING_HELD = N_("No case with pre-trial detention can be told of in this period.")
NO_PICTURE = N_("There is no picture: too few children were followed, or their numbers are left out.")
METHOD = (
    N_(
        "Every number comes from this office's own records. It is never a rate of a province or of the country. What "
        "is not written down is counted as unknown and told beside each number."
    ),
    N_(
        "Shares have Wilson's 95% interval. The curve is that of Kaplan and Meier with Greenwood's interval, in days "
        "at risk: days in custody, in closed treatment or abroad are left out. It ends where fewer than five are "
        "observed."
    ),
    N_("Of each child the first release or order counts. A date known only in part counts from its earliest day."),
)
TRAIL = N_("Newest line of the audit trail when this was printed: {number}, {digest}")
NO_TRAIL = N_("The audit trail was empty when this was printed.")


class TrailHead(NamedTuple):
    """The newest line of the audit trail: its number, and the digest that covers all lines before it."""

    number: int
    digest: str


def compose(
    report: Report, made_on: date, trail: TrailHead | None, office: OfficeSettings, words: Words
) -> Paper:  # fmt: skip
    """Return the report in the language of these words. Masking is the report's own: see measures.report."""
    name = office.name_km if words.language == "km" else office.name_en
    return Paper(
        form_name=NAME, form_version=VERSION, title=words.text(TITLE), office=name or "", case_number="",
        blocks=(
            *_about(report, words), *_cases(report, words), *_indicators(report, words), *_groups(report, words),
            *_held(report, words), *_reoffending(report, words), *_how(trail, words),
        ),
        head=False, practice=office.practice, made=words.text(PRINTED_ON, date=words.date(made_on)),
    )  # fmt: skip


def _about(report: Report, words: Words) -> Iterator[Block]:
    first, last = words.date(report.period.first), words.date(report.period.last)
    yield AnswerGrid((
        Answer(words.text(PERIOD), words.text(FROM_TO, first=first, last=last)),
        Answer(words.text(AS_OF), words.date(report.as_of)),
        Answer(words.text(KIND), words.text(FOR_OFFICE if report.for_office else FOR_OUTSIDE)),
    ))  # fmt: skip
    yield Note(words.text(FOR_OFFICE_NOTE if report.for_office else MASKED))


def _cases(report: Report, words: Words) -> Iterator[Block]:
    yield Heading(words.number(1), words.text(CASES))
    if not report.stages:
        yield Text(words.text(NO_CASES))
        return
    if report.open_cases is not None:
        yield Text(words.text(OPEN_CASES, n=words.number(report.open_cases)))
    yield from _picture(stages_chart(report.stages, words))
    yield Note(words.text(STAGES_NOTE))


def _picture(chart: Chart | None) -> Iterator[Block]:
    if chart is not None:
        yield Picture(chart)


def _indicators(report: Report, words: Words) -> Iterator[Block]:
    of_justice = [each for each in report.values if each[0].number is not None]
    of_service = [each for each in report.values if each[0].number is None]
    yield Heading(words.number(2), words.text(JUSTICE))
    heads = [words.text(head) for head in (NUMBER, INDICATOR, VALUE)]
    rows = [
        (words.number(indicator.number or 0), *_row(indicator, value, words)) for indicator, value in of_justice
    ]  # fmt: skip
    yield TableBlock(heads, rows, (1.2, 7, 9))
    yield _definitions([indicator for indicator, _ in of_justice], words)
    yield Heading(words.number(3), words.text(SERVICE))
    yield TableBlock(heads[1:], [_row(indicator, value, words) for indicator, value in of_service], (8.2, 9))
    yield _definitions([indicator for indicator, _ in of_service], words)


def _row(indicator: Indicator, value: Value | None, words: Words) -> tuple[str, str]:
    title = words.text(indicator.title)
    unit = {Unit.DAYS: words.text(Unit.DAYS.label), Unit.HOURS: words.text(Unit.HOURS.label)}.get(indicator.unit)
    told = NOT_TOLD if value is None else value_in_words(indicator, value, words)
    return f"{title} ({unit})" if unit else title, told


def _definitions(indicators: Sequence[Indicator], words: Words) -> Note:
    told = dict.fromkeys(
        words.text(DEFINED, title=words.text(each.title), definition=words.text(each.definition)) for each in indicators
    )
    return Note("\n".join(told))


def _groups(report: Report, words: Words) -> Iterator[Block]:
    """One table for all groupings: what is split the same way stands together, all children at the top."""
    yield Heading(words.number(4), words.text(BY_GROUPS))
    if not report.splits:
        return
    first = report.splits[0].tables
    total = ("", words.text(ALL), *(_short(each.indicator, each.total, words) for each in first))
    heads = (*map(words.text, (SPLIT_BY, GROUP)), *(words.text(each.indicator.title) for each in first))
    rows = [cells for split in report.splits for cells in _split(split, words)]
    yield TableBlock(heads, [total, *rows], (2.9, 2.9, *(2.6 for _ in first)))
    yield _definitions([each.indicator for each in first], words)
    grounds = [ground for ground in Ground if ground.value in {split.grouping.key for split in report.splits}]
    yield Note("\n".join(
        words.text(DEFINED, title=words.text(each.label), definition=words.text(each.meaning)) for each in grounds
    ))  # fmt: skip


def _split(split: Split, words: Words) -> Iterator[tuple[str, ...]]:
    """Yield a line for each group that stands in any of the tables."""
    labels: dict[Label, None] = {label: None for each in split.tables for label, _ in each.rows}
    cells = [dict(each.rows) for each in split.tables]
    for number, label in enumerate(labels):
        told = (
            _short(each.indicator, found.get(label), words) for each, found in zip(split.tables, cells, strict=True)
        )  # fmt: skip
        title = "" if number else words.text(split.grouping.title)
        yield title, label_in_words(label, words), *told


def _short(indicator: Indicator, value: Value | None, words: Words) -> str:
    """A value with its terms, as short as a narrow column needs it; unknown ones are always told."""
    if value is None:
        return NOT_TOLD
    number = words.number(value.numerator)
    if indicator.unit is not Unit.COUNT:
        number = words.text(OF, n=number, of=words.number(value.denominator))
    told = [number]
    if indicator.unit is Unit.PERCENT and value.number is not None:
        told.append(words.percent(value.number))
    if value.unknown:
        told.append(words.text(OF_UNKNOWN, n=words.number(value.unknown)))
    return "\n".join(told)


def _held(report: Report, words: Words) -> Iterator[Block]:
    yield Heading(words.number(5), words.text(HELD))
    indicator, value = next(each for each in report.values if each[0].key == "time-before-sentence")
    chart = spread_chart(value, words) if report.held is None else lengths_chart(report.held, words)
    if chart is None:
        yield Text(words.text(NOTHING_HELD))
    else:
        yield Picture(chart)
    yield Note(words.text(indicator.definition))


def _reoffending(report: Report, words: Words) -> Iterator[Block]:
    yield Heading(words.number(6), words.text(REOFFENDING))
    for number, each in enumerate(report.levels):
        yield Heading("", words.text(LEVEL_TITLES[each.level]), 2)
        yield from _level(each, words)
        if number == 0:
            yield Note(words.text(WINDOWS_NOTE))
    if report.groups:
        yield Heading("", words.text(BY_GROUPS_WITHIN, time=window_in_words(SPLIT_WINDOW, words)), 2)
        rows = [(words.text(ALL), report.groups[0].total)]
        rows += [
            (words.text(GROUP_OF, title=words.text(table.grouping.title), group=label_in_words(label, words)), found)
            for table in report.groups
            for label, found in table.rows
        ]
        yield _window_table(rows, GROUP, words)
    for compared in report.curves:
        if len(chosen(compared.curves).drawn) > 1:  # a single curve is hardly another one than that of all
            yield from _picture(
                group_curves_chart(compared.curves, compared.grouping, report.levels[0].level, words)
            )  # fmt: skip
    if report.beside is not None:
        told = (report.beside.unreached, report.beside.before, report.beside.suspected, report.beside.unclear,
                report.beside.breached)  # fmt: skip
        heads = (words.text(COUNTED_APART), words.text(COUNT))
        yield TableBlock(heads, [(words.text(what), words.number(n)) for what, n in zip(BESIDE, told, strict=True)],
                         (12, 3))  # fmt: skip
    yield Note("\n".join(map(words.text, CAVEATS)))


def _level(each: Reoffended, words: Words) -> Iterator[Block]:
    rows = [
        (window_in_words(window, words), total) for window, total in zip(WINDOWS, each.totals, strict=True)
    ]  # fmt: skip
    yield _window_table(rows, WINDOW_HEADS[0], words)
    if each.curve is None:
        chart = windows_chart(each.totals, each.level, words)
    else:
        chart = curve_chart(each.curve, each.level, words)
    if chart is None:
        yield Text(words.text(NO_PICTURE))
    else:
        yield Picture(chart)
    for total in each.totals:
        if total is not None and total.followed:
            yield Text(" ".join(said_of_window(total, words)))
    if each.over_time is not None:
        yield Text(said_over_time(each.over_time, words))


def _window_table(
    rows: Sequence[tuple[str, FixedWindow | None]], first_head: str, words: Words
) -> TableBlock:  # fmt: skip
    heads = [words.text(head) for head in (first_head, *WINDOW_HEADS[1:])]
    cells = [(name, *_window_cells(found, words)) for name, found in rows]
    return TableBlock(heads, cells, (3.6, 1.8, 1.8, 2.1, 1.9, 1.5, 1.8, 2.4, 2.4))


def _window_cells(found: FixedWindow | None, words: Words) -> tuple[str, ...]:
    if found is None:
        return (NOT_TOLD,) * (len(WINDOW_HEADS) - 1)
    counts = (found.indexed, found.eligible, found.followed, found.events, found.lost)
    rate = NOT_TOLD if found.rate is None else words.percent(found.rate)
    return (
        *map(words.number, counts), rate, _range(found.low, found.high, words),
        _range(found.lower_bound, found.upper_bound, words),
    )  # fmt: skip


def _range(low: float | None, high: float | None, words: Words) -> str:
    if low is None or high is None:
        return NOT_TOLD
    return words.text(RANGE, low=words.percent(low), high=words.percent(high))


def _how(trail: TrailHead | None, words: Words) -> Iterator[Block]:
    yield Heading(words.number(7), words.text(HOW))
    yield from (Text(words.text(line)) for line in METHOD)
    if trail is None:
        yield Text(words.text(NO_TRAIL))
    else:
        yield Text(words.text(TRAIL, number=words.number(trail.number), digest=trail.digest), "left")
