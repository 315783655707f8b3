"""After an office was set up or recovered: the code that opens it when a password is forgotten."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.i18n import N_
from ui.parts.door import DoorPage
from ui.parts.labels import line_label
from ui.parts.recovery_code import RecoveryCode
from ui.words import tr

TITLE = N_("Your recovery code")
GO_ON = N_("Go on")


class RecoveryPage(DoorPage):
    """Shows the code; goes on once it is ticked as written down."""

    done = Signal()

    def __init__(self, code: str, office_name: str | None, parent: QWidget | None = None) -> None:
        """Take the code and the name of the office."""
        super().__init__(parent, with_languages=False)
        self.column.addWidget(line_label(tr(TITLE), "title"))
        self.code = RecoveryCode(code, office_name or "")
        self.button = QPushButton(tr(GO_ON))
        self.button.setProperty("role", "primary")
        self.button.setEnabled(False)
        self.button.clicked.connect(self.done)
        self.code.ticked.connect(self.button.setEnabled)
        self.column.addWidget(self.code)
        self.column.addWidget(self.button)
        self.setFocusProxy(self.code.print_button)
