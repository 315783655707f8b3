"""A table whose rows stand under headings: lines across it that cannot be chosen."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView

from ui.parts.listing import Index, Table

_UPWARDS = (
    QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp,
    QAbstractItemView.CursorAction.MovePrevious, QAbstractItemView.CursorAction.MoveLeft,
)  # fmt: skip


class HeadedTable(Table):
    """A table with headings, which the model answers as lines that are not enabled. The keyboard moves past them."""

    def show_headings(self, lines: Iterable[int]) -> None:
        """Draw these lines across the table; all others have their cells."""
        self.clearSpans()
        for line in lines:
            self.setSpan(line, 0, 1, self.model().columnCount())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:  # fmt: skip
        """Go where the key leads; where that is a heading, to the row beyond it."""
        found = super().moveCursor(action, modifiers)
        ways = (-1, 1) if action in _UPWARDS else (1, -1)
        for way in ways:
            at = found
            while at.isValid() and not _is_row(at):
                at = at.siblingAtRow(at.row() + way)
            if at.isValid():
                return at
        return found

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:  # fmt: skip
        """Bring a row into view; the first below a heading comes with the heading."""
        super().scrollTo(index, hint)
        above = index.sibling(index.row() - 1, index.column())
        if above.isValid() and not _is_row(above) and self.rowViewportPosition(above.row()) < 0:
            super().scrollTo(above, QAbstractItemView.ScrollHint.PositionAtTop)


def _is_row(at: Index) -> bool:
    return bool(at.flags() & Qt.ItemFlag.ItemIsEnabled)
