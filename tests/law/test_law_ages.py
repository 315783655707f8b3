"""Ages from dates known in part, and the bands they may lie in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.clock import PartialDate, completed_years
from casemgr.i18n import Words
from casemgr.law.ages import AgeBand, AgeRange, age_in_words, age_range, band, bands, is_doubtful

U14, B14, B16, ADULT = AgeBand.UNDER_14, AgeBand.FROM_14, AgeBand.FROM_16, AgeBand.ADULT


@pytest.mark.parametrize(
    ("born", "on", "ages", "may_be"),
    [
        # both sides of each birthday
        ("2012-11-22", "2026-11-21", (13, 13), (U14,)),
        ("2012-11-22", "2026-11-22", (14, 14), (B14,)),
        ("2010-11-22", "2026-11-21", (15, 15), (B14,)),
        ("2010-11-22", "2026-11-22", (16, 16), (B16,)),
        ("2008-11-22", "2026-11-21", (17, 17), (B16,)),
        ("2008-11-22", "2026-11-22", (18, 18), (ADULT,)),
        # born on 29 February: a year is completed on 1 March of a common year, on 29 February of a leap year
        ("2012-02-29", "2026-02-28", (13, 13), (U14,)),
        ("2012-02-29", "2026-03-01", (14, 14), (B14,)),
        ("2012-02-29", "2028-02-28", (15, 15), (B14,)),
        ("2012-02-29", "2028-02-29", (16, 16), (B16,)),
        # only the month, only the year, only an age is known
        ("2012-11", "2026-11-22", (13, 14), (U14, B14)),
        ("2012-10", "2026-11-22", (14, 14), (B14,)),
        ("2010", "2026-11-22", (15, 16), (B14, B16)),
        ("2008", "2026-11-22", (17, 18), (B16, ADULT)),
        ("2011", "2026-11-22", (14, 15), (B14,)),
        ("age 15 on 2026-11-22", "2026-11-22", (15, 15), (B14,)),
        ("age 15 on 2026-11-22", "2026-11-21", (14, 15), (B14,)),
        ("age 15 on 2026-11-22", "2027-11-21", (15, 16), (B14, B16)),
        ("age 18 on 2026-11-22", "2026-05", (17, 18), (B16, ADULT)),
        # the day itself is known in part
        ("2010-11-22", "2026-11", (15, 16), (B14, B16)),
        ("2010-11-22", "2026", (15, 16), (B14, B16)),
        ("2007", "2026", (18, 19), (ADULT,)),
        ("2008", "2026", (17, 18), (B16, ADULT)),
        ("2009-06-15", "2023", (13, 14), (U14, B14)),
    ],
)
def test_examples(born: str, on: str, ages: tuple[int, int], may_be: tuple[AgeBand, ...]) -> None:
    found = age_range(PartialDate.parse(born), PartialDate.parse(on))
    assert found == AgeRange(*ages)
    assert bands(found) == may_be
    assert is_doubtful(found) is (len(may_be) > 1)


def test_a_wide_doubt_names_every_band() -> None:
    assert bands(AgeRange(12, 19)) == (U14, B14, B16, ADULT)


def test_where_nothing_is_known_the_child_is_a_minor_of_any_age() -> None:
    known = PartialDate.parse("2010")
    assert age_range(None, known) is None
    assert age_range(known, None) is None
    assert bands(None) == (U14, B14, B16)


@pytest.mark.parametrize(
    ("ages", "text"),
    [
        (AgeRange(1, 1), "1 year"),
        (AgeRange(15, 15), "15 years"),
        (AgeRange(14, 15), "14 to 15 years"),
        (AgeRange(15, 16), "15 to 16 years, age in doubt"),
        (None, "unknown, age in doubt"),
        (AgeRange(-1, 0), "0 to 0 years"),
    ],
)
def test_age_in_words(ages: AgeRange | None, text: str) -> None:
    assert age_in_words(ages, Words("en")) == text


days = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def at_precision(day: date, precision: str) -> PartialDate:
    if precision == "year":
        return PartialDate.of(day.year)
    return PartialDate.of(day.year, day.month) if precision == "month" else PartialDate.on(day)


precisions = st.sampled_from(["year", "month", "day"])


@given(days, days, precisions, precisions)
def test_the_range_holds_the_age_of_every_date_it_may_be(born: date, on: date, p1: str, p2: str) -> None:
    ages = age_range(at_precision(born, p1), at_precision(on, p2))
    assert ages is not None
    assert ages.youngest <= completed_years(born, on) <= ages.oldest
    assert band(completed_years(born, on)) in bands(ages)


@given(st.integers(0, 80), days, days)
def test_an_estimated_age_holds_every_birth_it_may_mean(age: int, stated: date, on: date) -> None:
    known = PartialDate.from_age(age, stated)
    for born in (known.earliest, known.latest):
        assert completed_years(born, stated) == age
    assert completed_years(known.earliest - timedelta(days=1), stated) == age + 1
    assert completed_years(known.latest + timedelta(days=1), stated) == age - 1
    ages = age_range(known, PartialDate.on(on))
    assert ages is not None
    assert ages.oldest - ages.youngest in (0, 1)


@given(days, days, st.integers(1, 400), precisions)
def test_nobody_grows_younger(born: date, on: date, later: int, precision: str) -> None:
    known = at_precision(born, precision)
    before = age_range(known, PartialDate.on(on))
    after = age_range(known, PartialDate.on(on + timedelta(days=later)))
    assert before is not None
    assert after is not None
    assert after.youngest >= before.youngest
    assert after.oldest >= before.oldest
