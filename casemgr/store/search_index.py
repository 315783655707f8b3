"""Keeps the terms of the search in step with children and cases, within the transaction that changes these."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.orm.attributes import get_history

from casemgr.pace import Pace, sweeping_later
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.finding import SearchEntry, SearchMade, SearchTerm
from casemgr.store.audit import AuditedSession
from casemgr.store.search_terms import RULES, list_keys, terms_of

AT_ONCE = 500
_TOUCHED = "casemgr.search.touched"
_ENTRY = cast("sa.Table", SearchEntry.__table__)
_TERM = cast("sa.Table", SearchTerm.__table__)
_MADE = cast("sa.Table", SearchMade.__table__)
_KEPT = cast("sa.Table", Child.__table__)
_CHILD = (
    Child.id, Child.code, Child.family_name_km, Child.given_name_km, Child.family_name_latin, Child.given_name_latin,
    Child.nickname, Child.sex, Child.born, Child.village_code, Child.phone, Child.guardians,
)  # fmt: skip
_CASE = (Case.child_id, Case.number, Case.court_number, Case.police_report_number)


@event.listens_for(AuditedSession, "after_flush")
def _remember(session: Session, _context: UOWTransaction) -> None:
    touched = [*session.new, *session.deleted, *(each for each in session.dirty if _tells(each))]
    children = {each.id for each in touched if isinstance(each, Child)}
    children |= {each.child_id for each in touched if isinstance(each, Case)}
    if children:
        session.info.setdefault(_TOUCHED, set()).update(children)


def _tells(record: object) -> bool:
    """Whether something has changed in a record that terms are made of."""
    columns = _CHILD if isinstance(record, Child) else _CASE if isinstance(record, Case) else ()
    return any(get_history(record, column.key).has_changes() for column in columns)


@event.listens_for(AuditedSession, "before_commit")
def _before_commit(session: Session) -> None:
    settle(session)


def settle(session: Session) -> None:
    """Bring the terms of what this transaction has changed so far up to date; before the commit it happens of itself.

    Who searches within a transaction that writes asks for it first.
    """
    session.flush()
    touched: set[UUID] = session.info.pop(_TOUCHED, set())
    if touched:
        bring_up_to_date(session.connection(), touched)


def bring_up_to_date(connection: sa.Connection, children: Collection[UUID]) -> None:
    """Make the terms of these children anew; those of one that is gone go too. What stays the same is not written."""
    for some in _chunks(list(children)):
        known = {
            row.child_id: (row.id, frozenset(row.terms.split("\n")) - {""})
            for row in connection.execute(sa.select(_ENTRY).where(_ENTRY.c.child_id.in_(some)))
        }
        made = _made(connection, some)
        _drop(connection, [known[child_id][0] for child_id in some if child_id in known and child_id not in made])
        _keep(connection, known, made)


def _chunks(children: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (children[start : start + AT_ONCE] for start in range(0, len(children), AT_ONCE))


def _made(connection: sa.Connection, children: Sequence[UUID]) -> dict[UUID, frozenset[str]]:
    cases: dict[UUID, list[Any]] = {}
    for row in connection.execute(sa.select(*_CASE).where(Case.child_id.in_(children))):
        cases.setdefault(row.child_id, []).append(row)
    rows = connection.execute(sa.select(*_CHILD).where(Child.id.in_(children)))
    return {row.id: terms_of(row, cases.get(row.id, ())) for row in rows}


def _drop(connection: sa.Connection, entries: Sequence[int]) -> None:
    for entry in entries:
        terms = connection.execute(sa.select(_ENTRY.c.terms).where(_ENTRY.c.id == entry)).scalar_one()
        _change(connection, gone=[(term, entry) for term in terms.split("\n")], new=[])
        connection.execute(sa.delete(_ENTRY).where(_ENTRY.c.id == entry))


def _keep(
    connection: sa.Connection, known: dict[UUID, tuple[int, frozenset[str]]], made: dict[UUID, frozenset[str]]
) -> None:  # fmt: skip
    gone, new = list[tuple[str, int]](), list[tuple[str, int]]()
    for child_id, terms in made.items():
        entry, before = known.get(child_id, (None, frozenset[str]()))
        if entry is not None and terms == before:
            continue
        told = "\n".join(sorted(terms))
        if entry is None:
            entry = _added(connection, child_id, told)
        else:
            connection.execute(sa.update(_ENTRY).where(_ENTRY.c.id == entry), {"terms": told})
        gone += [(term, entry) for term in before - terms]
        new += [(term, entry) for term in terms - before]
    _change(connection, gone, new)


def _added(connection: sa.Connection, child_id: UUID, terms: str) -> int:
    """Add a child's entry; return its number."""
    done = connection.execute(sa.insert(_ENTRY), {"child_id": child_id, "terms": terms})
    return done.lastrowid


def _change(connection: sa.Connection, gone: list[tuple[str, int]], new: list[tuple[str, int]]) -> None:
    if gone:
        connection.exec_driver_sql("DELETE FROM search_term WHERE term = ? AND entry = ?", gone)
    if new:  # in the order of the table, so that a large one is written from its beginning to its end
        connection.exec_driver_sql("INSERT INTO search_term (term, entry) VALUES (?, ?)", sorted(new))


def _make_keys(connection: sa.Connection, children: Sequence[UUID]) -> None:
    rows = connection.execute(sa.select(*_CHILD, Child.search_key, Child.sort_key_km).where(Child.id.in_(children)))
    for row in rows.all():
        if (keys := list_keys(row)) != (row.search_key, row.sort_key_km):
            told = {"search_key": keys[0], "sort_key_km": keys[1]}
            connection.execute(sa.update(_KEPT).where(_KEPT.c.id == row.id), told)


def is_made(connection: sa.Connection) -> bool:
    """Return whether the terms were made by this version's rules."""
    return connection.execute(sa.select(_MADE.c.rules)).scalars().all() == [RULES]


def make_anew(connection: sa.Connection, pace: Pace | None = None) -> None:
    """Make terms and keys of all children anew, as after an update of the program; within a transaction that writes.

    The keys are no answers: the trail tells nothing of them, and a record keeps its version. pace is told how far it
    is, and may end it with Stopped.
    """
    pace = pace or Pace()
    for table in (_TERM, _ENTRY, _MADE):
        connection.execute(sa.delete(table))
    every = connection.execute(sa.select(Child.id)).scalars().all()
    pace.total = len(every) * (_MAKING + _WRITING)
    made = _Sorted()
    with sweeping_later():
        for some in _chunks(every):
            _make_keys(connection, some)
            for child_id, terms in _made(connection, some).items():
                made.add(terms, _added(connection, child_id, "\n".join(sorted(terms))))
            pace.step(len(some) * _MAKING)
        for share, rows in made.pop_all():
            _change(connection, [], rows)
            pace.step(int(pace.total * (1 - share * _WRITING / (_MAKING + _WRITING))) - pace.done)
    connection.execute(sa.insert(_MADE), {"rules": RULES})


_MAKING, _WRITING = 5, 1
"""How long making the terms of a child takes beside writing them."""
_AT_A_TIME = 2000
"""Terms that are written together."""
_BEGINNING = 3
"""Letters by whose likeness terms are kept together until they are written."""


class _Sorted:
    """Very many terms, given out in their order a few at a time: nothing else runs while Python sorts a list.

    Each is kept once, with the entries that have it: these come in their order.
    """

    def __init__(self) -> None:
        self._parts: dict[str, dict[str, list[int]]] = {}
        self._count = 0

    def add(self, terms: Collection[str], entry: int) -> None:
        """Keep the terms of an entry, later than those of all that were kept before."""
        for term in terms:
            self._parts.setdefault(term[:_BEGINNING], {}).setdefault(term, []).append(entry)
        self._count += len(terms)

    def pop_all(self) -> Iterator[tuple[float, list[tuple[str, int]]]]:
        """Yield some terms after the other, with the share of all that is still to come, and let go of them."""
        left = self._count
        for beginning in sorted(self._parts):
            part = self._parts.pop(beginning)
            rows = ((term, entry) for term in sorted(part) for entry in part[term])
            while some := list(islice(rows, _AT_A_TIME)):
                left -= len(some)
                yield left / self._count, some
