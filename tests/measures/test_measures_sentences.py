"""What the numbers say in words."""

import pytest
from cohorts import AS_OF, BEGAN, contact, event, member, twelve
from office_rows import case, day, detention, indicator, value

from casemgr.i18n import Words
from casemgr.measures.cohort import LEVELS, Member
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.tables import value_for_outside
from casemgr.measures.indicators.values import Period
from casemgr.measures.reoffending import Window, curve_of, estimates, fixed_window, over_time
from casemgr.measures.sentences import (
    CAVEATS,
    LEVEL_TITLES,
    said_of_estimate,
    said_of_window,
    said_over_time,
    value_in_words,
    window_in_words,
)
from casemgr.records.pathway.follow_up_answers import ContactLevel

EN = Words("en")
R1 = ContactLevel.R1
YEAR = Window(12)


def cohort(clear: int, offended: int, lost: int) -> list[Member]:
    known = [member(400) for _ in range(clear)] + [member(400, contact(50)) for _ in range(offended)]
    return known + [member(9) for _ in range(lost)]


def test_a_window_in_sentences() -> None:
    members = [*cohort(15, 4, 5), member(400, contact(60, offence_on=None)), member(9, since=event(AS_OF))]
    first, rate, bounds, waiting, dated = said_of_window(fixed_window(members, YEAR, R1, AS_OF), EN)
    assert first == (
        "Of 20 children followed for 12 months after their release or order, 5 had contact with the police, or more, "
        "for a new offence."
    )
    assert rate == "That is 25.0%; with 20 children the true figure may lie anywhere from 11.2% to 46.9%."
    assert bounds == (
        "5 of 25 children could not be followed so long. If none of them offended again it is 20.0%, if all of them "
        "did 40.0%."
    )
    assert waiting == "Not counted, because their time is not over yet: 1."
    assert dated == ("Offences not dated to the day: 1. The earliest possible day, or that of the contact, counts.")


def test_below_ten_there_is_no_percentage() -> None:
    few = said_of_window(fixed_window(cohort(3, 1, 2), YEAR, R1, AS_OF), EN)
    assert few[1:] == (
        "Fewer than 10 children were followed so long, so no percentage is told.",
        "2 of 6 children could not be followed so long.",
    )
    assert not any("%" in sentence for sentence in few)


def test_a_window_without_losses_says_no_more() -> None:
    assert len(said_of_window(fixed_window(cohort(10, 1, 0), YEAR, R1, AS_OF), EN)) == 2


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_has_its_words(level: ContactLevel) -> None:
    first, *_ = said_of_window(fixed_window(cohort(10, 1, 0), YEAR, level, AS_OF), EN)
    assert "new offence" in first
    assert level.value in LEVEL_TITLES[level]


def test_the_words_under_every_number() -> None:
    under = " ".join(CAVEATS)
    assert "not reached is unknown" in under
    assert "does not show what a programme does" in under
    assert "60%" in under
    assert "article 163" in under


def test_an_estimate_in_a_sentence() -> None:
    curve = curve_of(twelve(), R1, AS_OF)
    half, year, *_ = estimates(curve)
    assert said_of_estimate(half, Window(6), curve.observed, EN) == (
        "Estimated from 12 children, each counted as long as something is known: 29.3% within 6 months, the true "
        "figure anywhere from 10.2% to 67.1%; then 5 were still observed."
    )
    assert said_of_estimate(year, YEAR, curve.observed, EN) == (
        "Too few children were observed for 12 months to estimate anything."
    )
    clear = curve_of(cohort(12, 0, 0), R1, AS_OF)
    assert said_of_estimate(estimates(clear)[0], Window(6), 12, EN) == (
        "Estimated from 12 children: 0.0% within 6 months; then 12 were still observed."
    )


def test_the_rate_over_time_in_a_sentence() -> None:
    members = [member(731, contact(100), contact(200), since=event(BEGAN)) for _ in range(10)]
    assert said_over_time(over_time(members, R1, AS_OF), EN) == (
        "Children with a new offence: 10; offences: 20; years at risk: 20.0; offences a year: 1.00."
    )
    assert said_over_time(over_time(members[:1], R1, AS_OF), EN) == (
        "Children with a new offence: 1; offences: 2; years at risk: 2.0."
    )


def test_windows_in_words() -> None:
    assert [window_in_words(window, EN) for window in (Window(6), Window(1), Window(0, 90))] == [
        "6 months", "1 month", "90 days",
    ]  # fmt: skip


def test_values_in_words() -> None:
    held = [detention(number, day(2, 1)) for number in range(1, 12)]
    few = [detention(1, day(2, 1)), detention(2, day(2, 1), basis=None)]
    ended = [detention(number, day(2, 1), day(2, 1 + number)) for number in range(1, 6)]
    found = {
        ("pre-sentence", "all"): value("pre-sentence", detentions=held),
        ("pre-sentence", "few"): value("pre-sentence", detentions=few),
        ("children-detained", ""): value("children-detained", detentions=held),
        ("time-before-sentence", "none"): value("time-before-sentence", detentions=held),
        ("time-before-sentence", "some"): value("time-before-sentence", detentions=ended),
        ("caseload", ""): value("caseload", cases=(case(1),)),
        ("new-contact-6", ""): value("new-contact-6", Period(BEGAN, AS_OF), members=tuple(twelve())),
    }
    told = [value_in_words(indicator(key), each, EN) for (key, _), each in found.items()]
    assert told == [
        "11 of 11, 100.0% (not known: 0)",
        "1 of 1 (not known: 1)",
        "11 (not known: 0)",
        "None ended (still going on: 11; not known: 0)",
        "Median 4.0, half of 5 between 3.0 and 5.0, longest 6.0 (still going on: 0; not known: 0)",
        "–: 0 over 0 (not known: 1)",
        "Estimated 29.3%, from 3 of 8 (not known so long: 4)",
    ]
    time = indicator("time-before-sentence")
    outside = value_for_outside(found["time-before-sentence", "some"], time.unit)
    assert outside is not None
    assert value_in_words(time, outside, EN) == (
        "Median 4.0, half of 5 between 3.0 and 5.0 (still going on: 0; not known: 0)"
    )


@pytest.mark.parametrize("each", INDICATORS, ids=lambda each: each.key)
def test_every_indicator_tells_how_many_are_unknown(each) -> None:  # type: ignore[no-untyped-def]
    assert "not known" in value_in_words(each, value(each.key), EN)


def test_numbers_of_the_office() -> None:
    khmer = Words("km", "khmer")
    assert (EN.decimal(1234.56), EN.decimal(0.125, 2), EN.percent(0.125)) == ("1,234.6", "0.12", "12.5%")
    assert (khmer.decimal(2.5), khmer.percent(1 / 3)) == ("២.៥", "៣៣.៣%")
