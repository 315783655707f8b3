"""What was changed in the schedule of follow-ups: a date that was moved, or left out, and why."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.columns import field
from casemgr.records.fields import Choice, Group, Kind
from casemgr.records.stage import Event, RecordKind, field_time


class SchedulePoint(Choice):
    """A date of the schedule; the code is the end of the key of its row in the table of limits."""

    WEEK_1 = "1-week", N_("After 1 week")
    MONTH_1 = "1-month", N_("After 1 month")
    MONTHS_3 = "3-months", N_("After 3 months")
    MONTHS_6 = "6-months", N_("After 6 months")
    MONTHS_12 = "12-months", N_("After 12 months")
    MONTHS_24 = "24-months", N_("After 24 months")
    MONTHS_36 = "36-months", N_("After 36 months")


class ScheduleDeed(Choice):
    """What was done with a date of the schedule."""

    MOVED = "moved", N_("Moved to another date")
    SKIPPED = "skipped", N_("Left out")


CHANGE = Group("change", N_("Change of the schedule"))


def is_moved(change: "FollowUpChange") -> bool:
    """Whether the follow-up takes place on another date."""
    return change.deed is ScheduleDeed.MOVED


class FollowUpChange(CaseRecord):
    """One date of the schedule that was moved or left out; of several for one date the latest counts."""

    __tablename__ = "follow_up_change"
    title: ClassVar[str] = N_("Change of the follow-up schedule")

    point: Mapped[SchedulePoint | None] = field(
        N_("Which follow-up"), group=CHANGE, required=True, sample=SchedulePoint.MONTH_1
    )
    deed: Mapped[ScheduleDeed | None] = field(
        N_("What is done with it"), group=CHANGE, required=True, sample=ScheduleDeed.MOVED
    )
    new_on: Mapped[date | None] = field(
        N_("New date"), group=CHANGE, required=True, shown_when=is_moved, sample=date(2027, 1, 20)
    )
    reason: Mapped[str | None] = field(
        N_("Reason"), kind=Kind.TEXT, group=CHANGE, required=True, sample="គ្រួសារទៅច្រូតស្រូវនៅខេត្តផ្សេង រហូតដល់ចុងខែ។"
    )
    changed_on: Mapped[date | None] = field(N_("Changed on"), group=CHANGE, sample=date(2026, 12, 20))


def changes_of_schedule(records: Iterable[CaseRecord]) -> dict[str, date | None]:
    """Return the new date of each date of the schedule that was changed, None where it is left out, by its key.

    Of several changes of one date that with the later day counts, then the later new date, then leaving out.
    """
    changes = [
        (each.changed_on or date.min, each.new_on or date.min, each.deed is ScheduleDeed.SKIPPED, each)
        for each in records
        if isinstance(each, FollowUpChange) and each.point is not None
        and (each.deed is ScheduleDeed.SKIPPED or (is_moved(each) and each.new_on is not None))
    ]  # fmt: skip
    return {
        each.point.value: None if skipped else each.new_on
        for *_, skipped, each in sorted(changes, key=lambda change: change[:3])
        if each.point is not None
    }


FOLLOW_UP_CHANGE_RECORD = RecordKind(
    key="follow-up-change",
    record=FollowUpChange,
    events=(Event(field_time("changed_on"), N_("Schedule of follow-ups changed")),),
    happened=("changed_on",),
)
