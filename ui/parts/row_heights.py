"""The rows of a table, each as high as its lines: those that are seen at once, the others when there is time."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTableView

from ui.parts.slices import Slices

_LEAST_SEEN = 600
"""Pixels of rows that are measured at once, also in a table that is not laid out yet."""


class RowHeights(QObject):
    """Measures rows from the top down: what stands below those that are seen moves none of them."""

    def __init__(self, table: QTableView, least: int) -> None:
        """Let no row of that table be lower than so many pixels."""
        super().__init__(table)
        self._table, self._least = table, least
        self._at = self._stop = 0
        self._slices = Slices(self)

    def fit(self, first: int = 0, last: int | None = None, *, scrolled: int = 0, through: int = -1) -> None:
        """Make the rows from first to last, or to the end, as high as they need to be.

        At once those are that are seen when the table is scrolled down so many pixels, and all through a row that is
        to be scrolled to.
        """
        table, above = self._table, self._table.verticalScrollBar().value()
        stop = table.model().rowCount() if last is None else last + 1
        waits = self._is_waiting
        self._at, self._stop = (min(first, self._at), max(stop, self._stop)) if waits else (first, stop)
        below = table.rowViewportPosition(self._at) + above if self._at else 0
        seen = max(table.viewport().height(), _LEAST_SEEN) + max(scrolled, above)
        while self._is_waiting and (below < seen or self._at <= through):
            below += self._fit_next()
        self._slices.begin(self._fitting())

    @property
    def _is_waiting(self) -> bool:
        return self._at < min(self._stop, self._table.model().rowCount())

    def _fitting(self) -> Iterator[int]:
        while self._is_waiting:
            yield self._fit_next()

    def _fit_next(self) -> int:
        height = max(self._table.sizeHintForRow(self._at), self._least)
        self._table.setRowHeight(self._at, height)
        self._at += 1
        return height
