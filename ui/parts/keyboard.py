"""The keyboard, where what had it is made anew."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget


@contextmanager
def keyboard_kept(holder: QWidget) -> Iterator[None]:
    """Give the keyboard, where it was within the holder, to the button made anew under the same name.

    Where there is none of that name any more, it goes to the first new button, else to the holder itself.
    """
    at, before = QApplication.focusWidget(), holder.findChildren(QPushButton)
    was_here = at is not None and holder.isAncestorOf(at)
    name = at.accessibleName() if at is not None else ""
    yield
    if was_here:
        new = [each for each in holder.findChildren(QPushButton) if each not in before]
        target: QWidget = next((each for each in new if each.accessibleName() == name), new[0] if new else holder)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
