"""Who is where tonight: those held longest first, marks in shapes and words, the case one key away, the paper."""

import json
from datetime import timedelta

import pytest
from looking import cut_off, dressed  # noqa: F401  (the program in its clothes)
from programs import practising, running, seen, settle, show_practice
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton
from test_ui_sight import _clipped
from typing_in import press

from casemgr import clock
from casemgr.i18n import LANGUAGES
from casemgr.records.case import Case
from casemgr.records.fields import Answer
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.staff import StaffMember
from casemgr.services import casework, lists
from casemgr.services.lists import Mark
from ui.parts.list_out import EXPORT, PRINT
from ui.parts.marks import paint_mark
from ui.parts.two_lines import CELL
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request):
    with practising(tmp_path, request.param, 8) as program:
        yield program


@pytest.fixture
def page(program):
    """The page, with a child that was forgotten in custody and is held with adults at its top."""
    rows = lists.who_is_where(program.office)
    with program.office.read() as work:
        arrest = work.get(Arrest, rows[-1].record_id)
    arrest.arrived_at = arrest.arrested_at = clock.now() - timedelta(days=44)
    arrest.held_with_adults = Answer.YES
    for name in ("lawyer_arrived_at", "family_told_at", "agent_told_at", "agent_came_at", "medical_checked_at"):
        setattr(arrest, name, None)
    arrest.questionings = ()
    casework.save_record(program.office, arrest)
    page = program.desk.go(("where", None))
    settle()
    return page


def test_those_held_longest_stand_first_with_all_that_is_known(page, program):
    rows = page.model.rows
    assert rows == lists.who_is_where(program.office)
    assert len(rows) == 4
    assert [row.days for row in rows] == sorted((row.days for row in rows), reverse=True)
    for at, row in enumerate(rows):
        cells = [page.model.index(at, column).data(CELL) for column in range(page.model.columnCount())]
        shown = (row.name_km, row.name_latin)[words().language == "en"]
        assert cells[0].text == shown
        assert cells[0].more == f"{row.child_code}\n{row.case_number}"
        assert (cells[1].text, cells[1].more) == (row.where, tr("Police custody"))
        assert cells[2].text == words().date(row.since.date())
        assert cells[2].more == words().plural("{n} day", "{n} days", row.days)


def test_what_is_wrong_is_marked_with_a_shape_and_in_words(page):
    first = [page.model.index(0, column).data(CELL) for column in range(page.model.columnCount())]
    signs = [cell.sign for cell in first if cell.sign is not None]
    assert signs == [Mark.OVER_LIMIT, Mark.WITH_ADULTS, Mark.NO_VISIT, Mark.NO_LAWYER]
    assert [cell.sign is None for cell in first] == [not cell.alarm for cell in first]
    said = " ".join(cell.said() for cell in first)
    for message in ("Over the limit (not confirmed)", "Yes", "No lawyer yet"):
        assert tr(message) in said
    assert tr("No visit for {days} days", days=words().number(44)) in said
    for at, row in enumerate(page.model.rows):
        marked = any(page.model.index(at, column).data(CELL).sign is Mark.WITH_ADULTS for column in range(7))
        assert marked is (row.with_adults is True)


def test_each_mark_has_a_shape_of_its_own_without_colour():
    shapes = set()
    for mark in Mark:
        image = QImage(24, 24, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_mark(painter, QRectF(2, 2, 18, 18), mark)
        painter.end()
        grey = image.convertToFormat(QImage.Format.Format_Mono)
        shapes.add(bytes(grey.constBits()))
    assert len(shapes) == len(Mark)


def test_a_screen_reader_hears_the_column_with_each_cell(page):
    face = QAccessible.queryAccessibleInterface(page.table)
    said = {face.child(at).text(QAccessible.Text.Name) for at in range(face.childCount())}
    assert any(text.startswith(f"{tr('With adults')}: {tr('Yes')}") for text in said)


def test_enter_opens_the_case_and_back_leads_here_again(page, program):
    press(page.table, Qt.Key.Key_Down)
    row = page.model.rows[1]
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert program.desk.place == ("case", row.case_id)
    program.desk.go_back()
    settle()
    assert program.desk.place == ("where", None)
    assert QApplication.focusWidget() is page.table
    assert page.table.currentIndex().row() == 1


def test_a_child_that_is_let_go_stands_here_no_more(page, program):
    gone = page.model.rows[0]
    with program.office.read() as work:
        arrest = work.get(Arrest, gone.record_id)
    arrest.custody_ended_at = clock.now()
    casework.save_record(program.office, arrest)
    program.desk.go(("today", None))
    program.desk.go(("where", None))
    settle()
    assert gone.record_id not in {row.record_id for row in page.model.rows}


def share(office, cases):
    """Take on a colleague, who carries these cases."""
    staff = StaffMember(name="សុខ សំណាង", name_latin="Sok Samnang")
    with office.write() as work:
        work.add(staff)
        work.flush()
        for case_id in cases:
            work.get(Case, case_id).worker_id = staff.id


def test_with_colleagues_my_cases_come_first(page, program):
    assert not page.whose.isVisible()
    rows = page.model.rows
    share(program.office, [rows[0].case_id])
    page.refresh()
    settle()
    assert page.model.rows == rows[1:]
    page.whose.buttons["office"].setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert page.model.rows == rows
    program.desk.languages.buttons["km" if words().language == "en" else "en"].click()
    settle()
    again = program.desk.pages["where", None]
    assert again is not page
    assert again.model.rows == rows


def test_where_none_of_my_children_is_held_the_whole_office_is_offered(page, program):
    share(program.office, [row.case_id for row in page.model.rows])
    page.refresh()
    settle()
    assert page.nobody_mine.isVisible()
    page.setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle()
    assert len(page.model.rows) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_office_in_which_nobody_is_held_says_so(tmp_path, language):
    with running(tmp_path, language) as program:
        show_practice(program, tmp_path, 0, language)
        page = program.desk.go(("where", None))
        settle()
        assert page.nobody.isVisible()
        assert QApplication.focusWidget() is page.out


@pytest.mark.qt_log_ignore("This plugin does not support (raise\\(\\)|grabbing)", extend=True)
def test_the_list_is_previewed_with_names_only_when_ticked_and_written_down(page, program, qtbot, tmp_path):
    page.out.setFocus()
    press(page.out, Qt.Key.Key_Space)
    offered = [action.text() for action in page.out.menu_shown.actions()]
    assert offered == [tr(PRINT), tr(EXPORT)]  # one way to paper, which is that of this list
    press(page.out.menu_shown, Qt.Key.Key_Return)
    page.window().activateWindow()
    settle()
    preview = page.preview
    qtbot.waitUntil(lambda: preview._is_made)
    assert not preview.options.more.isChecked()
    before = preview.shown.data
    preview.options.more.click()
    assert preview.shown.data != before
    qtbot.waitUntil(lambda: preview._is_made)
    preview.save_to(str(tmp_path / "list.pdf"))
    with program.office.read() as work:
        (line,) = work.find(AuditEntry, action="printed")
    told = {name: pair[1] for name, pair in json.loads(line.changes).items()}
    assert told == {"what": "who-is-where", "language": words().language, "how": "pdf", "mine": False,
                    "with_names": True}  # fmt: skip
    qtbot.waitUntil(lambda: preview.view.sheet.pixmap().width() > 0)
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert page.preview is None
    assert QApplication.focusWidget() is page.out


def test_nothing_is_cut_off_in_a_narrow_window(page, program):
    share(program.office, [])
    program.window.resize(1024, 700)
    page.refresh()
    settle()
    assert program.window.width() == 1024
    assert _clipped(page) == []
    assert cut_off(page.table, page.model) == []
    for at in range(page.model.rowCount()):
        assert page.table.rowHeight(at) >= page.table.sizeHintForRow(at)
    right = page.mapTo(program.window, page.rect().topRight()).x()
    for button in seen(page, QPushButton):
        assert button.mapTo(program.window, button.rect().topRight()).x() <= right
