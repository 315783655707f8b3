"""Search keys and digits."""

import pytest

from casemgr.khmer.digits import to_ascii_digits, to_khmer_digits
from casemgr.khmer.search import KEY_VERSION, search_key

SAME = [
    ("កណ្ដាល", "កណ្តាល"),
    ("ព្រៃ\u200bនប់", "ព្រៃនប់"),
    ("ស្រ្តី", "ស្ត្រី"),
    ("ឲ្យ", "ឱ្យ"),
    ("កំា", "កាំ"),
    ("កេីត", "កើត"),
    ("កេាះ", "កោះ"),
    ("សុី", "ស៊ី"),
    ("ស៊ី", "សី៊"),
    ("ប៉ុន្តែ", "បុ៉ន្តែ"),
    ("ម៉ៅ", "មៅ៉"),
    ("១២", "12"),
    ("SOK Dara", "sok  dara "),
    ("Nguyễn Đức", "nguyen duc"),
    ("José", "jose"),
    ("ភូមិ ១", "ភូមិ  1"),
    ("ខ្ញំុ", "ខ្ញុំ"),
]


@pytest.mark.parametrize(("typed", "stored"), SAME)
def test_spellings_of_the_same_name_have_one_key(typed: str, stored: str) -> None:
    assert search_key(typed) == search_key(stored)


@pytest.mark.parametrize(("one", "other"), [("សុខ", "សុក"), ("ដា", "តា"), ("Sok", "Suk"), ("កា", "កាំ"), ("ប៉ា", "បា")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@pytest.mark.parametrize(("part", "whole"), [("សុភា", "ចាន់ សុភា"), ("phnom", "Phnom Penh"), ("ដារ", "សុខ ដារ៉ា")])
def test_key_of_a_part_is_part_of_the_key(part: str, whole: str) -> None:
    assert search_key(part) in search_key(whole)


def test_a_key_is_its_own_key() -> None:
    for pair in SAME:
        for text in pair:
            assert search_key(search_key(text)) == search_key(text)
    assert KEY_VERSION >= 1


def test_digits_both_ways() -> None:
    assert to_khmer_digits("ថ្ងៃទី 24.5a") == "ថ្ងៃទី ២៤.៥a"
    assert to_ascii_digits(to_khmer_digits("0123456789")) == "0123456789"
