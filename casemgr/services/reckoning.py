"""Keeping the deadlines and the index events of a case as its records, its child and the table of limits say."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from casemgr.law.deadlines import SCHEDULES, deadlines_of
from casemgr.law.limits import Limit, load_limits
from casemgr.measures.index_events import IndexEvent, IndexKind, first_of, index_events
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.kept import Deadline, IndexEventKept, LimitCorrection
from casemgr.records.kinds import KINDS
from casemgr.store import queries
from casemgr.store.follow_up_rows import lost_since, next_follow_up
from casemgr.store.work import Work

_KINDS = tuple(kind.record for kind in KINDS)


def records_of(work: Work, case_id: UUID) -> tuple[CaseRecord, ...]:
    """Return the records of a case, for reading alone, in the order of the file, oldest first within a kind."""
    known = queries.kinds_in_case(work, case_id, _KINDS)
    return tuple(record for record_class in known for record in work.read(record_class, case_id=case_id))


def reckon(
    work: Work, case_id: UUID, limits: Mapping[str, Limit] | None = None, records: Sequence[CaseRecord] | None = None
) -> None:  # fmt: skip
    """Bring the deadlines and the index events of a case up to date; those that stay as they are cost no writing.

    Those of a child that was made nameless stay as they are for good. limits: the office's table of limits; records:
    those of the case as they are now. Both are read unless given.
    """
    child = work.get(Child, work.get(Case, case_id).child_id)
    if child.anonymised_on is not None:  # its days of birth and offence are no longer what they were reckoned from
        return
    offences = work.read(Offence, case_id=case_id)
    records = records_of(work, case_id) if records is None else records
    limits = load_limits(work.read(LimitCorrection)) if limits is None else limits
    known = {_told(deadline): deadline for deadline in work.find(Deadline, case_id=case_id)}
    reckoned = [
        Deadline(
            case_id=case_id, record_id=value.record_id, rule=value.rule, limit_key=value.limit_key,
            started_at=value.started_at, due_at=value.due_at, whole_day=value.whole_day, ended_at=value.ended_at,
            doubts=",".join(value.doubts),
        )
        for value in deadlines_of(child, offences, records, limits)
    ]  # fmt: skip
    new = {_told(deadline): deadline for deadline in reckoned}
    for told, deadline in known.items():
        if told not in new:
            work.remove(deadline)
    for told, deadline in new.items():
        if told not in known:
            work.add(deadline)
    _keep_index_events(work, child.id, case_id, records)


def _told(deadline: Deadline) -> tuple[object, ...]:
    """Return all that a deadline says; no two of a case say the same."""
    return (deadline.record_id, deadline.rule, deadline.limit_key, deadline.started_at, deadline.due_at,
            deadline.whole_day, deadline.ended_at, deadline.doubts)  # fmt: skip


def _keep_index_events(work: Work, child_id: UUID, case_id: UUID, records: Sequence[CaseRecord]) -> None:
    """Bring the index events of a child up to date, of whose cases one may have changed."""
    kept = work.find(IndexEventKept, child_id=child_id)
    told = {event.record_id: event for event in index_events(records, child_id)}
    if not kept and not told:
        return
    for each in [each for each in kept if each.case_id == case_id]:
        event = told.pop(each.record_id, None)
        if event is None:
            work.remove(each)
            kept.remove(each)
        else:
            each.kind, each.began_on = event.kind.value, event.on
    for event in told.values():
        new = IndexEventKept(
            case_id=case_id, child_id=child_id, record_id=event.record_id, kind=event.kind.value, began_on=event.on
        )
        work.add(new)
        kept.append(new)
    first = first_of(as_event(each) for each in kept)
    next_due, lost_on = next_follow_up(work, child_id), lost_since(work, child_id)
    for each in kept:
        each.first, each.next_due, each.lost_on = as_event(each) in first, next_due, lost_on


def as_event(kept: IndexEventKept) -> IndexEvent:
    """Return a kept index event as it is measured with."""
    return IndexEvent(kept.child_id, kept.case_id, kept.record_id, IndexKind(kept.kind), kept.began_on)  # type: ignore[call-arg]


def reckon_limit(work: Work, key: str) -> None:
    """Bring the deadlines that a corrected limit may move up to date, within an open transaction.

    It moves those it gave itself. Where something is in doubt it may now be the shortest of those that count, or no
    longer be, and in a schedule another day may now answer a date: that the records alone can tell.
    """
    limits = load_limits(work.find(LimitCorrection))
    limit, by_records = limits[key], set()
    for deadline in work.find(Deadline, rule=limit.rule):
        if deadline.doubts or limit.rule in SCHEDULES:
            by_records.add(deadline.case_id)
        elif deadline.limit_key == key and deadline.started_at is not None:
            deadline.due_at, deadline.whole_day = limit.due_from(deadline.started_at)
    for case_id in by_records:
        reckon(work, case_id, limits)
