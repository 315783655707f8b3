"""Prosecutor and court: what they decide on the way, and the stage with hearings and judgments."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.case import ProcessStage
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind
from casemgr.records.pathway import court_answers as say
from casemgr.records.pathway.arrest_answers import Present
from casemgr.records.pathway.court_answers import Authority, DecisionMade
from casemgr.records.pathway.hearing import HEARING_RECORD
from casemgr.records.pathway.judgment import JUDGMENT_RECORD
from casemgr.records.stage import Clock, Event, Move, RecordKind, Stage, field_time

AUTHORITY = Group("authority", N_("Prosecutor or judge"))
INTERVIEW = Group("interview", N_("Interview of the child"))
DECISION = Group("decision", N_("Decision"), N_("Detention is the last resort, for the shortest time."))
SUPERVISION = Group("supervision", N_("Judicial supervision"))
NEXT = Group("next", N_("What comes next"))


def child_was_heard(decision: "Decision") -> bool:
    """Whether the child was interviewed."""
    return decision.heard_on is not None


def is_supervised(decision: "Decision") -> bool:
    """Whether the child was released under judicial supervision."""
    return decision.decision is DecisionMade.SUPERVISED


def date_was_set(decision: "Decision") -> bool:
    """Whether there is a further date before this authority."""
    return decision.next_date is not None


class Decision(CaseRecord):
    """A decision of a prosecutor, a judge or a court other than a judgment."""

    __tablename__ = "decision"
    title: ClassVar[str] = N_("Decision of prosecutor or court")

    authority: Mapped[Authority | None] = field(
        N_("Who decides"), group=AUTHORITY, required=True, sample=Authority.INVESTIGATING_JUDGE
    )
    authority_name: Mapped[str | None] = field(
        N_("Court or prosecution office"), group=AUTHORITY, required=True, sample="សាលាដំបូងខេត្តសៀមរាប"
    )
    official: Mapped[str | None] = field(
        N_("Name of the prosecutor or judge"), group=AUTHORITY, sample="ចៅក្រម ប៉ែន ណារិទ្ធ"
    )
    official_trained: Mapped[Answer | None] = field(
        N_("Trained in children's cases?"), group=AUTHORITY, sample=Answer.UNKNOWN,
        help=N_("Trained for cases of children, or handling nothing else."),
    )  # fmt: skip
    case_number: Mapped[str | None] = field(N_("Case number at the court"), group=AUTHORITY, sample="៤៥៦/២០២៦")
    file_received_on: Mapped[date | None] = field(
        N_("File received on"), group=AUTHORITY, sample=date(2026, 11, 23),
        help=N_("When the file came to this prosecutor or judge."),
    )  # fmt: skip

    heard_on: Mapped[date | None] = field(N_("Child interviewed on"), group=INTERVIEW, sample=date(2026, 11, 23))
    present: Mapped[tuple[Present, ...]] = field(
        N_("Present at the interview"), choices=Present, group=INTERVIEW, shown_when=child_was_heard,
        sample=(Present.GUARDIAN, Present.LAWYER, Present.SOCIAL_AGENT),
    )  # fmt: skip

    decided_on: Mapped[date | None] = field(
        N_("Decided on"), group=DECISION, required=True, sample=date(2026, 11, 23)
    )  # fmt: skip
    decision: Mapped[DecisionMade | None] = field(
        N_("Decision"), group=DECISION, required=True, sample=DecisionMade.DETAINED
    )
    order_number: Mapped[str | None] = field(N_("Number of the order"), group=DECISION, sample="៨៩/២០២៦")
    alternatives_considered: Mapped[Answer | None] = field(
        N_("Alternatives to detention considered?"), group=DECISION, sample=Answer.NO
    )
    reasons: Mapped[str | None] = field(
        N_("Reasons of the decision"), kind=Kind.TEXT, group=DECISION,
        sample="ចៅក្រមយល់ថា កុមារអាចទៅជួបអ្នកពាក់ព័ន្ធផ្សេងទៀត។",
    )  # fmt: skip

    supervision_conditions: Mapped[tuple[say.SupervisionCondition, ...]] = field(
        N_("Conditions"), choices=say.SupervisionCondition, group=SUPERVISION, shown_when=is_supervised,
        sample=(say.SupervisionCondition.AREA, say.SupervisionCondition.REPORTING),
    )  # fmt: skip
    report_every: Mapped[say.Interval | None] = field(
        N_("How often the child reports"), group=SUPERVISION, shown_when=is_supervised, sample=say.Interval.TWO_WEEKS
    )

    next_date: Mapped[date | None] = field(
        N_("Next date before this authority"), group=NEXT, sample=date(2026, 12, 10),
        help=N_("A hearing of a court is written down as a court hearing instead."),
    )  # fmt: skip
    appeared_on: Mapped[date | None] = field(
        N_("Child appeared on"), group=NEXT, shown_when=date_was_set, sample=date(2026, 12, 10)
    )
    notes: Mapped[str | None] = field(
        N_("Notes"), kind=Kind.TEXT, group=NEXT, sample="ព្រះរាជអាជ្ញាសុំរបាយការណ៍អង្កេតសង្គមមុនថ្ងៃទី ៤ ធ្នូ។"
    )


_BEFORE = {
    Authority.PROSECUTOR: ProcessStage.PROSECUTOR,
    Authority.INVESTIGATING_JUDGE: ProcessStage.INVESTIGATION,
    Authority.INVESTIGATION_CHAMBER: ProcessStage.INVESTIGATION,
    Authority.TRIAL_COURT: ProcessStage.TRIAL,
    Authority.APPEAL_COURT: ProcessStage.APPEAL,
    Authority.SUPREME_COURT: ProcessStage.SUPREME_COURT,
}
_LED_TO = {
    DecisionMade.DROPPED: ProcessStage.CLOSED,
    DecisionMade.TO_INVESTIGATION: ProcessStage.INVESTIGATION,
    DecisionMade.TO_TRIAL: ProcessStage.TRIAL,
    DecisionMade.DETAINED: ProcessStage.PRETRIAL_DETENTION,
    DecisionMade.EXTENDED: ProcessStage.PRETRIAL_DETENTION,
    DecisionMade.RELEASED: ProcessStage.RELEASED,
    DecisionMade.SUPERVISED: ProcessStage.CONDITIONAL_RELEASE,
}


def _moves(decision: Decision) -> list[Move]:
    """To the authority when it first dealt with the child, then to where its decision led; the later move counts."""
    dealt = [day for day in (decision.file_received_on, decision.heard_on, decision.decided_on) if day is not None]
    began = min(dealt, default=None)
    moves: list[Move] = []
    if decision.authority in _BEFORE:
        moves.append((began, _BEFORE[decision.authority]))
    if decision.decision in _LED_TO:
        moves.append((decision.decided_on or began, _LED_TO[decision.decision]))
    return moves


def _appeared_on(decision: Decision) -> date | None:
    return decision.appeared_on if date_was_set(decision) else None


def _is_awaited(decision: Decision) -> bool:
    """Whether the decision, or the child's next coming, is still awaited."""
    return decision.decision is None or (date_was_set(decision) and decision.appeared_on is None)


DECISION_RECORD = RecordKind(
    key="decision",
    record=Decision,
    after=("arrest",),
    is_open=_is_awaited,
    moves=_moves,
    clocks=(
        Clock(
            "next-appearance", N_("Next date before prosecutor or judge"), starts=field_time("decided_on"),
            due=field_time("next_date"), ends=field_time("appeared_on"), told_in="appeared_on",
        ),
    ),
    events=(
        Event(field_time("file_received_on"), N_("File with prosecutor or judge")),
        Event(field_time("heard_on"), N_("Child interviewed by prosecutor or judge")),
        Event(field_time("decided_on"), N_("Decision of prosecutor or court")),
        Event(_appeared_on, N_("Child came before prosecutor or judge")),
    ),
    after_birth=("file_received_on", "heard_on", "decided_on", "appeared_on"),
    happened=("file_received_on", "heard_on", "decided_on", "appeared_on"),
)  # fmt: skip

COURT = Stage("court", N_("Prosecutor and court"), (DECISION_RECORD, HEARING_RECORD, JUDGMENT_RECORD))
