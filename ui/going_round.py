"""From part to part of the window with one key: the page, the rail, the bar at the top, what was just saved."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from ui.desk import Desk


def go_round(desk: "Desk", step: int) -> None:
    """Give the keyboard to the next part, or with -1 to the one before; a page has it where it was there last."""
    parts: list[QWidget] = [desk.stack, desk.rail, desk.top]
    if desk.undo_bar.isVisible():
        parts.append(desk.undo_bar)
    at = QApplication.focusWidget()
    here = next((n for n, part in enumerate(parts) if at is not None and part.isAncestorOf(at)), 0)
    _first_in(desk, parts[(here + step) % len(parts)]).setFocus(Qt.FocusReason.ShortcutFocusReason)


def _first_in(desk: "Desk", part: QWidget) -> QWidget:
    """Return what gets the keyboard in a part: where the worker was or is, or what is used most."""
    if part is desk.stack:
        page = desk.stack.currentWidget() or desk.stack
        last = page.focusWidget()
        return last if last is not None and last.isVisible() and last.isEnabled() else page
    if part is desk.rail:
        buttons = list(desk.rail.buttons.values())
        return next((button for button in buttons if button.isChecked()), buttons[0])
    if part is desk.undo_bar:
        return desk.undo_bar.button if desk.undo_bar.button.isVisible() else desk.undo_bar.close_button
    return desk.lock_button if desk.search.isHidden() else desk.search
