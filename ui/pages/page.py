"""What the pages of an open office have in common."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.parts.card import text_label


class Page(QWidget):
    """One page. A page asks the desk to go somewhere; it never goes there itself."""

    changed = Signal(object)
    """What a write changed (Changes), for the other pages."""
    kept = Signal(object)
    """A write that can be taken back (Kept)."""
    writing = Signal(bool)
    """Whether something is being written here from now on."""
    case_asked = Signal(object)
    child_asked = Signal(object)
    contact_asked = Signal(object)
    """The worker wants to see what has this identity."""
    loaded = Signal()
    """What the page shows was read."""

    @property
    def is_writing(self) -> bool:
        """Whether something is being written here, so that keys that undo mean the typing."""
        return False

    @property
    def draft_key(self) -> str | None:
        """The key of the draft that what is being written here is kept under; None where nothing is."""
        return None

    def drop_reading(self) -> None:
        """Show what the page is about, from its head, where it was scrolled or a paper of it stands in its place."""

    def refresh(self) -> None:
        """Ask again for what is shown; selection and scrolling stay."""

    def state(self) -> dict[str, Any]:
        """Return what is typed or chosen here, so that a page built anew can go on with it; empty for nothing."""
        return {}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned."""

    def standing(self) -> Any:
        """Return where the keyboard is on this page, or was last, in a form another language has too; else None."""
        return None

    def stand(self, standing: Any) -> None:
        """Put the keyboard where standing said, once what is asked there is shown."""

    def flush(self) -> None:
        """Keep unfinished typing at once, as before locking."""

    def let_go(self) -> None:
        """Let go at once of very many rows that were read, as the page is thrown away: whoever sweeps meets none."""


def page_column(page: QWidget) -> QVBoxLayout:
    """Return the column of a page, with the margins all pages have."""
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 16, 24, 16)
    column.setSpacing(12)
    return column


def page_head(title: str, *beside: QWidget) -> tuple[QHBoxLayout, QLabel]:
    """Return the line at the top of a page, and its title; what stands beside it is at the right."""
    row = QHBoxLayout()
    row.setSpacing(8)
    label = text_label(title, "title")
    row.addWidget(label, 1)
    for widget in beside:
        row.addWidget(widget)
    return row, label
