"""Two offices, between which cases go."""

import shutil
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from PIL import Image

from casemgr import clock
from casemgr.records.base import Base
from casemgr.records.beside.consent import Consent, ConsentScope
from casemgr.records.beside.document import Document, DocumentKind
from casemgr.records.kept import AuditEntry
from casemgr.services import casework, documents, lists
from casemgr.services.comparing import Arrival, compare
from casemgr.services.handover import JUST_THE_CASE, HandedOver, Wanted, hand_over
from casemgr.services.office import Office, open_office
from casemgr.services.office_keys import own_key
from casemgr.services.received import receive

PASSWORD = "correct horse battery staple"
PASSPHRASE = "four words make one"
REASON = "ផ្លាស់ទៅខេត្តថ្មី"


def other_office(made: Path, folder: Path, code: str = "PP") -> Office:
    """Open another empty office in that folder."""
    shutil.copytree(made, folder)
    office = open_office(folder, "", PASSWORD)
    office.settings.code = code
    return office


def a_case(office: Office) -> UUID:
    """Return the case of the office with the most records."""
    return max((row.id for row in lists.cases(office)), key=lambda case_id: len(trail(office, case_id)))


def trail(office: Office, case_id: UUID | None = None) -> list[AuditEntry]:
    """Return the audit lines, of one case where it is named."""
    with office.read() as work:
        return work.find(AuditEntry, **({"case_id": case_id} if case_id else {}))


def with_document(
    office: Office, case_id: UUID, folder: Path, kind: DocumentKind = DocumentKind.FAMILY_BOOK
) -> Document:
    """Add a picture to a case."""
    path = folder / "scan.png"
    Image.new("L", (300, 200), 200).save(path)
    document = Document(case_id=case_id, kind=kind, headline="ទំព័រទី ១")
    documents.add_document(office, document, path)
    return document


def send(
    sender: Office, case_id: UUID, path: Path, to: Office | None, wanted: Wanted = JUST_THE_CASE
) -> HandedOver:  # fmt: skip
    """Hand a case over: to an office's key, or with the passphrase."""
    key = own_key(to) if to else None
    passphrase = None if to else PASSPHRASE
    return hand_over(sender, case_id, path, reason=REASON, key=key, passphrase=passphrase, wanted=wanted)


def look(office: Office, path: Path, same_child: UUID | None = None) -> Arrival:
    """Return what a file would bring."""
    return compare(office, receive(office, path, PASSPHRASE), same_child)


def state(office: Office) -> tuple[object, ...]:
    """Return the head of the audit trail, and how many rows every table has."""
    counts = (sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in Base.metadata.sorted_tables)
    head = sa.select(AuditEntry.digest).order_by(AuditEntry.seq.desc()).limit(1).scalar_subquery()
    with office.read() as work:
        return tuple(work.session.connection().execute(sa.select(head, *counts)).one())


def allow_sharing(office: Office, case_id: UUID) -> None:
    """Write down a consent that allows sharing."""
    casework.save_record(office, Consent(case_id=case_id, scope=(ConsentScope.SHARING,), given_on=clock.today()), "x")
