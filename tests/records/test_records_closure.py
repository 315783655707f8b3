"""Closing a case and opening it again."""

from datetime import date
from itertools import permutations

import pytest
from declared import happenings, sample_of

from casemgr.records.fields import field_of
from casemgr.records.pathway.closure import CLOSURE, CLOSURE_RECORD, ClosingReason, Closure, is_closed

FIRST, BETWEEN, SECOND, LAST = (date(2027, month, 5) for month in (3, 5, 9, 11))


def test_the_kinds_of_the_stage_stand_in_this_order() -> None:
    assert [kind.key for kind in CLOSURE.kinds] == ["closure"]


def test_what_the_child_says_is_always_wanted() -> None:
    assert field_of(Closure, "child_view").required
    assert field_of(Closure, "achieved").required


def test_what_is_asked_only_when_it_arises() -> None:
    handed, why, by = (field_of(Closure, name) for name in ("handed_to", "reopened_why", "reopened_by"))
    assert not handed.is_shown(Closure(reason=ClosingReason.GOALS_MET))
    assert handed.is_shown(Closure(reason=ClosingReason.TRANSFERRED))
    assert [info.is_shown(Closure()) for info in (why, by)] == [False, False]
    assert [info.is_shown(Closure(reopened_on=SECOND)) for info in (why, by)] == [True, True]


@pytest.mark.parametrize(
    ("closings", "closed"),
    [
        ([], False),
        ([(None, None)], False),
        ([(FIRST, None)], True),
        ([(FIRST, BETWEEN)], False),
        ([(FIRST, BETWEEN), (SECOND, None)], True),
        ([(FIRST, BETWEEN), (SECOND, LAST)], False),
        ([(FIRST, None), (SECOND, LAST)], False),
        ([(FIRST, None), (None, None)], True),
        ([(FIRST, FIRST), (FIRST, None)], True),  # closed, opened and closed on one day
    ],
)
def test_a_case_is_closed_by_its_latest_closing(closings: list[tuple[date | None, date | None]], closed: bool) -> None:
    kept = [Closure(closed_on=on, reopened_on=again) for on, again in closings]
    for order in permutations(kept):
        assert is_closed(order) is closed


def test_the_timeline_of_a_closing() -> None:
    closure = Closure(closed_on=FIRST, reopened_on=SECOND)
    assert happenings(CLOSURE_RECORD, closure) == {"Case closed": FIRST, "Case opened again": SECOND}


def test_a_closing_leads_nowhere_and_leaves_nothing_open() -> None:
    full = Closure(**sample_of(Closure))
    assert (list(CLOSURE_RECORD.moves(full)), CLOSURE_RECORD.is_open(full)) == ([], False)
    assert "papers_until" not in CLOSURE_RECORD.happened
    assert CLOSURE_RECORD.after == ()
