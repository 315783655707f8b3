"""Putting back a copy of the office: which one, its password, and the deed."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from casemgr.i18n import N_
from ui import opening
from ui.doors import Doors
from ui.tasks import Tasks, Watch
from ui.window import Window
from ui.words import tr

if TYPE_CHECKING:
    from casemgr.services.backups import Facts, Finding, Returning
    from casemgr.services.office import Office
    from ui.pages.returning import ReturningPage

PUT_BACK, COPIES = N_("Put back a copy"), N_("Copies of an office")


class PuttingBack(QObject):
    """Leads through it. The copy that was looked at holds the office's place until it is put back or dropped."""

    tried = Signal()
    """A password is tried: from now on whoever comes could put the copy back, so the window is to lock by itself."""
    begun = Signal()
    """A copy is going to be shown: an office that is open is to be closed."""
    opened = Signal(object)
    """The office that a copy was put back as is open (Office)."""
    left = Signal()
    """Nothing was put back: the door is to be shown."""
    failed = Signal(object)
    """Nothing could be put back (the exception), after left."""

    def __init__(self, window: Window, tasks: Tasks, doors: Doors, parent: QObject | None = None) -> None:
        """Hold no copy."""
        super().__init__(parent)
        self._window, self._tasks, self._doors = window, tasks, doors
        self._held: Returning | None = None
        self.is_tried = False
        """Whether a password was tried, and nothing came of it yet."""

    def ask(self) -> None:
        """Ask which copy is to be put back; the newest of those beside the office is chosen already."""
        folder = self._doors.home
        self._tasks.run(lambda: opening.newest_copy(folder), self._ask)

    def _ask(self, newest: Path | None) -> None:
        from PySide6.QtCore import Qt  # noqa: PLC0415  (labels.py says why not earlier)
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  (asked for long after the first paint)

        dialog = QFileDialog(self._window, tr(PUT_BACK), str(newest or Path.home()), f"{tr(COPIES)} (*.officecopy)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.show(Path(name)))
        dialog.open()

    def show(self, path: Path) -> None:
        """Show what a copy says of itself and ask for its password; an office that is open is closed first."""
        if not self._doors.is_busy:
            self._tasks.run(lambda: opening.facts(path), lambda facts: self._show(path, facts))

    def drop(self) -> None:
        """Leave the office as it is."""
        self.is_tried = False
        held, self._held = self._held, None
        if held is not None:
            self._tasks.run(held.drop)

    def _show(self, path: Path, facts: "Facts") -> None:
        from ui.pages.returning import ReturningPage  # noqa: PLC0415  (loaded where it is shown)

        self.begun.emit()
        page = ReturningPage(facts)
        page.look_asked.connect(partial(self._look, path))
        page.put_asked.connect(self._put_back)
        page.left.connect(self._leave)
        self._window.show_page(page)

    def _look(self, path: Path, name: str, password: str) -> None:
        folder = self._doors.home
        self.is_tried = True
        self.tried.emit()
        self._tasks.run(
            lambda: opening.look_at(path, folder, name, password), self._on_looked_at, self._doors.refuse,
            lambda found: found[0].drop(),
        )  # fmt: skip

    def _on_looked_at(self, found: "tuple[Returning, list[Finding]]") -> None:
        self._held, warnings = found
        page: Any = self._window.page
        page.show_found(warnings, there=self._held.present.there)

    def _put_back(self) -> None:
        held, self._held = self._held, None
        assert held is not None  # noqa: S101  (the page asks after it was looked at)
        watch, page = Watch(), cast("ReturningPage", self._window.page)
        page.follow(watch)
        self._tasks.run_watched(
            watch, lambda progress, _: opening.put_back(held, progress), self._on_put_back, self._on_not_put_back,
            opening.close,
        )  # fmt: skip

    def _on_put_back(self, office: "Office") -> None:
        self.is_tried = False
        self.opened.emit(office)

    def _on_not_put_back(self, error: Exception) -> None:
        self.is_tried = False
        self.left.emit()
        self.failed.emit(error)

    def _leave(self) -> None:
        self.drop()
        self.left.emit()
