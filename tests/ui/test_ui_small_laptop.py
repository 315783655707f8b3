"""Small screens at work: a call at nine is one page without scrolling, on which what is chosen leads on by itself."""

from datetime import timedelta

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from programs import practising, running, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QBoxLayout
from typing_in import press, write

from casemgr import clock
from casemgr.clock import PHNOM_PENH, PartialDate
from casemgr.records.case import Case, OffenceCategory
from casemgr.records.child import Child, Sex
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import case_files, casework
from ui.editors.dates import DAY_HINT
from ui.editors.reading import NO_DAY, NO_NUMBER

pytestmark = [pytest.mark.usefixtures("qtbot"), pytest.mark.qt_log_ignore("This plugin does not support")]
UNIT = "អធិការដ្ឋាននគរបាលក្រុងសៀមរាប"
LONG = "រស្មីច័ន្ទសុវណ្ណារិទ្ធិ ព្រំសុខវិសាល"


@pytest.fixture
def language():
    return "en"


@pytest.fixture
def program(tmp_path, language):
    with practising(tmp_path, language) as program:
        program.window.activateWindow()
        yield program


@pytest.fixture
def page(program):
    return opened(program)


def opened(program):
    program.desk.new_arrest()
    settle()
    return program.desk.pages["arrest", None]


def asked(page, name):
    """The editor of a question of the page."""
    editors = page.form.editors.values()
    section = next(section for editor in editors for section in editor.sections if section.has(name))
    return section.question(name).editor


def in_hand(page):
    """The question that has the keyboard."""
    return next((name for editor in page.form.editors.values() if (name := editor.field_in_hand())), None)


def in_window(program, *keys):
    """Press keys where they arrive, so that an open list gets them as it does from a keyboard."""
    for key in keys:
        QTest.keyClick(program.window.windowHandle(), key)
    settle()


def awake(program):
    """Let the window take over from a list that is closed, as it does on a screen."""
    program.window.activateWindow()
    settle()


def answer_all(page):
    at = clock.now() - timedelta(hours=2)
    answers = {
        "family_name_km": LONG, "given_name_km": LONG, "sex": Sex.MALE, "born": PartialDate.from_age(15, clock.today()),
        "family_name_latin": "Prum", "given_name_latin": "Reaksmey", "nickname": LONG,
        "category": OffenceCategory.VIOLENCE_AGGRAVATED, "arrested_at": at, "place_code": "17100401",
        "place_text": LONG, "arrived_at": at, "police_unit": UNIT, "arresting_unit": UNIT, "officer_phone": "012555017",
    }  # fmt: skip
    for name, answer in answers.items():
        next(each for each in page.form.editors.values() if each.is_asked(name)).answer(name, answer)
    page.guardian.edits["name"].setText(LONG)
    page.reckon()
    settle()


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_whole_call_is_seen_at_once_on_a_small_laptop(program, page):
    program.window.resize(1366, 728)  # a screen of 1366 × 768 without the bar of the system
    answer_all(page)
    assert page.clocks.isVisible()
    form = page.form
    assert form._columns.direction() is QBoxLayout.Direction.LeftToRight
    assert form.verticalScrollBar().maximum() == 0
    assert form.widget().width() <= form.viewport().width()
    inputs = [
        widget
        for editor in form.editors.values()
        for section in editor.sections
        for name in section.shown
        for widget in section.question(name).editor.inputs()
    ]
    for widget in (*inputs, *page.guardian.edits.values()):
        place = widget.mapTo(form.viewport(), QPoint(0, 0))
        assert form.viewport().rect().contains(place), widget.accessibleName()
        assert form.viewport().rect().contains(place + widget.rect().bottomRight()), widget.accessibleName()


def test_where_there_is_no_room_beside_the_columns_stand_below_each_other(program, page):
    program.window.resize(1024, 660)
    settle()
    assert page.form._columns.direction() is QBoxLayout.Direction.TopToBottom
    assert page.form.widget().width() <= page.form.viewport().width()


def test_in_a_low_window_the_page_follows_the_keyboard(program, page):
    program.window.resize(911, 480)
    settle()
    viewport, met = page.form.viewport(), set()
    for _ in range(60):
        here = QApplication.focusWidget()
        if not page.form.isAncestorOf(here):
            break
        met.add(in_hand(page))
        place = here.mapTo(viewport, QPoint(0, 0))
        assert viewport.rect().contains(place), here.accessibleName()
        assert viewport.rect().contains(place + here.rect().bottomRight()), here.accessibleName()
        press(here, Qt.Key.Key_Tab)
        settle()
    assert here is page.leave_button
    assert {"family_name_km", "category", "arrested_at", "officer_phone"} <= met


def test_the_keyboard_begins_with_the_name_and_goes_on_by_itself_after_a_choice(program, page):
    assert in_hand(page) == "family_name_km"
    QTest.mouseClick(asked(page, "sex").buttons[Sex.MALE], Qt.MouseButton.LeftButton)
    settle()
    assert QApplication.focusWidget() is asked(page, "born").age
    category = asked(page, "category")
    category.combo.setFocus()
    category.combo.showPopup()
    in_window(program, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert category.value() is not None
    assert in_hand(page) == "offence_class"
    place = asked(page, "place_code")
    place.line.setFocus()
    write(place.line, "សាលាកំរើក")
    in_window(program, Qt.Key.Key_Return)
    assert in_hand(page) == "place_text"
    awake(program)
    asked(page, "arrived_at").day.setFocus()
    press(asked(page, "arrived_at").day, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert in_hand(page) == "police_unit"


def test_arrow_keys_go_through_the_answers_and_stay_in_the_question(page):
    sex = asked(page, "sex")
    asked(page, "given_name_km").line.setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Tab)
    press(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert (sex.value(), in_hand(page)) == (Sex.MALE, "sex")
    press(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert (sex.value(), in_hand(page)) == (Sex.FEMALE, "sex")
    sex.buttons[Sex.FEMALE].click()  # what is pressed again is taken back
    assert sex.value() is None
    category = asked(page, "category").combo
    category.setFocus()
    press(category, Qt.Key.Key_Down)
    settle()
    assert in_hand(page) == "category"


def test_enter_keeps_the_sex_that_was_chosen_and_goes_on(page):
    sex = asked(page, "sex")
    sex.buttons[Sex.MALE].setFocus()
    press(QApplication.focusWidget(), Qt.Key.Key_Right)
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert (page.child.record().sex, in_hand(page)) == (Sex.MALE, "born")


def at(hour, minute, days=0):
    return (clock.now() + timedelta(days=days)).replace(hour=hour, minute=minute, second=0, microsecond=0)


@pytest.mark.parametrize(
    ("now", "typed", "days"),
    [((21, 0), "19:30", 0), ((0, 30), "22:10", -1), ((21, 0), "21:04", 0), ((9, 5), "10:00", -1)],
)
def test_a_time_alone_is_the_last_such_time(page, monkeypatch, now, typed, days):
    moment = at(*now)
    monkeypatch.setattr(clock, "now", lambda: moment)
    arrested = asked(page, "arrested_at")
    assert arrested.value() is None
    assert arrested.problem() is None
    hour, minute = map(int, typed.split(":"))
    arrested.day.setFocus()
    write(arrested.day, typed)  # typed where the day is asked, it goes on where the time is
    assert QApplication.focusWidget() is arrested.time
    assert arrested.value() == at(hour, minute, days)
    press(arrested.time, Qt.Key.Key_Tab)
    assert arrested.day.text() == page.form.arrest.words.date(at(hour, minute, days).date())
    arrested.time.setFocus()
    arrested.time.setText("")
    press(arrested.time, Qt.Key.Key_Tab)
    assert (arrested.value(), arrested.problem(), arrested.day.text()) == (None, None, "")


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_day_that_is_seen_is_the_day_that_is_saved(page, monkeypatch):
    moment, late, date = at(9, 5), at(22, 5), page.form.arrest.words.date
    monkeypatch.setattr(clock, "now", lambda: moment)
    arrested = asked(page, "arrested_at")
    yesterday = date(at(0, 0, -1).date())
    assert date(moment.date()) not in arrested.day.accessibleName()
    assert arrested.day.accessibleName().endswith(page.form.arrest.words.text(DAY_HINT))
    arrested.time.setFocus()
    write(arrested.time, "22:00")
    assert (arrested.day.text(), arrested.day.placeholderText()) == ("", yesterday)
    monkeypatch.setattr(clock, "now", lambda: late)  # while the worker is at another window
    assert page.arrest.record().arrested_at == arrested.value() == at(22, 0, -1)
    press(arrested.time, Qt.Key.Key_Tab)
    assert arrested.day.text() == yesterday
    monkeypatch.setattr(clock, "now", lambda: moment)
    arrested.time.setFocus()
    arrested.time.selectAll()
    write(arrested.time, "8:00")  # the time alone is mended
    assert arrested.day.text() == yesterday
    assert page.arrest.record().arrested_at == at(8, 0, -1)
    press(arrested.time, Qt.Key.Key_Tab)
    assert (arrested.day.text(), arrested.value()) == (yesterday, at(8, 0, -1))
    arrested.day.setText("")
    assert (arrested.day.placeholderText(), arrested.value()) == (date(moment.date()), at(8, 0))


def test_an_arrival_typed_alone_is_the_first_such_time_after_the_arrest(page, monkeypatch):
    moment = at(9, 5)
    monkeypatch.setattr(clock, "now", lambda: moment)
    arrested, arrived = asked(page, "arrested_at"), asked(page, "arrived_at")

    def came(arrest, typed):
        arrested.set_value(arrest)
        arrived.set_value(None)
        write(arrived.time, typed)
        return page.arrest.record().arrived_at

    assert came(at(23, 30, -3), "0:10") == at(0, 10, -2)
    assert arrived.day.placeholderText() == page.form.arrest.words.date(at(0, 10, -2).date())
    assert came(at(23, 30, -3), "23:30") == at(23, 30, -3)
    assert came(at(8, 0), "7:50") == at(7, 50)  # not of tomorrow; that it lies before the arrest is said elsewhere
    assert came(None, "10:00") == at(10, 0, -1)


@pytest.mark.parametrize("typed", ["២១៖៣០", "2130", "21.30", "២១៣០"])
def test_a_time_in_any_writing_may_be_typed_where_the_day_is_asked(page, monkeypatch, typed):
    moment = at(21, 40)
    monkeypatch.setattr(clock, "now", lambda: moment)
    arrested = asked(page, "arrested_at")
    question = arrested.parentWidget()
    arrested.day.setFocus()
    write(arrested.day, typed)
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert page.arrest.record().arrested_at == at(21, 30)
    assert arrested.day.text() == page.form.arrest.words.date(moment.date())
    assert question.mark.isHidden()


def test_a_day_with_its_time_may_be_typed_where_the_day_is_asked(page):
    arrested = asked(page, "arrested_at")
    arrested.day.setFocus()
    for letter in "24-11-2026 23:30":
        write(QApplication.focusWidget(), letter)
    assert arrested.value() == clock.local(2026, 11, 24, 23, 30)
    arrested.set_value(None)
    arrested.day.setFocus()
    write(arrested.day, "24")
    arrested.day.editingFinished.emit()
    assert arrested.problem() == NO_DAY  # a day of the month, perhaps; no hour


def test_a_day_that_was_typed_stays(page):
    arrested = asked(page, "arrested_at")
    yesterday = clock.now() - timedelta(days=3)
    write(arrested.day, page.form.arrest.words.date(yesterday.date()))
    assert arrested.problem()
    write(arrested.time, "8:00")
    assert arrested.value() == yesterday.replace(hour=8, minute=0, second=0, microsecond=0)


def test_an_age_or_a_date_of_birth_whatever_is_told(page):
    born = asked(page, "born")
    born.age.setFocus()
    write(born.age, "15")
    assert born.value() == PartialDate.from_age(15, clock.today())
    press(born.age, Qt.Key.Key_Tab)
    assert in_hand(page) == "family_name_latin"  # past the date, which is answered
    write(born.year, "2011")
    assert (born.age.text(), born.value()) == ("", PartialDate.of(2011))
    born.set_value(None)
    born.age.setFocus()
    write(born.age, "12-3")  # a date after all
    write(born.year, "2011")
    assert born.value() == PartialDate.of(2011, 3, 12)


def test_a_stray_key_takes_no_answer_away(page):
    born = asked(page, "born")
    known = PartialDate.of(2011, 3, 12)
    born.set_value(known)
    born.age.setFocus()
    write(born.age, " ")
    assert page.child.record().born == born.value() == known
    write(born.age, "x")
    assert born.problem() == NO_NUMBER  # and the date still stands beside it
    press(born.age, Qt.Key.Key_Backspace)
    press(born.age, Qt.Key.Key_Backspace)
    assert (born.age.text(), page.child.record().born) == ("", known)
    write(born.age, "១៥")
    aged = PartialDate.from_age(15, clock.today())
    assert (born.year.text(), born.value()) == ("", aged)
    write(born.year, " ")
    assert page.child.record().born == born.value() == aged


@pytest.mark.parametrize("typed", ["2010", "២០១០"])
def test_a_year_of_birth_typed_for_the_age_goes_to_the_year(page, typed):
    born = asked(page, "born")
    born.age.setFocus()
    for letter in typed:
        write(QApplication.focusWidget(), letter)
    assert QApplication.focusWidget() is born.year
    assert (born.age.text(), born.problem()) == ("", None)
    assert page.child.record().born == PartialDate.of(2010)


def test_nobody_is_born_on_the_day_of_the_call(page):
    born = asked(page, "born")
    for box in born.inputs():
        box.setFocus()
        press(box, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
        assert "Ctrl+;" not in box.toolTip()
        assert (born.value(), page.child.record().born) == (None, None)


def test_an_age_in_a_draft_of_yesterday_was_said_yesterday(page):
    said = PartialDate.from_age(15, clock.today() - timedelta(days=1))
    page.restore_state({"child": {"born": str(said)}})
    assert page.child.record().born == said


def test_the_unit_is_typed_once(program):
    child = Child(family_name_km="សុខ")
    casework.save_child(program.office, child)
    case = Case()
    casework.open_case(program.office, child.id, case)
    casework.save_record(program.office, Arrest(case_id=case.id, arrested_at=clock.now(), police_unit=UNIT))
    page = opened(program)
    held, arresting = asked(page, "police_unit"), asked(page, "arresting_unit")
    arresting.same_button.click()
    assert arresting.value() is None  # there is none to take
    held.line.setFocus()
    press(held.line, Qt.Key.Key_Down)
    assert held.proposals.popup.isVisible()
    in_window(program, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (held.value(), in_hand(page)) == (UNIT, "arresting_unit")
    awake(program)
    arresting.line.setFocus()
    arresting.same_button.click()
    settle()
    assert (page.arrest.record().arresting_unit, in_hand(page)) == (UNIT, "officer_phone")


def test_the_clocks_run_before_anything_is_saved(program, page):
    page.child.answer("family_name_km", "ព្រំ")
    page.reckon()
    assert not page.clocks.isVisible()
    page.arrest.answer("arrived_at", clock.now() - timedelta(hours=1))
    page.reckon()
    assert page.clocks.isVisible()
    assert "over by" not in page.clocks.text  # as it would be for a child of thirteen, while nobody has said how old
    assert "depends on the age" in page.clocks.text
    page.child.answer("born", PartialDate.from_age(15, clock.today()))
    page.reckon()
    assert page.form.arrest.words.number(22) in page.clocks.text
    shown = {each.deadline.rule: each.deadline.due_at for each in page.clocks.shown}
    page.save()
    settle()
    kept = case_files.case_file(program.office, program.desk.place[1], log=False).deadlines
    assert shown == {each.rule: each.due_at for each in kept}


def test_a_child_that_is_known_is_reckoned_with_as_it_is_kept(program):
    child = Child(family_name_km="សុខ", born=PartialDate.of(clock.today().year - 15))
    casework.save_child(program.office, child)
    page = opened(program)
    page.child.answer("family_name_km", "សុខ")
    page.notice.search()
    assert page.notice.isVisible()
    page.notice.lines[0].button.click()
    assert not page.notice.isVisible()
    page.arrest.answer("arrived_at", clock.now().astimezone(PHNOM_PENH))
    page.reckon()
    rules = {each.deadline.rule: each.deadline.doubts for each in page.clocks.shown}
    assert "age" not in rules["police-custody"]
    page.form.new_button.click()
    assert page.notice.isVisible()


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_last_step_of_the_first_start_is_seen_whole_on_a_small_laptop(tmp_path, language):
    with running(tmp_path, language) as program:
        page = program.window.page
        page.show_step(2)
        page.new.lines.edits["password"].setText("four words make one")  # how good it is stands in a line of its own
        page.new.lines.mark(("again",), "The two passwords are not the same.")
        settle()
        button = page.create_button
        assert button.visibleRegion().boundingRect().height() == button.height()
        assert page.area.verticalScrollBar().maximum() == 0
