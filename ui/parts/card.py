"""A quiet card: a heading, buttons at its right, and what stands below."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from ui.parts.flow import FlowLayout
from ui.parts.menu_button import MenuButton, Offer
from ui.words import tr, wrapped

MORE = N_("More")
MOST_BESIDE = 2
"""So many buttons stand beside the heading of a card; more stand below it."""


class Action(NamedTuple):
    """Something that can be done: its label (a message of the catalogue), and what does it.

    seldom: offered in a menu, so that what is usually done stands alone. offers: what the button lists in a menu of its
    own in place of doing something, each in the screen's language.
    """

    label: str
    act: Callable[[], Any]
    role: str = ""
    seldom: bool = False
    offers: tuple[Offer, ...] = ()


class Card(QFrame):
    """A heading with actions, over a column of widgets."""

    def __init__(self, title: str, actions: tuple[Action, ...] = (), parent: QWidget | None = None) -> None:
        """Title is shown as it is; it is already in the screen's language."""
        super().__init__(parent)
        self.title = title
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 14, 20, 18)
        self.column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(text_label(title, "section"), 1)
        self._head: QLayout = head
        self.column.addLayout(head)
        if len(actions) > MOST_BESIDE:  # more of them would leave the heading no room, and a small screen none for them
            self._head = FlowLayout(gap=8, line_gap=8)
            self.column.addLayout(self._head)
        for action in actions:
            self.add_action(action, title)

    def add_action(self, action: Action, about: str) -> None:
        """Add a button at the right of the heading; about is part of its name for screen readers."""
        self.add_button(action_button(action, about, self))

    def add_button(self, button: QAbstractButton) -> None:
        """Add a button that is already made at the right of the heading."""
        self._head.addWidget(button)

    def add(self, widget: QWidget) -> None:
        """Add a widget below."""
        self.column.addWidget(widget)


class Entry(QFrame):
    """A line of a card: what it is, a few answers below, and what can be done with it.

    The first action and the menu of those that are seldom wanted stand beside the title, the others below.
    """

    def __init__(
        self, title: str, about: str, actions: tuple[Action, ...], parent: QWidget | None = None, *,
        name: str | None = None, picture: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Title and about are shown as they are; about can be marked with the mouse, to be copied.

        name is what screen readers call the line, the title unless given. picture: stands at the left.
        """
        super().__init__(parent)
        self.setProperty("role", "entry")
        column = self._column(picture)
        name = name or title
        often = [action for action in actions if not action.seldom]
        self.buttons: dict[str, QPushButton] = {}
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(text_label(title, "answer-strong"), 1)
        column.addLayout(line)
        for action in often[:1]:
            line.addWidget(self._button(action, name, self), 0, Qt.AlignmentFlag.AlignTop)
        if seldom := [action for action in actions if action.seldom]:
            self.menu = MenuButton(tr(MORE), [(tr(action.label), action.act) for action in seldom], name, self)
            line.addWidget(self.menu, 0, Qt.AlignmentFlag.AlignTop)
        if about:
            column.addWidget(selectable(text_label(about, "help")))
        if often[1:]:
            holder = QWidget(self)
            flow = FlowLayout(holder, gap=8, line_gap=6)
            for action in often[1:]:
                flow.addWidget(self._button(action, name, holder))
            column.addWidget(holder)

    def _column(self, picture: QWidget | None) -> QVBoxLayout:
        """Return the column of the lines, with the picture at its left where there is one."""
        column = QVBoxLayout()
        column.setSpacing(4)
        if picture is None:
            self.setLayout(column)
            column.setContentsMargins(12, 10, 12, 10)
            return column
        column.setContentsMargins(0, 0, 0, 0)
        texts, row = QWidget(self), QHBoxLayout(self)
        texts.setLayout(column)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(texts, 1, Qt.AlignmentFlag.AlignTop)
        return column

    def _button(self, action: Action, name: str, parent: QWidget) -> QPushButton:
        return self.buttons.setdefault(action.label, action_button(action, name, parent))


def action_button(action: Action, about: str, parent: QWidget | None = None) -> QPushButton:
    """Return the button of an action; what it is about is part of its name for screen readers."""
    if action.offers:
        return MenuButton(tr(action.label), action.offers, about, parent)
    button = QPushButton(tr(action.label), parent)
    button.setAccessibleName(f"{tr(action.label)}: {about}")
    button.setProperty("role", action.role or "quiet")
    button.clicked.connect(lambda _checked=False: action.act())
    return button


def make_primary(button: QPushButton) -> None:
    """Let a button stand out as what is usually done next, also where it is already on the screen."""
    button.setProperty("role", "primary")
    button.style().unpolish(button)
    button.style().polish(button)


def text_label(text: str, role: str) -> QLabel:
    """Return a wrapping line of text in one of the theme's roles."""
    label = QLabel(wrapped(text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def selectable(label: QLabel) -> QLabel:
    """Let the text of a label be marked with the mouse, to be copied; return the label."""
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while item := layout.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
