"""What the dialogs have in common that write a file: asked first, then where to, then written away from the window."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.pace import Cancelled, Progress
from casemgr.trouble import Refusal, Trouble
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import CalmDialog
from ui.parts.work_bar import WorkBar
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

SAVE_AS, CANCEL, STOP, CLOSE = N_("Save as…"), N_("Cancel"), N_("Stop"), N_("Close")
WRITING = N_("Writing the file…")


class WritingDialog(CalmDialog):
    """Subclasses fill self.asked, and say what the file is called and how it is written."""

    def __init__(self, title: str, tasks: Tasks, parent: QWidget) -> None:
        """Take the title, in the screen's language."""
        super().__init__(title, parent)
        self._tasks = tasks
        self._watch: Watch | None = None
        self.questions = QWidget(self)
        self.asked = QVBoxLayout(self.questions)
        self.asked.setContentsMargins(0, 0, 0, 0)
        self.asked.setSpacing(10)
        self.message = text_label("", "problem")
        self.message.hide()
        self.work = WorkBar(self)
        self.work.button.hide()  # the dialog's own stops it
        for widget in (self.questions, self.work, self.message):
            self.column.addWidget(widget)
        self.column.addStretch()
        self.cancel_button, self.save_button = QPushButton(tr(CANCEL), self), QPushButton(tr(SAVE_AS), self)
        make_primary(self.save_button)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.add_exits(self.save_button, self.cancel_button)

    @property
    def file_name(self) -> str:
        """The name to propose for the file; it tells nobody's name."""
        raise NotImplementedError

    @property
    def kind(self) -> str:
        """What kind of file it is, in the screen's language."""
        raise NotImplementedError

    def is_answered(self) -> bool:
        """Return whether all that is wanted is there; mark what is not."""
        raise NotImplementedError

    def writing(self, path: Path) -> Callable[[Progress, Cancelled], Any]:
        """Return what writes the file, away from the window; it tells how far it is, and may be stopped."""
        raise NotImplementedError

    def on_written(self, path: Path, answer: Any) -> None:
        """Say what became of it. answer: what the writing returned."""
        raise NotImplementedError

    @property
    def is_running(self) -> bool:
        """Whether the file is being written."""
        return self._watch is not None

    def reject(self) -> None:
        """Close; while the file is being written, stop that first, and stay until it is known what became of it."""
        if self._watch is None:
            self.leave()
        else:
            self._watch.stop()
            self.cancel_button.setEnabled(False)

    def leave(self) -> None:
        """Close."""
        super().reject()

    def save(self) -> None:
        """Ask where to, once all that is wanted is there."""
        self.message.hide()
        if self.is_running or not self.is_answered():
            return
        ending = self.file_name.rpartition(".")[2]
        dialog = file_dialog(self, SAVE_AS, Path.home() / self.file_name, self.kind, ending)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write the file under that name."""
        if self.is_running or not self.is_answered():
            return
        path, writing, watch = Path(name), self.writing(Path(name)), Watch()
        self._show_running(watch)
        self.work.follow(watch, WRITING)
        self._tasks.run_watched(watch, writing, partial(self._on_written, path), self._on_not_written)

    def say(self, text: str) -> None:
        """Show what stands in the way; nothing: it does no more."""
        self.message.setText(wrapped(text))
        self.message.setVisible(bool(text))

    def on_refused(self, error: Exception) -> None:
        """Say why nothing was written."""
        if isinstance(error, Refusal | Trouble):
            self.say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def show_done(self, *widgets: QWidget) -> None:
        """Show these in place of what was asked; nothing is left but to close."""
        self.message.hide()
        self.questions.hide()
        self.save_button.hide()
        for place, widget in enumerate(widgets, start=1):
            self.column.insertWidget(place, widget)
        self.cancel_button.setText(tr(CLOSE))
        self.cancel_button.setFocus()
        self.be_as_tall_as_needed()

    def _show_running(self, watch: Watch | None) -> None:
        self._watch, running = watch, watch is not None
        self.questions.setEnabled(not running)
        self.save_button.setEnabled(not running)
        self.cancel_button.setEnabled(True)
        self.cancel_button.setText(tr(STOP if running else CANCEL))
        (self.cancel_button if running else self.save_button).setFocus()
        if not running:
            self.work.rest()

    def _on_written(self, path: Path, answer: Any) -> None:
        self._show_running(None)
        self.on_written(path, answer)

    def _on_not_written(self, error: Exception) -> None:
        self._show_running(None)
        self.on_refused(error)


def file_dialog(
    parent: QWidget, title: str, where: Path, kind: str, ending: str, *, to_save: bool = True
) -> QFileDialog:  # fmt: skip
    """Return the system's dialog for a file. title: a message; kind: in the screen's language."""
    dialog = QFileDialog(parent, tr(title).rstrip("…"), str(where), f"{kind} (*.{ending})")
    if to_save:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
