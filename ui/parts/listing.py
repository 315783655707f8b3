"""A long list: read a page at a time as it is scrolled, opened with Enter or a double click."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from casemgr.i18n import Words
from casemgr.services.listing import ListColumn
from ui.tasks import Tasks
from ui.words import tr

PAGE = 200
ROW_HEIGHT = 42
SPARE_BELOW = 960
Index = QModelIndex | QPersistentModelIndex


class Column(NamedTuple):
    """A column: its heading (a message), its share of the width, and whether it is the main thing of the row.

    spare: left out where the window is narrow. least: how many pixels it needs at least to show what matters in it.
    """

    label: str
    share: int
    strong: bool = False
    spare: bool = False
    least: int = 0


def as_shown(columns: Sequence[ListColumn]) -> tuple[Column, ...]:
    """Return the columns of a list as a table shows them."""
    return tuple(Column(each.label, each.share, each.strong, each.spare, each.least) for each in columns)


def line_of(row: Any, columns: Sequence[ListColumn], language: Words) -> "Line":
    """Return a row as these columns show it."""
    return Line(row.id, tuple(each.said(row, language) for each in columns), row)


class Line(NamedTuple):
    """A row as it is shown: its identity, its cells, and the row of the store it was made from."""

    id: UUID
    cells: tuple[str, ...]
    row: Any


Load = Callable[[Any, int], list[Line]]
"""Given the row to go on after (None to begin) and how many are wanted, returns the next lines; runs beside the
window's thread."""


class ListModel(QAbstractTableModel):
    """The lines read so far."""

    loaded = Signal()

    def __init__(self, columns: tuple[Column, ...], tasks: Tasks, parent: QWidget) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self.columns, self.lines = columns, list[Line]()
        self._tasks = tasks
        self._load: Load | None = None
        self._round = 0
        self._complete, self._loading = True, False

    def read(self, load: Load, count: int = PAGE) -> None:
        """Begin anew with another question; the lines shown now stay until the answer is there."""
        self._load = load
        self._round += 1
        self._loading = True
        self._tasks.run(lambda: load(None, count), partial(self._on_first, self._round, count))

    def show_columns(self, columns: tuple[Column, ...]) -> None:
        """Have other columns; the lines of before are gone until they are read again."""
        self.beginResetModel()
        self.columns, self.lines = columns, []
        self._round += 1
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lines read so far."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, tooltip or weight of a cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.lines[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(self.columns[index.column()].label)}: {self.lines[index.row()].cells[index.column()]}"
        if role == Qt.ItemDataRole.FontRole and self.columns[index.column()].strong:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(self.columns[section].label)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def canFetchMore(self, parent: Index) -> bool:  # noqa: ARG002
        """Return whether there may be more lines."""
        return not self._complete and not self._loading

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002
        """Ask for the next lines."""
        if self._load is None or not self.lines:
            return
        load, after = self._load, self.lines[-1].row
        self._loading = True
        asked = self._round
        self._tasks.run(lambda: load(after, PAGE), partial(self._on_more, asked), partial(self._on_no_more, asked))

    def _on_first(self, asked: int, count: int, lines: list[Line]) -> None:
        if asked != self._round:
            return
        self.beginResetModel()
        self.lines, self._loading, self._complete = lines, False, len(lines) < count
        self.endResetModel()
        self.loaded.emit()

    def _on_more(self, asked: int, lines: list[Line]) -> None:
        if asked != self._round:
            return
        self._loading, self._complete = False, len(lines) < PAGE
        if lines:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(lines) - 1)
            self.lines += lines
            self.endInsertRows()

    def _on_no_more(self, asked: int, error: Exception) -> None:
        """Ask again for the next lines when they are scrolled to again."""
        if asked == self._round:
            self._loading = False
        self._tasks.failed.emit(error)


class Table(QTableView):
    """A table of whole rows. Tab leaves it, Enter opens a row."""

    opened = Signal(int)
    """The row to open."""

    def __init__(
        self,
        name: str,
        shares: tuple[int, ...],
        parent: QWidget | None = None,
        *,
        least: tuple[int, ...] = (),
        spare: tuple[int, ...] = (),
    ) -> None:
        """Take what the table is called, in the screen's language, and how its columns share the width.

        least: how many pixels each column needs at least, where the window is narrow. spare: the columns to be left
        out there.
        """
        super().__init__(parent)
        self._shares = shares
        self._least = least or (0,) * len(shares)
        self._spare = spare
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def show_columns(self, columns: tuple[Column, ...]) -> None:
        """Share the width among other columns."""
        for column in range(len(self._shares)):
            self.setColumnHidden(column, False)
        self._shares = tuple(column.share for column in columns)
        self._least = tuple(column.least for column in columns)
        self._spare = tuple(at for at, column in enumerate(columns) if column.spare)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Share the width among the columns."""
        if self.model() is None:
            return
        width = self.viewport().width()
        hidden = self._spare if width < SPARE_BELOW else ()
        for column in self._spare:
            self.setColumnHidden(column, column in hidden)
        shares = [0 if column in hidden else share for column, share in enumerate(self._shares)]
        least = [0 if column in hidden else pixels for column, pixels in enumerate(self._least)]
        wide = shared(width, shares, least)
        for column, pixels in enumerate(wide):
            self.setColumnWidth(column, pixels)

    def resizeEvent(self, event: Any) -> None:
        """Keep the columns as wide as the table."""
        super().resizeEvent(event)
        self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


def shared(width: int, shares: Sequence[int], least: Sequence[int]) -> list[int]:
    """Return how wide each column is: its share of the width, but as wide as it needs, at the cost of the others.

    Where the width is too little for what all need, each has that, and what does not fit is scrolled to: a cut-off date
    or number would be read as another.
    """
    if sum(least) > width:
        return list(least)
    wide: dict[int, int] = {}
    while True:
        rest, parts = width - sum(wide.values()), sum(share for at, share in enumerate(shares) if at not in wide)
        free = {at: rest * share // max(parts, 1) for at, share in enumerate(shares) if at not in wide}
        short = {at: least[at] for at, pixels in free.items() if pixels < least[at]}
        if not short:
            break
        wide |= short
    wide |= free
    widest = max(free or wide, key=wide.__getitem__)
    wide[widest] += width - sum(wide.values())
    return [wide[at] for at in range(len(shares))]
