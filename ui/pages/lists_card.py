"""Lists with all cases in the settings: bringing one in, and saving one."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from casemgr.i18n import N_
from casemgr.services.office import Office
from ui.parts.card import Action, Card, text_label
from ui.tasks import Tasks
from ui.words import tr

TITLE, IMPORT, OUT = N_("Lists with all cases"), N_("Import a list…"), N_("Save all cases as a list…")
SAID = N_("Cases come in from an Excel or CSV list, and go out as one, with the columns of the empty list.")


class ListsCard(Card):
    """Both ways of lists with all cases, where a worker looks who is not on the page of the cases."""

    def __init__(self, office: Office, tasks: Tasks, changed: Callable[[Any], None], parent: QWidget) -> None:
        """changed: told what an import wrote or took back (Changes)."""
        super().__init__(tr(TITLE), (Action(IMPORT, self.ask_import), Action(OUT, self.ask_take_out)), parent)
        self._office, self._tasks, self._changed = office, tasks, changed
        self.add(text_label(tr(SAID), "help"))

    def ask_import(self) -> None:
        """Bring in a list."""
        from ui.pages.import_dialog import ImportDialog  # noqa: PLC0415  (only who imports waits for it)

        dialog = ImportDialog(self._office, self._tasks, self)
        dialog.changed.connect(self._changed)
        dialog.open()

    def ask_take_out(self) -> None:
        """Save all cases as a list."""
        from ui.pages.take_out import TakeOutDialog  # noqa: PLC0415  (as above)

        TakeOutDialog(self._office, self._tasks, self).open()
