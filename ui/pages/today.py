"""Today: every running clock, the soonest first, and whatever was left unfinished."""

import re
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.i18n import N_
from casemgr.law.deadlines import DeadlineState, DeadlineValue, state
from casemgr.records.base import Record
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.kinds import KINDS
from casemgr.records.office import OfficeSettings
from casemgr.services import drafts, lists
from casemgr.services.drafts import DraftRow
from casemgr.services.lists import ClockRow
from casemgr.services.office import Office
from ui.pages.page import Page, page_column, page_head
from ui.parts.card import Action, action_button, empty, text_label
from ui.parts.clock_badge import DOUBTS, due_said, source_said, time_left
from ui.parts.empty_state import EmptyState
from ui.parts.listing import ROW_HEIGHT, Index, Table
from ui.parts.two_lines import CELL, PADDING_X, Cell, TwoLines
from ui.tasks import Tasks
from ui.words import tr, words

TITLE = N_("Today")
TODAY = N_("Today · {weekday} {date}")
CLOCKS = N_("Running clocks")
HEADINGS = (N_("Time left"), N_("What is due"), N_("Child"), N_("Case"))
SHARES, LEAST = (25, 41, 20, 14), (250, 0, 130, 132)
DUE = N_("Due {when}")
COUNTS = {
    DeadlineState.OVER: N_("Over: {count}"),
    DeadlineState.SOON: N_("Due soon: {count}"),
    DeadlineState.RUNNING: N_("Running: {count}"),
}
NOTHING = N_("No clock is running")
NOTHING_HINT = N_("Clocks start when an arrest or a request for a report is written down.")
NEW_ARREST = N_("New arrest")
UNFINISHED = N_("Unfinished: {what}, typed {when}")
UNFINISHED_CASE = N_("Unfinished: {what}, case {number}, typed {when}")
GO_ON, THROW_AWAY = N_("Continue"), N_("Throw it away")
NEW_ARREST_KEY = "new-arrest"
"""Begins the key of the draft of the page that takes down an arrest; an identity of its own follows."""
NEW_CASE, NEW_CASE_KEY = N_("New case"), "new-case"
"""Begins the key of the draft of a further case; the child's identity follows."""
MINUTE = 60_000
_FIGURE = re.compile(r"\d")
DAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


class Unfinished(NamedTuple):
    """A draft, with the number of its case where it has one."""

    draft: DraftRow
    number: str | None


class ClockModel(QAbstractTableModel):
    """The running clocks as they stand at one moment, which moves on."""

    def __init__(self, parent: QWidget) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self.rows: list[ClockRow] = []
        self.now = clock.now()
        self._labels = {each.rule: each.label for kind in KINDS for each in kind.clocks}

    def show_rows(self, rows: list[ClockRow], now: datetime) -> None:
        """Show these clocks at that moment (Phnom Penh time)."""
        self.beginResetModel()
        self.rows, self.now = rows, now
        self.endResetModel()

    def tick(self, now: datetime) -> None:
        """Move on to that moment."""
        self.now = now
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 3))

    def state_of(self, row: ClockRow) -> DeadlineState:
        """Return how a clock stands now."""
        return state(_deadline(row), self.now)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of clocks."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, or its text."""
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self.cell(index.row(), index.column())
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

    def cell(self, at: int, column: int) -> Cell:
        """Return what a cell shows."""
        row, language = self.rows[at], words()
        if column == 0:
            standing = self.state_of(row)
            due = tr(DUE, when=due_said(row.due_at, language, whole_day=row.whole_day))
            left = time_left(_deadline(row), self.now, language)
            return Cell(left, due, strong=True, alarm=standing is DeadlineState.OVER, sign=standing)
        if column == 1:
            doubt = "\n".join(tr(DOUBTS[each]) for each in row.doubts if each in DOUBTS)
            return Cell(tr(self._labels.get(row.rule, row.rule)), source_said(row.limit, language), doubt, strong=True)
        if column == 2:
            names = (row.name_km, row.name_latin) if language.language == "km" else (row.name_latin, row.name_km)
            return Cell(names[0], names[1] if names[1] != names[0] else "")
        return Cell(row.case_number)


class TodayPage(Page):
    """The first thing a worker sees."""

    draft_asked = Signal(object)
    """The worker wants to go on with this draft (DraftRow)."""
    arrest_asked = Signal()

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Ask for clocks and drafts."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.counts = {each: _count_label(each) for each in COUNTS}
        head, self.title = page_head(tr(TITLE), *self.counts.values())
        self.notices = QVBoxLayout()
        self.notices.setSpacing(8)
        self.model = ClockModel(self)
        self.table = Table(tr(CLOCKS), SHARES, self, least=LEAST)
        self.table.setAlternatingRowColors(False)
        self.table.setItemDelegate(TwoLines(self.table))
        self.table.setModel(self.model)
        self.table.opened.connect(self._open)
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.timeout.connect(self._fit_rows)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self._fit.start())
        self.nothing = EmptyState("today", tr(NOTHING), tr(NOTHING_HINT), Action(NEW_ARREST, self.arrest_asked.emit))
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        column = page_column(self)
        column.addLayout(head)
        column.addLayout(self.notices)
        column.addWidget(self.stack, 1)
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self.setFocusProxy(self.table)
        self._show_date()
        self.refresh()

    def refresh(self) -> None:
        """Ask again for clocks and drafts."""
        office = self._office
        self._tasks.run(lambda: (lists.today(office), _unfinished(office)), self._on_read)

    def tick(self) -> None:
        """Show what time it is now; nothing is asked of the store."""
        self.model.tick(clock.now())
        self._show_date()
        self._show_counts()

    def _on_read(self, read: tuple[list[ClockRow], list[Unfinished]]) -> None:
        chosen, scrolled = self._current(), self.table.verticalScrollBar().value()
        rows, unfinished = read
        self.model.show_rows(rows, clock.now())
        self.stack.setCurrentIndex(0 if rows else 1)
        self.setFocusProxy(self.table if rows else self.nothing)
        self.table.fit_columns()
        self._fit_rows()
        where = next((at for at, row in enumerate(rows) if (row.case_id, row.rule) == chosen), 0)
        if rows:
            self.table.setCurrentIndex(self.model.index(where, 0))
        self.table.verticalScrollBar().setValue(scrolled)
        self._show_counts()
        self._show_unfinished(unfinished)
        self.loaded.emit()

    def _fit_rows(self) -> None:
        """Make each row as high as its lines; a row of each kind is measured, as measuring hundreds is felt."""
        metrics, width = self.table.fontMetrics(), self.table.columnWidth(2) - 2 * PADDING_X
        heights: dict[tuple[object, ...], int] = {}
        for at in range(len(self.model.rows)):
            cells = [self.model.cell(at, column) for column in range(len(HEADINGS))]
            names = [name for name in cells[2][:2] if metrics.horizontalAdvance(name) >= width]
            kind = (_figures_alike(cells[0]), cells[1], *names, bool(cells[2].more), len(cells[3].text))
            if kind not in heights:
                heights[kind] = max(self.table.sizeHintForRow(at), ROW_HEIGHT)
            self.table.setRowHeight(at, heights[kind])

    def _current(self) -> tuple[UUID, str] | None:
        at = self.table.currentIndex()
        row = self.model.rows[at.row()] if at.isValid() else None
        return (row.case_id, row.rule) if row else None

    def _open(self, at: int) -> None:
        self.case_asked.emit(self.model.rows[at].case_id)

    def _show_date(self) -> None:
        today = clock.today()
        self.title.setText(tr(TODAY, weekday=tr(DAYS[today.weekday()]), date=words().long_date(today)))

    def _show_counts(self) -> None:
        standing = [self.model.state_of(row) for row in self.model.rows]
        for each, label in self.counts.items():
            label.setText(tr(COUNTS[each], count=words().number(standing.count(each))))
            label.setVisible(each in standing)

    def _show_unfinished(self, unfinished: list[Unfinished]) -> None:
        empty(self.notices)
        for each in unfinished:
            self.notices.addWidget(self._notice(each))

    def _notice(self, each: Unfinished) -> QFrame:
        what, when = draft_title(each.draft.key), words().moment(each.draft.kept_at)
        text = (
            tr(UNFINISHED_CASE, what=what, number=each.number, when=when)
            if each.number
            else tr(UNFINISHED, what=what, when=when)
        )
        notice = QFrame()
        notice.setProperty("role", "notice")
        row = QHBoxLayout(notice)
        row.setContentsMargins(14, 6, 8, 6)
        row.addWidget(text_label(text, "answer"), 1)
        row.addWidget(action_button(Action(GO_ON, partial(self.draft_asked.emit, each.draft)), text, notice))
        row.addWidget(action_button(Action(THROW_AWAY, partial(self._drop, each.draft.key)), text, notice))
        return notice

    def _drop(self, key: str) -> None:
        office = self._office
        self._tasks.run(lambda: drafts.drop_draft(office, key), lambda _: self.refresh())


def _deadline(row: ClockRow) -> DeadlineValue:
    return DeadlineValue(
        row.rule, "", None, row.started_at, row.due_at, row.whole_day, None, row.doubts, row.case_id
    )  # fmt: skip


def _figures_alike(cell: Cell) -> tuple[str, str]:
    """Return the lines of a cell with every figure the same: figures are equally wide, so that the height is too."""
    return _FIGURE.sub("0", cell.text), _FIGURE.sub("0", cell.more)


def draft_title(key: str) -> str:
    """Return what kind of record a draft is of, in the screen's language."""
    table = key.partition("/")[0]
    if table in (NEW_ARREST_KEY, NEW_CASE_KEY):
        return tr(NEW_ARREST if table == NEW_ARREST_KEY else NEW_CASE)
    kinds: tuple[type[Record], ...] = (
        Child, Case, Offence, OfficeSettings, Contact, *(kind.record for kind in KINDS)
    )  # fmt: skip
    return next((tr(kind.title) for kind in kinds if kind.__tablename__ == table), table)


def _unfinished(office: Office) -> list[Unfinished]:
    rows = drafts.drafts(office)
    if not rows:
        return []
    from casemgr.services.case_files import case_file  # noqa: PLC0415  (needed where something is unfinished, not before)

    return [
        Unfinished(row, case_file(office, row.case_id, log=False).case.number if row.case_id else None) for row in rows
    ]


def _count_label(state_shown: DeadlineState) -> QLabel:
    label = text_label("", f"count-{state_shown.value}")
    label.setWordWrap(False)
    label.hide()
    return label
