"""The cases of the office: narrowed by filters, with the columns and in the order the worker wants."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.records.case import CaseStatus
from casemgr.services import case_list, handing_over, saved_lists
from casemgr.services.case_list import STATUS, CaseLine, CaseView, Counted, Read
from casemgr.services.changes import Changes
from casemgr.services.listing import Listing
from casemgr.services.office import Office, Right
from casemgr.services.saved_lists import SavedRow
from ui.pages.case_filters import FilterBar
from ui.pages.paper_page import tool_button
from ui.pages.people_list import ListPage
from ui.pages.saved_lists import SavedLists
from ui.parts.card import text_label
from ui.parts.empty_state import EmptyState
from ui.parts.flow import FlowLayout
from ui.parts.gathered import LOW, more_of
from ui.parts.list_out import ListOut
from ui.parts.listing import Line, as_shown, line_of
from ui.parts.undo_bar import GIVEN, Kept
from ui.tasks import Tasks
from ui.words import tr, words

if TYPE_CHECKING:
    from casemgr.printing.forms import Form
    from casemgr.services.papers import PaperChoice
    from ui.pages.batch_page import BatchPage

TITLE = N_("Cases")
OPEN, CLOSED, ALL = N_("Open cases"), N_("Closed cases"), N_("All cases")
NOTHING = N_("No case is open")
NO_MATCH, NO_MATCH_HINT = N_("No case fits"), N_("Take a filter away, choose “All cases”, or type less of a name.")
PRINT, PRINT_HINT = (
    N_("Print a form…"), N_("One form for several cases: mark them with Ctrl or Shift, or take all in the list."),
)  # fmt: skip
GIVE, GIVE_HINT = N_("Hand over…"), N_("To another case worker: the cases that are marked, or all in the list.")
IMPORT, IMPORT_HINT = (
    N_("Import a list…"), N_("Bring in cases from an Excel or CSV list, or take an earlier import back."),
)  # fmt: skip
MEND, MEND_HINT = N_("What to mend"), N_("Contradictions and gaps in the records")
COLUMNS, COLUMNS_HINT = N_("Columns…"), N_("Which columns the list has, and in what order its rows stand")
NOTHING_HINT = N_("A case begins with “New arrest”, or on the page of a child.")
COUNTED, COUNTED_NAMED = N_("{n} of {all} cases"), N_("“{name}”: {n} of {all} cases")
COUNTED_CHANGED = N_("“{name}” (changed): {n} of {all} cases")
STATUSES: dict[str, tuple[str, ...]] = {
    OPEN: (CaseStatus.OPEN.value,), CLOSED: (CaseStatus.CLOSED.value,), ALL: (),
}  # fmt: skip
EVERY_STATUS = {each.value for each in CaseStatus}


class Printing(NamedTuple):
    """For which cases a form is asked: those that are marked, and all of the list; and which is previewed for which."""

    marked: list[UUID]
    listed: list[UUID]
    form: "Form | None" = None
    case_ids: Sequence[UUID] = ()


class CasesPage(ListPage):
    """The list of cases."""

    quality_asked = Signal()
    """The worker wants to see what is to be mended in the records."""
    title = TITLE
    no_match, no_match_hint = NO_MATCH, NO_MATCH_HINT

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Read the first page of the open cases, with the columns that were chosen last."""
        self._awaits_view = True
        self.view = CaseView()
        self.shown = case_list.columns_of(office, self.view)
        self.columns = as_shown(self.shown)
        nothing = EmptyState("cases", tr(NOTHING), tr(NOTHING_HINT))
        super().__init__(office, tasks, nothing, self._list_buttons(office, tasks, nothing), parent)
        self.count_label = text_label("", "help")
        self.count_label.setWordWrap(False)
        self.head.setStretch(0, 0)
        self.head.insertWidget(1, self.count_label, 1)
        tools = QWidget(self.overview)
        self.tools = FlowLayout(tools, gap=8, line_gap=8)  # a second line where a narrow window has no room for all
        self.filters.setStretch(0, 2)
        self.filters.setStretch(1, 0)
        self.filters.setSpacing(8)
        self.filters.addWidget(tools, 7)
        self.filters.setAlignment(self.narrow, Qt.AlignmentFlag.AlignTop)
        self._status_buttons()
        self._office_buttons(office)
        self.bar = FilterBar(office, tasks, self.overview)
        self.bar.search = self.narrow.text
        self.bar.changed.connect(self.show_view)
        self.bar.cleared.connect(self.lists.close_list)
        self.above.insertWidget(2, self.bar)
        self.tools.addWidget(self.bar.menu)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._printing: Printing | None = None
        self._printing_again: Printing | None = None  # what is to be asked again, once the list is read
        self.model.loaded.connect(self._on_lines)
        self._counted = Counted(0, 0)
        self._counting = 0  # counts the questions: the answer to an earlier one is not shown
        tasks.run(lambda: case_list.workers(office), self.bar.name_workers)
        tasks.run(lambda: saved_lists.last_view(office), self._on_last_view, self._on_no_view)

    def _list_buttons(self, office: Office, tasks: Tasks, parent: QWidget) -> tuple[QWidget, ...]:
        self.lists = SavedLists(office, tasks, lambda: self.view, tr(TITLE), parent)
        self.lists.opened.connect(self._on_opened)
        self.lists.said.connect(self._on_said)
        self.columns_button = tool_button(COLUMNS, COLUMNS_HINT, parent)
        self.columns_button.clicked.connect(self.choose_columns)
        self.out = ListOut(office, tasks, self.listing, TITLE, parent)
        self.out.said.connect(self._on_said)
        return self.lists, self.columns_button, self.out

    def _status_buttons(self) -> None:
        group = QButtonGroup(self)
        self.statuses: dict[str, QPushButton] = {}
        for label in STATUSES:
            button = _toggle(label, self)
            button.clicked.connect(partial(self._choose_status, label))
            group.addButton(button)
            self.tools.addWidget(button)
            self.statuses[label] = button
        self.open_button, self.all_button = self.statuses[OPEN], self.statuses[ALL]

    def _office_buttons(self, office: Office) -> None:
        self.print_button = tool_button(PRINT, PRINT_HINT, self)
        self.print_button.clicked.connect(self.choose_form)
        self.print_button.setVisible({Right.READ_CASES, Right.PRINT} <= office.rights)
        self.give_button = tool_button(GIVE, GIVE_HINT, self)
        self.give_button.clicked.connect(self.choose_worker)
        self.give_button.setVisible({Right.READ_CASES, Right.WRITE_CASES} <= office.rights)
        self.import_button = tool_button(IMPORT, IMPORT_HINT, self)
        self.import_button.clicked.connect(self.import_list)
        self.import_button.setVisible({Right.WRITE_CASES, Right.ALL_CASES} <= office.rights)
        self.mend_button = tool_button(MEND, MEND_HINT, self)
        self.mend_button.clicked.connect(self.quality_asked)
        buttons = (self.print_button, self.give_button, self.import_button, self.mend_button)
        self.more = more_of(buttons, tr(TITLE), self)
        for button in (*buttons, self.more):
            self.tools.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list room in a low window."""
        super().resizeEvent(event)
        for menu in (self.more, self.bar):
            menu.gather(is_low=event.size().height() < LOW)

    def loader(self) -> Callable[[CaseLine | None, int], list[Line]]:
        """Return the question to the store as the page stands now."""
        office, typed, view, shown, language = self._office, self.narrow.text(), self.view, self.shown, words()
        return lambda after, count: [
            line_of(row, shown, language) for row in case_list.case_page(office, view, typed, limit=count, after=after)
        ]

    def listing(self) -> Listing:
        """Return the list as it is shown now, to be printed or exported."""
        return case_list.cases_listing(self._office, self.view, self.narrow.text(), self.bar.named)

    @property
    def is_narrowed(self) -> bool:
        """Whether the list leaves something out."""
        return super().is_narrowed or self.view.chosen != CaseView().chosen

    def read(self) -> None:
        """Read the list from its beginning."""
        if not self._awaits_view:
            super().read()

    def show_view(self, view: CaseView) -> None:
        """Narrow the list to this, with these columns; the view of before is not waited for any more."""
        self._awaits_view = False
        if view.columns != self.view.columns:
            self.shown = case_list.columns_of(self._office, view)
            self.columns = as_shown(self.shown)
            self.model.show_columns(self.columns)
            self.table.show_columns(self.columns)
        self.view = view
        self._show_filters()
        self.read()

    def choose_columns(self) -> None:
        """Ask for the columns, and remember them."""
        from ui.pages.columns_dialog import ColumnsDialog  # noqa: PLC0415  (only who chooses waits for it)

        dialog = ColumnsDialog(case_list.columns_offered(self._office), self.view, self.window())
        dialog.chosen.connect(self._on_columns)
        dialog.open()

    def state(self) -> dict[str, Any]:
        """Return what is typed and chosen to narrow the list."""
        printing = {} if self._printing is None else {"printing": self._printing}
        return super().state() | printing | {"view": self.view, "saved": (self.lists.current, self.lists.kept)}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Narrow the list again."""
        self._printing_again = state.get("printing")
        self.restore_paper(state)
        self.lists.current, self.lists.kept = state.get("saved", (None, None))
        self.narrow.setText(state.get("narrow", ""))
        self.show_view(state.get("view", self.view))

    @property
    def marked(self) -> list[UUID]:
        """The cases that are marked, in the order of the list."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.lines[row].id for row in rows]

    def choose_form(self) -> None:
        """Ask which form is wanted for several cases; all of the list are counted, also those not read yet."""
        office, typed, view = self._office, self.narrow.text(), self.view
        self.print_button.setEnabled(False)  # until they are counted, or a second press would ask twice
        self._tasks.run(
            lambda: case_list.case_ids(office, view, typed), partial(self._on_listed, self.marked), self._on_not_listed
        )

    def _on_not_listed(self, error: Exception) -> None:
        for button in (self.print_button, self.give_button):
            button.setEnabled(True)
        self._tasks.failed.emit(error)

    def choose_worker(self) -> None:
        """Ask which worker is to have several cases; all of the list are read, also those not shown yet."""
        office, typed, view = self._office, self.narrow.text(), self.view
        self.give_button.setEnabled(False)

        def listed() -> dict[UUID, UUID | None]:
            return handing_over.carriers(office, case_list.case_ids(office, view, typed))

        self._tasks.run(listed, partial(self._on_carriers, self.marked), self._on_not_listed)

    def _on_carriers(self, marked: list[UUID], listed: dict[UUID, UUID | None]) -> None:
        self.give_button.setEnabled(True)
        if not listed:
            return
        from ui.pages.give_dialog import give_listed  # noqa: PLC0415  (only who gives waits for it)

        dialog = give_listed(self._office, self._tasks, marked, listed, self)
        dialog.given.connect(self._on_given)
        dialog.open()

    def _on_given(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh()
        if changes.lines:
            self.kept.emit(Kept(changes, GIVEN, TITLE))

    def import_list(self) -> None:
        """Bring in a list of cases."""
        from ui.pages.import_dialog import ImportDialog  # noqa: PLC0415  (only who imports waits for it)

        dialog = ImportDialog(self._office, self._tasks, self)
        dialog.changed.connect(self._on_imported)
        dialog.open()

    def _on_imported(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.read()

    def _preview_again(self) -> None:
        if self._printing_again is not None:
            printing, self._printing_again = self._printing_again, None
            self._on_listed(printing.marked, printing.listed)
            self._printing = printing
        super()._preview_again()

    def preview_again(self, choice: "PaperChoice") -> None:
        """Preview that form again, for the same cases."""
        printing = self._printing
        if printing is not None and printing.form is not None:
            self.print(printing.form, list(printing.case_ids), choice=choice)

    def _on_listed(self, marked: list[UUID], listed: list[UUID]) -> None:
        self.print_button.setEnabled(True)
        self._printing = Printing(marked, listed)
        from ui.pages.batch_page import BatchPage  # noqa: PLC0415  (loads all forms; the list opens without them)

        page = BatchPage(len(marked), len(listed), self)
        page.closed.connect(partial(self._close_batch, page))
        page.asked.connect(lambda form, every: self.print(form, listed if every else marked))
        self.show_layer(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def print(self, form: "Form", case_ids: list[UUID], *, choice: "PaperChoice | None" = None) -> None:
        """Preview one form for those cases."""
        from ui.pages.form_papers import batch_source  # noqa: PLC0415  (as above)

        office, source = self._office, batch_source(self._office, form, case_ids)
        asked_by: QWidget = self.more if self.print_button.isHidden() else self.print_button
        if (layer := self.layers.currentWidget()) is not None and layer is not self.overview:
            asked_by = layer
        if self._printing is not None:
            self._printing = self._printing._replace(form=form, case_ids=case_ids)
        self.show_paper(self._tasks, source, office_folder=office.folder, asked_by=asked_by, choice=choice)

    def _close_batch(self, page: "BatchPage") -> None:
        self._printing = None
        self.drop_layer(page)
        self.more.focus(self.print_button)

    def _choose_status(self, label: str, _checked: bool = False) -> None:
        self.show_view(self.view.choosing(STATUS, STATUSES[label]))

    def _show_filters(self) -> None:
        """Say what is chosen: open, closed or all by the buttons of the status, the rest by those of the filters."""
        codes = set(self.view.chosen.get(STATUS, ()))
        shown = () if codes == EVERY_STATUS else tuple(codes)
        next(button for label, button in self.statuses.items() if STATUSES[label] == shown).setChecked(True)
        self.bar.show_view(self.view)

    def _on_last_view(self, view: CaseView) -> None:
        if self._awaits_view:
            self.show_view(view)

    def _on_no_view(self, error: Exception) -> None:
        """Show the list all the same."""
        self._on_last_view(self.view)
        self._tasks.failed.emit(error)

    def _on_columns(self, view: CaseView) -> None:
        office = self._office
        self._tasks.run(lambda: saved_lists.remember(office, view))
        self.show_view(view)
        self.columns_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, _row: SavedRow, read: Read) -> None:
        self.narrow.clear()
        self.show_view(read.view)
        self.say(read.said(words()))

    def _on_said(self, text: str) -> None:
        self.say(text)
        self._show_count()

    def _on_lines(self) -> None:
        """Count what fits, once the first lines stand there."""
        for button in (self.print_button, self.give_button):
            button.setEnabled(bool(self.model.lines))
        self._counting += 1
        office, view, typed = self._office, self.view, self.narrow.text()
        self._tasks.run(lambda: case_list.count(office, view, typed), partial(self._on_count, self._counting))

    def _on_count(self, asked: int, counted: Counted) -> None:
        if asked == self._counting:
            self._counted = counted
            self._show_count()

    def _show_count(self) -> None:
        """Say how many cases fit, and under what name they are saved."""
        fitting, every = (words().number(number) for number in self._counted)
        saved, message = self.lists.current, COUNTED
        if saved is not None:
            message = COUNTED_NAMED if self.view == self.lists.kept else COUNTED_CHANGED
        self.count_label.setText(tr(message, name=saved.name if saved else "", n=fitting, all=every))


def _toggle(label: str, parent: QWidget) -> QPushButton:
    button = QPushButton(tr(label), parent)
    button.setCheckable(True)
    button.setAutoExclusive(True)  # so that a screen reader says: one of several
    button.setProperty("role", "language")
    return button
