"""Indicators and windows by groups, in the office and outside."""

from datetime import timedelta

import pytest
from cohorts import AS_OF, BEGAN, contact, event, member
from hypothesis import given
from hypothesis import strategies as st
from office_rows import YEAR, arrest, case, case_id, day, detention, ids, indicator, moment

from casemgr.i18n import Words
from casemgr.law.ages import AgeBand
from casemgr.measures.cohort import FollowUpEnd, Member
from casemgr.measures.cohort_tables import COHORT_GROUPINGS, parts, window_table, windows_for_outside
from casemgr.measures.grounds import Ground
from casemgr.measures.groups import Grouping, grouped, label_in_words
from casemgr.measures.index_events import IndexKind
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.rows import CaseRow, DetentionRow, ReferralRow, Rows, VisitRow
from casemgr.measures.indicators.tables import (
    GROUPINGS,
    Table,
    table,
    table_for_outside,
    value_for_outside,
)
from casemgr.measures.indicators.tables import parts as value_parts
from casemgr.measures.indicators.values import Unit
from casemgr.measures.reoffending import Window
from casemgr.measures.small_cells import is_small
from casemgr.records.case import ChildRole, OffenceCategory, OffenceClass
from casemgr.records.child import Sex
from casemgr.records.fields import Answer
from casemgr.records.pathway.detention_answers import DetentionBasis
from casemgr.records.pathway.follow_up_answers import ContactLevel
from casemgr.records.pathway.reintegration_answers import SupportKind

R1 = ContactLevel.R1


def grouping(key: str) -> Grouping[CaseRow]:
    (found,) = (each for each in GROUPINGS if each.key == key)
    return found


def split(indicator_key: str, grouping_key: str, rows: Rows) -> Table:
    return table(indicator(indicator_key), grouping(grouping_key), rows, YEAR)


def office(boys: int, girls: int, held: int = 100) -> Rows:
    """So many boys and girls arrested, the first of them held on the last day."""
    sexes = [Sex.MALE] * boys + [Sex.FEMALE] * girls
    cases = tuple(case(number, sex=sex) for number, sex in enumerate(sexes))
    detentions = tuple(detention(number, day(2, 1)) for number in range(min(held, len(cases))))
    arrests = tuple(arrest(number, moment(2, 1)) for number in range(len(cases)))
    return Rows(cases=cases, arrests=arrests, detentions=detentions)


def test_each_group_has_its_own_value_and_its_own_cases() -> None:
    found = split("children-arrested", "sex", office(2, 1))
    assert [(label, value.number, value.cases) for label, value in found.rows if value] == [
        (Sex.MALE, 2, ids(0, 1)), (Sex.FEMALE, 1, ids(2)),
    ]  # fmt: skip
    assert found.total is not None
    assert (found.total.number, found.total.cases) == (3, ids(0, 1, 2))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("sex", {Sex.FEMALE: 1, None: 1}),
        ("age-band", {AgeBand.FROM_14: 1, AgeBand.IN_DOUBT: 1}),
        ("category", {OffenceCategory.THEFT: 1, OffenceCategory.DRUG_USE: 1, None: 1}),
        ("offence-class", {OffenceClass.FELONY: 1, None: 1}),
        ("province", {"17": 1, None: 1}),
        ("role", {ChildRole.VICTIM: 1, None: 1}),
        ("poverty", {Answer.YES: 1, Answer.UNKNOWN: 1}),
        ("political", {Answer.NO: 1, Answer.UNKNOWN: 1}),
    ],
)
def test_every_grouping(key: str, expected: dict[object, int]) -> None:
    known = case(
        1, sex=Sex.FEMALE, age_band=AgeBand.FROM_14, categories=(OffenceCategory.THEFT, OffenceCategory.DRUG_USE),
        classes=(OffenceClass.PETTY, OffenceClass.FELONY, None), province="17", role=ChildRole.VICTIM,
        grounds={Ground.POVERTY: Answer.YES, Ground.POLITICAL: Answer.NO},
    )  # fmt: skip
    rows = Rows(cases=(known, case(2)), arrests=(arrest(1, moment(2, 1)), arrest(2, moment(2, 1))))
    found = split("children-arrested", key, rows)
    assert {label: value.number for label, value in found.rows if value} == expected
    assert [label for label, _ in found.rows] == list(expected), "in the order of the answers, not known last"


def test_every_indicator_splits_by_every_ground() -> None:
    keys = {each.key for each in GROUPINGS}
    assert keys >= {ground.value for ground in Ground}
    rows = office(6, 6)
    for each in INDICATORS:
        if each.whole_office:
            with pytest.raises(ValueError, match=each.key):
                table(each, GROUPINGS[0], rows, YEAR)
        else:
            assert table(each, GROUPINGS[0], rows, YEAR).total == each.measure(rows, YEAR)


def test_rows_are_dealt_to_the_groups_of_their_cases() -> None:
    rows = office(3, 0)._replace(members=(member(5), member(6)))
    dealt = rows.split({case_id(1): ("some", "all"), case_id(2): ("all",), rows.members[0].since.case_id: ("some",)})
    some, everything = dealt["some"], dealt["all"]
    assert (len(some.cases), len(some.arrests), len(some.detentions), some.members) == (1, 1, 1, rows.members[:1])
    assert (everything.cases, everything.members) == (rows.cases[1:], ())
    assert rows.split({}) == {}


def test_small_groups_do_not_leave_the_office_nor_can_they_be_reckoned() -> None:
    outside = table_for_outside(split("children-arrested", "sex", office(20, 3)))
    assert [value for _, value in outside.rows] == [None, None]
    assert outside.total is not None
    assert (outside.total.number, outside.total.cases) == (23, ())
    large = table_for_outside(split("children-arrested", "sex", office(20, 5)))
    assert [value.number for _, value in large.rows if value] == [20, 5]
    assert all(value.cases == () for _, value in large.rows if value)
    nobody = table_for_outside(split("children-arrested", "sex", office(3, 1)))
    assert (nobody.total, [value for _, value in nobody.rows]) == (None, [None, None])
    assert table_for_outside(nobody) == nobody, "what was left out stays so"


def test_a_ground_that_never_leaves_the_office() -> None:
    kept = [each.key for each in GROUPINGS if not each.leaves_office]
    assert kept == ["political"]
    with pytest.raises(ValueError, match="political"):
        table_for_outside(split("children-arrested", "political", office(20, 20)))


def test_the_longest_detention_is_that_of_one_child() -> None:
    rows = office(8, 0)._replace(
        detentions=tuple(DetentionRow(case_id(n), day(2, 1), day(3, n + 1), DetentionBasis.PRETRIAL) for n in range(8))
    )
    inside = indicator("time-before-sentence").measure(rows, YEAR)
    assert inside.spread is not None
    assert inside.spread.longest == 36
    outside = value_for_outside(inside, Unit.DAYS)
    assert outside is not None
    assert outside.spread is not None
    assert (outside.spread.longest, outside.spread.median) == (None, inside.spread.median)
    few = indicator("time-before-sentence").measure(rows._replace(detentions=rows.detentions[:4]), YEAR)
    assert value_for_outside(few, Unit.DAYS) is None


def test_six_referrals_of_one_child_are_one_child() -> None:
    rows = Rows(cases=(case(1),), referrals=tuple(ReferralRow(case_id(1), day(2, 1)) for _ in range(6)))
    found = indicator("referrals").measure(rows, YEAR)
    assert found.number == 6
    assert value_for_outside(found, Unit.COUNT) is None


def test_a_ratio_hides_as_few_children_as_a_count() -> None:
    visits = tuple(VisitRow(case_id(number), day(5, 1)) for number in range(8) for _ in range(3))
    many = indicator("visits-a-quarter").measure(office(8, 0)._replace(visits=visits), YEAR)
    told = value_for_outside(many, Unit.RATIO)
    assert told is not None
    assert (told.numerator, told.cases) == (24, ())
    few = indicator("visits-a-quarter").measure(office(8, 0)._replace(visits=visits[:9]), YEAR)
    assert (few.numerator, value_for_outside(few, Unit.RATIO)) == (9, None)


@given(st.integers(0, 15), st.integers(0, 15), st.integers(0, 30))
def test_no_part_of_a_table_outside_is_small(boys: int, girls: int, held: int) -> None:
    for key in ("children-arrested", "pre-sentence", "children-detained", "lawyer-ever"):
        outside = table_for_outside(split(key, "sex", office(boys, girls, held)))
        unit = indicator(key).unit
        shown = [value for _, value in outside.rows if value is not None]
        if outside.total is None:
            continue
        assert not is_small(value_parts(outside.total, unit)[3:])
        left = [
            getattr(outside.total, name) - sum(getattr(value, name) for value in shown)
            for name in ("numerator", "denominator", "unknown")
        ]
        assert all(part == 0 or part >= 5 for part in left)
        assert sum(value is None for _, value in outside.rows) != 1


def children(count: int, offended: int, lost: int, **more: object) -> list[Member]:
    """So many followed for a year, so many of them with a new offence, and so many more lost."""
    known = [member(400, *([contact(50)] if number < offended else []), **more) for number in range(count)]
    return known + [member(5, ended=FollowUpEnd.LOST, **more) for _ in range(lost)]


def test_a_window_by_groups() -> None:
    boys, girls = children(12, 6, 5, sex=Sex.MALE), children(11, 5, 0, sex=Sex.FEMALE)
    (by_sex,) = (each for each in COHORT_GROUPINGS if each.key == "sex")
    found = window_table([*girls, *boys], by_sex, Window(12), R1, AS_OF)
    assert [(label, window.rate, window.lost) for label, window in found.rows if window] == [
        (Sex.MALE, 0.5, 5), (Sex.FEMALE, 5 / 11, 0),
    ]  # fmt: skip
    assert found.total is not None
    assert (found.total.events, found.total.eligible) == (11, 28)
    outside = windows_for_outside(found)
    assert [window.rate for _, window in outside.rows if window] == [0.5, 5 / 11]
    for window in (outside.total, *(window for _, window in outside.rows)):
        assert window is not None
        assert (window.confirmed, window.dated, window.lost_why, window.event_cases) == (None, None, (), ())


def test_small_groups_of_a_cohort_do_not_leave_the_office() -> None:
    (by_sex,) = (each for each in COHORT_GROUPINGS if each.key == "sex")
    boys, girls = children(12, 6, 5, sex=Sex.MALE), children(11, 4, 0, sex=Sex.FEMALE)
    outside = windows_for_outside(window_table([*boys, *girls], by_sex, Window(12), R1, AS_OF))
    assert [window for _, window in outside.rows] == [None, None]
    assert outside.total is not None
    waiting = [member(0, since=event(AS_OF - timedelta(days=9))) for _ in range(3)]
    total = window_table([*boys, *waiting], by_sex, Window(12), R1, AS_OF)
    assert total.total is not None
    assert parts(total.total) == (6, 6, 5, 3)
    hidden = windows_for_outside(total)
    assert hidden.total is None
    assert windows_for_outside(hidden) == hidden


def test_the_groupings_of_a_cohort() -> None:
    one = member(
        5, since=event(BEGAN, kind=IndexKind.DIVERSION), detained=True, offence_class=OffenceClass.FELONY,
        age_band=AgeBand.FROM_16, supports=(SupportKind.TRAINING, SupportKind.TRANSPORT),
    )  # fmt: skip
    found = {each.key: list(grouped([one, member(5)], each)) for each in COHORT_GROUPINGS}
    assert found == {
        "index-kind": [IndexKind.RELEASE, IndexKind.DIVERSION],
        "sex": [None],
        "age-band": [AgeBand.FROM_16, AgeBand.IN_DOUBT],
        "offence-class": [OffenceClass.FELONY, None],
        "detained": [Answer.YES, Answer.NO],
        "supported": [Answer.YES, Answer.NO],
        "support": [SupportKind.TRAINING, SupportKind.TRANSPORT],
    }


def test_what_groups_are_called() -> None:
    words = Words("en")
    assert [label_in_words(label, words) for label in (Sex.MALE, "17", None)] == ["Male", "Siemreap", "Unknown"]
    assert label_in_words("17", Words("km")) == "សៀមរាប"
