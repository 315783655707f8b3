"""Where a case can go: to another worker, to another office, and to the systems of others."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casemgr.exchange import oscar, primero
from casemgr.services.case_files import CaseFile
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from ui.pages.give_dialog import TO_WORKER, give_case
from ui.pages.hand_over import HAND_OVER, HandOverDialog
from ui.pages.send_dialogs import TO_OFFICE, TO_OSCAR, TO_PRIMERO, SendCaseDialog
from ui.parts.card import Action
from ui.tasks import Tasks
from ui.words import tr


class GoingActions(QObject):
    """The menu of those to whom a case can go, and the dialog of each. file: the case, once it was read."""

    def __init__(
        self, office: Office, tasks: Tasks, file: Callable[[], CaseFile | None], given: Callable[[Changes], None],
        window: QWidget,
    ) -> None:  # fmt: skip
        """given: is told that another worker has the case."""
        super().__init__(window)
        self._office, self._tasks, self._window = office, tasks, window
        self._file, self._given = file, given

    def action(self) -> Action:
        """Return the menu."""
        offers = (
            (tr(TO_WORKER), self.ask_to_give),
            (tr(TO_OFFICE), self.ask_to_hand_over),
            (tr(TO_PRIMERO), partial(self.ask_to_send, primero.SYSTEM)),
            (tr(TO_OSCAR), partial(self.ask_to_send, oscar.SYSTEM)),
        )
        return Action(HAND_OVER, self.ask_to_hand_over, seldom=True, offers=offers)

    def ask_to_give(self) -> None:
        """Ask which worker is to have the case."""
        dialog = give_case(self._office, self._tasks, self._known(), self._window)
        dialog.given.connect(self._given)
        dialog.open()

    def ask_to_hand_over(self) -> None:
        """Ask for whom the case is, and write it to a file."""
        HandOverDialog(self._office, self._tasks, self._known(), self._window).open()

    def ask_to_send(self, system: str) -> None:
        """Ask why the case goes to another system, and write it to a file for that."""
        SendCaseDialog(self._office, self._tasks, self._known(), system, self._window).open()

    def _known(self) -> CaseFile:
        file = self._file()
        assert file is not None  # noqa: S101  (the menu stands on a case that was read)
        return file
