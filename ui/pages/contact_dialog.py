"""Giving somebody a part in a case: found in the directory, or written down anew."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QRadioButton, QWidget

from casemgr.i18n import N_, Words
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.contact import Contact
from casemgr.records.fields import field_of
from casemgr.services import directory
from casemgr.services.changes import Changes
from casemgr.services.directory import ContactRow
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble
from ui.editors.kinds import plain_editor
from ui.editors.question_grid import Question
from ui.editors.record_editor import RecordEditor
from ui.editors.record_page import NOT_UNDERSTOOD
from ui.editors.typed_beside import TypedBeside
from ui.parts.card import text_label
from ui.parts.dialog import CalmDialog
from ui.parts.finder import MOST, Finder, Hit
from ui.parts.unsaved import ask_to_drop
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

TITLE = N_("Add a contact to the case")
KNOWN, NEW = N_("From the directory"), N_("New contact")
FIND = N_("Find a contact by name, organisation, function or telephone")
NOTHING = N_("Nobody in the directory fits. Choose “New contact” to write somebody down.")
ADD, CANCEL = N_("Add to the case"), N_("Cancel")
ALREADY = N_("This contact already has a part in the case.")
NOBODY = N_("Nobody is chosen yet.")
NEW_FIELDS = ("name_km", "name_latin", "role", "organisation", "phone")


class ContactDialog(CalmDialog):
    """Asks who, and which part in the case; changes holds what the save changed."""

    def __init__(
        self, office: Office, tasks: Tasks, case_id: UUID, present: Collection[UUID], parent: QWidget
    ) -> None:  # fmt: skip
        """present: the contacts that have a part in the case already."""
        super().__init__(tr(TITLE), parent)
        self._office, self._tasks, self._present = office, tasks, present
        self._case_id = case_id
        self.changes: Changes | None = None
        language = words()
        self.finder = Finder(
            tasks, lambda typed: find_contacts(office, typed, language), FIND, NOTHING, self, at_once=True
        )  # fmt: skip
        self.role = Question(field_of(CaseContact, "role"), language, plain_editor, self)
        self.new = RecordEditor(Contact, only=NEW_FIELDS)
        self.new.set_record(Contact())
        self.already, self.message = text_label(tr(ALREADY), "doubt"), text_label("", "problem")
        self.column.addLayout(self._choice())
        for widget in (self.finder, self.role, self.already, self.new, self.message):
            self.column.addWidget(widget)
        self.column.addStretch()
        self.message.hide()
        cancel, self.save_button = QPushButton(tr(CANCEL), self), QPushButton(tr(ADD), self)
        self.save_button.setProperty("role", "primary")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.add_exits(self.save_button, cancel)
        self.finder.chosen.connect(self._on_chosen)
        self.new.changed.connect(self.message.hide)
        self.show_new(is_new=False)
        TypedBeside(self, office, tasks, f"contact/{case_id}", case_id, self._typed, self._type_again)

    def _typed(self) -> dict[str, Any]:
        return self.new.plain() if self.new_button.isChecked() else {}

    def _type_again(self, plain: dict[str, Any]) -> None:
        self.new.restore(plain)
        self.show_new(is_new=True)

    def show_new(self, *, is_new: bool) -> None:
        """Ask for a contact that is not in the directory yet, or let one be chosen from it."""
        (self.new_button if is_new else self.known_button).setChecked(True)
        for widget in (self.finder, self.role):
            widget.setVisible(not is_new)
        self.new.setVisible(is_new)
        self.message.hide()
        self._on_chosen(self.finder.hit)
        if is_new:
            self.new.focus_first()
        else:
            self.finder.line.setFocus()

    def reject(self) -> None:
        """Close without saving; ask first where somebody new was written down."""
        if self.new_button.isChecked() and self.new.is_changed:
            ask_to_drop(self, super().reject)
        else:
            super().reject()

    def save(self) -> None:
        """Give the contact its part, and close when that was possible."""
        if not self.save_button.isEnabled() or (self.known_button.isChecked() and self.finder.is_looking):
            return
        part, new = CaseContact(case_id=self._case_id, role=self.role.editor.value()), None
        if self.new_button.isChecked():
            if not self.new.check():
                self._say(tr(NOT_UNDERSTOOD))
                return
            new = self.new.record()
            part.role = new.role
        elif self.finder.hit is None:
            self._say(tr(NOBODY))
            self.finder.line.setFocus()
            return
        else:
            part.contact_id = self.finder.hit.id
        office = self._office
        self.save_button.setEnabled(False)
        self._tasks.run(lambda: directory.add_to_case(office, part, new), self._on_saved, self._on_refused)

    def _choice(self) -> QHBoxLayout:
        group, row = QButtonGroup(self), QHBoxLayout()
        row.setSpacing(24)
        self.known_button, self.new_button = QRadioButton(tr(KNOWN), self), QRadioButton(tr(NEW), self)
        for button in (self.known_button, self.new_button):
            group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        group.buttonClicked.connect(lambda button: self.show_new(is_new=button is self.new_button))
        return row

    def _on_chosen(self, hit: Hit | None) -> None:
        """Propose the function of who is chosen as the part in the case."""
        self.message.hide()
        self.role.setEnabled(hit is not None)
        self.role.editor.set_value(None if hit is None else hit.row.role)
        is_known = hit is not None and hit.id in self._present
        self.already.setVisible(is_known and self.known_button.isChecked())

    def _on_saved(self, changes: Changes) -> None:
        self.changes = changes
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        self.new.mark(error.fields, error.message, **error.slots)
        self._say(error.say(words()))

    def _say(self, text: str) -> None:
        self.message.setText(wrapped(text))
        self.message.show()


def find_contacts(office: Office, typed: str, language: Words) -> list[Hit]:
    """Return those of the directory who are still in their function and fit what is typed."""
    return [_hit(row, language) for row in directory.contacts(office, typed, limit=MOST, active_only=True)]


def _hit(row: ContactRow, language: Words) -> Hit:
    name, other = (row.name_km, row.name_latin) if language.language == "km" else (row.name_latin, row.name_km)
    role = language.text(row.role.label) if row.role else ""
    about = (role, row.organisation, row.phone, other if other != name else "")
    return Hit(row.id, name, " · ".join(filter(None, about)), row)
