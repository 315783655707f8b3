"""What is typed in a dialog when the window locks: typed again when the same worker opens that dialog again."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from casemgr.services.office import Office


class HeldOver(QObject):
    """Belongs to one dialog. It stays in memory, sealed, and is given back once; what is a draft has TypedBeside."""

    def __init__(
        self, dialog: QDialog, office: Office, name: str, plain: Callable[[], Any], restore: Callable[[Any], None]
    ) -> None:
        """Type again what is held. name: of the dialog; plain: returns what is typed, empty where nothing is."""
        super().__init__(dialog)
        self.name, self.plain = name, plain
        if held := office.held_over.pop(name, None):
            restore(held)


def typed_in(dialogs: Iterable[HeldOver]) -> dict[str, Any]:
    """Return what is typed in these dialogs, by their names."""
    return {each.name: plain for each in dialogs if (plain := each.plain())}
