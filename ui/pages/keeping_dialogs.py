"""Dialogs about what is kept: a rule, a word that something is not to be erased, erasing, and the end of an office."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.i18n import N_
from casemgr.pace import Cancelled, Progress
from casemgr.records.retention import ErasingWay, Kept
from casemgr.services import drafts, ending, erasing, keeping_rules
from casemgr.services.erasing import Confirmed, Held, NotSwept
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble
from ui.editors.reading import Unreadable, read_date, read_number
from ui.editors.typed_beside import TypedBeside
from ui.pages.care_cards import breakable
from ui.parts.card import text_label
from ui.parts.dialog import WIDTH, CalmDialog
from ui.parts.lines import Lines
from ui.parts.toggle import Toggle
from ui.parts.work_bar import WorkBar
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

CANCEL, SAVE = N_("Cancel"), N_("Save")
RULE_TITLE, WHAT = N_("Set a rule"), N_("What is kept")
RULE_SAID = N_(
    "What you write here is the office's own rule, not law. Nothing is erased by it: it only tells what may be erased. "
    "Until when the papers of a case were promised to be kept always counts where it is later."
)
YEARS, YEARS_SAID = N_("Years after the last closing"), N_("Empty: from then on all is kept without end.")
HOLDS_FROM, DECIDED_BY = N_("Holds from"), N_("Who decided it")
RULE_NOTE = N_("Why, or where it is written")
NO_DAY = N_("Type the day from which the rule holds.")

ERASE_TITLE, WAY, ERASE = N_("Erase for good"), N_("In what way"), N_("Erase now")
ERASE_SAID = N_(
    "Nobody can take this back. Copies made before still hold it until they are overwritten. A certificate is kept."
)
NAMELESS_SAID = N_("Made nameless: names, telephones, places, words and documents go; coded answers and days stay.")
REASON, REASON_SAID = N_("Reason"), N_("Stands on the certificate. Write no name.")
COPIES_UNTIL = N_("Older copies are gone by")
COPIES_UNTIL_SAID = N_("The day on which the last copy of before is overwritten. Empty where nobody knows.")
HELD_NOWHERE = N_("No copy of the office that can be found holds it.")
HELD_ASIDE = N_(
    "The office as it was before a copy was put back holds it as well. It lies in {folder}, in a folder whose name "
    "begins with “before-return”: delete that one by hand once it is not needed any more."
)
SUPERVISOR = N_("Name of the supervisor who confirms")
PASSWORD = N_("Password of the supervisor")
TYPE_WORD = N_("Type the word {word}")

END_TITLE, END = N_("Destroy the whole office"), N_("Destroy the office")
END_SAID = N_(
    "Everything this office knows is destroyed for good: the keys first, then the database and what lies beside it. "
    "Nobody can undo it, and no recovery code opens it any more."
)
CODE, OWN_PASSWORD = N_("Code of the office, as it stands in the settings"), N_("Your password")
COPIES, COPIES_CHOSEN = (
    N_("Also the copies in another folder…"),
    N_("Copies of this office in {folder} are destroyed too."),
)


SWEEPING = N_("All is erased. Now it is overwritten in the file as well: this cannot be stopped any more.")
ERASING, ENDING = N_("It is being erased…"), N_("The office is being destroyed…")
MARGIN, BESIDE = 24, 230
"""At either side of what is asked; and above and below it: title, heading, how far it is, message and buttons."""


class KeepingDialog(CalmDialog):
    """Asks in lines, does what was asked on the store's thread, and closes when that was possible."""

    answered = Signal(object)
    """What the work returned."""

    def __init__(self, title: str, said: Sequence[str], go_on: str, tasks: Tasks, parent: QWidget) -> None:
        """Title and go_on are messages; said is already in the screen's language."""
        super().__init__(tr(title), parent)
        self._tasks = tasks
        self._body = QWidget()
        self._asked = QVBoxLayout(self._body)
        self._asked.setContentsMargins(0, 0, 8, 0)
        self._asked.setSpacing(10)
        for text in said:
            self._asked.addWidget(text_label(text, "answer"))
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines = Lines(self)
        self.message = text_label("", "problem")
        self.message.hide()
        self.work = WorkBar(self, at_once=True)
        self._focused: QWidget | None = None
        self.go_on, self.back = QPushButton(tr(go_on), self), QPushButton(tr(CANCEL), self)
        self.go_on.setProperty("role", "primary")
        self.back.clicked.connect(self.reject)
        self.go_on.clicked.connect(self.act)

    def finish(self, *widgets: QWidget) -> None:
        """Put the lines, these widgets and the buttons below what was said."""
        for widget in (*widgets, self.lines):
            self._asked.addWidget(widget)
        self._area.setWidget(self._body)
        self.column.addWidget(self._area)
        self.column.addWidget(self.work)
        self.column.addWidget(self.message)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]
        self.add_exits(self.go_on, self.back)
        next(iter(self.lines.edits.values())).setFocus()

    def _on_focus(self, _before: QWidget | None, here: QWidget | None) -> None:
        """Bring the line that the keyboard went to into sight, with what is said below it."""
        if here is not None and self._body.isAncestorOf(here):
            self._area.ensureWidgetVisible(here, 0, 60)

    def event(self, event: QEvent) -> bool:
        """Be as tall as what is asked, and where the screen is lower, let it be scrolled above the buttons."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            wanted = self._asked.totalHeightForWidth(WIDTH - 2 * MARGIN)
            self._area.setFixedHeight(min(wanted, self.screen().availableGeometry().height() - BESIDE))
        return super().event(event)

    def act(self) -> None:
        """Do what was asked; subclasses say what."""

    def reject(self) -> None:
        """Stay while something is done, or nobody would hear what became of it; stop it where it can be stopped."""
        if self.go_on.isEnabled():
            super().reject()
        elif not self.work.button.isHidden():
            self.work.cancel()

    def run(
        self, work: Callable[[Progress, Cancelled], object], message: str | None = None, *, can_stop: bool = True
    ) -> None:  # fmt: skip
        """Do it once, however often the button is pressed. message: says what is going on, where that takes long."""
        if not self.go_on.isEnabled():
            return
        watch = Watch()
        self._focused = self.focusWidget()
        for widget in (self._body, self.go_on, self.back):
            widget.setEnabled(False)
        self.message.hide()
        self.work.button.setVisible(message is not None and can_stop)
        if message is not None:
            self.work.follow(watch, message)
            watch.told = self.tell
        self._tasks.run_watched(watch, work, self._on_done, self._on_refused)

    def tell(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.work.show_done(done, total)

    def _on_done(self, answer: object) -> None:
        self.work.rest()
        self.accept()
        self.answered.emit(answer)

    def _on_refused(self, error: Exception) -> None:
        self.work.rest()
        for widget in (self._body, self.go_on, self.back):
            widget.setEnabled(True)
        if self._focused is not None:
            self._focused.setFocus()
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
        elif not self.lines.mark(error.fields, error.say(words())):
            self.message.setText(wrapped(error.say(words())))
            self.message.show()


class RuleDialog(KeepingDialog):
    """Asks what is kept for how many years, from when on, and who decided it."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget) -> None:
        """Ask."""
        super().__init__(RULE_TITLE, [tr(RULE_SAID)], SAVE, tasks, parent)
        self._office = office
        self.what = Toggle(WHAT, {what.value: what.label for what in Kept}, self)
        self.lines.add("years", YEARS, YEARS_SAID)
        self.lines.add("holds_from", HOLDS_FROM, text=words().date(clock.today()))
        self.lines.add("decided_by", DECIDED_BY)
        self.lines.add("note", RULE_NOTE)
        self.finish(self.what)

    def act(self) -> None:
        """Write the rule down."""
        try:
            years = read_number(self.lines.typed("years"))
        except Unreadable as problem:
            self.lines.mark(("years",), tr(problem.message))
            return
        try:
            holds_from = read_date(self.lines.typed("holds_from"))
        except Unreadable as problem:
            self.lines.mark(("holds_from",), tr(problem.message))
            return
        if holds_from is None:
            self.lines.mark(("holds_from",), tr(NO_DAY))
            return
        office, what = self._office, next(each for each in Kept if each.value == self.what.value)
        decided_by, note = self.lines.typed("decided_by"), self.lines.typed("note")
        self.run(lambda _told, _stopped: keeping_rules.set_rule(
            office, what, years, holds_from=holds_from, decided_by=decided_by, note=note
        ))  # fmt: skip


class EraseDialog(KeepingDialog):
    """Asks in what way, why, for the word, and for the supervisor's name and password."""

    def __init__(
        self, office: Office, tasks: Tasks, children: Collection[UUID], ways: Sequence[ErasingWay], parent: QWidget
    ) -> None:  # fmt: skip
        """children: which; ways: those in which all of them may be erased."""
        count = words().plural("{n} child is chosen.", "{n} children are chosen.", len(children))
        said = [count, tr(ERASE_SAID)]
        super().__init__(ERASE_TITLE, said, ERASE, tasks, parent)
        self._office, self._children = office, tuple(children)
        self.way = Toggle(WAY, {way.value: way.label for way in ways}, self)
        nameless = text_label(tr(NAMELESS_SAID), "help")
        nameless.setVisible(ErasingWay.ANONYMISE in ways)
        self.lines.add("reason", REASON, REASON_SAID)
        self.lines.add("copies_until", COPIES_UNTIL, COPIES_UNTIL_SAID)
        self.lines.add("name", SUPERVISOR)
        self.lines.add("password", PASSWORD, secret=True)
        self.lines.add("word", tr(TYPE_WORD, word=tr(erasing.WORD)))
        self.held = text_label("", "help")
        self.finish(self.way, nameless, self.held)
        TypedBeside(self, office, tasks, f"{drafts.OF_OFFICE}erase", None, self._typed, self.lines.restore)
        tasks.run(lambda: erasing.copies_that_hold(office, children), self._on_held)

    def _on_held(self, held: Held) -> None:
        """Say which copies hold it, and propose the day on which the last of them is gone."""
        said = [] if held.copies or held.aside else [tr(HELD_NOWHERE)]
        if held.aside:
            said.append(tr(HELD_ASIDE, folder=breakable(self._office.folder)))
        if held.lasting:
            said.append(words().plural(
                "{n} copy of the office that somebody named holds it, and is never overwritten. Look for it.",
                "{n} copies of the office that somebody named hold it, and are never overwritten. Look for them.",
                held.lasting,
            ))  # fmt: skip
        if held.until is None:
            self.held.setText(wrapped("\n".join(said)))
            return
        date = words().date(held.until)
        self.held.setText(wrapped(words().plural(
            "{n} copy of the office holds it. Newer ones take its place by {date} if one is made each month.",
            "{n} copies of the office hold it. Newer ones take their place by {date} if one is made each month.",
            held.copies, date=date,
        )))  # fmt: skip
        if not self.lines.typed("copies_until"):
            self.lines.edits["copies_until"].setText(date)

    def act(self) -> None:
        """Erase them."""
        office, children = self._office, self._children
        way = next(each for each in ErasingWay if each.value == self.way.value)
        try:
            until = read_date(self.lines.typed("copies_until"))
        except Unreadable as problem:
            self.lines.mark(("copies_until",), tr(problem.message))
            return
        reason, typed = self.lines.typed("reason"), self.lines.typed
        confirmed = Confirmed(typed("name"), typed("password"), typed("word"))

        def work(progress: Progress, cancelled: Cancelled) -> object:
            return erasing.erase(
                office, children, way, reason=reason, confirmed=confirmed, copies_until=until, progress=progress,
                cancelled=cancelled,
            )  # fmt: skip

        self.run(work, ERASING)

    def tell(self, done: int, total: int) -> None:
        """Show how far it is; once all is erased, what is left to be done."""
        if total:
            super().tell(done, total)
        else:
            self.work.go_on(SWEEPING)

    def _typed(self) -> dict[str, Any]:
        plain = self.lines.plain()
        return {"reason": plain["reason"], "name": plain["name"]} if plain["reason"].strip() else {}

    def _on_refused(self, error: Exception) -> None:
        """Where all was erased, close as well; what is left to do is told where every trouble is."""
        if isinstance(error, NotSwept):
            self._tasks.failed.emit(error)
            self._on_done((error.changes, error.certificates))
        else:
            super()._on_refused(error)


class EndDialog(KeepingDialog):
    """Asks for the office's code and the own password, and destroys the office."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget) -> None:
        """Ask."""
        super().__init__(END_TITLE, [tr(END_SAID), tr(ending.UNREACHED)], END, tasks, parent)
        self._office = office
        self.more: Path | None = None
        self.lines.add("code", CODE)
        self.lines.add("password", OWN_PASSWORD, secret=True)
        known = [text_label(tr(COPIES_CHOSEN, folder=breakable(each)), "help") for each in ending.copy_folders(office)]
        self.chosen = text_label("", "help")
        self.chosen.hide()
        choose = QPushButton(tr(COPIES), self)
        choose.setProperty("role", "quiet")
        choose.clicked.connect(self._choose)
        self.finish(*known, choose, self.chosen)

    def choose(self, folder: Path) -> None:
        """Take the folder with the copies."""
        self.more = folder
        self.chosen.setText(wrapped(tr(COPIES_CHOSEN, folder=breakable(folder))))
        self.chosen.show()

    def _choose(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, tr(COPIES)):
            self.choose(Path(folder))

    def act(self) -> None:
        """Destroy it."""
        code, password = self.lines.typed("code"), self.lines.typed("password")
        office, more = self._office, self.more
        self.run(lambda _told, _stopped: ending.end_office(office, code, password, more), ENDING, can_stop=False)
