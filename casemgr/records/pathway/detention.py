"""Detention: where a child is held, on what ground, until when, and how it ended."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.case import ProcessStage
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind
from casemgr.records.pathway.child_in_prison import CHILD_IN_PRISON_RECORD
from casemgr.records.pathway.detention_answers import (
    RELEASES,
    AdultSeparation,
    BailResult,
    DetentionBasis,
    DetentionEnd,
    FacilityType,
    OrderExtension,
    Transfer,
)
from casemgr.records.pathway.detention_visit import DETENTION_VISIT_RECORD, DetentionVisit
from casemgr.records.pathway.follow_up import schedule_from
from casemgr.records.stage import Clock, Event, Move, Order, RecordKind, Records, Stage, field_time

GROUND = Group("ground", N_("Ground and place"))
ORDERS = Group("orders", N_("Order and how long"))
ALTERNATIVES = Group("alternatives", N_("Instead of detention"), N_("Detention is the last resort."))
SENTENCE = Group("sentence", N_("Sentence"))
END = Group("end", N_("End of detention"))


def has_sentence(detention: "Detention") -> bool:
    """Whether there is a sentence whose end can be reckoned; one under appeal has an end too."""
    return detention.basis in (DetentionBasis.SENTENCED, DetentionBasis.AWAITING_APPEAL)


def has_order(detention: "Detention") -> bool:
    """Whether there may be a written order to speak of."""
    return detention.order_exists is not Answer.NO


def bail_was_asked(detention: "Detention") -> bool:
    """Whether bail was asked for."""
    return detention.bail_asked_on is not None or detention.bail_result is not None


def is_release(detention: "Detention") -> bool:
    """Whether the child went free."""
    return detention.end_reason in RELEASES


class Detention(CaseRecord):
    """One spell of detention on one ground, in one place after the other."""

    __tablename__ = "detention"
    __table_args__ = (sa.Index("detention_held", "case_id", sqlite_where=sa.column("ended_on").is_(None)),)
    title: ClassVar[str] = N_("Detention")

    basis: Mapped[DetentionBasis | None] = field(
        N_("Ground of detention"), group=GROUND, required=True, sample=DetentionBasis.PRETRIAL,
        help=N_("Police custody after an arrest is written in the arrest. For a new ground write a new detention."),
    )  # fmt: skip
    facility_type: Mapped[FacilityType | None] = field(
        N_("Kind of place"), group=GROUND, required=True, sample=FacilityType.COURT_CELL
    )
    facility: Mapped[str | None] = field(
        N_("Place of detention"), group=GROUND, required=True, sample="បន្ទប់ឃុំខ្លួននៅសាលាដំបូងខេត្តសៀមរាប"
    )
    facility_place: Mapped[str | None] = field(
        N_("Commune, district, province"), kind=Kind.PLACE, group=GROUND, sample="171002"
    )
    block: Mapped[str | None] = field(N_("Block and cell"), group=GROUND, sample="អគារ ខ បន្ទប់លេខ ៣")
    separation: Mapped[AdultSeparation | None] = field(
        N_("Separation from adults"), group=GROUND, required=True, sample=AdultSeparation.AT_NIGHT,
        help=N_("Minors are to be held in a place apart from adults (Penal Code, article 166)."),
    )  # fmt: skip
    transfers: Mapped[tuple[Transfer, ...]] = field(
        N_("Moves to another place"), rows=Transfer, group=GROUND,
        help=N_("A move on the same ground is a line here, not a new detention."),
        sample=(
            Transfer(
                on=date(2026, 11, 24), facility_type=FacilityType.PROVINCIAL_PRISON, facility="ពន្ធនាគារខេត្តសៀមរាប",
                reason="តាមដីកាឃុំខ្លួន",
            ),
        ),
    )  # fmt: skip

    started_on: Mapped[date | None] = field(
        N_("Detained since"), group=ORDERS, required=True, sample=date(2026, 11, 23),
        help=N_("The first day on this ground, whatever the place. Detention is counted from here."),
    )  # fmt: skip
    order_exists: Mapped[Answer | None] = field(
        N_("Written order of a judge?"), group=ORDERS, required=True, sample=Answer.YES,
        help=N_("Ask to see it. A child placed in a centre may have none."),
    )  # fmt: skip
    order_number: Mapped[str | None] = field(
        N_("Number of the order"), group=ORDERS, shown_when=has_order, sample="៥៦/២៦"
    )
    ordered_by: Mapped[str | None] = field(
        N_("Ordered by"), group=ORDERS, shown_when=has_order, sample="ចៅក្រមស៊ើបសួរ សាលាដំបូងខេត្តសៀមរាប"
    )
    ordered_on: Mapped[date | None] = field(
        N_("Ordered on"), group=ORDERS, shown_when=has_order, sample=date(2026, 11, 23)
    )
    order_until: Mapped[date | None] = field(
        N_("The order allows it until"), group=ORDERS, shown_when=has_order, sample=date(2026, 12, 7)
    )
    extensions: Mapped[tuple[OrderExtension, ...]] = field(
        N_("Extensions"), rows=OrderExtension, group=ORDERS, shown_when=has_order,
        sample=(
            OrderExtension(
                ordered_on=date(2026, 12, 4), until=date(2026, 12, 23), by="ចៅក្រមស៊ើបសួរ",
                reason="ការស៊ើបសួរមិនទាន់ចប់",
            ),
        ),
    )  # fmt: skip

    alternatives_asked: Mapped[Answer | None] = field(
        N_("Was an alternative asked for?"), group=ALTERNATIVES, sample=Answer.YES,
        help=N_("Return to the parents, judicial supervision, care of an organisation, diversion."),
    )  # fmt: skip
    bail_asked_on: Mapped[date | None] = field(N_("Bail asked for on"), group=ALTERNATIVES, sample=date(2026, 11, 27))
    bail_result: Mapped[BailResult | None] = field(
        N_("Answer to the request for bail"), group=ALTERNATIVES, shown_when=bail_was_asked, sample=BailResult.REFUSED
    )

    expected_end_on: Mapped[date | None] = field(
        N_("End of the sentence"), group=SENTENCE, shown_when=has_sentence, sample=date(2027, 5, 23),
        help=N_("The time in pre-trial detention counts in full (Penal Code, article 51)."),
    )  # fmt: skip
    remission: Mapped[str | None] = field(
        N_("Remission and its reason"), kind=Kind.TEXT, group=SENTENCE, shown_when=has_sentence,
        sample="បានបន្ធូរបន្ថយទោស ១ ខែ ដោយសារប្រព្រឹត្តល្អ។",
    )  # fmt: skip

    release_plan_ready: Mapped[Answer | None] = field(
        N_("Plan for the release ready?"), group=END, sample=Answer.YES,
        help=N_("Where the child will live, who comes for the child, school or work, the first follow-up."),
    )  # fmt: skip
    ended_on: Mapped[date | None] = field(N_("Detention ended on"), group=END, sample=date(2026, 12, 10))
    end_reason: Mapped[DetentionEnd | None] = field(N_("How it ended"), group=END, sample=DetentionEnd.DIVERSION)
    released_to: Mapped[str | None] = field(N_("Released to"), group=END, shown_when=is_release, sample="អ៊ុំ សុផល (ម្ដាយ)")
    notes: Mapped[str | None] = field(N_("Notes"), kind=Kind.TEXT, group=END, sample="ម្ដាយបានមកទទួលកុមារនៅមុខពន្ធនាគារ។")


def facility_now(detention: Detention, on: date) -> tuple[FacilityType | None, str | None]:
    """Return kind and name of the place the child was in on that day: the last move on or before it, else the first.

    The day need not lie within the detention. Moves without a date or without any place are passed over; of several
    on one day that with the later name counts, so that the order of the lines never does.
    """
    moves = [
        (move.on, move.facility or "", move.facility_type.value if move.facility_type else "", move)
        for move in detention.transfers
        if move.on is not None and move.on <= on and (move.facility or move.facility_type)
    ]
    last = max(moves, key=lambda move: move[:3], default=None)
    return (last[3].facility_type, last[3].facility) if last else (detention.facility_type, detention.facility)


def days_held(spells: Iterable[tuple[date, date | None]], on: date) -> int:
    """Return the days of these spells up to that day: first and last day count, and a day in two spells counts once.

    A spell without an end lasts until that day. Spells that begin after it, or would end before they begin, are
    passed over.
    """
    held, counted_to = 0, date.min
    for first, last in sorted((first, min(last or on, on)) for first, last in spells):
        begin = max(first, counted_to + timedelta(days=1))
        if begin <= last:
            held += (last - begin).days + 1
            counted_to = last
    return held


def _pretrial_since(detention: Detention) -> date | None:
    return detention.started_on if detention.basis is DetentionBasis.PRETRIAL else None


def _ordered_or_started(detention: Detention) -> date | None:
    return (detention.ordered_on if has_order(detention) else None) or detention.started_on


def _order_ends(detention: Detention) -> date | None:
    """The last day any order allows, None while none says."""
    days = (detention.order_until, *(extension.until for extension in detention.extensions))
    return max((day for day in days if day is not None), default=None) if has_order(detention) else None


def _sentence_ends(detention: Detention) -> date | None:
    return detention.expected_end_on if has_sentence(detention) else None


def _last_visited(detention: Detention, records: Records) -> date | None:
    """The last visit within this detention."""
    if detention.started_on is None:
        return None
    last = detention.ended_on or date.max
    visits = (record.visited_on for record in records if isinstance(record, DetentionVisit))
    return max((day for day in visits if day is not None and detention.started_on <= day <= last), default=None)


def _extended_on(detention: Detention) -> date | None:
    days = (extension.ordered_on for extension in detention.extensions)
    return max((day for day in days if day is not None), default=None) if has_order(detention) else None


def _released_on(detention: Detention) -> date | None:
    return detention.ended_on if is_release(detention) else None


def _ended_otherwise_on(detention: Detention) -> date | None:
    return None if is_release(detention) else detention.ended_on


def _is_held(detention: Detention) -> bool:
    return detention.ended_on is None


_BEGAN = {
    DetentionBasis.PRETRIAL: ProcessStage.PRETRIAL_DETENTION,
    DetentionBasis.SENTENCED: ProcessStage.SENTENCE,
    DetentionBasis.AWAITING_APPEAL: ProcessStage.APPEAL,
}
_LED_TO = {
    DetentionEnd.CONDITIONAL: ProcessStage.CONDITIONAL_RELEASE,
    DetentionEnd.DIVERSION: ProcessStage.DIVERSION,
    DetentionEnd.MEASURE: ProcessStage.SENTENCE,
}


def _moves(detention: Detention) -> list[Move]:
    moves: list[Move] = []
    if detention.basis in _BEGAN:
        moves.append((detention.started_on, _BEGAN[detention.basis]))
    if detention.end_reason in RELEASES:
        moves.append((detention.ended_on, _LED_TO.get(detention.end_reason, ProcessStage.RELEASED)))
    return moves


_ended_on = field_time("ended_on")

DETENTION_RECORD = RecordKind(
    key="detention",
    record=Detention,
    after=("arrest",),
    is_open=_is_held,
    moves=_moves,
    clocks=(
        Clock(
            "pre-trial-detention", N_("End of pre-trial detention"), starts=_pretrial_since, ends=_ended_on,
            told_in="ended_on",
        ),
        Clock(
            "detention-order", N_("End of the detention order"), starts=_ordered_or_started, due=_order_ends,
            ends=_ended_on, told_in="ended_on",
        ),
        Clock(
            "sentence-end", N_("End of the sentence"), starts=field_time("started_on"), due=_sentence_ends,
            ends=_ended_on, told_in="ended_on",
        ),
        Clock(
            "detention-visit", N_("Visit in detention"), starts=field_time("started_on"), begins_anew=_last_visited,
            ends=_ended_on,
        ),
        schedule_from(_released_on),
    ),
    events=(
        Event(field_time("started_on"), N_("Detained")),
        Event(_extended_on, N_("Detention extended")),
        Event(_released_on, N_("Released from detention")),
        Event(_ended_otherwise_on, N_("Detention ended")),
    ),
    orders=(
        Order("started_on", "ended_on", N_("The end of the detention would lie before its beginning.")),
        Order("started_on", "order_until", N_("The order would end before the detention began.")),
        Order("ordered_on", "order_until", N_("The order would end before it was given.")),
        Order("started_on", "expected_end_on", N_("The sentence would end before the detention began.")),
    ),
    after_birth=("started_on", "ended_on", "ordered_on"),
    happened=("started_on", "ended_on", "ordered_on", "bail_asked_on"),
)  # fmt: skip

DETENTION = Stage("detention", N_("Detention"), (DETENTION_RECORD, DETENTION_VISIT_RECORD, CHILD_IN_PRISON_RECORD))
