"""A line to type in, and below it what fits: one of it is chosen by keyboard or mouse."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from ui.parts.card import text_label
from ui.tasks import Tasks
from ui.words import tr

PAUSE = 120
MOST = 20
ROW = 60
ROWS = 3


class Hit(NamedTuple):
    """Something that fits what is typed: what it is called, what is said of it, and the row of the list it is from."""

    id: UUID
    name: str
    about: str
    row: Any


Find = Callable[[str], list[Hit]]
"""Given what is typed, returns what fits; runs beside the window's thread."""


class Finder(QWidget):
    """Asks a moment after the last key. Up and Down go through what was found; what is marked is what is chosen."""

    chosen = Signal(object)
    """What is marked now (Hit), None where nothing is."""

    def __init__(
        self, tasks: Tasks, find: Find, label: str, nothing: str, parent: QWidget | None = None, *,
        at_once: bool = False,
    ) -> None:  # fmt: skip
        """Label and nothing (what is said where nothing fits) are messages. at_once: list also what no letter asks."""
        super().__init__(parent)
        self._tasks, self._find, self._at_once = tasks, find, at_once
        self.hit: Hit | None = None
        self._answered = ""  # what the list is the answer to
        self._build(label, nothing)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.search)
        self.line.textChanged.connect(self._timer.start)
        self.line.stepped.connect(self._step)
        self.list.currentRowChanged.connect(self._on_row)
        self.setFocusProxy(self.line)
        if at_once:
            self.search()

    def _build(self, label: str, nothing: str) -> None:
        title = text_label(tr(label), "question")
        self.line = StepLine(self)
        self.line.setAccessibleName(tr(label))
        self.line.setClearButtonEnabled(False)
        title.setBuddy(self.line)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr(label))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.nothing = text_label(tr(nothing), "help")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(8, 8, 8, 8)
        self._found = QStackedWidget(self)  # as high whatever was found, so that nothing below moves
        self._found.setFixedHeight(ROWS * ROW + 8)
        for page in (self.list, self.nothing):
            self._found.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (title, self.line, self._found):
            column.addWidget(widget)

    @property
    def is_looking(self) -> bool:
        """Whether more was typed than the list answers, so that what is marked may not be what is meant."""
        return self.line.text().strip() != self._answered

    def search(self) -> None:
        """Ask for what is typed now."""
        self._timer.stop()
        typed, find = self.line.text().strip(), self._find
        if typed or self._at_once:
            self._tasks.run(lambda: find(typed), partial(self._on_found, typed))
        else:
            self._on_found(typed, [])

    def _on_found(self, typed: str, hits: list[Hit]) -> None:
        if typed != self.line.text().strip():
            return
        self._answered = typed
        before = self.hit.id if self.hit else None
        self.list.blockSignals(True)
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.name}\n{hit.about}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.name}, {hit.about}")
            item.setToolTip(f"{hit.name}\n{hit.about}")
            item.setSizeHint(QSize(0, ROW))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._found.setCurrentWidget(self.nothing if (typed or self._at_once) and not hits else self.list)
        # While nothing is typed nothing is marked, so that no Enter chooses what nobody asked for.
        where = next((at for at, hit in enumerate(hits) if hit.id == before), 0 if typed and hits else -1)
        self.list.setCurrentRow(where)
        self._on_row(where)

    def _on_row(self, at: int) -> None:
        item = self.list.item(at) if at >= 0 else None
        hit = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if hit != self.hit:
            self.hit = hit
            self.chosen.emit(hit)

    def _step(self, step: int) -> None:
        if self._timer.isActive():
            self.search()
        if count := self.list.count():
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), count - 1))


class StepLine(QLineEdit):
    """A line to type in whose Up and Down go through a list below it."""

    stepped = Signal(int)
    """One further (1) or back (-1)."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of a step, or type."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if (key := Qt.Key(event.key())) in steps:
            self.stepped.emit(steps[key])
        else:
            super().keyPressEvent(event)
