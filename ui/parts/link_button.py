"""A button that reads as a line of text and wraps as one."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.parts.card import text_label


class LinkButton(QPushButton):
    """Leads somewhere. Qt's own buttons do not wrap, and Khmer names of records are long."""

    def __init__(self, text: str, act: Callable[[], Any], parent: QWidget | None = None) -> None:
        """Text is shown as it is."""
        super().__init__(parent)
        self.setProperty("role", "text-link")
        self.setAccessibleName(text)
        label = text_label(text, "link")
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2, 2, 2, 2)
        self._column.addWidget(label)
        policy = QSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)  # a button's own is of one line
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _checked=False: act())

    def sizeHint(self) -> QSize:
        """Return the size of the text in one line, which an empty button knows nothing of; it may get more."""
        return QSize(self._column.sizeHint().width(), self._column.heightForWidth(10_000))

    def hasHeightForWidth(self) -> bool:
        """Need more lines when narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at that width."""
        return self._column.totalHeightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the text at its narrowest."""
        return self._column.minimumSize()
