"""Enter and Space where the keyboard is, in the dressed window, as somebody uses it who owns no mouse."""

import pytest
from programs import PASSWORD, dialog, locked_office, running, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from typing_in import press, write_here

from casemgr.i18n import LANGUAGES
from ui import theme
from ui.pages.assistant import AssistantPage
from ui.pages.lock import LockPage
from ui.pages.recovery import RecoveryPage

pytestmark = pytest.mark.usefixtures("qtbot")
NEW_PASSWORD = "another four word password"


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    font, palette = qapp.font(), qapp.palette()
    theme.dress(qapp)
    yield
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


def _enter(button: QPushButton) -> None:
    """Go to a button with the keyboard and press Enter."""
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.hasFocus()
    press(button, Qt.Key.Key_Return)
    settle()


def _here() -> QPushButton:
    found = QApplication.focusWidget()
    assert isinstance(found, QPushButton)
    return found


def _type(*texts: str) -> None:
    """Type one text after the other, Enter after each."""
    for text in texts:
        write_here(text)
        press(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_an_office_is_set_up_with_enter_alone(tmp_path):
    with running(tmp_path, "en") as program:
        page = program.window.page
        assert isinstance(page, AssistantPage)
        press(_here(), Qt.Key.Key_Return)
        assert page.step == 1
        _enter(next(each for each in page.steps[1].findChildren(QPushButton) if each.text() == "Back"))
        press(_here(), Qt.Key.Key_Enter)
        _type("ការិយាល័យ", "Trial office", "sr", "Siem Reap")
        assert page.step == 2
        _type("ស្រីនិច", "Sreynich", "", PASSWORD)
        assert QApplication.focusWidget() is page.new.lines.edits["again"]
        _type(PASSWORD)
        settle()
        shown = program.window.page
        assert isinstance(shown, RecoveryPage)
        press(_here(), Qt.Key.Key_Return)  # Print…, and no printer is known here
        assert shown.code.note.isVisible()
        shown.code.tick.setFocus()
        press(shown.code.tick, Qt.Key.Key_Space)
        _enter(shown.button)
        assert program.desk.place == ("today", None)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_an_empty_today_offers_the_keyboard_what_it_shows(tmp_path, key):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 0, "en")
        assert _here().text() == "New arrest"
        press(_here(), key)
        settle()
        assert program.desk.place == ("arrest", None)


def test_the_bar_at_the_top_and_the_rail_answer_to_enter(tmp_path):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 0, "en")
        _enter(program.desk.rail.buttons["cases"])
        assert program.desk.place == ("cases", None)
        _enter(program.desk.back_button)
        assert program.desk.place == ("today", None)
        _enter(program.desk.lock_button)
        assert program.office is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_recovery_code_opens_with_enter_and_its_button_is_whole(tmp_path, language):
    code = locked_office(tmp_path)
    with running(tmp_path, language) as program:
        page = program.window.page
        assert isinstance(page, LockPage)
        _enter(page.door.forgotten)
        form = page.recovery
        for button in (form.back, form.button):
            assert button.visibleRegion().boundingRect() == button.rect()
        _type(code, "ស្រីនិច", NEW_PASSWORD, NEW_PASSWORD)
        settle()
        assert isinstance(program.window.page, RecoveryPage)


def test_in_a_dialog_enter_goes_to_the_next_line_and_presses_the_button_that_has_the_keyboard(tmp_path):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 0, "en")
        program.desk.go(("settings", None)).change_password()
        settle()
        shown = dialog()
        _type("any")
        assert QApplication.focusWidget() is shown.new.lines.edits["password"]
        _type("short", "short")
        assert shown.new.lines.marks["password"].isVisible()
        cancel = next(each for each in shown.findChildren(QPushButton) if each.text() == "Cancel")
        cancel.setFocus()
        press(cancel, Qt.Key.Key_Return)
        settle()
        assert QApplication.activeModalWidget() is None
