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


class ClocksAhead(QWidget):
    """What is due, how long is left of it now, and how sure the limit is; hidden while nothing is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.shown: tuple[ClockAhead, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 1)
        self._lines: list[tuple[StateSign, QLabel, QLabel]] = []
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

    def tick(self) -> None:
        """Show how they stand now."""
        now = clock.now()
        for at, each in enumerate(self.shown):
            if at == len(self._lines):
                self._add_line(each, now)
            sign, left, source = lines = self._lines[at]
            sign.shown = _sign(each, now)
            sign.update()
            left.setText(_left(each, now))
            dress(left, "clock-standing-over" if sign.shown is DeadlineState.OVER else "clock-standing")
            source.setText(wrapped(source_said(each.limit, words())))
            for widget in lines:
                widget.setToolTip("\n".join(tr(DOUBTS[doubt]) for doubt in each.deadline.doubts if doubt in DOUBTS))
        for at, line in enumerate(self._lines):
            for widget in line:
                widget.setVisible(at < len(self.shown))

    @property
    def text(self) -> str:
        """All that is shown, as it is said aloud."""
        now = clock.now()
        return ". ".join(_left(each, now) for each in self.shown)

    def _add_line(self, each: ClockAhead, now: datetime) -> None:
        line = StateSign(_sign(each, now), self, 16), text_label("", "clock-standing"), text_label("", "help")
        line[1].setWordWrap(False)
        for at, widget in enumerate(line):
            self._grid.addWidget(widget, len(self._lines), at)
        self._lines.append(line)


def _left(each: ClockAhead, now: datetime) -> str:
    left = tr(BY_AGE) if each.awaits_age else time_left(each.deadline, now, words())
    return with_label(tr(each.deadline.label), left, words())


def _sign(each: ClockAhead, now: datetime) -> DeadlineState:
    return DeadlineState.SOON if each.awaits_age else state(each.deadline, now)
