"""What contradicts itself or is wanting in an office: read some children at a time, the columns of the rules alone."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from casemgr.law.quality import (
    COLUMNS,
    NUMBERED,
    QUIET_DAYS,
    READ_KINDS,
    TOGETHER,
    Found,
    Numbers,
    OfCase,
    OfChild,
    Rule,
    Sees,
    findings_of,
    number_key,
)
from casemgr.pace import Pace
from casemgr.records.base import Record
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.store.bare import AMONG, Reader, listed, stoppable
from casemgr.store.quality_suspects import (
    Suspects,
    children_of,
    quiet_cases,
    suspected_children,
    suspects,
    to_look_at,
)
from casemgr.store.work import Work

AT_ONCE = 1000
"""Children that are read at a time: an office of any size needs no more memory than these and what is found."""


class GapRow(NamedTuple):
    """Something to mend. rule: its name. message: what is wrong; label and amount fill its {question} and {count}.

    kind: the class of the record to mend, record_id and field where. case_id, number: None where it is of the child.
    """

    rule: str
    message: str
    label: str
    amount: int
    kind: str
    record_id: UUID
    field: str | None
    case_id: UUID | None
    number: str
    child_id: UUID
    child_code: str
    name_km: str
    name_latin: str

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<GapRow {self.rule} {self.record_id}>"


def gap_rows(work: Work, today: date, worker_id: UUID | None, pace: Pace) -> Iterator[GapRow]:
    """Yield what is to be mended, child by child. worker_id: of the cases of this one and of nobody's; None: of all.

    Children that were made nameless are left out: what is wanting was taken out. Numbers that several cases bear are
    looked for among all cases of the office.
    """
    read = Reader(work, Pace())
    pace.total = (looked_at := to_look_at(read)) * 10 // 8
    with stoppable(work, pace):
        alone, numbers = suspects(work, today, pace), _numbers(read)
        look = _Look(work, today, worker_id, alone, numbers)
        found = {Sees.RECORD: alone.all_children(read), Sees.CASE: children_of(read, look.quiet)}
        found[Sees.CHILD] = {child_id for each in numbers.values() for child_id, _ in each}
        found[Sees.CHILD] |= suspected_children(work, pace)
        ordered = _in_order(read, set[UUID]().union(*found.values()))
        for start in range(0, len(ordered), AT_ONCE):
            ids = ordered[start : start + AT_ONCE]
            yield from look.gaps({sees: [each for each in ids if each in found[sees]] for sees in Sees}, ids, pace)
            pace.step((pace.total - looked_at) * len(ids) // len(ordered))
    pace.step(pace.total)


def _in_order(read: Reader, children: Collection[UUID]) -> list[UUID]:
    """Return these children in the order in which they were written down."""
    asked = sa.select(Child.id).where(Child.id.in_(AMONG)).order_by(sa.literal_column("child.rowid"))
    return list(read.connection.scalars(asked, {"ids": listed(children)}))


def _numbers(read: Reader) -> Numbers:
    """Return the numbers that several cases bear; most cases bear their own."""
    met, twice = set[tuple[str, str]](), set[tuple[str, str]]()
    numbered = sa.or_(*(getattr(Case, name).is_not(None) for name in NUMBERED))
    for written in read.rows(Case, NUMBERED, numbered):
        for key in _keys(written):
            (twice if key in met else met).add(key)
    found: dict[tuple[str, str], list[tuple[UUID, UUID]]] = {}
    for child_id, case_id, *numbers in read.rows(Case, ("child_id", "id", *NUMBERED), numbered) if twice else ():
        for key in _keys(numbers):
            if key in twice:
                found.setdefault(key, []).append((child_id, case_id))
    return found


def _keys(written: Iterable[str | None]) -> Iterator[tuple[str, str]]:
    for name, number in zip(NUMBERED, written, strict=True):
        if number and (key := number_key(number)):
            yield name, key


class _Look:
    """Looks at some children at a time."""

    def __init__(
        self, work: Work, today: date, worker_id: UUID | None, suspected: Suspects, numbers: Numbers
    ) -> None:  # fmt: skip
        self._work, self._today, self._worker_id = work, today, worker_id
        self._suspected, self._numbers = suspected, numbers
        self.quiet = quiet_cases(work, today - timedelta(days=QUIET_DAYS))

    def gaps(self, suspected: Mapping[Sees, list[UUID]], ordered: list[UUID], pace: Pace) -> Iterator[GapRow]:
        """Yield what is to be mended of these children. suspected: of whom each kind of rule may find something."""
        read = Reader(self._work, pace.quiet())
        known = {
            Sees.RECORD: self._alone(read, suspected[Sees.RECORD]),
            Sees.CASE: self._cases(read, suspected[Sees.CASE]),
            Sees.CHILD: self._wholes(read, suspected[Sees.CHILD]),
        }
        for child_id in ordered:
            pace.check()
            for sees, children in known.items():
                if (whole := children.get(child_id)) is not None:
                    yield from _gaps(whole, findings_of(whole, sees))

    def _cases(self, read: Reader, ids: list[UUID]) -> dict[UUID, OfChild]:
        """Return these children with the cases alone in which nothing happened of late."""
        children, _ = self._children(read, ids, TOGETHER)
        for child in children.values():
            child.cases[:] = [of for of in child.cases if of.case.id in self.quiet]
        return children

    def _alone(self, read: Reader, ids: list[UUID]) -> dict[UUID, OfChild]:
        """Return of each of these children the records that may break a rule by themselves, with all that is read."""
        children, cases = self._children(read, ids, COLUMNS)
        offences, records = self._suspected.offences, self._suspected.records
        for case_id, of in cases.items():
            of.offences.extend(offences.get(case_id, ()))
            of.records.extend(records.get(case_id, ()))
        return children

    def _wholes(self, read: Reader, ids: list[UUID]) -> dict[UUID, OfChild]:
        """Return of each of these children what the rules look at that look at several records together."""
        children, cases = self._children(read, ids, TOGETHER)
        own = listed(cases)
        for offence in read.records_among(Offence, TOGETHER[Offence], "case_id", own):
            cases[offence.case_id].offences.append(offence)
        for kind in READ_KINDS:
            if kind.record in TOGETHER:
                for record in read.records_among(kind.record, TOGETHER[kind.record], "case_id", own):
                    cases[record.case_id].records.append((kind, record))
        return children

    def _children(
        self, read: Reader, ids: list[UUID], columns: Mapping[type[Record], tuple[str, ...]]
    ) -> tuple[dict[UUID, OfChild], dict[UUID, OfCase]]:  # fmt: skip
        """Return those of these children that the worker may know of, with their cases, and these by themselves."""
        among = listed(ids)
        cases: dict[UUID, OfCase] = {}
        of_child: dict[UUID, list[OfCase]] = {}
        elsewhere: set[UUID] = set()
        for case in read.records_among(Case, columns[Case], "child_id", among):
            if self._worker_id is not None and case.worker_id not in (None, self._worker_id):
                elsewhere.add(case.child_id)
                continue
            cases[case.id] = OfCase(case, [], [])
            of_child.setdefault(case.child_id, []).append(cases[case.id])
        children = {
            child.id: OfChild(child, of_child.get(child.id, []), self._today, self._numbers)
            for child in read.records_among(Child, columns[Child], "id", among)
            if child.anonymised_on is None and (child.id in of_child or child.id not in elsewhere)
        }
        return children, cases


def _gaps(whole: OfChild, findings: Iterable[tuple[Rule, Found]]) -> Iterator[GapRow]:
    child = whole.child
    khmer = " ".join(filter(None, (child.family_name_km, child.given_name_km)))
    latin = " ".join(filter(None, (child.family_name_latin, child.given_name_latin)))
    for rule, found in findings:
        case = found.case
        yield GapRow(
            rule.name, found.message or rule.message, found.label, found.amount, _class(found.record), found.record.id,
            found.field, case.id if case else None, (case.number or "") if case else "", child.id, child.code or "",
            khmer or latin or child.nickname or "", latin or khmer or child.nickname or "",
        )  # fmt: skip


def _class(record: object) -> str:
    """Return the name of a record's class; one that was read with a few columns has it from its own."""
    return type(record).__name__
