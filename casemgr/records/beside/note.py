"""Notes: each visit, call or message of a case, what was explained to the child, and when to look again."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.clock import local
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind, Rating
from casemgr.records.pathway.inquiry_answers import Contact as ContactWay
from casemgr.records.stage import Clock, Event, Order, RecordKind, Stage, field_time

CONTACT = Group("contact", N_("Visit or call"))
TOLD = Group("told", N_("Explained to the child"))
AGAIN = Group("again", N_("Next time"))


def explained(note: "Note") -> bool:
    """Whether something was explained to the child."""
    return note.explained_to_child is Answer.YES


def check_planned(note: "Note") -> bool:
    """Whether somebody means to look again."""
    return note.next_on is not None


class Note(CaseRecord):
    """What a worker did or heard at one moment. Times are those of Phnom Penh."""

    __tablename__ = "note"
    title: ClassVar[str] = N_("Note")

    happened_at: Mapped[datetime | None] = field(
        N_("When it happened"), group=CONTACT, required=True, sample=local(2026, 11, 25, 14, 0)
    )
    way: Mapped[ContactWay | None] = field(N_("Where or how"), group=CONTACT, sample=ContactWay.HOME)
    with_whom: Mapped[str | None] = field(N_("With whom"), group=CONTACT, sample="អ៊ុំ សុផល និងមេភូមិ")
    text: Mapped[str | None] = field(
        N_("What was said and done"), kind=Kind.TEXT, group=CONTACT, required=True,
        sample="បានជួបម្តាយនៅផ្ទះ។ គាត់ព្រមទទួលចាន់ ដារ៉ាមកផ្ទះវិញ ហើយនឹងចូលរួមសវនាការ។",
    )  # fmt: skip
    private: Mapped[str | None] = field(
        N_("For named staff only"), kind=Kind.TEXT, group=CONTACT, restricted=True,
        sample="ម្តាយប្រាប់ថា មានមនុស្សមិនស្គាល់មុខមកសុំប្រាក់នៅផ្ទះ។",
    )  # fmt: skip

    explained_to_child: Mapped[Answer | None] = field(
        N_("Something explained to the child?"), group=TOLD, sample=Answer.YES
    )
    explained_what: Mapped[str | None] = field(
        N_("What was explained"), group=TOLD, shown_when=explained, sample="សវនាការជាអ្វី និងអ្នកណានឹងនៅទីនោះ"
    )
    understood: Mapped[Rating | None] = field(
        N_("How well the child understood"), group=TOLD, shown_when=explained, sample=Rating.GOOD,
        help=N_("Let the child say it in own words."),
    )  # fmt: skip

    next_on: Mapped[date | None] = field(N_("Check in again on"), group=AGAIN, sample=date(2026, 12, 3))
    next_what: Mapped[str | None] = field(
        N_("What to look at then"), group=AGAIN, shown_when=check_planned, sample="សួរថាម្តាយបានទទួលដីកាកោះឬនៅ"
    )
    checked_on: Mapped[date | None] = field(
        N_("Checked on"), group=AGAIN, shown_when=check_planned, sample=date(2026, 12, 3)
    )


def _awaits_check(note: Note) -> bool:
    return note.next_on is not None and note.checked_on is None


NOTE_RECORD = RecordKind(
    key="note",
    record=Note,
    is_open=_awaits_check,
    clocks=(
        Clock(
            "check-in", N_("Check in again"), starts=field_time("happened_at"), due=field_time("next_on"),
            ends=field_time("checked_on"), told_in="checked_on",
        ),
    ),
    events=(Event(field_time("happened_at"), N_("Visit, call or note")),),
    orders=(
        Order("happened_at", "next_on", N_("The next check would lie before this visit or call.")),
        Order("happened_at", "checked_on", N_("The check would lie before this visit or call.")),
    ),
    after_birth=("happened_at",),
    happened=("happened_at", "checked_on"),
)  # fmt: skip

NOTES = Stage("notes", N_("Notes"), (NOTE_RECORD,))
