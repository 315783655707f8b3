"""Giving the directory out of the office: cards for a telephone, or a list for another program.

Families of children are left out unless they are asked for, and so are notes: a child may be named in them. Who is no
more in the function is left out.
"""

import enum
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import UUID

from casemgr.exchange import contacts as shapes
from casemgr.exchange.left_out import LeftOut, Why
from casemgr.exchange.writing import write_whole
from casemgr.i18n import N_
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.fields import Answer
from casemgr.services.office import Office, Right
from casemgr.services.papers import check_target, paper_words
from casemgr.services.sending_case import Sent
from casemgr.trouble import Refusal

LEAVE = N_(
    "Names and telephone numbers leave the office, and the file is not locked. Give it only to those who need it."
)
FAMILIES_LEAVE = N_("Parents and relatives of children go along. Ask them first.")
NOTES_LEAVE = N_("The notes go along. Look first that no child is named in them.")
NO_REASON = N_("Say why the contacts are needed. The reason is kept in the history.")
FAMILIES, GONE = N_("Parents, guardians and relatives"), N_("Contacts who are no more in their function")

OF_FAMILIES = frozenset({ContactRole.GUARDIAN, ContactRole.RELATIVE})


class CardKind(enum.Enum):
    """The kinds of file; the value is how its name ends."""

    VCARD = "vcf"
    CSV = "csv"


class Along(NamedTuple):
    """What goes along besides: parents and relatives of children, notes."""

    families: bool = False
    notes: bool = False


CONTACTS_ALONE = Along()


def contact_warnings(along: Along) -> tuple[str, ...]:
    """Return the messages for the worker before contacts leave the office."""
    more = ((along.families, FAMILIES_LEAVE), (along.notes, NOTES_LEAVE))
    return (LEAVE, *(message for goes, message in more if goes))


def send_contacts(
    office: Office, path: Path, kind: CardKind, *, reason: str, along: Along = CONTACTS_ALONE,
    language: str | None = None,
) -> Sent:  # fmt: skip
    """Write the directory to a file, in Khmer dictionary order, and that it left into the audit trail, both or neither.

    reason: why. language: of functions and places in the cards, the office's unless given. Raises NotAllowed, Refusal
    for what the worker can put right, Trouble for what the disk refuses.
    """
    office.demand(Right.READ_CASES, Right.PRINT)
    if not reason.strip():
        raise Refusal(NO_REASON, fields=("reason",))
    check_target(path, office.folder)
    words = paper_words(office, language)

    def write(file: BinaryIO) -> Sent:  # what is not written down may not leave the office
        with office.write(Right.READ_CASES, Right.PRINT, why=reason.strip()) as work:
            found = sorted(work.read(Contact), key=lambda each: (each.sort_key_km, each.id.hex))
            related = {each.contact_id for each in work.read(CaseContact, role=list(OF_FAMILIES))}
            stays = {each.id: why for each in found if (why := _stays(each, related, along)) is not None}
            going = [each for each in found if each.id not in stays]
            if kind is CardKind.VCARD:
                count = shapes.write_vcards(going, words, file, notes=along.notes)
                told, place = shapes.IN_CARD, shapes.PLACE_NAMED
            else:
                count = shapes.write_csv(going, file, notes=along.notes)
                told, place = shapes.IN_CSV, shapes.PROVINCE_ALONE
            kept = Counter(stays.values())
            left = [LeftOut(Why.NOT_CHOSEN, "", what, words.number(number)) for what, number in kept.items()]
            left += shapes.left_out(going, told, place, notes=along.notes)
            said = {"what": "contacts", "how": kind.value, "rows": count, **along._asdict()}
            work.note("exported", "List", changes={name: [None, value] for name, value in said.items()},
                      why=reason.strip())  # fmt: skip
        return Sent(count, tuple(dict.fromkeys(left)))

    return write_whole(path, write)


def _stays(contact: Contact, related: Collection[UUID], along: Along) -> str | None:
    """Return why a contact stays, as a message; None where it goes. related: who is of the family in some case."""
    if contact.active is Answer.NO:
        return GONE
    is_family = contact.role in OF_FAMILIES or contact.id in related
    return FAMILIES if is_family and not along.families else None
