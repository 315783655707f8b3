"""An arrest is taken down once: whatever happens while it is saved, there is one case and nothing typed is lost."""

from threading import Event

import pytest
from programs import running, show_practice
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import text
from typing_in import write

from casemgr.services import drafts, lists
from ui.pages.arrest import ArrestPage
from ui.tasks import Tasks

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def program(tmp_path):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 0, "en")
        yield program


@pytest.fixture
def page(program):
    program.desk.new_arrest()
    page = program.desk.pages["arrest", None]
    write(name_line(page), "ឃុន")
    return page


def name_line(page):
    return page.child.sections[0].question("family_name_km").editor.line


def test_nothing_is_typed_while_an_arrest_is_saved(program, page, qtbot):
    free, saved = Event(), []
    page._tasks = Tasks(program)
    page.saved.connect(saved.append)
    page._tasks.run(free.wait)  # the store is busy
    page.save()
    line = name_line(page)
    QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Y, Qt.KeyboardModifier.NoModifier, "y"))
    assert line.text() == "ឃុន"
    page.save()
    free.set()
    qtbot.waitUntil(lambda: bool(saved))
    program.desk.flush()
    qtbot.waitUntil(lambda: page._tasks.is_idle)
    assert len(lists.cases(program.office)) == 1
    assert drafts.drafts(program.office) == []


def test_a_draft_that_cannot_be_thrown_away_is_not_a_save_that_failed(program, page):
    page.keep()
    with program.office.write() as work:
        stay = "CREATE TRIGGER stay BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'it stays'); END"
        work.session.connection().execute(text(stay))
    told = []
    program.tasks.failed.disconnect(program.tell)
    program.tasks.failed.connect(told.append)
    page.save()
    assert len(told) == 1
    assert program.desk.place == ("case", lists.cases(program.office)[0].id)
    assert [row.key for row in drafts.drafts(program.office)] == [page.key]


def test_an_arrest_keeps_its_case_in_its_draft_and_in_a_page_built_anew(program, page, qtbot):
    again = ArrestPage(program.office, program.tasks)
    qtbot.addWidget(again)
    again.restore_state(page.state())
    assert again.key == page.key
    again.keep()
    assert [row.key for row in drafts.drafts(program.office)] == [page.key]
    again.save()
    assert f"new-arrest/{lists.cases(program.office)[0].id}" == page.key
