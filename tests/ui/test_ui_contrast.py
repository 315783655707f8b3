"""Contrast, reckoned from the style sheet itself: every text on every ground it may stand on, every ring and sign.

WCAG 2.2 asks 4.5 to 1 of texts, 3 to 1 of what is seen as a shape. What is disabled it lets off; here it can be read.
"""

import re
from functools import cache
from typing import NamedTuple

import pytest
from PySide6.QtGui import QColor

from casemgr.law.standing import StageState
from ui import theme
from ui.parts import clock_badge, ribbon

TEXT, SHAPE = 4.5, 3.0
AROUND = ("card", "ground", "accent_light", "notice", "over_light")
"""What a widget without a ground of its own may stand on: cards, the page, lines that are marked, notices, alarms."""
PLAIN = ("card", "ground")
WHERE = {
    "#rail": ("rail",),
    'QLabel[role="practice"]': ("notice",),
    'QLabel[role="doubt"]': (*PLAIN, "accent_light", "notice"),
    'QPushButton[role="language"]': PLAIN,
    'QPushButton[role="link"]': (*PLAIN, "notice", "accent_light"),
    "QHeaderView": PLAIN,
}
"""Where those stand that are not found everywhere."""
NO_TEXT = ("indicator", "indicator:checked", "::chunk", "::handle", "::handle:hover")
"""Parts of widgets in which no text stands; in the rail itself none does either, its labels have rules of their own."""
_RULE = re.compile(r"([^{}]+)\{([^}]*)\}")
_HEX = re.compile(r"^#[0-9a-f]{6}$")


class Rule(NamedTuple):
    """A selector of the sheet and what it says."""

    selector: str
    says: dict[str, str]


@cache
def rules() -> tuple[Rule, ...]:
    found = []
    for selectors, body in _RULE.findall(theme.sheet()):
        says = dict(part.strip().split(": ", 1) for part in re.split(r";\s*", body) if ": " in part)
        found += [Rule(" ".join(each.split()), says) for each in selectors.split(",")]
    return tuple(found)


def said(selector: str, name: str) -> str | None:
    """Return what the sheet says of a property, also by what the selector goes back to; None for nothing."""
    known = {}
    for rule in rules():
        known.setdefault(rule.selector, {}).update(rule.says)
    for each in goes_back_to(selector):
        if name in known.get(each, {}):
            return known[each][name]
    return None


def goes_back_to(selector: str) -> list[str]:
    """Return a selector and the simpler ones it goes back to: without its states, without its attributes."""
    found = [selector]
    while (simpler := re.sub(r"(::?[a-z-]+|\[[^\]]*\])$", "", found[-1])) != found[-1]:
        found.append(simpler)
    return found


def grounds(selector: str) -> list[str]:
    own = said(selector, "background")
    if own is not None and _HEX.match(own):
        return [own]
    places = next((each for begins, each in WHERE.items() if selector.startswith(begins)), AROUND)
    return [theme.COLOURS[each] for each in places]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(QColor(colour).name()[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_of_the_sheet_stands_out_from_every_ground_it_may_have():
    faint = []
    for rule in rules():
        if "color" not in rule.says and not _HEX.match(rule.says.get("background", "")):
            continue
        if rule.selector == "#rail" or rule.selector.endswith(NO_TEXT):
            continue
        colour = said(rule.selector, "color") or theme.COLOURS["text"]
        faint += [
            f"{rule.selector}: {colour} on {ground} is {contrast(colour, ground):.2f}"
            for ground in grounds(rule.selector)
            if contrast(colour, ground) < TEXT
        ]
    assert not faint


def test_what_is_chosen_in_a_list_stands_out():
    for rule in rules():
        if (ground := rule.says.get("selection-background-color")) is not None:
            assert contrast(rule.says["selection-color"], ground) >= TEXT, rule.selector


def test_every_focus_ring_stands_out_from_what_is_within_and_around():
    faint = []
    for rule in rules():
        ring = rule.says.get("border-color")
        if ":focus" not in rule.selector or ring is None:
            continue
        faint += [
            f"{rule.selector}: {ring} on {ground} is {contrast(ring, ground):.2f}"
            for ground in grounds(rule.selector)
            if contrast(ring, ground) < SHAPE
        ]
    assert not faint


@pytest.mark.parametrize("colour", clock_badge.COLOURS.values())
def test_the_signs_of_clocks_stand_out(colour):
    for ground in (*PLAIN, "accent_light", "over_light"):
        assert contrast(colour, theme.COLOURS[ground]) >= TEXT


@pytest.mark.parametrize("state", StageState)
def test_the_signs_of_stages_stand_out_from_their_chips(state):
    chip = f'QPushButton[role="chip"][state="{state.value}"]'
    assert contrast(ribbon.COLOUR_OF[state], grounds(chip)[0]) >= SHAPE


def test_lines_of_tables_stand_out_marked_or_not():
    for text in ("text", "muted", "over", "notice_text"):
        for ground in ("card", "ground", "accent_light", "over_light"):
            assert contrast(theme.COLOURS[text], theme.COLOURS[ground]) >= TEXT, (text, ground)


def test_boxes_and_what_is_painted_can_be_seen():
    pairs = [
        ("field_line", "card"),
        ("field_line", "ground"),
        ("accent", "card"),
        ("accent", "ground"),
        ("over", "card"),
    ]
    for one, other in pairs:
        assert contrast(theme.COLOURS[one], theme.COLOURS[other]) >= SHAPE, (one, other)
