"""The pages of an open office: what is due today, the lists, search, a new arrest, settings."""

from datetime import timedelta

import pytest
from programs import dialog, running, seen, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from typing_in import press, write

from casemgr import clock
from casemgr.exchange.writing import NO_FOLDER
from casemgr.law.deadlines import DeadlineState
from casemgr.law.limits import load_limits
from casemgr.records.case import CaseStatus, OffenceCategory
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import case_files, drafts, lists, settings
from casemgr.trouble import Trouble
from ui.parts.listing import PAGE
from ui.parts.search_box import Found
from ui.parts.two_lines import CELL
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def program(tmp_path):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 8, "en")
        yield program


def test_today_shows_the_soonest_clock_first_and_in_red_what_is_over(program):
    today = program.desk.pages["today", None]
    rows = today.model.rows
    assert rows
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)
    assert [row for row in map(today.model.clock_at, range(today.model.rowCount())) if row] == rows
    for at, row in clocks(today):
        cell = today.model.index(at, 0).data(CELL)
        assert cell.alarm == (row.due_at <= clock.now())
        assert cell.sign is today.model.state_of(row)
        assert ("over by" in cell.text) == cell.alarm
    assert any(today.model.index(at, 0).data(CELL).alarm for at, _ in clocks(today))


def clocks(today):
    """Return the lines of Today that are no headings, with their numbers."""
    lines = [(at, today.model.clock_at(at)) for at in range(today.model.rowCount())]
    return [(at, row) for at, row in lines if row is not None]


def test_an_unconfirmed_limit_says_so_on_today(program):
    today = program.desk.pages["today", None]
    rows = [at for at, row in clocks(today) if row.limit is not None and row.limit.kind == "law"]
    assert rows
    assert all("not confirmed by a lawyer" in today.model.index(at, 1).data(CELL).more for at in rows)


def test_time_goes_on_without_asking_the_store(program, monkeypatch):
    today = program.desk.pages["today", None]
    running_now, row = next(
        (at, row) for at, row in clocks(today) if today.model.state_of(row) is DeadlineState.RUNNING
    )
    before = today.model.index(running_now, 0).data(CELL).text
    later = row.due_at + timedelta(hours=30)
    program.office.store.close()  # whoever asked it now would be refused
    monkeypatch.setattr(clock, "now", lambda: later)
    today.tick()
    after = today.model.index(next(at for at, each in clocks(today) if each == row), 0).data(CELL)
    assert after.text != before
    assert after.alarm


def test_enter_on_today_opens_the_case(program):
    today = program.desk.pages["today", None]
    at, row = clocks(today)[1]
    today.table.setCurrentIndex(today.model.index(at, 0))
    press(today.table, Qt.Key.Key_Return)
    settle()
    assert program.desk.place == ("case", row.case_id)
    program.desk.go_back()
    assert program.desk.place == ("today", None)


@pytest.mark.parametrize("leave", [Qt.Key.Key_S, Qt.Key.Key_Escape])
def test_after_writing_a_record_the_keyboard_is_on_its_entry(program, leave):
    custody = next(row for row in lists.today(program.office) if row.rule == "police-custody")
    page = program.desk.go(("case", custody.case_id))
    offence, arrest = page.file.offences[0], page.file.of(Arrest)[0]
    for record in (arrest, offence, page.file.case):
        page.edit(record)
        settle()
        held = Qt.KeyboardModifier.ControlModifier if leave is Qt.Key.Key_S else Qt.KeyboardModifier.NoModifier
        press(QApplication.focusWidget(), leave, held)
        settle()
        assert page.editing is None
        at = QApplication.focusWidget()
        assert at.text() == tr("Edit")
        assert at.visibleRegion().boundingRect().height() == at.height()
        at.click()
        settle()
        assert page.editing.base.id == record.id
        page.editing.leave()
        settle()


def stop(page, name):
    """Put the keyboard into the last box of a question, in the middle of a text; return the box."""
    editor = page if not hasattr(page, "editing") else page.editing.editor
    editor.focus_field(name)
    question = next(section for section in editor.sections if section.has(name)).question(name)
    box = question.editor.stops()[-1]
    box.setFocus()
    box.selectAll()
    write(box, "9:15 x")
    box.setCursorPosition(3)
    return box


def test_another_language_leaves_the_keyboard_where_it_was(program):
    desk = program.desk
    case = lists.today(program.office)[0].case_id
    page = desk.go(("case", case))
    page.edit(page.file.of(Arrest)[0])
    for name in ("arrived_at", "police_unit", "questionings"):
        page = program.desk.pages["case", case]
        if name == "questionings":
            page.editing.editor.focus_field(name)
            page.editing.editor._section_of(name).question(name).editor.add_line()
        label = stop(page, name).accessibleName()
        language = "km" if words().language == "en" else "en"
        program.desk.languages.buttons[language].setFocus()
        program.desk.languages.buttons[language].click()
        settle()
        at = QApplication.focusWidget()
        page = program.desk.pages["case", case]
        assert page.editing.isAncestorOf(at)
        assert at.accessibleName() != label
        assert (at.text(), at.cursorPosition()) == ("9:15 x", 3)
        write(at, "7")
        assert at.text() == "9:175 x"
        assert not page.editing.draft_bar.isVisible()
        at.undo()


def test_another_language_leaves_the_keyboard_where_it_was_in_a_new_arrest(program):
    program.desk.new_arrest()
    for part, name in (("child", "nickname"), ("arrest", "arrived_at"), ("guardian", "phone")):
        page = program.desk.pages["arrest", None]
        if part == "guardian":
            page.guardian.edits[name].setFocus()
            write(page.guardian.edits[name], "9:15 x")
            page.guardian.edits[name].setCursorPosition(3)
        else:
            stop(getattr(page, part), name)
        language = "km" if words().language == "en" else "en"
        program.desk.languages.buttons[language].setFocus()
        program.desk.languages.buttons[language].click()
        settle()
        at = QApplication.focusWidget()
        assert program.desk.pages["arrest", None].isAncestorOf(at)
        assert (at.text(), at.cursorPosition()) == ("9:15 x", 3)


def test_an_empty_office_says_what_to_do(tmp_path):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 0, "en")
        today = program.desk.pages["today", None]
        assert today.nothing.isVisible()
        seen(today.nothing, QPushButton)[0].click()
        settle()
        assert program.desk.place == ("arrest", None)
        for place in ("children", "cases"):
            page = program.desk.go((place, None))
            assert page.stack.currentIndex() == 1


def test_children_stand_in_khmer_order_and_are_narrowed_by_typing(program):
    page = program.desk.go(("children", None))
    names = [line.row.sort_key for line in page.model.lines]
    assert names == sorted(names)
    assert len(names) == 8
    wanted = page.model.lines[3].row
    page.narrow.setText(wanted.name_latin)
    page.read()
    assert wanted.id in [line.id for line in page.model.lines]
    page.narrow.setText("no such name")
    page.read()
    assert page.stack.currentIndex() == 2
    page.narrow.clear()
    page.read()
    page.table.setCurrentIndex(page.model.index(2, 0))
    page.refresh()
    assert page.table.currentIndex().row() == 2
    press(page.table, Qt.Key.Key_Return)
    settle()
    assert program.desk.place == ("child", page.model.lines[2].id)


def test_a_long_list_is_read_a_page_at_a_time(program):
    page = program.desk.go(("children", None))
    rows = [page.model.lines[0]] * PAGE
    asked = []

    def load(after, count):
        asked.append(after)
        return rows[:count] if len(asked) < 3 else rows[:7]

    page.model.read(load)
    while page.model.canFetchMore(page.model.index(0, 0)):
        page.model.fetchMore(page.model.index(0, 0))
    assert page.model.rowCount() == 2 * PAGE + 7
    assert asked == [None, rows[0].row, rows[0].row]


def test_a_long_list_grows_again_after_its_next_page_could_not_be_read(program):
    page = program.desk.go(("children", None))
    rows = [page.model.lines[0]] * PAGE
    asked = []

    def load(after, count):
        asked.append(after)
        if len(asked) == 2:
            raise Trouble(NO_FOLDER)
        return rows[:count] if len(asked) == 1 else rows[:7]

    page.model.read(load)
    top = page.model.index(0, 0)
    page.model.fetchMore(top)
    assert program.window.messages.isVisible()
    assert page.model.rowCount() == PAGE
    assert page.model.canFetchMore(top)
    page.model.fetchMore(top)
    assert page.model.rowCount() == PAGE + 7


def test_a_language_that_cannot_be_kept_is_not_shown_as_spoken(program):
    with program.office.store.write() as work:
        work.session.connection().exec_driver_sql("PRAGMA query_only = ON")
    program.desk.languages.buttons["km"].click()
    settle()
    assert program.window.messages.isVisible()
    assert words().language == program.memory.language == "en"
    assert program.desk.languages.buttons["en"].isChecked()
    assert not program.desk.languages.buttons["km"].isChecked()
    with program.office.store.read() as work:
        work.session.connection().exec_driver_sql("PRAGMA query_only = OFF")
    program.desk.languages.buttons["km"].click()
    settle()
    assert words().language == "km"


def test_the_list_of_cases_shows_open_ones_unless_all_are_wanted(program):
    page = program.desk.go(("cases", None))
    assert {line.row.told["status"] for line in page.model.lines} == {CaseStatus.OPEN}
    page.all_button.click()
    assert len(page.model.lines) == 8
    assert page.state()["view"].chosen == {}
    press(page.table, Qt.Key.Key_Return)
    settle()
    assert program.desk.place[0] == "case"


def test_the_search_box_finds_by_part_of_a_name_and_opens_by_keyboard(program):
    child = lists.children(program.office)[0]
    box = program.desk.search
    box.setFocus()
    write(box, child.name_km.split(" ", maxsplit=1)[0])
    box.search()
    assert box.results.isVisible()
    kinds = [box.results.list.item(at).data(Qt.ItemDataRole.UserRole).kind for at in range(box.results.list.count())]
    assert set(kinds) == {"child", "case"}
    press(box, Qt.Key.Key_Down)
    press(box, Qt.Key.Key_Up)
    press(box, Qt.Key.Key_Return)
    settle()
    assert program.desk.place[0] == "child"
    assert not box.results.isVisible()
    box.setFocus()
    write(box, "zzzz")
    box.search()
    assert box.results.nothing.isVisible()
    press(box, Qt.Key.Key_Escape)
    assert not box.text()


def test_a_case_that_is_looked_for_is_shown_and_not_a_paper_left_open_in_it(program):
    desk = program.desk
    case_id = lists.today(program.office)[0].case_id
    page = desk.go(("case", case_id))
    settle()
    page.papers.show_all()
    desk.go(("today", None))
    desk.go_back()
    assert page.stack.currentWidget() is not page.overview, "the way back leads to what was there"
    desk.go(("today", None))
    desk.search.opened.emit(Found("case", case_id, "", ""))
    settle()
    assert page.stack.currentWidget() is page.overview
    page.view.verticalScrollBar().setValue(200)
    desk.go(("today", None))
    desk.go_back()
    assert page.view.verticalScrollBar().value() == 200, "the way back leads to where it was read"
    desk.search.opened.emit(Found("case", case_id, "", ""))
    assert page.view.verticalScrollBar().value() == 0
    page.edit(page.file.case)
    desk.open_case(case_id)
    assert page.editing is not None, "what is being written stays open"


def test_an_arrest_is_taken_down_in_one_page_and_its_clock_stands_on_today(program):
    desk, office = program.desk, program.office
    press(desk, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.new_arrest()
    page = desk.pages["arrest", None]
    for name, text in (("family_name_km", "ឃុន"), ("given_name_km", "វិសាល"), ("given_name_latin", "Visal")):
        write(page.child.sections[0].question(name).editor.line, text)
    page.guardian.edits["phone"].setText("០១២ ៣៤៥ ៦៧៨")
    page.offence.restore({"category": OffenceCategory.THEFT.value})
    at = clock.now() - timedelta(hours=1)
    page.arrest.restore({"arrested_at": at.isoformat(), "arrived_at": at.isoformat()})
    page.save()
    settle()
    kind, case_id = desk.place
    assert kind == "case"
    file = case_files.case_file(office, case_id, log=False)
    assert file.child.given_name_km == "វិសាល"
    assert file.child.guardians[0].phone == "012 345 678"
    assert file.of(Arrest)[0].arrested_at == at
    assert file.offences[0].category is OffenceCategory.THEFT
    desk.go(("today", None))
    assert case_id in {row.case_id for row in desk.pages["today", None].model.rows}
    assert ("arrest", None) not in desk.pages


def test_an_arrest_of_a_child_already_known_adds_a_case(program):
    desk, office = program.desk, program.office
    known = lists.children(office)[0]
    desk.new_arrest()
    page = desk.pages["arrest", None]
    page.form.known_button.click()
    page.save()
    assert page.message.isVisible()
    page.search.setFocus()
    page.search.setText(known.code)
    page.search.search()
    press(page.search, Qt.Key.Key_Return)
    page.save()
    settle()
    assert case_files.case_file(office, desk.place[1], log=False).child.id == known.id
    assert len(case_files.child_file(office, known.id, log=False).cases) == 2


def test_an_impossible_arrest_is_refused_beside_its_question_and_nothing_is_lost(program):
    desk = program.desk
    desk.new_arrest()
    page = desk.pages["arrest", None]
    page.save()
    assert page.message.isVisible()  # no name at all
    write(page.child.sections[0].question("family_name_km").editor.line, "ឃុន")
    at = clock.now() - timedelta(hours=5)
    page.arrest.restore({"arrested_at": at.isoformat(), "arrived_at": (at - timedelta(days=2)).isoformat()})
    page.save()
    assert desk.place == ("arrest", None)
    assert page.message.isVisible()
    assert [row.key for row in drafts.drafts(program.office)] == [page.key]


def test_a_child_is_written_down_edited_and_given_a_case(program):
    desk = program.desk
    desk.go(("children", None)).new_asked.emit()
    page = desk.pages["child", None]
    write(page.editing.editor.sections[0].question("family_name_km").editor.line, "ឃុន")
    page.editing.save()
    settle()
    child_id = page.child_id
    assert desk.pages["child", child_id] is page
    page.edit()
    write(page.editing.editor.sections[0].question("given_name_latin").editor.line, "Visal")
    page.flush()
    page.editing.save()
    settle()
    assert page.file.child.given_name_latin == "Visal"
    page.begin_case()
    page.editing.save()
    settle()
    assert desk.place[0] == "case"
    assert len(case_files.child_file(program.office, child_id, log=False).cases) == 1


def test_a_new_child_that_is_given_up_leads_back(program):
    desk = program.desk
    desk.go(("children", None)).new_asked.emit()
    desk.pages["child", None].editing.leave()
    settle()
    assert desk.place == ("children", None)


def test_a_limit_is_corrected_and_the_case_that_is_open_counts_with_it(program):
    desk, office = program.desk, program.office
    page = desk.go(("settings", None))
    at = next(at for at, limit in enumerate(page.limits.model.limits) if limit.rule == "lawyer-24h")
    page.correct(at)
    asked = dialog()
    asked.lines.edits["value"].setText("x")
    asked.save()
    assert asked.lines.marks["value"].isVisible()
    asked.lines.edits["value"].setText("៣០")
    asked.confirmed.setChecked(True)
    asked.save()
    assert asked.more.marks["confirmed_by"].isVisible()
    asked.more.edits["confirmed_by"].setText("Lawyer")
    asked.save()
    settle()
    corrected = settings.limits(office)[at]
    assert (corrected.value, corrected.confirmed, corrected.confirmed_by) == (30, True, "Lawyer")
    shipped = load_limits()[corrected.key]
    assert (corrected.article, corrected.source) == (shipped.article, shipped.source)
    assert page.limits.model.limits[at].corrected


def test_a_limit_saved_as_it_was_is_no_correction(program):
    page = program.desk.go(("settings", None))
    page.limits.table.setCurrentIndex(page.limits.model.index(3, 0))
    press(page.limits.table, Qt.Key.Key_Return)
    dialog().save_button.click()
    settle()
    assert QApplication.activeModalWidget() is None
    assert not any(limit.corrected for limit in settings.limits(program.office))


def test_a_corrected_limit_stays_the_chosen_one(program):
    page = program.desk.go(("settings", None))
    page.limits.table.setCurrentIndex(page.limits.model.index(3, 0))
    press(page.limits.table, Qt.Key.Key_Return)
    dialog().more.edits["note"].setText("x")
    dialog().save_button.click()
    settle()
    assert page.limits.model.limits[3].corrected
    assert page.limits.table.currentIndex().row() == 3


def test_figures_change_everywhere_at_once(program):
    page = program.desk.go(("settings", None))
    page.figures["khmer"].click()
    settle()
    assert words().digits == "khmer"
    assert program.desk.place == ("settings", None)
    assert program.office.settings.digits == "khmer"


def test_the_office_is_edited_and_its_name_refused_when_empty(program):
    page = program.desk.go(("settings", None))
    page.edit({"town": "បាត់ដំបង"})
    page.editing.save()
    settle()
    assert program.office.settings.town == "បាត់ដំបង"
    assert page.editing is None


def test_password_and_recovery_code_are_replaced(program):
    page = program.desk.go(("settings", None))
    page.change_password()
    asked = dialog()
    for name in ("password", "again"):
        asked.new.lines.edits[name].setText("a new long password")
    asked.lines.edits["password"].setText("wrong")
    asked.save()
    assert asked.lines.marks["password"].isVisible()
    asked.lines.edits["password"].setText("practice")
    asked.save()
    settle()
    assert QApplication.activeModalWidget() is None
    page.new_code()
    shown = dialog()
    shown.reject()
    assert dialog() is shown  # Esc does not lose a code that nobody wrote down
    assert not shown.close_button.isEnabled()
    shown.code.tick.click()
    shown.close_button.click()
    settle()
    assert QApplication.activeModalWidget() is None


def test_a_recovery_code_is_saved_as_a_file(program, tmp_path):
    page = program.desk.go(("settings", None))
    page.new_code()
    shown = dialog()
    shown.code.save(tmp_path / "code.txt")
    assert shown.code._code.replace("-", "") in (tmp_path / "code.txt").read_text("utf-8").replace("-", "")
    shown.code.save(tmp_path / "no such folder" / "code.txt")
    assert shown.code.note.text() == tr(NO_FOLDER)
    shown.code.print()  # no printer here: says so, opens nothing
    shown.code.tick.click()
    shown.accept()


def test_alt_and_a_figure_lead_to_each_page(program):
    places = ("today", "where", "children", "cases", "follow-ups", "reports", "forms", "directory", "settings")
    for number, place in enumerate(places, start=1):
        key = getattr(Qt.Key, f"Key_{number}")
        program.window.activateWindow()
        press(program.desk, key, Qt.KeyboardModifier.AltModifier)
        assert program.desk.place == (place, None)


def test_a_narrow_window_leaves_out_words_of_the_rail_and_spare_columns(program):
    page = program.desk.go(("children", None))
    program.window.resize(910, 512)
    settle()
    today = program.desk.rail.buttons["today"]
    assert not today.text()
    assert tr("Today") in today.toolTip()
    assert page.table.isColumnHidden(2)
    program.window.resize(1366, 728)
    settle()
    assert today.text() == tr("Today")
    assert not page.table.isColumnHidden(2)
