"""A workbook read again by another library: every cell with its type, the page as it prints, no formula."""

import datetime as dt
import io
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from exchange_tables import CANARY, COLUMNS, FORMULAS, PASSPHRASE, ROWS, many, table, texts

from casemgr.clock import local
from casemgr.exchange import xlsx
from casemgr.exchange.frame import FONT, SHEET
from casemgr.exchange.table import CellKind, Column, Headings, Table
from casemgr.exchange.xlsx import LONGEST_TEXT, write_xlsx
from casemgr.i18n import Words
from casemgr.trouble import Refusal


def clock(*at: int) -> dt.datetime:
    """Return a moment as a sheet has it, without a time zone."""
    return local(*at).replace(tzinfo=None)


EXPECTED: list[list[Any]] = [
    ["ចាន់ ដារ៉ា", "01020304", 3, 1_250_000, 0.25, 3.14159, clock(2011, 3, 12), clock(2026, 11, 22, 19, 30),
     "Yes"],
    [None] * 9,
    [' <b>&"ខ" ', "012345678", -5, 0, 1, -2.5, "01-05-1899", "31-12-1899 01:00", "No"],
    ["ពីរ\nបន្ទាត់ _x005F_x0041_", "0", 0, -400, 0, 1e-7, "2011", clock(2026, 1, 1), None],
]  # fmt: skip  # Excel and LibreOffice read _x005F_ as the underscore it stands for; openpyxl shows it


def written(given: Table, passphrase: str | None = None) -> bytes:
    target = io.BytesIO()
    write_xlsx(given, target, passphrase)
    return target.getvalue()


def sheet_of(given: Table) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(given))).active


def values(sheet: Any, first: int, last: int) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(first, last)]


def test_every_cell_comes_back_with_its_type() -> None:
    sheet = sheet_of(table(iter(ROWS)))
    assert values(sheet, 2, 1 + len(ROWS)) == EXPECTED
    kinds = [cell.data_type for cell in sheet[2]]
    assert kinds == ["s", "s", "n", "n", "n", "n", "d", "d", "s"]
    formats = [cell.number_format.replace("\\", "") for cell in sheet[2]]
    assert formats == ["@", "@", "0", '#,##0 "៛"', "0.0%", "#,##0.00", "dd-mm-yyyy", "dd-mm-yyyy hh:mm", "@"]
    assert {cell.font.name for row in sheet.iter_rows(1, 2) for cell in row} == {FONT}


def test_notes_stand_under_the_rows_after_an_empty_line() -> None:
    sheet = sheet_of(table())
    assert values(sheet, 6, 8) == [[None] * 9, ["Definition: one", *[None] * 8], ["=two", *[None] * 8]]
    assert sheet.max_row == 8
    assert sheet["A8"].data_type == "s"


@pytest.mark.parametrize("headings", Headings)
def test_headings_in_the_languages_asked_for(headings: Headings) -> None:
    km, en = ([column.heading(Words(language)) for column in COLUMNS] for language in ("km", "en"))
    assert "Arrest: Date" in en
    expected = {
        Headings.OWN: [en],
        Headings.TWO_LINES: [km, en],
        Headings.ONE_LINE: [[f"{k} / {e}" if k != e else k for k, e in zip(km, en, strict=True)]],
    }[headings]
    sheet = sheet_of(table(headings=headings))
    lines = len(expected)
    assert values(sheet, 1, lines) == expected
    assert values(sheet, lines + 1, lines + 1) == [EXPECTED[0]]
    assert sheet.freeze_panes == f"A{lines + 1}"
    assert sheet.auto_filter.ref == f"A{lines}:I{lines + len(ROWS)}"
    assert sheet.print_title_rows == f"$1:${lines}"
    assert sheet.print_area.endswith(f"$A$1:$I${lines + len(ROWS) + 3}")


def test_it_prints_across_with_headings_and_number_of_pages() -> None:
    sheet = sheet_of(table(practice=True))
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == ("landscape", 9, None, 0)  # 1 wide
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.right.text == "page &P of &N"
    assert sheet.oddHeader.left.text == "បញ្ជីកុមារ && cases"
    assert "PRACTICE" in sheet.oddHeader.right.text
    assert "PRACTICE" in sheet["A7"].value
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == pytest.approx([44.7, 14.7], abs=0.1)


def test_a_wide_list_prints_on_several_pages_side_by_side() -> None:
    wide = Table("t", "t", [Column(f"c{n}", "Name") for n in range(30)], [["a"] * 30])
    assert sheet_of(wide).page_setup.fitToWidth == 5


def test_the_file_says_what_it_is_and_names_nobody() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(table())))
    about = book.properties
    assert about.title == "បញ្ជីកុមារ & cases"
    assert [about.creator, about.lastModifiedBy, about.keywords, about.description] == [None] * 4
    with zipfile.ZipFile(io.BytesIO(written(table()))) as package:
        assert package.testzip() is None
        assert package.namelist()[0] == "[Content_Types].xml"


def test_nothing_is_ever_a_formula() -> None:
    data = written(texts(FORMULAS))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read(SHEET)
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(2))
    for text, row in zip(FORMULAS, rows, strict=True):
        assert [(cell.value, cell.data_type) for cell in row] == [(text.replace("\r", "\n"), "s")] * 3


def test_an_empty_list_has_its_headings_and_notes() -> None:
    sheet = sheet_of(table(iter(())))
    assert sheet.max_row == 4
    assert sheet.auto_filter.ref == "A1:I1"
    assert sheet["A3"].value == "Definition: one"


def test_what_no_sheet_can_hold_is_left_out_or_cut() -> None:
    long = "កខ" * 20_000
    sheet = sheet_of(texts(["a\x00\x07b\ud800c\uffff", long, "😀" * 20_000, "x" * LONGEST_TEXT]))
    cells = [sheet.cell(row, 1).value for row in range(2, 6)]
    assert cells[0] == "abc"
    assert cells[1] == long[: LONGEST_TEXT - 1] + "…"
    assert cells[2] == "😀" * ((LONGEST_TEXT - 1) // 2) + "…"
    assert cells[3] == "x" * LONGEST_TEXT


@pytest.mark.parametrize("name", ["[a]:b*c?/d\\e", "'quoted'", "ក" * 40, "", "///", "ស្ត្រី" * 9])
def test_a_sheet_has_a_name_that_is_allowed(name: str) -> None:
    title = sheet_of(table(sheet=name)).title
    assert 0 < len(title) <= 31
    assert not set(title) & set("[]:*?/\\'")
    assert not title.endswith("\u17d2")  # no letter is cut in two


@pytest.mark.parametrize(
    ("kind", "value"),
    [(CellKind.DECIMAL, float("nan")), (CellKind.PERCENT, float("inf")), (CellKind.MOMENT, clock(2026, 1, 1))],
)
def test_what_is_no_number_or_no_moment_is_a_mistake(kind: CellKind, value: Any) -> None:
    with pytest.raises(ValueError, match=r"number|time zone"):
        written(Table("t", "t", [Column("a", "Name", kind)], [[value]]))


def test_a_row_with_a_cell_too_many_or_too_few_is_a_mistake() -> None:
    for row in (["a"] * 8, ["a"] * 10):
        with pytest.raises(ValueError, match="argument"):
            written(table([row]))


def test_a_list_longer_than_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 10)
    with pytest.raises(Refusal, match="too long"):
        written(table(many(2000)))


@pytest.mark.parametrize("rows", [5_000, pytest.param(20_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("passphrase", [PASSPHRASE, pytest.param(None, marks=pytest.mark.slow)])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, passphrase: str | None, rows: int) -> None:
    def peak(count: int) -> int:
        with (tmp_path / "list").open("w+b") as target:
            tracemalloc.start()
            try:
                assert write_xlsx(table(many(count)), target, passphrase) == count
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    peak(10)  # what is loaded once
    assert peak(rows) <= 1.3 * peak(rows // 10)


def test_the_same_rows_give_the_same_sheet() -> None:
    def sheet(given: Table) -> bytes:
        with zipfile.ZipFile(io.BytesIO(written(given))) as package:
            return package.read(SHEET)

    assert sheet(table()) == sheet(table())
    assert CANARY.encode() in sheet(replace(table(), rows=many(3)))
