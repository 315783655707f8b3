"""Where a line may end inside Khmer or mixed text.

Khmer writes no space between words, so the words are found by a trained model (khmercut); the rules of
punctuation, signs and digits are our own.
"""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import Any

ZERO_WIDTH_SPACE = "\u200b"
WORD_JOINER = "\u2060"

_KHMER_RUN = re.compile("[\u1780-\u17b3\u17b6-\u17d3\u17d7\u17dc\u17dd]+")
_CANDIDATE = re.compile(r"(?<=[\s\u200b/,-])(?=[^\s\u200b])")
_CLUSTER = re.compile(
    "[\u1780-\u17b3\u25cc](?:[\u17b4-\u17d1\u17d3\u17dd\u200c\u200d]|\u17d2[\u1780-\u17b3]?)*"
    "|.[\u0300-\u036f\u17b4-\u17d3\u17dd\u200c\u200d]*",
    re.DOTALL,
)
_SIGNS = frozenset(map(chr, (*range(0x17B4, 0x17D4), 0x17DD, 0x200C, 0x200D, *range(0x300, 0x370))))
NEVER_FIRST = _SIGNS | frozenset("។៕៖ៗ៘៚,.;:!?)]}»”’%៛…")
"""Characters that may not begin a line."""
NEVER_LAST = frozenset("([{«“‘$\u17d2")
"""Characters that may not end a line."""
_NO_BREAK_BESIDE = frozenset({WORD_JOINER, "\u00a0", "\u202f", "\u2007"})

# Official names and terms of law that read as one word; the model would cut them.
_ONE_WORD = frozenset(
    (
        "ព្រះរាជាណាចក្រកម្ពុជា", "ព្រះរាជអាជ្ញា", "ព្រះមហាក្សត្រ", "រាជរដ្ឋាភិបាល", "អនីតិជន", "នីតិភាព", "បទលហុ", "បទមជ្ឈិម",
        "បទឧក្រិដ្ឋ", "សាលដីកា", "សាលក្រម", "ទណ្ឌិត", "សហចារី", "សមាហរណកម្ម", "សង្គមកិច្ច", "អតីតយុទ្ធជន", "យុវនីតិសម្បទា",
        "អាណាព្យាបាល", "ស្នាមមេដៃ", "ហត្ថលេខា", "ថ្កោលទោស", "អ្នកសមគំនិត", "ឪពុកម្តាយ", "នាមត្រកូល", "សអយ", "កោះកុង",
    )
)  # fmt: skip
_ONE_WORD_PATTERN = re.compile("|".join(sorted(_ONE_WORD, key=len, reverse=True)))
_model = Lock()


@lru_cache(maxsize=16384)
def _word_ends(run: str) -> tuple[int, ...]:
    """Return the positions inside a run of Khmer letters where one word ends and the next begins."""
    from khmercut import tokenize  # noqa: PLC0415  (the model is loaded when the first Khmer text is set)

    with _model:  # the model answers one caller at a time
        words = tokenize(run)
    ends, position = [], 0
    for word in words[:-1]:
        position += len(word)
        ends.append(position)
    kept = [match.span() for match in _ONE_WORD_PATTERN.finditer(run)]
    return tuple(end for end in ends if not any(start < end < stop for start, stop in kept))


def let_go_of_model() -> None:
    """Let go of the model, which takes 18 megabytes: it is read anew, in some milliseconds, for the next new text."""
    loaded: Any = sys.modules.get("khmercut")
    if loaded is not None and _model.acquire(blocking=False):  # where it is just used it stays
        loaded.tagger = None
        _model.release()


def _candidates(text: str) -> Iterator[int]:
    for match in _CANDIDATE.finditer(text):
        yield match.start()
    for match in _KHMER_RUN.finditer(text):
        start, stop = match.span()
        yield start
        yield stop
        for end in _word_ends(match.group()):
            yield start + end


def _allowed(text: str, position: int) -> bool:
    """Tell whether the rules of signs, punctuation and digits let a line end before text[position]."""
    before, after = text[position - 1], text[position]
    if after.isspace() or after == ZERO_WIDTH_SPACE or after in NEVER_FIRST:
        return False
    if before in _NO_BREAK_BESIDE or after in _NO_BREAK_BESIDE:
        return False
    if before.isspace() or before == ZERO_WIDTH_SPACE:
        return True
    if before in NEVER_LAST or before == "." or after.isdigit():
        return False  # abbreviations stay whole, and a number stays with the word or sign it is glued to
    if before in "-,/":
        return position > 1 and not text[position - 2].isspace() and not text[position - 2].isdigit()
    return True


@lru_cache(maxsize=8192)
def break_points(text: str) -> tuple[int, ...]:
    """Return, in order, the positions inside `text` before which a line may begin.

    Spaces stay with the line they end. U+200B in the text is a break, U+2060 and the no-break spaces forbid one.
    """
    found = {p for p in _candidates(text) if 0 < p < len(text) and _allowed(text, p)}
    return tuple(sorted(found))


@lru_cache(maxsize=8192)
def with_breaks(text: str) -> str:
    """Return the text for the screen: with U+200B at the word breaks inside Khmer, where Qt knows none.

    For showing only; the text that is kept or copied stays without.
    """
    pieces, last = [], 0
    for point in break_points(text):
        before, after = text[point - 1], text[point]
        if before.isspace() or before in "\u200b-,/" or not (_is_khmer(before) or _is_khmer(after)):
            continue
        pieces.append(text[last:point])
        last = point
    return ZERO_WIDTH_SPACE.join([*pieces, text[last:]])


def has_khmer(text: str) -> bool:
    """Return whether a letter or sign of a text is Khmer."""
    return any(map(_is_khmer, text))


def _is_khmer(character: str) -> bool:
    return "\u1780" <= character <= "\u17ff"


@lru_cache(maxsize=4096)
def clusters(text: str) -> tuple[str, ...]:
    """Return the text cut into what a reader sees as one letter: a base with its subscripts and signs."""
    return tuple(_CLUSTER.findall(text))
