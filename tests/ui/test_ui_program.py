"""From the first start to the open office and back behind the lock, in the real window."""

import sys

import pytest
from programs import PASSWORD, dialog, locked_office, running, settle, show_practice
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from typing_in import press, write, write_here

from casemgr.i18n import FIGURES, LANGUAGES, N_
from casemgr.services import case_files, lists
from casemgr.services.office import open_office
from casemgr.trouble import ReadOnly, Refusal, WrongCode
from ui.catcher import Catcher
from ui.mistake import report_of
from ui.pages.assistant import AssistantPage
from ui.pages.draft_notices import GO_ON
from ui.pages.lock import LockPage, PracticeDoor
from ui.pages.recovery import RecoveryPage
from ui.parts.new_password import FAIR, STRONG, WEAK, strength
from ui.words import tr, words

pytestmark = pytest.mark.usefixtures("qtbot")
either = pytest.mark.parametrize("language", LANGUAGES)


def _set_up(program, password=PASSWORD) -> str:
    """Go through the assistant by keyboard and input method; return the recovery code."""
    page = program.window.page
    assert isinstance(page, AssistantPage)
    press(page.steps[0].findChild(QPushButton, words().language), Qt.Key.Key_Space)
    for text in ("ការិយាល័យសាកល្បង", "Trial office", "sr", "សៀមរាប"):
        write_here(text)
        press(QApplication.focusWidget(), Qt.Key.Key_Return)
    for text in ("ស្រីនិច", "Sreynich", "social worker"):
        write_here(text)
        press(QApplication.focusWidget(), Qt.Key.Key_Return)
    for name in ("password", "again"):
        page.new.lines.edits[name].setText(password)
    page.create_button.click()
    settle()
    shown = program.window.page
    assert isinstance(shown, RecoveryPage)
    code = shown.code._code
    assert not shown.button.isEnabled()
    shown.code.tick.click()
    shown.button.click()
    settle()
    return code


@either
def test_the_first_start_sets_up_an_office_and_ends_on_today(tmp_path, language):
    with running(tmp_path, language) as program:
        code = _set_up(program)
        assert program.desk.place == ("today", None)
        assert program.office.settings.code == "SR"
        assert program.office.settings.language == language
        assert program.office.settings.digits == FIGURES[language]
        assert code not in program.desk.grab().toImage().text()
        assert not any(code in label.text() for label in program.window.findChildren(QLabel))
    with open_office(tmp_path / "office", "ស្រីនិច", PASSWORD).read():
        pass


def test_choosing_the_other_language_first_goes_on_in_it(tmp_path):
    with running(tmp_path, "en") as program:
        program.window.page.steps[0].findChild(QPushButton, "km").click()
        settle()
        assert words().language == "km"
        assert program.window.page.step == 1
        assert program.memory.language == "km"


def test_a_door_in_khmer_has_khmer_figures_and_after_the_lock_those_of_the_office(tmp_path):
    with running(tmp_path, "km") as program:
        page = program.window.page
        page.show_step(1)
        assert any("២" in label.text() for label in page.steps[1].findChildren(QLabel))
        program.speak("en")
        assert words().digits == "western"
        program.speak("km")
        assert words().digits == "khmer"
    locked_office(tmp_path)
    with running(tmp_path, "km") as program:
        assert words().digits == "khmer"
        program.open("", PASSWORD)
        settle()
        assert words().digits == program.office.settings.digits == "western"
        program.lock()
        settle()
        assert words().digits == "western"


def test_a_weak_password_is_refused_beside_its_line(tmp_path):
    with running(tmp_path) as program:
        page = program.window.page
        page.show_step(1)
        page.office.edits["name_en"].setText("Trial")
        page.office.edits["code"].setText("1R")
        page._to_staff()
        assert page.office.marks["code"].isVisible()
        page.office.edits["code"].setText("SR")
        page._to_staff()
        page._create()
        assert page.staff.marks["name"].isVisible()
        page.staff.edits["name_latin"].setText("Sreynich")
        page.new.lines.edits["password"].setText("short")
        page._create()
        assert page.new.lines.marks["password"].isVisible()
        page.new.lines.edits["password"].setText(PASSWORD)
        program.window.resize(800, 560)
        page._create()
        settle()
        mark = page.new.lines.marks["again"]
        assert mark.isVisible()
        assert mark.visibleRegion().boundingRect().height() == mark.height(), "not below the edge of the window"
        assert program.office is None


@pytest.mark.parametrize(
    ("password", "said"),
    [("abc", WEAK), (PASSWORD, FAIR), ("a much longer sentence, known to me", STRONG), ("ខ្ញុំចូលចិត្តស្វាយទុំណាស់", STRONG)],
)
def test_strength_is_said_in_words(password, said):
    assert strength(password) == said


def test_the_lock_hides_all_and_opens_with_the_password_alone(tmp_path):
    code = locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        program.open("", PASSWORD)
        settle()
        program.desk.new_arrest()
        write(program.desk.pages["arrest", None].child.findChild(QPlainTextEdit) or QApplication.focusWidget(), "សុវណ្ណ")
        settle()
        program.desk.lock_asked.emit()
        settle()
        page = program.window.page
        assert isinstance(page, LockPage)
        assert program.office is None
        assert not any("សុវណ្ណ" in label.text() for label in program.window.findChildren(QLabel))
        assert program.window.windowTitle() == tr("Child justice casework")
        page.door.lines.edits["password"].setText("not this one")
        page.door.button.click()
        assert page.door.lines.marks["password"].isVisible()
        page.door.lines.edits["password"].setText(PASSWORD)
        press(page.door.lines.edits["password"], Qt.Key.Key_Return)
        settle()
        assert program.desk.place == ("arrest", None)  # where it was locked
        today = program.desk.go(("today", None))
        settle()
        assert len(today.notices.buttons) == 1  # the arrest that was begun
        program.lock()
        settle()
        page = program.window.page
        page.show_recovery()
        page.recovery.lines.edits["code"].setText(code)
        for name in ("password", "again"):
            page.recovery.new.lines.edits[name].setText("another four word password")
        page.recovery.button.click()
        settle()
        fresh = program.window.page
        assert isinstance(fresh, RecoveryPage)
        assert fresh.code._code != code


def test_a_wrong_recovery_code_is_refused_beside_its_line(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path) as program:
        page = program.window.page
        page.show_recovery()
        page.recovery.lines.edits["code"].setText("00000-00000-00000-00000-00000")
        for name in ("password", "again"):
            page.recovery.new.lines.edits[name].setText(PASSWORD)
        page.recovery.button.click()
        assert page.recovery.lines.marks["code"].isVisible()
        assert page.recovery.lines.marks["code"].text().replace("\u200b", "") == WrongCode().say(words())
        page.recovery.back.click()
        assert page.door.isVisible()


def test_the_language_of_the_lock_changes_at_once_and_the_name_stays(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path) as program:
        program.window.page.door.lines.edits["name"].setText("ស្រីនិច")
        program.window.page.languages.buttons["km"].click()
        settle()
        assert words().language == "km"
        assert program.window.page.door.lines.typed("name") == "ស្រីនិច"


def test_switching_the_language_keeps_page_case_and_typing(tmp_path):
    with running(tmp_path) as program:
        office = show_practice(program, tmp_path, 3, "en")
        row = lists.cases(office)[0]
        page = program.desk.go(("case", row.id))
        arrest = page.file.records[0]
        page.edit(arrest)
        page.editing.editor.sections[0].question("place_text").editor.line.setText("ផ្សារចាស់")
        program.desk.search.setText("abc")
        program.desk.languages.buttons["km"].click()
        settle()
        assert words().language == "km"
        assert office.settings.language == "km"
        assert program.desk.place == ("case", row.id)
        again = program.desk.pages["case", row.id].editing
        assert again.editor.record().place_text == "ផ្សារចាស់"
        assert not again.draft_bar.isVisible()
        assert program.desk.search.text() == "abc"


def test_a_practice_office_says_so_on_every_page(tmp_path):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 2, "en")
        for place in ("today", "children", "cases", "settings"):
            program.desk.go((place, None))
            settle()
            assert program.window.practice.isVisible()


def test_the_practice_office_is_one_click_away(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with running(tmp_path, "en") as program:
        program.window.page.practice_asked.emit()
        settle()
        assert program.office.settings.practice
        assert (words().language, words().digits) == ("en", "western")
        assert lists.children(program.office)
        program.lock()
        settle()
        door = program.window.page
        assert isinstance(door, PracticeDoor)  # not the door of the real office
        assert program.window.practice.isVisible()
        door.languages.buttons["km"].click()
        settle()
        door = program.window.page
        assert isinstance(door, PracticeDoor)
        press(QApplication.focusWidget(), Qt.Key.Key_Space)
        settle()
        assert program.office.settings.practice
        assert (words().language, words().digits) == ("km", "khmer")
        program.lock()
        settle()
        program.window.page.back.click()
        settle()
        assert isinstance(program.window.page, AssistantPage)
        assert not program.window.practice.isVisible()


def test_refusal_and_trouble_are_said_in_the_bar_and_a_mistake_in_a_dialog(tmp_path):
    with running(tmp_path, "en") as program:
        office = show_practice(program, tmp_path, 0, "en")
        program.tasks.failed.emit(Refusal(N_("This report was already submitted.")))
        bar = program.window.messages
        assert bar.isVisible()
        assert bar.text.text() == "This report was already submitted."
        assert bar.frame.property("role") == "notice"
        program.tasks.failed.emit(ReadOnly(N_("This report was already submitted.")))
        assert bar.frame.property("role") == "alarm"
        bar.close_button.click()
        assert not bar.isVisible()
        secret = "ឈ្មោះសម្ងាត់"
        program.tasks.run(lambda: {}[secret])
        shown = dialog()
        assert "KeyError" in shown.report.toPlainText()
        assert secret not in shown.report.toPlainText()
        shown.copy()
        assert QApplication.clipboard().text() == shown.report.toPlainText()
        shown.accept()
        assert office.settings.code == "SR"


def test_what_nobody_catches_is_reported_without_its_values(capsys):
    catcher, told = Catcher(), []
    catcher.caught.connect(told.append)
    with pytest.raises(ValueError, match="ឈ្មោះ") as raised:
        raise ValueError("ឈ្មោះ")
    catcher._on_uncaught(ValueError, raised.value, raised.tb)
    assert "test_ui_program.py:" in report_of(raised.value)
    assert "ឈ្មោះ" not in capsys.readouterr().err
    assert len(told) == 1


def test_a_clock_that_runs_behind_is_noticed(tmp_path, monkeypatch):
    from casemgr import clock

    with running(tmp_path, "en") as program:
        monkeypatch.setattr(clock, "now", lambda: clock.local(2020, 1, 1))
        show_practice(program, tmp_path, 0, "en")
        assert program.window.messages.frame.property("role") == "alarm"


def test_two_arrests_begun_and_left_are_both_kept(tmp_path):
    with running(tmp_path, "en") as program:
        office = show_practice(program, tmp_path, 0, "en")
        for name in ("Sok", "Chan"):
            program.desk.new_arrest()
            page = program.desk.pages["arrest", None]
            page.child.sections[0].question("family_name_latin").editor.line.setText(name)
            page.leave()
            settle()
        today = program.desk.pages["today", None]
        assert program.desk.place == ("today", None)
        assert len(today.notices.buttons) == 2
        today.notices.buttons[0][GO_ON].click()
        settle()
        page = program.desk.pages["arrest", None]
        assert page.child.record().family_name_latin in ("Sok", "Chan")  # both were begun in the same second
        page.save()
        settle()
        assert program.desk.place[0] == "case"
        assert case_files.child_file(office, lists.children(office)[0].id, log=False).cases
        program.desk.go(("today", None))
        settle()
        assert len(today.notices.buttons) == 1
        assert "ui.pages.case" in sys.modules


def test_the_language_chosen_in_the_window_outlives_the_lock_and_the_command_line(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path, "km") as program:  # as with --language km
        program.open("", PASSWORD)
        assert words().language == "km"
        program.speak("en")
        program.lock()
        program.open("", PASSWORD)
        assert words().language == "en"


def test_the_window_is_no_larger_than_the_screen(tmp_path):
    with running(tmp_path) as program:
        fresh = type(program.window)()
        room = fresh.screen().availableSize()
        assert fresh.size().boundedTo(room) == fresh.size()
        assert fresh.minimumSize().boundedTo(room) == fresh.minimumSize()
        fresh.deleteLater()


@either
def test_no_heading_and_no_date_of_the_list_of_cases_is_cut_off_in_a_narrow_window(tmp_path, language):
    with running(tmp_path, language) as program:
        program.window.resize(1024, 700)
        show_practice(program, tmp_path, 6, language)
        page = program.desk.go(("cases", None))
        settle()
        table = page.table
        header = table.horizontalHeader()
        for column in (each for each in range(page.model.columnCount()) if not table.isColumnHidden(each)):
            assert header.sectionSizeFromContents(column).width() <= table.columnWidth(column)
        for at in range(page.model.rowCount()):
            for column in (each for each in (5, 6) if not table.isColumnHidden(each)):
                room = table.columnWidth(column) - 20
                assert table.fontMetrics().horizontalAdvance(page.model.index(at, column).data()) <= room


@either
def test_columns_that_do_not_fit_the_smallest_window_are_scrolled_to(tmp_path, language):
    with running(tmp_path, language) as program:
        program.window.resize(900, 512)
        show_practice(program, tmp_path, 6, language)
        table = program.desk.go(("where", None)).table
        settle()
        assert min(table.columnWidth(column) for column in range(table.model().columnCount())) >= 116
        assert table.horizontalScrollBar().maximum() > 0
        program.window.resize(1366, 728)
        settle()
        assert table.horizontalScrollBar().maximum() == 0


def test_a_mistake_ends_a_start_that_was_to_take_a_picture(tmp_path, capsys):
    with running(tmp_path, "en") as program:
        program.options = program.options._replace(picture=tmp_path / "window.png")
        QTimer.singleShot(0, lambda: program.tell_mistake(ValueError("Zuqvaxin")))
        assert QApplication.exec() == 1  # asked to end outside of it, Qt would end every later waiting at once
        told = capsys.readouterr().err
        assert "ValueError" in told
        assert "Zuqvaxin" not in told
        assert QApplication.activeModalWidget() is None
        program.options = program.options._replace(picture=None)
