"""Giving cases to another worker of the office: which, to whom, from which day, why."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.i18n import N_
from casemgr.pace import Cancelled, Progress
from casemgr.records.fields import FieldInfo, Kind
from casemgr.services import drafts, handing_over
from casemgr.services.accounts import Account
from casemgr.services.case_files import CaseFile
from casemgr.services.changes import Changes
from casemgr.services.handing_over import Carriers
from casemgr.services.office import Office, Right
from casemgr.services.readers import StaffName
from casemgr.trouble import Refusal, Trouble
from ui.editors.choices import StillCombo
from ui.editors.kinds import plain_editor
from ui.editors.question_grid import Question
from ui.editors.reason_line import REASON
from ui.editors.typed_beside import TypedBeside
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import CalmDialog
from ui.parts.lines import Lines
from ui.parts.toggle import Toggle
from ui.parts.unsaved import ask_to_drop
from ui.parts.work_bar import WorkBar
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

TO_WORKER = N_("To another case worker…")
TITLE_ONE = N_("Hand case {number} over to another case worker")
TITLE_SEVERAL = N_("Hand cases over to another case worker")
NOW_WITH, NOW_NOBODY = N_("Case worker now: {name}."), N_("Nobody carries the case now.")
MARKED, LISTED = N_("Those that are marked ({count})"), N_("All in the list ({count})")
OF_WHOM = N_("Cases of: {name}.")
OPEN_ONES, CLOSED_TOO = N_("Those that are open ({count})"), N_("The closed ones too ({count})")
WHICH, WHO, SINCE = N_("Which cases"), N_("Case worker from now on"), N_("From which day")
CHOOSE, NOBODY = N_("Choose somebody"), N_("Nobody: every case worker sees it")
ALONE = N_("Nobody else who works here writes cases. An account for somebody is added in the settings.")
NOT_CHOSEN, NO_DAY = N_("Choose who is to have the cases."), N_("Type the day, or press “Today”.")
NO_SIGHT = N_(
    "Afterwards you can open what you hand over no more. Save first what you are still writing there. What you wrote "
    "stays with your name."
)
DO_IT, CANCEL, GIVING = N_("Hand over"), N_("Cancel"), N_("The cases are being handed over…")

Giving = Callable[[UUID | None, date, str, Progress, Cancelled], Changes]
"""Gives cases to a staff member, None for nobody, from a day on, for a reason; it may be stopped."""


@dataclass(frozen=True)
class Gift:
    """Cases that may be given. label: which these are, in the screen's language; carriers: who have them now."""

    label: str
    give: Giving
    carriers: frozenset[UUID | None] = frozenset()


class GiveDialog(CalmDialog):
    """Gives, and closes when that was possible."""

    given = Signal(object)
    """What the write changed (Changes)."""

    def __init__(
        self, office: Office, tasks: Tasks, title: str, gifts: Mapping[str, Gift], parent: QWidget, *,
        said: Sequence[str] = (), name: str, case_id: UUID | None = None,
    ) -> None:  # fmt: skip
        """Title, said and what gifts are called are in the screen's language; where there are several, ask which.

        name: under which what is typed is kept, as in TypedBeside. case_id: of the one case that is given.
        """
        super().__init__(title, parent)
        self._office, self._tasks, self._gifts = office, tasks, dict(gifts)
        self._takers: list[StaffName] = []
        self.offered: list[StaffName] = []
        for text in said:
            self.column.addWidget(text_label(text, "answer"))
        if office.scope is not None:
            self.column.addWidget(text_label(tr(NO_SIGHT), "notice"))
        self.questions = QWidget(self)
        self._ask(QVBoxLayout(self.questions))
        self.message = text_label("", "problem")
        self.message.hide()
        self.work = WorkBar(self)
        for widget in (self.questions, self.work, self.message):
            self.column.addWidget(widget)
        self.column.addStretch()
        self.cancel_button, self.give_button = QPushButton(tr(CANCEL), self), QPushButton(tr(DO_IT), self)
        make_primary(self.give_button)
        self.cancel_button.clicked.connect(self.reject)
        self.give_button.clicked.connect(self.give)
        self.add_exits(self.give_button, self.cancel_button)
        TypedBeside(self, office, tasks, name, case_id, self._typed, self._type_again)
        tasks.run(lambda: handing_over.takers(office), self._on_takers)
        self.who.setFocus()

    @property
    def gift(self) -> Gift:
        """The cases that are chosen."""
        return self._gifts[self.which.value]

    @property
    def taker(self) -> StaffName | None:
        """Who is chosen; None for nobody, and while there is no choice."""
        at = self.who.currentIndex() - 1
        return self.offered[at] if 0 <= at < len(self.offered) else None

    def give(self) -> None:
        """Give them, where all that is wanted is there."""
        self.message.hide()
        if not self._is_answered():
            return
        taker = self.taker.id if self.taker else None
        give, day, why = self.gift.give, self.since.editor.value(), self._why()
        self._set_running(running=True)
        watch = Watch()
        self.work.follow(watch, GIVING)
        self._tasks.run_watched(
            watch, lambda told, stopped: give(taker, day, why, told, stopped), self._on_given, self._on_refused
        )

    def reject(self) -> None:
        """Stay until it is known what became of them; ask first where a reason was typed that nobody has used."""
        if not self.cancel_button.isEnabled():
            return
        if self._typed():
            ask_to_drop(self, super().reject)
        else:
            super().reject()

    def _ask(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.which = Toggle(WHICH, {key: gift.label for key, gift in self._gifts.items()}, self.questions)
        self.which.setVisible(len(self._gifts) > 1)
        self.which.chosen.connect(lambda _: self._show_takers())
        who = text_label(tr(WHO), "question")
        self.who = StillCombo(self.questions)
        self.who.setAccessibleName(tr(WHO))
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.who.currentIndexChanged.connect(lambda _: self.message.hide())
        who.setBuddy(self.who)
        self.since = Question(FieldInfo("since", SINCE, Kind.DATE), words(), plain_editor, self.questions)
        self.since.editor.set_value(clock.today())
        self.reason = Lines(self.questions)
        self.reason.add("why", REASON)
        if len(self._gifts) > 1:
            column.addWidget(text_label(tr(WHICH), "question"))
            column.addWidget(self.which)
        self.alone = text_label(tr(ALONE), "help")
        self.alone.hide()
        for widget in (who, self.who, self.alone, self.since, self.reason):
            column.addWidget(widget)

    def _on_takers(self, takers: list[StaffName]) -> None:
        self._takers = takers
        self._show_takers()

    def _show_takers(self) -> None:
        """Offer everybody who has not all of these cases already; nobody is chosen before somebody chooses."""
        before, rights = self.taker, self._office.rights
        only = self.gift.carriers if len(self.gift.carriers) == 1 else frozenset[UUID | None]()
        self.offered = [each for each in self._takers if each.id not in only]
        nobody = None not in only and bool(rights & {Right.ALL_CASES, Right.ACCOUNTS})
        self.who.clear()
        self.who.addItems([tr(CHOOSE), *map(said_in, self.offered), *([tr(NOBODY)] if nobody else [])])
        self.alone.setVisible(not self.offered)
        self.who.setCurrentIndex(0 if before is None or before not in self.offered else self.offered.index(before) + 1)

    def _is_answered(self) -> bool:
        if self.who.currentIndex() <= 0:
            self._say(tr(NOT_CHOSEN))
            self.who.setFocus()
            return False
        self.since.show_problem()
        if self.since.editor.value() is None:
            if self.since.editor.problem() is None:
                self.since.set_mark(NO_DAY)
            self.since.editor.inputs()[0].setFocus()
            return False
        return True

    def _why(self) -> str:
        return self.reason.typed("why").strip()

    def _typed(self) -> dict[str, Any]:
        return {"why": why} if (why := self._why()) else {}

    def _type_again(self, plain: dict[str, Any]) -> None:
        self.reason.edits["why"].setText(plain.get("why", ""))

    def _set_running(self, *, running: bool) -> None:
        for widget in (self.questions, self.give_button, self.cancel_button):
            widget.setEnabled(not running)
        if not running:
            self.work.rest()

    def _on_given(self, changes: Changes) -> None:
        self._set_running(running=False)
        self.given.emit(changes)
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self._set_running(running=False)
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
        elif "since" in error.fields:
            self.since.set_mark(error.message)
            self.since.editor.inputs()[0].setFocus()
        else:
            self._say(error.say(words()))

    def _say(self, text: str) -> None:
        self.message.setText(wrapped(text))
        self.message.show()


def give_case(office: Office, tasks: Tasks, file: CaseFile, parent: QWidget) -> GiveDialog:
    """Return the dialog for one case."""
    case, staff = file.case, file.worker
    seen = {case.id: case.worker_id}

    def give(taker: UUID | None, day: date, why: str, told: Progress, stopped: Cancelled) -> Changes:
        return handing_over.give_cases(office, seen, taker, since=day, why=why, progress=told, cancelled=stopped)

    now = tr(NOW_NOBODY) if staff is None else tr(NOW_WITH, name=said_in(staff))
    title = tr(TITLE_ONE, number=case.number or "")
    gifts = {"case": Gift("", give, frozenset({case.worker_id}))}
    return GiveDialog(office, tasks, title, gifts, parent, said=(now,), name=f"give/{case.id}", case_id=case.id)


def give_listed(
    office: Office, tasks: Tasks, marked: Collection[UUID], listed: Carriers, parent: QWidget
) -> GiveDialog:  # fmt: skip
    """Return the dialog for cases of a list. marked: of them; where several are, these are proposed."""

    def gift(label: str, seen: Carriers) -> Gift:
        def give(taker: UUID | None, day: date, why: str, told: Progress, stopped: Cancelled) -> Changes:
            return handing_over.give_cases(office, seen, taker, since=day, why=why, progress=told, cancelled=stopped)

        return Gift(tr(label, count=words().number(len(seen))), give, frozenset(seen.values()))

    chosen = {each: listed[each] for each in marked if each in listed}
    gifts = {"marked": gift(MARKED, chosen)} if chosen else {}
    return GiveDialog(
        office, tasks, tr(TITLE_SEVERAL), gifts | {"listed": gift(LISTED, listed)}, parent, name="give-listed"
    )


def give_all_of(office: Office, tasks: Tasks, account: Account, parent: QWidget) -> GiveDialog:
    """Return the dialog for the cases of one account, as when somebody leaves."""

    def gift(label: str, count: int, *, closed: bool) -> Gift:
        def give(taker: UUID | None, day: date, why: str, told: Progress, stopped: Cancelled) -> Changes:
            return handing_over.hand_over_cases(
                office, account.id, taker, closed=closed, since=day, why=why, progress=told, cancelled=stopped
            )

        return Gift(tr(label, count=words().number(count)), give, frozenset({account.id}))

    gifts = {"open": gift(OPEN_ONES, account.open_cases, closed=False)} if account.open_cases else {}
    if account.closed_cases:
        gifts["closed"] = gift(CLOSED_TOO, account.open_cases + account.closed_cases, closed=True)
    said = tr(OF_WHOM, name=account.name if words().language == "km" else account.name_latin)
    name = f"{drafts.OF_OFFICE}give/{account.id}"
    return GiveDialog(office, tasks, tr(TITLE_SEVERAL), gifts, parent, said=(said,), name=name)


def said_in(staff: StaffName) -> str:
    """Return what a staff member is called in the screen's script."""
    return staff.name if words().language == "km" else staff.name_latin
