"""What an office says in Settings of its papers."""

import pytest
from programs import running, settle, show_practice
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from typing_in import press

from casemgr.records.office import OfficeSettings

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def program(tmp_path):
    with running(tmp_path, "en") as program:
        show_practice(program, tmp_path, 2, "en")
        yield program


def test_the_lunar_date_on_papers_is_off_until_it_is_wanted(program):
    page = program.desk.go(("settings", None))
    assert not page.lunar_date.isChecked()
    for wanted in (True, False):
        page.lunar_date.setFocus(Qt.FocusReason.TabFocusReason)
        press(page.lunar_date, Qt.Key.Key_Space)
        settle()
        assert program.office.settings.lunar_date is page.lunar_date.isChecked() is wanted
        with program.office.read() as work:
            assert work.find(OfficeSettings)[0].lunar_date is wanted


def test_a_copy_is_made_from_settings_and_its_age_is_shown(program, tmp_path):
    page = program.desk.go(("settings", None))
    settle()
    texts = lambda: " ".join(label.text() for label in page.copies.findChildren(QLabel))  # noqa: E731
    assert "There is no copy here yet." in texts()
    press(page.copies.copy_button, Qt.Key.Key_Space)
    settle()
    assert "Newest copy" in texts()
    assert len(list((tmp_path / "practice-copies").glob("*.officecopy"))) == 1
    (tmp_path / "stick").mkdir()
    page.copies.choose("stick", tmp_path / "stick")
    settle()
    assert "Stick:" in texts()
    page.copies.choose("home", program.office.folder)
    settle()
    assert "This is the office's own folder" in page.copies.said.text()


def test_the_office_is_checked_from_settings(program):
    page = program.desk.go(("settings", None))
    press(page.health.check_button, Qt.Key.Key_Space)
    settle()
    said = [label.text() for label in page.health.findChildren(QLabel)]
    assert any("audit trail is whole" in text for text in said)
    assert not any(text.startswith("⚠") for text in said)


def test_a_button_at_the_head_leads_to_each_card(program):
    page = program.desk.go(("settings", None))
    settle()
    area = page._area
    assert len(page.ways) >= 10
    for card in (page.copies, page.health):
        page.ways[card.title].click()
        settle()
        assert card.isAncestorOf(QApplication.focusWidget())
        assert not card.visibleRegion().isEmpty()
        assert card.mapTo(area, QPoint(0, 0)).y() >= 0, "its heading is seen"


def test_the_wheel_passes_over_the_table_of_limits_until_somebody_works_in_it(program):
    page = program.desk.go(("settings", None))
    settle()
    table = page.limits.table
    page.copies.copy_button.setFocus()
    assert not turned(table.viewport()), "it scrolls the page"
    assert table.verticalScrollBar().value() == 0
    table.setFocus()
    assert turned(table.viewport())
    assert table.verticalScrollBar().value() > 0


def turned(widget):
    """Turn the wheel a notch over a widget; return whether it takes it for itself."""
    place = QPointF(30, 10)
    event = QWheelEvent(
        place, QPointF(widget.mapToGlobal(place)), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    settle()
    return event.isAccepted()
