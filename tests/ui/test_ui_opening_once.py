"""One office is opened at a time, and the window can always be locked and closed."""

import threading

import pytest
from offices import practice
from programs import PASSWORD, locked_office, running, settle, threaded
from PySide6.QtWidgets import QLabel

from casemgr import clock, whereabouts
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import casework
from casemgr.services.office import open_office
from ui.doors import MAKING_READY
from ui.pages.assistant import AssistantPage
from ui.pages.lock import LockPage
from ui.pages.waiting import WaitingPage
from ui.words import tr

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def practice_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(whereabouts, "practice_folder", lambda: tmp_path / "practice")


@pytest.fixture
def program(tmp_path, practice_folder, qtbot):  # noqa: ARG001  (is there before the program)
    locked_office(tmp_path)
    with threaded(tmp_path, "en", qtbot) as program:
        qtbot.waitUntil(lambda: program.tasks.is_idle, timeout=20_000)
        yield program


@pytest.fixture
def busy(program):
    """The store's thread is busy until this is set."""
    go_on = threading.Event()
    program.tasks.run(lambda: go_on.wait(20))
    yield go_on
    go_on.set()


def begin(program):
    page = program.window.page
    assert isinstance(page, LockPage)
    page.door.lines.edits["password"].setFocus()
    page.door.lines.edits["password"].setText(PASSWORD)
    page.door.button.click()
    return page


def until_open(program, qtbot):
    qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
    qtbot.waitUntil(lambda: program.tasks.is_idle, timeout=20_000)


def test_while_the_office_opens_nothing_else_can_be_asked_for(program, busy, qtbot):
    page = begin(program)
    for link in (page.door.forgotten, page.door.practice, page.door.put_back):
        assert not link.isEnabled()
    program.doors.open_practice()
    program.doors.open("", "not the password")
    assert program.window.page is page
    busy.set()
    until_open(program, qtbot)
    assert program.office.folder == program.doors.home
    settle()
    office = program.office
    program.lock_now()
    qtbot.waitUntil(lambda: program.tasks.is_idle)
    assert isinstance(program.window.page, LockPage)
    with pytest.raises(RuntimeError, match="closed"), office.store.read():
        pass


def test_the_language_can_be_changed_while_the_office_opens(program, busy, qtbot):
    begin(program)
    program.speak("km")
    page = program.window.page
    assert not page.door.button.isEnabled()
    busy.set()
    until_open(program, qtbot)


def test_after_a_wrong_password_the_keyboard_is_where_it_was(program, qtbot):
    program.window.activateWindow()
    page = program.window.page
    page.door.lines.edits["password"].setFocus()
    page.door.lines.edits["password"].setText("not the password")
    page.door.button.click()
    qtbot.waitUntil(page.door.button.isEnabled, timeout=20_000)
    assert page.focusWidget() is page.door.lines.edits["password"]
    assert page.door.practice.isEnabled()


def test_an_office_that_is_open_is_left_before_another_is_shown(program, tmp_path, qtbot):
    begin(program)
    until_open(program, qtbot)
    first = program.office
    second = practice(tmp_path / "second", 0)
    program.show_office(second)
    until_open(program, qtbot)
    with pytest.raises(RuntimeError, match="closed"), first.store.read():
        pass
    assert program.office is second


@pytest.mark.usefixtures("practice_folder")
def test_while_an_office_is_set_up_there_is_no_way_back(tmp_path, qtbot):
    with threaded(tmp_path, "en", qtbot) as program:
        qtbot.waitUntil(lambda: program.tasks.is_idle, timeout=20_000)
        page = program.window.page
        assert isinstance(page, AssistantPage)
        page.set_busy(busy=True)
        for step in range(3):
            page.show_step(step)
            assert not page.create_button.isEnabled()
            assert not page.card.isEnabled()
        page.set_busy(busy=False)
        assert page.card.isEnabled()


@pytest.fixture
def updated(tmp_path, practice_folder):  # noqa: ARG001  (is there before the program)
    """The program before an office that another version of it was used with."""
    locked_office(tmp_path)
    office = open_office(tmp_path / "office", "", PASSWORD)
    for _ in range(3):
        casework.take_arrest(office, Child(given_name_km="ស្រីពៅ"), Case(), (), Arrest(arrested_at=clock.now()))
    with office.store.write() as work:
        work.session.connection().exec_driver_sql("UPDATE search_made SET rules = 'older'")
    office.close()
    with running(tmp_path, "km") as program:
        yield program


def test_after_an_update_the_window_says_what_takes_so_long_and_how_far_it_is(updated):
    seen = []

    def look(_watch, done, total):
        page = updated.window.page
        assert isinstance(page, WaitingPage)
        said = "\n".join(label.text() for label in page.findChildren(QLabel))
        assert tr(MAKING_READY).replace("\u200b", "") in said.replace("\u200b", "")
        seen.append((page.work.bar.value(), page.work.bar.maximum(), done, total))

    updated.tasks._told.connect(look)
    begin(updated)
    settle()
    assert updated.desk is not None
    assert len(seen) > 1
    assert all((value, most) == (done, total) for value, most, done, total in seen)
    assert seen[-1][2] == seen[-1][3], "it came to its end"


def test_what_takes_so_long_can_be_stopped_and_begun_again(updated):
    def stop(*_told):
        updated.window.page.work.cancel()

    updated.tasks._told.connect(stop)
    begin(updated)
    settle()
    page = updated.window.page
    assert isinstance(page, LockPage)
    assert page.door.lines.marks["password"].isVisible()
    updated.tasks._told.disconnect(stop)
    begin(updated)
    settle()
    assert updated.desk is not None
