"""The first time with a password that somebody else gave: a new one is chosen before anything is shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from casemgr.i18n import N_
from ui.parts.door import DoorPage
from ui.parts.labels import line_label
from ui.parts.new_password import NewPassword
from ui.words import tr

TITLE = N_("Choose a password of your own")
SAID = N_(
    "{name}, somebody else knows the password you were given. Choose one that nobody else knows; from now on it alone "
    "opens your account."
)
GO_ON, WAIT, BACK = N_("Go on"), N_("Opening…"), N_("Back")


class FirstPasswordPage(DoorPage):
    """Asks for a new password; the one that was given is known from the door."""

    chosen = Signal(str)
    left = Signal()
    """The office is to be closed again."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Take what the staff member is called."""
        super().__init__(parent, with_languages=False)
        self.column.addWidget(line_label(tr(TITLE), "title"))
        self.column.addWidget(line_label(tr(SAID, name=name), "help"))
        self.new = NewPassword(self)
        self.column.addWidget(self.new)
        self.button, self.back = QPushButton(tr(GO_ON), self), QPushButton(tr(BACK), self)
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.choose)
        self.back.clicked.connect(self.left)
        self.new.lines.entered.connect(self.choose)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.button, 1)
        self.column.addLayout(row)
        self.setFocusProxy(self.new.lines.edits["password"])

    def choose(self) -> None:
        """Ask for the change where the two lines are the same and will do."""
        if self.button.isEnabled() and (password := self.new.password()) is not None:
            self.set_busy(busy=True)
            self.chosen.emit(password)

    def refuse(self, message: str, fields: tuple[str, ...] = ()) -> None:  # noqa: ARG002  (only one line can be wrong)
        """Say why the password will not do; message is already in the screen's language."""
        self.set_busy(busy=False)
        self.new.mark(("password",), message)

    def set_busy(self, *, busy: bool) -> None:
        """Show that the password is being changed."""
        self.button.setEnabled(not busy)
        self.back.setEnabled(not busy)  # the password may be changed already
        self.button.setText(tr(WAIT if busy else GO_ON))
