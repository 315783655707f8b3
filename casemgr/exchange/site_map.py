"""The map of a site: under which names and codes our answers go in another program.

The program has one for each; an office that finds other names there writes its own copy with a text editor. A map is a
JSON file of names and codes alone. A name of null sends nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casemgr.exchange.writing import told
from casemgr.i18n import N_
from casemgr.trouble import Refusal

FORMAT = "casemgr map 1"
LARGEST, LONGEST = 1_000_000, 200
"""Bytes of a map, and letters of a name in it."""

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


def read_map(path: Path, known: SiteMap) -> SiteMap:
    """Return the map in a file; what it leaves out is as in the map given, which has all that can be sent.

    Raises Refusal for a file that is no map for that program, a line that is not known, and a name that is none or is
    given twice; Trouble for what the disk refuses.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise told(error) from error
    try:
        plain = json.loads(data.decode("utf-8-sig")) if len(data) <= LARGEST else None
    except (ValueError, RecursionError) as error:
        raise Refusal(NO_MAP) from error
    if not isinstance(plain, dict) or plain.get("format") != FORMAT or plain.get("for") != known.system:
        raise Refusal(NO_MAP)
    parts = {name: _section(plain.get(name, {})) for name in ("site", "fields", "codes")}
    _demand_known(plain, known.plain())
    site, fields = _merged(known.site, parts["site"]), _merged(known.fields, parts["fields"])
    codes = {key: _merged(own, _section(parts["codes"].get(key, {})), key) for key, own in known.codes.items()}
    _demand_known(parts["codes"], known.codes)
    for key, name in site.items():
        if name is None:
            raise Refusal(NOT_A_NAME, name=key)
    return replace(known, site={key: name or "" for key, name in site.items()}, fields=_once(fields), codes=codes)


def _section(part: object) -> dict[str, Any]:
    if not isinstance(part, dict):
        raise Refusal(NO_MAP)
    return part


def _demand_known(part: Mapping[str, Any], known: Mapping[str, Any], within: str = "") -> None:
    for key in part:
        if key not in known:
            raise Refusal(NOT_KNOWN, name=_shown(f"{within}/{key}" if within else key))


def _merged(known: Codes, given: Mapping[str, Any], within: str = "") -> dict[str, str | None]:
    _demand_known(given, known, within)
    for key, name in given.items():
        is_name = isinstance(name, str) and 0 < len(name.strip()) <= LONGEST and name.isprintable()
        if name is not None and not is_name:
            raise Refusal(NOT_A_NAME, name=_shown(f"{within}/{key}" if within else key))
    return {key: _stripped(given[key]) if key in given else name for key, name in known.items()}


def _stripped(name: str | None) -> str | None:
    return None if name is None else name.strip()


def _once(fields: dict[str, str | None]) -> dict[str, str | None]:
    """Return the names. Raises Refusal where two things of one place would have the same."""
    seen: set[tuple[str, str]] = set()
    for place, name in _placed(fields):
        if (place, name) in seen:
            raise Refusal(TWICE, name=_shown(name))
        seen.add((place, name))
    return fields


def _placed(fields: Codes) -> Iterator[tuple[str, str]]:
    """Yield each name with the part it stands in: "services.type" stands in each line of "services"."""
    for key, name in fields.items():
        if name is not None:
            yield key.rpartition(".")[0], name


def _shown(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:LONGEST]
