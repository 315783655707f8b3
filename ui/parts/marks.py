"""Marks of what is not as it should be with a child that is held: each has a shape of its own, also without colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from casemgr.law.deadlines import DeadlineState
from casemgr.services.lists import Mark
from ui.parts.clock_badge import paint_state
from ui.theme import COLOURS


def paint_mark(painter: QPainter, box: QRectF, mark: Mark) -> None:
    """Draw a mark into a square: a triangle as of a clock that is over, a full square, a diamond, a crossed circle."""
    if mark is Mark.OVER_LIMIT:
        paint_state(painter, box, DeadlineState.OVER)
        return
    colour, middle = QColor(COLOURS["over"]), box.center()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(QBrush(colour) if mark is Mark.WITH_ADULTS else Qt.BrushStyle.NoBrush)
    if mark is Mark.WITH_ADULTS:
        painter.drawRect(box.adjusted(2, 2, -2, -2))
    elif mark is Mark.NO_LAWYER:
        corners = (
            (middle.x(), box.top()),
            (box.right(), middle.y()),
            (middle.x(), box.bottom()),
            (box.left(), middle.y()),
        )
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    else:
        painter.drawEllipse(box)
        painter.drawLine(QPointF(box.left() + 3, box.bottom() - 3), QPointF(box.right() - 3, box.top() + 3))
