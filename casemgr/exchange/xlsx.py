"""A list as a workbook for Excel and LibreOffice, row by row, so that memory does not grow with the list.

Cells have their types: numbers are numbers, dates are dates, and what is text stays text, whatever it begins with; no
cell holds a formula. With a passphrase the file is encrypted as it is written, and nothing readable touches the disk.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import IO, Any, BinaryIO

from casemgr.exchange.csv_file import finite
from casemgr.exchange.frame import FIRST, PRACTICE, SHEET, Frame, column_name, make_frame
from casemgr.exchange.locked import Lock
from casemgr.exchange.table import NO, YES, CellKind, Table, local_time
from casemgr.i18n import N_, Words
from casemgr.trouble import Refusal

MOST_ROWS = 1_048_000
"""A sheet has 1,048,576 lines: room for these rows, the headings and the notes."""
LONGEST_TEXT = 32_767
"""UTF-16 units in a cell. Longer text is cut, and says so by its last sign."""
TOO_LONG = N_("This list is too long for a workbook. Choose CSV, or fewer rows.")

_MOST_BYTES = 2_000_000_000  # of the sheet before it is packed; more would need an extension not every program reads
_AT_ONCE = 100_000  # characters
_PACKED = 3  # of 9: a fifth larger than with the usual 6, in a third of the time
_KNOWN = 256  # texts of a column, of which most have few
_CUT = "…"
_UNUSUAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff\n]|_x[0-9A-Fa-f]{4}_|^\s|\s$")
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets disagree
_DAY_ZERO = date(1899, 12, 30).toordinal()

Cell = Callable[[Any], str]
"""Returns what follows the address of a cell that holds the value."""


def write_xlsx(table: Table, target: BinaryIO, passphrase: str | None = None) -> int:
    """Write the table to a file open for reading and writing, which stays open; return the number of rows.

    With a passphrase only who knows it can open the file (see `casemgr.exchange.locked`). Control characters and other
    code points that are no characters are left out. Raises Refusal for a list too long for a sheet, ValueError for an
    empty passphrase or a number that is none, and OSError.
    """
    if passphrase is None:
        return _write_package(table, target)
    with Lock(target, passphrase) as locked:
        return _write_package(table, locked)


def _write_package(table: Table, target: Any) -> int:
    """Write the parts of the workbook. Only after the rows it is known how many they are."""
    notes = [*([Words(table.language).text(PRACTICE)] if table.practice else []), *table.about, *table.notes]
    begun = make_frame(table, 0, len(notes))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_PACKED) as package:
        package.writestr(FIRST, begun.others[FIRST])
        with package.open(SHEET, "w") as sheet:
            sheet.write(begun.top.encode())
            rows = _write_rows(sheet, table, begun)
            frame = make_frame(table, rows, len(notes))
            sheet.write(_notes(notes, rows + frame.heads + 2, frame.note_style).encode())
            sheet.write(frame.bottom.encode())
        for name, content in frame.others.items():
            if name != FIRST:
                package.writestr(name, content)
    return rows


def _write_rows(sheet: IO[bytes], table: Table, frame: Frame) -> int:
    count, size = 0, 0
    parts: list[str] = []
    waiting = 0
    for count, line in enumerate(_lines(table, frame), 1):
        parts.append(line)
        waiting += len(line)
        if waiting > _AT_ONCE:
            size += sheet.write("".join(parts).encode())
            parts.clear()
            waiting = 0
            if count > MOST_ROWS or size > _MOST_BYTES:
                raise Refusal(TOO_LONG)
    sheet.write("".join(parts).encode())
    return count


def _lines(table: Table, frame: Frame) -> Iterator[str]:
    """Yield each row as a line of the sheet."""
    words = Words(table.language)
    opens = [f'<c r="{column_name(index)}' for index in range(len(table.columns))]
    cells = [_cell_of(column.kind, style, words) for column, style in zip(table.columns, frame.styles, strict=True)]
    for number, row in enumerate(table.rows, frame.heads + 1):
        filled = [
            f"{begin}{number}{cell(value)}"
            for begin, cell, value in zip(opens, cells, row, strict=True)
            if value is not None and value != ""
        ]
        yield f'<row r="{number}">{"".join(filled)}</row>'


def _notes(notes: Iterable[str], first: int, style: str) -> str:
    text = _text_cell(style)
    return "".join(f'<row r="{row}"><c r="A{row}{text(note)}</row>' for row, note in enumerate(notes, first))


def _cell_of(kind: CellKind, style: str, words: Words) -> Cell:
    """Return what writes a cell of that kind. A text among numbers or dates is written as text."""
    text = _text_cell(style)
    if kind in {CellKind.TEXT, CellKind.CODE}:
        return text
    told = _told(kind, style, words, text)
    return lambda value: text(value) if isinstance(value, str) else told(value)


def _text_cell(style: str) -> Cell:
    begin = f'" s="{style}" t="inlineStr"><is><t'

    @lru_cache(_KNOWN)
    def cell(text: str) -> str:
        if len(text) > LONGEST_TEXT // 2:
            text = _cut(text)
        if _UNUSUAL.search(text):
            return f'{begin} xml:space="preserve">{_escaped(text)}</t></is></c>'
        return f"{begin}>{text}</t></is></c>"

    return cell


def _told(kind: CellKind, style: str, words: Words, text: Cell) -> Cell:
    begin, end = f'" s="{style}"><v>', "</v></c>"

    def day(value: date) -> str:
        if value < _FIRST_DAY:
            return text(words.date(value))
        return f"{begin}{value.toordinal() - _DAY_ZERO}{end}"

    def moment(value: datetime) -> str:
        here = local_time(value)
        if here.date() < _FIRST_DAY:
            return text(words.moment(value))
        seconds = here.hour * 3600 + here.minute * 60 + here.second
        return f"{begin}{here.toordinal() - _DAY_ZERO + seconds / 86400!r}{end}"

    match kind:
        case CellKind.DATE:
            return day
        case CellKind.MOMENT:
            return moment
        case CellKind.YES_NO:
            yes, no = text(words.text(YES)), text(words.text(NO))
            return lambda value: yes if value else no
        case CellKind.DECIMAL | CellKind.PERCENT:
            return lambda value: f"{begin}{finite(value)}{end}"
        case _:
            return lambda value: f"{begin}{value:d}{end}"


def _cut(text: str) -> str:
    """Return as much of the text as a cell can hold."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    return units[: 2 * (LONGEST_TEXT - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _escaped(text: str) -> str:
    """Return the text as XML, without what is no character; "_x0041_" would be read as a letter, and is escaped."""
    text = _NO_CHARACTER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
