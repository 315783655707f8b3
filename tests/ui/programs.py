"""The whole program, offscreen and without waiting, for the tests of windows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from made import copied
from offices import practice, with_arrest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.services.office import Office, create_office
from casemgr.store.keys import PRACTICE_COST
from ui.memory import Memory
from ui.pages.case import CasePage
from ui.program import Options, Program
from ui.tasks import Tasks

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


@contextmanager
def threaded(folder: Path, language: str, qtbot: QtBot) -> Iterator[Program]:
    """Run the program as in an office: the store is asked beside the window's thread."""
    program = Program(Options(folder / "office", False, language), Memory(folder / "m.ini"))
    program.start()
    program.window.resize(1366, 728)
    try:
        yield program
    finally:
        if not program.window.may_close:
            program.end()
        qtbot.waitUntil(lambda: program.window.may_close, timeout=20_000)
        program.window.deleteLater()
        program.deleteLater()
        settle()


def locked_office(folder: Path) -> str:
    """Set up an office where `running` finds it, cheap to open; return its recovery code. Its password is PASSWORD."""
    return copied("locked", _make_locked, folder / "office")


def _make_locked(folder: Path) -> str:
    settings = OfficeSettings(code="SR", name_km="ការិយាល័យ", name_en="Trial office", language="en", practice=True)
    staff = StaffMember(name="ស្រីនិច", name_latin="Sreynich")
    office, code = create_office(folder, settings, staff, PASSWORD, cost=PRACTICE_COST)
    office.close()
    return code


def show_practice(program: Program, folder: Path, children: int, language: str) -> Office:
    """Open a practice office of that many invented children in the program."""
    office = practice(folder / "practice", children)
    office.settings.language = language
    program.show_office(office)
    settle()
    return office


@contextmanager
def practising(folder: Path, language: str, children: int = 0) -> Iterator[Program]:
    """Run the program with a practice office of that many invented children."""
    with running(folder, language) as program:
        show_practice(program, folder, children, language)
        yield program


def shown_case(office: Office, qtbot: QtBot, height: int = 700) -> CasePage:
    """Show a new case with an arrest of two hours ago."""
    page = CasePage(office, Tasks(inline=True), with_arrest(office))
    page.resize(1150, height)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    settle()
    return page


def settle() -> None:
    """Let everything be built, laid out, painted and thrown away that waits for it: a page builds a card a round.

    What is to be painted is painted once, when the layout has come to rest: a list finds its widths in four rounds.
    """
    for _ in range(3):
        with _painted_at_the_end():
            for _ in range(10):
                QApplication.processEvents()
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def _painted_at_the_end() -> Iterator[None]:
    held = _Held()
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    for window in windows:
        window.installEventFilter(held)
    yield
    for window in filter(isValid, windows):
        window.removeEventFilter(held)
        if window in held.waiting:
            QApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))


class _Held(QObject):
    """Keeps windows from painting what has changed in them; Qt goes on to note what that is."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest:
            return False
        self.waiting.append(watched)
        return True


def dialog() -> QDialog:
    """Return the dialog that stands before the window."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def seen(widget: QWidget, kind: type) -> list:
    """Return the widgets of a kind that can be seen."""
    return [each for each in widget.findChildren(kind) if each.isVisible()]
