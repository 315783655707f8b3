"""What a list says while there is nothing in it: why, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.parts.card import Action, action_button, text_label
from ui.parts.icons import pixmap
from ui.theme import COLOURS

WITH_PICTURE = 190
"""Pixels of height in which the picture, a line, a hint of two lines and a button have room."""


class EmptyState(QWidget):
    """A picture, a line, a hint, and perhaps a button, in the middle."""

    def __init__(self, picture: str, title: str, hint: str, action: Action | None = None) -> None:
        """Title and hint are already in the screen's language."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        self.sign = QLabel()
        self.sign.setPixmap(pixmap(picture, COLOURS["field_line"], 56))
        self.sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.sign)
        for text, role in ((title, "section"), (hint, "help")):
            label = text_label(text, role)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        if action is not None:
            button = action_button(action, title, self)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.setFocusProxy(button)  # who is led here by the keyboard can do what is offered
        column.addStretch(3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the picture out where there is room for the words alone."""
        super().resizeEvent(event)
        self.sign.setVisible(self.height() >= WITH_PICTURE)
