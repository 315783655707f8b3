"""Importing 10,000 rows against the least it could cost: reading the file, and inserting the very same rows raw.

"ours": opening the file, the dry run, and writing all of it in one transaction with its lines of the audit trail.
"raw": openpyxl going through every cell, and the statements that the import sent, replayed on a bare connection to a
copy of the office. Seconds of this process's own processor time, so that a busy machine does not decide.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from bench_save import Rows

from casemgr.services import practice
from casemgr.services.import_checking import check_list
from casemgr.services.import_columns import COLUMNS
from casemgr.services.import_reading import open_list
from casemgr.services.importing import import_list, undo_import
from casemgr.store.engine import connect

ROWS = 10_000
GOAL = 5.0
FAMILY = ("ចាន់", "សុខ", "លឹម", "អ៊ុំ", "កែវ", "ហេង", "ម៉ៅ", "ឈឹម", "នួន", "ប៊ុន", "ទេព")
GIVEN = ("ដារ៉ា", "ស្រីពៅ", "សុផល", "វិបុល", "ចន្ទតារា", "បូរិន", "រតនា")


def a_list(path: Path, rows: int) -> None:
    """Write a list of invented children, a third of them with an arrest, an index event and a follow-up each."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("cases")
    sheet.append([column.key for column in COLUMNS])
    for at in range(rows):
        day = date(2016, 1, 1) + timedelta(days=at % 3000)
        sheet.append([
            f"K-{at:05}", FAMILY[at % 11], GIVEN[at % 7], None, None, "male" if at % 5 else "female",
            date(2000, 1, 1) + timedelta(days=at % 3650), "17100401", f"C/{at:05}", "THEFT", "misdemeanour", day,
            datetime(day.year, day.month, day.day, 10, 30), datetime(day.year, day.month, day.day, 12, 0),  # noqa: DTZ001
            "prosecutor", ("release", "diversion", "measure")[at % 3], day + timedelta(days=60),
            day + timedelta(days=240), "R1" if at % 6 == 0 else None,
            day + timedelta(days=200) if at % 6 == 0 else None, "កំណត់ចំណាំ",
        ])  # fmt: skip
    book.save(path)


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor time of the work, and its answer."""
    begun = time.process_time()
    answer = work()
    return time.process_time() - begun, answer


def read_raw(path: Path) -> int:
    """Go through every cell with the reader's own means."""
    book = openpyxl.load_workbook(path, read_only=True)
    count = sum(1 for line in book.worksheets[0].iter_rows(values_only=True) if line[0])
    book.close()
    return count


def run(rows: int = ROWS) -> dict[str, object]:
    """Measure once; what is measured takes long enough by itself."""
    folder = Path(tempfile.mkdtemp())
    office = practice.new_practice_office(folder / "office")
    try:
        path = folder / "list.xlsx"
        a_list(path, rows)
        office.close()
        shutil.copytree(folder / "office", folder / "raw")
        office = practice.open_practice(folder / "office", 0, 0)
        raw = connect(folder / "raw" / "office.db", office.store._data_key, foreign_keys=False)
        kept = Rows(office.store._running())
        reading, opened = seconds(lambda: open_list(office, path))
        checking, dry = seconds(lambda: check_list(office, opened))
        kept.kept = []
        writing, done = seconds(lambda: import_list(office, dry))
        statements = sum(len(values) if many else 1 for _, values, many in kept.kept)
        raw.execute("DELETE FROM audit_entry WHERE 0")
        replayed = _replayed(kept, raw)
        raw_reading, _ = seconds(lambda: read_raw(path))
        raw.close()
        taking_back, _ = seconds(lambda: undo_import(office, done.import_id))
    finally:
        office.close()
        shutil.rmtree(folder)
    ours, least = reading + checking + writing, raw_reading + replayed
    return {
        "import": {
            "rows": rows, "read_s": round(reading, 2), "check_s": round(checking, 2), "write_s": round(writing, 2),
            "rows_per_second": round(rows / ours), "raw_read_s": round(raw_reading, 2),
            "raw_insert_s": round(replayed, 2), "raw_statements": statements, "undo_s": round(taking_back, 2),
            "ratio": round(ours / least, 2), "goal": GOAL,
        },
    }  # fmt: skip


def _replayed(kept: Rows, raw: Any) -> float:
    begun = time.process_time()
    raw.execute("BEGIN IMMEDIATE")
    for statement, values, many in kept.kept:
        (raw.executemany if many else raw.execute)(statement, values)
    raw.execute("COMMIT")
    return time.process_time() - begun


if __name__ == "__main__":
    sys.stdout.write(f"{run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)}\n")
