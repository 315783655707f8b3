"""The line at the bottom of an open office that says what was just saved and takes it back."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.services.changes import Changes
from ui.parts.card import text_label
from ui.parts.icons import icon
from ui.parts.message_bar import CLOSE
from ui.parts.spoken import announce
from ui.theme import COLOURS
from ui.words import tr, wrapped

SAVED, REMOVED, GIVEN = N_("Saved: {what}."), N_("Removed: {what}."), N_("Handed over: {what}.")
UNDO, UNDONE = N_("Undo"), N_("Undone.")
KEYS = "Ctrl+Z"


class Kept(NamedTuple):
    """A write that can be taken back: what it changed, what is said of it (SAVED, REMOVED, GIVEN), and of what.

    Both texts, the second a title, are messages of the catalogue, so that they can be said anew in another language.
    """

    changes: Changes
    message: str
    title: str


class UndoBar(QWidget):
    """Hidden until something is offered; what is offered next takes its place."""

    undo_asked = Signal(object)
    """What is to be taken back (Changes)."""
    left = Signal()
    """The button that has the keyboard goes: the keyboard belongs elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offer nothing yet."""
        super().__init__(parent)
        self.kept: Kept | None = None
        self._asked = self._aside = False
        self.frame = QFrame(self)
        self.frame.setProperty("role", "undo")
        self.text: QLabel = text_label("", "answer")
        self.button = QPushButton(tr(UNDO), self.frame)
        self.button.setProperty("role", "quiet")
        self.button.setToolTip(KEYS)
        self.button.setAccessibleDescription(KEYS)
        self.button.clicked.connect(self.undo)
        self.close_button = QPushButton(icon("close", COLOURS["text"], 14), "", self.frame)
        self.close_button.setProperty("role", "link")
        self.close_button.setAccessibleName(tr(CLOSE))
        self.close_button.setToolTip(tr(CLOSE))
        self.close_button.clicked.connect(self.clear)
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(10)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 10)
        column.addWidget(self.frame)
        self.hide()

    def offer(self, kept: Kept) -> None:
        """Say what was written, and offer to take it back where that can be done."""
        can_be_undone = kept.changes.lines is not None
        self.kept, self._asked = kept if can_be_undone else None, False
        self.button.setVisible(can_be_undone)
        self._say(tr(kept.message, what=tr(kept.title)))

    def undo(self) -> None:
        """Ask for what is offered to be taken back; ask once."""
        if self.kept is not None and not self._asked:
            self._asked = True  # the button stays as it is: one that is disabled would lose the keyboard
            self.undo_asked.emit(self.kept.changes)

    def set_aside(self, *, aside: bool) -> None:
        """Stand aside while something else is written: its Undo would seem to mean that; nothing is forgotten."""
        self._aside = aside
        if aside:
            self._leave()
        self.setVisible(bool(self.text.text()) and not aside)

    def tell(self, text: str) -> None:
        """Say what became of it, in the screen's language; nothing is offered any more."""
        self.kept = None
        self._leave()
        self.button.hide()
        self._say(text)

    def clear(self) -> None:
        """Say and offer nothing."""
        self.kept = None
        self._leave()
        self.text.clear()
        self.hide()

    def _leave(self) -> None:
        at = QApplication.focusWidget()
        if at is not None and self.isAncestorOf(at):
            self.left.emit()

    def _say(self, text: str) -> None:
        self.text.setText(wrapped(text))
        self.setAccessibleName(text)
        self.setVisible(not self._aside)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        announce(self, text)
