"""Saving all cases as a list that an import reads again: named, so for a reason; locked where that is wanted."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from casemgr import clock
from casemgr.i18n import N_
from casemgr.pace import Cancelled, Progress
from casemgr.services.import_files import NO_REASON, children_left_out, export_cases, left_out_said
from casemgr.services.list_files import ListKind
from casemgr.services.office import Office
from casemgr.services.sending_case import Sent
from casemgr.trouble import Refusal
from ui.editors.typed_beside import keep_line
from ui.pages.send_dialog import SendDialog
from ui.parts.card import text_label
from ui.parts.lines import Lines
from ui.parts.new_password import NewPassword
from ui.parts.toggle import Toggle
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE = N_("Save all cases as a list")
LEAVES = N_(
    "The list has the names of all children, with offences and dates. Whoever gets the file can read it: keep it safe, "
    "and delete it when it is no longer needed."
)
ROWS = N_("One case in each row. Records that are said to be one child keep their own codes, and each its own rows.")
FORM = N_("Kind of file")
FORMS = {ListKind.WORKBOOK: N_("Excel workbook"), ListKind.CSV: N_("CSV file")}
FILES = {ListKind.WORKBOOK: N_("Excel workbooks"), ListKind.CSV: N_("CSV files")}
LOCK = N_("Lock it with a passphrase; a locked list is not read by an import")
PASSPHRASE, AGAIN = N_("Passphrase for the file"), N_("The same passphrase again")
REASON = N_("Why is the list with names needed? The reason is kept in the history.")
WRITTEN = N_("The list was saved as {file}: {rows}.")


class TakeOutDialog(SendDialog):
    """Asks what kind of file it is to be, whether it is locked, and why."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget) -> None:
        """Ask how many children are in no case, and so not in the list."""
        super().__init__(tr(TITLE), tasks, parent)
        self._office = office
        self.left_out = text_label("", "answer")
        self.left_out.hide()
        self.form = Toggle(FORM, {kind.value: label for kind, label in FORMS.items()}, self.questions)
        self.form.chosen.connect(lambda _key: self._show_asked())
        self.lock = QCheckBox(tr(LOCK), self.questions)
        self.lock.toggled.connect(lambda _on: self._show_asked())
        self.passphrase = NewPassword(self.questions, label=PASSPHRASE, again=AGAIN)
        self.reason = Lines(self.questions)
        self.reason.add("reason", REASON)
        keep_line(self, self.reason.edits["reason"], office, tasks, "take-out", None)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(text_label(tr(FORM), "question"), 1)
        row.addWidget(self.form, 2)
        self.rows = text_label(tr(ROWS), "help")
        self.asked.addWidget(text_label(tr(LEAVES), "notice"))
        self.asked.addWidget(self.rows)
        self.asked.addWidget(self.left_out)
        self.asked.addLayout(row)
        for widget in (self.lock, self.passphrase, self.reason):
            self.asked.addWidget(widget)
        self._show_asked()
        tasks.run(partial(children_left_out, office), self._on_counted, self.on_refused)

    @property
    def file_name(self) -> str:
        """The name to propose for the file."""
        return f"cases-{clock.today().isoformat()}.{self.form.value}"

    @property
    def kind(self) -> str:
        """What kind of file it is."""
        return tr(FILES[ListKind(self.form.value)])

    def is_answered(self) -> bool:
        """Return whether there is a reason, and a passphrase where one is wanted."""
        if self._is_locked and self.passphrase.password() is None:
            return False
        if self.reason.typed("reason").strip():
            return True
        self.reason.mark(("reason",), tr(NO_REASON))
        return False

    def writing(self, path: Path) -> Callable[[Progress, Cancelled], Sent]:
        """Return what writes the file."""
        office, reason = self._office, self.reason.typed("reason")
        passphrase = self.passphrase.password() if self._is_locked else None
        return lambda told, stopped: Sent(
            export_cases(office, path, reason=reason, passphrase=passphrase, progress=told, cancelled=stopped), ()
        )

    def said_of(self, path: Path, sent: Sent) -> str:
        """Return what is said of a file that was written."""
        rows = words().plural("{n} case", "{n} cases", sent.written)
        return tr(WRITTEN, file=path.name, rows=rows)

    def on_refused(self, error: Exception) -> None:
        """Say why nothing was written, beside the line that it is about."""
        super().on_refused(error)
        if isinstance(error, Refusal) and "passphrase" in error.fields:
            self.message.hide()
            self.passphrase.mark(("password",), error.say(words()))

    @property
    def _is_locked(self) -> bool:
        return self.lock.isChecked() and self._may_lock

    @property
    def _may_lock(self) -> bool:
        return ListKind(self.form.value) is ListKind.WORKBOOK

    def _show_asked(self) -> None:
        self.lock.setEnabled(self._may_lock)
        self.rows.setVisible(not self._is_locked)  # a screen of 700 lines has no room for both
        self.passphrase.setVisible(self._is_locked)

    def _on_counted(self, count: int) -> None:
        self.left_out.setText(wrapped(left_out_said(count, words())))
        self.left_out.setVisible(bool(count))
