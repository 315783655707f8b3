"""The indicators of UNICEF and UNODC, reckoned by hand."""

from datetime import date

import pytest
from office_rows import YEAR, arrest, case, case_id, day, detention, ids, moment, terms, value

from casemgr.measures.index_events import Sentence
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.justice import JUSTICE
from casemgr.measures.indicators.rows import DiversionRow, FollowUpRow, JudgmentRow, PlanRow, VisitRow
from casemgr.measures.indicators.values import Period, Unit
from casemgr.records.pathway.detention_answers import AdultSeparation, DetentionBasis, DetentionEnd, FamilyContact

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))


def test_the_list_and_its_core() -> None:
    assert [each.number for each in JUSTICE] == list(range(1, 12))
    assert [each.number for each in JUSTICE if each.core] == [2, 3, 9, 10]
    assert INDICATORS[: len(JUSTICE)] == JUSTICE
    assert len({each.key for each in INDICATORS}) == len(INDICATORS)
    assert len({each.title for each in INDICATORS}) == len(INDICATORS)


def test_each_child_arrested_counts_once() -> None:
    cases = (case(1), case(2, child=1), case(3), case(4))
    arrests = (
        arrest(1, moment(2, 1)), arrest(1, moment(5, 1)), arrest(2, moment(6, 1)), arrest(3, moment(12, 31, 23)),
        arrest(4, on=day(12, 31, 2025)),
    )  # fmt: skip
    found = value("children-arrested", cases=cases, arrests=arrests)
    assert (found.number, terms(found)) == (2, (2, 2, 0))
    assert found.cases == ids(1, 2, 3), "each case of the child is listed"


DETENTIONS = (
    detention(1, day(2, 1)),
    detention(2, day(2, 1), day(12, 31)),
    detention(3, day(2, 1), day(12, 30)),
    detention(4, day(3, 1), basis=DetentionBasis.SENTENCED),
    detention(5, day(3, 1), basis=None),
    detention(6, date(2027, 1, 1)),
)


def test_children_in_detention_on_the_last_day() -> None:
    found = value("children-detained", detentions=DETENTIONS)
    assert (found.number, found.cases) == (4, ids(1, 2, 4, 5))
    before = value("pre-sentence", detentions=DETENTIONS)
    assert (before.number, terms(before)) == (None, (2, 3, 1)), "a share of three is not told"
    assert (before.cases, before.others, before.unknown_cases) == (ids(1, 2), ids(4), ids(5))


def test_a_share_is_told_from_ten_on_with_its_interval_and_bounds() -> None:
    held = [detention(number, day(2, 1)) for number in range(1, 8)]
    sentenced = [detention(number, day(2, 1), basis=DetentionBasis.SENTENCED) for number in range(8, 11)]
    unknown = [detention(11, day(2, 1), basis=DetentionBasis.UNKNOWN), detention(12, day(2, 1), basis=None)]
    found = value("pre-sentence", detentions=(*held, *sentenced, *unknown))
    assert (found.number, terms(found)) == (0.7, (7, 10, 2))
    assert found.interval == (pytest.approx(0.3968, abs=1e-4), pytest.approx(0.8922, abs=1e-4))
    assert found.bounds == (7 / 12, 9 / 12)


def test_time_in_detention_before_a_sentence() -> None:
    """Of 10, 20, 30 and 60 days: two spells of one case are one time, an open one is told beside it."""
    rows = (
        detention(1, day(2, 1), day(2, 10)),
        detention(2, day(3, 1), day(3, 20)),
        detention(3, day(4, 1), day(4, 15)),
        detention(3, day(5, 1), day(5, 15)),
        detention(4, date(2025, 12, 3), day(1, 31)),
        detention(5, day(12, 2)),
        detention(6, date(2025, 3, 1), date(2025, 6, 1)),
        detention(7, day(2, 1), day(2, 10), basis=DetentionBasis.SENTENCED),
    )
    found = value("time-before-sentence", detentions=rows)
    spread = found.spread
    assert spread is not None
    assert (found.number, terms(found)) == (25, (4, 4, 0))
    assert (spread.low, spread.median, spread.high, spread.longest) == (17.5, 25, 37.5, 60)
    assert (spread.running, spread.longest_running) == (1, 30)
    assert (found.cases, found.others) == (ids(1, 2, 3, 4), ids(5))
    after = value(
        "time-after-sentence", detentions=(*rows, detention(8, day(2, 1), basis=DetentionBasis.AWAITING_APPEAL))
    )
    assert (after.number, after.cases, after.others) == (10, ids(7), ids(8))


def test_how_long_it_takes_until_half_are_free_counts_those_still_held() -> None:
    ended = [detention(number, day(6, 1), day(6, 10 + number)) for number in range(1, 7)]
    held = [detention(number, day(6, 1)) for number in range(7, 11)]
    earlier = [detention(number, date(2025, 6, 1), day(1, 2)) for number in range(11, 16)]
    found = value("time-before-sentence", detentions=(*ended, *held, *earlier)).spread
    assert found is not None
    assert found.half_over == 15, "the fifth of ten; those begun before the period are left out"
    assert found.median == 16


def test_no_detention_has_no_length() -> None:
    found = value("time-before-sentence")
    assert (found.number, terms(found)) == (None, (0, 0, 0))
    assert found.spread == (None, None, None, None, 0, None, None)


def test_deaths() -> None:
    rows = (
        detention(1, day(2, 1), day(3, 1), end_reason=DetentionEnd.DIED),
        detention(2, day(2, 1), day(3, 1), end_reason=DetentionEnd.SERVED),
        detention(3, day(2, 1), day(3, 1), end_reason=DetentionEnd.UNKNOWN),
        detention(4, day(2, 1), day(3, 1)),
        detention(5, day(2, 1), date(2027, 1, 1), end_reason=DetentionEnd.DIED),
    )
    found = value("deaths", detentions=rows)
    assert (found.number, terms(found)) == (1, (1, 2, 2))


def visit(number: int, on: date, **more: object) -> VisitRow:
    return VisitRow(case_id(number), on, **more)  # type: ignore[arg-type]


def test_separation_by_the_last_visit_that_tells() -> None:
    rows = (
        detention(1, day(2, 1), separation=AdultSeparation.WHOLLY),
        detention(2, day(2, 1), separation=AdultSeparation.NOT_AT_ALL),
        detention(3, day(2, 1), separation=AdultSeparation.UNKNOWN),
        detention(4, day(2, 1), day(5, 1), separation=AdultSeparation.NO_ADULTS),
        detention(5, date(2025, 2, 1), date(2025, 5, 1), separation=AdultSeparation.NOT_AT_ALL),
        detention(6, day(2, 1)),
    )
    visits = (
        visit(1, day(3, 1), separation=AdultSeparation.AT_NIGHT),
        visit(1, day(4, 1), separation=AdultSeparation.UNKNOWN),
        visit(2, day(3, 1), separation=AdultSeparation.NOT_AT_ALL),
        visit(2, day(4, 1), separation=AdultSeparation.WHOLLY),
        visit(4, day(5, 2), separation=AdultSeparation.NOT_AT_ALL),  # after the detention
    )
    found = value("not-apart", detentions=rows, visits=visits)
    assert (found.cases, found.others, found.unknown_cases) == (ids(1), ids(2, 4), ids(3, 6))


def test_contact_with_the_family_in_the_last_three_months() -> None:
    rows = (*(detention(number, day(1, 5)) for number in range(1, 7)), detention(7, day(1, 5), day(6, 1)))
    visits = (
        visit(1, day(10, 15), family_contact=FamilyContact.VISITED),
        visit(2, day(9, 29), family_contact=FamilyContact.VISITED),  # too long ago to say
        visit(3, day(11, 1), family_contact=FamilyContact.PHONE),
        visit(4, day(11, 1), family_contact=FamilyContact.NONE, last_family_visit_on=day(10, 2)),
        visit(5, day(11, 1), family_contact=FamilyContact.VISITED, last_family_visit_on=day(8, 2)),
        visit(6, day(11, 1), family_contact=FamilyContact.UNKNOWN),
        visit(7, day(5, 1), family_contact=FamilyContact.NONE),
        visit(7, day(4, 1), family_contact=FamilyContact.VISITED),
    )
    found = value("family-contact", detentions=rows, visits=visits)
    assert (found.cases, found.others, found.unknown_cases) == (ids(1, 4, 7), ids(3, 5), ids(2, 6))


IN_MAY = date(2026, 5, 1)


def judged(number: int, sentence: Sentence | None, on: date = IN_MAY) -> JudgmentRow:
    return JudgmentRow(case_id(number), on, sentence)


def test_custodial_sentences_and_diversion() -> None:
    judgments = (
        judged(1, Sentence.CUSTODIAL), judged(2, Sentence.COMMUNITY), judged(3, Sentence.UNKNOWN), judged(4, None),
        judged(5, Sentence.CUSTODIAL, date(2027, 1, 1)),
    )  # fmt: skip
    diversions = (
        DiversionRow(case_id(2), ordered_on=day(2, 1)), DiversionRow(case_id(6), ordered_on=day(2, 1)),
        DiversionRow(case_id(7), offered_on=day(2, 1)),
    )  # fmt: skip
    prison = value("custodial-sentences", judgments=judgments)
    assert (terms(prison), prison.cases, prison.unknown_cases) == ((1, 2, 1), ids(1), ids(3))
    diverted = value("diverted", judgments=judgments, diversions=diversions)
    assert (terms(diverted), diverted.cases, diverted.others) == ((2, 4, 0), ids(2, 6), ids(1, 3))


def released(number: int, on: date, reason: DetentionEnd = DetentionEnd.SERVED):  # type: ignore[no-untyped-def]
    return detention(number, day(1, 1), on, end_reason=reason)


def test_after_care_within_three_months() -> None:
    rows = (
        released(1, day(3, 1)), released(2, day(3, 1)), released(3, day(3, 1)), released(4, day(3, 1)),
        released(5, day(11, 1)), released(6, day(11, 1)), released(7, day(3, 1), DetentionEnd.CENTRE),
    )  # fmt: skip
    plans = (PlanRow(case_id(1), day(6, 1)), PlanRow(case_id(3), day(1, 1), day(2, 28)), PlanRow(case_id(4), day(6, 2)))
    follow_ups = (
        FollowUpRow(case_id(2), day(3, 20), answered=True), FollowUpRow(case_id(4), day(3, 20), answered=False),
        FollowUpRow(case_id(5), day(11, 2), answered=True),
    )  # fmt: skip
    found = value("after-care", detentions=rows, plans=plans, follow_ups=follow_ups)
    assert (found.cases, found.others, found.unknown_cases) == (ids(1, 2, 5), ids(3, 4), ids(6))


def test_a_child_with_two_cases_counts_once_and_yes_goes_before_unknown_before_no() -> None:
    cases = (case(1), case(2, child=1), case(3), case(4, child=3), case(5), case(6, child=5))
    judgments = (
        judged(1, Sentence.CUSTODIAL), judged(2, Sentence.UNKNOWN), judged(3, Sentence.UNKNOWN),
        judged(4, Sentence.COMMUNITY), judged(5, Sentence.COMMUNITY), judged(6, Sentence.COMMUNITY),
    )  # fmt: skip
    found = value("custodial-sentences", cases=cases, judgments=judgments)
    assert (terms(found), found.cases, found.unknown_cases, found.others) == ((1, 2, 1), ids(1), ids(3), ids(5, 6))


def test_another_period_sees_other_rows() -> None:
    arrests = (arrest(1, moment(2, 1)), arrest(2, moment(4, 1)))
    assert value("children-arrested", QUARTER, arrests=arrests).number == 1
    assert value("children-arrested", YEAR, arrests=arrests).number == 2


@pytest.mark.parametrize("each", INDICATORS, ids=lambda each: each.key)
def test_an_office_without_rows_has_no_share_and_no_unknown(each) -> None:  # type: ignore[no-untyped-def]
    found = value(each.key, cases=())
    assert (found.number, terms(found)) == (0 if each.unit is Unit.COUNT else None, (0, 0, 0))
    assert (found.cases, found.others, found.unknown_cases) == ((), (), ())
    assert each.definition.endswith(".")
    assert found.bounds is None
