"""Handing over a case to another office: all of it that may leave, in one file for that office alone.

The file is described in SECURITY.md; what is in it is read again by taking_in.py.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from casemgr import __version__, clock
from casemgr.exchange.office_key import OfficeKey
from casemgr.exchange.parts import PartsWriter
from casemgr.exchange.sealed import MEMORY_KIB, PASSES, Sealer, Way, lock_with, seal_for
from casemgr.exchange.writing import write_whole
from casemgr.i18n import N_
from casemgr.printing.forms import FORMS
from casemgr.records.base import Record
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.consent import Consent, ConsentScope, allows, withdrawn_from
from casemgr.records.beside.document import AttachedFile, Document, for_named_staff
from casemgr.records.handed import handed, restricted_in
from casemgr.records.kept import AuditEntry
from casemgr.records.plain import to_plain
from casemgr.services import case_files
from casemgr.services.case_files import CaseFile
from casemgr.services.office import Office, Right, password_problem
from casemgr.services.office_keys import OWN_KEY, own_pair, own_pairs
from casemgr.services.papers import check_target
from casemgr.store import queries
from casemgr.store.audit import HANDED_OVER as HANDED_OVER  # noqa: PLC0414  (others ask for it here)
from casemgr.store.audit import TAKEN_IN as TAKEN_IN  # noqa: PLC0414
from casemgr.store.keys import PRACTICE_COST
from casemgr.store.work import Work
from casemgr.trouble import Refusal, Stopped, Trouble

FORMAT = "casemgr case 1"
ENDING = ".case"
BY_PASSPHRASE = "passphrase"  # noqa: S105  (the word alone)
"""Who has the other end of a file that is locked with one is not known."""

LEAVES = N_(
    "The whole file of the child goes to another office. The family has allowed sharing. Hand it over only to those "
    "whom the consent names."
)
WITHOUT_CONSENT = N_(
    "The whole file of the child goes to another office, but no consent in the case allows sharing. Ask the child and "
    "the family first."
)
WITHDRAWN = N_(
    "The whole file of the child goes to another office, but the consent to sharing was withdrawn. Hand it over to "
    "nobody, unless a court orders it or somebody is in danger."
)
RESTRICTED_GO = N_(
    "The answers and documents for named staff go along. Send them only where the other office needs them to protect "
    "the child."
)
COMPLAINTS_GO = N_(
    "The complaints go along. Ask the child first: who reads them there is not decided here any more."
)  # fmt: skip
NO_REASON = N_("Say why this case is handed over.")


@dataclass(frozen=True)
class Wanted:
    """What goes into the file besides: restricted answers and documents, complaints that the staff member may read."""

    restricted: bool = False
    complaints: bool = False


JUST_THE_CASE = Wanted()


@dataclass(frozen=True)
class HandedOver:
    """What was written. records: child, case, offences and all others; lines: of the audit trail."""

    records: int
    documents: int
    lines: int


def warnings(file: CaseFile, wanted: Wanted = JUST_THE_CASE) -> tuple[str, ...]:
    """Return the messages for the worker before a case leaves the office.

    A consent that allows sharing is looked for on today's date; without one the first says so, and says also where it
    was withdrawn.
    """
    consents, today = file.of(Consent), clock.today()
    withdrawn = withdrawn_from(consents, ConsentScope.SHARING, today) is not None
    without = WITHDRAWN if withdrawn else WITHOUT_CONSENT
    first = LEAVES if allows(consents, ConsentScope.SHARING, today) else without
    more = ((wanted.restricted, RESTRICTED_GO), (wanted.complaints and file.of(Complaint), COMPLAINTS_GO))
    return (first, *(message for goes, message in more if goes))


def file_name(file: CaseFile) -> str:
    """Return a name for the file that tells nobody's name."""
    number = re.sub(r"[^\w-]+", "-", file.case.number or "")
    return f"{number}-{clock.today().isoformat()}{ENDING}"


def hand_over(
    office: Office, case_id: UUID, path: Path, *, reason: str, key: OfficeKey | None = None,
    passphrase: str | None = None, wanted: Wanted = JUST_THE_CASE,
    progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None,
) -> HandedOver:  # fmt: skip
    """Write a case to a file that one other office can open: by its key, or where none is given with a passphrase.

    The case stays here as it is. reason: why, for the audit trail. progress is told how many documents are written,
    and of how many; where cancelled says so, Stopped is raised. Raises NoSuch, NotAllowed, Refusal for what the worker
    can put right and Trouble for what the disk refuses or a document that is not as it was kept: then no file was
    written or changed.
    """
    _check(reason, key, passphrase)
    check_target(path, office.folder)

    def write(file: BinaryIO) -> HandedOver:  # what is not written down may not leave the office
        with office.write(Right.READ_CASES, Right.PRINT, why=reason.strip()) as work:
            parcel = _Parcel(office, work, case_id, wanted, progress, cancelled)
            done = parcel.write(key, passphrase, file)
            parcel.note(done, key)
        return done

    return write_whole(path, write)


def _check(reason: str, key: OfficeKey | None, passphrase: str | None) -> None:
    if not reason.strip():
        raise Refusal(NO_REASON, fields=("reason",))
    if key is None:
        if not passphrase:
            raise Refusal(N_("Choose the key of the other office, or type a passphrase."), fields=("passphrase",))
        if problem := password_problem(passphrase):
            raise Refusal(problem, fields=("passphrase",))


class _Parcel:
    """One case on its way into a file, within one transaction."""

    def __init__(
        self, office: Office, work: Work, case_id: UUID, wanted: Wanted,
        progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None,
    ) -> None:  # fmt: skip
        self.office, self.work, self.wanted = office, work, wanted
        self._progress, self._cancelled = progress, cancelled
        self.file = case_files.read_case_file(office, work, case_id)
        self.records = [record for record in self._all() if self._may_go(record)]
        self.documents = [record for record in self.records if isinstance(record, Document) and record.file_id]
        self.identity = uuid4()
        self.way = Way.PASSPHRASE

    def write(self, key: OfficeKey | None, passphrase: str | None, target: BinaryIO) -> HandedOver:
        self._demand_wanted()
        with self._sealer(target, key, passphrase) as sealer:
            parts = PartsWriter(sealer)
            trail = list(self._trail())
            parts.put(self._manifest(len(trail)))
            for record in self.records:
                parts.put(handed(record, self._kept_back(record)))
            for line in trail:
                parts.put(line)
            for at, document in enumerate(self.documents):
                self._demand_wanted()
                parts.put(*self._document(document))
                if self._progress is not None:
                    self._progress(at + 1, len(self.documents))
            parts.end()
        return HandedOver(len(self.records), len(self.documents), len(trail))

    def _demand_wanted(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise Stopped

    def note(self, done: HandedOver, key: OfficeKey | None) -> None:
        said = {
            "handover": str(self.identity), "to": key.fingerprint if key else BY_PASSPHRASE,
            "records": done.records, "documents": done.documents, "with_restricted": self.wanted.restricted,
            "complaints": self.wanted.complaints, "here": {str(each.id): each.version for each in self.records},
        }  # fmt: skip
        case = self.file.case
        self.work.note(
            HANDED_OVER, "Case", case.id, case_id=case.id, child_id=case.child_id,
            changes={name: [None, value] for name, value in said.items()},
        )  # fmt: skip

    def _sealer(self, target: BinaryIO, key: OfficeKey | None, passphrase: str | None) -> Sealer:
        if key is not None:
            if any(key.public == pair.public for pair in own_pairs(self.work)):
                raise Refusal(OWN_KEY, fields=("key",))
            return seal_for(target, own_pair(self.work), key.public)
        practice = self.office.settings.practice
        cost = (PRACTICE_COST.memory_kib, PRACTICE_COST.iterations) if practice else (MEMORY_KIB, PASSES)
        return lock_with(target, passphrase or "", *cost)

    def _all(self) -> Iterable[Record]:
        file = self.file
        return (file.child, file.case, *file.contacts.values(), *file.offences, *file.records, *file.addenda)

    def _may_go(self, record: Record) -> bool:
        if isinstance(record, Complaint):
            return self.wanted.complaints
        return self.wanted.restricted or not (isinstance(record, Document) and for_named_staff(record))

    def _kept_back(self, record: Record) -> frozenset[str]:
        if self.wanted.restricted or isinstance(record, Complaint):
            return frozenset()
        return restricted_in(type(record))

    def _manifest(self, lines: int) -> dict[str, Any]:
        settings, head = self.office.settings, queries.newest_audit_entry(self.work)
        return {
            "format": FORMAT, "handover": str(self.identity), "program": __version__,
            "made_at": to_plain(clock.now()), "office": settings.code or "",
            "name_km": settings.name_km or "", "name_en": settings.name_en or "",
            "sent_by": self.office.staff.name or self.office.staff.name_latin or "", "practice": settings.practice,
            "case": str(self.file.case.id), "restricted": self.wanted.restricted,
            "complaints": self.wanted.complaints, "records": len(self.records), "documents": len(self.documents),
            "lines": lines, "trail_lines": head.seq if head else 0, "trail_head": head.digest if head else "",
        }  # fmt: skip

    def _document(self, document: Document) -> tuple[dict[str, Any], bytes]:
        file = next(iter(self.work.read(AttachedFile, id=document.file_id)), None)
        if file is None or sha256(file.data).hexdigest() != document.digest:
            raise Trouble(N_("The file of this document is not as it was kept. Look for it in a copy of the office."))
        said = {"type": AttachedFile.__name__, "id": str(file.id), "media_type": file.media_type.value}
        return said | {"digest": document.digest}, file.data

    def _trail(self) -> Iterator[dict[str, Any]]:
        """Yield the lines about the case and its child; what may not leave is left out, its digest stays."""
        case, child = self.file.case, self.file.child
        of_child = self.work.find(AuditEntry, child_id=child.id, case_id=None)
        lines = [*self.work.read(AuditEntry, case_id=case.id), *of_child]
        going = {record.id for record in self.records}
        told_of = {line.record_id for line in lines if line.record_type == Complaint.__name__}
        hidden = told_of - going
        for line in sorted(lines, key=lambda line: line.seq):
            if line.record_id not in hidden and (self.wanted.complaints or not _tells_of_a_complaint(line)):
                yield _line(line, whole=self._is_whole(line, going))

    def _is_whole(self, line: AuditEntry, going: set[UUID]) -> bool:
        """Whether what a line says may leave: of records that go along, without the answers that stay here."""
        if line.action == TAKEN_IN or (line.record_id is not None and line.record_id not in going):
            return False
        if self.wanted.restricted or line.changes is None:
            return True
        kind = next((type(each) for each in self.records if each.id == line.record_id), None)
        return kind is None or not restricted_in(kind) & json.loads(line.changes).keys()


def _tells_of_a_complaint(line: AuditEntry) -> bool:
    """Whether a line says that the paper of a complaint was printed, also where it does not say of which."""
    form = json.loads(line.changes or "{}").get("form", [None, None])[1] if line.record_type == "Form" else None
    return any(each.name == form and each.record is Complaint for each in FORMS)


def _line(line: AuditEntry, *, whole: bool) -> dict[str, Any]:
    return {
        "type": AuditEntry.__name__, "seq": line.seq, "at": to_plain(line.at), "staff": str(line.staff_id),
        "action": line.action, "record_type": line.record_type,
        "record": str(line.record_id) if line.record_id else None,
        "changes": line.changes if whole else None, "why": line.why if whole else None, "whole": whole,
        "salt": line.salt if whole else None, "seal": line.seal, "previous": line.previous, "digest": line.digest,
    }  # fmt: skip
