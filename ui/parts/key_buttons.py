"""Big buttons that one key each presses, shown with the key."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from ui.parts.flow import FlowLayout
from ui.words import tr

KHMER_KEYS = {"M": "ម", "N": "ន", "R": "រ", "W": "ឹ"}
"""What these keys type while the keyboard is set to Khmer, so that they work without changing it."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class KeyButtons(QWidget):
    """The letter alone presses a button wherever no text is typed and no list is open; with Alt it does everywhere."""

    chosen = Signal(str)
    """The key of the button that was pressed."""

    def __init__(self, name: str, options: Mapping[str, str], parent: QWidget) -> None:
        """name: what is chosen, a message; options: letter and label (a message). Alt works anywhere in parent."""
        super().__init__(parent)
        self.setAccessibleName(tr(name))
        self.buttons: dict[str, QPushButton] = {}
        flow = FlowLayout(self, gap=8, line_gap=8)
        for key, label in options.items():
            button = QPushButton(f"{key}  ·  {tr(label)}", self)
            button.setCheckable(True)
            button.setProperty("role", "key")
            button.setAccessibleName(tr(label))
            button.setAccessibleDescription(key)
            button.setToolTip(f"{key}, Alt+{key}")
            button.clicked.connect(partial(self._press, key))
            shortcut = QShortcut(QKeySequence(f"Alt+{key}"), parent)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._press, key))
            flow.addWidget(button)
            self.buttons[key] = button
        self.setFocusProxy(next(iter(self.buttons.values())))

    def take(self, event: QKeyEvent) -> bool:
        """Press the button of a key that nothing else wanted; return whether it is one of these."""
        typed = event.text()
        key = next((key for key in self.buttons if typed and typed in (key, key.lower(), KHMER_KEYS[key])), None)
        if key is None or event.modifiers() & _HELD:
            return False
        self._press(key)
        return True

    def show_chosen(self, chosen: str | None) -> None:
        """Show which button was pressed last, None for none of them."""
        for key, button in self.buttons.items():
            button.setChecked(key == chosen)

    def _press(self, key: str, _checked: bool = False) -> None:
        self.show_chosen(key)
        self.chosen.emit(key)
