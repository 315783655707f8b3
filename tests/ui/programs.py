"""The whole program, offscreen and without waiting, for the tests of windows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from casemgr.services.office import Office
from casemgr.services.practice import fill_practice, new_practice_office
from ui.memory import Memory
from ui.program import Options, Program

PASSWORD = "four words make one"


@contextmanager
def running(folder: Path, language: str = "en", *, practice: bool = False) -> Iterator[Program]:
    """Start the program on that folder; close it at the end."""
    program = Program(Options(folder / "office", practice, language), Memory(folder / "m.ini"), inline=True)
    program.start()
    program.window.resize(1366, 728)
    settle()
    try:
        yield program
    finally:
        program.end()
        program.window.deleteLater()
        program.deleteLater()
        settle()


def show_practice(program: Program, folder: Path, children: int, language: str) -> Office:
    """Open a practice office of that many invented children in the program."""
    office = new_practice_office(folder / "practice")
    fill_practice(office, children, 1) if children else None
    office.settings.language = language
    program.show_office(office)
    settle()
    return office


def settle() -> None:
    """Let everything be laid out, painted and thrown away that waits for it."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def dialog() -> QDialog:
    """Return the dialog that stands before the window."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def seen(widget: QWidget, kind: type) -> list:
    """Return the widgets of a kind that can be seen."""
    return [each for each in widget.findChildren(kind) if each.isVisible()]
