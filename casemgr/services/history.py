"""What became of a record: every version with who, when and why; and taking back the last save."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.case import Case
from casemgr.records.fields import FieldInfo, fields_of
from casemgr.records.history import column_from_plain, record_class_named
from casemgr.records.kept import AuditEntry
from casemgr.records.plain import from_plain
from casemgr.records.staff import StaffMember
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from casemgr.services.readers import demand_reader
from casemgr.services.reckoning import reckon
from casemgr.store import queries
from casemgr.store.work import Work
from casemgr.trouble import NoSuch, Refusal

UNDONE = N_("Undone by the worker.")
"""The reason kept with a change that takes another back."""

ACTIONS = {
    "created": N_("Written down"),
    "changed": N_("Changed"),
    "removed": N_("Removed"),
    "submitted": N_("Submitted"),
    "printed": N_("Printed"),
    "opened": N_("Opened"),
    "exported": N_("Exported"),
}
"""What the lines of a record's history are called."""


class Change(NamedTuple):
    """One answer that changed."""

    info: FieldInfo
    before: Any
    after: Any


class Version(NamedTuple):
    """A line of a record's history. at: Phnom Penh time. who: the name of the staff member. why: as it was given."""

    seq: int
    at: datetime
    who: str
    action: str
    why: str | None
    changes: tuple[Change, ...]


def of_record(office: Office, record: Record) -> tuple[Version, ...]:
    """Return the history of a record, the newest line first. Raises NotAllowed where it is for other readers."""
    with office.read() as work:
        demand_reader(office.staff.id, work.first(type(record), id=record.id) or record)
        names = {staff.id: staff.name or "" for staff in work.find(StaffMember)}
        lines = work.find(AuditEntry, record_id=record.id)
    infos = {info.name: info for info in fields_of(type(record))}
    return tuple(
        Version(line.seq, line.at, names.get(line.staff_id, ""), line.action, line.why, _changes(line, infos))
        for line in sorted(lines, key=lambda line: -line.seq)
    )


def _changes(line: AuditEntry, infos: dict[str, FieldInfo]) -> tuple[Change, ...]:
    """Return the answers of a line; what is no question, or is none any more, is left out."""
    said = json.loads(line.changes) if line.changes else {}
    return tuple(
        Change(infos[name], _read(infos[name], before), _read(infos[name], after))
        for name, (before, after) in said.items()
        if name in infos
    )


def _read(info: FieldInfo, plain: Any) -> Any:
    try:
        return from_plain(info, plain)
    except ValueError:  # a choice this version does not have
        return None


def undo(office: Office, lines: Sequence[int]) -> Changes:
    """Take back one save: what it added is removed, what it changed is as it was, what it removed is there again.

    lines: of the audit trail, as Changes told them. The trail keeps both the save and its undoing. Raises Refusal where
    something of it was changed again since.
    """
    with office.write(why=UNDONE) as work:
        taken_back = [entry for seq in sorted(lines, reverse=True) if (entry := work.first(AuditEntry, seq=seq))]
        _refuse_changed_since(work, taken_back, max(lines, default=0))
        for entry in taken_back:
            _take_back(work, entry)
            work.flush()
        cases = {entry.case_id for entry in taken_back if entry.case_id is not None}
        children = {entry.child_id for entry in taken_back if entry.child_id is not None}
        for child_id in {entry.record_id for entry in taken_back if entry.record_type == "Child"}:
            cases |= {case.id for case in work.find(Case, child_id=child_id)}
        for case_id in cases:
            reckon(work, case_id)
    return Changes(frozenset(children), frozenset(cases))


def _refuse_changed_since(work: Work, entries: Iterable[AuditEntry], newest: int) -> None:
    records = {entry.record_id for entry in entries if entry.record_id is not None}
    if queries.changed_after(work, records, newest):
        raise Refusal(N_("This was changed again since. It can be mended by hand, with the history beside it."))


def _take_back(work: Work, entry: AuditEntry) -> None:
    if entry.action not in ("created", "changed", "removed") or entry.record_id is None:
        return
    kind = record_class_named(entry.record_type)
    before = {name: column_from_plain(kind, name, pair[0]) for name, pair in json.loads(entry.changes or "{}").items()}
    if entry.action == "removed":
        work.add(kind(id=entry.record_id, **before))
        return
    record = work.first(kind, id=entry.record_id)
    if record is None:
        raise NoSuch(N_("This record is not in this office."))
    if entry.action == "created":
        work.remove(record)
        return
    for name, value in before.items():
        setattr(record, name, value)
