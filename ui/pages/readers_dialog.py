"""Naming those who may read a complaint that is already written down."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.records.beside.complaint import Complaint
from casemgr.services import readers
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.services.readers import StaffName
from casemgr.trouble import Refusal, Trouble
from ui.editors.readers import QUESTION, ReadersBox
from ui.parts.card import text_label
from ui.parts.dialog import CalmDialog
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

SAVE, CANCEL = N_("Save"), N_("Cancel")


class ReadersDialog(CalmDialog):
    """Asks who may read it; changes holds what the save changed."""

    def __init__(
        self, office: Office, tasks: Tasks, complaint: Complaint, staff: Sequence[StaffName], parent: QWidget
    ) -> None:
        """Tick those who may read it now."""
        super().__init__(tr(QUESTION), parent, heading=tr(Complaint.title))
        self._office, self._tasks, self._complaint = office, tasks, complaint
        self.changes: Changes | None = None
        self.box = ReadersBox(staff, office.staff.id, complaint.readers, self)
        self.message = text_label("", "problem")
        self.message.hide()
        self.column.addWidget(self.box)
        self.column.addWidget(self.message)
        cancel, self.save_button = QPushButton(tr(CANCEL), self), QPushButton(tr(SAVE), self)
        self.save_button.setProperty("role", "primary")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.add_exits(self.save_button, cancel)

    def save(self) -> None:
        """Save, and close when that was possible; where nothing was changed, only close."""
        if not self.save_button.isEnabled():
            return
        if not self.box.is_changed:
            self.reject()
            return
        office, complaint, chosen = self._office, self._complaint, self.box.readers
        self.save_button.setEnabled(False)
        self._tasks.run(
            lambda: readers.set_readers(office, complaint.id, chosen, complaint.version), self._on_saved,
            self._on_refused,
        )  # fmt: skip

    def _on_saved(self, changes: Changes) -> None:
        self.changes = changes
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, Refusal | Trouble):
            self.message.setText(wrapped(error.say(words())))
            self.message.show()
        else:
            self._tasks.failed.emit(error)
