"""Case conferences: who met about a child, what was talked over, and who does what by when."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.clock import local
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Choice, Group, Kind, Row, cell
from casemgr.records.stage import Clock, Event, Order, RecordKind, Records, Stage, field_time, no_time

MEETING = Group("meeting", N_("Meeting"))
CHILD = Group("child", N_("Child and family"))
TALK = Group("talk", N_("Talked over and decided"))
NEXT = Group("next", N_("Next meeting"))


class ConferencePurpose(Choice):
    """Why people meet about a child."""

    DANGER = "danger", N_("Danger for the child")
    LEGAL = "legal", N_("Lawyer, hearing or report")
    DIVERSION = "diversion", N_("Diversion or its plan")
    RELEASE = "release", N_("Release from detention")
    REINTEGRATION = "reintegration", N_("Reintegration plan")
    SERVICES = "services", N_("Services for child or family")
    REVIEW = "review", N_("Review of the case")
    CLOSURE = "closure", N_("Closing of the case")
    OTHER = "other", N_("Other")


class Participant(Row):
    """Who was there."""

    name: str | None = cell(N_("Name"))
    function: str | None = cell(N_("Function"))
    organisation: str | None = cell(N_("Organisation"))


class MeetingDecision(Row):
    """Something that was decided. owner: who does it; done_on: None while it is not done."""

    what: str | None = cell(N_("Decision"), kind=Kind.TEXT)
    owner: str | None = cell(N_("Who does it"))
    due_on: date | None = cell(N_("To be done by"))
    done_on: date | None = cell(N_("Done on"))


def child_was_asked(conference: "Conference") -> bool:
    """Whether the child was asked, there or before."""
    return conference.child_asked is Answer.YES


class Conference(CaseRecord):
    """A meeting of those who work with a child. Times are those of Phnom Penh."""

    __tablename__ = "case_conference"
    title: ClassVar[str] = N_("Case conference")

    held_at: Mapped[datetime | None] = field(
        N_("When it was held"), group=MEETING, required=True, sample=local(2026, 11, 27, 14, 0)
    )
    place: Mapped[str | None] = field(N_("Where it was held"), group=MEETING, sample="ការិយាល័យ ស.អ.យ ក្រុងសៀមរាប")
    purpose: Mapped[ConferencePurpose | None] = field(
        N_("Purpose of the meeting"), group=MEETING, required=True, sample=ConferencePurpose.LEGAL
    )
    chaired_by: Mapped[str | None] = field(N_("Led by"), group=MEETING, sample="ទេព បូរិន")
    present: Mapped[tuple[Participant, ...]] = field(
        N_("People present"), rows=Participant, group=MEETING, required=True,
        sample=(
            Participant(name="ទេព បូរិន", function="ភ្នាក់ងារសង្គម", organisation="ការិយាល័យ ស.អ.យ ក្រុងសៀមរាប"),
            Participant(name="លឹម ចន្ទតារា", function="មេធាវី", organisation="ជំនួយផ្នែកច្បាប់"),
            Participant(name="អ៊ុំ សុផល", function="ម្តាយ", organisation=None),
            Participant(name="ចាន់ ស្រីនិច", function="អ្នកកាន់ករណី", organisation=None),
        ),
    )  # fmt: skip

    child_asked: Mapped[Answer | None] = field(
        N_("Was the child asked?"), group=CHILD, sample=Answer.YES, help=N_("In the meeting, or before it.")
    )
    child_view: Mapped[str | None] = field(
        N_("The child's view"), kind=Kind.TEXT, group=CHILD, shown_when=child_was_asked,
        sample="«ខ្ញុំចង់ទៅផ្ទះ ហើយរៀនជួសជុលម៉ូតូ។»",
    )  # fmt: skip
    family_view: Mapped[str | None] = field(
        N_("View of the parent or guardian"), kind=Kind.TEXT, group=CHILD, sample="ម្តាយព្រមទទួលកុមារ និងមើលខុសត្រូវ។"
    )

    discussed: Mapped[str | None] = field(
        N_("What was talked over"), kind=Kind.TEXT, group=TALK, required=True,
        sample="របាយការណ៍អង្កេតសង្គមត្រូវរួចមុនសវនាការ។ គ្រួសារត្រូវការមធ្យោបាយធ្វើដំណើរទៅតុលាការ។",
    )  # fmt: skip
    decisions: Mapped[tuple[MeetingDecision, ...]] = field(
        N_("Decisions"), rows=MeetingDecision, group=TALK,
        sample=(
            MeetingDecision(
                what="បញ្ចប់របាយការណ៍អង្កេតសង្គម", owner="ចាន់ ស្រីនិច", due_on=date(2026, 12, 2), done_on=date(2026, 12, 2)
            ),
            MeetingDecision(
                what="រៀបចំមធ្យោបាយធ្វើដំណើរឱ្យម្តាយទៅសវនាការ", owner="ទេព បូរិន", due_on=date(2026, 12, 9),
                done_on=date(2026, 12, 8),
            ),
        ),
    )  # fmt: skip

    next_at: Mapped[datetime | None] = field(
        N_("Next meeting planned for"), group=NEXT, sample=local(2026, 12, 14, 14, 0)
    )
    notes: Mapped[str | None] = field(N_("Notes"), kind=Kind.TEXT, group=NEXT, sample="អ្នកចូលរួមទាំងអស់ព្រមរក្សាការសម្ងាត់។")


def _is_undone(decision: MeetingDecision) -> bool:
    return decision.done_on is None and (decision.what, decision.due_on) != (None, None)


def _next_due(conference: Conference) -> date | None:
    """The earliest day by which something decided is to be done and is not."""
    due = (decision.due_on for decision in conference.decisions if _is_undone(decision))
    return min((day for day in due if day is not None), default=None)


def _met_again(conference: Conference, records: Records) -> datetime | None:
    """When people met again after this meeting."""
    held_at = conference.held_at
    met = [record.held_at for record in records if isinstance(record, Conference) and record.id != conference.id]
    return min((at for at in met if at is not None and held_at is not None and at > held_at), default=None)


def has_undone(conference: Conference) -> bool:
    """Whether something that was decided is not done yet."""
    return any(_is_undone(decision) for decision in conference.decisions)


CONFERENCE_RECORD = RecordKind(
    key="case-conference",
    record=Conference,
    is_open=has_undone,
    clocks=(
        Clock(
            "conference-decision", N_("Decision of a case conference"), starts=field_time("held_at"), due=_next_due,
            ends=no_time,
        ),
        Clock(
            "next-conference", N_("Next case conference"), starts=field_time("held_at"), due=field_time("next_at"),
            ends=no_time, stopped_by=_met_again,
        ),
    ),
    events=(Event(field_time("held_at"), N_("Case conference")),),
    orders=(Order("held_at", "next_at", N_("The next meeting would lie before this one.")),),
    after_birth=("held_at",),
    happened=("held_at",),
)  # fmt: skip

CONFERENCES = Stage("conferences", N_("Case conferences"), (CONFERENCE_RECORD,))
