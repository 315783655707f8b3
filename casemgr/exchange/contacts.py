"""Contacts of the directory for a telephone (vCard 4.0, RFC 6350) and for another program (CSV)."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from casemgr.exchange.csv_file import safe
from casemgr.exchange.left_out import LeftOut, Why
from casemgr.i18n import N_, Words
from casemgr.khmer.digits import to_ascii_digits
from casemgr.places import place_name
from casemgr.records.child import Sex
from casemgr.records.contact import Contact
from casemgr.records.fields import field_of

MOST_OCTETS = 75
"""Of a line of a vCard; what is longer goes on in the next."""
_SEXES = {Sex.MALE: "M", Sex.FEMALE: "F", Sex.UNKNOWN: "U"}
_COUNTRY = "+855"

HEADINGS = ("uid", "name_km", "name_en", "role", "organisation", "province_code", "phone", "phone2", "email", "notes")
IN_CARD = frozenset({"name_km", "name_latin", "sex", "role", "organisation", "phone", "phone_2", "email", "notes"})
IN_CSV = IN_CARD - {"sex"}
PLACE_NAMED = N_("Works in: the card has the name of the place, and not its code")
PROVINCE_ALONE = N_("Works in: the file has the code of the province, and no more")


def write_vcards(contacts: Iterable[Contact], words: Words, target: BinaryIO, *, notes: bool) -> int:
    """Write one card for each contact; return how many. words: of function and place. notes: whether they go along."""
    count = 0
    for contact in contacts:
        target.writelines(folded(line) for line in _card(contact, words, notes=notes))
        count += 1
    return count


def _card(contact: Contact, words: Words, *, notes: bool) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"UID:urn:uuid:{contact.id}"
    yield from _names(contact)
    if contact.organisation:
        yield f"ORG:{_escaped(contact.organisation)}"
    if contact.role is not None:
        yield f"TITLE:{_escaped(words.text(contact.role.label))}"
        yield f"CATEGORIES:{_escaped(str(contact.role.value))}"
    if contact.sex in _SEXES:
        yield f"GENDER:{_SEXES[contact.sex]}"
    for phone in filter(None, (contact.phone, contact.phone_2)):
        number = dialled(phone)
        yield f"TEL;VALUE=uri;TYPE=work:tel:{number}" if number else f"TEL;VALUE=text;TYPE=work:{_escaped(phone)}"
    if contact.email:
        yield f"EMAIL;TYPE=work:{_escaped(contact.email)}"
    if contact.place_code:
        yield f"ADR;TYPE=work:;;;{_escaped(place_name(contact.place_code, words.language, full=True))};;;"
    if notes and contact.notes:
        yield f"NOTE:{_escaped(contact.notes)}"
    yield "END:VCARD"


def _names(contact: Contact) -> Iterator[str]:
    """FN in each script that is known, as one name in two languages; N once, family name first as in Cambodia."""
    khmer, latin = contact.name_km, contact.name_latin
    if khmer and latin:
        yield f"FN;ALTID=1;LANGUAGE=km:{_escaped(khmer)}"
        yield f"FN;ALTID=1;LANGUAGE=en:{_escaped(latin)}"
    else:
        yield f"FN:{_escaped(khmer or latin or contact.organisation or contact.phone or '–')}"
    if whole := latin or khmer:
        family, _, given = whole.strip().partition(" ")
        yield f"N:{_escaped(family)};{_escaped(given.strip())};;;"


def write_csv(contacts: Iterable[Contact], target: BinaryIO, *, notes: bool) -> int:
    """Write one line for each contact; return how many. A text that could be a formula is made harmless."""
    target.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(target, "utf-8", newline="", write_through=True)
    count = 0
    try:
        writer = csv.writer(text)
        writer.writerow(HEADINGS)
        for contact in contacts:
            role = "" if contact.role is None else str(contact.role.value)
            row = (
                str(contact.id), contact.name_km, contact.name_latin, role, contact.organisation,
                (contact.place_code or "")[:2], contact.phone, contact.phone_2, contact.email,
                contact.notes if notes else "",
            )  # fmt: skip
            writer.writerow(safe(value or "") for value in row)
            count += 1
    finally:
        text.detach()
    return count


def left_out(contacts: Iterable[Contact], told: frozenset[str], place: str, *, notes: bool) -> Iterator[LeftOut]:
    """Yield the answers of these contacts that are not in the file. place: what to say of the places."""
    for contact in contacts:
        for name in ("sex", "category", "active", "trained", "languages", "notes"):
            if name in told and (notes or name != "notes"):
                continue
            if getattr(contact, name) not in (None, ""):
                why = Why.NOT_CHOSEN if name == "notes" else Why.NO_PLACE
                yield LeftOut(why, Contact.title, field_of(Contact, name).label)
        if contact.place_code:
            yield LeftOut(Why.NO_PLACE, Contact.title, place)


def dialled(phone: str) -> str | None:
    """Return a telephone number as it is dialled from anywhere; None where it is none, or an extension goes with it.

    One that begins with 0 is a number in Cambodia.
    """
    number = re.sub(r"[\s().\-\u200b]", "", to_ascii_digits(phone))
    if re.fullmatch(r"\+[1-9]\d{6,14}", number):
        return number
    if re.fullmatch(r"00[1-9]\d{6,14}", number):
        return f"+{number[2:]}"
    return f"{_COUNTRY}{number[1:]}" if re.fullmatch(r"0[1-9]\d{6,8}", number) else None


def _escaped(text: str) -> str:
    """Return a text as a value: what would end it, or part it, is escaped; signs that cannot be seen go."""
    lines = "\n".join(text.splitlines())
    told = lines.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")
    return "".join(sign for sign in told if sign >= " " and sign != "\x7f")


def folded(line: str) -> bytes:
    """Return a line in parts of at most 75 octets, none of which ends within a letter."""
    parts: list[bytes] = []
    now = b""
    for sign in line:
        data = sign.encode("utf-8", "replace")
        if len(now) + len(data) > MOST_OCTETS - (1 if parts else 0):
            parts.append(now)
            now = b""
        now += data
    return b"\r\n ".join((*parts, now)) + b"\r\n"
