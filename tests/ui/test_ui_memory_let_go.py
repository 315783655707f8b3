"""What was shown leaves the memory when the window locks, however often it is opened again."""

import gc
import time
import weakref
from uuid import UUID

import pytest
from offices import with_arrest
from programs import PASSWORD, locked_office, running, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from casemgr.pace import without_sweeping
from casemgr.services.office import open_office
from ui.app import settle_once
from ui.locking import QUIET, Locking
from ui.window import Window

pytestmark = pytest.mark.usefixtures("qtbot")
PLACES = ("children", "cases", "today", "where", "today")


@pytest.fixture(autouse=True)
def _thawed():
    yield
    gc.unfreeze()


@pytest.fixture
def case_id(tmp_path) -> UUID:
    locked_office(tmp_path)
    office = open_office(tmp_path / "office", "", PASSWORD)
    case_id = with_arrest(office)
    office.close()
    return case_id


@pytest.mark.slow  # every search for garbage goes through all that the tests hold
def test_no_page_is_left_after_the_lock_though_the_program_began_to_collect_garbage(tmp_path, case_id):
    shown = []
    with running(tmp_path) as program:
        settle_once(program)
        for _ in range(3):
            program.open("", PASSWORD)
            settle()
            for place in (*((name, None) for name in PLACES), ("case", case_id)):
                shown.append((place[0], weakref.ref(program.desk.go(place))))
                settle()
            program.desk.go(("today", None))
            settle()
            program.lock()
            settle()
        assert [name for name, page in shown if page() is not None] == []


@pytest.fixture
def locking(qtbot):
    window = Window()
    qtbot.addWidget(window)
    locking = Locking(window)
    yield locking
    locking.absence.hear_all(on=False)


def test_what_is_dropped_after_many_rows_were_read_leaves_the_memory_at_the_lock(locking):
    class Page:
        pass

    page = Page()
    page.itself = page
    with without_sweeping():
        pass
    left = weakref.ref(page)
    del page
    locking.empty_memory(None)
    settle()
    assert left() is None


def test_whoever_types_the_password_is_not_kept_waiting_while_the_memory_is_looked_through(locking, qtbot, monkeypatch):
    swept = []
    monkeypatch.setattr("ui.locking.sweep_all", lambda: swept.append(time.monotonic()))
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    locking.empty_memory(None)
    QTest.keyClick(line, Qt.Key.Key_A)
    typed = time.monotonic()
    settle()
    assert swept == []
    qtbot.waitUntil(lambda: bool(swept), timeout=10_000)
    assert swept[0] - typed >= QUIET
    locking.empty_memory(None)
    locking.begin(5)  # an office is open again: the next lock looks through it
    settle()
    assert len(swept) == 1
