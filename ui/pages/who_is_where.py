"""Who is where tonight: every child that is held, for how long, and what is not as it should be."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from casemgr import clock
from casemgr.i18n import N_, Words
from casemgr.records.stage import day_of
from casemgr.services import lists
from casemgr.services.listing import Listing
from casemgr.services.lists import Mark, WhereRow
from casemgr.services.office import Office
from ui.pages.page import page_column, page_head
from ui.pages.paper_page import MINE, OFFICE, WHOSE_OPTIONS, WITH_NAMES, PaperPage
from ui.parts.card import Action, text_label
from ui.parts.empty_state import EmptyState
from ui.parts.flow import FlowLayout
from ui.parts.list_out import ListOut
from ui.parts.listing import PAGE, ROW_HEIGHT, Index, Table
from ui.parts.row_heights import RowHeights
from ui.parts.two_lines import CELL, Cell, TwoLines
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

if TYPE_CHECKING:
    from casemgr.services.papers import PaperChoice

TITLE = N_("Who is where tonight")
HELD = N_("Children that are held")
HEADINGS = (
    N_("Child and case"), N_("Held in"), N_("Held since"), N_("With adults"), N_("Next hearing"), N_("Last visit"),
    N_("Lawyer"),
)  # fmt: skip
SHARES, LEAST = (16, 20, 16, 12, 12, 12, 12), (124, 120, 150, 116, 124, 124, 124)
MET = N_("met on {when}")
YES, NO, NOT_KNOWN = N_("Yes"), N_("No"), "–"
NOBODY = N_("No child is held tonight")
NOBODY_HINT = N_("Children in police custody, in a prison or in a centre stand here, as far as it is written down.")
NOBODY_MINE = N_("No child of your cases is held tonight")
SHOW_OFFICE = N_("Show the whole office")


class Read(NamedTuple):
    """What the page shows, and whether the office has several workers."""

    rows: list[WhereRow]
    shared: bool


class WhereModel(QAbstractTableModel):
    """The children that are held, as they stand at one moment."""

    def __init__(self, parent: QWidget) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self.rows: list[WhereRow] = []
        self.on = clock.today()
        self._laid_out = 0
        self._cells: dict[int, tuple[Cell, ...]] = {}

    def show_rows(self, rows: list[WhereRow], on: date) -> None:
        """Show these children on that day."""
        self.beginResetModel()
        self.rows, self.on = rows, on
        self._laid_out = min(max(self._laid_out, PAGE), len(rows))  # whoever had scrolled down stays there
        self._cells = {}
        self.endResetModel()

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether there are children that are not laid out yet."""
        return not parent.isValid() and self._laid_out < len(self.rows)

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002
        """Lay out the next children."""
        more = min(self._laid_out + PAGE, len(self.rows))
        self.beginInsertRows(QModelIndex(), self._laid_out, more - 1)
        self._laid_out = more
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of children that are laid out."""
        return 0 if parent.isValid() else self._laid_out

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, or its text; for a screen reader with the heading of the column."""
        at = index.row()
        if at not in self._cells:
            self._cells[at] = _cells(self.rows[at], self.on, words())
        cell = self._cells[at][index.column()]
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        return f"{tr(HEADINGS[index.column()])}: {cell.said()}" if role == Qt.ItemDataRole.AccessibleTextRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(HEADINGS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class WhoIsWherePage(PaperPage):
    """The list of the children that are held, those held longest first."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Ask who is held."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        head, _ = page_head(tr(TITLE))
        column = page_column(self.overview)
        column.addLayout(head)
        self.said = text_label("", "notice")
        self.said.hide()
        column.addWidget(self._tools())
        column.addWidget(self.said)
        column.addWidget(self._list(), 1)
        self.lead_keyboard_to(self.table)
        self.refresh()

    def _tools(self) -> QWidget:
        tools = QWidget(self.overview)
        self.whose = self.whose_toggle(tools)
        flow = FlowLayout(tools, gap=16, line_gap=8)
        self.out = ListOut(self._office, self._tasks, self.listing, TITLE, tools, paper=self.print)
        self.out.said.connect(self.say)
        for widget in (self.whose, self.out):
            flow.addWidget(widget)
        return tools

    def _list(self) -> QStackedWidget:
        self.model = WhereModel(self)
        self.table = Table(tr(HELD), SHARES, self, least=LEAST)
        self.table.setAlternatingRowColors(False)
        self.table.setItemDelegate(TwoLines(self.table))
        self.table.setModel(self.model)
        self.model.rowsInserted.connect(self._on_more)
        self.table.opened.connect(self._open)
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._heights = RowHeights(self.table, ROW_HEIGHT)
        self._fit.timeout.connect(self._heights.fit)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self._fit.start())
        self.nobody = EmptyState("where", tr(NOBODY), tr(NOBODY_HINT))
        self.nobody_mine = EmptyState(
            "where", tr(NOBODY_MINE), tr(NOBODY_HINT), Action(SHOW_OFFICE, partial(self.choose_whose, OFFICE))
        )  # fmt: skip
        self.stack = QStackedWidget(self)
        for page in (self.table, self.nobody, self.nobody_mine):
            self.stack.addWidget(page)
        return self.stack

    def refresh(self) -> None:
        """Ask again who is held."""
        self.say("")
        office, mine = self._office, self.wanted
        self.ask(self._tasks, lambda: _read(office, mine), self._on_read)

    def listing(self) -> Listing:
        """Return the list as it is shown now, to be printed or exported."""
        from casemgr.services.shown_lists import where_listing  # noqa: PLC0415  (loaded when it is wanted)

        return where_listing(self._office, list(self.model.rows), [WHOSE_OPTIONS[MINE]] if self.mine else [])

    def say(self, text: str) -> None:
        """Show a text above the list; an empty one takes it away."""
        self.said.setText(wrapped(text))
        self.said.setVisible(bool(text))

    def preview_again(self, choice: "PaperChoice") -> None:
        """Preview the list again."""
        self.print(choice=choice)

    def print(self, *, choice: "PaperChoice | None" = None) -> None:
        """Preview the list as it is shown."""
        from casemgr.services import where_list  # noqa: PLC0415  (loads what draws paper)
        from ui.parts.paper_source import Going, list_source  # noqa: PLC0415

        office, mine = self._office, self.mine

        def make(choice: "PaperChoice", going: Going) -> bytes:
            named = bool(choice.named)
            return where_list.where_list(
                office, mine=mine, with_names=named, language=choice.language, how="preview", progress=going.told,
                cancelled=going.stopped,
            )  # fmt: skip

        def log(choice: "PaperChoice", how: str) -> None:
            named = bool(choice.named)
            where_list.log_printed(office, mine=mine, with_names=named, language=choice.language, how=how)

        source = list_source(
            make, log, title=tr(TITLE), file_name=f"who-is-where-{clock.today().isoformat()}.pdf", more=WITH_NAMES
        )  # fmt: skip
        self.show_paper(self._tasks, source, office_folder=office.folder, asked_by=self.out, choice=choice)

    def _on_read(self, read: Read) -> None:
        chosen, scrolled = self._current(), self.table.verticalScrollBar().value()
        self.model.show_rows(read.rows, clock.today())
        self.show_whose(is_shared=read.shared)
        page: QWidget = self.table if read.rows else self.nobody_mine if self.mine else self.nobody
        self.stack.setCurrentWidget(page)
        self.lead_keyboard_to(self.out if page is self.nobody else page)
        self.table.fit_columns()
        shown = read.rows[: self.model.rowCount()]
        where = next((at for at, row in enumerate(shown) if row.record_id == chosen), 0)
        self._heights.fit(scrolled=scrolled, through=where)
        if read.rows:
            self.table.setCurrentIndex(self.model.index(where, 0))
        self.table.verticalScrollBar().setValue(scrolled)
        self.loaded.emit()

    def _on_more(self, _parent: Index, first: int, last: int) -> None:
        self._heights.fit(first, last)

    def _current(self) -> UUID | None:
        at = self.table.currentIndex()
        return self.model.rows[at.row()].record_id if at.isValid() else None

    def _open(self, at: int) -> None:
        self.case_asked.emit(self.model.rows[at].case_id)


def _read(office: Office, mine: bool | None) -> Read:
    shared = lists.is_shared(office)
    return Read(lists.who_is_where(office, mine=shared and mine is not False), shared)


def _cells(row: WhereRow, on: date, language: Words) -> tuple[Cell, ...]:
    """Return what is shown of a child, a mark in the column that it is about."""
    marked = {mark: row.mark_said(mark, on, language) for mark in row.marks(on)}
    name = row.name_km if language.language == "km" else row.name_latin
    return (
        Cell(name, f"{row.child_code}\n{row.case_number}", strong=True),
        Cell(row.where or NOT_KNOWN, tr(row.kind)),
        _held_since(row, marked, language),
        _adults(row, marked),
        Cell(_said(row.next_hearing, language)),
        _visited(row, marked, language),
        _lawyer(row, marked, language),
    )


def _held_since(row: WhereRow, marked: dict[Mark, str], language: Words) -> Cell:
    days = language.plural("{n} day", "{n} days", row.days) if row.days is not None else ""
    sign = Mark.OVER_LIMIT if Mark.OVER_LIMIT in marked else None
    over = marked.get(Mark.OVER_LIMIT, "")
    return Cell(_said(row.since, language), days, over, strong=True, alarm=sign is not None, sign=sign)


def _adults(row: WhereRow, marked: dict[Mark, str]) -> Cell:
    if Mark.WITH_ADULTS in marked:
        return Cell(tr(YES), alarm=True, sign=Mark.WITH_ADULTS)
    return Cell(NOT_KNOWN if row.with_adults is None else tr(NO))


def _visited(row: WhereRow, marked: dict[Mark, str], language: Words) -> Cell:
    if Mark.NO_VISIT in marked:
        last = _said(row.last_visit, language) if row.last_visit is not None else ""
        return Cell(marked[Mark.NO_VISIT], last, alarm=True, sign=Mark.NO_VISIT)
    return Cell(_said(row.last_visit, language))


def _lawyer(row: WhereRow, marked: dict[Mark, str], language: Words) -> Cell:
    if Mark.NO_LAWYER in marked:
        return Cell(marked[Mark.NO_LAWYER], alarm=True, sign=Mark.NO_LAWYER)
    return Cell(tr(MET, when=_said(row.lawyer_met, language)))


def _said(at: datetime | date | None, language: Words) -> str:
    if at is None:
        return NOT_KNOWN
    return language.date(day_of(at))
