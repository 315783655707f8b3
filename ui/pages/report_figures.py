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
    N_("Bounds"),
)  # fmt: skip
WINDOW_SHARES, WINDOW_LEAST = (18, 10, 10, 10, 12, 8, 16, 16), (108, 84, 84, 96, 124, 72, 128, 128)
INDICATOR_HEADS = (N_("Indicator"), N_("Value"), N_("Counted"), N_("Of"), N_("Not known"))
INDICATOR_SHARES, INDICATOR_LEAST = (40, 28, 10, 9, 13), (200, 190, 88, 72, 116)
WITH_EVENT, WITHOUT_EVENT, LOST = N_("With an event"), N_("Without an event"), N_("Lost")
COUNTED, REST, UNKNOWN, GOING_ON = N_("Counted"), N_("Not counted"), N_("Not known"), N_("Still going on")
GROUP_OF = N_("{title}: {group}")
NUMBERED = N_("{number}. {title}")


def window_lines(found: Reoffending, words: Words) -> Iterator[FigureLine]:
    """Yield a line for each window; where the cohort is split, under a heading a line for each group and for all."""
    for window, table in zip(WINDOWS, found.tables, strict=True):
        name = window_in_words(window, words)
        if table.rows:
            yield heading(name)
            for label, own in table.rows:
                group = label_in_words(label, words)
                yield _window_line(group, words.text(GROUP_OF, title=name, group=group), own, words)
            yield _window_line(words.text(ALL), name, table.total, words)
        else:
            yield _window_line(name, name, table.total, words)


def _window_line(name: str, about: str, found: FixedWindow | None, words: Words) -> FigureLine:
    if found is None:
        return FigureLine((Cell(name, strong=True), *(Cell(NOT_TOLD) for _ in WINDOW_HEADS[1:])))
    counts = (found.indexed, found.eligible, found.followed, found.events, found.lost)
    rate = NOT_TOLD if found.rate is None else words.percent(found.rate)
    cells = (
        *(Cell(words.number(count)) for count in counts), Cell(rate, _range(found.low, found.high, words), strong=True),
        Cell(_range(found.lower_bound, found.upper_bound, words) or NOT_TOLD),
    )  # fmt: skip
    behind = (
        Behind(words.text(WITH_EVENT), found.event_cases), Behind(words.text(WITHOUT_EVENT), found.clear_cases),
        Behind(words.text(LOST), found.lost_cases),
    )  # fmt: skip
    return FigureLine((Cell(name, strong=True), *cells), behind, about)


def _range(low: float | None, high: float | None, words: Words) -> str:
    if low is None or high is None:
        return ""
    return words.text(RANGE, low=words.percent(low), high=words.percent(high))


def indicator_lines(measured: Iterable[Measured], words: Words) -> Iterator[FigureLine]:
    """Yield a line for each indicator with its definition; where it is split, a heading and a line for each group."""
    for each in measured:
        title = title_of(each.indicator, words)
        definition = words.text(each.indicator.definition)
        if each.table is None:
            yield _value_line(Cell(title, definition, strong=True), title, each, each.value, words)
            continue
        yield heading(title, definition)
        for label, value in each.table.rows:
            if value is not None:
                group = label_in_words(label, words)
                about = words.text(GROUP_OF, title=title, group=group)
                yield _value_line(Cell(group), about, each, value, words)
        yield _value_line(Cell(words.text(ALL), strong=True), title, each, each.value, words)


def title_of(indicator: Indicator, words: Words) -> str:
    """Return what an indicator is called, with its number in the list of UNICEF and UNODC, and its unit of time."""
    title = words.text(indicator.title)
    if indicator.unit in (Unit.DAYS, Unit.HOURS):
        title = f"{title} ({words.text(indicator.unit.label)})"
    if indicator.number is None:
        return title
    return words.text(NUMBERED, number=words.number(indicator.number), title=title)


def _value_line(name: Cell, about: str, measured: Measured, value: Value, words: Words) -> FigureLine:
    indicator = measured.indicator
    rest = GOING_ON if indicator.unit in (Unit.DAYS, Unit.HOURS) else REST
    cells = (
        Cell(value_in_words(indicator, value, words)), Cell(words.number(value.numerator)),
        Cell(words.number(value.denominator)), Cell(words.number(value.unknown)),
    )  # fmt: skip
    behind = (
        Behind(words.text(COUNTED), value.cases), Behind(words.text(rest), value.others),
        Behind(words.text(UNKNOWN), value.unknown_cases),
    )  # fmt: skip
    return FigureLine((name, *cells), behind, about)


def chosen_of(measured: Sequence[Measured], *, of_justice: bool) -> list[Measured]:
    """Return the indicators of UNICEF and UNODC alone, or those of the service."""
    return [each for each in measured if (each.indicator.number is not None) is of_justice]
