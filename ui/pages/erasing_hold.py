"""Whether a child may be erased: a supervisor says that it may not, as where a court asks for papers, or may again."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.child import Child
from casemgr.records.retention import ErasingHold
from casemgr.services import keeping_rules
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from ui.editors.typed_beside import keep_reason
from ui.parts.card import Action, Card, text_label
from ui.parts.reason_dialog import ReasonDialog
from ui.tasks import Tasks
from ui.words import tr, words

TITLE = N_("How long we keep")
MAY_BE = N_("Nothing of this child is erased by itself. Say here where its papers have to stay, as when a court asks.")
HELD = N_("Not to be erased, since {date}")
HOLD, HOLD_TITLE = N_("Do not erase…"), N_("Not to be erased")
HOLD_SAID = N_("Nothing of this child can be erased until a supervisor takes this back.")
HOLD_WHY, LIFT_WHY = N_("Why nothing of this child may be erased"), N_("Why it may be erased again")
LIFT, LIFT_TITLE = N_("May be erased again…"), N_("May be erased again")


def ask_hold(
    office: Office, tasks: Tasks, child_id: UUID, code: str, parent: QWidget, then: Callable[[Changes], None], *,
    held: bool,
) -> None:  # fmt: skip
    """Ask a supervisor why a child, told by its code, is not to be erased, or where it is held why it may be again."""
    service: Callable[[Office, UUID, str], Changes] = keeping_rules.lift_hold if held else keeping_rules.hold
    dialog = ReasonDialog(
        tr(LIFT_TITLE if held else HOLD_TITLE), [code] if held else [code, tr(HOLD_SAID)],
        LIFT_WHY if held else HOLD_WHY, LIFT_TITLE if held else HOLD_TITLE, parent,
    )  # fmt: skip
    keep_reason(dialog, office, tasks, f"hold/{child_id}", None)
    dialog.given.connect(lambda why: tasks.run(lambda: service(office, child_id, why), then))
    dialog.open()


class ErasingHoldCard(QWidget):
    """On the page of a child, for a supervisor: whether it is held back from erasing, and the button for that."""

    changed = Signal(object)
    """What was changed (Changes)."""
    loaded = Signal()

    def __init__(self, office: Office, tasks: Tasks, child: Child, parent: QWidget | None = None) -> None:
        """Ask whether it is held."""
        super().__init__(parent)
        self._office, self._tasks, self.child = office, tasks, child
        self.held: ErasingHold | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()
        tasks.run(lambda: keeping_rules.hold_on(office, child.id), self._on_read)

    def ask(self) -> None:
        """Ask why it is not to be erased, or why it may be again."""
        ask_hold(
            self._office, self._tasks, self.child.id, self.child.code or "", self, self.changed.emit,
            held=self.held is not None,
        )  # fmt: skip

    def _on_read(self, held: ErasingHold | None) -> None:
        self.held = held
        card = Card(tr(TITLE), (Action(HOLD if held is None else LIFT, self.ask),))
        if held is None:
            card.add(text_label(tr(MAY_BE), "help"))
        else:
            card.add(text_label(tr(HELD, date=words().date(held.set_on)), "doubt"))
            card.add(text_label(held.reason or "", "answer"))
        self._column.addWidget(card)
        self.show()
        self.loaded.emit()
