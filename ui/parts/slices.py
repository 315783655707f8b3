"""Work of the window's own thread, such as building what is seen, done a moment at a time between what comes."""

import time
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, QTimer

A_MOMENT = 0.012
"""Seconds of work before the window looks whether the worker does something."""


class Slices(QObject):
    """Does the steps of one work whenever the window has nothing else to do; it goes with what it is made for."""

    def __init__(self, parent: QObject) -> None:
        """Have nothing to do."""
        super().__init__(parent)
        self._steps: Iterator[object] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._do_some)

    def begin(self, steps: Iterable[object], at_once: int = 0, *, waits: bool = False) -> None:
        """Do so many steps at once and the others soon, in place of what was to be done before.

        waits: nothing is done soon; somebody else asks for each step, among other work that is done in slices.
        """
        self._steps = iter(steps)
        for _ in range(at_once):
            if not self.more():
                return
        if not waits:
            self.go_on()

    def go_on(self) -> None:
        """Do soon what is not done yet."""
        if self._steps is not None:
            self._rest.start()

    def more(self) -> bool:
        """Do the next step now; return False where there was none."""
        steps = self._steps
        if steps is None:
            return False
        try:
            next(steps)
        except StopIteration:
            if self._steps is steps:  # else the step has begun something new
                self._steps = None
            return False
        return True

    def _do_some(self) -> None:
        until = time.perf_counter() + A_MOMENT
        while self.more():
            if time.perf_counter() > until:
                self._rest.start()
                return
