"""Giving contacts a part in a case and linking other children, through the real store and the real dialogs."""

import pytest
from offices import with_arrest
from programs import dialog, practising, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from typing_in import press, write, write_here

from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.link import Link, LinkRelation
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.fields import Answer
from casemgr.records.kept import AuditEntry
from casemgr.records.kinds import kind_of
from casemgr.services import case_files, casework, directory, lists
from ui.pages.case_beside import named_in, said_of_contact, told_of
from ui.parts.card import Entry
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
either = pytest.mark.parametrize("program", ["km", "en"], indirect=True)


@pytest.fixture
def program(request, tmp_path):
    with practising(tmp_path, getattr(request, "param", "en")) as program:
        for _ in range(3):
            with_arrest(program.office)
        yield program


@pytest.fixture
def page(program):
    return program.desk.go(("case", lists.cases(program.office)[0].id))


@pytest.fixture
def beside(page):
    return page.beside


def keep(program, **answers):
    contact = Contact(**answers)
    directory.save_contact(program.office, contact)
    return contact


def lawyer(program):
    return keep(
        program, name_km="លឹម ចន្ទតារា", name_latin="Lim Chantara", role=ContactRole.LAWYER, phone="012 555 024",
        organisation="ជំនួយផ្នែកច្បាប់",
    )  # fmt: skip


def found(asked):
    listed = asked.finder.list
    return [listed.item(at).data(Qt.ItemDataRole.UserRole) for at in range(listed.count())]


@either
def test_a_contact_is_searched_chosen_and_added_by_keyboard_alone(program, page, beside):
    contact = lawyer(program)
    keep(program, name_km="សែម វណ្ណា", role=ContactRole.POLICE)
    keep(program, name_km="លឹម ម៉ៅ", role=ContactRole.LAWYER, active=Answer.NO)
    assert beside.begin(kind_of(CaseContact))
    settle()
    asked = dialog()
    assert len(found(asked)) == 2  # who left the function is not offered
    assert asked.finder.hit is None
    assert not asked.role.isEnabled()
    write(QApplication.focusWidget(), "chantara")
    press(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert [hit.id for hit in found(asked)] == [contact.id]
    assert "012 555 024" in found(asked)[0].about
    assert asked.role.editor.value() is ContactRole.LAWYER
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert QApplication.activeModalWidget() is None
    record = page.file.of(CaseContact)[0]
    assert (record.contact_id, record.role) == (contact.id, ContactRole.LAWYER)
    title, about = said_of_contact(record, page.file)
    names = ("លឹម ចន្ទតារា", "Lim Chantara")
    assert title == "  ·  ".join(names if words().language == "km" else reversed(names))
    assert about == f"{tr('Lawyer')} · ជំនួយផ្នែកច្បាប់ · 012 555 024"


def test_enter_adds_nobody_while_more_is_typed_than_the_list_answers(program, page, beside):
    lawyer(program)
    other = keep(program, name_latin="Lim Vanna", role=ContactRole.POLICE)
    beside.add_contact()
    asked = dialog()
    write(asked.finder.line, "lim")
    asked.finder.search()
    write(asked.finder.line, " vanna")
    press(asked.finder.line, Qt.Key.Key_Return)
    assert asked.isVisible()
    asked.finder.search()
    press(asked.finder.line, Qt.Key.Key_Return)
    settle()
    assert [record.contact_id for record in page.file.of(CaseContact)] == [other.id]


def test_enter_links_no_child_while_more_is_typed_than_the_list_answers(program, page, beside):
    other = next(row for row in lists.children(program.office) if row.id != page.file.child.id)
    beside.add_link()
    asked = dialog()
    write(asked.finder.line, "Sok")
    asked.finder.search()
    write(asked.finder.line, f" {other.code}")
    press(asked.finder.line, Qt.Key.Key_Return)
    assert asked.isVisible()
    asked.finder.search()
    press(asked.finder.line, Qt.Key.Key_Return)
    settle()
    assert [link.other_child_id for link in page.file.of(Link)] == [other.id]


def test_the_function_is_proposed_and_another_part_can_be_chosen(program, page, beside):
    lawyer(program)
    beside.add_contact()
    asked = dialog()
    asked.finder.list.setCurrentRow(0)
    assert asked.role.editor.value() is ContactRole.LAWYER
    asked.role.editor.set_value(ContactRole.INTERPRETER)
    asked.save()
    settle()
    assert page.file.of(CaseContact)[0].role is ContactRole.INTERPRETER


@either
def test_somebody_new_is_written_down_and_added_in_one_go(program, page, beside):
    beside.add_contact()
    asked = dialog()
    write(asked.finder.line, "ហេង")
    asked.finder.search()
    assert asked.finder.nothing.isVisible()
    asked.save()
    assert asked.message.text().replace("\u200b", "") == tr("Nobody is chosen yet.")
    asked.new_button.click()
    settle()
    asked.new.focus_field("phone")
    write_here("០១២")
    asked.save()
    assert asked.message.text().replace("\u200b", "") == tr("Write a name or an organisation.")
    asked.new.focus_field("name_km")
    write_here("ហេង សុភា")
    asked.new.restore({"role": ContactRole.VILLAGE_CHIEF.value})
    asked.save()
    settle()
    assert QApplication.activeModalWidget() is None
    record = page.file.of(CaseContact)[0]
    assert record.role is ContactRole.VILLAGE_CHIEF
    assert [(row.id, row.phone) for row in directory.contacts(program.office)] == [(record.contact_id, "012")]


def test_a_part_that_was_given_by_mistake_is_taken_back_and_the_contact_stays(program, page, beside):
    beside.add_contact()
    asked = dialog()
    asked.show_new(is_new=True)
    asked.new.restore({"name_km": "ហេង សុភា"})
    asked.save()
    settle()
    assert len(page.file.of(CaseContact)) == 1
    program.desk.undo_bar.undo()
    settle()
    assert page.file.of(CaseContact) == ()
    assert len(directory.contacts(program.office)) == 1


def test_what_is_typed_and_not_understood_keeps_the_dialog_open(program, beside):
    beside.add_contact()
    asked = dialog()
    asked.show_new(is_new=True)
    asked.new.focus_field("phone")
    write_here("x")
    asked.save()
    assert asked.message.isVisible()
    assert directory.contacts(program.office) == []
    asked.reject()


def test_who_has_a_part_already_is_said(program, page, beside):
    contact = lawyer(program)
    casework.save_record(program.office, CaseContact(case_id=page.case_id, contact_id=contact.id))
    page.refresh()
    beside.add_contact()
    asked = dialog()
    asked.finder.list.setCurrentRow(0)
    assert asked.already.isVisible()
    asked.show_new(is_new=True)
    assert not asked.already.isVisible()
    asked.reject()


def test_a_contact_of_the_case_leads_to_the_directory_and_back_is_shown_as_changed(program, page, beside):
    contact = lawyer(program)
    casework.save_record(program.office, CaseContact(case_id=page.case_id, contact_id=contact.id))
    page.refresh()
    beside.actions_of(page.file.of(CaseContact)[0])[0].act()
    settle()
    shown = program.desk.pages["directory", None]
    assert program.desk.place == ("directory", None)
    assert shown.contact_id == contact.id
    shown.edit()
    shown.editing.editor.restore({"phone": "012 999 999"})
    shown.editing.save()
    settle()
    program.desk.go_back()
    assert program.desk.place == ("case", page.case_id)
    assert page.file.contacts[contact.id].phone == "012 999 999"


@either
def test_another_child_is_linked_by_code_and_its_file_stays_closed(program, page, beside):
    other = next(row for row in lists.children(program.office) if row.id != page.file.child.id)
    assert beside.begin(kind_of(Link))
    asked = dialog()
    assert not found(asked)
    asked.save()
    assert asked.message.text().replace("\u200b", "") == tr("No child is chosen yet.")
    write(asked.finder.line, other.code)
    press(asked.finder.line, Qt.Key.Key_Down)
    assert [hit.id for hit in found(asked)] == [other.id]
    asked.relation.editor.set_value(LinkRelation.CO_ACCUSED)
    assert asked.cases.count() == 2
    press(asked.finder.line, Qt.Key.Key_Return)
    settle()
    assert QApplication.activeModalWidget() is None
    record = page.file.of(Link)[0]
    assert (record.other_child_id, record.other_case_id) == (other.id, None)
    title, about = told_of(record, page.file)
    assert title == f"{other.code} · {tr('Co-accused')}"
    assert other.last_case_number in about
    for name in (other.name_km, other.name_latin):
        assert name not in title + about
    with program.office.read() as work:
        opened = {line.record_id for line in work.find(AuditEntry) if line.action == "opened"}
    assert opened == {page.case_id}
    across = case_files.case_file(program.office, lists.cases(program.office, other.code)[0].id, log=False)
    asked_for = []
    card = named_in(across, asked_for.append)
    entry = card.findChild(Entry)
    said = [label.text().replace("\u200b", "") for label in entry.findChildren(QLabel)]
    assert said == [page.file.case.number, tr("Named there as: {relation}", relation=tr("Co-accused"))]
    entry.buttons["Open"].click()
    assert asked_for == [page.case_id]
    assert named_in(page.file, asked_for.append) is None
    card.deleteLater()
    beside.actions_of(record)[0].act()
    settle()
    assert program.desk.place == ("child", other.id)


def test_one_case_of_the_other_child_can_be_meant(program, page, beside):
    other = next(row for row in lists.children(program.office) if row.id != page.file.child.id)
    case = lists.cases(program.office, other.code)[0]
    beside.add_link()
    asked = dialog()
    write(asked.finder.line, other.code)
    asked.finder.search()
    asked.cases.setCurrentIndex(asked.cases.findText(case.number))
    asked.save()
    settle()
    record = page.file.of(Link)[0]
    assert record.other_case_id == case.id
    assert told_of(record, page.file)[0] == other.code
    assert case.number in told_of(record, page.file)[1]


def test_the_child_of_the_case_is_not_offered(page, beside):
    beside.add_link()
    asked = dialog()
    write(asked.finder.line, page.file.child.code)
    asked.finder.search()
    assert found(asked) == []
    assert asked.finder.nothing.isVisible()
    asked.reject()
