"""What is typed in a dialog when the window locks: kept, and typed again when the same dialog is opened again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QLineEdit

from casemgr.services import drafts
from casemgr.services.office import Office
from ui.editors.drafts import keep
from ui.parts.reason_dialog import ReasonDialog
from ui.tasks import Tasks


class TypedBeside(QObject):
    """Belongs to one dialog. name tells which dialog it is, and of which record; plain returns what is typed there.

    plain: empty where nothing is. restore: types it again.
    """

    def __init__(
        self, dialog: QDialog, office: Office, tasks: Tasks, name: str, case_id: UUID | None,
        plain: Callable[[], dict[str, Any]], restore: Callable[[dict[str, Any]], None],
    ) -> None:  # fmt: skip
        """Type again what was kept, if anything was."""
        super().__init__(dialog)
        self._office, self._tasks, self._key, self._case_id = office, tasks, drafts.BESIDE + name, case_id
        self._plain, self._restore = plain, restore
        self._is_kept = False
        key = self._key
        dialog.finished.connect(self._on_finished)
        tasks.run(lambda: drafts.draft(office, key), self._on_found)

    def keep(self) -> None:
        """Keep what is typed now, as before locking."""
        if plain := self._plain():
            office, key, case_id = self._office, self._key, self._case_id
            self._tasks.run(lambda: keep(office, key, case_id, plain))

    def _on_found(self, plain: dict[str, Any] | None) -> None:
        if plain:
            self._is_kept = True
            if not self._plain():
                self._restore(plain)

    def _on_finished(self) -> None:
        """Forget it once it is saved, or thrown away by the worker."""
        if self._is_kept:
            office, key = self._office, self._key
            self._tasks.run(lambda: drafts.drop_draft(office, key))


def keep_reason(dialog: ReasonDialog, office: Office, tasks: Tasks, name: str, case_id: UUID | None) -> None:
    """Let the reason that is typed in a dialog come back when the same is asked again after the lock."""
    keep_line(dialog, dialog.line, office, tasks, name, case_id)


def keep_line(
    dialog: QDialog, line: QLineEdit, office: Office, tasks: Tasks, name: str, case_id: UUID | None
) -> None:  # fmt: skip
    """Let what is typed in one line of a dialog come back when the same dialog is opened again after the lock.

    A line that the dialog shows no more, as after its file was written, holds nothing that would be missed.
    """

    def plain() -> dict[str, Any]:
        return {"why": line.text()} if line.text().strip() and line.isVisibleTo(dialog) else {}

    TypedBeside(dialog, office, tasks, name, case_id, plain, lambda kept: line.setText(kept.get("why", "")))
