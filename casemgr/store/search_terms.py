"""The keys under which a child is found, made of what is written down of it and of its cases.

The first letter of a term says of what it is made. A word is found from its beginning, and from each syllable on.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from casemgr import places
from casemgr.khmer import alike, search, sorting, sounds
from casemgr.khmer.search import search_key
from casemgr.khmer.sorting import sort_key
from casemgr.khmer.sounds import VOWELS, skeleton_of
from casemgr.khmer.sounds import sounds as heard
from casemgr.measures.same_child import Person, person_of
from casemgr.records.child import full_name

NAME, INNER, WHOLE, SOUND, NUMBER, GUARDIAN, PLACE, BLOCK = "n", "i", "w", "s", "c", "g", "v", "b"
"""Words of names and nicknames; what stands from a syllable of one on; whole names without a gap; how words sound, by
skeleton and sounds; codes, numbers and telephones; guardians; where the child lives; who may be one."""
SOUNDED = "/"
"""Stands between the skeleton of a word and its sounds."""

RULES = f"2-{search.KEY_VERSION}-{sounds.SOUNDS_VERSION}-{sorting.KEY_VERSION}"
"""Says by which rules terms are made; the first figure goes up when those of this file change."""

LONGEST = 40
"""Letters of a term; more tell nobody apart."""

_KHMER_SYLLABLE = re.compile("(?<!\u17d2)[\u1780-\u17b3]")
_LATIN_SYLLABLE = re.compile("(?<=[aeiouy])(?:(?:[^aeiouy]*?)(chh?|kh|ph|th|nh|[^aeiouy]))(?=[aeiouy])")
_GAP = re.compile(r"[-/. ]+")


def terms_of(child: Any, cases: Iterable[Any]) -> frozenset[str]:
    """Return the terms of a child: a record or a row with the columns of Child, and those of its cases with numbers."""
    terms = set(_of_names(child))
    terms.update(f"{NUMBER}{key}" for key in _of_numbers(child, cases))
    terms.update(f"{GUARDIAN}{word}" for each in child.guardians or () for word in words_of(each.name))
    terms.update(f"{PLACE}{word}" for word in _of_places(child.village_code))
    terms.update(f"{BLOCK}{key}" for key in blocks_of(person_of(child)))
    return frozenset(term[:LONGEST] for term in terms if len(term) > 1)


def list_keys(child: Any) -> tuple[str, str]:
    """Return the key that a list of children is narrowed by, and the one by which it is in dictionary order.

    Who has no name in Khmer stands where the Latin one belongs, behind all Khmer names.
    """
    names = (child.family_name_km, child.given_name_km, child.family_name_latin, child.given_name_latin)
    guardians = child.guardians or ()
    told = (*names, child.nickname, child.code, *(guardian.name for guardian in guardians))
    numbers = (child.phone, *(guardian.phone for guardian in guardians))
    called = full_name(*names, "km") or child.nickname or child.code or ""
    return found_by(told, numbers), sort_key(called)


def found_by(names: Iterable[str | None], phones: Iterable[str | None]) -> str:
    """Return the key under which these are found; numbers with and without the gaps they were typed with."""
    numbers = [phone for phone in phones if phone]
    unbroken = ("".join(filter(str.isdecimal, phone)) for phone in numbers)
    return search_key(" ".join((*filter(None, names), *numbers, *unbroken)))


@lru_cache(maxsize=16384)
def words_of(text: str | None) -> tuple[str, ...]:
    """Return the words of a text as they are searched."""
    return tuple(search_key(text).split()) if text else ()


@lru_cache(maxsize=16384)
def inner_parts(word: str) -> tuple[str, ...]:
    """Return what stands from each syllable of a word on, the first left out."""
    starts = {match.start() for match in _KHMER_SYLLABLE.finditer(word)}
    starts |= {match.start(1) for match in _LATIN_SYLLABLE.finditer(word)}
    return tuple(word[start:] for start in sorted(starts) if start and len(word) - start > 1)


def _of_names(child: Any) -> Iterator[str]:
    for family, given in (
        (child.family_name_km, child.given_name_km), (child.family_name_latin, child.given_name_latin),
        (child.nickname, None),
    ):  # fmt: skip
        parts = [words_of(family), words_of(given)]
        for word in {*itertools.chain(*parts), *("".join(part) for part in parts)}:
            yield f"{NAME}{word}"
            sounded = heard(word)
            yield f"{SOUND}{skeleton_of(sounded)}{SOUNDED}{sounded}" if sounded else ""
            yield from (f"{INNER}{part}" for part in inner_parts(word))
        if all(parts):
            yield f"{WHOLE}{''.join(itertools.chain(*parts))}"


def _of_numbers(child: Any, cases: Iterable[Any]) -> Iterator[str]:
    yield from number_keys(child.code)
    for phone in (child.phone, *(guardian.phone for guardian in child.guardians or ())):
        yield from phone_keys(phone)
    for case in cases:
        for number in (case.number, case.court_number, case.police_report_number):
            yield from number_keys(number)


def digits_of(phone: str | None) -> str:
    """Return the figures of a telephone number without gaps."""
    return "".join(filter(str.isdecimal, search_key(phone or "")))


def number_keys(number: str | None) -> tuple[str, ...]:
    """Return what a number is found by: all of it, and what follows each dash, stroke or gap."""
    if not number:
        return ()
    key = search_key(number).replace(" ", "")
    return (key, *(key[gap.end() :] for gap in _GAP.finditer(key)))


def phone_keys(phone: str | None) -> tuple[str, ...]:
    """Return what a telephone number is found by: all of its figures, those behind the first three, and its end."""
    digits = digits_of(phone)
    return tuple(dict.fromkeys((digits, digits[3:], digits[-6:], digits[-4:]))) if digits else ()


def _of_places(code: str | None) -> Iterator[str]:
    for length in (8, 6):
        known = places.place(code[:length]) if code and len(code) >= length else None
        if known is not None:
            yield from words_of(known.name_km)
            yield from words_of(known.name_en)


def blocks_of(person: Person, around: int = 0) -> set[str]:
    """Return keys of which records of one child mostly share one: its names; the given name and year; birth and sex.

    around: also the years so many before and after, for who asks.
    """
    blocks = set[str]()
    years = _years(person, around)
    for name in person.names:
        family, given = _block(name.family), _block(name.given)
        if family or given:
            blocks.add("1" + "|".join(sorted((family, given))))
        blocks.update(f"2{part}{year}" for part in {given, family} if len(part) > 1 for year in years)
    if person.born is not None and person.born.is_exact:
        blocks.add(f"3{person.born.earliest.isoformat()}{person.sex.value if person.sex else ''}")
    return blocks


def _years(person: Person, around: int) -> range:
    if person.born is None:
        return range(0)
    first, last = person.born.earliest, person.born.latest
    return _span(first, last, around) if last.year - first.year <= 2 else range(0)


def _span(first: date, last: date, around: int) -> range:
    return range(first.year - around, last.year + around + 1)


_BLOCK = str.maketrans({"N": "n", "J": "n", "d": "t", "T": "t", "b": "p", "l": "r"} | dict.fromkeys("Rhy"))


def _block(part: str) -> str:
    """Return the first consonants of a name, those for one that are easily taken for one another."""
    consonants = "".join(sound for sound in heard(part) if sound not in VOWELS).translate(_BLOCK)
    return consonants[:4] or heard(part)[:2]


def forget() -> None:
    """Let go of the names that were read and typed lately, as when the office is closed or locked."""
    words_of.cache_clear()
    inner_parts.cache_clear()
    alike.forget()
