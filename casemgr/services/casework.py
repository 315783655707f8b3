"""What a worker writes down about children and their cases."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_
from casemgr.khmer.search import search_key
from casemgr.law.standing import procedure_stage, usually_before
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, CaseStatus, Offence, ProcessStage
from casemgr.records.child import Child, Guardian
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.closure import Closure, is_closed
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import sense
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.services.readers import (
    demand_case,
    demand_child,
    demand_decider,
    demand_named,
    demand_reader,
    named_at_least,
)
from casemgr.services.reckoning import reckon, records_of
from casemgr.services.reports import SUBMITTED
from casemgr.store import queries
from casemgr.store.search_terms import digits_of, list_keys
from casemgr.store.work import Work
from casemgr.trouble import Frozen, NotAllowed, OutOfOrder, Refusal


def take_arrest(
    office: Office, child: Child, case: Case, offences: Sequence[Offence], arrest: Arrest,
    guardian: Guardian | None = None,
) -> Changes:  # fmt: skip
    """Open a case for an arrest: the child (new, or known), the case, its offences, the arrest.

    Of a known child nothing changes, but that the guardian whom the caller named is added where the child has none such
    yet. All in one transaction. Raises Refusal when a date is impossible, and NotAllowed for another worker's child.
    """
    with office.write() as work:
        if work.first(Case, id=case.id) is None:  # a draft that outlived its saving is no second case
            if guardian is not None:
                _add_guardian(demand_child(office, work, child.id), guardian)
            add_arrest(office, work, child, case, (*offences, arrest))
    return Changes.of(child=child.id, case=case.id)


def add_arrest(office: Office, work: Work, child: Child, case: Case, records: Sequence[CaseRecord]) -> None:
    """Add a case with its first records within a transaction that is already open, and a child that is new.

    The case stands where these records led it, else where it says.
    """
    known = work.first(Child, id=child.id) is not None
    kept = demand_child(office, work, child.id) if known else _add_child(office, work, child)
    case.stage = procedure_stage(records) or case.stage
    _add_case(office, work, kept, case)
    for record in records:
        record.case_id = case.id
    _add(work, kept, records)
    reckon(work, case.id, records=records)


def _add_guardian(child: Child, told: Guardian) -> None:
    """Add a guardian to a kept child, or the telephone to one of that name who has none; what is there stays."""
    demand_named(child)
    rows = tuple(child.guardians or ())
    alike = [row for row in rows if told.name is None or search_key(row.name or "") == search_key(told.name)]
    if any(told.phone is None or digits_of(told.phone) == digits_of(row.phone) for row in alike):
        return
    bare = next((row for row in alike if told.name is not None and row.phone is None), None)
    if bare is None:
        child.guardians = (*rows, told)
    else:
        child.guardians = tuple(replace(row, phone=told.phone) if row is bare else row for row in rows)
    prepare_child(child)


def add_records(work: Work, case: Case, records: Sequence[CaseRecord]) -> None:
    """Add records to a case within a transaction that is already open. Raises Refusal for an impossible date."""
    _add(work, work.get(Child, case.child_id), records)
    reckon(work, case.id)


def _add(work: Work, child: Child, records: Sequence[CaseRecord]) -> None:
    demand_named(child)
    sense.check(child, *records)
    for record in records:
        work.add(record)
    work.flush()


def open_case(office: Office, child_id: UUID, case: Case) -> Changes:
    """Open a further case for a child that is known. Raises NoSuch, and NotAllowed for another worker's child."""
    with office.write() as work:
        _add_case(office, work, demand_child(office, work, child_id), case)
    return Changes.of(child=child_id, case=case.id)


def save_child(office: Office, child: Child, why: str | None = None) -> Changes:
    """Keep a child's identity, new or changed; with another birth, deadlines that hang on its age are reckoned anew.

    Raises Refusal for an impossible date, EditedElsewhere, and NotAllowed for another worker's child.
    """
    with office.write(why=why) as work:
        if work.first(Child, id=child.id) is None:
            _add_child(office, work, child)
            return Changes.of(child=child.id)
        cases = keep_child(office, work, child)
    return Changes(frozenset({child.id}), frozenset(case.id for case in cases), lines=work.lines or None)


def keep_child(office: Office, work: Work, child: Child) -> list[Case]:
    """Keep a known child's identity within a transaction that is already open; return its cases.

    Raises as save_child does.
    """
    kept = demand_child(office, work, child.id)
    demand_named(kept)
    prepare_child(child)
    cases = work.find(Case, child_id=child.id)
    sense.check_birth(child)
    born_anew = [] if child.born == kept.born else [(case.id, records_of(work, case.id)) for case in cases]
    for case_id, records in born_anew:
        sense.check(child, *work.find(Offence, case_id=case_id), *records)
    work.save(child)
    work.flush()
    for case_id, records in born_anew:
        reckon(work, case_id, records=records)
    return cases


def save_case(office: Office, case: Case, why: str | None = None) -> Changes:
    """Keep the case's own facts; one that has lost its day of opening gets back the kept one, by which lists go.

    With another worker_id the case is handed over; a case worker can do so with the own cases alone. Raises
    EditedElsewhere, and NotAllowed for another worker's case.
    """
    with office.write(why=why) as work:
        keep_case(office, work, case)
    return Changes.of(child=case.child_id, case=case.id, lines=work.lines)


def keep_case(office: Office, work: Work, case: Case) -> None:
    """Keep the case's own facts within a transaction that is already open. Raises as save_case does."""
    kept = demand_case(office, work, case.id)
    if case.child_id != kept.child_id:
        raise NotAllowed(N_("A case stays with its child."))
    demand_named(work.get(Child, kept.child_id))
    case.opened_on = case.opened_on or kept.opened_on
    work.save(case)
    work.flush()


def save_record(office: Office, record: CaseRecord, why: str | None = None) -> Changes:
    """Keep a record of a case, new or changed: an offence or a record of any stage.

    why: the worker's reason for a correction, or for writing down a stage before the one that usually comes first.
    Raises Refusal for an impossible date (naming the fields), OutOfOrder where that reason is wanted and not given,
    Frozen for a submitted report, EditedElsewhere.
    """
    why = (why or "").strip() or None
    with office.write(why=why) as work:
        case = keep_record(office, work, record, why)
    return Changes.of(child=case.child_id, case=case.id, lines=work.lines)


def keep_record(office: Office, work: Work, record: CaseRecord, why: str | None = None) -> Case:
    """Keep a record within a transaction that is already open; return its case. Raises as save_record does."""
    named_at_least(office.staff.id, record)
    case = demand_case(office, work, record.case_id)
    before = work.first(type(record), id=record.id)
    if before is not None and before.case_id != case.id:
        raise NotAllowed(N_("A record stays in its case."))
    demand_reader(office.staff.id, before or record)
    demand_decider(office, before, record)
    if isinstance(before, SocialInquiry) and before.status is not ReportStatus.DRAFT:
        raise Frozen(SUBMITTED)
    child = work.get(Child, case.child_id)
    demand_named(child)
    sense.check(child, record)
    records = records_of(work, case.id)
    stood = CaseStanding.by(records)
    if before is None:
        if not why and (missing := usually_before(record, records)):
            raise OutOfOrder(missing)
        work.add(record)
        records = (*records, record)
    else:
        kept = work.save(record)
        records = tuple(kept if each.id == kept.id else each for each in records)
    work.flush()
    follow(case, stood, CaseStanding.by(records))
    reckon(work, case.id, records=records)
    return case


def remove_record(office: Office, record: CaseRecord, why: str) -> Changes:
    """Take an offence or record that was a slip off a case, with the reason; the audit trail keeps all of it.

    Raises NoSuch, Frozen for a submitted report, NotAllowed, as for what only a supervisor decides, and Refusal without
    a reason.
    """
    if not why.strip():
        raise Refusal(N_("Say why this is removed."), fields=("why",))
    with office.write(why=why.strip()) as work:
        kept = work.get(type(record), record.id)
        case = demand_case(office, work, kept.case_id)
        demand_reader(office.staff.id, kept)
        demand_decider(office, kept, None)
        demand_named(work.get(Child, case.child_id))
        if isinstance(kept, SocialInquiry) and kept.status is not ReportStatus.DRAFT:
            raise Frozen(SUBMITTED)
        records = records_of(work, case.id)
        stood = CaseStanding.by(records)
        work.remove(kept)
        work.flush()
        records = tuple(each for each in records if each.id != kept.id)
        follow(case, stood, CaseStanding.by(records))
        reckon(work, case.id, records=records)
    return Changes.of(child=case.child_id, case=case.id, lines=work.lines)


class CaseStanding(NamedTuple):
    """Where records say a case stands: its stage in the procedure, None where none says, and whether it is closed."""

    stage: ProcessStage | None
    status: CaseStatus

    @classmethod
    def by(cls, records: Sequence[CaseRecord]) -> "CaseStanding":
        """Return what these records say."""
        return cls(procedure_stage(records), status_by(records))


def follow(case: Case, before: CaseStanding, now: CaseStanding) -> None:
    """Let the case follow its records where they now say something new; until then what a worker said of it stays."""
    if now.stage is not None and now.stage is not before.stage:
        case.stage = now.stage
    if now.status is not before.status:
        case.status = now.status


def status_by(records: Sequence[CaseRecord]) -> CaseStatus:
    """Return whether the office still works on a case with these records."""
    closed = is_closed(each for each in records if isinstance(each, Closure))
    return CaseStatus.CLOSED if closed else CaseStatus.OPEN


def _add_child(office: Office, work: Work, child: Child) -> Child:
    child.code = child.code or queries.next_child_code(work, office.settings.code or "")
    prepare_child(child)
    sense.check_birth(child)
    work.add(child)
    work.flush()
    return child


def prepare_child(child: Child) -> None:
    """Set the keys by which a child is found and sorted in lists."""
    child.search_key, child.sort_key_km = list_keys(child)


def _add_case(office: Office, work: Work, child: Child, case: Case) -> None:
    demand_named(child)
    case.child_id = child.id
    case.opened_on = case.opened_on or clock.today()
    case.worker_id = case.worker_id or office.staff.id
    case.number = queries.next_case_number(work, office.settings.code or "", case.opened_on.year)
    work.add(case)
    work.flush()
