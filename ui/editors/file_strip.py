"""The file that is about to become a document: what it looks like, what it is called, and a way to choose another."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.services import documents
from casemgr.services.documents import Prepared
from ui.editors.part import Part
from ui.parts.card import Action, action_button, text_label
from ui.parts.thumbnail import WIDTH, Thumbnail
from ui.tasks import Tasks
from ui.words import tr, words

FILE_SAID = N_("{kind}, pages: {pages}, {size} KB")
STAYS = N_("The file itself stays where it is. Once this is saved, a copy is kept in the office, encrypted.")
ANOTHER = N_("Choose another file…")
FILE = "_file"
"""Names, among the answers of a draft, where the file lies."""


class FileStrip(Part):
    """Shows the file. It counts as unsaved until it is saved."""

    def __init__(
        self, tasks: Tasks, path: Path, taken: Prepared, on_another: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        """Take the file as it was read; on_another asks for another one."""
        super().__init__(parent)
        self._tasks = tasks
        self._frame = QFrame(self)
        self._frame.setProperty("role", "entry")
        self._row = QHBoxLayout(self._frame)
        self._row.setContentsMargins(12, 10, 12, 10)
        self._row.setSpacing(16)
        self._picture = QHBoxLayout()
        self._name, self._about = text_label("", "answer-strong"), text_label("", "help")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self._name, self._about, text_label(tr(STAYS), "help")):
            texts.addWidget(label)
        texts.addStretch()
        self._row.addLayout(self._picture)
        self._row.addLayout(texts, 1)
        self.another_button = action_button(Action(ANOTHER, on_another), path.name, self._frame)
        self._row.addWidget(self.another_button, 0, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.show_file(path, taken)

    def show_file(self, path: Path, taken: Prepared) -> None:
        """Show a file; it takes the place of the one before."""
        self.path, self.taken = path, taken
        language = words()
        self._name.setText(path.name)
        self._about.setText(
            tr(FILE_SAID, kind=tr(taken.media_type.label), pages=language.number(taken.pages),
               size=language.number(max(len(taken.data) // 1000, 1)))
        )  # fmt: skip
        if (item := self._picture.takeAt(0)) is not None and (before := item.widget()) is not None:
            before.deleteLater()
        self._picture.addWidget(Thumbnail(self._draw, self._frame), 0, Qt.AlignmentFlag.AlignTop)
        self.changed.emit()

    def _draw(self, thumbnail: Thumbnail) -> None:
        taken, width = self.taken, round(WIDTH * self.devicePixelRatioF())
        self._tasks.run(lambda: documents.picture(taken, width), thumbnail.show_picture)

    @property
    def is_changed(self) -> bool:
        """A file that was chosen is not saved yet."""
        return True

    def plain(self) -> dict[str, Any]:
        """Return where the file lies."""
        return {FILE: str(self.path)}

    def restore(self, plain: dict[str, Any]) -> None:
        """Keep the file: whoever goes on with a draft reads its file first."""
