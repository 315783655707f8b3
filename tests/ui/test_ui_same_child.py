"""Finding a child from anywhere by the keyboard, and being told that it may be here already."""

import pytest
from programs import dialog, running, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from typing_in import press, write

from casemgr.clock import PartialDate
from casemgr.i18n import LANGUAGES
from casemgr.records.case import Case
from casemgr.records.child import Child, Guardian, Sex
from casemgr.services import case_files, casework, lists, same_child
from casemgr.services.finding import Why
from ui.pages.same_child_notice import SameChildNotice
from ui.words import tr

pytestmark = pytest.mark.usefixtures("qtbot")
CONTROL = Qt.KeyboardModifier.ControlModifier
BORN = PartialDate.of(2011, 3, 12)


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request):
    with running(tmp_path, request.param) as program:
        show_practice(program, tmp_path, 0, request.param)
        yield program


def kept(program, **answers):
    """Keep a boy with these answers, and a case of his."""
    child = Child(sex=Sex.MALE, born=BORN, **answers)
    casework.save_child(program.office, child)
    casework.open_case(program.office, child.id, Case(court_number="៤៥៦/២០២៦"))
    return child


@pytest.fixture
def dara(program):
    return kept(program, family_name_km="ចាន់", given_name_km="ដារ៉ា", guardians=(Guardian(name="អ៊ុំ សុផល"),))


def search(program, text):
    box = program.desk.search
    press(program.desk, Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is box
    box.clear()
    write(box, text)
    box.search()
    settle()
    return box


def rows(box):
    return [box.results.list.item(at).data(Qt.ItemDataRole.UserRole) for at in range(box.results.list.count())]


def fill(editor, **answers):
    """Type answers into an editor as if by hand."""
    for name, text in answers.items():
        line = next(question.editor.line for section in editor.sections if (question := section.question(name)))
        write(line, text)


def test_a_name_in_the_other_script_finds_the_child_and_says_why(program, dara):
    box = search(program, "chann dara")
    found = rows(box)
    assert (found[0].kind, found[0].id) == ("child", dara.id)
    assert tr(Why.SOUND.label) in found[0].about
    assert found[1].kind == "case"
    press(box, Qt.Key.Key_Return)
    settle()
    assert program.desk.place == ("child", dara.id)
    assert not box.text()


def test_a_number_of_the_court_opens_the_case_by_keyboard_alone(program, dara):
    case = case_files.child_file(program.office, dara.id, log=False).cases[0]
    box = search(program, "456/2026")
    assert tr(Why.COURT_NUMBER.label) in rows(box)[0].about
    press(box, Qt.Key.Key_Return)
    settle()
    assert program.desk.place == ("case", case.id)


def test_one_letter_asks_for_another(program, dara):
    assert dara.code
    box = search(program, "ច")
    assert box.results.nothing.isVisible()
    assert rows(box) == []
    write(box, "ា")
    box.search()
    assert rows(box)


def test_while_an_arrest_is_taken_down_the_child_that_is_here_is_offered_and_taken(program, dara):
    program.desk.new_arrest()
    page = program.desk.pages["arrest", None]
    assert not page.notice.isVisible()
    fill(page.child, family_name_latin="Chan", given_name_latin="Dara")
    page.notice.search()
    settle()
    assert page.notice.isVisible()
    assert [each.child_id for each in page.notice.shown] == [dara.id]
    page.notice.lines[0].button.click()
    assert page.form.known_button.isChecked()
    page.save()
    settle()
    assert program.desk.place[0] == "case"
    assert len(lists.children(program.office)) == 1
    assert len(case_files.child_file(program.office, dara.id, log=False).cases) == 2


def test_a_likely_child_nobody_looked_at_holds_the_first_save_and_not_the_second(program, dara):
    program.desk.new_arrest()
    page = program.desk.pages["arrest", None]
    page.child.restore({"family_name_latin": "Chan", "given_name_latin": "Dara", "sex": "male", "born": str(BORN)})
    page.save()
    settle()
    assert program.desk.place[0] == "arrest"
    assert page.message.isVisible()
    assert [each.child_id for each in page.notice.shown] == [dara.id]
    assert QApplication.focusWidget() is page.notice.lines[0].button
    assert len(lists.children(program.office)) == 1
    page.save()
    settle()
    assert program.desk.place[0] == "case"
    assert len(lists.children(program.office)) == 2


def test_a_new_child_that_is_here_already_can_be_opened_instead(program, dara):
    page = program.desk.go(("child", None))
    settle()
    editor = page.editing.editor
    editor.restore({"family_name_latin": "Chan", "given_name_latin": "Dara"})
    (notice,) = page.findChildren(SameChildNotice)
    notice.look(editor.record())
    notice.search()
    notice.lines[0].button.click()
    settle()
    assert program.desk.place == ("child", dara.id)


def test_two_records_are_compared_linked_and_parted_again(program, dara):
    other = kept(program, family_name_latin="Chan", given_name_latin="Darra")
    page = program.desk.go(("child", other.id))
    settle()
    assert [each.child_id for each in page.others.likely] == [dara.id]
    button(page.others, 0).click()
    settle()
    shown = dialog()
    assert QApplication.focusWidget() is not shown.same_button  # Enter decides nothing
    shown.same_button.click()
    settle()
    assert [each.child_id for each in page.others.linked] == [dara.id]
    assert page.others.likely == []
    assert len(lists.children(program.office)) == 1
    page.others.compare(dara.id)
    settle()
    dialog().back_button.click()
    settle()
    assert page.others.linked == ()
    assert len(lists.children(program.office)) == 2


def button(widget, at):
    return widget.findChildren(QPushButton)[at]


def test_the_sweep_lists_pairs_until_they_are_decided(program, dara):
    other = kept(program, family_name_latin="Chan", given_name_latin="Darra")
    page = program.desk.go(("children", None))
    page.sweep()
    settle()
    sweep = dialog()
    (pair,) = sweep.pairs
    assert {pair.one.id, pair.other.id} == {dara.id, other.id}
    sweep.compare(pair)
    settle()
    dialog().other_button.click()
    settle()
    assert sweep.pairs == []
    assert sweep.nothing.isVisible()
    sweep.close_button.click()
    settle()
    assert same_child.sweep(program.office) == []
    assert len(page.model.lines) == 2
