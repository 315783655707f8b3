"""Counts the keys and clicks that ten daily tasks take at the real window, and prints them as a table.

The tasks stand in tests/flows/ease_tasks.py, the hands that do them in hands.py beside it.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLOWS = ROOT / "tests" / "flows"
BEFORE = FLOWS / "ease_before.json"
"""What the tasks took when they were first counted."""


def measure(language: str) -> dict[str, Any]:
    """Do every task with the keyboard alone and with the mouse; return the efforts by task and kind of hand."""
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1", "QT_FONT_DPI": "96"}
    os.environ["QT_LOGGING_RULES"] = "*.warning=false"
    sys.path[:0] = [str(ROOT), str(FLOWS)]
    import ease_tasks  # type: ignore[import-not-found]  # noqa: PLC0415  (found beside its tests)
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415  (Qt is told above how to start)

    from ui import theme  # noqa: PLC0415

    app = QApplication(["ease", *theme.STYLE])
    theme.dress(app)
    answer: dict[str, Any] = {name: {} for name in ease_tasks.TASKS}
    for kind in ("keyboard", "mouse"):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["HOME"] = folder  # where the file dialog begins
            with ease_tasks.at_work(Path(folder), kind, language) as (worker, counter):
                for name, task in ease_tasks.TASKS.items():
                    answer[name][kind] = ease_tasks.measure(worker, counter, task)._asdict()
    return answer


def table(now: dict[str, Any], before: dict[str, Any]) -> str:
    """Return the efforts as lines: keys, clicks and turns of the wheel; before, now, and the words themselves."""
    lines = [f"{'':<36} {'keyboard alone':^15} {'with the mouse':^15} {'letters':>8}"]
    lines.append(f"{'keys, clicks, turns of the wheel':<36} {'before   now':^15} {'before   now':^15}")
    sums = [0, 0, 0, 0]
    for name, kinds in now.items():
        figures = [_acts(of.get(name, {}).get(kind)) for kind in ("keyboard", "mouse") for of in (before, now)]
        sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
        lines.append(f"{name:<36} {_line(figures)} {kinds['keyboard']['letters']:>8}")
    lines.append(f"{'all of them':<36} {_line(sums)}")
    return "\n".join(lines)


def _line(figures: list[int]) -> str:
    return f"{figures[0]:>6} {figures[1]:>5}    {figures[2]:>6} {figures[3]:>5}   "


def _acts(effort: dict[str, int] | None) -> int:
    return 0 if effort is None else effort["keys"] + effort["clicks"] + effort["turns"]


def main(arguments: list[str]) -> int:
    """Measure in one language (Khmer unless given), print the table and write build/ease.json."""
    now = measure(arguments[0] if arguments else "km")
    target = ROOT / "build" / "ease.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(now, indent=2) + "\n", "utf-8")
    print(table(now, json.loads(BEFORE.read_text("utf-8")) if BEFORE.is_file() else {}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
