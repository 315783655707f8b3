"""Screening for diversion: what speaks for it and against it, and what everybody thinks of it."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind
from casemgr.records.pathway import diversion_answers as say
from casemgr.records.pathway.diversion_answers import ScreeningAdvice, ScreeningDecision
from casemgr.records.stage import Event, Order, RecordKind, field_time

ASKED = Group("asked", N_("Request and screening"))
CONDITIONS = Group("conditions", N_("Conditions"))
FACTORS = Group("factors", N_("For and against"))
VIEWS = Group("views", N_("What everybody thinks of it"))
RECOMMENDATION = Group("recommendation", N_("Recommendation"))
AUTHORITY = Group("authority", N_("Decision of the authority"))


def advice_was_given(screening: "DiversionScreening") -> bool:
    """Whether the child had legal advice."""
    return screening.legal_advice is Answer.YES


def victim_spoke(screening: "DiversionScreening") -> bool:
    """Whether the victim's own view is known."""
    return screening.victim_view in (
        say.VictimView.AGREES, say.VictimView.ON_CONDITIONS, say.VictimView.NO_VIEW, say.VictimView.AGAINST,
    )  # fmt: skip


def was_decided(screening: "DiversionScreening") -> bool:
    """Whether the authority decided."""
    decided = (ScreeningDecision.ACCEPTED, ScreeningDecision.REFUSED)
    return screening.decided_on is not None or screening.authority_decision in decided


class DiversionScreening(CaseRecord):
    """What is weighed before diversion is offered."""

    __tablename__ = "diversion_screening"
    title: ClassVar[str] = N_("Diversion screening")

    asked_by: Mapped[say.ScreeningAskedBy | None] = field(
        N_("Asked for by"), group=ASKED, sample=say.ScreeningAskedBy.PROSECUTOR
    )
    screened_on: Mapped[date | None] = field(N_("Screened on"), group=ASKED, required=True, sample=date(2026, 12, 3))
    screened_by: Mapped[str | None] = field(N_("Screened by"), group=ASKED, sample="ចាន់ ស្រីនិច")
    detained_now: Mapped[Answer | None] = field(N_("Is the child detained now?"), group=ASKED, sample=Answer.YES)

    class_allows: Mapped[Answer | None] = field(
        N_("Does the class of offence allow it?"), group=CONDITIONS, required=True, sample=Answer.YES,
        help=N_(
            "A draft of the law spoke of petty offences and misdemeanours only. What the law in force says is not "
            "confirmed."
        ),
    )  # fmt: skip
    evidence_strong: Mapped[Answer | None] = field(
        N_("Is the evidence strong?"), group=CONDITIONS, required=True, sample=Answer.YES,
        help=N_("Where the evidence is weak, the case should be dropped, not diverted."),
    )  # fmt: skip
    admits_freely: Mapped[Answer | None] = field(
        N_("Does the child admit it freely?"), group=CONDITIONS, required=True, sample=Answer.YES,
        help=N_("Never press the child. An admission is not to be used against the child later."),
    )  # fmt: skip
    legal_advice: Mapped[Answer | None] = field(
        N_("Legal advice given?"), group=CONDITIONS, required=True, sample=Answer.YES
    )
    advised_by: Mapped[str | None] = field(
        N_("Advice given by"), group=CONDITIONS, shown_when=advice_was_given, sample="លឹម ចន្ទតារា"
    )

    factors: Mapped[tuple[say.Factor, ...]] = field(
        N_("Circumstances"), rows=say.Factor, group=FACTORS,
        sample=(
            say.Factor(what="បទល្មើសលើកដំបូង និងបានប្រគល់ទូរស័ព្ទវិញ", side=say.FactorSide.FOR, source="ជនរងគ្រោះ"),
            say.Factor(what="ម្ដាយព្រមមើលខុសត្រូវ", side=say.FactorSide.FOR, source="អ៊ុំ សុផល"),
            say.Factor(what="មិត្តភក្តិដែលប្រព្រឹត្តបទល្មើស", side=say.FactorSide.AGAINST, source="មេភូមិ"),
        ),
        help=N_("The offence, the danger for the victim, the child's life and character."),
    )  # fmt: skip

    child_view: Mapped[str | None] = field(
        N_("The child's view"), kind=Kind.TEXT, group=VIEWS, required=True,
        sample="«ខ្ញុំចង់សុំទោស ហើយចង់រៀនជំនាញ។»", help=N_("In the child's own words where you can."),
    )  # fmt: skip
    guardian_view: Mapped[str | None] = field(
        N_("View of the parent or guardian"), kind=Kind.TEXT, group=VIEWS, sample="ម្ដាយយល់ព្រម និងសុខចិត្តជូនកុមារទៅរៀន។"
    )
    victim_view: Mapped[say.VictimView | None] = field(
        N_("View of the victim"), group=VIEWS, sample=say.VictimView.ON_CONDITIONS
    )
    victim_remark: Mapped[str | None] = field(
        N_("What the victim says"), kind=Kind.TEXT, group=VIEWS, shown_when=victim_spoke,
        sample="យល់ព្រម បើកុមារសុំទោសដោយផ្ទាល់។",
    )  # fmt: skip

    recommendation: Mapped[ScreeningAdvice | None] = field(
        N_("Recommendation"), group=RECOMMENDATION, required=True, sample=ScreeningAdvice.OFFER
    )
    recommendation_reason: Mapped[str | None] = field(
        N_("Reasons"), kind=Kind.TEXT, group=RECOMMENDATION, required=True,
        sample="កុមារទទួលខុសត្រូវដោយស្ម័គ្រចិត្ត មានគ្រួសារគាំទ្រ និងមានផែនការច្បាស់លាស់។",
    )  # fmt: skip

    authority_decision: Mapped[ScreeningDecision | None] = field(
        N_("What the authority decided"), group=AUTHORITY, sample=ScreeningDecision.ACCEPTED
    )
    decided_on: Mapped[date | None] = field(
        N_("Decided on"), group=AUTHORITY, shown_when=was_decided, sample=date(2026, 12, 10)
    )


def _is_awaited(screening: DiversionScreening) -> bool:
    """Whether the authority still has to decide; where nobody recommends diversion, nobody asks it to."""
    if screening.authority_decision is None:
        return screening.recommendation is not ScreeningAdvice.DO_NOT_OFFER
    return screening.authority_decision is ScreeningDecision.PENDING


def _accepted_on(screening: DiversionScreening) -> date | None:
    return screening.decided_on if screening.authority_decision is ScreeningDecision.ACCEPTED else None


def _refused_on(screening: DiversionScreening) -> date | None:
    return screening.decided_on if screening.authority_decision is ScreeningDecision.REFUSED else None


DIVERSION_SCREENING_RECORD = RecordKind(
    key="diversion-screening",
    record=DiversionScreening,
    after=("arrest",),
    is_open=_is_awaited,
    events=(
        Event(field_time("screened_on"), N_("Screened for diversion")),
        Event(_accepted_on, N_("Diversion accepted")),
        Event(_refused_on, N_("Diversion refused")),
    ),
    orders=(Order("screened_on", "decided_on", N_("The decision would lie before the screening.")),),
    after_birth=("screened_on", "decided_on"),
    happened=("screened_on", "decided_on"),
)
