"""The list of children to be followed up: narrowed, counted, called one after the other, all by keyboard."""

from datetime import timedelta

import pytest
from looking import cut_off, dressed  # noqa: F401  (the program in its clothes)
from programs import dialog, practising, running, seen, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QPushButton
from releases import followed, released
from test_ui_sight import _clipped
from typing_in import press, write_here

from casemgr import clock
from casemgr.i18n import LANGUAGES
from casemgr.measures.index_events import IndexKind
from casemgr.records.case import Case
from casemgr.records.fields import Answer
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import FollowUpHow, FollowUpStatus, Reached
from casemgr.records.pathway.follow_up_change import FollowUpChange, ScheduleDeed, SchedulePoint
from casemgr.records.staff import StaffMember
from casemgr.services import case_files, drafts, follow_ups
from casemgr.services.follow_ups import FollowUpStanding
from ui.parts.two_lines import CELL
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(params=LANGUAGES)
def program(tmp_path, request):
    with practising(tmp_path, request.param) as program:
        yield program


@pytest.fixture
def cases(program):
    """Three children: one overdue by 13 days, one that is due in 2 days, one that nobody finds any more."""
    office = program.office
    overdue, due = released(office, 20), released(office, 5, name=1, village="12010101", phone=False)
    lost = released(office, 400, name=2)
    followed(office, lost, 300, how=FollowUpHow.HOME, status=FollowUpStatus.LOST, reached=Reached.NOBODY)
    return overdue, due, lost


@pytest.fixture
def page(cases, program):  # noqa: ARG001  (the cases stand in the list)
    page = program.desk.go(("follow-ups", None))
    settle()
    return page


def shown(page):
    return [line.row.row.case_id for line in page.list.model.lines]


def cells(page, at):
    model = page.list.model
    return [model.index(at, column).data(CELL) for column in range(model.columnCount())]


def here():
    return QApplication.focusWidget()


def share(office, cases):
    """Take on a colleague, who carries these cases."""
    staff = StaffMember(name="សុខ សំណាង", name_latin="Sok Samnang")
    with office.write() as work:
        work.add(staff)
        work.flush()
        for case_id in cases:
            work.get(Case, case_id).worker_id = staff.id
    return staff.id


def test_those_overdue_longest_stand_first_with_all_that_is_known(page, cases, program):
    overdue, due, lost = cases
    assert here() is page.list.table
    assert shown(page) == [overdue, due, lost]
    assert [line.row.row for line in page.list.model.lines] == follow_ups.follow_up_list(program.office)
    first = cells(page, 0)
    assert first[0].text == ("ចាន់ ដារ៉ា" if words().language == "km" else "Chan Dara")
    assert "SR-C-0001" in first[0].more
    assert first[1].text == words().plural("over by {n} day", "over by {n} days", 13)
    assert first[1].alarm
    assert first[2].text == tr("Release from detention")
    assert words().plural("{n} day ago", "{n} days ago", 20) in first[2].more
    assert first[3].text == tr("No follow-up yet")
    assert first[4].text.replace("\u00a0", " ") == "097 555 0123"
    assert first[4].doubt == tr("No consent to contact")
    assert cells(page, 1)[1].text == words().plural("{n} day left", "{n} days left", 2)
    assert cells(page, 1)[4].text == tr("No number")
    assert cells(page, 2)[1].text == tr("Lost since {date}", date=words().date(clock.today() - timedelta(days=300)))
    face = QAccessible.queryAccessibleInterface(page.list.table)
    said = {face.child(at).text(QAccessible.Text.Name) for at in range(face.childCount())}
    assert any(text.startswith(f"{tr('Next follow-up')}: {first[1].text}") for text in said)


def test_each_standing_is_counted_and_shown_alone(page, cases):
    counts = {"all": 3, "overdue": 1, "due": 1, "coming": 0, "lost": 1}
    for (key, count), expected in zip(
        counts.items(), (list(cases), [cases[0]], [cases[1]], [], [cases[2]]), strict=True
    ):
        button = page.list.toggle.buttons[key]
        assert f"({words().number(count)})" in button.text()
        button.setFocus()
        press(button, Qt.Key.Key_Space)
        assert shown(page) == expected
    page.list.choose(standing="coming")
    assert page.list.nobody_here.isVisible()
    page.list.setFocus()
    press(here(), Qt.Key.Key_Space)
    assert shown(page) == list(cases)


def test_the_list_is_narrowed_by_province_and_kind_with_the_counts(page, cases):
    page.list.place.setFocus()
    page.list.place.setCurrentIndex(page.list.place.findData("12"))
    page.list.place.activated.emit(page.list.place.currentIndex())
    assert shown(page) == [cases[1]]
    assert f"({words().number(1)})" in page.list.toggle.buttons["all"].text()
    assert f"({words().number(0)})" in page.list.toggle.buttons["overdue"].text()
    page.list.choose(place=None, kind=IndexKind.DIVERSION)
    assert shown(page) == []
    page.list.show_all()
    assert shown(page) == list(cases)


def test_with_colleagues_my_cases_come_first_and_each_of_them_can_be_chosen(page, cases, program):
    assert not page.list.whose.isVisible()
    other = share(program.office, cases[:1])
    page.refresh()
    settle()
    assert page.list.whose.isVisible()
    assert shown(page) == list(cases[1:])
    for key, expected in (("office", list(cases)), (str(other), [cases[0]]), ("mine", list(cases[1:]))):
        page.list.whose.setCurrentIndex(page.list.whose.findData(key))
        page.list.whose.activated.emit(page.list.whose.currentIndex())
        assert shown(page) == expected


def test_enter_calls_a_child_and_save_and_next_calls_the_one_below(page, cases, program):
    press(here(), Qt.Key.Key_Return)
    settle()
    assert page.call.case_id == cases[0]
    press(here(), Qt.Key.Key_W)
    press(here(), Qt.Key.Key_Return, CONTROL)
    settle()
    assert page.call.case_id == cases[1]
    assert here() is page.call.keys.buttons["W"]
    assert program.desk.undo_bar.isVisible()
    press(here(), Qt.Key.Key_N)
    press(here(), Qt.Key.Key_S, CONTROL)
    settle()
    assert page.call is None
    assert here() is page.list.table
    assert page.list.current.case_id == cases[2]
    record = case_files.case_file(program.office, cases[0], log=False).of(FollowUp)[0]
    assert (record.status, record.new_contact) == (FollowUpStatus.WELL, Answer.NO)
    assert page.list.model.lines[0].row.row.standing is FollowUpStanding.DUE


def test_the_last_child_of_the_list_has_no_next(page, cases):
    page.list.table.setCurrentIndex(page.list.model.index(2, 0))
    press(here(), Qt.Key.Key_Return)
    settle()
    assert page.call.case_id == cases[2]
    assert not page.call.next_button.isVisible()
    page.call.choose("W")
    press(here(), Qt.Key.Key_Return, CONTROL)
    settle()
    assert page.call is None


def test_esc_leads_back_to_the_same_child(page, cases):
    press(here(), Qt.Key.Key_Down)
    press(here(), Qt.Key.Key_Return)
    settle()
    press(here(), Qt.Key.Key_Escape)
    settle()
    assert page.call is None
    assert here() is page.list.table
    assert page.list.current.case_id == cases[1]


def test_the_case_is_opened_from_the_list_and_from_the_call(page, cases, program):
    press(here(), Qt.Key.Key_O, CONTROL)
    settle()
    assert program.desk.place == ("case", cases[0])
    program.desk.go_back()
    settle()
    assert here() is page.list.table
    press(here(), Qt.Key.Key_Return)
    settle()
    next(each for each in seen(page.call.person, QPushButton) if each.text() == tr("Open the case")).click()
    settle()
    assert program.desk.place == ("case", cases[0])
    program.desk.go_back()
    settle()
    assert page.call.case_id == cases[0]


def test_a_call_goes_on_in_the_other_language(page, cases, program):
    page.list.choose(standing="overdue")
    page.list.setFocus()
    press(here(), Qt.Key.Key_Return)
    settle()
    press(here(), Qt.Key.Key_M)
    page.call.page.editor.focus_field("notes")
    write_here("ទៅធ្វើការនៅភ្នំពេញ")
    program.desk.languages.buttons["km" if words().language == "en" else "en"].click()
    settle()
    again = program.desk.pages["follow-ups", None]
    assert again is not page
    assert again.call.case_id == cases[0]
    assert again.call.page.editor.record().status is FollowUpStatus.MOVED
    assert again.call.page.editor.record().notes == "ទៅធ្វើការនៅភ្នំពេញ"
    assert again.call.page.editor.standing().field == "notes"
    assert again.list.toggle.value == "overdue"


def test_what_is_typed_during_a_call_becomes_a_draft_of_the_case(page, cases, program):
    press(here(), Qt.Key.Key_Return)
    settle()
    page.call.choose("R")
    page.flush()
    (row,) = drafts.drafts(program.office)
    assert row.case_id == cases[0]
    today = program.desk.go(("today", None))
    settle()
    program.desk.open_draft(row)
    settle()
    assert program.desk.place == ("case", cases[0])
    assert program.desk.pages["case", cases[0]].editing.editor.record().status is FollowUpStatus.REFUSED
    assert today is not None


def test_a_date_of_the_schedule_is_moved_with_a_reason(page, cases, program):
    press(here(), Qt.Key.Key_Return)
    settle()
    move = next(each for each in seen(page.call.person, QPushButton) if each.text() == tr("Move…"))
    move.setFocus()
    press(move, Qt.Key.Key_Space)
    settle()
    asked = dialog()
    asked.save()
    assert asked.isVisible()  # neither date nor reason is there
    asked.editor.answer("new_on", clock.today() + timedelta(days=9))
    asked.editor.focus_field("reason")
    write_here("គ្រួសារទៅច្រូតស្រូវ")
    asked.save()
    settle()
    (change,) = case_files.case_file(program.office, cases[0], log=False).of(FollowUpChange)
    assert (change.point, change.deed) == (SchedulePoint.WEEK_1, ScheduleDeed.MOVED)
    assert change.new_on == clock.today() + timedelta(days=9)
    said = " ".join(label.text() for label in seen(page.call.person, type(page.call.page.note)))
    assert words().date(change.new_on) in said
    assert tr("Reason: {why}", why=change.reason) in said.replace("\u200b", "")
    assert program.desk.undo_bar.isVisible()
    program.window.activateWindow()
    settle()
    assert here() is page.call.keys.buttons["W"]
    press(here(), Qt.Key.Key_Escape)
    settle()
    assert page.list.model.row(0).case_id == cases[1]


def test_a_date_of_the_schedule_is_left_out_with_a_reason(page, cases, program):
    press(here(), Qt.Key.Key_Return)
    settle()
    next(each for each in seen(page.call.person, QPushButton) if each.text() == tr("Leave out…")).click()
    settle()
    asked = dialog()
    assert not asked.editor.is_asked("new_on")
    write_here("កុមារនៅមន្ទីរពេទ្យ")
    asked.save()
    settle()
    (change,) = case_files.case_file(program.office, cases[0], log=False).of(FollowUpChange)
    assert (change.deed, change.new_on) == (ScheduleDeed.SKIPPED, None)
    assert follow_ups.follow_up_list(program.office)[0].next_due > clock.today()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_office_without_any_release_says_what_begins_a_follow_up(tmp_path, language):
    with running(tmp_path, language) as program:
        show_practice(program, tmp_path, 0, language)
        page = program.desk.go(("follow-ups", None))
        settle()
        assert page.list.nothing.isVisible()
        assert not page.list.open_button.isEnabled()
        assert here() is page.list.toggle.buttons["all"]


def test_a_long_list_is_read_a_page_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr("ui.parts.listing.PAGE", 3)
    monkeypatch.setattr("ui.pages.follow_up_list.PAGE", 3)
    with running(tmp_path, "en") as program:
        office = show_practice(program, tmp_path, 0, "en")
        made = [released(office, 30 + at, name=at % 3) for at in range(12)]
        page = program.desk.go(("follow-ups", None))
        settle()
        assert 3 <= len(shown(page)) < len(made)
        while page.list.model.canFetchMore(page.list.table.rootIndex()):
            page.list.model.fetchMore(page.list.table.rootIndex())
        assert shown(page) == made[::-1]


def test_nothing_is_cut_off_in_a_narrow_window(page, program):
    program.window.resize(1024, 700)
    share(program.office, [])
    page.refresh()
    settle()
    assert program.window.width() == 1024
    assert _clipped(page) == []
    assert cut_off(page.list.table, page.list.model) == []
    for at in range(page.list.model.rowCount()):
        assert page.list.table.rowHeight(at) >= page.list.table.sizeHintForRow(at)
    press(here(), Qt.Key.Key_Return)
    settle()
    assert _clipped(page.call) == []
