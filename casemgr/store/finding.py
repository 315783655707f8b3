"""Who may be meant by what was typed, and who may be one with whom: read from the terms that are kept of children."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from casemgr.khmer.sounds import skeleton
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.finding import SearchEntry, SearchTerm
from casemgr.store.persons import is_visible
from casemgr.store.queries import carried_by
from casemgr.store.search_terms import BLOCK, GUARDIAN, LONGEST, NAME, NUMBER, PLACE, SOUND
from casemgr.store.work import Work

ENOUGH = 150
"""So many children are weighed at most for one search."""
MOST_IN_BLOCK = 40
"""A key that more children have is left out where all pairs are wanted."""
SOUNDED = 3
"""Letters from which on a word is also taken by its sounds."""

Range = tuple[str, str]
"""All terms from the first on and before the second."""


class FoundCase(NamedTuple):
    """A case of a child that was found, of those that the staff member may open."""

    id: UUID
    number: str
    court_number: str | None
    police_report_number: str | None
    is_open: bool

    def __repr__(self) -> str:
        """Return the identity alone: no number may reach a log."""
        return f"<FoundCase {self.id}>"


def entries_of(work: Work, words: Sequence[str], worker_id: UUID | None) -> list[UUID]:
    """Return children that may be meant by these words (search keys): each fits some term of the child.

    One word is looked for first among names, then numbers, sounds, guardians, places, until there is enough. worker_id:
    as in children_page, None for all children.
    """
    if not words:
        return []
    if len(words) > 1:
        return _fitting_all(work, [tuple(_ranges(word)) for word in words], worker_id)
    found: dict[UUID, None] = {}
    for wanted in _ranges(words[0]):
        found |= dict.fromkeys(_in_range(work, wanted, worker_id, ENOUGH * 2))
        if len(found) >= ENOUGH:
            break
    return list(found)[:ENOUGH]


def _ranges(word: str) -> Iterator[Range]:
    """Yield the ranges of terms that a word may stand for, the likeliest first."""
    yield _beginning(NAME + word)
    yield _beginning(NUMBER + word)
    # Of what is not typed to its end the last vowel says nothing yet.
    sounded = skeleton(word).rstrip("*")
    if len(word) >= SOUNDED and len(sounded) > 1:
        yield _beginning(SOUND + sounded)
    yield _beginning(GUARDIAN + word)
    yield _beginning(PLACE + word)


def _beginning(start: str) -> Range:
    start = start[:LONGEST]
    return start, start[:-1] + chr(ord(start[-1]) + 1)


def _terms_in(wanted: Range) -> sa.ColumnElement[bool]:
    return sa.and_(SearchTerm.term >= wanted[0], SearchTerm.term < wanted[1])


def _in_range(work: Work, wanted: Range, worker_id: UUID | None, limit: int) -> list[UUID]:
    asked = (
        sa.select(SearchEntry.child_id)
        .join_from(SearchTerm, SearchEntry, SearchEntry.id == SearchTerm.entry)
        .where(_terms_in(wanted))
        .order_by(SearchTerm.term)
        .limit(limit)
    )
    if worker_id is not None:
        asked = asked.where(is_visible(SearchEntry.child_id, carried_by(worker_id)))
    return list(work.session.connection().execute(asked).scalars())


def _fitting_all(work: Work, words: Sequence[tuple[Range, ...]], worker_id: UUID | None) -> list[UUID]:
    """Return children with a term for each word; names are asked first, and all terms where that is not enough."""
    found: dict[UUID, None] = {}
    for ranges in ([word[:1] for word in words], words):
        fitting = sa.intersect(*(
            sa.select(SearchTerm.entry).where(sa.or_(*map(_terms_in, wanted))) for wanted in ranges
        ))  # fmt: skip
        asked = sa.select(SearchEntry.child_id).where(SearchEntry.id.in_(fitting)).limit(ENOUGH)
        if worker_id is not None:
            asked = asked.where(is_visible(SearchEntry.child_id, carried_by(worker_id)))
        found |= dict.fromkeys(work.session.connection().execute(asked).scalars())
        if len(found) >= ENOUGH:
            break
    return list(found)[:ENOUGH]


def children_among(work: Work, children: Collection[UUID]) -> list[Any]:
    """Return the rows of these children, with the columns a child is found by and told from others."""
    columns = (
        Child.id, Child.code, Child.family_name_km, Child.given_name_km, Child.family_name_latin,
        Child.given_name_latin, Child.nickname, Child.sex, Child.born, Child.village_code, Child.phone,
        Child.guardians, Child.sort_key_km,
    )  # fmt: skip
    return list(work.session.connection().execute(sa.select(*columns).where(Child.id.in_(list(children)))))


def cases_among(work: Work, children: Collection[UUID], worker_id: UUID | None) -> dict[UUID, list[FoundCase]]:
    """Return the cases of these children that the staff member may open, newest first."""
    asked = (
        sa.select(
            Case.child_id, Case.id, Case.number, Case.court_number, Case.police_report_number, Case.status
        )
        .where(Case.child_id.in_(list(children)), *carried_by(worker_id))
        .order_by(Case.opened_on.desc(), Case.number.desc())
    )  # fmt: skip
    found: dict[UUID, list[FoundCase]] = {}
    for child_id, case_id, number, court, police, status in work.session.connection().execute(asked):
        case = FoundCase(case_id, number or "", court, police, status is not CaseStatus.CLOSED)
        found.setdefault(child_id, []).append(case)
    return found


def sharing_blocks(work: Work, blocks: Collection[str], limit: int) -> list[UUID]:
    """Return children that have one of these keys (search_terms.blocks_of), at most so many."""
    terms = [f"{BLOCK}{block}"[:LONGEST] for block in blocks]
    asked = (
        sa.select(SearchEntry.child_id)
        .join_from(SearchTerm, SearchEntry, SearchEntry.id == SearchTerm.entry)
        .where(SearchTerm.term.in_(terms))
        .distinct()
        .limit(limit)
    )
    return list(work.session.connection().execute(asked).scalars())


def pairs_sharing_blocks(work: Work) -> list[tuple[UUID, UUID]]:
    """Return all pairs of children that have such a key in common, the lesser identity first, in no order.

    A key that very many have, such as a common name without a year, says too little: those of the others are taken.
    """
    one, other = aliased(SearchTerm), aliased(SearchTerm)
    in_block = _terms_in(_beginning(BLOCK))
    telling = sa.select(SearchTerm.term).where(in_block).group_by(SearchTerm.term)
    telling = telling.having(sa.func.count() >= 2, sa.func.count() <= MOST_IN_BLOCK)
    asked = (
        sa.select(one.entry, other.entry)
        .join_from(one, other, sa.and_(other.term == one.term, other.entry > one.entry))
        .where(one.term.in_(telling))
        .distinct()
    )
    connection = work.session.connection()
    child_of = {row.id: row.child_id for row in connection.execute(sa.select(SearchEntry.id, SearchEntry.child_id))}
    pairs = ((child_of[row[0]], child_of[row[1]]) for row in connection.execute(asked))
    return [(one, other) if one.hex < other.hex else (other, one) for one, other in pairs]
