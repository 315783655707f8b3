"""Kaplan and Meier, Greenwood, Wilson: the worked examples, the edges, and what always holds."""

import math
import statistics

import pytest
from cohorts import TWELVE
from hypothesis import given
from hypothesis import strategies as st

from casemgr.measures.survival import Curve, Interval, Observation, kaplan_meier, quantile, wilson

observations = st.lists(st.builds(Observation, st.integers(0, 60), st.booleans()), max_size=40)


def curve(*pairs: tuple[int, int]) -> Curve:
    return kaplan_meier(Observation(days, bool(happened)) for days, happened in pairs)


def test_the_twelve_children_of_the_example() -> None:
    found = curve(*TWELVE)
    assert [(step.day, step.at_risk, step.events) for step in found.steps] == [
        (30, 12, 1), (90, 10, 1), (150, 7, 1), (200, 5, 1), (365, 4, 1),
    ]  # fmt: skip
    assert [f"{step.cumulative:.4f}" for step in found.steps] == ["0.0833", "0.1750", "0.2929", "0.4343", "0.5757"]
    intervals = {step.day: step.interval for step in found.steps}
    assert _four(intervals[150]) == ("0.1024", "0.6711")
    assert _four(intervals[365]) == ("0.2802", "0.8931")


def _four(interval: Interval | None) -> tuple[str, str]:
    assert interval is not None
    return f"{interval.low:.4f}", f"{interval.high:.4f}"


def test_greenwoods_variance_by_hand() -> None:
    first, second, *_ = curve(*TWELVE).steps
    assert first.variance == pytest.approx((11 / 12) ** 2 * (1 / (12 * 11)))
    assert second.variance == pytest.approx((11 / 12 * 9 / 10) ** 2 * (1 / (12 * 11) + 1 / (10 * 9)))


def test_only_what_five_are_left_for_is_shown() -> None:
    found = curve(*TWELVE)
    assert found.observed == 12
    assert [found.at_risk(day) for day in (0, 30, 31, 90, 91, 200, 365, 400, 401)] == [12, 12, 11, 10, 8, 5, 4, 2, 0]
    assert found.shown_until == 200
    assert [step.day for step in found.shown] == [30, 90, 150, 200]
    assert found.at(201) is None
    assert found.reached(0.25) == 150
    assert found.reached(0.5) is None, "half are reached only where four are left"


def test_what_it_says_of_a_day() -> None:
    found = curve(*TWELVE)
    before, between = found.at(29), found.at(149)
    assert before is not None
    assert before == (0.0, None, 12, 0)
    assert between is not None
    assert (between.at_risk, between.events) == (7, 2)
    assert between.cumulative == pytest.approx(0.175)
    assert between.interval == found.steps[1].interval


def test_fewer_than_five_show_nothing() -> None:
    found = curve((10, 1), (20, 0), (30, 1), (40, 0))
    assert (found.shown_until, found.shown, found.at(5), found.reached(0.1)) == (None, (), None, None)
    assert curve().steps == ()
    assert curve().at(0) is None


def test_an_event_goes_before_a_loss_on_the_same_day() -> None:
    (step,) = curve((10, 0), (10, 1), (10, 0)).steps
    assert (step.at_risk, step.events, step.cumulative) == (3, 1, pytest.approx(1 / 3))


def test_when_nobody_is_left_without_an_event_there_is_no_interval() -> None:
    first, last = curve((5, 1), (9, 1), (9, 1)).steps
    assert first.interval is not None
    assert (last.cumulative, last.variance, last.interval) == (1, None, None)


@pytest.mark.parametrize(
    ("events", "of", "low", "high"),
    [
        (0, 30, 0.0, 0.113513),  # "0%" of thirty children may be 11 of a hundred
        (1, 50, 0.003539, 0.104954),
        (3, 9, 0.120584, 0.645798),
        (5, 8, 0.305742, 0.863156),
        (30, 30, 0.886487, 1.0),
    ],
)
def test_wilson(events: int, of: int, low: float, high: float) -> None:
    assert wilson(events, of) == (pytest.approx(low, abs=5e-7), pytest.approx(high, abs=5e-7))


@pytest.mark.parametrize(("events", "of"), [(0, 0), (1, 0), (-1, 5), (6, 5)])
def test_wilson_refuses_what_is_no_share(events: int, of: int) -> None:
    with pytest.raises(ValueError, match=str(of)):
        wilson(events, of)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilson_holds_the_share_and_its_mirror(pair: tuple[int, int]) -> None:
    events, of = pair
    found, mirrored = wilson(events, of), wilson(of - events, of)
    assert 0 <= found.low <= events / of <= found.high <= 1
    assert found.low < found.high
    assert (found.low, found.high) == (pytest.approx(1 - mirrored.high), pytest.approx(1 - mirrored.low))


@given(observations, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(seen: list[Observation], random: object) -> None:
    shuffled = list(seen)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert kaplan_meier(shuffled) == kaplan_meier(seen)


@given(observations)
def test_a_curve_only_rises_and_its_interval_holds_it(seen: list[Observation]) -> None:
    steps = kaplan_meier(seen).steps
    assert sum(step.events for step in steps) == sum(each.event for each in seen)
    shares = [step.cumulative for step in steps]
    assert shares == sorted(shares)
    for step in steps:
        if step.interval is not None:
            assert 0 <= step.interval.low <= step.cumulative <= step.interval.high <= 1
            assert step.variance is not None
            assert step.variance > 0


@given(observations.filter(bool))
def test_without_losses_it_is_the_plain_share(seen: list[Observation]) -> None:
    everybody = [each._replace(event=True) for each in seen]
    for step in kaplan_meier(everybody).steps:
        assert step.cumulative == pytest.approx(sum(each.days <= step.day for each in seen) / len(seen))


@given(observations, st.data())
def test_losing_somebody_earlier_is_never_a_success(seen: list[Observation], data: st.DataObject) -> None:
    """Whoever is lost from sight sooner leaves the estimate where it was, or higher: never lower."""
    lost = [place for place, each in enumerate(seen) if not each.event]
    if not lost:
        return
    place = data.draw(st.sampled_from(lost))
    sooner = list(seen)
    sooner[place] = Observation(data.draw(st.integers(0, int(seen[place].days))), False)
    before, after = kaplan_meier(seen), kaplan_meier(sooner)
    for step in after.steps:
        earlier = [one.cumulative for one in before.steps if one.day <= step.day]
        assert step.cumulative >= earlier[-1] - 1e-12


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=30))
def test_quartiles_are_those_of_the_standard_library(values: list[float]) -> None:
    expected = statistics.quantiles(values, n=4, method="inclusive")
    assert [quantile(values, share) for share in (0.25, 0.5, 0.75)] == pytest.approx(expected)


def test_quartiles_of_few() -> None:
    assert quantile([], 0.5) is None
    assert quantile([7], 0.25) == 7
    assert quantile([1, 2, 3, 10], 0.5) == 2.5
    assert math.isclose(quantile([0, 10], 0.25) or 0, 2.5)
