"""What a list says while there is nothing in it: why, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.parts.card import Action, action_button, text_label
from ui.parts.icons import pixmap
from ui.theme import COLOURS


class EmptyState(QWidget):
    """A picture, a line, a hint, and perhaps a button, in the middle."""

    def __init__(self, picture: str, title: str, hint: str, action: Action | None = None) -> None:
        """Title and hint are already in the screen's language."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        sign = QLabel()
        sign.setPixmap(pixmap(picture, COLOURS["field_line"], 56))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(sign)
        for text, role in ((title, "section"), (hint, "help")):
            label = text_label(text, role)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        if action is not None:
            button = action_button(action, title, self)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.setFocusProxy(button)  # who is led here by the keyboard can do what is offered
        column.addStretch(3)
