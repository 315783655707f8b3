"""The keyboard, where what had it is made anew."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

LINE = 40
"""Pixels: the height of a line of buttons."""
MARGIN = 24
"""Pixels left around what is scrolled to."""
_FOLLOWS = "scrolls-after-the-keyboard"


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


def scroll_after_keyboard() -> None:
    """From now on, bring whatever gets the keyboard into view.

    Qt does so where the keyboard stays within what is scrolled, but not where it comes from outside, such as back from
    the buttons below a page.
    """
    app = QApplication.instance()
    if isinstance(app, QApplication) and not app.property(_FOLLOWS):
        app.setProperty(_FOLLOWS, True)
        app.focusChanged.connect(_bring_into_view)


def tab_as_it_stands(holder: QWidget) -> None:
    """Let Tab go through what is seen in a widget as it is read: line by line, each from left to right."""
    stops = [
        each for each in holder.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.window() is holder.window()
    ]  # fmt: skip
    stops.sort(key=lambda each: _line_and_place(each, holder))
    for before, after in itertools.pairwise(stops):
        QWidget.setTabOrder(before, after)


def _line_and_place(widget: QWidget, holder: QWidget) -> tuple[int, int]:
    middle = widget.mapTo(holder, QPoint(0, min(widget.height(), LINE) // 2))
    return middle.y() // LINE, middle.x()


def _bring_into_view(_before: QWidget | None, now: QWidget | None) -> None:
    above = now
    while now is not None and above is not None and not above.isWindow():
        above = above.parentWidget()
        if isinstance(above, QScrollArea) and now.isVisible() and now.visibleRegion().isEmpty():
            above.ensureWidgetVisible(now, MARGIN, MARGIN)
