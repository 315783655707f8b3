"""What nobody caught comes here, from whichever thread; and what libraries would print is kept to what names nobody."""

import sys
import threading
import warnings
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler


class Catcher(QObject):
    """Takes what nobody caught, from whichever thread, and tells it in the window's."""

    caught = Signal(object)

    def install(self) -> None:
        """Stand in for the ways of telling of Python and Qt, which would print values and the names of files.

        Where Python was asked for its development mode, Qt and the warnings of libraries say what they always say.
        """
        sys.excepthook = self._on_uncaught
        threading.excepthook = lambda said: self._on_lost(said.exc_value)
        sys.unraisablehook = lambda said: self._on_lost(said.exc_value)
        if not sys.flags.dev_mode:
            qInstallMessageHandler(say_kind)
            if not sys.warnoptions:
                warnings.simplefilter("ignore")

    def _on_uncaught(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:  # fmt: skip
        self._write(error)
        self.caught.emit(error)

    def _on_lost(self, error: BaseException | None) -> None:
        """What went wrong where nothing waits for it, as in a thread of a library, is no matter for a dialog."""
        if error is not None:
            self._write(error)

    def _write(self, error: BaseException) -> None:
        from ui.mistake import report_of  # noqa: PLC0415  (seldom needed, and not before the first paint)

        if sys.stderr is not None:  # a program of Windows without a console has none
            sys.stderr.write(report_of(error) + "\n")


def say_kind(kind: QtMsgType, context: QMessageLogContext, _message: str) -> Any:
    """Write down of a message of Qt how grave it is and what it is about; its text may name a file."""
    if sys.stderr is not None and kind is not QtMsgType.QtDebugMsg:
        sys.stderr.write(f"Qt: {kind.name}, {context.category}\n")
