"""What became of a record: every version with who, when and why; and taking back the last save."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord, Record
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.fields import FieldInfo, fields_of
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
    "submitted": N_("Submitted"),
    "printed": N_("Printed"),
    "opened": N_("Opened"),
    "exported": N_("Exported"),
    "handed-over": N_("Handed over to another office"),
    "taken-in": N_("Taken in from another office"),
}
"""What the lines of a record's history are called."""

_DEEDS = ("created", "changed", "removed")


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

    who: the name of the staff member in the script of the office's language, else in the other.
    """

    seq: int
    at: datetime
    who: str
    action: str
    why: str | None
    changes: tuple[Change, ...]

    def __repr__(self) -> str:
        """Return the line's number alone: no name and no answer may reach a log."""
        return f"<Version {self.seq}>"


def of_record(office: Office, record: Record) -> tuple[Version, ...]:
    """Return the history of a record, the newest line first.

    Raises NotAllowed where it is for other readers alone, or of another worker's case.
    """
    with office.read() as work:
        demand_reader(office.staff.id, work.first(type(record), id=record.id) or record)
        staff, lines = work.find(StaffMember), work.find(AuditEntry, record_id=record.id)
        _demand_lines(office, work, lines)
    latin = office.settings.language == "en"
    names = {each.id: (each.name_latin if latin else each.name) or each.name or each.name_latin for each in staff}
    infos = {info.name: info for info in fields_of(type(record))}
    return tuple(
        Version(line.seq, line.at, names.get(line.staff_id) or "", line.action, line.why, _changes(line, infos))
        for line in sorted(lines, key=lambda line: -line.seq)
    )


def _demand_lines(office: Office, work: Work, lines: Sequence[AuditEntry]) -> None:
    """Raise NotAllowed for lines of another worker's cases or children."""
    for case_id in {line.case_id for line in lines if line.case_id is not None}:
        demand_case(office, work, case_id)
    for child_id in {line.child_id for line in lines if line.child_id is not None and line.case_id is None}:
        demand_child(office, work, child_id)


def _changes(line: AuditEntry, infos: dict[str, FieldInfo]) -> tuple[Change, ...]:
    """Return the answers of a line; what is no question, or is none any more, is left out.

    Lines of other deeds say other things of the record under names of their own, such as the language of a paper.
    """
    said = json.loads(line.changes) if line.changes and line.action in _DEEDS else {}
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

    lines: of the audit trail, as Changes told them. The trail keeps both the save and its undoing; deadlines are
    reckoned anew. Raises Refusal where something of it was changed again since or something else hangs on it, Frozen
    for a submitted report, NotAllowed for what another staff member wrote, NoSuch for lines that are no such save.
    """
    with office.write(why=UNDONE) as work:
        entries = _entries(office, work, lines)
        _demand_lines(office, work, entries)
        for entry in entries:
            _take_back(work, entry)
            work.flush()
        cases = {entry.case_id for entry in entries if entry.case_id is not None}
        children = {entry.child_id for entry in entries if entry.child_id is not None}
        for child in {entry.record_id for entry in entries if entry.record_type == Child.__name__}:
            cases |= {case.id for case in work.find(Case, child_id=child)}
        for case_id in cases:
            reckon(work, case_id)
    return Changes(frozenset(children), frozenset(cases))


def _entries(office: Office, work: Work, lines: Sequence[int]) -> list[AuditEntry]:
    """Return the lines to take back, the last first. Raises as undo does."""
    found = [entry for seq in sorted(set(lines), reverse=True) if (entry := work.first(AuditEntry, seq=seq))]
    if any(entry.staff_id != office.staff.id for entry in found):
        raise NotAllowed(N_("Only who saved this can undo it."))
    deeds = [entry for entry in found if entry.action in _DEEDS and entry.record_id is not None]
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
