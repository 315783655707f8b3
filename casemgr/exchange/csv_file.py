"""A list as CSV that a spreadsheet opens right: Khmer, dates, and no text taken for a formula.

UTF-8 with a byte order mark, comma, CRLF, one line of headings, no notes. Dates are ISO (2026-11-21), moments
2026-11-21 19:30 in Phnom Penh time, a share of 25 % is 0.25. A text that a spreadsheet could take for a formula,
because it begins with = + - @ (also in full width), a tab or the end of a line, gets an apostrophe in front, and so
does one that begins with an apostrophe; `text_of` takes it away again. What the file cannot say is that a code is no
number: a spreadsheet that opens it by itself drops the leading zeros of codes. A workbook keeps them.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from math import isfinite
from typing import Any, BinaryIO

from casemgr.exchange.table import NO, YES, CellKind, Row, Table, local_time
from casemgr.i18n import Words

_RISKY = frozenset("=+-@\t\r\n＝＋－＠'")
_ROWS_AT_ONCE = 256
_TEXTS = frozenset({CellKind.TEXT, CellKind.CODE})
_AS_IT_IS: dict[CellKind, frozenset[type]] = {
    CellKind.NUMBER: frozenset({int, type(None)}),
    CellKind.MONEY: frozenset({int, type(None)}),
    CellKind.DATE: frozenset({date, type(None)}),
}
"""Types that the csv module writes as we want them."""


def write_csv(table: Table, target: BinaryIO) -> int:
    """Write the table to an open file, which stays open; return the number of rows. Raises OSError.

    A lone half of a surrogate pair, which is no character, becomes a question mark.
    """
    target.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(target, "utf-8", errors="replace", newline="", write_through=False)
    try:
        writer = csv.writer(text)
        heads = [" / ".join(dict.fromkeys(lines)) for lines in zip(*table.heading_lines(), strict=True)]
        writer.writerow(map(safe, heads))
        count = 0
        for rows in _parts(table.rows):
            writer.writerows(_written(rows, table))
            count += len(rows)
    finally:
        text.detach()
    return count


def safe(text: str) -> str:
    """Return the text as it stands in a cell of the file."""
    return f"'{text}" if text[:1] in _RISKY else text


def text_of(cell: str) -> str:
    """Return the text that a cell of the file stands for."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _RISKY else cell


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while part := list(islice(source, _ROWS_AT_ONCE)):
        yield part


def _written(rows: list[Row], table: Table) -> Iterator[tuple[Any, ...]]:
    """Return the rows as the csv module takes them; made column by column, which is several times faster."""
    if any(len(row) != len(table.columns) for row in rows):
        raise ValueError("a row has more or fewer cells than the table has columns")
    words = Words(table.language)
    cells = zip(*rows, strict=True)
    return zip(*(_column(column.kind, values, words) for column, values in zip(table.columns, cells, strict=True)),
               strict=True)  # fmt: skip


def _column(kind: CellKind, values: Sequence[Any], words: Words) -> Sequence[Any]:
    if kind in _TEXTS:
        return [safe(value or "") for value in values] if _any_risky(values) else values
    if kind in _AS_IT_IS and _AS_IT_IS[kind].issuperset(map(type, values)):
        return values
    told = _told(kind, words)
    return ["" if value is None else safe(value) if isinstance(value, str) else told(value) for value in values]


def _any_risky(values: Sequence[str | None]) -> bool:
    for value in values:  # noqa: SIM110  (asked of every text of a long list; any() takes half as long again)
        if value and value[0] in _RISKY:
            return True
    return False


def _told(kind: CellKind, words: Words) -> Callable[[Any], Any]:
    match kind:
        case CellKind.MOMENT:
            return _moment
        case CellKind.YES_NO:
            yes, no = words.text(YES), words.text(NO)
            return lambda value: yes if value else no
        case CellKind.DECIMAL | CellKind.PERCENT:
            return finite
        case CellKind.DATE:
            return lambda value: value.isoformat()[:10]
        case _:
            return lambda value: value


def _moment(value: datetime) -> str:
    here = local_time(value)
    parts = (here.year, here.month, here.day, here.hour, here.minute)
    return "%04d-%02d-%02d %02d:%02d" % parts  # noqa: UP031  (in half the time)


def finite(value: Any) -> Any:
    """Return the number. Raises ValueError for one that is infinite or none at all."""
    if not isfinite(value):
        raise ValueError("a number that no file can hold")
    return value
