"""Runs every benchmark of tests/benchmarks and sets its ratios beside their goals.

Each file has `run() -> dict[str, object]`. Each name in the answer with the word "ratio" in it is a line of the table;
the same name with "goal" in its place is the most it should be. Everything is written to build/bench.json.
"""

import json
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "benchmarks"


def ratios(name: str, answer: dict[str, Any]) -> Iterator[tuple[str, float, float | None]]:
    """Yield name, ratio and goal (None where there is none) of each measurement, however deep it lies."""
    for key, value in answer.items():
        if isinstance(value, dict):
            yield from ratios(f"{name} {key}", value)
        elif "ratio" in key and isinstance(value, int | float):
            said = key.replace("ratio", "").replace("_", " ").split()
            title = " ".join([name, *(word for word in said if word not in name.split())])
            yield title, float(value), answer.get(key.replace("ratio", "goal"))


def main(chosen: list[str]) -> int:
    """Run the benchmarks, all or those whose name contains a chosen word; return 1 if a goal is missed."""
    sys.path[:0] = [str(ROOT), str(FOLDER)]
    measured: dict[str, Any] = {}
    for file in sorted(FOLDER.glob("bench_*.py")):
        name = file.stem.removeprefix("bench_")
        if not chosen or any(word in name for word in chosen):
            print(f"measuring {name} …", flush=True)
            measured[name] = runpy.run_path(str(file))["run"]()
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(measured, indent=2, default=str) + "\n", "utf-8")
    missed = 0
    print(f"\n{'measurement':<52} {'ratio':>7} {'goal':>7}")
    for name, answer in measured.items():
        for line, ratio, goal in ratios(name, answer):
            late = goal is not None and ratio > goal
            missed += late
            shown = "" if goal is None else f"≤ {goal:g}"
            print(f"{line:<52} {ratio:>6.2f}× {shown:>7}{'  missed' if late else ''}")
    print(f"\nAll figures: {target}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
