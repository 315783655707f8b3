"""Cases given to another case worker: from a case, from the list, and as somebody leaves; and taken back."""

import pytest
from offices import with_arrest
from programs import PASSWORD, dialog, locked_office, running, seen, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from typing_in import press

from casemgr.records.case import Case
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, handing_over, lists
from casemgr.services.office import open_office
from casemgr.store.keys import PRACTICE_COST
from ui.pages.accounts_card import CARRIES, CLOSE, GIVE
from ui.pages.give_dialog import ALONE, NO_DAY, NO_SIGHT, NOBODY, NOT_CHOSEN, TO_WORKER, GiveDialog
from ui.pages.hand_over import HAND_OVER
from ui.words import tr

ANOTHERS = "Another worker carries this case. Ask the supervisor."
pytestmark = pytest.mark.usefixtures("qtbot")
FIRST, WORKER, OTHER, OWN = "ស្រីនិច", "ទេព បូរិន", "សុខ សំណាង", "another four long words"


@pytest.fixture
def staff(tmp_path):
    """Two case workers beside who set the office up."""
    locked_office(tmp_path)
    office = open_office(tmp_path / "office", "", PASSWORD)
    found = {FIRST: office.staff.id}
    with office.store.changing_keys() as change:
        for name in (WORKER, OTHER):
            member = StaffMember(name=name, name_latin=name, roles=(Role.CASE_WORKER,))
            change.work.add(member)
            change.keys.add(member.id, name, OWN, PRACTICE_COST, change.data_key)
            found[name] = member.id
    office.close()
    return found


@pytest.fixture
def program(tmp_path, staff):  # noqa: ARG001  (they have to be there first)
    with running(tmp_path, "en") as program:
        yield program


def sit_down(program, name, password=OWN):
    if program.office is not None:
        program.lock()
        settle()
    lines = program.window.page.door.lines.edits
    lines["name"].setText(name)
    lines["password"].setText(password)
    press(lines["password"], Qt.Key.Key_Return)
    settle()
    assert program.office.staff.name == name


def opened(program):
    """Open a case, and its page."""
    case_id = with_arrest(program.office)
    page = program.desk.go(("case", case_id))
    settle()
    return page


def ask(page):
    """Ask for another worker at the head of the case."""
    actions = {action.label: action for action in page._actions_of(page.file.case)}
    dict(actions[HAND_OVER].offers)[tr(TO_WORKER)]()
    settle()
    asked = dialog()
    assert isinstance(asked, GiveDialog)
    return asked


def choose(asked, staff_id):
    asked.who.setCurrentIndex([each.id for each in asked.offered].index(staff_id) + 1)
    settle()


def said(widget):
    return "\n".join(label.text() for label in seen(widget, QLabel)).replace("\u200b", "")


def carrier(program, case_id):
    with program.office.store.read() as work:
        return work.read_one(Case, case_id).worker_id


def test_a_supervisor_gives_a_case_and_its_head_says_who_has_it(program, staff):
    sit_down(program, FIRST, PASSWORD)
    page = opened(program)
    assert "Case worker: Sreynich" in said(page)
    asked = ask(page)
    assert tr(NO_SIGHT) not in said(asked)
    assert [asked.who.itemText(at) for at in range(1, asked.who.count())] == [WORKER, OTHER, tr(NOBODY)]
    press(asked.give_button, Qt.Key.Key_Return)
    assert tr(NOT_CHOSEN) in said(asked)
    choose(asked, staff[OTHER])
    asked.since.editor.day.clear()
    asked.give()
    assert tr(NO_DAY) in said(asked)
    asked.since.editor.day.setText("1-1-2099")
    asked.give()
    settle()
    assert tr(handing_over.TO_COME) in said(asked)
    asked.since.editor.fill_in()
    asked.reason.edits["why"].setText("on leave")
    asked.give()
    settle()
    assert dialog_is_gone()
    assert carrier(program, page.case_id) == staff[OTHER]
    assert OTHER in said(page)
    assert program.desk.place == ("case", page.case_id)
    program.desk.undo_bar.undo()
    settle()
    assert carrier(program, page.case_id) == staff[FIRST]


def dialog_is_gone():
    return not any(isinstance(each, GiveDialog) and each.isVisible() for each in QApplication.topLevelWidgets())


def test_a_worker_who_gives_a_case_away_leaves_its_page_and_can_take_it_back(program, staff):
    sit_down(program, WORKER)
    page = opened(program)
    case_id, child_id = page.case_id, page.file.child.id
    program.desk.go(("child", child_id))
    program.desk.go(("case", case_id))
    settle()
    asked = ask(page)
    assert tr(NO_SIGHT) in said(asked)
    choose(asked, staff[OTHER])
    asked.give()
    settle()
    assert carrier(program, case_id) == staff[OTHER]
    assert not {("case", case_id), ("child", child_id)} & program.desk.pages.keys()
    assert program.desk.place is not None
    assert tr(ANOTHERS) not in said(program.window)
    program.desk.undo_bar.undo()
    settle()
    assert carrier(program, case_id) == staff[WORKER]


def test_where_nobody_else_writes_cases_that_is_said(program, staff):
    sit_down(program, FIRST, PASSWORD)
    page = opened(program)
    asked = ask(page)
    assert tr(ALONE) not in said(asked)
    asked.reject()
    for name in (WORKER, OTHER):
        accounts.close_account(program.office, staff[name])
    asked = ask(page)
    assert tr(ALONE) in said(asked)
    assert asked.who.itemText(1) == tr(NOBODY)


def test_who_gave_it_away_meanwhile_is_told_and_what_was_typed_stays(program, staff):
    sit_down(program, FIRST, PASSWORD)
    page = opened(program)
    asked = ask(page)
    choose(asked, staff[OTHER])
    asked.reason.edits["why"].setText("on leave")
    handing_over.give_cases(program.office, {page.case_id: staff[FIRST]}, staff[WORKER])
    asked.give()
    settle()
    assert tr(handing_over.MEANWHILE) in said(asked)
    assert asked.reason.typed("why") == "on leave"
    assert carrier(program, page.case_id) == staff[WORKER]


def test_a_reason_comes_back_after_the_lock(program, staff):
    sit_down(program, FIRST, PASSWORD)
    asked = ask(opened(program))
    asked.reason.edits["why"].setText("on leave")
    case_id = program.desk.place[1]
    sit_down(program, FIRST, PASSWORD)
    page = program.desk.go(("case", case_id))
    settle()
    asked = ask(page)
    assert asked.reason.typed("why") == "on leave"
    choose(asked, staff[OTHER])
    asked.give()
    settle()
    assert carrier(program, case_id) == staff[OTHER]


def test_several_cases_of_the_list_go_together(program, staff):
    sit_down(program, FIRST, PASSWORD)
    cases = [with_arrest(program.office) for _ in range(3)]
    page = program.desk.go(("cases", None))
    settle()
    page.table.selectRow(1)
    marked = page.marked
    assert len(marked) == 1
    press(page.give_button, Qt.Key.Key_Space)
    settle()
    asked = dialog()
    assert asked.which.value == "marked"
    assert list(asked.which.buttons) == ["marked", "listed"]
    choose(asked, staff[OTHER])
    asked.give()
    settle()
    assert [carrier(program, each) == staff[OTHER] for each in cases].count(True) == 1
    assert carrier(program, marked[0]) == staff[OTHER]
    press(page.give_button, Qt.Key.Key_Space)
    settle()
    asked = dialog()
    asked.which.buttons["listed"].click()
    choose(asked, staff[WORKER])
    asked.give()
    settle()
    assert {carrier(program, each) for each in cases} == {staff[WORKER]}
    program.desk.undo_bar.undo()
    settle()
    assert [carrier(program, each) for each in cases].count(staff[FIRST]) == 2


def test_whose_account_is_closed_hands_their_cases_over_at_once_or_later(program, staff):
    sit_down(program, WORKER)
    case_id = with_arrest(program.office)
    sit_down(program, FIRST, PASSWORD)
    card = program.desk.go(("settings", None)).people
    settle()
    entry = next(each for each in card.entries if WORKER in said(each))
    dict(entry.menu.offers)[tr(CLOSE)]()
    settle()
    dialog().go_on.click()
    settle()
    asked = next(each for each in QApplication.topLevelWidgets() if isinstance(each, GiveDialog) and each.isVisible())
    asked.reject()  # not now
    settle()
    entry = next(each for each in card.entries if WORKER in said(each))
    assert tr(CARRIES, count="1") in said(entry)
    entry.buttons[GIVE].click()
    settle()
    asked = next(each for each in QApplication.topLevelWidgets() if isinstance(each, GiveDialog) and each.isVisible())
    assert WORKER in said(asked)
    assert staff[WORKER] not in [each.id for each in asked.offered]
    choose(asked, staff[OTHER])
    asked.give()
    settle()
    assert carrier(program, case_id) == staff[OTHER]
    entry = next(each for each in card.entries if WORKER in said(each))
    assert GIVE not in entry.buttons
    told = {each.name: each.open_cases for each in accounts.accounts(program.office)}
    assert (told[WORKER], told[OTHER]) == (0, 1)
    assert [row.id for row in lists.cases(program.office)] == [case_id]
