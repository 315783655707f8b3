"""Unfinished typing: offered again on Today, gone on with, thrown away; and the page of a child, left and saved."""

from functools import partial
from uuid import uuid4

import pytest
from programs import dialog, running, seen, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from typing_in import press, write_here

from casemgr.records.pathway.arrest import Arrest
from casemgr.services import case_files, directory, drafts, lists, reports
from ui.pages.case_reports import AddendumDialog
from ui.pages.draft_notices import GO_ON, THROW_AWAY
from ui.words import tr

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def program(tmp_path):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 8, "en")
        yield program


def test_drafts_of_every_kind_lead_back_to_where_they_were_typed(program):
    desk, office = program.desk, program.office
    child, case = lists.children(office)[0], lists.cases(office)[0]
    arrest = case_files.case_file(office, case.id, log=False).of(Arrest)[0]
    kept = {
        f"child/{child.id}": (None, {"nickname": "តូច"}),
        f"new-case/{child.id}": (None, {"police_report_number": "7"}),
        f"arrest/{arrest.id}": (case.id, {"place_text": "ផ្សារ"}),
        "office_settings": (None, {"town": "បាត់ដំបង"}),
    }
    for key, (case_id, plain) in kept.items():
        drafts.keep_draft(office, key, case_id, plain)
    desk.pages["today", None].refresh()
    settle()
    assert len(desk.pages["today", None].notices.buttons) == len(kept)
    for row in drafts.drafts(office):
        desk.open_draft(row)
        settle()
        page = desk.stack.currentWidget()
        assert page.editing.editor.plain().items() >= kept[row.key][1].items()
        assert not page.editing.draft_bar.isVisible()


def test_continue_on_today_goes_on_with_the_last_letters_typed(program):
    desk, office = program.desk, program.office
    page = desk.go(("case", lists.cases(office)[0].id))
    page.edit(page.file.of(Arrest)[0])
    page.editing.editor.focus_field("officer")
    write_here("a")
    page.flush()
    today = desk.go(("today", None))
    desk.go(("case", page.case_id))
    page.editing.editor.focus_field("officer")
    write_here("b")
    desk.go(("today", None))
    today.notices.buttons[0][GO_ON].click()
    settle()
    assert page.editing.editor.record().officer.startswith("ab")


def test_the_keyboard_stays_on_the_page_of_a_child(program):
    desk = program.desk
    page = desk.go(("child", lists.children(program.office)[0].id))
    settle()

    def edit_button():
        return next(each for each in seen(page, QPushButton) if each.accessibleName().startswith(f"{tr('Edit')}:"))

    edit_button().setFocus()
    page.refresh()
    settle()
    assert edit_button().hasFocus()
    for leave in ("leave", "save"):
        edit_button().click()
        page.editing.editor.focus_field("nickname")
        getattr(page.editing, leave)()
        settle()
        assert edit_button().hasFocus()


def test_a_child_saved_as_it_was_offers_nothing_to_undo(program):
    desk = program.desk
    page = desk.go(("child", lists.children(program.office)[0].id))
    page.edit()
    page.editing.save()
    settle()
    assert page.editing is None
    assert not desk.undo_bar.isVisible()


def test_a_draft_can_be_thrown_away_on_today(program):
    drafts.keep_draft(program.office, "office_settings", None, {"town": "x"})
    today = program.desk.go(("today", None))
    today.refresh()
    settle()
    today.notices.buttons[0][THROW_AWAY].click()
    settle()
    assert drafts.drafts(program.office) == []
    assert len(today.notices.buttons) == 0


def test_somebody_new_is_not_thrown_away_by_a_slip_of_the_hand(program):
    page = program.desk.go(("case", lists.cases(program.office)[0].id))
    known = len(directory.contacts(program.office))
    page.beside.add_contact()
    asked = dialog()
    asked.show_new(is_new=True)
    settle()
    write_here("ហេង សុភា")
    assert asked.new.is_changed
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    answer(QMessageBox.ButtonRole.RejectRole)
    assert asked.isVisible()
    press(asked, Qt.Key.Key_Escape)
    answer(QMessageBox.ButtonRole.DestructiveRole)
    assert QApplication.activeModalWidget() is None
    assert len(directory.contacts(program.office)) == known
    page.beside.add_contact()
    press(dialog(), Qt.Key.Key_Escape)  # nothing is typed: nothing is asked
    assert QApplication.activeModalWidget() is None
    settle()


def test_an_addendum_is_not_thrown_away_by_a_slip_of_the_hand(program):
    page = program.desk.go(("case", lists.cases(program.office)[0].id))
    asked = AddendumDialog(program.tasks, partial(reports.add_addendum, program.office, uuid4()), page)
    asked.open()
    settle()
    asked.body.setFocus()
    write_here("ថ្ងៃខែត្រូវបានកែ")
    press(asked.body, Qt.Key.Key_Escape)
    answer(QMessageBox.ButtonRole.RejectRole)
    assert asked.text() == "ថ្ងៃខែត្រូវបានកែ"
    asked.ok.click()  # of a report that is gone: it cannot be added, and what was written stays
    settle()
    assert asked.isVisible()
    assert asked.message.isVisible()
    assert asked.text() == "ថ្ងៃខែត្រូវបានកែ"
    press(asked.body, Qt.Key.Key_Escape)
    answer(QMessageBox.ButtonRole.DestructiveRole)
    assert QApplication.activeModalWidget() is None


def answer(role):
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if box.buttonRole(button) is role).click()
    settle()
