"""Today: whose deadlines, how far ahead, under which headings; the week sheet and the file for a calendar."""

import json
from datetime import timedelta

import icalendar
import pytest
from looking import cut_off, dressed  # noqa: F401  (the program in its clothes)
from programs import practising, seen, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from test_ui_sight import _clipped
from typing_in import press

from casemgr import clock
from casemgr.exchange.writing import NO_FOLDER
from casemgr.i18n import LANGUAGES
from casemgr.law.deadlines import DeadlineState
from casemgr.records.case import Case
from casemgr.records.kept import AuditEntry
from casemgr.records.staff import StaffMember
from casemgr.services import lists
from ui.pages.today_model import Section
from ui.words import tr, words, wrapped

pytestmark = pytest.mark.usefixtures("qtbot")
SPREAD = (-50, -1, 2, 30, 70, 200, 400, 800)
"""Hours from now on at which the clocks of the tests are due."""


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request):
    with practising(tmp_path, request.param, 8) as program:
        yield program


@pytest.fixture
def today(program):
    return program.desk.pages["today", None]


@pytest.fixture
def spread(today):
    """Today with clocks of hours and of days that are due at all times."""
    first, now = today.model.rows, clock.now()
    rows = [
        first[at % len(first)]._replace(due_at=now + timedelta(hours=hours), whole_day=False)
        for at, hours in enumerate(SPREAD)
    ]
    show(today, rows, now)
    return today


def show(today, rows, now):
    today.model.show_rows(rows, now)
    today._lay_out(None)


def share(office, cases):
    """Take on a colleague, who carries the first of the cases; return the colleague."""
    staff = StaffMember(name="សុខ សំណាង", name_latin="Sok Samnang")
    with office.write() as work:
        work.add(staff)
        work.flush()
        for case_id in cases:
            work.get(Case, case_id).worker_id = staff.id
    return staff


def headings(today):
    return [line for line in today.model.lines if isinstance(line, Section)]


def test_clocks_stand_under_the_heading_of_how_soon_they_are_due(spread):
    assert headings(spread) == list(Section)
    under, found = None, {}
    for at, line in enumerate(spread.model.lines):
        if isinstance(line, Section):
            under = line
            assert spread.model.index(at, 0).data() == tr(line.value)
            assert spread.table.columnSpan(at, 0) == spread.model.columnCount()
        else:
            found.setdefault(under, []).append(line)
            assert spread.table.columnSpan(at, 0) == 1
    now = spread.model.now
    assert [row for rows in found.values() for row in rows] == spread.model.rows
    assert all(row.standing(now) is DeadlineState.OVER for row in found[Section.OVER])
    assert all(row.due_at.date() <= now.date() + timedelta(days=3) for row in found[Section.SOON])
    assert all(row.due_at.date() > now.date() + timedelta(days=14) for row in found[Section.LATER])


def test_the_keyboard_moves_past_headings_and_the_first_brings_its_heading_into_view(spread, program):
    table, model = spread.table, spread.model
    program.window.resize(1024, 420)
    settle()
    table.setFocus()
    rows = [at for at in range(model.rowCount()) if model.clock_at(at) is not None]
    met = [table.currentIndex().row()]
    for _ in rows[1:]:
        press(table, Qt.Key.Key_Down)
        met.append(table.currentIndex().row())
    assert met == rows
    press(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == rows[-1]
    for _ in rows[1:]:
        press(table, Qt.Key.Key_Up)
    assert table.currentIndex().row() == rows[0]
    assert table.rowViewportPosition(0) == 0
    press(table, Qt.Key.Key_Up)
    assert table.currentIndex().row() == rows[0]
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home):
        press(table, key, Qt.KeyboardModifier.ControlModifier if key in (Qt.Key.Key_End, Qt.Key.Key_Home) else
              Qt.KeyboardModifier.NoModifier)  # fmt: skip
        assert table.currentIndex().row() in rows
    assert table.currentIndex().row() == rows[0]


def test_a_heading_can_neither_be_chosen_nor_opened(spread):
    asked = []
    spread.case_asked.connect(asked.append)
    heading = spread.model.index(spread.model.headings()[1], 0)
    assert not heading.flags() & (Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
    spread.table.opened.emit(heading.row())
    assert asked == []
    spread.table.opened.emit(heading.row() + 1)
    assert asked == [spread.model.clock_at(heading.row() + 1).case_id]


def test_a_screen_reader_hears_the_headings(spread):
    face = QAccessible.queryAccessibleInterface(spread.table)
    said = [face.child(at).text(QAccessible.Text.Name) for at in range(face.childCount())]
    for at in spread.model.headings():
        heading = tr(spread.model.lines[at].value)
        assert heading in said
        assert f"{heading}. {spread.model.cell(at + 1, 0).said()}" in said


def test_time_leads_a_clock_under_the_next_heading_and_the_choice_stays(spread, monkeypatch):
    at = next(at for at, line in enumerate(spread.model.lines) if line is Section.SOON) + 1
    row = spread.model.clock_at(at)
    spread.table.setCurrentIndex(spread.model.index(at, 0))
    before = len(headings(spread))
    monkeypatch.setattr(clock, "now", lambda: row.due_at + timedelta(minutes=1))
    spread.tick()
    over = spread.model.lines[: spread.model.headings()[1]]
    assert row in over
    assert spread.model.clock_at(spread.table.currentIndex().row()) == row
    assert spread.counts[DeadlineState.OVER].isVisible()
    assert len(headings(spread)) == before
    assert all(spread.table.columnSpan(line, 0) > 1 for line in spread.model.headings())


def test_where_the_day_counts_the_days_left_are_said(today):
    now, row = clock.now(), today.model.rows[0]
    days = (0, 1, 14)
    rows = [
        row._replace(whole_day=True, due_at=clock.local(now.year, now.month, now.day, 23, 59) + timedelta(days=each))
        for each in days
    ]
    show(today, rows, now)
    said = [today.model.cell(at, 0).text for at in range(today.model.rowCount()) if today.model.clock_at(at)]
    assert said == [tr("due today"), *(words().plural("{n} day left", "{n} days left", each) for each in days[1:])]


def test_alone_in_the_office_nobody_is_asked_whose_cases(today, program):
    assert not today.whose.isVisible()
    assert {row.case_id for row in today.model.rows} == {row.case_id for row in whole(program.office)}


def whole(office):
    return [row for row in lists.today(office) if row.due_at < clock.now() + timedelta(days=14)]


def test_with_colleagues_my_cases_come_first_and_the_whole_office_is_one_key_away(today, program):
    theirs = today.model.rows[0].case_id
    share(program.office, [theirs])
    today.refresh()
    settle()
    assert today.whose.isVisible()
    assert today.mine
    assert theirs not in {row.case_id for row in today.model.rows}
    today.whose.buttons["office"].setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert theirs in {row.case_id for row in today.model.rows}
    assert today.state() == {"mine": False}


def test_how_far_ahead_is_chosen_with_the_keyboard(today, program):
    assert today.horizon.value == "14"
    today.horizon.buttons["14"].setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Right)
    settle()
    assert today.horizon.value == "None"
    assert today.model.rows == lists.today(program.office)
    press(QApplication.focusWidget(), Qt.Key.Key_Left)
    press(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert today.horizon.value == "3"
    assert set(headings(today)) <= {Section.OVER, Section.SOON}
    assert today.state() == {"days": 3}


def test_another_language_keeps_what_was_chosen(today, program):
    share(program.office, [today.model.rows[0].case_id])
    today.refresh()
    today.whose.buttons["office"].click()
    today.horizon.buttons["None"].click()
    program.desk.languages.buttons["km" if words().language == "en" else "en"].click()
    settle()
    again = program.desk.pages["today", None]
    assert again is not today
    assert (again.whose.value, again.horizon.value) == ("office", "None")
    assert again.model.rows == lists.today(program.office)


def test_where_nothing_is_due_soon_all_can_be_shown(today, program):
    share(program.office, [row.case_id for row in lists.today(program.office)])
    today.refresh()
    settle()
    assert today.nothing_here.isVisible()
    assert not today.calendar_button.isEnabled()
    today.setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle()
    assert today.table.isVisible()
    assert today.model.rows == lists.today(program.office)


def printed(office):
    with office.read() as work:
        lines = work.find(AuditEntry, action="printed")
    return [{name: pair[1] for name, pair in json.loads(line.changes).items()} for line in lines]


def test_the_week_sheet_is_previewed_saved_and_written_down(today, program, qtbot, tmp_path):
    today.week_button.setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    preview = today.preview
    qtbot.waitUntil(lambda: preview.view.sheet.pixmap().width() > 0)
    before = preview.shown.data
    preview.options.more.click()
    assert preview.shown.data != before
    named = preview.shown.data
    preview.options.languages["en" if preview.language == "km" else "km"].click()
    assert preview.shown.data != named
    qtbot.waitUntil(lambda: preview._is_made)
    preview.save_to(str(tmp_path / "week.pdf"))
    assert (tmp_path / "week.pdf").read_bytes() == preview.shown.data
    assert printed(program.office) == [
        {"what": "week-sheet", "language": preview.language, "how": "pdf", "first": clock.today().isoformat(),
         "mine": False, "with_names": True},
    ]  # fmt: skip
    qtbot.waitUntil(lambda: preview.isAncestorOf(QApplication.focusWidget()))
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert today.preview is None
    assert QApplication.focusWidget() is today.week_button


def test_the_week_sheet_is_of_the_cases_that_are_shown(today, program, qtbot):
    share(program.office, [])
    today.refresh()
    today.week_button.click()
    preview = today.preview
    qtbot.waitUntil(lambda: preview._is_made)
    preview.save_to(str(program.office.folder.parent / "week.pdf"))
    assert printed(program.office)[0]["mine"] is True
    program.desk.go(("children", None))
    program.desk.go_back()
    assert preview.isAncestorOf(QApplication.focusWidget())
    preview.leave()


def test_what_is_shown_is_saved_for_a_calendar_and_written_down(today, program, tmp_path):
    today.calendar_button.setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Space)
    asked = seen(today, QFileDialog)[0] if seen(today, QFileDialog) else QApplication.activeModalWidget()
    assert isinstance(asked, QFileDialog)
    target = tmp_path / "deadlines.ics"
    asked.fileSelected.emit(str(target))
    asked.reject()
    settle()
    found = icalendar.Calendar.from_ical(target.read_text("utf-8")).walk("VEVENT")
    assert len(found) == len(today.model.rows)
    assert {str(event["SUMMARY"]) for event in found} == {
        f"{row.case_number} · {tr(row.label)}" for row in today.model.rows
    }
    assert "deadlines.ics" in today.said.text()
    with program.office.read() as work:
        assert work.find(AuditEntry, action="exported")


def test_a_file_that_cannot_be_written_is_said_above_the_list(today, program, tmp_path):
    today.save_calendar(str(tmp_path / "no such folder" / "x.ics"))
    assert wrapped(tr(NO_FOLDER)) == today.said.text()
    today.save_calendar(str(program.office.folder / "x.ics"))
    assert wrapped(tr("This is the office's own folder. Choose another folder for papers.")) == today.said.text()
    today.say("")
    assert not today.said.isVisible()


def test_nothing_is_cut_off_in_a_narrow_window(spread, program):
    share(program.office, [])
    program.window.resize(1024, 700)
    spread.refresh()
    settle()
    spread.say(tr("The file could not be written there. Choose another folder."))
    settle()
    assert program.window.width() == 1024
    assert _clipped(spread) == []
    assert cut_off(spread.table, spread.model) == []
    right = spread.mapTo(program.window, spread.rect().topRight()).x()
    for button in seen(spread, QPushButton):
        assert button.mapTo(program.window, button.rect().topRight()).x() <= right
