"""Dictionary order of Khmer (CLDR "km"), mixed with Latin, as a key that can be stored and compared as text."""

import re
import unicodedata
from functools import lru_cache

KEY_VERSION = 1
"""Goes up when the order changes; stored keys of an older version are made again."""

Weight = tuple[int, int, int]

_CONSONANTS = "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរឫឬលឭឮវឝឞសហឡអ"
# Two or three signs that the dictionary counts as one vowel stand in their own place.
_VOWELS = (
    *("ា", "ិ", "ី", "ឹ", "ឺ", "ុ", "ូ", "ួ", "ើ", "ឿ", "ៀ", "េ", "ែ", "ៃ", "ោ", "ៅ"),
    *("ុំ", "ំ", "ាំ", "ះ", "ិះ", "ុះ", "េះ", "ោះ"),
)
_MARKS = "៎៏៑័ៈ៝់៉៊៍"  # count only when all letters are equal, in this order
_COENG, _ROBAT = "្", "៌"
_IGNORED = frozenset("\u200b\u200c\u200d\u2060\ufeff\u17b4\u17b5")

_SPACE, _PUNCTUATION, _DIGIT, _KHMER, _LATIN, _OTHER = 0x100, 0x101, 0x300, 0x400, 0x600, 0x800
_COMMON, _VARIANT, _FIRST_MARK, _FIRST_ACCENT = 0x20, 0x28, 0x30, 0x60
_PLAIN, _CAPITAL = 2, 8
_PUNCTUATION_ORDER = "_-–—,;:!?.…។៕៖'‘’\"“”«»()[]{}@*/\\&#%`^+<=>|~$៛"
_STROKED = {"đ": "d", "ł": "l", "ø": "o"}

_PRIMARY = {letter: _KHMER + i for i, letter in enumerate(_CONSONANTS)}
_PRIMARY |= {vowel: _KHMER + 0x80 + i for i, vowel in enumerate(_VOWELS)}
_PRIMARY[_COENG] = _KHMER + 0xA0

# Independent vowels sort as អ with the vowel sign, after it.
_INDEPENDENT = {
    "ឣ": ("អ", None), "ឤ": ("អា", None), "ឥ": ("អិ", "second"), "ឦ": ("អី", "second"), "ឧ": ("អុ", "second"),
    "ឩ": ("អូ", "second"), "ឯ": ("អែ", "second"), "ឰ": ("អៃ", "second"), "ឱ": ("អោ", "second"),
    "ឳ": ("អៅ", "second"), "ឨ": ("ឧក", "third"), "ឪ": ("ឩវ", "third"), "ឲ": ("ឱ", "third"),
}  # fmt: skip

_UNIT = re.compile(
    "|".join(sorted((re.escape(vowel) for vowel in _VOWELS if len(vowel) > 1), key=len, reverse=True))
    + f"|[{_CONSONANTS}ឣ]{_ROBAT}|.",
    re.DOTALL,
)


@lru_cache(maxsize=4096)
def _weights(unit: str) -> tuple[Weight, ...]:
    """Return the weights (letter, mark, case) of one sorting unit."""
    if unit in _PRIMARY:
        return ((_PRIMARY[unit], _COMMON, _PLAIN),)
    if unit in _IGNORED:
        return ()
    if unit in _MARKS:
        return ((0, _FIRST_MARK + _MARKS.index(unit), _PLAIN),)
    if len(unit) == 2 and unit[1] == _ROBAT:
        return _with_robat(unit[0])
    if unit in _INDEPENDENT:
        return _independent(unit)
    return _foreign(unit)


def _with_robat(base: str) -> tuple[Weight, ...]:
    """រ over a letter sorts as រ with that letter below it, after it."""
    below = _weights(base)
    last = (below[-1][0], _VARIANT, below[-1][2])
    return (*_weights("រ"), *_weights(_COENG), *below[:-1], last)


def _independent(unit: str) -> tuple[Weight, ...]:
    spelled, level = _INDEPENDENT[unit]
    weights = [weight for part in _UNIT.findall(spelled) for weight in _weights(part)]
    letter, mark, case = weights[-1]
    if level == "second":
        weights[-1] = (letter, _VARIANT, case)
    elif level == "third":
        weights[-1] = (letter, mark, _CAPITAL)
    return tuple(weights)


def _foreign(character: str) -> tuple[Weight, ...]:
    """Return the weights of what is not a Khmer letter: digits, Latin, spaces, punctuation."""
    code = ord(character)
    if character.isspace():
        return ((_SPACE, _COMMON, _PLAIN),)
    if character.isdecimal():
        return ((_DIGIT + unicodedata.decimal(character), _COMMON, _PLAIN),)
    if unicodedata.combining(character):
        return ((0, _FIRST_ACCENT + (code & 0x7F), _PLAIN),)
    if character.isalpha() and (code < 0x250 or 0x1E00 <= code < 0x1F00):
        return _latin(character)
    if character.isalpha():
        return ((min(_OTHER + code, 0xD7FF), _COMMON, _PLAIN),)
    place = _PUNCTUATION_ORDER.find(character)
    return ((_PUNCTUATION + (place if place >= 0 else 0x40 + (code & 0xFF)), _COMMON, _PLAIN),)


def _latin(character: str) -> tuple[Weight, ...]:
    base, *accents = list(unicodedata.normalize("NFKD", character))
    case = _PLAIN if character == character.lower() else _CAPITAL
    if plain := _STROKED.get(base.lower()):
        base, accents = plain, ["\u0338", *accents]
    letter = (_LATIN + ord(base.lower()), _COMMON, case)
    return (letter, *((0, _FIRST_ACCENT + (ord(accent) & 0x7F), _PLAIN) for accent in accents))


def sort_key(text: str) -> str:
    """Return a key to store beside the text: keys in plain code-point order put the texts in dictionary order.

    The key reveals the text nearly whole; it needs the same protection.
    """
    units = _UNIT.findall(unicodedata.normalize("NFC", text))
    weights = [weight for unit in units for weight in _weights(unit)]
    letters = "".join(chr(letter) for letter, _, _ in weights if letter)
    marks = "".join(chr(mark) for _, mark, _ in weights).rstrip(chr(_COMMON))
    cases = "".join(chr(_COMMON + case) for _, _, case in weights).rstrip(chr(_COMMON + _PLAIN))
    return f"{letters}\x01{marks}\x01{cases}"
