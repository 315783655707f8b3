"""Who may read a complaint, in the window: named while it is written, and changed later."""

import pytest
from programs import dialog, running, settle, show_practice
from PySide6.QtWidgets import QMessageBox
from typing_in import write_here

from casemgr.records.beside.complaint import Complaint
from casemgr.records.staff import StaffMember
from casemgr.services import casework, drafts, lists
from ui.editors.readers import ALONE, SAID
from ui.pages.case_beside import withheld_said
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
either = pytest.mark.parametrize("program", ["km", "en"], indirect=True)


@pytest.fixture
def program(request, tmp_path):
    language = getattr(request, "param", "en")
    with running(tmp_path, language) as program:
        show_practice(program, tmp_path, 8, language)
        yield program


@pytest.fixture
def colleague(program):
    """Somebody else who works with the office; and one who left it."""
    colleague = StaffMember(name="ទេព បូរិន", name_latin="Tep Borin")
    with program.office.write() as work:
        work.add(colleague)
        work.add(StaffMember(name="ហេង សុភា", active=False))
    return colleague


@pytest.fixture
def page(program):
    return program.desk.go(("case", lists.cases(program.office)[0].id))


@pytest.fixture
def beside(page):
    return page.beside


def kept(page):
    return page.file.of(Complaint)[0]


@either
def test_readers_are_named_while_a_complaint_is_written(program, colleague, page, beside):
    assert beside.write(Complaint(case_id=page.case_id))
    box, own = page.editing.keeper.part, program.office.staff.id
    assert [tick.text() for tick in box.boxes.values()] == (
        ["ចាន់ ស្រីនិច", "ទេព បូរិន"] if words().language == "km" else ["Chan Sreynich", "Tep Borin"]
    )
    assert box.boxes[own].isChecked()
    assert not box.boxes[own].isEnabled()
    assert not box.is_changed
    box.boxes[colleague.id].click()
    page.editing.editor.focus_field("account")
    write_here("កុមារត្រូវបានគេវាយ")
    page.editing.save()
    settle()
    assert kept(page).readers == (own, colleague.id)


def test_a_complaint_is_for_its_writer_alone_unless_others_are_named(program, colleague, page, beside):
    assert colleague.active
    beside.write(Complaint(case_id=page.case_id))
    page.editing.save()
    settle()
    assert kept(page).readers == (program.office.staff.id,)


def test_who_works_alone_is_told_so(page, beside):
    beside.write(Complaint(case_id=page.case_id))
    said = [label.text() for label in page.editing.keeper.part.children() if hasattr(label, "wordWrap")]
    assert tr(ALONE) in said
    assert tr(SAID) not in said


def test_ticks_are_kept_in_the_draft_and_asked_about_when_left(program, colleague, page, beside):
    record = Complaint(case_id=page.case_id)
    beside.write(record)
    page.editing.keeper.part.boxes[colleague.id].click()
    page.flush()
    key = f"complaint/{record.id}"
    plain = drafts.draft(program.office, key)
    page.editing.leave()
    box = dialog()
    assert isinstance(box, QMessageBox)
    next(each for each in box.buttons() if box.buttonRole(each) is QMessageBox.ButtonRole.RejectRole).click()
    page.editing.closed.emit()
    beside.write(record, plain)
    assert page.editing.keeper.part.boxes[colleague.id].isChecked()
    page.editing.save()
    settle()
    assert colleague.id in kept(page).readers
    assert drafts.drafts(program.office) == []


@either
def test_readers_are_changed_later(program, colleague, page, beside):
    complaint = Complaint(case_id=page.case_id)
    casework.save_record(program.office, complaint)
    page.refresh()
    beside.actions_of(kept(page))[0].act()
    asked = dialog()
    asked.box.boxes[colleague.id].click()
    asked.save()
    settle()
    assert kept(page).readers == (program.office.staff.id, colleague.id)
    beside.name_readers(kept(page))
    dialog().save()  # nothing was changed
    settle()
    assert kept(page).version == 2
    program.desk.undo_bar.undo()
    settle()
    assert kept(page).readers == (program.office.staff.id,)


def test_a_reader_who_left_the_office_stays_one(program, colleague, page, beside):
    own = program.office.staff.id
    casework.save_record(program.office, Complaint(case_id=page.case_id, readers=(own, colleague.id)))
    with program.office.write() as work:
        work.get(StaffMember, colleague.id).active = False
    page.refresh()
    beside.write(kept(page))
    assert colleague.id not in page.editing.keeper.part.boxes
    page.editing.editor.restore({"place": "នៅប៉ុស្តិ៍"})
    page.editing.save()
    settle()
    assert kept(page).readers == (own, colleague.id)


@either
def test_what_is_for_others_is_told_by_number_alone(program, colleague, page):
    assert withheld_said(page.file) == ""
    with program.office.write() as work:
        for _ in range(2):
            work.add(Complaint(case_id=page.case_id, readers=(colleague.id,)))
    page.refresh()
    assert page.file.of(Complaint) == ()
    assert withheld_said(page.file) == words().plural(
        "{n} record of this case is for named readers alone.",
        "{n} records of this case are for named readers alone.", 2,
    )  # fmt: skip
