"""The one line below a record's questions that asks why an answer is changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from casemgr.i18n import N_
from ui.parts.card import text_label
from ui.words import tr

REASON = N_("Reason for the change (kept in the history)")
WIDEST = 920


class ReasonLine(QWidget):
    """May stay empty."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.setMaximumWidth(WIDEST)
        label = text_label(tr(REASON), "question")
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr(REASON))
        self.line.textChanged.connect(self.changed)
        label.setBuddy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(label, 2)
        row.addWidget(self.line, 3)

    def text(self) -> str:
        """Return the reason, without spaces around it; empty where none is given."""
        return self.line.text().strip()
