"""Unfinished typing that is offered again: a line for each draft, to go on with it or to throw it away."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.kinds import KINDS
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.services import drafts
from casemgr.services.drafts import DraftRow
from casemgr.services.office import Office
from ui.parts.card import Action, action_button, empty, text_label
from ui.parts.keyboard import keyboard_kept
from ui.tasks import Tasks
from ui.words import tr, words

UNFINISHED = N_("Unfinished: {what}, typed {when}")
UNFINISHED_CASE = N_("Unfinished: {what}, case {number}, typed {when}")
GO_ON, THROW_AWAY = N_("Continue"), N_("Throw it away")
NEW_ARREST, NEW_ARREST_KEY = N_("New arrest"), "new-arrest"
"""Begins the key of the draft of the page that takes down an arrest; an identity of its own follows."""
NEW_CASE, NEW_CASE_KEY = N_("New case"), "new-case"
"""Begins the key of the draft of a further case; the child's identity follows."""


class DraftNotices(QWidget):
    """Hidden while there is no draft."""

    dropped = Signal()
    """A draft was thrown away."""

    def __init__(
        self, office: Office, tasks: Tasks, go_on: Callable[[DraftRow], object], *, of_one_case: bool = False
    ) -> None:
        """go_on: opens what the draft is of. of_one_case: the number of the case need not be said."""
        super().__init__()
        self._office, self._tasks, self._go_on, self._of_one_case = office, tasks, go_on, of_one_case
        self.buttons: list[dict[str, QPushButton]] = []
        """The buttons of each line, by their labels."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_drafts(self, rows: Sequence[DraftRow]) -> None:
        """Show a line for each draft."""
        with keyboard_kept(self):
            empty(self._column)
            self.buttons = []
            for row in rows:
                self._column.addWidget(self._notice(row))
            self.setVisible(bool(rows))

    def _notice(self, row: DraftRow) -> QFrame:
        what, when = draft_title(row.key), words().moment(row.kept_at)
        number = None if self._of_one_case else row.case_number
        text = (
            tr(UNFINISHED_CASE, what=what, number=number, when=when) if number else tr(UNFINISHED, what=what, when=when)
        )
        notice = QFrame(self)
        notice.setProperty("role", "notice")
        line = QHBoxLayout(notice)
        line.setContentsMargins(14, 6, 8, 6)
        line.addWidget(text_label(text, "answer"), 1)
        actions = (Action(GO_ON, partial(self._go_on, row)), Action(THROW_AWAY, partial(self._drop, row.key)))
        buttons = {action.label: action_button(action, text, notice) for action in actions}
        for button in buttons.values():
            line.addWidget(button)
        self.buttons.append(buttons)
        return notice

    def _drop(self, key: str) -> None:
        office = self._office
        self._tasks.run(lambda: drafts.drop_draft(office, key), lambda _: self.dropped.emit())


def draft_title(key: str) -> str:
    """Return what kind of record a draft is of, in the screen's language."""
    table = key.partition("/")[0]
    if table in (NEW_ARREST_KEY, NEW_CASE_KEY):
        return tr(NEW_ARREST if table == NEW_ARREST_KEY else NEW_CASE)
    kinds: tuple[type[Record], ...] = (
        Child, Case, Offence, OfficeSettings, StaffMember, Contact, *(kind.record for kind in KINDS)
    )  # fmt: skip
    return next((tr(kind.title) for kind in kinds if kind.__tablename__ == table), table)
