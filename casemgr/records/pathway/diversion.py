"""Diversion: whether a child can be led away from the procedure, and the plan that is followed instead."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.case import ProcessStage
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind
from casemgr.records.pathway import diversion_answers as say
from casemgr.records.pathway.diversion_answers import (
    DiversionAuthority,
    DiversionOutcome,
    Presence,
)
from casemgr.records.pathway.diversion_screening import DIVERSION_SCREENING_RECORD
from casemgr.records.pathway.follow_up import schedule_from
from casemgr.records.stage import Clock, Event, Move, Order, RecordKind, Stage, field_time, no_time

OFFER = Group("offer", N_("Offer of diversion"))
CONSENT = Group(
    "consent",
    N_("Agreement of child and guardian"),
    N_("Child and guardian agree in writing, after advice, and may say no at any time."),
)
ORDER = Group("order", N_("Order of the authority"))
PLAN = Group("plan", N_("Plan"))
LOG = Group("log", N_("What was done"))
END = Group("end", N_("End of diversion"))


def advice_was_given(diversion: "Diversion") -> bool:
    """Whether the child had legal advice."""
    return diversion.legal_advice is Answer.YES


def child_agreed(diversion: "Diversion") -> bool:
    """Whether the child agrees."""
    return diversion.consent_child is Answer.YES


def guardian_agreed(diversion: "Diversion") -> bool:
    """Whether parent or guardian agrees."""
    return diversion.consent_guardian is Answer.YES


def victim_was_heard(diversion: "Diversion") -> bool:
    """Whether the victim was heard."""
    return diversion.victim_heard is Answer.YES


def has_ended(diversion: "Diversion") -> bool:
    """Whether diversion came to its end."""
    return diversion.outcome is not None or diversion.ended_on is not None


class Diversion(CaseRecord):
    """An offer of diversion, its plan, how it was kept and how it ended."""

    __tablename__ = "diversion"
    title: ClassVar[str] = N_("Diversion")

    offered_by: Mapped[DiversionAuthority | None] = field(
        N_("Offered by"), group=OFFER, required=True, sample=DiversionAuthority.PROSECUTOR
    )
    authority_name: Mapped[str | None] = field(N_("Court or office"), group=OFFER, sample="អយ្យការអមសាលាដំបូងខេត្តសៀមរាប")
    offered_on: Mapped[date | None] = field(N_("Offered on"), group=OFFER, required=True, sample=date(2026, 12, 10))
    suggested_by: Mapped[str | None] = field(N_("Suggested by"), group=OFFER, sample="ទេព បូរិន")

    admission_noted: Mapped[Answer | None] = field(
        N_("Admission of the child written down?"), group=CONSENT, sample=Answer.YES,
        help=N_("Never press the child. An admission is not to be used against the child later."),
    )  # fmt: skip
    legal_advice: Mapped[Answer | None] = field(
        N_("Legal advice given?"), group=CONSENT, required=True, sample=Answer.YES
    )
    advice_by: Mapped[str | None] = field(
        N_("Advice given by"), group=CONSENT, shown_when=advice_was_given, sample="លឹម ចន្ទតារា"
    )
    advice_on: Mapped[date | None] = field(
        N_("Advice given on"), group=CONSENT, shown_when=advice_was_given, sample=date(2026, 12, 11)
    )
    consent_child: Mapped[Answer | None] = field(
        N_("Does the child agree?"), group=CONSENT, required=True, sample=Answer.YES
    )
    consent_child_on: Mapped[date | None] = field(
        N_("Child agreed on"), group=CONSENT, shown_when=child_agreed, sample=date(2026, 12, 11)
    )
    consent_guardian: Mapped[Answer | None] = field(
        N_("Does the guardian agree?"), group=CONSENT, required=True, sample=Answer.YES
    )
    guardian_name: Mapped[str | None] = field(
        N_("Name of the parent or guardian"), group=CONSENT, shown_when=guardian_agreed, sample="អ៊ុំ សុផល"
    )
    consent_guardian_on: Mapped[date | None] = field(
        N_("Guardian agreed on"), group=CONSENT, shown_when=guardian_agreed, sample=date(2026, 12, 11)
    )
    victim_heard: Mapped[Answer | None] = field(N_("Victim heard?"), group=CONSENT, sample=Answer.YES)
    victim_view: Mapped[say.VictimView | None] = field(
        N_("View of the victim"), group=CONSENT, shown_when=victim_was_heard, sample=say.VictimView.ON_CONDITIONS
    )

    order_number: Mapped[str | None] = field(N_("Number of the order"), group=ORDER, sample="៩៦/២០២៦")
    ordered_on: Mapped[date | None] = field(N_("Ordered on"), group=ORDER, sample=date(2026, 12, 14))
    starts_on: Mapped[date | None] = field(N_("Plan starts on"), group=ORDER, sample=date(2026, 12, 15))
    ends_on: Mapped[date | None] = field(N_("Plan ends on"), group=ORDER, sample=date(2027, 6, 14))
    agent: Mapped[str | None] = field(N_("Social agent in charge"), group=ORDER, sample="ទេព បូរិន")
    worker: Mapped[str | None] = field(N_("Our worker"), group=ORDER, sample="ចាន់ ស្រីនិច")

    measures: Mapped[tuple[say.PlannedMeasure, ...]] = field(
        N_("Measures of the plan"), rows=say.PlannedMeasure, group=PLAN,
        sample=(
            say.PlannedMeasure(
                measure=say.DiversionMeasure.APOLOGY, provider="ភ្នាក់ងារសង្គម", starts_on=date(2026, 12, 15),
                ends_on=date(2026, 12, 31), hours=1, frequency="ម្តង", evidence="កំណត់ហេតុ",
            ),
            say.PlannedMeasure(
                measure=say.DiversionMeasure.COMMUNITY_SERVICE, provider="សាលាបឋមសិក្សានៅក្នុងសង្កាត់",
                starts_on=date(2027, 1, 4), ends_on=date(2027, 1, 31), hours=8, frequency="រៀងរាល់ថ្ងៃសៅរ៍",
                evidence="បញ្ជីវត្តមាន",
            ),
            say.PlannedMeasure(
                measure=say.DiversionMeasure.TRAINING, provider="មជ្ឈមណ្ឌលបណ្ដុះបណ្ដាលវិជ្ជាជីវៈខេត្ត",
                starts_on=date(2027, 1, 4), ends_on=date(2027, 6, 11), hours=None, frequency="៥ ថ្ងៃក្នុងមួយសប្ដាហ៍",
                evidence="វិញ្ញាបនបត្រ",
            ),
        ),
    )  # fmt: skip
    reviews: Mapped[tuple[say.Review, ...]] = field(
        N_("Reviews of the plan"), rows=say.Review, group=PLAN,
        sample=(
            say.Review(planned_on=date(2027, 2, 15), held_on=date(2027, 2, 16), by="ទេព បូរិន", result="បន្តផែនការដដែល"),
            say.Review(planned_on=date(2027, 4, 15), held_on=date(2027, 4, 15), by="ទេព បូរិន", result="កុមារមានវឌ្ឍនភាព"),
        ),
    )  # fmt: skip

    log: Mapped[tuple[say.LogEntry, ...]] = field(
        N_("Days of the plan"), rows=say.LogEntry, group=LOG,
        sample=(
            say.LogEntry(
                on=date(2026, 12, 19), what="សុំទោសជនរងគ្រោះ", hours=1, came=Presence.PRESENT, remark="ជនរងគ្រោះទទួលយក"
            ),
            say.LogEntry(
                on=date(2027, 1, 9), what="សម្អាតទីធ្លាសាលារៀន", hours=4, came=Presence.PRESENT, remark="ធ្វើបានល្អ"
            ),
            say.LogEntry(
                on=date(2027, 1, 16), what="សម្អាតទីធ្លាសាលារៀន", hours=4, came=Presence.EXCUSED, remark="ឈឺ"
            ),
            say.LogEntry(
                on=date(2027, 1, 23), what="សម្អាតទីធ្លាសាលារៀន", hours=4, came=Presence.PRESENT, remark="បានបំពេញម៉ោងគ្រប់"
            ),
        ),
    )  # fmt: skip
    breaches: Mapped[tuple[say.Breach, ...]] = field(
        N_("What was not kept"), rows=say.Breach, group=LOG,
        sample=(
            say.Breach(
                on=date(2027, 2, 6), what="អវត្តមានម្តងដោយគ្មានមូលហេតុ", told_to="ទេព បូរិន", consequence="រំលឹកដោយផ្ទាល់មាត់"
            ),
        ),
    )  # fmt: skip

    outcome: Mapped[DiversionOutcome | None] = field(
        N_("Outcome"), group=END, sample=DiversionOutcome.COMPLETED, help=N_("Leave it empty while the plan runs.")
    )
    ended_on: Mapped[date | None] = field(
        N_("Ended on"), group=END, required=True, shown_when=has_ended, sample=date(2027, 6, 14)
    )
    authority_told_on: Mapped[date | None] = field(
        N_("Authority told on"), group=END, shown_when=has_ended, sample=date(2027, 6, 16)
    )
    dismissed: Mapped[Answer | None] = field(
        N_("Was the case dismissed?"), group=END, shown_when=has_ended, sample=Answer.YES
    )
    record_kept: Mapped[Answer | None] = field(
        N_("Was a criminal record made?"), group=END, shown_when=has_ended, sample=Answer.NO,
        help=N_("A plan that was completed should leave no criminal record. This is not confirmed by a lawyer."),
    )  # fmt: skip
    child_view: Mapped[str | None] = field(
        N_("The child's view"), kind=Kind.TEXT, group=END,
        sample="«ខ្ញុំចេះជួសជុលម៉ូតូ ហើយមិនចង់ធ្វើខុសទៀតទេ។»",
    )  # fmt: skip
    notes: Mapped[str | None] = field(N_("Notes"), kind=Kind.TEXT, group=END, sample="ម្ដាយបានមកគ្រប់ការប្រជុំ។")

    @property
    def hours_required(self) -> int:
        """The hours the measures of the plan ask for together; a measure without hours counts none."""
        return sum(measure.hours or 0 for measure in self.measures)

    @property
    def hours_done(self) -> int:
        """The hours of the days on which the child came, or on which nobody wrote down that it did not."""
        return sum(entry.hours or 0 for entry in self.log if entry.came not in _AWAY)


_AWAY = (Presence.ABSENT, Presence.EXCUSED)
_COMPLETED = (DiversionOutcome.COMPLETED, DiversionOutcome.COMPLETED_EARLY)
_BACK_TO_PROCEDURE = (
    DiversionOutcome.REVOKED_BREACH, DiversionOutcome.REVOKED_OFFENCE, DiversionOutcome.WITHDRAWN,
    DiversionOutcome.NOT_AGREED, DiversionOutcome.INELIGIBLE,
)  # fmt: skip
_BACK_TO = {
    DiversionAuthority.INVESTIGATING_JUDGE: ProcessStage.INVESTIGATION,
    DiversionAuthority.TRIAL_JUDGE: ProcessStage.TRIAL,
}


def _next_review(diversion: Diversion) -> date | None:
    """The earliest review that was planned and not held, while the plan runs."""
    if has_ended(diversion):
        return None
    planned = (review.planned_on for review in diversion.reviews if review.held_on is None)
    return min((day for day in planned if day is not None), default=None)


def _is_running(diversion: Diversion) -> bool:
    return diversion.outcome is None and (diversion.offered_on, diversion.ordered_on) != (None, None)


def _moves(diversion: Diversion) -> list[Move]:
    """Into diversion with the order, then out of the procedure or back to the authority that offered it."""
    moves: list[Move] = [(diversion.ordered_on, ProcessStage.DIVERSION)]
    if diversion.outcome in _COMPLETED:
        moves.append((diversion.ended_on, ProcessStage.CLOSED))
    elif diversion.outcome in _BACK_TO_PROCEDURE:
        back_to = ProcessStage.PROSECUTOR
        if diversion.offered_by is not None:
            back_to = _BACK_TO.get(diversion.offered_by, back_to)
        moves.append((diversion.ended_on, back_to))
    return moves


def _completed_on(diversion: Diversion) -> date | None:
    return diversion.ended_on if diversion.outcome in _COMPLETED else None


DIVERSION_RECORD = RecordKind(
    key="diversion",
    record=Diversion,
    after=("diversion-screening",),
    is_open=_is_running,
    moves=_moves,
    clocks=(
        Clock(
            "diversion-review", N_("Review of the diversion plan"), starts=field_time("starts_on"), due=_next_review,
            ends=no_time,
        ),
        Clock(
            "diversion-end", N_("End of the diversion plan"), starts=field_time("starts_on"),
            due=field_time("ends_on"), ends=field_time("ended_on"), told_in="ended_on",
        ),
        schedule_from(_completed_on),
    ),
    events=(
        Event(field_time("offered_on"), N_("Diversion offered")),
        Event(field_time("ordered_on"), N_("Diversion ordered")),
        Event(field_time("starts_on"), N_("Diversion plan began")),
        Event(field_time("ended_on"), N_("Diversion ended")),
    ),
    orders=(
        Order("offered_on", "ordered_on", N_("The order would lie before the offer.")),
        Order("offered_on", "ended_on", N_("Diversion would end before it was offered.")),
        Order("starts_on", "ends_on", N_("The end of the plan would lie before its beginning.")),
    ),
    after_birth=("offered_on", "ordered_on", "starts_on", "ended_on"),
    happened=(
        "offered_on", "advice_on", "consent_child_on", "consent_guardian_on", "ordered_on", "ended_on",
        "authority_told_on",
    ),
)  # fmt: skip

DIVERSION = Stage("diversion", N_("Diversion"), (DIVERSION_SCREENING_RECORD, DIVERSION_RECORD))
