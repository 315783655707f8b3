"""A small strict reader of vCard 4.0 (RFC 6350): what it does not understand, it refuses."""

import re
from typing import NamedTuple

_NAME = re.compile(r"[A-Z][A-Z0-9-]*")
_PARAMETER = re.compile(r'([A-Z][A-Z0-9-]*)=([^",;:]+|"[^"]*")')
KNOWN = {
    "BEGIN",
    "VERSION",
    "UID",
    "FN",
    "N",
    "ORG",
    "TITLE",
    "CATEGORIES",
    "GENDER",
    "TEL",
    "EMAIL",
    "ADR",
    "NOTE",
    "END",
}
ONCE = {"VERSION", "UID", "N", "GENDER"}


class Property(NamedTuple):
    """A line of a card: its name, its parameters, and its value in parts (by ;), unescaped."""

    name: str
    parameters: dict[str, str]
    parts: tuple[str, ...]


def cards(data: bytes) -> list[list[Property]]:
    """Return the cards in a file."""
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")[:-1]
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert all(len(line) <= 75 for line in lines), "a line of more than 75 octets"
    for line in lines:
        line.decode("utf-8")  # no line ends within a letter
    whole: list[str] = []
    for line in lines:
        if line.startswith(b" "):
            whole[-1] += line[1:].decode()
        else:
            whole.append(line.decode())
    found: list[list[Property]] = []
    for line in whole:
        each = _property(line)
        if each.name == "BEGIN":
            assert each.parts == ("VCARD",)
            found.append([])
        found[-1].append(each)
    for card in found:
        _check(card)
    return found


def _check(card: list[Property]) -> None:
    names = [each.name for each in card]
    assert names[:2] == ["BEGIN", "VERSION"]
    assert names[-1] == "END"
    assert set(names) <= KNOWN
    assert card[1].parts == ("4.0",)
    assert "FN" in names
    assert all(names.count(name) <= 1 for name in ONCE)
    several = [each for each in card if each.name == "FN"]
    if len(several) > 1:
        assert len({each.parameters.get("ALTID") for each in several}) == 1
        assert several[0].parameters.get("ALTID")
    for each in card:
        if each.name == "TEL" and each.parameters["VALUE"] == "uri":
            assert re.fullmatch(r"tel:\+\d{7,15}", each.parts[0])
        if each.name == "N":
            assert len(each.parts) == 5
        if each.name == "ADR":
            assert len(each.parts) == 7


def _property(line: str) -> Property:
    head, colon, value = line.partition(":")
    assert colon
    name, *parameters = head.split(";")
    assert _NAME.fullmatch(name)
    read = {}
    for parameter in parameters:
        found = _PARAMETER.fullmatch(parameter)
        assert found, parameter
        read[found[1]] = found[2].strip('"')
    return Property(name, read, tuple(_parts(value)))


def _parts(value: str) -> list[str]:
    parts, at = [""], 0
    while at < len(value):
        sign = value[at]
        if sign == "\\":
            at += 1
            assert value[at] in "\\,;nN"
            parts[-1] += "\n" if value[at] in "nN" else value[at]
        elif sign == ";":
            parts.append("")
        else:
            assert sign >= " "
            parts[-1] += sign
        at += 1
    return parts
