"""About the program: where everything lies, and the licence of each part."""

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from programs import dialog, running, settle, show_practice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from test_ui_sight import _clipped
from typing_in import press

from casemgr import __version__, assets, whereabouts
from casemgr.i18n import LANGUAGES
from ui.pages.about import AboutDialog
from ui.pages.settings import LICENCES
from ui.words import tr

pytestmark = pytest.mark.usefixtures("qtbot", "dressed")


@pytest.fixture(params=LANGUAGES)
def shown(tmp_path, request):
    with running(tmp_path, request.param) as program:
        office = show_practice(program, tmp_path, 0, request.param)
        page = program.desk.go(("settings", None))
        settle()
        asked = [each for each in page.findChildren(QPushButton) if each.text() == tr(LICENCES)]
        press(asked[0], Qt.Key.Key_Space)
        settle()
        shown = dialog()
        assert isinstance(shown, AboutDialog)
        yield shown, office
        shown.reject()
        settle()


def test_it_says_where_everything_lies_as_it_is_to_be_copied(shown):
    about, office = shown
    places = [str(office.folder), str(whereabouts.practice_folder()), str(assets.program_folder())]
    assert [place.text() for place in about.places] == places
    assert all(place.isReadOnly() and place.accessibleName() for place in about.places)


def test_each_part_shows_its_licence(shown):
    about, _ = shown
    assert about.list.item(0).text() == f"casemgr {__version__}\nMPL-2.0"
    assert about.text.toPlainText().startswith("Mozilla Public License Version 2.0")
    seen = set()
    for row in range(about.list.count()):
        about.list.setCurrentRow(row)
        seen.add(about.text.toPlainText())
    assert about.list.count() >= 4
    assert len(seen) > 3
    assert "" not in seen


def test_everything_in_it_fits_and_is_reached_with_the_keyboard(shown):
    about, _ = shown
    assert _clipped(about) == []
    assert about.list.hasFocus()
    press(about.list, Qt.Key.Key_Down)
    assert about.list.currentRow() == 1
    for part in (about.list, about.text, about.close_button, *about.places):
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus
