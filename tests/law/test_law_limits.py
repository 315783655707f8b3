"""Every row of the table of limits against an example reckoned by hand; and what holds for any row."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.clock import local
from casemgr.law.limits import RULES, TEXTS, load_limits

LIMITS = load_limits()
EVENING = local(2026, 11, 22, 20, 15)
"""The arrival at the police unit of the example: a Sunday evening."""
ORDER = local(2026, 11, 23)
"""The day of an order of detention, a release or a judgment in the example."""
BORN = local(2024, 2, 29)

BY_HAND = {
    "police-custody/under-14": (EVENING, EVENING),
    "police-custody/14-15/felony": (EVENING, local(2026, 11, 24, 8, 15)),
    "police-custody/14-15/misdemeanour": (EVENING, local(2026, 11, 23, 20, 15)),
    "police-custody/16-17/felony": (EVENING, local(2026, 11, 24, 20, 15)),
    "police-custody/16-17/misdemeanour": (EVENING, local(2026, 11, 24, 8, 15)),
    "police-custody/petty": (EVENING, EVENING),
    "police-custody/not-an-offence": (EVENING, EVENING),
    "police-custody/18-plus": (EVENING, local(2026, 11, 24, 20, 15)),
    "police-custody-extension/18-plus/felony": (EVENING, local(2026, 11, 23, 20, 15)),
    "lawyer-24h": (EVENING, local(2026, 11, 23, 20, 15)),
    # Four months from 23 November, that day included, are over with 22 March.
    "pre-trial-detention/under-14": (ORDER, ORDER),
    "pre-trial-detention/14-15/felony": (ORDER, local(2027, 3, 22, 23, 59)),
    "pre-trial-detention/14-15/misdemeanour": (ORDER, local(2027, 1, 22, 23, 59)),
    "pre-trial-detention/16-17/felony": (ORDER, local(2027, 5, 22, 23, 59)),
    "pre-trial-detention/16-17/misdemeanour": (ORDER, local(2027, 3, 22, 23, 59)),
    "pre-trial-detention/petty": (ORDER, ORDER),
    "pre-trial-detention/not-an-offence": (ORDER, ORDER),
    "pre-trial-detention/18-plus/felony": (ORDER, local(2028, 5, 22, 23, 59)),
    "pre-trial-detention/18-plus": (ORDER, local(2027, 3, 22, 23, 59)),
    "appeal": (local(2026, 12, 31), local(2027, 1, 31, 23, 59)),
    "child-in-prison": (BORN, local(2027, 2, 28, 23, 59)),
    "referral-answer": (EVENING, local(2026, 11, 25, 23, 59)),
    "withdrawal-decision": (local(2026, 11, 30), local(2026, 12, 14, 23, 59)),
    "detention-visit": (local(2027, 1, 31), local(2027, 2, 28, 23, 59)),
    "reintegration-review": (local(2026, 11, 30), local(2027, 2, 28, 23, 59)),
    "follow-up/1-week": (ORDER, local(2026, 11, 30, 23, 59)),
    "follow-up/1-month": (ORDER, local(2026, 12, 23, 23, 59)),
    "follow-up/3-months": (ORDER, local(2027, 2, 23, 23, 59)),
    "follow-up/6-months": (ORDER, local(2027, 5, 23, 23, 59)),
    "follow-up/12-months": (ORDER, local(2027, 11, 23, 23, 59)),
    "follow-up/24-months": (ORDER, local(2028, 11, 23, 23, 59)),
    "follow-up/36-months": (ORDER, local(2029, 11, 23, 23, 59)),
}
SCORES = {"closing-score/child": 21, "closing-score/family": 30, "closing-score/total": 48, "closing-score/lowest": 2}


def test_every_row_has_its_example() -> None:
    assert set(BY_HAND) | set(SCORES) == set(LIMITS)


@pytest.mark.parametrize("key", BY_HAND)
def test_a_limit_ends_when_it_does_by_hand(key: str) -> None:
    start, due = BY_HAND[key]
    assert LIMITS[key].due_from(start) == (due, (due.hour, due.minute) == (23, 59))


@pytest.mark.parametrize("key", SCORES)
def test_a_score_is_a_number_and_no_time(key: str) -> None:
    assert LIMITS[key].value == SCORES[key]
    with pytest.raises(ValueError, match=key):
        LIMITS[key].due_from(ORDER)


def test_rules_articles_and_sources_are_in_the_catalogue() -> None:
    assert {row.rule for row in LIMITS.values()} == set(RULES)
    assert {text for row in LIMITS.values() for text in (row.article, row.source)} == set(TEXTS)


def test_no_row_is_taken_for_confirmed_law() -> None:
    assert not [row.key for row in LIMITS.values() if row.confirmed]


MOMENTS = st.datetimes(min_value=datetime(2015, 1, 1), max_value=datetime(2060, 1, 1)).map(  # noqa: DTZ001
    lambda at: local(at.year, at.month, at.day, at.hour, at.minute)
)


@given(key=st.sampled_from(sorted(BY_HAND)), start=MOMENTS, minutes=st.integers(0, 500_000))
def test_a_later_beginning_never_gives_an_earlier_end(key: str, start: datetime, minutes: int) -> None:
    later = start + timedelta(minutes=minutes)
    assert LIMITS[key].due_from(later)[0] >= LIMITS[key].due_from(start)[0]


@given(key=st.sampled_from(sorted(BY_HAND)), start=MOMENTS)
def test_no_end_lies_before_its_beginning(key: str, start: datetime) -> None:
    assert LIMITS[key].due_from(start)[0] >= start
