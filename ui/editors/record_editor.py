"""The editor of a whole record, built from what the record's class declares of its fields."""

import dataclasses
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from casemgr.i18n import Words
from casemgr.records.base import Record
from casemgr.records.fields import FieldInfo, Group
from casemgr.records.handed import checked
from casemgr.records.plain import answers_of
from ui.editors.asked import fields_asked, grouped, is_long
from ui.editors.question_grid import Maker, Question
from ui.editors.rows import RowsEditor
from ui.editors.sections import Growth, Section, SectionList
from ui.editors.special import ReadOnly, editor_for, proposals
from ui.editors.standing import LastFocus, Standing, cursor_of, put_cursor
from ui.words import words as screen_words

AT_ONCE = 5
"""So many questions are built at once, most of a screenful."""
_TYPED = "?"
"""Begins the name under which typing that is not understood stands in a draft."""


class RecordEditor(QWidget):
    """Shows a record's questions, takes the answers, and gives back a new record. Never changes the one it was given.

    only: the names of the fields to ask, where not all are wanted. open_fields: of a frozen record, those that can
    still be answered; None while it is not frozen. at_once: so many questions are built as the record is given.
    compact: in the order of only, each question in a line, without headings. make: builds the editors of fields that
    can be answered.
    """

    changed = Signal()
    """The worker typed or chose something."""

    def __init__(
        self,
        record_class: type[Record],
        *,
        only: Iterable[str] | None = None,
        open_fields: Collection[str] | None = None,
        words: Words | None = None,
        at_once: int = AT_ONCE,
        compact: bool = False,
        make: Maker = editor_for,
        parent: QWidget | None = None,
    ) -> None:
        """Build the sections; a question is built when it is to be shown.

        The first of them are there at once, the others a few at a time, so that the window never waits; whoever asks
        for one of them has it built.
        """
        super().__init__(parent)
        self.words = words or screen_words()
        wanted = None if only is None else tuple(only)
        self.infos = fields_asked(record_class, wanted)
        if compact and wanted is not None:
            self.infos = tuple(sorted(self.infos, key=lambda info: wanted.index(info.name)))
        self._open, self._at_once, self._compact, self._make = open_fields, at_once, compact, make
        self._given: Record | None = None
        self._held: Record | None = None  # a copy that the answers are written into as they come
        self._typed: dict[str, Any] = {}  # what is typed in sections that are not built
        self._growth = Growth(self)
        self._focus = LastFocus(self, self._growth.go_ahead)
        self._threshold = QWidget(self)  # made before all questions; Tab passes it by
        self._threshold.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._threshold.hide()
        self._build([(None, list(self.infos))] if compact else grouped(self.infos))

    def set_record(self, record: Record) -> None:
        """Show a record; what was typed before is gone."""
        self._given = record
        self._held = dataclasses.replace(record)
        self._typed = {}
        for section in self.sections:
            section.show_answers(self._held)
        self._update()

    def take_over(self, given: Record, answers: Record) -> None:
        """Go on from another version of the record, with these answers, as after two edits were compared."""
        self.set_record(answers)
        self._given = given

    def record(self) -> Any:
        """Return a new, detached record: the one that was given, with the answers as they stand now.

        What is typed and not understood counts as no answer; see unreadable.
        """
        assert self._held is not None  # noqa: S101  (a record is given before one is asked for)
        return dataclasses.replace(self._held)

    def plain(self) -> dict[str, Any]:
        """Return the answers that differ from the record's, as plain values for a draft.

        What is typed and not understood is among them.
        """
        assert self._held is not None  # noqa: S101
        assert self._given is not None  # noqa: S101
        before, after = answers_of(self._given), answers_of(self._held)
        answers = {info.name: after[info.name] for info in self.infos if after[info.name] != before[info.name]}
        return answers | {_TYPED + name: typed for name, typed in self._all_typed().items()}

    def restore(self, plain: dict[str, Any]) -> None:
        """Show the answers of a draft in place of the record's; what the draft does not know stays."""
        assert self._held is not None  # noqa: S101
        for info in self.infos:
            if info.name in plain and self._may_change(info):
                with suppress(ValueError):  # an answer that this version no longer knows
                    setattr(self._held, info.name, checked(info, plain[info.name]))
        self._typed = {name.removeprefix(_TYPED): typed for name, typed in plain.items() if name.startswith(_TYPED)}
        for section in self.sections:
            section.show_answers(self._held)
            self._show_typed(section)
        self._update()
        self.changed.emit()

    @property
    def is_changed(self) -> bool:
        """Whether saving would change the record."""
        if self._held is None or self._given is None:
            return False
        return answers_of(self._held) != answers_of(self._given) or bool(self._all_typed())

    def unreadable(self) -> list[str]:
        """Return the names of the fields in which something is typed that is not understood."""
        return list(self._all_typed())

    def check(self) -> bool:
        """Mark what is typed and not understood and go to the first of it; return whether all is understood."""
        names = self.unreadable()
        for name in names:
            self._ready(self._section_of(name))
        for section in self.sections:
            section.show_problems()
        if names:
            self.focus_field(names[0])
        return not names

    def answer(self, name: str, value: Any) -> None:
        """Give an answer as if the worker had chosen it, with what it proposes for other questions."""
        section = self._section_of(name)
        self._ready(section)
        section.question(name).editor.set_value(value)
        self._on_answer(name)

    def mark(self, names: Iterable[str], message: str, **slots: object) -> None:
        """Mark these fields with a message of the catalogue, after a refused save, and go to the first of them."""
        known = [name for name in names if any(info.name == name for info in self.infos)]
        for name in known:
            section = self._section_of(name)
            self._ready(section)
            section.question(name).set_mark(message, **slots)
        if known:
            self.focus_field(known[0])

    def focus_field(self, name: str) -> None:
        """Show the section of a field and put the keyboard into it. Raises KeyError for a field not asked here."""
        section = self._section_of(name)
        self._show_section(self.sections.index(section))
        if section.built(name) is None:  # what stands above it would push it out of sight later
            for above in self.sections[: self.sections.index(section)]:
                above.build_more()
        section.question(name).focus()

    def begin_line(self, name: str) -> None:
        """Begin a new line in the table of that field and put the keyboard into it. Raises KeyError."""
        self.focus_field(name)
        editor = self._section_of(name).question(name).editor
        if isinstance(editor, RowsEditor):
            editor.add_line()

    def field_in_hand(self) -> str | None:
        """Return the name of the field that has the keyboard; None where none has."""
        found = self.standing() if self.isAncestorOf(QApplication.focusWidget() or self) else None
        return None if found is None else found.field

    def next_missing(self, after: str | None) -> str | None:
        """Return the first required question without an answer that stands after that field; after None: of all."""
        held = self._held
        asked = [name for section in self.sections if section.is_asked for name in section.shown]
        required = {info.name for info in self.infos if info.required and self._may_change(info)}
        rest = asked[asked.index(after) + 1 :] if after in asked else asked
        return next((each for each in rest if each in required and getattr(held, each) in (None, "", ())), None)

    def focus_missing(self, after: str | None) -> bool:
        """Go to the question that next_missing returns; return whether there is one."""
        name = self.next_missing(after)
        if name is not None:
            self.focus_field(name)
        return name is not None

    def is_asked(self, name: str) -> bool:
        """Whether a field is asked here as the answers stand."""
        return any(name in section.shown for section in self.sections)

    def focus_first(self) -> None:
        """Put the keyboard into the first question that can be answered."""
        for section in self.sections:
            if section.is_asked and (name := self._first_open(section)):
                self.focus_field(name)
                return

    def standing(self) -> Standing | None:
        """Return where the keyboard is here, or was last; None where it never was."""
        last = self._focus.last
        for section in self.sections if last is not None else ():
            for name in section.shown if section.is_built else ():
                question = section.built(name)
                if question is not None and last is not None and last in question.editor.stops():
                    editor = question.editor
                    return Standing(name, editor.line_in_hand(), editor.stops().index(last), cursor_of(last))
        return None

    def stand(self, standing: Standing) -> None:
        """Put the keyboard where standing said, if that is still asked."""
        if not self.is_asked(standing.field):
            return
        self.focus_field(standing.field)
        editor = self._section_of(standing.field).question(standing.field).editor
        editor.take_line(standing.line)
        if standing.stop < len(editor.stops()):
            widget = editor.stops()[standing.stop]
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            put_cursor(widget, standing.cursor)

    def section_keys(self) -> list[str]:
        """Return the keys of the sections that are asked, in order."""
        return [section.key for section in self.sections if section.is_asked]

    def showEvent(self, event: QShowEvent) -> None:
        """Remember again what has the keyboard."""
        super().showEvent(event)
        self._focus.listen(on=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember no more: what is torn down hears nothing."""
        super().hideEvent(event)
        self._focus.listen(on=False)

    def _build(self, groups: list[tuple[Group | None, list[FieldInfo]]]) -> None:
        self.is_long = is_long(self.infos) and not self._compact
        if self.is_long:
            self.list = SectionList(self.words, self)
        make, scrolls, compact = self._maker(), self.is_long, self._compact
        known = (self.words, make, self._show_known, self._stop_above, self)
        self.sections = [Section(group, infos, *known, scrolls=scrolls, compact=compact) for group, infos in groups]
        self._growth.sections = self.sections
        for section in self.sections:
            section.changed.connect(self._on_answer)
        (self._build_long if self.is_long else self._build_short)()

    def _build_short(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        for section in self.sections:
            column.addWidget(section)
        column.addStretch()

    def _build_long(self) -> None:
        self.list.show_sections(self.sections)
        self.stack = QStackedWidget(self)
        for section in self.sections:
            self.stack.addWidget(section)
        self.list.currentRowChanged.connect(self._show_section)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        for keys, act in (("Ctrl+PgDown", self.next_section), ("Ctrl+PgUp", self.previous_section)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def next_section(self) -> None:
        """Go on to the next section that is asked."""
        self._step(1)

    def previous_section(self) -> None:
        """Go back to the section before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        at = self.list.currentRow() + step
        while 0 <= at < len(self.sections) and not self.sections[at].is_asked:
            at += step
        if 0 <= at < len(self.sections):
            self._show_section(at)
            if name := self._first_open(self.sections[at]):
                self.sections[at].question(name).focus()

    def _show_section(self, at: int) -> None:
        self._ready(self.sections[at])
        if self.is_long:
            self.stack.setCurrentIndex(at)
            self.list.setCurrentRow(at)

    def _ready(self, section: Section) -> None:
        """Build the beginning of a section that is not yet built."""
        section.build(AT_ONCE)
        self._growth.wait()

    def _show_known(self, question: Question) -> None:
        """Show in a question that was just built what the record says, or what is typed and not understood."""
        name = question.info.name
        if self._held is not None:
            question.editor.set_value(getattr(self._held, name))
        if name in self._typed:
            question.editor.set_typed(self._typed.pop(name))
        question.show_problem()

    def _stop_above(self, section: Section) -> QWidget | None:
        """Return what Tab comes to before a section: in the one above it, the list, or what stands before all.

        Qt is not asked for what comes before the editor: PySide takes its answer for a child of what was asked, and
        keeps hold of widgets of Qt's own that are long gone.
        """
        for above in reversed(self.sections[: self.sections.index(section)]):
            if (stop := above.last_stop()) is not None:
                return stop
        if self.is_long:
            return self.list
        return self._threshold

    def last_stop(self) -> QWidget:
        """Return what Tab comes to last of the questions that are built."""
        found = (section.last_stop() for section in reversed(self.sections))
        return next((stop for stop in found if stop is not None), self._threshold)

    def _first_open(self, section: Section) -> str | None:
        """Return the name of the first question that can be answered; None where there is none."""
        open_names = {info.name for info in section.infos if self._may_change(info)}
        return next((name for name in section.shown if name in open_names), None)

    def _show_typed(self, section: Section) -> None:
        for name in list(self._typed):
            if (question := section.built(name)) is not None:
                question.editor.set_typed(self._typed.pop(name))
                question.show_problem()

    def _on_answer(self, name: str) -> None:
        assert self._held is not None  # noqa: S101
        before = getattr(self._held, name)
        setattr(self._held, name, self._section_of(name).question(name).editor.value())
        for other, answer in proposals(self._held, name, before).items():
            setattr(self._held, other, answer)
            self._show_answer(other)
        self._update()
        self.changed.emit()

    def _show_answer(self, name: str) -> None:
        for section in self.sections:
            if (question := section.built(name)) is not None:
                question.editor.set_value(getattr(self._held, name))

    def _update(self) -> None:
        """Ask what arises now, and count what is still required."""
        assert self._held is not None  # noqa: S101
        left = self._at_once
        for section in self.sections:
            left -= section.update_for(self._held, left)
        self._growth.wait()
        if self.is_long:
            self.list.update_counts()
            if self.list.currentRow() < 0:
                self._show_section(next(at for at, section in enumerate(self.sections) if section.is_asked))

    def _all_typed(self) -> dict[str, Any]:
        typed = dict(self._typed)
        for section in self.sections:
            typed |= section.typed()
        return typed

    def _section_of(self, name: str) -> Section:
        for section in self.sections:
            if section.has(name):
                return section
        raise KeyError(name)

    def _may_change(self, info: FieldInfo) -> bool:
        return not info.computed and (self._open is None or info.name in self._open)

    def _maker(self) -> Maker:
        return lambda info, words, parent: (
            self._make(info, words, parent) if self._may_change(info) else ReadOnly(info, words, parent)
        )
