"""Proposals below a line: nothing takes the place of what is typed unless it is chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_in import press, write

from ui.parts.proposing import Proposals

pytestmark = [pytest.mark.usefixtures("qtbot"), pytest.mark.qt_log_ignore("This plugin does not support")]
UNITS = ["Kampong Police", "Kampong Thom Police", "Siem Reap Police"]


@pytest.fixture
def asked(qtbot):
    """A line with proposals, and another below it; what is chosen is put into the line."""
    window = QWidget()
    qtbot.addWidget(window)
    line, after = QLineEdit(window), QLineEdit(window)
    column = QVBoxLayout(window)
    column.addWidget(line)
    column.addWidget(after)
    proposals = Proposals(line, "Units")
    proposals.asked.connect(lambda typed: proposals.show(unit for unit in UNITS if typed.casefold() in unit.casefold()))
    proposals.chosen.connect(line.setText)
    proposals.chosen.connect(lambda _: after.setFocus())
    window.show()
    window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    yield proposals, line, after
    window.close()


def in_list(proposals, *keys):
    for key in keys:
        QTest.keyClick(proposals.popup, key)


@pytest.mark.parametrize("typed", ["kam", "Kampong"])
def test_enter_leaves_what_is_typed(asked, typed):
    proposals, line, _after = asked
    write(line, typed)
    assert proposals.popup.isVisible()
    in_list(proposals, Qt.Key.Key_Return)
    assert line.text() == typed
    assert not proposals.popup.isVisible()


def test_the_arrow_key_marks_the_first_and_enter_takes_it(asked):
    proposals, line, after = asked
    write(line, "kam")
    in_list(proposals, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert line.text() == UNITS[0]
    assert after.hasFocus()


def test_tab_takes_what_is_marked_and_only_that(asked):
    proposals, line, after = asked
    write(line, "kam")
    in_list(proposals, Qt.Key.Key_Tab)
    assert (line.text(), after.hasFocus()) == ("kam", True)
    line.setFocus()
    press(line, Qt.Key.Key_Down)
    in_list(proposals, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Tab)
    assert (line.text(), after.hasFocus()) == (UNITS[1], True)
    assert not proposals.popup.isVisible()
