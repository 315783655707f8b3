"""Our curves and intervals are those of lifelines, on random cohorts: long proofs, for it takes long to load."""

import warnings
from typing import Any

import pytest
from cohorts import TWELVE
from hypothesis import given
from hypothesis import strategies as st

from casemgr.measures.survival import Observation, kaplan_meier

pytestmark = pytest.mark.slow
cohorts = st.lists(st.builds(Observation, st.integers(1, 1200), st.booleans()), min_size=1, max_size=80).filter(
    lambda seen: any(each.event for each in seen)
)


def fitted(seen: list[Observation]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its own dependencies warn of is not ours
        from lifelines import KaplanMeierFitter  # here: it takes longer to read than all our own modules

        return KaplanMeierFitter().fit([each.days for each in seen], [each.event for each in seen])


@given(cohorts)
def test_curve_and_interval_agree(seen: list[Observation]) -> None:
    theirs = fitted(seen)
    survival, table = theirs.survival_function_["KM_estimate"], theirs.event_table
    interval = theirs.confidence_interval_survival_function_
    for step in kaplan_meier(seen).steps:
        assert step.surviving == pytest.approx(float(survival.loc[step.day]), abs=1e-9)
        assert (step.at_risk, step.events) == tuple(table.loc[step.day, ["at_risk", "observed"]])
        if step.interval is not None:
            low, high = (float(interval.loc[step.day].iloc[column]) for column in (0, 1))
            assert (1 - step.interval.high, 1 - step.interval.low) == pytest.approx((low, high), abs=1e-9)


def test_the_example_agrees() -> None:
    seen = [Observation(days, bool(offended)) for days, offended in TWELVE]
    theirs = 1 - fitted(seen).survival_function_["KM_estimate"]
    assert [f"{theirs.loc[step.day]:.4f}" for step in kaplan_meier(seen).steps] == [
        "0.0833", "0.1750", "0.2929", "0.4343", "0.5757",
    ]  # fmt: skip


@given(cohorts, st.sampled_from([0.25, 0.5, 0.75]))
def test_the_day_a_share_is_reached_agrees(seen: list[Observation], share: float) -> None:
    ours, curve = kaplan_meier(seen), fitted(seen).survival_function_
    reached = next((step.day for step in ours.steps if step.cumulative >= share - 1e-12), None)
    from lifelines.utils import qth_survival_times

    theirs = float(qth_survival_times(1 - share, curve - 1e-12))
    assert reached == (None if theirs == float("inf") else theirs)
    if ours.reached(share) is not None:
        assert ours.reached(share) == reached
