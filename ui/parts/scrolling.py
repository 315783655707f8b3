"""How far a notch of the mouse wheel goes on a long page."""

from PySide6.QtWidgets import QScrollArea

NOTCH = 36
"""Pixels of a line of the wheel, of which a notch has three: about as far as in a browser. Qt's own are 20."""


def scroll_far(area: QScrollArea) -> None:
    """Let the wheel and the arrows of the scroll bar go as far as people are used to from other programs."""
    area.verticalScrollBar().setSingleStep(NOTCH)
