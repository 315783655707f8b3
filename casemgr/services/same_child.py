"""The same child written down twice: who may be one with whom, and linking records without putting them together.

A link is a decision that can be taken back; nothing of either record is changed or lost. Lists, the cohort and the
indicators count linked records as one child.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.measures.same_child import Likeness as Likeness  # noqa: PLC0414  (what is returned)
from casemgr.measures.same_child import Person as Person  # noqa: PLC0414
from casemgr.measures.same_child import Reason as Reason  # noqa: PLC0414
from casemgr.measures.same_child import likeness
from casemgr.measures.same_child import person_of as person_of  # noqa: PLC0414
from casemgr.pace import Cancelled, Pace, Progress
from casemgr.records.child import Child
from casemgr.records.sameness import Sameness, Verdict
from casemgr.services.case_files import ChildFile, read_child_file
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from casemgr.services.readers import demand_child, may_open_child
from casemgr.services.reckoning import reckon_child
from casemgr.store import finding, persons, search_index
from casemgr.store.search_terms import blocks_of
from casemgr.store.work import Work
from casemgr.trouble import Refusal

WEIGHED = 120
"""So many children that share a key are weighed at most."""
OFFERED = 10
"""So many are offered at most."""
READ_AT_ONCE = 500
SWEPT = 65
"""From this score on the sweep names two records: a common name alone is not enough."""
MOST_PAIRS = 200
"""So many pairs the sweep returns at most; others follow once these are decided."""

ITSELF = N_("These are one and the same record.")


class Candidate(NamedTuple):
    """A child that may be the one written down. child: None where other workers carry all of its cases."""

    child_id: UUID
    code: str
    child: Child | None
    likeness: Likeness

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<Candidate {self.child_id}>"


class Pair(NamedTuple):
    """Two records that may be of one child and of which nobody decided yet; one is the older."""

    one: Child
    other: Child
    likeness: Likeness

    def __repr__(self) -> str:
        """Return the identities alone: no name may reach a log."""
        return f"<Pair {self.one.id} {self.other.id}>"


class Beside(NamedTuple):
    """Two records side by side. verdict: what was decided of them, None where nothing was."""

    one: ChildFile
    other: ChildFile
    likeness: Likeness
    verdict: Verdict | None

    def __repr__(self) -> str:
        """Return the identities alone: no name may reach a log."""
        return f"<Beside {self.one.child.id} {self.other.child.id}>"


class LinkedRecord(NamedTuple):
    """Another record of the same child. child: None where other workers carry all of its cases.

    direct: whether the two were decided to be one, and not only through a third.
    """

    child_id: UUID
    code: str
    child: Child | None
    direct: bool

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<LinkedRecord {self.child_id}>"


def candidates(office: Office, person: Person, *, without: UUID | None = None) -> list[Candidate]:
    """Return the children that may be the one described, the likeliest first; nothing is written down.

    without: a record that is not meant, and neither is what was decided to be the same child or not the same.
    """
    with office.read() as work:
        return candidates_in(office, work, person, without=without)


def candidates_in(
    office: Office, work: Work, person: Person, *, without: UUID | None = None
) -> list[Candidate]:  # fmt: skip
    """Return what candidates does within an open transaction, with what it has written so far."""
    if work.session.autoflush:  # one that writes
        search_index.settle(work.session)
    sharing = finding.sharing_blocks(work, blocks_of(person, around=1), WEIGHED)
    left_out = {without, *_decided_with(work, without)}
    rows = finding.children_among(work, [each for each in sharing if each not in left_out])
    weighed = [(likeness(person, person_of(row)), row) for row in rows]
    likely = sorted((each for each in weighed if each[0].is_possible), key=lambda each: -each[0].score)
    return [_candidate(office, work, how, row.id, row.code or "") for how, row in likely[:OFFERED]]


def likely_unseen(office: Office, child: Child, seen: Collection[UUID]) -> list[Candidate]:
    """Return all candidates for a child that is about to be written down, where a likely one was not seen yet.

    seen: the children that were shown to the worker. An empty list is no reason to look twice.
    """
    found = candidates(office, person_of(child), without=child.id)
    unseen = any(each.likeness.is_likely and each.child_id not in seen for each in found)
    return found if unseen else []


def _candidate(office: Office, work: Work, how: Likeness, child_id: UUID, code: str) -> Candidate:
    """Return a child that is offered; of another worker's neither the child is told, nor why it is likely."""
    if may_open_child(office, work, child_id):
        return Candidate(child_id, code, work.read_one(Child, child_id), how)
    return Candidate(child_id, code, None, how._replace(reasons=()))


def _decided_with(work: Work, child_id: UUID | None) -> set[UUID]:
    """Return the records of which it was decided whether they are one child with this one, and those linked to it."""
    if child_id is None:
        return set()
    decided = [*work.read(Sameness, one_id=child_id), *work.read(Sameness, other_id=child_id)]
    return {each for told in decided for each in (told.one_id, told.other_id)} | {
        *persons.records_of_child(work, child_id)
    }


def decide(office: Office, one_id: UUID, other_id: UUID, verdict: Verdict) -> Changes:
    """Decide whether two records are of one child; an earlier decision about them gives way, and stays in the trail.

    The staff member must be able to open both. Raises NoSuch, NotAllowed, and Refusal for a record and itself.
    """
    with office.write() as work:
        if one_id == other_id:
            raise Refusal(ITSELF)
        touched = _both(office, work, one_id, other_id)
        told = _decision(work, one_id, other_id)
        if told is None:
            first, second = sorted((one_id, other_id), key=lambda each: each.hex)
            work.add(Sameness(one_id=first, other_id=second, verdict=verdict))
        else:
            told.verdict = verdict
        return _settled(work, touched)


def take_back(office: Office, one_id: UUID, other_id: UUID) -> Changes:
    """Take back what was decided of two records: they are two again, and offered again, as if it never had been.

    Raises NoSuch and NotAllowed; where nothing was decided nothing happens.
    """
    with office.write() as work:
        touched = _both(office, work, one_id, other_id)
        if (told := _decision(work, one_id, other_id)) is not None:
            work.remove(told)
        return _settled(work, touched)


def _both(office: Office, work: Work, one_id: UUID, other_id: UUID) -> set[UUID]:
    """Return the records that now hang together with these two. Raises NotAllowed for another worker's child."""
    for child_id in (one_id, other_id):
        demand_child(office, work, child_id)
    return {record for each in (one_id, other_id) for record in persons.records_of_child(work, each)}


def _decision(work: Work, one_id: UUID, other_id: UUID) -> Sameness | None:
    first, second = sorted((one_id, other_id), key=lambda each: each.hex)
    return work.first(Sameness, one_id=first, other_id=second)


def _settled(work: Work, touched: set[UUID]) -> Changes:
    """Let everything that is told of a whole child follow the decision."""
    persons.settle(work.session)
    for first in {persons.records_of_child(work, each)[0] for each in touched}:
        reckon_child(work, first)
    return Changes(frozenset(touched), parts=frozenset({"children"}))


def linked_records(office: Office, child_id: UUID) -> tuple[LinkedRecord, ...]:
    """Return the other records of a child, the first of them first. Raises NoSuch and NotAllowed."""
    with office.read() as work:
        demand_child(office, work, child_id)
        direct = _decided_same(work, child_id)
        found = []
        for each in persons.records_of_child(work, child_id):
            if each != child_id:
                child = work.read_one(Child, each)
                shown = child if may_open_child(office, work, each) else None
                found.append(LinkedRecord(each, child.code or "", shown, each in direct))
        return tuple(found)


def _decided_same(work: Work, child_id: UUID) -> set[UUID]:
    told = [*work.read(Sameness, one_id=child_id), *work.read(Sameness, other_id=child_id)]
    return {
        told_id
        for each in told
        if each.verdict is Verdict.SAME
        for told_id in (each.one_id, each.other_id)
        if told_id != child_id
    }


def beside(office: Office, one_id: UUID, other_id: UUID) -> Beside:
    """Return two records with their cases side by side, and write down that both were opened.

    Raises NoSuch, and NotAllowed where other workers carry all cases of one.
    """
    with office.write(Right.READ_CASES) as work:
        one, other = (read_child_file(office, work, each) for each in (one_id, other_id))
        for file in (one, other):
            work.note("opened", "Child", file.child.id, child_id=file.child.id)
        told = _decision(work, one_id, other_id)
        verdict = told.verdict if told is not None else None
    return Beside(one, other, likeness(person_of(one.child), person_of(other.child)), verdict)


def sweep(
    office: Office, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> list[Pair]:  # fmt: skip
    """Return pairs of records that may be of one child and that nobody decided of, the likeliest first.

    Of those that the staff member may open. progress is told how far it is; where cancelled says so, Stopped is raised.
    """
    with office.read() as work:
        pairs = finding.pairs_sharing_blocks(work)
        pace = Pace(len(pairs), progress, cancelled)
        decided = {(each.one_id, each.other_id) for each in work.read(Sameness)}
        person = persons.persons(work.session.connection())
        look = _persons(work, {child_id for pair in pairs for child_id in pair})
        found = []
        for one_id, other_id in pairs:
            pace.step()
            if (one_id, other_id) in decided or (one_id in person and person[one_id] == person.get(other_id)):
                continue
            how = likeness(look[one_id], look[other_id])
            if how.score >= SWEPT:
                found.append((how, one_id, other_id))
        found.sort(key=lambda each: (-each[0].score, each[1].hex, each[2].hex))
        return list(_openable(office, work, found))


def _openable(office: Office, work: Work, found: list[tuple[Likeness, UUID, UUID]]) -> list[Pair]:
    kept: list[Pair] = []
    for how, one_id, other_id in found:
        if may_open_child(office, work, one_id) and may_open_child(office, work, other_id):
            one, other = sorted(
                (work.read_one(Child, each) for each in (one_id, other_id)), key=lambda child: child.code or ""
            )  # fmt: skip
            kept.append(Pair(one, other, how))
            if len(kept) == MOST_PAIRS:
                break
    return kept


def _persons(work: Work, children: Iterable[UUID]) -> dict[UUID, Person]:
    """Return what is compared of these children."""
    asked = list(children)
    found: dict[UUID, Person] = {}
    for start in range(0, len(asked), READ_AT_ONCE):
        rows = finding.children_among(work, asked[start : start + READ_AT_ONCE])
        found |= {row.id: person_of(row) for row in rows}
    return found
