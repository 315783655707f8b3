"""The button that opens the guide, wherever it stands. Imports nothing heavy."""

from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.i18n import N_
from ui.words import tr

HELP, KEYS = N_("Help"), "F1"


class HelpButton(QPushButton):
    """Asks the window it stands in for help."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say what it is, and its key."""
        super().__init__(tr(HELP), parent)
        self.setAccessibleName(tr(HELP))
        self.setAccessibleDescription(KEYS)
        self.setToolTip(KEYS)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        asked = getattr(self.window(), "help_asked", None)
        if asked is not None:  # a page that is shown without the program's window has nobody to ask
            asked.emit()
