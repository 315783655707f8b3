"""Complaints of ill-treatment or of money asked: kept apart, for those named as readers alone."""

from datetime import date
from functools import partial
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.records import columns
from casemgr.records.base import CaseRecord
from casemgr.records.fields import Answer, Choice, Group, Kind, Row, cell
from casemgr.records.pathway.arrest_answers import Means
from casemgr.records.stage import Clock, Order, RecordKind, Stage, field_time
from casemgr.records.types import StaffIds


class IllTreatment(Choice):
    """What was done to the child, or asked of the child or the family."""

    VIOLENCE = "violence", N_("Beating or other violence")
    THREATS = "threats", N_("Threats")
    SEXUAL = "sexual", N_("Sexual abuse")
    HUMILIATION = "humiliation", N_("Humiliation")
    FOOD = "food", N_("Food or water refused")
    MEDICINE = "medicine", N_("Doctor or medicine refused")
    MONEY_ASKED = "money-asked", N_("Money asked for")
    MONEY_TAKEN = "money-taken", N_("Money or goods taken")
    NO_LAWYER = "no-lawyer", N_("No lawyer allowed")
    NO_FAMILY = "no-family", N_("Family not allowed to visit")
    OTHER = "other", N_("Other")


class DoneBy(Choice):
    """To whom those belong who did it."""

    POLICE = "police", N_("Police")
    GENDARMERIE = "gendarmerie", N_("Gendarmerie")
    PRISON = "prison", N_("Prison staff")
    CENTRE = "centre", N_("Staff of a centre")
    DETAINEE = "detainee", N_("Another detainee")
    COURT = "court", N_("Staff of court or prosecution")
    FAMILY = "family", N_("Family")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class ComplaintWish(Choice):
    """What the child wants done. Nothing is done against it, unless a life is in danger."""

    COMPLAIN = "complain", N_("Complain formally")
    NOTE = "note", N_("Only have it written down")
    SAFETY = "safety", N_("Be safe first, decide later")
    NOTHING = "nothing", N_("Nothing is to be done")
    UNDECIDED = "undecided", N_("Not decided yet")
    NOT_ASKED = "not-asked", N_("Not asked")


class ComplaintStep(Row):
    """One step that was taken with the complaint."""

    on: date | None = cell(N_("Date"))
    told_to: str | None = cell(N_("Told to whom"))
    how: Means | None = cell(N_("How"))
    answer: str | None = cell(N_("Answer"), kind=Kind.TEXT)


HAPPENED = Group(
    "happened",
    N_("What happened"),
    N_("Speak in private. Write what the child says; do not ask for more than the child wants to tell."),
)
BY_WHOM = Group("by-whom", N_("By whom"))
HARM = Group("harm", N_("Injuries and money"))
WISH = Group("wish", N_("What the child wants"))
FOLLOWED = Group("followed", N_("What was done"))

field = partial(columns.field, restricted=True)
"""Every answer of a complaint is for named staff only."""


def about_money(complaint: "Complaint") -> bool:
    """Whether money was asked for or taken."""
    return bool({IllTreatment.MONEY_ASKED, IllTreatment.MONEY_TAKEN} & set(complaint.kinds))


def is_closed(complaint: "Complaint") -> bool:
    """Whether the complaint came to an end."""
    return complaint.closed_on is not None


class Complaint(CaseRecord):
    """A complaint of ill-treatment, or of money asked.

    readers: the staff members who may read it. Who writes it down is named first, and can name others.
    """

    __tablename__ = "complaint"
    title: ClassVar[str] = N_("Complaint of ill-treatment or money asked")

    told_on: Mapped[date | None] = field(N_("Told to us on"), group=HAPPENED, required=True, sample=date(2026, 11, 25))
    happened_on: Mapped[PartialDate | None] = field(
        N_("When it happened"), group=HAPPENED, required=True, sample=PartialDate.of(2026, 11, 22)
    )
    place: Mapped[str | None] = field(N_("Where it happened"), group=HAPPENED, sample="នៅកន្លែងចាប់ខ្លួន ក្បែរផ្សារលើ")
    kinds: Mapped[tuple[IllTreatment, ...]] = field(
        N_("Kind of ill-treatment"), choices=IllTreatment, group=HAPPENED, required=True,
        sample=(IllTreatment.VIOLENCE, IllTreatment.MONEY_ASKED),
    )  # fmt: skip
    account: Mapped[str | None] = field(
        N_("What the child says"), kind=Kind.TEXT, group=HAPPENED, required=True,
        sample="កុមារប្រាប់ថា ត្រូវបានគេរុញដួលនៅពេលចាប់ខ្លួន ហើយមានអ្នកសុំប្រាក់ពីម្តាយ។",
    )  # fmt: skip
    witness: Mapped[str | None] = field(N_("Who saw or heard it"), group=HAPPENED, sample="អ្នករត់ម៉ូតូឌុបម្នាក់")

    by_whom: Mapped[DoneBy | None] = field(N_("Done by"), group=BY_WHOM, required=True, sample=DoneBy.POLICE)
    by_name: Mapped[str | None] = field(N_("Name, rank or description"), group=BY_WHOM, sample="មិនស្គាល់ឈ្មោះ ស្លៀកពាក់ស៊ីវិល")

    injuries: Mapped[str | None] = field(
        N_("Injuries, by part of the body"), kind=Kind.TEXT, group=HARM, sample="កែងដៃខាងឆ្វេង៖ រលាត់ស្បែកបន្តិច។",
        help=N_("Part of the body, left or right, size, colour. Ask before you take a photograph."),
    )  # fmt: skip
    medical_paper: Mapped[Answer | None] = field(N_("Paper of a doctor?"), group=HARM, sample=Answer.NO)
    money_amount: Mapped[int | None] = field(
        N_("Amount in riel"), kind=Kind.MONEY, group=HARM, shown_when=about_money, sample=200_000
    )

    wish: Mapped[ComplaintWish | None] = field(
        N_("Wish of the child"), group=WISH, required=True, sample=ComplaintWish.SAFETY
    )
    wish_text: Mapped[str | None] = field(
        N_("In the child's own words"), kind=Kind.TEXT, group=WISH,
        sample="«ខ្ញុំខ្លាចគេធ្វើបាបម្តាយ។ ខ្ញុំចង់ឱ្យរឿងក្តីចប់សិន»។",
    )  # fmt: skip
    safety: Mapped[str | None] = field(
        N_("How the child is kept safe"), kind=Kind.TEXT, group=WISH, required=True,
        sample="មេធាវីមានវត្តមានគ្រប់ពេលសាកសួរ។ បុគ្គលិកយើងទូរស័ព្ទទៅម្តាយរៀងរាល់ពីរថ្ងៃ។",
    )  # fmt: skip

    steps: Mapped[tuple[ComplaintStep, ...]] = field(
        N_("Steps taken"), rows=ComplaintStep, group=FOLLOWED,
        sample=(
            ComplaintStep(on=date(2026, 11, 26), told_to="លឹម ចន្ទតារា (មេធាវី)", how=Means.PHONE,
                          answer="នឹងលើកឡើងនៅពេលសវនាការ"),
        ),
    )  # fmt: skip
    answer_due: Mapped[date | None] = field(N_("Answer expected by"), group=FOLLOWED, sample=date(2026, 12, 15))
    closed_on: Mapped[date | None] = field(N_("Complaint closed on"), group=FOLLOWED, sample=date(2026, 12, 14))
    result: Mapped[str | None] = field(
        N_("Result"), kind=Kind.TEXT, group=FOLLOWED, shown_when=is_closed,
        sample="អធិការដ្ឋានបានណែនាំមន្ត្រី។ កុមារនិងម្តាយមិនចង់បន្តទៀតទេ។",
    )  # fmt: skip

    readers: Mapped[tuple[UUID, ...]] = mapped_column(StaffIds, default=())


def _unanswered(complaint: Complaint) -> bool:
    return complaint.closed_on is None


COMPLAINT_RECORD = RecordKind(
    key="complaint",
    record=Complaint,
    is_open=_unanswered,
    clocks=(
        Clock(
            "complaint-answer", N_("Answer to the complaint"), starts=field_time("told_on"),
            due=field_time("answer_due"), ends=field_time("closed_on"), told_in="closed_on",
        ),
    ),
    orders=(
        Order("told_on", "answer_due", N_("The answer would be due before the complaint was told.")),
        Order("told_on", "closed_on", N_("The complaint would be closed before it was told.")),
    ),
    after_birth=("told_on",),
    happened=("told_on", "closed_on"),
)  # fmt: skip

COMPLAINTS = Stage("complaints", N_("Complaints"), (COMPLAINT_RECORD,))
