"""Editors of words and numbers."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from casemgr.i18n import N_, Words
from casemgr.records.fields import FieldInfo, Kind
from casemgr.typed import one_line
from ui.editors.field_editor import FieldEditor
from ui.editors.reading import Unreadable, read_number, read_phone

MOST_LETTERS = 300
TOO_LONG = N_("Too long for one line: at most 300 letters.")


class LineEditor(FieldEditor):
    """One line of text."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty line."""
        super().__init__(info, words, parent)
        self.line = QLineEdit(self)
        self.line.textChanged.connect(self._on_text)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.line)
        self._showing = False

    def value(self) -> Any:
        """Return the text without spaces around it, and without the line breaks of what was pasted.

        None when empty, or too long.
        """
        return None if self.problem() else one_line(self.line.text()) or None

    def problem(self) -> str | None:
        """Return that it is too long, as when a key was held down or a whole page was pasted."""
        return TOO_LONG if len(one_line(self.line.text())) > MOST_LETTERS else None

    def typed(self) -> str | None:
        """Return the text when it is too long."""
        return self.line.text() if self.problem() else None

    def set_typed(self, typed: Any) -> None:
        """Show the text."""
        self._show(str(typed))

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._show("" if value is None else str(value))

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the line."""
        return (self.line,)

    def _show(self, text: str) -> None:
        self._showing = True
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self._showing = False

    def _on_text(self) -> None:
        if not self._showing:
            self.changed.emit()


class ReadLineEditor(LineEditor):
    """A line whose text must be understood, such as a number. What is not understood stays as it was typed."""

    def _read(self, text: str) -> Any:
        """Return the answer in the text; raises Unreadable."""
        raise NotImplementedError

    def value(self) -> Any:
        """Return the answer; None when empty or not understood."""
        try:
            return self._read(self.line.text())
        except Unreadable:
            return None

    def problem(self) -> str | None:
        """Return why the text is not understood."""
        try:
            self._read(self.line.text())
        except Unreadable as error:
            return error.message
        return None

    def typed(self) -> str | None:
        """Return the text when it is not understood."""
        return self.line.text() if self.problem() else None


class NumberEditor(ReadLineEditor):
    """A whole number, or an amount of riel; thousands are set apart once the worker leaves the line."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty line, as wide as a number needs."""
        super().__init__(info, words, parent)
        self.line.setMaximumWidth(180 if info.kind is Kind.MONEY else 120)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.line.editingFinished.connect(self._tidy)
        if info.kind is Kind.MONEY:
            unit = QLabel("៛", self)
            unit.setAccessibleName("riel")
            self._row.addWidget(unit)
        self._row.addStretch()

    def set_value(self, value: Any) -> None:
        """Show a number in the office's figures."""
        shown = self.words.number if self.info.kind is Kind.MONEY else lambda number: self.words.figures(str(number))
        self._show("" if value is None else shown(value))

    def _read(self, text: str) -> int | None:
        return read_number(text)

    def _tidy(self) -> None:
        if not self.problem():
            self.set_value(self.value())


class PhoneEditor(ReadLineEditor):
    """A telephone number; Khmer figures are kept as Western ones, so that it can be searched and dialled."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty line."""
        super().__init__(info, words, parent)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)

    def _read(self, text: str) -> str | None:
        return read_phone(text)


class GrowingText(QPlainTextEdit):
    """Several lines of text, as high as what is written in it; Tab goes on to the next question."""

    lowest, highest = 2, 14
    """Lines shown when empty, and at most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show an empty text."""
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the size that shows all lines, up to the highest."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Return a size that shows the text's height."""
        return QSize(120, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again: a narrower text has more lines."""
        super().resizeEvent(event)
        self._fit()

    def _height(self) -> int:
        lines = min(max(int(self.document().size().height()), self.lowest), self.highest)
        return lines * self.fontMetrics().lineSpacing() + 2 * int(self.document().documentMargin()) + 12

    def _fit(self) -> None:
        self.setFixedHeight(self._height())


class TextEditor(FieldEditor):
    """Several lines of text."""

    wide = True

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Show an empty text."""
        super().__init__(info, words, parent)
        self.text = GrowingText(self)
        self.text.textChanged.connect(self._on_text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text)
        self._showing = False

    def value(self) -> Any:
        """Return the text; None when nothing is written."""
        return self.text.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._showing = True
        self.text.setPlainText("" if value is None else value)
        self._showing = False

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the text."""
        return (self.text,)

    def _on_text(self) -> None:
        if not self._showing:
            self.changed.emit()
