"""Follow-ups: the list of children to be called, and in its place the call, or what the list is exported to."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_change import FollowUpChange
from casemgr.services.changes import Changes
from casemgr.services.follow_ups import FollowUpRow
from casemgr.services.office import Office
from ui.editors.standing import Standing
from ui.pages.follow_up_call import FollowUpCall
from ui.pages.follow_up_list import FollowUpList
from ui.pages.page import Page
from ui.parts.roles import tell_codes_only
from ui.parts.undo_bar import SAVED, Kept
from ui.tasks import Tasks


class FollowUpsPage(Page):
    """The list; Enter calls a child, and Esc leads back."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Show the list."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.call: FollowUpCall | None = None
        self._queue: list[tuple[UUID, UUID]] = []  # rows of the list and their cases, in the order they are called
        self.list = FollowUpList(office, tasks)
        self.list.call_asked.connect(self.call_row)
        self.list.case_asked.connect(self.case_asked)
        self.list.loaded.connect(self.loaded)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    @property
    def is_writing(self) -> bool:
        """Whether a call is being written down."""
        return self.call is not None

    @property
    def draft_key(self) -> str | None:
        """The key of the draft of the call."""
        page = None if self.call is None else self.call.page
        return None if page is None or not page.keeper.is_needed else page.key

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard where it is of use: on the list, or on the keys of the call."""
        super().focusInEvent(event)
        if self.call is None:
            self.list.setFocus(event.reason())
        else:
            self.call.focus_first()

    def refresh(self) -> None:
        """Ask again for what is shown; what is being written stays."""
        self.list.refresh()
        if self.call is not None:
            self.call.refresh()

    def state(self) -> dict[str, Any]:
        """Return what is chosen and written here."""
        state = self.list.state()
        if self.call is not None:
            state |= {"case": self.call.case_id, "queue": self._queue, "call": self.call.state()}
        return state

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned."""
        self.list.restore_state(state)
        if "case" in state:
            self._queue = state["queue"]
            self._show_call(state["case"])
            if self.call is not None:
                self.call.restore_state(state["call"])

    def standing(self) -> Standing | None:
        """Return where the keyboard is in the call."""
        return None if self.call is None else self.call.standing()

    def stand(self, standing: Standing) -> None:
        """Put the keyboard there."""
        if self.call is not None:
            self.call.stand(standing)

    def flush(self) -> None:
        """Keep at once what is written during a call."""
        if self.call is not None:
            self.call.flush()

    def call_row(self, row: FollowUpRow) -> None:
        """Write down a call of this child; those below it in the list are called next."""
        if tell_codes_only(self._office, self._tasks):
            return
        self._queue = [(each.id, each.case_id) for each in self.list.rows_after(row)]
        self._show_call(row.case_id)

    def _show_call(self, case_id: UUID) -> None:
        self._drop_call()
        call = FollowUpCall(self._office, self._tasks, case_id, has_next=bool(self._queue))
        call.saved.connect(self._on_saved)
        call.changed.connect(self._on_schedule)
        call.closed.connect(self._to_list)
        call.case_asked.connect(self.case_asked)
        call.loaded.connect(self.loaded)
        self.call = call
        self.stack.addWidget(call)
        self.stack.setCurrentWidget(call)
        call.focus_first()

    def _on_saved(self, changes: Changes, goes_on: bool) -> None:
        self.changed.emit(changes)
        if changes.lines is not None:
            self.kept.emit(Kept(changes, SAVED, FollowUp.title))
        if goes_on and self._queue:
            self.list.refresh()
            _, case_id = self._queue.pop(0)
            self._show_call(case_id)
            return
        if self._queue:
            self.list.mark(self._queue[0][0])
        self._to_list()

    def _on_schedule(self, changes: Changes) -> None:
        self.changed.emit(changes)
        if changes.lines is not None:
            self.kept.emit(Kept(changes, SAVED, FollowUpChange.title))

    def _to_list(self) -> None:
        self._drop_call()
        self.stack.setCurrentWidget(self.list)
        self.list.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_call(self) -> None:
        if self.call is not None:
            self.call.flush()
            self.stack.removeWidget(self.call)
            self.call.deleteLater()
            self.call = None
