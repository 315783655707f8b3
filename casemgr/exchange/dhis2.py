"""Indicators as a data value set of DHIS2: JSON, CSV and ADX say the same values under the codes of one site.

Codes, never identities of DHIS2's own: it is to be sent with idScheme=code, and with dryRun=true first. Nothing says
that the set is complete: that is for a person to say there.
"""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO, NamedTuple

from casemgr.clock import months_after
from casemgr.exchange.csv_file import safe
from casemgr.exchange.site_map import NOT_A_NAME, SiteMap
from casemgr.i18n import N_
from casemgr.law.ages import AgeBand
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.values import Indicator, Period, Unit
from casemgr.places import provinces
from casemgr.records.case import ChildRole, OffenceClass
from casemgr.records.child import Sex
from casemgr.records.fields import Choice
from casemgr.trouble import Refusal

SYSTEM = "dhis2"
NOT_A_PERIOD = N_("Only a whole month, quarter, half-year or year that is over can be sent. Choose such a period.")
ADX = "urn:ihe:qrph:adx:2015"
_ATTRIBUTE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_TAKEN = frozenset({"dataElement", "value", "comment"})
UNKNOWN = "unknown"
"""Stands for the group of those of whom it is not known."""


class DataValue(NamedTuple):
    """One number. category, option: the group it counts, None for all; combo: their code for it."""

    element: str
    value: str
    category: str | None
    option: str | None
    combo: str


class ValueSet(NamedTuple):
    """Numbers of one period. period: as DHIS2 writes it; length: as ADX does (P3M)."""

    data_set: str
    org_unit: str
    attribute_combo: str
    period: str
    first: date
    length: str
    values: tuple[DataValue, ...]


def _code(key: str) -> str:
    return key.upper().replace("-", "_")


def parts_of(indicator: Indicator) -> tuple[str, ...]:
    """Return what of an indicator is sent: its number, and where that is a share also what it is a share of."""
    shared = indicator.unit in (Unit.PERCENT, Unit.RATIO) and not indicator.estimated
    return ("value", "numerator", "denominator") if shared else ("value",)


SPLITS: dict[str, type[Choice] | None] = {
    "sex": Sex, "age-band": AgeBand, "offence-class": OffenceClass, "role": ChildRole, "province": None,
}  # fmt: skip
"""The groupings that can be sent, by their keys: each case is in one group, so that DHIS2 may add the groups up."""


def _options(key: str, choices: type[Choice] | None) -> dict[str, str | None]:
    codes = [str(each.value) for each in choices] if choices else [place.code for place in provinces()]
    return {code: f"{_code(key)}_{_code(code)}" for code in dict.fromkeys((*codes, UNKNOWN))}


MAP = SiteMap(
    SYSTEM,
    {"data_set": "CHILD_JUSTICE", "org_unit": "OFFICE", "attribute_option_combo": "default",
     "category_option_combo": "default"},
    {f"{indicator.key}/{part}": f"CJ_{_code(indicator.key)}" + ("" if part == "value" else f"_{_code(part)}")
     for indicator in INDICATORS for part in parts_of(indicator)}
    | {f"category.{key}": _code(key) for key in SPLITS},
    {key: _options(key, choices) for key, choices in SPLITS.items()},
)  # fmt: skip
"""Names after our own keys: whoever looks after the DHIS2 of the site gives them to its data elements, or names its
own in a map."""


def period_code(period: Period) -> tuple[str, str]:
    """Return a whole month, quarter, half-year or year as DHIS2 writes it, and its length in ISO 8601.

    Raises Refusal for any other period.
    """
    first = period.first
    for months, told in _LENGTHS.items():
        begins = first.day == 1 and (first.month - 1) % months == 0
        if begins and months_after(first, months) - timedelta(days=1) == period.last:
            return told(first), f"P{months}M" if months < 12 else "P1Y"
    raise Refusal(NOT_A_PERIOD, fields=("last",))


_LENGTHS: Mapping[int, Callable[[date], str]] = {
    1: lambda first: f"{first.year:04}{first.month:02}",
    3: lambda first: f"{first.year:04}Q{(first.month + 2) // 3}",
    6: lambda first: f"{first.year:04}S{1 if first.month == 1 else 2}",
    12: lambda first: f"{first.year:04}",
}


def check_names(site: SiteMap) -> None:
    """Raise Refusal for a category that ADX could not name: it stands there as an attribute."""
    for key in SPLITS:
        name = site.fields[f"category.{key}"]
        if name is not None and (not _ATTRIBUTE.fullmatch(name) or name in _TAKEN):
            raise Refusal(NOT_A_NAME, fields=("map",), name=f"category.{key}")


def write_json(found: ValueSet, target: BinaryIO) -> int:
    """Write the set as the body of a request; return the number of values."""
    told = {
        "dataSet": found.data_set, "period": found.period, "orgUnit": found.org_unit,
        "attributeOptionCombo": found.attribute_combo,
        "dataValues": [
            {"dataElement": each.element, "categoryOptionCombo": each.combo, "value": each.value}
            for each in found.values
        ],
    }  # fmt: skip
    target.write(json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n")
    return len(found.values)


HEADINGS = ("dataelement", "period", "orgunit", "categoryoptioncombo", "attributeoptioncombo", "value")


def write_csv(found: ValueSet, target: BinaryIO) -> int:
    """Write the set as CSV; the name of the data set has no place there and belongs into the address it is sent to."""
    text = io.TextIOWrapper(target, "utf-8", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow(HEADINGS)
        for each in found.values:
            row = (each.element, found.period, found.org_unit, each.combo, found.attribute_combo, each.value)
            writer.writerow(map(safe, row))
    finally:
        text.detach()
    return len(found.values)


def write_adx(found: ValueSet, made_at: datetime, target: BinaryIO) -> int:
    """Write the set as ADX, where a group is told by its category and option."""
    root = ET.Element("adx", {"xmlns": ADX, "exported": made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")})
    about = {"orgUnit": found.org_unit, "period": f"{found.first.isoformat()}/{found.length}",
             "dataSet": found.data_set}  # fmt: skip
    group = ET.SubElement(root, "group", about | _attribute_combo(found))
    for each in found.values:
        split = {each.category: each.option} if each.category and each.option else {}
        ET.SubElement(group, "dataValue", {"dataElement": each.element, **split, "value": each.value})
    ET.indent(root)
    target.write(ET.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")
    return len(found.values)


def _attribute_combo(found: ValueSet) -> dict[str, str]:
    return {} if found.attribute_combo == "default" else {"attributeOptionCombo": found.attribute_combo}


def number(value: float) -> str:
    """Return a number as DHIS2 reads it: whole without a point, else with one or two places."""
    return str(int(value)) if float(value).is_integer() else f"{value:.2f}".rstrip("0")


def all_values(found: Iterable[DataValue]) -> tuple[DataValue, ...]:
    """Return the values in one order, so that two files of the same numbers are alike."""
    return tuple(sorted(found, key=lambda each: (each.element, each.combo)))
