"""What an office says in Settings of its papers."""

import pytest
from programs import running, settle, show_practice
from PySide6.QtCore import Qt
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
