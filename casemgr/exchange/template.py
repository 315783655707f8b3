"""The empty list that an office fills in: columns with lists of answers, notes in both languages, typed date cells.

The first line has the names of the columns as the program knows them for ever, the second what they are called in both
languages. Codes are text, so that no leading zero is lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from casemgr.exchange.frame import FONT
from casemgr.exchange.lines import MOST_ROWS

SHEET = "cases"
LISTS, PLACES = "lists", "places"
_FIRST_ROW = 2
_WIDTH = {"text": 20, "date": 14, "moment": 18, "code": 16, "long": 40}
_FORMATS = {"text": "@", "code": "@", "long": "@", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
_LONGEST_MESSAGE, _LONGEST_TITLE = 255, 32


@dataclass(frozen=True)
class TemplateColumn:
    """A column of the empty list. kind: text, code, date, moment or long. title, note: in both languages.

    answers: code, Khmer and English of each answer that is offered; none where anything may be written.
    """

    key: str
    title: str
    note: str
    kind: str
    answers: Sequence[tuple[str, str, str]] = ()


def write_template(
    target: BinaryIO, columns: Sequence[TemplateColumn], places: Iterable[Sequence[str]], heads: Sequence[str]
) -> None:  # fmt: skip
    """Write the empty list to an open file. places: lines of the sheet of places, below its heads. Raises OSError."""
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        looks = _Looks(book)
        sheet = book.add_worksheet(SHEET)
        lists = book.add_worksheet(LISTS)
        _write_lists(lists, columns, looks)
        _write_places(book.add_worksheet(PLACES), places, heads, looks)
        for index, column in enumerate(columns):
            _write_column(sheet, index, column, looks)
        sheet.set_row(1, 48)
        sheet.freeze_panes(_FIRST_ROW, 0)
        sheet.activate()


class _Looks:
    """The looks of cells."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": FONT, "font_size": 10, "valign": "top"}
        self.name = book.add_format(base | {"bold": True, "bg_color": "#E6E6E6", "border": 1, "font_name": "Consolas"})
        self.title = book.add_format(base | {"text_wrap": True, "bg_color": "#F3F3F3", "border": 1})
        self.cells = {kind: book.add_format(base | {"num_format": shown}) for kind, shown in _FORMATS.items()}


def _write_column(sheet: Any, index: int, column: TemplateColumn, looks: _Looks) -> None:
    sheet.write_string(0, index, column.key, looks.name)
    sheet.write_string(1, index, column.title, looks.title)
    sheet.set_column(index, index, _WIDTH[column.kind], looks.cells[column.kind])
    if column.note:
        sheet.write_comment(0, index, f"{column.title}\n\n{column.note}", {"x_scale": 2.4, "y_scale": 1.8})
    last = _FIRST_ROW + MOST_ROWS
    said = {"input_title": column.key[:_LONGEST_TITLE], "input_message": column.note[:_LONGEST_MESSAGE]}
    if column.answers:
        place = xl_col_to_name(_list_place(index))
        source = f"={LISTS}!${place}$3:${place}${len(column.answers) + 2}"
        # A warning, not a stop: the words of the answers are read as well as their codes.
        sheet.data_validation(_FIRST_ROW, index, last, index,
                              {"validate": "list", "source": source, "error_type": "warning", **said})  # fmt: skip
    elif column.note:
        sheet.data_validation(_FIRST_ROW, index, last, index, {"validate": "any", **said})


def _list_place(index: int) -> int:
    """Return where in the sheet of lists the answers of a column stand: codes, then both languages, then a gap."""
    return 4 * index


def _write_lists(sheet: Any, columns: Sequence[TemplateColumn], looks: _Looks) -> None:
    for index, column in enumerate(columns):
        if not column.answers:
            continue
        place = _list_place(index)
        sheet.write_string(0, place, column.key, looks.name)
        for line, answer in enumerate((("", "ខ្មែរ", "English"), *column.answers), 1):
            for part, text in enumerate(answer):
                sheet.write_string(line, place + part, text, looks.cells["text"])
        sheet.set_column(place, place + 2, _WIDTH["text"])
    hidden = [index for index, column in enumerate(columns) if not column.answers]
    for index in hidden:
        sheet.set_column(_list_place(index), _list_place(index) + 3, None, None, {"hidden": True})


def _write_places(sheet: Any, places: Iterable[Sequence[str]], heads: Sequence[str], looks: _Looks) -> None:
    for index, head in enumerate(heads):
        sheet.write_string(0, index, head, looks.title)
        sheet.set_column(index, index, _WIDTH["text"], looks.cells["text"])
    line = 1
    for line, place in enumerate(places, 1):
        for index, text in enumerate(place):
            sheet.write_string(line, index, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, line, len(heads) - 1)
