"""In Settings: where copies of the office go and how old they are, and whether all is well with the office."""

import os
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.services import backups
from casemgr.services.backups import HOME, STICK, Copies, PlaceState
from casemgr.services.office import Office, Right
from casemgr.services.self_check import Finding
from casemgr.trouble import Refusal, Trouble
from ui.parts.card import Action, Card, action_button, empty, text_label
from ui.parts.flow import FlowLayout
from ui.tasks import Tasks
from ui.upkeep import Upkeep
from ui.words import tr, words, wrapped

COPIES = N_("Copies of the office")
COPIES_SAID = N_(
    "A copy is one encrypted file with everything in it. The program makes one each day and at closing, keeps those of "
    "the last days, weeks and months, and opens each with a password of its time."
)
COPY_NOW, PUT_BACK = N_("Make a copy now"), N_("Put back a copy…")
CHOOSE_HOME, CHOOSE_STICK = N_("Choose the folder for copies…"), N_("Choose a folder on a stick…")
NO_STICK, BESIDE = N_("No stick any more"), N_("Back to the folder beside the office")
FOLDER, STICK_FOLDER = N_("Folder: {folder}"), N_("Stick: {folder}")
NO_STICK_CHOSEN = N_("No stick was chosen. Copies on this computer alone are lost with it.")
LAST, NEVER = N_("Newest copy: {when}"), N_("There is no copy here yet.")
FAILED = N_("The last copy, of {when}, could not be made. {reason}")
NOT_THERE = N_("The stick is not in. It gets its copy when it is there.")
UNDER_WAY = N_("This is being done now. The work can go on meanwhile.")
PRACTICE = N_("A practice office is not copied by itself.")
CHECK = N_("Health of the office")
CHECK_SAID = N_("The program looks at the office at each start, and thoroughly every week.")
CHECK_NOW = N_("Check the office now")
NOT_YET = N_("It was not looked at yet.")
SEEN = N_("I have looked into the note")


def breakable(path: Path) -> str:
    """Return a path that can go on in the next line after each folder, with a break that takes no room."""
    return str(path).replace(os.sep, f"{os.sep}\u200b")


class CopiesCard(Card):
    """Where copies go, how old they are, and what can be done about them."""

    return_asked = Signal()
    """The worker wants to put back a copy."""

    def __init__(self, office: Office, tasks: Tasks, upkeep: Upkeep, parent: QWidget | None = None) -> None:
        """Ask where they go."""
        super().__init__(tr(COPIES), (), parent)
        self._office, self._tasks, self._upkeep = office, tasks, upkeep
        self.copy_button = action_button(Action(COPY_NOW, self.copy_now), tr(COPIES), self)
        self.add_button(self.copy_button)
        self.add(text_label(tr(COPIES_SAID), "help"))
        self.places = QVBoxLayout()
        self.places.setSpacing(6)
        self.column.addLayout(self.places)
        self.said = text_label("", "problem")
        self.said.hide()
        self.add(self.said)
        self.add(self._buttons())
        upkeep.changed.connect(self.refresh)
        upkeep.not_made.connect(self._on_trouble)
        self.refresh()

    def refresh(self) -> None:
        """Ask again where copies go and how old they are."""
        office = self._office
        self.copy_button.setEnabled(not self._upkeep.is_busy)
        self._tasks.run(lambda: backups.copies_of(office), self._show)

    def copy_now(self) -> None:
        """Make a copy, beside the work."""
        self._say("")
        self._upkeep.copy_now()

    def ask_for(self, place: str) -> None:
        """Ask for the folder of a place."""
        dialog = QFileDialog(self, tr(CHOOSE_STICK if place == STICK else CHOOSE_HOME), QDir.homePath())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.choose(place, Path(name)))
        dialog.open()

    def choose(self, place: str, folder: Path | None) -> None:
        """Let copies go there from now on."""
        office = self._office
        self._say("")
        self._tasks.run(
            lambda: backups.choose_folder(office, place, folder), lambda _: self.refresh(), self._on_trouble
        )

    def _buttons(self) -> QWidget:
        holder = QWidget(self)
        flow = FlowLayout(holder, gap=8, line_gap=6)
        self.buttons: dict[str, QPushButton] = {}
        for label, act in (
            (CHOOSE_HOME, lambda: self.ask_for(HOME)), (BESIDE, lambda: self.choose(HOME, None)),
            (CHOOSE_STICK, lambda: self.ask_for(STICK)), (NO_STICK, lambda: self.choose(STICK, None)),
            (PUT_BACK, self.return_asked.emit),
        ):  # fmt: skip
            button = action_button(Action(label, act), tr(COPIES), holder)
            self.buttons[label] = button
            flow.addWidget(button)
            button.setEnabled(Right.MANAGE in self._office.rights)
        self.buttons[PUT_BACK].setVisible(not self._office.settings.practice)
        return holder

    def _show(self, copies: Copies) -> None:
        empty(self.places)
        self._place(FOLDER, copies.home)
        if copies.stick is None:
            self.places.addWidget(text_label(tr(NO_STICK_CHOSEN), "help"))
        else:
            self._place(STICK_FOLDER, copies.stick)
        self.buttons[BESIDE].setVisible(not copies.home.beside)
        self.buttons[NO_STICK].setVisible(copies.stick is not None)
        if self._upkeep.is_busy:
            self.places.addWidget(text_label(tr(UNDER_WAY), "help"))
        elif self._office.settings.practice:
            self.places.addWidget(text_label(tr(PRACTICE), "help"))

    def _place(self, message: str, place: PlaceState) -> None:
        self.places.addWidget(text_label(tr(message, folder=breakable(place.folder)), "answer-strong"))
        said = tr(NEVER) if place.made_at is None else tr(LAST, when=words().moment(place.made_at))
        self.places.addWidget(text_label(said, "answer"))
        if place.failed is not None:
            reason = tr(place.failed.message, **place.failed.slots)
            self.places.addWidget(
                text_label(tr(FAILED, when=words().moment(place.failed.at), reason=reason), "problem")
            )
        elif message == STICK_FOLDER and not place.there:
            self.places.addWidget(text_label(tr(NOT_THERE), "help"))

    def _on_trouble(self, error: Exception) -> None:
        if isinstance(error, Refusal | Trouble):
            self._say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _say(self, text: str) -> None:
        self.said.setText(wrapped(text))
        self.said.setVisible(bool(text))


class CheckCard(Card):
    """What the last look at the office found, what is wrong first."""

    def __init__(self, upkeep: Upkeep, parent: QWidget | None = None) -> None:
        """Show what is known."""
        super().__init__(tr(CHECK), (), parent)
        self._upkeep = upkeep
        self.check_button = action_button(Action(CHECK_NOW, upkeep.check_now), tr(CHECK), self)
        self.add_button(self.check_button)
        self.seen_button = action_button(Action(SEEN, upkeep.settle), tr(CHECK), self)
        self.add_button(self.seen_button)
        self.add(text_label(tr(CHECK_SAID), "help"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(6)
        self.column.addLayout(self.lines)
        upkeep.changed.connect(self.show_findings)
        self.show_findings()

    def show_findings(self) -> None:
        """Show what the last look found."""
        empty(self.lines)
        self.check_button.setEnabled(not self._upkeep.is_busy)
        self.seen_button.setVisible(self._upkeep.may_settle and not self._upkeep.is_busy)
        if self._upkeep.is_busy:
            self.lines.addWidget(text_label(tr(UNDER_WAY), "help"))
        elif not self._upkeep.findings:
            self.lines.addWidget(text_label(tr(NOT_YET), "help"))
        for finding in sorted(self._upkeep.findings, key=lambda finding: finding.ok):
            self.lines.addWidget(text_label(said_of(finding), "answer" if finding.ok else "problem"))


def said_of(finding: Finding) -> str:
    """Return a finding in the screen's language, with a sign that needs no colour."""
    slots = {name: breakable(value) if isinstance(value, Path) else value for name, value in finding.slots.items()}
    return f"{'✓' if finding.ok else '⚠'} {tr(finding.message, **slots)}"
