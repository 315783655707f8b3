"""Follow-up: how a child fares after its release or order, and whether there is new contact with the law.

The law knows no recidivism of minors (Penal Code, article 163), so what is written here is new contact alone.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.case import OffenceCategory
from casemgr.records.child import LivingWith, SchoolStatus
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind
from casemgr.records.pathway.follow_up_answers import (
    ENDS_FOLLOW_UP,
    UNANSWERED,
    Confirmation,
    ContactLevel,
    ContactSource,
    FollowUpHow,
    FollowUpStatus,
    Reached,
    WorkNow,
)
from casemgr.records.pathway.follow_up_change import FOLLOW_UP_CHANGE_RECORD, changes_of_schedule
from casemgr.records.pathway.inquiry_answers import Need
from casemgr.records.stage import Clock, Event, Order, RecordKind, Records, Stage, Time, day_of, field_time, no_time

CONTACT = Group("contact", N_("The follow-up"))
LIFE = Group("life", N_("School, work and home"))
NEW_CONTACT = Group(
    "new-contact", N_("New contact with the law"),
    N_("A child that was not reached is unknown, never “No”."),
)  # fmt: skip
NEXT = Group("next", N_("What comes next"))


def not_reached(follow_up: "FollowUp") -> bool:
    """Whether nobody was reached."""
    return follow_up.status in UNANSWERED or follow_up.reached is Reached.NOBODY


def has_moved(follow_up: "FollowUp") -> bool:
    """Whether the child moved within the country."""
    return follow_up.status is FollowUpStatus.MOVED


def has_gone(follow_up: "FollowUp") -> bool:
    """Whether the child moved, within the country or out of it."""
    return follow_up.status in (FollowUpStatus.MOVED, FollowUpStatus.ABROAD)


def has_new_contact(follow_up: "FollowUp") -> bool:
    """Whether there was new contact with the law."""
    return follow_up.new_contact is Answer.YES


class FollowUp(CaseRecord):
    """One follow-up of a child: a visit, a call, or the attempt."""

    __tablename__ = "follow_up"
    title: ClassVar[str] = N_("Follow-up")

    done_on: Mapped[date | None] = field(N_("Followed up on"), group=CONTACT, required=True, sample=date(2026, 12, 17))
    how: Mapped[FollowUpHow | None] = field(N_("How"), group=CONTACT, sample=FollowUpHow.HOME)
    reached: Mapped[Reached | None] = field(N_("Who was reached"), group=CONTACT, sample=Reached.CHILD)
    status: Mapped[FollowUpStatus | None] = field(
        N_("What was found"), group=CONTACT, required=True, sample=FollowUpStatus.WELL
    )
    tries: Mapped[int | None] = field(
        N_("How many tries so far"), group=CONTACT, shown_when=not_reached, sample=2,
        help=N_("After three tries ask the village chief before you write “Lost”."),
    )  # fmt: skip
    moved_to_code: Mapped[str | None] = field(
        N_("Moved to"), kind=Kind.PLACE, group=CONTACT, shown_when=has_moved, sample="120301"
    )
    moved_to_text: Mapped[str | None] = field(
        N_("Address or country in words"), group=CONTACT, shown_when=has_gone, sample="បន្ទប់ជួលក្បែរផ្សារ"
    )

    schooling: Mapped[SchoolStatus | None] = field(N_("School now"), group=LIFE, sample=SchoolStatus.LEFT)
    work: Mapped[WorkNow | None] = field(N_("Work now"), group=LIFE, sample=WorkNow.FAMILY)
    living_with: Mapped[LivingWith | None] = field(N_("Lives with"), group=LIFE, sample=LivingWith.MOTHER)
    needs: Mapped[tuple[Need, ...]] = field(
        N_("Needs"), choices=Need, group=LIFE, sample=(Need.TRAINING, Need.PSYCHOLOGICAL)
    )
    needs_text: Mapped[str | None] = field(
        N_("What is needed"), kind=Kind.TEXT, group=LIFE, sample="ត្រូវការកង់សម្រាប់ទៅរៀនជំនាញ។"
    )

    new_contact: Mapped[Answer | None] = field(
        N_("New contact with the law?"), group=NEW_CONTACT, required=True, sample=Answer.NO,
        help=N_("Police, court or prison because of a new offence. Breaking the plan alone is none."),
    )  # fmt: skip
    source: Mapped[ContactSource | None] = field(N_("Who says so"), group=NEW_CONTACT, sample=ContactSource.CHILD)
    level: Mapped[ContactLevel | None] = field(
        N_("How far it went"), group=NEW_CONTACT, required=True, shown_when=has_new_contact, sample=ContactLevel.R1
    )
    offence_category: Mapped[OffenceCategory | None] = field(
        N_("Kind of offence"), group=NEW_CONTACT, shown_when=has_new_contact, sample=OffenceCategory.VIOLENCE_MINOR
    )
    offence_on: Mapped[PartialDate | None] = field(
        N_("Date of the new offence"), group=NEW_CONTACT, required=True, shown_when=has_new_contact,
        sample=PartialDate.of(2026, 12, 14),
        help=N_("An offence before the release or the order is not reoffending, whenever the police came."),
    )  # fmt: skip
    contact_on: Mapped[date | None] = field(
        N_("Date of the new contact"), group=NEW_CONTACT, shown_when=has_new_contact, sample=date(2026, 12, 15),
        help=N_("It stands in for the date of the offence where that is not known."),
    )  # fmt: skip
    confirmed: Mapped[Confirmation | None] = field(
        N_("What confirms it"), group=NEW_CONTACT, shown_when=has_new_contact, sample=Confirmation.NOT_CONFIRMED,
        help=N_("Police, court and the prison list are official sources."),
    )  # fmt: skip
    in_custody: Mapped[Answer | None] = field(N_("In custody now?"), group=NEW_CONTACT, sample=Answer.NO)

    next_on: Mapped[date | None] = field(N_("Next contact agreed for"), group=NEXT, sample=date(2027, 1, 10))
    notes: Mapped[str | None] = field(
        N_("Notes"), kind=Kind.TEXT, group=NEXT, sample="កុមារសប្បាយចិត្ត ហើយជួយម្ដាយលក់បន្លែរៀងរាល់ព្រឹក។"
    )


def answered_days(records: Iterable[CaseRecord]) -> tuple[date, ...]:
    """Return the days on which a follow-up of this case found something out, in order.

    One that reached nobody, has a wrong number or does not say what was found answers nothing.
    """
    follow_ups = (record for record in records if isinstance(record, FollowUp))
    found = (each.done_on for each in follow_ups if each.status is not None and each.status not in UNANSWERED)
    return tuple(sorted(day for day in found if day is not None))


def schedule_from(starts: Callable[[Any], Time | None]) -> Clock:
    """Return the clock of the follow-ups that a release or the end of a measure starts.

    starts: when a record does so. Each row of the rule is a follow-up of its own; in a case the latest start counts.
    """

    def over_since(record: CaseRecord, records: Records) -> date | None:
        """The first follow-up since the start that found the child out of reach for good."""
        began = starts(record)
        over = (each.done_on for each in records if isinstance(each, FollowUp) and each.status in ENDS_FOLLOW_UP)
        return min((day for day in over if day is not None and began and day >= day_of(began)), default=None)

    return Clock(
        "follow-up", N_("Follow-up"), starts=starts, ends=no_time, stopped_by=over_since, newest=True,
        answered_by=answered_days, moved_by=changes_of_schedule, stage="follow-up",
    )  # fmt: skip


def _followed_again(follow_up: FollowUp, records: Records) -> date | None:
    """The first follow-up after this one."""
    if follow_up.done_on is None:
        return None
    days = (record.done_on for record in records if isinstance(record, FollowUp))
    return min((day for day in days if day is not None and day > follow_up.done_on), default=None)


def _new_contact_on(follow_up: FollowUp) -> date | None:
    return follow_up.contact_on if has_new_contact(follow_up) else None


FOLLOW_UP_RECORD = RecordKind(
    key="follow-up",
    record=FollowUp,
    clocks=(
        Clock(
            "follow-up-agreed", N_("Follow-up agreed with the child"), starts=field_time("done_on"),
            due=field_time("next_on"), stopped_by=_followed_again, ends=no_time,
        ),
    ),
    events=(
        Event(field_time("done_on"), N_("Followed up")),
        Event(_new_contact_on, N_("New contact with the law")),
    ),
    orders=(
        Order("contact_on", "done_on", N_("The new contact would lie after this follow-up.")),
        Order("done_on", "next_on", N_("The next contact would lie before this follow-up.")),
    ),
    after_birth=("done_on", "contact_on"),
    happened=("done_on", "contact_on"),
)  # fmt: skip

FOLLOW_UP = Stage("follow-up", N_("Follow-up"), (FOLLOW_UP_RECORD, FOLLOW_UP_CHANGE_RECORD))
