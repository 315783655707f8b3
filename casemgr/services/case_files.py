"""A case or a child with everything that is kept of it, as one worker may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from casemgr import clock
from casemgr.clock import as_moment
from casemgr.i18n import N_
from casemgr.law.deadlines import DeadlineValue, deadlines_of
from casemgr.law.limits import Limit, load_limits
from casemgr.law.remarks import Matter, Remark, remarks_of
from casemgr.records.base import CaseRecord
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.link import Link, LinkRelation
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.fields import FieldInfo, fields_of
from casemgr.records.kept import LimitCorrection
from casemgr.records.kinds import kind_of
from casemgr.records.pathway.social_inquiry import Addendum
from casemgr.records.staff import StaffMember
from casemgr.services.office import Office, Right
from casemgr.services.readers import StaffName, demand_case, demand_child, is_within, may_read, name_of, within
from casemgr.services.reckoning import records_of
from casemgr.store.work import Work
from casemgr.trouble import NoSuch

AnyCaseRecord = TypeVar("AnyCaseRecord", bound=CaseRecord)


@dataclass(frozen=True)
class Happening:
    """A line of the timeline. at is a moment, or a day where no more is known."""

    at: datetime | date
    label: str
    record: CaseRecord


class LinkedChild(NamedTuple):
    """Another child that has to do with a case, as much as may be known without opening its file.

    case_ids, case_numbers: of all its cases that the staff member may open, oldest first, in the same order.
    """

    child_id: UUID
    code: str
    case_numbers: tuple[str, ...]
    case_ids: tuple[UUID, ...]


class LinkedFrom(NamedTuple):
    """A case that names this child; relation: what it says this child is there."""

    case_id: UUID
    case_number: str
    relation: LinkRelation | None


@dataclass(frozen=True)
class CaseFile:
    """All that one staff member may see of a case; records are in the order of the file, oldest first within a kind.

    contacts: those of the directory whom the case names, by identity. linked: the children it is linked to, by
    identity; linked_from: other cases that name this child. withheld: how many records are for other readers alone.
    worker: who carries the case, None for nobody.
    """

    child: Child
    case: Case
    offences: tuple[Offence, ...]
    records: tuple[CaseRecord, ...]
    addenda: tuple[Addendum, ...]
    deadlines: tuple[DeadlineValue, ...]
    timeline: tuple[Happening, ...]
    remarks: tuple[Remark, ...]
    contacts: Mapping[UUID, Contact]
    linked: Mapping[UUID, LinkedChild]
    linked_from: tuple[LinkedFrom, ...]
    withheld: int
    worker: StaffName | None = None

    def of(self, kind: type[AnyCaseRecord]) -> tuple[AnyCaseRecord, ...]:
        """Return the records of one class, oldest first."""
        return tuple(record for record in self.records if isinstance(record, kind))


@dataclass(frozen=True)
class ChildFile:
    """A child and its cases, newest first. withheld: how many more cases other workers carry."""

    child: Child
    cases: tuple[Case, ...]
    withheld: int = 0


def case_file(office: Office, case_id: UUID, *, log: bool = True) -> CaseFile:
    """Return a case with everything in it, and write down that it was opened unless told not to (a refresh).

    Raises NoSuch, and NotAllowed for another worker's case.
    """
    if log:
        with office.write(Right.READ_CASES) as work:
            case = demand_case(office, work, case_id)
            work.note("opened", "Case", case.id, case_id=case.id, child_id=case.child_id)
    with office.read() as work:
        return read_case_file(office, work, case_id)


def read_case_file(office: Office, work: Work, case_id: UUID) -> CaseFile:
    """Return a case within a transaction that is already open, as the staff member may see it.

    Raises NoSuch, and NotAllowed for another worker's case.
    """
    case, reader = within(office, work.read_one(Case, case_id)), office.staff.id
    child = work.read_one(Child, case.child_id)
    offences = tuple(work.read(Offence, case_id=case_id))
    kept = records_of(work, case_id)
    records = tuple(record for record in kept if may_read(reader, record))
    addenda = tuple(work.read(Addendum, case_id=case_id))
    limits = load_limits(work.read(LimitCorrection))
    deadlines = deadlines_of(child, offences, records, limits)
    remarks = remarks_of(Matter(child, case, offences, records, limits, clock.now()))
    worker = None if case.worker_id is None else name_of(work.read_one(StaffMember, case.worker_id))
    return CaseFile(
        child, case, offences, records, addenda, deadlines, _timeline(records), remarks, _contacts(work, records),
        _linked(office, work, records), _linked_from(office, work, case), len(kept) - len(records), worker,
    )  # fmt: skip


def _contacts(work: Work, records: Iterable[CaseRecord]) -> dict[UUID, Contact]:
    named = list({record.contact_id for record in records if isinstance(record, CaseContact)})
    return {contact.id: contact for contact in work.read(Contact, id=named)} if named else {}


def _linked(office: Office, work: Work, records: Iterable[CaseRecord]) -> dict[UUID, LinkedChild]:
    named = {record.other_child_id for record in records if isinstance(record, Link)}
    return {child_id: _linked_child(office, work, child_id) for child_id in named}


def _linked_child(office: Office, work: Work, child_id: UUID) -> LinkedChild:
    cases = [case for case in work.read(Case, child_id=child_id) if is_within(office, case)]
    numbers, identities = tuple(case.number or "" for case in cases), tuple(case.id for case in cases)
    return LinkedChild(child_id, work.read_one(Child, child_id).code or "", numbers, identities)


def linked_child(office: Office, child_id: UUID) -> LinkedChild:
    """Return what may be known of a child without opening its file; nothing is written down. Raises NoSuch."""
    with office.read() as work:
        return _linked_child(office, work, child_id)


def _linked_from(office: Office, work: Work, case: Case) -> tuple[LinkedFrom, ...]:
    links = [link for link in work.read(Link, other_child_id=case.child_id) if link.case_id != case.id]
    naming = work.read(Case, id=[link.case_id for link in links]) if links else []
    numbers = {each.id: each.number or "" for each in naming if is_within(office, each)}
    return tuple(
        LinkedFrom(link.case_id, numbers[link.case_id], link.relation) for link in links if link.case_id in numbers
    )


def log_exported(office: Office, file: CaseFile, how: str) -> None:
    """Write down that all of a case that this staff member may see left the program; how: json."""
    with office.write(Right.READ_CASES) as work:
        demand_case(office, work, file.case.id)
        work.note(
            "exported", "Case", file.case.id, case_id=file.case.id, child_id=file.child.id, changes={"how": [None, how]}
        )


def remarks_now(file: CaseFile, limits: Mapping[str, Limit]) -> tuple[Remark, ...]:
    """Return what is to be looked at in a case by now: what was fine when it was read may have become late since."""
    return remarks_of(Matter(file.child, file.case, file.offences, file.records, limits, clock.now()))


def child_file(office: Office, child_id: UUID, *, log: bool = True) -> ChildFile:
    """Return a child with its cases, and write down that it was opened unless told not to (a refresh).

    Raises NoSuch, and NotAllowed where other workers carry all of its cases.
    """
    if log:
        with office.write(Right.READ_CASES) as work:
            demand_child(office, work, child_id)
            work.note("opened", "Child", child_id, child_id=child_id)
    with office.read() as work:
        return read_child_file(office, work, child_id)


def read_child_file(office: Office, work: Work, child_id: UUID) -> ChildFile:
    """Return what child_file does within a transaction that is already open; nothing is written down."""
    child = demand_child(office, work, child_id)
    kept = work.find(Case, child_id=child_id)
    cases = tuple(case for case in reversed(kept) if is_within(office, case))
    return ChildFile(child, cases, len(kept) - len(cases))


def child_exists(office: Office, child_id: UUID) -> bool:
    """Return whether a child of that identity is written down."""
    with office.read() as work:
        return work.first(Child, id=child_id) is not None


def case_by_number(office: Office, number: str) -> UUID:
    """Return the identity of the case with that number. Raises NoSuch, and NotAllowed for another worker's case."""
    with office.read() as work:
        case = work.first(Case, number=number.strip().upper())
        if case is None:
            raise NoSuch(N_("There is no case {number} in this office."), number=number.strip())
        return demand_case(office, work, case.id).id


def child_by_code(office: Office, code: str) -> UUID:
    """Return the identity of the child with that code. Raises NoSuch, and NotAllowed for another worker's."""
    with office.read() as work:
        child = work.first(Child, code=code.strip().upper())
        if child is None:
            raise NoSuch(N_("There is no child {code} in this office."), code=code.strip())
        return demand_child(office, work, child.id).id


def _timeline(records: Iterable[CaseRecord]) -> tuple[Happening, ...]:
    lines: list[Happening] = []
    for record in records:
        kind = kind_of(record)
        events = kind.events if kind else ()
        lines += [Happening(at, event.label, record) for event in events if (at := event.at(record)) is not None]
    return tuple(sorted(lines, key=lambda line: as_moment(line.at)))


def missing(record: object) -> list[FieldInfo]:
    """Return the required questions of a record that arise and have no answer yet. Nothing is blocked by them."""
    return [
        info
        for info in fields_of(type(record))
        if info.required and info.is_shown(record) and getattr(record, info.name) in (None, "", ())
    ]
