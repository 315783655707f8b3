"""The table of the law's limits on the page of settings, and the way to correct one."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.law.limits import Limit
from casemgr.services import settings
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from ui.pages.limit_dialog import LimitDialog
from ui.parts.card import Card, text_label
from ui.parts.listing import ROW_HEIGHT, Index, Table
from ui.parts.row_heights import RowHeights
from ui.parts.two_lines import CELL, Cell, TwoLines
from ui.tasks import Tasks
from ui.words import tr, words

LIMITS = N_("Limits of the law")
LIMITS_SAID = N_(
    "Deadlines are counted with these. A limit that no lawyer has confirmed says so wherever it shows. Enter or a "
    "double click corrects the chosen one."
)
CORRECT = N_("Correct…")
HEADINGS = (N_("What is limited, for whom"), N_("Limit"), N_("Article and source"))
SHARES = (32, 16, 52)
CORRECTED = N_("changed by this office")
LIMITS_READ = N_("Deadlines are counted with these. A supervisor can correct them.")


class LimitModel(QAbstractTableModel):
    """The rows of the table of limits."""

    def __init__(self, parent: QWidget) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self.limits: list[Limit] = []

    def show_limits(self, limits: list[Limit]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.limits = limits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of limits."""
        return 0 if parent.isValid() else len(self.limits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, or its text."""
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = _cell(self.limits[index.row()], index.column())
        if role == CELL:
            return cell
        return cell.said() if role == Qt.ItemDataRole.AccessibleTextRole else cell.text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(HEADINGS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _LimitsTable(Table):
    """The wheel passes over it with the page until somebody works in it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class LimitsCard(Card):
    """Shows the table; only who may correct a limit is offered that."""

    changed = Signal(object)
    loaded = Signal()

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Hold no limits until refresh."""
        super().__init__(tr(LIMITS), (), parent)
        self._office, self._tasks = office, tasks
        may_correct = Right.LIMITS in office.rights
        self.add(text_label(tr(LIMITS_SAID if may_correct else LIMITS_READ), "help"))
        self.model = LimitModel(self)
        self.table = _LimitsTable(tr(LIMITS), SHARES, self)
        self.table.setAlternatingRowColors(False)
        self.table.setItemDelegate(TwoLines(self.table))
        self.table.setModel(self.model)
        self.table.setMinimumHeight(360)
        self.table.opened.connect(self.correct)
        self._heights = RowHeights(self.table, ROW_HEIGHT)
        self.table.horizontalHeader().geometriesChanged.connect(self._heights.fit)
        self.add(self.table)
        button = QPushButton(tr(CORRECT))
        button.setProperty("role", "quiet")
        button.clicked.connect(lambda: self.correct(max(self.table.currentIndex().row(), 0)))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button)
        if may_correct:
            self.column.addLayout(row)
        else:
            button.hide()

    def refresh(self) -> None:
        """Ask for the limits again."""
        office = self._office
        self._tasks.run(lambda: settings.limits(office), self._on_limits)

    def correct(self, at: int) -> None:
        """Open the dialog that corrects a limit, for those who may; nothing as long as the limits are not read."""
        if Right.LIMITS not in self._office.rights or at >= len(self.model.limits):
            return
        self.table.setCurrentIndex(self.model.index(at, 0))
        dialog = LimitDialog(self._office, self._tasks, self.model.limits[at], self)
        dialog.accepted.connect(lambda: self._on_corrected(dialog.changes))
        dialog.open()

    def _on_limits(self, limits: list[Limit]) -> None:
        chosen = max(self.table.currentIndex().row(), 0)
        self.model.show_limits(limits)
        self.table.fit_columns()
        chosen = min(chosen, len(limits) - 1)
        self._heights.fit(through=chosen)
        if limits:
            self.table.setCurrentIndex(self.model.index(chosen, 0))
        self.loaded.emit()

    def _on_corrected(self, changes: Changes | None) -> None:
        self.refresh()
        self.changed.emit(changes)


def _cell(limit: Limit, column: int) -> Cell:
    language = words()
    if column == 0:
        return Cell(tr(limit.label), limit.whom_in_words(language), strong=True)
    if column == 1:
        return Cell(limit.length_in_words(language), tr(CORRECTED) if limit.corrected else "")
    return Cell(limit.authority_in_words(language), language.figures(tr(limit.source)))
