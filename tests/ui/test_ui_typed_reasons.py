"""A reason that was typed in a dialog when the window locked stands there when the dialog is opened again."""

import pytest
from keeping import closed_child
from offices import with_arrest
from programs import PASSWORD, dialog, locked_office, running, settle
from PySide6.QtWidgets import QLineEdit

from casemgr.exchange import primero
from casemgr.records.kept import Draft
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.retention import ErasingWay
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, follow_ups
from casemgr.services.office import open_office
from casemgr.services.rights import rights_of
from ui.pages.follow_up_export import NAMED, ExportDialog
from ui.pages.keeping_dialogs import EraseDialog
from ui.pages.send_dialogs import SendContactsDialog
from ui.pages.take_out import TakeOutDialog
from ui.parts.reason_dialog import ReasonDialog

pytestmark = pytest.mark.usefixtures("qtbot")
WHY = "តុលាការស្នើសុំ"
OTHER = "another long password"


@pytest.fixture
def program(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        program.open("", PASSWORD)
        settle()
        yield program


def _case(program):
    page = program.desk.go(("case", program.case_id))
    settle()
    return page


def _remove(program):
    page = _case(program)
    page.ask_to_remove(page.file.of(Arrest)[-1])


def _send(program):
    _case(program).going.ask_to_send(primero.SYSTEM)


def _hold(program):
    page = program.desk.go(("child", program.child_id))
    settle()
    page.hold.ask()


def _export(program):
    asked = ExportDialog(program.office, program.tasks, follow_ups.filter_of(program.office), program.desk)
    asked.choose_names(NAMED)
    asked.open()


def _contacts(program):
    SendContactsDialog(program.office, program.tasks, program.desk).open()


def _erase(program):
    """As who looks after the office alone, and writes in no case."""
    program.office.rights = rights_of((Role.ADMINISTRATOR,))
    EraseDialog(program.office, program.tasks, [program.child_id], [ErasingWay.ERASE], program.desk).open()


def _take_out(program):
    TakeOutDialog(program.office, program.tasks, program.window).open()


def line_of(asked) -> QLineEdit:
    if isinstance(asked, EraseDialog):
        return asked.lines.edits["reason"]
    return asked.line if isinstance(asked, ReasonDialog) else asked.reason.edits["reason"]


def _list_with_names(program):
    program.desk.go(("cases", None)).out.export()
    dialog().choose_names(NAMED)


def _list_of_cases(program):
    program.desk.go(("cases", None)).out.export()


@pytest.mark.parametrize("ask", [_remove, _send, _hold, _export, _contacts, _erase, _take_out, _list_with_names])
def test_a_typed_reason_comes_back_once(program, ask):
    program.case_id, program.child_id = with_arrest(program.office), closed_child(program.office).id
    ask(program)
    settle()
    line_of(dialog()).setText(WHY)
    program.lock()
    settle()
    program.open("", PASSWORD)
    settle()
    ask(program)
    settle()
    assert line_of(dialog()).text() == WHY
    dialog().done(0)
    settle()
    ask(program)
    settle()
    assert line_of(dialog()).text() == ""
    dialog().done(0)


def test_a_reason_for_names_in_a_list_stays_in_memory_sealed_and_names_are_chosen_anew(program):
    _list_with_names(program)
    line_of(dialog()).setText(WHY)
    passphrase = dialog().passphrase.lines.edits["password"]
    passphrase.setText("four words make one")
    program.lock()
    settle()
    assert WHY.encode() not in program._was_at.typed
    program.open("", PASSWORD)
    settle()
    assert program._was_at is None
    program.lock()  # before it was asked for again
    settle()
    program.open("", PASSWORD)
    settle()
    with program.office.read() as work:
        assert work.find(Draft) == []
    _list_of_cases(program)
    asked = dialog()
    assert not asked.named, "nobody chose names for this list"
    asked.choose_names(NAMED)
    assert line_of(asked).text() == WHY
    assert asked.passphrase.lines.edits["password"].text() == ""
    asked.done(0)


def test_what_another_worker_typed_is_shown_to_nobody_else(program, tmp_path):
    office = program.office
    other = StaffMember(name="ទេព បូរិន", roles=tuple(Role))
    accounts.add_account(office, other, PASSWORD)
    _list_with_names(program)
    line_of(dialog()).setText(WHY)
    program.lock()
    settle()
    own = open_office(tmp_path / "office", "ទេព បូរិន", PASSWORD)
    accounts.change_password(own, PASSWORD, OTHER)
    own.close()
    program.open("ទេព បូរិន", OTHER)
    settle()
    assert program.office.staff.id == other.id
    assert program.office.held_over == {}
    program.lock()
    settle()
    program.open("ស្រីនិច", PASSWORD)
    settle()
    assert program.office.held_over == {}, "it went when somebody else opened the office"


def test_the_name_of_a_list_to_be_saved_comes_back(program):
    lists = program.desk.go(("cases", None)).lists
    lists.ask_name()
    dialog().name.setText("Held in Siem Reap")
    dialog().shared.setChecked(True)
    program.lock()
    settle()
    program.open("", PASSWORD)
    settle()
    program.desk.go(("cases", None)).lists.ask_name()
    assert dialog().typed() == {"name": "Held in Siem Reap", "shared": True}
    dialog().done(0)
