"""One line at the top of the window that says what could not be done and what to do next. It never stops the work."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from ui.parts.icons import icon, pixmap
from ui.parts.spoken import announce
from ui.theme import COLOURS
from ui.words import tr, wrapped

CLOSE = N_("Close this message")


class MessageBar(QWidget):
    """Hidden until something is said; a new message takes the place of the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.frame = QFrame(self)
        self._sign = QLabel(self.frame)
        self.text = QLabel(self.frame)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = QPushButton(icon("close", COLOURS["text"], 14), "", self.frame)
        self.close_button.setProperty("role", "link")
        self.close_button.clicked.connect(self.clear)
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self.text, 1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 0)
        column.addWidget(self.frame)
        self.hide()

    def clear(self) -> None:
        """Take the message away, also from what screen readers find."""
        self.hide()
        self.text.clear()
        self.setAccessibleName("")

    def say(self, message: str, *, alarm: bool = False) -> None:
        """Show a message, already in the screen's language. alarm: the surroundings fail, not the typing."""
        self.frame.setProperty("role", "alarm" if alarm else "notice")
        self.frame.style().unpolish(self.frame)
        self.frame.style().polish(self.frame)
        name, colour = ("warning", COLOURS["over"]) if alarm else ("notice", COLOURS["notice_text"])
        self._sign.setPixmap(pixmap(name, colour, 20))
        self.text.setText(wrapped(message))
        self.close_button.setAccessibleName(tr(CLOSE))
        self.close_button.setToolTip(tr(CLOSE))
        self.setAccessibleName(message)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        announce(self, message)
