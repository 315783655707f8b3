"""All printed forms to choose from, by chapter, with what each is for and when it is used."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from casemgr.i18n import N_
from casemgr.khmer.search import search_key
from casemgr.printing.forms import FORMS, Chapter, Form
from ui.parts.card import text_label
from ui.parts.finder import StepLine
from ui.parts.flow import FlowLayout
from ui.words import tr, words, wrapped

SEARCH = N_("Search for a form")
FORM_LIST = N_("Printed forms")
NO_FORM = N_("No form fits what is typed. A word of its name or of what it is for is enough.")
NEEDED_NOW = N_("Needed now")
NUMBERED_NOW = N_("{number} · needed now")
PURPOSE, WHEN, READER = N_("What it is for"), N_("When it is used"), N_("Who gets it")
LIST_WIDTH = 420


class FormList(QWidget):
    """A line to search in, the list below it, and beside it what is said of the form that is marked.

    below: the column under its title, for what is asked and can be done.
    """

    chosen = Signal(object)
    """The form that is marked now (Form), None where none fits."""
    opened = Signal(object)
    """Enter, or a double click: the form is wanted."""

    def __init__(
        self, now: Collection[str] = (), parent: QWidget | None = None, *, marked: str | None = None
    ) -> None:  # fmt: skip
        """now: names of the forms that are needed now. marked: the one to mark, the first where it is not listed."""
        super().__init__(parent)
        self._now = frozenset(now)
        self._keys: dict[str, str] = {}  # what is searched of each form, once something is typed
        self.line = StepLine(self)
        self.line.setPlaceholderText(tr(SEARCH))
        self.line.setAccessibleName(tr(SEARCH))
        self.line.textChanged.connect(lambda _: self.search())
        self.line.stepped.connect(self._step)
        self.line.returnPressed.connect(self._open)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr(FORM_LIST))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemDoubleClicked.connect(lambda _: self._open())
        self.list.installEventFilter(self)
        self.nothing = text_label(tr(NO_FORM), "help")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.line)
        self._build()
        self.search(marked)

    @property
    def form(self) -> Form | None:
        """The form that is marked."""
        item = self.list.currentItem()
        form: Form | None = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return form

    def show_form(self, name: str) -> None:
        """Mark the form of that name, where it is listed."""
        for at in range(self.list.count()):
            form = self.list.item(at).data(Qt.ItemDataRole.UserRole)
            if form is not None and form.name == name:
                self.list.setCurrentRow(at)

    def search(self, marked: str | None = None) -> None:
        """List the forms that fit what is typed.

        The one of that name is marked, else the one that is marked already, where it is among them.
        """
        before, typed = marked or (self.form.name if self.form else None), search_key(self.line.text()).split()
        found = [form for form in FORMS if all(word in self._key(form) for word in typed)]
        self.list.blockSignals(True)  # the panel tells of the one that is marked in the end
        self.list.clear()
        for chapter in Chapter:
            forms = [form for form in found if form.chapter is chapter]
            if forms:
                self.list.addItem(_heading(chapter))
            for form in forms:
                self.list.addItem(self._item(form))
        if found:
            self.list.setCurrentRow(1)  # the first line is a heading
        if before is not None:
            self.show_form(before)
        self.list.blockSignals(False)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self._on_current()

    def _key(self, form: Form) -> str:
        if form.name not in self._keys:
            self._keys[form.name] = search_key(_searched(form))
        return self._keys[form.name]

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Put what can be done with the form where it is seen at once."""
        row = FlowLayout(gap=8, line_gap=8)
        for button in buttons:
            row.addWidget(button)
        self.below.addLayout(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter in the list want the form that is marked."""
        enters = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in enters:
            self._open()
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (self.line, self.list, self.nothing):
            widget.setFixedWidth(LIST_WIDTH)
            left.addWidget(widget, int(widget is not self.line))
        panel = QFrame(self)
        panel.setProperty("role", "card")
        column = QVBoxLayout(panel)
        column.setContentsMargins(20, 14, 20, 18)
        column.setSpacing(12)
        self._said = QVBoxLayout()
        self._said.setSpacing(4)
        self.title, self.about = text_label("", "section"), text_label("", "help")
        self._said.addWidget(self.title)
        self._said.addWidget(self.about)
        self.below = QVBoxLayout()
        self.below.setSpacing(8)
        self.below.setContentsMargins(0, 8, 0, 0)
        self._said.addLayout(self.below)
        self.purpose, self.when, self.reader = (self._fact(label) for label in (PURPOSE, WHEN, READER))
        column.addLayout(self._said)
        column.addStretch()
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(panel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self.area, 1)

    def _fact(self, label: str) -> QLabel:
        self._said.addSpacing(8)
        self._said.addWidget(text_label(tr(label), "question"))
        said = text_label("", "answer")
        self._said.addWidget(said)
        return said

    def _item(self, form: Form) -> QListWidgetItem:
        number = words().figures(form.number)
        second = tr(NUMBERED_NOW, number=number) if form.name in self._now else number
        item = QListWidgetItem(wrapped(f"{tr(form.title)}\n{second}"))
        item.setData(Qt.ItemDataRole.UserRole, form)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{tr(form.title)}, {second}")
        return item

    def _on_current(self) -> None:
        form = self.form
        self.area.setVisible(form is not None)
        if form is not None:
            self.title.setText(wrapped(tr(form.title)))
            parts = (
                words().figures(form.number),
                tr(form.chapter.value),
                tr(NEEDED_NOW) if form.name in self._now else "",
            )
            self.about.setText(wrapped(" · ".join(part for part in parts if part)))
            for label, message in (
                (self.purpose, form.purpose),
                (self.when, form.when),
                (self.reader, form.reader.value),
            ):
                label.setText(wrapped(tr(message)))
        self.chosen.emit(form)

    def _open(self) -> None:
        if (form := self.form) is not None:
            self.opened.emit(form)

    def _step(self, step: int) -> None:
        at = self.list.currentRow() + step
        while 0 <= at < self.list.count():
            if self.list.item(at).data(Qt.ItemDataRole.UserRole) is not None:
                self.list.setCurrentRow(at)
                return
            at += step


def _heading(chapter: Chapter) -> QListWidgetItem:
    item = QListWidgetItem(wrapped(tr(chapter.value)))
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = item.font()
    font.setBold(True)
    item.setFont(font)
    return item


def _searched(form: Form) -> str:
    said = (form.title, form.purpose, form.when, form.chapter.value)
    return " ".join((form.number, form.name, *said, *map(tr, said)))
