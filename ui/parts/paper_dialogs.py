"""What is asked before a paper leaves: name or code, and the password of a locked file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.services import papers
from casemgr.trouble import Refusal
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import CalmDialog
from ui.parts.new_password import NewPassword
from ui.words import tr, words

NAME_TITLE = N_("The child's name leaves the office")
WITH_NAME, USE_CODE, CANCEL = N_("Go on with the name"), N_("Use the code"), N_("Cancel")
LOCK_TITLE = N_("Save the paper locked with a password")
LOCK_SAID = N_(
    "Whoever opens the file is asked for the password. Nobody can open it without, this office included. Tell it only "
    "those who must read the paper, and never together with the file."
)
PASSWORD = N_("Password for the file")
GO_ON = N_("Choose where…")


class NameDialog(CalmDialog):
    """Says that a paper with a name leaves, and asks whether the code would do."""

    kept = Signal()
    """It leaves with the name."""
    coded = Signal()
    """The code is to stand in its place."""

    def __init__(self, warning: str, parent: QWidget, *, can_code: bool) -> None:
        """warning: a message. can_code: whether the paper may bear the code in place of the name."""
        super().__init__(tr(NAME_TITLE), parent)
        self.column.addWidget(text_label(tr(warning), "answer"))
        self.name_button, self.code_button, self.cancel_button = (
            QPushButton(tr(label), self) for label in (WITH_NAME, USE_CODE, CANCEL)
        )
        self.name_button.clicked.connect(self._keep)
        self.code_button.clicked.connect(self._code)
        self.cancel_button.clicked.connect(self.reject)
        self.column.addStretch()
        if can_code:
            make_primary(self.code_button)
            self.add_exits(self.code_button, self.cancel_button, self.name_button)
            self.code_button.setFocus()
        else:
            self.code_button.hide()
            self.add_exits(self.cancel_button, self.name_button)
            self.cancel_button.setFocus()

    def _keep(self) -> None:
        self.accept()
        self.kept.emit()

    def _code(self) -> None:
        self.accept()
        self.coded.emit()


class LockDialog(CalmDialog):
    """Asks twice for the password of a file."""

    chosen = Signal(str)
    """The password, which will do."""

    def __init__(self, parent: QWidget) -> None:
        """Ask for it."""
        super().__init__(tr(LOCK_TITLE), parent)
        self.column.addWidget(text_label(tr(LOCK_SAID), "help"))
        self.password = NewPassword(self, label=PASSWORD)
        self.column.addWidget(self.password)
        self.column.addStretch()
        self.go_button, self.cancel_button = QPushButton(tr(GO_ON), self), QPushButton(tr(CANCEL), self)
        make_primary(self.go_button)
        self.go_button.clicked.connect(self.go_on)
        self.cancel_button.clicked.connect(self.reject)
        self.add_exits(self.go_button, self.cancel_button)

    def go_on(self) -> None:
        """Take the password where it will do."""
        typed = self.password.password()
        if typed is None:
            return
        try:
            papers.check_password(typed)
        except Refusal as refusal:
            self.password.mark(("password",), refusal.say(words()))
            return
        self.accept()
        self.chosen.emit(typed)
