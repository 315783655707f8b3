"""The pathway ribbon: every stage in the order of the procedure, each with how it stands in the case."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.law.standing import StageState
from casemgr.records.stage import Stage
from ui.parts.flow import FlowLayout
from ui.theme import COLOURS
from ui.words import tr

STATES = {
    StageState.DONE: N_("done"),
    StageState.CURRENT: N_("going on"),
    StageState.OVERDUE: N_("over its time"),
    StageState.SKIPPED: N_("not written down, though a later stage is"),
    StageState.AHEAD: N_("still ahead"),
}
CHIP = N_("{stage}: {state}")
PATHWAY_SAID = N_("The stages of the pathway")
COLOUR_OF = {
    StageState.DONE: COLOURS["done"],
    StageState.CURRENT: COLOURS["card"],
    StageState.OVERDUE: COLOURS["over"],
    StageState.SKIPPED: COLOURS["notice_text"],
    StageState.AHEAD: COLOURS["muted"],
}
SIGN, GAP = 14, 4
"""Pixels: the side of a sign, and what is left between it and the word."""
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_ENDS: dict[int, int] = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class Chip(QPushButton):
    """One stage; the sign of its state reads in black and white."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        """Show the stage, with nothing known of it."""
        super().__init__(tr(stage.label), parent)
        self.stage = stage
        self.setIconSize(QSize(SIGN + GAP, SIGN))
        self.setProperty("role", "chip")
        self.show_state(StageState.AHEAD)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that lead from stage to stage to the ribbon."""
        if event.key() in (*_STEPS, *_ENDS):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_state(self, shown: StageState) -> None:
        """Show how the stage stands."""
        self.state = shown
        said = tr(CHIP, stage=tr(self.stage.label), state=tr(STATES[shown]))
        self.setAccessibleName(said)
        self.setToolTip(said)
        if self.property("state") != shown.value:
            self.setIcon(state_icon(shown))
            self.setProperty("state", shown.value)
            self.style().unpolish(self)
            self.style().polish(self)


class Ribbon(QFrame):
    """Stages beside each other; they go on in a second line where the words are long.

    Tab stops at one of them; the arrow keys lead on from there.
    """

    chosen = Signal(str)
    """The key of the stage that the worker wants to see."""

    def __init__(self, stages: Sequence[Stage], parent: QWidget | None = None) -> None:
        """Show the stages, all of them still ahead."""
        super().__init__(parent)
        self.setProperty("role", "ribbon")
        self.setAccessibleName(tr(PATHWAY_SAID))
        flow = FlowLayout(self, gap=6, line_gap=6)
        flow.setContentsMargins(12, 10, 12, 10)
        self.chips: dict[str, Chip] = {}
        for stage in stages:
            chip = Chip(stage, self)
            chip.clicked.connect(lambda _=False, chip=chip: self._choose(chip))
            flow.addWidget(chip)
            self.chips[stage.key] = chip
        self._stop_at(next(iter(self.chips.values())))

    def show_states(self, states: Mapping[str, StageState]) -> None:
        """Show how the stages stand, by their keys. Tab leads to the first that goes on, unless it is elsewhere."""
        for key, chip in self.chips.items():
            chip.show_state(states[key])
        if not self.isAncestorOf(self.focusWidget() or self):
            going_on = (StageState.CURRENT, StageState.OVERDUE)
            first = next(iter(self.chips.values()))
            self._stop_at(next((chip for chip in self.chips.values() if chip.state in going_on), first))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead from stage to stage with the arrows; Home and End lead to the ends."""
        chips = list(self.chips.values())
        here = next((at for at, chip in enumerate(chips) if chip.hasFocus()), None)
        key = event.key()
        if here is None or key not in (*_STEPS, *_ENDS):
            super().keyPressEvent(event)
            return
        to = _ENDS[key] if key in _ENDS else min(max(here + _STEPS[key], 0), len(chips) - 1)
        self._stop_at(chips[to])
        chips[to].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, chip: Chip) -> None:
        self._stop_at(chip)
        self.chosen.emit(chip.stage.key)

    def _stop_at(self, chip: Chip) -> None:
        for each in self.chips.values():
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is chip else Qt.FocusPolicy.ClickFocus)


def state_icon(shown: StageState) -> QIcon:
    """Return the sign of a state: a tick, a disc, a triangle, a ring that is crossed out, a ring."""
    found = QIcon()
    for scale in (1, 2):
        picture = QPixmap((SIGN + GAP) * scale, SIGN * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_sign(painter, QRectF(1.5, 1.5, SIGN - 3, SIGN - 3), shown)
        painter.end()
        found.addPixmap(picture)
    return found


def _paint_sign(painter: QPainter, box: QRectF, shown: StageState) -> None:
    colour, centre = QColor(COLOUR_OF[shown]), box.center()
    painter.setPen(QPen(colour, 2))
    match shown:
        case StageState.DONE:
            points = ((0.0, 0.55), (0.38, 0.9), (1.0, 0.15))
            painter.drawPolyline([QPointF(box.x() + a * box.width(), box.y() + b * box.height()) for a, b in points])
        case StageState.CURRENT:
            painter.setBrush(QBrush(colour))
            painter.drawEllipse(centre, 3.5, 3.5)
        case StageState.OVERDUE:
            painter.setBrush(QBrush(colour))
            painter.drawPolygon(QPolygonF([QPointF(centre.x(), box.top()), box.bottomRight(), box.bottomLeft()]))
            painter.setPen(QPen(QColor("white"), 1.5))
            painter.drawLine(QPointF(centre.x(), box.top() + 4), QPointF(centre.x(), box.bottom() - 3.5))
        case StageState.SKIPPED:
            painter.drawEllipse(centre, 4.5, 4.5)
            painter.drawLine(box.topRight(), box.bottomLeft())
        case StageState.AHEAD:
            painter.drawEllipse(centre, 3, 3)
