"""The papers of a case: those that it needs now, all there are, and the preview of one of them."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.printing.forms import FORMS, Form
from casemgr.records.base import CaseRecord
from casemgr.services import papers
from casemgr.services.case_files import CaseFile
from casemgr.services.office import Office
from casemgr.services.papers import AS_USUAL, PaperChoice
from ui.editors.choices import StillCombo
from ui.editors.said import record_said
from ui.pages.form_list import FormList
from ui.pages.form_papers import blank_source, case_source
from ui.pages.page import page_column, page_head
from ui.parts.card import Action, make_primary, text_label
from ui.parts.paper_source import Source
from ui.parts.paper_view import add_key
from ui.parts.preview import Preview
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

PRINT, CLOSE = N_("Print…"), N_("Close")
ALL_PAPERS = N_("Papers of case {number}")
FROM_CASE, BLANK = N_("Print from this case…"), N_("Blank form…")
WHICH_RECORD = N_("From which record")
ONE_RECORD = N_("It is filled from: {record}.")
NO_RECORD = N_(
    "Nothing of this kind is written down in the case yet. The child is filled in, the rest is left to write by hand."
)


class Restored(NamedTuple):
    """A paper that was previewed, so that a page built anew can go on with it. record_id, listed: as in print."""

    form_name: str
    record_id: UUID | None
    choice: PaperChoice
    is_blank: bool
    listed: bool


class CasePapers(QObject):
    """Previews the papers of a case, and lists them."""

    def __init__(
        self, office: Office, tasks: Tasks, case: Callable[[], CaseFile | None], show: Callable[[QWidget], None],
        back: Callable[[], None], window: QWidget,
    ) -> None:  # fmt: skip
        """case: the file the page shows, None until it was read.

        show: puts a page in place of the overview; back: brings that back. window: the page of the case.
        """
        super().__init__(window)
        self._office, self._tasks, self._case, self._show, self._back = office, tasks, case, show, back
        self._shown: tuple[Preview, Restored] | None = None  # the preview, and of what it is

    def actions_of(self, record: CaseRecord) -> tuple[Action, ...]:
        """Return the button that prints a record, with a menu where several forms are printed from it."""
        forms = [form for form in FORMS if form.record is type(record) and form.fits(record)]
        if not forms:
            return ()
        if len(forms) == 1:
            return (Action(PRINT, partial(self.print, forms[0], record.id)),)
        offers = tuple((tr(form.title), partial(self.print, form, record.id)) for form in forms)
        return (Action(PRINT, offers[0][1], offers=offers),)

    def print(
        self, form: Form, record_id: UUID | None, choice: PaperChoice = AS_USUAL, *, listed: bool = False
    ) -> None:
        """Preview a form: filled from that record, or from the newest of its class.

        listed: whether closing it leads back to the list of all forms.
        """
        file = self._file()
        source = case_source(self._office, form, file.case.id, file.case.number or "", record_id)
        self._preview(source, form, record_id, choice, listed=listed)

    def print_blank(self, form: Form, choice: PaperChoice = AS_USUAL, *, listed: bool = True) -> None:
        """Preview a form to be filled by hand."""
        self._preview(blank_source(self._office, form), form, None, choice, listed=listed, is_blank=True)

    def show_all(self, marked: str | None = None) -> None:
        """List all forms, with the one of that name marked."""
        page = CaseForms(self._file(), marked)
        page.closed.connect(self._back)
        page.asked.connect(lambda form, record_id: self.print(form, record_id, listed=True))
        page.blank_asked.connect(self.print_blank)
        self._show(page)
        page.forms.line.setFocus()

    def state(self) -> Restored | None:
        """Return what was previewed last, for restore; None where nothing was."""
        if self._shown is None:
            return None
        preview, shown = self._shown
        return shown._replace(choice=preview.choice)

    def restore(self, was: Restored) -> None:
        """Preview that again."""
        form = papers.form_named(was.form_name)
        if was.is_blank:
            self.print_blank(form, was.choice, listed=was.listed)
        else:
            self.print(form, was.record_id, was.choice, listed=was.listed)

    def _preview(
        self, source: Source, form: Form, record_id: UUID | None, choice: PaperChoice, *, listed: bool,
        is_blank: bool = False,
    ) -> None:  # fmt: skip
        page = Preview(self._tasks, source, office_folder=self._office.folder, choice=choice)
        page.closed.connect(partial(self.show_all, form.name) if listed else self._back)
        self._show(page)
        self._shown = (page, Restored(form.name, record_id, choice, is_blank, listed))
        page.view.thumbs.setFocus()

    def _file(self) -> CaseFile:
        file = self._case()
        assert file is not None  # noqa: S101
        return file


class CaseForms(QWidget):
    """All forms, to be printed from a case or blank. Esc closes."""

    closed = Signal()
    asked = Signal(object, object)
    """A form (Form), and the identity of the record it is to be filled from, None for the case as a whole."""
    blank_asked = Signal(object)
    """A form to be filled by hand (Form)."""

    def __init__(self, file: CaseFile, marked: str | None = None, parent: QWidget | None = None) -> None:
        """List them; those that the case needs now say so, and the first of these is marked unless another is named."""
        super().__init__(parent)
        self._file = file
        self._now = papers.papers_now(file)
        close = QPushButton(tr(CLOSE), self)
        close.clicked.connect(self.closed)
        head, _ = page_head(tr(ALL_PAPERS, number=file.case.number or ""), close)
        needed = [offered.form.name for offered in self._now]
        self.forms = FormList(needed, self, marked=marked or next(iter(needed), None))
        self._build_below()
        column = page_column(self)
        column.addLayout(head)
        column.addWidget(self.forms, 1)
        self.forms.chosen.connect(self._on_form)
        self.forms.opened.connect(lambda _: self.ask())
        add_key(self, "Esc", self.closed.emit)
        self._on_form(self.forms.form)

    def ask(self) -> None:
        """Ask for the form that is marked, filled from the record that is chosen."""
        if (form := self.forms.form) is not None:
            self.asked.emit(form, self.records.currentData())

    def _build_below(self) -> None:
        self.said = text_label("", "help")
        self.which = text_label(tr(WHICH_RECORD), "question")
        self.records = StillCombo(self)
        self.records.setAccessibleName(tr(WHICH_RECORD))
        self.print_button, self.blank_button = QPushButton(tr(FROM_CASE), self), QPushButton(tr(BLANK), self)
        make_primary(self.print_button)
        self.print_button.clicked.connect(self.ask)
        self.blank_button.clicked.connect(lambda: self.blank_asked.emit(self.forms.form))
        for widget in (self.said, self.which, self.records):
            self.forms.below.addWidget(widget)
        self.forms.add_buttons(self.print_button, self.blank_button)

    def _on_form(self, form: Form | None) -> None:
        if form is None:
            return
        records = (
            [] if form.record is None else [each for each in reversed(self._file.of(form.record)) if form.fits(each)]
        )
        self.records.clear()
        for record in records:
            self.records.addItem(_told(record, records), record.id)
        if not records:  # the case as a whole, or a record that is not there yet
            self.records.addItem("", None)
        wanted = next((each.record_id for each in self._now if each.form is form and each.record_id), None)
        self.records.setCurrentIndex(max(self.records.findData(wanted), 0) if wanted else 0)
        self.which.setVisible(len(records) > 1)
        self.records.setVisible(len(records) > 1)
        said = ""
        if form.record is not None and not records:
            said = tr(NO_RECORD)
        elif len(records) == 1:
            said = tr(ONE_RECORD, record=record_said(records[0], words()))
        self.said.setText(wrapped(said))
        self.said.setVisible(bool(said))


def _told(record: CaseRecord, records: list[CaseRecord]) -> str:
    """Return what a record is called among those of its kind, the newest of which stands first."""
    said = record_said(record, words())
    same = [each for each in records if record_said(each, words()) == said]
    number = len(same) - same.index(record)
    return said if len(same) == 1 else f"{said} ({words().number(number)})"
