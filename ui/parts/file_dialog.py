"""Giving a list out of the office as a file: with names or without, of what kind, in which language, how locked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from casemgr import clock
from casemgr.i18n import LANGUAGES, N_
from casemgr.pace import Cancelled, Progress
from casemgr.services.follow_up_export import NO_REASON
from casemgr.services.list_files import ListKind
from casemgr.trouble import Refusal, Trouble
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import CalmDialog
from ui.parts.lines import Lines
from ui.parts.new_password import NewPassword
from ui.parts.toggle import Toggle
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

NAMES, CODED, NAMED = N_("Names"), "coded", "named"
NAMES_OPTIONS = {CODED: N_("Without names"), NAMED: N_("With names")}
FORM = N_("Kind of file")
FORMS = {ListKind.WORKBOOK: N_("Excel workbook"), ListKind.PAPER: N_("PDF file"), ListKind.CSV: N_("CSV file")}
FILES = {ListKind.WORKBOOK: N_("Excel workbooks"), ListKind.PAPER: N_("PDF files"), ListKind.CSV: N_("CSV files")}
LANGUAGE = N_("Language of the list")
REASON = N_("Why are the names needed? The reason is kept in the history.")
PASSPHRASE, AGAIN = N_("Passphrase for the file"), N_("The same passphrase again")
SAVE_AS, CANCEL, STOP = N_("Save as…"), N_("Cancel"), N_("Stop")
LABELS = 150
PROGRESS = N_("Rows written")
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


class FileDialog(CalmDialog):
    """Asks what is to stand in the file and how it is locked, then where to; writes it away from the window."""

    exported = Signal(object)
    """The file that was written (Exported)."""

    def __init__(self, tasks: Tasks, gives: Gives, parent: QWidget) -> None:
        """Ask."""
        super().__init__(tr(gives.title), parent)
        self._tasks, self._gives = tasks, gives
        self._watch = Watch()
        self.questions = QWidget(self)
        self._ask(QVBoxLayout(self.questions))
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr(PROGRESS))
        self.progress.hide()
        self.message = text_label("", "problem")
        self.message.hide()
        for widget in (self.questions, self.progress, self.message):
            self.column.addWidget(widget)
        self.column.addStretch()
        self.cancel_button, self.save_button = QPushButton(tr(CANCEL), self), QPushButton(tr(SAVE_AS), self)
        make_primary(self.save_button)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.add_exits(self.save_button, self.cancel_button)
        self._show_asked()

    @property
    def named(self) -> bool:
        """Whether names are to stand in the file."""
        return self.names.value == NAMED if self._gives.names else self._gives.named

    @property
    def kind(self) -> ListKind:
        """The kind of file."""
        return ListKind(self.form.value)

    @property
    def is_running(self) -> bool:
        """Whether the file is being written."""
        return self.progress.isVisible()

    def choose_names(self, names: str) -> None:
        """Choose whether names stand in it."""
        self.names.show_value(names)
        self._show_asked()

    def save(self) -> None:
        """Ask where to, once all that is wanted is there."""
        self.message.hide()
        if self.is_running or not self._is_answered():
            return
        kind = self.kind
        name = f"{self._gives.name}-{clock.today().isoformat()}.{kind.value}"
        target = QFileDialog(self, tr(SAVE_AS), str(Path.home() / name), f"{tr(FILES[kind])} (*.{kind.value})")
        target.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        target.setDefaultSuffix(kind.value)
        target.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        target.fileSelected.connect(self.save_to)
        target.open()

    def save_to(self, name: str) -> None:
        """Write the file under that name."""
        if self.is_running or not self._is_answered():
            return
        self._show_running(running=True)
        self._watch = watch = Watch()
        watch.told = self._on_progress
        self.destroyed.connect(watch.stop)
        choose, write = self._choice(Path(name)), self._gives.write
        self._tasks.run_watched(
            watch, lambda told, stopped: write(choose(told, stopped)), partial(self._on_written, Path(name)),
            self._on_refused,
        )  # fmt: skip

    def reject(self) -> None:
        """Close; while the file is being written, stop that first."""
        if self.is_running:
            self._watch.stop()
            self.cancel_button.setEnabled(False)
        else:
            super().reject()

    def _ask(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
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

    def _is_answered(self) -> bool:
        if not self.named:
            return True
        if not self.reason.typed("reason").strip():
            self.reason.mark(("reason",), tr(NO_REASON))
            return False
        return self.passphrase.password() is not None

    def _choice(self, path: Path) -> Callable[[Progress, Cancelled], Chosen]:
        named = self.named
        return partial(
            Chosen, path, self.kind, named, self.reason.typed("reason") if named else None,
            self.passphrase.password() if named else None, self.language.value,
        )  # fmt: skip

    def _show_running(self, *, running: bool) -> None:
        self.questions.setEnabled(not running)
        self.save_button.setEnabled(not running)
        self.cancel_button.setEnabled(True)
        self.cancel_button.setText(tr(STOP if running else CANCEL))
        self.progress.setRange(0, 0)
        self.progress.setVisible(running)
        (self.cancel_button if running else self.save_button).setFocus()

    def _on_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, done))
        self.progress.setValue(done)

    def _on_written(self, path: Path, rows: int) -> None:
        self._show_running(running=False)
        self.exported.emit(Exported(path, rows, self.named))
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self._show_running(running=False)
        if not isinstance(error, Refusal | Trouble):
            self._tasks.failed.emit(error)
            return
        text = error.say(words())
        if not (self.reason.mark(error.fields, text) or self.passphrase.mark(_lines(error.fields), text)):
            self.message.setText(wrapped(text))
            self.message.show()

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
