"""The follow-up list, the cohort and the indicators of a large office, each against the very same SQL run raw.

CASEMGR_BENCH_CHILDREN says how many children (5,000 unless given); CASEMGR_BENCH_OFFICE names an office that was made
before by large_office.py, to be measured again. Raw is the driver alone, on its own connection: the statements that
ours sent, with their values, and all rows fetched. The export is set against XlsxWriter with the very same cells, laid
down as they come. In seconds of the processor, in turns. memory: the most that is held while so many rows are written.
"""

import io
import os
import shutil
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import xlsxwriter
from large_office import large_office
from statements import Statements, replay

from casemgr import clock
from casemgr.exchange.table import Headings, Row
from casemgr.i18n import Words
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.rows import Rows
from casemgr.measures.indicators.values import Period
from casemgr.services import follow_ups, measuring, practice
from casemgr.services.follow_up_export import every_follow_up, export_follow_ups
from casemgr.services.follow_up_tables import full_table
from casemgr.services.list_files import ListKind
from casemgr.services.office import Office
from casemgr.store.engine import connect
from casemgr.trouble import Stopped

CHILDREN = 5000
PASSPHRASE = "seven ducks over Tonle Sap"
ROUNDS = 3

Answer = TypeVar("Answer")


class Floor:
    """The statements that ours sends, to be sent again by the driver alone."""

    def __init__(self, office: Office) -> None:
        self.raw = connect(office.folder / "office.db", office.store._data_key)
        self.statements = Statements(office.store._running(), "SELECT")

    def measure(self, ask: Callable[[], Answer], rounds: int = ROUNDS) -> dict[str, object]:
        """Return the least seconds of each, and their ratio; the first round of both warms up the store's memory."""
        ours, raw, rows = [], [], 0
        for _ in range(rounds):
            self.statements.kept = []
            begun = time.process_time()
            ask()
            ours.append(time.process_time() - begun)
            begun = time.process_time()
            rows = replay(self.raw, self.statements.kept)
            raw.append(time.process_time() - begun)
        mine, least = min(ours), min(raw)
        return {"s": round(mine, 4), "raw_s": round(least, 4), "rows": rows, "ratio": round(mine / least, 2), "goal": 3}


def counted(office: Office) -> dict[str, object]:
    """Measure the lists and the counts."""
    floor, today = Floor(office), clock.today()
    period = Period(today - timedelta(days=365), today)
    answer: dict[str, object] = {
        "first page": floor.measure(lambda: follow_ups.follow_up_list(office), 10),
        "counts": floor.measure(lambda: follow_ups.follow_up_counts(office)),
        "cohort": floor.measure(lambda: measuring.members(office), 2),
        "reoffending": floor.measure(lambda: measuring.reoffending(office), 2),
        "indicators": floor.measure(lambda: measuring.indicators(office, period), 2),
        "indicator": each_indicator(floor, office, period),
    }
    floor.raw.close()
    return answer


def each_indicator(floor: Floor, office: Office, period: Period) -> dict[str, object]:
    """Return of each indicator the ratio it has alone: all rows are read for it, and it is reckoned from them."""
    kept: list[Rows] = []

    def read() -> None:
        kept.clear()
        kept.append(measuring.indicator_rows(office, period))

    reading: Any = floor.measure(read, 1)
    answer: dict[str, object] = {}
    for indicator in INDICATORS:
        begun = time.process_time()
        measuring.indicators_of(kept[0], period, keys=[indicator.key])
        own = time.process_time() - begun
        answer[indicator.key] = {
            "own_s": round(own, 3), "ratio": round((reading["s"] + own) / reading["raw_s"], 2), "goal": 3,
        }  # fmt: skip
    return answer | {"reading": reading}


def exported(office: Office, folder: Path) -> dict[str, object]:
    """Measure the export of all rows with names, and its parts."""
    asked, path = follow_ups.filter_of(office), folder / "list.xlsx"
    begun = time.process_time()
    rows = export_follow_ups(office, path, ListKind.WORKBOOK, asked, passphrase=PASSPHRASE, reason="measuring")
    ours = time.process_time() - begun
    begun = time.process_time()
    with office.read() as work:
        listed = list(every_follow_up(work, office, asked))
    reading = time.process_time() - begun
    begun = time.process_time()
    table = full_table(listed, Words("km"), paper=False, headings=Headings.TWO_LINES, practice=True)
    cells = list(table.rows)
    telling = time.process_time() - begun
    begun = time.process_time()
    _write_alone(cells)
    alone = time.process_time() - begun
    return {
        "rows": rows, "s": round(ours, 2), "reading_s": round(reading, 2), "telling_s": round(telling, 2),
        "writer_s": round(alone, 2), "ratio": round(ours / alone, 2), "goal": 1.5,
        "memory_mb": {str(most): _memory(office, folder, most) for most in (1000, min(rows, 5000))},
    }  # fmt: skip


def _write_alone(cells: list[Row]) -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
        for number, row in enumerate(cells):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif isinstance(value, int):
                    sheet.write_number(number, place, value)
                elif value is not None:
                    sheet.write_datetime(number, place, value, day)


def _memory(office: Office, folder: Path, most: int) -> float:
    """Return the megabytes of Python objects held at most while so many rows are written."""
    done = [0]

    def progress(number: int, _total: int) -> None:
        done[0] = number

    tracemalloc.start()
    with suppress(Stopped):
        export_follow_ups(
            office, folder / "part.xlsx", ListKind.WORKBOOK, follow_ups.filter_of(office), passphrase=PASSPHRASE,
            reason="measuring", progress=progress, cancelled=lambda: done[0] >= most,
        )  # fmt: skip
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return round(peak / 1e6, 1)


def run() -> dict[str, object]:
    """Measure all of it."""
    folder = Path(tempfile.mkdtemp())
    known = os.environ.get("CASEMGR_BENCH_OFFICE")
    children = int(os.environ.get("CASEMGR_BENCH_CHILDREN", CHILDREN))
    office = practice.open_practice(Path(known)) if known else large_office(folder / "office", children)
    try:
        return {"children": children, "follow ups": counted(office), "export": exported(office, folder)}
    finally:
        office.close()
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.stdout.write(f"{run()}\n")
