"""Taking in a case of another office, once the worker has seen what it brings: all of it in one transaction."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_
from casemgr.records.base import CaseRecord, Record
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import Document
from casemgr.records.beside.link import Link
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.handed import HANDED
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.records.plain import to_plain
from casemgr.records.staff import StaffMember
from casemgr.services.casework import CaseStanding, follow, prepare_child
from casemgr.services.changes import Changes
from casemgr.services.comparing import Arrival, Choices, Item, Keep, Standing, beside_ours, compared, taken_over
from casemgr.services.directory import PART, prepare_contact
from casemgr.services.handover import TAKEN_IN
from casemgr.services.office import Office, Right
from casemgr.services.received import files_of
from casemgr.services.reckoning import reckon, records_of
from casemgr.store import queries
from casemgr.store.queries import has_file
from casemgr.store.work import Work
from casemgr.trouble import Refusal

_NUMBER = re.compile(r"(?=.{1,40}$)[^\W_]+(?:[-./ ][^\W_]+)*")
CHANGED_MEANWHILE = N_("The case was changed here, or the file was, while you looked at it. Look at it again.")
NOT_ALLOWED = N_("This cannot become of this record. Choose something else.")
CANNOT_BE = N_("The dates of this case cannot be reckoned with. Ask the other office to look at them.")


@dataclass(frozen=True)
class TakenIn:
    """What became of a file: records added, changed, kept beside ours, left out; documents: how many files came."""

    changes: Changes
    case_id: UUID
    number: str
    added: int = 0
    changed: int = 0
    left_out: int = 0
    documents: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was changed."""
        return not (self.added or self.changed)


def take_in(
    office: Office, arrival: Arrival, choices: Choices | None = None, *, same_child: UUID | None = None
) -> TakenIn:  # fmt: skip
    """Keep of a case file what the worker chose; what is not chosen becomes as proposed.

    same_child: as it was told to compare. A record is never overwritten unless THEIRS is its choice or its proposal,
    and none is removed. Where nothing changes, nothing is written. Raises NotAllowed, Refusal where office or file
    changed since compare or a choice is not among the allowed ones, and Trouble of the disk: then nothing is changed.
    """
    try:
        with office.write(Right.READ_CASES, Right.WRITE_CASES) as work:
            return _Taking(office, work, arrival, dict(choices or {}), same_child).done()
    except OverflowError as error:
        raise Refusal(CANNOT_BE) from error


class _Taking:
    """One file on its way into the office, within one transaction."""

    def __init__(
        self, office: Office, work: Work, arrival: Arrival, choices: dict[tuple[type[Record], UUID], Keep],
        same_child: UUID | None,
    ) -> None:  # fmt: skip
        self.office, self.work, self.arrival = office, work, arrival
        self.received, self.choices = arrival.received, choices
        if compared(office, work, self.received, same_child).signature != arrival.signature:
            raise Refusal(CHANGED_MEANWHILE)
        self.child_id = arrival.child_here.id if arrival.child_here else self.received.child.id
        self.added, self.changed, self.left_out = list[Record](), list[Record](), 0
        here = arrival.case_here
        self.stood = CaseStanding.by(records_of(work, here.id)) if here else None

    def done(self) -> TakenIn:
        documents = self._keep_files()  # first: a document may not name a file that is not there
        order = {kind: place for place, kind in enumerate(HANDED.values())}
        for item in sorted(self.arrival.items, key=lambda item: order[item.theirs.kind]):
            self._keep(item)
        case = self.work.get(Case, self.received.case.id)
        if not self.added and not self.changed:
            return TakenIn(Changes(), case.id, case.number or "", left_out=self.left_out)
        self.work.flush()
        if self.stood is not None:
            follow(case, self.stood, CaseStanding.by(records_of(self.work, case.id)))
        for each in self.work.find(Case, child_id=self.child_id):
            reckon(self.work, each.id)
        self.work.flush()
        self._note(case, documents)
        changes = Changes(frozenset({self.child_id}), frozenset({case.id}), frozenset({PART}))
        return TakenIn(
            changes, case.id, case.number or "", len(self.added), len(self.changed), self.left_out, documents
        )  # fmt: skip

    def _keep(self, item: Item) -> None:
        keep = self._chosen(item)
        if keep not in (*item.allowed, Keep.OURS):
            raise Refusal(NOT_ALLOWED)
        if item.ours is None and keep is Keep.OURS and item.theirs.kind in (Child, Case):
            raise Refusal(NOT_ALLOWED)  # nothing can be kept without them
        if item.standing is Standing.LEFT_OUT or (item.ours is None and keep is Keep.OURS):
            self.left_out += 1
        elif keep is Keep.THEIRS and item.ours is not None:
            self._take_over(item)
        elif keep is not Keep.OURS:
            self._add(item, None if keep is Keep.THEIRS else beside_ours(item.theirs))

    def _take_over(self, item: Item) -> None:
        kept = self.work.get(item.theirs.kind, item.theirs.id if item.theirs.kind is not Child else self.child_id)
        for name, answer in taken_over(item).items():
            if name != "opened_on" or answer is not None:  # a case is never without the day it was opened on
                setattr(kept, name, answer)
        _prepare(kept)
        self.changed.append(kept)

    def _add(self, item: Item, identity: UUID | None) -> None:
        also = self._of_here(item)
        if also is None:
            self.left_out += 1
            return
        made = item.theirs.made(identity, **also)
        _prepare(made)
        self.work.add(made)
        self.work.flush()
        self.added.append(made)

    def _of_here(self, item: Item) -> dict[str, Any] | None:
        """Return what a new record is to say of this office; None where it hangs on one that is not kept here."""
        told, kind = item.theirs.answers, item.theirs.kind
        also: dict[str, Any] = {"case_id": self.received.case.id} if issubclass(kind, CaseRecord) else {}
        code = self.office.settings.code or ""
        if kind is Child:
            if not _may_stay(told.get("code")) or self.work.first(Child, code=told["code"]) is not None:
                also["code"] = queries.next_child_code(self.work, code)
        elif kind is Case:
            also |= {"child_id": self.child_id, "worker_id": self._staff(told.get("worker_id")) or self.office.staff.id}
            also["opened_on"] = opened_on = told.get("opened_on") or clock.today()
            if not _may_stay(told.get("number")) or self.arrival.new_number:
                also["number"] = queries.next_case_number(self.work, code, opened_on.year)
        elif kind is Complaint:
            also["readers"] = (self.office.staff.id,)
        elif kind is Addendum:
            also["staff_id"] = self._staff(told.get("staff_id"))
        elif kind is Link:
            other = told.get("other_case_id")
            also["other_case_id"] = other if other and self.work.first(Case, id=other) else None
        return also if self._has_base(item) else None

    def _has_base(self, item: Item) -> bool:
        """Whether what a record hangs on is here, or has been added before it."""
        told = item.theirs.answers
        if item.theirs.kind is CaseContact:
            return bool(told.get("contact_id")) and self.work.first(Contact, id=told["contact_id"]) is not None
        if item.theirs.kind is Addendum:
            report = self.work.first(SocialInquiry, id=told["report_id"]) if told.get("report_id") else None
            return report is not None and report.case_id == self.received.case.id
        return True

    def _staff(self, staff_id: UUID | None) -> UUID | None:
        known = self.work.first(StaffMember, id=staff_id) if staff_id else None
        return known.id if known is not None else None

    def _keep_files(self) -> int:
        """Keep the bytes of the documents that are to be added, one after the other; return how many."""
        wanted = {
            item.theirs.answers.get("file_id")
            for item in self.arrival.of(Standing.NEW, Standing.REMOVED)
            if item.theirs.kind is Document and self._chosen(item) is Keep.THEIRS
        }
        missing = frozenset(each for each in wanted if each is not None and not has_file(self.work, each))
        count = 0
        for file in files_of(self.received, missing) if missing else ():
            self.work.add_and_forget(file)
            count += 1
        if count != len(missing):
            raise Refusal(CHANGED_MEANWHILE)
        return count

    def _chosen(self, item: Item) -> Keep:
        return self.choices.get((item.theirs.kind, item.theirs.id), item.proposed)

    def _as_theirs(self) -> dict[str, int]:
        """Return the versions here of what now says the same as in the file."""
        same = [each.ours for each in self.arrival.of(Standing.SAME) if each.ours is not None]
        return {str(each.id): each.version for each in (*same, *self.added, *self.changed)}

    def _note(self, case: Case, documents: int) -> None:
        sender = self.received.sender
        known = {line.digest for line in self.work.read(AuditEntry, case_id=case.id)}
        said = {
            "handover": str(sender.handover), "made_at": to_plain(sender.made_at), "office": sender.office,
            "name": sender.name_km or sender.name_en, "sent_by": sender.sent_by,
            "key": sender.key.fingerprint if sender.key else None, "added": len(self.added),
            "changed": len(self.changed), "left_out": self.left_out, "documents": documents,
            "versions": {str(each.id): each.version for each in (self.received.child, self.received.case,
                                                                 *self.received.records)},
            "here": self._as_theirs(), "trail_lines": sender.trail_lines, "trail_head": sender.trail_head,
            "trail": [line for line in self.received.trail if line["digest"] not in known],
        }  # fmt: skip
        self.work.note(
            TAKEN_IN, "Case", case.id, case_id=case.id, child_id=self.child_id,
            changes={name: [None, value] for name, value in said.items()},
        )  # fmt: skip


def _may_stay(number: str | None) -> bool:
    """Whether a number or code of another office is one that can be read out, and does not end a row of our own."""
    return number is not None and _NUMBER.fullmatch(number) is not None


def _prepare(record: Record) -> None:
    """Set the keys by which a child or a contact is found and sorted."""
    if isinstance(record, Child):
        prepare_child(record)
    elif isinstance(record, Contact):
        prepare_contact(record)
