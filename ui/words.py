"""The language of the screen: one for the whole program, changed in one place."""

import re
from collections.abc import Callable

from casemgr.i18n import FIGURES, Words

_ENDLESS = re.compile(r"[^\s\u200b]{39}(?!\u17d2)[^\s\u200b](?=[^\s\u200b\u0300-\u036f\u17b4-\u17d3\u17dd])")
"""Forty letters without any place to break, before one that can begin a line."""
_KHMER = re.compile("[\u1780-\u17ff]")
_screen: list[Words] = []
_waiting: list[bool] = []


def set_words(chosen: Words) -> None:
    """Make this the language and the figures of the screen; pages built from now on speak it."""
    _screen[:] = [chosen]


def speak_before_office(language: str) -> None:
    """Make this the language of the screen before an office is open, which may want other figures."""
    set_words(Words(language, FIGURES[language]))


def words() -> Words:
    """Return the screen's language; Khmer with Western figures until one is chosen."""
    if not _screen:
        set_words(Words("km"))
    return _screen[0]


def tr(message: str, /, **slots: object) -> str:
    """Return a message of the catalogue in the screen's language, its {slots} filled."""
    return words().text(message, **slots)


def hold_breaks(*, hold: bool) -> None:
    """Leave texts without breaks for now: the first window is painted before the word model is loaded."""
    _waiting[:] = [True] if hold else []


def wrapped(text: str) -> str:
    """Return a text with breaks between Khmer words, for labels that wrap; Qt itself knows none in Khmer.

    What has no break for forty letters, such as a long path or a key that was held down, gets one: it would make the
    page wider than the window.
    """
    if not _waiting and _KHMER.search(text):
        from casemgr.khmer.breaks import with_breaks  # noqa: PLC0415  (the word model is loaded for the first of them)

        text = with_breaks(text)
    return text if len(text) < 40 or "<" in text else _ENDLESS.sub("\\g<0>\u200b", text)


def in_lines(text: str, width_of: Callable[[str], int], width: int) -> str:
    """Return a text broken between its words into lines no wider than that, for what does not wrap its own.

    width_of: measures a piece of it, in the unit of width. A text that fits comes back as it is.
    """
    if width_of(text) <= width:
        return text
    lines = [""]
    for word in re.findall("[^ \u200b]+[ \u200b]*", wrapped(text)):
        if lines[-1] and width_of((lines[-1] + word).rstrip(" \u200b")) > width:
            lines.append("")
        lines[-1] += word
    return "\n".join(line.rstrip(" \u200b") for line in lines)
