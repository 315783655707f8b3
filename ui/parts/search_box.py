"""The one search box: children and cases as they are typed, in either script, found by keyboard alone."""

from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import N_, Words
from casemgr.services import finding
from casemgr.services.finding import FEWEST_LETTERS, FoundChild
from casemgr.services.listing import Listing
from casemgr.services.office import Office
from ui.parts.icons import pixmap
from ui.parts.list_out import ListOut
from ui.tasks import Tasks
from ui.theme import COLOURS
from ui.words import tr, words, wrapped

HINT = N_("Search a child or a case")
HELP = N_(
    "Two letters or more: a name in either script, as it is written or as it sounds, a nickname, a guardian, "
    "a village, a code, a number of case or court, a telephone number. Ctrl+F"
)
RESULTS = N_("What was found")
OUT_HELP = N_("All that was found, on paper or as a file (Ctrl+P)")
NOTHING = N_("Nothing was found. Part of a name is enough, in either script.")
TOO_SHORT = N_("Type at least two letters.")
CHILD_LINE = N_("Child {code}")
CASE_LINE = N_("Case {number}")
BY = N_("{label}: {answer}")
PAUSE = 120
MOST = 6
WITH_CASE = 3
"""Of so many children also the newest case is offered."""
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
        self._office, self._tasks, self.children_only = office, tasks, children_only
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
        self.out = ListOut(office, tasks, self.listing, RESULTS, self.results)
        self.out.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.out.setToolTip(tr(OUT_HELP))
        self.results.column.addWidget(self.out, 0, Qt.AlignmentFlag.AlignRight)
        self.destroyed.connect(self.results.deleteLater)  # it belongs to the window, which outlives the office

    def search(self) -> None:
        """Ask for what is typed now."""
        self._timer.stop()
        typed, office, only, language = self.text().strip(), self._office, self.children_only, words()
        if not typed:
            self.results.hide()
            return
        self._tasks.run(
            lambda: (typed, _find(office, typed, language, children_only=only)), self._on_found
        )  # fmt: skip

    def listing(self) -> Listing:
        """Return what was found, with all of it that the list has no room for, to be printed or exported."""
        from casemgr.services.shown_lists import found_listing  # noqa: PLC0415  (loaded when it is wanted)

        return found_listing(self._office, self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, open, print or close it."""
        listed = self.results.list
        if event.key() == Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            if self.out.isVisible():
                self.out.open_menu()
            return
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
        """Close the list when the keyboard goes elsewhere, but to the menu of what can be done with it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
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
            self.results.show_found(found, TOO_SHORT if len(typed) < FEWEST_LETTERS else NOTHING)

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
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        # The button below it is as tall as it needs; the list has what is left, and is scrolled where that is little.
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.nothing = QLabel(wrapped(tr(NOTHING)), self)
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(12, 12, 12, 12)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2, 2, 2, 2)
        self.column.addWidget(self.list)
        self.column.addWidget(self.nothing)
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

    def show_found(self, found: list[Found], nothing: str = NOTHING) -> None:
        """Show what was found, the first of it chosen; nothing: the message where that is nothing."""
        self.list.clear()
        self.nothing.setText(wrapped(tr(nothing)))
        for each in found:
            item = QListWidgetItem(f"{each.name}\n{each.about}")
            item.setToolTip(f"{each.name}\n{each.about}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.name}, {each.about}")
            item.setData(Qt.ItemDataRole.UserRole, each)
            item.setSizeHint(QSize(0, ROW + 4))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self._box.out.setVisible(bool(found) and not self._box.children_only)
        self.nothing.setVisible(not found)
        self.setParent(self._box.window())
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        corner = self._box.mapTo(self._box.window(), QPoint(0, self._box.height() + 4))
        width = max(self._box.width(), 560)
        below = 0 if self._box.children_only else self._box.out.sizeHint().height() + 8
        rows = self.list.count() * (ROW + 4) + 12 + below
        height = rows if self.list.count() else self.nothing.heightForWidth(width) + 8
        self.setGeometry(QRect(corner, QSize(width, min(height, self._box.window().height() - corner.y() - 16))))


def _find(office: Office, typed: str, language: Words, *, children_only: bool) -> list[Found]:
    hits = finding.find_children(office, typed, limit=MOST)
    found = [_found(hit, language, children_only=children_only) for hit in hits]
    if not children_only:
        found += [
            Found("case", hit.newest.id, called(hit, language), language.text(CASE_LINE, number=hit.newest.number))
            for hit in hits[:WITH_CASE]
            if hit.newest is not None and hit.case is None
        ]
    return found


def _found(hit: FoundChild, language: Words, *, children_only: bool) -> Found:
    """Return a child; a case where the number of one was typed."""
    if hit.case is not None and not children_only:
        line = language.text(CASE_LINE, number=hit.case.number)
        return Found("case", hit.case.id, called(hit, language), f"{line} · {why_found(hit, language)}")
    line = language.text(CHILD_LINE, code=hit.code)
    return Found("child", hit.id, called(hit, language), f"{line} · {why_found(hit, language)}")


def called(hit: FoundChild, language: Words) -> str:
    """Return the name of a child that was found, in the language's script and then in the other."""
    names = (hit.name_km, hit.name_latin) if language.language == "km" else (hit.name_latin, hit.name_km)
    return " · ".join(dict.fromkeys(names))


def why_found(hit: FoundChild, language: Words) -> str:
    """Return by what a child was found, such as "Telephone: 012 345 678"."""
    khmer = language.language == "km"
    return " · ".join(
        language.text(BY, label=language.text(match.why.label), answer=match.text if khmer else match.text_en)
        for match in hit.matches
    )
