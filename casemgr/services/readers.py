"""Who may read what is kept for named staff alone."""

from collections.abc import Collection, Iterable
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.beside.complaint import COMPLAINT_RECORD, Complaint
from casemgr.records.case import Case
from casemgr.records.staff import StaffMember
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.store.work import Work
from casemgr.trouble import NotAllowed, Refusal

CONFIDENTIAL_RULES = tuple(clock.rule for clock in COMPLAINT_RECORD.clocks)
"""Rules whose clocks would betray that such a record is there."""


class StaffName(NamedTuple):
    """Who works with the office: the name in Khmer and in Latin letters, each the other where only one is known."""

    id: UUID
    name: str
    name_latin: str

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<StaffName {self.id}>"


class Running(Protocol):
    """A clock in a list: its rule, and the record that set it running."""

    @property
    def rule(self) -> str:
        """The rule's name."""

    @property
    def record_id(self) -> UUID:
        """The record's identity."""


AnyClock = TypeVar("AnyClock", bound=Running)


def staff_members(office: Office) -> list[StaffName]:
    """Return who works with the office now, those who came first at the top."""
    with office.read() as work:
        found = work.find(StaffMember, active=True)
    return [
        StaffName(each.id, each.name or each.name_latin or "", each.name_latin or each.name or "") for each in found
    ]


def may_read(staff_id: UUID, record: Record) -> bool:
    """Return whether a staff member may read a record: a complaint only where it names that staff member."""
    return not isinstance(record, Complaint) or staff_id in record.readers


def demand_reader(staff_id: UUID, record: Record) -> None:
    """Raise NotAllowed where a staff member may not read a record."""
    if not may_read(staff_id, record):
        raise NotAllowed(N_("Only the staff members it names may read this. Ask one of them."))


def named_at_least(staff_id: UUID, record: Record) -> None:
    """Name the staff member who writes a complaint as its reader, where it names nobody yet."""
    if isinstance(record, Complaint) and not record.readers:
        record.readers = (staff_id,)


def known_to(work: Work, staff_id: UUID, clocks: Iterable[AnyClock]) -> list[AnyClock]:
    """Return the clocks that a staff member may know of: without those of records that are for other readers."""
    kept = list(clocks)
    asked = [clock.record_id for clock in kept if clock.rule in CONFIDENTIAL_RULES]
    known = {each.id for each in work.read(Complaint, id=asked) if may_read(staff_id, each)} if asked else set[UUID]()
    return [clock for clock in kept if clock.rule not in CONFIDENTIAL_RULES or clock.record_id in known]


def fit_for_all_eyes(clocks: Iterable[AnyClock]) -> list[AnyClock]:
    """Return the clocks that may leave the program, for a wall or a telephone: without those for named staff alone."""
    return [clock for clock in clocks if clock.rule not in CONFIDENTIAL_RULES]


def set_readers(office: Office, complaint_id: UUID, staff_ids: Collection[UUID]) -> Changes:
    """Name those who may read a complaint, and nobody else; only one of its readers can.

    Raises NoSuch, NotAllowed, and Refusal where nobody would be left.
    """
    if not staff_ids:
        raise Refusal(N_("Somebody must be able to read this. Name at least one staff member."))
    with office.write() as work:
        complaint = work.get(Complaint, complaint_id)
        demand_reader(office.staff.id, complaint)
        complaint.readers = tuple(work.get(StaffMember, staff_id).id for staff_id in dict.fromkeys(staff_ids))
        case = work.get(Case, complaint.case_id)
    return Changes.of(child=case.child_id, case=case.id, lines=work.lines)
