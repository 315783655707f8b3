"""On Today: what of the office itself wants looking after. Nothing is shown while all is well."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from casemgr.i18n import N_
from ui.pages.care_cards import said_of
from ui.parts.card import Action, action_button, empty, text_label
from ui.upkeep import Upkeep
from ui.words import tr

SETTINGS = N_("To the settings")


class CareNotice(QFrame):
    """The findings that are not good, below each other, and one way to all of them."""

    settings_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        row.addLayout(self.lines, 1)
        self.button = action_button(Action(SETTINGS, self.settings_asked.emit), tr(SETTINGS), self)
        row.addWidget(self.button)
        self._upkeep: Upkeep | None = None
        self.hide()

    def follow(self, upkeep: Upkeep) -> None:
        """Show what is found, now and later."""
        self._upkeep = upkeep
        upkeep.changed.connect(self.show_findings)
        self.show_findings()

    def show_findings(self) -> None:
        """Show what the last look found that wants something done."""
        wanting = [finding for finding in self._upkeep.findings if not finding.ok] if self._upkeep else []
        empty(self.lines)
        for finding in wanting:
            self.lines.addWidget(text_label(said_of(finding), "answer"))
        self.setVisible(bool(wanting))
