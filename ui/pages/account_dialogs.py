"""What is asked before an account changes: a first password, whether one is sure, and what a new key means."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.i18n import N_
from casemgr.services import accounts
from casemgr.services.accounts import KeyRenewal
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.trouble import Refusal, SoleReader, Trouble
from ui.parts.card import text_label
from ui.parts.dialog import CalmDialog
from ui.parts.new_password import NewPassword
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

SAVE, CANCEL, DO_IT = N_("Save"), N_("Cancel"), N_("Go on")
FIRST, FIRST_SAID = N_("First password"), N_(
    "Tell it to this person alone. At the first sign-in they choose one that nobody else knows."
)  # fmt: skip
CLOSE_SAID = N_(
    "Their password opens nothing any more. What they wrote stays with their name. Hand their cases over, and change "
    "the office's key afterwards."
)
RENEW = N_("Change the office's key")
RENEW_SAID = N_(
    "Whoever left may have kept the key and a copy of the office. With a new key they read nothing that is written "
    "from now on; what they had already, they keep. Everybody's password and the recovery code stay as they are. "
    "Copies made before an update are taken away, and older copies of the office need the old key file beside them."
)
RENEW_KNOWN = N_(
    "The key that other offices seal cases for is made anew as well. Send it to them afterwards; what they have sealed "
    "for the earlier key can still be opened here."
)
RENEW_TIME = N_("It takes about {seconds} seconds and cannot be stopped. Leave the computer on.")
WORKING = N_("The key is being changed…")


class AccountDialog(CalmDialog):
    """Does one thing with an account, and closes when that was possible."""

    done_with = Signal(object)
    """What the write changed (Changes)."""

    def __init__(
        self, tasks: Tasks, title: str, heading: str, texts: tuple[str, ...], go_on: str, parent: QWidget
    ) -> None:  # fmt: skip
        """Title, heading and texts are shown as they are; go_on is a message of the catalogue."""
        super().__init__(title, parent, heading=heading)
        self._tasks = tasks
        for text in texts:
            self.column.addWidget(text_label(text, "answer"))
        self.message = text_label("", "problem")
        self.message.hide()
        self.cancel, self.go_on = QPushButton(tr(CANCEL), self), QPushButton(tr(go_on), self)
        self.go_on.setProperty("role", "primary")
        self.cancel.clicked.connect(self.reject)
        self.go_on.clicked.connect(self.act)

    def finish(self) -> None:
        """Put message and buttons at the bottom."""
        self.column.addWidget(self.message)
        self.add_exits(self.go_on, self.cancel)

    def act(self) -> None:
        """Do it. Subclasses say what."""
        raise NotImplementedError

    def run(self, work: Callable[[], Changes]) -> None:
        """Do the work once, and wait for it."""
        if self.go_on.isEnabled():
            self.go_on.setEnabled(False)
            self._tasks.run(work, self._on_done, self._on_refused)

    def _on_done(self, changes: Changes) -> None:
        self.done_with.emit(changes)
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.go_on.setEnabled(True)
        self.cancel.setEnabled(True)
        if isinstance(error, Refusal | Trouble):
            self.message.setText(wrapped(error.say(words())))
            self.message.show()
        else:
            self._tasks.failed.emit(error)


class FirstPasswordDialog(AccountDialog):
    """Asks for the password that somebody is to be given."""

    def __init__(
        self, tasks: Tasks, give: Callable[[str], Changes], title: str, name: str, parent: QWidget
    ) -> None:  # fmt: skip
        """Give sets the password, on the store's thread; name is whose it is."""
        super().__init__(tasks, title, name, (tr(FIRST_SAID),), SAVE, parent)
        self._give = give
        self.new = NewPassword(self, label=FIRST)
        self.new.lines.entered.connect(self.act)
        self.column.addWidget(self.new)
        self.finish()
        self.new.lines.edits["password"].setFocus()

    def act(self) -> None:
        """Give the password, where both lines are the same and it will do."""
        if (password := self.new.password()) is not None:
            give = self._give
            self.run(lambda: give(password))


class SureDialog(AccountDialog):
    """Says what something means before it is done."""

    def __init__(
        self, tasks: Tasks, work: Callable[[], Changes], title: str, name: str, said: str, parent: QWidget
    ) -> None:  # fmt: skip
        """Work does it, on the store's thread; said is a message of the catalogue."""
        super().__init__(tasks, title, name, (tr(said),), DO_IT, parent)
        self._work = work
        self.finish()
        self.cancel.setFocus()

    def act(self) -> None:
        """Do it."""
        self.run(self._work)


class CloseDialog(AccountDialog):
    """Says what closing an account means, also what else it would do here, before it is done."""

    def __init__(self, office: Office, tasks: Tasks, staff_id: UUID, title: str, name: str, parent: QWidget) -> None:
        """Take whose account it is, and what that person is called."""
        super().__init__(tasks, title, name, (tr(CLOSE_SAID),), DO_IT, parent)
        self._office, self._staff_id, self._warned = office, staff_id, False
        self.finish()
        self.cancel.setFocus()

    def act(self) -> None:
        """Close the account; a second time all the same."""
        office, staff_id, anyway = self._office, self._staff_id, self._warned
        self.run(lambda: accounts.close_account(office, staff_id, anyway=anyway))

    def _on_refused(self, error: Exception) -> None:
        super()._on_refused(error)
        self._warned = isinstance(error, SoleReader)
        self.cancel.setFocus()


class RenewDialog(AccountDialog):
    """Says what a new key means, how long it takes, and makes it."""

    def __init__(self, office: Office, tasks: Tasks, renewal: KeyRenewal, parent: QWidget) -> None:
        """Take how long it takes at most, and whether other offices need the new key."""
        known = (tr(RENEW_KNOWN),) if renewal.known else ()
        texts = (tr(RENEW_SAID), *known, tr(RENEW_TIME, seconds=words().number(renewal.seconds)))
        super().__init__(tasks, tr(RENEW), tr(RENEW), texts, DO_IT, parent)
        self._office = office
        self.finish()
        self.cancel.setFocus()

    def act(self) -> None:
        """Make the new key; until it is there, the dialog stays."""
        self.cancel.setEnabled(False)
        self.message.setText(wrapped(tr(WORKING)))
        self.message.show()
        office = self._office
        self.run(lambda: accounts.renew_key(office))

    def reject(self) -> None:
        """Stay while the key is being changed."""
        if self.cancel.isEnabled():
            super().reject()
