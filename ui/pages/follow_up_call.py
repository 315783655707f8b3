"""A follow-up as it is written down during a telephone call: who is called at the left, the questions at the right."""

from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from casemgr import clock
from casemgr.i18n import N_
from casemgr.khmer.breaks import with_breaks
from casemgr.places import place_name
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import UNANSWERED, FollowUpHow, FollowUpStatus
from casemgr.records.pathway.follow_up_change import ScheduleDeed
from casemgr.services import case_files, casework, drafts, follow_up_schedule
from casemgr.services.case_files import CaseFile
from casemgr.services.changes import Changes
from casemgr.services.follow_up_schedule import ScheduleLine
from casemgr.services.office import Office
from ui.editors.record_page import RecordPage
from ui.editors.standing import Standing
from ui.pages.call_person import NARROW, OPEN_CASE, WIDTH, CallPerson
from ui.pages.call_schedule import ScheduleDialog, schedule_card
from ui.parts.card import Action
from ui.parts.fold import Folds
from ui.parts.key_buttons import KeyButtons
from ui.tasks import Tasks
from ui.words import tr

TITLE = N_("Follow-up · {number}")
FOUND = N_("What was found")
OUTCOMES = {
    "W": FollowUpStatus.WELL, "N": FollowUpStatus.NOT_REACHED, "M": FollowUpStatus.MOVED, "R": FollowUpStatus.REFUSED,
}  # fmt: skip
"""What one key each fills in."""
LABELS = {"W": N_("Well, no new contact"), "N": N_("Not reached"), "M": N_("Moved"), "R": N_("Refused")}
THEN = {"W": "reached", "N": "next_on", "M": "moved_to_code", "R": "reached"}
"""Where the keyboard goes then: to the next answer that is wanted."""
NARROW_BELOW = 1060
SAVE_NEXT, SAVE_NEXT_KEYS = N_("Save and next child"), "Ctrl+Return"
NOTHING_YET = N_("Nothing is written down yet. Choose what was found, or press Esc to go back.")


class Read(NamedTuple):
    """What the screen shows. draft: the identity of a follow-up of this case that was begun and not saved."""

    file: CaseFile
    schedule: list[ScheduleLine]
    draft: UUID | None


class CallPage(RecordPage):
    """The questions. goes_on: whether the next child is wanted once this follow-up is saved."""

    goes_on = False

    def save(self) -> None:
        """Save, unless nothing was answered at all."""
        self.goes_on = False
        self._save_something()

    def save_and_go_on(self) -> None:
        """Save, and then call the next child."""
        self.goes_on = True
        self._save_something()

    def _save_something(self) -> None:
        if self.keeper.is_needed:
            super().save()
        else:
            self._say(tr(NOTHING_YET))


class FollowUpCall(QWidget):
    """One call. What is typed is kept as a draft of the case."""

    saved = Signal(object, bool)
    """What was saved (Changes), and whether the next child is wanted."""
    changed = Signal(object)
    """What a change of the schedule wrote (Changes)."""
    closed = Signal()
    case_asked = Signal(object)
    loaded = Signal()

    def __init__(
        self, office: Office, tasks: Tasks, case_id: UUID, *, has_next: bool = False, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        """Ask for the case; that it was opened is written down. has_next: whether another child is to be called."""
        super().__init__(parent)
        self._office, self._tasks, self.case_id, self._has_next = office, tasks, case_id, has_next
        self.file: CaseFile | None = None
        self.page: CallPage | None = None
        self.keys: KeyButtons | None = None
        self._waiting: tuple[str, dict[str, Any]] | None = None
        self._standing: Standing | None = None
        self.person, self._folds = CallPerson(self), Folds()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 16, 24, 16)
        self._row.setSpacing(20)
        self._row.addWidget(self.person)
        tasks.run(lambda: _read(office, case_id, log=True), self._on_read)

    def refresh(self) -> None:
        """Ask again for what is known; what is being written stays."""
        office, case_id = self._office, self.case_id
        self._tasks.run(lambda: _read(office, case_id, log=False), self._on_read)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a letter that nobody typed say what was found."""
        if self.keys is None or not self.keys.take(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the questions as much room as they need in a narrow window."""
        super().resizeEvent(event)
        self.person.setFixedWidth(NARROW if self.width() < NARROW_BELOW else WIDTH)

    def choose(self, key: str) -> None:
        """Fill in what one key stands for, and go on to the next answer."""
        assert self.page is not None  # noqa: S101
        assert self.file is not None  # noqa: S101
        editor, status = self.page.editor, OUTCOMES[key]
        editor.answer("status", status)
        if status in UNANSWERED and editor.record().tries is None:
            editor.answer("tries", tries_before(self.file.of(FollowUp)) + 1)
        editor.focus_field(THEN[key])

    def ask_to_change(self, line: ScheduleLine, deed: ScheduleDeed) -> None:
        """Ask for the reason why a date of the schedule is moved or left out."""
        dialog = ScheduleDialog(self._office, self._tasks, self.case_id, line, deed, self)
        dialog.accepted.connect(lambda: self._on_changed(dialog.changes))
        dialog.open()

    def _on_changed(self, changes: Changes | None) -> None:
        if changes is not None:
            self.refresh()
            self.focus_first()
            self.changed.emit(changes)

    def state(self) -> dict[str, Any]:
        """Return what is typed, so that a screen built anew can go on with it."""
        if self.page is None:
            return {}
        return {"key": self.page.key, "plain": self.page.keeper.plain()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned, at once or when the case is there."""
        if "key" not in state:
            return
        self._waiting = (state["key"], state["plain"])
        if self.file is not None:
            self._write(self.file, UUID(state["key"].partition("/")[2]))

    def standing(self) -> Standing | None:
        """Return where the keyboard is in the questions."""
        return None if self.page is None else self.page.editor.standing()

    def stand(self, standing: Standing) -> None:
        """Put the keyboard there, at once or when the questions are shown."""
        if self.page is not None:
            self.page.editor.stand(standing)
        else:
            self._standing = standing

    def flush(self) -> None:
        """Keep at once what is typed."""
        if self.page is not None:
            self.page.keeper.flush()

    def keep(self) -> None:
        """Keep what is typed as a draft, as when something else is shown in its place."""
        if self.page is not None:
            self.page.keeper.keep()

    def focus_first(self) -> None:
        """Put the keyboard on the keys that say what was found."""
        if self.keys is not None:
            self.keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_read(self, read: Read) -> None:
        self.file = read.file
        open_case = Action(OPEN_CASE, partial(self.case_asked.emit, self.case_id))
        self.person.show_file(read.file, open_case, schedule_card(read.schedule, self.ask_to_change, self._folds))
        if self.page is None:
            waiting = UUID(self._waiting[0].partition("/")[2]) if self._waiting else None
            self._write(read.file, waiting or read.draft or uuid4())
        self.loaded.emit()

    def _write(self, file: CaseFile, identity: UUID) -> None:
        if self.page is not None:
            self._row.removeWidget(self.page)
            self.page.deleteLater()
        office = self._office
        new = FollowUp(case_id=self.case_id, id=identity, done_on=clock.today(), how=FollowUpHow.PHONE)
        page = CallPage(
            office, self._tasks, new, lambda written, why: casework.save_record(office, written, why),
            key=f"{FollowUp.__tablename__}/{identity}", case_id=self.case_id,
            title=tr(TITLE, number=file.case.number or ""), parent=self,
        )  # fmt: skip
        if (layout := page.layout()) is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        self.page = page
        self.keys = KeyButtons(FOUND, LABELS, page)
        self.keys.chosen.connect(self.choose)
        page.add_above(self.keys)
        self._add_next(page)
        page.editor.changed.connect(self._show_found)
        page.saved.connect(self._on_saved)
        page.closed.connect(self.closed)
        self._row.addWidget(page, 1)
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            page.go_on(waiting[1])
        self.focus_first()
        if self._standing is not None:
            standing, self._standing = self._standing, None
            page.editor.stand(standing)

    def _add_next(self, page: CallPage) -> None:
        self.next_button = QPushButton(tr(SAVE_NEXT), page)
        self.next_button.setProperty("role", "primary")
        self.next_button.setToolTip("Ctrl+Enter")
        self.next_button.setAccessibleDescription("Ctrl+Enter")
        self.next_button.clicked.connect(page.save_and_go_on)
        self.next_button.setVisible(self._has_next)
        page.add_exit(self.next_button)
        if self._has_next:
            page.save_button.setProperty("role", "")
        for keys in (SAVE_NEXT_KEYS, "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(page.save_and_go_on)

    def _show_found(self) -> None:
        assert self.page is not None  # noqa: S101
        assert self.keys is not None  # noqa: S101
        found = self.page.editor.record().status
        self.keys.show_chosen(next((key for key, status in OUTCOMES.items() if status is found), None))

    def _on_saved(self, changes: Changes) -> None:
        assert self.page is not None  # noqa: S101
        self.saved.emit(changes, self.page.goes_on)


def tries_before(follow_ups: tuple[FollowUp, ...]) -> int:
    """Return how many tries in a row reached nobody, up to now."""
    tries = 0
    for each in sorted((each for each in follow_ups if each.done_on), key=lambda each: each.done_on or clock.today()):
        tries = max(tries + 1, each.tries or 0) if each.status in UNANSWERED else 0
    return tries


def _read(office: Office, case_id: UUID, *, log: bool) -> Read:
    place_name("01", "en")  # the list of places and the Khmer words are read here, so that the window never waits
    with_breaks("ខ្មែរ")
    file = case_files.case_file(office, case_id, log=log)
    known = {record.id for record in file.of(FollowUp)}
    begun = (
        UUID(row.key.partition("/")[2])
        for row in drafts.drafts(office)
        if row.case_id == case_id and row.key.startswith(f"{FollowUp.__tablename__}/")
    )
    schedule = follow_up_schedule.case_schedule(office, case_id)
    return Read(file, schedule, next((identity for identity in begun if identity not in known), None))
