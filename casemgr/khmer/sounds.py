"""How a name sounds, read from either script, so that Sok and Sokh, Srey Mom and ស្រីមុំ meet.

Each sound is one letter: small for consonants, capital for groups of vowels that clerks write for one another. The
rules are those of the script (two series of consonants give a vowel sign two sounds) and of the habits in which names
are romanised: aspiration, doubled letters, silent r and h count for nothing, and one vowel has many spellings.
"""

import itertools
import re
from functools import lru_cache

from casemgr.khmer.search import search_key

SOUNDS_VERSION = 1
"""Goes up when the rules change; stored keys made of older ones are made again."""

VOWELS = frozenset("AQEIXYWOUDV")
"""a; the vowel that is not written; e; i; ei, ay; ea, ie; eu, oeu; o; u, ou; uo; ao, au, ov."""

_CONSONANTS = dict(zip("កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ", "kkkkNccccJdtdtnttttnbpppmyrlvshl ", strict=True))
_FIRST_SERIES = frozenset("កខចឆដឋណតថបផសហឡអ")
_SONORANT = frozenset("ងញណនមយរលវ")
_SIGNS = {
    "ា": "AY", "ិ": "II", "ី": "XI", "ឹ": "WW", "ឺ": "WW", "ុ": "OU", "ូ": "UU", "ួ": "DD", "ើ": "WW", "ឿ": "WW",
    "ៀ": "YY", "េ": "EE", "ែ": "EE", "ៃ": "XX", "ោ": "VO", "ៅ": "VV", "័": "AY",
}  # fmt: skip
"""The sound of a vowel sign after a consonant of the first series, and of the second."""
_WHOLE = {"ឥ": "I", "ឦ": "X", "ឧ": "U", "ឩ": "U", "ឪ": "V", "ឫ": "rI", "ឬ": "rW", "ឭ": "lW", "ឮ": "lW", "ឯ": "E",
          "ឰ": "X", "ឱ": "O", "ឳ": "V"}  # fmt: skip
_BASES = "".join(_CONSONANTS)
_CLUSTER = re.compile(
    f"(?P<base>[{_BASES}{''.join(_WHOLE)}])(?P<below>(?:្[{_BASES}])*)(?P<signs>[\u17b6-\u17d1\u17d3\u17dd]*)"
)
_SHIFTED = re.compile("ុ(?=[ិីឹឺើ])")  # as search keys write a shifter below a vowel that stands above
_SILENCED = "៍"
_UNWRITTEN, _CLOSING = "-", "."
SILENT_R = "R"
"""r at the end of a syllable, which hardly anybody says or writes."""

_LATIN_LETTER = re.compile("chh?|kh|gh|ng|ny(?=[aeiou])|gn(?=[aeiou])|nh|ph|bh|th|dh|sh|c(?=[eiy])|[a-z]")
_LETTERS = {
    "ch": "c", "chh": "c", "j": "c", "kh": "k", "gh": "k", "g": "k", "q": "k", "ng": "N", "ny": "J", "gn": "J",
    "nh": "J", "ph": "p", "f": "p", "bh": "p", "th": "t", "dh": "t", "sh": "s", "x": "s", "z": "s", "w": "v",
}  # fmt: skip
# y is a vowel but before one; r and h behind a vowel are silent but before one.
_VOWEL_RUN = re.compile("(?:[aeiou]|y(?![aeiou]))+(?:[rh]+(?![aeiouy]))?")
_SPELT = {
    "a": "A", "aa": "A", "e": "E", "ae": "E", "i": "I", "y": "I", "ee": "I", "ii": "I", "ei": "X", "ey": "X", "ai": "X",
    "ay": "X", "aiy": "X", "ea": "Y", "ia": "Y", "ie": "Y", "iea": "Y", "eu": "W", "oeu": "W", "oe": "W", "ue": "W",
    "ueu": "W", "eou": "V", "o": "O", "u": "U", "ou": "U", "oo": "U", "uo": "D", "ua": "D", "oua": "D", "ouo": "D",
    "uoa": "D", "uou": "D", "oa": "Q", "ao": "V", "au": "V", "aou": "V", "eo": "Ev", "ieu": "Yv", "iu": "Iv",
    "oi": "Oy", "oy": "Oy", "ui": "Uy", "uy": "Uy", "uoy": "Dy", "ouy": "Uy", "oey": "Wy", "oeuy": "Wy", "aoy": "Oy",
    "aeu": "W", "eae": "E", "eay": "Yy",
}  # fmt: skip


@lru_cache(maxsize=32768)
def sounds(text: str) -> str:
    """Return the sounds of a name in whatever script; spaces, hyphens and figures count for nothing."""
    words = re.sub("['’.-]", "", search_key(text)).split()
    return _settled("".join(_of_khmer(word) + _of_latin(word) for word in words))


def skeleton(text: str) -> str:
    """Return what stays of the sounds where all vowels are taken for one: names that are alike mostly share it."""
    return skeleton_of(sounds(text))


def skeleton_of(heard: str) -> str:
    """Return the skeleton of sounds."""
    coarse = "".join("*" if sound in VOWELS else _COARSE.get(sound, sound) for sound in heard)
    return re.sub(r"(.)\1+", r"\1", coarse)


_COARSE = {"T": "t", "d": "t", "b": "p", "J": "n", SILENT_R: ""}


def _of_khmer(word: str) -> str:
    """Return the sounds of the Khmer letters of a word."""
    clusters = [_cluster(match) for match in _CLUSTER.finditer(word.replace("ាំង", "ាង").replace("័យ", "ៃ"))]
    found = ""
    for now, after in itertools.pairwise([*clusters, ("", "", "")]):
        heard = found[-1:] in VOWELS and bool(found)
        onset, vowel, coda = now
        if heard and not coda and _closes(vowel, after):
            found += SILENT_R if onset == "r" else onset
        elif heard and not any(after) and word[-1] in "ិុ" and onset[-1:] in tuple("tTm"):
            found += onset  # as in ជាតិ and ធាតុ
        else:
            found += onset + ("Q" if vowel in (_UNWRITTEN, _CLOSING) else vowel) + coda
    return found


def _closes(vowel: str, after: tuple[str, str, str]) -> bool:
    """Whether a consonant behind a vowel ends that syllable, unless what follows needs it to begin one."""
    next_onset, follows, _ = after
    needed = follows == _CLOSING or (follows == _UNWRITTEN and not _begins_syllable(next_onset))
    return vowel == _CLOSING or (vowel == _UNWRITTEN and not needed)


def _begins_syllable(onset: str) -> bool:
    """Whether consonants can only stand before a vowel, as in ថ្ម, ត្រ and អ."""
    return not onset or (len(onset) > 1 and onset[0] not in "NJnmyrlv" and onset[-1] in "NJnmyrlv")


def _cluster(match: re.Match[str]) -> tuple[str, str, str]:
    """Return what a consonant with all that belongs to it sounds like: consonants, vowel, consonant behind it."""
    base, below, signs = match["base"], match["below"].replace("្", ""), match["signs"]
    if _SILENCED in signs:
        return "", "", ""
    coda = "m" if "ំ" in signs else "k" if "ៈ" in signs else ""  # Ratanak, Vannak
    if base in _WHOLE:
        return "", _WHOLE[base], coda
    return _onset(base, below, signs), _vowel(signs, first=_is_first(base, below, signs)), coda


def _onset(base: str, below: str, signs: str) -> str:
    letters = base + below
    if base == "ហ" and below:  # h lends the letter below it another sound: f, g, z
        letters = below.replace("វ", "ផ", 1)
    onset = "".join(_CONSONANTS[letter] for letter in letters).replace(" ", "")
    if base == "ប" and (below or "៉" in signs):
        onset = f"p{onset[1:]}"
    if "ត" in below:  # t and d look the same below
        onset = f"{onset[:1]}{onset[1:].replace('t', 'T', 1)}"
    return onset


def _is_first(base: str, below: str, signs: str) -> bool:
    """Whether the vowel sounds as in the first series: by the last letter that is no sonorant, or by a shifter."""
    if "៉" in signs:
        return True
    strong = [letter for letter in base + below if letter not in _SONORANT] or [base]
    shifted = _SHIFTED.search(signs) is not None
    return (strong[-1] in _FIRST_SERIES) is not ("៊" in signs or shifted)


def _vowel(signs: str, *, first: bool) -> str:
    written = [_SIGNS[sign] for sign in _SHIFTED.sub("", signs) if sign in _SIGNS]
    if written:
        return written[0][0 if first else 1]
    if "ៈ" in signs:
        return "A"
    if "ះ" in signs:
        return "A" if first else "Y"
    if "ំ" in signs:
        return "Q" if first else "O"
    return _CLOSING if "់" in signs else _UNWRITTEN


def _of_latin(word: str) -> str:
    """Return the sounds of the Latin letters of a word."""
    found, at = "", 0
    while at < len(word):
        if run := _VOWEL_RUN.match(word, at):
            found, at = found + _spelt(run.group().rstrip("rh")), run.end()
        elif letter := _LATIN_LETTER.match(word, at):
            written, at = letter.group(), letter.end()
            alone = "c" if word[at : at + 1] in tuple("eiy") else "k"
            found += alone if written == "c" else _LETTERS.get(written, written)
        else:
            at += 1
    return found


def _spelt(run: str) -> str:
    """Return the sound of a run of vowel letters; one that is not written for a single sound is read in parts."""
    found, at = "", 0
    while at < len(run):
        lengths = range(min(len(run) - at, _LONGEST_SPELT), 0, -1)
        length = next((length for length in lengths if run[at : at + length] in _SPELT), None)
        if length is None:
            break
        found, at = found + _SPELT[run[at : at + length]], at + length
    return found


_LONGEST_SPELT = max(map(len, _SPELT))


_V = "".join(sorted(VOWELS))
_SETTLING = (
    (re.compile(f"[AEQ]y(?=[{_V}])"), "Xy"), (re.compile(f"[AEQ]y(?![{_V}])"), "X"),
    (re.compile(f"[AOQ]v(?![{_V}])"), "V"),
    (re.compile(f"(?<=[{_V}])r(?![{_V}])"), SILENT_R), (re.compile("R$"), ""), (re.compile(f"h(?![{_V}])"), ""),
    (re.compile(f"(?<=[{_V}])d(?![{_V}r])"), "t"), (re.compile(f"b(?![{_V}])"), "p"), (re.compile("tT"), "T"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(f"(?<=[{_V}])([^{_V}])[^{_V}]+$"), r"\1"), (re.compile("T$"), "t"),
)  # fmt: skip
"""Diphthongs are one sound; what is silent, or sounds the same at the end of a syllable, is written one way."""


def _settled(found: str) -> str:
    for pattern, settled in _SETTLING:
        found = pattern.sub(settled, found)
    return found
