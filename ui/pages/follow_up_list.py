"""The list of children to be followed up: narrowed by how it stands, whose cases, place, kind and programme."""

from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QStackedWidget, QWidget

from casemgr import clock
from casemgr.i18n import N_
from casemgr.khmer.breaks import with_breaks
from casemgr.measures.index_events import IndexKind
from casemgr.places import Place, provinces
from casemgr.records.fields import Choice
from casemgr.records.pathway.reintegration_answers import SupportKind
from casemgr.services import follow_ups, readers
from casemgr.services.follow_ups import FollowUpFilter, FollowUpRow, FollowUpStanding
from casemgr.services.listing import Listing
from casemgr.services.office import Office
from casemgr.services.readers import StaffName
from ui.editors.choices import StillCombo
from ui.pages.follow_up_model import COLUMNS, LEAST, FollowUpModel, loader
from ui.pages.page import Page, page_column, page_head
from ui.pages.paper_page import MINE, OFFICE, WHOSE, WHOSE_OPTIONS, tool_button
from ui.parts.card import Action, text_label
from ui.parts.empty_state import EmptyState
from ui.parts.flow import FlowLayout
from ui.parts.list_out import ListOut
from ui.parts.listing import PAGE, ROW_HEIGHT, Index, Table
from ui.parts.row_heights import RowHeights
from ui.parts.toggle import Toggle
from ui.parts.two_lines import TwoLines
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE = N_("Follow-ups")
STANDING, COUNTED = N_("How it stands"), N_("{standing} ({count})")
ALL = "all"
STANDINGS = {
    ALL: N_("All"), "overdue": N_("Overdue"), "due": N_("Due within 7 days"), "coming": N_("Coming later"),
    "lost": N_("Lost"),
}  # fmt: skip
PLACE, EVERYWHERE = N_("Province"), N_("All provinces")
KIND, EVERY_KIND = N_("Counted from"), N_("Every release and order")
PROGRAMME, EVERY_PROGRAMME = N_("Programme"), N_("Every programme")
OPEN_CASE, OPEN_CASE_HINT, OPEN_CASE_KEYS = N_("Open the case"), N_("The case of the child that is marked"), "Ctrl+O"
EXPORT, EXPORT_HINT = (
    N_("Export all that is known…"), N_("A file with all that is known of these children, with the names or without"),
)  # fmt: skip
NOTHING = N_("No child is to be followed up yet")
NOTHING_HINT = N_("A follow-up begins with a release at the end of a sentence, a diversion or a measure of the court.")
NONE_HERE, NONE_HERE_HINT = N_("Nobody stands here"), N_("Others stand under “All”, or in the cases of others.")
SHOW_ALL = N_("Show all")


class Filters(NamedTuple):
    """What the worker chose to see. whose: MINE, OFFICE, or the identity of a staff member; None: as the office is."""

    standing: str = ALL
    whose: str | None = None
    place: str | None = None
    kind: IndexKind | None = None
    programme: SupportKind | None = None

    def asked(self, *, shared: bool) -> dict[str, Any]:
        """Return them as the services take them, without how it stands."""
        mine = shared and self.whose in (None, MINE)
        worker = UUID(self.whose) if shared and self.whose not in (None, MINE, OFFICE) else None
        return {"mine": mine, "worker_id": worker, "place": self.place, "kind": self.kind, "programme": self.programme}

    @property
    def stands(self) -> FollowUpStanding | None:
        """How the follow-up stands, None for all."""
        return next((each for each in FollowUpStanding if each.value == self.standing), None)


class Around(NamedTuple):
    """What stands around the list: how many stand each way, who works here, the provinces, whether there is any."""

    counts: dict[FollowUpStanding, int]
    staff: list[StaffName]
    provinces: tuple[Place, ...]
    anybody: bool


class FollowUpList(Page):
    """Those overdue longest first. Enter calls a child."""

    call_asked = Signal(object)
    """The row of the child to be called (FollowUpRow)."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Ask for the first page."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.filters = Filters()
        self._asked = 0  # counts the questions to the store: the answer to an earlier one is not shown
        self._anybody, self._scrolled = True, 0
        self._chosen: UUID | None = None  # the row to be marked when the list is there
        head, _ = page_head(tr(TITLE), *self._buttons())
        column = page_column(self)
        column.addLayout(head)
        self.toggle = Toggle(STANDING, STANDINGS, self)
        self.toggle.chosen.connect(lambda standing: self.choose(standing=standing))
        column.addWidget(self.toggle)
        column.addWidget(self._combos())
        self.said = text_label("", "notice")
        self.said.hide()
        column.addWidget(self.said)
        column.addWidget(self._list(), 1)
        self.refresh()

    @property
    def shared(self) -> bool:
        """Whether the office has several workers."""
        return len(self._staff) > 1

    @property
    def current(self) -> FollowUpRow | None:
        """The row that is marked."""
        return self.model.row(self.table.currentIndex().row())

    def rows_after(self, row: FollowUpRow) -> list[FollowUpRow]:
        """Return the rows below that one, as far as they are read."""
        rows = [line.row.row for line in self.model.lines]
        at = next((at for at, each in enumerate(rows) if each.id == row.id), len(rows))
        return rows[at + 1 :]

    def mark(self, row_id: UUID) -> None:
        """Mark that row when the list is next read."""
        self._chosen = row_id

    def refresh(self) -> None:
        """Ask again for what is shown; the marked row stays marked, and in its place."""
        self.say("")
        at = self.current
        self._chosen = at.id if at is not None and self._chosen is None else self._chosen
        self._scrolled = self.table.verticalScrollBar().value()
        self._read(max(PAGE, len(self.model.lines)))

    def choose(self, **chosen: Any) -> None:
        """Narrow the list, and read it from its beginning."""
        self.filters = self.filters._replace(**chosen)
        self._chosen, self._scrolled = None, 0
        self.say("")
        self._show_filters()
        self._read(PAGE)

    def show_all(self) -> None:
        """Leave nothing out."""
        self.filters = Filters()
        self.choose(whose=OFFICE)

    def listing(self) -> Listing:
        """Return the list as it is shown now, to be printed or exported."""
        from casemgr.services.shown_lists import follow_ups_listing  # noqa: PLC0415  (loaded when it is wanted)

        chosen = self.filters
        asked = chosen.asked(shared=self.shared) | {"standing": chosen.stands}
        named = (each for each in self._staff if str(each.id) == chosen.whose)
        worker = next(((each.name, each.name_latin) for each in named), ("", ""))
        return follow_ups_listing(self._office, asked, worker)

    def export(self) -> None:
        """Ask what of this list is to become a file."""
        from ui.pages.follow_up_export import ExportDialog  # noqa: PLC0415  (loads what writes files)

        dialog = ExportDialog(self._office, self._tasks, self.asked(), self)
        dialog.exported.connect(lambda exported: self.say(exported.said()))
        dialog.open()

    def asked(self) -> FollowUpFilter:
        """Return what the list is narrowed to, as the services take it."""
        filters = self.filters
        return follow_ups.filter_of(self._office, standing=filters.stands, **filters.asked(shared=self.shared))

    def say(self, text: str) -> None:
        """Show a text above the list; an empty one takes it away."""
        self.said.setText(wrapped(text))
        self.said.setVisible(bool(text))

    def state(self) -> dict[str, Any]:
        """Return what the worker chose to see."""
        return {} if self.filters == Filters() else {"filters": self.filters}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Show that again."""
        self.filters = state.get("filters", Filters())
        self.refresh()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the list, or to what is offered in its place."""
        shown: QWidget = self.toggle.buttons[ALL] if self.nothing.isVisible() else self.table
        (self.nobody_here if self.nobody_here.isVisible() else shown).setFocus(reason)

    def _buttons(self) -> tuple[QWidget, ...]:
        """Make what stands at the right of the title."""
        self.open_button = tool_button(OPEN_CASE, OPEN_CASE_HINT, self)
        self.open_button.setToolTip(f"{tr(OPEN_CASE_HINT)} ({OPEN_CASE_KEYS})")
        self.open_button.clicked.connect(self._open_case)
        QShortcut(QKeySequence(OPEN_CASE_KEYS), self).activated.connect(self._open_case)
        self.out = ListOut(self._office, self._tasks, self.listing, TITLE, self)
        self.out.said.connect(self.say)
        self.export_button = tool_button(EXPORT, EXPORT_HINT, self)
        self.export_button.clicked.connect(self.export)
        return self.open_button, self.out, self.export_button

    def _combos(self) -> QWidget:
        holder = QWidget(self)
        self._staff: list[StaffName] = []
        self.whose = _combo(WHOSE, holder)
        self.whose.hide()
        self.place = _combo(PLACE, holder)
        self.kind = _combo(KIND, holder)
        self.programme = _combo(PROGRAMME, holder)
        self.place.addItem(tr(EVERYWHERE), None)
        for combo, every, choices in (
            (self.kind, EVERY_KIND, IndexKind),
            (self.programme, EVERY_PROGRAMME, SupportKind),
        ):
            combo.addItem(tr(every), None)
            for choice in choices:
                combo.addItem(tr(choice.label), choice.value)
        self.whose.activated.connect(lambda _: self.choose(whose=self.whose.currentData()))
        self.place.activated.connect(lambda _: self.choose(place=self.place.currentData()))
        self.kind.activated.connect(lambda _: self.choose(kind=_choice(IndexKind, self.kind.currentData())))
        self.programme.activated.connect(
            lambda _: self.choose(programme=_choice(SupportKind, self.programme.currentData()))
        )
        flow = FlowLayout(holder, gap=12, line_gap=8)
        for widget in (self.whose, self.place, self.kind, self.programme):
            flow.addWidget(widget)
        return holder

    def _list(self) -> QStackedWidget:
        self.model = FollowUpModel(self._tasks, self)
        self.table = Table(tr(TITLE), tuple(column.share for column in COLUMNS), self, least=LEAST)
        self.table.setAlternatingRowColors(False)
        self.table.setItemDelegate(TwoLines(self.table))
        self.table.setModel(self.model)
        self.table.opened.connect(self._call)
        self.model.loaded.connect(self._on_loaded)
        self.model.rowsInserted.connect(self._on_more)
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._heights = RowHeights(self.table, ROW_HEIGHT)
        self._fit.timeout.connect(self._heights.fit)
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self._fit.start())
        self.nothing = EmptyState("follow-ups", tr(NOTHING), tr(NOTHING_HINT))
        self.nobody_here = EmptyState(
            "follow-ups", tr(NONE_HERE), tr(NONE_HERE_HINT), Action(SHOW_ALL, self.show_all)
        )  # fmt: skip
        self.stack = QStackedWidget(self)
        for page in (self.table, self.nothing, self.nobody_here):
            self.stack.addWidget(page)
        return self.stack

    def _read(self, count: int) -> None:
        self._asked += 1
        office, filters = self._office, self.filters
        self._tasks.run(lambda: _around(office, filters), partial(self._on_around, self._asked, count))

    def _on_around(self, asked: int, count: int, around: Around) -> None:
        if asked != self._asked:
            return
        self._anybody = around.anybody
        self._show_around(around)
        office, filters, language = self._office, self.filters, words()
        chosen = filters.asked(shared=self.shared)

        def ask(after: FollowUpRow | None, limit: int) -> list[FollowUpRow]:
            return follow_ups.follow_up_list(office, standing=filters.stands, limit=limit, after=after, **chosen)

        self.model.read(loader(ask, clock.today(), language), count)

    def _show_around(self, around: Around) -> None:
        """Say how many stand each way, and offer workers and provinces once they are known."""
        total = sum(around.counts.values())
        for key, button in self.toggle.buttons.items():
            count = total if key == ALL else around.counts[_choice(FollowUpStanding, key)]
            label = tr(COUNTED, standing=tr(STANDINGS[key]), count=words().number(count))
            button.setText(label)
            button.setAccessibleName(f"{tr(STANDING)}: {label}")
        if around.staff != self._staff:
            self._staff = around.staff
            self.whose.clear()
            for key, label in WHOSE_OPTIONS.items():
                self.whose.addItem(tr(label), key)
            for each in around.staff:
                if each.id != self._office.staff.id:
                    name = each.name if words().language == "km" else each.name_latin
                    self.whose.addItem(name, str(each.id))
            self.whose.setVisible(self.shared)
        if self.place.count() == 1:
            for place in around.provinces:
                self.place.addItem(place.name(words().language), place.code)
        self._show_filters()

    def _show_filters(self) -> None:
        chosen = self.filters
        self.toggle.show_value(chosen.standing)
        self.whose.setCurrentIndex(max(self.whose.findData(chosen.whose or MINE), 0))
        self.place.setCurrentIndex(max(self.place.findData(chosen.place), 0))
        self.kind.setCurrentIndex(self.kind.findData(chosen.kind.value) if chosen.kind else 0)
        self.programme.setCurrentIndex(self.programme.findData(chosen.programme.value) if chosen.programme else 0)

    def _on_loaded(self) -> None:
        lines = self.model.lines
        at = QApplication.focusWidget()
        had_keyboard = at is not None and self.stack.isAncestorOf(at)
        page: QWidget = self.table if lines else self.nobody_here if self._anybody else self.nothing
        self.stack.setCurrentWidget(page)
        self.open_button.setEnabled(bool(lines))
        self.export_button.setEnabled(self._anybody)
        self.table.fit_columns()
        where = next((at for at, line in enumerate(lines) if line.id == self._chosen), 0)
        self._heights.fit(scrolled=self._scrolled, through=where)
        if lines:
            self.table.setCurrentIndex(self.model.index(where, 0))
            self.table.verticalScrollBar().setValue(self._scrolled)
            self.table.scrollTo(self.model.index(where, 0))
        self._chosen = None
        if had_keyboard:
            self.setFocus()
        self.loaded.emit()

    def _on_more(self, _parent: Index, first: int, last: int) -> None:
        self._heights.fit(first, last)

    def _call(self, at: int) -> None:
        if (row := self.model.row(at)) is not None:
            self.call_asked.emit(row)

    def _open_case(self) -> None:
        if (row := self.current) is not None and self.stack.currentWidget() is self.table:
            self.case_asked.emit(row.case_id)


def _combo(name: str, parent: QWidget) -> QComboBox:
    combo = StillCombo(parent)
    combo.setAccessibleName(tr(name))
    combo.setToolTip(tr(name))
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    combo.setMaximumWidth(260)
    return combo


def _choice(kind: type[Choice], code: str | None) -> Any:
    return next((choice for choice in kind if choice.value == code), None)


def _around(office: Office, filters: Filters) -> Around:
    with_breaks("ខ្មែរ")  # words and places are read here, so that the window never waits
    staff = readers.staff_members(office) if office.knows_names else []
    counts = follow_ups.follow_up_counts(office, **filters.asked(shared=len(staff) > 1))
    anybody = any(counts.values()) or any(follow_ups.follow_up_counts(office).values())
    return Around(counts, staff, provinces(), anybody)
