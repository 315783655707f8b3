"""Linking another child of the office to a case; the other child's file stays closed."""

from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_, Words
from casemgr.records.beside.link import Link
from casemgr.records.fields import field_of
from casemgr.services import case_files, casework, finding
from casemgr.services.case_files import LinkedChild
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble
from ui.editors.choices import StillCombo
from ui.editors.kinds import plain_editor
from ui.editors.question_grid import Question
from ui.editors.said import NOTHING as NO_CASE
from ui.parts.card import text_label
from ui.parts.dialog import CalmDialog
from ui.parts.finder import MOST, Finder, Hit
from ui.parts.search_box import called, why_found
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE = N_("Link another child to the case")
SAID = N_("The case shows the other child by its code and case numbers. Its file is not opened by this.")
FIND = N_("Find the child by any part of a name, or by the code")
NOTHING = N_("Nothing was found. Part of a name is enough, in either script.")
CASE = N_("Case of the other child")
NOBODY = N_("No child is chosen yet.")
CHILD_SAID = N_("Child {code}")
ADD, CANCEL = N_("Link the child"), N_("Cancel")


class LinkDialog(CalmDialog):
    """Asks which child, what it is to this one, and perhaps in which of its cases; changes holds what was changed."""

    def __init__(self, office: Office, tasks: Tasks, case_id: UUID, child_id: UUID, parent: QWidget) -> None:
        """child_id: of the case, which is not offered."""
        super().__init__(tr(TITLE), parent)
        self._office, self._tasks = office, tasks
        self._case_id = case_id
        self.changes: Changes | None = None
        language = words()
        self.finder = Finder(
            tasks, lambda typed: _find_children(office, typed, child_id, language), FIND, NOTHING, self
        )  # fmt: skip
        self.relation = Question(field_of(Link, "relation"), language, plain_editor, self)
        self.cases = StillCombo(self)
        self.cases.setAccessibleName(tr(CASE))
        self.cases_label, self.message = text_label(tr(CASE), "question"), text_label("", "problem")
        self.cases_label.setBuddy(self.cases)
        for widget in (text_label(tr(SAID), "help"), self.finder):
            self.column.addWidget(widget)
        self.column.addLayout(self._details())
        self.column.addWidget(self.message)
        self.column.addStretch()
        self.message.hide()
        cancel, self.save_button = QPushButton(tr(CANCEL), self), QPushButton(tr(ADD), self)
        self.save_button.setProperty("role", "primary")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.add_exits(self.save_button, cancel)
        self.finder.chosen.connect(self._on_chosen)
        self._on_chosen(None)
        self.finder.line.setFocus()

    def _details(self) -> QHBoxLayout:
        cases, row = QVBoxLayout(), QHBoxLayout()
        cases.setSpacing(4)
        cases.addWidget(self.cases_label)
        cases.addWidget(self.cases)
        cases.addStretch()
        row.setSpacing(24)
        row.addWidget(self.relation, 1)
        row.addLayout(cases, 1)
        return row

    def save(self) -> None:
        """Link the child, and close when that was possible."""
        if not self.save_button.isEnabled() or self.finder.is_looking:
            return
        if self.finder.hit is None:
            self._say(tr(NOBODY))
            self.finder.line.setFocus()
            return
        office = self._office
        link = Link(
            case_id=self._case_id, other_child_id=self.finder.hit.id, other_case_id=self.cases.currentData(),
            relation=self.relation.editor.value(),
        )  # fmt: skip
        self.save_button.setEnabled(False)
        self._tasks.run(lambda: casework.save_record(office, link), self._on_saved, self._on_refused)

    def _on_chosen(self, hit: Hit | None) -> None:
        self.message.hide()
        self.relation.setEnabled(hit is not None)
        self._show_cases(None)
        if hit is not None:
            office, child_id = self._office, hit.id
            self._tasks.run(lambda: case_files.linked_child(office, child_id), self._show_cases)

    def _show_cases(self, child: LinkedChild | None) -> None:
        """Offer the cases of the child that is chosen; what was asked for an earlier choice comes too late."""
        if child is not None and (self.finder.hit is None or self.finder.hit.id != child.child_id):
            return
        self.cases.clear()
        self.cases.addItem(NO_CASE, None)
        for case_id, number in zip(child.case_ids, child.case_numbers, strict=True) if child else ():
            self.cases.addItem(number, case_id)
        self.cases.setEnabled(self.cases.count() > 1)

    def _on_saved(self, changes: Changes) -> None:
        self.changes = changes
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, Refusal | Trouble):
            self._say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _say(self, text: str) -> None:
        self.message.setText(wrapped(text))
        self.message.show()


def _find_children(office: Office, typed: str, without: UUID, language: Words) -> list[Hit]:
    hits = []
    for found in finding.find_children(office, typed, limit=MOST + 1):
        about = (language.text(CHILD_SAID, code=found.code), why_found(found, language))
        hits.append(Hit(found.id, called(found, language), " · ".join(about), found))
    return [hit for hit in hits if hit.id != without][:MOST]
