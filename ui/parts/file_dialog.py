"""Giving a list out of the office as a file: with names or without, of what kind, in which language, how locked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from casemgr import clock
from casemgr.i18n import LANGUAGES, N_
from casemgr.pace import Cancelled, Progress
from casemgr.services.follow_up_export import NO_REASON
from casemgr.services.list_files import ListKind
from casemgr.trouble import Refusal, Trouble
from ui.parts.card import text_label
from ui.parts.lines import Lines
from ui.parts.new_password import NewPassword
from ui.parts.toggle import Toggle
from ui.parts.writing_dialog import WritingDialog
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

NAMES, CODED, NAMED = N_("Names"), "coded", "named"
NAMES_OPTIONS = {CODED: N_("Without names"), NAMED: N_("With names")}
FORM = N_("Kind of file")
FORMS = {ListKind.WORKBOOK: N_("Excel workbook"), ListKind.PAPER: N_("PDF file"), ListKind.CSV: N_("CSV file")}
FILES = {ListKind.WORKBOOK: N_("Excel workbooks"), ListKind.PAPER: N_("PDF files"), ListKind.CSV: N_("CSV files")}
LANGUAGE = N_("Language of the list")
REASON = N_("Why are the names needed? The reason is kept in the history.")
PASSPHRASE, AGAIN = N_("Passphrase for the file"), N_("The same passphrase again")
LABELS = 150
COPIED_ON = N_("What is copied on from this file is no longer protected.")
TELL_APART = N_("Tell the passphrase only those who must read it, and never together with the file.")


class Exported(NamedTuple):
    """The file that was written: where it lies, how many rows it has, and whether names stand in it."""

    path: Path
    rows: int
    named: bool

    def said(self) -> str:
        """Return what is said of it."""
        folder = str(self.path.parent)
        where = words().plural(
            "{n} row was written to {file} in {folder}.", "{n} rows were written to {file} in {folder}.", self.rows,
            file=self.path.name, folder=folder,
        )  # fmt: skip
        return "\n".join((where, tr(COPIED_ON), *([tr(TELL_APART)] if self.named else [])))


class Chosen(NamedTuple):
    """What is wanted of a file. reason, passphrase: None without names. told: of the rows; stopped: whether to stop."""

    path: Path
    kind: ListKind
    named: bool
    reason: str | None
    passphrase: str | None
    language: str
    told: Progress
    stopped: Cancelled


@dataclass(frozen=True)
class Gives:
    """A list that can become a file. title: a message; name: how the names of its files begin, which name no child.

    write: does it, beside the window, and returns the number of rows. help: what is said of a list without names and
    with them, as messages. names: whether that is asked; else named says how it is.
    """

    title: str
    name: str
    write: Callable[[Chosen], int]
    help: Mapping[str, str]
    names: bool = True
    named: bool = False


class FileDialog(WritingDialog):
    """Asks what is to stand in the file and how it is locked, then where to; closes once it is written."""

    exported = Signal(object)
    """The file that was written (Exported)."""

    def __init__(self, tasks: Tasks, gives: Gives, parent: QWidget) -> None:
        """Ask."""
        super().__init__(tr(gives.title), tasks, parent)
        self._gives = gives
        self._ask()
        self._show_asked()

    @property
    def file_name(self) -> str:
        """The name to propose for the file."""
        return f"{self._gives.name}-{clock.today().isoformat()}.{self.form.value}"

    @property
    def kind(self) -> str:
        """What kind of file it is."""
        return tr(FILES[ListKind(self.form.value)])

    @property
    def named(self) -> bool:
        """Whether names are to stand in the file."""
        return self.names.value == NAMED if self._gives.names else self._gives.named

    def choose_names(self, names: str) -> None:
        """Choose whether names stand in it."""
        self.names.show_value(names)
        self._show_asked()

    def _ask(self) -> None:
        column = self.asked
        self.names = Toggle(NAMES, NAMES_OPTIONS, self.questions)
        self.names.chosen.connect(lambda _: self._show_asked())
        self.names.setVisible(self._gives.names)
        self.form = Toggle(FORM, {kind.value: label for kind, label in FORMS.items()}, self.questions)
        self.language = Toggle(LANGUAGE, LANGUAGES, self.questions)
        self.language.show_value(words().language)
        self.help = text_label("", "help")
        self.reason = Lines(self.questions)
        self.reason.add("reason", REASON)
        self.passphrase = NewPassword(self.questions, label=PASSPHRASE, again=AGAIN)
        self.reason.changed.connect(self._on_typed)
        self.passphrase.lines.changed.connect(self._on_typed)
        if self._gives.names:
            column.addLayout(_beside(NAMES, self.names))
        column.addWidget(self.help)
        column.addLayout(_beside(FORM, self.form))
        column.addLayout(_beside(LANGUAGE, self.language))
        column.addWidget(self.reason)
        column.addWidget(self.passphrase)

    def _show_asked(self) -> None:
        named, csv = self.named, self.form.buttons[ListKind.CSV.value]
        self.help.setText(wrapped(tr(self._gives.help[NAMED if named else CODED])))
        if named and csv.isChecked():
            self.form.show_value(ListKind.WORKBOOK.value)
        csv.setEnabled(not named)
        self.reason.setVisible(named)
        self.passphrase.setVisible(named)

    def is_answered(self) -> bool:
        """Return whether a list with names has its reason and its passphrase."""
        if not self.named:
            return True
        if not self.reason.typed("reason").strip():
            self.reason.mark(("reason",), tr(NO_REASON))
            return False
        return self.passphrase.password() is not None

    def writing(self, path: Path) -> Callable[[Progress, Cancelled], int]:
        """Return what writes the file."""
        named, write = self.named, self._gives.write
        kind, language = ListKind(self.form.value), self.language.value
        reason = self.reason.typed("reason") if named else None
        passphrase = self.passphrase.password() if named else None
        return lambda told, stopped: write(Chosen(path, kind, named, reason, passphrase, language, told, stopped))

    def on_written(self, path: Path, answer: Any) -> None:
        """Tell what was written, and close."""
        self.exported.emit(Exported(path, answer, self.named))
        self.accept()

    def on_refused(self, error: Exception) -> None:
        """Say why nothing was written, beside the line that it is about."""
        fields = error.fields if isinstance(error, Refusal | Trouble) else ()
        text = error.say(words()) if isinstance(error, Refusal | Trouble) else ""
        if not (self.reason.mark(fields, text) or self.passphrase.mark(_lines(fields), text)):
            super().on_refused(error)

    def _on_typed(self) -> None:
        self.message.hide()


def _lines(fields: tuple[str, ...]) -> tuple[str, ...]:
    return ("password",) if "passphrase" in fields else ()


def _beside(label: str, toggle: Toggle) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    asked = text_label(tr(label), "question")
    asked.setFixedWidth(LABELS)
    row.addWidget(asked)
    row.addWidget(toggle)
    row.addStretch(1)
    return row
