"""Where the keyboard is can be seen on every page: what has it looks otherwise than without it."""

import pytest
from programs import running, settle
from reaching import unmarked
from test_ui_sight import BEFORE, PAGES, Showing, _before, _dressed, _shown, _stops

__all__ = ["_dressed"]
pytestmark = pytest.mark.usefixtures("qtbot")
QUICK = ("today", "keys")
"""Looked at in every run; the others, which take a minute, are of the long proofs."""


@pytest.mark.parametrize(
    "page", [pytest.param(each, marks=() if each in QUICK else pytest.mark.slow) for each in (*BEFORE, *PAGES)]
)
def test_what_has_the_keyboard_is_marked(tmp_path, page):
    with running(tmp_path, "en") as program:
        if page in BEFORE:
            shown = _before(program.window, page)
        else:
            shown = _shown(Showing(program, tmp_path), page, tmp_path, "en")
        try:
            assert not unmarked(shown, _stops(shown))
        finally:
            if shown is not program.window:
                shown.done(0)
                settle()
