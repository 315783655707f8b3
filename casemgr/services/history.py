"""What became of a record: every version with who, when and why; and taking back the last save."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord, Record
from casemgr.records.beside.complaint import Complaint
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.fields import FieldInfo, Kind, fields_of
from casemgr.records.history import column_from_plain, made_again, record_class_named
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.plain import from_plain
from casemgr.records.staff import StaffMember
from casemgr.services.casework import prepare_child
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.services.readers import demand_case, demand_child, demand_reader
from casemgr.services.reckoning import reckon
from casemgr.services.reports import SUBMITTED
from casemgr.store import queries
from casemgr.store.work import Work
from casemgr.trouble import Frozen, NoSuch, NotAllowed, Refusal

UNDONE = N_("Undone by the worker.")
"""The reason kept with a change that takes another back."""

ACTIONS = {
    "created": N_("Written down"),
    "changed": N_("Changed"),
    "removed": N_("Removed"),
    "brought-back": N_("Brought back"),
    "submitted": N_("Submitted"),
    "printed": N_("Printed"),
    "opened": N_("Opened"),
    "exported": N_("Exported"),
    "handed-over": N_("Handed over to another office"),
    "taken-in": N_("Taken in from another office"),
    "anonymised": N_("Made nameless"),
    "erased": N_("Erased"),
}
"""What the lines of a record's history are called."""

DEEDS = ("created", "changed", "removed")
"""The lines that say what a record's answers became."""

_PEOPLE = (
    FieldInfo("worker_id", N_("Case worker"), Kind.LINE),
    FieldInfo("carried_since", N_("Case worker since"), Kind.DATE),
    FieldInfo("readers", N_("Who may read this complaint"), Kind.LINE),
)
"""What no worker is asked in an editor, and yet is part of a record's history: staff members, by name, and days."""


class Change(NamedTuple):
    """One answer that changed."""

    info: FieldInfo
    before: Any
    after: Any

    def __repr__(self) -> str:
        """Return the field's name alone: no answer may reach a log."""
        return f"<Change {self.info.name}>"


class Version(NamedTuple):
    """A line of a record's history. at: Phnom Penh time. why: as it was given.

    who: the name of the staff member in the script of the office's language, else in the other. erased: whether what
    the line said of answers was taken out of it since. told: what a line of another deed says of it, by name, such as
    the form that was printed.
    """

    seq: int
    at: datetime
    who: str
    action: str
    why: str | None
    changes: tuple[Change, ...]
    erased: bool = False
    told: Mapping[str, Any] = MappingProxyType({})

    def __repr__(self) -> str:
        """Return the line's number alone: no name and no answer may reach a log."""
        return f"<Version {self.seq}>"


def of_record(office: Office, record: Record) -> tuple[Version, ...]:
    """Return the history of a record, the newest line first.

    Raises NotAllowed where it is for other readers alone, or of another worker's case.
    """
    with office.read() as work:
        demand_reader_of(office, work, type(record), record.id)
        lines = work.find(AuditEntry, record_id=record.id)
        demand_lines(office, work, lines)
        told = read_lines(office, work, lines)
    return tuple(sorted(told, key=lambda line: -line.seq))


def demand_reader_of(office: Office, work: Work, kind: type[Record], record_id: UUID) -> Record | None:
    """Return a record as it is, or as it was when it was removed; None where nothing is known of it any more.

    Raises NotAllowed where it is for other readers alone, and for a complaint of which nobody knows whose it was.
    """
    record = last_known(work, kind, record_id)
    if record is not None:
        demand_reader(office.staff.id, record)
    elif kind is Complaint:
        raise NotAllowed(N_("Only the staff members it names may read this. Ask one of them."))
    return record


def last_known(work: Work, kind: type[Record], record_id: UUID) -> Record | None:
    """Return a record for reading alone, as it is, or as it was when it was removed; None where that was erased."""
    for kept in work.read(kind, id=record_id):
        return kept
    gone = work.find(AuditEntry, record_id=record_id, action="removed")
    if not gone or not gone[-1].changes:
        return None
    return made_of(kind, record_id, {name: old for name, (old, _) in json.loads(gone[-1].changes).items()})


def made_of(kind: type[Record], record_id: UUID, plain: dict[str, Any]) -> Record | None:
    """Return a record with these answers, by column; None where one is none that this version of the program knows."""
    try:
        return kind(id=record_id, **made_again(kind, plain))
    except ValueError:
        return None


def demand_lines(office: Office, work: Work, lines: Sequence[AuditEntry]) -> None:
    """Raise NotAllowed for lines of another worker's cases or children, and NoSuch where those are gone."""
    for case_id in {line.case_id for line in lines if line.case_id is not None}:
        demand_case(office, work, case_id)
    for child_id in {line.child_id for line in lines if line.child_id is not None and line.case_id is None}:
        demand_child(office, work, child_id)


def read_lines(office: Office, work: Work, lines: Iterable[AuditEntry]) -> list[Version]:
    """Return lines of the trail as they are read, in the same order, within a transaction that is already open."""
    latin = office.settings.language == "en"
    staff = work.find(StaffMember)
    names = {str(each.id): (each.name_latin if latin else each.name) or each.name or each.name_latin for each in staff}

    def read(line: AuditEntry) -> Version:
        is_deed, said = line.action in DEEDS, json.loads(line.changes) if line.changes else {}
        changes = _changes(line, said, names) if is_deed else ()
        told = {} if is_deed else {name: pair[1] for name, pair in said.items()}
        return Version(
            line.seq, line.at, names.get(str(line.staff_id)) or "", line.action, line.why, changes,
            is_deed and line.changes is None, told,
        )  # fmt: skip

    return list(map(read, lines))


def _changes(line: AuditEntry, said: dict[str, Any], names: Mapping[str, str | None]) -> tuple[Change, ...]:
    """Return the answers of a line; what is no question, or is none any more, is left out. names: of the staff."""
    infos = {info.name: info for info in fields_of(record_class_named(line.record_type))}
    asked = [
        Change(infos[name], _read(infos[name], before), _read(infos[name], after))
        for name, (before, after) in said.items()
        if name in infos
    ]
    people = [(info, said[info.name]) for info in _PEOPLE if info.name in said]
    asked += [Change(info, *(_of_people(info, plain, names) for plain in pair)) for info, pair in people]
    return tuple(asked)


def _of_people(info: FieldInfo, plain: Any, names: Mapping[str, str | None]) -> Any:
    return _read(info, plain) if info.kind is Kind.DATE else _named(plain, names)


def _named(plain: Any, names: Mapping[str, str | None]) -> str | None:
    """Return the names of a staff member, or of several; who is not known any more is a dash."""
    known = [plain] if isinstance(plain, str) else plain or ()
    return ", ".join(names.get(each) or "–" for each in known) or None


def _read(info: FieldInfo, plain: Any) -> Any:
    try:
        return from_plain(info, plain)
    except ValueError:  # a choice this version does not have
        return None


def undo(office: Office, lines: Sequence[int]) -> Changes:
    """Take back one save: what it added is removed, what it changed is as it was, what it removed is there again.

    lines: of the audit trail, as Changes told them. The trail keeps both the save and its undoing; deadlines are
    reckoned anew. Raises Refusal where something of it was changed again since or something else hangs on it, Frozen
    for a submitted report, NotAllowed for what another staff member wrote, NoSuch for lines that are no such save.
    """
    with office.write(why=UNDONE) as work:
        entries = _entries(office, work, lines)
        demand_lines(office, work, [entry for entry in entries if not _is_giving(entry)])
        for entry in entries:
            _take_back(work, entry)
            work.flush()
        cases = {entry.case_id for entry in entries if entry.case_id is not None}
        to_reckon = {entry.case_id for entry in entries if entry.case_id is not None and not _is_giving(entry)}
        children = {entry.child_id for entry in entries if entry.child_id is not None}
        for child in {entry.record_id for entry in entries if entry.record_type == Child.__name__}:
            to_reckon |= {case.id for case in work.find(Case, child_id=child)}
        for case_id in to_reckon:
            reckon(work, case_id)
    return Changes(frozenset(children), frozenset(cases | to_reckon))


def _is_giving(entry: AuditEntry) -> bool:
    """Whether a line gives a case to another worker: who did that can take it back, though the case is not theirs now.

    No clock hangs on who carries a case.
    """
    told: set[str] = set(json.loads(entry.changes or "{}"))
    return entry.record_type == Case.__name__ and bool(told) and told <= {"worker_id", "carried_since"}


def _entries(office: Office, work: Work, lines: Sequence[int]) -> list[AuditEntry]:
    """Return the lines to take back, the last first. Raises as undo does."""
    found = [entry for seq in sorted(set(lines), reverse=True) if (entry := work.first(AuditEntry, seq=seq))]
    if any(entry.staff_id != office.staff.id for entry in found):
        raise NotAllowed(N_("Only who saved this can undo it."))
    deeds = [entry for entry in found if entry.action in DEEDS and entry.record_id is not None]
    kept = all(entry.salt is not None for entry in deeds)  # one of a child that was erased since says nothing any more
    if len(found) != len(set(lines)) or not deeds or not kept or not all(map(_may_be_undone, deeds)):
        raise NoSuch(N_("There is nothing here that can be undone."))
    if queries.changed_after(work, {entry.record_id for entry in deeds if entry.record_id}, found[0].seq):
        raise Refusal(N_("This was changed again since. It can be mended by hand, with the history beside it."))
    return deeds


def _may_be_undone(entry: AuditEntry) -> bool:
    """Whether a line is of a record of a case, or of a change to a child or a case itself.

    A child or a case that is opened has its number from then on; settings and limits are nobody's slip of the pen.
    """
    kind = record_class_named(entry.record_type)
    return issubclass(kind, CaseRecord) or (kind in (Child, Case) and entry.action == "changed")


def _take_back(work: Work, entry: AuditEntry) -> None:
    assert entry.record_id is not None  # noqa: S101  (_entries leaves no others)
    kind, said = record_class_named(entry.record_type), json.loads(entry.changes or "{}")
    before = {name: old for name, (old, _) in said.items()}
    if entry.action == "removed":
        again = kind(id=entry.record_id, **made_again(kind, before))
        written = work.first(AuditEntry, record_id=entry.record_id, action="created")
        again.created_at = written.at if written else None  # clocks without another beginning count from then
        work.add(again)
        return
    record = work.get(kind, entry.record_id)
    if isinstance(record, SocialInquiry) and record.status is not ReportStatus.DRAFT:
        raise Frozen(SUBMITTED)
    if entry.action == "created":
        work.remove(record)
        return
    for name, old in before.items():
        setattr(record, name, column_from_plain(kind, name, old))
    if isinstance(record, Child):
        prepare_child(record)
