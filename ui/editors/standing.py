"""Where the keyboard is within a record that is written, so that it can be put there again."""

import weakref
from collections.abc import Callable
from typing import NamedTuple, cast

import shiboken6
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


class Standing(NamedTuple):
    """Where the keyboard is in a record: field, line of a table, which of its boxes, and where in the text."""

    field: str
    line: int
    stop: int
    cursor: int


class LastFocus:
    """Remembers what had the keyboard last within a widget, from now on and until it is told to listen no more.

    It holds the widget weakly, as that holds it.
    """

    def __init__(self, within: QWidget, moved: Callable[[QWidget], None]) -> None:
        """Know of nothing yet. moved: a method that is told what within the widget has the keyboard now."""
        self._within, self._moved = weakref.ref(within), weakref.WeakMethod(moved)
        self.last: QWidget | None = None
        self._hear = _heard_by(self)
        self._listens = False
        self.listen(on=True)

    def listen(self, *, on: bool) -> None:
        """Remember from now on, or no more."""
        if on is not self._listens:
            changed = cast("QApplication", QApplication.instance()).focusChanged
            (changed.connect if on else changed.disconnect)(self._hear)
            self._listens = on

    def note(self, now: QWidget | None) -> None:
        """Remember what has the keyboard now, where it is within."""
        within, moved = self._within(), self._moved()
        if now is not None and within is not None and shiboken6.isValid(within) and within.isAncestorOf(now):
            self.last = now
            if moved is not None:
                moved(now)


def _heard_by(focus: LastFocus) -> Callable[[QWidget | None, QWidget | None], None]:
    """Return what tells it where the keyboard is, as long as it is there."""
    known = weakref.ref(focus)

    def hear(_before: QWidget | None, now: QWidget | None) -> None:
        if (listening := known()) is not None:
            listening.note(now)

    return hear


def cursor_of(widget: QWidget) -> int:
    """Return where in the text of a box the next letter would go; 0 where there is no text."""
    if isinstance(widget, QLineEdit):
        return widget.cursorPosition()
    return widget.textCursor().position() if isinstance(widget, QPlainTextEdit) else 0


def put_cursor(widget: QWidget, at: int) -> None:
    """Let the next letter go there, or to the end of a shorter text."""
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(at)
    elif isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(min(at, len(widget.toPlainText())))
        widget.setTextCursor(cursor)
