"""The numbers of a report as lines of tables, in the screen's language."""

from collections.abc import Iterable, Iterator, Sequence

from casemgr.i18n import N_, Words
from casemgr.measures.groups import label_in_words
from casemgr.measures.indicators.values import Indicator, Unit, Value
from casemgr.measures.reoffending import WINDOWS, FixedWindow
from casemgr.measures.sentences import value_in_words, window_in_words
from casemgr.services.measuring import Measured, Reoffending
from ui.pages.figures import Behind, FigureLine, heading
from ui.parts.two_lines import Cell

NOT_TOLD = "–"
ALL = N_("All")
RANGE = N_("{low} to {high}")
WINDOW_HEADS = (
    N_("Within"), N_("Indexed"), N_("Eligible"), N_("Followed"), N_("With an event"), N_("Lost"), N_("Share"),
    N_("95% interval"), N_("Bounds"),
)  # fmt: skip
WINDOW_SHARES, WINDOW_LEAST = (20, 9, 9, 9, 10, 8, 9, 13, 13), (120, 84, 84, 84, 84, 72, 84, 110, 110)
INDICATOR_HEADS = (N_("Indicator"), N_("Value"), N_("Counted"), N_("Of"), N_("Not known"))
INDICATOR_SHARES, INDICATOR_LEAST = (40, 30, 10, 10, 10), (200, 200, 84, 84, 84)
WITH_EVENT, WITHOUT_EVENT, LOST = N_("With an event"), N_("Without an event"), N_("Lost")
COUNTED, REST, UNKNOWN, GOING_ON = N_("Counted"), N_("Not counted"), N_("Not known"), N_("Still going on")
NUMBERED = N_("{number}. {title}")


def window_lines(found: Reoffending, words: Words) -> Iterator[FigureLine]:
    """Yield a line for each window; where the cohort is split, under a heading a line for each group and for all."""
    for window, table in zip(WINDOWS, found.tables, strict=True):
        name = window_in_words(window, words)
        if table.rows:
            yield heading(name)
            for label, own in table.rows:
                yield _window_line(label_in_words(label, words), own, words)
            name = words.text(ALL)
        yield _window_line(name, table.total, words)


def _window_line(name: str, found: FixedWindow | None, words: Words) -> FigureLine:
    if found is None:
        return FigureLine((Cell(name, strong=True), *(Cell(NOT_TOLD) for _ in WINDOW_HEADS[1:])))
    counts = (found.indexed, found.eligible, found.followed, found.events, found.lost)
    rate = NOT_TOLD if found.rate is None else words.percent(found.rate)
    cells = (
        *map(words.number, counts), rate, _range(found.low, found.high, words),
        _range(found.lower_bound, found.upper_bound, words),
    )  # fmt: skip
    behind = (
        Behind(words.text(WITH_EVENT), found.event_cases), Behind(words.text(WITHOUT_EVENT), found.clear_cases),
        Behind(words.text(LOST), found.lost_cases),
    )  # fmt: skip
    return FigureLine((Cell(name, strong=True), *map(Cell, cells)), behind)


def _range(low: float | None, high: float | None, words: Words) -> str:
    if low is None or high is None:
        return NOT_TOLD
    return words.text(RANGE, low=words.percent(low), high=words.percent(high))


def indicator_lines(measured: Iterable[Measured], words: Words) -> Iterator[FigureLine]:
    """Yield a line for each indicator with its definition; where it is split, a heading and a line for each group."""
    for each in measured:
        title = title_of(each.indicator, words)
        definition = words.text(each.indicator.definition)
        if each.table is None:
            yield _value_line(Cell(title, definition, strong=True), each.indicator, each.value, words)
            continue
        yield heading(title, definition)
        for label, value in each.table.rows:
            if value is not None:
                yield _value_line(Cell(label_in_words(label, words)), each.indicator, value, words)
        yield _value_line(Cell(words.text(ALL), strong=True), each.indicator, each.value, words)


def title_of(indicator: Indicator, words: Words) -> str:
    """Return what an indicator is called, with its number in the list of UNICEF and UNODC, and its unit of time."""
    title = words.text(indicator.title)
    if indicator.unit in (Unit.DAYS, Unit.HOURS):
        title = f"{title} ({words.text(indicator.unit.label)})"
    if indicator.number is None:
        return title
    return words.text(NUMBERED, number=words.number(indicator.number), title=title)


def _value_line(name: Cell, indicator: Indicator, value: Value, words: Words) -> FigureLine:
    rest = GOING_ON if indicator.unit in (Unit.DAYS, Unit.HOURS) else REST
    cells = (
        Cell(value_in_words(indicator, value, words)), Cell(words.number(value.numerator)),
        Cell(words.number(value.denominator)), Cell(words.number(value.unknown)),
    )  # fmt: skip
    behind = (
        Behind(words.text(COUNTED), value.cases), Behind(words.text(rest), value.others),
        Behind(words.text(UNKNOWN), value.unknown_cases),
    )  # fmt: skip
    return FigureLine((name, *cells), behind)


def chosen_of(measured: Sequence[Measured], *, of_justice: bool) -> list[Measured]:
    """Return the indicators of UNICEF and UNODC alone, or those of the service."""
    return [each for each in measured if (each.indicator.number is not None) is of_justice]
