"""CSV read again: Khmer, types as text, and nothing that a spreadsheet takes for a formula."""

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from exchange_tables import FORMULAS, ROWS, many, table, texts
from hypothesis import strategies as st
from partly import drawn

from casemgr.exchange.csv_file import safe, text_of, write_csv
from casemgr.exchange.table import CellKind, Column, Headings, Table


def written(given: Table) -> bytes:
    target = io.BytesIO()
    write_csv(given, target)
    assert not target.closed
    return target.getvalue()


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_cells_come_back_as_text() -> None:
    data = written(table(iter(ROWS)))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 1 + len(ROWS)
    assert read(data) == [
        ["Name", "Village", "Number", "How many points", "Case number", "Signature", "Child: Date", "Arrest: Date",
         "Notes"],
        ["ចាន់ ដារ៉ា", "01020304", "3", "1250000", "0.25", "3.14159", "2011-03-12", "2026-11-22 19:30", "Yes"],
        [""] * 9,
        [' <b>&"ខ" ', "012345678", "-5", "0", "1", "-2.50", "1899-05-01", "1899-12-31 01:00", "No"],
        ["ពីរ\nបន្ទាត់ _x0041_", "0", "0", "-400", "0.0", "1e-07", "2011", "2026-01-01 00:00", ""],
    ]  # fmt: skip


def test_there_is_one_line_of_headings_and_there_are_no_notes() -> None:
    rows = read(written(table(headings=Headings.TWO_LINES)))
    assert rows[0][1] == "ភូមិ / Village"
    assert len(rows) == 1 + len(ROWS)


def test_no_cell_is_taken_for_a_formula() -> None:
    rows = read(written(texts(FORMULAS)))[1:]
    for text, row in zip(FORMULAS, rows, strict=True):
        assert all(cell[0] not in "=+-@\t\r\n＝＋－＠" for cell in row)
        assert [text_of(cell) for cell in row] == [text] * 3


@drawn(30, 100, text=st.text())
def test_every_text_is_read_back(text: str) -> None:
    assert text_of(safe(text)) == text


def test_half_a_character_does_not_stop_the_list() -> None:
    assert read(written(texts(["a\ud800"])))[1][0] == "a?"


def test_numbers_that_are_none_and_wrong_rows_are_mistakes() -> None:
    with pytest.raises(ValueError, match="number"):
        written(Table("t", "t", [Column("a", "Name", CellKind.DECIMAL)], [[float("nan")]]))
    for rows in ([["a"] * 8], [["a"] * 10], [ROWS[0], ["a"]]):
        with pytest.raises(ValueError, match="cells"):
            written(table(rows))


@pytest.mark.parametrize("rows", [5_000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, rows: int) -> None:
    def peak(count: int) -> int:
        with (tmp_path / "list").open("w+b") as target:
            tracemalloc.start()
            try:
                assert write_csv(table(many(count)), target) == count
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    peak(10)
    assert peak(rows) <= 1.3 * peak(rows // 10)
