"""When the window locks by itself, and that nothing of the office stays to be seen when it does."""

import sys
import time

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from casemgr.pace import is_letting_go, sweep, sweep_all
from ui.absence import Absence
from ui.clip import Clip
from ui.pages.page import Page
from ui.parts.pdf_pages import Aside
from ui.parts.pdf_pages import parked as parked  # noqa: PLC0414  (what closes the program asks here)
from ui.sleeping import Sleeping
from ui.window import Window

LOOK_AGAIN = 50
"""Milliseconds after which it is asked again whether all rows are let go of, and nobody types."""
QUIET = 1.0
"""Seconds without key and mouse before everything is looked through: the window stands still meanwhile."""


class Locking(QObject):
    """Asks for the lock when nobody has been there for a while, or when the computer sleeps or locks its screen."""

    asked = Signal()
    """The window is to be locked; what listens has to be done when it returns."""

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        """Watch nothing yet but the clipboard."""
        super().__init__(parent)
        self._window = window
        self.clip = Clip(self)
        self.absence = Absence(self)
        self.absence.noticed.connect(self.asked)
        self.absence.paused.connect(sweep)
        self.sleeping = Sleeping(self)
        self.sleeping.noticed.connect(self.asked)
        self._listens = False
        self._sweep = QTimer(self)
        self._sweep.setSingleShot(True)
        self._sweep.timeout.connect(self._forget_when_quiet)

    def begin(self, minutes: int) -> None:
        """Watch while an office is open; minutes: after how many without anybody it locks."""
        self._sweep.stop()  # the next lock does it
        self.absence.hear_all(on=False)
        self.absence.begin(minutes)
        if not self._listens:
            self._listens = True
            self.sleeping.listen(self._window)

    def rest(self) -> None:
        """Watch no more, as while the office is locked; what was copied here is forgotten."""
        self.absence.rest()
        self.clip.forget()

    def empty_memory(self, page: QWidget | None) -> None:
        """Let go of pictures that are drawn already, and, once the page is gone, of texts and what refers to itself.

        Python cannot overwrite what it lets go of; it is gone when the memory is used anew.
        """
        QPixmapCache.clear()
        self.absence.hear_all(on=True)  # whoever types the password is not kept waiting
        if page is None:
            self._forget_soon()
        else:
            page.destroyed.connect(self._forget_soon)

    def _forget_soon(self) -> None:
        self._sweep.start(0)

    def _forget_when_quiet(self) -> None:
        """Look through everything, also what was left out of the search for garbage while an office was open.

        First all rows are let go of, of which very many may take long to go through, and nobody types any more.
        """
        if is_letting_go() or time.monotonic() - self.absence.heard < QUIET:
            self._sweep.start(LOOK_AGAIN)
        else:
            self.absence.hear_all(on=False)
            forget_texts()
            sweep_all()

    def leave(self) -> None:
        """Hear no more of the system: the program ends."""
        self.rest()
        self.sleeping.leave()


def hide_others(window: QWidget) -> None:
    """Throw away every dialog, menu, list of proposals and hint that is shown beside the window, without asking.

    What says of itself that it is nameless, as the guide does, tells of nobody and stays.
    """
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
        if QApplication.activePopupWidget() is popup:  # it does not want to go
            popup.deleteLater()
            break
    for other in QApplication.topLevelWidgets():
        if other is window or not shiboken6.isValid(other) or other.isHidden() or other.property("nameless"):
            continue
        other.blockSignals(True)  # nobody is told that it was left: who listens would ask, or open another
        other.hide()
        other.setWindowTitle("")
        if isinstance(other, QDialog):
            quiet(other)
            end_work_of(other)
            other.deleteLater()


def quiet(page: QWidget) -> None:
    """Let a page that is left ask for nothing more, such as what was just typed into the search."""
    for timer in page.findChildren(QTimer):
        timer.stop()


def end_work_of(page: QWidget) -> None:
    """Let go of what a page draws or prints in threads of its own, so that it can be thrown away at once."""
    for aside in page.findChildren(Aside):
        aside.park()
    for each in page.findChildren(Page):
        each.let_go()


def forget_texts() -> None:
    """Empty what functions of the program remember of the texts they were given, names among them.

    That is every memory with a bound; those without one hold declarations, tables and catalogues.
    """
    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] in {"casemgr", "ui"}:
            for value in tuple(vars(module).values()):
                if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()
