"""The people who work here, in the real window: added, given roles and passwords, and what each role is shown."""

import pytest
from programs import PASSWORD, dialog, locked_office, running, seen, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from typing_in import press

from casemgr.clock import PartialDate
from casemgr.i18n import LANGUAGES
from casemgr.records.beside.complaint import Complaint
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, casework, office_keys
from casemgr.services.readers import set_readers
from casemgr.services.rights import rights_of
from ui.locking import hide_others
from ui.pages.account_dialogs import RENEW_KNOWN, CloseDialog, FirstPasswordDialog, RenewDialog, SureDialog
from ui.pages.accounts_card import CLOSE, CLOSED, EDIT, GIVEN, RESET, ROLE_SAID
from ui.pages.draft_notices import GO_ON
from ui.pages.first_password import FirstPasswordPage
from ui.pages.hand_over import NEW_KEY_ASKED, NEW_KEY_SAID, OwnKeyDialog
from ui.pages.lock import LockPage
from ui.pages.settings import OFFICE_KEY
from ui.parts.roles import CODES_ONLY, NO_CASES
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
GIVEN_PASSWORD, OWN_PASSWORD = "given to begin with", "nobody else knows this"
EVERY = ("today", "where", "children", "cases", "follow-ups", "reports", "forms", "directory", "settings")
PLACES = {
    Role.CASE_WORKER: ("today", "where", "children", "cases", "follow-ups", "forms", "directory", "settings"),
    Role.SUPERVISOR: EVERY,
    Role.DATA_OFFICER: ("where", "children", "cases", "follow-ups", "reports", "forms", "settings"),
    Role.ADMINISTRATOR: ("settings",),
}


@pytest.fixture
def program(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        enter(program, "ស្រីនិច", PASSWORD)
        yield program


def enter(program, name, password):
    program.window.page.door.lines.edits["name"].setText(name)
    program.window.page.door.lines.edits["password"].setText(password)
    press(program.window.page.door.lines.edits["password"], Qt.Key.Key_Return)
    settle()


def text_of(widget):
    return "\n".join(label.text() for label in seen(widget, QLabel)).replace("\u200b", "")


def offers(card, label):
    entry = card.entries[-1]
    return {text.rstrip("…"): act for text, act in entry.menu.offers}[tr(label).rstrip("…")]


def add(program, *roles):
    """Add somebody in the window, and sign in as them for the first time."""
    settings = program.desk.go(("settings", None))
    settings.people.add_person()
    page = settings.editing
    page.editor.focus_field("name")
    page.editor.sections[0].question("name").editor.line.setText("ទេព បូរិន")
    page.editor.sections[0].question("roles").editor.set_value(tuple(roles))
    page.editor.sections[0].question("roles").editor.changed.emit()
    page._first.lines.edits["password"].setText(GIVEN_PASSWORD)
    page.save()
    assert page._first.lines.marks["again"].isVisible()
    page._first.lines.edits["again"].setText(GIVEN_PASSWORD)
    page.save()
    settle()
    assert settings.editing is None
    return settings.people


def enter_first(program):
    program.lock()
    settle()
    enter(program, "ទេព បូរិន", GIVEN_PASSWORD)
    page = program.window.page
    assert isinstance(page, FirstPasswordPage)
    for line in page.new.lines.edits.values():
        line.setText(OWN_PASSWORD)
    page.button.click()
    settle()


def test_a_person_is_added_and_chooses_a_password_of_their_own(program):
    card = add(program, Role.CASE_WORKER)
    assert len(card.entries) == 2
    assert tr(GIVEN) in text_of(card.entries[-1])
    assert tr(ROLE_SAID[Role.CASE_WORKER]) in text_of(card.entries[-1])
    program.lock()
    settle()
    enter(program, "ទេព បូរិន", GIVEN_PASSWORD)
    page = program.window.page
    assert isinstance(page, FirstPasswordPage)
    assert program.desk is None
    for line in page.new.lines.edits.values():
        line.setText(GIVEN_PASSWORD)
    page.button.click()
    assert page.new.lines.marks["password"].isVisible()  # the given one will not do
    for line in page.new.lines.edits.values():
        line.setText(OWN_PASSWORD)
    press(page.new.lines.edits["again"], Qt.Key.Key_Return)
    settle()
    assert program.desk.place == ("today", None)
    program.lock()
    enter(program, "ទេព បូរិន", OWN_PASSWORD)
    assert program.desk is not None


def test_the_other_offices_need_a_new_key_when_somebody_left(program, tmp_path):
    before = office_keys.own_key(program.office)
    card = add(program, Role.CASE_WORKER)
    offers(card, CLOSE)()
    dialog().go_on.click()
    settle()
    card.ask_to_renew()
    settle()
    assert tr(RENEW_KNOWN) in text_of(dialog())
    dialog().go_on.click()
    settle()
    shown, key = dialog(), office_keys.own_key(program.office)
    assert isinstance(shown, OwnKeyDialog)
    assert key != before
    assert tr(NEW_KEY_SAID) in text_of(shown)
    assert words().figures(key.fingerprint) in text_of(shown)
    shown.save_to(str(tmp_path / "key.txt"))
    settle()
    assert office_keys.read_key(tmp_path / "key.txt") == key
    shown.new_button.click()
    assert isinstance(dialog(), SureDialog)
    assert tr(NEW_KEY_ASKED) in text_of(dialog())
    dialog().go_on.click()
    settle()
    assert office_keys.own_key(program.office) != key
    assert words().figures(office_keys.own_key(program.office).fingerprint) in text_of(shown)
    shown.reject()


def test_settings_show_the_key_for_other_offices_to_who_looks_after_accounts(program):
    add(program, Role.ADMINISTRATOR)
    enter_first(program)
    settings = program.desk.go(("settings", None))
    [button] = [each for each in seen(settings, QPushButton) if tr(OFFICE_KEY) in each.text()]
    button.click()
    settle()
    shown = dialog()
    assert isinstance(shown, OwnKeyDialog)
    assert words().figures(office_keys.own_key(program.office).fingerprint) in text_of(shown)
    assert shown.new_button.isVisible()
    shown.reject()


def test_a_case_worker_makes_no_new_key(program):
    add(program, Role.CASE_WORKER)
    enter_first(program)
    page = program.desk.go(("cases", None))
    page.handovers.show_key()
    settle()
    assert dialog().save_button.isVisible()
    assert not dialog().new_button.isVisible()
    dialog().reject()


def test_to_go_back_from_a_given_password_closes_the_office(program):
    add(program, Role.CASE_WORKER)
    program.lock()
    enter(program, "ទេព បូរិន", GIVEN_PASSWORD)
    program.window.page.back.click()
    settle()
    assert isinstance(program.window.page, LockPage)
    assert program.office is None


def test_a_forgotten_password_is_replaced_and_an_account_closed_and_the_key_changed(program):
    card = add(program, Role.CASE_WORKER)
    offers(card, RESET)()
    shown = dialog()
    assert isinstance(shown, FirstPasswordDialog)
    for line in shown.new.lines.edits.values():
        line.setText("short")
    shown.go_on.click()
    assert shown.new.lines.marks["password"].isVisible()
    for line in shown.new.lines.edits.values():
        line.setText("another one to begin with")
    shown.go_on.click()
    settle()
    assert not card.renewal.isVisible()
    offers(card, CLOSE)()
    assert isinstance(dialog(), CloseDialog)
    dialog().go_on.click()
    settle()
    assert tr(CLOSED) in text_of(card.entries[-1])
    assert card.renewal.isVisible()
    card.ask_to_renew()
    assert isinstance(dialog(), RenewDialog)
    dialog().go_on.click()
    settle()
    assert not card.renewal.isVisible()
    program.lock()
    enter(program, "ទេព បូរិន", "another one to begin with")
    assert program.office is None
    enter(program, "ស្រីនិច", PASSWORD)
    assert program.office is not None


def test_before_a_complaint_is_left_without_a_reader_that_is_said(program):
    card = add(program, Role.CASE_WORKER)
    leaver = accounts.accounts(program.office)[-1].id
    child, case = Child(given_name_km="វិសាល"), Case()
    casework.save_child(program.office, child)
    casework.open_case(program.office, child.id, case)
    complaint = Complaint(case_id=case.id)
    casework.save_record(program.office, complaint)
    set_readers(program.office, complaint.id, [leaver], complaint.version)
    offers(card, CLOSE)()
    shown = dialog()
    shown.go_on.click()
    settle()
    assert "name another reader" in text_of(shown)
    assert shown.cancel.hasFocus()
    shown.go_on.click()
    settle()
    assert tr(CLOSED) in text_of(card.entries[-1])


def test_roles_are_changed_and_the_last_administrator_stays(program):
    settings = program.desk.go(("settings", None))
    settings.people.entries[0].buttons[EDIT].click()
    page = settings.editing
    page.editor.sections[0].question("roles").editor.set_value((Role.SUPERVISOR,))
    page.editor.sections[0].question("roles").editor.changed.emit()
    page.save()
    settle()
    assert page.message.isVisible()
    assert "look after the accounts" in page.message.text().replace("\u200b", "")


def test_a_draft_of_a_new_person_holds_no_password(program):
    settings = program.desk.go(("settings", None))
    settings.people.add_person()
    page = settings.editing
    page.editor.sections[0].question("name").editor.line.setText("ទេព បូរិន")
    for line in page._first.lines.edits.values():
        line.setText(GIVEN_PASSWORD)
    assert GIVEN_PASSWORD not in str(page.keeper.plain())
    page.keeper.keep()
    program.lock()
    enter(program, "ស្រីនិច", PASSWORD)
    program.desk.pages["today", None].notices.buttons[0]["Continue"].click()
    settle()
    assert program.desk.place == ("settings", None)
    assert program.desk.pages["settings", None].editing.editor.record().name == "ទេព បូរិន"


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus, without a screen
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_each_role_is_shown_what_it_may_do_and_told_why_not_more(program, role, language):
    child = Child(family_name_km="ឡូញ", given_name_km="ពិសី", family_name_latin="Lonh", born=PartialDate.of(2011, 3, 12))
    casework.save_child(program.office, child)
    casework.open_case(program.office, child.id, Case())
    add(program, role)
    enter_first(program)
    program.speak(language)
    settle()
    desk = program.desk
    assert tuple(desk.rail.buttons) == PLACES[role]
    assert desk.place == (PLACES[role][0], None)
    names = role in (Role.CASE_WORKER, Role.SUPERVISOR)
    assert desk.search.isVisible() is desk.arrest_button.isVisible() is names
    failed = []
    program.tasks.failed.connect(failed.append)
    for place in PLACES[role]:
        desk.rail.buttons[place].click()
        settle()
        assert desk.place == (place, None)
        shown = text_of(program.window)
        assert not failed
        if not names:
            assert tr(NO_CASES if role is Role.ADMINISTRATOR else CODES_ONLY) in shown
            assert "ពិសី" not in shown
            assert "Lonh" not in shown
    if not names:
        desk = program.desk
        here = (PLACES[role][0], None)
        desk.go(here)
        desk.go(("child", child.id))
        desk.new_arrest()
        assert desk.place == here


@pytest.mark.slow  # every button of every page; what each role may ask of the services is tried with every run
@pytest.mark.qt_log_ignore("This plugin does not support")  # menus, without a screen
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_no_button_of_any_page_asks_for_what_the_role_may_not_do(program, role, language):
    child = Child(family_name_km="ឡូញ", given_name_km="ពិសី", family_name_latin="Lonh", born=PartialDate.of(2011, 3, 12))
    casework.save_child(program.office, child)
    casework.open_case(program.office, child.id, Case())
    add(program, role)
    enter_first(program)
    program.speak(language)
    settle()
    failed = []
    program.tasks.failed.connect(failed.append)
    _press_all(program, failed)


def _press_all(program, failed):
    """Press every button of every page that can be seen."""
    for place in tuple(program.desk.rail.buttons):
        for at in range(len(_buttons(program.desk.go((place, None))))):
            buttons = _buttons(program.desk.go((place, None)))
            if at < len(buttons):
                said = buttons[at].text()
                buttons[at].click()
                settle()
                assert not failed, (place, said, failed)
                hide_others(program.window)
                settle()
            program.desk._drop((place, None))  # begin anew, whatever stands there now


def _buttons(page):
    settle()
    return [each for each in seen(page, QPushButton) if each.isEnabled() and not each.isCheckable()]


def test_the_minutes_until_it_locks_are_chosen_in_settings(program):
    settings = program.desk.go(("settings", None))
    settings.idle.setCurrentIndex(settings.idle.findData(2))
    settings.idle.activated.emit(settings.idle.currentIndex())
    assert program.office.settings.idle_minutes == 2
    assert program.locking.absence.minutes == 2
    assert accounts.accounts(program.office)[0].own
    assert StaffMember.title


def own_account(program):
    settings = program.desk.go(("settings", None))
    settings.edit_person(accounts.staff_member(program.office, program.office.staff.id))
    settle()
    return settings.editing


def test_who_gives_up_a_role_is_shown_what_is_left_at_once(program):
    page = own_account(program)
    question = page.editor.sections[0].question("roles").editor
    question.set_value((Role.ADMINISTRATOR,))
    question.changed.emit()
    page.save()
    settle()
    assert program.desk.place == ("settings", None)
    assert tuple(program.desk.rail.buttons) == PLACES[Role.ADMINISTRATOR]


def test_an_unfinished_person_is_offered_to_who_has_no_page_but_the_settings(program):
    office = program.office
    office.rights = rights_of((Role.ADMINISTRATOR,))
    program.show_office(office)
    settings = program.desk.go(("settings", None))
    settings.people.add_person()
    settings.editing.editor.sections[0].question("name").editor.line.setText("ទេព បូរិន")
    settings.editing.editor.sections[0].question("name").editor.changed.emit()
    program.desk.flush()
    settle()
    program.lock()
    program._was_at = None  # as after another start: else one is led back to the very line
    settle()
    enter(program, "ស្រីនិច", PASSWORD)
    program.office.rights = rights_of((Role.ADMINISTRATOR,))
    program.show_office(program.office)
    settings = program.desk.go(("settings", None))
    settle()
    (line,) = settings.notices.buttons
    assert tr(StaffMember.title) in text_of(settings.notices)
    line[GO_ON].click()
    settle()
    assert settings.editing.editor.sections[0].question("name").editor.line.text() == "ទេព បូរិន"
