"""How much two names are alike by their sounds, whatever script and spelling they came in."""

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


@lru_cache(maxsize=8192)
def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    both_vowels = one in VOWELS and other in VOWELS
    return _NEAR.get("".join(sorted(one + other)), 0.8 if both_vowels else 1.2 if VOWELS & {one, other} else 1.0)


def _drop(sound: str) -> float:
    return _DROPPED.get(sound, 0.7 if sound in VOWELS else 1.0)


@lru_cache(maxsize=65536)
def sounds_apart(one: str, other: str) -> float:
    """Return what it costs to turn these sounds into those: 0 for the same, 1 for another consonant."""
    if one == other:
        return 0.0
    row = [0.0]
    for sound in other:
        row.append(row[-1] + _drop(sound))
    for sound in one:
        before, row = row, [row[0] + _drop(sound)]
        for at, beside in enumerate(other):
            row.append(min(before[at] + _swap(sound, beside), before[at + 1] + _drop(sound), row[at] + _drop(beside)))
    return row[-1]


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


def _key(text: str) -> str:
    return search_key(text).replace(" ", "")
