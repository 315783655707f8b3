"""One office is opened at a time, and the window can always be locked and closed."""

import threading

import pytest
from offices import practice
from programs import PASSWORD, locked_office, settle, threaded

from casemgr import whereabouts
from ui.pages.assistant import AssistantPage
from ui.pages.lock import LockPage

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
