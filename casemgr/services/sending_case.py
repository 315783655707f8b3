"""Giving a case to the case system of another organisation: a body for Primero, a referral for OSCaR.

The child's name stands in both, so a reason is wanted, and the worker is told what the consents say. Answers and
documents for named staff, and complaints, never leave this way. Each says what it could not express.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.exchange import oscar, primero
from casemgr.exchange.left_out import LeftOut
from casemgr.exchange.site_map import SiteMap
from casemgr.exchange.sources import Given
from casemgr.exchange.writing import write_whole
from casemgr.i18n import N_, Words
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.consent import Consent, ConsentScope, allows, withdrawn_from
from casemgr.records.beside.document import Document, for_named_staff
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.staff import StaffMember
from casemgr.services.case_files import CaseFile, read_case_file
from casemgr.services.office import Office, Right
from casemgr.services.papers import check_target, paper_words
from casemgr.services.sending_map import names_in
from casemgr.store.work import Work
from casemgr.trouble import NoSuch, Refusal

LEAVES = N_(
    "The child's name and the answers of the case go to another organisation's system. The family has allowed sharing. "
    "Send them only to those whom the consent names."
)
WITHOUT_CONSENT = N_(
    "The child's name and the answers of the case go to another organisation's system, but no consent in the case "
    "allows sharing. Ask the child and the family first."
)
WITHDRAWN = N_(
    "The child's name and the answers of the case go to another organisation's system, but the consent to sharing was "
    "withdrawn. Send them to nobody, unless a court orders it or somebody is in danger."
)
NO_REASON = N_("Say why the case is sent. The reason is kept in the history.")
NO_REFERRAL = N_("This case has no referral. Write down first which service is asked for.")

NAMELESS = N_("This child was made nameless. Nothing of the case can be sent any more.")


class Sent(NamedTuple):
    """What was written: how many values or lines, and what could not be expressed."""

    written: int
    left: tuple[LeftOut, ...]


def warnings(file: CaseFile) -> tuple[str, ...]:
    """Return the messages for the worker before a case goes to another system.

    A consent that allows sharing is looked for on today's date; without one it is said where it was withdrawn.
    """
    consents, today = file.of(Consent), clock.today()
    if allows(consents, ConsentScope.SHARING, today):
        return (LEAVES,)
    return (WITHDRAWN if withdrawn_from(consents, ConsentScope.SHARING, today) is not None else WITHOUT_CONSENT,)


def file_name(file: CaseFile, system: str) -> str:
    """Return a name for the file that tells nobody's name."""
    number = re.sub(r"[^\w-]+", "-", file.case.number or "")
    return f"{system}-{number}-{clock.today().isoformat()}.json"


def send_to_primero(
    office: Office, case_id: UUID, path: Path, *, reason: str, site: SiteMap | None = None, language: str | None = None
) -> Sent:  # fmt: skip
    """Write a case to a file as the body of a request to Primero, and that it was sent into the audit trail.

    reason: why. site: the names to send under, those of the office unless given. language: of the note in it, the
    office's unless given. Both are done, or neither. Raises NoSuch, NotAllowed, Refusal for what the worker can put
    right, Trouble for what the disk refuses.
    """
    words = paper_words(office, language)
    return _send(office, case_id, path, primero.SYSTEM, reason, words, site, primero.body)


def send_to_oscar(
    office: Office, case_id: UUID, path: Path, *, reason: str, referral_id: UUID | None = None,
    site: SiteMap | None = None,
) -> Sent:  # fmt: skip
    """Write a referral of a case to a file as OSCaR takes it; the words and what is raised as in send_to_primero.

    referral_id: which referral, the newest unless given. Raises Refusal where the case has none, NoSuch for another.
    """

    def told(given: Given, names: SiteMap) -> tuple[dict[str, Any], list[LeftOut]]:
        return oscar.body(given, _referral(given, referral_id), names)

    return _send(office, case_id, path, oscar.SYSTEM, reason, paper_words(office, None), site, told)


def _referral(given: Given, referral_id: UUID | None) -> Referral:
    known = given.of(Referral)
    if referral_id is None:
        if not known:
            raise Refusal(NO_REFERRAL, fields=("referral",))
        return known[-1]
    for each in known:
        if each.id == referral_id:
            return each
    raise NoSuch(N_("This record is not in this office."))


def _send(
    office: Office, case_id: UUID, path: Path, system: str, reason: str, words: Words, site: SiteMap | None,
    told: Callable[[Given, SiteMap], tuple[dict[str, Any], list[LeftOut]]],
) -> Sent:  # fmt: skip
    office.demand(Right.READ_CASES, Right.PRINT)
    if not reason.strip():
        raise Refusal(NO_REASON, fields=("reason",))
    check_target(path, office.folder)

    def write(file: BinaryIO) -> Sent:  # what is not written down may not leave the office
        with office.write(Right.READ_CASES, Right.PRINT, why=reason.strip()) as work:
            found = read_case_file(office, work, case_id)
            if found.child.anonymised_on is not None:
                raise Refusal(NAMELESS)
            body, left = told(_given(office, work, found, words), site or names_in(work, system).to_send)
            data = json.dumps(body, ensure_ascii=False, indent=2).encode("utf-8", "replace")
            file.write(data + b"\n")
            said = {"how": system, "left_out": len(set(left))}
            work.note(
                "exported", "Case", case_id, case_id=case_id, child_id=found.child.id,
                changes={name: [None, value] for name, value in said.items()}, why=reason.strip(),
            )  # fmt: skip
        return Sent(1, tuple(dict.fromkeys(left)))

    return write_whole(path, write)


def _given(office: Office, work: Work, file: CaseFile, words: Words) -> Given:
    """Return what of a case may go: no complaints, no documents for named staff; answers for them are never read."""
    records = tuple(
        record for record in file.records
        if not isinstance(record, Complaint) and not (isinstance(record, Document) and for_named_staff(record))
    )  # fmt: skip
    worker = work.read_one(StaffMember, file.case.worker_id) if file.case.worker_id else office.staff
    return Given(file.child, file.case, file.offences, records, worker, office.settings, clock.today(), words)
