"""A worker at the real window: waits for what comes, types, presses keys, scrolls; of each step the stalls are kept.

Importing this loads Qt as the program does when it is started.
"""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from main import load_qt  # noqa: E402  (as the program is started)

load_qt()
STARTED = time.perf_counter()

from gaps import Gaps  # noqa: E402
from PySide6.QtCore import Qt, QTimer  # noqa: E402
from PySide6.QtGui import QInputMethodEvent  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402

from ui.app import begin, read_options  # noqa: E402

PATIENCE = 1800.0
"""Seconds after which a step that does not come to its end is given up."""

RESTS = 7.0
"""Seconds of rest before the memory is looked at."""

Wait = Callable[[], bool]
"""Whether what the worker waits for has come."""


class Worker:
    """Does what the parts of the work say, each a method that yields; what it yields is waited for."""

    def __init__(self, app: QApplication, program: Any, gaps: Gaps) -> None:
        self.app, self.program, self.gaps = app, program, gaps
        self._began = 0.0
        self._quiet = 0
        self._steps: Iterator[Wait | None] = iter(())
        self._wait: Wait | None = None
        self.resting = self.mb = 0.0  # MB held once Today was shown, and at the end of the look round
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._go_on)

    def work(self, steps: Iterator[Wait | None]) -> None:
        """Begin."""
        self._steps, self._began = steps, time.perf_counter()
        self._timer.start()

    def step(self, name: str) -> None:
        """Say what comes now."""
        if self.gaps.step in self.gaps.stalls:
            told = self.gaps.told()[self.gaps.step]
            sys.stderr.write(f"{time.perf_counter() - STARTED:6.1f} {self.gaps.step}: {json.dumps(told)}\n")
        self.gaps.step = name
        self._began = time.perf_counter()

    def _go_on(self) -> None:
        if not self._has_come():
            if time.perf_counter() - self._began > PATIENCE:
                self._end(f"gave up at: {self.gaps.step}")
            return
        try:
            self._wait = next(self._steps)
            self._quiet = 0
        except StopIteration:
            self._end(None)
        except Exception:  # noqa: BLE001  (told as it is: a benchmark that breaks is to be mended)
            self._end(traceback.format_exc())

    def _has_come(self) -> bool:
        """Return whether the store is quiet, for some rounds, and what is waited for is there."""
        self._quiet = self._quiet + 1 if self.program.tasks.is_idle else 0
        return self._quiet > 3 and (self._wait is None or self._wait())

    def _end(self, trouble: str | None) -> None:
        told = {
            "trouble": trouble,
            "stalls": self.gaps.told(),
            "resting": self.resting,
            "mb": self.mb or resident(),
            "left": resident(),
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        os._exit(1 if trouble else 0)

    # What a worker does with the hands

    @property
    def desk(self) -> Any:
        return self.program.desk

    @property
    def page(self) -> Any:
        return self.desk.stack.currentWidget()

    def go(self, place: str) -> None:
        self.desk.rail.buttons[place].click()

    def type(self, text: str, into: QWidget | None = None) -> None:
        widget = into or QApplication.focusWidget()
        for letter in text:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(widget, event)

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        window = QApplication.activeModalWidget() or self.program.window
        QTest.keyClick(QApplication.focusWidget() or window, key, keys)

    def rows_shown(self, table: Any) -> Wait:
        return lambda: table.model().rowCount() > 0

    def scroll(self, table: Any) -> Iterator[Wait | None]:
        """Turn down page by page, and to the end of what is read, which reads on."""
        bar = table.verticalScrollBar()
        for _ in range(15):
            bar.setValue(bar.value() + bar.pageStep())
            yield None
        for _ in range(4):
            bar.setValue(bar.maximum())
            yield None

    def rested(self) -> Wait:
        """So long that what work let go of was given back."""
        since = time.monotonic()
        return lambda: time.monotonic() - since > RESTS

    def close_dialog(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()


def resident() -> float:
    """Return the resident set of this process in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(each for each in status.read_text("ascii").splitlines() if each.startswith("VmRSS"))
    return round(int(line.split()[1]) / 1000, 1)


def at_work(kind: type[Worker], parts: str, folder: str, language: str = "km") -> int:
    """Start the program in the office of that folder, and do these parts, with commas between them."""
    app, program = begin(read_options(["--office", folder, "--language", language]))
    gaps = Gaps()
    worker = kind(app, program, gaps)

    def steps() -> Iterator[Wait | None]:
        for part in parts.split(","):
            yield from getattr(worker, part)()

    program.painted.connect(gaps.begin)
    program.ready.connect(lambda: worker.work(steps()), Qt.ConnectionType.SingleShotConnection)
    program.start()
    program.window.resize(1366, 728)
    return app.exec()
