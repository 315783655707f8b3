"""How long is kept, in Settings: rules, what is due, erasing with a supervisor's word, the end of the office."""

from datetime import date

import pytest
from keeping import closed_child
from programs import dialog, running, seen, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from typing_in import press

from casemgr.clock import now
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kept import Draft
from casemgr.records.retention import ErasingWay, Erasure, Kept
from casemgr.records.sameness import Verdict
from casemgr.records.staff import Role
from casemgr.services import backups, erasing, keeping_rules, same_child
from casemgr.services.practice import PASSWORD
from casemgr.services.rights import Right, rights_of
from casemgr.trouble import NoRoom
from casemgr.whereabouts import holds_office
from ui.pages import erasing_page
from ui.pages.erasing_hold import HOLD, ErasingHoldCard
from ui.pages.keeping_card import DUE, END, SET_RULE
from ui.pages.keeping_dialogs import ERASING, SWEEPING, EndDialog, EraseDialog, RuleDialog
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture(params=["en", "km"])
def program(request, tmp_path):
    with running(tmp_path, request.param) as program:
        show_practice(program, tmp_path, 2, request.param)
        yield program


def texts(widget):
    return " ".join(label.text().replace("\u200b", "") for label in widget.findChildren(QLabel))


def due_page(program):
    page = program.desk.go(("settings", None))
    page.keeping.due_asked.emit()
    settle()
    return page, page.stack.currentWidget()


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
    due.show_certificate(erasure, due.erase_button)
    settle()
    assert due.currentWidget() is due.preview
    qtbot.waitUntil(due.preview.save_button.isEnabled, timeout=20_000)
    due.preview.leave()
    assert due.currentIndex() == 0
    due.closed.emit()
    assert page.stack.currentIndex() == 0


def test_a_supervisor_says_on_the_page_of_a_child_that_it_stays(program):
    """Also before it is due; and what is said of one record of the child holds for all of them."""
    office = program.office
    child, again = closed_child(office), closed_child(office, "លី")
    same_child.decide(office, child.id, again.id, Verdict.SAME)
    page = program.desk.go(("child", child.id))
    settle()
    page.hold.ask()
    dialog().line.setText("តុលាការសុំ")
    dialog().accept()
    settle()
    assert "តុលាការសុំ" in texts(page.hold)
    assert keeping_rules.hold_on(office, again.id).reason == "តុលាការសុំ"
    program.desk.go(("child", again.id))
    settle()
    page = program.desk.pages["child", again.id]
    page.hold.ask()
    dialog().line.setText("ចប់")
    dialog().accept()
    settle()
    assert page.hold.held is None
    assert keeping_rules.hold_on(office, child.id) is None


def test_a_case_worker_is_not_asked_whether_a_child_stays(program):
    office = program.office
    child = closed_child(office)
    office.rights = rights_of((Role.CASE_WORKER,))
    program.show_office(office)
    settle()
    page = program.desk.go(("child", child.id))
    settle()
    assert not page.findChildren(ErasingHoldCard)


@pytest.mark.parametrize("can_stop", [True, False])
def test_a_dialog_stays_until_it_is_known_what_became_of_it(program, can_stop):
    """Escape while it is erased stops that, and nothing more; else the pages of who was erased would stay open."""
    page = program.desk.go(("settings", None))
    page.keeping.set_rule()
    asked, heard = dialog(), []

    def work(_told, stopped):
        asked.reject()
        heard.append((stopped(), asked.isVisible()))

    asked.run(work, ERASING, can_stop=can_stop)
    assert heard == [(can_stop, True)]


def test_once_all_is_erased_nothing_offers_to_stop_it(program):
    """Also where the weekly check keeps the file busy: the bar stands at no 100 % then."""
    child = closed_child(program.office)
    asked, seen_then = EraseDialog(program.office, program.tasks, [child.id], [ErasingWay.ERASE], program.desk), []
    asked.open()

    def work(told, _stopped):
        told(1, 1)
        before = asked.work.button.isHidden(), asked.work.bar.maximum()
        told(0, 0)
        seen_then.append((before, asked.work.button.isHidden(), asked.work.bar.maximum(), texts(asked.work)))

    asked.run(work, ERASING)
    assert seen_then == [((False, 1), True, 0, tr(SWEEPING))]


def test_where_the_file_could_not_be_made_anew_the_open_pages_go_all_the_same(program, monkeypatch):
    def full():
        raise NoRoom("full")

    office = program.office
    child = closed_child(office)
    keeping_rules.set_rule(office, Kept.CASES, 5, holds_from=date(2020, 1, 1), decided_by="ក")
    program.desk.go(("child", child.id))
    _, due = due_page(program)
    monkeypatch.setattr(office.store, "sweep", full)
    erase_in_window(due, child.id)
    assert ("child", child.id) not in program.desk.pages
    assert child.code in texts(due)
    assert program.window.messages.isVisible()


def test_every_certificate_can_be_shown_again(program, monkeypatch):
    office = program.office
    monkeypatch.setattr(erasing_page, "MOST", 2)
    with office.store.write() as work:
        for number in range(5):
            work.add(Erasure(
                done_at=now(), way=ErasingWay.ERASE, known_as=f"SR-C-9{number}", done_by=office.staff.id,
                confirmed_by=office.staff.id, head_before="1:0", head_after="2:0",
            ))  # fmt: skip
            work.flush()
    _, due = due_page(program)
    seen_codes = [{number for number in range(5) if f"SR-C-9{number}" in texts(due)}]
    while not due.older_button.isHidden():
        due.older_button.click()
        settle()
        seen_codes.append({number for number in range(5) if f"SR-C-9{number}" in texts(due)})
    assert seen_codes == [{3, 4}, {1, 2, 3, 4}, {0, 1, 2, 3, 4}]


def erase_in_window(due, child_id, **typed):
    due.boxes[child_id].setChecked(True)
    due.erase()
    asked = dialog()
    asked.way.show_value(ErasingWay.ERASE.value)
    for name, text in {"reason": "ផុតកំណត់", "password": PASSWORD, "word": "ERASE", **typed}.items():
        asked.lines.edits[name].setText(text)
    asked.act()
    settle()


def test_the_day_on_which_the_copies_are_gone_is_proposed(program):
    office = program.office
    child = closed_child(office)
    keeping_rules.set_rule(office, Kept.CASES, 5, holds_from=date(2020, 1, 1), decided_by="ក")
    backups.make_copy(office)
    _, due = due_page(program)
    due.boxes[child.id].setChecked(True)
    due.erase()
    settle()
    asked, held = dialog(), erasing.copies_that_hold(office, [child.id])
    assert held.copies == 1
    assert asked.lines.typed("copies_until") == words().date(held.until)
    assert words().number(1) in asked.held.text()
    asked.reject()
    erase_in_window(due, child.id)
    with office.read() as work:
        assert [each.copies_until for each in work.find(Erasure)] == [held.until]


def test_open_pages_of_who_was_erased_go_with_what_is_typed_there(program):
    office = program.office
    child, other = closed_child(office), closed_child(office, "លី")
    with office.read() as work:
        case = work.find(Case, child_id=child.id)[0]
    keeping_rules.set_rule(office, Kept.CASES, 5, holds_from=date(2020, 1, 1), decided_by="ក")
    program.desk.go(("case", case.id)).edit(case)
    settle()
    page = program.desk.pages["case", case.id]
    line = page.findChildren(QPlainTextEdit)[0]
    line.setPlainText("រឿងឯកជន")
    program.desk.go(("child", child.id))
    program.desk.go(("child", other.id))
    _, due = due_page(program)
    erase_in_window(due, child.id)
    gone = {("case", case.id), ("child", child.id)}
    assert not gone & set(program.desk.pages)
    assert not gone & set(program.desk.history)
    assert ("child", other.id) in program.desk.pages
    program.desk.flush()
    settle()
    with office.read() as work:
        assert work.find(Draft) == []


RIGHTS = {
    Role.CASE_WORKER: (False, False, False),
    Role.SUPERVISOR: (True, False, False),
    Role.DATA_OFFICER: (False, False, False),
    Role.ADMINISTRATOR: (True, True, True),
}


@pytest.mark.parametrize("role", RIGHTS)
def test_each_role_is_shown_what_it_may_do(program, role):
    """The list that is due, a rule, the end of the office."""
    office = program.office
    child = closed_child(office)
    keeping_rules.set_rule(office, Kept.CASES, 5, holds_from=date(2020, 1, 1), decided_by="ក")
    office.rights = rights_of((role,))
    program.show_office(office)
    settle()
    page = program.desk.go(("settings", None))
    settle()
    found = [button.text() for button in seen(page.keeping, QPushButton)]
    assert tuple(tr(label) in found for label in (DUE, SET_RULE, END)) == RIGHTS[role]
    if RIGHTS[role][0]:
        page.show_due()
        settle()
        due = page.stack.currentWidget()
        may_erase = Right.ERASE in office.rights
        assert (child.id in due.boxes) is may_erase
        assert due.erase_button.isVisible() is may_erase
        assert (tr(HOLD) in [button.text() for button in seen(due, QPushButton)]) is (Right.HOLD in office.rights)


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
