"""What a worker types in a date, a time or a number is understood, in either figures, or explained."""

from datetime import date, time

import pytest

from ui.editors.reading import (
    BUDDHIST_YEAR,
    NO_DAY,
    NO_NUMBER,
    NO_TIME,
    Unreadable,
    read_date,
    read_number,
    read_phone,
    read_time,
)
from ui.words import wrapped


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5/3/2010", date(2010, 3, 5)),
        ("05-03-2010", date(2010, 3, 5)),
        ("5.3.10", date(2010, 3, 5)),
        ("5 3 2010", date(2010, 3, 5)),
        ("05032010", date(2010, 3, 5)),
        ("050310", date(2010, 3, 5)),
        ("2010-03-05", date(2010, 3, 5)),
        ("០៥-០៣-២០១០", date(2010, 3, 5)),
        ("៥/៣/១០", date(2010, 3, 5)),
        ("29-2-2024", date(2024, 2, 29)),
        ("1-1-85", date(1985, 1, 1)),
        ("  ", None),
        ("", None),
    ],
)
def test_dates_are_read_day_first(typed, day):
    assert read_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31-02-2024", NO_DAY),
        ("29-2-2023", NO_DAY),
        ("12", NO_DAY),
        ("3-2010", NO_DAY),
        ("tomorrow", NO_DAY),
        ("13-13-2020", NO_DAY),
        ("5-3-2553", BUDDHIST_YEAR),
    ],
)
def test_what_is_no_date_is_explained(typed, why):
    with pytest.raises(Unreadable) as refused:
        read_date(typed)
    assert refused.value.message == why


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("21:05", time(21, 5)),
        ("21.05", time(21, 5)),
        ("2105", time(21, 5)),
        ("905", time(9, 5)),
        ("9", time(9, 0)),
        ("21h05", time(21, 5)),
        ("២១:០៥", time(21, 5)),
        ("០៩០៥", time(9, 5)),
        ("", None),
    ],
)
def test_times_are_read_on_the_24_hour_clock(typed, at):
    assert read_time(typed) == at


@pytest.mark.parametrize("typed", ["25:00", "12:60", "noon", "12345"])
def test_what_is_no_time_is_explained(typed):
    with pytest.raises(Unreadable) as refused:
        read_time(typed)
    assert refused.value.message == NO_TIME


@pytest.mark.parametrize(("typed", "number"), [("12", 12), ("១២,៥០០", 12500), ("1 000 ៛", 1000), ("0", 0), ("", None)])
def test_numbers_are_read_in_either_figures(typed, number):
    assert read_number(typed) == number


@pytest.mark.parametrize("typed", ["-3", "twelve", "1.5", "½"])
def test_what_is_no_number_is_explained(typed):
    with pytest.raises(Unreadable) as refused:
        read_number(typed)
    assert refused.value.message == NO_NUMBER


def test_a_telephone_number_is_kept_in_western_figures():
    assert read_phone(" ០១២ ៣៤៥ ៦៧៨ ") == "012 345 678"
    with pytest.raises(Unreadable):
        read_phone("mother")


def test_a_text_without_any_break_gets_some_where_a_line_can_begin():
    long = "ក" * 39 + "ក\u17d2ក" + "ខ" * 50
    parts = wrapped(long).split("\u200b")
    assert "".join(parts) == long
    assert max(map(len, parts)) <= 80
    assert all(part[0] in "កខ" and not part.endswith("\u17d2") for part in parts)
    assert wrapped("short enough") == "short enough"
    assert wrapped('<a href="' + "x" * 90 + '">') == '<a href="' + "x" * 90 + '">'
