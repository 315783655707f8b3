"""The pathway ribbon: every stage of the procedure in its usual order, with the one where the case stands marked."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from casemgr.i18n import N_
from casemgr.records.fields import Choice
from ui.parts.flow import FlowLayout
from ui.words import tr

WHERE = N_("Stage of the procedure: {stage}")
HERE = "●"


class Ribbon(QFrame):
    """Stages beside each other; they go on in a second line where the words are long."""

    def __init__(self, stages: Iterable[Choice], parent: QWidget | None = None) -> None:
        """Show the stages, none of them marked."""
        super().__init__(parent)
        self.setProperty("role", "ribbon")
        self._flow = FlowLayout(self, gap=6, line_gap=6)
        self._flow.setContentsMargins(12, 10, 12, 10)
        self.chips: dict[Choice, QLabel] = {}
        for stage in stages:
            chip = QLabel(tr(stage.label), self)
            chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._flow.addWidget(chip)
            self.chips[stage] = chip
        self.show_stage(None)

    def show_stage(self, current: Choice | None) -> None:
        """Mark the stage where the case stands, also by its shape, so that it reads without colour."""
        for stage, chip in self.chips.items():
            here = stage is current
            chip.setText(f"{HERE} {tr(stage.label)}" if here else tr(stage.label))
            chip.setProperty("role", "chip-here" if here else "chip")
            chip.style().unpolish(chip)
            chip.style().polish(chip)
        self.setAccessibleName(tr(WHERE, stage=tr(current.label)) if current else "")
