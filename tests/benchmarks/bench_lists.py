"""The list of cases of a large office, narrowed and ordered, each against the very same SQL run raw.

CASEMGR_BENCH_CHILDREN says how many children (5,000 unless given); CASEMGR_BENCH_OFFICE names an office that was made
before by large_office.py. In seconds of the processor; page: the first 200 rows with the usual columns, count: how many
fit, which is asked once they are shown.
"""

import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench_follow_ups import CHILDREN, Floor
from large_office import large_office

from casemgr.services import case_list, practice
from casemgr.services.case_columns import COLUMNS
from casemgr.services.case_list import CaseView
from casemgr.services.office import Office

VIEWS = {
    "open": CaseView(), "all": CaseView({}), "every column": CaseView({}, tuple(column.key for column in COLUMNS)),
    "stage": CaseView({"stage": ("trial", "appeal")}), "province": CaseView({"place": ("17",)}),
    "village": CaseView({"place": ("17100401",)}), "nobody's": CaseView({"worker": ("none",)}),
    "offence": CaseView({"offence": ("MURDER",)}), "class": CaseView({"class": ("felony",)}),
    "age": CaseView({"age": ("18-plus",)}), "held": CaseView({"held": ("yes",)}),
    "overdue": CaseView({"overdue": ("yes",)}),
    "several": CaseView({"status": ("open",), "place": ("17",), "age": ("14-15",), "held": ("yes",)}),
    "by name": CaseView({}, order="name"), "by deadline": CaseView({}, order="due"),
}  # fmt: skip


def narrowed(office: Office) -> dict[str, object]:
    """Measure each view."""
    floor = Floor(office)
    return {
        name: {
            "page": _without_goal(floor.measure(partial(case_list.case_page, office, view))),
            "count": _without_goal(floor.measure(partial(case_list.count, office, view))),
        }
        for name, view in VIEWS.items()
    }


def _without_goal(measured: dict[str, object]) -> dict[str, object]:
    """Take the goal away: of a question of a millisecond the ratio says little, and the seconds all."""
    return {name: value for name, value in measured.items() if name != "goal"}


def run() -> dict[str, object]:
    """Measure all of it."""
    folder = Path(tempfile.mkdtemp())
    known = os.environ.get("CASEMGR_BENCH_OFFICE")
    children = int(os.environ.get("CASEMGR_BENCH_CHILDREN", CHILDREN))
    office = practice.open_practice(Path(known)) if known else large_office(folder / "office", children)
    try:
        return {"children": children, "cases": narrowed(office)}
    finally:
        office.close()
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.stdout.write(f"{run()}\n")
