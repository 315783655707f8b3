"""Referral of a child to a lawyer or to another service, and what came of it."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.clock import local
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.case import Urgency
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind, Rating
from casemgr.records.pathway import referral_answers as say
from casemgr.records.pathway.arrest_answers import LawyerPaid, Means
from casemgr.records.pathway.inquiry_answers import Contact
from casemgr.records.pathway.referral_answers import LEGAL_SERVICES, Reply, Service
from casemgr.records.stage import Clock, Event, Order, RecordKind, Records, Stage, Time, day_of, field_time

ASKED = Group("asked", N_("What is asked of whom"))
REPLY = Group("reply", N_("Reply of lawyer or service"))
LAWYER = Group("lawyer", N_("Lawyer"))
MEETINGS = Group("meetings", N_("Meetings with the child"))
VIEW = Group("view", N_("The child's view"), N_("In the child's own words where you can."))
END = Group("end", N_("End of the referral"))


def is_legal(service: Service | None) -> bool:
    """Whether it is legal help; None, a service nobody named yet, is not."""
    return service in LEGAL_SERVICES


def is_legal_referral(record: CaseRecord) -> bool:
    """Whether a record of a case is a referral for legal help."""
    return isinstance(record, Referral) and is_legal(record.service)


def was_answered(referral: "Referral") -> bool:
    """Whether the lawyer or the service said something."""
    return referral.answered_at is not None or referral.answer not in (None, Reply.WAITING, Reply.NO_ANSWER)


def was_declined(referral: "Referral") -> bool:
    """Whether the lawyer or the service declined."""
    return referral.answer is Reply.DECLINED


def was_met(referral: "Referral") -> bool:
    """Whether the child met the lawyer or the service."""
    return referral.first_met_at is not None or bool(referral.meetings)


def is_other_service(referral: "Referral") -> bool:
    """Whether a service other than legal help is asked for."""
    return referral.service is not None and not is_legal(referral.service)


def was_closed(referral: "Referral") -> bool:
    """Whether the referral came to its end."""
    return referral.closed_on is not None or referral.close_reason is not None


class Referral(CaseRecord):
    """One request to a lawyer or a service. Times are those of Phnom Penh."""

    __tablename__ = "referral"
    title: ClassVar[str] = N_("Referral")

    service: Mapped[Service | None] = field(
        N_("Service"), group=ASKED, required=True, sample=Service.LEGAL_REPRESENTATION
    )
    organisation: Mapped[str | None] = field(
        N_("Organisation or office asked"), group=ASKED, required=True, sample="ជំនួយផ្នែកច្បាប់"
    )
    contact_person: Mapped[str | None] = field(N_("Contact person"), group=ASKED, sample="លឹម ចន្ទតារា")
    phone: Mapped[str | None] = field(N_("Telephone"), kind=Kind.PHONE, group=ASKED, sample="012 555 034")
    asked_at: Mapped[datetime | None] = field(
        N_("Asked for at"), group=ASKED, required=True, sample=local(2026, 11, 22, 21, 40),
        help=N_("The days for an answer are counted from here."),
    )  # fmt: skip
    asked_by: Mapped[str | None] = field(
        N_("Asked for by"), group=ASKED, sample="ចាន់ ស្រីនិច", help=N_("Our worker, the police, the family or another.")
    )
    asked_how: Mapped[Means | None] = field(N_("How"), group=ASKED, sample=Means.PHONE)
    urgency: Mapped[Urgency | None] = field(N_("Urgency"), group=ASKED, sample=Urgency.HOURS)
    needs: Mapped[str | None] = field(
        N_("What is asked"), kind=Kind.TEXT, group=ASKED,
        sample="សុំមេធាវីជួបកុមារនៅអធិការដ្ឋាន មុនការសាកសួរ និងការពារក្ដីដោយឥតគិតថ្លៃ។",
    )  # fmt: skip
    consent_given: Mapped[Answer | None] = field(
        N_("Did child and guardian agree?"), group=ASKED, required=True, sample=Answer.YES
    )

    answer: Mapped[Reply | None] = field(N_("What they answered"), group=REPLY, sample=Reply.ACCEPTED)
    answered_at: Mapped[datetime | None] = field(
        N_("Answered at"), group=REPLY, required=True, shown_when=was_answered, sample=local(2026, 11, 22, 22, 15)
    )
    decline_reason: Mapped[say.DeclineReason | None] = field(
        N_("Reason for declining"), group=REPLY, required=True, shown_when=was_declined,
        sample=say.DeclineReason.NO_PLACE,
    )  # fmt: skip
    decline_remark: Mapped[str | None] = field(
        N_("Remark on the refusal"), group=REPLY, shown_when=was_declined, sample="មានសំណុំរឿងច្រើនពេកក្នុងខែនេះ"
    )

    assigned_name: Mapped[str | None] = field(
        N_("Name of the lawyer"), group=LAWYER, shown_when=is_legal_referral, sample="លឹម ចន្ទតារា"
    )
    assigned_phone: Mapped[str | None] = field(
        N_("Telephone of the lawyer"), kind=Kind.PHONE, group=LAWYER, shown_when=is_legal_referral,
        sample="012 555 034",
    )  # fmt: skip
    assigned_on: Mapped[date | None] = field(
        N_("Lawyer named on"), group=LAWYER, shown_when=is_legal_referral, sample=date(2026, 11, 22)
    )
    paid: Mapped[LawyerPaid | None] = field(
        N_("Cost of the lawyer"), group=LAWYER, shown_when=is_legal_referral, sample=LawyerPaid.FREE
    )
    mandate_signed: Mapped[Answer | None] = field(
        N_("Mandate of the lawyer signed?"), group=LAWYER, shown_when=is_legal_referral, sample=Answer.YES
    )

    first_met_at: Mapped[datetime | None] = field(
        N_("First meeting at"), group=MEETINGS, sample=local(2026, 11, 23, 9, 0),
        help=N_("When the child was first met in person. A lawyer's coming ends the 24 hours after the arrest."),
    )  # fmt: skip
    met_in_private: Mapped[Answer | None] = field(
        N_("Met in private?"), group=MEETINGS, shown_when=was_met, sample=Answer.YES,
        help=N_("Nobody of the police or the prison could hear."),
    )  # fmt: skip
    attended: Mapped[say.Attendance | None] = field(
        N_("Does the child use the service?"), group=MEETINGS, shown_when=is_other_service,
        sample=say.Attendance.REGULAR,
    )  # fmt: skip
    meetings: Mapped[tuple[say.ServiceMeeting, ...]] = field(
        N_("Meetings"), rows=say.ServiceMeeting, group=MEETINGS,
        sample=(
            say.ServiceMeeting(on=date(2026, 11, 23), where=Contact.POLICE, minutes=40, remark="ពន្យល់សិទ្ធិ និងមើលសំណុំរឿង"),
            say.ServiceMeeting(on=date(2026, 12, 8), where=Contact.OFFICE, minutes=60, remark="ត្រៀមសម្រាប់សវនាការ"),
        ),
    )  # fmt: skip

    view_rating: Mapped[Rating | None] = field(
        N_("How the child rates the help"), group=VIEW, sample=Rating.GOOD
    )  # fmt: skip
    view: Mapped[str | None] = field(
        N_("What the child says of the help"), kind=Kind.TEXT, group=VIEW, sample="«មេធាវីស្ដាប់ខ្ញុំ ហើយនិយាយងាយយល់។»"
    )

    closed_on: Mapped[date | None] = field(N_("Referral closed on"), group=END, sample=date(2026, 12, 21))
    close_reason: Mapped[say.ReferralEnd | None] = field(
        N_("Why the referral was closed"),
        group=END,
        required=True,
        shown_when=was_closed,
        sample=say.ReferralEnd.GOAL_REACHED,
    )
    result: Mapped[str | None] = field(
        N_("Result"), kind=Kind.TEXT, group=END, sample="កុមារមានមេធាវីតាំងពីការសាកសួររហូតដល់ចប់សវនាការ។"
    )


def first_legal_meeting(records: Records) -> datetime | None:
    """Return when legal help first met the child in person, by the referrals among these records; None if never."""
    met = (record.first_met_at for record in records if isinstance(record, Referral) and is_legal(record.service))
    return min((at for at in met if at is not None), default=None)


def _accepted_at(referral: Referral) -> datetime | None:
    return referral.answered_at if referral.answer in (Reply.ACCEPTED, Reply.PARTLY) else None


def _declined_at(referral: Referral) -> datetime | None:
    return referral.answered_at if was_declined(referral) else None


def _answered_at(referral: Referral) -> datetime | None:
    """The time of an answer that neither accepts nor declines."""
    clear = _accepted_at(referral) or _declined_at(referral)
    return None if clear else referral.answered_at


def _assigned_on(referral: Referral) -> date | None:
    return referral.assigned_on if is_legal_referral(referral) else None


def _met_by_lawyer_at(referral: Referral) -> datetime | None:
    return referral.first_met_at if is_legal_referral(referral) else None


def _met_by_service_at(referral: Referral) -> datetime | None:
    return None if is_legal_referral(referral) else referral.first_met_at


def _answer_clock_ends(referral: Referral) -> Time | None:
    """The first sign that somebody took it up or that nobody will: an answer, a meeting, the end."""
    signs: tuple[Time | None, ...] = (referral.answered_at, referral.first_met_at, referral.closed_on)
    return min((at for at in signs if at is not None), key=_order_of, default=None)


def _order_of(at: Time) -> tuple[date, str]:
    """Order moments and days; on the same day a moment goes first, because it says more."""
    return day_of(at), at.isoformat() if isinstance(at, datetime) else "~"


def _is_open(referral: Referral) -> bool:
    return not was_closed(referral) and not was_declined(referral)


_A_DAY = timedelta(days=1)  # a day without an hour counts from midnight

REFERRAL_RECORD = RecordKind(
    key="referral",
    record=Referral,
    after=("arrest",),
    is_open=_is_open,
    clocks=(
        Clock(
            "referral-answer", N_("Answer to a referral"), starts=field_time("asked_at"), ends=_answer_clock_ends,
            told_in="answered_at",
        ),
    ),
    events=(
        Event(field_time("asked_at"), N_("Referral sent")),
        Event(_accepted_at, N_("Referral accepted")),
        Event(_declined_at, N_("Referral declined")),
        Event(_answered_at, N_("Referral answered")),
        Event(_assigned_on, N_("Lawyer named")),
        Event(_met_by_lawyer_at, N_("Lawyer met the child")),
        Event(_met_by_service_at, N_("First meeting with a service")),
        Event(field_time("closed_on"), N_("Referral closed")),
    ),
    orders=(
        Order("asked_at", "answered_at", N_("The answer would lie before the request.")),
        Order("asked_at", "closed_on", N_("The referral would be closed before it was sent."), _A_DAY),
    ),
    after_birth=("asked_at", "answered_at", "assigned_on", "first_met_at", "closed_on"),
    happened=("asked_at", "answered_at", "assigned_on", "first_met_at", "closed_on"),
)  # fmt: skip

LEGAL_REFERRAL = Stage("legal-referral", N_("Referral to lawyer and services"), (REFERRAL_RECORD,))
