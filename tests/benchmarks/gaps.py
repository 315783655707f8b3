"""How long the window's thread did not listen, for the benchmarks that let a worker work at the real window."""

import gc
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer

ROOT = Path(__file__).resolve().parent.parent.parent
TICK = 0.010
SLOW = 0.05


class Gap(NamedTuple):
    """Seconds: by the clock, of the processor by the window's thread and by all threads; how much of it
    was looking for garbage, in whatever thread; what was seen of it."""

    stall: float
    own: float
    every: float
    garbage: float
    seen: list[str]


NO_GAP = Gap(0.0, 0.0, 0.0, 0.0, [])


class Gaps(QObject):
    """How long the window's thread did not listen, by what the worker was doing."""

    def __init__(self) -> None:
        super().__init__()
        self.step = "start"
        self.stalls: dict[str, Gap]
        self._seen: list[str] = []
        self.begin()
        self._garbage = self._since = 0.0
        gc.callbacks.append(self._on_garbage)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(int(TICK * 1000))
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()
        self._window = threading.get_ident()
        threading.Thread(target=self._look, daemon=True).start()

    def begin(self) -> None:
        """Count from now on; how long the first paint takes is measured by bench_start."""
        self.stalls = {}
        self._last, self._own = time.perf_counter(), time.thread_time()
        self._all = time.process_time()

    def _on_tick(self) -> None:
        now, own, every = time.perf_counter(), time.thread_time(), time.process_time()
        gap = now - self._last - TICK
        if gap > self.stalls.get(self.step, NO_GAP).stall:
            self.stalls[self.step] = Gap(gap, own - self._own, every - self._all, self._garbage, self._seen)
        self._last, self._own, self._all, self._seen = now, own, every, []
        self._garbage = 0.0

    def _on_garbage(self, phase: str, _told: dict[str, int]) -> None:
        now = time.thread_time()
        if phase == "start":
            self._since = now
        else:
            self._garbage += now - self._since

    def _look(self) -> None:
        """See from beside what the window's thread does while it does not listen."""
        while True:
            time.sleep(TICK)
            if time.perf_counter() - self._last > SLOW:
                self._seen.append(" < ".join(islice(_own(sys._current_frames().get(self._window)), 4)))

    def told(self) -> dict[str, dict[str, Any]]:
        """Return the longest gap of each step, in milliseconds."""
        return {
            step: {name: round(value * 1000, 1) for name, value in zip(Gap._fields, gap[:4], strict=False)}
            | {"seen": gap.seen}
            for step, gap in self.stalls.items()
        }


def _own(frame: FrameType | None) -> Iterator[str]:
    """Yield where the program's own functions are, the innermost first.

    traceback would read the sources of all of them for it, and keep these: tens of megabytes, which are then measured.
    """
    while frame is not None:
        if frame.f_code.co_filename.startswith(str(ROOT)):
            yield f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back
