"""A page of cards to be read: a head, and below it two columns, of which the left is the wider."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.parts.card import empty
from ui.parts.scrolling import scroll_far


class TwoColumns(QScrollArea):
    """Scrolls as a whole. What stands in it is put into head, left and right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        scroll_far(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        self.head, self.left, self.right = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for side, share in ((self.left, 3), (self.right, 2)):
            side.setSpacing(16)
            columns.addLayout(side, share)
        column.addLayout(self.head)
        column.addLayout(columns)
        column.addStretch()

    def clear(self) -> None:
        """Take everything out."""
        for layout in (self.head, self.left, self.right):
            empty(layout)
