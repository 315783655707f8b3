"""The window is locked or closed while work is under way, as in an office: the store is asked beside the window."""

import threading
from datetime import timedelta

import pytest
from offices import with_arrest
from programs import PASSWORD, dialog, locked_office, seen, settle, threaded
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from typing_in import press

from casemgr import clock
from casemgr.records.child import Child
from casemgr.services import backups, case_files, casework, drafts, lists, self_check
from casemgr.services.office import open_office
from casemgr.trouble import Stopped
from casemgr.whereabouts import KEYS
from ui.closing import ALL_THE_SAME, GO_BACK, NOT_KEPT
from ui.pages.assistant import NewOffice
from ui.pages.lock import LockPage
from ui.pages.recovery import RecoveryPage
from ui.pages.returning import ReturningPage
from ui.pages.waiting import WaitingPage
from ui.parts.file_dialog import CODED, NAMED, FileDialog, Gives
from ui.parts.pdf_pages import parked
from ui.words import tr

pytestmark = pytest.mark.usefixtures("qtbot")
UNIT = "អធិការដ្ឋានថ្មី"
LONG = "សរសេរយូរ " * 3000


@pytest.fixture
def case_id(tmp_path):
    locked_office(tmp_path)
    office = open_office(tmp_path / "office", "", PASSWORD)
    case_id = with_arrest(office)
    office.close()
    return case_id


def quiet(program, qtbot):
    qtbot.waitUntil(lambda: program.tasks.is_idle and program.background.is_idle, timeout=20_000)


def unlock(program, qtbot):
    quiet(program, qtbot)
    program.open("", PASSWORD)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
    quiet(program, qtbot)


@pytest.fixture
def program(tmp_path, case_id, qtbot):  # noqa: ARG001  (the case is there before the program)
    with threaded(tmp_path, "en", qtbot) as program:
        unlock(program, qtbot)
        yield program


@pytest.fixture
def busy(program):
    """The store is busy with something until it is set."""
    go_on = threading.Event()
    program.tasks.run(lambda: go_on.wait(20))
    yield go_on
    go_on.set()


@pytest.fixture
def after(tmp_path, qtbot):
    """Return the office, opened once the program has let go of it."""
    opened = []

    def look(program):
        quiet(program, qtbot)
        opened.append(open_office(tmp_path / "office", "", PASSWORD))
        return opened[0]

    yield look
    for office in opened:
        office.close()


def edit_arrest(program, case_id, qtbot):
    page = program.desk.go(("case", case_id))
    qtbot.waitUntil(lambda: page.file is not None)
    [arrest] = page.file.records
    page.edit(arrest)
    quiet(program, qtbot)
    return page.editing, arrest


def test_what_a_refused_save_held_is_a_draft_though_the_window_was_locked_meanwhile(program, case_id, after, qtbot):
    page, arrest = edit_arrest(program, case_id, qtbot)
    page.editor.answer("police_unit", UNIT)
    page.editor.answer("arrived_at", arrest.arrested_at - timedelta(days=3))
    page.save()
    program.lock()
    office = after(program)
    [kept] = drafts.drafts(office)
    assert drafts.draft(office, kept.key)["police_unit"] == UNIT
    assert kept.case_id == case_id


def test_what_was_saved_is_no_draft_though_the_window_was_locked_meanwhile(program, case_id, after, qtbot):
    page, _ = edit_arrest(program, case_id, qtbot)
    page.editor.answer("police_unit", UNIT)
    page.keeper.keep()
    page.save()
    program.lock()
    office = after(program)
    assert drafts.drafts(office) == []
    [saved] = case_files.case_file(office, case_id, log=False).records
    assert saved.police_unit == UNIT


@pytest.mark.parametrize("refused", [True, False])
def test_a_new_arrest_that_is_being_saved_is_a_case_or_a_draft_and_never_both(program, after, refused):
    program.desk.new_arrest()
    page = program.desk.pages["arrest", None]
    page.child.answer("family_name_km", "សុខ")
    page.arrest.answer("arrested_at", clock.now() + timedelta(days=40 if refused else -1))
    if not refused:
        page.keep()
    page.save()
    program.lock()
    office = after(program)
    assert len(lists.cases(office)) == (1 if refused else 2)
    assert [row.key for row in drafts.drafts(office)] == ([page.key] if refused else [])


def close(program, qtbot):
    """Close the window as a worker does; return the pages that were shown on the way."""
    shown = []
    show, program.window.show_page = (
        program.window.show_page,
        lambda page, **more: (shown.append(page), show(page, **more)),
    )
    program.window.close()
    qtbot.waitUntil(lambda: program.window.may_close, timeout=20_000)
    assert not program.window.isVisible()
    return shown


def is_free(folder):
    """Whether somebody else can open the office that lies there."""
    open_office(folder, "", PASSWORD).close()
    return True


@pytest.fixture
def closed_office(tmp_path, case_id, qtbot):  # noqa: ARG001  (as program)
    with threaded(tmp_path, "en", qtbot) as program:
        quiet(program, qtbot)
        yield program


def test_closed_while_the_office_opens_nothing_of_it_is_shown_and_it_is_closed(closed_office, tmp_path, qtbot):
    go_on = threading.Event()
    closed_office.tasks.run(lambda: go_on.wait(20))
    closed_office.open("", PASSWORD)
    closed_office.window.close()
    go_on.set()
    assert [type(page) for page in close(closed_office, qtbot)] == []
    assert closed_office.office is None
    assert isinstance(closed_office.window.page, WaitingPage)
    assert is_free(tmp_path / "office")


def test_the_window_is_not_closed_over_a_recovery_code_that_nobody_has_seen(tmp_path, qtbot):
    with threaded(tmp_path, "en", qtbot) as program:
        quiet(program, qtbot)
        program.doors.create(NewOffice("en", "ក", "Trial", "SR", "Town", "ន", "N", "", PASSWORD))
        program.window.close()
        assert not program.window.may_close
        assert program.window.messages.isVisible()
        qtbot.waitUntil(lambda: isinstance(program.window.page, RecoveryPage), timeout=20_000)
        quiet(program, qtbot)
        close(program, qtbot)
        assert is_free(tmp_path / "office")


@pytest.mark.parametrize("step", ["looked at", "put back"])
def test_closed_while_a_copy_is_looked_at_or_put_back_nothing_stays_held(closed_office, tmp_path, qtbot, step):
    office = open_office(tmp_path / "office", "", PASSWORD)
    (tmp_path / "copies").mkdir()
    copy = backups.copy_to(office, tmp_path / "copies")
    office.close()
    closed_office.returning.show(copy)
    qtbot.waitUntil(lambda: isinstance(closed_office.window.page, ReturningPage), timeout=20_000)
    page = closed_office.window.page
    page.lines.edits["password"].setText(PASSWORD)
    page.button.click()
    if step == "put back":
        quiet(closed_office, qtbot)
        page.button.click()
    assert not [page for page in close(closed_office, qtbot) if not isinstance(page, WaitingPage)]
    assert is_free(tmp_path / "office")


def test_closed_while_a_case_file_is_opened_nothing_is_asked_of_a_page_that_is_gone(program, busy, tmp_path, qtbot):
    page = program.desk.go(("cases", None))
    page.handovers.begin(str(tmp_path / "nowhere.case"))
    program.window.close()
    busy.set()
    close(program, qtbot)


def fill_disk(program, qtbot, *, full=True):
    """Let the disk have no more room, or room again."""
    office = program.office

    def fill():
        with office.store.write() as work:
            connection = work.session.connection()
            used = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {used if full else 1_000_000}")

    program.tasks.run(fill)
    quiet(program, qtbot)


def asked(program, qtbot):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox), timeout=20_000)
    box = QApplication.activeModalWidget()
    assert box.text().replace("\u200b", "") == tr(NOT_KEPT)
    assert not program.window.may_close
    return {button.text(): button for button in box.buttons()}


@pytest.mark.parametrize("kept_before", [False, True])
def test_where_typing_cannot_be_kept_the_worker_can_go_back_and_go_on(
    program, case_id, after, qtbot, kept_before
):  # fmt: skip
    page, _ = edit_arrest(program, case_id, qtbot)
    fill_disk(program, qtbot)
    page.editor.answer("notes", LONG)
    if kept_before:
        page.keeper.keep()  # it could not be, which was told
        quiet(program, qtbot)
    program.window.close()
    asked(program, qtbot)[tr(GO_BACK)].click()
    settle()
    assert page.isVisible()
    assert page.isEnabled()
    assert page.editor.record().notes == LONG.strip()
    fill_disk(program, qtbot, full=False)
    program.window.close()
    office = after(program)
    assert program.window.may_close
    assert len(drafts.drafts(office)) == 1


def test_the_worker_can_close_all_the_same(program, case_id, after, qtbot):
    page, _ = edit_arrest(program, case_id, qtbot)
    fill_disk(program, qtbot)
    page.editor.answer("notes", LONG)
    program.window.close()
    program.window.close()  # it is asked once
    asked(program, qtbot)[tr(ALL_THE_SAME)].click()
    office = after(program)
    assert program.window.may_close
    assert drafts.drafts(office) == []


@pytest.mark.parametrize("asked_already", [True, False])
def test_the_lock_comes_before_the_closing_and_the_window_can_be_closed_then(
    program, case_id, qtbot, asked_already
):  # fmt: skip
    page, _ = edit_arrest(program, case_id, qtbot)
    fill_disk(program, qtbot)
    page.editor.answer("notes", LONG)
    program.window.close()
    if asked_already:
        asked(program, qtbot)
    program.lock_now()
    quiet(program, qtbot)
    assert isinstance(program.window.page, LockPage)
    assert program.window.page.isEnabled()
    assert QApplication.activeModalWidget() is None
    close(program, qtbot)


def test_nothing_can_be_typed_while_what_was_typed_is_being_kept(program, busy, after):
    page = program.desk.go(("settings", None))
    page.change_password()
    settle()
    asking = dialog()
    program.window.close()
    assert not page.isEnabled()
    assert not asking.isEnabled()
    assert not seen(program.window, WaitingPage)
    busy.set()
    after(program)


def test_a_thorough_look_that_is_under_way_does_not_hold_the_closing_up(program, after, qtbot):
    beside = threading.Event()
    program.background.run(lambda: beside.wait(20))
    program.upkeep.check_now()
    program.window.close()
    beside.set()
    assert self_check.full_check_due(after(program))
    qtbot.waitUntil(lambda: program.window.may_close, timeout=20_000)


def test_that_a_copy_could_not_be_made_is_told_though_the_language_was_changed_meanwhile(program, qtbot):
    program.desk.go(("settings", None))
    quiet(program, qtbot)
    beside, before = threading.Event(), program.desk
    keys = program.office.folder / KEYS
    kept = keys.read_bytes()
    program.background.run(lambda: beside.wait(20))
    program.desk.page(("settings", None)).copies.copy_now()
    program.speak("km")
    qtbot.waitUntil(lambda: program.desk is not before, timeout=20_000)
    settle()
    keys.write_bytes(b"no keys")
    beside.set()
    quiet(program, qtbot)
    keys.write_bytes(kept)
    assert program.desk.page(("settings", None)).copies.said.isVisible()
    assert not program.upkeep.is_busy


def test_that_a_copy_could_not_be_made_is_not_told_over_the_lock(program, qtbot):
    beside, heard, upkeep = threading.Event(), [], program.upkeep
    upkeep.not_made.connect(heard.append)
    program.background.run(lambda: beside.wait(20))
    upkeep.copy_now()
    upkeep._watch.stop()  # as the lock does, which closes the office as well
    program.office.close()
    beside.set()
    quiet(program, qtbot)
    assert heard == []
    assert not upkeep.is_busy


def test_the_window_does_not_stand_still_while_something_goes_on_beside_the_work(program, qtbot):
    beside = threading.Event()
    program.background.run(lambda: beside.wait(20))
    program.window.close()
    qtbot.waitUntil(lambda: isinstance(program.window.page, WaitingPage), timeout=20_000)
    qtbot.waitUntil(lambda: program.tasks.is_idle, timeout=20_000)
    assert program.window.isVisible()
    beside.set()
    qtbot.waitUntil(lambda: program.window.may_close, timeout=20_000)
    assert not program.window.isVisible()


def dialogs():
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]


def test_a_list_that_is_being_written_does_not_hold_the_lock_up(program, tmp_path, qtbot):
    began, never, ended = threading.Event(), threading.Event(), []

    def write(chosen):
        """Write rows without end, as those of a very large office."""
        began.set()
        for row in range(2000):
            if chosen.stopped():
                ended.append("stopped")
                raise Stopped
            chosen.told(row, 2000)
            never.wait(0.002)
        ended.append("written")
        return 2000

    page = program.desk.go(("cases", None))
    quiet(program, qtbot)
    FileDialog(program.tasks, Gives("Cases", "cases", write, {CODED: "Cases", NAMED: "Cases"}), page.window()).open()
    dialog().save_to(str(tmp_path / "cases.xlsx"))
    assert began.wait(20)
    program.lock_now()
    assert ended == ["stopped"]
    assert program.office is None


def test_what_is_being_printed_from_a_dialog_goes_on_and_the_lock_does_not_wait_for_it(program, qtbot):
    page = program.desk.go(("cases", None))
    quiet(program, qtbot)
    page.out.print()
    paper, at_work = dialog().preview, threading.Event()
    quiet(program, qtbot)
    paper._printers.run(lambda: at_work.wait(20))
    program.lock()
    settle()  # the dialog is thrown away, which would wait for all that it does
    assert not at_work.is_set()
    assert parked() == [paper._printers]
    at_work.set()
    qtbot.waitUntil(lambda: not parked(), timeout=20_000)


def test_a_dialog_that_was_about_to_count_asks_nothing_of_an_office_that_is_closed(program, qtbot):
    page = program.desk.go(("cases", None))
    quiet(program, qtbot)
    page.bar.ask("stage")
    asked = dialog()
    quiet(program, qtbot)
    next(iter(asked.boxes.values())).setChecked(True)
    waiting = asked._timer
    assert waiting.isActive()
    program.lock_now()
    assert not waiting.isActive()
    asked.deleteLater()


def test_whoever_went_on_meanwhile_is_not_led_back_to_where_the_window_was_locked(program, case_id, qtbot):
    program.desk.go(("case", case_id))
    quiet(program, qtbot)
    program.lock()
    quiet(program, qtbot)
    program.open("", PASSWORD)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
    program.desk.new_arrest()
    quiet(program, qtbot)
    assert program.desk.place == ("arrest", None)


def test_a_dialog_that_was_opened_before_the_new_language_came_stays_and_works(program, busy, qtbot):
    before = program.desk
    page = before.go(("cases", None))
    program.speak("km")
    page.bar.ask("stage")
    asked = dialog()
    busy.set()
    quiet(program, qtbot)
    assert program.desk is before
    next(iter(asked.boxes.values())).setChecked(True)
    asked.show_button.click()
    assert page.view.chosen["stage"]
    qtbot.waitUntil(lambda: program.desk is not before, timeout=20_000)
    quiet(program, qtbot)
    assert program.desk.pages["cases", None].view.chosen["stage"]
    assert tr("Cases") == "ករណី"


def test_a_draft_that_was_asked_for_does_not_come_over_what_was_begun_meanwhile(program, case_id, qtbot):
    page, _ = edit_arrest(program, case_id, qtbot)
    page.editor.answer("police_unit", UNIT)
    program.desk.flush()
    quiet(program, qtbot)
    [row] = drafts.drafts(program.office)
    program.desk.go(("today", None))
    quiet(program, qtbot)
    for begun in (True, False):
        program.desk.open_draft(row)
        if begun:
            program.desk.new_arrest()
        quiet(program, qtbot)
        assert program.desk.place == (("arrest", None) if begun else ("case", case_id))


def test_nothing_is_asked_of_what_is_not_read_yet(program, case_id, busy, qtbot):
    page = program.desk.go(("case", case_id))
    for button in (page.view.write_button, page.view.papers_button, page.view.history_button):
        button.click()
    page.view.setFocus()
    for key in (Qt.Key.Key_R, Qt.Key.Key_P):
        press(page.view, key, Qt.KeyboardModifier.ControlModifier)
    assert page.file is None
    program.desk.go(("settings", None)).limits.correct(0)
    program.desk.go(("case", case_id))
    busy.set()
    quiet(program, qtbot)
    assert QApplication.activeModalWidget() is None  # no mistake of the program's is told
    assert page.history is not None
    page.history.closed.emit()
    page.view.papers_button.click()
    settle()
    assert type(page._over).__name__ == "CaseForms"


@pytest.mark.parametrize("asked", ["beside", "history"])
def test_what_is_asked_for_twice_comes_once_and_before_no_other_page(program, case_id, qtbot, asked):
    with program.office.read() as work:
        one = work.find(Child)[0]
    alike = {name: getattr(one, name) for name in ("family_name_km", "given_name_km", "born", "sex", "village_code")}
    program.tasks.run(lambda: casework.save_child(program.office, Child(**alike)))
    quiet(program, qtbot)
    place = ("child", one.id) if asked == "beside" else ("case", case_id)
    page = program.desk.go(place)
    quiet(program, qtbot)
    if asked == "beside":
        ask = lambda: page.others.compare(page.others.likely[0].child_id)  # noqa: E731
    else:
        ask = lambda: page.show_history(page.file.case)  # noqa: E731
    ask()
    ask()
    quiet(program, qtbot)
    [shown] = dialogs()
    shown.reject()
    settle()
    ask()
    program.desk.go(("today", None))
    quiet(program, qtbot)
    assert dialogs() == []
