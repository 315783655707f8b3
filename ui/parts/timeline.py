"""What happened in a case and what is due in it, one line each, in the order of time."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from casemgr.i18n import N_
from ui.parts.card import text_label
from ui.words import tr

NOTHING_YET = N_("Nothing has been written down yet.")


class Line(NamedTuple):
    """A line: its moment in Phnom Penh time, when it was in words, what it was, and whether it is still to come."""

    at: datetime
    when: str
    what: str
    planned: bool


class Timeline(QWidget):
    """The lines below each other; what is to come has a hollow dot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(0)
        self.grid.setColumnStretch(1, 1)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: list[Line]) -> None:
        """Show these lines in the order of time."""
        while item := self.grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self.lines = tuple(sorted(lines, key=lambda line: line.at))
        for place, line in enumerate(self.lines):
            self.grid.addWidget(_Dot(line.planned, place == 0, place == len(lines) - 1), place, 0)
            self.grid.addWidget(_entry(line), place, 1)
        if not lines:
            self.grid.addWidget(text_label(tr(NOTHING_YET), "help"), 0, 1)


class _Dot(QWidget):
    def __init__(self, planned: bool, first: bool, last: bool) -> None:
        super().__init__()
        self._planned, self._first, self._last = planned, first, last
        self.setFixedWidth(18)

    def sizeHint(self) -> QSize:
        return QSize(18, 24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(9, 14)
        painter.setPen(QPen(QColor("#b8c4ce"), 2))
        if not self._first:
            painter.drawLine(QPointF(9, 0), centre)
        if not self._last:
            painter.drawLine(centre, QPointF(9, self.height()))
        painter.setPen(QPen(QColor("#1f6f8b"), 2))
        painter.setBrush(QBrush(QColor("white" if self._planned else "#1f6f8b")))
        painter.drawEllipse(centre, 5, 5)
        painter.end()


def _entry(line: Line) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 2, 0, 10)
    grid.setSpacing(0)
    grid.addWidget(text_label(line.what, "planned" if line.planned else "answer"), 0, 0)
    grid.addWidget(text_label(line.when, "help"), 1, 0)
    return holder
