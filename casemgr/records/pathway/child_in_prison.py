"""A young child who lives in prison with its mother."""

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.child import Sex
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind, Rating
from casemgr.records.pathway.detention_answers import DetentionBasis, Subsidy
from casemgr.records.stage import Clock, Event, Order, RecordKind, field_time

MOTHER = Group("mother", N_("The mother"))
CHILD = Group("child", N_("The child in prison"))
CARE = Group("care", N_("Care in prison"), N_("Rate 1 weak to 4 very good. What is rated 1 or 2 needs an action."))
LEAVING = Group(
    "leaving",
    N_("Leaving the prison"),
    N_("A child is said to be allowed to stay until the age of 3 (Prison Law 2011)."),
)


class ChildInPrison(CaseRecord):
    """A child living in prison with its mother. The mother may be the child of the case, or the child its mother's."""

    __tablename__ = "child_in_prison"
    __table_args__ = (
        sa.Index(
            "child_in_prison_held", "case_id",
            sqlite_where=sa.and_(sa.column("left_on").is_(None), sa.column("entered_on").is_not(None)),
        ),
    )  # fmt: skip
    title: ClassVar[str] = N_("Child living in prison with its mother")

    mother_name: Mapped[str | None] = field(N_("Name of the mother"), group=MOTHER, required=True, sample="សុខ ម៉ាលី")
    mother_basis: Mapped[DetentionBasis | None] = field(
        N_("Ground of the mother's detention"), group=MOTHER, sample=DetentionBasis.SENTENCED
    )
    facility: Mapped[str | None] = field(N_("Prison"), group=MOTHER, required=True, sample="ពន្ធនាគារខេត្តសៀមរាប")
    mother_release_on: Mapped[date | None] = field(
        N_("The mother's release expected on"), group=MOTHER, sample=date(2027, 8, 15)
    )

    child_name: Mapped[str | None] = field(N_("Name of the child"), group=CHILD, sample="សុខ ចាន់ធូ")
    child_born: Mapped[date | None] = field(
        N_("Child born on"), group=CHILD, required=True, sample=date(2025, 2, 9),
        help=N_("The age until which the child may stay is counted from here."),
    )  # fmt: skip
    sex: Mapped[Sex | None] = field(N_("Sex"), group=CHILD, sample=Sex.FEMALE)
    entered_on: Mapped[date | None] = field(
        N_("In prison since"), group=CHILD, required=True, sample=date(2026, 5, 20),
        help=N_("For a child born in prison, the day of the birth."),
    )  # fmt: skip
    birth_registered: Mapped[Answer | None] = field(
        N_("Birth registered?"), group=CHILD, required=True, sample=Answer.NO
    )
    vaccinated: Mapped[Answer | None] = field(N_("Vaccinations up to date?"), group=CHILD, sample=Answer.YES)

    food: Mapped[Rating | None] = field(N_("Food"), group=CARE, sample=Rating.MEDIUM)
    health: Mapped[str | None] = field(N_("Health"), kind=Kind.TEXT, group=CARE, sample="សុខភាពធម្មតា ទម្ងន់តិចបន្តិច")
    day_care: Mapped[Answer | None] = field(N_("Goes to day care or school?"), group=CARE, sample=Answer.NO)
    subsidy: Mapped[Subsidy | None] = field(
        N_("Cash subsidy of the State"), group=CARE, sample=Subsidy.NOT_ASKED_FOR,
        help=N_("Cash for pregnant women and children under 2 in prison, by a sub-decree of June 2025; text not read."),
    )  # fmt: skip

    plan_at_limit: Mapped[str | None] = field(
        N_("Plan for when the child must leave"), kind=Kind.TEXT, group=LEAVING, required=True,
        sample="ជីដូនព្រមទទួលកុមារ ហើយនឹងនាំមកសួរសុខទុក្ខម្ដាយម្តងក្នុងមួយខែ។",
    )  # fmt: skip
    carer_outside: Mapped[str | None] = field(N_("Carer outside"), group=LEAVING, sample="ជីដូន នៅភូមិវត្តបូព៌ ០១២ ៥៥៥ ៨៨១")
    left_on: Mapped[date | None] = field(N_("Left the prison on"), group=LEAVING, sample=date(2027, 1, 18))
    left_to: Mapped[str | None] = field(N_("To whom the child went"), group=LEAVING, sample="ជីដូន")


def _counted_from(living: ChildInPrison) -> date | None:
    """The birth, once it is said that the child is in a prison."""
    return living.child_born if living.entered_on is not None or living.facility else None


def _is_inside(living: ChildInPrison) -> bool:
    return living.left_on is None


CHILD_IN_PRISON_RECORD = RecordKind(
    key="child-in-prison",
    record=ChildInPrison,
    is_open=_is_inside,
    clocks=(
        Clock(
            "child-in-prison", N_("The child has to leave the prison"), starts=_counted_from,
            ends=field_time("left_on"), told_in="left_on",
        ),
    ),
    events=(
        Event(field_time("entered_on"), N_("Came to live in prison")),
        Event(field_time("left_on"), N_("Left the prison")),
    ),
    orders=(
        Order("child_born", "entered_on", N_("The child would have been in prison before its birth.")),
        Order("entered_on", "left_on", N_("The child would have left the prison before it came.")),
        Order("child_born", "left_on", N_("The child would have left the prison before its birth.")),
    ),
    happened=("child_born", "entered_on", "left_on"),
)  # fmt: skip
