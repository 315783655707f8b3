"""Keys under which the spellings that look the same, or are typed for the same name, are found.

The stored text is never rewritten; the key stands beside it and is searched for a part of it.
"""

import re
import unicodedata
from functools import lru_cache

from casemgr.khmer.digits import to_ascii_digits

KEY_VERSION = 1
"""Goes up when the folding changes; stored keys of an older version are made again."""

_ZERO_WIDTH = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad\u17b4\u17b5")
# One sign alone has no order, so clusters begin with two.
_CLUSTER = re.compile("[\u1780-\u17b3](?:[\u17b6-\u17d1\u17d3\u17dd]|\u17d2[\u1780-\u17b3]?){2,}")
_PART = re.compile("\u17d2[\u1780-\u17b3]?|.")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_SPACES = re.compile(r"\s+")

# The order of the parts of a cluster (Unicode document L2/22-290): robat, subscripts with ro last, register
# shifters, vowels before and above, below, after, then the remaining marks.
_COENG_RO = "្រ"
_RANK = {"៌": 1, "៉": 4, "៊": 4, "ំ": 9, "ះ": 10, "ៈ": 10}
_RANK |= dict.fromkeys("ើឿៀេែៃោៅ", 5) | dict.fromkeys("ិីឹឺ", 6) | dict.fromkeys("ុូួ", 7) | {"ា": 8}
_OTHER_MARK = 9

# Different characters for what readers take for the same letter.
_FOLDS = (("្ដ", "្ត"), ("េី", "ើ"), ("េា", "ោ"), ("ឲ", "ឱ"), ("ឣ", "អ"), ("ឤ", "អា"), ("ឨ", "ឧក"))
# Under a vowel sign above the letter both shifters are drawn as ុ, and many type ុ.
_SHIFTER = re.compile("[៉៊]")
_ABOVE = re.compile("[ិីឹឺើ]|ា.*ំ|ំ.*ា")
_STROKED = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ơ": "o", "ư": "u"})


def _rank(part: str) -> int:
    if part[0] == "\u17d2":
        return 3 if part == _COENG_RO else 2
    return _RANK.get(part, _OTHER_MARK)


def _ordered(match: re.Match[str]) -> str:
    return _ordered_cluster(match.group())


@lru_cache(maxsize=4096)
def _ordered_cluster(cluster: str) -> str:
    base, rest = cluster[0], cluster[1:]
    if _ABOVE.search(rest):
        rest = _SHIFTER.sub("ុ", rest)
    return base + "".join(sorted(_PART.findall(rest), key=_rank))


@lru_cache(maxsize=4096)
def search_key(text: str) -> str:
    """Return the key of a name or of what was typed to find one; the key of a part is a part of the key.

    Without invisible characters, signs in one order, one form of each letter, Western digits, no capitals,
    no Latin accents, single spaces, none at the ends.
    """
    key = text.translate(_ZERO_WIDTH)
    for variant, folded in _FOLDS:
        key = key.replace(variant, folded)
    key = _CLUSTER.sub(_ordered, key)
    for variant, folded in _FOLDS:  # the order of signs may have brought the two halves of a vowel together
        key = key.replace(variant, folded)
    key = _ACCENTS.sub("", unicodedata.normalize("NFKD", to_ascii_digits(key).casefold()))
    return _SPACES.sub(" ", key.translate(_STROKED)).strip()
