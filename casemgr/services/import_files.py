"""The files around an import: the empty list, the report of a dry run, and the cases given out as such a list."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from casemgr import places
from casemgr.clock import PartialDate
from casemgr.exchange.table import CellKind, Column, Headings, Table, Value
from casemgr.exchange.writing import told, write_whole
from casemgr.i18n import LANGUAGES, N_, Words
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.fields import Choice
from casemgr.services.import_columns import BY_KEY, COLUMNS, ColumnKind, ImportColumn, both, offered
from casemgr.services.import_reading import MAY_IMPORT
from casemgr.services.import_rows import TOLD_BY, values_of
from casemgr.services.import_told import CheckedRow, DryRun, Remark, RowStanding
from casemgr.services.list_files import ListKind, demand_target, save_list, write_list
from casemgr.services.office import Office, password_problem
from casemgr.services.papers import check_target
from casemgr.store.import_rows import cases_in_order, children_without_case, in_parts, read_of
from casemgr.store.work import Work
from casemgr.trouble import Refusal

NOT_AS_PAPER = N_("This list is written as a workbook (.xlsx) or as CSV (.csv).")
NO_REASON = N_("Write why the list with names is needed. The reason is kept in the history of the office.")
REPORT, EXPORT = N_("Report of the import"), N_("Cases, one in each row")
PLACE_HEADS = (N_("Code"), N_("Place in Khmer"), N_("Place in Latin letters"), N_("Lies in"))
WHOLE_ROW = N_("The whole row")
SAME_BECAUSE = N_("{standing}: {why}")
ROW_OF = N_("Same child as row {row}, new case")

_KINDS = {
    ColumnKind.DAY: "date", ColumnKind.PARTIAL: "date", ColumnKind.MOMENT: "moment", ColumnKind.CODE: "code",
    ColumnKind.PLACE: "code",
}  # fmt: skip
_CELLS = {ColumnKind.DAY: CellKind.DATE, ColumnKind.PARTIAL: CellKind.DATE, ColumnKind.MOMENT: CellKind.MOMENT,
          ColumnKind.CODE: CellKind.CODE, ColumnKind.PLACE: CellKind.CODE}  # fmt: skip
_AT_ONCE = 300


def save_template(path: Path) -> None:
    """Write the empty list. Raises Refusal for a name that cannot be written and Trouble for what the disk refuses."""
    from casemgr.exchange.template import TemplateColumn, write_template  # noqa: PLC0415  (its writer loads slowly)

    columns = [
        TemplateColumn(
            column.key, both(column), _in_both(column.help), _template_kind(column),
            [(choice.value, *(Words(language).text(choice.label) for language in ("km", "en")))
             for choice in (offered(column) if column.choices else ())],
        )
        for column in COLUMNS
    ]  # fmt: skip
    heads = [_in_both(head) for head in PLACE_HEADS]
    _check_target(path)
    write_whole(path, lambda file: write_template(file, columns, _places(), heads))


def _check_target(path: Path, folder: Path | None = None) -> None:
    try:
        check_target(path, folder)
    except OSError as error:
        raise told(error) from error


def _template_kind(column: ImportColumn) -> str:
    return "long" if column.key == "notes" else _KINDS.get(column.kind, "text")


def _in_both(message: str) -> str:
    return "\n".join(dict.fromkeys(Words(language).text(message) for language in LANGUAGES)) if message else ""


def _places() -> Iterator[tuple[str, ...]]:
    """Yield every village: code, both names, and what it lies in."""
    for province in places.provinces():
        for place in places.below(province.code):
            around = ", ".join(each.name_km for each in places.parents(place.code))
            yield place.code, place.name_km, place.name_en, around


def save_report(
    path: Path, dry: DryRun, words: Words, *, office_folder: Path | None = None,
    progress: Callable[[int], None] | None = None, cancelled: Callable[[], bool] | None = None,
) -> int:  # fmt: skip
    """Write what a dry run found, a line for each row and each thing to be mended; return the lines. No name is in it.

    Raises as save_list.
    """
    table = Table(
        words.text(REPORT), words.text(REPORT),
        (
            Column("row", N_("Row"), CellKind.NUMBER), Column("result", N_("Result"), wrap=True),
            Column("child", N_("Child code"), CellKind.CODE), Column("column", N_("Column"), wrap=True),
            Column("do", N_("What to do"), wrap=True, width=80),
        ),
        (line for row in dry.rows for line in report_lines(row, words)),
        words.language,
    )  # fmt: skip
    return save_list(path, table, _form_of(path), words, done=progress, stop=cancelled, office_folder=office_folder)


def report_lines(row: CheckedRow, words: Words, *, quoting: bool = False) -> list[tuple[int, str, str, str, str]]:
    """Return the lines of the report about a row: number, result, code of the child, column, what to do or to know.

    quoting: as in Remark.say.
    """
    result, code = standing_said(row, words), row.child_code
    said = row.problems or row.remarks
    if not said:
        return [(row.number, result, code, "", "")]
    return [
        (row.number, result, code, column_said(remark, words), remark.say(words, quoting=quoting)) for remark in said
    ]


def standing_said(row: CheckedRow, words: Words) -> str:
    """Return what becomes of a row, and by what it is known."""
    if row.standing is RowStanding.SAME_CHILD and row.of_row is not None:
        return words.text(ROW_OF, row=words.figures(str(row.of_row)))
    standing = words.text(row.standing.value)
    return words.text(SAME_BECAUSE, standing=standing, why=words.text(row.why)) if row.why else standing


def column_said(remark: Remark, words: Words) -> str:
    """Return the column that a remark is about, with its name for ever beside it."""
    if remark.column is None:
        return words.text(WHOLE_ROW)
    return f"{words.text(BY_KEY[remark.column].label)} ({remark.column})"


def children_left_out(office: Office) -> int:
    """Return how many children an export of the cases says nothing of: those without any. Raises NotAllowed."""
    with office.read(*MAY_IMPORT) as work:
        return children_without_case(work)


def left_out_said(count: int, words: Words) -> str:
    """Return that so many children are not in an export of the cases."""
    return words.plural(
        "{n} child is in no case, and so not in this list.", "{n} children are in no case, and so not in this list.",
        count,
    )  # fmt: skip


def export_cases(
    office: Office, path: Path, *, reason: str, passphrase: str | None = None,
    progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None,
) -> int:  # fmt: skip
    """Write all cases as a list with the columns of the template, and the export into the audit trail; return its rows.

    Each record of a child has its own code: of records that were said to be one child each keeps its rows. Children
    without a case have none (children_left_out). With names: for a reason, which is kept. passphrase: locks the
    workbook; a locked one is not read again by an import. Raises NotAllowed, Refusal and Trouble as save_list: then no
    file was written or changed.
    """
    if not reason.strip():
        raise Refusal(NO_REASON, fields=("reason",))
    if passphrase and (problem := password_problem(passphrase)):
        raise Refusal(problem, fields=("passphrase",))
    form = _form_of(path)
    office.demand(*MAY_IMPORT)
    demand_target(path, form, passphrase, office.folder)

    def write(file: BinaryIO) -> int:  # what is not written down may not leave the office
        with office.write(*MAY_IMPORT, why=reason.strip()) as work:
            cases = cases_in_order(work)
            words = Words("en")
            table = Table(
                words.text(EXPORT), "cases",
                tuple(Column(column.key, column.key, _CELLS.get(column.kind, CellKind.TEXT)) for column in COLUMNS),
                _rows(work, cases), "en", Headings.OWN,
            )  # fmt: skip
            rows = write_list(
                file, table, form, words, passphrase=passphrase, stop=cancelled,
                done=None if progress is None else lambda number: progress(number, len(cases)),
            )  # fmt: skip
            said = {"what": "cases", "how": form.value, "rows": rows, "names": True}
            work.note("exported", "List", changes={name: [None, value] for name, value in said.items()})
        return rows

    return write_whole(path, write)


def _form_of(path: Path) -> ListKind:
    form = {".xlsx": ListKind.WORKBOOK, ".csv": ListKind.CSV}.get(path.suffix.lower())
    if form is None:
        raise Refusal(NOT_AS_PAPER)
    return form


def _rows(work: Work, identities: list[UUID]) -> Iterator[list[Value]]:
    for among in in_parts(identities, _AT_ONCE):
        part = list(read_of(work, Case, "id", among))
        children = {child.id: child for child in read_of(work, Child, "id", {case.child_id for case in part})}
        records: dict[Any, list[Any]] = {case.id: [] for case in part}
        for kind in TOLD_BY:
            for record in read_of(work, kind, "case_id", records.keys()):
                records[record.case_id].append(record)
        for case in part:
            values = values_of(children[case.child_id], case, records[case.id])
            yield [_cell(values.get(column.key)) for column in COLUMNS]


def _cell(value: Any) -> Value:
    match value:
        case Choice():
            return str(value.value)
        case PartialDate():
            return value.earliest if value.is_exact and value.stated_age is None else value.text
        case datetime() | date() | str() | None:
            return value
        case _:
            return str(value)
