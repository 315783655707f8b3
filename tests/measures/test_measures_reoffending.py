"""Fixed windows, estimates and rates of a cohort: the worked example, and what always holds."""

from datetime import date, timedelta

import pytest
from cohorts import AS_OF, BEGAN, contact, event, member, observed, twelve
from hypothesis import given
from hypothesis import strategies as st

from casemgr.clock import PartialDate
from casemgr.measures.cohort import FollowUpEnd, Member
from casemgr.measures.reoffending import (
    LEAST,
    WINDOWS,
    FixedWindow,
    Window,
    beside,
    curve_of,
    estimates,
    fixed_window,
    over_time,
)
from casemgr.records.pathway.follow_up_answers import ContactLevel

R0, R1, R2, R3, R4, UNKNOWN = ContactLevel
DAY = timedelta(days=1)
SIX, YEAR = Window(6), Window(12)


def at(days: int, *, least: int = LEAST) -> FixedWindow:
    return fixed_window(twelve(), Window(0, days), R1, AS_OF, least=least)


def test_the_twelve_children_of_the_example() -> None:
    half, year = at(180, least=1), at(365, least=1)
    assert (half.eligible, half.followed, half.events, half.lost) == (12, 9, 3, 3)
    assert (year.eligible, year.followed, year.events, year.lost) == (12, 8, 5, 4)
    told = [f"{100 * (share or 0):.1f}" for found in (half, year) for share in (found.rate, found.low, found.high)]
    assert told == ["33.3", "12.1", "64.6", "62.5", "30.6", "86.3"]
    assert (half.lower_bound, half.upper_bound) == (3 / 12, 6 / 12)
    assert (year.lower_bound, year.upper_bound) == (5 / 12, 9 / 12)
    curve = curve_of(twelve(), R1, AS_OF)
    assert [f"{step.cumulative:.4f}" for step in curve.steps] == ["0.0833", "0.1750", "0.2929", "0.4343", "0.5757"]


def test_below_ten_only_the_counts_are_told() -> None:
    half = at(180)
    assert (half.followed, half.events) == (9, 3)
    assert (half.rate, half.low, half.high) == (None, None, None)
    assert (half.lower_bound, half.upper_bound) == (0.25, 0.5), "these are shares of twelve"
    nine = fixed_window(twelve()[:9], Window(0, 180), R1, AS_OF)
    assert (nine.eligible, nine.lower_bound, nine.upper_bound) == (9, None, None)
    empty = fixed_window([], SIX, R1, AS_OF, least=0)
    assert (empty.indexed, empty.rate, empty.upper_bound) == (0, None, None)


def test_windows_go_by_the_calendar() -> None:
    assert [window.end(date(2024, 8, 31)) for window in WINDOWS] == [
        date(2025, 2, 28), date(2025, 8, 31), date(2026, 8, 31), date(2027, 8, 31),
    ]  # fmt: skip
    assert [window.length for window in WINDOWS] == [183, 365, 730, 1096]


def test_a_window_that_is_not_over_counts_nobody_not_even_a_quick_event() -> None:
    ends = SIX.end(BEGAN)
    quick = [member(20, contact(20)), member(20)]
    before, on = fixed_window(quick, SIX, R1, ends - DAY), fixed_window(quick, SIX, R1, ends)
    assert (before.indexed, before.eligible, before.events, before.waiting) == (2, 0, 0, 2)
    assert (on.indexed, on.eligible, on.events, on.lost, on.waiting) == (2, 2, 1, 1, 0)
    assert fixed_window(quick, SIX, R1, BEGAN - DAY).indexed == 0


def test_the_last_day_of_a_window_belongs_to_it() -> None:
    last = (SIX.end(BEGAN) - BEGAN).days
    in_it, after, known, lost = observed(last, 1), observed(last + 1, 1), observed(last, 0), observed(last - 1, 0)
    found = fixed_window([in_it, after, known, lost], SIX, R1, AS_OF)
    assert found.event_cases == (in_it.since.case_id,)
    assert found.clear_cases == (after.since.case_id, known.since.case_id)
    assert found.lost_cases == (lost.since.case_id,)


def test_days_in_custody_change_no_window_but_the_estimate() -> None:
    held = ((BEGAN + 10 * DAY, BEGAN + 109 * DAY),)
    free, away = observed(200, 1), observed(200, 1)._replace(away=held)
    assert fixed_window([free], YEAR, R1, AS_OF).events == fixed_window([away], YEAR, R1, AS_OF).events == 1
    assert curve_of([free], R1, AS_OF).days == (200,)
    assert curve_of([away], R1, AS_OF).days == (100,)


def test_why_children_were_lost() -> None:
    lost = [member(10, ended=why) for why in (FollowUpEnd.LOST, FollowUpEnd.DIED, FollowUpEnd.LOST, None)]
    found = fixed_window(lost, SIX, R1, AS_OF)
    assert found.lost_why == ((FollowUpEnd.DIED, 1), (FollowUpEnd.LOST, 2), (None, 1))


def test_levels_and_what_is_confirmed_or_not_dated() -> None:
    members = [
        member(300, contact(30, R1, confirmed=True)),
        member(300, contact(30, R3, offence_on=PartialDate.of(2024, 3))),
        member(300, contact(30, R4, offence_on=None)),
        member(300, contact(30, UNKNOWN)),
        member(300, contact(30, R0)),
        member(300),
    ]
    found = {level: fixed_window(members, SIX, level, AS_OF) for level in (R1, R3, R4)}
    assert {level: (each.events, each.lost) for level, each in found.items()} == {R1: (4, 0), R3: (2, 1), R4: (1, 1)}
    assert (found[R1].confirmed, found[R1].dated) == (1, 2)


def test_estimates_are_told_from_ten_children_on_while_five_are_left() -> None:
    months = [observed(400, 0) for _ in range(8)] + [observed(60, 1), observed(90, 1)]
    half, year, two, three = estimates(curve_of(months, R1, AS_OF))
    assert half is not None
    assert year is not None
    assert half.cumulative == pytest.approx(0.2)
    assert half.at_risk == 8
    assert (two, three) == (None, None)
    assert estimates(curve_of(months[1:], R1, AS_OF)) == (None,) * 4


def test_persons_and_events_over_the_time_at_risk() -> None:
    twice = member(730, contact(100), contact(400, R3), away=((BEGAN + 500 * DAY, BEGAN + 599 * DAY),))
    found = over_time([twice, member(100), member(None)], R1, AS_OF, least=1)
    assert (found.children, found.persons, found.events) == (3, 1, 2)
    assert found.child_years == pytest.approx((630 + 100) / 365.25)
    assert found.per_child_year == pytest.approx(2 / (730 / 365.25))
    assert over_time([twice], R1, AS_OF).per_child_year is None
    assert over_time([twice], R4, AS_OF).events == 0
    assert over_time([member(0)], R1, AS_OF, least=1).per_child_year is None


def test_what_is_counted_beside() -> None:
    before = contact(-10, told_on=BEGAN + 5 * DAY)
    members = [
        member(None),
        member(None, contact(5)),
        member(50, before),
        member(50, contact(5, R0)),
        member(50, contact(5, R0), contact(9, R1)),
        member(50, contact(5, UNKNOWN)),
        member(50, breached=True),
        member(50, contact(7), breached=True),
        member(50, since=event(AS_OF + DAY)),
    ]
    assert beside(members, AS_OF) == (8, 1, 1, 1, 1, 1)


members = st.builds(
    lambda until, told, began: member(until, *told, since=event(BEGAN + began * DAY)),
    st.one_of(st.none(), st.integers(0, 900)),
    st.lists(st.builds(contact, st.integers(-20, 900), st.sampled_from(ContactLevel)), max_size=3),
    st.integers(0, 400),
)
cohorts = st.lists(members, max_size=25)
windows = st.sampled_from([*WINDOWS, Window(0, 7), Window(1)])
levels = st.sampled_from([R1, R3, R4])
looking = st.integers(0, 1300).map(lambda days: BEGAN + days * DAY)


@given(cohorts, windows, levels, looking)
def test_a_rate_lies_within_its_bounds(seen: list[Member], window: Window, level: ContactLevel, as_of: date) -> None:
    found = fixed_window(seen, window, level, as_of, least=1)
    assert found.events + len(found.clear_cases) + found.lost == found.eligible <= found.indexed
    assert found.followed + found.lost == found.eligible
    assert sum(count for _, count in found.lost_why) == found.lost
    if found.lower_bound is not None and found.upper_bound is not None:
        assert 0 <= found.lower_bound <= found.upper_bound <= 1
        if found.rate is not None and found.low is not None and found.high is not None:
            assert found.lower_bound <= found.rate <= found.upper_bound
            assert found.low <= found.rate <= found.high


@given(cohorts, windows, levels, looking)
def test_an_unreached_child_never_lowers_the_upper_bound(
    seen: list[Member], window: Window, level: ContactLevel, as_of: date
) -> None:  # fmt: skip
    before = fixed_window(seen, window, level, as_of, least=1)
    after = fixed_window([*seen, member(None)], window, level, as_of, least=1)
    assert after.rate == before.rate
    assert after.events == before.events
    if before.upper_bound is not None:
        assert after.upper_bound is not None
        assert after.upper_bound >= before.upper_bound


@given(cohorts.filter(bool), windows, levels, looking, st.data())
def test_losing_a_child_is_never_a_success(
    seen: list[Member], window: Window, level: ContactLevel, as_of: date, data: st.DataObject
) -> None:  # fmt: skip
    """To know less of a child leaves rate and upper bound where they were, or higher."""
    place = data.draw(st.integers(0, len(seen) - 1))
    less = [*seen[:place], seen[place]._replace(known_until=None), *seen[place + 1 :]]
    before = fixed_window(seen, window, level, as_of, least=1)
    after = fixed_window(less, window, level, as_of, least=1)
    assert after.events == before.events
    assert (after.rate or 0) >= (before.rate or 0) or after.followed == 0
    assert (after.upper_bound or 0) >= (before.upper_bound or 0)
    assert after.lower_bound == before.lower_bound


@given(cohorts, windows, levels, looking, st.randoms(use_true_random=False))
def test_the_order_of_the_children_does_not_matter(
    seen: list[Member], window: Window, level: ContactLevel, as_of: date, random: object
) -> None:  # fmt: skip
    shuffled = list(seen)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (fixed_window(each, window, level, as_of) for each in (seen, shuffled))
    assert one[:15] == other[:15]
    assert curve_of(seen, level, as_of) == curve_of(shuffled, level, as_of)
    assert beside(seen, as_of) == beside(shuffled, as_of)
    ours, theirs = over_time(seen, level, as_of), over_time(shuffled, level, as_of)
    assert ours.child_years == pytest.approx(theirs.child_years)
    assert ours[:3] == theirs[:3]


@given(cohorts, windows, looking)
def test_a_higher_level_has_no_more_events(seen: list[Member], window: Window, as_of: date) -> None:
    events = [fixed_window(seen, window, level, as_of).events for level in (R1, R2, R3, R4)]
    assert events == sorted(events, reverse=True)


def test_breach_of_a_plan_is_no_event() -> None:
    found = fixed_window([member(300, breached=True)], SIX, R1, AS_OF)
    assert (found.events, found.followed) == (0, 1)
