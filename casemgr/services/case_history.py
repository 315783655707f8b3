"""The history of a whole case: every line of the trail about the case and its child, a page at a time."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from casemgr.printing.forms import FORMS
from casemgr.records.base import Record
from casemgr.records.beside.complaint import Complaint
from casemgr.records.case import Case
from casemgr.records.history import record_class_named
from casemgr.records.kept import AuditEntry
from casemgr.records.retention import ErasingHold
from casemgr.services.history import DEEDS, Version, demand_reader_of, last_known, read_lines
from casemgr.services.office import Office, Right
from casemgr.services.readers import demand_case
from casemgr.store.trail_rows import Wanted, complaints_told_of, lines_about
from casemgr.store.work import Work
from casemgr.trouble import NotAllowed

PAGE = 20
"""So many lines are read at once, unless more are asked for."""

CHANGING = (*DEEDS, "brought-back", "submitted", "taken-in", "anonymised", "erased")
"""The lines after which the case says something else than before."""


class CaseLine(NamedTuple):
    """A line of a case's history, and what it is about.

    kind: of the record; None where it is about none, such as a form that was printed. record: as it is now, or as it
    was when it was removed; None where nothing is known of it any more. is_kept: whether it is there now.
    """

    version: Version
    kind: type[Record] | None
    record_id: UUID | None
    record: Record | None
    is_kept: bool

    def __repr__(self) -> str:
        """Return the line's number alone: no name and no answer may reach a log."""
        return f"<CaseLine {self.version.seq}>"


class CaseHistory(NamedTuple):
    """A page of a case's history, the newest line first. more: whether there are older lines."""

    lines: tuple[CaseLine, ...]
    more: bool


def of_case(
    office: Office, case_id: UUID, *, before: int | None = None, changes_only: bool = False, most: int = PAGE
) -> CaseHistory:  # fmt: skip
    """Return the newest lines about a case and its child; before: those older than the line of that number.

    changes_only: without those after which the case says the same as before, such as openings. What is told of records
    for other readers alone is left out, also of forms that were printed from them, and, where nothing says from which,
    of forms that somebody else printed. That it was looked at is not written down: who opened the case is. Raises
    NoSuch, and NotAllowed for another worker's case.
    """
    with office.read() as work:
        case = demand_case(office, work, case_id)
        actions = CHANGING if changes_only else None
        hidden = _hidden(office, work, case)
        wanted = Wanted(case.id, case.child_id, before, actions, hidden, _OF_COMPLAINTS, office.staff.id)
        found = lines_about(work, wanted, most + 1)
        entries = found[:most]
        known = _known(work, entries)
        told = read_lines(office, work, entries)
    lines = tuple(_line(entry, version, known) for entry, version in zip(entries, told, strict=True))
    return CaseHistory(lines, len(found) > most)


_OF_COMPLAINTS = tuple(form.name for form in FORMS if form.record is Complaint)
"""The papers of a complaint: that one was printed says that there is a complaint, also where it does not say which."""


def _hidden(office: Office, work: Work, case: Case) -> frozenset[UUID]:
    """Return what the staff member may not read: complaints, also removed ones, and why nothing may be erased."""
    hidden = {each for each in complaints_told_of(work, case.id) if not _may_read(office, work, each)}
    if Right.HOLD not in office.rights:
        hidden |= {each.id for each in work.read(ErasingHold, child_id=case.child_id)}
    return frozenset(hidden)


def _may_read(office: Office, work: Work, complaint_id: UUID) -> bool:
    try:
        demand_reader_of(office, work, Complaint, complaint_id)
    except NotAllowed:
        return False
    return True


_Known = dict[tuple[type[Record], UUID], tuple[Record | None, bool]]


def _known(work: Work, entries: Iterable[AuditEntry]) -> _Known:
    """Return the records that lines are about, each as it is or was last, and whether it is there."""
    asked: dict[type[Record], set[UUID]] = {}
    for entry in entries:
        if (kind := _kind(entry)) is not None and entry.record_id is not None:
            asked.setdefault(kind, set()).add(entry.record_id)
    known: _Known = {}
    for kind, ids in asked.items():
        known |= {(kind, each.id): (each, True) for each in work.read(kind, id=list(ids))}
        gone = [each for each in ids if (kind, each) not in known]
        known |= {(kind, each): (last_known(work, kind, each), False) for each in gone}
    return known


def _kind(entry: AuditEntry) -> type[Record] | None:
    try:
        return record_class_named(entry.record_type)
    except KeyError:  # a form, a list, the office
        return None


def _line(entry: AuditEntry, version: Version, known: _Known) -> CaseLine:
    kind = _kind(entry)
    if kind is None or entry.record_id is None:
        return CaseLine(version, kind, entry.record_id, None, is_kept=False)
    return CaseLine(version, kind, entry.record_id, *known[kind, entry.record_id])
