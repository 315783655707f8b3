"""What every editor of a field can do, whatever its kind."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casemgr.i18n import Words
from casemgr.records.fields import FieldInfo


class FieldEditor(QWidget):
    """Asks one question. Empty is a state of its own: nothing is answered until the worker answers it."""

    changed = Signal()
    """The worker typed or chose something."""
    chosen = Signal()
    """The worker gave the whole answer at once, as by a click on one of several: there is nothing more to type here."""
    wide = False
    """Whether the editor wants the whole width of the page."""
    beside = False
    """Whether it stands beside its label, not below."""

    def __init__(self, info: FieldInfo, words: Words, parent: QWidget | None = None) -> None:
        """Take the field's declaration and the language and figures to show it in."""
        super().__init__(parent)
        self.info = info
        self.words = words

    def value(self) -> Any:
        """Return the answer: None (or an empty tuple) when there is none, or when what is typed is not understood."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show an answer; changed is not sent."""
        raise NotImplementedError

    def problem(self) -> str | None:
        """Return, as a message of the catalogue, why what is typed is not understood; None when it is."""
        return None

    def unfinished(self) -> bool:
        """Return whether the problem is only that not all of its boxes are filled in yet."""
        return False

    def typed(self) -> Any:
        """Return what stands in the editor though it is not understood, in a form JSON can hold; else None."""
        return None

    def set_typed(self, typed: Any) -> None:
        """Show again what typed returned."""

    def inputs(self) -> tuple[QWidget, ...]:
        """Return the widgets that take the keyboard, in order; the first one is the label's buddy."""
        raise NotImplementedError

    def stops(self) -> tuple[QWidget, ...]:
        """Return all that can have the keyboard, in an order that is the same in every language."""
        return self.inputs()

    def line_in_hand(self) -> int:
        """Return which line of a table is in hand; 0 where there are none."""
        return 0

    def take_line(self, line: int) -> None:
        """Take a line of a table in hand."""
