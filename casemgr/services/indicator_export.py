"""Giving the indicators of a period out of the office: small numbers left out, each with its definition."""

from collections.abc import Callable, Iterator
from pathlib import Path

from casemgr import clock
from casemgr.exchange.table import CellKind, Column, Headings, Row, Table
from casemgr.i18n import N_, Words
from casemgr.measures.groups import label_in_words
from casemgr.measures.indicators.tables import table_for_outside, value_for_outside
from casemgr.measures.indicators.values import Indicator, Period, Unit, Value
from casemgr.measures.sentences import value_in_words
from casemgr.measures.small_cells import MASKED
from casemgr.printing.forms.week_sheet import PRINTED_ON
from casemgr.services.list_files import ListKind, save_list
from casemgr.services.measuring import Measured, case_grouping, indicators
from casemgr.services.office import Office, Right
from casemgr.services.papers import paper_words
from casemgr.trouble import Refusal

TITLE, SHEET = N_("Indicators, {first} to {last}"), N_("Indicators")
ALL = N_("All")
NOT_OUTSIDE = N_("The table by this group never leaves the office.")

COLUMNS = (
    Column("number", N_("Number of UNICEF"), CellKind.NUMBER, width=9),
    Column("title", N_("Indicator"), width=34, wrap=True),
    Column("group", N_("Group"), width=18),
    Column("found", N_("What was found"), width=44, wrap=True),
    Column("value", N_("Value"), CellKind.DECIMAL),
    Column("unit", N_("Unit"), width=10),
    Column("numerator", N_("Numerator"), CellKind.NUMBER),
    Column("denominator", N_("Denominator"), CellKind.NUMBER),
    Column("unknown", N_("Unknown"), CellKind.NUMBER),
    Column("definition", N_("What is counted"), width=60, wrap=True),
)
ON_PAPER = ("title", "group", "found", "definition")


def export_indicators(
    office: Office, path: Path, form: ListKind, period: Period, *, by: str | None = None, language: str | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:  # fmt: skip
    """Write the indicators of a period to a file and the export into the audit trail; return the number of rows.

    Numbers by which fewer than five children could be recognised are left out. by: the key of a grouping among
    GROUPINGS. Raises Refusal for one that never leaves the office, and as indicators and save_list.
    """
    office.demand(Right.MEASURE)
    grouping = case_grouping(by)
    if grouping is not None and not grouping.leaves_office:
        raise Refusal(NOT_OUTSIDE, fields=("by",))
    words = paper_words(office, language)
    found = indicators(office, period, by=by, cancelled=cancelled)
    with office.write(Right.MEASURE) as work:
        said = {"what": "indicators", "how": form.value, "from": period.first.isoformat(),
                "to": period.last.isoformat(), "by": by, "language": words.language}  # fmt: skip
        work.note("exported", "List", changes={name: [None, value] for name, value in said.items()})
        work.flush()
        settings = office.settings
        name = (settings.name_km if words.language == "km" else settings.name_en) or settings.name_km or ""
        return save_list(
            path, _table(found, period, words, form, settings.practice), form, words, office=name,
            made=words.text(PRINTED_ON, date=words.date(clock.today())), stop=cancelled, office_folder=office.folder,
        )  # fmt: skip


def _table(found: list[Measured], period: Period, words: Words, form: ListKind, practice: bool) -> Table:
    title = words.text(TITLE, first=words.date(period.first), last=words.date(period.last))
    columns: tuple[Column, ...] = COLUMNS
    lines: Iterator[Row] = _lines(found, words)
    if form is ListKind.PAPER:
        places = [place for place, column in enumerate(COLUMNS) if column.key in ON_PAPER]
        columns = tuple(COLUMNS[place] for place in places)
        lines = ([line[place] for place in places] for line in lines)
    return Table(
        title, words.text(SHEET), columns, lines, words.language, Headings.OWN, (words.text(MASKED),), practice
    )


def _lines(found: list[Measured], words: Words) -> Iterator[Row]:
    for measured in found:
        indicator = measured.indicator
        if measured.table is None:
            yield _line(indicator, words.text(ALL), value_for_outside(measured.value, indicator.unit), words)
            continue
        outside = table_for_outside(measured.table)
        yield _line(indicator, words.text(ALL), outside.total, words)
        for label, value in outside.rows:
            yield _line(indicator, label_in_words(label, words), value, words)


def _line(indicator: Indicator, group: str, value: Value | None, words: Words) -> Row:
    said = "–" if value is None else value_in_words(indicator, value, words)
    number = None if value is None or value.number is None else value.number
    if number is not None and indicator.unit is Unit.PERCENT:
        number *= 100
    terms = (None, None, None) if value is None else (value.numerator, value.denominator, value.unknown)
    return (indicator.number, words.text(indicator.title), group, said, number, words.text(indicator.unit.label),
            *terms, words.text(indicator.definition))  # fmt: skip
