"""Copies in the windows: a warning on Today, and putting one back, over a damaged office or into an empty folder."""

import time
from pathlib import Path

import pytest
from programs import PASSWORD, dialog, locked_office, running, settle, threaded
from PySide6.QtWidgets import QFileDialog, QLabel

from casemgr.records.finding import SearchMade
from casemgr.records.office import OfficeSettings
from casemgr.services import backups
from casemgr.services.office import open_office
from casemgr.services.practice import fill_practice
from casemgr.services.self_check import NOTE_DOUBTED
from ui.memory import Memory
from ui.pages.lock import LockPage
from ui.pages.returning import ReturningPage
from ui.pages.waiting import WaitingPage
from ui.program import Options, Program
from ui.words import tr

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def copy(tmp_path):
    """A copy of the office that `running` finds."""
    locked_office(tmp_path)
    office = open_office(tmp_path / "office", "", PASSWORD)
    path = backups.copy_to(office, tmp_path / "mine.officecopy")
    office.close()
    return path


def texts(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def put_back(program, copy, password=PASSWORD):
    program.returning.show(copy)
    settle()
    page = program.window.page
    assert isinstance(page, ReturningPage)
    page.lines.edits["password"].setText(password)
    page.button.click()
    settle()
    return page


@pytest.mark.parametrize("language", ["en", "km"])
def test_from_the_door_a_copy_takes_the_place_of_a_damaged_office(tmp_path, copy, language):
    (tmp_path / "office" / "office.db").write_bytes(b"\0" * 9000)
    with running(tmp_path, language) as program:
        assert program.window.page.door.put_back.isVisible()
        page = put_back(program, copy, "not the password")
        assert page.lines.marks["password"].isVisible()
        page = put_back(program, copy)
        page.button.click()
        settle()
        assert program.office is not None
        assert len(list((tmp_path / "office").glob("before-return-*"))) == 1


@pytest.mark.parametrize("there", [True, False])
def test_the_newest_copy_beside_the_office_is_offered_first(tmp_path, copy, there):
    with running(tmp_path, "en") as program:
        beside = program.doors.home.with_name(f"{program.doors.home.name}-copies")
        if there:
            beside.mkdir(exist_ok=True)
            copy = copy.rename(beside / copy.name)
        program.window.page.door.put_back.click()
        settle()
        asked = dialog()
        assert isinstance(asked, QFileDialog)
        if there:
            assert asked.selectedFiles() == [str(copy)]
        else:
            assert asked.directory().absolutePath() == str(Path.home())
        asked.reject()
        settle()


@pytest.mark.parametrize("late", [False, True])
def test_a_copy_that_was_looked_at_is_let_go_of_when_nobody_is_there(tmp_path, copy, qtbot, late):
    with threaded(tmp_path, "en", qtbot) as program:
        program.returning.show(copy)
        qtbot.waitUntil(lambda: isinstance(program.window.page, ReturningPage), timeout=20_000)
        page = program.window.page
        page.lines.edits["password"].setText(PASSWORD)
        page.button.click()
        if not late:  # else it locks while the copy is still being looked at
            qtbot.waitUntil(lambda: program.tasks.is_idle, timeout=20_000)
        program.locking.absence.look(time.monotonic() + 302, time.time() + 302)
        qtbot.waitUntil(lambda: program.tasks.is_idle, timeout=20_000)
        assert isinstance(program.window.page, LockPage)
        assert program.window.page.door.button.isEnabled()
        open_office(tmp_path / "office", "", PASSWORD).close()  # nothing holds it


def test_how_far_it_is_with_a_copy_of_another_version_is_seen(tmp_path, qtbot):
    locked_office(tmp_path)
    office = open_office(tmp_path / "office", "", PASSWORD)
    fill_practice(office, 2, 1)
    with office.store.write() as work:
        work.remove(work.find(SearchMade)[0])  # as where the keys of the search are those of another version
    copy = backups.copy_to(office, tmp_path / "mine.officecopy")
    office.close()
    seen = []
    with threaded(tmp_path, "en", qtbot) as program:
        program.returning.show(copy)
        qtbot.waitUntil(lambda: isinstance(program.window.page, ReturningPage), timeout=20_000)
        page = program.window.page
        page.lines.edits["password"].setText(PASSWORD)
        page.button.click()
        qtbot.waitUntil(page.button.isEnabled, timeout=20_000)
        page.work.bar.valueChanged.connect(seen.append)
        page.button.click()
        assert not page.work.button.isVisible()
        qtbot.waitUntil(lambda: program.office is not None, timeout=20_000)
    assert seen


def test_into_an_empty_folder(tmp_path, copy):
    for path in (tmp_path / "office").iterdir():
        path.unlink()
    with running(tmp_path) as program:
        page = put_back(program, copy)
        assert "no office here yet" in texts(page)
        assert "copies go is not known" in texts(page)
        page.button.click()
        settle()
        assert program.office.folder == tmp_path / "office"


def test_an_older_copy_says_so_and_can_be_left_alone(tmp_path, copy):
    with running(tmp_path) as program:
        program.open("", PASSWORD)
        settle()
        page = put_back(program, copy)
        assert "older" in texts(page)
        assert "copies go is not known" not in texts(page)
        page.back.click()
        settle()
        program.open("", PASSWORD)
        settle()
        assert program.office is not None


@pytest.mark.parametrize("language", ["en", "km"])
def test_what_was_done_to_the_note_is_said_until_somebody_has_looked_into_it(tmp_path, language):
    locked_office(tmp_path)
    (tmp_path / "office" / "office.note").write_bytes(b"{}")
    with running(tmp_path, language) as program:
        program.open("", PASSWORD)
        settle()
        card = program.desk.go(("settings", None)).health
        assert not card.seen_button.isVisible()
        card.check_button.click()
        settle()
        assert card.seen_button.isVisible()
        assert tr(NOTE_DOUBTED) in texts(card).replace("\u200b", "")
        card.seen_button.click()
        settle()
        assert not card.seen_button.isVisible()
        assert tr(NOTE_DOUBTED) not in texts(card).replace("\u200b", "")


def test_what_is_no_copy_is_refused_where_one_is(tmp_path, copy):
    copy.write_bytes(b"no copy")
    with running(tmp_path) as program:
        program.returning.show(copy)
        settle()
        assert "damaged" in program.window.messages.text.text()
        assert not isinstance(program.window.page, ReturningPage)


def test_today_warns_only_while_something_is_to_be_done_and_closing_makes_a_copy(tmp_path):
    locked_office(tmp_path)
    office = open_office(tmp_path / "office", "", PASSWORD)
    with office.store.write() as work:
        work.find(OfficeSettings)[0].practice = False
    (tmp_path / "chosen").mkdir()
    backups.choose_folder(office, backups.HOME, tmp_path / "chosen")
    (tmp_path / "chosen").rmdir()
    office.close()
    with running(tmp_path) as program:
        program.open("", PASSWORD)
        settle()
        care = program.desk.go(("today", None)).care
        assert "could not be made" in texts(care)
        (tmp_path / "chosen").mkdir()
        program.upkeep.look()
        settle()
        assert not care.isVisible()
        with program.office.store.write() as work:
            work.note("opened", "Office")
        before = {path.stat().st_mtime_ns for path in (tmp_path / "chosen").iterdir()}
        program.lock()
        settle()
        assert {path.stat().st_mtime_ns for path in (tmp_path / "chosen").iterdir()} != before


def test_the_window_waits_for_a_last_copy_without_freezing(tmp_path, qtbot):
    locked_office(tmp_path)
    office = open_office(tmp_path / "office", "", PASSWORD)
    with office.store.write() as work:
        work.find(OfficeSettings)[0].practice = False
    office.close()
    program = Program(Options(tmp_path / "office", False, "en"), Memory(tmp_path / "m.ini"))
    program.start()
    qtbot.waitUntil(lambda: program.tasks.is_idle)
    program.open("", PASSWORD)
    qtbot.waitUntil(lambda: program.desk is not None and program.tasks.is_idle)
    program.end()
    assert isinstance(program.window.page, WaitingPage)
    assert program.window.isVisible()
    qtbot.waitUntil(lambda: program.window.may_close)
    assert not program.window.isVisible()
    assert len(list((tmp_path / "office-copies").glob("*.officecopy"))) == 1
    program.window.deleteLater()
    program.deleteLater()
    settle()
