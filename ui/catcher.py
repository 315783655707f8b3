"""What nobody caught comes here, from whichever thread."""

import sys
from types import TracebackType

from PySide6.QtCore import QObject, Signal


class Catcher(QObject):
    """Takes what nobody caught, from whichever thread, and tells it in the window's."""

    caught = Signal(object)

    def install(self) -> None:
        """Stand in for Python's own way of telling, which would print values."""
        sys.excepthook = self._on_uncaught

    def _on_uncaught(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:  # fmt: skip
        from ui.mistake import report_of  # noqa: PLC0415  (seldom needed, and not before the first paint)

        sys.stderr.write(report_of(error) + "\n")
        self.caught.emit(error)
