"""What the pages before an open office share: a card in the middle, the languages above it."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import LANGUAGES, N_
from ui.parts.help_button import HelpButton
from ui.words import tr, words

PROGRAM = N_("Child justice casework")
LANGUAGE_NAME = N_("Language: {language}")
WIDTH = 580
MARK_ROOM = 96
"""Pixels that stay in sight below the line that has the keyboard: its rule, and what is wrong with it."""


class LanguageSwitch(QWidget):
    """The languages beside each other, each by its own name; the one that is spoken is pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show which language is spoken now."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for code, name in LANGUAGES.items():
            button = QPushButton(name, self)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # so that a screen reader says: one of several
            button.setChecked(code == words().language)
            button.setProperty("role", "language")
            button.setProperty("language", code)
            button.setAccessibleName(tr(LANGUAGE_NAME, language=name))
            group.addButton(button)
            row.addWidget(button)
            self.buttons[code] = button
        group.buttonToggled.connect(self._on_toggled)  # a screen reader does not click

    def show_spoken(self) -> None:
        """Show again which language is spoken, where the one that was chosen could not be taken."""
        self.buttons[words().language].setChecked(True)

    def _on_toggled(self, button: QPushButton, on: bool) -> None:
        code = str(button.property("language"))
        if on and code != words().language:
            self.chosen.emit(code)


class DoorPage(QWidget):
    """A page that anybody who starts the program may see. Nothing on it comes from a record."""

    language_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, with_languages: bool = True) -> None:
        """Build the empty card."""
        super().__init__(parent)
        self._focused: QWidget | None = None  # what had the keyboard when it became busy
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 16, 24, 24)
        top = QHBoxLayout()
        self.help_button = HelpButton(self)
        self.help_button.setProperty("role", "link")
        top.addWidget(self.help_button)
        top.addStretch()
        if with_languages:
            self.languages = LanguageSwitch(self)
            self.languages.chosen.connect(self.language_asked)
            top.addWidget(self.languages)
        outer.addLayout(top)
        self.card = QFrame()
        self.card.setProperty("role", "door-card")
        self.card.setFixedWidth(WIDTH)
        self.column = QVBoxLayout(self.card)
        self.column.setContentsMargins(40, 28, 40, 32)
        self.column.setSpacing(12)
        holder = QWidget()
        middle = QVBoxLayout(holder)
        middle.addStretch(2)
        centred = QHBoxLayout()
        centred.addStretch()
        centred.addWidget(self.card)
        centred.addStretch()
        middle.addLayout(centred)
        middle.addStretch(3)
        self.area = QScrollArea(self)
        self.area.setProperty("role", "door")
        self.area.setWidgetResizable(True)
        self.area.setWidget(holder)
        holder.installEventFilter(self)
        outer.addWidget(self.area, 1)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def _on_focus(self, _before: QWidget | None, here: QWidget | None) -> None:
        """Bring the line that the keyboard went to into sight, and its mark below; Qt does so for Tab alone."""
        if here is not None and self.card.isAncestorOf(here):
            self.area.ensureWidgetVisible(here, 0, MARK_ROOM)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do so again when a mark appears below the line that has the keyboard."""
        if event.type() is QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, lambda: self._on_focus(None, QApplication.focusWidget()))
        return super().eventFilter(watched, event)

    def refuse(self, message: str, fields: tuple[str, ...] = ()) -> None:
        """Say why the office stays closed; message is already in the screen's language."""

    def set_busy(self, *, busy: bool) -> None:
        """Show that the office is being opened: nothing else can be asked for meanwhile."""
        if busy:
            self._focused = self.card.focusWidget()
        self.card.setEnabled(not busy)
        if not busy and self._focused is not None and shiboken6.isValid(self._focused):
            self._focused.setFocus()
            self._focused = None

    def state(self) -> dict[str, object]:
        """Return what is typed here and may be shown again in another language."""
        return {}

    def restore_state(self, state: dict[str, object]) -> None:
        """Go on with what state returned."""
