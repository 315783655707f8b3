"""The files of many children, with the columns that reoffending is reckoned from and no others."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from casemgr.measures.cohort import Member
from casemgr.measures.index_events import IndexEvent, IndexKind, first_of
from casemgr.measures.reading import CaseFile, member_of
from casemgr.pace import Pace
from casemgr.records.base import CaseRecord
from casemgr.records.beside.consent import Consent
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.kept import IndexEventKept
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.closure import Closure
from casemgr.records.pathway.court import Decision
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.sameness import PersonOf
from casemgr.store.bare import Reader, listed
from casemgr.store.persons import persons
from casemgr.store.work import Work

CASE = ("id", "child_id", "child_role")
OFFENCE = ("case_id", "category", "offence_class", "committed_on")

READ: dict[type[CaseRecord], tuple[str, ...]] = {
    Arrest: ("case_id", "arrested_at", "arrived_at", "custody_ended_at", "outcome"),
    Decision: ("case_id", "decision", "decided_on"),
    Detention: ("case_id", "started_on", "ended_on", "end_reason", "basis"),
    Diversion: ("case_id", "ordered_on", "outcome", "breaches"),
    Judgment: (
        "case_id", "decided_on", "result", "penalties", "measures", "to_serve_months", "to_serve_days", "measure_kept",
    ),
    ReintegrationPlan: ("case_id", "begun_on", "ended_on", "support"),
    FollowUp: (
        "case_id", "created_at", "done_on", "how", "status", "reached", "new_contact", "source", "level",
        "offence_category", "offence_on", "contact_on", "confirmed",
    ),
    Closure: ("case_id", "closed_on", "reason", "reopened_on"),
    Consent: ("case_id", "scope", "given_on", "valid_until", "withdrawn_on"),
}  # fmt: skip
"""Which columns measures.reading reads of which records."""

FOLLOWED = frozenset({FollowUp, Closure, Consent, ReintegrationPlan})
"""Those of them that tell of a child since its index event, in whatever case."""

KINDS = {kind.value: kind for kind in IndexKind}

AnyRecord = TypeVar("AnyRecord", bound=CaseRecord)

Files = dict[UUID, dict[UUID, CaseFile]]
"""The files of each child by their cases."""


Among = sa.Select[Any]
"""Children, by a question that answers their identities."""

AT_ONCE = 5000
"""So many children are read at a time: a whole office needs no more memory than these and its cohort."""


def files_of(read: Reader, among: Among) -> Files:
    """Return the files of these children."""
    own = sa.select(Case.id).where(Case.child_id.in_(among))
    return _files(
        read.records(Case, CASE, Case.child_id.in_(among)),
        read.records(Offence, OFFENCE, Offence.case_id.in_(own)),
        chain.from_iterable(read.records(kind, names, kind.case_id.in_(own)) for kind, names in READ.items()),
    )


def files_followed(read: Reader, events: Collection[IndexEvent]) -> Files:
    """Return the files of the children of these events with what their courses are read from (reading.course_of).

    A child of several records has the files of all of them.
    What police and court did is read only of cases other than that of an event: there it may be a new contact.
    """
    one_of = _Persons(read)
    begun: dict[UUID, set[UUID]] = {}
    for event in events:
        begun.setdefault(one_of.person(event.child_id), set()).add(event.case_id)
    cases = list(read.records_among(Case, CASE, "child_id", listed(one_of.records(begun))))
    every = listed([case.id for case in cases])
    others = listed([case.id for case in cases if begun[one_of.person(case.child_id)] != {case.id}])
    files = _files(
        cases,
        read.records_among(Offence, OFFENCE, "case_id", every),
        chain.from_iterable(
            read.records_among(kind, names, "case_id", every if kind in FOLLOWED else others)
            for kind, names in READ.items()
        ),
    )  # fmt: skip
    return one_of.put_together(files)


class _Persons:
    """Which records are of one child, as far as workers decided it."""

    def __init__(self, read: Reader) -> None:
        self._person = persons(read.connection)

    def __bool__(self) -> bool:
        return bool(self._person)

    def person(self, child_id: UUID) -> UUID:
        """Return the child of a record, by the identity of its first record."""
        return self._person.get(child_id, child_id)

    def records(self, children: Collection[UUID]) -> set[UUID]:
        """Return all records of these children."""
        return {*children, *(child_id for child_id, person_id in self._person.items() if person_id in children)}

    def put_together(self, files: Files) -> Files:
        """Return the files with those of all records of a child under each of them."""
        if not self:
            return files
        together: Files = {}
        for child_id, own in files.items():
            together.setdefault(self.person(child_id), {}).update(own)
        of_one = {child_id: together[person_id] for child_id, person_id in self._person.items()
                  if person_id in together}  # fmt: skip
        return files | of_one


def _files(cases: Iterable[Case], offences: Iterable[Offence], records: Iterable[CaseRecord]) -> Files:
    cases = list(cases)
    offences_of: dict[UUID, list[Offence]] = {case.id: [] for case in cases}
    records_of: dict[UUID, list[CaseRecord]] = {case.id: [] for case in cases}
    _set_apart(offences, offences_of)
    _set_apart(records, records_of)
    files: Files = {}
    for case in cases:
        files.setdefault(case.child_id, {})[case.id] = CaseFile(case, offences_of[case.id], records_of[case.id])
    return files


def _set_apart(records: Iterable[AnyRecord], by_case: dict[UUID, list[AnyRecord]]) -> None:
    """Add the records to those of their cases. Most follow another of the same case, which is then not looked up."""
    last, own = None, list[AnyRecord]()
    for record in records:
        if record.case_id is not last:
            last = record.case_id
            own = by_case[last]
        own.append(record)


def offences_of(read: Reader, case_ids: str) -> dict[UUID, list[Offence]]:
    """Return the offences of each case among these (from bare.listed) that has any."""
    found: dict[UUID, list[Offence]] = {}
    for offence in read.records_among(Offence, OFFENCE, "case_id", case_ids):
        found.setdefault(offence.case_id, []).append(offence)
    return found


def index_events_of(read: Reader, as_of: date, among: Among, *, every: bool = False) -> list[IndexEvent]:
    """Return the first index event of each of these children up to that day; with every, all of them."""
    names = ("child_id", "case_id", "record_id", "kind", "began_on")
    where = [IndexEventKept.began_on <= as_of, IndexEventKept.child_id.in_(among)]
    where += [] if every else [IndexEventKept.first.is_(True)]
    return [
        IndexEvent(child, case, record, KINDS[kind], on)
        for child, case, record, kind, on in read.rows(IndexEventKept, names, *where)
    ]


def _members_among(
    read: Reader, as_of: date, among: Among, one_of: "_Persons", *, every: bool
) -> Iterator[Member]:  # fmt: skip
    """Yield what the files tell of these children since their index events; of several records of one child, once."""
    told = index_events_of(read, as_of, among, every=every)
    record_of = {event.record_id: event.child_id for event in told}
    events = first_of((event._replace(child_id=one_of.person(event.child_id)) for event in told), every=every)
    files = one_of.put_together(files_of(read, among))
    children = {child.id: child for child in read.records(Child, ("id", "born", "sex"), Child.id.in_(among))}
    for event in events:
        yield member_of(event, children[record_of[event.record_id]], list(files[event.child_id].values()))


def cohort_size(work: Work) -> int:
    """Return of how many children the files are read for a cohort."""
    return Reader(work).size(Child)


def read_members(
    work: Work, as_of: date, *, every: bool = False, pace: Pace | None = None, weight: int = 1,
    known: Mapping[UUID, UUID] | None = None,
) -> list[Member]:  # fmt: skip
    """Return the cohort of an office: a member for the first index event of each child up to that day, earliest first.

    every: a member for each day with an index event. pace: a child counts for weight; Stopped is raised where it says
    so. known: as in Reader.
    """
    pace = pace or Pace()
    rowid: sa.ColumnElement[int] = sa.literal_column("child.rowid")
    children, found = cohort_size(work), []
    one_of, linked = _Persons(Reader(work)), sa.select(PersonOf.child_id)
    apart = (
        sa.select(IndexEventKept.child_id)
        .join(Child, Child.id == IndexEventKept.child_id)
        .where(rowid > start, rowid <= start + AT_ONCE, IndexEventKept.child_id.not_in(linked))
        for start in range(0, children, AT_ONCE)
    )
    for at, among in enumerate((*apart, *((linked,) if one_of else ()))):
        read = Reader(work, pace.quiet(), known=known or {})
        for member in _members_among(read, as_of, among, one_of, every=every):
            pace.check()
            found.append(member)
        pace.step(weight * max(0, min(AT_ONCE, children - at * AT_ONCE)))
    return sorted(found, key=lambda member: (member.since.on, member.since.record_id))
