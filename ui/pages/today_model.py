"""The running clocks as they stand at one moment, under headings that say how soon they are due."""

import enum
from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from casemgr import clock
from casemgr.clock import PHNOM_PENH
from casemgr.i18n import N_
from casemgr.law.deadlines import DeadlineState
from casemgr.services.lists import ClockRow
from casemgr.services.running_clocks import parted
from ui.parts.clock_badge import DOUBTS, due_said, source_said, time_left
from ui.parts.listing import Index
from ui.parts.two_lines import CELL, Cell
from ui.words import tr, words

HEADINGS = (N_("Time left"), N_("What is due"), N_("Child"), N_("Case"))
DUE = N_("Due {when}")
SOON, NEAR = 3, 14
"""Days from today that the two nearer headings reach to, the last of them included."""
PAGE = 300
"""So many clocks are read at first, and again whenever the worker has scrolled to the last of them."""


class Section(enum.Enum):
    """How soon something is due; the value is the heading, a message."""

    OVER = N_("Over")
    SOON = N_("Within 3 days")
    NEAR = N_("Within 14 days")
    LATER = N_("Later")


Line = ClockRow | Section
"""A line of the table: a clock, or the heading of those below it."""


class ClockModel(QAbstractTableModel):
    """The running clocks; time moves on without asking the store. Of very many the first are here, then more."""

    more_asked = Signal()
    """The worker has come to the last of the clocks that are here, and there are more."""

    def __init__(self, parent: QWidget) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self.rows: list[ClockRow] = []
        self.lines: list[Line] = []
        self.now = clock.now()
        self._is_whole, self._waits = True, False

    def show_rows(self, rows: list[ClockRow], now: datetime, *, whole: bool = True) -> None:
        """Show these clocks, which come soonest first, at that moment (Phnom Penh time); whole: there are no more."""
        self._set_rows(rows, now)
        self._is_whole, self._waits = whole, False

    def add_rows(self, rows: list[ClockRow], *, whole: bool) -> bool:
        """Show the clocks that follow, too; return whether all was shown anew. The words are as in show_rows."""
        every = [*self.rows, *rows]
        lines, known = _under_headings(every, self.now), len(self.lines)
        if lines[:known] != self.lines:  # one of them ran out while the day of another is not over
            self.show_rows(every, self.now, whole=whole)
            return True
        if len(lines) > known:
            self.beginInsertRows(QModelIndex(), known, len(lines) - 1)
            self.rows, self.lines = every, lines
            self.endInsertRows()
        self._is_whole, self._waits = whole, False
        return False

    def tick(self, now: datetime) -> bool:
        """Move on to that moment; return whether a clock now stands under another heading, and all was shown anew."""
        if _under_headings(self.rows, now) != self.lines:
            self._set_rows(self.rows, now)
            return True
        self.now = now
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, 3))
        return False

    def _set_rows(self, rows: list[ClockRow], now: datetime) -> None:
        self.beginResetModel()
        self.rows, self.now = rows, now
        self.lines = _under_headings(rows, now)
        self.endResetModel()

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether there are clocks that are not here yet."""
        return not (parent.isValid() or self._is_whole or self._waits)

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002
        """Ask for the next clocks."""
        self._waits = True
        self.more_asked.emit()

    def clock_at(self, at: int) -> ClockRow | None:
        """Return the clock of a line, None for a heading or where there is no such line."""
        line = self.lines[at] if 0 <= at < len(self.lines) else None
        return line if isinstance(line, ClockRow) else None

    def headings(self) -> list[int]:
        """Return which of the lines are headings."""
        return [at for at, line in enumerate(self.lines) if isinstance(line, Section)]

    def state_of(self, row: ClockRow) -> DeadlineState:
        """Return how a clock stands now."""
        return row.standing(self.now)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lines that are here."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let clocks be chosen, headings not."""
        if self.clock_at(index.row()) is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, or its text; for a screen reader the first clock below a heading says the heading too."""
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self.cell(index.row(), index.column())
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        above = self.lines[index.row() - 1] if index.row() and not index.column() else None
        return f"{tr(above.value)}. {cell.said()}" if isinstance(above, Section) else cell.said()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(HEADINGS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def cell(self, at: int, column: int) -> Cell:
        """Return what a cell shows."""
        row, language = self.lines[at], words()
        if isinstance(row, Section):
            return Cell("" if column else tr(row.value), strong=True, heading=True)
        if column == 0:
            standing = self.state_of(row)
            due = tr(DUE, when=due_said(row.due_at, language, whole_day=row.whole_day))
            left = time_left(row.deadline, self.now, language)
            return Cell(left, due, strong=True, alarm=standing is DeadlineState.OVER, sign=standing)
        if column == 1:
            doubt = "\n".join(tr(DOUBTS[each]) for each in row.doubts if each in DOUBTS)
            return Cell(tr(row.label), source_said(row.limit, language), doubt, strong=True)
        if column == 2:
            names = (row.name_km, row.name_latin) if language.language == "km" else (row.name_latin, row.name_km)
            return Cell(names[0], names[1] if names[1] != names[0] else "")
        return Cell(row.case_number)


def _under_headings(rows: Sequence[ClockRow], now: datetime) -> list[Line]:
    """Return the clocks, which come soonest first, with the heading of each section before the first of it."""
    today = now.astimezone(PHNOM_PENH).date()
    over, rest = parted(rows, now)
    lines: list[Line] = [Section.OVER, *over] if over else []
    begin = 0
    for section, days in ((Section.SOON, SOON), (Section.NEAR, NEAR), (Section.LATER, None)):
        end = len(rest)
        if days is not None:
            after = datetime.combine(today + timedelta(days=days + 1), time(), PHNOM_PENH)
            end = bisect_left(rest, after, key=lambda row: row.due_at)
        if end > begin:
            lines += [section, *rest[begin:end]]
        begin = max(begin, end)
    return lines
