"""What is known of one member: which contacts are events, from which day, and for how long it was at risk."""

from datetime import date, timedelta

import pytest
from cohorts import AS_OF, BEGAN, contact, event, member
from hypothesis import given
from hypothesis import strategies as st

from casemgr.clock import PartialDate
from casemgr.measures.cohort import (
    Dated,
    FollowUpEnd,
    NewContact,
    days_followed,
    offences_since,
    offending_of,
    outcome,
    outcomes,
)
from casemgr.records.pathway.follow_up_answers import ContactLevel

R0, R1, R2, R3, R4, UNKNOWN = ContactLevel

DAY = timedelta(days=1)


def test_an_offence_before_the_index_event_is_none_whenever_the_police_came() -> None:
    assert offending_of(contact(-1, told_on=BEGAN + 90 * DAY, contact_on=BEGAN + 80 * DAY), BEGAN) is None
    same_day = offending_of(contact(0), BEGAN)
    assert same_day is not None
    assert (same_day.on, same_day.dated) == (BEGAN, Dated.EXACT)


@pytest.mark.parametrize(
    ("offence", "contact_on", "on", "dated"),
    [
        ("2024-03-05", None, date(2024, 3, 5), Dated.EXACT),
        ("2024-03-05", date(2024, 1, 2), date(2024, 3, 5), Dated.EXACT),
        ("2024-03", None, date(2024, 3, 1), Dated.IN_PART),
        ("2024-02", None, BEGAN, Dated.IN_PART),
        ("2024", None, BEGAN, Dated.IN_PART),
        ("2024", date(2024, 6, 1), BEGAN, Dated.IN_PART),
        ("2024", date(2024, 1, 20), None, None),  # the police came before the release
        ("2024-01", None, None, None),
        ("2023", None, None, None),
        (None, date(2024, 6, 1), date(2024, 6, 1), Dated.BY_CONTACT),
        (None, date(2024, 1, 31), None, None),
        (None, None, date(2024, 9, 9), Dated.BY_CONTACT),
    ],
)
def test_the_day_of_an_event(
    offence: str | None, contact_on: date | None, on: date | None, dated: Dated | None
) -> None:  # fmt: skip
    told = NewContact(R1, date(2024, 9, 9), PartialDate.parse(offence) if offence else None, contact_on)
    found = offending_of(told, BEGAN)
    assert (found.on if found else None, found.dated if found else None) == (on, dated)


def test_suspicion_is_no_event_at_any_level() -> None:
    seen = member(100, contact(30, R0))
    for level in (R1, R3, R4):
        found = outcome(seen, level, AS_OF)
        assert found is not None
        assert (found.first, found.days_at_risk) == (None, 100)


@pytest.mark.parametrize(("level", "reached"), [(R1, 1), (R2, 2), (R3, 3), (R4, 4)])
def test_each_level_holds_those_above_it(level: ContactLevel, reached: int) -> None:
    seen = member(100, contact(30, level))
    for asked, rank in ((R1, 1), (R2, 2), (R3, 3), (R4, 4)):
        found = outcome(seen, asked, AS_OF)
        assert found is not None
        assert (found.first is not None) == (rank <= reached)
        assert found.days_at_risk == (30 if found.first else 100)


def test_how_far_it_went_is_not_known() -> None:
    """It is an event of the first level; of a higher one nothing is known from its day on."""
    seen = member(100, contact(30, UNKNOWN))
    low, high = outcome(seen, R1, AS_OF), outcome(seen, R3, AS_OF)
    assert low is not None
    assert high is not None
    assert low.first is not None
    assert (high.first, high.days_at_risk) == (None, 30)
    later = outcome(member(100, contact(30, UNKNOWN), contact(60, R4)), R3, AS_OF)
    assert later is not None
    assert later.first is not None
    assert later.days_at_risk == 60


def test_nobody_reached_is_unknown_from_the_first_day_on() -> None:
    found = outcome(member(None, ended=FollowUpEnd.LOST), R1, AS_OF)
    assert found is not None
    assert (found.first, found.until, found.days_at_risk) == (None, BEGAN, 0)


def test_the_day_of_looking_cuts_off() -> None:
    seen = member(400, contact(300))
    early = outcome(seen, R1, BEGAN + 200 * DAY)
    assert early is not None
    assert (early.first, early.days_at_risk) == (None, 200)
    assert outcome(seen, R1, BEGAN - DAY) is None
    assert outcomes([seen, member(10, since=event(AS_OF))], R1, AS_OF - DAY) == (outcome(seen, R1, AS_OF - DAY),)


def test_an_event_counts_though_nobody_saw_the_child_after_it() -> None:
    found = outcome(member(None, contact(50)), R1, AS_OF)
    assert found is not None
    assert (found.until, found.days_at_risk) == (BEGAN + 50 * DAY, 50)


def test_one_offence_told_twice_is_one() -> None:
    seen = member(
        200,
        contact(50, R1),
        contact(50, R3, confirmed=True),
        NewContact(R1, BEGAN + 70 * DAY, None, BEGAN + 60 * DAY),
        contact(58, R2, contact_on=BEGAN + 60 * DAY),
        contact(90, UNKNOWN),
    )
    found = offences_since(seen, AS_OF)
    assert [(each.on - BEGAN, each.level, each.dated, each.confirmed) for each in found] == [
        (50 * DAY, R3, Dated.EXACT, True), (58 * DAY, R2, Dated.EXACT, False), (90 * DAY, UNKNOWN, Dated.EXACT, False),
    ]  # fmt: skip
    assert offences_since(seen._replace(contacts=seen.contacts[::-1]), AS_OF) == found


@pytest.mark.parametrize(
    ("away", "days"),
    [
        ((), 100),
        (((BEGAN - 60 * DAY, BEGAN),), 100),  # the detention the child was released from
        (((BEGAN + 10 * DAY, BEGAN + 19 * DAY),), 90),
        (((BEGAN + 10 * DAY, BEGAN + 19 * DAY), (BEGAN + 15 * DAY, BEGAN + 24 * DAY)), 85),
        (((BEGAN + 90 * DAY, None),), 90),
        (((BEGAN + 100 * DAY, None),), 100),  # arrested on the last day
        (((BEGAN + 150 * DAY, BEGAN + 160 * DAY),), 100),
        (((BEGAN - 10 * DAY, None),), 1),  # only the day of the index event itself
    ],
)
def test_days_in_custody_are_no_days_at_risk(away: tuple[tuple[date, date | None], ...], days: int) -> None:
    lost, offended = (
        outcome(member(100, away=away), R1, AS_OF),
        outcome(member(100, contact(100), away=away), R1, AS_OF),
    )
    assert lost is not None
    assert offended is not None
    assert lost.days_at_risk == offended.days_at_risk == days
    assert lost.observation == (days, False)
    assert offended.observation == (days, True)


def test_time_goes_on_after_a_first_event() -> None:
    seen = outcome(member(300, contact(100), contact(200), away=((BEGAN + 110 * DAY, BEGAN + 119 * DAY),)), R1, AS_OF)
    assert seen is not None
    assert (seen.days_at_risk, days_followed(seen, AS_OF)) == (100, 290)
    assert days_followed(seen, BEGAN + 150 * DAY) == 140


contacts = st.builds(
    contact, st.integers(-50, 400), st.sampled_from(ContactLevel), confirmed=st.booleans()
)  # fmt: skip


@given(st.lists(contacts, max_size=6), st.integers(0, 500), st.randoms(use_true_random=False))
def test_the_order_of_contacts_does_not_matter(told: list[NewContact], until: int, random: object) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    seen = member(until, *told)
    assert offences_since(seen, AS_OF) == offences_since(seen._replace(contacts=tuple(shuffled)), AS_OF)


@given(st.lists(contacts, max_size=6), st.one_of(st.none(), st.integers(0, 500)), st.integers(0, 600))
def test_a_higher_level_never_comes_sooner(told: list[NewContact], until: int | None, looked: int) -> None:
    seen = [outcome(member(until, *told), level, BEGAN + looked * DAY) for level in (R1, R2, R3, R4)]
    days = [each.first.on for each in seen if each is not None and each.first is not None]
    assert days == sorted(days)
    assert all(each is not None and 0 <= each.days_at_risk <= looked for each in seen)
