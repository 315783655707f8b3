"""A button that reads as a line of text and wraps as one."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

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
        self.clicked.connect(lambda _checked=False: act())

    def sizeHint(self) -> QSize:
        """Return the size of the text in one line, which an empty button knows nothing of; it may get more."""
        return QSize(self._column.sizeHint().width(), self._column.heightForWidth(10_000))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the text at its narrowest."""
        return self._column.minimumSize()
