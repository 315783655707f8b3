"""Taking back the last save from the bar at the bottom of the office, or with the keyboard."""

import dataclasses

import pytest
from programs import dialog, running, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from typing_in import press, write, write_here

from casemgr.i18n import LANGUAGES
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kinds import kind_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import case_files, casework, lists, reports
from casemgr.store.engine import FULL
from casemgr.trouble import NoRoom, NotKept, Refusal
from ui.parts.undo_bar import REMOVED, SAVED, UNDONE
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
CONTROL = Qt.KeyboardModifier.ControlModifier
either = pytest.mark.parametrize("program", LANGUAGES, indirect=True)


@pytest.fixture
def program(request, tmp_path):
    language = getattr(request, "param", "km")
    with running(tmp_path, language) as program:
        show_practice(program, tmp_path, 3, language)
        yield program


@pytest.fixture
def page(program):
    """The page of the case whose clock is the soonest."""
    page = program.desk.go(("case", lists.today(program.office)[0].case_id))
    settle()
    return page


def save_officer(page, name):
    page.edit(page.file.of(Arrest)[0])
    page.editing.editor.focus_field("officer")
    QApplication.focusWidget().selectAll()
    write_here(name)
    page.editing.save()
    settle()


def officer(program, page):
    return case_files.case_file(program.office, page.case_id, log=False).of(Arrest)[0].officer


def told(program):
    bar = program.desk.undo_bar
    return bar.text.text().replace("\u200b", "") if bar.isVisible() else None


@either
def test_a_save_is_said_and_undone_with_the_button(program, page):
    before, bar = officer(program, page), program.desk.undo_bar
    assert told(program) is None
    save_officer(page, "ក")
    assert told(program) == tr(SAVED, what=tr(Arrest.title))
    assert bar.accessibleName() == told(program)
    bar.button.setFocus()
    press(bar.button, Qt.Key.Key_Space)
    settle()
    assert officer(program, page) == before
    assert page.file.of(Arrest)[0].officer == before
    assert told(program) == tr(UNDONE)
    assert not bar.button.isVisible()
    assert page.isAncestorOf(QApplication.focusWidget()) or QApplication.focusWidget() is page
    bar.close_button.setFocus()
    press(bar.close_button, Qt.Key.Key_Space)
    assert told(program) is None
    assert QApplication.focusWidget() is page.view  # whose keys work at once


def test_control_z_undoes_where_nothing_is_being_typed(program, page):
    before = officer(program, page)
    save_officer(page, "ក")
    at = QApplication.focusWidget()
    assert at is page.view.cards.buttons[page.file.of(Arrest)[0].id]
    press(at, Qt.Key.Key_Z, CONTROL)
    settle()
    assert officer(program, page) == before
    assert QApplication.focusWidget() is page.view.cards.buttons[page.file.of(Arrest)[0].id]
    press(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)  # once is enough
    assert told(program) == tr(UNDONE)


def test_control_z_in_a_text_or_while_writing_means_the_typing(program, page):
    save_officer(page, "ក")
    search = program.desk.search
    search.setFocus()
    write(search, "សុខ")
    press(search, Qt.Key.Key_Z, CONTROL)
    search.clear()
    page.edit(page.file.of(Arrest)[0])
    page.editing.editor.focus_field("outcome")
    assert isinstance(QApplication.focusWidget(), QComboBox)
    press(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)
    page.editing.leave()
    program.desk.new_arrest()
    press(program.desk.back_button, Qt.Key.Key_Z, CONTROL)
    assert officer(program, page) == "ក"
    program.desk.go(("today", None))
    assert told(program) == tr(SAVED, what=tr(Arrest.title))


def test_what_was_saved_stands_aside_while_something_else_is_written(program, page):
    save_officer(page, "ក")
    page.begin(kind_of(SocialInquiry))
    assert told(program) is None, "its Undo would seem to mean what is being written"
    program.desk.go(("today", None))
    assert told(program) == tr(SAVED, what=tr(Arrest.title))
    program.desk.go(("case", page.case_id))
    assert told(program) is None
    page.editing.leave()
    settle()
    assert told(program) == tr(SAVED, what=tr(Arrest.title))


def test_a_new_record_and_a_removed_one_are_undone(program, page):
    page.begin(kind_of(SocialInquiry))
    page.editing.save()
    settle()
    assert told(program) == tr(SAVED, what=tr(SocialInquiry.title))
    count = len(page.file.of(SocialInquiry))
    program.desk.undo_bar.button.click()
    settle()
    assert len(page.file.of(SocialInquiry)) == count - 1
    offence = page.file.offences[0]
    page.ask_to_remove(offence)
    write(dialog().line, "ច្រឡំ")
    press(dialog().line, Qt.Key.Key_Return)
    settle()
    assert told(program) == tr(REMOVED, what=tr(type(offence).title))
    assert page.file.offences == ()
    program.window.activateWindow()
    settle()
    press(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)
    settle()
    assert [each.id for each in page.file.offences] == [offence.id]


def test_the_facts_of_a_case_and_a_child_are_undone_from_wherever_the_worker_is(program, page):
    desk = program.desk
    page.edit(page.file.case)
    page.editing.editor.focus_field("notes")
    write_here("កំណត់")
    page.editing.save()
    settle()
    assert told(program) == tr(SAVED, what=tr(Case.title))
    before = page.file.child.nickname
    child = desk.go(("child", page.file.child.id))
    assert told(program) == tr(SAVED, what=tr(Case.title))  # it stays while the worker looks elsewhere
    child.edit()
    child.editing.editor.focus_field("nickname")
    QApplication.focusWidget().selectAll()
    write_here("ឆ្កែ")
    child.editing.save()
    settle()
    assert told(program) == tr(SAVED, what=tr(Child.title))
    desk.go(("today", None))
    desk.undo_bar.button.click()
    settle()
    assert desk.pages["child", child.child_id].file.child.nickname == before
    assert desk.pages["case", page.case_id].file.child.nickname == before
    desk.go(("children", None))
    assert told(program) is None  # what became of it has been read


@either
def test_what_was_changed_since_is_refused_and_said(program, page):
    save_officer(page, "ក")
    arrest = page.file.of(Arrest)[0]
    casework.save_record(program.office, dataclasses.replace(arrest, officer="ខ"))
    program.desk.undo_bar.button.click()
    settle()
    message = "This was changed again since. It can be mended by hand, with the history beside it."
    assert told(program) == words().text(message)
    assert officer(program, page) == "ខ"
    assert not program.desk.undo_bar.button.isVisible()


def test_a_mistake_of_the_program_is_no_undoing(program, page):
    save_officer(page, "ក")
    failures = []
    program.tasks.failed.disconnect()
    program.tasks.failed.connect(failures.append)
    program.office.store.close()
    program.desk.undo_bar.button.click()
    settle()
    assert [type(error) for error in failures] == [RuntimeError]
    assert told(program) is None


def test_the_next_save_takes_the_place_of_the_one_before(program, page):
    save_officer(page, "ក")
    page.begin(kind_of(SocialInquiry))
    page.editing.save()
    settle()
    assert told(program) == tr(SAVED, what=tr(SocialInquiry.title))
    report = page.file.of(SocialInquiry)[-1]
    page.reports._do(lambda: reports.submit_report(program.office, report.id))
    settle()
    assert told(program) is None  # what was handed in is not undone, nor what was saved before it


def test_today_shows_at_once_what_an_undoing_changes(program, page):
    desk, rows = program.desk, len(lists.today(program.office))
    page.ask_to_remove(page.file.of(Arrest)[0])
    write(dialog().line, "ច្រឡំ")
    press(dialog().line, Qt.Key.Key_Return)
    today = desk.go(("today", None))
    settle()
    assert len(today.model.rows) < rows
    program.window.activateWindow()
    settle()
    press(today, Qt.Key.Key_Z, CONTROL)
    settle()
    assert len(today.model.rows) == rows


@either
def test_another_language_says_the_same_and_the_lock_forgets_it(program, page):
    before = officer(program, page)
    save_officer(page, "ក")
    other = "km" if words().language == "en" else "en"
    program.speak(other)
    settle()
    assert words().language == other
    assert told(program) == tr(SAVED, what=tr(Arrest.title))
    program.desk.undo_bar.button.click()
    settle()
    assert officer(program, page) == before
    program.lock()
    settle()
    assert program.desk is None


@pytest.mark.parametrize("error", [NotKept(NoRoom(FULL)), NoRoom(FULL)])
def test_a_full_disk_is_said_no_more_once_something_was_saved(program, page, error):
    bar = program.window.messages
    program.tell(error)
    assert bar.isVisible()
    save_officer(page, "ក")
    assert not bar.isVisible()
    program.tell(Refusal(FULL))  # anything else stays until it is read
    save_officer(page, "ខ")
    assert bar.isVisible()
