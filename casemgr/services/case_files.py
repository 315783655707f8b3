"""A case or a child with everything that is kept of it, as one worker may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from casemgr import clock
from casemgr.clock import as_moment
from casemgr.i18n import N_
from casemgr.law.deadlines import DeadlineValue, deadlines_of
from casemgr.law.limits import load_limits
from casemgr.law.remarks import Matter, Remark, remarks_of
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.fields import FieldInfo, fields_of
from casemgr.records.kept import LimitCorrection
from casemgr.records.kinds import kind_of
from casemgr.records.pathway.social_inquiry import Addendum
from casemgr.services.office import Office, Right
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


@dataclass(frozen=True)
class CaseFile:
    """All that is kept of one case; records hold those of the pathway's stages, oldest first within a stage."""

    child: Child
    case: Case
    offences: tuple[Offence, ...]
    records: tuple[CaseRecord, ...]
    addenda: tuple[Addendum, ...]
    deadlines: tuple[DeadlineValue, ...]
    timeline: tuple[Happening, ...]
    remarks: tuple[Remark, ...]

    def of(self, kind: type[AnyCaseRecord]) -> tuple[AnyCaseRecord, ...]:
        """Return the records of one class, oldest first."""
        return tuple(record for record in self.records if isinstance(record, kind))


@dataclass(frozen=True)
class ChildFile:
    """A child and its cases, newest first."""

    child: Child
    cases: tuple[Case, ...]


def case_file(office: Office, case_id: UUID, *, log: bool = True) -> CaseFile:
    """Return a case with everything in it, and write down that it was opened unless told not to (a refresh).

    Raises NoSuch.
    """
    if log:
        with office.write(Right.READ_CASES) as work:
            case = work.get(Case, case_id)
            work.note("opened", "Case", case.id, case_id=case.id, child_id=case.child_id)
    with office.read() as work:
        return read_case_file(work, case_id)


def read_case_file(work: Work, case_id: UUID) -> CaseFile:
    """Return a case within a transaction that is already open. Raises NoSuch."""
    case = work.get(Case, case_id)
    child = work.get(Child, case.child_id)
    offences = tuple(work.find(Offence, case_id=case_id))
    records = records_of(work, case_id)
    addenda = tuple(work.find(Addendum, case_id=case_id))
    deadlines = deadlines_of(child, offences, records, load_limits(work.find(LimitCorrection)))
    remarks = remarks_of(Matter(child, case, offences, records, clock.now()))
    return CaseFile(child, case, offences, records, addenda, deadlines, _timeline(records), remarks)


def remarks_now(file: CaseFile) -> tuple[Remark, ...]:
    """Return what is to be looked at in a case by now: what was fine when it was read may have become late since."""
    return remarks_of(Matter(file.child, file.case, file.offences, file.records, clock.now()))


def child_file(office: Office, child_id: UUID, *, log: bool = True) -> ChildFile:
    """Return a child with its cases, and write down that it was opened unless told not to (a refresh).

    Raises NoSuch.
    """
    if log:
        with office.write(Right.READ_CASES) as work:
            work.get(Child, child_id)
            work.note("opened", "Child", child_id, child_id=child_id)
    with office.read() as work:
        child = work.get(Child, child_id)
        cases = work.find(Case, child_id=child_id)
    return ChildFile(child, tuple(reversed(cases)))


def child_exists(office: Office, child_id: UUID) -> bool:
    """Return whether a child of that identity is written down."""
    with office.read() as work:
        return work.first(Child, id=child_id) is not None


def case_by_number(office: Office, number: str) -> UUID:
    """Return the identity of the case with that number. Raises NoSuch."""
    with office.read() as work:
        case = work.first(Case, number=number.strip().upper())
    if case is None:
        raise NoSuch(N_("There is no case {number} in this office."), number=number.strip())
    return case.id


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
