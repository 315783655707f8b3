"""Saving, refusing, drafts and two versions, through the real store."""

import dataclasses
from threading import Event

import pytest
from offices import new_office, with_arrest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from typing_in import press, write

from casemgr.clock import local
from casemgr.records.case import Offence
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import case_files, casework, drafts
from casemgr.services.office import open_office
from casemgr.services.practice import PASSWORD
from ui.editors.compare import CompareDialog
from ui.editors.record_page import RecordPage
from ui.tasks import Tasks
from ui.words import set_words

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path)
    set_words(office.words)
    yield office
    office.close()


@pytest.fixture
def page(office, qtbot):
    case_id = with_arrest(office)

    def make(**options):
        arrest = case_files.case_file(office, case_id).of(Arrest)[0]
        page = RecordPage(
            office, Tasks(inline=True), arrest, lambda record, why: casework.save_record(office, record, why),
            key=f"arrest/{arrest.id}", title="Arrest", case_id=case_id, **options,
        )  # fmt: skip
        page.resize(1100, 720)
        qtbot.addWidget(page)
        with qtbot.waitActive(page):
            page.show()
        return page

    return make


def question(page, name):
    page.editor.focus_field(name)
    return next(section for section in page.editor.sections if section.has(name)).question(name)


def kept_arrest(office, page):
    return case_files.case_file(office, page.base.case_id).of(Arrest)[0]


def test_control_s_saves_and_the_draft_is_gone(office, page, qtbot):
    page = page()
    unit = question(page, "police_unit").editor.line
    write(unit, "ថ្មី")
    page.keeper.keep()
    assert [row.key for row in drafts.drafts(office)] == [page.key]
    with qtbot.waitSignal(page.saved) as saved:
        press(unit, Qt.Key.Key_S, CONTROL)
    assert page.base.case_id in saved.args[0].cases
    assert kept_arrest(office, page).police_unit == unit.text()
    assert drafts.drafts(office) == []


def test_an_impossible_date_is_refused_marked_and_nothing_is_lost(office, page):
    page = page()
    arrived = question(page, "arrived_at")
    arrived.editor.set_value(local(2020, 1, 1, 8, 0))
    arrived.editor.changed.emit()
    page.save()
    assert page.message.isVisible()
    assert arrived.mark.isVisible()
    assert QApplication.focusWidget() is arrived.editor.day
    press(arrived.editor.day, Qt.Key.Key_Tab)
    assert arrived.mark.isVisible()  # until something else is typed
    assert page.editor.record().arrived_at == local(2020, 1, 1, 8, 0)
    assert kept_arrest(office, page).arrived_at == page.base.arrived_at
    assert [row.key for row in drafts.drafts(office)] == [page.key]


def test_what_is_not_understood_is_not_saved(office, page):
    page = page()
    write(question(page, "prosecutor_told_at").editor.day, "yesterday")
    page.save()
    assert page.message.isVisible()
    assert kept_arrest(office, page).version == page.base.version


def test_typing_is_kept_after_a_pause_and_offered_after_an_abrupt_end(office, page, qtbot, tmp_path):
    first = page()
    write(question(first, "officer").editor.line, "កែវ វិបុល")
    qtbot.waitUntil(lambda: bool(drafts.drafts(office)), timeout=5000)
    second = page()  # the first one never said goodbye
    assert second.draft_bar.isVisible()
    assert second.editor.record().officer is None
    second.use_draft()
    assert second.editor.record().officer == "កែវ វិបុល"
    assert not second.draft_bar.isVisible()
    office.close()
    again = open_office(tmp_path / "office", "", PASSWORD)
    assert drafts.draft(again, second.key) == {"officer": "កែវ វិបុល", "_version": second.base.version}
    again.close()


def test_typing_that_is_shown_is_not_offered_again(office, qtbot):
    case_id = with_arrest(office)
    arrest = case_files.case_file(office, case_id).of(Arrest)[0]
    key = f"arrest/{arrest.id}"
    drafts.keep_draft(office, key, case_id, {"officer": "ក"})
    tasks = Tasks()  # the draft is found only after newer typing is shown, as when the language is changed
    page = RecordPage(office, tasks, arrest, lambda _, __: None, key=key, title="Arrest", case_id=case_id)
    qtbot.addWidget(page)
    with qtbot.waitSignal(tasks.idle):
        page.go_on({"officer": "កែវ"})
    assert page.draft_bar.isHidden()
    assert page.editor.record().officer == "កែវ"
    page.keeper.rest()


def test_a_draft_that_is_thrown_away_is_gone(office, page):
    first = page()
    write(question(first, "officer").editor.line, "x")
    first.keeper.flush()
    second = page()
    second.drop_draft()
    assert drafts.drafts(office) == []
    assert not page().draft_bar.isVisible()


def test_escape_leaves_at_once_when_nothing_was_typed(page, qtbot):
    page = page()
    page.editor.focus_first()
    with qtbot.waitSignal(page.closed):
        press(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_escape_asks_when_something_was_typed(office, page, qtbot):
    page = page()
    line = question(page, "police_unit").editor.line
    write(line, "x")
    press(line, Qt.Key.Key_Escape)
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    stay = next(b for b in box.buttons() if box.buttonRole(b) is QMessageBox.ButtonRole.RejectRole)
    stay.click()
    assert page.editor.is_changed
    page.leave()
    box = QApplication.activeModalWidget()
    drop = next(b for b in box.buttons() if box.buttonRole(b) is QMessageBox.ButtonRole.DestructiveRole)
    with qtbot.waitSignal(page.closed):
        drop.click()
    assert drafts.drafts(office) == []


def test_typing_thrown_away_leaves_the_draft_that_is_still_offered(office, page, qtbot):
    first = page()
    write(question(first, "officer").editor.line, "x")
    first.keeper.flush()
    kept = drafts.draft(office, first.key)
    second = page()
    assert second.draft_bar.isVisible()
    write(question(second, "police_unit").editor.line, "y")
    second.leave()
    box = QApplication.activeModalWidget()
    drop = next(b for b in box.buttons() if box.buttonRole(b) is QMessageBox.ButtonRole.DestructiveRole)
    with qtbot.waitSignal(second.closed):
        drop.click()
    second.keeper.flush()  # as when the program is locked at once
    assert drafts.draft(office, first.key) == kept
    first.keeper.rest()


def test_a_nought_is_an_answer_that_two_edits_may_differ_in():
    none, nought = Offence(), Offence(co_accused=0)
    assert [info.name for info in CompareDialog.differing(none, nought)] == ["co_accused"]
    assert CompareDialog.differing(none, Offence(article="")) == []


def test_two_edits_are_compared_field_by_field_and_nothing_is_overwritten(office, page, qtbot):
    page = page()
    write(question(page, "officer").editor.line, "ខ្ញុំ")
    unit = question(page, "police_unit").editor.line
    unit.selectAll()
    write(unit, "របស់ខ្ញុំ")
    theirs = dataclasses.replace(kept_arrest(office, page), police_unit="របស់គេ", arresting_unit="ប៉ុស្តិ៍")
    casework.save_record(office, theirs)
    page.save()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CompareDialog)
    assert set(dialog.pairs) == {"officer", "police_unit", "arresting_unit"}
    assert dialog.pairs["officer"][0].isChecked()
    assert dialog.pairs["arresting_unit"][1].isChecked()
    assert kept_arrest(office, page).police_unit == "របស់គេ"
    assert not dialog.keep.isEnabled()  # both changed it, so somebody has to choose
    dialog.pairs["police_unit"][0].click()
    assert dialog.keep.isEnabled()
    with qtbot.waitSignal(page.saved):
        dialog.accept()
    kept = kept_arrest(office, page)
    assert (kept.officer, kept.police_unit, kept.arresting_unit) == ("ខ្ញុំ", "របស់ខ្ញុំ", "ប៉ុស្តិ៍")


def test_going_back_from_the_comparison_keeps_the_typing(office, page):
    page = page()
    write(question(page, "officer").editor.line, "ខ្ញុំ")
    casework.save_record(office, dataclasses.replace(kept_arrest(office, page), arresting_unit="ប៉ុស្តិ៍"))
    page.save()
    QApplication.activeModalWidget().reject()
    assert page.editor.record().officer == "ខ្ញុំ"
    assert kept_arrest(office, page).officer is None


def test_nothing_is_typed_while_saving_that_would_be_lost(office, page, qtbot):
    page, free = page(), Event()
    page._tasks = Tasks(page)
    line = question(page, "officer").editor.line
    write(line, "x")
    page._tasks.run(free.wait)  # the store is busy
    page.save()
    for key, text in ((Qt.Key.Key_Y, "y"), (Qt.Key.Key_Escape, "")):
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text))
    assert line.text() == "x"
    assert QApplication.activeModalWidget() is None
    with qtbot.waitSignal(page.saved):
        free.set()
    qtbot.waitUntil(lambda: page._tasks.is_idle)  # the draft is thrown away after the save
    assert kept_arrest(office, page).officer == "x"


def test_after_a_refused_save_the_keyboard_is_where_it_was(office, page):
    page = page()
    line = question(page, "officer").editor.line
    write(line, "x")
    office.store.close()
    page._tasks.failed.connect(lambda _: None)
    page.save()
    assert page.isEnabled()
    assert QApplication.focusWidget() is line


@pytest.mark.parametrize("offered", [True, False])
def test_a_draft_over_a_record_saved_since_goes_through_the_comparison(office, page, qtbot, offered):
    first = page()
    unit = question(first, "police_unit").editor.line
    unit.selectAll()
    write(unit, "របស់ខ្ញុំ")
    plain = first.keeper.plain()
    first.keeper.flush()
    casework.save_record(office, dataclasses.replace(kept_arrest(office, first), police_unit="របស់គេ"))
    second = page()
    second.use_draft() if offered else second.go_on(plain)
    assert second.message.isVisible()
    second.keeper.keep()
    assert drafts.draft(office, second.key) == plain  # still from the version that it began with
    second.save()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CompareDialog)
    assert set(dialog.pairs) == {"police_unit"}
    assert not dialog.keep.isEnabled()
    assert kept_arrest(office, second).police_unit == "របស់គេ"
    dialog.pairs["police_unit"][0].click()
    with qtbot.waitSignal(second.saved):
        dialog.accept()
    assert kept_arrest(office, second).police_unit == "របស់ខ្ញុំ"
