"""The directory in the window: looked up, written down, mended, and left without losing what is typed."""

import pytest
from offices import with_arrest
from programs import dialog, practising, seen, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from typing_in import press, write, write_here

from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.fields import Answer
from casemgr.services import directory, drafts, lists
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
either = pytest.mark.parametrize("program", ["km", "en"], indirect=True)


@pytest.fixture
def program(request, tmp_path):
    with practising(tmp_path, getattr(request, "param", "en")) as program:
        for _ in range(3):
            with_arrest(program.office)
        yield program


def keep(program, **answers):
    contact = Contact(**answers)
    directory.save_contact(program.office, contact)
    return contact


def texts(widget):
    return " ".join(label.text().replace("\u200b", "") for label in seen(widget, QLabel))


@either
def test_an_empty_directory_says_what_it_is_for_and_offers_to_begin(program):
    page = program.desk.go(("directory", None))
    assert tr("Nobody is in the directory yet") in texts(page)
    seen(page.list.stack.currentWidget(), QPushButton)[0].click()
    settle()
    assert page.editing is not None
    page.editing.editor.focus_field("name_km")
    write_here("លឹម ចន្ទតារា")
    page.editing.editor.focus_field("phone")
    write_here("០១២ ៥៥៥ ០២៤")
    page.editing.save()
    settle()
    assert page.editing is None
    assert "012 555 024" in texts(page)
    assert tr("This contact has no part in a case yet.") in texts(page)
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert [line.cells[0] for line in page.list.model.lines] == ["លឹម ចន្ទតារា"]
    assert QApplication.focusWidget() is page.list.table


@either
def test_a_contact_is_found_opened_by_keyboard_and_shows_its_cases(program):
    lawyer = keep(program, name_km="លឹម ចន្ទតារា", name_latin="Lim Chantara", role=ContactRole.LAWYER, active=Answer.NO)
    keep(program, name_km="សែម វណ្ណា", role=ContactRole.POLICE, phone="011 222 333")
    case = lists.cases(program.office)[0]
    part = CaseContact(case_id=case.id, contact_id=lawyer.id, role=ContactRole.LAWYER)
    directory.add_to_case(program.office, part)
    page = program.desk.go(("directory", None))
    assert len(page.list.model.lines) == 2
    page.list.narrow.setFocus()
    write(page.list.narrow, "chantara")
    page.list.read()
    assert [line.id for line in page.list.model.lines] == [lawyer.id]
    assert page.list.model.lines[0].cells[2] == tr("{function} (no longer)", function=tr("Lawyer"))
    press(page.list.table, Qt.Key.Key_Return)
    settle()
    assert tr("No longer in this function; offered no more for new cases.") in texts(page)
    assert case.number in texts(page)
    assert case.name_km not in texts(page)
    next(button for button in seen(page.view, QPushButton) if button.accessibleName().endswith(case.number)).click()
    settle()
    assert program.desk.place == ("case", case.id)
    program.desk.go_back()
    assert program.desk.place == ("directory", None)
    assert page.contact_id == lawyer.id


def test_a_contact_is_mended_and_the_list_shows_it(program):
    contact = keep(program, name_km="លឹម ចន្ទតារា", phone="012 555 024")
    page = program.desk.go(("directory", None))
    page.open_contact(contact.id)
    assert QApplication.focusWidget() is page.view.edit_button
    page.view.edit_button.click()
    page.editing.editor.focus_field("organisation")
    write_here("ជំនួយផ្នែកច្បាប់")
    press(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.editing is None
    assert page.stack.currentWidget() is page.view
    assert "ជំនួយផ្នែកច្បាប់" in texts(page)
    page.show_list()
    assert page.list.model.lines[0].cells[3] == "ជំនួយផ្នែកច្បាប់"


def test_what_became_of_a_contact_is_shown(program):
    contact = keep(program, name_km="លឹម ចន្ទតារា")
    contact.phone = "012 555 024"
    directory.save_contact(program.office, contact, "លេខថ្មី")
    page = program.desk.go(("directory", None))
    page.open_contact(contact.id)
    page.show_history()
    said = texts(dialog())
    assert "012 555 024" in said
    assert "លេខថ្មី" in said
    dialog().reject()


def test_a_contact_without_a_name_is_refused_beside_its_question(program):
    page = program.desk.go(("directory", None))
    page.list.new_asked.emit()
    page.editing.editor.focus_field("phone")
    write_here("012 555 024")
    page.editing.save()
    assert page.editing.message.text() == tr("Write a name or an organisation.")
    assert page.editing.editor.sections[0].question("name_km").mark.isVisible()
    assert directory.contacts(program.office) == []


def test_somebody_elses_edit_is_compared(program):
    contact = keep(program, name_km="លឹម ចន្ទតារា", phone="012 555 024")
    page = program.desk.go(("directory", None))
    page.open_contact(contact.id)
    page.edit()
    page.editing.editor.focus_field("phone_2")
    write_here("097 555 024")
    theirs = directory.contact_file(program.office, contact.id).contact
    theirs.organisation = "ជំនួយផ្នែកច្បាប់"
    directory.save_contact(program.office, theirs)
    page.editing.save()
    QApplication.activeModalWidget().accept()
    settle()
    kept = directory.contact_file(program.office, contact.id).contact
    assert (kept.organisation, kept.phone_2) == ("ជំនួយផ្នែកច្បាប់", "097 555 024")


@pytest.mark.parametrize("known", [True, False])
def test_another_language_leaves_what_is_written_and_the_keyboard_where_they_were(program, known):
    contact = keep(program, name_km="លឹម ចន្ទតារា", phone="012 555 024")
    page = program.desk.go(("directory", None))
    if known:
        page.open_contact(contact.id)
        page.edit()
    else:
        page.begin()
    page.editing.editor.focus_field("organisation")
    write_here("ជំនួយ")
    program.desk.languages.buttons["km"].click()
    settle()
    after = program.desk.pages["directory", None]
    assert after is not page
    assert words().language == "km"
    write_here("ច្បាប់")
    assert after.editing.editor.record().organisation == "ជំនួយច្បាប់"
    assert (after.editing.base.id == contact.id) is known
    assert not after.editing.draft_bar.isVisible()
    after.editing.save()
    settle()
    assert len(directory.contacts(program.office)) == (1 if known else 2)


def test_another_language_leaves_the_contact_and_what_narrows_the_list(program):
    contact = keep(program, name_km="លឹម ចន្ទតារា")
    page = program.desk.go(("directory", None))
    page.list.narrow.setText("លឹម")
    page.list.read()
    page.open_contact(contact.id)
    program.desk.languages.buttons["km"].click()
    settle()
    after = program.desk.pages["directory", None]
    assert after.stack.currentWidget() is after.view
    after.show_list()
    assert after.list.narrow.text() == "លឹម"


@pytest.mark.parametrize("known", [True, False])
def test_unfinished_typing_is_kept_and_gone_on_with_from_today(program, known):
    contact = keep(program, name_km="លឹម ចន្ទតារា") if known else Contact()
    drafts.keep_draft(program.office, f"contact/{contact.id}", None, {"organisation": "ជំនួយ"})
    program.desk.pages["today", None].refresh()
    settle()
    assert tr(Contact.title) in texts(program.desk.pages["today", None])
    program.desk.open_draft(drafts.drafts(program.office)[0])
    settle()
    page = program.desk.pages["directory", None]
    record = page.editing.editor.record()
    assert (record.id, record.organisation) == (contact.id, "ជំនួយ")
    assert record.name_km == ("លឹម ចន្ទតារា" if known else None)


def test_what_is_written_becomes_a_draft_when_another_contact_is_asked_for(program):
    contact = keep(program, name_km="លឹម ចន្ទតារា")
    page = program.desk.go(("directory", None))
    page.begin()
    page.editing.editor.focus_field("name_km")
    write_here("សែម")
    program.desk.open_contact(contact.id)
    settle()
    assert page.editing is None
    assert page.contact_id == contact.id
    assert [row.key.partition("/")[0] for row in drafts.drafts(program.office)] == ["contact"]


def test_a_new_contact_that_is_given_up_leads_back_to_the_list(program):
    page = program.desk.go(("directory", None))
    page.begin()
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert page.stack.currentWidget() is page.list
    assert drafts.drafts(program.office) == []
