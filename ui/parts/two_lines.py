"""Cells of a list that say the main thing in one line and more below it, each as long as it needs to be."""

from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from casemgr.law.deadlines import DeadlineState
from casemgr.services.lists import Mark
from ui.parts.clock_badge import paint_state
from ui.parts.marks import paint_mark
from ui.theme import COLOURS
from ui.words import wrapped

CELL = int(Qt.ItemDataRole.UserRole) + 1
SIGN = 20
PADDING_X, PADDING_Y = 10, 8
MOST_HEIGHTS = 5000
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class Cell(NamedTuple):
    """What a cell shows. more and doubt stand below; alarm: in red and bold; sign: the state of a clock, or a mark.

    heading: the line is no row of the list but stands above some of them, across the table.
    """

    text: str
    more: str = ""
    doubt: str = ""
    strong: bool = False
    alarm: bool = False
    sign: DeadlineState | Mark | None = None
    heading: bool = False

    def said(self) -> str:
        """Return the whole cell for a screen reader."""
        return ". ".join(part for part in (self.text, self.more, self.doubt) if part)


class TwoLines(QStyledItemDelegate):
    """Paints Cells, which the model answers for the role CELL."""

    def __init__(self, parent: QAbstractItemView) -> None:
        """Paint in that list."""
        super().__init__(parent)
        self._heights: dict[tuple[Cell, int], int] = {}  # measuring hundreds of rows anew is felt

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:  # fmt: skip
        """Paint ground, sign and lines."""
        cell: Cell = index.data(CELL)
        state = option.state
        rect: QRect = option.rect
        painter.save()
        if cell.heading:
            painter.fillRect(rect, QColor(COLOURS["ground"]))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(COLOURS["accent_light"]))
            if index.column() == 0:
                painter.fillRect(QRect(rect.x(), rect.y(), 4, rect.height()), QColor(COLOURS["accent"]))
        elif cell.alarm or index.sibling(index.row(), 0).data(CELL).alarm:
            painter.fillRect(rect, QColor(COLOURS["over_light"]))
        painter.setPen(QColor(COLOURS["line"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if cell.sign is not None:
            _paint_sign(painter, QRectF(rect.x() + PADDING_X, rect.y() + PADDING_Y + 3, SIGN - 2, SIGN - 2), cell.sign)
        box = _text_box(rect, cell)
        y = box.y()
        for text, colour, font in _lines(cell, option.font):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            height = _height(text, font, box.width())
            painter.drawText(QRect(box.x(), y, box.width(), height), _WRAP, wrapped(text))
            y += height
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height all lines need at the width of the column."""
        cell: Cell = index.data(CELL)
        view: Any = self.parent()
        width = view.columnWidth(index.column())
        if len(self._heights) > MOST_HEIGHTS:
            self._heights.clear()
        if (cell, width) not in self._heights:
            self._heights[cell, width] = height_of(cell, option.font, width)
        return QSize(width, self._heights[cell, width])


def height_of(cell: Cell, font: QFont, width: int) -> int:
    """Return the height in pixels that all lines of a cell need at that width."""
    box = _text_box(QRect(0, 0, width, 0), cell)
    return sum(_height(text, own, box.width()) for text, _, own in _lines(cell, font)) + 2 * PADDING_Y


def _paint_sign(painter: QPainter, box: QRectF, sign: DeadlineState | Mark) -> None:
    if isinstance(sign, Mark):
        paint_mark(painter, box, sign)
    else:
        paint_state(painter, box, sign)


def _text_box(rect: QRect, cell: Cell) -> QRect:
    left = PADDING_X + (SIGN + 8 if cell.sign is not None else 0)
    return rect.adjusted(left, PADDING_Y, -PADDING_X, -PADDING_Y)


def _lines(cell: Cell, font: QFont) -> list[tuple[str, str, QFont]]:
    bold = QFont(font)
    bold.setBold(cell.strong or cell.alarm)
    plain = QFont(font)
    plain.setBold(False)
    lines = [(cell.text, COLOURS["over" if cell.alarm else "text"], bold), (cell.more, COLOURS["muted"], plain),
             (cell.doubt, COLOURS["notice_text"], plain)]  # fmt: skip
    return [line for line in lines if line[0]]


def _height(text: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 10_000), _WRAP, wrapped(text)).height()
