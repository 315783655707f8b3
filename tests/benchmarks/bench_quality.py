"""What to mend in a large office, all of it, against the very same columns asked for by SQL and looked at by nobody.

CASEMGR_BENCH_CHILDREN and CASEMGR_BENCH_OFFICE as in bench_follow_ups.py. Raw is the driver alone, on its own
connection: the statements that ours sent, and all rows fetched. In seconds of the processor, in turns.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from bench_follow_ups import CHILDREN, Floor
from large_office import large_office

from casemgr.law.quality import RULES
from casemgr.services import practice
from casemgr.services.quality import quality

ROUNDS = 2
GOAL = 5


def run(children: int = 0) -> dict[str, object]:
    """Measure with so many children; else with as many as CASEMGR_BENCH_CHILDREN says."""
    children = children or int(os.environ.get("CASEMGR_BENCH_CHILDREN", CHILDREN))
    folder, kept = Path(tempfile.mkdtemp()), os.environ.get("CASEMGR_BENCH_OFFICE")
    office = practice.open_practice(Path(kept)) if kept else large_office(folder / "office", children)
    found = 0

    def ask() -> None:
        nonlocal found
        found = len(quality(office))

    try:
        measured = Floor(office).measure(ask, ROUNDS)
    finally:
        office.close()
        shutil.rmtree(folder)
    return {"to mend": measured | {"children": children, "rules": len(RULES), "lines": found, "goal": GOAL}}


if __name__ == "__main__":
    sys.stdout.write(f"{run(int(sys.argv[1]) if len(sys.argv) > 1 else 0)}\n")
