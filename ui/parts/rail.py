"""The rail at the left: where one can go, each place with its picture, its word and its shortcut."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.parts.help_button import HELP, HelpButton
from ui.parts.help_button import KEYS as HELP_KEYS
from ui.parts.icons import icon
from ui.theme import COLOURS
from ui.words import tr, wrapped

WIDTH, WIDEST, NARROW = 208, 272, 68
BESIDE_WORD = 82
"""Pixels that a button needs beside its word: picture, gaps, and the margins of the rail."""


class Rail(QFrame):
    """Names of places, in order; Alt+1 goes to the first."""

    chosen = Signal(str)

    def __init__(
        self, office_name: str, staff_name: str, places: dict[str, str], parent: QWidget | None = None
    ) -> None:
        """Take names as they are, and the places: key (also of the picture) and label (a message)."""
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 12, 16)
        column.setSpacing(6)
        self._labels = {place: tr(label) for place, label in places.items()}
        name = QLabel(wrapped(office_name), self)
        name.setProperty("role", "office")
        name.setWordWrap(True)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setContentsMargins(8, 0, 8, 12)
        column.addWidget(name)
        self._told: str | None = None  # where a button that has just gone down leads
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        for number, (place, label) in enumerate(places.items(), start=1):
            keys = f"Alt+{number}"
            button = QPushButton(icon(place, COLOURS["rail_text"], 22), tr(label), self)
            button.setIconSize(QSize(22, 22))
            button.setCheckable(True)
            button.setAutoExclusive(True)  # so that a screen reader says: one of several
            button.setToolTip(keys)
            button.setAccessibleName(tr(label))
            button.setAccessibleDescription(keys)
            button.toggled.connect(partial(self._on_toggled, place))
            button.clicked.connect(partial(self._on_clicked, place))
            QShortcut(QKeySequence(keys), self).activated.connect(lambda place=place: self.chosen.emit(place))
            self._group.addButton(button)
            column.addWidget(button)
            self.buttons[place] = button
        column.addStretch()
        self.help_button = HelpButton(self)
        self.help_button.setIcon(icon("help", COLOURS["rail_text"], 22))
        self.help_button.setIconSize(QSize(22, 22))
        column.addWidget(self.help_button)
        who = QLabel(wrapped(staff_name), self)
        who.setWordWrap(True)
        who.setTextFormat(Qt.TextFormat.PlainText)
        who.setContentsMargins(8, 0, 8, 0)
        column.addWidget(who)
        self._names = (name, who)
        longest = max(button.fontMetrics().horizontalAdvance(self._labels[key]) for key, button in self.buttons.items())
        self._wide = min(max(WIDTH, longest * 11 // 10 + BESIDE_WORD), WIDEST)  # where one is, its word is bold
        self.setFixedWidth(self._wide)

    def _on_toggled(self, place: str, on: bool) -> None:
        """Go there: by a click, which comes after this, or as a screen reader does it, without one."""
        if on:
            self._told = place
            self.chosen.emit(place)

    def _on_clicked(self, place: str, _on: bool = False) -> None:
        """Go there also where the button was down already, as from a child to the list of children."""
        told, self._told = self._told, None
        if told != place:
            self.chosen.emit(place)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the pictures alone where the window is narrow; the words stay as hints and for screen readers."""
        self.setFixedWidth(NARROW if narrow else self._wide)
        self.setProperty("narrow", narrow)
        self._column.setSpacing(2 if narrow else 6)  # a window that is narrow is low as well
        self._column.setContentsMargins(12, 8 if narrow else 16, 12, 8 if narrow else 16)
        for name in self._names:
            name.setVisible(not narrow)
        for number, (place, button) in enumerate(self.buttons.items(), start=1):
            button.setText("" if narrow else self._labels[place])
            button.setToolTip(f"{self._labels[place]} (Alt+{number})" if narrow else f"Alt+{number}")
        self.help_button.setText("" if narrow else tr(HELP))
        self.help_button.setToolTip(f"{tr(HELP)} ({HELP_KEYS})" if narrow else HELP_KEYS)
        for button in (*self.buttons.values(), self.help_button):
            button.setProperty("narrow", narrow)
            button.style().unpolish(button)
            button.style().polish(button)

    def show_place(self, place: str | None) -> None:
        """Mark where the worker is; None where it is none of these places."""
        self._told = None
        if place in self.buttons:
            with QSignalBlocker(self.buttons[place]):
                self.buttons[place].setChecked(True)
        elif (checked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)
