"""How much two names are alike by their sounds, whatever script and spelling they came in."""

import itertools
from functools import lru_cache
from typing import NamedTuple

from casemgr.khmer.search import search_key
from casemgr.khmer.sounds import VOWELS, sounds

ALIKE = 0.7
"""From here on two names may well be two spellings of one."""

_NEAR = {
    "AQ": .1, "OQ": .1, "AY": .25, "QY": .25, "AO": .3, "DQ": .3, "QU": .3, "EQ": .4, "AE": .4, "AV": .3, "AX": .5,
    "EI": .2, "EX": .25, "IX": .1, "EY": .4, "IW": .25, "EW": .3, "WX": .4, "UW": .3, "OW": .4, "WY": .5, "DW": .5,
    "OU": .15, "DU": .2, "DO": .2, "OV": .2, "UV": .25, "DV": .4, "XY": .6, "IY": .7,
    "Tt": .1, "Td": .1, "dt": .5, "bp": .4, "JN": .5, "Jn": .4, "Nn": .5, "Rr": .1, "lr": .7, "cs": .7, "bv": .8,
}  # fmt: skip
"""What it costs to take one sound for another, the two in the order of the letters; other vowels .8, consonants 1."""
_DROPPED = {"R": 0.1, "Q": 0.2, "A": 0.3, "O": 0.5, "h": 0.4, "y": 0.3, "T": 0.5, "v": 0.7}
"""What it costs where a sound stands in one name alone; other vowels .7, consonants 1."""


class Name(NamedTuple):
    """A family and a given name, in one script; empty where not known."""

    family: str
    given: str


def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    both_vowels = one in VOWELS and other in VOWELS
    other_kind = 0.8 if both_vowels else 1.2 if VOWELS & {one, other} else 1.0
    return _NEAR.get(f"{min(one, other)}{max(one, other)}", other_kind)


_SOUNDS = "".join(sorted(VOWELS)) + "NJTRabcdefghijklmnopqrstuvwxyz"
_SWAPS = {one: {other: _swap(one, other) for other in _SOUNDS} for one in _SOUNDS}
_DROPS = {sound: _DROPPED.get(sound, 0.7 if sound in VOWELS else 1.0) for sound in _SOUNDS}
FAR = 3.0
"""Sounds that lie further apart are not told how far."""


@lru_cache(maxsize=65536)
def sounds_apart(one: str, other: str) -> float:
    """Return what it costs to turn these sounds into those, FAR at most: 0 for the same, 1 for another consonant."""
    if one == other:
        return 0.0
    drops = [_DROPS[sound] for sound in other]
    row = [0.0, *itertools.accumulate(drops)]
    for sound in one:
        swaps, drop, before = _SWAPS[sound], _DROPS[sound], row
        last = before[0] + drop
        row = [last]
        for at, beside in enumerate(other):
            last = min(before[at] + swaps[beside], before[at + 1] + drop, last + drops[at])
            row.append(last)
        if min(row) > FAR:
            return FAR
    return row[-1]


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> float:
    """Return how much two words, or names without a gap, are alike: 1 for one key or the same sounds, 0 for nothing."""
    if not one or not other:
        return 0.0
    if _key(one) == _key(other):
        return 1.0
    left, right = sounds(one), sounds(other)
    if not left or not right:
        return 0.0
    return max(0.0, 0.99 - sounds_apart(left, right) / (1.6 + 0.08 * max(len(left), len(right))))


def names_alike(one: Name, other: Name) -> float:
    """Return how much two names are alike: both parts must be, in this order or the other way round.

    Where one name is not parted, or only one part is known, the whole names, or the known parts, are compared.
    """
    if all(one) and all(other):
        straight = min(alike(one.family, other.family), alike(one.given, other.given))
        turned = min(alike(one.family, other.given), alike(one.given, other.family)) - 0.05
        return max(straight, turned)
    return max(alike(" ".join(filter(None, one)), " ".join(filter(None, other))), 0.0)


@lru_cache(maxsize=16384)
def begins_alike(typed: str, whole: str) -> float:
    """Return how well sounds that were typed so far fit those of a word, or its first ones: 0, or up to 0.75."""
    cost = min(
        sounds_apart(typed, whole[:end]) + 0.02 * (len(whole) - end)
        for end in {len(whole), *range(max(1, len(typed) - 1), min(len(whole), len(typed) + 2))}
    )
    return max(0.0, 0.75 - cost / (1.6 + 0.08 * len(typed))) if cost <= 0.75 else 0.0


def forget() -> None:
    """Let go of the names that were compared lately."""
    for remembered in (sounds_apart, alike, begins_alike, _key, sounds, search_key):
        remembered.cache_clear()


@lru_cache(maxsize=16384)
def _key(text: str) -> str:
    return search_key(text).replace(" ", "")
