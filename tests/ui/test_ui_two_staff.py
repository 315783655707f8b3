"""Two people at one laptop edit the same record in turn: both versions are shown, both stay, nothing is overwritten."""

import pytest
from programs import PASSWORD, dialog, locked_office, running, settle
from PySide6.QtCore import Qt
from typing_in import press, write_here

from casemgr.i18n import LANGUAGES
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.staff import Role, StaffMember
from casemgr.services import case_files, history, lists
from casemgr.services.office import open_office
from casemgr.services.practice import fill_practice
from casemgr.store.keys import PRACTICE_COST
from ui.editors.compare import CompareDialog
from ui.pages.draft_notices import GO_ON

pytestmark = pytest.mark.usefixtures("qtbot")
FIRST, SECOND, SECOND_PASSWORD = "ស្រីនិច", "ទេព បូរិន", "another four long words"
MINE, THEIRS = "ខ្ញុំសរសេរ", "គាត់សរសេរ"


@pytest.fixture(params=LANGUAGES)
def program(request, tmp_path):
    locked_office(tmp_path)
    office = open_office(tmp_path / "office", "", PASSWORD)
    fill_practice(office, 2, 7)
    second = StaffMember(name=SECOND, name_latin="Tep Borin", roles=(Role.SUPERVISOR,))
    with office.store.changing_keys() as change:
        change.work.add(second)
        change.keys.add(second.id, SECOND, SECOND_PASSWORD, PRACTICE_COST, change.data_key)
    office.close()
    with running(tmp_path, request.param) as program:
        yield program


def sit_down(program, name, password):
    """Lock the window, and sign in as somebody."""
    if program.office is not None:
        program.lock()
        settle()
    lines = program.window.page.door.lines.edits
    lines["name"].setText(name)
    lines["password"].setText(password)
    press(lines["password"], Qt.Key.Key_Return)
    settle()
    assert program.office.staff.name == name


def open_arrest(program, case_id):
    page = program.desk.go(("case", case_id))
    settle()
    page.edit(page.file.of(Arrest)[0])
    settle()
    return page.editing


def type_into(editing, name, text):
    editing.editor.focus_field(name)
    write_here(text)


def kept(program, case_id):
    return case_files.case_file(program.office, case_id, log=False).of(Arrest)[0]


def test_two_staff_edit_one_record_and_both_versions_stay(program):
    sit_down(program, FIRST, PASSWORD)
    case_id = next(
        row.id for row in lists.cases(program.office)
        if case_files.case_file(program.office, row.id, log=False).of(Arrest)
    )  # fmt: skip
    before = kept(program, case_id)
    type_into(open_arrest(program, case_id), "officer", MINE)

    sit_down(program, SECOND, SECOND_PASSWORD)  # the first one was called away
    editing = open_arrest(program, case_id)
    assert not editing.draft_bar.isVisible()  # what somebody else is typing is not shown
    type_into(editing, "officer", THEIRS)
    type_into(editing, "place_text", THEIRS)
    editing.save()
    settle()
    theirs = kept(program, case_id)
    assert theirs.officer.startswith(THEIRS)

    sit_down(program, FIRST, PASSWORD)
    program.desk.go(("today", None)).notices.buttons[0][GO_ON].click()
    settle()
    editing = program.desk.stack.currentWidget().editing
    assert editing.message.isVisible()  # it is said at once that somebody else saved it meanwhile
    editing.save()
    settle()
    shown = dialog()
    assert isinstance(shown, CompareDialog)
    assert "officer" in shown.pairs
    assert kept(program, case_id).officer == theirs.officer
    assert not shown.keep.isEnabled()  # both answered it: somebody has to choose
    shown.pairs["officer"][0].click()
    shown.accept()
    settle()
    last = kept(program, case_id)
    assert last.officer.startswith(MINE)
    assert last.place_text == theirs.place_text  # what only the other one answered stays
    assert last.version == theirs.version + 1 == before.version + 2

    versions = history.of_record(program.office, last)
    officers = [(change.before, change.after) for version in versions[:2] for change in version.changes
                if change.info.name == "officer"]  # fmt: skip
    assert officers == [(theirs.officer, last.officer), (before.officer, theirs.officer)]
    assert len({version.who for version in versions[:2]}) == 2
