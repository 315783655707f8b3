"""A few questions that are no record: label, line, help and mark, one below the other."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.typed import one_line
from ui.parts.labels import line_label
from ui.words import tr, wrapped

SHOW, HIDE = N_("Show"), N_("Hide")
SHOW_PASSWORD = N_("Show what is typed in “{line}”")


class Lines(QWidget):
    """Lines of text by name."""

    changed = Signal()
    entered = Signal()
    """Enter was pressed in the last line."""

    def __init__(self, parent: QWidget | None = None, *, label_width: int = 0) -> None:
        """Begin without any. label_width: pixels of the labels, which then stand beside their lines; 0: above."""
        super().__init__(parent)
        self._label_width = label_width
        self.edits: dict[str, QLineEdit] = {}
        self.marks: dict[str, QLabel] = {}
        self._secret: set[str] = set()
        self._last: _Line | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5 if label_width else 4)

    def add(self, name: str, label: str, help_text: str = "", *, secret: bool = False, text: str = "") -> QLineEdit:
        """Ask one more; label and help are messages of the catalogue. secret: the typing is hidden."""
        if self.edits and not self._label_width:
            self._column.addSpacing(8)
        edit = _Line(text, self)
        if self._last is not None:
            self._last.following = edit
        self._last = edit
        edit.setCursorPosition(0)
        edit.setAccessibleName(tr(label))
        edit.setAccessibleDescription(tr(help_text))
        edit.textChanged.connect(self._on_changed)
        edit.entered.connect(self.entered)
        title = line_label(tr(label), "question")
        title.setBuddy(edit)
        self._secret |= {name} if secret else set()
        self._set_below(title, _with_eye(edit, tr(label), self) if secret else edit)
        if help_text:
            self._column.addWidget(line_label(tr(help_text), "help"))
        mark = line_label("", "problem")
        mark.hide()
        self._column.addWidget(mark)
        self.edits[name], self.marks[name] = edit, mark
        return edit

    def _set_below(self, title: QLabel, line: QWidget) -> None:
        if not self._label_width:
            self._column.addWidget(title)
            self._column.addWidget(line)
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        title.setFixedWidth(self._label_width)
        row.addWidget(title)
        row.addWidget(line, 1)
        self._column.addLayout(row)

    def go_on_to(self, edit: QLineEdit) -> None:
        """Let Enter in the last line lead to that one, instead of entering."""
        if self._last is not None:
            self._last.following = edit

    def add_widget(self, widget: QWidget) -> None:
        """Add something else below the last line."""
        self._column.addWidget(widget)

    def typed(self, name: str) -> str:
        """Return what is typed; of what was pasted, the line breaks are spaces. A password stays as it is."""
        text = self.edits[name].text()
        return text if name in self._secret else one_line(text)

    def plain(self) -> dict[str, str]:
        """Return all that is typed and may be seen, by name; passwords are left out."""
        return {name: edit.text() for name, edit in self.edits.items() if name not in self._secret}

    def restore(self, plain: dict[str, str]) -> None:
        """Type again what plain returned."""
        for name, text in plain.items():
            if name in self.edits:
                self.edits[name].setText(text)

    def mark(self, names: Iterable[str], message: str) -> bool:
        """Mark lines with a message already in the screen's language; return whether one of them is here."""
        known = [name for name in names if name in self.marks]
        for name in known:
            self.marks[name].setText(wrapped(message))
            self.marks[name].show()
        if known:
            self.edits[known[0]].setFocus()
        return bool(known)

    def show_mark(self, name: str, message: str) -> None:
        """Mark a line, as mark does, and leave the keyboard where it is."""
        self.marks[name].setText(wrapped(message))
        self.marks[name].show()

    def clear_marks(self) -> None:
        """Take all marks away."""
        for mark in self.marks.values():
            mark.hide()

    def _on_changed(self) -> None:
        self.clear_marks()
        self.changed.emit()


class _Line(QLineEdit):
    """Enter leads to the following line, past any button between; in the last one it enters."""

    entered = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.following: QLineEdit | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.text() != "\r":  # of Return and Enter alone
            return
        if self.following is None:
            self.entered.emit()
        else:
            event.accept()  # a dialog would press its button with it
            self.following.setFocus()


class CapsLockHint(QObject):
    """Tells, as far as the keys show it, whether Caps Lock is on while a password is typed."""

    seen = Signal(bool)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Look at letters as they are typed: a capital without Shift means Caps Lock."""
        if event.type() is QEvent.Type.KeyPress:
            from PySide6.QtCore import Qt  # noqa: PLC0415  (labels.py says why not earlier)

            key = cast("QKeyEvent", event)
            text, shift = key.text(), key.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if len(text) == 1 and text.isascii() and text.isalpha():
                self.seen.emit(text.isupper() != bool(shift))
        return False


def _with_eye(edit: QLineEdit, label: str, parent: QWidget) -> QWidget:
    """Hide the typing, with a button beside that shows it."""
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    button = QPushButton(tr(SHOW), holder)
    button.setCheckable(True)
    button.setProperty("role", "quiet")
    button.setAccessibleName(tr(SHOW_PASSWORD, line=label))
    wider = max(button.fontMetrics().horizontalAdvance(tr(text)) for text in (SHOW, HIDE))
    button.setMinimumWidth(wider + 36)

    def toggle(shown: bool) -> None:
        edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        button.setText(tr(HIDE if shown else SHOW))

    button.toggled.connect(toggle)
    row.addWidget(edit, 1)
    row.addWidget(button)
    return holder
