"""Bringing in a list that was looked at: all of it in one transaction; and taking an import back, whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from casemgr import clock
from casemgr.i18n import N_
from casemgr.law.deadlines import deadlines_of
from casemgr.law.limits import Limit, load_limits
from casemgr.law.standing import procedure_stage
from casemgr.measures.index_events import first_of, index_events
from casemgr.pace import EVERY, Cancelled, Pace, Progress
from casemgr.records.base import CaseRecord, Record
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.kept import (
    NOTHING_DUE,
    Deadline,
    ImportedRecord,
    ImportMapping,
    ImportRun,
    IndexEventKept,
    LimitCorrection,
)
from casemgr.services.casework import prepare_child
from casemgr.services.changes import Changes
from casemgr.services.import_checking import checked
from casemgr.services.import_reading import MAY_IMPORT
from casemgr.services.import_rows import TOLD_BY, case_of, child_of, records_of
from casemgr.services.import_told import CheckedRow, DryRun, RowStanding
from casemgr.services.office import Office
from casemgr.services.reckoning import reckon
from casemgr.store.audit import IMPORT_UNDONE
from casemgr.store.follow_up_rows import FOLLOW_UP_RULES
from casemgr.store.import_rows import (
    add_rows,
    children_beside,
    empty_trail,
    forget_import,
    imported,
    in_parts,
    let_go,
    remove_reckoned,
    remove_records,
    touched_since,
)
from casemgr.store.queries import highest_given, newest_audit_entry
from casemgr.store.work import Work
from casemgr.trouble import NoSuch, Refusal

IMPORTED = "imported"
PART = "imports"

WRONG_ROWS = N_("Rows of this list are to be mended. Nothing was written: mend them, or leave them out.")
CHANGED = N_("The office was changed while you looked at the list. Look at it again; nothing was written.")
NOTHING_NEW = N_("All rows of this list are here already. Nothing was written.")
GONE = N_("This import is not there any more, or was taken back.")
TOUCHED = N_("Later work touched what this import brought, so it stays. Cases and children: {which}.")
MOST_NAMED = 8
WHY_UNDONE = N_("The whole import was taken back.")


@dataclass(frozen=True)
class Imported:
    """What became of an import. left_out: rows that were to be mended; here: rows that were here already."""

    changes: Changes
    import_id: UUID | None
    children: int = 0
    cases: int = 0
    here: int = 0
    left_out: int = 0


class ImportRow(NamedTuple):
    """An import that can be taken back. made_at: Phnom Penh time."""

    id: UUID
    made_at: datetime
    rows: int
    children: int
    cases: int


def import_list(
    office: Office, dry: DryRun, *, leave_out_wrong: bool = False, progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Imported:  # fmt: skip
    """Write what the dry run told, in one transaction with its lines of the audit trail.

    Raises Refusal where rows are to be mended and not left out on purpose, or where the office was changed since the
    dry run, NotAllowed and Stopped: then nothing is written.
    """
    wrong = dry.count(RowStanding.WRONG)
    office.demand(*MAY_IMPORT)
    if wrong and not leave_out_wrong:
        raise Refusal(WRONG_ROWS)
    here = dry.count(RowStanding.HERE)
    written = sum(row.is_written for row in dry.rows)
    if not written:
        return Imported(Changes(), None, here=here, left_out=wrong)
    pace = Pace(written, progress, cancelled)
    with office.write(*MAY_IMPORT) as work:
        writing = _Writing(office, work, _as_it_is_now(office, work, dry, pace.quiet()))
        writing.all(pace)
        work.note(IMPORTED, "Import", writing.run.id, changes={
            name: [None, value]
            for name, value in (("children", writing.run.children), ("cases", writing.run.cases), ("here", here),
                                ("left_out", wrong))
        })  # fmt: skip
    changes = Changes(frozenset(writing.children), frozenset(writing.cases), frozenset({PART}))
    return Imported(changes, writing.run.id, writing.run.children, writing.run.cases, here, wrong)


def _as_it_is_now(office: Office, work: Work, dry: DryRun, pace: Pace) -> DryRun:
    """Return the dry run, made anew where anything was written since. Raises Refusal where it says something else."""
    newest = newest_audit_entry(work)
    if newest is not None and newest.seq == dry.seen:
        return dry
    again = checked(office, work, dry.opened, pace)
    if [_signature(row) for row in again.rows] != [_signature(row) for row in dry.rows]:
        raise Refusal(CHANGED)
    return again


def _signature(row: CheckedRow) -> tuple[Any, ...]:
    return row.number, row.standing, row.child_code, row.problems, None if row.of_row or not row.why else row.child_id


def imports(office: Office) -> list[ImportRow]:
    """Return the imports that can be taken back, the newest first. Raises NotAllowed."""
    with office.read(*MAY_IMPORT) as work:
        runs = work.find(ImportRun)
    return [ImportRow(run.id, run.made_at, run.rows, run.children, run.cases) for run in reversed(runs)]


def undo_import(
    office: Office, import_id: UUID, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Changes:  # fmt: skip
    """Take back all that an import brought, in one transaction; the office is as it was before, but for the trail.

    The trail keeps who wrote and took back what, and no answer: of children that are gone nobody could erase it later.
    Raises NoSuch, NotAllowed, Stopped, and Refusal, which names them, where later work touched cases or children.
    """
    with office.write(*MAY_IMPORT, why=WHY_UNDONE) as work:
        run = work.first(ImportRun, id=import_id)
        if run is None:
            raise NoSuch(GONE)
        cases, codes = touched_since(work, import_id)
        if touched := [*cases, *codes]:
            more = ", …" if len(touched) > MOST_NAMED else ""
            raise Refusal(TOUCHED, which=", ".join(touched[:MOST_NAMED]) + more)
        return _take_back(work, run, Pace(run.rows, progress, cancelled))


def _take_back(work: Work, run: ImportRun, pace: Pace) -> Changes:
    beside = children_beside(work, run.id)
    cases, children = imported(work, run.id, Case.__name__), imported(work, run.id, Child.__name__)
    import_id, mapping_key, before = run.id, run.mapping_key, run.mapping_before
    said = {"children": run.children, "cases": run.cases}
    remove_reckoned(work, cases)
    for kind in TOLD_BY:
        _remove(work, import_id, kind, pace.quiet())
    for part in in_parts(cases, EVERY):
        remove_records(work, Case, part)
        pace.step(len(part))
    _remove(work, import_id, Child, pace.quiet())
    lines = empty_trail(work, import_id)
    forget_import(work, import_id)
    if mapping_key is not None:
        _restore_mapping(work, mapping_key, before)
    for child_id in beside:
        for case in work.read(Case, child_id=child_id):
            reckon(work, case.id)
        let_go(work)
    changes = {name: [value, None] for name, value in said.items()} | {"lines": [None, lines]}
    work.note(IMPORT_UNDONE, "Import", import_id, changes=changes)
    return Changes(frozenset({*children, *beside}), frozenset(cases), frozenset({PART}))


def _remove(work: Work, import_id: UUID, kind: type[Record], pace: Pace) -> None:
    for part in in_parts(imported(work, import_id, kind.__name__), EVERY):
        pace.check()
        remove_records(work, kind, part)


def _restore_mapping(work: Work, key: str, before: str | None) -> None:
    kept = work.first(ImportMapping, key=key)
    if kept is None:
        return
    if before is None:
        work.remove(kept)
    else:
        at, _, kept.plain = before.partition(" ")
        kept.kept_at = datetime.fromisoformat(at)
    work.flush()


class _Writing:
    """The rows on their way into the office, within one transaction."""

    def __init__(self, office: Office, work: Work, dry: DryRun) -> None:
        self.office, self.work, self.dry = office, work, dry
        self.rows = [row for row in dry.rows if row.is_written]
        self.limits = load_limits(work.read(LimitCorrection))
        self.numbers = _Numbers(work, office.settings.code or "", self.rows)
        new = {row.child_id for row in self.rows if row.standing is RowStanding.NEW}
        self.children = {row.child_id for row in self.rows if row.child_id is not None}
        self.cases: list[UUID] = []
        counted: dict[UUID | None, int] = {}
        for row in self.rows:
            counted[row.child_id] = counted.get(row.child_id, 0) + 1
        self.alone = {child for child in new if counted[child] == 1}
        self.run = ImportRun(
            made_at=clock.now(), staff_id=office.staff.id, rows=len(self.rows), children=len(new), cases=len(self.rows)
        )

    def all(self, pace: Pace) -> None:
        """Write all rows."""
        self._remember()
        self.work.add(self.run)
        let_go(self.work)
        for part in in_parts(self.rows, EVERY):
            self._write(part)
            pace.step(len(part))
        self._reckon_again(pace.quiet())

    def _remember(self) -> None:
        """Keep what the columns mean, where somebody chose it."""
        opened = self.dry.opened
        if opened.is_ours:
            return
        plain, now = opened.mapping.plain(), clock.now()
        kept = self.work.first(ImportMapping, key=opened.key)
        self.run.mapping_key = opened.key
        if kept is None:
            self.work.add(ImportMapping(key=opened.key, plain=plain, kept_at=now))
        else:
            self.run.mapping_before = f"{kept.kept_at.isoformat()} {kept.plain}"
            kept.plain, kept.kept_at = plain, now

    def _write(self, rows: Sequence[CheckedRow]) -> None:
        """Write some rows and let go of them."""
        made = [self._made(row) for row in rows]
        self._add([child for child, _, _ in made if child is not None])
        self._add([case for _, case, _ in made])
        self._add([record for _, _, records in made for record in records])
        self._reckon(rows, made)
        add_rows(self.work, ImportedRecord, [
            {"record_id": record.id, "import_id": self.run.id, "kind": type(record).__name__, "case_id": case_id}
            for child, case, records in made
            for record, case_id in ((child, None), (case, case.id), *((each, case.id) for each in records))
            if record is not None
        ])  # fmt: skip
        let_go(self.work)

    def _made(self, row: CheckedRow) -> tuple[Child | None, Case, tuple[CaseRecord, ...]]:
        child = None
        if row.standing is RowStanding.NEW:
            child = child_of(row.values)
            child.id = row.child_id or child.id
            child.code = child.code or self.numbers.child_code()
            prepare_child(child)
        case = case_of(row.values)
        case.child_id, case.worker_id = row.child_id or case.child_id, self.office.staff.id
        case.number = case.number or self.numbers.case_number(case.opened_on or clock.today())
        records = records_of(row.values, case.id)
        case.stage = procedure_stage(records) or case.stage
        self.cases.append(case.id)
        return child, case, records

    def _add(self, records: Iterable[Record]) -> None:
        for record in records:
            self.work.add(record)
        self.work.flush()

    def _reckon(
        self, rows: Sequence[CheckedRow], made: Sequence[tuple[Child | None, Case, tuple[CaseRecord, ...]]]
    ) -> None:  # fmt: skip
        """Keep the deadlines of new children with one case, and their index events, all at once.

        Those of a child with several cases hang together: they are reckoned one by one at the end.
        """
        deadlines, events = list[dict[str, Any]](), list[dict[str, Any]]()
        for row, (child, case, records) in zip(rows, made, strict=True):
            if child is None or row.child_id not in self.alone:
                continue
            own = _deadlines(child, case, records, self.limits)
            deadlines += own
            events += _events(child, records, own)
        add_rows(self.work, Deadline, deadlines)
        add_rows(self.work, IndexEventKept, events)

    def _reckon_again(self, pace: Pace) -> None:
        for child_id in self.children - self.alone:
            pace.check()
            for case in self.work.read(Case, child_id=child_id):
                reckon(self.work, case.id, self.limits)
            let_go(self.work)


def _deadlines(
    child: Child, case: Case, records: Sequence[CaseRecord], limits: dict[str, Limit]
) -> list[dict[str, Any]]:  # fmt: skip
    offences = [record for record in records if isinstance(record, Offence)]
    others = [record for record in records if not isinstance(record, Offence)]
    found = [
        {
            "id": uuid4(), "case_id": case.id, "record_id": value.record_id, "rule": value.rule,
            "limit_key": value.limit_key, "started_at": value.started_at, "due_at": value.due_at,
            "whole_day": value.whole_day, "ended_at": value.ended_at, "doubts": ",".join(value.doubts),
        }
        for value in deadlines_of(child, offences, others, limits)
    ]  # fmt: skip
    alike = {tuple(str(value) for name, value in each.items() if name != "id"): each for each in found}
    return list(alike.values())


def _events(
    child: Child, records: Sequence[CaseRecord], deadlines: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:  # fmt: skip
    events = index_events(records, child.id)
    due = [each["due_at"].date() for each in deadlines if each["rule"] in FOLLOW_UP_RULES and each["ended_at"] is None]
    first = first_of(events)
    return [
        {
            "id": uuid4(), "case_id": event.case_id, "child_id": child.id, "record_id": event.record_id,
            "kind": event.kind.value, "began_on": event.on, "first": event in first,
            "next_due": min(due, default=NOTHING_DUE), "lost_on": None,
        }
        for event in events
    ]  # fmt: skip


class _Numbers:
    """The codes and numbers that the office gives next; those of the list are not given again."""

    def __init__(self, work: Work, office_code: str, rows: Sequence[CheckedRow]) -> None:
        self._work, self._code = work, office_code
        self._taken = {row.values.get(key) for row in rows for key in ("child_code", "case_number")}
        self._last: dict[str, int] = {}

    def child_code(self) -> str:
        """Return the next code of a child."""
        return self._next(Child.code, f"{self._code}-C-")

    def case_number(self, opened_on: Any) -> str:
        """Return the next number of a case opened on that day."""
        return self._next(Case.number, f"{self._code}-{opened_on.year:04}-")

    def _next(self, column: Any, prefix: str) -> str:
        if prefix not in self._last:
            self._last[prefix] = highest_given(self._work, column, prefix)
        while True:
            self._last[prefix] += 1
            number = f"{prefix}{self._last[prefix]:04}"
            if number not in self._taken:
                return number
