"""The map of a site: under which names and codes our answers go in another program.

The program has one for each; an office that finds other names there writes its own copy with a text editor. A map is a
JSON file of names and codes alone. A name of null sends nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from casemgr.exchange.json_file import is_name, read_object, section, shown
from casemgr.i18n import N_
from casemgr.trouble import Refusal

FORMAT = "casemgr map 1"

NO_MAP = N_("This file has no field names for this program. Save them anew, and change them in that file.")
NOT_KNOWN = N_("The file of field names has a line that this program does not know: {name}")
NOT_A_NAME = N_("The file of field names has no proper name for this: {name}")
TWICE = N_("The file of field names gives the same name to two things: {name}")

Codes = Mapping[str, str | None]


@dataclass(frozen=True)
class SiteMap:
    """site: what the other program calls this site. fields: their name for each thing that can be sent, by our key.

    codes: by the key of a thing that is a coded answer, their code for each of ours. None: it is not sent.
    """

    system: str
    site: Mapping[str, str]
    fields: Mapping[str, str | None]
    codes: Mapping[str, Codes]

    def plain(self) -> dict[str, Any]:
        """Return the map as it stands in a file."""
        return {
            "format": FORMAT, "for": self.system, "site": dict(self.site), "fields": dict(self.fields),
            "codes": {key: dict(codes) for key, codes in self.codes.items()},
        }  # fmt: skip


class MapLine(NamedTuple):
    """A line of a map. part, key: where it stands, such as fields, sex or sex, male. name: None where nothing is sent.

    is_own: whether the program would have it so, too.
    """

    part: str
    key: str
    name: str | None
    is_own: bool


def lines_of(site: SiteMap, known: SiteMap) -> Iterator[MapLine]:
    """Yield every line of a map, in the order of its file. known: the map that the program has."""
    parts: tuple[tuple[str, Codes, Codes], ...] = (
        ("site", site.site, known.site), ("fields", site.fields, known.fields),
        *((key, codes, known.codes[key]) for key, codes in site.codes.items()),
    )  # fmt: skip
    for part, names, own in parts:
        for key, name in names.items():
            yield MapLine(part, key, name, name == own[key])


def read_map(path: Path, known: SiteMap) -> SiteMap:
    """Return the map in a file; what it leaves out is as in the map given, which has all that can be sent.

    Raises Refusal for a file that is no map for that program, a line that is not known, and a name that is none or is
    given twice; Trouble for what the disk refuses.
    """
    plain = read_object(path, FORMAT, NO_MAP)
    if plain.get("for") != known.system:
        raise Refusal(NO_MAP)
    _demand_known(plain, known.plain())
    return _filled(plain, known)


def kept_map(plain: Mapping[str, Any], known: SiteMap) -> SiteMap:
    """Return a map as an office kept it: what this version of the program does not send any more is passed over.

    Raises Refusal where its names do not go together with those that are new since.
    """
    codes = {key: _known_of(names, known.codes[key]) for key, names in plain["codes"].items() if key in known.codes}
    parts = {"site": _known_of(plain["site"], known.site), "fields": _known_of(plain["fields"], known.fields)}
    return _filled({**parts, "codes": codes}, known)


def changed(site: SiteMap, known: SiteMap) -> dict[str, Any]:
    """Return what of a map is other than in the map given, to be kept and read again by kept_map."""
    codes = {key: _other(names, known.codes[key]) for key, names in site.codes.items()}
    return {
        "site": _other(site.site, known.site), "fields": _other(site.fields, known.fields),
        "codes": {key: names for key, names in codes.items() if names},
    }  # fmt: skip


def _other(names: Codes, known: Codes) -> dict[str, str | None]:
    return {key: name for key, name in names.items() if name != known[key]}


def _known_of(names: Mapping[str, Any], known: Codes) -> dict[str, Any]:
    return {key: name for key, name in names.items() if key in known}


def _filled(plain: Mapping[str, Any], known: SiteMap) -> SiteMap:
    parts = {name: section(plain.get(name, {}), NO_MAP) for name in ("site", "fields", "codes")}
    site, fields = _merged(known.site, parts["site"]), _merged(known.fields, parts["fields"])
    codes = {
        key: _merged(own, section(parts["codes"].get(key, {}), NO_MAP), key) for key, own in known.codes.items()
    }  # fmt: skip
    _demand_known(parts["codes"], known.codes)
    for key, name in site.items():
        if name is None:
            raise Refusal(NOT_A_NAME, name=key)
    return replace(known, site={key: name or "" for key, name in site.items()}, fields=_once(fields), codes=codes)


def _demand_known(part: Mapping[str, Any], known: Mapping[str, Any], within: str = "") -> None:
    for key in part:
        if key not in known:
            raise Refusal(NOT_KNOWN, name=shown(f"{within}/{key}" if within else key))


def _merged(known: Codes, given: Mapping[str, Any], within: str = "") -> dict[str, str | None]:
    _demand_known(given, known, within)
    for key, name in given.items():
        if name is not None and not is_name(name):
            raise Refusal(NOT_A_NAME, name=shown(f"{within}/{key}" if within else key))
    return {key: _stripped(given[key]) if key in given else name for key, name in known.items()}


def _stripped(name: str | None) -> str | None:
    return None if name is None else name.strip()


def _once(fields: dict[str, str | None]) -> dict[str, str | None]:
    """Return the names. Raises Refusal where two things of one place would have the same."""
    seen: set[tuple[str, str]] = set()
    for place, name in _placed(fields):
        if (place, name) in seen:
            raise Refusal(TWICE, name=shown(name))
        seen.add((place, name))
    return fields


def _placed(fields: Codes) -> Iterator[tuple[str, str]]:
    """Yield each name with the part it stands in: "services.type" stands in each line of "services"."""
    for key, name in fields.items():
        if name is not None:
            yield key.rpartition(".")[0], name
