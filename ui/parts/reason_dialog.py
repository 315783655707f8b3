"""Asks for a reason, and goes on with it."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import CalmDialog
from ui.words import tr

CANCEL = N_("Cancel")


class ReasonDialog(CalmDialog):
    """Cannot be agreed to before something is written."""

    given = Signal(str)
    """The reason, without spaces around it."""

    def __init__(
        self, title: str, texts: Iterable[str], question: str, go_on: str, parent: QWidget, *, cancel: str = CANCEL
    ) -> None:  # fmt: skip
        """Take title and texts as they are shown; question, go_on and cancel are messages of the catalogue."""
        super().__init__(title, parent)
        for text in texts:
            self.column.addWidget(text_label(text, "answer"))
        asked = text_label(tr(question), "question")
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr(question))
        self.line.textChanged.connect(self._on_text)
        asked.setBuddy(self.line)
        question_above = QVBoxLayout()
        question_above.setSpacing(4)
        question_above.addWidget(asked)
        question_above.addWidget(self.line)
        self.column.addLayout(question_above)
        self.go_on, self.back = QPushButton(tr(go_on), self), QPushButton(tr(cancel), self)
        make_primary(self.go_on)
        self.go_on.setEnabled(False)
        self.go_on.clicked.connect(self.accept)
        self.back.clicked.connect(self.reject)
        self.add_exits(self.go_on, self.back)
        self.accepted.connect(lambda: self.given.emit(self.line.text().strip()))
        self.line.setFocus()

    def _on_text(self) -> None:
        self.go_on.setEnabled(bool(self.line.text().strip()))
