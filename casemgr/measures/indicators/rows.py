"""The rows indicators are reckoned from: what a query reads of each case, one small named tuple a record.

A day or an answer that nobody wrote down is None. Moments are Phnom Penh time.
"""

import enum
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from casemgr.law.ages import AgeBand
from casemgr.measures.cohort import Member
from casemgr.measures.grounds import Ground
from casemgr.measures.index_events import Sentence
from casemgr.pace import LetGoSlowly, Pace
from casemgr.records.case import ChildRole, OffenceCategory, OffenceClass
from casemgr.records.child import Sex
from casemgr.records.fields import Answer
from casemgr.records.pathway.detention_answers import AdultSeparation, DetentionBasis, DetentionEnd, FamilyContact
from casemgr.records.pathway.diversion_answers import DiversionOutcome
from casemgr.records.pathway.inquiry_answers import Followed
from casemgr.records.pathway.referral_answers import Attendance, Reply


class _Row(Protocol):
    @property
    def case_id(self) -> UUID: ...


OfCase = TypeVar("OfCase", bound=_Row)
_Group = TypeVar("_Group", bound=Hashable)


class CaseRow(NamedTuple):
    """A case, and by what it is split. closed_on is None while it is open.

    categories, classes: of its offences, None for one of which it is not known. province: two digits of the home.
    """

    case_id: UUID
    child_id: UUID
    opened_on: date | None = None
    closed_on: date | None = None
    worker_id: UUID | None = None
    role: ChildRole | None = None
    sex: Sex | None = None
    age_band: AgeBand = AgeBand.IN_DOUBT
    categories: tuple[OffenceCategory | None, ...] = ()
    classes: tuple[OffenceClass | None, ...] = ()
    province: str | None = None
    grounds: Mapping[Ground, Answer] = {}


class ArrestRow(NamedTuple):
    """An arrest. on: its day, else that of the arrival, else that on which it was written down.

    lawyer_at: when legal help first met the child, by this arrest or by a referral of the case. custody_due_at: when
    the limit of police custody ends, None where no limit is known. is_over: whether custody is known to be over, also
    where its end has no time.
    """

    case_id: UUID
    on: date
    arrested_at: datetime | None = None
    lawyer_at: datetime | None = None
    custody_due_at: datetime | None = None
    custody_ended_at: datetime | None = None
    is_over: bool = False
    family_told: Answer | None = None


class DetentionRow(NamedTuple):
    """A detention. One of which nobody wrote down the beginning has no row."""

    case_id: UUID
    started_on: date
    ended_on: date | None = None
    basis: DetentionBasis | None = None
    end_reason: DetentionEnd | None = None
    separation: AdultSeparation | None = None
    plan_ready: Answer | None = None

    def lasts_on(self, day: date) -> bool:
        """Return whether the child is held on that day; the first and the last day belong to the detention."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


class VisitRow(NamedTuple):
    """A visit to a child in detention."""

    case_id: UUID
    visited_on: date
    separation: AdultSeparation | None = None
    family_contact: FamilyContact | None = None
    last_family_visit_on: date | None = None


class HearingRow(NamedTuple):
    """A hearing that was held."""

    case_id: UUID
    held_on: date


class JudgmentRow(NamedTuple):
    """A judgment. sentence: by index_events.sentence_of."""

    case_id: UUID
    decided_on: date
    sentence: Sentence | None = None


class ReportRow(NamedTuple):
    """A social inquiry report that was asked for; of several drafts one row, handed over when the first of them was."""

    case_id: UUID
    asked_on: date | None = None
    due_on: date | None = None
    handed_over_on: date | None = None
    followed: Followed | None = None


class DiversionRow(NamedTuple):
    """An offer of diversion and what became of it."""

    case_id: UUID
    offered_on: date | None = None
    consent_child: Answer | None = None
    consent_guardian: Answer | None = None
    ordered_on: date | None = None
    ended_on: date | None = None
    outcome: DiversionOutcome | None = None


class ReferralRow(NamedTuple):
    """A referral. met: whether the child met the lawyer or the service."""

    case_id: UUID
    asked_on: date
    answer: Reply | None = None
    met: bool = False
    attendance: Attendance | None = None


class ActivityRow(NamedTuple):
    """Something a plan asks for by a day: a goal, a measure. done: known to be done, also where its day is not."""

    case_id: UUID
    due_on: date
    done_on: date | None = None
    done: bool = False


class PlanRow(NamedTuple):
    """A reintegration plan."""

    case_id: UUID
    begun_on: date
    ended_on: date | None = None


class FollowUpRow(NamedTuple):
    """A follow-up. answered: whether it found something out (see follow_up.answered_days)."""

    case_id: UUID
    done_on: date
    answered: bool


class DeadlineRow(NamedTuple):
    """A deadline of a case that ran on when the period was over. ended_at: when it was met, None while it runs."""

    case_id: UUID
    due_at: datetime
    ended_at: datetime | None = None


class FieldState(enum.Enum):
    """How a question that the office always wants answered stands."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"  # the answer is "unknown" or "not asked"
    EMPTY = "empty"


class FieldsRow(NamedTuple):
    """A record of a case, and how each required field stands that is shown in it.

    states: with the kind of record and the name of each field, as "arrest.arrested_at". Those of many records are
    alike, and are then held once.
    """

    case_id: UUID
    states: tuple[tuple[str, FieldState], ...]


class Rows(NamedTuple):
    """All rows of an office. members: of its cohort, one for the first index event of each child."""

    cases: tuple[CaseRow, ...] = ()
    arrests: tuple[ArrestRow, ...] = ()
    detentions: tuple[DetentionRow, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    hearings: tuple[HearingRow, ...] = ()
    judgments: tuple[JudgmentRow, ...] = ()
    reports: tuple[ReportRow, ...] = ()
    diversions: tuple[DiversionRow, ...] = ()
    referrals: tuple[ReferralRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    plans: tuple[PlanRow, ...] = ()
    follow_ups: tuple[FollowUpRow, ...] = ()
    deadlines: tuple[DeadlineRow, ...] = ()
    fields: tuple[FieldsRow, ...] = ()
    members: tuple[Member, ...] = ()

    def split(self, groups: Mapping[UUID, Iterable[_Group]]) -> "dict[_Group, Rows]":
        """Return the rows of each group. groups: those that a case belongs to, by its identity."""
        names = list(dict.fromkeys(group for own in groups.values() for group in own))
        found = {name: Rows() for name in names}
        for table, rows in self._asdict().items():
            case_of = _case_of_member if table == "members" else _CASE_OF
            dealt: dict[_Group, list[Any]] = {name: [] for name in names}
            for row in rows:
                for group in groups.get(case_of(row), ()):
                    dealt[group].append(row)
            found = {name: own._replace(**{table: tuple(dealt[name])}) for name, own in found.items()}
        return found

    def kept_for_long(self) -> "Rows":
        """Return the same rows for a window to hold: it does not stand still when it lets go of them."""
        return Rows._make(map(LetGoSlowly, self))

    def watched(self, pace: Pace) -> "Rows":
        """Return the same rows; whoever goes through them is stopped on the way where the work is to be stopped."""
        watched: dict[str, Any] = {table: pace.watched(rows) for table, rows in self._asdict().items()}
        return Rows(**watched)


_CASE_OF: Callable[[Any], UUID] = attrgetter("case_id")


def _case_of_member(member: Member) -> UUID:
    return member.since.case_id


def by_case(rows: Iterable[OfCase]) -> dict[UUID, list[OfCase]]:
    """Return the rows of each case that has any."""
    found: dict[UUID, list[OfCase]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found
