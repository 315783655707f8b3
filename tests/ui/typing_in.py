"""Typing as a worker does it: letters by an input method, keys by the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def write(widget: QWidget, text: str) -> None:
    """Commit a text to a widget through its input method."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def press(widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(widget, key, held)


def tab(times: int = 1) -> None:
    """Go on to the next question, as often as said."""
    for _ in range(times):
        press(QApplication.focusWidget(), Qt.Key.Key_Tab)


def write_here(text: str) -> None:
    """Commit a text wherever the keyboard is."""
    write(QApplication.focusWidget(), text)
