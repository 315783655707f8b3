"""Shorter ways: Enter goes on, F6 goes round, one key leads to what is missing, and the password leads back."""

import pytest
from keeping import closed_child
from offices import new_office, with_arrest
from programs import PASSWORD, dialog, locked_office, running, seen, settle
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLabel
from typing_in import press, write_here

from casemgr.records.beside.note import Note
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.diversion import Diversion
from casemgr.services import casework
from ui.coming_back import come_back, left_at
from ui.pages.case_writing import OFTEN
from ui.parts.key_sheet import SHEET

pytestmark = pytest.mark.usefixtures("qtbot")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(tmp_path):
    with running(tmp_path, "en") as program:
        office = new_office(tmp_path)
        office.settings.language = "en"
        program.show_office(office)
        program.window.activateWindow()
        settle()
        yield program


def _here():
    return QApplication.focusWidget()


def test_enter_goes_on_to_the_next_question_and_saves_nothing(program):
    page = program.desk.go(("case", with_arrest(program.office)))
    page.begin(next(kind for kind in KINDS if kind.record is Note))
    editor = page.editing.editor
    assert editor.field_in_hand() == "happened_at"
    for name in ("happened_at", "way", "with_whom", "text"):
        press(_here(), Qt.Key.Key_Return)
        settle()
        assert page.editing is not None
        assert editor.field_in_hand() == name
    write_here("ម្ដាយ")
    press(_here(), Qt.Key.Key_Return)  # here it begins a line
    assert editor.field_in_hand() == "text"


def test_one_key_leads_through_what_is_still_required_and_then_to_save(program):
    page = program.desk.go(("case", with_arrest(program.office)))
    page.begin(next(kind for kind in KINDS if kind.record is Note))
    editor, met = page.editing.editor, []
    for key in (Qt.Key.Key_Period, Qt.Key.Key_F8):
        press(_here(), key, *([CONTROL] if key == Qt.Key.Key_Period else []))
        met.append(editor.field_in_hand())
    assert met == ["text", "happened_at"]
    press(_here(), Qt.Key.Key_Semicolon, CONTROL)
    editor.focus_field("text")
    write_here("ម្ដាយ")
    press(_here(), Qt.Key.Key_Period, CONTROL)
    assert _here() is page.editing.save_button


def test_in_an_arrest_the_key_passes_from_part_to_part(program):
    program.desk.new_arrest()
    page, met = program.desk.pages["arrest", None], []
    for _ in range(5):
        met.append(next((name for name, each in page.form.editors.items() if each.field_in_hand()), None))
        press(_here(), Qt.Key.Key_Period, CONTROL)
    assert met == ["child", "child", "child", "child", "offence"]
    page.guardian.edits["name"].setFocus()  # the last part: what is missing is looked for from the top again
    press(_here(), Qt.Key.Key_Period, CONTROL)
    assert page.child.field_in_hand() == "family_name_km"


def test_f6_goes_round_the_window_and_back_to_where_one_was(program):
    page = program.desk.go(("case", with_arrest(program.office)))
    page.view.finish()
    settle()
    at = page.view.cards.buttons[page.file.of(Arrest)[0].id]
    at.setFocus()
    parts = []
    for _ in range(3):
        press(_here(), Qt.Key.Key_F6)
        parts.append(_here())
    assert program.desk.rail.isAncestorOf(parts[0])
    assert parts[1] is program.desk.search
    assert parts[2] is at
    press(at, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert _here() is program.desk.search


def test_f6_leads_back_to_a_page_where_what_had_the_keyboard_can_have_it_no_more(program):
    page = program.desk.go(("cases", None))
    settle()
    for gone in (lambda: page.print_button.setEnabled(False), page.mend_button.hide):
        (page.mend_button if gone == page.mend_button.hide else page.print_button).setFocus()
        press(_here(), Qt.Key.Key_F6)
        gone()
        press(_here(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        assert page.isAncestorOf(_here())


def test_the_sheet_lists_every_key_there_is(program):
    case_id = with_arrest(program.office)
    casework.save_record(program.office, Diversion(case_id=case_id), "why")
    page = program.desk.go(("case", case_id))
    page.write_day(page.file.of(Diversion)[0])
    settle()
    program.desk.new_arrest()
    for place in ("follow-ups", "forms", "reports", "cases", "today"):
        program.desk.go((place, None))
    settle()
    listed = {each for _, keys in SHEET for names, _ in keys for each in names.split(" ")}
    listed |= {f"Alt+{number}" for number in range(1, 10)} | {"Return", "Ctrl+Return", "Esc", "Alt+Left"}
    known = {key.key().toString() for key in program.window.findChildren(QShortcut)}
    assert len(known) > 15
    assert known - listed == set()
    press(program.window, Qt.Key.Key_Slash, CONTROL)
    settle()
    said = {label.text() for label in seen(dialog(), QLabel)}
    assert "Lock the office; after the password you are where you were" in said
    press(dialog(), Qt.Key.Key_Escape)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_a_case_begins_what_it_says(program):
    page = program.desk.go(("case", with_arrest(program.office)))
    settle()
    press(_here(), Qt.Key.Key_R, CONTROL)
    settle()
    menu = page.view.write_button.menu_shown
    assert menu.actions()[0].text() == program.office.words.text(Note.title)
    assert {each.key for each in KINDS} >= set(OFTEN)
    press(menu, Qt.Key.Key_Return)
    settle()
    assert isinstance(page.editing.base, Note)


def test_today_leads_to_the_question_that_says_it_is_done(program):
    case_id = with_arrest(program.office)
    today = program.desk.go(("today", None))
    today.refresh()
    settle()
    row = next(at for at in range(today.model.rowCount()) if (r := today.model.clock_at(at)) and r.rule == "lawyer-24h")
    today.table.setCurrentIndex(today.model.index(row, 0))
    press(today.table, Qt.Key.Key_Return, CONTROL)
    settle()
    page = program.desk.pages["case", case_id]
    assert page.editing.editor.field_in_hand() == "lawyer_arrived_at"


def test_a_field_in_which_a_clock_is_told_of_is_one_of_its_record():
    for kind in KINDS:
        for clock in kind.clocks:
            assert clock.told_in is None or hasattr(kind.record, clock.told_in), (kind.key, clock.rule)


def test_the_password_leads_back_to_what_was_being_written(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        program.open("", PASSWORD)
        settle()
        case_id = with_arrest(program.office)
        page = program.desk.go(("case", case_id))
        page.begin(next(kind for kind in KINDS if kind.record is Note))
        page.editing.editor.focus_field("text")
        write_here("ម្ដាយ")
        press(_here(), Qt.Key.Key_L, CONTROL)
        settle()
        assert program.office is None
        program.open("", PASSWORD)
        settle()
        assert program.desk.place == ("case", case_id)
        editor = program.desk.pages["case", case_id].editing.editor
        assert editor.field_in_hand() == "text"
        assert editor.record().text == "ម្ដាយ"


def test_whoever_else_opens_the_office_begins_with_today(program):
    desk = program.desk
    desk.go(("case", with_arrest(program.office)))
    left = left_at(desk, {"list/cases": "x"})
    desk.go(("today", None))
    come_back(desk, program.tasks, left._replace(staff=left.place[1]))
    assert desk.place == ("today", None)
    assert program.office.held_over == {}
    come_back(desk, program.tasks, left)
    assert desk.place == left.place
    assert program.office.held_over == {"list/cases": "x"}


def test_what_is_no_more_is_not_come_back_to(program):
    desk, child = program.desk, closed_child(program.office, "ហេង")
    desk.go(("child", child.id))
    left = left_at(desk, {"list/cases": "x"})
    desk.go(("today", None))
    come_back(desk, program.tasks, left._replace(place=("child", left.staff)))
    come_back(desk, program.tasks, left._replace(place=("case", left.staff)))
    assert desk.place == ("today", None)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
