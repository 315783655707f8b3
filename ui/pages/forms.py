"""The blank forms: all printed forms of the program, to be filled by hand, without any case."""

from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.printing.forms import Form
from casemgr.services.office import Office
from casemgr.services.papers import AS_USUAL, PaperChoice, form_named
from ui.pages.form_list import FormList
from ui.pages.form_papers import blank_source
from ui.pages.page import page_column, page_head
from ui.pages.paper_page import PaperPage
from ui.parts.card import make_primary, text_label
from ui.tasks import Tasks
from ui.words import tr

TITLE = N_("Blank forms")
SAID = N_("To write on by hand. A form filled from a case is printed on the page of that case, under “All papers…”.")
PREVIEW = N_("Print the blank form…")


class FormsPage(PaperPage):
    """The list of forms, and in its place the preview of one."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """List them all."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self._form: Form | None = None  # the one that is previewed
        head, _ = page_head(tr(TITLE))
        self.forms = FormList(parent=self.overview)
        self.print_button = QPushButton(tr(PREVIEW), self.overview)
        make_primary(self.print_button)
        self.print_button.clicked.connect(self.print)
        self.forms.add_buttons(self.print_button)
        self.forms.opened.connect(self.print)
        column = page_column(self.overview)
        column.addLayout(head)
        column.addWidget(text_label(tr(SAID), "help"))
        column.addWidget(self.forms, 1)
        self.lead_keyboard_to(self.forms.line)

    def print(self, _: object = None, choice: PaperChoice = AS_USUAL) -> None:
        """Preview the form that is marked."""
        if (form := self.forms.form) is not None:
            self._form = form
            source = blank_source(self._office, form)
            self.show_paper(
                self._tasks, source, office_folder=self._office.folder, asked_by=self.forms.line, choice=choice
            )  # fmt: skip

    def state(self) -> dict[str, Any]:
        """Return what is searched for, marked and previewed."""
        form = self.forms.form
        known: dict[str, Any] = {"search": self.forms.line.text(), "form": form.name if form else None}
        return known | ({"choice": self.preview.choice} if self.preview is not None else {})

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned."""
        self.forms.line.setText(state.get("search", ""))
        if (name := state.get("form")) is not None:
            self.forms.show_form(form_named(name).name)
        if "choice" in state:
            self.print(choice=state["choice"])
