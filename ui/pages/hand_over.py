"""Handing over a case to another office: what goes along, for whom the file is closed, why; then where to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from casemgr.exchange.office_key import OfficeKey
from casemgr.i18n import N_
from casemgr.pace import Cancelled, Progress
from casemgr.services.accounts import OFFICE_KEY
from casemgr.services.case_files import CaseFile
from casemgr.services.changes import Changes
from casemgr.services.handover import NO_REASON, HandedOver, Wanted, file_name, hand_over, warnings
from casemgr.services.office import Office, Right
from casemgr.services.office_keys import own_key, read_key, renew_key, save_key
from casemgr.trouble import Refusal, Trouble
from ui.editors.typed_beside import TypedBeside
from ui.pages.account_dialogs import SureDialog
from ui.parts.card import make_primary, selectable, text_label
from ui.parts.dialog import CalmDialog
from ui.parts.lines import Lines
from ui.parts.new_password import NewPassword
from ui.parts.toggle import Toggle
from ui.parts.unsaved import ask_to_drop
from ui.parts.writing_dialog import WritingDialog, file_dialog
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

HAND_OVER = N_("Hand over…")
TITLE = N_("Hand over case {number}")
WITH_RESTRICTED = N_("With the answers and documents for named staff")
WITH_COMPLAINTS = N_("With the complaints that you may read")
CLOSED = N_("The file opens")
KEY, PASSPHRASE = "key", "passphrase"
WAYS = {KEY: N_("With the other office's key"), PASSPHRASE: N_("With a passphrase")}
CHOOSE_KEY = N_("Choose the key…")
KEY_HELP = N_("The other office saves its key under “Cases”, and sends it to you. No secret is in it.")
COMPARE = N_("Let the other office read its figures over the telephone. They must be these:")
FILE_PASSPHRASE, AGAIN = N_("Passphrase for the file"), N_("The same passphrase again")
REASON = N_("Why is the case handed over? The reason is kept in the history.")
CLOSE = N_("Close")
CASE_FILES, KEY_FILES = N_("Case files"), N_("Keys of offices")
TELL_APART = N_("Tell the passphrase only those who must read it, and never together with the file.")
OWN_KEY = N_("Key of this office")
OWN_KEY_SAID = N_(
    "Save the key and send it to the office that hands over a case to you. Then read these figures to them over the "
    "telephone. No secret is in the key: only this office can open what is sealed for it."
)
NEW_KEY, NEW_KEY_ASKED = N_("Make a new key…"), N_(
    "A new key is made when somebody has left who may have copied the earlier one. Every office that hands over cases "
    "to you needs the new key; what they have sealed for an earlier one can still be opened here."
)  # fmt: skip
NEW_KEY_SAID = N_(
    "The key of this office is new. Send it to every office that hands over cases to you, then read these figures to "
    "them over the telephone. What they have sealed for the earlier key can still be opened here."
)
SAVE_KEY, KEY_SAVED = N_("Save the key…"), N_("The key was saved as {file}.")


class HandOverDialog(WritingDialog):
    """Asks all that is to be decided, and writes the file away from the window."""

    handed_over = Signal()
    """The file was written, and it is written down in the history."""

    def __init__(self, office: Office, tasks: Tasks, file: CaseFile, parent: QWidget) -> None:
        """Ask for this case."""
        super().__init__(tr(TITLE, number=file.case.number or ""), tasks, parent)
        self._office, self._file = office, file
        self.key: OfficeKey | None = None
        self._ask()
        self._show_asked()
        TypedBeside(self, office, tasks, f"hand-over/{file.case.id}", file.case.id, self._typed, self._type_again)

    @property
    def file_name(self) -> str:
        """The name to propose for the file."""
        return file_name(self._file)

    @property
    def kind(self) -> str:
        """What kind of file it is."""
        return tr(CASE_FILES)

    def leave(self) -> None:
        """Close; ask first where a reason was typed that nobody has used."""
        if self._typed() and not self.save_button.isHidden():
            ask_to_drop(self, super().leave)
        else:
            super().leave()

    def use_key(self, name: str) -> None:
        """Take the key in that file, or say what is wrong with it."""
        self.message.hide()
        try:
            self.key = read_key(Path(name))
        except Refusal as problem:
            self.key = None
            self.say(problem.say(words()))
        self._show_asked()

    def writing(self, path: Path) -> Callable[[Progress, Cancelled], HandedOver]:
        """Return what writes the file."""
        office, case_id, reason, wanted = self._office, self._file.case.id, self.reason.typed("reason"), self._wanted()
        key = self.key if self.way.value == KEY else None
        passphrase = None if key else self.passphrase.password()
        return lambda told, stopped: hand_over(
            office, case_id, path, reason=reason, key=key, passphrase=passphrase, wanted=wanted, progress=told,
            cancelled=stopped,
        )  # fmt: skip

    def on_written(self, path: Path, answer: HandedOver) -> None:
        """Say what was written, and that the case stays."""
        said = [words().plural(
            "{n} record was written to {file}. The case stays here as it is.",
            "{n} records were written to {file}. The case stays here as it is.", answer.records, file=path.name,
        )]  # fmt: skip
        said += [tr(TELL_APART)] if self.way.value == PASSPHRASE else []
        self.show_done(text_label("\n".join(said), "answer"))
        self.handed_over.emit()

    def _ask(self) -> None:
        column = self.asked
        self.warnings = QVBoxLayout()
        self.restricted, self.complaints = QCheckBox(tr(WITH_RESTRICTED)), QCheckBox(tr(WITH_COMPLAINTS))
        self.way = Toggle(CLOSED, WAYS, self.questions)
        self.key_button = QPushButton(tr(CHOOSE_KEY), self.questions)
        self.key_button.clicked.connect(self._choose_key)
        self.key_said = selectable(text_label("", "answer"))
        self.passphrase = NewPassword(self.questions, label=FILE_PASSPHRASE, again=AGAIN)
        self.reason = Lines(self.questions)
        self.reason.add("reason", REASON)
        for box in (self.restricted, self.complaints):
            box.toggled.connect(lambda _on: self._show_asked())
        self.way.chosen.connect(lambda _way: self._show_asked())
        column.addLayout(self.warnings)
        column.addWidget(self.restricted)
        column.addWidget(self.complaints)
        column.addWidget(text_label(tr(CLOSED), "question"))
        column.addWidget(self.way)
        row = QHBoxLayout()
        row.addWidget(self.key_button)
        row.addStretch()
        column.addLayout(row)
        for widget in (self.key_said, self.passphrase, self.reason):
            column.addWidget(widget)

    def _show_asked(self) -> None:
        said = [tr(message) for message in warnings(self._file, self._wanted())]
        while self.warnings.count() > len(said):
            item = self.warnings.takeAt(self.warnings.count() - 1)
            if (widget := item.widget() if item else None) is not None:
                widget.hide()
                widget.deleteLater()
        while self.warnings.count() < len(said):
            self.warnings.addWidget(text_label("", "notice"))
        for place, text in enumerate(said):
            item = self.warnings.itemAt(place)
            label = item.widget() if item else None
            if isinstance(label, QLabel):
                label.setText(wrapped(text))
        by_key = self.way.value == KEY
        self.key_button.setVisible(by_key)
        self.key_said.setVisible(by_key)
        self.passphrase.setVisible(not by_key)
        told = tr(KEY_HELP)
        if self.key is not None:
            told = "\n".join(filter(None, (self.key.name, tr(COMPARE), words().figures(self.key.fingerprint))))
        self.key_said.setText(wrapped(told))

    def _typed(self) -> dict[str, Any]:
        reason = self.reason.typed("reason")
        chosen = {"restricted": self.restricted.isChecked(), "complaints": self.complaints.isChecked()}
        return {"reason": reason, **chosen} if reason.strip() else {}

    def _type_again(self, plain: dict[str, Any]) -> None:
        self.reason.edits["reason"].setText(plain.get("reason", ""))
        self.restricted.setChecked(plain.get("restricted") is True)
        self.complaints.setChecked(plain.get("complaints") is True)

    def _wanted(self) -> Wanted:
        return Wanted(self.restricted.isChecked(), self.complaints.isChecked())

    def is_answered(self) -> bool:
        """Return whether there is a key or a passphrase, and a reason."""
        self.message.hide()
        if self.way.value == KEY and self.key is None:
            self.say(tr(KEY_HELP))
            self.key_button.setFocus()
            return False
        if self.way.value == PASSPHRASE and self.passphrase.password() is None:
            return False
        if not self.reason.typed("reason").strip():
            self.reason.mark(("reason",), tr(NO_REASON))
            return False
        return True

    def _choose_key(self) -> None:
        dialog = file_dialog(self, CHOOSE_KEY, Path.home(), tr(KEY_FILES), "txt", to_save=False)
        dialog.fileSelected.connect(self.use_key)
        dialog.open()


class OwnKeyDialog(CalmDialog):
    """Shows the figures of this office's key, and saves the key for another office; it can be made anew."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget, *, renewed: bool = False) -> None:
        """Ask for the key; it is made the first time. renewed: whether the other offices have an earlier one."""
        super().__init__(tr(OWN_KEY), parent)
        self._office, self._tasks = office, tasks
        self.figures = selectable(text_label("", "title"))
        self.message = text_label("", "answer")
        self.message.hide()
        self.said = text_label(tr(NEW_KEY_SAID if renewed else OWN_KEY_SAID), "answer")
        for widget in (self.said, self.figures, self.message):
            self.column.addWidget(widget)
        self.column.addStretch()
        close, self.save_button = QPushButton(tr(CLOSE), self), QPushButton(tr(SAVE_KEY), self)
        make_primary(self.save_button)
        close.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._ask_where)
        self.new_button = QPushButton(tr(NEW_KEY), self)
        self.new_button.clicked.connect(self._ask_to_renew)
        self.new_button.setVisible(Right.ACCOUNTS in office.rights)
        self.add_exits(self.save_button, self.new_button, close)
        self._show_key()

    def save_to(self, name: str) -> None:
        """Write the key to that file."""
        office, path = self._office, Path(name)
        self._tasks.run(
            lambda: save_key(office, path), lambda _key: self._say(tr(KEY_SAVED, file=path.name)), self._on_refused
        )

    def _ask_to_renew(self) -> None:
        office, title = self._office, tr(NEW_KEY).rstrip("…")
        sure = SureDialog(self._tasks, lambda: _renew(office), title, title, NEW_KEY_ASKED, self)
        sure.done_with.connect(self._on_renewed)
        sure.open()

    def _on_renewed(self) -> None:
        self.said.setText(wrapped(tr(NEW_KEY_SAID)))
        self.message.hide()
        self._show_key()

    def _show_key(self) -> None:
        office = self._office
        self._tasks.run(lambda: own_key(office), self._on_key, self._on_refused)

    def _on_key(self, key: OfficeKey) -> None:
        self.figures.setText(words().figures(key.fingerprint))

    def _ask_where(self) -> None:
        name = f"{self._office.settings.code or 'office'}-key.txt"
        dialog = file_dialog(self, SAVE_KEY, Path.home() / name, tr(KEY_FILES), "txt")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, Refusal | Trouble):
            self._say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _say(self, text: str) -> None:
        self.message.setText(wrapped(text))
        self.message.show()


def _renew(office: Office) -> Changes:
    renew_key(office)
    return Changes.of(part=OFFICE_KEY)
