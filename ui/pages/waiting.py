"""What is shown while an office is being opened that asks for no password."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts.labels import line_label


class WaitingPage(QWidget):
    """One quiet line in the middle."""

    def __init__(self, message: str, parent: QWidget | None = None) -> None:
        """Take the line, already in the screen's language."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addWidget(line_label(message, "section", centred=True))
