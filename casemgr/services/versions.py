"""The versions of one record: what it said at each line of its history, and bringing one of them back."""

import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord, Record
from casemgr.records.beside.document import Document
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.fields import FieldInfo, fields_of
from casemgr.records.handed import columns_of, plain_of
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.records.plain import answered, to_plain
from casemgr.services.casework import keep_case, keep_child, keep_record
from casemgr.services.changes import Changes
from casemgr.services.directory import PART, keep_contact
from casemgr.services.history import DEEDS, Version, demand_lines, demand_reader_of, made_of, read_lines
from casemgr.services.office import Office
from casemgr.services.reports import SUBMITTED
from casemgr.store import queries
from casemgr.store.work import Work
from casemgr.trouble import EditedElsewhere, Frozen, NoSuch, Refusal

BROUGHT_BACK = "brought-back"
"""The line of the trail that says which version was brought back; it follows those of what that changed."""

NO_FILE = N_("The file of this document is not kept any more. Add the document anew.")
NOT_KNOWN = N_("What this version said was erased, or cannot be read any more.")
SAYS_SO = N_("The record says this already. Nothing would change.")
NO_REASON = N_("Say why this version is brought back.")
NOT_THIS = N_("Versions of this are not brought back.")

_FOLLOWS: dict[type[Record], frozenset[str]] = {Case: frozenset({"status", "stage"})}
"""Answers that follow the other records of a case: an earlier version of the case's own facts does not move it."""


class State(NamedTuple):
    """What a record said from one line of its history on. record: None where that was erased, or cannot be read."""

    version: Version
    record: Record | None

    def __repr__(self) -> str:
        """Return the line's number alone: no name and no answer may reach a log."""
        return f"<State {self.version.seq}>"


class Versions(NamedTuple):
    """A record with all it ever said. now: as it is, None where it was removed. states: the newest first.

    why_not: a message, why no version of it can be brought back; None where one can.
    """

    kind: type[Record]
    record_id: UUID
    now: Record | None
    states: tuple[State, ...]
    why_not: str | None


def versions_of(office: Office, kind: type[Record], record_id: UUID) -> Versions:
    """Return the versions of a record, also of one that was removed.

    Raises NoSuch where the trail tells of none, NotAllowed where it is for other readers alone, or of another worker's
    case.
    """
    with office.read() as work:
        return _read(office, work, kind, record_id)


def brought_back(kind: type[Record]) -> tuple[FieldInfo, ...]:
    """Return the questions whose answers an earlier version brings back; of a removed record all it said comes back.

    Not those that the program answers itself, such as the number of a case or the status of a report, nor stage and
    status of a case, which follow its records. Who carries a case, and who may read a complaint, stay as well.
    """
    stay = _FOLLOWS.get(kind, frozenset())
    return tuple(info for info in fields_of(kind) if not info.computed and info.name not in stay)


def differing(before: Record | None, after: Record | None, kind: type[Record]) -> tuple[FieldInfo, ...]:
    """Return the questions of a kind of record that two versions of it answer otherwise; None answers nothing."""
    return tuple(info for info in fields_of(kind) if _plain(before, info) != _plain(after, info))


def _plain(record: Record | None, info: FieldInfo) -> Any:
    return None if record is None else answered(to_plain(getattr(record, info.name)))


def bring_back(
    office: Office, kind: type[Record], record_id: UUID, seq: int, why: str, *, version: int | None,
    names: Collection[str] | None = None,
) -> Changes:  # fmt: skip
    """Let a record say again what it said from that line of its history on; a removed one is there again.

    It is a save like any other, and can be undone as one; a further line says which version it was. version: of the
    record as the worker saw it, None where it was removed. names: the questions whose answers are to come back, all of
    brought_back unless given; of a removed record everything does. Raises Refusal without a reason, where nothing would
    change, for an impossible date, or where what that version said is not known; Frozen for a submitted report,
    EditedElsewhere, NoSuch, NotAllowed.
    """
    why = why.strip()
    if not why:
        raise Refusal(NO_REASON, fields=("why",))
    with office.write(why=why) as work:
        found = _read(office, work, kind, record_id)
        state = next((each for each in found.states if each.version.seq == seq), None)
        if state is None:
            raise NoSuch(N_("There is no such version of this record."))
        if state.record is None:
            raise Refusal(NOT_KNOWN)
        if found.why_not is not None:
            raise (Frozen if found.why_not == SUBMITTED else Refusal)(found.why_not)
        record = _again(work, found, state.record, version, names)
        changes = _keep(office, work, record, why)
        work.note(
            BROUGHT_BACK, kind.__name__, record_id, case_id=next(iter(changes.cases), None) if _of_case(kind) else None,
            child_id=next(iter(changes.children), None),
            changes={"line": [None, seq], "at": [None, to_plain(state.version.at)]},
        )  # fmt: skip
    lines = None if kind is Contact else work.lines
    return Changes(changes.children, changes.cases, changes.parts, lines)


def _of_case(kind: type[Record]) -> bool:
    return kind is Case or issubclass(kind, CaseRecord)


def _again(
    work: Work, found: Versions, then: Record, version: int | None, names: Collection[str] | None
) -> Record:  # fmt: skip
    """Return the record as it is to be kept. Raises EditedElsewhere, and Refusal where it says so already."""
    if found.now is None:
        if version is not None:
            raise Refusal(N_("Somebody removed this record in between. Look at its history again."))
        written = work.first(AuditEntry, record_id=found.record_id, action="created")
        then.created_at = written.at if written else None  # clocks without another beginning count from then
        return then
    if found.now.version != version:
        raise EditedElsewhere(found.now)
    wanted = [info for info in brought_back(found.kind) if names is None or info.name in names]
    changed = set(differing(found.now, then, found.kind)).intersection(wanted)
    if not changed:
        raise Refusal(SAYS_SO)
    for info in changed:
        setattr(found.now, info.name, getattr(then, info.name))
    return found.now


def _keep(office: Office, work: Work, record: Record, why: str) -> Changes:
    match record:
        case Child():
            cases = keep_child(office, work, record)
            return Changes(frozenset({record.id}), frozenset(case.id for case in cases))
        case Case():
            keep_case(office, work, record)
            return Changes.of(child=record.child_id, case=record.id)
        case Contact():
            keep_contact(work, record)
            return Changes.of(part=PART)
        case CaseRecord():
            case = keep_record(office, work, record, why)
            return Changes.of(child=case.child_id, case=case.id)
        case _:
            raise Refusal(NOT_THIS)


def _read(office: Office, work: Work, kind: type[Record], record_id: UUID) -> Versions:
    """Return the versions within a transaction that is already open. Raises as versions_of does."""
    demand_reader_of(office, work, kind, record_id)
    entries = [line for line in work.find(AuditEntry, record_id=record_id) if line.action in DEEDS]
    if not entries or any(line.record_type != kind.__name__ for line in entries):
        raise NoSuch(N_("This record is not in this office."))
    demand_lines(office, work, entries)
    entries.sort(key=lambda line: -line.seq)
    now = next(iter(work.read(kind, id=record_id)), None)
    said = _said(kind, record_id, now, entries)
    read = zip(entries, read_lines(office, work, entries), said, strict=True)
    states = tuple(State(version, record) for entry, version, record in read if entry.action != "removed")
    newest = next((state.record for state in states), None)
    return Versions(kind, record_id, now, states, _why_not(work, kind, now, newest))


def _said(
    kind: type[Record], record_id: UUID, now: Record | None, entries: Iterable[AuditEntry]
) -> list[Record | None]:  # fmt: skip
    """Return what a record said after each of its lines, the newest first, by taking back one line after the other.

    Where a line was emptied, what the record said before it is known no more, until a removal says all of it.
    """
    plain = None if now is None else {name: plain_of(now, name) for name in _columns(kind)}
    made: list[Record | None] = []
    for entry in entries:
        made.append(None if plain is None else made_of(kind, record_id, plain))
        changes = json.loads(entry.changes) if entry.changes else None
        if changes is None or entry.action == "created":
            plain = None
        elif entry.action == "removed":
            plain = {name: old for name, (old, _) in changes.items()}
        elif plain is not None:
            plain |= {name: old for name, (old, _) in changes.items()}
    return made


def _columns(kind: type[Record]) -> tuple[str, ...]:
    return (*columns_of(kind), "case_id") if issubclass(kind, CaseRecord) else columns_of(kind)


def _why_not(work: Work, kind: type[Record], now: Record | None, newest: Record | None) -> str | None:
    """Return why no version can be brought back, None where one can."""
    if kind is Addendum or (isinstance(now, SocialInquiry) and now.status is not ReportStatus.DRAFT):
        return SUBMITTED
    if not issubclass(kind, Child | Case | Contact | CaseRecord) or (now is None and not issubclass(kind, CaseRecord)):
        return NOT_THIS
    if now is None and isinstance(newest, Document) and not (newest.file_id and queries.has_file(work, newest.file_id)):
        return NO_FILE
    return None
