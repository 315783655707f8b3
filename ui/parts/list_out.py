"""Whatever list a page shows, printed or exported as it is seen: one button for all pages."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casemgr.i18n import N_
from casemgr.services.listing import Listing
from casemgr.services.office import Office, Right
from ui.parts.menu_button import MenuButton
from ui.tasks import Tasks
from ui.words import tr

OUT, PRINT, EXPORT = N_("Print or export"), N_("Print this list…"), N_("Export this list…")


class ListOut(MenuButton):
    """The button: prints the list, or makes a file of it. It asks for the list when it is pressed."""

    said = Signal(str)
    """What became of it, in words."""

    def __init__(
        self, office: Office, tasks: Tasks, listing: Callable[[], Listing], title: str, parent: QWidget, *,
        paper: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        """listing: returns the list as it is shown now; title: what it is called, as a message.

        paper: previews it, where the page has a paper of its own for it.
        """
        offers = [(tr(PRINT), paper or self.print)] if Right.PRINT in office.rights else []
        super().__init__(tr(OUT), [*offers, (tr(EXPORT), self.export)], tr(title), parent)
        self._office, self._tasks, self._listing = office, tasks, listing

    def export(self) -> None:
        """Ask what of the list is to become a file."""
        from ui.parts.list_giving import file_dialog  # noqa: PLC0415  (loads what writes files; pages open without it)

        dialog = file_dialog(self._office, self._tasks, self._listing(), self.window())
        dialog.exported.connect(lambda exported: self.said.emit(exported.said()))
        dialog.open()

    def print(self) -> None:
        """Preview the list; from there it is printed or saved."""
        from ui.parts.list_giving import PaperDialog  # noqa: PLC0415  (as above)

        PaperDialog(self._office, self._tasks, self._listing(), self.window()).open()
