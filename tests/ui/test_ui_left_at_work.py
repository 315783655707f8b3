"""The window is locked or closed while work is under way, as in an office: the store is asked beside the window."""

import threading
from datetime import timedelta

import pytest
from offices import with_arrest
from programs import PASSWORD, locked_office, threaded

from casemgr import clock
from casemgr.services import case_files, drafts, lists
from casemgr.services.office import open_office

pytestmark = pytest.mark.usefixtures("qtbot")
UNIT = "អធិការដ្ឋានថ្មី"


@pytest.fixture
def case_id(tmp_path):
    locked_office(tmp_path)
    office = open_office(tmp_path / "office", "", PASSWORD)
    case_id = with_arrest(office)
    office.close()
    return case_id


def quiet(program, qtbot):
    qtbot.waitUntil(lambda: program.tasks.is_idle and program.background.is_idle, timeout=20_000)


def unlock(program, qtbot):
    quiet(program, qtbot)
    program.open("", PASSWORD)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
    quiet(program, qtbot)


@pytest.fixture
def program(tmp_path, case_id, qtbot):  # noqa: ARG001  (the case is there before the program)
    with threaded(tmp_path, "en", qtbot) as program:
        unlock(program, qtbot)
        yield program


@pytest.fixture
def busy(program):
    """The store is busy with something until it is set."""
    go_on = threading.Event()
    program.tasks.run(lambda: go_on.wait(20))
    yield go_on
    go_on.set()


@pytest.fixture
def after(tmp_path, qtbot):
    """Return the office, opened once the program has let go of it."""
    opened = []

    def look(program):
        quiet(program, qtbot)
        opened.append(open_office(tmp_path / "office", "", PASSWORD))
        return opened[0]

    yield look
    for office in opened:
        office.close()


def edit_arrest(program, case_id, qtbot):
    page = program.desk.go(("case", case_id))
    qtbot.waitUntil(lambda: page.file is not None)
    [arrest] = page.file.records
    page.edit(arrest)
    quiet(program, qtbot)
    return page.editing, arrest


def test_what_a_refused_save_held_is_a_draft_though_the_window_was_locked_meanwhile(program, case_id, after, qtbot):
    page, arrest = edit_arrest(program, case_id, qtbot)
    page.editor.answer("police_unit", UNIT)
    page.editor.answer("arrived_at", arrest.arrested_at - timedelta(days=3))
    page.save()
    program.lock()
    office = after(program)
    [kept] = drafts.drafts(office)
    assert drafts.draft(office, kept.key)["police_unit"] == UNIT
    assert kept.case_id == case_id


def test_what_was_saved_is_no_draft_though_the_window_was_locked_meanwhile(program, case_id, after, qtbot):
    page, _ = edit_arrest(program, case_id, qtbot)
    page.editor.answer("police_unit", UNIT)
    page.keeper.keep()
    page.save()
    program.lock()
    office = after(program)
    assert drafts.drafts(office) == []
    [saved] = case_files.case_file(office, case_id, log=False).records
    assert saved.police_unit == UNIT


@pytest.mark.parametrize("refused", [True, False])
def test_a_new_arrest_that_is_being_saved_is_a_case_or_a_draft_and_never_both(program, after, refused):
    program.desk.new_arrest()
    page = program.desk.pages["arrest", None]
    page.child.answer("family_name_km", "សុខ")
    page.arrest.answer("arrested_at", clock.now() + timedelta(days=40 if refused else -1))
    if not refused:
        page.keep()
    page.save()
    program.lock()
    office = after(program)
    assert len(lists.cases(office)) == (1 if refused else 2)
    assert [row.key for row in drafts.drafts(office)] == ([page.key] if refused else [])
