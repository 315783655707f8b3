"""What the dialogs have in common that give something to another program: asked, written, then what was left out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casemgr.exchange.left_out import in_words
from casemgr.i18n import N_
from casemgr.pace import Cancelled, Progress
from casemgr.services.sending_case import Sent
from casemgr.trouble import Refusal, Trouble
from ui.parts.card import make_primary, text_label
from ui.parts.dialog import CalmDialog
from ui.parts.work_bar import WorkBar
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

SAVE_AS, CANCEL, CLOSE = N_("Save as…"), N_("Cancel"), N_("Close")
WRITTEN = N_("It was written to {file}. The file is not locked.")
LEFT = N_("Not everything could go along:")
WRITING = N_("Writing the file…")
LEFT_HEIGHT = 260


class SendDialog(CalmDialog):
    """Subclasses fill self.asked, and say what the file is called and how it is written."""

    def __init__(self, title: str, tasks: Tasks, parent: QWidget) -> None:
        """Take the title, in the screen's language."""
        super().__init__(title, parent)
        self._tasks = tasks
        self.questions = QWidget(self)
        self.asked = QVBoxLayout(self.questions)
        self.asked.setContentsMargins(0, 0, 0, 0)
        self.asked.setSpacing(10)
        self.message = text_label("", "problem")
        self.message.hide()
        self.work = WorkBar(self)
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

    def writing(self, path: Path) -> Callable[[Progress, Cancelled], Sent]:
        """Return what writes the file, away from the window; it tells how far it is, and may be stopped."""
        raise NotImplementedError

    def said_of(self, path: Path, sent: Sent) -> str:  # noqa: ARG002  (those of others tell how much it was)
        """Return what is said of a file that was written, in the screen's language."""
        return tr(WRITTEN, file=path.name)

    def reject(self) -> None:
        """Stay while the file is written."""
        if self.cancel_button.isEnabled():
            super().reject()

    def save(self) -> None:
        """Ask where to."""
        self.message.hide()
        if not self.is_answered():
            return
        ending = self.file_name.rpartition(".")[2]
        dialog = QFileDialog(
            self, tr(SAVE_AS).rstrip("…"), str(Path.home() / self.file_name), f"{self.kind} (*.{ending})"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write the file under that name."""
        if not self.is_answered():
            return
        path = Path(name)
        self._set_running(running=True)
        watch = Watch()
        self.work.follow(watch, WRITING)
        self._tasks.run_watched(watch, self.writing(path), partial(self._on_written, path), self.on_refused)

    def say(self, text: str) -> None:
        """Show what stands in the way; nothing: it does no more."""
        self.message.setText(wrapped(text))
        self.message.setVisible(bool(text))

    def on_refused(self, error: Exception) -> None:
        """Say why nothing was written."""
        self._set_running(running=False)
        if isinstance(error, Refusal | Trouble):
            self.say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _set_running(self, *, running: bool) -> None:
        for widget in (self.questions, self.save_button, self.cancel_button):
            widget.setEnabled(not running)
        if not running:
            self.work.rest()

    def _on_written(self, path: Path, sent: Sent) -> None:
        self._set_running(running=False)
        self.message.hide()
        self.questions.hide()
        self.save_button.hide()
        self.column.insertWidget(1, text_label(self.said_of(path, sent), "answer"))
        if lines := in_words(sent.left, words()):
            self.column.insertWidget(2, text_label(tr(LEFT), "question"))
            self.column.insertWidget(3, _scrolled("\n".join(lines), self))
        self.cancel_button.setText(tr(CLOSE))
        self.cancel_button.setFocus()
        self.be_as_tall_as_needed()


def _scrolled(text: str, parent: QWidget) -> QScrollArea:
    label = QLabel(wrapped(text), parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    area = QScrollArea(parent)
    area.setWidget(label)
    area.setWidgetResizable(True)
    area.setFixedHeight(LEFT_HEIGHT)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(tr(LEFT))
    area.setProperty("role", "read")
    return area
