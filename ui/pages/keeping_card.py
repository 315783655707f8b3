"""How long the office keeps what it knows, on the page of settings, and the way to what is due and to the end."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.i18n import N_
from casemgr.records.retention import Kept, RetentionRule
from casemgr.services import keeping_rules
from casemgr.services.ending import Destroyed
from casemgr.services.office import Office, Right
from ui.pages.keeping_dialogs import EndDialog, RuleDialog
from ui.parts.card import Action, Card, action_button, empty, text_label
from ui.tasks import Tasks
from ui.words import tr, words

TITLE = N_("How long we keep")
SAID = N_(
    "These are the office's own rules. No law on how long such papers are kept is confirmed here. Nothing is erased by "
    "itself: an administrator does it, and a supervisor confirms."
)
WITHOUT_END = N_("{what}: kept without end. No rule is set.")
COMING = N_("{what}: {years} years after the last closing, from {date} on. Decided by {who}.")
COMING_WITHOUT_END = N_("{what}: kept without end from {date} on. Decided by {who}.")
SO_LONG = N_("{what}: {years} years after the last closing, since {date}. Decided by {who}.")
SET_RULE, DUE, END = N_("Set a rule…"), N_("What is due…"), N_("Destroy the whole office…")


class KeepingCard(Card):
    """Shows the rules that hold; its buttons are those that the staff member may use."""

    changed = Signal(object)
    due_asked = Signal()
    ended = Signal(object)
    """The office was destroyed, and is closed; with what became of the files."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Ask for the rules."""
        may_erase = Right.ERASE in office.rights
        actions = [Action(DUE, self.ask_due)] if may_erase or Right.HOLD in office.rights else []
        actions += [Action(SET_RULE, self.set_rule)] if may_erase else []
        super().__init__(tr(TITLE), tuple(actions), parent)
        self._office, self._tasks = office, tasks
        self.add(text_label(tr(SAID), "help"))
        self._rules = QVBoxLayout()
        self._rules.setSpacing(4)
        self.column.addLayout(self._rules)
        if may_erase and Right.ACCOUNTS in office.rights:
            row = QHBoxLayout()
            row.addStretch()
            row.addWidget(action_button(Action(END, self.end), tr(TITLE), self))
            self.column.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the rules again."""
        office = self._office
        self._tasks.run(lambda: (keeping_rules.rules_now(office), keeping_rules.rules_written(office)), self._show)

    def ask_due(self) -> None:
        """Ask to be shown what is due."""
        self.due_asked.emit()

    def set_rule(self) -> None:
        """Open the dialog for a new rule."""
        dialog = RuleDialog(self._office, self._tasks, self)
        dialog.answered.connect(self._on_set)
        dialog.open()

    def end(self) -> None:
        """Open the dialog that destroys the office."""
        dialog = EndDialog(self._office, self._tasks, self)
        dialog.answered.connect(self._on_ended)
        dialog.open()

    def _on_set(self, changes: object) -> None:
        self.refresh()
        self.changed.emit(changes)

    def _on_ended(self, destroyed: Destroyed) -> None:
        self.ended.emit(destroyed)

    def _show(self, rules: tuple[dict[Kept, RetentionRule | None], list[RetentionRule]]) -> None:
        empty(self._rules)
        now, written = rules
        for what, rule in now.items():
            self._rules.addWidget(text_label(_told(what, rule), "answer"))
        for rule in reversed(written):
            if rule.holds_from is not None and rule.holds_from > clock.today():
                self._rules.addWidget(text_label(_coming(rule), "help"))


def _told(what: Kept, rule: RetentionRule | None) -> str:
    if rule is None or rule.years is None or rule.holds_from is None:
        return tr(WITHOUT_END, what=tr(what.label))
    return tr(
        SO_LONG, what=tr(what.label), years=words().number(rule.years), date=words().date(rule.holds_from),
        who=rule.decided_by or "",
    )  # fmt: skip


def _coming(rule: RetentionRule) -> str:
    what, who = tr(rule.what.label) if rule.what else "", rule.decided_by or ""
    date = words().date(rule.holds_from) if rule.holds_from else ""
    if rule.years is None:
        return tr(COMING_WITHOUT_END, what=what, date=date, who=who)
    return tr(COMING, what=what, years=words().number(rule.years), date=date, who=who)
