"""A large list as a workbook and as CSV against the writers alone with the very same cells; a list on paper.

Paper is set against a plain ReportLab table of the same texts, unshaped and without word breaks. Measured in turns, in
seconds of the processor, so that other programs at work count less.
"""

import csv
import datetime as dt
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import LongTable, SimpleDocTemplate

from casemgr.clock import PHNOM_PENH
from casemgr.exchange.csv_file import write_csv
from casemgr.exchange.table import CellKind, Column, Row, Table, lines_of
from casemgr.exchange.xlsx import write_xlsx
from casemgr.i18n import Words
from casemgr.printing.page import ListPaper, draw_list

ROWS = 100_000
PAPER_ROWS, EACH = 4_000, 3
_WORDS = ("ចាន់ ដារ៉ា", "អ៊ុំ សុផល", "ខេត្តសៀមរាប", "ស្រុកពួក", "បទមជ្ឈិម", "នៅក្រោមការតាមដានរបស់សហគមន៍", "Plan", "នៅសាលា")
_KINDS = (
    [CellKind.TEXT] * 12 + [CellKind.CODE] * 4 + [CellKind.NUMBER] * 4 + [CellKind.MONEY] * 2 + [CellKind.DATE] * 4
    + [CellKind.MOMENT] * 2 + [CellKind.YES_NO, CellKind.PERCENT]
)  # fmt: skip
_FORMATS = {CellKind.DATE: "dd-mm-yyyy", CellKind.MOMENT: "dd-mm-yyyy hh:mm", CellKind.MONEY: "#,##0",
            CellKind.PERCENT: "0.0%", CellKind.TEXT: "@", CellKind.CODE: "@"}  # fmt: skip


def _columns(each: int = 1) -> list[Column]:
    return [Column(f"c{index}", "Notes", kind) for index, kind in enumerate(_KINDS[::each])]


def _value(kind: CellKind, row: int, column: int) -> Any:
    match kind:
        case CellKind.TEXT:
            return f"{_WORDS[(row + column) % len(_WORDS)]} {row % 977}"
        case CellKind.CODE:
            return f"0{(row * 7 + column) % 10_000_000:07}"
        case CellKind.DATE:
            return dt.date(2015, 1, 1) + dt.timedelta(days=(row + column) % 4000)
        case CellKind.MOMENT:
            return dt.datetime(2026, 1, 1, row % 24, column, tzinfo=PHNOM_PENH)
        case CellKind.YES_NO:
            return row % 3 == 0
        case CellKind.PERCENT:
            return row % 100 / 100
        case _:
            return row * 100 + column


def _rows(count: int, each: int = 1) -> list[Row]:
    return [[_value(kind, row, column) for column, kind in enumerate(_KINDS[::each])] for row in range(count)]


def _our_workbook(rows: list[Row], target: BinaryIO) -> None:
    write_xlsx(Table("Bench", "Bench", _columns(), iter(rows)), target)


def _plain_workbook(rows: list[Row], target: BinaryIO) -> None:
    """Write the same cells with the writer library as its manual says for long lists."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet()
    looks = [book.add_format({"num_format": _FORMATS.get(kind, "0")}) for kind in _KINDS]
    for number, row in enumerate(rows):
        for column, (kind, value, look) in enumerate(zip(_KINDS, row, looks, strict=True)):
            match kind:
                case CellKind.TEXT | CellKind.CODE:
                    sheet.write_string(number, column, value, look)
                case CellKind.DATE:
                    sheet.write_datetime(number, column, value, look)
                case CellKind.MOMENT:
                    sheet.write_datetime(number, column, value.replace(tzinfo=None), look)
                case CellKind.YES_NO:
                    sheet.write_string(number, column, "Yes" if value else "No", look)
                case _:
                    sheet.write_number(number, column, value, look)
    book.close()


def _our_csv(rows: list[Row], target: BinaryIO) -> None:
    write_csv(Table("Bench", "Bench", _columns(), iter(rows)), target)


def _plain_csv(rows: list[Row], target: BinaryIO) -> None:
    text = io.TextIOWrapper(target, "utf-8", newline="")
    csv.writer(text).writerows(rows)
    text.detach()


def _paper_lines() -> list[list[str]]:
    table = Table("Bench", "Bench", _columns(EACH), _rows(PAPER_ROWS, EACH))
    return list(lines_of(table, Words("km")))


def _our_paper(lines: Iterator[list[str]], target: BinaryIO) -> None:
    heads = [[column.heading(Words("km")) for column in _columns(EACH)]]
    draw_list(ListPaper("Bench", heads, lines), Words("km"), target)


def _plain_paper(lines: Iterator[list[str]], target: BinaryIO) -> None:
    table = LongTable(list(lines), repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(target, pagesize=landscape(A4), invariant=1).build([table])


def _seconds(write: Callable[[Any, BinaryIO], None], rows: Any) -> float:
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "list").open("w+b") as target:
        start = time.process_time()
        write(rows, target)
        return time.process_time() - start


def _in_turns(
    rounds: int, ours: Callable[[Any, BinaryIO], None], plain: Callable[[Any, BinaryIO], None], rows: Any
) -> Any:
    """Return the median seconds of both."""
    measured = [(_seconds(ours, rows), _seconds(plain, rows)) for _ in range(rounds)]
    return tuple(statistics.median(times) for times in zip(*measured, strict=True))


def run() -> dict[str, Any]:
    """Return seconds of both, rows a second, and how many times longer ours takes."""
    rows = _rows(ROWS)
    workbook, plain_workbook = _in_turns(3, _our_workbook, _plain_workbook, rows)
    text, plain_text = _in_turns(7, _our_csv, _plain_csv, rows)
    del rows
    paper, plain_paper = _in_turns(3, _our_paper, _plain_paper, _paper_lines())
    return {
        "workbook": {"seconds": workbook, "plain": plain_workbook, "ratio": workbook / plain_workbook, "goal": 1.5},
        "csv": {"seconds": text, "plain": plain_text, "ratio": text / plain_text, "goal": 1.5},
        "paper": {"rows_per_second": PAPER_ROWS / paper, "ratio": paper / plain_paper},
    }


if __name__ == "__main__":
    sys.stdout.write(f"{run()}\n")
