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
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of widgets."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the item at that place, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at that place, None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> "Qt.Orientation":
        """Take no more room than needed."""
        from PySide6.QtCore import Qt  # noqa: PLC0415  (labels.py says why not earlier)

        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Need more lines when narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at that width."""
        margins = self.contentsMargins()
        inner = QRect(0, 0, width - margins.left() - margins.right(), 0)
        return self._place(inner, move=False) + margins.top() + margins.bottom()

    def setGeometry(self, rect: QRect) -> None:
        """Place the widgets."""
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        """Return the size of a single line."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in hints) + self._gap * max(len(hints) - 1, 0)
        size = QSize(width, max((hint.height() for hint in hints), default=0))
        return size.grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """Return the size of the widest widget."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if hint.width() > rect.width() and item.hasHeightForWidth():  # it goes on in lines of its own
                hint = QSize(rect.width(), item.heightForWidth(rect.width()))
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._line_gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(hint.width(), rect.width()), hint.height())))
            x += hint.width() + self._gap
            line = max(line, hint.height())
        return y + line - rect.y()


class ColumnsLayout(FlowLayout):
    """Widgets in reading order, in columns of the same width: as many as fit, up to a number."""

    def __init__(self, most: int, parent: QWidget | None = None, gap: int = 24, line_gap: int = 4) -> None:
        """Take the greatest number of columns, and the gaps in pixels between columns and between lines."""
        super().__init__(parent, gap, line_gap)
        self._most = most

    def sizeHint(self) -> QSize:
        """Return the size of all columns side by side."""
        columns = min(self._most, max(len(self._items), 1))
        width = columns * self._widest() + (columns - 1) * self._gap
        return QSize(width, self._place(QRect(0, 0, width, 0), move=False)).grownBy(self.contentsMargins())

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
