"""On the page of a child: other records of the same child, and those that may be of it."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.child import Child
from casemgr.services import same_child
from casemgr.services.office import Office
from casemgr.services.same_child import Candidate, LinkedRecord
from ui.pages.same_child_dialog import show_beside
from ui.pages.same_child_notice import candidate_said
from ui.parts.card import Action, Card, Entry
from ui.tasks import Tasks
from ui.words import tr, words

LINKED, MAY_BE = N_("Other records of this child"), N_("May be the same child")
THROUGH = N_("Linked through another record")
ELSEWHERE = N_("Another worker carries this child's cases. Ask the supervisor.")
CHILD_LINE = N_("Child {code}")
OPEN, COMPARE = N_("Open"), N_("Compare")
MOST = 5


class OtherRecords(QWidget):
    """Asks for them when it is made; takes no room where there are none."""

    child_asked = Signal(object)
    """The worker wants to see the child with this identity."""
    decided = Signal(object)
    """What a decision changed (Changes)."""

    def __init__(self, office: Office, tasks: Tasks, child: Child, parent: QWidget | None = None) -> None:
        """Look for other records of this child."""
        super().__init__(parent)
        self._office, self._tasks, self.child = office, tasks, child
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.linked: tuple[LinkedRecord, ...] = ()
        self.likely: list[Candidate] = []
        self.hide()
        tasks.run(lambda: _others(office, child), self._on_read)

    def compare(self, other_id: UUID) -> None:
        """Show this child and another record side by side."""
        show_beside(self._office, self._tasks, (self.child.id, other_id), self, self.decided.emit)

    def _on_read(self, others: tuple[tuple[LinkedRecord, ...], list[Candidate]]) -> None:
        self.linked, self.likely = others[0], others[1][:MOST]
        if self.linked:
            card = Card(tr(LINKED))
            for record in self.linked:
                card.add(self._linked(record))
            self._column.addWidget(card)
        if self.likely:
            card = Card(tr(MAY_BE))
            for candidate in self.likely:
                name, about = candidate_said(candidate, words())
                compare = Action(COMPARE, partial(self.compare, candidate.child_id))
                card.add(Entry(name, about, (compare,) if candidate.child is not None else ()))
            self._column.addWidget(card)
        self.setVisible(bool(self.linked or self.likely))

    def _linked(self, record: LinkedRecord) -> Entry:
        code = tr(CHILD_LINE, code=record.code)
        if record.child is None:
            return Entry(code, tr(ELSEWHERE), ())
        actions = [Action(OPEN, partial(self.child_asked.emit, record.child_id))]
        if record.direct:
            actions.append(Action(COMPARE, partial(self.compare, record.child_id)))
        name = candidate_said(Candidate(record.child_id, record.code, record.child, NO_REASONS), words())[0]
        return Entry(name, "" if record.direct else tr(THROUGH), tuple(actions))


NO_REASONS = same_child.Likeness(0, ())


def _others(office: Office, child: Child) -> tuple[tuple[LinkedRecord, ...], list[Candidate]]:
    likely = same_child.candidates(office, same_child.person_of(child), without=child.id)
    return same_child.linked_records(office, child.id), likely
