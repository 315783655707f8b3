"""What all dialogs have in common: margins, a width that Khmer fits in, and the height their texts need."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.parts.card import text_label

WIDTH = 560


class CalmDialog(QDialog):
    """A dialog with a heading; it stands before the window and is thrown away when it closes."""

    def __init__(self, title: str, parent: QWidget | None, *, heading: str | None = None) -> None:
        """Take the title and, where it says more, the heading; both are already in the screen's language."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        self.column.addWidget(text_label(heading or title, "section"))

    def add_exits(self, go_on: QPushButton, *others: QPushButton) -> None:
        """Put the buttons at the bottom; Enter presses the first, which stands last."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for button in (*others, go_on):
            button.setAutoDefault(button is go_on)
            row.addWidget(button)
        go_on.setDefault(True)
        self.column.addLayout(row)

    def be_as_tall_as_needed(self) -> None:
        """Give back the room of what is hidden now."""
        self.column.activate()
        self.setMinimumHeight(self.column.totalHeightForWidth(WIDTH))
        self.resize(self.width(), self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        """Be as tall as the wrapped texts need, which Qt leaves out of account, also when one appears later."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self.setMinimumHeight(self.column.totalHeightForWidth(WIDTH))
        return handled
