"""The worker's own password, and a new recovery code."""

from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.services import accounts
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble
from ui.parts.dialog import CalmDialog
from ui.parts.lines import Lines
from ui.parts.new_password import NewPassword
from ui.parts.recovery_code import RecoveryCode
from ui.tasks import Tasks
from ui.words import tr, words

TITLE = N_("Change my password")
PRESENT = N_("Present password")
SAVE, CANCEL, CLOSE = N_("Save"), N_("Cancel"), N_("Close")
CODE_TITLE = N_("New recovery code")


class PasswordDialog(CalmDialog):
    """Asks for the present password and a new one."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget) -> None:
        """Ask."""
        super().__init__(tr(TITLE), parent)
        self._office, self._tasks = office, tasks
        self.lines, self.new = Lines(self), NewPassword(self)
        self.lines.add("password", PRESENT, secret=True)
        self.lines.go_on_to(self.new.lines.edits["password"])
        self.column.addWidget(self.lines)
        self.column.addWidget(self.new)
        cancel, self.save_button = QPushButton(tr(CANCEL), self), QPushButton(tr(SAVE), self)
        self.save_button.setProperty("role", "primary")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.add_exits(self.save_button, cancel)
        self.lines.edits["password"].setFocus()

    def save(self) -> None:
        """Change it, and close when that was possible."""
        if not self.save_button.isEnabled() or (new := self.new.password()) is None:
            return
        office, present = self._office, self.lines.typed("password")
        self.save_button.setEnabled(False)
        self._tasks.run(
            lambda: accounts.change_password(office, present, new), lambda _: self.accept(), self._on_refused
        )  # fmt: skip

    def _on_refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
        elif "new_password" in error.fields:
            self.new.mark(("password",), error.say(words()))
        else:
            self.lines.mark(("password",), error.say(words()))


class CodeDialog(CalmDialog):
    """Shows a new recovery code; closes once it is ticked as written down."""

    def __init__(self, code: str, office_name: str, parent: QWidget) -> None:
        """Take the code and what the office is called."""
        super().__init__(tr(CODE_TITLE), parent)
        self.code = RecoveryCode(code, office_name, self)
        self.close_button = QPushButton(tr(CLOSE), self)
        self.close_button.setProperty("role", "primary")
        self.close_button.setEnabled(False)
        self.close_button.clicked.connect(self.accept)
        self.code.ticked.connect(self.close_button.setEnabled)
        self.column.addWidget(self.code)
        self.add_exits(self.close_button)

    def reject(self) -> None:
        """Stay open until the code is written down; Esc would lose it."""
        if self.close_button.isEnabled():
            super().reject()
