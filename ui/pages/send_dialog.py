"""What the dialogs have in common that give something to another program: once it is written, what was left out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from casemgr.exchange.left_out import in_words
from casemgr.i18n import N_
from casemgr.pace import Cancelled, Progress
from casemgr.services.sending_case import Sent
from ui.parts.card import text_label
from ui.parts.writing_dialog import WritingDialog
from ui.words import tr, words, wrapped

WRITTEN = N_("It was written to {file}. The file is not locked.")
LEFT = N_("Not everything could go along:")
LEFT_HEIGHT = 260


class SendDialog(WritingDialog):
    """Subclasses fill self.asked, and say what the file is called and how it is written."""

    def writing(self, path: Path) -> Callable[[Progress, Cancelled], Sent]:
        """Return what writes the file, and says what of it could not go along."""
        raise NotImplementedError

    def said_of(self, path: Path, sent: Sent) -> str:  # noqa: ARG002  (those of others tell how much it was)
        """Return what is said of a file that was written, in the screen's language."""
        return tr(WRITTEN, file=path.name)

    def on_written(self, path: Path, answer: Any) -> None:
        """Say what was written, and what was left out."""
        shown: list[QWidget] = [text_label(self.said_of(path, answer), "answer")]
        if lines := in_words(answer.left, words()):
            shown += [text_label(tr(LEFT), "question"), _scrolled("\n".join(lines), self)]
        self.show_done(*shown)


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
