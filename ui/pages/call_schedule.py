"""The dates of the follow-up schedule that are still open, and moving one or leaving it out with the reason."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from casemgr import clock
from casemgr.i18n import N_, Words
from casemgr.records.pathway.follow_up_change import FollowUpChange, ScheduleDeed
from casemgr.services import casework
from casemgr.services.changes import Changes
from casemgr.services.follow_up_schedule import ScheduleLine
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble
from ui.editors.record_editor import RecordEditor
from ui.editors.record_page import NOT_UNDERSTOOD
from ui.editors.typed_beside import TypedBeside
from ui.parts.card import Action, Card, Entry, action_button, text_label
from ui.parts.clock_badge import DUE, days_left
from ui.parts.dialog import CalmDialog
from ui.parts.flow import FlowLayout
from ui.parts.fold import Folds
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

NEXT = N_("Next dates")
NOTHING = N_("No date is open. The schedule begins with a release or the end of a measure.")
AFTER = N_("Follow-up after {length}")
MOVE, SKIP = N_("Move…"), N_("Leave out…")
MOVE_WHAT, SKIP_WHAT = N_("Move: {what}"), N_("Leave out: {what}")
MOVE_IT, SKIP_IT, CANCEL = N_("Move"), N_("Leave out"), N_("Cancel")
LEFT_OUT, MOVED_FROM, BECAUSE = N_("Left out"), N_("Moved from {date}"), N_("Reason: {why}")
DUE_ON = N_("It is due on {date}.")
WANTED = N_("This is needed here.")
MOST = 2
"""So many dates stand open; the later ones are folded."""

Ask = Callable[[ScheduleLine, ScheduleDeed], None]


def schedule_card(lines: list[ScheduleLine], ask: Ask, folds: Folds) -> Card:
    """Return the dates that are open or left out, soonest first; ask is told which is to be moved or left out."""
    card = Card(tr(NEXT))
    still = [line for line in lines if line.done_on is None]
    shown, fold = folds.lines("schedule", still, partial(_entry, ask), tr(NEXT), MOST)
    for widget in (*shown, *([fold] if fold else [])):
        card.add(widget)
    if not still:
        card.add(text_label(tr(NOTHING), "help"))
    return card


def line_said(line: ScheduleLine, language: Words) -> str:
    """Return what a date of the schedule is called."""
    if line.limit is None:
        return language.text(line.label)
    return language.text(AFTER, length=line.limit.length_in_words(language))


def _entry(ask: Ask, line: ScheduleLine) -> QWidget:
    language, title = words(), line_said(line, words())
    entry = Entry(title, "\n".join(_about(line, language)), ())
    if line.point is None:
        return entry
    deeds = ((MOVE, ScheduleDeed.MOVED), (SKIP, ScheduleDeed.SKIPPED))
    holder = QWidget(entry)
    flow = FlowLayout(holder, gap=8, line_gap=6)
    for label, deed in deeds if line.due_on is not None else deeds[:1]:
        flow.addWidget(action_button(Action(label, partial(ask, line, deed)), title, holder))
    if (column := entry.layout()) is not None:
        column.addWidget(holder)
    return entry


def _about(line: ScheduleLine, language: Words) -> list[str]:
    said = [language.text(LEFT_OUT)]
    if line.due_on is not None:
        left = days_left((line.due_on - clock.today()).days, language)
        said = [f"{language.text(DUE, when=language.date(line.due_on))} · {left}"]
        if line.change is not None and line.planned_on is not None:
            said.append(language.text(MOVED_FROM, date=language.date(line.planned_on)))
    if line.change is not None and line.change.reason:
        said.append(language.text(BECAUSE, why=line.change.reason))
    return said


class ScheduleDialog(CalmDialog):
    """Asks for the new date, or only for the reason; changes holds what was saved."""

    def __init__(
        self, office: Office, tasks: Tasks, case_id: UUID, line: ScheduleLine, deed: ScheduleDeed, parent: QWidget
    ) -> None:  # fmt: skip
        """Take the date of the schedule, and what is to be done with it."""
        moves = deed is ScheduleDeed.MOVED
        what, on = line_said(line, words()), line.due_on or line.planned_on
        super().__init__(tr(MOVE_WHAT if moves else SKIP_WHAT, what=what), parent)
        self._office, self._tasks = office, tasks
        self.changes: Changes | None = None
        self._asked = ("new_on", "reason") if moves else ("reason",)
        self.editor = RecordEditor(FollowUpChange, only=self._asked, parent=self)
        self.editor.set_record(FollowUpChange(case_id=case_id, point=line.point, deed=deed, changed_on=clock.today()))
        self.message = text_label("", "problem")
        self.message.hide()
        self.editor.changed.connect(self.message.hide)
        if on is not None:
            self.column.addWidget(text_label(tr(DUE_ON, date=words().date(on)), "answer"))
        self.column.addWidget(self.editor)
        self.column.addWidget(self.message)
        cancel, self.save_button = QPushButton(tr(CANCEL), self), QPushButton(tr(MOVE_IT if moves else SKIP_IT), self)
        self.save_button.setProperty("role", "primary")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.add_exits(self.save_button, cancel)
        self.editor.focus_first()
        name = f"schedule/{case_id}/{line.point.value if line.point else on}/{deed.value}"
        TypedBeside(self, office, tasks, name, case_id, self.editor.plain, self.editor.restore)

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
