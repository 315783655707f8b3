"""Reading a list from a workbook or a CSV file, told by what is in it and not by its name.

A workbook is looked through before its reader sees it (`looking_through`). What it calculates is not believed: the
value kept beside a formula is whatever some program calculated last, or never, so that a cell with one is told as odd
and not read.
"""

import csv
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from casemgr.exchange.csv_file import text_of
from casemgr.exchange.lines import (
    DAMAGED,
    LOCKED,
    MOST_BYTES,
    MOST_ROWS,
    NOT_UTF8,
    OTHER_KIND,
    QUOTES,
    UNREADABLE,
    Cell,
    Line,
    Lines,
    Odd,
    Oddity,
    checked,
    is_khmer,
    is_old_font,
    text_cell,
    too_large,
    trimmed,
)
from casemgr.exchange.looking_through import Merged, look_through
from casemgr.pace import EVERY, Pace
from casemgr.trouble import Refusal

Wanted = Callable[[Sequence[Cell]], bool]
"""Whether a line may be the headings of the list that is looked for."""

LOOKED_AT = 20
"""Lines among which the headings stand."""
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = (",", ";", "\t")
# What the readers of the library raise, one way or another, over bytes that are no workbook.
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RuntimeError,
    SyntaxError, TypeError, ValueError, expat.ExpatError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def read_list(path: Path, wanted: Wanted, pace: Pace) -> Lines:
    """Return the lines of the list in a file: of a workbook the first sheet whose headings are wanted, else the first.

    Raises Refusal, with what to do, for what is no list, too large, locked, not in UTF-8 or with macros, and Stopped.
    """
    try:
        if not path.is_file():
            raise Refusal(UNREADABLE)
        if path.stat().st_size > MOST_BYTES:
            raise too_large()
        with path.open("rb") as file:
            return _read(file, wanted, pace)
    except OSError as error:
        raise Refusal(UNREADABLE) from error


def _read(file: BinaryIO, wanted: Wanted, pace: Pace) -> Lines:
    begin = file.read(8)
    file.seek(0)
    if begin.startswith(_ZIP):
        return _read_workbook(file, wanted, pace)
    if begin == _OLE:  # an old workbook, or a new one in the container of a locked one
        data = file.read()
        raise Refusal(LOCKED if "EncryptedPackage".encode("utf-16-le") in data else OTHER_KIND)
    return _read_csv(file.read(), pace)


def _read_workbook(file: BinaryIO, wanted: Wanted, pace: Pace) -> Lines:
    try:
        merged = look_through(file, pace)
        file.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook has beside its cells, none of which is read
            return _cells_of(file, merged, wanted, pace)
    except _BROKEN as error:
        raise Refusal(DAMAGED) from error


def _cells_of(file: BinaryIO, merged: Merged, wanted: Wanted, pace: Pace) -> Lines:
    import openpyxl  # noqa: PLC0415  (half a second, which only who imports a list is to wait for)

    book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        first = None
        for sheet in sheets:
            sheet.reset_dimensions()  # what a file says of its own size is not believed
            begun = [line for line in islice(_lines(sheet, pace), LOOKED_AT) if line.cells]
            if any(wanted(line.cells) for line in begun):
                first = sheet
                break
            first = sheet if first is None and begun else first
        if first is None:
            return checked(())
        ranges = merged.get(first._worksheet_path.lstrip("/"), [])
        return checked(_filled(_lines(first, pace)), ranges)
    finally:
        book.close()


def _filled(lines: Iterator[Line]) -> list[Line]:
    kept = []
    for line in lines:
        if line.cells:
            kept.append(line)
            if len(kept) > MOST_ROWS + LOOKED_AT:
                raise too_large()
    return kept


def _lines(sheet: Any, pace: Pace) -> Iterator[Line]:
    fonts: dict[int, bool] = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number % EVERY == 0:
            pace.check()
        cells = trimmed([None if cell.value is None else _cell(cell, fonts) for cell in row])
        yield Line(number, cells)


def _cell(cell: Any, fonts: dict[int, bool]) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Odd(Oddity.FORMULA)
    if cell.data_type == "e":
        return Odd(Oddity.ERROR)
    if isinstance(value, str):
        if not is_khmer(value):
            style = cell._style_id
            if style not in fonts:
                fonts[style] = is_old_font(cell.font.name)
            if fonts[style] and any(letter.isalpha() for letter in value):
                return Odd(Oddity.OLD_FONT)
        return text_cell(value)
    if isinstance(value, bool | int | float | datetime | date | time):
        return value
    return text_cell(str(value))


def _read_csv(data: bytes, pace: Pace) -> Lines:
    if data.startswith(_WIDE):
        raise Refusal(NOT_UTF8)
    if b"\0" in data:
        raise Refusal(DAMAGED)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(NOT_UTF8) from error
    if text.lstrip().startswith(("<", "{\\rtf", "%PDF")):
        raise Refusal(DAMAGED)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines: list[Line] = []
    number = 1
    try:
        for row in reader:
            if cells := trimmed([text_cell(text_of(cell)) for cell in row]):
                lines.append(Line(number, cells))
            number = reader.line_num + 1
            if len(lines) > MOST_ROWS + LOOKED_AT:
                raise too_large()
            if len(lines) % EVERY == 0:
                pace.check()
    except csv.Error as error:
        raise Refusal(QUOTES, line=number) from error
    return checked(lines)


def _delimiter(text: str) -> str:
    """Return what parts the cells: what the first lines have most of, alike in each."""
    first = text.splitlines()[:LOOKED_AT]
    return max(_DELIMITERS, key=lambda sign: max((line.count(sign) for line in first), default=0))
