"""The reintegration plan and its reviews with scores."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from declared import clock_of, happenings, sample_of

from casemgr.records.fields import Rating, field_of, fields_of
from casemgr.records.pathway.reintegration import (
    CHILD_SCORES,
    FAMILY_SCORES,
    REINTEGRATION,
    REINTEGRATION_PLAN_RECORD,
    REINTEGRATION_REVIEW_RECORD,
    ReintegrationPlan,
    ReintegrationReview,
)
from casemgr.records.pathway.reintegration_answers import GoalResult, PlanGoal

BEGUN = date(2026, 12, 10)


def day(offset: int) -> date:
    return BEGUN + timedelta(days=offset)


def items(group: object) -> list[str]:
    return [info.name for info in fields_of(ReintegrationReview) if info.group is group and info.choices is Rating]


def rated(score: str, **other: Rating) -> ReintegrationReview:
    names = items(CHILD_SCORES) + items(FAMILY_SCORES)
    return ReintegrationReview(**{name: Rating(score) for name in names} | other)  # type: ignore[call-arg]


def test_the_kinds_of_the_stage_stand_in_this_order() -> None:
    assert [kind.key for kind in REINTEGRATION.kinds] == ["reintegration-plan", "reintegration-review"]


def test_the_plan_always_wants_the_childs_wishes() -> None:
    assert field_of(ReintegrationPlan, "child_wishes").required
    assert not field_of(ReintegrationPlan, "end_reason").is_shown(ReintegrationPlan())
    assert field_of(ReintegrationPlan, "end_reason").is_shown(ReintegrationPlan(ended_on=BEGUN))


def test_the_review_is_counted_from_the_last_one_since_the_plan_began() -> None:
    clock = clock_of(REINTEGRATION_PLAN_RECORD, "reintegration-review")
    reviews = [ReintegrationReview(reviewed_on=on) for on in (day(90), day(180), day(-3), None)]
    plan = ReintegrationPlan(begun_on=BEGUN)
    for order in permutations(reviews):
        assert clock.begins_anew(plan, [plan, *order]) == day(180)
    assert clock.begins_anew(ReintegrationPlan(begun_on=BEGUN, ended_on=day(100)), reviews) == day(90)
    assert clock.begins_anew(plan, reviews[2:]) is None
    assert clock.begins_anew(plan, [ReintegrationReview(reviewed_on=BEGUN)]) == BEGUN
    assert clock.begins_anew(ReintegrationPlan(), reviews) is None
    assert (clock.starts(plan), clock.ends(plan)) == (BEGUN, None)
    assert clock.ends(ReintegrationPlan(ended_on=day(365))) == day(365)


def test_the_next_goal_is_the_earliest_that_is_still_open() -> None:
    clock = clock_of(REINTEGRATION_PLAN_RECORD, "plan-goal")
    done = PlanGoal(by_when=day(1), done_on=day(1))
    dropped = PlanGoal(by_when=day(2), result=GoalResult.DROPPED)
    near, far, undated = PlanGoal(by_when=day(30)), PlanGoal(by_when=day(90)), PlanGoal(goal="ក")
    for goals in permutations((done, dropped, far, near, undated)):
        assert clock.due(ReintegrationPlan(begun_on=BEGUN, goals=goals)) == day(30)
    assert clock.due(ReintegrationPlan(begun_on=BEGUN, goals=(done, dropped, undated))) is None
    assert clock.due(ReintegrationPlan(begun_on=BEGUN, ended_on=day(20), goals=(near,))) is None


def test_a_plan_is_open_until_it_ends() -> None:
    is_open = REINTEGRATION_PLAN_RECORD.is_open
    assert [is_open(ReintegrationPlan(ended_on=on)) for on in (None, BEGUN)] == [True, False]
    assert not REINTEGRATION_REVIEW_RECORD.is_open(ReintegrationReview())


def test_the_timeline_of_plan_and_review() -> None:
    plan = ReintegrationPlan(begun_on=BEGUN, ended_on=day(365))
    assert happenings(REINTEGRATION_PLAN_RECORD, plan) == {
        "Reintegration plan begun": BEGUN, "Reintegration plan ended": day(365),
    }  # fmt: skip
    review = ReintegrationReview(reviewed_on=day(90))
    assert happenings(REINTEGRATION_REVIEW_RECORD, review) == {"Reviewed with scores": day(90)}


def test_a_review_rates_the_items_of_the_ministrys_forms() -> None:
    assert (len(items(CHILD_SCORES)), len(items(FAMILY_SCORES))) == (11, 15)


@pytest.mark.parametrize("score", ["1", "2", "3", "4"])
def test_totals_are_sums(score: str) -> None:
    each, review = int(score), rated(score)
    assert (review.child_total, review.family_total, review.grand_total) == (11 * each, 15 * each, 26 * each)
    assert (review.lowest, review.unrated) == (each, 0)


def test_totals_of_an_unfinished_review_sum_what_is_there() -> None:
    review = ReintegrationReview(child_food=Rating.WEAK, child_safety=Rating.GOOD)
    assert (review.child_total, review.family_total, review.grand_total, review.lowest) == (4, None, 4, 1)
    assert review.unrated == 23
    empty = ReintegrationReview()
    assert (empty.child_total, empty.family_total, empty.grand_total, empty.lowest) == (None, None, None, None)
    assert empty.unrated == 25
    assert ReintegrationReview(family_assets=Rating.VERY_GOOD).grand_total == 4


def test_something_else_counts_as_unrated_only_where_it_is_named() -> None:
    review = rated("3")
    review.family_other = None
    assert review.unrated == 0
    review.family_other_what = "ឪពុក"
    assert review.unrated == 1


def test_items_rated_low_are_named_in_the_order_of_the_form() -> None:
    review = rated("3", family_relatives=Rating.WEAK, child_food=Rating.MEDIUM)
    assert review.rated_below(2) == ("family_relatives",)
    assert review.rated_below(3) == ("child_food", "family_relatives")
    assert review.lowest == 1
    assert ReintegrationReview().rated_below(4) == ()


def test_totals_of_the_sample() -> None:
    review = ReintegrationReview(**sample_of(ReintegrationReview))
    assert (review.child_total, review.family_total, review.grand_total, review.unrated) == (33, 39, 72, 0)
