"""Who may be meant by what was typed, and who may be one with whom: read from the terms that are kept of children."""

import sys
from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.finding import SearchEntry, SearchTerm
from casemgr.store.bare import Reader
from casemgr.store.persons import is_visible
from casemgr.store.queries import carried_by
from casemgr.store.search_terms import BLOCK, LONGEST
from casemgr.store.work import Work

VOCABULARY = 400
"""So many terms with one beginning are looked at."""
_SURROGATES, _BEHIND_SURROGATES = 0xD800, 0xE000
"""Between them stand no letters, and no text of the store holds any."""
MOST_ROWS = 20_000
"""Of so many children that fit one of several words it is seen whether they fit the others."""
MOST_IN_BLOCK = 40
"""A key that more children have is left out where all pairs are wanted."""


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


def vocabulary(work: Work, start: str) -> list[str]:
    """Return the terms with this beginning, each once, in their order; at most VOCABULARY."""
    last = ord(start[-1]) + 1
    after = start[:-1] + chr(_BEHIND_SURROGATES if last == _SURROGATES else min(last, sys.maxunicode))
    rows = work.session.connection().exec_driver_sql(_TERMS, (start, after, after, VOCABULARY))
    return [row[0] for row in rows if row[0] is not None]


# From term to term by the index, whatever many children have one.
_TERMS = """
    WITH RECURSIVE known(term) AS (
        SELECT min(term) FROM search_term WHERE term >= ? AND term < ?
        UNION ALL
        SELECT (SELECT min(term) FROM search_term WHERE term > known.term AND term < ?)
        FROM known WHERE known.term IS NOT NULL
    ) SELECT term FROM known LIMIT ?
"""


def children_with(work: Work, term: str, worker_id: UUID | None, limit: int) -> list[UUID]:
    """Return children that have a term. worker_id: as in children_page, None for all children."""
    asked = (
        sa.select(SearchEntry.child_id)
        .join_from(SearchTerm, SearchEntry, SearchEntry.id == SearchTerm.entry)
        .where(SearchTerm.term == sa.bindparam("term"))
        .limit(sa.bindparam("most"))
    )
    if worker_id is not None:
        asked = asked.where(is_visible(SearchEntry.child_id, carried_by(worker_id)))
    return list(work.session.connection().execute(asked, {"term": term, "most": limit}).scalars())


def entries_with(work: Work, terms: Collection[str]) -> list[tuple[str, int]]:
    """Return each of these terms with each entry that has it, at most MOST_ROWS."""
    asked = f"SELECT term, entry FROM search_term WHERE term IN ({','.join('?' * len(terms))}) LIMIT {MOST_ROWS}"  # noqa: S608
    return [(row[0], row[1]) for row in work.session.connection().exec_driver_sql(asked, tuple(terms))]


def children_of(work: Work, entries: Collection[int], worker_id: UUID | None) -> dict[int, UUID]:
    """Return the children of entries, of those that the staff member may open (worker_id as in children_page)."""
    asked = sa.select(SearchEntry.id, SearchEntry.child_id).where(SearchEntry.id.in_(list(entries)))
    if worker_id is not None:
        asked = asked.where(is_visible(SearchEntry.child_id, carried_by(worker_id)))
    return {row.id: row.child_id for row in work.session.connection().execute(asked)}


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
    """Return children that have one of these keys (search_terms.blocks_of), those that have most of them first."""
    terms = [f"{BLOCK}{block}"[:LONGEST] for block in blocks]
    sharing = (
        sa.select(SearchTerm.entry)
        .where(SearchTerm.term.in_(terms))
        .group_by(SearchTerm.entry)
        .order_by(sa.func.count().desc(), SearchTerm.entry)
        .limit(limit)
    )
    asked = sa.select(SearchEntry.child_id).where(SearchEntry.id.in_(sharing))
    return list(work.session.connection().execute(asked).scalars())


def pairs_sharing_blocks(work: Work) -> list[tuple[UUID, UUID]]:
    """Return all pairs of children that have such a key in common, the lesser identity first, in no order.

    A key that very many have, such as a common name without a year, says too little: those of the others are taken.
    """
    one, other = aliased(SearchTerm), aliased(SearchTerm)
    in_block = sa.and_(SearchTerm.term >= BLOCK, SearchTerm.term < chr(ord(BLOCK) + 1))
    telling = sa.select(SearchTerm.term).where(in_block).group_by(SearchTerm.term)
    telling = telling.having(sa.func.count() >= 2, sa.func.count() <= MOST_IN_BLOCK)
    asked: Any = (
        sa.select(one.entry, other.entry)
        .join_from(one, other, sa.and_(other.term == one.term, other.entry > one.entry))
        .where(one.term.in_(telling))
        .distinct()
    )
    read = Reader(work)
    child_of = dict(read.rows(SearchEntry, ("id", "child_id")))
    pairs = ((child_of[row[0]], child_of[row[1]]) for row in read.answers((one.entry, other.entry), asked))
    return [(one, other) if one.hex < other.hex else (other, one) for one, other in pairs]
