"""What all dialogs have in common: margins, a width that Khmer fits in, and the height their texts need.

None is larger than the window it stands before: what does not fit is scrolled to, and the buttons are always seen.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.parts.card import text_label

WIDTH = 560
MARGIN = 24
LEAST = 320
"""Pixels in height that a dialog may always have, however small the window is."""


class CalmDialog(QDialog):
    """A dialog with a heading; it stands before the window and is thrown away when it closes."""

    def __init__(self, title: str, parent: QWidget | None, *, heading: str | None = None) -> None:
        """Take the title and, where it says more, the heading; both are already in the screen's language."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget(self.area.viewport())
        self._body.setFixedWidth(WIDTH)
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(MARGIN, 20, MARGIN, 20)
        self.column.setSpacing(12)
        self.column.addWidget(text_label(heading or title, "section"))
        self.area.setWidget(self._body)
        self._exits: QBoxLayout | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(self.area, 1)
        self._body.installEventFilter(self)

    def add_exits(self, go_on: QPushButton, *others: QPushButton) -> None:
        """Put the buttons at the bottom; Enter presses the first, which stands last.

        Where their words are too long to stand beside each other, they stand below each other.
        """
        buttons = (*others, go_on)
        for button in buttons:
            button.setAutoDefault(button is go_on)
            button.ensurePolished()
        wide = sum(button.sizeHint().width() + 8 for button in buttons) - 8
        row = self._exits = QHBoxLayout() if wide <= WIDTH - 2 * MARGIN else QVBoxLayout()
        row.setSpacing(8)
        row.setContentsMargins(MARGIN, 12, MARGIN, 20)
        if isinstance(row, QHBoxLayout):
            row.addStretch()
        for button in buttons:
            row.addWidget(button)
        go_on.setDefault(True)
        self.column.setContentsMargins(MARGIN, 20, MARGIN, 0)
        self._outer.addLayout(row)

    def be_as_tall_as_needed(self) -> None:
        """Give back the room of what is hidden now."""
        self.column.activate()
        self._fit()
        self.resize(self.width(), self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        """Be as tall as the wrapped texts need, which Qt leaves out of account."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._fit()
        if event.type() is QEvent.Type.Show:
            self.resize(self.width(), self.minimumHeight())
            self._outer.activate()
        return handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go up where a dialog that has grown would have its buttons below the screen."""
        super().resizeEvent(event)
        if self.isVisible():
            keep_on_screen(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again when a text appears later."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._body:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        need = self.column.totalHeightForWidth(WIDTH)
        if self._exits is not None:
            need += self._exits.totalSizeHint().height()
        most = room_before(self).height()
        shown = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if need > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.area.setVerticalScrollBarPolicy(shown)
        self.setFixedWidth(WIDTH + (self.area.verticalScrollBar().sizeHint().width() if need > most else 0))
        self.setMinimumHeight(min(need, most))


def room_before(dialog: QWidget) -> QSize:
    """Return how large a dialog may be: as large as the window it stands before, and as the screen."""
    title_bar = QSize(0, dialog.frameGeometry().height() - dialog.height())
    room, parent = dialog.screen().availableSize() - title_bar, dialog.parentWidget()
    if parent is not None and parent.window().isVisible():
        room = room.boundedTo(parent.window().size())
    return room.expandedTo(QSize(WIDTH, LEAST))


def keep_on_screen(dialog: QWidget) -> None:
    """Move a dialog up by as much as it reaches below the screen, as far as its title bar stays seen."""
    screen, frame = dialog.screen().availableGeometry(), dialog.frameGeometry()
    below = min(frame.bottom() - screen.bottom(), frame.top() - screen.top())
    if below > 0:
        dialog.move(dialog.x(), dialog.y() - below)


def may_open_before(widget: QWidget) -> bool:
    """Return whether a dialog that something was read for may still come: what it was asked from is still in hand.

    Asked for twice it would come twice, and later than that it would stand before another page.
    """
    return widget.isVisible() and QApplication.activeModalWidget() in (None, widget.window())


def resize_within(dialog: QDialog, width: int, height: int) -> None:
    """Give a large dialog that size, or less where the window it stands before has less room."""
    dialog.resize(QSize(width, height).boundedTo(room_before(dialog)))
