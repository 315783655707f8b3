"""What is shown while an office is being opened that asks for no password."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts.labels import line_label
from ui.parts.work_bar import WorkBar

WIDTH = 460


class WaitingPage(QWidget):
    """One quiet line in the middle; below it how far the work is, once it takes a while, and what stops it."""

    def __init__(self, message: str, parent: QWidget | None = None) -> None:
        """Take the line, already in the screen's language."""
        super().__init__(parent)
        self.work = WorkBar(self)
        self.work.setMinimumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch()
        column.addWidget(line_label(message, "section", centred=True))
        column.addWidget(self.work, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
