"""A clock of the law, or of the office's own promise, as a worker reads it: what is due, when, how sure."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from casemgr.i18n import N_, Words
from casemgr.law.deadlines import DeadlineState, DeadlineValue, state
from casemgr.law.limits import Limit
from casemgr.services.clocks_said import DOUBTS as DOUBTS  # noqa: PLC0414  (windows ask for these here)
from casemgr.services.clocks_said import days_left as days_left  # noqa: PLC0414
from casemgr.services.clocks_said import due_said as due_said  # noqa: PLC0414
from casemgr.services.clocks_said import source_said as source_said  # noqa: PLC0414
from casemgr.services.clocks_said import time_left as time_left  # noqa: PLC0414
from ui.parts.card import text_label
from ui.parts.link_button import LinkButton
from ui.words import tr, words, wrapped

TOOK = N_("after {hours} h {minutes} min")
DUE = N_("Due {when}")
STATES = {
    DeadlineState.RUNNING: N_("running"),
    DeadlineState.SOON: N_("due soon"),
    DeadlineState.OVER: N_("over"),
    DeadlineState.DONE_IN_TIME: N_("done in time"),
    DeadlineState.DONE_LATE: N_("done too late"),
}
LIMIT, LIMIT_FOR = N_("Limit: {length}"), N_("Limit: {length} ({whom})")
FROM = N_("From: {record}")
COLOURS = {
    DeadlineState.RUNNING: "#1f6f8b",
    DeadlineState.SOON: "#8a5300",
    DeadlineState.OVER: "#b3261e",
    DeadlineState.DONE_IN_TIME: "#2e6b3a",
    DeadlineState.DONE_LATE: "#6b4a4a",
}


def time_taken(deadline: DeadlineValue, language: Words) -> str | None:
    """Return in words how long a clock of hours ran until it was stopped, such as until a lawyer met the child.

    None while it runs, where its beginning is not known, and where days count.
    """
    if deadline.ended_at is None or deadline.started_at is None or deadline.whole_day:
        return None
    minutes = max(int((deadline.ended_at - deadline.started_at) / timedelta(minutes=1)), 0)
    return language.text(TOOK, hours=language.number(minutes // 60), minutes=language.number(minutes % 60))


def limit_said(limit: Limit, language: Words) -> str:
    """Return the rule itself: how long the limit is, and for whom."""
    length, whom = limit.length_in_words(language), limit.whom_in_words(language)
    return language.text(LIMIT_FOR, length=length, whom=whom) if whom else language.text(LIMIT, length=length)


class StateSign(QWidget):
    """The state of a clock as a shape: circle, half circle, triangle, tick, crossed tick. Reads in black and white."""

    def __init__(self, shown: DeadlineState, parent: QWidget | None = None, size: int = 18) -> None:
        """Take the state and the side of the sign in pixels."""
        super().__init__(parent)
        self.shown = shown
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the shape."""
        painter = QPainter(self)
        paint_state(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), self.shown)
        painter.end()


def paint_state(painter: QPainter, box: QRectF, shown: DeadlineState) -> None:
    """Draw the sign of a state into a square."""
    colour = QColor(COLOURS[shown])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shown is DeadlineState.OVER:
        painter.setBrush(QBrush(colour))
        painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))
        painter.setPen(QPen(QColor("white"), 2))
        x = box.center().x()
        painter.drawLine(QPointF(x, box.top() + 5), QPointF(x, box.bottom() - 5))
        painter.drawPoint(QPointF(x, box.bottom() - 2))
        return
    if shown in (DeadlineState.DONE_IN_TIME, DeadlineState.DONE_LATE):
        points = ((0.0, 0.55), (0.38, 0.9), (1.0, 0.15))
        painter.drawPolyline([QPointF(box.x() + a * box.width(), box.y() + b * box.height()) for a, b in points])
        if shown is DeadlineState.DONE_LATE:
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        return
    painter.drawEllipse(box)
    if shown is DeadlineState.SOON:
        painter.setBrush(QBrush(colour))
        painter.drawPie(box, 0, 180 * 16)
    painter.drawLine(box.center(), QPointF(box.center().x(), box.top() + 3))


class ClockBadge(QFrame):
    """One clock with its state, due time, rule, source and doubts, and the record that set it running."""

    def __init__(
        self, deadline: DeadlineValue, limit: Limit | None, now: datetime, parent: QWidget | None = None, *,
        record: tuple[str, Callable[[], Any]] | None = None,
    ) -> None:  # fmt: skip
        """Show the clock as it stands now (Phnom Penh time). record: what it is called, and what opens it."""
        super().__init__(parent)
        self.deadline, self._limit = deadline, limit
        self.state = state(deadline, now)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        self._sign = StateSign(self.state, self)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        row.addLayout(column, 1)
        self._labels = [text_label(text, role) for text, role in self._lines(now)]
        for label in self._labels:
            column.addWidget(label)
        self.record_button: LinkButton | None = None
        if record is not None:
            self.record_button = LinkButton(tr(FROM, record=record[0]), record[1], self)
            self.record_button.setAccessibleName(f"{tr(deadline.label)}. {tr(FROM, record=record[0])}")
            column.addWidget(self.record_button)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Show the clock as it stands at that moment (Phnom Penh time)."""
        self.state = self._sign.shown = state(self.deadline, now)
        self._sign.update()
        self.lines = self._lines(now)
        for label, (text, role) in zip(self._labels, self.lines, strict=True):
            label.setText(wrapped(text))
            dress(label, role)
        dress(self, "clock-over" if self.state is DeadlineState.OVER else "clock")
        self.setAccessibleName(". ".join(text for text, _ in self.lines))

    def _lines(self, now: datetime) -> list[tuple[str, str]]:
        deadline, limit, language = self.deadline, self._limit, words()
        due = tr(DUE, when=due_said(deadline.due_at, language, whole_day=deadline.whole_day))
        ended = deadline.ended_at is not None
        standing = tr(STATES[self.state]) if ended else time_left(deadline, now, language)
        lines = [
            (tr(deadline.label), "clock-label"),
            (standing, "clock-standing-over" if self.state is DeadlineState.OVER else "clock-standing"),
            (due, "answer"),
            *([(limit_said(limit, language), "help")] if limit is not None else []),
            (source_said(limit, language), "help"),
        ]
        if (took := time_taken(deadline, language)) is not None:
            lines.insert(2, (took, "answer"))
        if limit is not None and not ended:
            lines.append((language.figures(language.text(limit.source)), "help"))
        lines += [(tr(DOUBTS[doubt]), "doubt") for doubt in deadline.doubts if doubt in DOUBTS]
        return lines


def dress(widget: QWidget, role: str) -> None:
    """Give a widget that is already on the screen another of the theme's roles."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
