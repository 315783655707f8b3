"""The rows that indicators are reckoned from, read from a whole office: the columns they need and no others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from casemgr.clock import months_after
from casemgr.law.ages import AgeBand
from casemgr.measures.grounds import Known, grounds_of
from casemgr.measures.index_events import sentence_of
from casemgr.measures.indicators import rows as told
from casemgr.measures.indicators.first_days import end_of
from casemgr.measures.indicators.justice import FAMILY_MONTHS
from casemgr.measures.indicators.rows import FieldsRow, FieldState, Rows
from casemgr.measures.indicators.values import Period
from casemgr.measures.reading import band_at_offence, class_of
from casemgr.pace import Cancelled, Pace, Progress
from casemgr.records.base import Base, CaseRecord, Record
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.fields import Choice, FieldInfo, Kind, fields_of
from casemgr.records.kept import Deadline
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.closure import Closure, is_closed
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_visit import DetentionVisit
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import UNANSWERED
from casemgr.records.pathway.hearing import Hearing
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.pathway.legal_referral import Referral, is_legal
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import GoalResult
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.store.bare import Reader, stoppable
from casemgr.store.measure_rows import READ, read_members
from casemgr.store.persons import persons
from casemgr.store.work import Work

AT_ONCE = 5000
"""So many children are read at a time."""
CUSTODY_RULE = "police-custody"
UNCOUNTED = frozenset({"complaint", "document", "case-contact", "link"})
"""Kinds of record of which no indicator counts anything: a complaint, of whose very existence only named staff may
know, and what goes when a child is made nameless, so that the figures of the past stay as they were."""


_IN_FILE: tuple[type[Record], ...] = (Child, Offence, SocialInquiry, Closure, Case)
"""What the cases are put together from."""
_BESIDE: tuple[type[Base], ...] = (
    Referral, ReintegrationPlan, Deadline, Arrest, Detention, DetentionVisit, Hearing, Judgment, SocialInquiry,
    Diversion, FollowUp, Deadline,
)  # fmt: skip
"""What is read besides, as often as it stands here."""
_FILE_WEIGHT, _ASKED_WEIGHT, _MEMBER_WEIGHT = 3, 4, 24
"""How many times as long a row of a case takes, one with required questions, and the files of a child of the cohort."""


def _total(read: Reader) -> int:
    """Return how much is to be read, in rows of the simplest kind."""
    asked = [kind for kind, key in _ASKED if _required(kind, key)]
    return (
        sum(read.size(kind) for kind in _BESIDE)
        + _FILE_WEIGHT * sum(read.size(kind) for kind in _IN_FILE)
        + _ASKED_WEIGHT * sum(read.size(kind) for kind in asked)
        + _MEMBER_WEIGHT * read.size(Child)
    )


def indicator_rows(
    work: Work, period: Period, as_of: date, *, without_rules: Iterable[str] = (),
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> Rows:  # fmt: skip
    """Return the rows of an office that the indicators of a period are reckoned from.

    All cases; of required fields, those in cases opened in the period; of what counts on its day alone (arrests,
    judgments, referrals …), what lies in the period; of deadlines, those that ran on when it was over. as_of: index
    events up to that day are in the cohort. without_rules: whose deadlines count for nothing. progress is told how far
    the reading is; where cancelled says so, Stopped is raised.
    """
    pace = Pace(_total(Reader(work)), progress, cancelled)
    with stoppable(work, pace):
        return _rows(work, period, as_of, tuple(without_rules), pace)


def _rows(work: Work, period: Period, as_of: date, without_rules: tuple[str, ...], pace: Pace) -> Rows:
    """Read table after table, each with a reader of its own: what it remembers goes with it."""
    cases = tuple(_cases(work, pace))
    known = {each: each for row in cases for each in (row.case_id, row.child_id)}

    def read(weight: int = 1) -> Reader:
        return Reader(work, pace, weight, known)

    met, referrals = _referrals(read(), period)
    activities, plans = _plans(read(), period)
    return Rows(
        cases=cases,
        members=tuple(read_members(work, as_of, pace=pace, weight=_MEMBER_WEIGHT, known=known)),
        arrests=tuple(_arrests(read(), met, period)),
        detentions=tuple(_detentions(read())),
        visits=tuple(_visits(read(), period)),
        hearings=tuple(_hearings(read(), period)),
        judgments=tuple(_judgments(read(), period)),
        reports=tuple(_reports(read(), period)),
        diversions=tuple(_diversions(read())),
        referrals=tuple(referrals),
        activities=tuple(activities),
        plans=tuple(plans),
        follow_ups=tuple(_follow_ups(read(), period)),
        deadlines=tuple(_deadlines(read(), without_rules, end_of(period.last))),
        fields=tuple(_fields(read(_ASKED_WEIGHT), period)),
    )


def _cases(work: Work, pace: Pace) -> Iterator[told.CaseRow]:
    """Yield the cases, some children at a time: what they are put together from needs room for these alone."""
    whole = Reader(work)
    person, alike = persons(whole.connection), _Alike()
    rowid: sa.ColumnElement[int] = sa.literal_column("child.rowid")
    children, weight = whole.size(Child), _FILE_WEIGHT * sum(whole.size(kind) for kind in _IN_FILE)
    for start in range(0, children, AT_ONCE):
        among = sa.select(Child.id).where(rowid > start, rowid <= start + AT_ONCE)
        yield from _cases_among(Reader(work, pace.quiet()), among, person, alike)
        pace.step(weight * min(AT_ONCE, children - start) // children)


class _Alike(dict[Any, Any]):
    """Returns the first of what is alike in its place, so that rows share what is the same in most of them."""

    def of(self, value: Any, key: Any = None) -> Any:
        """key: by which it is known, where the value itself cannot be."""
        return self.setdefault(value if key is None else key, value)


def _cases_among(
    read: Reader, among: sa.Select[Any], person: Mapping[UUID, UUID], alike: _Alike
) -> Iterator[told.CaseRow]:  # fmt: skip
    children = {
        child.id: child
        for child in read.records(Child,
            ("id", "sex", "born", "village_code", "living_with", "disabilities", "ethnicity", "nationality",
             "home_is_rural"), Child.id.in_(among),
        )
    }  # fmt: skip
    own_cases = sa.select(Case.id).where(Case.child_id.in_(among))
    offences: dict[UUID, list[Offence]] = {}
    names: tuple[str, ...] = ("case_id", "category", "offence_class", "committed_on")
    for offence in read.records(Offence, names, Offence.case_id.in_(own_cases)):
        offences.setdefault(offence.case_id, []).append(offence)
    inquiries: dict[UUID, SocialInquiry] = {}
    names = ("case_id", "created_at", "draft_number", "id_poor", "housing", "separation", "living_with")
    for report in read.records(SocialInquiry, names, SocialInquiry.case_id.in_(own_cases)):
        known = inquiries.get(report.case_id)
        if known is None or _order(report) > _order(known):
            inquiries[report.case_id] = report
    closed = _closed_days(read, own_cases)
    names = ("id", "child_id", "opened_on", "worker_id", "child_role")
    for case in read.records(Case, names, Case.child_id.in_(among)):
        child, own = children[case.child_id], offences.get(case.id, [])
        grounds = grounds_of(Known(child, own, inquiries.get(case.id)))
        yield told.CaseRow(
            case.id, person.get(case.child_id, case.child_id), case.opened_on, closed.get(case.id), case.worker_id,
            case.child_role, child.sex,
            band_at_offence(child.born, own) if own else AgeBand.IN_DOUBT,
            alike.of(tuple(dict.fromkeys(each.category for each in own))),
            alike.of(tuple(dict.fromkeys(class_of(each) for each in own))),
            alike.of((child.village_code or "")[:2] or None), alike.of(grounds, tuple(grounds.items())),
        )  # fmt: skip


def _order(report: SocialInquiry) -> tuple[int, str]:
    return report.draft_number or 0, report.created_at.isoformat() if report.created_at else ""


def _closed_days(read: Reader, among: sa.Select[Any]) -> dict[UUID, date]:
    closures: dict[UUID, list[Closure]] = {}
    for row in read.records(Closure, ("case_id", "closed_on", "reopened_on"), Closure.case_id.in_(among)):
        closures.setdefault(row.case_id, []).append(row)
    return {
        case_id: max(each.closed_on for each in own if each.closed_on is not None)
        for case_id, own in closures.items()
        if is_closed(own)
    }


def _arrests(read: Reader, met: Mapping[UUID, datetime], period: Period) -> Iterator[told.ArrestRow]:
    """Yield the arrests of the period. met: when legal help first met the child of a case by a referral."""
    due = read.rows(Deadline, ("record_id", "due_at"), Deadline.rule == CUSTODY_RULE)
    limits: dict[UUID, datetime] = {row[0]: row[1] for row in due}
    names = ("id", "case_id", "created_at", "arrested_at", "arrived_at", "custody_ended_at", "outcome",
             "lawyer_arrived_at", "family_told")  # fmt: skip
    for row in read.records(Arrest, names):
        at = row.arrested_at or row.arrived_at or row.created_at
        if at is None or not period.holds(at.date()):
            continue
        lawyer = (each for each in (row.lawyer_arrived_at, met.get(row.case_id)) if each is not None)
        yield told.ArrestRow(
            row.case_id, at.date(), row.arrested_at, min(lawyer, default=None), limits.get(row.id),
            row.custody_ended_at, row.custody_ended_at is not None or row.outcome is not None, row.family_told,
        )  # fmt: skip


def _detentions(read: Reader) -> Iterator[told.DetentionRow]:
    names = ("case_id", "started_on", "ended_on", "basis", "end_reason", "separation", "release_plan_ready")
    for row in read.records(Detention, names, Detention.started_on.is_not(None)):
        if row.started_on is not None:
            yield told.DetentionRow(
                row.case_id, row.started_on, row.ended_on, row.basis, row.end_reason, row.separation,
                row.release_plan_ready,
            )  # fmt: skip


def _visits(read: Reader, period: Period) -> Iterator[told.VisitRow]:
    """Yield the visits of the period, and of three months before, in which the family may have come."""
    names = ("case_id", "visited_on", "with_adults", "family_contact", "last_family_visit_on")
    first = date.min if period.first.year == date.min.year else months_after(period.first, -FAMILY_MONTHS)
    days = DetentionVisit.visited_on.between(first, period.last)
    for row in read.records(DetentionVisit, names, days):
        if row.visited_on is not None:
            yield told.VisitRow(
                row.case_id, row.visited_on, row.with_adults, row.family_contact, row.last_family_visit_on
            )


def _hearings(read: Reader, period: Period) -> Iterator[told.HearingRow]:
    """Yield the hearings up to the end of the period: the first of a case may lie before it."""
    alike = _Alike()
    for row in read.records(Hearing, ("case_id", "held_at"), Hearing.held_at.is_not(None)):
        if row.held_at is not None and (on := row.held_at.date()) <= period.last:
            yield told.HearingRow(row.case_id, alike.of(on))


def _judgments(read: Reader, period: Period) -> Iterator[told.JudgmentRow]:
    for row in read.records(Judgment, READ[Judgment], Judgment.decided_on.between(*period)):
        if row.decided_on is not None:
            yield told.JudgmentRow(row.case_id, row.decided_on, sentence_of(row))


def _reports(read: Reader, period: Period) -> Iterator[told.ReportRow]:
    """One row for each report of the period that was asked for: drafts of one request are one report."""
    asked: dict[tuple[UUID, date | None], told.ReportRow] = {}
    for row in read.records(SocialInquiry, ("case_id", "requested_on", "due_on", "delivered_on", "followed")):
        if row.requested_on is None and row.due_on is None and row.delivered_on is None:
            continue
        key = row.case_id, row.requested_on
        known = asked.get(key, told.ReportRow(row.case_id, row.requested_on))
        handed_over = [day for day in (known.handed_over_on, row.delivered_on) if day is not None]
        asked[key] = known._replace(
            due_on=known.due_on or row.due_on, handed_over_on=min(handed_over, default=None),
            followed=known.followed or row.followed,
        )  # fmt: skip
    for report in asked.values():
        if any(map(period.holds, (report.asked_on, report.due_on, report.handed_over_on))):
            yield report


def _diversions(read: Reader) -> Iterator[told.DiversionRow]:
    names = ("case_id", "offered_on", "consent_child", "consent_guardian", "ordered_on", "ended_on", "outcome")
    for row in read.records(Diversion, names):
        yield told.DiversionRow(
            row.case_id, row.offered_on, row.consent_child, row.consent_guardian, row.ordered_on, row.ended_on,
            row.outcome,
        )  # fmt: skip


def _referrals(read: Reader, period: Period) -> tuple[dict[UUID, datetime], list[told.ReferralRow]]:
    """Return when legal help first met the child of a case, and the referrals of the period."""
    met: dict[UUID, datetime] = {}
    found, alike = [], _Alike()
    names = ("case_id", "service", "asked_at", "answer", "first_met_at", "attended", "meetings")
    for row in read.records(Referral, names):
        if row.first_met_at is not None and is_legal(row.service):
            met[row.case_id] = min(row.first_met_at, met.get(row.case_id, row.first_met_at))
        if row.asked_at is not None and period.holds(on := row.asked_at.date()):
            came = row.first_met_at is not None or bool(row.meetings)
            found.append(told.ReferralRow(row.case_id, alike.of(on), row.answer, came, row.attended))
    return met, found


def _plans(read: Reader, period: Period) -> tuple[list[told.ActivityRow], list[told.PlanRow]]:
    """Return what was to be done in the period by the plans, and the plans themselves."""
    activities, plans = [], []
    for row in read.records(ReintegrationPlan, ("case_id", "begun_on", "ended_on", "goals")):
        if row.begun_on is not None:
            plans.append(told.PlanRow(row.case_id, row.begun_on, row.ended_on))
        for goal in row.goals:
            if goal.by_when is not None and period.holds(goal.by_when) and goal.result is not GoalResult.DROPPED:
                done = goal.done_on is not None or goal.result is GoalResult.REACHED
                activities.append(told.ActivityRow(row.case_id, goal.by_when, goal.done_on, done))
    return activities, plans


def _follow_ups(read: Reader, period: Period) -> Iterator[told.FollowUpRow]:
    for row in read.records(FollowUp, ("case_id", "done_on", "status"), FollowUp.done_on.between(*period)):
        if row.done_on is not None:
            yield told.FollowUpRow(
                row.case_id, row.done_on, row.status is not None and row.status not in UNANSWERED
            )  # fmt: skip


def _deadlines(read: Reader, without_rules: tuple[str, ...], end: datetime) -> Iterator[told.DeadlineRow]:
    """Yield the deadlines that still ran at that moment; of the many that had stopped nothing is counted."""
    alike, ran = _Alike(), sa.or_(Deadline.ended_at.is_(None), Deadline.ended_at >= end)
    where = Deadline.rule.not_in(without_rules), ran
    for case_id, due_at, ended_at in read.rows(Deadline, ("case_id", "due_at", "ended_at"), *where):
        yield told.DeadlineRow(case_id, alike.of(due_at), ended_at)


_DOUBTFUL = frozenset({"unknown", "UNKNOWN", "not-asked"})


def _fields(read: Reader, period: Period) -> Iterator[FieldsRow]:
    """Yield how the required questions stand that arise in the cases opened in the period."""
    among, alike = sa.select(Case.id).where(Case.opened_on.between(*period)), _Alike()
    for kind, key in _ASKED:
        if asked := _required(kind, key):
            for case_id, states in _states(read, kind, asked, among):
                if states:
                    yield FieldsRow(case_id, alike.of(states))


_ASKED: tuple[tuple[type[Record], str], ...] = (
    (Case, "case"), (Offence, "offence"), *((kind.record, kind.key) for kind in KINDS if kind.key not in UNCOUNTED),
)  # fmt: skip


def _required(kind: type[Record], key: str) -> list[tuple[FieldInfo, str]]:
    """Return the questions of a kind that the office always wants answered, each with its name among all."""
    return [(info, f"{key}.{info.name}") for info in fields_of(kind) if info.required and not info.retired]


def _states(
    read: Reader, kind: type[Record], asked: Sequence[tuple[FieldInfo, str]], among: sa.Select[Any]
) -> Iterator[tuple[UUID, tuple[tuple[str, FieldState], ...]]]:  # fmt: skip
    own = "case_id" if issubclass(kind, CaseRecord) else "id"
    where = kind.__table__.c[own].in_(among)
    wanted = {info.name for info, _ in asked}
    names = (own, *(info.name for info in fields_of(kind) if info.name in wanted or info.kind is not Kind.TEXT))
    for record in read.records(kind, names, where):
        shown = ((info, name) for info, name in asked if info.is_shown(record))
        yield getattr(record, own), tuple((name, _state(info, getattr(record, info.name))) for info, name in shown)


def _state(info: FieldInfo, answer: object) -> FieldState:
    if answer is None or answer in ((), ""):
        return FieldState.EMPTY
    answers = answer if info.kind is Kind.CHOICES and isinstance(answer, tuple) else (answer,)
    unknown = all(isinstance(each, Choice) and each.value in _DOUBTFUL for each in answers)
    return FieldState.UNKNOWN if unknown else FieldState.ANSWERED
