"""The dates of the follow-up schedule that are still open, and moving one or leaving it out with the reason."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from casemgr import clock
from casemgr.i18n import N_, Words
from casemgr.records.pathway.follow_up_change import FollowUpChange, ScheduleDeed
from casemgr.records.pathway.follow_up_change import SchedulePoint as ChangedPoint
from casemgr.services import casework
from casemgr.services.changes import Changes
from casemgr.services.follow_ups import SchedulePoint
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble
from ui.editors.record_editor import RecordEditor
from ui.editors.record_page import NOT_UNDERSTOOD
from ui.parts.card import Action, Card, Entry, text_label
from ui.parts.clock_badge import DUE, days_left
from ui.parts.dialog import CalmDialog
from ui.parts.fold import Folds
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

NEXT = N_("Next dates")
NOTHING = N_("No date is open. The schedule begins with a release or the end of a measure.")
AFTER = N_("Follow-up after {length}")
MOVE, SKIP = N_("Move…"), N_("Leave out…")
MOVE_WHAT, SKIP_WHAT = N_("Move: {what}"), N_("Leave out: {what}")
MOVE_IT, SKIP_IT, CANCEL = N_("Move"), N_("Leave out"), N_("Cancel")
DUE_ON = N_("It is due on {date}.")
WANTED = N_("This is needed here.")
MOST = 2
"""So many dates stand open; the later ones are folded."""

Ask = Callable[[SchedulePoint, ScheduleDeed], None]


def schedule_card(points: list[SchedulePoint], ask: Ask, folds: Folds) -> Card:
    """Return the open dates, soonest first; ask is told which one is to be moved or left out."""
    card = Card(tr(NEXT))
    points = [point for point in points if point.done_on is None]
    shown, fold = folds.lines("schedule", points, partial(_entry, ask), tr(NEXT), MOST)
    for widget in (*shown, *([fold] if fold else [])):
        card.add(widget)
    if not points:
        card.add(text_label(tr(NOTHING), "help"))
    return card


def point_said(point: SchedulePoint, language: Words) -> str:
    """Return what a date of the schedule is called."""
    if point.limit is None:
        return language.text(point.label)
    return language.text(AFTER, length=point.limit.length_in_words(language))


def changed_point(point: SchedulePoint) -> ChangedPoint | None:
    """Return under what name a change of this date is kept; None for one that was agreed with the child."""
    code = point.limit.key.rpartition("/")[2] if point.limit else ""
    return next((each for each in ChangedPoint if each.value == code), None)


def _entry(ask: Ask, point: SchedulePoint) -> QWidget:
    language = words()
    left = days_left((point.due_on - clock.today()).days, language)
    about = "\n".join((language.text(DUE, when=language.date(point.due_on)), left))
    deeds = ((MOVE, ScheduleDeed.MOVED), (SKIP, ScheduleDeed.SKIPPED)) if changed_point(point) else ()
    title = point_said(point, language)
    entry = Entry(title, about, ())
    for label, deed in deeds:
        entry.add_action(Action(label, partial(ask, point, deed)), title)
    return entry


class ScheduleDialog(CalmDialog):
    """Asks for the new date, or only for the reason; changes holds what was saved."""

    def __init__(
        self, office: Office, tasks: Tasks, case_id: UUID, point: SchedulePoint, deed: ScheduleDeed, parent: QWidget
    ) -> None:  # fmt: skip
        """Take the date of the schedule, and what is to be done with it."""
        moves = deed is ScheduleDeed.MOVED
        what = point_said(point, words())
        super().__init__(tr(MOVE_WHAT if moves else SKIP_WHAT, what=what), parent)
        self._office, self._tasks = office, tasks
        self.changes: Changes | None = None
        self._asked = ("new_on", "reason") if moves else ("reason",)
        self.editor = RecordEditor(FollowUpChange, only=self._asked, parent=self)
        self.editor.set_record(
            FollowUpChange(case_id=case_id, point=changed_point(point), deed=deed, changed_on=clock.today())
        )
        self.message = text_label("", "problem")
        self.message.hide()
        self.editor.changed.connect(self.message.hide)
        self.column.addWidget(text_label(tr(DUE_ON, date=words().date(point.due_on)), "answer"))
        self.column.addWidget(self.editor)
        self.column.addWidget(self.message)
        cancel, self.save_button = QPushButton(tr(CANCEL), self), QPushButton(tr(MOVE_IT if moves else SKIP_IT), self)
        self.save_button.setProperty("role", "primary")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.add_exits(self.save_button, cancel)
        self.editor.focus_first()

    def save(self) -> None:
        """Keep the change, once date and reason are written."""
        if not self.save_button.isEnabled():
            return
        if not self.editor.check():
            self._say(tr(NOT_UNDERSTOOD))
            return
        record = self.editor.record()
        if missing := [name for name in self._asked if not getattr(record, name)]:
            self.editor.mark(missing, WANTED)
            return
        office = self._office
        self.save_button.setEnabled(False)
        self._tasks.run(lambda: casework.save_record(office, record), self._on_saved, self._on_refused)

    def _on_saved(self, changes: Changes) -> None:
        self.changes = changes
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        self.editor.mark(error.fields, error.message, **error.slots)
        self._say(error.say(words()))

    def _say(self, text: str) -> None:
        self.message.setText(wrapped(text))
        self.message.show()
