"""What contradicts itself or is wanting in an office: read some children at a time, the columns of the rules alone."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from casemgr.law.quality import COLUMNS, NUMBERED, READ_KINDS, Numbers, OfCase, OfChild, findings_of, number_key
from casemgr.pace import Pace
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.store.bare import Reader
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
    pace.total = children = read.size(Child)
    numbers = _numbers(read)
    rowid: sa.ColumnElement[int] = sa.literal_column("child.rowid")
    for start in range(0, children, AT_ONCE):
        among = sa.select(Child.id).where(rowid > start, rowid <= start + AT_ONCE)
        for whole in _children(Reader(work, pace.quiet()), among, today, worker_id, numbers):
            pace.check()
            yield from _gaps(whole)
        pace.step(min(AT_ONCE, children - start))


def _numbers(read: Reader) -> Numbers:
    found: dict[tuple[str, str], list[tuple[UUID, UUID]]] = {}
    for child_id, case_id, *written in read.rows(Case, ("child_id", "id", *NUMBERED)):
        for name, number in zip(NUMBERED, written, strict=True):
            if number and (key := number_key(number)):
                found.setdefault((name, key), []).append((child_id, case_id))
    return {key: cases for key, cases in found.items() if len(cases) > 1}


def _children(
    read: Reader, among: sa.Select[Any], today: date, worker_id: UUID | None, numbers: Numbers
) -> Iterator[OfChild]:  # fmt: skip
    own = sa.select(Case.id).where(Case.child_id.in_(among))
    cases: dict[UUID, OfCase] = {}
    of_child: dict[UUID, list[OfCase]] = {}
    elsewhere: set[UUID] = set()
    for case in read.records(Case, COLUMNS[Case], Case.child_id.in_(among)):
        if worker_id is not None and case.worker_id not in (None, worker_id):
            elsewhere.add(case.child_id)
            continue
        cases[case.id] = OfCase(case, [], [])
        of_child.setdefault(case.child_id, []).append(cases[case.id])
    for offence in read.records(Offence, COLUMNS[Offence], Offence.case_id.in_(own)):
        if offence.case_id in cases:
            cases[offence.case_id].offences.append(offence)
    for kind in READ_KINDS:
        for record in read.records(kind.record, COLUMNS[kind.record], kind.record.case_id.in_(own)):
            if record.case_id in cases:
                cases[record.case_id].records.append((kind, record))
    for child in read.records(Child, COLUMNS[Child], Child.id.in_(among), Child.anonymised_on.is_(None)):
        if child.id in of_child or child.id not in elsewhere:
            yield OfChild(child, of_child.get(child.id, []), today, numbers)


def _gaps(whole: OfChild) -> Iterator[GapRow]:
    child = whole.child
    khmer = " ".join(filter(None, (child.family_name_km, child.given_name_km)))
    latin = " ".join(filter(None, (child.family_name_latin, child.given_name_latin)))
    for rule, found in findings_of(whole):
        case = found.case
        yield GapRow(
            rule.name, found.message or rule.message, found.label, found.amount, _class(found.record), found.record.id,
            found.field, case.id if case else None, (case.number or "") if case else "", child.id, child.code or "",
            khmer or latin or child.nickname or "", latin or khmer or child.nickname or "",
        )  # fmt: skip


def _class(record: object) -> str:
    """Return the name of a record's class; one that was read with a few columns has it from its own."""
    return type(record).__name__
