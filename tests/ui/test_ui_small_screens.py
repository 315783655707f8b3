"""Every page and dialog where there is little room: a screen of 1366 × 768 at 125 and 150 %, and longer words.

At 150 % such a screen has 911 × 512 points, of which the system keeps a part for itself. What does not fit has to be
scrolled to; a text or button that is cut off is nowhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from programs import running, settle
from test_ui_sight import BEFORE, PAGES, Showing, _before, _clipped, _dressed, _shown

from casemgr import i18n

__all__ = ["_dressed"]
pytestmark = pytest.mark.usefixtures("qtbot")
AT_150, AT_125, WHOLE = (911, 480), (1093, 580), (1366, 728)
QUICK = {"case", "today", "contact-dialog-new"}
"""Looked at in every run, in Khmer at 150 %; all others are of the long proofs."""
LONGER = 0.6


class LongerWords:
    """A catalogue that says everything at more length, as a language that is translated to later may."""

    def __init__(self, catalogue) -> None:
        self._catalogue = catalogue

    def gettext(self, message: str) -> str:
        return _longer(self._catalogue.gettext(message))

    def ngettext(self, one: str, many: str, n: int) -> str:
        return _longer(self._catalogue.ngettext(one, many, n))


def _longer(text: str) -> str:
    """Return a text with some of its own words again, until it is six tenths longer."""
    again = [word for word in text.split(" ") if "{" not in word and 1 < len(word) < 9] or ["more"]
    found = text
    while text and len(found) < len(text) * (1 + LONGER) - 4:
        found += " " + again[(len(found) - len(text)) % len(again)]
    return found


@contextmanager
def _words(kind: str) -> Iterator[str]:
    """Give the language to look at; with "long", English with longer words."""
    if kind != "long":
        yield kind
        return
    with pytest.MonkeyPatch.context() as patch:
        known = i18n._catalogue
        patch.setattr(i18n, "_catalogue", lambda language: LongerWords(known(language)))
        yield "en"


CASES = [
    pytest.param(
        page, kind, size, marks=() if (page in QUICK and kind == "km" and size == AT_150) else pytest.mark.slow
    )
    for page in (*BEFORE, *PAGES)
    for kind, size in (("km", AT_150), ("en", AT_150), ("km", AT_125), ("long", WHOLE))
]


@pytest.mark.parametrize(("page", "kind", "size"), CASES)
def test_nothing_is_cut_off_or_larger_than_the_window(tmp_path, page, kind, size):
    with _words(kind) as language, running(tmp_path, language) as program:
        program.window.resize(*size)
        if page in BEFORE:
            shown = _before(program.window, page)
        else:
            shown = _shown(Showing(program, tmp_path), page, tmp_path, language)
        try:
            assert not _clipped(shown)
            for each in {program.window, shown}:
                assert each.width() <= size[0]
                assert each.height() <= size[1]
        finally:
            if shown is not program.window:
                shown.done(0)
                settle()
