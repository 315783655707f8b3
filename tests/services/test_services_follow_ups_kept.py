"""What is kept for the follow-up list is never stale: after any saves, undoings and removals it is as from scratch."""

import random
from datetime import date, datetime, timedelta
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from followed import BEGAN, WHY, case, child, follow_up, release
from partly import some

from casemgr.clock import PHNOM_PENH, PartialDate
from casemgr.law.deadlines import deadlines_of
from casemgr.law.limits import load_limits
from casemgr.measures.index_events import first_of, index_events
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.kept import NOTHING_DUE, IndexEventKept, LimitCorrection
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import UNANSWERED, FollowUpStatus, Reached
from casemgr.services import casework, follow_ups, history
from casemgr.services.changes import Changes
from casemgr.services.follow_ups import FollowUpRow
from casemgr.services.office import Office
from casemgr.services.reckoning import records_of
from casemgr.store.follow_up_rows import FOLLOW_UP_RULES
from casemgr.store.work import Work
from casemgr.trouble import Refusal

Kept = tuple[UUID, UUID, UUID, str, date, bool, date, date | None]


def kept(work: Work) -> set[Kept]:
    return {
        (each.case_id, each.child_id, each.record_id, each.kind, each.began_on, each.first, each.next_due, each.lost_on)
        for each in work.find(IndexEventKept)
    }


def from_scratch(work: Work) -> set[Kept]:
    limits, found = load_limits(work.read(LimitCorrection)), set()
    for of in work.find(Child):
        files = [(own, records_of(work, own.id)) for own in work.find(Case, child_id=of.id)]
        events = [event for _, records in files for event in index_events(records, of.id)]
        due = [
            value.due_at.astimezone(PHNOM_PENH).date()
            for own, records in files
            for value in deadlines_of(of, work.find(Offence, case_id=own.id), records, limits)
            if value.rule in FOLLOW_UP_RULES and value.ended_at is None
        ]
        lost = lost_on([each for _, records in files for each in records if isinstance(each, FollowUp)])
        for event in events:
            first = event in first_of(events)
            found.add((event.case_id, of.id, event.record_id, event.kind.value, event.on, first,
                       min(due, default=NOTHING_DUE), lost))  # fmt: skip
    return found


def lost_on(told: list[FollowUp]) -> date | None:
    last: FollowUp | None = None
    for each in told:
        if each.done_on is None or each.status is None or each.status in UNANSWERED:
            continue
        if last is None or last.done_on is None or each.done_on >= last.done_on:
            last = each
    return last.done_on if last is not None and last.status is FollowUpStatus.LOST else None


class Worker:
    """Somebody who writes down, changes, removes and takes back what comes to hand."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.dice = office, random.Random(seed)  # noqa: S311  (for tests alone)
        children = [child(office), child(office)]
        self.cases = [case(office, children[number % 2]) for number in range(4)]
        self.records: list[Any] = []
        self.days = iter(BEGAN + timedelta(days=number * 17 % 700) for number in range(700))

    def step(self) -> None:
        deed = self.dice.choice((self.released, self.diverted, self.called, self.changed, self.removed, self.born))
        try:
            changes = deed()
        except Refusal:
            return
        if changes is not None and changes.lines and self.dice.random() < 0.3:
            history.undo(self.office, changes.lines)
            self.records = []

    def released(self) -> None:
        self.records.append(release(self.office, self.dice.choice(self.cases), next(self.days)))

    def diverted(self) -> Changes:
        made = Diversion(case_id=self.dice.choice(self.cases).id, ordered_on=next(self.days))
        self.records.append(made)
        return casework.save_record(self.office, made, WHY)

    def called(self) -> None:
        status = self.dice.choice((FollowUpStatus.WELL, FollowUpStatus.LOST, FollowUpStatus.NOT_REACHED))
        reached = Reached.CHILD if status is FollowUpStatus.WELL else Reached.NOBODY
        self.records.append(
            follow_up(self.office, self.dice.choice(self.cases), next(self.days), status=status, reached=reached)
        )

    def changed(self) -> Changes | None:
        if not self.records:
            return None
        record, on = self.dice.choice(self.records), next(self.days)
        match record:
            case Detention():
                record.ended_on = self.dice.choice((None, on))
            case Diversion():
                record.ordered_on = self.dice.choice((None, on))
            case FollowUp():
                record.done_on = on
        return casework.save_record(self.office, record)

    def removed(self) -> Changes | None:
        if not self.records:
            return None
        record = self.records.pop(self.dice.randrange(len(self.records)))
        return casework.remove_record(self.office, record, "a slip")

    def born(self) -> Changes:
        with self.office.read() as work:
            of = work.get(Child, self.dice.choice(self.cases).child_id)
        of.born = PartialDate.of(self.dice.choice((2006, 2007, 2008)), 6, 1)
        return casework.save_child(self.office, of)


@pytest.mark.parametrize("seed", some(range(6), 3))
def test_what_is_kept_is_what_the_records_say(office: Office, seed: int) -> None:
    worker, seen = Worker(office, seed), 0
    for _ in range(25):
        worker.step()
        with office.read() as work:
            assert kept(work) == from_scratch(work)
            seen = max(seen, len(kept(work)))
    assert seen > 1


def test_each_value_of_a_row_is_of_the_kind_its_name_says(filled: Office) -> None:
    kinds = get_type_hints(FollowUpRow)
    rows = follow_ups.follow_up_list(filled, every=True)
    assert rows
    for row in rows:
        assert len(row) == len(kinds)
        for (name, kind), value in zip(kinds.items(), row, strict=True):
            allowed = get_args(kind) if get_origin(kind) in (UnionType, Union) else (kind,)
            assert isinstance(value, tuple(get_origin(each) or each for each in allowed)), name
            assert value is not None or NoneType in allowed, name
            assert not isinstance(value, datetime), name


def test_the_small_tables_are_read_from_their_indexes(filled: Office) -> None:
    asked: list[str] = []
    with filled.read() as work:
        raw: Any = work.session.connection().connection.driver_connection
        raw.set_trace_callback(asked.append)
        try:
            list(follow_ups.read_follow_ups(work, filled.staff.id, follow_ups.filter_of(filled)))
        finally:
            raw.set_trace_callback(None)
        for table in ("offence", "consent", "case_contact"):
            (question,) = [each for each in asked if f"SELECT {table}.case_id" in each]
            plan = " ".join(line[3] for line in raw.execute(f"EXPLAIN QUERY PLAN {question}"))
            assert f"{table} USING COVERING INDEX {table}_listed" in plan
