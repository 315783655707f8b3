"""A court hearing: its date, and what an observer of it writes down."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.clock import local
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.case import ProcessStage
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind
from casemgr.records.pathway import court_answers as say
from casemgr.records.pathway.arrest_answers import Interpreter
from casemgr.records.pathway.court_answers import HearingOutcome, HearingStage
from casemgr.records.pathway.inquiry_answers import Followed
from casemgr.records.stage import (
    Clock,
    Event,
    Move,
    RecordKind,
    Records,
    day_of,
    field_time,
    no_time,
)

PLANNED = Group("planned", N_("Hearing planned"))
COURSE = Group("course", N_("What became of it"))
ROOM = Group("room", N_("Judge and public"), N_("Hearings of minors should be closed to the public."))
PEOPLE = Group("people", N_("Who stood by the child"))
FAIRNESS = Group("fairness", N_("Explained and heard"))
TREATMENT = Group(
    "treatment",
    N_("Detention and treatment"),
    N_("Ask in private. These answers are for named staff only where so marked."),
)
REPORT = Group("report", N_("Social inquiry report"))
RESULT = Group("result", N_("Result"))


def was_held(hearing: "Hearing") -> bool:
    """Whether the hearing took place."""
    return hearing.outcome is HearingOutcome.HELD or hearing.held_at is not None


def was_postponed(hearing: "Hearing") -> bool:
    """Whether the hearing was postponed."""
    return hearing.outcome is HearingOutcome.POSTPONED


def lawyer_was_there(hearing: "Hearing") -> bool:
    """Whether there was a lawyer to name."""
    return hearing.lawyer in (say.LawyerAtHearing.OWN, say.LawyerAtHearing.APPOINTED)


def torture_was_alleged(hearing: "Hearing") -> bool:
    """Whether somebody spoke of torture or ill-treatment."""
    return hearing.torture_alleged is Answer.YES


def report_was_there(hearing: "Hearing") -> bool:
    """Whether the court had the social inquiry report."""
    return hearing.report_before_court is Answer.YES


class Hearing(CaseRecord):
    """One hearing of a court, planned or over. Times are those of Phnom Penh."""

    __tablename__ = "hearing"
    title: ClassVar[str] = N_("Court hearing")

    court: Mapped[str | None] = field(N_("Court"), group=PLANNED, required=True, sample="សាលាដំបូងខេត្តសៀមរាប")
    chamber: Mapped[say.Chamber | None] = field(
        N_("Level of the court"), group=PLANNED, sample=say.Chamber.FIRST_INSTANCE
    )
    stage_of: Mapped[HearingStage | None] = field(
        N_("What the hearing is about"), group=PLANNED, sample=HearingStage.TRIAL
    )
    case_number: Mapped[str | None] = field(N_("Case number at the court"), group=PLANNED, sample="៤៥៦/២០២៦")
    planned_at: Mapped[datetime | None] = field(
        N_("Planned for"), group=PLANNED, required=True, sample=local(2026, 12, 10, 8, 30)
    )

    outcome: Mapped[HearingOutcome | None] = field(
        N_("Did it take place?"), group=COURSE, sample=HearingOutcome.HELD,
        help=N_("Leave it empty until the day has come."),
    )  # fmt: skip
    held_at: Mapped[datetime | None] = field(
        N_("Began at"), group=COURSE, shown_when=was_held, sample=local(2026, 12, 10, 9, 10)
    )
    postponed_why: Mapped[say.PostponedWhy | None] = field(
        N_("Why it was postponed"), group=COURSE, shown_when=was_postponed, sample=say.PostponedWhy.LAWYER
    )
    postponed_remark: Mapped[str | None] = field(
        N_("Remark on the postponement"), group=COURSE, shown_when=was_postponed, sample="មេធាវីជាប់សវនាការមួយទៀត"
    )
    next_at: Mapped[datetime | None] = field(
        N_("New date"), group=COURSE, shown_when=was_postponed, sample=local(2026, 12, 17, 8, 30),
        help=N_("The new hearing gets a record of its own."),
    )  # fmt: skip

    judge: Mapped[str | None] = field(N_("Name of the judge"), group=ROOM, shown_when=was_held, sample="ចៅក្រម មាស សុវណ្ណ")
    judge_trained: Mapped[Answer | None] = field(
        N_("Trained in children's cases?"), group=ROOM, shown_when=was_held, sample=Answer.UNKNOWN,
        help=N_("Trained for cases of children, or handling nothing else."),
    )  # fmt: skip
    openness: Mapped[say.Openness | None] = field(
        N_("Open or closed to the public"), group=ROOM, required=True, shown_when=was_held, sample=say.Openness.CLOSED
    )
    screen: Mapped[say.ScreenUse | None] = field(
        N_("Screen between child and others"), group=ROOM, shown_when=was_held, sample=say.ScreenUse.NONE_THERE,
        help=N_("A screen, or a camera from another room."),
    )  # fmt: skip
    identity_shielded: Mapped[Answer | None] = field(
        N_("Was the child's identity protected?"), group=ROOM, shown_when=was_held, sample=Answer.YES,
        help=N_("Neither name, face nor address was made public."),
    )  # fmt: skip
    judgment_public: Mapped[Answer | None] = field(
        N_("Judgment announced in public?"), group=ROOM, shown_when=was_held, sample=Answer.NO
    )

    lawyer: Mapped[say.LawyerAtHearing | None] = field(
        N_("Lawyer at the hearing"), group=PEOPLE, required=True, shown_when=was_held, sample=say.LawyerAtHearing.OWN
    )
    lawyer_name: Mapped[str | None] = field(
        N_("Name of the lawyer"), group=PEOPLE, shown_when=lawyer_was_there, sample="លឹម ចន្ទតារា"
    )
    guardian_present: Mapped[Answer | None] = field(
        N_("Parent or guardian present?"), group=PEOPLE, shown_when=was_held, sample=Answer.YES
    )
    agent_present: Mapped[Answer | None] = field(
        N_("Social agent present?"), group=PEOPLE, shown_when=was_held, sample=Answer.YES
    )
    our_staff_present: Mapped[Answer | None] = field(
        N_("Our staff present?"), group=PEOPLE, shown_when=was_held, sample=Answer.YES
    )
    interpreter: Mapped[Interpreter | None] = field(
        N_("Interpreter present?"), group=PEOPLE, shown_when=was_held, sample=Interpreter.NOT_NEEDED
    )

    charge_explained: Mapped[Answer | None] = field(
        N_("Charge explained to the child?"), group=FAIRNESS, shown_when=was_held, sample=Answer.YES
    )
    rights_explained: Mapped[Answer | None] = field(
        N_("Rights explained?"), group=FAIRNESS, shown_when=was_held, sample=Answer.YES
    )
    child_heard: Mapped[Answer | None] = field(
        N_("Could the child speak?"), group=FAIRNESS, shown_when=was_held, sample=Answer.YES
    )
    understood: Mapped[Answer | None] = field(
        N_("Did the child understand what happened?"), group=FAIRNESS, shown_when=was_held, sample=Answer.YES,
        help=N_("Ask the child afterwards, in private."),
    )  # fmt: skip
    evidence: Mapped[str | None] = field(
        N_("Evidence before the court"), kind=Kind.TEXT, group=FAIRNESS, shown_when=was_held,
        sample="កំណត់ហេតុនគរបាល និងសក្ខីកម្មរបស់ម្ចាស់ទូរស័ព្ទ។",
    )  # fmt: skip

    held_before: Mapped[say.HeldBefore | None] = field(
        N_("From where the child came"), group=TREATMENT, shown_when=was_held, sample=say.HeldBefore.PRETRIAL
    )
    torture_alleged: Mapped[Answer | None] = field(
        N_("Torture or ill-treatment alleged?"), group=TREATMENT, restricted=True, shown_when=was_held,
        sample=Answer.NO,
    )  # fmt: skip
    torture_account: Mapped[str | None] = field(
        N_("What was alleged, what the court did"), kind=Kind.TEXT, group=TREATMENT, restricted=True,
        shown_when=torture_was_alleged, sample="កុមារប្រាប់តុលាការថា ត្រូវបានគេរុញនៅពេលចាប់ខ្លួន។",
    )  # fmt: skip

    report_before_court: Mapped[Answer | None] = field(
        N_("Was the report before the court?"), group=REPORT, shown_when=was_held, sample=Answer.YES
    )
    followed: Mapped[Followed | None] = field(
        N_("Recommendation followed?"), group=REPORT, shown_when=report_was_there, sample=Followed.FULLY
    )

    result: Mapped[str | None] = field(
        N_("What was decided"), kind=Kind.TEXT, group=RESULT, shown_when=was_held,
        sample="តុលាការបានស្ដាប់កុមារ និងព្រះរាជអាជ្ញាស្នើវិធានការបង្វែរ។",
    )  # fmt: skip
    notes: Mapped[str | None] = field(N_("Notes"), kind=Kind.TEXT, group=RESULT, sample="កុមារភ័យ តែបានឆ្លើយសំណួរទាំងអស់។")


def _planned_at(hearing: Hearing) -> datetime | None:
    """When it is or was to be, while nothing else is known of it."""
    return None if was_held(hearing) or hearing.outcome in _NOT_HELD else hearing.planned_at


def _held_at(hearing: Hearing) -> datetime | None:
    return (hearing.held_at or hearing.planned_at) if was_held(hearing) else None


def _postponed_at(hearing: Hearing) -> datetime | None:
    return hearing.planned_at if was_postponed(hearing) else None


def _cancelled_at(hearing: Hearing) -> datetime | None:
    return hearing.planned_at if hearing.outcome is HearingOutcome.CANCELLED else None


def _clock_ends(hearing: Hearing) -> datetime | None:
    """When it was held; a hearing that will not be held is over at its own hour, so that nobody waits for it.

    Of one whose outcome is unknown the worker still has to hear.
    """
    return _held_at(hearing) or (hearing.planned_at if hearing.outcome in _NOT_HELD else None)


def _new_date(hearing: Hearing) -> datetime | None:
    return hearing.next_at if was_postponed(hearing) else None


def _taken_over(hearing: Hearing, records: Records) -> datetime | None:
    """The new date itself, once a hearing of that day has a record: from then on that record's own clock runs."""
    new_date = _new_date(hearing)
    if new_date is None:
        return None
    others = (record for record in records if isinstance(record, Hearing) and record.id != hearing.id)
    written = any(other.planned_at is not None and day_of(other.planned_at) == day_of(new_date) for other in others)
    return new_date if written else None


def _is_awaited(hearing: Hearing) -> bool:
    return hearing.outcome is None


def _moves(hearing: Hearing) -> list[Move]:
    held_at = _held_at(hearing)
    stage = _LED_TO.get(hearing.stage_of) if hearing.stage_of is not None else None
    return [] if held_at is None or stage is None else [(held_at, stage)]


_NOT_HELD = (HearingOutcome.POSTPONED, HearingOutcome.CANCELLED)
_LED_TO = {
    HearingStage.INVESTIGATION: ProcessStage.INVESTIGATION,
    HearingStage.TRIAL: ProcessStage.TRIAL,
    HearingStage.APPEAL: ProcessStage.APPEAL,
    HearingStage.SUPREME: ProcessStage.SUPREME_COURT,
}

HEARING_RECORD = RecordKind(
    key="hearing",
    record=Hearing,
    after=("decision", "detention"),
    is_open=_is_awaited,
    moves=_moves,
    clocks=(
        Clock(
            "hearing", N_("Court hearing"), starts=no_time, due=field_time("planned_at"), ends=_clock_ends,
            told_in="outcome",
        ),
        Clock(
            "hearing-postponed", N_("Court hearing, new date"), starts=field_time("planned_at"), due=_new_date,
            ends=no_time, stopped_by=_taken_over,
        ),
    ),
    events=(
        Event(_planned_at, N_("Court hearing planned")),
        Event(_held_at, N_("Court hearing held")),
        Event(_postponed_at, N_("Court hearing postponed")),
        Event(_cancelled_at, N_("Court hearing cancelled")),
    ),
    after_birth=("planned_at", "held_at"),
    happened=("held_at",),
)  # fmt: skip
