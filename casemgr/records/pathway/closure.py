"""Closing the case: why the office stops its work, with what result, and what the child says of it."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Choice, Group, Kind
from casemgr.records.stage import Event, Order, RecordKind, Stage, field_time


class ClosingReason(Choice):
    """Why a case is closed."""

    GOALS_MET = "goals-met", N_("Goals reached")
    SCORE_REACHED = "score-reached", N_("Closing score of the ministry reached")
    ADULT = "adult", N_("18 or older and stable")
    NO_NEED = "no-need", N_("Needs no support any more")
    NOT_ELIGIBLE = "not-eligible", N_("No longer meets the conditions")
    COURT_INELIGIBLE = "court-ineligible", N_("Found ineligible by the court")
    TRANSFERRED = "transferred", N_("Handed over to another organisation")
    MOVED_ABROAD = "moved-abroad", N_("Moved abroad")
    MOVED_AWAY = "moved-away", N_("Moved out of our area in Cambodia")
    MISSING = "missing", N_("Missing: cannot be found")
    RUN_AWAY = "run-away", N_("Ran away")
    REFUSED = "refused", N_("Child or family refuses")
    DIED = "died", N_("Died")
    NO_MEANS = "no-means", N_("The office lacks the means")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


DECISION = Group("decision", N_("Decision"))
SCORES = Group(
    "scores", N_("Final scores"), N_("From the last review with scores: 1 weak to 4 very good for each item.")
)
RESULT = Group("result", N_("What was reached"))
VOICES = Group("voices", N_("Who agrees"))
AFTER = Group("after", N_("After the closing"))


def is_transferred(closure: "Closure") -> bool:
    """Whether another organisation goes on with the work."""
    return closure.reason is ClosingReason.TRANSFERRED


def was_closed(closure: "Closure") -> bool:
    """Whether the case was closed by this."""
    return closure.closed_on is not None


def was_reopened(closure: "Closure") -> bool:
    """Whether the case was opened again."""
    return closure.reopened_on is not None


class Closure(CaseRecord):
    """One closing of a case; a case that was opened again may be closed once more."""

    __tablename__ = "closure"
    title: ClassVar[str] = N_("Closing the case")

    closed_on: Mapped[date | None] = field(N_("Closed on"), group=DECISION, required=True, sample=date(2027, 12, 20))
    reason: Mapped[ClosingReason | None] = field(
        N_("Reason for closing"), group=DECISION, required=True, sample=ClosingReason.GOALS_MET
    )
    handed_to: Mapped[str | None] = field(
        N_("Handed over to"), group=DECISION, shown_when=is_transferred, sample="អង្គការកុមារនិងអនាគត"
    )

    child_total: Mapped[int | None] = field(N_("Total of the child's scores"), group=SCORES, sample=35)
    family_total: Mapped[int | None] = field(N_("Total of the family's scores"), group=SCORES, sample=44)
    all_at_least_two: Mapped[Answer | None] = field(
        N_("Every item rated 2 or higher?"), group=SCORES, sample=Answer.YES,
        help=N_("Form 6 of the ministry asks it of every item but the help of relatives."),
    )  # fmt: skip

    achieved: Mapped[str | None] = field(
        N_("What the child achieved"), kind=Kind.TEXT, group=RESULT, required=True,
        sample="កុមាររៀនជួសជុលម៉ូតូចប់ មានការងារ និងគ្មានការពាក់ព័ន្ធថ្មីនឹងច្បាប់។",
    )  # fmt: skip
    open_matters: Mapped[str | None] = field(
        N_("What stays to be done"), kind=Kind.TEXT, group=RESULT, sample="ធ្វើអត្តសញ្ញាណប័ណ្ណ នៅពេលទំនេរ។"
    )

    child_view: Mapped[str | None] = field(
        N_("What the child says of it"), kind=Kind.TEXT, group=VOICES, required=True,
        help=N_("In the child's own words where you can."),
        sample="«ខ្ញុំអាចរកលុយដោយខ្លួនឯងបានហើយ។ បើមានបញ្ហា ខ្ញុំនឹងទូរស័ព្ទមក។»",
    )  # fmt: skip
    child_agrees: Mapped[Answer | None] = field(N_("Does the child agree?"), group=VOICES, sample=Answer.YES)
    guardian_agrees: Mapped[Answer | None] = field(N_("Does the guardian agree?"), group=VOICES, sample=Answer.YES)
    authority_told: Mapped[Answer | None] = field(N_("Local authority told?"), group=VOICES, sample=Answer.YES)

    papers_until: Mapped[date | None] = field(
        N_("Keep the papers until"), group=AFTER, sample=date(2032, 12, 20),
        help=N_("As the office promised the child and the family."),
    )  # fmt: skip
    reopened_on: Mapped[date | None] = field(
        N_("Opened again on"), group=AFTER, shown_when=was_closed, sample=date(2028, 2, 1)
    )
    reopened_why: Mapped[str | None] = field(
        N_("Why it was opened again"), kind=Kind.TEXT, group=AFTER, shown_when=was_reopened,
        sample="ម្ដាយសុំជំនួយ ព្រោះកុមារបាត់បង់ការងារ។",
    )  # fmt: skip
    reopened_by: Mapped[str | None] = field(
        N_("Opened again by"), group=AFTER, shown_when=was_reopened, sample="ចាន់ ស្រីនិច"
    )


def is_closed(closures: Iterable[Closure]) -> bool:
    """Return whether a case with these closings is closed: the latest of them was not followed by an opening again.

    One without a date is only being prepared and closes nothing. Of several on the latest day one suffices.
    """
    dated = [(closure.closed_on, closure) for closure in closures if closure.closed_on is not None]
    latest = max((day for day, _ in dated), default=None)
    return any(day == latest and closure.reopened_on is None for day, closure in dated)


CLOSURE_RECORD = RecordKind(
    key="closure",
    record=Closure,
    events=(
        Event(field_time("closed_on"), N_("Case closed")),
        Event(field_time("reopened_on"), N_("Case opened again")),
    ),
    orders=(
        Order("closed_on", "reopened_on", N_("The case would be opened again before it was closed.")),
        Order("closed_on", "papers_until", N_("The papers would be kept until before the closing.")),
    ),
    after_birth=("closed_on",),
    happened=("closed_on", "reopened_on"),
)

CLOSURE = Stage("closure", N_("Closing the case"), (CLOSURE_RECORD,))
