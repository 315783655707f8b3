"""Numbers in lines under headings; behind each line stand the cases it is counted from."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from ui.parts.headed_table import HeadedTable
from ui.parts.listing import ROW_HEIGHT, Index
from ui.parts.two_lines import CELL, Cell, TwoLines, height_of

SHORT = 16
"""A cell of so many letters stands in one line."""


class Behind(NamedTuple):
    """Some of the cases behind a number: what they are, in the screen's language, and which."""

    name: str
    cases: tuple[UUID, ...]


class FigureLine(NamedTuple):
    """A line of numbers, or a heading where its only cell is one. behind: the cases, in groups; about: of what."""

    cells: tuple[Cell, ...]
    behind: tuple[Behind, ...] = ()
    about: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it stands above other lines, across the table."""
        return self.cells[0].heading


def heading(text: str, more: str = "") -> FigureLine:
    """Return a heading, in the screen's language."""
    return FigureLine((Cell(text, more, strong=True, heading=True),))


class FigureModel(QAbstractTableModel):
    """Lines of numbers under the headings of columns, all in the screen's language."""

    def __init__(self, heads: Sequence[str], parent: QWidget) -> None:
        """Hold no lines yet."""
        super().__init__(parent)
        self.heads = tuple(heads)
        self.lines: tuple[FigureLine, ...] = ()

    def show_lines(self, lines: Iterable[FigureLine]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.heads)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let lines be chosen, headings not."""
        if self.lines[index.row()].is_heading:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, or its text; for a screen reader with the heading of its column."""
        cell = self.cell(index.row(), index.column())
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        return f"{self.heads[index.column()]}: {cell.said()}" if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heads[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def cell(self, at: int, column: int) -> Cell:
        """Return what a cell shows."""
        line = self.lines[at]
        if column < len(line.cells):
            return line.cells[column]
        return Cell("", heading=line.is_heading)


class Figures(HeadedTable):
    """The table of such lines. tall: as high as all its lines, within a page that scrolls."""

    def __init__(
        self, name: str, heads: Sequence[str], shares: tuple[int, ...], parent: QWidget | None = None, *,
        least: tuple[int, ...] = (), tall: bool = False,
    ) -> None:  # fmt: skip
        """Take what the table is called and the headings of its columns, in the screen's language."""
        super().__init__(name, shares, parent, least=least)
        self._tall = tall
        self.figures = FigureModel(heads, self)
        self.setAlternatingRowColors(False)
        self.setItemDelegate(TwoLines(self))
        self.setModel(self.figures)
        if tall:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_lines(self, lines: Iterable[FigureLine]) -> None:
        """Show these lines; the line that was chosen stays so where there is one at its place."""
        chosen = self.currentIndex().row()
        self.figures.show_lines(lines)
        self.fit_columns()
        self.show_headings(at for at, line in enumerate(self.figures.lines) if line.is_heading)
        self.fit_rows()
        rows = [at for at, line in enumerate(self.figures.lines) if not line.is_heading]
        if rows:
            self.setCurrentIndex(self.figures.index(chosen if chosen in rows else rows[0], 0))

    def let_go(self) -> None:
        """Hold the numbers alone, without the cases behind them, which may be those of a whole office."""
        self.figures.lines = tuple(line._replace(behind=()) for line in self.figures.lines)

    def fit_rows(self) -> None:
        """Make each row as high as its lines; what certainly stands in one line is not measured."""
        for at, line in enumerate(self.figures.lines):
            short = all(len(cell.text) <= SHORT and not cell.more for cell in line.cells)
            if line.is_heading:
                height = height_of(line.cells[0], self.font(), self.viewport().width())
            else:
                height = 0 if short else self.sizeHintForRow(at)
            self.setRowHeight(at, max(height, ROW_HEIGHT))
        if self._tall:
            rows = sum(self.rowHeight(at) for at in range(len(self.figures.lines)))
            self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 4)

    def resizeEvent(self, event: Any) -> None:
        """Keep the columns as wide as the table, and the rows as high as they then need."""
        before = self.columnWidth(0)
        super().resizeEvent(event)
        if self.columnWidth(0) != before:
            self.fit_rows()
