"""Digits inside a message follow the office's habit in Khmer, so that one paper does not mix two kinds."""

import pytest

from casemgr.i18n import Words


@pytest.mark.parametrize(
    ("language", "digits", "grade"),
    [
        ("km", "khmer", "ថ្នាក់ទី ៧"),
        ("km", "western", "ថ្នាក់ទី 7"),
        ("en", "khmer", "Grade 7"),
        ("en", "western", "Grade 7"),
    ],
)
def test_digits_of_a_message(language: str, digits: str, grade: str) -> None:
    assert Words(language, digits).text("Grade 7") == grade


def test_what_fills_a_slot_is_left_as_it_is() -> None:
    said = Words("km", "khmer").text("Saved as {file} in {folder}.", file="SR-2026.pdf", folder="/x/1")
    assert said == "បានរក្សាទុកជា SR-2026.pdf ក្នុង /x/1។"


def test_a_number_that_fills_a_slot_has_the_figures_of_the_office():
    message = "This file is larger than {megabytes} MB. Take the picture with a lower resolution, or save it in parts."
    assert "៤០" in Words("km", "khmer").text(message, megabytes=40)
    assert "40" in Words("en", "khmer").text(message, megabytes=40)
