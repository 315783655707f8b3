"""What a cell of a list says is understood as the same words typed in the window would be, or refused with advice."""
# ruff: noqa: DTZ001  (the cells of other programs know no zone of time)

import gc
import sys
import time as timer
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.clock import PartialDate, local
from casemgr.exchange.lines import Odd, Oddity, text_cell
from casemgr.records.child import Sex
from casemgr.services.import_cells import NO_PLACE, NO_TIME_SAID, SEVERAL_PLACES, Unfit, read_cell
from casemgr.services.import_columns import BY_KEY, COLUMNS, answer_called, column_called
from casemgr.typed import BUDDHIST_YEAR

READ: list[tuple[str, Any, Any]] = [
    ("date_of_birth", datetime(2008, 3, 12), PartialDate.of(2008, 3, 12)),
    ("date_of_birth", date(2008, 3, 12), PartialDate.of(2008, 3, 12)),
    ("date_of_birth", "12/3/2008", PartialDate.of(2008, 3, 12)),
    ("date_of_birth", "១២-៣-២០០៨", PartialDate.of(2008, 3, 12)),
    ("date_of_birth", "2008-03", PartialDate.of(2008, 3)),
    ("date_of_birth", "3/2008", PartialDate.of(2008, 3)),
    ("date_of_birth", 2008, PartialDate.of(2008)),
    ("date_of_birth", "age 15 on 2024-05-01", PartialDate.parse("age 15 on 2024-05-01")),
    ("index_date", "2024-07-01", date(2024, 7, 1)),
    ("index_date", "2024-07-01 00:00:00", date(2024, 7, 1)),
    ("index_date", None, None),
    ("arrested_at", datetime(2024, 5, 2, 19, 29, 59, 999_000), local(2024, 5, 2, 19, 30)),
    ("arrested_at", "2024-05-02 19:30", local(2024, 5, 2, 19, 30)),
    ("arrested_at", "2/5/2024 19.30", local(2024, 5, 2, 19, 30)),
    ("arrested_at", "2024-05-02T19:30:00+07:00", local(2024, 5, 2, 19, 30)),
    ("arrested_at", "2024-05-02T12:30:00Z", local(2024, 5, 2, 19, 30)),
    ("sex", "ប្រុស", Sex.MALE),
    ("sex", " M ", Sex.MALE),
    ("sex", "FEMALE", Sex.FEMALE),
    ("village_code", 17100401, "17100401"),
    ("village_code", 1020101.0, "01020101"),
    ("village_code", "១៧១០០៤០១", "17100401"),
    ("child_code", 7, "7"),
    ("child_code", "K-០៧", "K-07"),
    ("child_code", "ក-12/ខ", "ក-12/ខ"),
    ("notes", "two\nlines", "two\nlines"),
    ("given_name_km", "ដារ៉ា\u200b ", "ដារ៉ា"),
]


@pytest.mark.parametrize(("key", "cell", "value"), READ)
def test_a_cell_is_understood(key: str, cell: Any, value: Any) -> None:
    assert read_cell(BY_KEY[key], cell, {}).value == value


def test_a_day_without_a_time_is_kept_at_midnight_and_says_so() -> None:
    for cell in (date(2024, 5, 2), datetime(2024, 5, 2), "2/5/2024"):
        assert read_cell(BY_KEY["arrested_at"], cell, {}) == (local(2024, 5, 2), NO_TIME_SAID)


UNFIT: list[tuple[str, Any, str]] = [
    ("date_of_birth", "12/3/2551", BUDDHIST_YEAR),
    ("date_of_birth", 2551, BUDDHIST_YEAR),
    ("index_date", date(2567, 1, 1), BUDDHIST_YEAR),
    ("village_code", "99999999", NO_PLACE),
    ("village_code", "no such village", NO_PLACE),
    ("village_code", "ភូមិថ្មី", SEVERAL_PLACES),
    ("notes", Odd(Oddity.FORMULA), Oddity.FORMULA.value),
]


@pytest.mark.parametrize(("key", "cell", "message"), UNFIT)
def test_a_cell_that_does_not_fit_says_what_to_do(key: str, cell: Any, message: str) -> None:
    with pytest.raises(Unfit) as unfit:
        read_cell(BY_KEY[key], cell, {})
    assert unfit.value.message == message


def test_a_word_means_what_the_worker_chose() -> None:
    assert read_cell(BY_KEY["sex"], "Garçon", {"garcon": "male"}).value is Sex.MALE
    assert read_cell(BY_KEY["sex"], "n/a", {"n/a": ""}).value is None


@pytest.mark.parametrize(("heading", "key"), [
    ("child_code", "child_code"), ("Child code", "child_code"), ("ភេទ", "sex"), ("DOB", "date_of_birth"),
    ("Date of Birth:", "date_of_birth"), ("ឈ្មោះ", "name_km"), ("given_name_km", "given_name_km"),
    ("ថ្ងៃខែឆ្នាំកំណើត", "date_of_birth"), ("Remarks", "notes"),
])  # fmt: skip
def test_a_heading_is_known_by_what_lists_call_it(heading: str, key: str) -> None:
    found = column_called(heading)
    assert found is not None
    assert found.key == key


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.datetimes(), st.dates(), st.times(),
    st.text("0123456789-/.: Tage", max_size=24), st.sampled_from([Odd(each) for each in Oddity]),
    st.sampled_from([datetime(9999, 12, 31, 23, 59, 59), datetime(1, 1, 1), date.max, date.min, time.max]),
    st.sampled_from(["9999-12-31", "age 999 on 2026-01-01", "9999-12-31T23:59:59-23:59"]),
)  # fmt: skip


@given(st.sampled_from(COLUMNS), CELLS)
def test_whatever_stands_in_a_cell_it_is_understood_or_refused(column: Any, cell: Any) -> None:
    with suppress(Unfit):
        read_cell(column, cell, {})


@pytest.mark.parametrize("key", ["arrested_at", "index_date", "date_of_birth", "village_code", "sex"])
def test_a_cell_that_was_made_to_hold_the_program_up_is_refused_soon(key: str) -> None:
    begun = timer.perf_counter()
    for cell in ("a" + " " * 32_000 + "b", "1 " * 16_000, "ក" * 32_000):
        with pytest.raises(Unfit):
            read_cell(BY_KEY[key], cell, {})
    assert timer.perf_counter() - begun < 2


def test_a_text_of_question_marks_is_read_soon() -> None:
    begun = timer.perf_counter()
    assert text_cell("?" * 32_000 + "x") == "?" * 32_000 + "x"
    assert text_cell("?" * 32_000) == Odd(Oddity.MISREAD)
    assert timer.perf_counter() - begun < 1


def test_no_memory_without_a_bound_holds_what_stands_in_a_list() -> None:
    """Those with one are emptied when the window locks."""
    secret = "Secret Name"
    column_called(secret)
    for column in COLUMNS:
        answer_called(column.key, secret)
        with suppress(Unfit):
            read_cell(column, secret, {})
    kept = [
        each
        for name, module in tuple(sys.modules.items()) if name.startswith("casemgr")
        for each in tuple(vars(module).values())
        if hasattr(each, "cache_parameters") and each.cache_parameters()["maxsize"] is None
    ]  # fmt: skip
    assert kept
    assert [each.__name__ for each in kept if secret in repr(gc.get_referents(each))] == []
