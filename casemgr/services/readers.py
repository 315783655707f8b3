"""Who may read what is kept for named staff alone."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.beside.complaint import COMPLAINT_RECORD, Complaint
from casemgr.records.beside.consent import Consent
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.staff import StaffMember
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from casemgr.store.clock_rows import ClockQuestion, records_with_clocks
from casemgr.store.work import Work
from casemgr.trouble import Frozen, NotAllowed, Refusal

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
        return [name_of(each) for each in work.find(StaffMember, active=True)]


def name_of(staff: StaffMember) -> StaffName:
    """Return what a staff member is called."""
    return StaffName(staff.id, staff.name or staff.name_latin or "", staff.name_latin or staff.name or "")


def is_within(office: Office, case: Case) -> bool:
    """Return whether a case is among those that the staff member may open.

    These are all cases for a supervisor; for a case worker the own ones, and those that nobody carries: they are
    everybody's, or nobody would see them. Who may open a case may read its answers for named staff, as its worker or
    as a supervisor, save complaints, which name their readers one by one.
    """
    return office.scope is None or case.worker_id in (None, office.scope)


def demand_case(office: Office, work: Work, case_id: UUID) -> Case:
    """Return a case of those that the staff member may open. Raises NoSuch, and NotAllowed for another worker's."""
    return within(office, work.get(Case, case_id))


def within(office: Office, case: Case) -> Case:
    """Return the case. Raises NotAllowed where it is not among those that the staff member may open."""
    if not is_within(office, case):
        raise NotAllowed(N_("Another worker carries this case. Ask the supervisor."))
    return case


def demand_child(office: Office, work: Work, child_id: UUID) -> Child:
    """Return a child of which the staff member may open a case, or that has none yet. Raises NoSuch and NotAllowed."""
    child = work.get(Child, child_id)
    if office.scope is not None:
        cases = work.read(Case, child_id=child_id)
        if cases and not any(is_within(office, case) for case in cases):
            raise NotAllowed(N_("Another worker carries this child's cases. Ask the supervisor."))
    return child


def demand_named(child: Child) -> None:
    """Raise Frozen for a child that was made nameless: what is left of it are figures, and they stay as they are."""
    if child.anonymised_on is not None:
        raise Frozen(N_("This child was made nameless. What is left are figures; nothing can be added or changed."))


def demand_decider(office: Office, before: Record | None, now: Record | None) -> None:
    """Let a supervisor alone decide what is to be erased after a withdrawal; write down who decided, and when.

    now: None where the record is taken out. Raises NotAllowed for anybody else who would change the decision.
    """
    known, written = (each if isinstance(each, Consent) else None for each in (before, now))
    if (written.decision if written else None) is (known.decision if known else None):
        return
    if Right.HOLD not in office.rights:
        raise NotAllowed(N_("Only a supervisor decides what is erased after a withdrawal."))
    if written is not None:
        written.decided_on = written.decided_on or clock.today()
        written.decided_by = written.decided_by or office.staff.name or office.staff.name_latin


def may_open_child(office: Office, work: Work, child_id: UUID) -> bool:
    """Return whether the staff member may open a child. Raises NoSuch."""
    try:
        demand_child(office, work, child_id)
    except NotAllowed:
        return False
    return True


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


def clocks_known_to(work: Work, staff_id: UUID, asked: ClockQuestion) -> ClockQuestion:
    """Return the question for clocks without those of records that are for other readers than this staff member."""
    complaints = records_with_clocks(work, Complaint, ("id", "case_id", "readers"), CONFIDENTIAL_RULES)
    known = frozenset(each.id for each in complaints if may_read(staff_id, each))
    return replace(asked, shut=CONFIDENTIAL_RULES, known=known)


def fit_for_all_eyes(clocks: Iterable[AnyClock]) -> list[AnyClock]:
    """Return the clocks that may leave the program, for a wall or a telephone: without those for named staff alone."""
    return [clock for clock in clocks if clock.rule not in CONFIDENTIAL_RULES]


def set_readers(office: Office, complaint_id: UUID, staff_ids: Collection[UUID], version: int) -> Changes:
    """Name those who may read a complaint, and nobody else; only one of its readers can.

    version: of the complaint as the worker saw it. A reader who may not open the case does not see it all the same.
    Raises NoSuch, NotAllowed, EditedElsewhere, and Refusal where nobody would be left.
    """
    if not staff_ids:
        raise Refusal(N_("Somebody must be able to read this. Name at least one staff member."))
    with office.write() as work:
        complaint = work.get(Complaint, complaint_id)
        case = demand_case(office, work, complaint.case_id)
        demand_reader(office.staff.id, complaint)
        work.unchanged_since(complaint, version)
        complaint.readers = tuple(work.get(StaffMember, staff_id).id for staff_id in dict.fromkeys(staff_ids))
    return Changes.of(child=case.child_id, case=case.id, lines=work.lines)
