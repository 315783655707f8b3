"""What may be due to be erased, read from a whole office: children by code, when their cases were closed, what runs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from casemgr.law.deadlines import AFTER_CLOSING
from casemgr.records.base import Base, CaseRecord
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.consent import Consent, ErasingDecision
from casemgr.records.beside.document import Document
from casemgr.records.beside.link import Link
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.kept import Deadline
from casemgr.records.pathway.closure import Closure
from casemgr.store.bare import Reader, listed
from casemgr.store.persons import persons
from casemgr.store.work import Work

DECISION_RULE = "withdrawal-decision"
"""Its clock asks for an erasing, so it stands in the way of none."""


@dataclass
class Standing:
    """How a record of a child stands. closed_on: the last closing, None where a closed case bears no day of it.

    promised: until when its papers were promised to be kept. Where several records are of one child, both are told of
    all of them, and so is whether a case is open; together: these records, itself among them; all_cases: their cases.
    decided: what a supervisor decided after a withdrawal that stands, with the day; of several the latest.
    """

    child_id: UUID
    code: str
    cases: list[UUID] = field(default_factory=list)
    open_case: bool = False
    closed_on: date | None = None
    promised: date | None = None
    decided: tuple[date, ErasingDecision] | None = None
    together: tuple[UUID, ...] = ()
    all_cases: tuple[UUID, ...] = ()


def standings(work: Work) -> list[Standing]:
    """Return how every record of a child stands that has a case and still a name, by code."""
    read = Reader(work)
    named = read.rows(Child, ("id", "code"), Child.anonymised_on.is_(None))
    children = {child_id: Standing(child_id, code or "") for child_id, code in named}
    of_case: dict[UUID, Standing] = {}
    undated: set[UUID] = set()
    for case_id, child_id, status in read.rows(Case, ("id", "child_id", "status")):
        if (known := children.get(child_id)) is not None:
            of_case[case_id] = known
            known.cases.append(case_id)
            if status is CaseStatus.CLOSED:
                undated.add(case_id)
            else:
                known.open_case = True
    for case_id, closed_on, papers_until in read.rows(Closure, ("case_id", "closed_on", "papers_until")):
        if (known := of_case.get(case_id)) is not None:
            if closed_on is not None:
                undated.discard(case_id)
            known.closed_on = _later(known.closed_on, closed_on)
            known.promised = _later(known.promised, papers_until)
    _see_as_one(children, persons(read.connection), undated)
    asked = ("case_id", "decided_on", "withdrawn_on", "decision")
    stands = Consent.decision.is_not(None), Consent.withdrawn_on.is_not(None)
    for case_id, decided_on, withdrawn_on, decision in read.rows(Consent, asked, *stands):
        on = decided_on or withdrawn_on
        if (known := of_case.get(case_id)) is not None and on is not None:
            known.decided = max(known.decided or (date.min, decision), (on, decision), key=lambda told: told[0])
    return sorted((each for each in children.values() if each.cases), key=lambda each: each.code)


def _see_as_one(children: dict[UUID, Standing], person_of: Mapping[UUID, UUID], undated: Collection[UUID]) -> None:
    """Let each record say what all records of its child say. undated: the closed cases without a day of closing."""
    groups: dict[UUID, list[Standing]] = {}
    for child_id, known in children.items():
        groups.setdefault(person_of.get(child_id, child_id), []).append(known)
    for group in groups.values():
        together = tuple(each.child_id for each in group)
        cases = tuple(case_id for each in group for case_id in each.cases)
        is_open = any(each.open_case for each in group)
        closed_on, promised = _latest(each.closed_on for each in group), _latest(each.promised for each in group)
        if any(case_id in undated for case_id in cases):
            closed_on = None
        for each in group:
            each.together, each.all_cases, each.open_case = together, cases, is_open
            each.closed_on, each.promised = closed_on, promised


def _later(known: date | None, other: date | None) -> date | None:
    return _latest((known, other))


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def still_due(work: Work, case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return in which of these cases something runs that goes on after a closing."""
    rules = [rule for rule in AFTER_CLOSING if rule != DECISION_RULE]
    asked = sa.select(Deadline.case_id).where(
        Deadline.case_id.in_(_among(case_ids)), Deadline.ended_at.is_(None), Deadline.rule.in_(rules)
    )
    return frozenset(work.session.scalars(asked))


def with_open_complaint(work: Work, case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return in which of these cases a complaint is not closed. Whoever is told may not be told of a complaint."""
    asked = sa.select(Complaint.case_id).where(Complaint.case_id.in_(_among(case_ids)), Complaint.closed_on.is_(None))
    return frozenset(work.session.scalars(asked))


def linked_to_open(work: Work, child_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these children are linked, one way or the other, to another child whose case is open."""
    own, other = aliased(Case), aliased(Case)
    is_open = other.status.is_distinct_from(CaseStatus.CLOSED)
    ids = _among(child_ids)
    to_it = (
        sa.select(Link.other_child_id)
        .join(other, other.id == Link.case_id)
        .where(Link.other_child_id.in_(ids), other.child_id != Link.other_child_id, is_open)
    )
    from_it = (
        sa.select(own.child_id)
        .join(Link, Link.case_id == own.id)
        .join(other, other.child_id == Link.other_child_id)
        .where(own.child_id.in_(ids), other.child_id != own.child_id, is_open)
    )
    return frozenset(work.session.scalars(sa.union(to_it, from_it)))


def counted(work: Work, case_ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return of each of these cases that has any how many records it has, and how many of them are documents."""
    records: dict[UUID, int] = {}
    documents: dict[UUID, int] = {}
    for kind in _case_kinds():
        table = kind.__table__
        asked = (
            sa.select(table.c.case_id, sa.func.count())
            .where(table.c.case_id.in_(_among(case_ids)))
            .group_by(table.c.case_id)
        )
        for case_id, number in work.session.execute(asked):
            records[case_id] = records.get(case_id, 0) + number
            if kind is Document:
                documents[case_id] = number
    return {case_id: (number, documents.get(case_id, 0)) for case_id, number in records.items()}


def _case_kinds() -> Iterable[type[CaseRecord]]:
    return (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, CaseRecord))


def _among(ids: Collection[UUID]) -> sa.Select[Any]:
    """Return these identities as a part of a question: one value to send, however many they are."""
    return sa.select(sa.func.json_each(listed(ids)).table_valued("value").c.value)
