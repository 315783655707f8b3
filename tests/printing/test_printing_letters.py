"""Place and date below the head of official papers, with and without the Khmer lunar date above them."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from casemgr.i18n import Words
from casemgr.printing.blocks import Paper
from casemgr.printing.forms.letters import made_at, town_of
from casemgr.printing.page import draw
from casemgr.records.office import OfficeSettings

KM, EN = Words("km", "khmer"), Words("en")
DAY = date(2026, 12, 10)
PLAIN = OfficeSettings(code="SR", name_km="ការិយាល័យ", name_en="Office")
LUNAR = OfficeSettings(code="SR", name_km="ការិយាល័យ", name_en="Office", lunar_date=True)


@pytest.mark.parametrize(
    ("words", "lunar", "made"),
    [
        (KM, "ថ្ងៃព្រហស្បតិ៍ ១កើត ខែមិគសិរ ឆ្នាំមមី អដ្ឋស័ក ព.ស.២៥៧០", "ធ្វើនៅសៀមរាប ថ្ងៃទី១០ ខែធ្នូ ឆ្នាំ២០២៦"),
        (EN, "Thursday, 1 waxing Migasir, year Momi Atthasak, B.E.\u00a02570", "Done at សៀមរាប, 10 December 2026"),
    ],
)
def test_the_lunar_date_stands_above_where_the_office_wants_it(words: Words, lunar: str, made: str) -> None:
    assert made_at("សៀមរាប", DAY, LUNAR, words) == f"{lunar}\n{made}"
    assert made_at("សៀមរាប", DAY, PLAIN, words) == made_at("សៀមរាប", DAY, None, words) == made


def test_the_lunar_line_has_khmer_figures_whatever_the_office_likes() -> None:
    lunar, made = made_at("សៀមរាប", DAY, LUNAR, Words("km", "western")).split("\n")
    assert "១កើត" in lunar
    assert "2026" in made


@pytest.mark.parametrize("words", [KM, EN])
def test_what_is_not_known_is_left_for_writing_by_hand(words: Words) -> None:
    lunar, made = made_at(None, None, LUNAR, words).split("\n")
    assert lunar.count("…") > 10
    assert made.count("…") > 20
    assert made == made_at(None, None, PLAIN, words)


@pytest.mark.parametrize("words", [KM, EN])
@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2046, 1, 1)])
def test_a_day_that_is_not_proven_leaves_dots_and_no_guess(day: date, words: Words) -> None:
    lunar, made = made_at("សៀមរាប", day, LUNAR, words).split("\n")
    assert lunar == made_at("សៀមរាប", None, LUNAR, words).split("\n")[0]
    assert words.figures(str(day.year)) in made


@pytest.mark.parametrize("words", [KM, EN])
@pytest.mark.parametrize("day", [DAY, None, date(2023, 8, 1)])  # the last: in the second Asath, a long name
@pytest.mark.parametrize("number", ["SR-2026-0001", None, ""])
def test_both_lines_stand_at_the_right_and_nothing_lies_on_them(
    number: str | None, day: date | None, words: Words
) -> None:
    paper = Paper("letter", "1", "Letter", office="ការិយាល័យ", case_number=number)
    place = "ព្រៃនប់" if words.language == "km" else "Prey Nob"
    boxes, width = ink(replace(paper, made=made_at(place, day, LUNAR, words)), words)
    ends = [box for box in boxes if box[1] > 600 and box[2] > width - 54]
    assert max(box[1] for box in ends) - min(box[1] for box in ends) > 10
    assert all(box[2] < width - 48 for box in boxes)
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert not overlap(one, other)


def ink(paper: Paper, words: Words) -> tuple[list[tuple[float, float, float, float]], float]:
    """Return the boxes of each line of text on the page (left, bottom, right, top), and the width of the page."""
    page = pypdfium2.PdfDocument(draw(paper, words))[0]
    text = page.get_textpage()
    return [text.get_rect(at) for at in range(text.count_rects())], page.get_width()


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Return whether two boxes cover each other by more than a point both ways."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    upwards = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and upwards > 1


@pytest.mark.parametrize(
    ("towns", "khmer", "english"),
    [
        (("សៀមរាប", "Siem Reap"), "សៀមរាប", "Siem Reap"),
        (("បាត់ដំបង", None), "បាត់ដំបង", "Battambang"),
        ((None, "Battambang"), "បាត់ដំបង", "Battambang"),
        (("ផ្សារថ្មី", ""), "ផ្សារថ្មី", "ផ្សារថ្មី"),  # no place of the list
        ((None, None), None, None),
    ],
)
def test_the_town_stands_in_the_language_of_the_paper(
    towns: tuple[str | None, str | None], khmer: str | None, english: str | None
) -> None:
    office = OfficeSettings(code="SR", name_km="ការិយាល័យ", name_en="Office", town=towns[0], town_en=towns[1])
    assert (town_of(office, KM), town_of(office, EN)) == (khmer, english)
    assert town_of(None, KM) is None
