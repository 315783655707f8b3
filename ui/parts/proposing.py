"""A list of proposals below a line of text, in which anything else may be typed as well."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from ui.parts.icons import icon
from ui.theme import COLOURS

AROUND = 48
"""Pixels of a list beside its texts: frame, padding and scroll bar."""


class Proposals(QObject):
    """Opens while something is typed, by the arrow in the line, or by the arrow key. Nothing is taken unless chosen."""

    asked = Signal(str)
    """Proposals are wanted for what is typed; who hears it calls show."""
    chosen = Signal(str)

    def __init__(self, line: QLineEdit, label: str) -> None:
        """label: what the arrow in the line is called, in the screen's language."""
        super().__init__(line)
        self._line, self._label = line, label
        self._model: QStringListModel | None = None
        self.arrow = line.addAction(icon("down", COLOURS["muted"], 16), QLineEdit.ActionPosition.TrailingPosition)
        self.arrow.setText(label)
        self.arrow.setToolTip(label)
        self.arrow.triggered.connect(self.open)
        line.textEdited.connect(self.asked)
        line.installEventFilter(self)

    def open(self) -> None:
        """Propose all that is known."""
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.asked.emit("")

    def show(self, texts: Iterable[str]) -> None:
        """Show these, or close the list where there are none, or nothing but what is typed."""
        found = [text for text in texts if text != self._line.text()]
        if self._model is None:
            if not found:
                return
            self._build()
        assert self._model is not None  # noqa: S101  (just built)
        self._model.setStringList(found)
        if found:
            self.completer.complete(room_for(self._line, found))
            self.popup.setCurrentIndex(QModelIndex())  # Qt makes the first current, and Enter would take it
        else:
            self.popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the list with the arrow key; take what is marked in it with Tab, as with Enter."""
        if event.type() is QEvent.Type.KeyPress:
            key = cast("QKeyEvent", event).key()
            if watched is self._line and key == Qt.Key.Key_Down:
                self.open()
                return True
            if watched is not self._line and key == Qt.Key.Key_Tab and (marked := self.popup.currentIndex()).isValid():
                self.popup.hide()
                self._on_activated(marked)
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        """Make the list when it is first wanted."""
        self._model = QStringListModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup = QListView()
        self.popup.setUniformItemSizes(True)
        self.popup.setAccessibleName(self._label)
        self.completer.setPopup(self.popup)
        self.popup.installEventFilter(self)  # asked before the completer, which lets Tab go to the next question
        self.completer.setWidget(self._line)
        self.completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]

    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data())


def room_for(line: QLineEdit, texts: Iterable[str]) -> QRect:
    """Return where a list below a line stands, so wide that it shows these texts whole."""
    widest = max((line.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
    return QRect(0, 0, max(line.width(), widest + AROUND), line.height())
