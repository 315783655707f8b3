"""What a worker writes down about children and their cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_
from casemgr.khmer.search import search_key
from casemgr.khmer.sorting import sort_key
from casemgr.law.deadlines import DeadlineValue, deadlines_of
from casemgr.law.limits import Limit, load_limits
from casemgr.records.base import CaseRecord, Record
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.fields import FieldInfo, fields_of
from casemgr.records.kept import Deadline, LimitCorrection
from casemgr.records.pathway import PATHWAY
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.services import sense
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from casemgr.store import queries
from casemgr.store.work import Work
from casemgr.trouble import Frozen, NoSuch, Refusal

AnyRecord = TypeVar("AnyRecord", bound=Record)
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
    records = _records_of(work, case_id)
    addenda = tuple(work.find(Addendum, case_id=case_id))
    deadlines = deadlines_of(child, offences, records, load_limits(work.find(LimitCorrection)))
    return CaseFile(child, case, offences, records, addenda, deadlines, _timeline(records))


def _records_of(work: Work, case_id: UUID) -> tuple[CaseRecord, ...]:
    return tuple(record for stage in PATHWAY for record in work.find(stage.record, case_id=case_id))


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
        stage = next(stage for stage in PATHWAY if isinstance(record, stage.record))
        lines += [Happening(at, event.label, record) for event in stage.events if (at := event.at(record)) is not None]
    return tuple(sorted(lines, key=lambda line: _as_moment(line.at)))


def _as_moment(at: datetime | date) -> datetime:
    return at if isinstance(at, datetime) else clock.local(at.year, at.month, at.day)


def missing(record: object) -> list[FieldInfo]:
    """Return the required questions of a record that arise and have no answer yet. Nothing is blocked by them."""
    return [
        info
        for info in fields_of(type(record))
        if info.required and info.is_shown(record) and getattr(record, info.name) in (None, "", ())
    ]


def take_arrest(office: Office, child: Child, case: Case, offences: Sequence[Offence], arrest: Arrest) -> Changes:
    """Open a case for an arrest: the child (new, or known and unchanged), the case, its offences, the arrest.

    All in one transaction. Raises Refusal when a date is impossible.
    """
    with office.write() as work:
        if work.first(Case, id=case.id) is None:  # a draft that outlived its saving is no second case
            add_arrest(office, work, child, case, (*offences, arrest))
    return Changes.of(child=child.id, case=case.id)


def add_arrest(office: Office, work: Work, child: Child, case: Case, records: Sequence[CaseRecord]) -> None:
    """Add a case with its first records within a transaction that is already open, and a child that is new."""
    kept = work.first(Child, id=child.id) or _add_child(office, work, child)
    _add_case(office, work, kept, case)
    for record in records:
        record.case_id = case.id
    add_records(work, case, records)


def add_records(work: Work, case: Case, records: Sequence[CaseRecord]) -> None:
    """Add records to a case within a transaction that is already open. Raises Refusal for an impossible date."""
    sense.check(work.get(Child, case.child_id), *records)
    for record in records:
        work.add(record)
    work.flush()
    _reckon(work, case.id)


def open_case(office: Office, child_id: UUID, case: Case) -> Changes:
    """Open a further case for a child that is known. Raises NoSuch."""
    with office.write() as work:
        _add_case(office, work, work.get(Child, child_id), case)
    return Changes.of(child=child_id, case=case.id)


def save_child(office: Office, child: Child, why: str | None = None) -> Changes:
    """Keep a child's identity, new or changed; deadlines that hang on its age are reckoned anew.

    Raises Refusal for an impossible date and EditedElsewhere.
    """
    with office.write(why=why) as work:
        kept = work.first(Child, id=child.id)
        if kept is None:
            _add_child(office, work, child)
            return Changes.of(child=child.id)
        _prepare_child(child)
        cases = work.find(Case, child_id=child.id)
        sense.check_birth(child)
        if child.born != kept.born:
            for case in cases:
                file = read_case_file(work, case.id)
                sense.check(child, *file.offences, *file.records)
        work.save(child)
        work.flush()
        for case in cases:
            _reckon(work, case.id)
    return Changes(frozenset({child.id}), frozenset(case.id for case in cases))


def save_case(office: Office, case: Case, why: str | None = None) -> Changes:
    """Keep the case's own facts; one that has lost its day of opening gets back the kept one, by which lists go.

    Raises EditedElsewhere.
    """
    with office.write(why=why) as work:
        case.opened_on = case.opened_on or work.get(Case, case.id).opened_on
        work.save(case)
    return Changes.of(child=case.child_id, case=case.id)


def save_record(office: Office, record: CaseRecord, why: str | None = None) -> Changes:
    """Keep a record of a case, new or changed: an offence or a record of any stage.

    Raises Refusal for an impossible date (naming the fields), Frozen for a submitted report, EditedElsewhere.
    """
    with office.write(why=why) as work:
        case = work.get(Case, record.case_id)
        child = work.get(Child, case.child_id)
        before = work.first(type(record), id=record.id)
        if isinstance(before, SocialInquiry) and before.status is not ReportStatus.DRAFT:
            raise Frozen(N_("This report was submitted and stays as it is. Write an addendum to it instead."))
        sense.check(child, record)
        if before is None:
            work.add(record)
        else:
            work.save(record)
        work.flush()
        _reckon(work, case.id)
    return Changes.of(child=child.id, case=case.id)


def save_handover(office: Office, report_id: UUID, answers: dict[str, Any]) -> Changes:
    """Write down what became of a submitted report: the only questions that stay open once it is frozen.

    answers: by field name, those of the report's last section alone. Raises NoSuch, and Refusal for an impossible date.
    """
    with office.write() as work:
        report = work.get(SocialInquiry, report_id)
        for name, answer in answers.items():
            if name not in SocialInquiry.open_after_submission:
                raise Frozen(N_("This report was submitted and stays as it is. Write an addendum to it instead."))
            setattr(report, name, answer)
        case = work.get(Case, report.case_id)
        sense.check(work.get(Child, case.child_id), report)
        work.flush()
        _reckon(work, case.id)
    return Changes.of(case=report.case_id)


def remove_offence(office: Office, offence_id: UUID, why: str) -> Changes:
    """Take an offence off a case, with the reason, which the audit trail keeps. Raises NoSuch."""
    if not why.strip():
        raise Refusal(N_("Say why this offence is taken off the case."), fields=("why",))
    with office.write(why=why) as work:
        offence = work.get(Offence, offence_id)
        work.remove(offence)
        work.flush()
        _reckon(work, offence.case_id)
    return Changes.of(case=offence.case_id)


def new_report(office: Office, case_id: UUID, from_report: UUID | None = None) -> SocialInquiry:
    """Return an unsaved draft of the social inquiry report.

    Filled from the report given, or else with what child, offence and arrest already say. Raises NoSuch.
    """
    file = case_file(office, case_id, log=False)
    number = max((report.draft_number or 0 for report in file.of(SocialInquiry)), default=0) + 1
    if from_report is not None:
        earlier = next((report for report in file.of(SocialInquiry) if report.id == from_report), None)
        if earlier is None:
            raise NoSuch(N_("There is no such report in this case."))
        return earlier.copied(number)
    return SocialInquiry.begun(file.child, file.case, file.offences, file.of(Arrest), office.staff, number)


def submit_report(office: Office, report_id: UUID) -> Changes:
    """Freeze a report as it was handed in. Other drafts of the case stay drafts. Raises NoSuch and Frozen."""
    with office.write() as work:
        report = work.get(SocialInquiry, report_id)
        if report.status is not ReportStatus.DRAFT:
            raise Frozen(N_("This report was already submitted."))
        report.status = ReportStatus.SUBMITTED
        report.submitted_at = clock.now()
        work.note("submitted", "SocialInquiry", report.id, case_id=report.case_id)
        work.flush()
        _reckon(work, report.case_id)
    return Changes.of(case=report.case_id)


def add_addendum(office: Office, report_id: UUID, section: str | None, text: str) -> Changes:
    """Add a correction to a submitted report. Raises NoSuch, and Refusal for a draft or an empty text."""
    if not text.strip():
        raise Refusal(N_("Write what the addendum says."), fields=("text",))
    with office.write() as work:
        report = work.get(SocialInquiry, report_id)
        if report.status is ReportStatus.DRAFT:
            raise Refusal(N_("This report is still a draft. Change the draft itself."))
        work.add(
            Addendum(
                case_id=report.case_id, report_id=report.id, section=section, text=text.strip(),
                written_at=clock.now(), staff_id=office.staff.id,
            )
        )  # fmt: skip
    return Changes.of(case=report.case_id)


def _add_child(office: Office, work: Work, child: Child) -> Child:
    child.code = child.code or queries.next_child_code(work, office.settings.code or "")
    _prepare_child(child)
    sense.check_birth(child)
    work.add(child)
    work.flush()
    return child


def _prepare_child(child: Child) -> None:
    """Set the keys by which a child is found and sorted."""
    names = (
        child.family_name_km, child.given_name_km, child.family_name_latin, child.given_name_latin, child.nickname,
        child.code, *(guardian.name for guardian in child.guardians),
    )  # fmt: skip
    phones = (child.phone, *(guardian.phone for guardian in child.guardians))
    # Numbers are found with and without the gaps they were typed with.
    unbroken = ("".join(filter(str.isdecimal, phone)) for phone in phones if phone)
    child.search_key = search_key(" ".join(filter(None, (*names, *phones, *unbroken))))
    child.sort_key_km = sort_key(" ".join(filter(None, (child.family_name_km, child.given_name_km))))


def _add_case(office: Office, work: Work, child: Child, case: Case) -> None:
    case.child_id = child.id
    case.opened_on = case.opened_on or clock.today()
    case.worker_id = case.worker_id or office.staff.id
    case.number = queries.next_case_number(work, office.settings.code or "", case.opened_on.year)
    work.add(case)
    work.flush()


def _reckon(work: Work, case_id: UUID, limits: Mapping[str, Limit] | None = None) -> None:
    """Bring the deadlines of a case up to date; those that stay as they are cost no writing.

    limits: the office's table of limits, read unless given.
    """
    child = work.get(Child, work.get(Case, case_id).child_id)
    offences, records = work.find(Offence, case_id=case_id), _records_of(work, case_id)
    limits = load_limits(work.find(LimitCorrection)) if limits is None else limits
    known = {_told(deadline): deadline for deadline in work.find(Deadline, case_id=case_id)}
    reckoned = [
        Deadline(
            case_id=case_id, record_id=value.record_id, rule=value.rule, limit_key=value.limit_key,
            started_at=value.started_at, due_at=value.due_at, whole_day=value.whole_day, ended_at=value.ended_at,
            doubts=",".join(value.doubts),
        )
        for value in deadlines_of(child, offences, records, limits)
    ]  # fmt: skip
    new = {_told(deadline): deadline for deadline in reckoned}
    for told, deadline in known.items():
        if told not in new:
            work.remove(deadline)
    for told, deadline in new.items():
        if told not in known:
            work.add(deadline)


def _told(deadline: Deadline) -> tuple[object, ...]:
    """Return all that a deadline says; no two of a case say the same."""
    return (deadline.record_id, deadline.rule, deadline.limit_key, deadline.started_at, deadline.due_at,
            deadline.whole_day, deadline.ended_at, deadline.doubts)  # fmt: skip


def reckon_limit(work: Work, key: str) -> None:
    """Bring the deadlines that a corrected limit may move up to date, within an open transaction.

    It moves those it gave itself. Where something is in doubt it may now be the shortest of those that count, or no
    longer be, which the records alone can tell.
    """
    limits = load_limits(work.find(LimitCorrection))
    limit, in_doubt = limits[key], set()
    for deadline in work.find(Deadline, rule=limit.rule):
        if deadline.doubts:
            in_doubt.add(deadline.case_id)
        elif deadline.limit_key == key and deadline.started_at is not None:
            deadline.due_at = deadline.started_at + limit.length
    for case_id in in_doubt:
        _reckon(work, case_id, limits)
