"""Help from anywhere: F1 opens the guide at the place that explains what the worker is at. Imports nothing heavy."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from casemgr.i18n import N_
from ui.window import Window
from ui.words import tr, words

if TYPE_CHECKING:
    from ui.pages.help import HelpWindow

KEYS = "F1"
NO_GUIDE = N_("The guide is missing in this copy of the program. Install the program again.")


class Helping(QObject):
    """Holds the window of the guide. It tells of no child, and stays open beside the work and while it is locked."""

    def __init__(
        self, window: Window, office_folder: Callable[[], Path], parent: QObject | None = None, *, inline: bool = False
    ) -> None:  # fmt: skip
        """Give the window its key; each dialog gets one when the keyboard first comes to it. inline: as of Tasks."""
        super().__init__(parent)
        self._window, self._office_folder, self._inline = window, office_folder, inline
        self.shown: HelpWindow | None = None
        self._give_key(window)
        window.help_asked.connect(self.ask)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus)

    def ask(self) -> None:
        """Open the guide at the place that explains where the keyboard is."""
        from ui.help_places import START, place_of  # noqa: PLC0415  (not before the first paint)

        at, page = QApplication.focusWidget(), cast("Any", self._window.page)
        here = page.stack.currentWidget() if hasattr(page, "rail") else page
        self.show(place_of(at) or place_of(here) or START)

    def show(self, anchor: str) -> "HelpWindow | None":
        """Open the guide at a place; return its window, None where the program came without the guide."""
        from PySide6.QtCore import Qt  # noqa: PLC0415  (labels.py says why not earlier)

        if self.shown is None:
            from ui.pages.help import HelpWindow  # noqa: PLC0415  (as in ask)

            try:
                self.shown = HelpWindow(self._office_folder(), anchor, inline=self._inline)
            except FileNotFoundError:
                self._window.messages.say(tr(NO_GUIDE), alarm=True)
                return None
        else:
            self.shown.show_place(anchor)
        self.shown.setWindowState(self.shown.windowState() & ~Qt.WindowState.WindowMinimized)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()
        return self.shown

    def speak(self) -> None:
        """Show the guide in the screen's language, at the same place; where it is closed, next time."""
        before = self.shown
        if before is None or before.spoken == (words().language, words().digits):
            return
        self.shown = None
        anchor, was_open, geometry = before.anchor, before.isVisible(), before.saveGeometry()
        _drop(before)
        if was_open and (again := self.show(anchor)) is not None:
            again.restoreGeometry(geometry)

    def rest(self) -> None:
        """Go back from a paper to the guide, as on locking: what is being printed is known to go on then.

        What was looked for is forgotten: somebody may have typed a name there.
        """
        if self.shown is not None:
            self.shown.leave_paper()
            self.shown.forget_search()

    def leave(self) -> None:
        """Close the guide: the program ends."""
        if self.shown is not None:
            _drop(self.shown)
            self.shown = None

    def _on_focus(self, _before: QWidget | None, here: QWidget | None) -> None:
        if here is None:
            return
        window = here.window()
        if window.property("helped"):
            return
        from PySide6.QtCore import Qt  # noqa: PLC0415  (labels.py says why not earlier)

        if window.windowModality() is Qt.WindowModality.WindowModal and self._is_before_ours(window):
            self._give_key(window)

    def _is_before_ours(self, dialog: QWidget) -> bool:
        """Return whether a dialog stands before this program's window, itself or before another dialog."""
        above = dialog.parentWidget()
        while above is not None:
            if above.window() is self._window:
                return True
            above = above.window().parentWidget()
        return False

    def _give_key(self, window: QWidget) -> None:
        window.setProperty("helped", True)
        QShortcut(QKeySequence(KEYS), window).activated.connect(self.ask)


def _drop(window: "HelpWindow") -> None:
    window.leave_paper()
    window.close()
    window.deleteLater()
