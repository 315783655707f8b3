"""A list of answers that is open shows which one is chosen, in no more room than the screen has."""

import re
from pathlib import Path

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

import ui as ui_package
from casemgr.i18n import Words
from casemgr.records.case import Offence, OffenceCategory
from casemgr.records.fields import field_of
from ui.editors.choices import ComboEditor
from ui.editors.special import editor_for

pytestmark = pytest.mark.usefixtures("qtbot", "dressed")


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # as no screen does for a list that opens
def test_the_chosen_answer_can_be_read_in_the_open_list(qtbot):
    editor = editor_for(field_of(Offence, "category"), Words("km", "khmer"), None)
    assert isinstance(editor, ComboEditor)
    qtbot.addWidget(editor)
    with qtbot.waitActive(editor):
        editor.show()
    editor.set_value(OffenceCategory.THEFT)
    editor.combo.showPopup()
    view = editor.combo.view()
    qtbot.waitUntil(view.isVisible)
    QApplication.processEvents()
    chosen = view.visualRect(editor.combo.model().index(editor.combo.currentIndex(), 0))
    shown = view.viewport().grab(chosen).toImage()
    seen = {shown.pixel(x, y) for x in range(2, shown.width() - 2) for y in range(4, shown.height() - 4)}
    grounds = [QColor(each).lightness() for each in seen]
    assert max(grounds) - min(grounds) > 120, "its letters are as its ground"
    assert view.window().height() < 15 * chosen.height() + 20  # fourteen answers, the rest by the wheel
    editor.combo.hidePopup()


def test_the_wheel_does_not_take_the_keyboard_into_a_list(qtbot):
    editor = editor_for(field_of(Offence, "category"), Words("km", "khmer"), None)
    qtbot.addWidget(editor)
    assert isinstance(editor, ComboEditor)
    assert editor.combo.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_no_list_is_changed_by_the_wheel_that_scrolls_a_page():
    ui = Path(ui_package.__file__).parent
    made = {path.name for path in ui.rglob("*.py") if re.search(r"\bQComboBox\(", path.read_text("utf-8"))}
    assert made == set(), "StillCombo of ui.editors.choices is left alone by it"
