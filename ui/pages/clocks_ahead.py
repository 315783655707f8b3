"""The clocks that an arrest will set running, in a line each, while it is still being written."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from casemgr import clock
from casemgr.i18n import N_
from casemgr.law.deadlines import DeadlineState, state
from casemgr.services.at_a_call import ClockAhead
from casemgr.services.clocks_said import DOUBTS, source_said, time_left
from ui.editors.said import with_label
from ui.parts.card import text_label
from ui.parts.clock_badge import StateSign, dress
from ui.parts.spoken import announce
from ui.words import tr, words, wrapped

BY_AGE = N_("depends on the age, which is not known yet")
MINUTE = 60_000
MOST = 2
GAP, SIGN = 8, 16
LEAST = 260
"""Pixels: with less, the source of a limit would stand in so many short lines that the questions had no room left."""


class ClocksAhead(QWidget):
    """What is due, how long is left of it now, and how sure the limit is; hidden while nothing is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.shown: tuple[ClockAhead, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._lines: list[tuple[StateSign, QLabel, QLabel]] = []
        self._room, self._is_low = 0, False
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self.tick)
        self.hide()

    def show_clocks(self, clocks: Sequence[ClockAhead]) -> None:
        """Show these, the soonest first."""
        before = [each.deadline.rule for each in self.shown]
        self.shown = tuple(clocks[:MOST])
        self.setVisible(bool(self.shown))
        self.tick()
        if [each.deadline.rule for each in self.shown] != before:
            announce(self, self.text)
        (self._minute.start if self.shown else self._minute.stop)()

    def fit(self, room: int, *, is_low: bool) -> None:
        """Take that much room, in pixels; in a low window the sources stand in the hints alone."""
        self._room, self._is_low = room, is_low
        self._arrange()

    def tick(self) -> None:
        """Show how they stand now."""
        now = clock.now()
        for at, each in enumerate(self.shown):
            if at == len(self._lines):
                self._add_line(each, now)
            sign, left, source = lines = self._lines[at]
            sign.shown = _sign(each, now)
            sign.update()
            left.setText(wrapped(_left(each, now)))
            dress(left, "clock-standing-over" if sign.shown is DeadlineState.OVER else "clock-standing")
            authority = source_said(each.limit, words())
            source.setText(wrapped(authority))
            left.setAccessibleDescription(authority)
            doubts = [tr(DOUBTS[doubt]) for doubt in each.deadline.doubts if doubt in DOUBTS]
            for widget in lines:
                widget.setToolTip("\n".join((authority, *doubts)))
        self._arrange()

    def _arrange(self) -> None:
        """Set the sources beside the clocks, where they leave the questions their room."""
        shown = self._lines[: len(self.shown)]
        lefts = max((left.fontMetrics().horizontalAdvance(left.text()) for _, left, _ in shown), default=0) + GAP
        room = self._room - SIGN - 2 * GAP
        is_tight = room - lefts < LEAST
        for at, (sign, left, source) in enumerate(self._lines):
            is_shown = at < len(self.shown)
            left.setWordWrap(is_tight and (lefts > room or not self._is_low))
            sign.setVisible(is_shown)
            left.setVisible(is_shown)
            source.setVisible(is_shown and not (self._is_low and is_tight))
        self._grid.setColumnStretch(1, int(is_tight))
        self._grid.setColumnStretch(2, int(not (self._is_low and is_tight)))

    @property
    def text(self) -> str:
        """All that is shown, as it is said aloud."""
        now = clock.now()
        return ". ".join(_left(each, now) for each in self.shown)

    def _add_line(self, each: ClockAhead, now: datetime) -> None:
        line = StateSign(_sign(each, now), self, SIGN), text_label("", "clock-standing"), text_label("", "help")
        for at, widget in enumerate(line):
            self._grid.addWidget(widget, len(self._lines), at)
        self._lines.append(line)


def _left(each: ClockAhead, now: datetime) -> str:
    left = tr(BY_AGE) if each.awaits_age else time_left(each.deadline, now, words())
    return with_label(tr(each.deadline.label), left, words())


def _sign(each: ClockAhead, now: datetime) -> DeadlineState:
    return DeadlineState.SOON if each.awaits_age else state(each.deadline, now)
