"""Saving a record against a raw SQLCipher commit of the very same rows, in turn, on two copies of one office.

"intention": what a worker's Save does (checks, record, deadlines, audit line). "record": one record and its line.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from casemgr.records.pathway.arrest import Arrest
from casemgr.services import casework, practice
from casemgr.services.office import Office
from casemgr.store.engine import connect

ROUNDS = 150


class Rows:
    """The statements that changed rows, as the office's own connection was given them."""

    def __init__(self, engine: sa.Engine) -> None:
        self.kept: list[tuple[str, Any, bool]] = []
        sa.event.listen(engine, "before_cursor_execute", self._keep)

    def _keep(self, _c: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            self.kept.append((statement, values, many))

    def replay(self, raw: Any) -> float:
        """Commit the kept rows on a raw connection; return the seconds it took."""
        kept, self.kept = self.kept, []
        begun = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        for statement, values, many in kept:
            (raw.executemany if many else raw.execute)(statement, values)
        raw.execute("COMMIT")
        return time.perf_counter() - begun


def save_intention(office: Office, arrest: Arrest, text: str) -> None:
    """Save an arrest as the window does."""
    arrest.notes = text
    casework.save_record(office, arrest)


def save_record(office: Office, arrest: Arrest, text: str) -> None:
    """Save an arrest with its audit line and nothing else."""
    arrest.notes = text
    with office.write() as work:
        work.save(arrest)


def measure(office: Office, raw: Any, rows: Rows, save: Callable[[Office, Arrest, str], None]) -> dict[str, object]:
    """Return medians in milliseconds and their ratio."""
    with office.read() as work:
        arrest = work.find(Arrest)[0]
    ours, floor = [], []
    counted = 0
    for number in range(ROUNDS + 10):
        begun = time.perf_counter()
        save(office, arrest, f"ចំណាំទី {number}")
        ours.append(time.perf_counter() - begun)
        counted = sum(len(values) if many else 1 for _, values, many in rows.kept)
        floor.append(rows.replay(raw))
    mine, least = (statistics.median(times[10:]) * 1000 for times in (ours, floor))
    return {"ms": round(mine, 3), "raw_ms": round(least, 3), "rows": counted, "ratio": round(mine / least, 2)}


def run() -> dict[str, object]:
    """Measure both; the office and its copy hold a hundred invented children."""
    folder = Path(tempfile.mkdtemp())
    office = practice.new_practice_office(folder / "office")
    try:
        practice.fill_practice(office, 100, 1)
        office.close()
        shutil.copytree(folder / "office", folder / "raw")
        office = practice.open_practice(folder / "office", 0, 0)
        raw = connect(folder / "raw" / "office.db", office.store._data_key)
        rows = Rows(office.store._running())
        with office.read() as work:  # what was signed when it opened is in one copy alone
            rows.kept = []
            first = work.find(Arrest)[0]
        assert first.version == 1
        _level(office, raw)
        answer = {
            "intention": measure(office, raw, rows, save_intention),
            "record": measure(office, raw, rows, save_record),
        }
        raw.close()
    finally:
        office.close()
        shutil.rmtree(folder)
    return {"save": answer, "rounds": ROUNDS}


def _level(office: Office, raw: Any) -> None:
    """Give the raw copy the audit lines that the office wrote since they were copied."""
    with office.store._running().connect() as connection:
        lines = connection.exec_driver_sql("SELECT * FROM audit_entry").fetchall()
    places = ",".join("?" * len(lines[0]))
    raw.executemany(
        f"INSERT OR IGNORE INTO audit_entry VALUES ({places})",  # noqa: S608  (question marks and nothing else)
        [tuple(line) for line in lines],
    )


if __name__ == "__main__":
    sys.stdout.write(f"{run()}\n")
