"""One child: who it is, and its cases."""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.services import case_files, casework
from casemgr.services.case_files import ChildFile
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from ui.editors.answers import answer_cards
from ui.editors.record_editor import Standing
from ui.editors.record_page import RecordPage
from ui.editors.said import with_label
from ui.pages.case_head import both_names
from ui.pages.history_dialog import HISTORY, show_history
from ui.pages.page import Page
from ui.pages.today import NEW_CASE, NEW_CASE_KEY
from ui.parts.ages import age_said
from ui.parts.card import Action, Card, Entry, action_button, empty, text_label
from ui.parts.undo_bar import SAVED, Kept
from ui.tasks import Tasks
from ui.words import tr, words

NEW_CHILD, EDIT, OPEN = N_("New child"), N_("Edit"), N_("Open")
CASES = N_("Cases")
NO_CASE = N_("This child has no case yet.")
AGE_TODAY = N_("Age today")
OPENED = N_("Opened on {date}")
REQUIRED = N_("Required answers missing: {count}")


class ChildPage(Page):
    """Shows a child, or asks for a new one. Esc leads back from an editor."""

    closed = Signal()
    """A new child was not written down after all."""

    def __init__(
        self, office: Office, tasks: Tasks, child_id: UUID | None, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        """Ask for the child (that it was opened is written down), or with None begin a new one."""
        super().__init__(parent)
        self._office, self._tasks, self.child_id = office, tasks, child_id
        self.file: ChildFile | None = None
        self._waiting: tuple[str, dict[str, Any] | None] | None = None
        self._standing: Standing | None = None  # where the keyboard goes when the editor that waits is open
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        self.area.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        self._head, self._left, self._right = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for side, share in ((self._left, 3), (self._right, 2)):
            side.setSpacing(16)
            columns.addLayout(side, share)
        column.addLayout(self._head)
        column.addLayout(columns)
        column.addStretch()
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        if child_id is None:
            self._write_child(Child(), None)
        else:
            self._read(child_id, log=True)

    @property
    def editing(self) -> RecordPage | None:
        """What is being written, None while nothing is."""
        current = self.stack.currentWidget()
        return current if isinstance(current, RecordPage) else None

    @property
    def is_writing(self) -> bool:
        """Whether the child or a new case is being written."""
        return self.editing is not None

    def refresh(self) -> None:
        """Ask for the child again; an open editor stays as it is."""
        if self.child_id is not None:
            self._read(self.child_id, log=False)

    def state(self) -> dict[str, Any]:
        """Return what is being written here."""
        page = self.editing
        return {} if page is None else {"key": page.key, "plain": page.keeper.plain()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned."""
        if "key" in state:
            self.open_draft(state["key"], state["plain"])

    def standing(self) -> Standing | None:
        """Return where the keyboard is in what is being written."""
        return None if self.editing is None else self.editing.editor.standing()

    def stand(self, standing: Standing) -> None:
        """Put the keyboard there, at once or when the editor is open."""
        if self.editing is not None:
            self.editing.editor.stand(standing)
        else:
            self._standing = standing

    def flush(self) -> None:
        """Keep at once the draft of what is being written."""
        if self.editing is not None:
            self.editing.keeper.flush()

    def open_draft(self, key: str, plain: dict[str, Any] | None) -> None:
        """Open the editor a draft belongs to, with its answers."""
        if self.child_id is None:
            self._write_child(Child(id=UUID(key.partition("/")[2])), plain)
        elif self.file is None:
            self._waiting = (key, plain)
        elif key.startswith(NEW_CASE_KEY):
            self.begin_case(plain)
        else:
            self._write_child(self.file.child, plain)

    def edit(self) -> None:
        """Open the editor of the child's identity."""
        assert self.file is not None  # noqa: S101
        self._write_child(self.file.child, None)

    def show_history(self) -> None:
        """Show what became of the child's answers, and who looked at them."""
        assert self.file is not None  # noqa: S101
        show_history(self._office, self._tasks, self.file.child, both_names(self.file.child), self)

    def begin_case(self, plain: dict[str, Any] | None = None) -> None:
        """Begin a further case of this child."""
        assert self.child_id is not None  # noqa: S101
        office, child_id, case = self._office, self.child_id, Case(id=uuid4(), child_id=self.child_id)

        def save(written: Case, _why: str | None) -> tuple[Changes, UUID]:
            return casework.open_case(office, child_id, written), written.id

        page = RecordPage(
            office, self._tasks, case, save, key=f"{NEW_CASE_KEY}/{child_id}", title=tr(NEW_CASE)
        )  # fmt: skip
        page.saved.connect(self._on_case_saved)
        self._show(page, plain)

    def _read(self, child_id: UUID, *, log: bool) -> None:
        office = self._office
        self._tasks.run(lambda: case_files.child_file(office, child_id, log=log), self._on_read)

    def _write_child(self, child: Child, plain: dict[str, Any] | None) -> None:
        office = self._office
        page = RecordPage(
            office, self._tasks, child, lambda written, why: (casework.save_child(office, written, why), written.id),
            key=f"child/{child.id}", title=tr(NEW_CHILD) if self.child_id is None else both_names(child),
            asks_why=child.version > 0,
        )  # fmt: skip
        page.saved.connect(self._on_child_saved)
        self._show(page, plain)

    def _show(self, page: RecordPage, plain: dict[str, Any] | None) -> None:
        self._drop_editor()
        page.closed.connect(self._on_closed)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if plain:
            page.go_on(plain)
        page.editor.focus_first()

    def _on_closed(self) -> None:
        self._drop_editor()
        if self.child_id is None:
            self.closed.emit()

    def _on_child_saved(self, saved: tuple[Changes, UUID]) -> None:
        changes, self.child_id = saved
        self._drop_editor()
        self.refresh()
        self.changed.emit(changes)
        if changes.lines is not None:
            self.kept.emit(Kept(changes, SAVED, Child.title))

    def _on_case_saved(self, saved: tuple[Changes, UUID]) -> None:
        changes, case_id = saved
        self._drop_editor()
        self.refresh()
        self.changed.emit(changes)
        self.case_asked.emit(case_id)

    def _drop_editor(self) -> None:
        page = self.editing
        self.stack.setCurrentWidget(self.area)
        if page is not None:
            self.stack.removeWidget(page)
            page.deleteLater()

    def _on_read(self, file: ChildFile) -> None:
        self.file = file
        scrolled = self.area.verticalScrollBar().value()
        for layout in (self._head, self._left, self._right):
            empty(layout)
        self._show_head(file.child)
        for card in answer_cards(file.child):
            self._left.addWidget(card)
        self._left.addStretch()
        self._right.addWidget(self._cases(file))
        self._right.addStretch()
        self.area.verticalScrollBar().setValue(scrolled)
        self.loaded.emit()
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.open_draft(*waiting)
        if self._standing is not None and self.editing is not None:
            standing, self._standing = self._standing, None
            self.editing.editor.stand(standing)

    def _show_head(self, child: Child) -> None:
        language = words()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(text_label(both_names(child), "title"))
        age = age_said(child.born, PartialDate.on(clock.today()), language)
        facts = [child.code or "", with_label(tr(AGE_TODAY), age, language)]
        names.addWidget(text_label(" · ".join(part for part in facts if part), "help"))
        if missing := len(case_files.missing(child)):
            names.addWidget(text_label(tr(REQUIRED, count=language.number(missing)), "doubt"))
        self._head.addLayout(names, 1)
        for action in (Action(EDIT, self.edit), Action(HISTORY, self.show_history)):
            self._head.addWidget(action_button(action, both_names(child), self), 0, Qt.AlignmentFlag.AlignTop)

    def _cases(self, file: ChildFile) -> Card:
        card, language = Card(tr(CASES), (Action(NEW_CASE, self.begin_case),)), words()
        for case in file.cases:
            facts = [tr(case.stage.label) if case.stage else "", tr(case.status.label) if case.status else ""]
            if case.opened_on:
                facts.append(tr(OPENED, date=language.date(case.opened_on)))
            go = Action(OPEN, partial(self.case_asked.emit, case.id))
            card.add(Entry(case.number or "", " · ".join(filter(None, facts)), (go,)))
        if not file.cases:
            card.add(text_label(tr(NO_CASE), "help"))
        return card
