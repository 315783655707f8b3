"""What takes the pictures: the program in an empty folder, a practice office, and the window or a dialog before it."""

from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from casemgr import clock
from casemgr.services.office import Office
from casemgr.services.practice import fill_practice, new_practice_office
from ui.memory import Memory
from ui.program import Options, Program
from ui.theme import COLOURS

MOMENT = clock.local(2026, 11, 24, 9, 0)
CHILDREN, SEED = 36, 1
SIZE = (1366, 768)


class Camera:
    """Takes pictures in one language."""

    def __init__(self, target: Path, folder: Path, language: str) -> None:
        """Start the program in an empty folder."""
        self.target, self.folder, self.language = target, folder, language
        self.program = Program(Options(folder / "office", False, language), Memory(folder / "m.ini"), inline=True)
        self.program.start()
        self.program.window.resize(*SIZE)

    def _office(self) -> Office:
        office = new_practice_office(self.folder / "practice", language=self.language)
        fill_practice(office, CHILDREN, SEED, MOMENT.date())
        return office

    def _keep(self, name: str, picture: QPixmap, dialog: QRect | None = None) -> None:  # noqa: ARG002
        """Write a picture of the window; dialog: where in it one stands."""
        picture.save(str(self.target / f"{name}-{self.language}.png"))

    def _save(self, name: str) -> None:
        settle()
        self._keep(name, self.program.window.grab())

    def _save_preview(self, page: Any, name: str, *, close: bool = True) -> None:
        """Draw the window once the first page of a paper is there, then close the paper."""
        waited = QElapsedTimer()
        waited.start()
        while page.preview.view.sheet.pixmap().isNull() and not waited.hasExpired(20_000):
            QApplication.processEvents()
        self._save(name)
        if close:
            page.preview.leave()

    def _save_dialog(self, name: str) -> None:
        """Draw the window with the dialog that stands before it, then close the dialog."""
        settle()
        dialog = cast("QDialog", shown_dialog())
        picture = self.program.window.grab()
        window = self.program.window
        corner = QPoint((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2)
        dialog.render(picture, corner)
        painter = QPainter(picture)  # the frame, which the desktop would draw
        painter.setPen(QPen(QColor(COLOURS["muted"]), 2))
        painter.drawRect(QRect(corner, dialog.size()))
        painter.end()
        self._keep(name, picture, QRect(corner, dialog.size()))
        dialog.done(0)
        settle()


def shown_dialog() -> Any:
    """Return the dialog that stands before the window."""
    return QApplication.activeModalWidget()


def settle() -> None:
    """Let everything be built, laid out, painted and thrown away that waits for it: a record is built in rounds."""
    for _ in range(30):
        QApplication.processEvents()
        QApplication.sendPostedEvents(cast("QWidget", None), QEvent.Type.DeferredDelete)
