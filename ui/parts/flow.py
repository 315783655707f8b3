"""Layouts that set widgets beside each other and go on in the next line where they do not fit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import Qt


class FlowLayout(QLayout):
    """Widgets in reading order, as many in a line as fit."""

    def __init__(self, parent: QWidget | None = None, gap: int = 16, line_gap: int = 8) -> None:
        """Take the gaps, in pixels, between widgets and between lines."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        # What was reckoned since something last changed: a page asks the same many times before it stands.
        self._hints: list[tuple[QLayoutItem, int, int]] | None = None
        self._size: QSize | None = None
        self._least: QSize | None = None
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)
        self._forget()

    def count(self) -> int:
        """Return the number of widgets."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the item at that place, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at that place, None past the end."""
        self._forget()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """Reckon anew: something in here changed."""
        self._forget()
        super().invalidate()

    def expandingDirections(self) -> "Qt.Orientation":
        """Take no more room than needed."""
        from PySide6.QtCore import Qt  # noqa: PLC0415  (labels.py says why not earlier)

        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Need more lines when narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at that width."""
        if width not in self._heights:
            margins = self.contentsMargins()
            inner = QRect(0, 0, width - margins.left() - margins.right(), 0)
            self._heights[width] = self._place(inner, move=False) + margins.top() + margins.bottom()
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        """Place the widgets."""
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        """Return the size of a single line."""
        if self._size is None:
            self._size = self._whole().grownBy(self.contentsMargins())
        return self._size

    def minimumSize(self) -> QSize:
        """Return the size of the widest widget."""
        if self._least is None:
            size = QSize()
            for item in self._items:
                size = size.expandedTo(item.minimumSize())
            self._least = size.grownBy(self.contentsMargins())
        return self._least

    def _forget(self) -> None:
        self._hints = self._size = self._least = None
        self._heights.clear()

    def _hinted(self) -> list[tuple[QLayoutItem, int, int]]:
        """Return what is shown, each with the width and the height that it would like to have."""
        if self._hints is None:
            hints = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
            self._hints = [(item, hint.width(), hint.height()) for item, hint in hints]
        return self._hints

    def _whole(self) -> QSize:
        hints = self._hinted()
        width = sum(wide for _, wide, _ in hints) + self._gap * max(len(hints) - 1, 0)
        return QSize(width, max((high for _, _, high in hints), default=0))

    def _place(self, rect: QRect, *, move: bool) -> int:
        left, room = rect.x(), rect.width()
        x, y, line = left, rect.y(), 0
        for item, own, high in self._hinted():
            wide, height = own, high
            if wide > room and item.hasHeightForWidth():  # it goes on in lines of its own
                wide, height = room, item.heightForWidth(room)
            if x > left and x + wide > left + room:
                x, y, line = left, y + line + self._line_gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(wide, room), height)))
            x += wide + self._gap
            line = max(line, height)
        return y + line - rect.y()


class ColumnsLayout(FlowLayout):
    """Widgets in reading order, in columns of the same width: as many as fit, up to a number."""

    def __init__(self, most: int, parent: QWidget | None = None, gap: int = 24, line_gap: int = 4) -> None:
        """Take the greatest number of columns, and the gaps in pixels between columns and between lines."""
        super().__init__(parent, gap, line_gap)
        self._most = most

    def _whole(self) -> QSize:
        """Return the size of all columns side by side."""
        columns = min(self._most, max(len(self._items), 1))
        width = columns * self._widest() + (columns - 1) * self._gap
        return QSize(width, self._place(QRect(0, 0, width, 0), move=False))

    def _widest(self) -> int:
        return max((item.sizeHint().width() for item in self._items), default=0)

    def _place(self, rect: QRect, *, move: bool) -> int:
        columns = max(min(self._most, (rect.width() + self._gap) // (self._widest() + self._gap)), 1)
        width = (rect.width() - (columns - 1) * self._gap) // columns
        y, line = rect.y(), 0
        for at, item in enumerate(self._items):
            if at and at % columns == 0:
                y, line = y + line + self._line_gap, 0
            height = item.sizeHint().height()
            if move:
                item.setGeometry(QRect(rect.x() + at % columns * (width + self._gap), y, width, height))
            line = max(line, height)
        return y + line - rect.y()
