"""How long is kept, in Settings: rules, what is due, erasing with a supervisor's word, the end of the office."""

from datetime import date

import pytest
from programs import running, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from typing_in import press

from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.pathway.closure import Closure
from casemgr.records.retention import ErasingWay, Erasure, Kept
from casemgr.services import casework, keeping_rules
from casemgr.services.practice import PASSWORD
from casemgr.whereabouts import holds_office
from ui.pages.keeping_dialogs import EndDialog, EraseDialog, RuleDialog

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture(params=["en", "km"])
def program(request, tmp_path):
    with running(tmp_path, request.param) as program:
        show_practice(program, tmp_path, 2, request.param)
        yield program


def closed_child(office, family="ហេង"):
    casework.save_child(office, child := Child(family_name_km=family))
    casework.open_case(office, child.id, case := Case(opened_on=date(2016, 1, 4)))
    casework.save_record(office, Closure(case_id=case.id, closed_on=date(2017, 1, 4)), why="ក")
    return child


def texts(widget):
    return " ".join(label.text().replace("\u200b", "") for label in widget.findChildren(QLabel))


def due_page(program):
    page = program.desk.go(("settings", None))
    page.keeping.due_asked.emit()
    settle()
    return page, page.stack.currentWidget()


def dialog():
    return QApplication.activeModalWidget()


def test_without_a_rule_all_is_kept_and_nothing_is_due(program):
    closed_child(program.office)
    _, due = due_page(program)
    assert due.boxes == due.rows == {}


def test_a_rule_is_set_and_shown(program):
    page = program.desk.go(("settings", None))
    page.keeping.set_rule()
    asked = dialog()
    assert isinstance(asked, RuleDialog)
    asked.lines.edits["years"].setText("៥")
    asked.act()
    settle()
    assert not asked.lines.marks["decided_by"].isHidden()
    asked.lines.edits["decided_by"].setText("ក្រុមប្រឹក្សា")
    asked.lines.edits["holds_from"].setText("1-2-2026")
    asked.act()
    settle()
    rule = keeping_rules.rules_now(program.office)[Kept.CASES]
    assert (rule.years, rule.holds_from) == (5, date(2026, 2, 1))
    assert "ក្រុមប្រឹក្សា" in texts(page.keeping)


def test_who_is_due_is_held_freed_and_erased(program, qtbot):
    office = program.office
    child, other = closed_child(office), closed_child(office, "លី")
    keeping_rules.set_rule(office, Kept.CASES, 5, holds_from=date(2020, 1, 1), decided_by="ក")
    page, due = due_page(program)
    assert set(due.boxes) == {child.id, other.id}
    assert "ហេង" not in texts(due)
    due.hold(due.rows[other.id])
    dialog().line.setText("តុលាការសុំ")
    dialog().accept()
    settle()
    assert set(due.boxes) == {child.id}
    due.boxes[child.id].setFocus(Qt.FocusReason.TabFocusReason)
    press(due.boxes[child.id], Qt.Key.Key_Space)
    due.erase()
    asked = dialog()
    assert isinstance(asked, EraseDialog)
    asked.way.show_value(ErasingWay.ERASE.value)
    for name, text in (
        ("reason", "ផុតកំណត់"),
        ("copies_until", "31-1-2027"),
        ("name", ""),
        ("password", "wrong"),
        ("word", "erase"),
    ):
        asked.lines.edits[name].setText(text)
    asked.act()
    settle()
    assert not asked.message.isHidden()
    asked.lines.edits["password"].setText(PASSWORD)
    asked.act()
    settle()
    with office.read() as work:
        assert work.first(Child, id=child.id) is None
        assert work.first(Child, id=other.id) is not None
        (erasure,) = work.find(Erasure)
    assert child.code in texts(due)
    assert erasure.copies_until == date(2027, 1, 31)
    due.hold(due.rows[other.id])
    dialog().line.setText("ចប់")
    dialog().accept()
    settle()
    assert set(due.boxes) == {other.id}
    due.paper_asked.emit(erasure, due.erase_button)
    settle()
    assert page.stack.currentWidget() is page.preview
    qtbot.waitUntil(lambda: not page.preview.sheet.pixmap().isNull(), timeout=20_000)
    page.preview.leave()
    assert page.stack.currentWidget() is due
    due.closed.emit()


def test_the_whole_office_is_destroyed_and_the_program_begins_anew(program):
    folder = program.office.folder
    page = program.desk.go(("settings", None))
    page.keeping.end()
    asked = dialog()
    assert isinstance(asked, EndDialog)
    asked.lines.edits["code"].setText("XX")
    asked.lines.edits["password"].setText(PASSWORD)
    asked.act()
    settle()
    assert not asked.lines.marks["code"].isHidden()
    assert holds_office(folder)
    asked.lines.edits["code"].setText("SR")
    asked.act()
    settle()
    assert not holds_office(folder)
    assert program.desk is None
