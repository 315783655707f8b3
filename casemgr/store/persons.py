"""Which records are of one child: follows from the decisions, within the transaction in which one is made."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.sameness import PersonOf, Sameness, Verdict
from casemgr.store.audit import AuditedSession
from casemgr.store.work import Work

_DECIDED = "casemgr.persons.decided"
_PERSON = cast("sa.Table", PersonOf.__table__)


@event.listens_for(AuditedSession, "after_flush")
def _remember(session: Session, _context: UOWTransaction) -> None:
    touched = (each for records in (session.new, session.dirty, session.deleted) for each in records)
    if any(isinstance(each, Sameness) for each in touched):
        session.info[_DECIDED] = True


@event.listens_for(AuditedSession, "before_commit")
def _before_commit(session: Session) -> None:
    settle(session)


def settle(session: Session) -> None:
    """Bring person_of up to date with the decisions made so far; before the commit it happens of itself."""
    session.flush()
    if not session.info.pop(_DECIDED, False):
        return
    connection = session.connection()
    asked = sa.select(Sameness.one_id, Sameness.other_id).where(Sameness.verdict == Verdict.SAME)
    pairs = [(row.one_id, row.other_id) for row in connection.execute(asked)]
    told = _firsts(pairs, _begun(connection, {each for pair in pairs for each in pair}))
    before = persons(connection)
    for child_id in before.keys() - told.keys():
        connection.execute(sa.delete(_PERSON).where(_PERSON.c.child_id == child_id))
    for child_id, person_id in told.items():
        if child_id not in before:
            connection.execute(sa.insert(_PERSON), {"child_id": child_id, "person_id": person_id})
        elif before[child_id] != person_id:
            where = _PERSON.c.child_id == child_id
            connection.execute(sa.update(_PERSON).where(where), {"person_id": person_id})


def _begun(connection: sa.Connection, children: Iterable[UUID]) -> Mapping[UUID, Any]:
    """Return by what the records of children stand in line: the one that was written down first is the first."""
    asked = sa.select(Child.id, Child.created_at, Child.code).where(Child.id.in_(list(children)))
    return {row.id: (row.created_at, row.code or "", row.id) for row in connection.execute(asked)}


def _firsts(pairs: Iterable[tuple[UUID, UUID]], begun: Mapping[UUID, Any]) -> dict[UUID, UUID]:
    """Return the first record of the child of each record that hangs together with another."""
    groups: dict[UUID, set[UUID]] = {}
    for one, other in pairs:
        group = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(group, group)
    return {child_id: min(group, key=begun.__getitem__) for child_id, group in groups.items()}


def persons(connection: sa.Connection) -> dict[UUID, UUID]:
    """Return the child of each record that is one of several of one child, by the identity of the first of these."""
    return {row.child_id: row.person_id for row in connection.execute(sa.select(_PERSON))}


def records_of_child(work: Work, child_id: UUID) -> tuple[UUID, ...]:
    """Return the records that are of one child with this one, itself among them, the first of them first."""
    connection = work.session.connection()
    person_id = connection.execute(sa.select(_PERSON.c.person_id).where(_PERSON.c.child_id == child_id)).scalar()
    if person_id is None:
        return (child_id,)
    found = connection.execute(sa.select(_PERSON.c.child_id).where(_PERSON.c.person_id == person_id)).scalars()
    return (person_id, *sorted(each for each in found if each != person_id))


def case_is_of(work: Work) -> sa.ColumnElement[bool]:
    """Whether a case is of a child, or of a record that was found to be of the same child."""
    if work.session.scalar(sa.select(PersonOf.child_id).limit(1)) is None:
        return Case.child_id == Child.id
    others = sa.select(PersonOf.child_id).where(PersonOf.person_id == Child.id)
    return Case.child_id.in_(sa.union(sa.select(Child.id).correlate(Child), others.correlate(Child)))


def is_visible(child_id: Any, own: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
    """Whether a child has a case that is the staff member's own (queries.carried_by), or none at all."""
    its_case = sa.exists().where(Case.child_id == child_id)
    return sa.or_(its_case.where(*own), sa.not_(its_case))


def is_later_record(own: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
    """Whether a record stands behind the first one of the same child, which the staff member may open as well."""
    later = sa.exists().where(PersonOf.child_id == Child.id, PersonOf.person_id != Child.id)
    return later.where(is_visible(PersonOf.person_id, own)) if own else later
