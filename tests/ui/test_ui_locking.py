"""The window locks by itself, shows nothing then, forgets what was copied, and keeps what was typed."""

import ctypes
import gc
import sys
import time
import weakref
from ctypes import wintypes

import pytest
from programs import PASSWORD, dialog, locked_office, running, seen, settle
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListWidget, QPlainTextEdit, QToolTip, QWidget
from typing_in import press, write

from casemgr.i18n import LANGUAGES
from casemgr.pace import leave_out
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.services import casework, directory, drafts, lists
from ui.clip import HINTS
from ui.pages.contact_dialog import ContactDialog
from ui.pages.lock import KHMER, LockPage
from ui.parts.door import PROGRAM
from ui.parts.held_over import HeldOver
from ui.parts.menu_button import MenuButton
from ui.sleeping import WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, means_sleep
from ui.words import tr

pytestmark = pytest.mark.usefixtures("qtbot")
SECRET = "ឡូញ ពិសី"


@pytest.fixture
def program(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        program.open("", PASSWORD)
        settle()
        yield program


def a_case(program):
    child = Child(family_name_km=SECRET, given_name_km="ក", family_name_latin="Secret")
    casework.save_child(program.office, child)
    casework.open_case(program.office, child.id, Case())
    return lists.cases(program.office)[0].id


def unlock(program):
    program.window.page.door.lines.edits["password"].setText(PASSWORD)
    program.window.page.door.button.click()
    settle()


def test_it_locks_after_the_minutes_of_the_office_without_anybody(program):
    watch, begun = program.locking.absence, time.monotonic()
    assert watch.minutes == 5
    for second in range(0, 299, 5):
        watch.look(begun + second, time.time() + second)
    assert program.office is not None
    watch.look(begun + 302, time.time() + 302)
    assert isinstance(program.window.page, LockPage)


def test_it_locks_though_what_is_typed_in_a_dialog_cannot_be_kept(program):
    dialog = QDialog(program.window)
    HeldOver(dialog, program.office, "odd", object, print)  # an object is nothing that can be written down
    program.lock()
    settle()
    assert isinstance(program.window.page, LockPage)
    assert program.office is None
    told = QApplication.activeModalWidget()
    assert "TypeError" in "".join(each.toPlainText() for each in told.findChildren(QPlainTextEdit))
    told.done(0)


def test_hands_that_rest_are_told_of_once_and_again_after_they_moved(program):
    watch, told = program.locking.absence, []
    watch.paused.connect(lambda: told.append(True))
    begun = watch._acted = time.monotonic()
    for second, pauses in ((5, 0), (11, 1), (16, 1), (60, 1)):
        watch.look(begun + second, time.time() + second)
        assert len(told) == pauses
    QTest.mouseMove(program.window.windowHandle(), QPoint(20, 20))
    QTest.mouseMove(program.window.windowHandle(), QPoint(60, 60))
    watch._steady = watch._acted
    for second, pauses in ((5, 1), (11, 2)):
        watch.look(watch._acted + second, time.time() + second)
        assert len(told) == pauses
    assert program.office is not None


def test_garbage_is_looked_for_when_the_hands_rest(program):
    class Circle:
        pass

    circle = Circle()
    circle.itself = circle
    gone = weakref.ref(circle)
    gc.collect(1)  # what is old already only a search through all finds
    del circle
    program.locking.absence.look(time.monotonic() + 20, time.time() + 20)
    assert gone() is None


@pytest.mark.parametrize("how", ["key", "mouse", "input method", "dialog"])
def test_a_key_the_mouse_and_an_input_method_count_as_somebody_in_every_window(program, how):
    watch = program.locking.absence
    if how == "dialog":
        program.desk.go(("settings", None)).change_password()
        settle()
    watch.look(time.monotonic(), time.time())
    watch._acted = 0.0
    shown = dialog().windowHandle() if how == "dialog" else program.window.windowHandle()
    match how:
        case "mouse":
            QTest.mouseMove(shown, QPoint(20, 20))
            QTest.mouseMove(shown, QPoint(60, 60))
        case "input method":
            write(QGuiApplication.focusObject(), "ក")
        case _:
            QTest.keyClick(shown, Qt.Key.Key_Shift)
    assert watch._acted > 0
    if how == "dialog":
        dialog().done(0)


def test_the_key_locks_from_a_dialog_too(program):
    program.desk.go(("settings", None)).change_password()
    settle()
    QTest.keyClick(dialog().windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert isinstance(program.window.page, LockPage)
    assert QApplication.activeModalWidget() is None


def test_a_computer_that_slept_is_locked_as_soon_as_it_wakes(program):
    watch = program.locking.absence
    now, wall = time.monotonic(), time.time()
    watch.look(now, wall)
    watch.look(now + 5, wall + 40)  # somebody set the clock a little
    assert program.office is not None
    watch.look(now + 10, wall + 3600)
    assert isinstance(program.window.page, LockPage)


def test_the_office_is_closed_before_the_system_is_told_to_go_on_and_sleep(program):
    closed = []
    program.locking.sleeping.noticed.connect(lambda: closed.append(program.office is None))
    program.locking.sleeping.on_sleep(True)
    assert closed == [True]
    program.locking.sleeping.on_locked()  # nothing happens where it is locked already
    assert isinstance(program.window.page, LockPage)


@pytest.mark.parametrize(
    ("message", "value", "asleep"),
    [(WM_POWERBROADCAST, 4, True), (WM_POWERBROADCAST, 18, True), (WM_POWERBROADCAST, 10, False),
     (WM_WTSSESSION_CHANGE, 7, True), (WM_WTSSESSION_CHANGE, 8, False), (0x0100, 4, False)],
)  # fmt: skip
def test_messages_of_windows_are_understood(message, value, asleep):
    said = wintypes.MSG(message=message, wParam=value)
    assert means_sleep(b"windows_generic_MSG", ctypes.addressof(said)) is asleep
    assert not means_sleep(b"xcb_generic_event_t", ctypes.addressof(said))


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus and hints, without a screen
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_locked_window_shows_nothing_and_leaves_nothing_open(program, language):
    program.speak(language)
    case_id = a_case(program)
    page = program.desk.go(("case", case_id))
    settle()
    QToolTip.showText(QPoint(5, 5), SECRET)
    menus = seen(page, MenuButton)
    page.beside.add_contact()
    settle()
    program.window.messages.say(SECRET)
    if menus:
        menus[0].open_menu()
    settle()
    program.lock()
    settle()
    others = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not program.window]
    assert not others
    assert QApplication.activeModalWidget() is None
    told = [program.window.windowTitle()]
    for widget in program.window.findChildren(QWidget):
        told += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
        told += [widget.text()] if isinstance(widget, QLabel) else []
    assert not any(SECRET in each.replace("\u200b", "") for each in told)
    assert program.window.windowTitle() == tr(PROGRAM)


def test_no_name_that_was_found_stays_in_the_locked_window(program):
    a_case(program)
    program.window.activateWindow()
    search = program.desk.search
    search.setFocus()
    search.setText("Secret")
    search.search()
    settle()
    assert search.results.list.count()
    program.lock()
    assert not [shown for shown in program.window.findChildren(QListWidget) if shown.count()]
    settle()
    assert program.window.findChildren(QListWidget) == []


def test_what_was_asked_before_the_lock_opens_nothing_after_it(tmp_path, qtbot):
    locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        program.open("", PASSWORD)
        program.tasks.inline = False
        told = []
        program.tasks.run(lambda: time.sleep(0.05), lambda _: told.append("answered"))
        program.lock()
        qtbot.waitUntil(lambda: program.tasks.is_idle)
        settle()
        assert told == []
        program.tasks.inline = True


def test_what_waits_to_be_asked_when_the_window_locks_is_asked_no_more(program):
    search = program.desk.search
    search.setText(SECRET)
    search._timer.start(0)
    program.lock()
    settle()
    assert QApplication.activeModalWidget() is None  # no mistake of a page that is gone


def test_the_store_and_its_key_leave_the_memory_of_the_program(program):
    store = weakref.ref(program.office.store)
    leave_out(office=True)  # as a report does that was read
    program.lock()
    settle()
    gc.collect()
    assert store() is None


def remembered():
    """Return every text that a function of the program remembers it was given, or gave."""
    known = [
        value for name, module in sys.modules.items() if name.partition(".")[0] in {"casemgr", "ui"}
        for value in vars(module).values() if hasattr(value, "cache_parameters")
    ]  # fmt: skip
    found = set()
    for memory in known:
        inner = gc.get_referents(memory)
        for _ in range(3):
            found |= {each for each in inner if isinstance(each, str)}
            inner = [each for of in inner if isinstance(of, dict | tuple | list) for each in gc.get_referents(of)]
    return "\n".join(found).replace("\u200b", "")


def test_no_function_remembers_a_name_when_the_window_is_locked(program):
    a_case(program)
    program.desk.go(("children", None))
    settle()
    program.desk.go(("cases", None))
    settle()
    assert SECRET in remembered()
    program.lock()
    settle()
    assert SECRET not in remembered()
    assert "Secret" not in remembered()


def test_what_is_typed_in_a_dialog_returns_when_it_is_opened_again(program):
    case_id = a_case(program)
    program.desk.go(("case", case_id)).beside.add_contact()
    settle()
    shown = dialog()
    assert isinstance(shown, ContactDialog)
    shown.show_new(is_new=True)
    write(shown.new.sections[0].question("name_km").editor.line, "លឹម ចន្ទតារា")
    shown.new.changed.emit()
    program.locking.asked.emit()
    settle()
    unlock(program)
    assert drafts.drafts(program.office) == []  # Today does not offer it
    program.desk.go(("case", case_id)).beside.add_contact()
    settle()
    again = dialog()
    assert again.new_button.isChecked()
    assert again.new.record().name_km == "លឹម ចន្ទតារា"
    again.save()
    settle()
    assert directory.contacts(program.office, "")[0].name_km == "លឹម ចន្ទតារា"
    program.desk.go(("case", case_id)).beside.add_contact()
    settle()
    assert dialog().new.record() != Contact(name_km="លឹម ចន្ទតារា")
    assert not dialog().new_button.isChecked()
    dialog().done(0)


def test_what_was_copied_here_is_forgotten_and_what_was_copied_elsewhere_stays(program):
    board = QApplication.clipboard()
    program.window.activateWindow()
    assert QTest.qWaitForWindowActive(program.window)
    line = program.desk.search
    line.setText(SECRET)
    line.selectAll()
    line.copy()
    assert board.text() == SECRET
    assert all(board.mimeData().hasFormat(name) for name in HINTS)
    program.lock()
    assert board.text() == ""
    board.setText("somebody else's")
    program.locking.clip._ours.clear()  # as when another program put it there
    unlock(program)
    program.lock()
    assert board.text() == "somebody else's"
    board.clear()


def test_what_was_copied_is_forgotten_after_some_minutes_and_at_the_end(program):
    board, clip = QApplication.clipboard(), program.locking.clip
    program.window.activateWindow()
    assert QTest.qWaitForWindowActive(program.window)
    for act in (clip.timer.timeout.emit, program.locking.leave):
        both = QMimeData()
        both.setText(SECRET)
        board.setMimeData(both)
        assert clip.timer.isActive()
        act()
        assert board.text() == ""


def test_several_wrong_passwords_are_waited_for_and_counted_down(program, qtbot):
    program.lock()
    page = program.window.page
    edit, mark = page.door.lines.edits["password"], page.door.lines.marks["password"]
    for _ in range(9):  # on a slow computer the first seconds to wait go by while a password is tried
        edit.setText("not this one")
        page.door.button.click()
    assert not page.door.button.isEnabled()
    assert "Try again in" in mark.text().replace("\u200b", "")
    press(edit, Qt.Key.Key_Return)  # asks nothing
    assert page.door.forgotten.isEnabled()
    page._until = time.monotonic() + 30.0
    page._on_tick()
    assert "30 seconds" in mark.text().replace("\u200b", "")
    page._until = time.monotonic()
    page._on_tick()
    assert page.door.button.isEnabled()
    qtbot.waitUntil(lambda: not page._ticks.isActive())


def test_a_wrong_password_in_khmer_letters_tells_of_the_keyboard(program):
    program.lock()
    door = program.window.page.door
    door.lines.edits["password"].setText("not this one")
    door.button.click()
    assert door.khmer.isHidden()
    door.lines.edits["password"].setText("ាខ្ញុំ")
    door.button.click()
    assert tr(KHMER) in door.khmer.text().replace("\u200b", "")
    assert not door.khmer.isHidden()
    door.lines.edits["password"].setText("")
    assert door.khmer.isHidden()


NEW_PASSWORD = "another four word password"


def show_code(program, how, code):
    """Let a recovery code be shown; return what shows it and the password that opens the office."""
    if how == "recovered":
        program.doors.recover(code, "", NEW_PASSWORD)
        settle()
        return program.window.page, NEW_PASSWORD
    program.open("", PASSWORD)
    settle()
    program.desk.go(("settings", None)).new_code()
    settle()
    return dialog(), PASSWORD


@pytest.mark.parametrize("how", ["recovered", "made anew"])
@pytest.mark.parametrize("left", ["locked", "closed"])
def test_a_recovery_code_that_was_left_unseen_is_told_of_until_there_is_another(tmp_path, how, left):
    code = locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        _, password = show_code(program, how, code)
        if left == "locked":
            program.lock_now()
            settle()
            program.open("", password)
            settle()
            assert "recovery code" in program.window.messages.text.text().replace("\u200b", "")
    with running(tmp_path, "en") as program:
        program.open("", password)
        settle()
        assert "recovery code" in program.window.messages.text.text().replace("\u200b", "")


@pytest.mark.parametrize("how", ["recovered", "made anew"])
def test_a_recovery_code_that_is_written_down_is_not_told_of(tmp_path, how):
    code = locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        shown, password = show_code(program, how, code)
        shown.code.tick.setChecked(True)
        (shown.button if how == "recovered" else shown.close_button).click()
        settle()
        assert program.window.messages.isHidden()
        program.lock()
        program.open("", password)
        settle()
        assert program.window.messages.isHidden()


def test_events_are_heard_and_go_their_way(program):
    assert not program.locking.absence.eventFilter(program.window, QEvent(QEvent.Type.MouseMove))
