"""Where a worker was when the window was locked, so that the password leads back there and not to Today.

Only what names the place is remembered, never a name or an answer: what was typed comes back out of its draft, and
what was typed in dialogs is sealed with the office's key.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from uuid import UUID

from PySide6.QtWidgets import QApplication

from casemgr.services import case_files, drafts, held_over
from casemgr.services.drafts import DraftRow
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble
from ui.tasks import Tasks

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.desk_pages import Place


class Left(NamedTuple):
    """In which office who was where. key: of the draft of what was being written, None for nothing.

    standing: where in it the keyboard was, as the page tells it: a field and a place in it. typed: in dialogs, sealed.
    """

    folder: Path
    staff: UUID
    place: "Place"
    key: str | None
    standing: Any
    typed: bytes


class _Found(NamedTuple):
    """What is there still: the draft and its answers, or the place alone."""

    draft: DraftRow | None
    plain: dict[str, Any]
    is_there: bool


def left_at(desk: "Desk", typed: dict[str, Any]) -> Left | None:
    """Return where the worker is now, with what is typed in dialogs; None where no page is shown."""
    place, office = desk.place, desk.office
    if place is None:
        return None
    page = desk.pages[place]
    standing = page.standing() if page.draft_key else None
    kept = held_over.sealed(office, {**office.held_over, **typed})
    return Left(office.folder, office.staff.id, place, page.draft_key, standing, kept)


def come_back(desk: "Desk", tasks: Tasks, left: Left) -> None:
    """Lead the same worker of the same office back; whoever else opens it begins with Today, as ever.

    So does who was at something that is there no more, or of another worker by now; and whoever went on to something
    else before this was found out stays there.
    """
    office, began_at = desk.office, desk.place
    if (left.folder, left.staff) != (office.folder, office.staff.id):
        return
    held_over.take_over(office, left.typed)

    def show(found: _Found) -> None:
        if desk.place != began_at or desk.search.text() or QApplication.activeModalWidget() is not None:
            return
        if found.draft is not None and left.place[0] == "follow-ups":
            call = {"key": found.draft.key, "plain": found.plain}
            page = desk.go(left.place)
            page.restore_state({"case": found.draft.case_id, "queue": [], "call": call})
            desk.stand(left.standing)
        elif found.draft is not None:
            desk.go_on_with(found.draft, found.plain)
            desk.stand(left.standing)
        elif found.is_there and left.place != desk.place:
            desk.go(left.place)

    tasks.run(lambda: _look(office, left), show, lambda error: _stay(tasks, error))


def _look(office: Office, left: Left) -> _Found:
    rows = drafts.drafts(office) if left.key is not None else []
    row = next((row for row in rows if row.key == left.key), None)
    if row is not None and (plain := drafts.draft(office, row.key)):
        return _Found(row, plain, is_there=True)
    kind, identity = left.place
    if kind == "case":
        case_files.case_file(office, cast("UUID", identity), log=False)  # raises where it is another's, or gone
    is_there = identity is None or kind != "child" or case_files.child_exists(office, identity)
    return _Found(None, {}, is_there=is_there and left.place not in (("child", None), ("arrest", None)))


def _stay(tasks: Tasks, error: Exception) -> None:
    if not isinstance(error, Refusal | Trouble):
        tasks.failed.emit(error)
