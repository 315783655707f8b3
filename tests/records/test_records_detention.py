"""Detention, the visits there, and a young child in prison with its mother."""

from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest
from declared import clock_of, happenings, sample_of
from hypothesis import given
from hypothesis import strategies as st

from casemgr.records.case import ProcessStage
from casemgr.records.fields import Answer, field_of, fields_of
from casemgr.records.pathway import detention as stage
from casemgr.records.pathway.child_in_prison import CHILD_IN_PRISON_RECORD, ChildInPrison
from casemgr.records.pathway.detention import (
    DETENTION,
    DETENTION_RECORD,
    Detention,
    days_held,
    facility_now,
    is_release,
)
from casemgr.records.pathway.detention_answers import (
    RELEASES,
    DetentionBasis,
    DetentionEnd,
    FacilityType,
    OrderExtension,
    Transfer,
    VisitAction,
    VisitHow,
)
from casemgr.records.pathway.detention_visit import DETENTION_VISIT_RECORD, DetentionVisit

START, END = date(2026, 11, 23), date(2026, 12, 10)


def day(offset: int) -> date:
    return START + timedelta(days=offset)


def held(**answers: object) -> Detention:
    return Detention(**{"basis": DetentionBasis.PRETRIAL, "started_on": START} | answers)


def test_the_kinds_of_the_stage_stand_in_this_order() -> None:
    assert [kind.key for kind in DETENTION.kinds] == ["detention", "detention-visit", "child-in-prison"]


def test_what_harm_says_is_for_named_staff_only() -> None:
    restricted = {info.name for info in fields_of(DetentionVisit) if info.restricted}
    assert restricted == {"injuries", "violence", "violence_account", "complaint_wanted"}


@pytest.mark.parametrize(
    ("basis", "asked"),
    [(DetentionBasis.SENTENCED, True), (DetentionBasis.AWAITING_APPEAL, True), (DetentionBasis.PRETRIAL, False),
     (None, False)],
)  # fmt: skip
def test_the_end_of_a_sentence_is_asked_where_there_is_one(basis: DetentionBasis | None, asked: bool) -> None:
    detention = held(basis=basis, expected_end_on=END)
    assert field_of(Detention, "expected_end_on").is_shown(detention) is asked
    assert clock_of(DETENTION_RECORD, "sentence-end").due(detention) == (END if asked else None)


def test_an_order_is_not_asked_about_where_there_is_none() -> None:
    detention = held(order_exists=Answer.NO, ordered_on=START, order_until=END)
    clock = clock_of(DETENTION_RECORD, "detention-order")
    assert not field_of(Detention, "order_until").is_shown(detention)
    assert (clock.due(detention), clock.starts(detention)) == (None, START)
    assert field_of(Detention, "order_until").is_shown(held(order_exists=Answer.UNKNOWN))


def test_the_answer_to_bail_and_who_took_the_child_are_asked_when_they_arise() -> None:
    assert not field_of(Detention, "bail_result").is_shown(held())
    assert field_of(Detention, "bail_result").is_shown(held(bail_asked_on=day(3)))
    assert not field_of(Detention, "released_to").is_shown(held(end_reason=DetentionEnd.DIED))
    assert field_of(Detention, "released_to").is_shown(held(end_reason=DetentionEnd.SERVED))


@pytest.mark.parametrize("basis", list(DetentionBasis))
def test_only_pre_trial_detention_has_a_limit_of_the_law(basis: DetentionBasis) -> None:
    clock = clock_of(DETENTION_RECORD, "pre-trial-detention")
    assert clock.starts(held(basis=basis)) == (START if basis is DetentionBasis.PRETRIAL else None)
    assert clock.ends(held(ended_on=END)) == END
    assert clock.due is None


@pytest.mark.parametrize(
    ("until", "extensions", "due"),
    [
        (None, (), None),
        (END, (), END),
        (None, (OrderExtension(until=day(40)),), day(40)),
        (END, (OrderExtension(until=day(60)), OrderExtension(until=day(40)), OrderExtension()), day(60)),
        (day(70), (OrderExtension(until=day(40)),), day(70)),
    ],
)
def test_an_order_lasts_as_long_as_the_last_extension(
    until: date | None, extensions: tuple[OrderExtension, ...], due: date | None
) -> None:
    detention = held(order_until=until, extensions=extensions, ordered_on=day(1))
    clock = clock_of(DETENTION_RECORD, "detention-order")
    assert (clock.due(detention), clock.starts(detention)) == (due, day(1))


def test_the_next_visit_is_counted_from_the_last_one_in_this_detention() -> None:
    clock = clock_of(DETENTION_RECORD, "detention-visit")
    detention = held(ended_on=day(30))
    visits = [DetentionVisit(visited_on=on) for on in (day(10), day(20), day(31), day(-1), None)]
    for order in permutations(visits):
        assert clock.begins_anew(detention, [detention, *order]) == day(20)
    assert clock.begins_anew(held(), visits) == day(31)
    assert clock.begins_anew(held(ended_on=day(9)), visits) is None
    assert clock.begins_anew(held(started_on=day(10), ended_on=day(10)), visits) == day(10)
    assert clock.begins_anew(held(started_on=None), visits) is None
    assert (clock.starts(detention), clock.ends(detention)) == (START, day(30))


FIRST = (FacilityType.COURT_CELL, "ក")
MOVES = (
    Transfer(on=day(5), facility_type=FacilityType.PROVINCIAL_PRISON, facility="ខ"),
    Transfer(on=day(9), facility_type=None, facility="គ"),
    Transfer(on=day(9), facility_type=FacilityType.HOSPITAL, facility="ឃ"),
    Transfer(on=day(12), reason="គ្មានកន្លែង"),
    Transfer(on=None, facility="ង"),
)


@pytest.mark.parametrize(
    ("offset", "place"),
    [
        (0, FIRST), (4, FIRST), (5, (FacilityType.PROVINCIAL_PRISON, "ខ")), (8, (FacilityType.PROVINCIAL_PRISON, "ខ")),
        (9, (FacilityType.HOSPITAL, "ឃ")), (400, (FacilityType.HOSPITAL, "ឃ")),
    ],
)  # fmt: skip
def test_the_place_on_a_day_does_not_hang_on_the_order_of_the_lines(
    offset: int, place: tuple[FacilityType, str]
) -> None:
    for moves in permutations(MOVES):
        detention = held(facility_type=FIRST[0], facility=FIRST[1], transfers=moves)
        assert facility_now(detention, day(offset)) == place


def test_a_place_may_be_unknown() -> None:
    assert facility_now(Detention(), START) == (None, None)
    assert facility_now(held(transfers=(Transfer(on=START, facility="ខ"),)), START) == (None, "ខ")


@pytest.mark.parametrize(
    ("spells", "days"),
    [
        ([], 0),
        ([(0, 0)], 1),
        ([(0, 9)], 10),
        ([(0, 9), (10, 19)], 20),  # the one follows the other
        ([(0, 9), (9, 19)], 20),  # the day of the change counts once
        ([(0, 9), (3, 5)], 10),  # one within the other
        ([(0, 9), (20, 24)], 15),
        ([(90, None)], 11),
        ([(0, None), (50, 60)], 101),
        ([(101, None), (150, 160)], 0),  # not yet
        ([(95, 160)], 6),
        ([(9, 0)], 0),
        ([(100, None)], 1),
    ],
)  # fmt: skip
def test_days_held_on_day_100(spells: list[tuple[int, int | None]], days: int) -> None:
    dated = [(day(first), None if last is None else day(last)) for first, last in spells]
    assert days_held(dated, day(100)) == days
    assert days_held(iter(dated), day(100)) == days


SPELLS = st.lists(st.tuples(st.integers(-50, 150), st.none() | st.integers(-50, 200)), max_size=7)


@given(SPELLS, st.randoms(use_true_random=False))
def test_days_held_are_the_days_somebody_was_inside(spells: list[tuple[int, int | None]], chance: Random) -> None:
    dated = [(day(first), None if last is None else day(last)) for first, last in spells]
    held_on = days_held(dated, day(100))
    inside = {on for first, last in spells for on in range(first, min(100 if last is None else last, 100) + 1)}
    assert held_on == len(inside)
    chance.shuffle(dated)
    assert days_held(dated, day(100)) == held_on
    started = [first for first, _ in dated if first <= day(100)]
    assert held_on <= ((day(100) - min(started)).days + 1 if started else 0)


def test_a_release_is_an_end_that_sets_the_child_free() -> None:
    bound = {DetentionEnd.OTHER_BASIS, DetentionEnd.CENTRE, DetentionEnd.ESCAPED, DetentionEnd.DIED,
             DetentionEnd.OTHER, DetentionEnd.UNKNOWN}  # fmt: skip
    assert set(DetentionEnd) - RELEASES == bound
    assert [is_release(held(end_reason=reason)) for reason in (None, DetentionEnd.BAIL)] == [False, True]


@pytest.mark.parametrize(
    ("basis", "reached"),
    [
        (DetentionBasis.PRETRIAL, [(START, ProcessStage.PRETRIAL_DETENTION)]),
        (DetentionBasis.SENTENCED, [(START, ProcessStage.SENTENCE)]),
        (DetentionBasis.AWAITING_APPEAL, [(START, ProcessStage.APPEAL)]),
        (DetentionBasis.DRUG_CENTRE, []),
        (None, []),
    ],
)
def test_a_detention_leads_the_case_to_its_stage(
    basis: DetentionBasis | None, reached: list[tuple[date, ProcessStage]]
) -> None:
    assert list(DETENTION_RECORD.moves(held(basis=basis))) == reached


@pytest.mark.parametrize(
    ("reason", "to"),
    [
        (DetentionEnd.SERVED, ProcessStage.RELEASED),
        (DetentionEnd.BAIL, ProcessStage.RELEASED),
        (DetentionEnd.CONDITIONAL, ProcessStage.CONDITIONAL_RELEASE),
        (DetentionEnd.DIVERSION, ProcessStage.DIVERSION),
        (DetentionEnd.MEASURE, ProcessStage.SENTENCE),
        (DetentionEnd.ESCAPED, None),
        (DetentionEnd.OTHER_BASIS, None),
        (None, None),
    ],
)
def test_a_release_leads_on(reason: DetentionEnd | None, to: ProcessStage | None) -> None:
    moves = list(DETENTION_RECORD.moves(held(ended_on=END, end_reason=reason)))[1:]
    assert moves == ([] if to is None else [(END, to)])


def test_the_timeline_of_a_detention() -> None:
    longer = (OrderExtension(ordered_on=day(7)), OrderExtension(ordered_on=day(5)), OrderExtension())
    assert happenings(DETENTION_RECORD, held(extensions=longer)) == {"Detained": START, "Detention extended": day(7)}
    freed = held(ended_on=END, end_reason=DetentionEnd.BAIL)
    assert happenings(DETENTION_RECORD, freed) == {"Detained": START, "Released from detention": END}
    assert happenings(DETENTION_RECORD, held(ended_on=END)) == {"Detained": START, "Detention ended": END}


def test_a_detention_is_open_until_it_ended() -> None:
    assert DETENTION_RECORD.is_open(held())
    assert not DETENTION_RECORD.is_open(held(ended_on=END))


def test_planned_dates_of_a_detention_may_lie_ahead() -> None:
    assert not {"order_until", "expected_end_on"} & set(DETENTION_RECORD.happened)


def test_the_sample_story_holds_together() -> None:
    detention = Detention(**sample_of(Detention))
    visit = DetentionVisit(**sample_of(DetentionVisit))
    assert facility_now(detention, visit.visited_on or START)[1] == visit.facility
    assert clock_of(DETENTION_RECORD, "detention-visit").begins_anew(detention, [visit]) == visit.visited_on
    assert days_held([(detention.started_on or END, detention.ended_on)], END) == 18
    assert stage.has_order(detention)


def test_the_next_action_of_a_visit() -> None:
    clock = clock_of(DETENTION_VISIT_RECORD, "visit-action")
    late, soon, done = (VisitAction(what="ក", by_when=day(9)), VisitAction(what="ខ", by_when=day(4)),
                        VisitAction(what="គ", by_when=day(1), done_on=day(2)))  # fmt: skip
    undated = VisitAction(what="ឃ")
    for actions in permutations((late, soon, done, undated)):
        assert clock.due(DetentionVisit(actions=actions)) == day(4)
    assert clock.due(DetentionVisit(actions=(done, undated))) is None
    assert clock.ends(DetentionVisit(actions=(done,))) is None
    is_open = DETENTION_VISIT_RECORD.is_open
    assert [is_open(DetentionVisit(actions=actions)) for actions in ((), (done,), (undated,))] == [False, False, True]


def test_what_a_visit_asks_only_when_it_arises() -> None:
    def asked(name: str, **answers: object) -> bool:
        return field_of(DetentionVisit, name).is_shown(DetentionVisit(**answers))

    assert [asked("not_in_person_reason", how=how) for how in (None, VisitHow.IN_PERSON, VisitHow.PHONE)] == [
        False, False, True,
    ]  # fmt: skip
    assert asked("violence_account", violence=Answer.YES)
    assert asked("complaint_wanted", injuries=Answer.YES)
    assert not asked("violence_account", violence=Answer.NO, injuries=Answer.UNKNOWN)
    assert asked("last_lawyer_on", lawyer_contact=Answer.YES)
    assert not asked("last_lawyer_on", lawyer_contact=Answer.NO)


def test_a_child_in_prison_has_to_leave_some_time() -> None:
    clock = clock_of(CHILD_IN_PRISON_RECORD, "child-in-prison")
    born = date(2025, 2, 9)
    assert clock.starts(ChildInPrison(child_born=born)) is None
    assert clock.starts(ChildInPrison(child_born=born, entered_on=START)) == born
    assert clock.starts(ChildInPrison(child_born=born, facility="ពន្ធនាគារ")) == born
    assert clock.starts(ChildInPrison(facility="ពន្ធនាគារ")) is None
    gone = ChildInPrison(child_born=born, entered_on=START, left_on=END)
    assert (clock.ends(gone), CHILD_IN_PRISON_RECORD.is_open(gone)) == (END, False)
    assert CHILD_IN_PRISON_RECORD.is_open(ChildInPrison())
    assert happenings(CHILD_IN_PRISON_RECORD, gone) == {"Came to live in prison": START, "Left the prison": END}
    assert "mother_release_on" not in CHILD_IN_PRISON_RECORD.happened
