"""How names sound, read from either script; the names of places are the measure, as they stand in both."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr import places
from casemgr.khmer.alike import ALIKE, alike
from casemgr.khmer.search import search_key
from casemgr.khmer.sounds import skeleton, sounds

KHMER = st.text(st.characters(min_codepoint=0x1780, max_codepoint=0x17DD), max_size=12)
LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=16)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sok", "Sokh"), ("Chann", "Chan"), ("Srey Mom", "Sreymom"), ("Vuthy", "Vuthi"), ("Ratanak", "Rattanak"),
        ("Vannar", "Vanna"), ("Phan", "Pan"), ("Jea", "Chea"), ("Wanna", "Vanna"), ("Sophea", "Sofea"),
        ("ស្រី មុំ", "ស្រីមុំ"), ("សុី", "ស៊ី"), ("កណ្ដាល", "កណ្តាល"), ("វណ្ណ", "វ៉ាន់"),
    ],
)  # fmt: skip
def test_one_sound_in_several_spellings(one, other):
    assert alike(one, other) >= 0.9


@pytest.mark.parametrize(
    ("khmer", "latin"),
    [("សុខ", "Sok"), ("ស្រី", "Srey"), ("ភា", "Phea"), ("វណ្ណៈ", "Vannak"), ("ជ័យ", "Chey"), ("ពោធិ៍", "Po"), ("ហ្វា", "Fa")],
)
def test_the_series_of_a_consonant_gives_a_vowel_sign_its_sound(khmer, latin):
    assert alike(khmer, latin) >= 0.85


def test_the_shifters_change_the_series():
    assert sounds("បា") != sounds("ប៊ា")
    assert sounds("ម៉ា")[-1] == sounds("ហា")[-1] != sounds("មា")[-1]


def test_what_is_silenced_is_not_heard():
    assert sounds("រតន៍") == sounds("រត")


def sampled() -> list[places.Place]:
    """Return three thousand villages whose names have no figures in them, always the same ones."""
    named = [
        place
        for province in places.provinces()
        for place in places.find_places(province.code, limit=20_000)
        if len(place.code) == 8 and "ទី" not in place.name_km
        and not any(letter.isdigit() for letter in search_key(place.name_km))
    ]  # fmt: skip
    return random.Random(1).sample(sorted(set(named)), 3000)  # noqa: S311


def test_places_sound_alike_in_both_scripts_and_like_no_other(capsys):
    villages = sampled()
    met = sum(alike(each.name_km, each.name_en) >= ALIKE for each in villages) / len(villages)
    others = villages[1:] + villages[:1]
    pairs = [
        (one, other)
        for one, other in zip(villages, others, strict=True)
        if search_key(one.name_en) != search_key(other.name_en)
    ]
    wrong = sum(alike(one.name_km, other.name_en) >= ALIKE for one, other in pairs) / len(pairs)
    with capsys.disabled():
        print(f"\nvillages met in the other script: {met:.3f}; taken for another: {wrong:.4f}")
    assert met >= 0.88
    assert wrong <= 0.003


@given(KHMER | LATIN)
def test_any_text_has_sounds_and_they_are_found_again(text):
    heard = sounds(text)
    assert sounds(text) == heard
    assert heard.isascii()
    assert alike(text, text) in {0.0, 1.0}
    assert len(skeleton(text)) <= len(heard) or not heard


@given(KHMER | LATIN, KHMER | LATIN)
def test_likeness_is_the_same_both_ways_and_between_nothing_and_all(one, other):
    found = alike(one, other)
    assert 0 <= found <= 1
    assert found == pytest.approx(alike(other, one))


def test_a_key_that_was_held_down_is_no_trouble():
    assert sounds("a" * 5000) == sounds("a" * 4998)
    assert sounds("eiou" * 2000)
