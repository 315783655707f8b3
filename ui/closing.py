"""The end of the program: what is typed is kept first, and the window goes once all work is over."""

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from casemgr.i18n import N_
from casemgr.trouble import NotKept, Refusal, Trouble
from ui.parts.door import PROGRAM
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

NOT_KEPT = N_("What you were typing could not be kept. If the program is closed now, it is lost.")
GO_BACK, ALL_THE_SAME = N_("Go back"), N_("Close all the same")


class Closing(QObject):
    """Happens once, unless the worker goes back. The window never stands still for it."""

    kept = Signal()
    """What is typed is kept, or may be lost: the office is to be left."""
    over = Signal()
    """No work is under way any more: the window may go."""

    def __init__(self, window: QWidget, tasks: Tasks, parent: QObject | None = None) -> None:
        """tasks: those that drafts are kept with."""
        super().__init__(parent)
        self._window, self._tasks = window, tasks
        self._works: Sequence[Tasks] = ()
        self._is_begun = self._is_keeping = self._is_over = False
        self._unkept: Exception | None = None
        self._focused: QWidget | None = None

    def begin(self, keep: Callable[[], None] | None) -> None:
        """Let keep ask that all that is typed be kept, and wait for that; nothing more can be typed meanwhile.

        keep: None where nothing can be typed yet.
        """
        if self._is_begun:
            return
        if keep is None:
            self._is_begun = True
            self.kept.emit()
            return
        self._is_begun = self._is_keeping = True
        self._unkept = None
        self._tasks.failed.connect(self._on_failed)
        self._focused = QApplication.focusWidget()
        self._window.setEnabled(False)
        self._tasks.stop()
        keep()
        if self._tasks.is_idle:
            self._on_kept()
        else:
            self._tasks.idle.connect(self._on_kept, Qt.ConnectionType.SingleShotConnection)

    def drop(self) -> None:
        """Close nothing after all, as where the window was locked before it was decided."""
        if self._is_keeping:
            self._tasks.idle.disconnect(self._on_kept)
            self._end_keeping()
        self._is_begun = False

    def wait_for(self, works: Sequence[Tasks]) -> None:
        """Tell once all of these have nothing to do."""
        self._works = works
        for tasks in works:
            tasks.idle.connect(self._look)
        self._look()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, NotKept) or not isinstance(error, Refusal | Trouble):
            self._unkept = error

    def _on_kept(self) -> None:
        self._end_keeping()
        if self._unkept is None:
            self.kept.emit()
        else:
            self._ask(self._unkept)

    def _end_keeping(self) -> None:
        self._is_keeping = False
        self._tasks.failed.disconnect(self._on_failed)
        self._window.setEnabled(True)

    def _ask(self, error: Exception) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle(tr(PROGRAM))
        box.setText(wrapped(tr(NOT_KEPT)))
        if isinstance(error, NotKept):
            box.setInformativeText(wrapped(error.say(words())))
        back = box.addButton(tr(GO_BACK), QMessageBox.ButtonRole.RejectRole)
        close = box.addButton(tr(ALL_THE_SAME), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        back.clicked.connect(self._go_back)
        close.clicked.connect(self.kept)
        box.open()

    def _go_back(self) -> None:
        self._is_begun = False
        if self._focused is not None and shiboken6.isValid(self._focused):
            self._focused.setFocus()

    def _look(self) -> None:
        # what was parked goes by itself once it is done
        if not self._is_over and all(not shiboken6.isValid(tasks) or tasks.is_idle for tasks in self._works):
            self._is_over = True
            self.over.emit()
