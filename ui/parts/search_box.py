"""The one search box: children and cases as they are typed, in either script, found by keyboard alone."""

from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.services import lists
from casemgr.services.office import Office
from ui.parts.icons import pixmap
from ui.tasks import Tasks
from ui.theme import COLOURS
from ui.words import tr, words, wrapped

HINT = N_("Search a child or a case")
HELP = N_("Letters of a name in either script, a nickname, a code, a case number or a telephone number. Ctrl+F")
RESULTS = N_("What was found")
NOTHING = N_("Nothing was found. Part of a name is enough, in either script.")
CHILD_LINE = N_("Child {code}")
CASE_LINE = N_("Case {number}")
PAUSE = 120
MOST = 6
ROW = 54


class Found(NamedTuple):
    """A child or a case that was found, by its identity."""

    kind: str
    id: UUID
    name: str
    about: str


class SearchBox(QLineEdit):
    """Asks a moment after the last key; Down goes into the list, Enter opens, Esc closes."""

    opened = Signal(object)
    """What the worker chose (Found)."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget, *, children_only: bool = False) -> None:
        """Search this office. parent: what the list of results may cover, directly or further up."""
        super().__init__(parent)
        self._office, self._tasks, self._children_only = office, tasks, children_only
        self.setProperty("role", "search")
        self.setPlaceholderText(tr(HINT))
        self.setAccessibleName(tr(HINT))
        self.setAccessibleDescription(tr(HELP))
        self.setToolTip(tr(HELP))
        self._sign = pixmap("search", COLOURS["muted"], 18)
        self.results = _Results(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.search)
        self.textChanged.connect(self._on_text)
        self.results.list.itemClicked.connect(self._on_item)
        self.destroyed.connect(self.results.deleteLater)  # it belongs to the window, which outlives the office

    def search(self) -> None:
        """Ask for what is typed now."""
        self._timer.stop()
        typed, office, only, language = self.text().strip(), self._office, self._children_only, words()
        if not typed:
            self.results.hide()
            return
        self._tasks.run(
            lambda: (typed, _find(office, typed, language.language, children_only=only)), self._on_found
        )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, open, or close it."""
        listed = self.results.list
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.results.isVisible() and listed.count():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            listed.setCurrentRow((listed.currentRow() + step) % listed.count())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.results.isVisible() and listed.currentItem() is not None:
                self._on_item(listed.currentItem())
            else:
                self.search()
        elif event.key() == Qt.Key.Key_Escape and (self.text() or self.results.isVisible()):
            self.clear()
            self.results.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: Any) -> None:
        """Close the list when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        self.results.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lens."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(QPoint(12, (self.height() - 18) // 2), self._sign)
        painter.end()

    def sizeHint(self) -> QSize:
        """Be wide enough for its own hint."""
        hint = super().sizeHint()
        wide = self.fontMetrics().horizontalAdvance(self.placeholderText()) + 64
        return QSize(max(hint.width(), wide), hint.height())

    def _on_text(self) -> None:
        if self.text().strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.results.hide()

    def _on_found(self, answer: tuple[str, list[Found]]) -> None:
        typed, found = answer
        if typed == self.text().strip() and self.window().focusWidget() is self:
            self.results.show_found(found)

    def _on_item(self, item: QListWidgetItem) -> None:
        found = item.data(Qt.ItemDataRole.UserRole)
        if found is not None:
            self.results.hide()
            self.clear()
            self.opened.emit(found)


class _Results(QFrame):
    """The list below the box. It never takes the keyboard, so typing goes on."""

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box.window())
        self._box = box
        self.setProperty("role", "panel")
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(tr(RESULTS))
        self.nothing = QLabel(wrapped(tr(NOTHING)), self)
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(12, 12, 12, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        box.installEventFilter(self)
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the names."""
        super().hideEvent(event)
        self.list.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Stay below the box."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        return False

    def show_found(self, found: list[Found]) -> None:
        """Show what was found, the first of it chosen."""
        self.list.clear()
        for each in found:
            item = QListWidgetItem(f"{each.name}\n{each.about}")
            item.setData(Qt.ItemDataRole.UserRole, each)
            item.setSizeHint(QSize(0, ROW + 4))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.setParent(self._box.window())
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        corner = self._box.mapTo(self._box.window(), QPoint(0, self._box.height() + 4))
        width = max(self._box.width(), 420)
        height = self.list.count() * (ROW + 4) + 12 if self.list.count() else self.nothing.heightForWidth(width) + 8
        self.setGeometry(QRect(corner, QSize(width, min(height, self._box.window().height() - corner.y() - 16))))


def _find(office: Office, typed: str, language: str, *, children_only: bool) -> list[Found]:
    name = "name_km" if language == "km" else "name_latin"
    other = "name_latin" if language == "km" else "name_km"
    found = [
        Found("child", row.id, getattr(row, name), _about(CHILD_LINE, row, other, code=row.code))
        for row in lists.children(office, typed, limit=MOST)
    ]
    if not children_only:
        found += [
            Found("case", row.id, getattr(row, name), _about(CASE_LINE, row, other, number=row.number))
            for row in lists.cases(office, typed, limit=MOST)
        ]
    return found


def _about(message: str, row: Any, other: str, **slots: str) -> str:
    return f"{tr(message, **slots)} · {getattr(row, other)}"
