"""The directory: the people and offices around children, and the cases they have a part in."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from casemgr.i18n import LANGUAGES, N_, Words
from casemgr.khmer.search import search_key
from casemgr.khmer.sorting import sort_key
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.case import Case
from casemgr.records.contact import Contact, ContactRole
from casemgr.services import casework
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.services.readers import is_within
from casemgr.store import contacts as pages
from casemgr.store.contacts import ContactRow as ContactRow  # noqa: PLC0414  (what the list below returns)
from casemgr.store.work import Work
from casemgr.trouble import Refusal

PART = "directory"
"""Names the directory in what a write changed."""
FEWEST_LETTERS = 3
"""Of a word that may name a function: shorter ones begin too many."""


class ContactPart(NamedTuple):
    """The part a contact has in one case, told without the child. since, until: days, None where not written down."""

    case_id: UUID
    case_number: str
    role: ContactRole | None
    since: date | None
    until: date | None


@dataclass(frozen=True)
class ContactFile:
    """A contact and its parts in cases, those of the newest case first."""

    contact: Contact
    parts: tuple[ContactPart, ...]


def contacts(
    office: Office, search: str = "", *, limit: int = 200, after: ContactRow | None = None, active_only: bool = False
) -> list[ContactRow]:
    """Return contacts in Khmer dictionary order, a page at a time: those after the given row.

    search: letters of a name in either script, of an organisation, of a function in either language, or a telephone
    number with or without gaps; every word must occur. active_only: without those who left their function.
    """
    words = tuple((word, _roles_called(word)) for word in search_key(search).split())
    with office.read() as work:
        return pages.contacts_page(work, words, limit=limit, after=after, active_only=active_only)


def save_contact(office: Office, contact: Contact, why: str | None = None) -> Changes:
    """Keep a contact, new or changed; the cases it has a part in show it as it is now.

    Raises Refusal where nothing says who it is, and EditedElsewhere.
    """
    with office.write(why=why) as work:
        keep_contact(work, contact)
        parts = work.find(CaseContact, contact_id=contact.id)
    return Changes(cases=frozenset(part.case_id for part in parts), parts=frozenset({PART}))


def contact_file(office: Office, contact_id: UUID) -> ContactFile:
    """Return a contact and the cases it has a part in, by their numbers alone; without those of other workers.

    Raises NoSuch.
    """
    with office.read() as work:
        contact = work.get(Contact, contact_id)
        parts = [(work.get(Case, part.case_id), part) for part in work.find(CaseContact, contact_id=contact_id)]
    found = [(case, part) for case, part in parts if is_within(office, case)]
    found.sort(key=lambda pair: (pair[0].opened_on or date.min, pair[0].number or ""), reverse=True)
    return ContactFile(
        contact,
        tuple(ContactPart(case.id, case.number or "", part.role, part.since, part.until) for case, part in found),
    )


def contact_exists(office: Office, contact_id: UUID) -> bool:
    """Return whether a contact of that identity is written down."""
    with office.read() as work:
        return work.first(Contact, id=contact_id) is not None


def add_to_case(office: Office, part: CaseContact, new: Contact | None = None) -> Changes:
    """Give a contact a part in a case; new: one that is not in the directory yet and is written there as well.

    All in one transaction; what can be undone of it is the part alone, the contact stays in the directory. Raises as
    save_contact and casework.save_record do.
    """
    with office.write() as work:
        if new is not None:
            keep_contact(work, new)
            part.contact_id = new.id
        of_contact = len(work.lines)
        case = casework.keep_record(office, work, part)
    parts = frozenset({PART} if new is not None else ())
    return Changes(frozenset({case.child_id}), frozenset({case.id}), parts, work.lines[of_contact:])


def keep_contact(work: Work, contact: Contact) -> None:
    """Keep a contact, new or changed, within a transaction that is already open. Raises as save_contact does."""
    if not any((name or "").strip() for name in (contact.name_km, contact.name_latin, contact.organisation)):
        raise Refusal(N_("Write a name or an organisation."), fields=("name_km",))
    prepare_contact(contact)
    if work.first(Contact, id=contact.id) is None:
        work.add(contact)
    else:
        work.save(contact)
    work.flush()


def prepare_contact(contact: Contact) -> None:
    """Set the keys by which a contact is found and sorted."""
    names = (contact.name_km, contact.name_latin, contact.organisation)
    contact.search_key = casework.found_by(names, (contact.phone, contact.phone_2))
    contact.sort_key_km = sort_key(contact.name_km or contact.name_latin or contact.organisation or "")


def _roles_called(word: str) -> frozenset[ContactRole]:
    """Return the functions whose name, in any language of the program, begins with a search key."""
    if len(word) < FEWEST_LETTERS:
        return frozenset()
    spoken = [Words(language) for language in LANGUAGES]
    return frozenset(
        role for role in ContactRole if any(search_key(words.text(role.label)).startswith(word) for words in spoken)
    )
