"""Work that reads or writes the store, away from the window's thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class Tasks(QObject):
    """Runs work one after the other, in the order asked; answers come back in the window's thread.

    inline: run at once in the caller's thread, as the tests do.
    """

    failed = Signal(object)
    """An exception that nobody asked to hear of."""
    _over = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None, *, inline: bool = False) -> None:
        """Start with nothing to do."""
        super().__init__(parent)
        self.inline = inline
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._over.connect(self._tell)

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do the work; then call done with its answer, or failed with its exception."""
        if self.inline:
            self._tell(*_outcome(work, done, failed))
        else:
            self._pool.start(_Job(lambda: self._over.emit(*_outcome(work, done, failed))))

    def wait(self) -> None:
        """Return once all work is done."""
        self._pool.waitForDone()

    def _tell(self, callback: Callable[[Any], None] | None, answer: Any, error: Exception | None) -> None:
        if callback is not None:
            callback(answer if error is None else error)
        elif error is not None:
            self.failed.emit(error)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


def _outcome(
    work: Callable[[], Any], done: Callable[[Any], None] | None, failed: Callable[[Exception], None] | None
) -> tuple[Callable[[Any], None] | None, Any, Exception | None]:
    try:
        return done, work(), None
    except Exception as error:  # noqa: BLE001  (whatever it is, it is told in the window's thread)
        return failed, None, error
