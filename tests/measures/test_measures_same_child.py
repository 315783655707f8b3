"""Whether two records may be of one child: what is weighed, and what must not tip the scales."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.clock import PartialDate
from casemgr.measures.same_child import Person, Reason, likeness, person_of
from casemgr.records.child import Child, Guardian, Sex

DARA = Person(
    "ចាន់", "ដារ៉ា", "Chan", "Dara", "តូច", Sex.MALE, PartialDate.of(2011, 3, 12), "17100401", ("012 345 678",),
    ("អ៊ុំ សុផល",),
)  # fmt: skip


def test_the_same_answers_are_one_child():
    found = likeness(DARA, DARA)
    assert found.score == 100
    assert found.is_likely
    assert found.reasons[:2] == (Reason.SAME_NAME, Reason.SAME_BIRTH)


def test_a_name_in_the_other_script_meets_with_the_same_birth():
    other = Person(family_latin="Chan", given_latin="Dara", sex=Sex.MALE, born=PartialDate.of(2011, 3, 12))
    found = likeness(replace(DARA, family_latin=None, given_latin=None), other)
    assert found.is_likely
    assert set(found.reasons) == {Reason.SAME_NAME, Reason.SAME_BIRTH}


def test_another_spelling_in_the_same_village_is_possible():
    other = Person(family_latin="Chann", given_latin="Darra", village_code="17100401")
    found = likeness(Person(family_latin="Chan", given_latin="Dara", village_code="17100401"), other)
    assert found.is_possible
    assert Reason.SAME_VILLAGE in found.reasons


def test_a_common_name_alone_is_not_likely():
    name = Person(family_latin="Sok", given_latin="Dara", sex=Sex.MALE)
    assert not likeness(name, name).is_likely


def test_brothers_and_sisters_are_not_likely_however_much_they_share():
    sister = replace(DARA, given_km="ស្រីពៅ", given_latin="Sreypov", sex=Sex.FEMALE)
    twin = replace(DARA, given_km="វិសាល", given_latin="Visal", nickname=None)
    assert not likeness(DARA, sister).is_possible
    assert not likeness(DARA, twin).is_likely


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        (PartialDate.of(2011, 12, 3), Reason.BIRTH_CLOSE), (PartialDate.of(2012, 3, 12), Reason.BIRTH_CLOSE),
        (PartialDate.of(2011, 3, 21), Reason.BIRTH_CLOSE), (PartialDate.of(2011), Reason.BIRTH_FITS),
        (PartialDate.of(2014, 1, 1), Reason.OTHER_BIRTH), (PartialDate.of(2011, 8, 1), None), (None, None),
    ],
)  # fmt: skip
def test_dates_are_weighed_by_how_they_may_have_been_mistaken(born, reason):
    births = {Reason.SAME_BIRTH, Reason.BIRTH_CLOSE, Reason.BIRTH_FITS, Reason.OTHER_BIRTH}
    found = set(likeness(DARA, replace(DARA, born=born)).reasons) & births
    assert found == ({reason} if reason else set())


def test_what_speaks_against_stands_last_and_weighs():
    other = replace(DARA, sex=Sex.FEMALE, village_code="02010101")
    found = likeness(DARA, other)
    assert found.score < 100
    assert set(found.reasons[-2:]) == {Reason.OTHER_SEX, Reason.OTHER_PROVINCE}
    assert all(each.speaks_against for each in found.reasons[-2:])


def test_telephones_are_one_however_they_are_typed():
    found = likeness(Person(phones=("012 345 678",)), Person(phones=("+855 12-345-678",)))
    assert found.reasons == (Reason.SAME_PHONE,)
    assert likeness(Person(phones=("119",)), Person(phones=("119",))).reasons == ()


def test_a_child_is_described_by_its_record():
    child = Child(
        family_name_km="ចាន់", phone="012 345 678", guardians=(Guardian(name="អ៊ុំ សុផល", phone="097 555 0123"), Guardian())
    )
    person = person_of(child)
    assert person.phones == ("012 345 678", "097 555 0123")
    assert person.guardians == ("អ៊ុំ សុផល",)
    assert "ចាន់" not in repr(person)


def test_nothing_known_is_nothing_alike():
    assert likeness(Person(), Person()) == (0, ())


TEXT = st.none() | st.sampled_from(["ចាន់", "Chan", "Dara", "ដារ៉ា", "Sok", "ស្រីពៅ", ""])
BORN = st.none() | st.dates().map(PartialDate.on) | st.integers(1990, 2020).map(PartialDate.of)
PERSON = st.builds(
    Person, TEXT, TEXT, TEXT, TEXT, TEXT, st.sampled_from([None, *Sex]), BORN,
    st.sampled_from([None, "17", "1710", "17100401", "02010101"]), st.just(()), st.just(()),
)  # fmt: skip


@given(PERSON, PERSON)
def test_likeness_is_the_same_both_ways(one, other):
    found = likeness(one, other)
    assert found.score == likeness(other, one).score
    assert 0 <= found.score <= 100
    assert set(found.reasons) == set(likeness(other, one).reasons)
