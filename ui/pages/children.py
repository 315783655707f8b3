"""The children of the office, in the order of the Khmer dictionary."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casemgr.i18n import N_
from casemgr.services import lists
from casemgr.services.changes import Changes
from casemgr.services.listing import Listing
from casemgr.services.office import Office, Right
from casemgr.services.shown_lists import CHILDREN, children_listing
from ui.pages.people_list import ListPage
from ui.pages.same_child_sweep import SweepDialog
from ui.parts.card import Action, action_button
from ui.parts.empty_state import EmptyState
from ui.parts.list_out import ListOut
from ui.parts.listing import Line, as_shown, line_of
from ui.tasks import Tasks
from ui.words import tr, words

TITLE = N_("Children")
NEW_CHILD = N_("New child")
SAME_CHILD = N_("Written down twice?")
NOTHING = N_("No child is written down yet")
NOTHING_HINT = N_("A child comes in with an arrest, or is written down here.")


class ChildrenPage(ListPage):
    """The list of children."""

    new_asked = Signal()
    title = TITLE
    columns = as_shown(CHILDREN)

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Read the first page of the list."""
        begin = Action(NEW_CHILD, self._begin)
        may_begin = Right.WRITE_CASES in office.rights
        nothing = EmptyState("children", tr(NOTHING), tr(NOTHING_HINT), begin if may_begin else None)
        actions = (Action(SAME_CHILD, self.sweep), begin) if may_begin else ()
        beside = tuple(action_button(action, tr(TITLE), nothing) for action in actions)
        self.out = ListOut(office, tasks, self.listing, TITLE, nothing)
        super().__init__(office, tasks, nothing, (self.out, *beside), parent)
        self.out.said.connect(self.say)
        self.read()

    def loader(self) -> Callable[[lists.ChildRow | None, int], list[Line]]:
        """Return the question to the store as the page stands now."""
        office, typed, language = self._office, self.narrow.text(), words()
        return lambda after, count: [
            line_of(row, CHILDREN, language) for row in lists.children(office, typed, limit=count, after=after)
        ]

    def listing(self) -> Listing:
        """Return the list as it is shown now, to be printed or exported."""
        return children_listing(self._office, self.narrow.text())

    def sweep(self) -> None:
        """Compare all children, and list those that may be written down twice."""
        dialog = SweepDialog(self._office, self._tasks, self)
        dialog.decided.connect(self._on_decided)
        dialog.open()

    def _on_decided(self, changes: Changes) -> None:
        self.refresh()
        self.changed.emit(changes)

    def _begin(self) -> None:
        self.new_asked.emit()
