"""The people who work here: who may open the office, and as what; and what is done when somebody leaves."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts
from casemgr.services.accounts import Account, KeyRenewal
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from ui.pages.account_dialogs import CloseDialog, FirstPasswordDialog, RenewDialog
from ui.pages.give_dialog import give_all_of
from ui.pages.hand_over import OwnKeyDialog
from ui.parts import undo_bar
from ui.parts.card import Action, Card, Entry, empty, text_label
from ui.parts.undo_bar import Kept
from ui.tasks import Tasks
from ui.words import tr, words

PEOPLE = N_("People who work here")
PEOPLE_SAID = N_("Each person opens the office with a password of their own, and sees what their roles need.")
ADD, EDIT, RESET = N_("Add a person…"), N_("Edit"), N_("New password…")
CLOSE, REOPEN = N_("Close the account…"), N_("Open the account again…")
RENEW = N_("Change the office's key…")
RENEWAL_DUE = N_("Somebody's account was closed. Change the office's key, so that an old copy of it opens nothing new.")
CASES, GIVE = N_("Cases"), N_("Hand their cases over…")
CARRIES = N_("Still carries open cases: {count}.")
CLOSED, GIVEN, YOU = N_("Account closed"), N_("Has not chosen a password of their own yet"), N_("This is you")
NO_ROLE = N_("No role yet")
ROLE_SAID = {
    Role.CASE_WORKER: N_("Writes down the own cases and those that nobody carries, and prints their papers."),
    Role.SUPERVISOR: N_("Sees and writes all cases, hands them over, counts them, and corrects the limits of the law."),
    Role.DATA_OFFICER: N_("Counts and exports with codes; sees no name and opens no case."),
    Role.ADMINISTRATOR: N_("Looks after the office's settings and accounts; opens no case."),
}
"""What each role may do, in plain words."""


class AccountsCard(Card):
    """Lists everybody who has, or had, an account."""

    changed = Signal(object)
    """What a write changed (Changes)."""
    kept = Signal(object)
    """A write that can be taken back (Kept)."""
    edit_asked = Signal(object)
    """A staff member (StaffMember) is to be edited."""
    own_asked = Signal()
    """The worker wants to change the own password."""
    loaded = Signal()

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Ask for the accounts."""
        super().__init__(tr(PEOPLE), (Action(ADD, self.add_person),), parent)
        self._office, self._tasks = office, tasks
        self.entries: list[Entry] = []
        self.add(text_label(tr(PEOPLE_SAID), "help"))
        self.renewal = Entry(tr(RENEWAL_DUE), "", (Action(RENEW, self.ask_to_renew),), self)
        self.renewal.hide()
        self.add(self.renewal)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.column.addLayout(self._list)
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        office = self._office
        self._tasks.run(lambda: (accounts.accounts(office), accounts.key_renewal(office)), self._on_read)

    def add_person(self) -> None:
        """Ask for a new staff member."""
        self.edit_asked.emit(StaffMember(roles=(Role.CASE_WORKER,)))

    def edit(self, account: Account) -> None:
        """Ask for the staff member, to be edited."""
        office = self._office
        self._tasks.run(lambda: accounts.staff_member(office, account.id), self._ask_to_edit)

    def _ask_to_edit(self, staff: StaffMember) -> None:
        self.edit_asked.emit(staff)

    def reset(self, account: Account) -> None:
        """Give somebody who forgot the password a first one."""
        self._first(account, RESET, lambda password: accounts.reset_password(self._office, account.id, password))

    def reopen(self, account: Account) -> None:
        """Open a closed account again."""
        self._first(account, REOPEN, lambda password: accounts.reopen_account(self._office, account.id, password))

    def ask_to_close(self, account: Account) -> None:
        """Say what closing an account means, and close it when the worker agrees."""
        title = tr(CLOSE).rstrip("…")
        dialog = CloseDialog(self._office, self._tasks, account.id, title, _name(account), self)
        self._open(dialog)
        if account.open_cases or account.closed_cases:
            dialog.done_with.connect(lambda _: self.ask_to_give(account))

    def ask_to_give(self, account: Account) -> None:
        """Ask which worker is to have the cases of this one."""
        dialog = give_all_of(self._office, self._tasks, account, self)
        dialog.given.connect(self._on_given)
        dialog.open()

    def _on_given(self, changes: Changes) -> None:
        self._on_changed(changes)
        if changes.lines:
            self.kept.emit(Kept(changes, undo_bar.GIVEN, CASES))

    def ask_to_renew(self) -> None:
        """Say what a new key means, and make one when the worker agrees."""
        office = self._office
        self._tasks.run(lambda: accounts.key_renewal(office), self._ask_to_renew)

    def _ask_to_renew(self, renewal: KeyRenewal) -> None:
        self._open(RenewDialog(self._office, self._tasks, renewal, self))

    def _first(self, account: Account, label: str, give: Any) -> None:
        self._open(FirstPasswordDialog(self._tasks, give, tr(label).rstrip("…"), _name(account), self))

    def _open(self, dialog: Any) -> None:
        dialog.done_with.connect(self._on_changed)
        dialog.open()

    def _on_changed(self, changes: Changes) -> None:
        self.refresh()
        self.changed.emit(changes)
        if accounts.OFFICE_KEY in changes.parts:
            OwnKeyDialog(self._office, self._tasks, self, renewed=True).open()

    def _on_read(self, read: tuple[list[Account], KeyRenewal]) -> None:
        found, renewal = read
        self.renewal.setVisible(renewal.due)
        empty(self._list)
        self.entries = [self._entry(account) for account in found]
        for entry in self.entries:
            self._list.addWidget(entry)
        self.loaded.emit()

    def _entry(self, account: Account) -> Entry:
        about = [account.function or "", *(f"{tr(role.label)} · {tr(ROLE_SAID[role])}" for role in account.roles)]
        about += [] if account.roles else [tr(NO_ROLE)]
        about += [tr(YOU)] if account.own else []
        if not account.opens:
            about.append(tr(CLOSED))
        elif account.given:
            about.append(tr(GIVEN))
        if account.open_cases and not account.opens:
            about.append(tr(CARRIES, count=words().number(account.open_cases)))
        actions = [Action(EDIT, partial(self.edit, account))]
        if account.own:
            actions.append(Action(RESET, self.own_asked.emit, seldom=True))
        elif account.opens:
            actions.append(Action(RESET, partial(self.reset, account), seldom=True))
            actions.append(Action(CLOSE, partial(self.ask_to_close, account), seldom=True))
        else:
            actions.append(Action(REOPEN, partial(self.reopen, account), seldom=True))
        if not account.own and (account.open_cases or account.closed_cases):
            left = bool(account.open_cases) and not account.opens
            actions.append(Action(GIVE, partial(self.ask_to_give, account), seldom=not left))
        return Entry(_name(account), "\n".join(filter(None, about)), tuple(actions), self)


def _name(account: Account) -> str:
    return account.name if words().language == "km" else account.name_latin
