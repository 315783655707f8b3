"""Follow-ups: what they ask, and when the next is due."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from declared import clock_of, happenings, sample_of

from casemgr.records.fields import Answer, field_of
from casemgr.records.pathway.closure import Closure
from casemgr.records.pathway.follow_up import FOLLOW_UP, FOLLOW_UP_RECORD, FollowUp, answered_days
from casemgr.records.pathway.follow_up_answers import UNANSWERED, FollowUpStatus, Reached

DONE = date(2026, 12, 17)


def day(offset: int) -> date:
    return DONE + timedelta(days=offset)


def asked(name: str, **answers: object) -> bool:
    return field_of(FollowUp, name).is_shown(FollowUp(**answers))


def test_the_kinds_of_the_stage_stand_in_this_order() -> None:
    assert [kind.key for kind in FOLLOW_UP.kinds] == ["follow-up", "follow-up-change"]


@pytest.mark.parametrize(
    ("answers", "tries"),
    [
        ({}, False),
        ({"status": FollowUpStatus.WELL, "reached": Reached.CHILD}, False),
        ({"status": FollowUpStatus.NOT_REACHED}, True),
        ({"status": FollowUpStatus.WRONG_NUMBER}, True),
        ({"reached": Reached.NOBODY}, True),
        ({"status": FollowUpStatus.LOST, "reached": Reached.NOBODY}, True),
    ],
)
def test_tries_are_counted_where_nobody_was_reached(answers: dict[str, object], tries: bool) -> None:
    assert asked("tries", **answers) is tries


def test_where_a_child_went_is_asked_once_it_moved() -> None:
    where = [(asked("moved_to_code", status=status), asked("moved_to_text", status=status))
             for status in (None, FollowUpStatus.WELL, FollowUpStatus.ABROAD, FollowUpStatus.MOVED)]  # fmt: skip
    assert where == [(False, False), (False, False), (False, True), (True, True)]


@pytest.mark.parametrize("name", ["level", "offence_category", "offence_on", "contact_on", "confirmed"])
def test_a_new_contact_is_described_only_where_there_is_one(name: str) -> None:
    assert [asked(name, new_contact=answer) for answer in (None, *Answer)] == [False, True, False, False, False]


def test_who_says_so_and_custody_are_asked_in_any_case() -> None:
    assert field_of(FollowUp, "new_contact").required
    assert asked("source")
    assert asked("in_custody")


def test_the_days_on_which_something_was_found_out() -> None:
    kept = [
        FollowUp(done_on=day(30), status=FollowUpStatus.WELL),
        FollowUp(done_on=day(0), status=FollowUpStatus.NEW_CONTACT),
        FollowUp(done_on=day(7), status=FollowUpStatus.NOT_REACHED),
        FollowUp(done_on=day(8), status=FollowUpStatus.WRONG_NUMBER),
        FollowUp(done_on=None, status=FollowUpStatus.WELL),
        FollowUp(done_on=day(9), status=None),
        Closure(closed_on=day(3)),
    ]
    for order in permutations(kept):
        assert answered_days(order) == (day(0), day(30))
    assert answered_days(()) == ()


@pytest.mark.parametrize("status", list(FollowUpStatus))
def test_every_status_but_the_unanswered_is_an_answer(status: FollowUpStatus) -> None:
    assert answered_days([FollowUp(done_on=DONE, status=status)]) == (() if status in UNANSWERED else (DONE,))


def test_what_was_agreed_is_met_by_the_next_follow_up() -> None:
    clock = clock_of(FOLLOW_UP_RECORD, "follow-up-agreed")
    own = FollowUp(done_on=DONE, next_on=day(24))
    others = [FollowUp(done_on=on) for on in (day(20), day(40), day(-5), DONE, None)]
    for order in permutations([own, *others]):
        assert clock.stopped_by(own, order) == day(20)
    assert clock.stopped_by(own, [own, *others[2:]]) is None
    assert clock.stopped_by(FollowUp(next_on=day(24)), others) is None
    assert (clock.due(own), clock.starts(own), clock.ends(own)) == (day(24), DONE, None)


def test_the_timeline_shows_a_new_contact_where_there_was_one() -> None:
    calm = FollowUp(done_on=DONE, contact_on=day(-2), new_contact=Answer.NO)
    assert happenings(FOLLOW_UP_RECORD, calm) == {"Followed up": DONE}
    seen = FollowUp(done_on=DONE, contact_on=day(-2), new_contact=Answer.YES)
    assert happenings(FOLLOW_UP_RECORD, seen) == {"Followed up": DONE, "New contact with the law": day(-2)}


def test_a_follow_up_leads_nowhere_and_what_is_agreed_may_lie_ahead() -> None:
    full = FollowUp(**sample_of(FollowUp))
    assert (list(FOLLOW_UP_RECORD.moves(full)), FOLLOW_UP_RECORD.is_open(full)) == ([], False)
    assert "next_on" not in FOLLOW_UP_RECORD.happened
