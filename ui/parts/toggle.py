"""A few buttons of which one is chosen."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.parts.flow import FlowLayout
from ui.words import tr


class Toggle(QWidget):
    """Buttons side by side; the one that is down is the choice."""

    chosen = Signal(str)
    """The worker chose the option with this key."""

    def __init__(self, name: str, options: dict[str, str], parent: QWidget | None = None) -> None:
        """name: what is chosen here, as a message; options: key and label (a message), the first chosen."""
        super().__init__(parent)
        self.setAccessibleName(tr(name))
        self._is_showing = False
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = FlowLayout(self, gap=4, line_gap=4)
        for key, label in options.items():
            button = QPushButton(tr(label), self)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # so that a screen reader says: one of several
            button.setProperty("role", "language")
            button.setAccessibleName(f"{tr(name)}: {tr(label)}")
            button.toggled.connect(partial(self._on_toggled, key))  # a screen reader does not click
            self._group.addButton(button)
            row.addWidget(button)
            self.buttons[key] = button
        self.show_value(next(iter(self.buttons)))

    @property
    def value(self) -> str:
        """The key of the choice."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def show_value(self, key: str) -> None:
        """Show a choice, without telling of it."""
        self._is_showing = True
        self.buttons[key].setChecked(True)
        self._is_showing = False

    def _on_toggled(self, key: str, on: bool) -> None:
        if on and not self._is_showing:
            self.chosen.emit(key)
