"""An hour of a worker's work in an office of very many children: the longest stall of the window, and its memory.

What is done stands in hour_of_work.py. Each hour is a process of its own; of each thing done the least of the hours
counts, because what comes from the program comes every time, and what comes from others of a busy machine does not.
The ratio is to a tenth of a second, which is felt as at once. The memory is set against a bare window with a table.

CASEMGR_BENCH_CHILDREN says how many children (5,000 unless given); CASEMGR_BENCH_OFFICE names an office that was made
before by large_office.py; it is copied, as the hour writes in it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench_pages import fullest
from bench_start import BARE
from large_office import large_office

from casemgr.services.practice import open_practice

ROOT = Path(__file__).resolve().parent.parent.parent
CHILDREN = 5000
HOURS = 3
AT_ONCE_MS = 100.0
TOLD = 12
RESIDENT = """
def over():
    status = open("/proc/self/status").read()
    print(int(status.split("VmRSS:")[1].split()[0]) / 1000, flush=True)
    os._exit(0)
"""
"""Tells the memory of the bare window in place of the moment it was painted."""


def run() -> dict[str, object]:
    """Do the hours and look at the memory."""
    known = os.environ.get("CASEMGR_BENCH_OFFICE")
    children = int(os.environ.get("CASEMGR_BENCH_CHILDREN", CHILDREN))
    with tempfile.TemporaryDirectory(dir=Path(known).parent if known else None) as made:
        folder = Path(made) / "office"
        if known:
            shutil.copytree(known, folder)
        else:
            large_office(folder, children).close()
        home = Path(made) / "home"
        home.mkdir()
        hours = [_process(home, str(Path(__file__).with_name("hour_of_work.py")), "hour", str(folder))
                 for _ in range(HOURS)]  # fmt: skip
        looked = _process(
            home, str(Path(__file__).with_name("hour_of_work.py")), "look", str(folder), "km", _fullest(folder)
        )
        begun = BARE.index("def over()")
        bare = _process(home, "-c", BARE[:begun] + RESIDENT + BARE[BARE.index("app = Q", begun) :])
    return {"stall": stalls(hours), "memory": _memory(looked, bare), "hours": HOURS}


def stalls(hours: list[dict[str, Any]]) -> dict[str, object]:
    """Return the longest stall by the clock and of the processor, and the longest of each of the slowest things."""
    least: dict[str, dict[str, float]] = {}
    for step in hours[0]["stalls"]:
        if not step.startswith("("):  # what the worker does, not the benchmark
            told = [hour["stalls"][step] for hour in hours if step in hour["stalls"]]
            least[step] = {key: min(each[key] for each in told) for key in ("stall", "own", "every", "garbage")}
    slowest = sorted(least, key=lambda step: -least[step]["stall"])[:TOLD]
    longest = {key: max(each[key] for each in least.values()) for key in ("stall", "own")}
    return {
        "longest_ms": longest["stall"], "ratio": round(longest["stall"] / AT_ONCE_MS, 2), "goal": 1.0,
        "longest_own_ms": longest["own"], "own_ratio": round(longest["own"] / AT_ONCE_MS, 2), "own_goal": 1.0,
        "slowest": {step: least[step] for step in slowest},
    }  # fmt: skip


def _fullest(folder: Path) -> str:
    """Return the case with the most records: to look for it takes memory that no worker's window would take."""
    office = open_practice(folder)
    try:
        return str(fullest(office)[0])
    finally:
        office.close()


def _memory(looked: dict[str, float], bare: float) -> dict[str, float]:
    """Return what is held once Today is shown, after a look round, and back at Today, beside a bare window."""
    resting, mb, left = looked["resting"], looked["mb"], looked["left"]
    return {
        "resting_mb": resting, "mb": mb, "bare_mb": round(bare, 1), "resting_ratio": round(resting / bare, 2),
        "ratio": round(mb / bare, 2), "goal": 2.5, "left_mb": left, "left_ratio": round(left / bare, 2),
    }  # fmt: skip


def _process(home: Path, *arguments: str) -> Any:
    surroundings = os.environ | {
        "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false", "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home), "HOME": str(home), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=surroundings, capture_output=True, text=True,
                          check=False)  # fmt: skip
    answer = json.loads(done.stdout.splitlines()[-1])
    if isinstance(answer, dict) and answer["trouble"]:
        raise RuntimeError(answer["trouble"])
    return answer


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=1) + "\n")
