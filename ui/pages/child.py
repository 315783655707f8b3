"""One child: who it is, and its cases."""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.services import case_files, casework
from casemgr.services.case_files import ChildFile
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from casemgr.services.same_child import Candidate
from ui.editors.answers import answer_cards
from ui.editors.record_page import RecordPage
from ui.editors.said import with_label
from ui.pages.case_head import both_names
from ui.pages.draft_notices import NEW_CASE, NEW_CASE_KEY
from ui.pages.editing_page import EditingPage
from ui.pages.erasing_hold import ErasingHoldCard
from ui.pages.history_dialog import HISTORY, show_history
from ui.pages.other_records import OtherRecords
from ui.pages.same_child_dialog import show_beside
from ui.pages.same_child_notice import SameChildNotice
from ui.parts.ages import age_said
from ui.parts.card import Action, Card, Entry, action_button, text_label
from ui.parts.keyboard import keyboard_kept
from ui.parts.two_columns import TwoColumns
from ui.parts.undo_bar import SAVED, Kept
from ui.tasks import Tasks
from ui.words import tr, words

NEW_CHILD, EDIT, OPEN = N_("New child"), N_("Edit"), N_("Open")
CASES = N_("Cases")
NO_CASE = N_("This child has no case yet.")
AGE_TODAY = N_("Age today")
OPENED = N_("Opened on {date}")
REQUIRED = N_("Required answers missing: {count}")
LOOK_AT, COMPARE = N_("Open this child"), N_("Compare")


class ChildPage(EditingPage):
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
        self._to_mend: str | None = None  # the question to open, once the child is there
        self.area = TwoColumns(self)
        self.stack.addWidget(self.area)
        if child_id is None:
            self._write_child(Child(), None)
        else:
            self._read(child_id, log=True)

    def refresh(self) -> None:
        """Ask for the child again; an open editor stays as it is."""
        if self.child_id is not None:
            self._read(self.child_id, log=False)

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned."""
        if "key" in state:
            self.open_draft(state["key"], state["plain"])

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

    def mend(self, field: str | None) -> None:
        """Open the question to mend, once the child is there."""
        if self.file is None:
            self._to_mend = field
            return
        self.edit()
        if self.editing is not None and field is not None and self.editing.editor.is_asked(field):
            self.editing.editor.focus_field(field)

    def show_history(self) -> None:
        """Show what became of the child's answers, and who looked at them."""
        assert self.file is not None  # noqa: S101
        show_history(self._office, self._tasks, self.file.child, both_names(self.file.child), self, self._on_told)

    def begin_case(self, plain: dict[str, Any] | None = None) -> None:
        """Begin a further case of this child."""
        assert self.child_id is not None  # noqa: S101
        office, child_id, case = self._office, self.child_id, Case(id=uuid4(), child_id=self.child_id)

        def save(written: Case, _why: str | None) -> tuple[Changes, UUID]:
            return casework.open_case(office, child_id, written), written.id

        page = RecordPage(
            office, self._tasks, case, save, key=f"{NEW_CASE_KEY}/{child_id}", title=tr(NEW_CASE), parent=self.stack
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
            asks_why=child.version > 0, parent=self.stack,
        )  # fmt: skip
        page.saved.connect(self._on_child_saved)
        self._add_notice(page, child)
        self._show(page, plain)

    def _add_notice(self, page: RecordPage, child: Child) -> None:
        """Show while the child is written who it may be, of those that are here already."""
        known = child.version > 0
        notice = SameChildNotice(self._office, self._tasks, COMPARE if known else LOOK_AT, page, most=1)
        page.add_at_end(notice)
        page.editor.changed.connect(lambda: notice.look(page.editor.record(), known=known))
        notice.chosen.connect(self._on_same)

    def _on_same(self, candidate: Candidate) -> None:
        if self.child_id is None:
            self.child_asked.emit(candidate.child_id)
        else:
            show_beside(self._office, self._tasks, (self.child_id, candidate.child_id), self, self.on_decided)

    def on_decided(self, changes: Changes) -> None:
        """Show what a decision about this child and another record changed."""
        self.refresh()
        self.changed.emit(changes)

    def _show(self, page: RecordPage, plain: dict[str, Any] | None) -> None:
        page.closed.connect(self._on_closed)
        self.write_over(page, plain)

    def _back(self) -> None:
        """Show the child again, and put the keyboard there: else it would go wherever Qt finds a place."""
        buttons = self.area.findChildren(QPushButton)
        self.stack.setCurrentWidget(self.area)
        (buttons[0] if buttons else self).setFocus(Qt.FocusReason.OtherFocusReason)
        self.drop_over()

    def _on_closed(self) -> None:
        self._back()
        if self.child_id is None:
            self.closed.emit()

    def _on_child_saved(self, saved: tuple[Changes, UUID]) -> None:
        changes, self.child_id = saved
        self._back()
        self.refresh()
        self.changed.emit(changes)
        if changes.lines is not None:
            self.kept.emit(Kept(changes, SAVED, Child.title))

    def _on_told(self, title: str, changes: Changes) -> None:
        """Show what a dialog has saved."""
        self.refresh()
        self.changed.emit(changes)
        self.kept.emit(Kept(changes, SAVED, title))

    def _on_case_saved(self, saved: tuple[Changes, UUID]) -> None:
        changes, case_id = saved
        self._back()
        self.refresh()
        self.changed.emit(changes)
        self.case_asked.emit(case_id)

    def _on_read(self, file: ChildFile) -> None:
        self.file = file
        scrolled = self.area.verticalScrollBar().value()
        with keyboard_kept(self):
            self.area.clear()
            self.others = OtherRecords(self._office, self._tasks, file.child, self)
            self.others.child_asked.connect(self.child_asked)
            self.others.decided.connect(self.on_decided)
            self._show_head(file.child)
            for card in answer_cards(file.child):
                self.area.left.addWidget(card)
            self.area.left.addStretch()
            self.area.right.addWidget(self._cases(file))
            self.area.right.addWidget(self.others)
            if Right.HOLD in self._office.rights and file.child.anonymised_on is None:
                self.hold = ErasingHoldCard(self._office, self._tasks, file.child, self)
                self.hold.changed.connect(self.on_decided)
                self.area.right.addWidget(self.hold)
            self.area.right.addStretch()
        self.area.verticalScrollBar().setValue(scrolled)
        self.loaded.emit()
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.open_draft(*waiting)
        if self._to_mend is not None:
            to_mend, self._to_mend = self._to_mend, None
            self.mend(to_mend)
        self.stand_again()

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
        self.area.head.addLayout(names, 1)
        for action in (Action(EDIT, self.edit), Action(HISTORY, self.show_history)):
            self.area.head.addWidget(action_button(action, both_names(child), self), 0, Qt.AlignmentFlag.AlignTop)

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
