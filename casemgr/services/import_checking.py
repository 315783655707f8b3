"""The dry run of an import: what would become of each row, before anything is written.

A row never changes what is here. A child is the same one where its code is, or where no code is given and the name and
the day of birth are, letter for letter once spellings are folded; a case is the same where its number is, or where no
number is given and all that the row says of it is said here too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from casemgr.exchange.lines import Line
from casemgr.i18n import N_
from casemgr.khmer.search import search_key
from casemgr.pace import Cancelled, Pace, Progress, without_sweeping
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.services import sense
from casemgr.services.import_cells import Unfit, read_cell
from casemgr.services.import_columns import BY_KEY, OF_CHILD, PARTS_OF_NAME
from casemgr.services.import_likely import Likely, shared_keys
from casemgr.services.import_reading import MAY_IMPORT, OpenList
from casemgr.services.import_rows import (
    FIELDS,
    TOLD_BY,
    as_kept,
    case_values,
    child_of,
    is_long_past,
    is_plain,
    records_of,
)
from casemgr.services.import_told import CheckedRow, DryRun, Remark, RowStanding
from casemgr.services.office import Office
from casemgr.store.import_rows import KnownChild, cases_by_number, erased_codes, known_children, read_of
from casemgr.store.queries import newest_audit_entry
from casemgr.store.work import Work
from casemgr.trouble import Refusal

BY_CODE, BY_NAME = N_("the code is the same"), N_("name and day of birth are the same")
BY_NUMBER, BY_ALL = N_("the case number is the same"), N_("all that the row says is here")
NO_CHILD = N_("Write the code or the name of the child.")
CHILD_OTHER = N_("Another answer stands here for the child with this code. Correct the row, or the child first.")
ROW_OTHER = N_("Row {row} says something else of the same child. Correct one of the two.")
CASE_OTHER = N_("Another answer stands here for the case with this number. Correct the row, or the case first.")
NUMBER_TAKEN = N_("The case with this number is that of another child. Correct the number or the child.")
SEVERAL = N_("Several children here have this name and day of birth. Write the code of the one that is meant.")
TWICE = N_("Row {row} has this case number already. Give each case its own row and number.")
OWN_NUMBERS = N_("Codes that begin like those of this office end in four to seven figures.")
NO_TYPE, NO_DATE = N_("Say what kind of release or order this date is."), N_("Write the date of the release or order.")
NO_CONTACT = N_("Write the date on which this was last followed up.")
NO_LEVEL = N_("Say how far the new contact went, or leave its date out.")
NOT_FILLED = N_("Here this is empty, and an import changes no child that is here. Write it in by hand.")
MAY_BE = N_("This may be the child {which}, who is here already. Look before you write.")
MAY_BE_ROW = N_("This may be the child of row {which}. If so, give both rows one code.")
ERASED = N_("A child with this code was erased here before. Bring it in only where there is a new reason to keep it.")
NAMELESS = N_("The child with this code was made nameless here. Nothing can be added to it: leave this row out.")
CLOSED = N_("Nothing happened for a year or longer: the case is kept as closed.")
DATES = N_("A date of this row cannot be reckoned with.")


def check_list(
    office: Office, opened: OpenList, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> DryRun:  # fmt: skip
    """Return what would become of each row; nothing is written. Raises NotAllowed and Stopped."""
    with without_sweeping(), office.read(*MAY_IMPORT) as work:
        return checked(office, work, opened, Pace(len(opened.rows), progress, cancelled))


def checked(office: Office, work: Work, opened: OpenList, pace: Pace) -> DryRun:
    """Return what would become of each row, within a transaction that is already open."""
    read = []
    for line in opened.rows:
        pace.check()
        read.append(_read(line, opened))
    _Checking(work, office.settings.code or "", read).all(pace)
    newest = newest_audit_entry(work)
    return DryRun(opened, tuple(read), newest.seq if newest else 0)


def _read(line: Line, opened: OpenList) -> CheckedRow:
    """Return what the cells of a row say, with the cells that cannot be understood."""
    values: dict[str, Any] = {}
    typed: dict[str, str] = {}
    problems, remarks = list[Remark](), list[Remark]()
    for place, key in opened.mapping.columns.items():
        cell = line.cells[place] if place < len(line.cells) else None
        try:
            values[key], remark = read_cell(BY_KEY[key], cell, opened.mapping.meanings.get(key, {}))
        except Unfit as error:
            problems.append(Remark(key, error.message, error.slots, error.unquoted))
            if isinstance(cell, str):
                typed[key] = cell
            continue
        if remark:
            remarks.append(Remark(key, remark))
    _part_names(values)
    problems += _contradictions(values, {problem.column for problem in problems})
    row = CheckedRow(line.number, values, problems=tuple(problems), remarks=tuple(remarks), typed=typed)
    row.child_code = values.get("child_code") or ""
    return row


def _part_names(values: dict[str, Any]) -> None:
    """Part a name that stands in one column: the family name comes first; one word alone is the given name."""
    for whole, (family, given) in PARTS_OF_NAME.items():
        if (name := values.pop(whole, None)) is not None:
            first, _, rest = name.partition(" ")
            values |= {family: first if rest else None, given: rest or first}


def _contradictions(values: Mapping[str, Any], wrong: set[str | None]) -> Iterable[Remark]:
    """Yield what is missing beside what a row says; wrong: the columns that were not understood."""
    for there, missing, message in (
        ("index_type", "index_date", NO_DATE),
        ("index_date", "index_type", NO_TYPE),
        ("event_level", "last_contact_date", NO_CONTACT),
        ("event_offence_date", "event_level", NO_LEVEL),
    ):
        if values.get(there) is not None and values.get(missing) is None and missing not in wrong:
            yield Remark(missing, message)


class _Known(NamedTuple):
    """A child of the office, or of an earlier row (row: its number)."""

    id: UUID
    code: str | None
    values: Mapping[str, Any]
    row: int | None = None
    is_nameless: bool = False


class _Checking:
    """Compares the rows with the office, and with the rows before them."""

    def __init__(self, work: Work, office_code: str, rows: Sequence[CheckedRow]) -> None:
        self.work, self.rows, self.own = work, rows, f"{office_code}-"
        self.erased = erased_codes(work)
        self.by_code: dict[str, _Known] = {}
        self.by_name: dict[tuple[str, str], list[_Known]] = {}
        self.likely = Likely()
        self._know_children()
        numbers = {row.values["case_number"] for row in rows if row.values.get("case_number") is not None}
        self.numbers: dict[str, tuple[UUID, int | None]] = {
            number: (child_id, None) for number, child_id in cases_by_number(work, numbers).items()
        }
        self.cases: dict[UUID, list[Mapping[str, Any]]] = {}

    def _know_children(self) -> None:
        """Know the children here that a row may be about, by their code or by what they share with it.

        Of the others of a large office nothing is held.
        """
        codes = {row.values.get("child_code") for row in self.rows} - {None}
        names = {key for row in self.rows for key in _names(row.values)}
        shared = {key for row in self.rows for key in shared_keys(row.values)}
        for child in map(_known, known_children(self.work)):
            of_name, of_child = not names.isdisjoint(_names(child.values)), shared_keys(child.values)
            if child.code in codes or of_name or not shared.isdisjoint(of_child):
                if child.code:
                    self.by_code[child.code] = child
                self._name(child)

    def all(self, pace: Pace) -> None:
        """Find out what becomes of each row, in their order."""
        for row in self.rows:
            self._let_stand(row)
        found = {id(row): self._child_of(row) for row in self.rows if not row.problems}
        self._read_cases({child.id for child in found.values() if child is not None})
        for row in pace.stepping(self.rows):
            if not row.problems:
                self._decide(row)
            if row.problems:
                row.standing = RowStanding.WRONG

    def _let_stand(self, row: CheckedRow) -> None:
        """Let a text that does not fit its column be, where it stands here just so for the child with that code."""
        child = self.by_code.get(row.values.get("child_code") or "")
        if child is None:
            return
        fits = {key: text for key, text in row.typed.items() if child.values.get(key) == text}
        row.values |= fits
        row.problems = tuple(problem for problem in row.problems if problem.column not in fits)

    def _child_of(self, row: CheckedRow) -> _Known | None:
        """Return the child here that a row is about; None where there is none, or where it is not known which."""
        code = row.values.get("child_code")
        if code is not None:
            return self.by_code.get(code)
        same = self._of_that_name(row.values)
        return same[0] if len(same) == 1 else None

    def _of_that_name(self, values: Mapping[str, Any]) -> list[_Known]:
        found: dict[UUID, _Known] = {}
        for key in _names(values):
            found |= {child.id: child for child in self.by_name.get(key, ()) if _sex_fits(child.values, values)}
        return list(found.values())

    def _name(self, child: _Known) -> None:
        self.likely.add(child.values, child.id, child.code, child.row)
        for key in _names(child.values):
            self.by_name.setdefault(key, []).append(child)

    def _read_cases(self, children: set[UUID]) -> None:
        """Read the cases of the children that rows are about."""
        cases = list(read_of(self.work, Case, "child_id", children))
        records: dict[UUID, list[Any]] = {case.id: [] for case in cases}
        for kind in TOLD_BY:
            for record in read_of(self.work, kind, "case_id", records.keys()):
                records[record.case_id].append(record)
        for case in cases:
            self.cases.setdefault(case.child_id, []).append(case_values(case, records[case.id]))

    def _decide(self, row: CheckedRow) -> None:
        values, code = row.values, row.values.get("child_code")
        if code is None and not any(values.get(key) for key in _NAMES):
            row.problems = (Remark("child_code", NO_CHILD),)
            return
        if code is None and len(self._of_that_name(values)) > 1:
            row.problems = (Remark("child_code", SEVERAL),)
            return
        child = self._child_of(row)
        if child is None:
            self._new_child(row)
        else:
            self._same_child(row, child, BY_CODE if code is not None else BY_NAME)

    def _new_child(self, row: CheckedRow) -> None:
        values, code = row.values, row.values.get("child_code")
        if problems := [*self._own_numbers(row), *_senseless(values)]:
            row.problems = tuple(problems)
            return
        if (number := values.get("case_number")) is not None and number in self.numbers:
            row.problems = (self._taken(number),)
            return
        if (likely := self.likely.likeliest(values)) is not None:
            message, said = (MAY_BE, likely.code or "–") if likely.row is None else (MAY_BE_ROW, str(likely.row))
            row.remarks += (Remark("child_code", message, {"which": said}),)
        if code in self.erased:
            row.remarks += (Remark("child_code", ERASED),)
        row.child_id = uuid4()
        child = _Known(row.child_id, code, values, row.number)
        if code is not None:
            self.by_code[code] = child
        self._name(child)
        self._keep(row, child)

    def _same_child(self, row: CheckedRow, child: _Known, why: str) -> None:
        row.child_id, row.of_row, row.why, row.child_code = child.id, child.row, why, child.code or ""
        problems = list(self._other_answers(row, child))
        if problems:
            row.problems = tuple(problems)
            return
        number = row.values.get("case_number")
        cases = self.cases.get(child.id, [])
        if number is None:
            self._without_number(row, child, cases)
        elif number not in self.numbers:
            self._new_case(row, child)
        elif self.numbers[number][0] != child.id:
            row.problems = (self._taken(number),)
        else:
            self._same_number(row, cases, number)

    def _other_answers(self, row: CheckedRow, child: _Known) -> Iterable[Remark]:
        """Yield what a row says of a child that is here otherwise; what is empty here is a remark on the row."""
        for key in OF_CHILD - {"child_code"}:
            ours, theirs = child.values.get(key), row.values.get(key)
            if theirs is None or _alike(ours, theirs):
                continue
            if child.row is not None:
                yield Remark(key, ROW_OTHER, {"row": str(child.row)})
            elif ours is None:
                row.remarks += (Remark(key, NOT_FILLED),)
            else:
                yield Remark(key, CHILD_OTHER)

    def _without_number(self, row: CheckedRow, child: _Known, cases: Sequence[Mapping[str, Any]]) -> None:
        said = {key: value for key, value in row.values.items() if value is not None and key not in OF_CHILD}
        if any(all(_equal(case.get(key), value) for key, value in said.items()) for case in cases):
            row.standing, row.why = RowStanding.HERE, BY_ALL
        else:
            self._new_case(row, child)

    def _same_number(self, row: CheckedRow, cases: Sequence[Mapping[str, Any]], number: str) -> None:
        case = next(case for case in cases if case.get("case_number") == number)
        others = [
            key
            for key, value in row.values.items()
            if value is not None and key not in OF_CHILD and not _equal(case.get(key), value)
        ]
        earlier = self.numbers[number][1]
        if not others:
            row.standing, row.why = RowStanding.HERE, BY_NUMBER
        elif earlier is not None:
            row.problems = (Remark("case_number", TWICE, {"row": str(earlier)}),)
        else:
            row.problems = tuple(Remark(key, CASE_OTHER) for key in others)

    def _new_case(self, row: CheckedRow, child: _Known) -> None:
        if child.is_nameless:
            row.problems = (Remark("child_code", NAMELESS),)
            return
        if problems := [*self._own_numbers(row), *_senseless({**child.values, **_said(row.values)})]:
            row.problems = tuple(problems)
            return
        row.standing = RowStanding.SAME_CHILD
        self._keep(row, child)

    def _keep(self, row: CheckedRow, child: _Known) -> None:
        """Let the rows below know of this one."""
        if is_long_past(row.values):
            row.remarks += (Remark(None, CLOSED),)
        self.cases.setdefault(child.id, []).append(as_kept(row.values))
        if (number := row.values.get("case_number")) is not None:
            self.numbers[number] = (child.id, row.number)

    def _taken(self, number: str) -> Remark:
        earlier = self.numbers[number][1]
        if earlier is not None:
            return Remark("case_number", TWICE, {"row": str(earlier)})
        return Remark("case_number", NUMBER_TAKEN)

    def _own_numbers(self, row: CheckedRow) -> Iterable[Remark]:
        """Yield the numbers that would confuse the office's own counting."""
        for key in ("child_code", "case_number"):
            number = row.values.get(key)
            known = number in (self.by_code if key == "child_code" else self.numbers)
            if number is None or known or not number.upper().startswith(self.own):
                continue
            serial = number.rpartition("-")[2]
            if not (serial.isascii() and serial.isdigit() and 4 <= len(serial) <= 7):
                yield Remark(key, OWN_NUMBERS)


_NAMES = ("family_name_km", "given_name_km", "family_name_latin", "given_name_latin")


def _known(child: KnownChild) -> _Known:
    values = {
        "family_name_km": child.family_name_km, "given_name_km": child.given_name_km,
        "family_name_latin": child.family_name_latin, "given_name_latin": child.given_name_latin, "sex": child.sex,
        "date_of_birth": child.born, "village_code": child.village_code,
    }  # fmt: skip
    return _Known(child.id, child.code, values, is_nameless=child.anonymised_on is not None)


def _names(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield the folded name in each script with the day of birth; none where the day is not known."""
    born = values.get("date_of_birth")
    if born is None or not born.is_exact:
        return
    for family, given in (_NAMES[:2], _NAMES[2:]):
        if values.get(family) and values.get(given):
            yield search_key(f"{values[family]} {values[given]}"), born.text


def _sex_fits(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    return ours.get("sex") is None or theirs.get("sex") is None or ours["sex"] is theirs["sex"]


def _alike(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, str) and isinstance(theirs, str):
        return search_key(ours) == search_key(theirs)
    return bool(ours == theirs)


def _equal(ours: Any, theirs: Any) -> bool:
    """Return whether both say the same; a text may be parted into lines otherwise."""
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours.split() == theirs.split()
    return bool(ours == theirs)


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _senseless(values: Mapping[str, Any]) -> Iterable[Remark]:
    """Yield the answer that cannot be, such as a date before the birth."""
    if is_plain(values):
        return
    child: Child = child_of(values)
    try:
        sense.check(child, *records_of(values, uuid4()))
    except Refusal as error:
        yield Remark(_column_of(error.fields, values), error.message)
    except OverflowError:
        yield Remark(None, DATES)


def _column_of(fields: Sequence[str], values: Mapping[str, Any]) -> str | None:
    """Return the column in which the answer stands that a refusal names."""
    for asked in fields:
        for (_, name), key in FIELDS.items():
            if name == asked and values.get(key) is not None:
                return key
    return None
