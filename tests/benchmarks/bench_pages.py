"""Opening the fullest case and Today of a large office, each against its own SQL run raw, in turn, on the same file.

The office is made once into build/ and used again on the same day, while nothing of what it is made by has changed.
CASEMGR_BENCH_CHILDREN says how many invented children it has, 10,000 unless given; CASEMGR_BENCH_OFFICE names an office
that was made before by large_office.py.
"""

import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from statements import Statements, replay

from casemgr import clock
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kinds import KINDS
from casemgr.services import case_files, lists, practice
from casemgr.services.office import Office
from casemgr.store.engine import connect

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD, LIBRARY = ROOT / "build", ROOT / "casemgr"
CHILDREN = int(os.environ.get("CASEMGR_BENCH_CHILDREN", "10000"))
ROUNDS = {"open case": 200, "today": 15}
GOAL = 3


def measure(office: Office, raw: Any, rounds: int, ask: Callable[[], object]) -> dict[str, object]:
    """Return medians in milliseconds of the processor, of which others take nothing away, and their ratio."""
    kept = Statements(office.store._running())
    ask()
    statements = kept.stop()

    def again() -> int:
        rows = replay(raw, statements)
        raw.execute("ROLLBACK")
        return rows

    rows = again()
    ours, floor = [], []
    for _ in range(rounds):
        for times, work in ((ours, ask), (floor, again)):
            begun = time.thread_time()
            work()
            times.append(time.thread_time() - begun)
    mine, least = (statistics.median(times) * 1000 for times in (ours, floor))
    return {
        "ms": round(mine, 3), "raw_ms": round(least, 3), "statements": len(statements), "rows": rows,
        "ratio": round(mine / least, 2), "goal": GOAL,
    }  # fmt: skip


def fullest(office: Office) -> tuple[UUID, int]:
    """Return the case with the most records, and how many it has."""
    each = sa.union_all(*(sa.select(kind.record.__table__.c.case_id) for kind in KINDS)).subquery()
    many = sa.func.count().label("many")
    with office.read() as work:
        asked = sa.select(each.c.case_id, many).group_by(each.c.case_id).order_by(many.desc()).limit(1)
        row = work.session.execute(asked).one()
    return row.case_id, row.many


def made_by() -> str:
    """Return a digest of the declarations, the tables and what invents the children."""
    patterns = ("records/**/*.py", "store/migrations/**/*.py", "services/practice*.py")
    files = sorted(file for pattern in patterns for file in LIBRARY.glob(pattern))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def made() -> tuple[Office, float | None]:
    """Return the office, and the milliseconds each child took where it had to be made."""
    if known := os.environ.get("CASEMGR_BENCH_OFFICE"):
        return practice.open_practice(Path(known)), None
    folder, mark = BUILD / f"bench-office-{CHILDREN}", BUILD / f"bench-office-{CHILDREN}.json"
    wanted = {"made by": made_by(), "day": clock.today().isoformat()}
    if mark.exists() and json.loads(mark.read_text("utf-8")) == wanted:
        return practice.open_practice(folder, CHILDREN), None
    mark.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    office = practice.new_practice_office(folder)
    begun = time.perf_counter()
    practice.fill_practice(office, CHILDREN, 1)
    took = (time.perf_counter() - begun) * 1000 / CHILDREN
    office.close()  # statistics are made, the log goes into the file
    mark.write_text(json.dumps(wanted), "utf-8")
    return practice.open_practice(folder, CHILDREN), round(took, 1)


def run() -> dict[str, object]:
    """Measure both."""
    office, took = made()
    try:
        raw = connect(office.folder / "office.db", office.store._data_key)
        case_id, records = fullest(office)
        questions: dict[str, Callable[[], object]] = {
            "open case": lambda: case_files.case_file(office, case_id, log=False),
            "today": lambda: lists.today(office),
        }
        answer: dict[str, object] = {name: measure(office, raw, ROUNDS[name], ask) for name, ask in questions.items()}
        with office.read() as work:
            cases, children = (
                work.session.scalar(sa.select(sa.func.count()).select_from(kind)) for kind in (Case, Child)
            )
        raw.close()
    finally:
        office.close()
    return answer | {"children": children, "cases": cases, "records of the case": records, "ms to make a child": took}


if __name__ == "__main__":
    sys.stdout.write(f"{run()}\n")
