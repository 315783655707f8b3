"""All of a workbook but its rows: XlsxWriter makes it in memory, the rows are streamed into it.

The writer's own ways are to keep every cell in memory, or to lay the rows down in files for a while, readable by
anybody who finds them on the disk. A list that is locked with a passphrase must not leave such files behind.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range

from casemgr.exchange.table import CellKind, Table
from casemgr.i18n import N_, Words
from casemgr.khmer.breaks import clusters

FONT = "Leelawadee UI"
"""Comes with every Windows since 8.1, and has Khmer; the Khmer OS fonts have to be installed, Khmer UI is optional."""
SHEET = "xl/worksheets/sheet1.xml"
FIRST = "[Content_Types].xml"
"""By this part, at the very beginning, programs know the file for a workbook."""

PAGE_OF = N_("page {page} of {pages}")
PRACTICE = N_("PRACTICE – invented data")

_FORMATS = {
    CellKind.TEXT: "@", CellKind.CODE: "@", CellKind.YES_NO: "@", CellKind.NUMBER: "0", CellKind.MONEY: '#,##0\\ "៛"',
    CellKind.DECIMAL: "#,##0.00", CellKind.PERCENT: "0.0%", CellKind.DATE: "dd\\-mm\\-yyyy",
    CellKind.MOMENT: "dd\\-mm\\-yyyy\\ hh:mm",
}  # fmt: skip
_DIGITS_ON_A_PAGE = 150.0  # so many columns' worth of digits stay readable on one landscape page
_LINE, _TALLEST = 17.0, 409.0  # points; Khmer needs more than Latin letters, and Excel knows no taller line
_LONGEST_NAME, _LONGEST_TITLE = 31, 150
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_STYLED = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"')
_DIMENSION = re.compile(r"<dimension [^>]*/>")


@dataclass(frozen=True)
class Frame:
    """A workbook without its rows.

    top: the sheet up to the headings; bottom: what follows the rows. others: the other parts by name. styles: the
    number of each column's style; note_style: that of a note. heads: how many lines of headings there are.
    """

    top: str
    bottom: str
    others: dict[str, bytes]
    styles: tuple[str, ...]
    note_style: str
    heads: int


def make_frame(table: Table, rows: int, notes: int) -> Frame:
    """Return the workbook that will hold so many rows and, after an empty one, so many notes."""
    target = io.BytesIO()
    look = {"default_format_properties": {"font_name": FONT, "font_size": 10}, "in_memory": True}
    with xlsxwriter.Workbook(target, look) as book:
        words = Words(table.language)
        book.set_properties({"title": table.title[:_LONGEST_TITLE], "comments": words.text(PRACTICE)}
                            if table.practice else {"title": table.title[:_LONGEST_TITLE]})  # fmt: skip
        sheet = book.add_worksheet(_sheet_name(table.sheet))
        heads = _write_heads(table, book, sheet)
        _write_pattern(table, book, sheet, heads)
        _set_page(table, words, sheet, heads, heads + rows + (notes + 1 if notes else 0))
        sheet.freeze_panes(heads, 0)
        sheet.autofilter(heads - 1, 0, heads - 1 + rows, len(table.columns) - 1)
        digits = [index for index, column in enumerate(table.columns) if column.kind in {CellKind.TEXT, CellKind.CODE}]
        if rows and digits:
            ranges = " ".join(xl_range(heads, index, heads + rows - 1, index) for index in digits)
            sheet.ignore_errors({"number_stored_as_text": ranges})
    return _taken_apart(target, heads, len(table.columns))


def _write_heads(table: Table, book: Any, sheet: Any) -> int:
    lines = table.heading_lines()
    look = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6E6E6", "border": 1}
    for row, line in enumerate(lines):
        for index, text in enumerate(line):
            align = "right" if index in table.right else "left"
            sheet.write_string(row, index, text, book.add_format(look | {"align": align}))
        needed = [
            1.2 * len(list(clusters(text))) / column.room for text, column in zip(line, table.columns, strict=True)
        ]
        sheet.set_row(row, min(_LINE * ceil(max(needed)), _TALLEST))  # LibreOffice does not reckon it by itself
    return len(lines)


def _write_pattern(table: Table, book: Any, sheet: Any, heads: int) -> None:
    """Write an empty row whose cells have the looks of the rows to come, and below it one note's."""
    for index, column in enumerate(table.columns):
        look = {"num_format": _FORMATS[column.kind], "valign": "top", "text_wrap": column.wrap}
        cell = book.add_format(look | {"align": "right" if index in table.right else "left"})
        sheet.set_column(index, index, column.room, cell)
        sheet.write_blank(heads, index, None, cell)
    sheet.write_blank(heads + 1, 0, None, book.add_format({"num_format": "@", "italic": True}))


def _set_page(table: Table, words: Words, sheet: Any, heads: int, last: int) -> None:
    """Set how it prints: A4 across, as many pages wide as its columns need, the headings on each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
    sheet.fit_to_pages(ceil(sum(column.room for column in table.columns) / _DIGITS_ON_A_PAGE), 0)
    sheet.repeat_rows(0, heads - 1)
    sheet.print_area(0, 0, last - 1, len(table.columns) - 1)
    title = table.title[:_LONGEST_TITLE].replace("&", "&&")
    practice = f'&R&"{FONT},Bold"{words.text(PRACTICE)}' if table.practice else ""
    sheet.set_header(f'&L&"{FONT},Bold"{title}{practice}')
    sheet.set_footer(f'&R&"{FONT},Regular"{words.text(PAGE_OF, page="&P", pages="&N")}')


def _sheet_name(name: str) -> str:
    """Return the name as a workbook can have it: some signs are not allowed, and 31 letters at most."""
    kept = ""
    for cluster in clusters(_NOT_IN_NAMES.sub(" ", name).strip(" '")):
        if len((kept + cluster).encode("utf-16-le")) > 2 * _LONGEST_NAME:
            break
        kept += cluster
    return kept.strip(" '") or "1"


def _taken_apart(target: io.BytesIO, heads: int, columns: int) -> Frame:
    with zipfile.ZipFile(target) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts.pop(SHEET).decode()
    before, _, rest = _DIMENSION.sub("", sheet).partition("<sheetData>")
    rows, _, after = rest.partition("</sheetData>")
    at = rows.index(f'<row r="{heads + 1}"')
    styles = _STYLED.findall(rows[at:])
    if len(styles) != columns + 1:
        raise ValueError("the writer of workbooks writes cells in another way than expected")
    return Frame(
        f"{before}<sheetData>{rows[:at]}", f"</sheetData>{after}", parts, tuple(styles[:-1]), styles[-1], heads
    )


def column_name(index: int) -> str:
    """Return the letters of a column, the first one being 0."""
    return str(xl_col_to_name(index))
