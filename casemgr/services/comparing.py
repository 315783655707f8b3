"""A case file of another office beside what this office has: what is new, what differs, what is here alone."""

import enum
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.khmer.search import search_key
from casemgr.records.base import CaseRecord, Record
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import AttachedFile, Document, for_named_staff
from casemgr.records.beside.link import Link
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.handed import Handed, plain_of
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.records.plain import answered, read_moment
from casemgr.services.handover import BY_PASSPHRASE, HANDED_OVER, TAKEN_IN
from casemgr.services.lists import FEWEST_WORDS
from casemgr.services.office import Office, Right
from casemgr.services.readers import demand_case, demand_child, may_read
from casemgr.services.received import Received, Sender
from casemgr.services.reckoning import records_of
from casemgr.store import queries
from casemgr.store.work import Work
from casemgr.trouble import NotAllowed, Refusal

OLDER = N_("A newer file of this case was taken in already. Look twice before you take over answers of this one.")
NAMELESS = N_("The child of this case was made nameless here. It is not taken in again.")
ERASED = N_(
    "This child was erased from this office before. Take it in only where there is a new reason to keep what is known."
)
LIKELY = 10
"""So many children that may be the same are offered at most."""


class Standing(enum.Enum):
    """How a record of the file stands to what is here."""

    NEW = "new"
    SAME = "same"
    DIFFERS = "differs"
    REMOVED = "removed"  # it was here and was taken out
    LEFT_OUT = "left-out"  # it cannot be kept here


class Keep(enum.Enum):
    """What becomes of a record of the file."""

    OURS = "ours"  # nothing changes here
    THEIRS = "theirs"
    BOTH = "both"  # theirs is added as a further record


CHILD_NOT_HERE = N_("The other child of this link is not in this office.")
ELSEWHERE = N_("This record belongs to another case of this office.")
OTHER_FILE = N_("Another file has the identity of this one here.")
SUBMITTED_HERE = N_("The report was submitted here and stays as it is.")

_OUR_OWN = {Case: {"number", "worker_id", "child_id"}, Child: {"code"}, Complaint: {"readers"},
            Addendum: {"staff_id", "report_id"}, CaseContact: {"contact_id"}, Link: {"other_child_id", "other_case_id"},
            Document: {"file_id", "digest", "media_type", "size", "pages"}}  # fmt: skip
"""Columns that say who or what is meant here, and are never taken over into a record that is here already."""


@dataclass(frozen=True)
class Item:
    """One record of the file. ours: the one here, None where there is none. differing: the columns that differ.

    allowed: what may become of it, the first what is proposed. why: why it is left out or not taken over, a message.
    """

    theirs: Handed
    ours: Record | None
    standing: Standing
    differing: tuple[str, ...] = ()
    allowed: tuple[Keep, ...] = ()
    why: str | None = None

    @property
    def proposed(self) -> Keep:
        """What becomes of it unless the worker says otherwise."""
        return self.allowed[0] if self.allowed else Keep.OURS


class Likely(NamedTuple):
    """A child here that may be the one of the file: its code; the child itself where the worker may know who it is."""

    child_id: UUID
    code: str
    child: Child | None

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<Likely {self.child_id}>"


@dataclass(frozen=True)
class Arrival:
    """What would become of this office's records, before anything does.

    child_here, case_here: as they are here, None where they are not. items: child, case, contacts, then the records.
    only_here: records of the case that the file does not have; nothing becomes of them. likely: children that may be
    the same, only where the child is not here. taken_before: when a file of this case was last taken in here; older:
    whether that one was made later than this one. new_number: whether the number of the case is another's here. erased:
    whether this child was erased here before.
    """

    received: Received
    child_here: Child | None
    case_here: Case | None
    items: tuple[Item, ...]
    only_here: tuple[Record, ...]
    likely: tuple[Likely, ...]
    taken_before: datetime | None
    older: bool
    new_number: bool
    signature: str
    erased: bool = False

    def of(self, *standings: Standing) -> tuple[Item, ...]:
        """Return the items that stand so."""
        return tuple(item for item in self.items if item.standing in standings)

    @property
    def brings_nothing(self) -> bool:
        """Whether all that the file has is here, and the same."""
        return not self.of(Standing.NEW, Standing.DIFFERS, Standing.REMOVED)


def compare(office: Office, received: Received, same_child: UUID | None = None) -> Arrival:
    """Return what a case file would bring, and write down that the case was opened, where it is here.

    same_child: a child of this office that the worker knows to be the one of the file. Nothing else is changed. Raises
    NotAllowed where another worker carries the case or the child, NoSuch, and Refusal where it was made nameless here.
    """
    with office.write(Right.READ_CASES) as work:
        arrival = compared(office, work, received, same_child)
        if (here := arrival.case_here) is not None:
            work.note("opened", "Case", here.id, case_id=here.id, child_id=here.child_id)
        elif (child := arrival.child_here) is not None:
            work.note("opened", "Child", child.id, child_id=child.id)
    return arrival


def compared(office: Office, work: Work, received: Received, same_child: UUID | None = None) -> Arrival:
    """Return what compare does within a transaction that is already open."""
    case = next(iter(work.read(Case, id=received.case.id)), None)
    if case is not None:
        demand_case(office, work, case.id)
    child_id = case.child_id if case else same_child or received.child.id
    child = next(iter(work.read(Child, id=child_id)), None)
    if child is not None or same_child is not None:
        demand_child(office, work, child_id)
    if child is not None and child.anonymised_on is not None:
        raise Refusal(NAMELESS)
    known = _Known(work, case, received, office.staff.id)
    items = (
        known.item(received.child, child), known.item(received.case, case),
        *(known.item(each, known.here.get((each.kind, each.id))) for each in received.records),
    )  # fmt: skip
    number = received.case.answers.get("number")
    taken = case is None and bool(number) and work.first(Case, number=number) is not None
    return Arrival(
        received, child, case, items, known.only_here(), () if child else tuple(_likely(office, work, received.child)),
        known.taken_at, known.is_older, taken, _signature(received, child, case, items),
        erased=child is None and work.first(AuditEntry, action="erased", record_id=received.child.id) is not None,
    )  # fmt: skip


class _Known:
    """What this office has of one case, and what its audit trail tells of it."""

    def __init__(self, work: Work, case: Case | None, received: Received, reader: UUID) -> None:
        self.work, self.case, self.received = work, case, received
        kept = [] if case is None else [*records_of(work, case.id), *_more(work, case.id)]
        self.hidden = {(type(each), each.id) for each in kept if not may_read(reader, each)}
        self.records = [each for each in kept if may_read(reader, each)]
        self.here: dict[tuple[type[Record], UUID], Record] = {(type(each), each.id): each for each in self.records}
        for each in received.records:
            if (found := self._elsewhere(each)) is not None:
                self.here[each.kind, each.id] = found
        self.lines = work.read(AuditEntry, case_id=case.id) if case else []
        before = [line for line in self.lines if line.action == TAKEN_IN]
        self.taken_at = before[-1].at if before else None
        told = [json.loads(line.changes or "{}").get("made_at", [None, None])[1] for line in before]
        newest = max((read_moment(at) for at in told if at), default=None)
        self.is_older = newest is not None and received.sender.made_at < newest
        self._had = _versions_had(self.lines, received.sender)
        self._removed = {line.record_id for line in self.lines if line.action == "removed"}

    def _elsewhere(self, theirs: Handed) -> Record | None:
        """Return a contact, or a record of another case, that has this identity here."""
        if (theirs.kind, theirs.id) in self.here:
            return None
        return next(iter(self.work.read(theirs.kind, id=theirs.id)), None)

    def only_here(self) -> tuple[Record, ...]:
        """Return what the file lacks, save what was not meant to be in it."""
        sender, going = self.received.sender, {(each.kind, each.id) for each in self.received.records}
        return tuple(
            each
            for each in self.records
            if (type(each), each.id) not in going
            and (sender.complaints or not isinstance(each, Complaint))
            and (sender.restricted or not (isinstance(each, Document) and for_named_staff(each)))
        )

    def item(self, theirs: Handed, ours: Record | None) -> Item:
        if why := self._no_place(theirs, ours):
            return Item(theirs, None, Standing.LEFT_OUT, why=why)
        if ours is None:
            if theirs.id in self._removed:
                return Item(theirs, None, Standing.REMOVED, allowed=(Keep.OURS, Keep.THEIRS))
            return Item(theirs, None, Standing.NEW, allowed=(Keep.THEIRS, Keep.OURS))
        differing = _differing(theirs, ours)
        if not differing or self._both_kept(theirs):
            return Item(theirs, ours, Standing.SAME)
        return Item(theirs, ours, Standing.DIFFERS, differing, *self._may_become(ours))

    def _no_place(self, theirs: Handed, ours: Record | None) -> str | None:
        """Return why a record cannot be kept here, None where it can."""
        if (theirs.kind, theirs.id) in self.hidden:
            return ELSEWHERE
        if isinstance(ours, CaseRecord) and ours.case_id != self.received.case.id:
            return ELSEWHERE
        if theirs.kind is Link and ours is None:
            other = theirs.answers.get("other_child_id")
            itself = {self.received.child.id, self.case.child_id if self.case else None}
            known = other is not None and other not in itself and self.work.read(Child, id=other)
            return None if known else CHILD_NOT_HERE
        if theirs.kind is Document and ours is None and (file_id := theirs.answers.get("file_id")):
            return OTHER_FILE if self._is_other_file(file_id, theirs.answers.get("digest")) else None
        return None

    def _is_other_file(self, file_id: UUID, digest: str | None) -> bool:
        """Whether other bytes have this identity here; they are looked at where no document names them any more."""
        if kept := self.work.read(Document, file_id=file_id):
            return any(each.digest != digest for each in kept)
        files = self.work.read(AttachedFile, id=file_id)
        return any(sha256(each.data).hexdigest() != digest for each in files)

    def _may_become(self, ours: Record) -> tuple[tuple[Keep, ...], str | None]:
        if isinstance(ours, Child | Case | Contact):
            may = [Keep.OURS, Keep.THEIRS]
        else:
            may = [Keep.OURS, Keep.THEIRS, Keep.BOTH]
        if isinstance(ours, SocialInquiry) and ours.status is not ReportStatus.DRAFT:
            may.remove(Keep.THEIRS)
            return tuple(may), SUBMITTED_HERE
        if isinstance(ours, Addendum | CaseContact | Link | Document):
            may = [Keep.OURS, Keep.THEIRS]
        if self._had.get(str(ours.id)) == {ours.version} and not self.is_older and not isinstance(ours, Contact):
            may.sort(key=lambda keep: keep is not Keep.THEIRS)
        return tuple(may), None

    def _both_kept(self, theirs: Handed) -> bool:
        return bool(self.work.read(theirs.kind, id=beside_ours(theirs)))


def _versions_had(lines: Iterable[AuditEntry], sender: Sender) -> dict[str, set[int]]:
    """Return which versions of our records the sender last had of us, or gave us, as far as we know.

    Only what has not changed here since then is replaced by what came of it there. Where the file is locked with a
    passphrase, the sender may be anybody who was ever sent one: then all versions that were.
    """
    sent_by = sender.key.fingerprint if sender.key else BY_PASSPHRASE
    had: dict[str, set[int]] = {}
    for line in lines:
        if line.action not in (TAKEN_IN, HANDED_OVER):
            continue
        told = {name: after for name, (_, after) in json.loads(line.changes or "{}").items()}
        if (told.get("to" if line.action == HANDED_OVER else "key") or BY_PASSPHRASE) == sent_by:
            had = {} if sender.key else had
            for record, version in told.get("here", {}).items():
                had.setdefault(record, set()).add(version)
    return had


def beside_ours(theirs: Handed) -> UUID:
    """Return the identity of a record that is kept beside ours: the same for the same answers."""
    return uuid5(theirs.id, json.dumps(theirs.plain(), sort_keys=True, ensure_ascii=False))


def _more(work: Work, case_id: UUID) -> Iterable[CaseRecord]:
    return (*work.read(Offence, case_id=case_id), *work.read(Addendum, case_id=case_id))


def _differing(theirs: Handed, ours: Record) -> tuple[str, ...]:
    own, plain = _OUR_OWN.get(theirs.kind, set()), theirs.plain()
    return tuple(
        name for name, told in plain.items() if name not in own and answered(told) != answered(plain_of(ours, name))
    )  # fmt: skip


def taken_over(item: Item) -> dict[str, Any]:
    """Return the answers of the file that take the place of ours."""
    return {name: item.theirs.answers[name] for name in item.differing}


def _likely(office: Office, work: Work, theirs: Handed) -> Iterable[Likely]:
    """Yield the children here that have one of the names of the file's, or its sex and exact day of birth.

    Of a child that another worker carries the code is told only where the whole name is the same.
    """
    told = theirs.answers
    found: dict[UUID, None] = {}
    elsewhere: set[str] = set()
    for script in ("km", "latin"):
        name = " ".join(filter(None, (told.get(f"family_name_{script}"), told.get(f"given_name_{script}"))))
        if words := tuple(search_key(name).split()):
            found |= dict.fromkeys(row.id for row in queries.children_page(work, words, limit=LIKELY))
            if office.scope is not None and len(words) >= FEWEST_WORDS:
                elsewhere.update(queries.codes_carried_elsewhere(work, words, office.scope))
    born = told.get("born")
    if isinstance(born, PartialDate) and born.is_exact:
        same = [each for each in work.read(Child, born=born) if each.sex is told.get("sex")]
        found |= dict.fromkeys(each.id for each in same[:LIKELY])
    for child_id in list(found)[:LIKELY]:
        child = work.read_one(Child, child_id)
        if _may_know(office, work, child_id):
            yield Likely(child_id, child.code or "", child)
        elif child.code in elsewhere:
            yield Likely(child_id, child.code or "", None)


def _may_know(office: Office, work: Work, child_id: UUID) -> bool:
    try:
        demand_child(office, work, child_id)
    except NotAllowed:
        return False
    return True


def _signature(received: Received, child: Child | None, case: Case | None, items: Iterable[Item]) -> str:
    """Return what tells whether file and office are still as they were compared."""
    here: list[Any] = [received.digest, *(f"{each.id} {each.version}" if each else "" for each in (child, case))]
    here += [f"{item.standing.value} {item.ours.version if item.ours else 0}" for item in items]
    return sha256("|".join(here).encode()).hexdigest()


Choices = Mapping[tuple[type[Record], UUID], Keep]
"""What the worker chose, by kind and identity; what is not named becomes what is proposed."""
