"""Unfinished typing, kept a moment after it is typed and thrown away once it is saved."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from casemgr.services import drafts
from casemgr.services.office import Office
from casemgr.trouble import NotKept, Refusal, Trouble
from ui.editors.part import Part
from ui.editors.record_editor import RecordEditor
from ui.tasks import Tasks

PAUSE = 1500
"""Milliseconds without typing after which a draft is kept."""
VERSION = "_version"
"""Names, among the answers of a draft, the version of the record that the worker began from."""
WHY = "_why"
"""Names, among the answers of a draft, the reason for the change."""

Saved = TypeVar("Saved")


class Kept(NamedTuple):
    """A draft found again: when it was kept, in Phnom Penh time, and its answers."""

    at: datetime
    plain: dict[str, Any]


def find_draft(office: Office, key: str) -> Kept | None:
    """Return this staff member's draft of that editor, or None."""
    row = next((row for row in drafts.drafts(office) if row.key == key), None)
    plain = drafts.draft(office, key) if row else None
    return Kept(row.kept_at, plain) if row and plain else None


def keep(office: Office, key: str, case_id: UUID | None, plain: dict[str, Any]) -> None:
    """Keep a draft, on the store's thread. Raises NotKept where it cannot be kept."""
    try:
        drafts.keep_draft(office, key, case_id, plain)
    except (Refusal, Trouble) as error:
        raise NotKept(error) from error


def saving(
    office: Office, tasks: Tasks, key: str, case_id: UUID | None, plain: dict[str, Any], save: Callable[[], Saved]
) -> Callable[[], Saved]:
    """Return the work that saves, keeps the draft where that fails, and throws it away where it is saved.

    All of it is done on the store's thread: the window may be locked by then, and nobody there hears of it. Where the
    draft itself makes trouble, nothing is said: it would read as though the saving had failed, and a draft that stays
    leads back to what was saved.
    """

    def work() -> Saved:
        try:
            saved = save()
        except Exception:
            with suppress(Refusal, Trouble):
                drafts.keep_draft(office, key, case_id, plain)
            raise
        try:
            with suppress(Refusal, Trouble):
                drafts.drop_draft(office, key)
        except Exception as mistake:  # noqa: BLE001  (it is told as one, and not as a save that failed)
            tasks.failed.emit(mistake)
        return saved

    return work


class DraftKeeper(QObject):
    """Keeps what one editor holds. key names the editor and its record, such as "arrest/<identity>".

    version: the record's version that the worker began from; it is kept with the answers. why: the reason for the
    change that is typed beside them, empty where none is. part: what is asked beside the questions, None where nothing
    is.
    """

    def __init__(
        self, office: Office, tasks: Tasks, editor: RecordEditor, key: str, case_id: UUID | None, parent: QObject,
        *, why: Callable[[], str] = str,
    ) -> None:  # fmt: skip
        """Listen to the editor from now on; whoever else is typed into calls wait."""
        super().__init__(parent)
        self._office, self._tasks, self._editor = office, tasks, editor
        self._why = why
        self.version = 0
        self.part: Part | None = None
        self._key, self._case_id = key, case_id
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        self._is_kept = False
        self._is_unkept = False  # whether the last draft could not be kept
        editor.changed.connect(self.wait)

    @property
    def is_needed(self) -> bool:
        """Whether something is typed or chosen that would be lost."""
        chosen = self.part is not None and self.part.is_changed
        return self._editor.is_changed or chosen or bool(self._why())

    def wait(self) -> None:
        """Keep what is typed once nothing more is typed for a moment."""
        self._timer.start()

    def keep(self) -> None:
        """Keep what is typed now; where nothing is left to keep, throw the draft away."""
        self.rest()
        if self.is_needed:
            office, key, case_id, plain = self._office, self._key, self._case_id, self.plain()
            self._is_kept = True

            def work() -> None:
                try:
                    keep(office, key, case_id, plain)
                except NotKept:
                    self._is_unkept = True
                    raise

            self._tasks.run(work)
        elif self._is_kept:
            self.drop()

    def plain(self) -> dict[str, Any]:
        """Return the answers that differ from the record's, and the version they began from; empty without any."""
        answers, why = self._editor.plain(), self._why()
        answers |= {WHY: why} if why else {}
        answers |= self.part.plain() if self.part is not None else {}
        return answers | {VERSION: self.version} if answers else {}

    def saving(self, save: Callable[[], Saved]) -> Callable[[], Saved]:
        """Return the work that saves what is typed now; see saving. Nothing more is kept until something is typed."""
        self.rest()
        return saving(self._office, self._tasks, self._key, self._case_id, self.plain(), save)

    def flush(self) -> None:
        """Keep at once what is waiting to be kept, or could not be, as before locking."""
        if self._timer.isActive() or self._is_unkept:
            self.keep()

    def rest(self) -> None:
        """Keep nothing more until something is typed again."""
        self._timer.stop()
        self._is_unkept = False

    def drop(self) -> None:
        """Throw the draft away."""
        self.rest()
        self._is_kept = False
        office, key = self._office, self._key
        self._tasks.run(lambda: drafts.drop_draft(office, key))
