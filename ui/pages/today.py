"""Today: every running clock, the soonest first, and whatever was left unfinished."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLabel, QStackedWidget, QWidget

from casemgr import clock
from casemgr.i18n import N_
from casemgr.law.deadlines import DeadlineState
from casemgr.records.kinds import told_in
from casemgr.services import drafts, lists
from casemgr.services.drafts import DraftRow
from casemgr.services.listing import Listing
from casemgr.services.office import Office
from casemgr.services.running_clocks import NO_CLOCKS, ClockCounts, ClockPage, Place
from casemgr.trouble import Refusal, Trouble
from ui.pages.care_notice import CareNotice
from ui.pages.draft_notices import NEW_ARREST, DraftNotices
from ui.pages.page import page_column, page_head
from ui.pages.paper_page import MINE, WHOSE_OPTIONS, WITH_NAMES, PaperPage, tool_button
from ui.pages.today_model import HEADINGS, NEAR, PAGE, SOON, ClockModel
from ui.parts.card import Action, text_label
from ui.parts.empty_state import EmptyState
from ui.parts.flow import FlowLayout
from ui.parts.headed_table import HeadedTable
from ui.parts.list_out import ListOut
from ui.parts.listing import ROW_HEIGHT, Index
from ui.parts.slices import Slices
from ui.parts.spoken import announce
from ui.parts.toggle import Toggle
from ui.parts.two_lines import PADDING_X, Cell, TwoLines
from ui.tasks import Tasks
from ui.upkeep import Upkeep
from ui.words import tr, words, wrapped

if TYPE_CHECKING:
    from casemgr.services.papers import PaperChoice

TITLE = N_("Today")
TODAY = N_("Today · {weekday} {date}")
CLOCKS = N_("Running clocks")
SHARES, LEAST = (25, 41, 20, 14), (250, 0, 130, 132)
COUNTS = {
    DeadlineState.OVER: N_("Over: {count}"),
    DeadlineState.SOON: N_("Due soon: {count}"),
    DeadlineState.RUNNING: N_("Running: {count}"),
}
HORIZON = N_("How far ahead")
HORIZONS = {SOON: N_("3 days"), NEAR: N_("14 days"), None: N_("All")}
AHEAD = {SOON: N_("What is over, or due within 3 days"), NEAR: N_("What is over, or due within 14 days")}
WEEK_SHEET = N_("Week sheet")
PRINT_WEEK, PRINT_WEEK_HINT = N_("Print week…"), N_("What is due in the coming seven days, on paper")
CALENDAR = N_("Calendar…")
CALENDAR_HINT = N_("The deadlines shown here as a file for a calendar: case numbers and what is due, no names")
CALENDAR_FILES = N_("Calendar files")
SAVED = N_("Saved as {file} in {folder}.")
NOTHING = N_("No clock is running")
NOTHING_HINT = N_("Clocks start when an arrest or a request for a report is written down.")
NOTHING_HERE = N_("Nothing is due here")
NOTHING_HERE_HINT = N_("There are deadlines further ahead, or in the cases of others.")
SHOW_ALL = N_("Show all")
DONE, DONE_KEYS = N_("Write down that it is done…"), "Ctrl+Enter"
DONE_HINT = N_("Opens the question of the marked clock that says so, or its case where another record has to say it.")
MINUTE = 60_000
_FIGURE = re.compile(r"\d")


class Read(NamedTuple):
    """What the page shows: the first clocks, and what reads those that follow a place.

    shared: the office has several workers. elsewhere: there are clocks that are not shown.
    """

    page: ClockPage
    following: Callable[[Place], ClockPage]
    counts: ClockCounts
    unfinished: list[DraftRow]
    shared: bool
    elsewhere: bool


class TodayPage(PaperPage):
    """The first thing a worker sees."""

    draft_asked = Signal(object)
    """The worker wants to go on with this draft (DraftRow)."""
    arrest_asked = Signal()
    clock_opened = Signal(object)
    """The worker opened the case of this clock (ClockRow)."""
    mend_asked = Signal(object, object, object)
    """The worker wants to write down that what is due is done: case, record, and the field where that is said."""

    def __init__(self, office: Office, tasks: Tasks, upkeep: Upkeep, parent: QWidget | None = None) -> None:
        """Ask for clocks and drafts."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self._days: int | None = NEAR
        self._standing = NO_CLOCKS
        self._after: Place | None = None  # where the clocks go on that are not read yet
        self._following: Callable[[Place], ClockPage]
        self.counts = {each: _count_label(each) for each in COUNTS}
        head, self.title = page_head(tr(TITLE), *self.counts.values())
        self.notices = DraftNotices(office, tasks, self.draft_asked.emit)
        self.notices.dropped.connect(self.refresh)
        self.care = CareNotice()
        self.care.follow(upkeep)
        self.said = text_label("", "notice")
        self.said.hide()
        column = page_column(self.overview)
        column.addLayout(head)
        column.addWidget(self._tools())
        column.addWidget(self.care)
        column.addWidget(self.notices)
        column.addWidget(self.said)
        column.addWidget(self._list(), 1)
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self.lead_keyboard_to(self.table)
        self._show_date()
        self.refresh()

    def _tools(self) -> QWidget:
        tools = QWidget(self.overview)
        self.whose = self.whose_toggle(tools)
        self.horizon = Toggle(HORIZON, {str(days): label for days, label in HORIZONS.items()}, tools)
        self.horizon.show_value(str(self._days))
        self.horizon.chosen.connect(self._choose_horizon)
        self.week_button = tool_button(PRINT_WEEK, PRINT_WEEK_HINT, tools)
        self.week_button.clicked.connect(self.print_week)
        self.calendar_button = tool_button(CALENDAR, CALENDAR_HINT, tools)
        self.calendar_button.clicked.connect(self.ask_for_calendar)
        flow = FlowLayout(tools, gap=16, line_gap=8)
        self.out = ListOut(self._office, self._tasks, self.listing, TITLE, tools)
        self.out.said.connect(self.say)
        self.done_button = tool_button(DONE, DONE_HINT, tools)
        self.done_button.setToolTip(f"{tr(DONE_HINT)} ({DONE_KEYS})")
        self.done_button.clicked.connect(self.write_done)
        for keys in (DONE_KEYS, "Ctrl+Return"):
            shortcut = QShortcut(QKeySequence(keys), self.overview)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.write_done)
        for widget in (self.whose, self.horizon, self.done_button, self.out, self.week_button, self.calendar_button):
            flow.addWidget(widget)
        return tools

    def _list(self) -> QStackedWidget:
        self.model = ClockModel(self)
        self.table = HeadedTable(tr(CLOCKS), SHARES, self, least=LEAST)
        self.table.setAlternatingRowColors(False)
        self.table.setItemDelegate(TwoLines(self.table))
        self.table.setModel(self.model)
        self.model.more_asked.connect(self._ask_for_more)
        self.model.rowsInserted.connect(self._on_more)
        self.table.opened.connect(self._open)
        self._fitting, self._fitted = Slices(self), 0
        self._heights: list[int] = []
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.timeout.connect(self._fit_rows)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self._fit.start())
        self.nothing = EmptyState("today", tr(NOTHING), tr(NOTHING_HINT), Action(NEW_ARREST, self.arrest_asked.emit))
        self.nothing_here = EmptyState(
            "today", tr(NOTHING_HERE), tr(NOTHING_HERE_HINT), Action(SHOW_ALL, self.show_all)
        )  # fmt: skip
        self.stack = QStackedWidget(self)
        for page in (self.table, self.nothing, self.nothing_here):
            self.stack.addWidget(page)
        return self.stack

    def refresh(self) -> None:
        """Ask again for clocks and drafts."""
        office, mine, until, count = self._office, self.wanted, self._until, len(self.model.rows)
        self.say("")
        self.ask(self._tasks, lambda: _read(office, mine, until, max(PAGE, count)), self._on_read)

    @property
    def _until(self) -> date | None:
        return None if self._days is None else clock.today() + timedelta(days=self._days)

    def tick(self) -> None:
        """Show what time it is now; nothing is asked of the store."""
        chosen = self._current()
        if self.model.tick(clock.now()):
            self._lay_out(chosen)
        self._show_date()
        self._show_counts()

    def state(self) -> dict[str, Any]:
        """Return what the worker chose to see."""
        return super().state() | ({} if self._days == NEAR else {"days": self._days})

    def restore_state(self, state: dict[str, Any]) -> None:
        """Show that again."""
        self._days = state.get("days", NEAR)
        self.horizon.show_value(str(self._days))
        super().restore_state(state)

    def show_all(self) -> None:
        """Show every clock of the whole office."""
        self.restore_state({"mine": False, "days": None})

    def preview_again(self, choice: "PaperChoice") -> None:
        """Preview the week sheet again."""
        self.print_week(choice=choice)

    def print_week(self, _checked: bool = False, *, choice: "PaperChoice | None" = None) -> None:
        """Preview the week sheet of what is shown: the worker's own cases, or those of the office."""
        from casemgr.services import week  # noqa: PLC0415  (loads what draws paper)
        from ui.parts.paper_source import Going, list_source  # noqa: PLC0415

        office, first, mine = self._office, clock.today(), self.mine

        def make(choice: "PaperChoice", going: Going) -> bytes:
            named = bool(choice.named)
            return week.week_sheet(
                office, first, mine=mine, with_names=named, language=choice.language, how="preview",
                progress=going.told, cancelled=going.stopped,
            )  # fmt: skip

        def log(choice: "PaperChoice", how: str) -> None:
            named = bool(choice.named)
            week.log_printed(office, first, mine=mine, with_names=named, language=choice.language, how=how)

        source = list_source(
            make, log, title=tr(WEEK_SHEET), file_name=f"week-sheet-{first.isoformat()}.pdf", more=WITH_NAMES
        )  # fmt: skip
        self.show_paper(self._tasks, source, office_folder=office.folder, asked_by=self.week_button, choice=choice)

    def listing(self) -> Listing:
        """Return the clocks as they are shown now, to be printed or exported."""
        from casemgr.services.shown_lists import clocks_listing  # noqa: PLC0415  (Today opens without it)

        shown = [WHOSE_OPTIONS[MINE]] if self.mine else []
        if self._days is not None:
            shown.append(AHEAD[self._days])
        return clocks_listing(self._office, mine=self.mine, until=self._until, shown=shown)

    def ask_for_calendar(self) -> None:
        """Ask where to, and save what is shown as a file for a calendar."""
        name = f"deadlines-{clock.today().isoformat()}.ics"
        dialog = QFileDialog(self, tr(CALENDAR), str(Path.home() / name), f"{tr(CALENDAR_FILES)} (*.ics)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_calendar)
        dialog.open()

    def save_calendar(self, name: str) -> None:
        """Save what is shown as a file for a calendar, under that name."""
        office, mine, until, language = self._office, self.mine, self._until, words().language
        self._tasks.run(lambda: _write(office, Path(name), mine, until, language), self._on_saved, self._on_trouble)

    def say(self, text: str) -> None:
        """Show a line of text above the list; an empty one takes it away."""
        self.said.setText(wrapped(text))
        self.said.setVisible(bool(text))
        announce(self, text)

    def _choose_horizon(self, days: str) -> None:
        self._days = next(each for each in HORIZONS if str(each) == days)
        self.refresh()

    def _on_saved(self, path: Path) -> None:
        self.say(tr(SAVED, file=path.name, folder=path.parent))

    def _on_trouble(self, error: Exception) -> None:
        if isinstance(error, Refusal | Trouble):
            self.say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _on_read(self, read: Read) -> None:
        chosen, scrolled = self._current(), self.table.verticalScrollBar().value()
        rows = read.page.rows
        self._standing = read.counts
        self._after, self._following = read.page.after, read.following
        self.model.show_rows(rows, clock.now(), whole=self._after is None)
        self.show_whose(is_shared=read.shared)
        self.calendar_button.setEnabled(bool(rows))
        self.done_button.setEnabled(bool(rows))
        shown = (self.table, self.nothing_here, self.nothing)
        page = shown[0 if rows else 1 if read.elsewhere else 2]
        self.stack.setCurrentWidget(page)
        self.lead_keyboard_to(page)
        self._lay_out(chosen)
        self.table.verticalScrollBar().setValue(scrolled)
        self._show_counts()
        self.notices.show_drafts(read.unfinished)
        self.loaded.emit()

    def _ask_for_more(self) -> None:
        after, following = self._after, self._following
        if after is not None:
            self._tasks.run(lambda: following(after), partial(self._on_following, self._asked, after))

    def _on_following(self, asked: int, after: Place, page: ClockPage) -> None:
        if asked == self._asked and after == self._after:
            self._after, chosen = page.after, self._current()
            if self.model.add_rows(page.rows, whole=self._after is None):
                self._lay_out(chosen)

    def _lay_out(self, chosen: tuple[UUID, str] | None) -> None:
        """Lay the lines out anew; the clock that was chosen is chosen again, or the first."""
        self.table.fit_columns()
        self.table.show_headings(self.model.headings())
        self._fit_rows()
        clocks = [at for at in range(self.model.rowCount()) if self.model.clock_at(at) is not None]
        where = next((at for at in clocks if self._key(at) == chosen), next(iter(clocks), -1))
        self.table.setCurrentIndex(self.model.index(where, 0))

    def _on_more(self, _parent: Index, first: int, _last: int) -> None:
        self.table.show_headings(self.model.headings())
        self._fitted = min(self._fitted, first)
        self._fitting.begin(self._fit_rest())

    def _fit_rows(self) -> None:
        """Make each row as high as its lines: at once the first that are seen, and soon the others.

        Until then they are as high as the rows that stood there before; most often those are the same.
        """
        for at, height in enumerate(self._heights[: self.model.rowCount()]):
            self.table.setRowHeight(at, height)
        self._fitted = 0
        self._fitting.begin(self._fit_rest(), self.table.viewport().height() // ROW_HEIGHT + 1)

    def _fit_rest(self) -> Iterator[None]:
        """Fit row after row; a row of each kind is measured, as measuring hundreds is felt."""
        metrics, width = self.table.fontMetrics(), self.table.columnWidth(2) - 2 * PADDING_X
        heights: dict[tuple[object, ...], int] = {}
        while self._fitted < self.model.rowCount():
            at = self._fitted
            cells = [self.model.cell(at, column) for column in range(len(HEADINGS))]
            names = [name for name in cells[2][:2] if metrics.horizontalAdvance(name) >= width]
            kind = (_figures_alike(cells[0]), cells[1], *names, bool(cells[2].more), len(cells[3].text))
            if kind not in heights:
                heights[kind] = max(self.table.sizeHintForRow(at), ROW_HEIGHT)
            self.table.setRowHeight(at, heights[kind])
            self._heights[at : at + 1] = [heights[kind]]
            self._fitted += 1
            yield

    def _current(self) -> tuple[UUID, str] | None:
        return self._key(self.table.currentIndex().row())

    def _key(self, at: int) -> tuple[UUID, str] | None:
        row = self.model.clock_at(at)
        return (row.record_id, row.rule) if row else None

    def _open(self, at: int) -> None:
        if (row := self.model.clock_at(at)) is not None:
            self.case_asked.emit(row.case_id)
            self.clock_opened.emit(row)

    def write_done(self) -> None:
        """Open the question in which the worker says that what the marked clock waits for is done."""
        if (row := self.model.clock_at(self.table.currentIndex().row())) is None:
            return
        if (name := told_in(row.rule)) is not None:
            self.mend_asked.emit(row.case_id, row.record_id, name)
        else:
            self._open(self.table.currentIndex().row())

    def _show_date(self) -> None:
        today = clock.today()
        self.title.setText(tr(TODAY, weekday=words().weekday(today), date=words().long_date(today)))

    def _show_counts(self) -> None:
        standing = self._standing.at(self.model.now)
        for each, label in self.counts.items():
            label.setText(tr(COUNTS[each], count=words().number(standing[each])))
            label.setVisible(bool(standing[each]))


def _figures_alike(cell: Cell) -> tuple[str, str]:
    """Return the lines of a cell with every figure the same: figures are equally wide, so that the height is too."""
    return _FIGURE.sub("0", cell.text), _FIGURE.sub("0", cell.more)


def _read(office: Office, mine: bool | None, until: date | None, count: int) -> Read:
    """Return what the page shows; mine None: the worker's own cases where there are colleagues."""
    shared = lists.is_shared(office)
    own = shared and mine is not False
    page = lists.today_page(office, mine=own, until=until, count=count)
    return Read(
        page, lambda after: lists.today_page(office, mine=own, until=until, after=after, count=PAGE),
        lists.count_today(office, mine=own, until=until), drafts.drafts(office), shared,
        not page.rows and bool(lists.today_page(office, count=1).rows),
    )  # fmt: skip


def _write(office: Office, path: Path, mine: bool, until: date | None, language: str) -> Path:
    from casemgr.services import calendar  # noqa: PLC0415  (as in print_week)

    calendar.save_calendar(office, path, lists.every_clock(office, mine=mine, until=until), language)
    return path


def _count_label(state_shown: DeadlineState) -> QLabel:
    label = text_label("", f"count-{state_shown.value}")
    label.setWordWrap(False)
    label.hide()
    return label
