"""The cases of the office, newest first."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QPushButton, QWidget

from casemgr.i18n import N_, Words
from casemgr.records.case import CaseStatus
from casemgr.services import lists
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from ui.pages.paper_page import tool_button
from ui.pages.people_list import ListPage
from ui.parts.empty_state import EmptyState
from ui.parts.listing import Column, Line
from ui.tasks import Tasks
from ui.words import tr, words

if TYPE_CHECKING:
    from casemgr.printing.forms import Form
    from ui.pages.batch_page import BatchPage

TITLE = N_("Cases")
OPEN, ALL = N_("Open cases"), N_("All cases")
NOTHING = N_("No case is open")
PRINT, PRINT_HINT = (
    N_("Print a form…"), N_("One form for several cases: mark them with Ctrl or Shift, or take all in the list."),
)  # fmt: skip
IMPORT, IMPORT_HINT = (
    N_("Import a list…"), N_("Bring in cases from an Excel or CSV list, or take an earlier import back."),
)  # fmt: skip
MEND, MEND_HINT = N_("What to mend"), N_("Contradictions and gaps in the records")
NOTHING_HINT = N_("A case begins with “New arrest”, or on the page of a child.")


class CasesPage(ListPage):
    """The list of cases."""

    quality_asked = Signal()
    """The worker wants to see what is to be mended in the records."""
    title = TITLE
    columns = (
        Column(N_("Case"), 14, strong=True),
        Column(N_("Child"), 20),
        Column(N_("Name in the other script"), 16, spare=True, least=196),
        Column(N_("Stage of the procedure"), 18),
        Column(N_("Status"), 9, spare=True),
        Column(N_("Opened on"), 11, spare=True, least=112),
        Column(N_("Next deadline"), 17, least=168),
    )

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Read the first page of the open cases."""
        nothing = EmptyState("cases", tr(NOTHING), tr(NOTHING_HINT))
        self.mend_button = tool_button(MEND, MEND_HINT, nothing)
        super().__init__(office, tasks, nothing, (self.mend_button,), parent)
        self.mend_button.clicked.connect(self.quality_asked)
        group = QButtonGroup(self)
        self.open_button, self.all_button = _toggle(OPEN, self), _toggle(ALL, self)
        for button in (self.open_button, self.all_button):
            group.addButton(button)
            self.filters.addWidget(button)
        self.print_button = tool_button(PRINT, PRINT_HINT, self)
        self.print_button.clicked.connect(self.choose_form)
        self.print_button.setVisible({Right.READ_CASES, Right.PRINT} <= office.rights)
        self.filters.addWidget(self.print_button)
        self.import_button = tool_button(IMPORT, IMPORT_HINT, self)
        self.import_button.clicked.connect(self.import_list)
        self.import_button.setVisible({Right.WRITE_CASES, Right.ALL_CASES} <= office.rights)
        self.filters.addWidget(self.import_button)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.model.loaded.connect(lambda: self.print_button.setEnabled(bool(self.model.lines)))
        self.open_button.setChecked(True)
        group.buttonToggled.connect(lambda _button, on: self.read() if on else None)
        self.read()

    def loader(self) -> Callable[[lists.CaseRow | None, int], list[Line]]:
        """Return the question to the store as the page stands now."""
        office, typed, language = self._office, self.narrow.text(), words()
        status = CaseStatus.OPEN if self.open_button.isChecked() else None
        return lambda after, count: [
            _line(row, language) for row in lists.cases(office, typed, status=status, limit=count, after=after)
        ]

    def state(self) -> dict[str, Any]:
        """Return what is typed and chosen to narrow the list."""
        return super().state() | ({"all": True} if self.all_button.isChecked() else {})

    def restore_state(self, state: dict[str, Any]) -> None:
        """Narrow the list again."""
        self.all_button.setChecked(bool(state.get("all")))
        self.open_button.setChecked(not state.get("all"))
        super().restore_state(state)

    @property
    def marked(self) -> list[UUID]:
        """The cases that are marked, in the order of the list."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.lines[row].id for row in rows]

    def choose_form(self) -> None:
        """Ask which form is wanted for several cases; all of the list are counted, also those not read yet."""
        office, typed = self._office, self.narrow.text()
        status = CaseStatus.OPEN if self.open_button.isChecked() else None
        self.print_button.setEnabled(False)  # until they are counted, or a second press would ask twice
        self._tasks.run(
            lambda: lists.case_ids(office, typed, status=status), partial(self._on_counted, self.marked),
            self._on_not_counted,
        )  # fmt: skip

    def _on_not_counted(self, error: Exception) -> None:
        self.print_button.setEnabled(True)
        self._tasks.failed.emit(error)

    def import_list(self) -> None:
        """Bring in a list of cases."""
        from ui.pages.import_dialog import ImportDialog  # noqa: PLC0415  (only who imports waits for it)

        dialog = ImportDialog(self._office, self._tasks, self)
        dialog.changed.connect(self._on_imported)
        dialog.open()

    def _on_imported(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.read()

    def _on_counted(self, marked: list[UUID], listed: list[UUID]) -> None:
        self.print_button.setEnabled(True)
        from ui.pages.batch_page import BatchPage  # noqa: PLC0415  (loads all forms; the list opens without them)

        page = BatchPage(len(marked), len(listed), self)
        page.closed.connect(partial(self._close_batch, page))
        page.asked.connect(lambda form, every: self.print(form, listed if every else marked))
        self.show_layer(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def print(self, form: "Form", case_ids: list[UUID]) -> None:
        """Preview one form for those cases."""
        from ui.pages.form_papers import batch_source  # noqa: PLC0415  (as above)

        office, source = self._office, batch_source(self._office, form, case_ids)
        asked_by = self.layers.currentWidget() or self.print_button
        self.show_paper(self._tasks, source, office_folder=office.folder, asked_by=asked_by)

    def _close_batch(self, page: "BatchPage") -> None:
        self.drop_layer(page)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _toggle(label: str, parent: QWidget) -> QPushButton:
    button = QPushButton(tr(label), parent)
    button.setCheckable(True)
    button.setAutoExclusive(True)  # so that a screen reader says: one of several
    button.setProperty("role", "language")
    return button


def _line(row: lists.CaseRow, language: Words) -> Line:
    first, second = (row.name_km, row.name_latin) if language.language == "km" else (row.name_latin, row.name_km)
    cells = (
        row.number,
        first,
        second if second != first else "",
        language.text(row.stage.label) if row.stage else "",
        language.text(row.status.label) if row.status else "",
        language.date(row.opened_on),
        _due_said(row, language),
    )
    return Line(row.id, cells, row)


def _due_said(row: lists.CaseRow, language: Words) -> str:
    if row.next_due is None:
        return "–"
    return language.date(row.next_due.date()) if row.next_whole_day else language.moment(row.next_due)
