"""What can be done with the records of a case beyond editing: printing, submitting, correcting, beginning anew."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.fields import fields_of
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import reports
from casemgr.services.case_files import CaseFile, missing
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble
from ui.editors.choices import StillCombo
from ui.editors.simple import GrowingText
from ui.editors.typed_beside import TypedBeside
from ui.parts.card import Action, make_primary, text_label
from ui.parts.unsaved import ask_to_drop
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

SUBMIT, ADDENDUM, AGAIN = N_("Submit…"), N_("Addendum…"), N_("New draft from this")
ASK_SUBMIT = N_("Submit this report? It is then frozen as it was handed in; later corrections are written as addenda.")
ASK_MISSING = N_("Required answers missing: {count}. They are printed as dotted lines.")
SECTION, WHAT = N_("Which section is it about?"), N_("What the addendum says")
WHOLE = N_("The whole report")
SAVE, CANCEL = N_("Save"), N_("Cancel")


def is_frozen(record: object) -> bool:
    """Return whether a record was submitted and stays as it is."""
    return isinstance(record, SocialInquiry) and record.status is not ReportStatus.DRAFT


class ReportActions(QObject):
    """The social inquiry report's own actions. do is given the work for the store's thread, told what was changed."""

    def __init__(
        self,
        office: Office,
        tasks: Tasks,
        do: Callable[[Callable[[], Changes]], None],
        told: Callable[[Changes], None],
        begin: Callable[[UUID | None], None],
        window: QWidget,
    ) -> None:
        """Begin starts a new draft, from the report with that identity where one is given."""
        super().__init__(window)
        self._office, self._tasks, self._do, self._told = office, tasks, do, told
        self._begin, self._window = begin, window

    def actions_of(self, record: Record) -> tuple[Action, ...]:
        """Return what can be done with this record; nothing where it is no report."""
        if not isinstance(record, SocialInquiry):
            return ()
        again = Action(AGAIN, partial(self._begin, record.id), seldom=True)
        if is_frozen(record):
            return (Action(ADDENDUM, partial(self.write_addendum, record)), again)
        return (Action(SUBMIT, partial(self.ask_to_submit, record)), again)

    def ask_to_submit(self, report: SocialInquiry) -> None:
        """Say what submitting means, and submit when the worker agrees."""
        box = QMessageBox(self._window)
        box.setWindowTitle(tr(SocialInquiry.title))
        box.setText(wrapped(tr(ASK_SUBMIT)))
        if count := len(missing(report)):
            box.setInformativeText(wrapped(tr(ASK_MISSING, count=words().number(count))))
        yes = box.addButton(tr(SUBMIT).rstrip("…"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(tr(CANCEL), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        office = self._office
        yes.clicked.connect(lambda: self._do(lambda: reports.submit_report(office, report.id)))
        box.open()

    def write_addendum(self, report: SocialInquiry) -> None:
        """Ask what the addendum says, and add it."""
        office = self._office
        dialog = AddendumDialog(self._tasks, partial(reports.add_addendum, office, report.id), self._window)
        TypedBeside(
            dialog, office, self._tasks, f"addendum/{report.id}", report.case_id, dialog.plain, dialog.restore
        )  # fmt: skip
        dialog.saved.connect(self._told)
        dialog.open()

    @staticmethod
    def addenda_said(report: SocialInquiry, file: CaseFile) -> str:
        """Return the addenda of a report, one below the other; empty where there are none."""
        lines = []
        for addendum in file.addenda:
            if addendum.report_id == report.id:
                when = words().moment(addendum.written_at) if addendum.written_at else ""
                about = words().figures(addendum.section) + ". " if addendum.section else ""
                lines.append(f"{when} · {about}{addendum.text}")
        return "\n".join(lines)


class AddendumDialog(QDialog):
    """Asks for a correction of a submitted report, and saves it; what cannot be saved stays in it."""

    saved = Signal(object)
    """What was changed (Changes)."""

    def __init__(self, tasks: Tasks, save: Callable[[str | None, str], Changes], parent: QWidget) -> None:
        """Begin with the whole report and no text. save: for the store's thread, is given section and text."""
        super().__init__(parent)
        self._tasks, self._save = tasks, save
        self.setWindowTitle(tr(ADDENDUM).rstrip("…"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 320)
        self.sections = StillCombo(self)
        self.sections.addItem(tr(WHOLE), None)
        groups = dict.fromkeys(info.group for info in fields_of(SocialInquiry) if info.group)
        for group in groups:
            self.sections.addItem(f"{words().figures(group.number or '')}. {tr(group.label)}", group.number)
        self.body = GrowingText(self)
        self.body.lowest = 5
        self.body.textChanged.connect(self._on_text)
        self.buttons = QDialogButtonBox(self)
        self.ok = self.buttons.addButton(tr(SAVE), QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(self.ok)
        self.ok.setEnabled(False)
        self.buttons.addButton(tr(CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.save)
        self.message = text_label("", "problem")
        self.message.hide()
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        for label, widget in ((SECTION, self.sections), (WHAT, self.body)):
            heading = text_label(tr(label), "question")
            heading.setBuddy(widget)
            widget.setAccessibleName(tr(label))
            column.addWidget(heading)
            column.addWidget(widget)
        column.addWidget(self.message)
        column.addStretch()
        column.addWidget(self.buttons)

    def save(self) -> None:
        """Add it, and close once it is added."""
        section, text, save = self.section(), self.text(), self._save
        self.buttons.setEnabled(False)
        self._tasks.run(lambda: save(section, text), self._on_saved, self._on_refused)

    def _on_saved(self, changes: Changes) -> None:
        self.accept()
        self.saved.emit(changes)

    def _on_refused(self, error: Exception) -> None:
        self.buttons.setEnabled(True)
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        self.message.setText(wrapped(error.say(words())))
        self.message.show()

    def reject(self) -> None:
        """Close without saving; ask first where something was written, and stay while it is saved."""
        if not self.buttons.isEnabled():
            return
        if self.text().strip():
            ask_to_drop(self, super().reject)
        else:
            super().reject()

    def section(self) -> str | None:
        """Return the number of the section, None for the whole report."""
        number = self.sections.currentData()
        return None if number is None else str(number)

    def text(self) -> str:
        """Return what was written."""
        return self.body.toPlainText()

    def plain(self) -> dict[str, Any]:
        """Return what was written and for which section; empty where nothing was."""
        return {"section": self.section(), "text": self.text()} if self.text().strip() else {}

    def restore(self, plain: dict[str, Any]) -> None:
        """Write again what plain returned."""
        self.sections.setCurrentIndex(max(self.sections.findData(plain.get("section")), 0))
        self.body.setPlainText(plain.get("text", ""))

    def _on_text(self) -> None:
        self.ok.setEnabled(bool(self.text().strip()))
