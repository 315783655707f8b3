"""The sections of a record editor, and the list that leads to them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from casemgr.i18n import N_, Words
from casemgr.records.fields import FieldInfo, Group
from ui.editors.question_grid import Maker, Question, QuestionGrid
from ui.parts.scrolling import scroll_far
from ui.words import wrapped

UNANSWERED = N_("{section}, {count} required answers missing")
SECTIONS = N_("Sections")
A_SLICE = 3
"""So many questions are built each time the window has nothing to do."""
WIDEST = 920
"""Pixels: questions are not drawn out wider than this, however wide the window is."""


class Section(QWidget):
    """The questions of one group under its heading. Built when first needed."""

    changed = Signal(str)
    """The name of the field whose answer the worker changed."""

    def __init__(
        self, group: Group | None, infos: Sequence[FieldInfo], words: Words, make: Maker,
        made: Callable[[Question], None], above: Callable[["Section"], QWidget | None], parent: QWidget | None = None,
        *, scrolls: bool, compact: bool = False,
    ) -> None:  # fmt: skip
        """Take the declarations; made shows in a question what is known. scrolls: the section is a page of its own.

        above: returns what Tab comes to before a section, None for nothing.
        """
        super().__init__(parent)
        self.group, self.infos, self.words = group, tuple(infos), words
        self.key = group.key if group else ""
        self.is_asked = True
        self.missing = 0
        self._make, self._made, self._scrolls, self._compact = make, made, scrolls, compact
        self._above = partial(above, self)
        self._grid: QuestionGrid | None = None
        self._shown: tuple[str, ...] = tuple(info.name for info in infos)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def is_built(self) -> bool:
        """Whether the section was shown, so that its first questions exist."""
        return self._grid is not None

    @property
    def is_waiting(self) -> bool:
        """Whether questions are to be shown that are not built yet."""
        return self._grid is not None and bool(self._grid.waiting)

    @property
    def title(self) -> str:
        """The heading in the screen's language, with its number on paper."""
        if self.group is None:
            return ""
        label = self.words.text(self.group.label)
        return f"{self.words.figures(self.group.number)}. {label}" if self.group.number else label

    def has(self, name: str) -> bool:
        """Return whether the field belongs to this section."""
        return any(info.name == name for info in self.infos)

    def build(self, most: int) -> int:
        """Make heading and place of the questions, and the first ones; return how many. Nothing where that was done."""
        if self._grid is not None:
            return 0
        area = _scrolling(self) if self._scrolls else None
        body = QWidget(area.viewport() if area else self)  # moved to another parent, all would be polished anew
        column = QVBoxLayout(body)
        column.setSpacing(12)
        column.setContentsMargins(*((4, 4, 20, 24) if self._scrolls else (0, 0, 0, 0)))
        if self.group is not None:
            column.addWidget(_heading(body, self.title, "section"))
            if self.group.help:
                column.addWidget(_heading(body, self.words.text(self.group.help), "help"))
        self._grid = QuestionGrid(
            self.infos, self.words, self._make, body, made=self._made, above=self._above, compact=self._compact
        )
        self._grid.changed.connect(self.changed)
        count = self._grid.show_only(self._shown, most)
        column.addWidget(self._grid)
        column.addStretch()
        if not self._compact:
            body.setMaximumWidth(WIDEST)
        outer = QHBoxLayout(self)  # a row, unlike a column, asks for the height at the width the body really has
        outer.setContentsMargins(0, 0, 0, 0)
        if area is not None:
            area.setWidget(body)
        outer.addWidget(area or body, 1)
        if area is None:
            outer.addStretch()
        return count

    def build_more(self, most: int | None = None, *, show: bool = False) -> int:
        """Build the next questions that wait, so many at the most; return how many. show: as of QuestionGrid."""
        return 0 if self._grid is None else self._grid.build_more(most, show=show)

    @property
    def last_built(self) -> Question | None:
        """The last question that is built, None while there is none."""
        return None if self._grid is None else self._grid.last_built

    def question(self, name: str) -> Question:
        """Return a question, built now where it was not. Raises KeyError for a field of another section."""
        self.build(0)
        assert self._grid is not None  # noqa: S101
        return self._grid.question(name)

    def last_stop(self) -> QWidget | None:
        """Return what has the keyboard last in this section, None while nothing has."""
        return None if self._grid is None else self._grid.last_stop()

    def built(self, name: str) -> Question | None:
        """Return a question if it is built, else None."""
        return None if self._grid is None else self._grid.questions.get(name)

    def show_answers(self, record: object) -> None:
        """Show what the record says in the questions that are built."""
        if self._grid is not None:
            self._grid.show_answers({info.name: getattr(record, info.name) for info in self.infos})
            self._grid.show_problems()

    def show_problems(self) -> None:
        """Mark what is typed and not understood."""
        if self._grid is not None:
            self._grid.show_problems()

    def typed(self) -> dict[str, Any]:
        """Return by field name what is typed and not understood."""
        if self._grid is None:
            return {}
        found = ((name, question.editor.typed()) for name, question in self._grid.questions.items())
        return {name: typed for name, typed in found if typed is not None}

    def update_for(self, record: object, most: int) -> int:
        """Ask the questions that arise in this record, and count the required ones without an answer.

        most: so many of them are built at once; returns how many were. A section that is no page of its own is built
        once it is asked.
        """
        shown = [info for info in self.infos if info.is_shown(record)]
        self._shown = tuple(info.name for info in shown)
        self.is_asked = bool(shown)
        self.missing = sum(info.required and getattr(record, info.name) in (None, "", ()) for info in shown)
        if not self._scrolls:
            self.setVisible(self.is_asked)
        if self._grid is not None:
            return self._grid.show_only(self._shown, most)
        return self.build(most) if self.is_asked and not self._scrolls else 0

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the fields that are asked now."""
        return self._shown


class Growth:
    """Builds the questions of sections that wait, from the top, a few each time the window has nothing to do."""

    def __init__(self, parent: QWidget) -> None:
        """Know of no section yet. parent: of the sections."""
        self.sections: Sequence[Section] = ()
        self._rest = QTimer(parent)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._go_on)

    def wait(self) -> None:
        """Go on as soon as there is nothing else to do, where anything waits."""
        if any(section.is_waiting for section in self.sections):
            self._rest.start()

    def go_ahead(self, now: QWidget) -> None:
        """Build what follows the question that has the keyboard: Tab would pass by what is not there yet."""
        before: Section | None = None
        for section in self.sections:
            if section.is_waiting:
                last = before if section.last_built is None else section
                if last is not None and last.last_built is not None and last.last_built.isAncestorOf(now):
                    section.build_more(A_SLICE, show=True)
                return
            if section.last_built is not None:
                before = section

    def _go_on(self) -> None:
        for section in self.sections:
            if section.build_more(A_SLICE):
                break
        self.wait()


class SectionList(QListWidget):
    """The sections of a long record, each with the number of required questions that have no answer yet."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        """List nothing yet; made before the sections, so that Tab comes to it first."""
        super().__init__(parent)
        self._sections: Sequence[Section] = ()
        self._words = words
        self.setWordWrap(True)
        self.setFixedWidth(264)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "sections")
        self.setAccessibleName(words.text(SECTIONS))

    def show_sections(self, sections: Sequence[Section]) -> None:
        """List these sections."""
        self._sections = sections
        for section in sections:
            self.addItem(QListWidgetItem(wrapped(section.title)))

    def update_counts(self) -> None:
        """Show the counts as they are now."""
        for at, section in enumerate(self._sections):
            item = self.item(at)
            item.setHidden(not section.is_asked)
            count = self._words.number(section.missing)
            item.setText(wrapped(section.title) + (f"  ({count} *)" if section.missing else ""))
            spoken = self._words.text(UNANSWERED, section=section.title, count=count)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken if section.missing else section.title)


def _heading(parent: QWidget, text: str, role: str) -> QLabel:
    label = QLabel(wrapped(text), parent)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def _scrolling(parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    scroll_far(area)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumSize(QSize(360, 140))
    return area
