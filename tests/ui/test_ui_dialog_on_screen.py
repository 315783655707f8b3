"""A dialog that grows while it is open keeps its buttons on the screen."""

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from programs import settle
from PySide6.QtWidgets import QPushButton

from ui.parts.card import text_label
from ui.parts.dialog import CalmDialog

pytestmark = pytest.mark.usefixtures("qtbot", "dressed")


@pytest.fixture
def shown():
    dialog = CalmDialog("Hand over", None)
    dialog.more = text_label("A sentence that is long enough to be wrapped. " * 12, "answer")
    dialog.more.hide()
    dialog.column.addWidget(text_label("The file opens", "question"))
    dialog.column.addWidget(dialog.more)
    dialog.go_on = QPushButton("Save as…", dialog)
    dialog.add_exits(dialog.go_on)
    dialog.open()
    settle()
    yield dialog
    dialog.done(0)
    settle()


def below(dialog):
    return dialog.frameGeometry().bottom() - dialog.screen().availableGeometry().bottom()


def test_a_dialog_that_grows_goes_up_and_no_higher_than_it_must(shown):
    screen = shown.screen().availableGeometry()
    shown.move(shown.x(), screen.bottom() - shown.frameGeometry().height() - 10)
    shown.more.show()
    settle()
    assert below(shown) == 0
    shown.move(shown.x(), screen.top() + 5)
    shown.more.setText(shown.more.text() * 2)
    settle()
    assert shown.frameGeometry().top() == screen.top() + 5, "there was room below"


def test_a_dialog_gives_back_the_room_of_what_is_hidden(shown):
    shown.more.show()
    settle()
    tall = shown.height()
    shown.more.hide()
    shown.be_as_tall_as_needed()
    settle()
    assert shown.height() < tall - 100
