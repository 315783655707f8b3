"""The children of the office, in the order of the Khmer dictionary."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.i18n import N_, Words
from casemgr.places import place_name
from casemgr.services import lists
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from ui.pages.people_list import ListPage
from ui.pages.same_child_sweep import SweepDialog
from ui.parts.ages import age_said
from ui.parts.card import Action, action_button
from ui.parts.empty_state import EmptyState
from ui.parts.listing import Column, Line
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
    columns = (
        Column(N_("Name in Khmer"), 20, strong=True),
        Column(N_("Name in Latin letters"), 18),
        Column(N_("Code"), 12, spare=True),
        Column(N_("Sex"), 8, spare=True),
        Column(N_("Age today"), 13, least=190),
        Column(N_("Village"), 16),
        Column(N_("Open cases"), 9, spare=True, least=104),
        Column(N_("Last case"), 13),
    )

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Read the first page of the list."""
        begin = Action(NEW_CHILD, self._begin)
        may_begin = Right.WRITE_CASES in office.rights
        nothing = EmptyState("children", tr(NOTHING), tr(NOTHING_HINT), begin if may_begin else None)
        actions = (Action(SAME_CHILD, self.sweep), begin) if may_begin else ()
        beside = tuple(action_button(action, tr(TITLE), nothing) for action in actions)
        super().__init__(office, tasks, nothing, beside, parent)
        self.read()

    def loader(self) -> Callable[[lists.ChildRow | None, int], list[Line]]:
        """Return the question to the store as the page stands now."""
        office, typed, language = self._office, self.narrow.text(), words()
        return lambda after, count: [
            _line(row, language) for row in lists.children(office, typed, limit=count, after=after)
        ]

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


def _line(row: lists.ChildRow, language: Words) -> Line:
    khmer = f"{row.name_km} ({row.nickname})" if row.nickname and row.nickname != row.name_km else row.name_km
    cells = (
        khmer,
        row.name_latin,
        row.code,
        language.text(row.sex.label) if row.sex else "",
        age_said(row.born, PartialDate.on(clock.today()), language),
        place_name(row.village_code, language.language) if row.village_code else "",
        language.number(row.open_cases) if row.open_cases else "–",
        row.last_case_number or "–",
    )
    return Line(row.id, cells, row)
