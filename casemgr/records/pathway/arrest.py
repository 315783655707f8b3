"""Arrest and police custody."""

from datetime import datetime, timedelta
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casemgr.clock import local
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.case import ProcessStage
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind
from casemgr.records.pathway.arrest_answers import (
    AT_LIBERTY,
    Interpreter,
    LawyerPaid,
    Means,
    PaperGiven,
    PoliceOutcome,
    Present,
    Questioning,
    RoomUse,
    UndertakingSigned,
)
from casemgr.records.pathway.legal_referral import first_legal_meeting
from casemgr.records.stage import Clock, Event, Move, Order, RecordKind, Records, Stage, field_time

CAUGHT = Group("arrest", N_("Arrest"))
CUSTODY = Group("custody", N_("Police unit"))
FAMILY = Group("family", N_("Family"), N_("Tell the family by every means."))
AGENT = Group("social-agent", N_("Social agent"))
LAWYER = Group("lawyer", N_("Lawyer"), N_("The office wants a lawyer with the child within 24 hours of the arrest."))
QUESTIONS = Group("questioning", N_("Questioning"))
TREATMENT = Group(
    "treatment",
    N_("Treatment in custody"),
    N_("Ask in private. These answers are for named staff only where so marked."),
)
END = Group("end", N_("End of custody"))


def reason_known(arrest: "Arrest") -> bool:
    """Whether a reason was given."""
    return arrest.reason_given is Answer.YES


def family_was_told(arrest: "Arrest") -> bool:
    """Whether the family was told."""
    return arrest.family_told is Answer.YES


def agent_was_told(arrest: "Arrest") -> bool:
    """Whether a social agent was told."""
    return arrest.agent_told is Answer.YES


def lawyer_asked(arrest: "Arrest") -> bool:
    """Whether a lawyer was asked for."""
    return arrest.lawyer_requested is Answer.YES


def lawyer_concerned(arrest: "Arrest") -> bool:
    """Whether there is a lawyer to speak of."""
    return lawyer_asked(arrest) or arrest.lawyer_arrived_at is not None


def was_questioned(arrest: "Arrest") -> bool:
    """Whether the child was questioned."""
    return arrest.questioned is Answer.YES


def was_examined(arrest: "Arrest") -> bool:
    """Whether a doctor saw the child."""
    return arrest.medical_check is Answer.YES


def harm_reported(arrest: "Arrest") -> bool:
    """Whether injuries or violence are reported."""
    return Answer.YES in (arrest.injuries, arrest.violence)


def money_was_asked(arrest: "Arrest") -> bool:
    """Whether money was asked for."""
    return arrest.money_asked is Answer.YES


def released_to_somebody(arrest: "Arrest") -> bool:
    """Whether the child was handed to somebody."""
    return arrest.outcome in AT_LIBERTY


def was_warned(arrest: "Arrest") -> bool:
    """Whether the police gave a warning."""
    return arrest.outcome in (PoliceOutcome.VERBAL_WARNING, PoliceOutcome.WRITTEN_WARNING)


def warned_in_writing(arrest: "Arrest") -> bool:
    """Whether the police gave a written warning, which comes with an undertaking."""
    return arrest.outcome is PoliceOutcome.WRITTEN_WARNING


def sent_on(arrest: "Arrest") -> bool:
    """Whether the child was sent to another authority or place."""
    return arrest.outcome in (PoliceOutcome.PROSECUTOR, PoliceOutcome.CENTRE)


class Arrest(CaseRecord):
    """An arrest and the police custody that followed it. Times are those of Phnom Penh."""

    __tablename__ = "arrest"
    __table_args__ = (
        sa.Index(
            "arrest_held",
            "case_id",
            sqlite_where=sa.and_(sa.column("custody_ended_at").is_(None), sa.column("outcome").is_(None)),
        ),
    )
    title: ClassVar[str] = N_("Arrest and police custody")

    arrested_at: Mapped[datetime | None] = field(
        N_("Arrested at"), group=CAUGHT, required=True, sample=local(2026, 11, 22, 19, 30),
        help=N_("Date and time. The 24 hours for a lawyer are counted from here."),
    )  # fmt: skip
    place_code: Mapped[str | None] = field(N_("Place"), kind=Kind.PLACE, group=CAUGHT, required=True, sample="171002")
    place_text: Mapped[str | None] = field(N_("Place in words"), group=CAUGHT, sample="ចំណតម៉ូតូខាងកើតផ្សារលើ")
    arresting_unit: Mapped[str | None] = field(
        N_("Unit that arrested the child"), group=CAUGHT, required=True, sample="ប៉ុស្តិ៍នគរបាលរដ្ឋបាលស្វាយដង្គំ"
    )
    flagrant: Mapped[Answer | None] = field(N_("Caught in the act?"), group=CAUGHT, sample=Answer.NO)
    reason_given: Mapped[Answer | None] = field(N_("Child told the reason?"), group=CAUGHT, sample=Answer.YES)
    reason: Mapped[str | None] = field(
        N_("Reason given"), kind=Kind.TEXT, group=CAUGHT, shown_when=reason_known, sample="សង្ស័យថាលួចទូរស័ព្ទដៃ"
    )
    handcuffs: Mapped[Answer | None] = field(N_("Handcuffed?"), group=CAUGHT, sample=Answer.NO)

    arrived_at: Mapped[datetime | None] = field(
        N_("Arrived at the police unit"), group=CUSTODY, required=True, sample=local(2026, 11, 22, 20, 15),
        help=N_("Police custody is counted from here."),
    )  # fmt: skip
    police_unit: Mapped[str | None] = field(
        N_("Police unit where held"), group=CUSTODY, required=True, sample="អធិការដ្ឋាននគរបាលក្រុងសៀមរាប"
    )
    officer: Mapped[str | None] = field(N_("Officer in charge"), group=CUSTODY, sample="ស.ឯ. កែវ វិបុល")
    officer_phone: Mapped[str | None] = field(
        N_("Telephone of the officer"), kind=Kind.PHONE, group=CUSTODY, sample="012 555 017"
    )
    officer_trained: Mapped[Answer | None] = field(
        N_("Officer trained for children's cases?"), group=CUSTODY, sample=Answer.UNKNOWN
    )
    officer_same_sex: Mapped[Answer | None] = field(
        N_("Officer of the child's own sex?"), group=CUSTODY, sample=Answer.YES
    )
    prosecutor_told_at: Mapped[datetime | None] = field(
        N_("Prosecutor told at"), group=CUSTODY, sample=local(2026, 11, 22, 21, 0)
    )
    friendly_room: Mapped[RoomUse | None] = field(
        N_("Child-friendly room used?"), group=CUSTODY, sample=RoomUse.NONE_AVAILABLE
    )

    family_told: Mapped[Answer | None] = field(N_("Family told?"), group=FAMILY, required=True, sample=Answer.YES)
    family_told_who: Mapped[str | None] = field(
        N_("Who was told"), group=FAMILY, shown_when=family_was_told, sample="អ៊ុំ សុផល (ម្ដាយ)"
    )
    family_told_at: Mapped[datetime | None] = field(
        N_("Told at"), group=FAMILY, shown_when=family_was_told, sample=local(2026, 11, 22, 21, 10)
    )
    family_told_by: Mapped[str | None] = field(N_("Told by"), group=FAMILY, shown_when=family_was_told, sample="មេភូមិ")
    family_told_how: Mapped[Means | None] = field(
        N_("How"), group=FAMILY, shown_when=family_was_told, sample=Means.PHONE
    )

    agent_told: Mapped[Answer | None] = field(N_("Social agent told?"), group=AGENT, required=True, sample=Answer.YES)
    agent_name: Mapped[str | None] = field(
        N_("Name of the social agent"), group=AGENT, shown_when=agent_was_told, sample="ទេព បូរិន"
    )
    agent_told_at: Mapped[datetime | None] = field(
        N_("Told at"), group=AGENT, shown_when=agent_was_told, sample=local(2026, 11, 22, 21, 30)
    )
    agent_told_by: Mapped[str | None] = field(
        N_("Told by"), group=AGENT, shown_when=agent_was_told, sample="មន្ត្រីនគរបាល"
    )
    agent_told_how: Mapped[Means | None] = field(N_("How"), group=AGENT, shown_when=agent_was_told, sample=Means.PHONE)
    agent_came_at: Mapped[datetime | None] = field(
        N_("Social agent came at"), group=AGENT, shown_when=agent_was_told, sample=local(2026, 11, 23, 8, 30)
    )

    lawyer_requested: Mapped[Answer | None] = field(
        N_("Lawyer asked for?"), group=LAWYER, required=True, sample=Answer.YES
    )
    lawyer_requested_at: Mapped[datetime | None] = field(
        N_("Asked for at"), group=LAWYER, shown_when=lawyer_asked, sample=local(2026, 11, 22, 21, 40)
    )
    lawyer_requested_by: Mapped[str | None] = field(
        N_("Asked for by"), group=LAWYER, shown_when=lawyer_asked, sample="ម្ដាយ"
    )
    lawyer_requested_how: Mapped[Means | None] = field(
        N_("How"), group=LAWYER, shown_when=lawyer_asked, sample=Means.PHONE
    )
    lawyer_arrived_at: Mapped[datetime | None] = field(
        N_("Lawyer met the child at"), group=LAWYER, sample=local(2026, 11, 23, 9, 0),
        help=N_("The first meeting in person. Leave it empty while no lawyer has come."),
    )  # fmt: skip
    lawyer_name: Mapped[str | None] = field(
        N_("Name of the lawyer"), group=LAWYER, shown_when=lawyer_concerned, sample="លឹម ចន្ទតារា"
    )
    lawyer_organisation: Mapped[str | None] = field(
        N_("Organisation of the lawyer"), group=LAWYER, shown_when=lawyer_concerned, sample="ជំនួយផ្នែកច្បាប់"
    )
    lawyer_paid: Mapped[LawyerPaid | None] = field(
        N_("Cost of the lawyer"), group=LAWYER, shown_when=lawyer_concerned, sample=LawyerPaid.FREE
    )

    questioned: Mapped[Answer | None] = field(N_("Child questioned?"), group=QUESTIONS, sample=Answer.YES)
    questionings: Mapped[tuple[Questioning, ...]] = field(
        N_("Times of questioning"), rows=Questioning, group=QUESTIONS, shown_when=was_questioned,
        sample=(
            Questioning(
                started_at=local(2026, 11, 23, 9, 15), ended_at=local(2026, 11, 23, 10, 5), remark="សម្រាកម្តង ១០ នាទី"
            ),
        ),
    )  # fmt: skip
    present: Mapped[tuple[Present, ...]] = field(
        N_("Present at the questioning"), choices=Present, group=QUESTIONS, shown_when=was_questioned,
        sample=(Present.GUARDIAN, Present.LAWYER, Present.SOCIAL_AGENT),
    )  # fmt: skip
    rights_explained: Mapped[Answer | None] = field(
        N_("Rights explained?"), group=QUESTIONS, sample=Answer.YES,
        help=N_("To be silent, to have a lawyer and the parents, to see a doctor."),
    )  # fmt: skip
    explained: Mapped[Answer | None] = field(
        N_("Explained in words the child understood?"), group=QUESTIONS, sample=Answer.YES
    )
    interpreter: Mapped[Interpreter | None] = field(
        N_("Interpreter present?"), group=QUESTIONS, sample=Interpreter.NOT_NEEDED
    )
    thumbprint_unread: Mapped[Answer | None] = field(
        N_("Thumb-printed without reading?"), group=QUESTIONS, sample=Answer.NO,
        help=N_("A statement signed or thumb-printed that nobody had read aloud to the child."),
    )  # fmt: skip
    papers_given: Mapped[tuple[PaperGiven, ...]] = field(
        N_("Documents given to the child"), choices=PaperGiven, group=QUESTIONS, sample=(PaperGiven.STATEMENT,)
    )

    held_with_adults: Mapped[Answer | None] = field(N_("Held with adults?"), group=TREATMENT, sample=Answer.NO)
    food_water: Mapped[Answer | None] = field(N_("Food and water given?"), group=TREATMENT, sample=Answer.YES)
    medical_check: Mapped[Answer | None] = field(N_("Seen by a doctor?"), group=TREATMENT, sample=Answer.YES)
    medical_checked_at: Mapped[datetime | None] = field(
        N_("Seen by a doctor at"), group=TREATMENT, shown_when=was_examined, sample=local(2026, 11, 23, 10, 30)
    )
    medical_findings: Mapped[str | None] = field(
        N_("Findings of the doctor"), kind=Kind.TEXT, group=TREATMENT, restricted=True, shown_when=was_examined,
        sample="សុខភាពធម្មតា គ្មានរបួស",
    )  # fmt: skip
    injuries: Mapped[Answer | None] = field(N_("Injuries seen?"), group=TREATMENT, restricted=True, sample=Answer.NO)
    violence: Mapped[Answer | None] = field(
        N_("Violence reported?"), group=TREATMENT, restricted=True, sample=Answer.NO
    )
    violence_account: Mapped[str | None] = field(
        N_("What happened, by whom"), kind=Kind.TEXT, group=TREATMENT, restricted=True, shown_when=harm_reported,
        sample="កុមារប្រាប់ថា ត្រូវបានគេរុញនៅពេលចាប់ខ្លួន។",
    )  # fmt: skip
    complaint_wanted: Mapped[Answer | None] = field(
        N_("Does the child want to complain?"), group=TREATMENT, restricted=True, shown_when=harm_reported,
        sample=Answer.NO,
    )  # fmt: skip
    money_asked: Mapped[Answer | None] = field(
        N_("Money asked for?"), group=TREATMENT, restricted=True, sample=Answer.NO
    )
    money_amount: Mapped[int | None] = field(
        N_("Amount in riel"), kind=Kind.MONEY, group=TREATMENT, restricted=True, shown_when=money_was_asked,
        sample=200_000,
    )  # fmt: skip
    money_by: Mapped[str | None] = field(
        N_("Asked for by"), group=TREATMENT, restricted=True, shown_when=money_was_asked, sample="មិនស្គាល់ឈ្មោះ"
    )

    custody_ended_at: Mapped[datetime | None] = field(
        N_("Custody ended at"), group=END, required=True, sample=local(2026, 11, 23, 15, 0)
    )
    outcome: Mapped[PoliceOutcome | None] = field(
        N_("Outcome at the police"), group=END, required=True, sample=PoliceOutcome.PROSECUTOR
    )
    released_to: Mapped[str | None] = field(
        N_("Released to"), group=END, shown_when=released_to_somebody, sample="អ៊ុំ សុផល (ម្ដាយ)"
    )
    sent_to: Mapped[str | None] = field(
        N_("Sent to"), group=END, shown_when=sent_on, sample="អយ្យការអមសាលាដំបូងខេត្តសៀមរាប"
    )
    warning_given_by: Mapped[str | None] = field(
        N_("Warning given by"), group=END, shown_when=was_warned, sample="ស.ឯ. កែវ វិបុល"
    )
    undertaking: Mapped[str | None] = field(
        N_("Text of the undertaking"), kind=Kind.TEXT, group=END, shown_when=warned_in_writing,
        help=N_("Read it aloud to the child. It is no confession before a court."),
        sample="ខ្ញុំសន្យាថា មិនយករបស់អ្នកដទៃទៀតទេ ហើយនឹងទៅរៀនវិញ។",
    )  # fmt: skip
    undertaking_signed: Mapped[UndertakingSigned | None] = field(
        N_("Signed or thumb-printed by"), group=END, shown_when=warned_in_writing, sample=UndertakingSigned.BOTH
    )
    notes: Mapped[str | None] = field(N_("Notes"), kind=Kind.TEXT, group=END, sample="ម្ដាយបានមកដល់នៅព្រឹកបន្ទាប់។")


def _written_down(arrest: Arrest) -> datetime | None:
    """When an arrest without any time was written down, while nobody has said how it ended: so that it is not lost."""
    return arrest.created_at if arrest.custody_ended_at is None and arrest.outcome is None else None


_LONG_AFTER = timedelta(days=30)


def _is_history(arrest: Arrest) -> bool:
    """Whether it was written down long after, known to be over, and nobody knows when: no clock of it can be met."""
    began = arrest.arrived_at or arrest.arrested_at
    over = arrest.outcome is not None and arrest.custody_ended_at is None
    return over and began is not None and arrest.created_at is not None and arrest.created_at - began > _LONG_AFTER


def _arrived(arrest: Arrest) -> datetime | None:
    return None if _is_history(arrest) else arrest.arrived_at


def _arrested(arrest: Arrest) -> datetime | None:
    return None if _is_history(arrest) else arrest.arrested_at


def _arrested_or_written_down(arrest: Arrest) -> datetime | None:
    return _arrested(arrest) or _written_down(arrest)


def _arrived_or_written_down(arrest: Arrest) -> datetime | None:
    return _arrived(arrest) or _written_down(arrest)


def _lawyer_clock_ends(arrest: Arrest) -> datetime | None:
    """The lawyer's coming, or the child's going home, after which nobody hurries to the police station any more."""
    home = arrest.custody_ended_at if arrest.outcome in AT_LIBERTY else None
    return min((at for at in (arrest.lawyer_arrived_at, home) if at is not None), default=None)


def _lawyer_referred_came(_arrest: Arrest, records: Records) -> datetime | None:
    """The first meeting that a referral to legal help tells of."""
    return first_legal_meeting(records)


def _family_told_at(arrest: Arrest) -> datetime | None:
    return arrest.family_told_at if family_was_told(arrest) else None


def _agent_told_at(arrest: Arrest) -> datetime | None:
    return arrest.agent_told_at if agent_was_told(arrest) else None


_A_DAY = timedelta(days=1)  # a child may come when summoned, even with a lawyer, and be arrested there
_BEFORE_ARREST = N_("This would lie more than a day before the arrest.")
_FOLLOWS_ARREST = ("family_told_at", "agent_told_at", "agent_came_at", "lawyer_arrived_at", "medical_checked_at")


def _in_custody(arrest: Arrest) -> bool:
    return arrest.custody_ended_at is None and arrest.outcome is None


_LED_TO = {
    PoliceOutcome.PROSECUTOR: ProcessStage.PROSECUTOR,
    PoliceOutcome.CENTRE: ProcessStage.POLICE_CUSTODY,
    PoliceOutcome.UNKNOWN: ProcessStage.POLICE_CUSTODY,
}


def _moves(arrest: Arrest) -> list[Move]:
    began = arrest.arrived_at or arrest.arrested_at
    moves: list[Move] = [(began, ProcessStage.POLICE_CUSTODY)]
    if arrest.outcome is not None:
        moves.append((arrest.custody_ended_at or began, _LED_TO.get(arrest.outcome, ProcessStage.RELEASED)))
    return moves


ARREST_RECORD = RecordKind(
    key="arrest",
    record=Arrest,
    is_open=_in_custody,
    moves=_moves,
    clocks=(
        Clock(
            "police-custody", N_("End of police custody"), starts=_arrived,
            fallback=_arrested_or_written_down, ends=field_time("custody_ended_at"),
            told_in="custody_ended_at",
        ),
        Clock(
            "lawyer-24h", N_("Lawyer with the child"), starts=_arrested,
            fallback=_arrived_or_written_down, ends=_lawyer_clock_ends, stopped_by=_lawyer_referred_came,
            told_in="lawyer_arrived_at",
        ),
    ),
    events=(
        Event(field_time("arrested_at"), N_("Arrested")),
        Event(field_time("arrived_at"), N_("Arrived at the police unit")),
        Event(_family_told_at, N_("Family told")),
        Event(_agent_told_at, N_("Social agent told")),
        Event(field_time("lawyer_arrived_at"), N_("Lawyer met the child")),
        Event(field_time("custody_ended_at"), N_("Police custody ended")),
    ),
    orders=(
        Order(
            "arrested_at", "arrived_at",
            N_("The arrival at the police unit would lie more than a day before the arrest."), _A_DAY,
        ),
        Order("arrived_at", "custody_ended_at", N_("The end of custody would lie before its beginning.")),
        Order("arrested_at", "custody_ended_at", N_("The end of custody would lie before the arrest.")),
        *(Order("arrested_at", name, _BEFORE_ARREST, _A_DAY) for name in _FOLLOWS_ARREST),
    ),
    after_birth=("arrested_at", "arrived_at", "custody_ended_at"),
    happened=("arrested_at", "arrived_at", "custody_ended_at", *_FOLLOWS_ARREST),
)  # fmt: skip

ARREST = Stage("arrest", N_("Arrest and police custody"), (ARREST_RECORD,))
