"""What an import asks of the whole office at once, and how it is taken back."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa

from casemgr.clock import PartialDate
from casemgr.records.base import Base, CaseRecord, Record
from casemgr.records.beside.link import Link
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child, Sex
from casemgr.records.kept import AuditEntry, Deadline, Draft, ImportedRecord, ImportRun, IndexEventKept
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.social_inquiry import Addendum
from casemgr.records.retention import ErasingHold, ErasingWay, Erasure
from casemgr.records.sameness import Sameness
from casemgr.store.audit import empty_lines
from casemgr.store.bare import Reader, as_stored
from casemgr.store.engine import own_words
from casemgr.store.work import Work

AT_ONCE = 400
"""So many identities are asked for in one question; SQLite has a limit."""
FIRST_VERSION = 1
_LEFT = ("handed-over", "exported")
"""The deeds by which a case came to be known elsewhere."""
_RECORDS: tuple[type[CaseRecord], ...] = (*(kind.record for kind in KINDS), Offence, Addendum)
own_words.update((*_LEFT, Child.__name__, Case.__name__, *(kind.__name__ for kind in _RECORDS)))

AnyRecord = TypeVar("AnyRecord", bound=Record)
_Item = TypeVar("_Item")


class KnownChild(NamedTuple):
    """What of a child is compared with a row."""

    id: UUID
    code: str | None
    family_name_km: str | None
    given_name_km: str | None
    family_name_latin: str | None
    given_name_latin: str | None
    sex: Sex | None
    born: PartialDate | None
    village_code: str | None
    anonymised_on: date | None

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<KnownChild {self.id}>"


def known_children(work: Work) -> Iterator[KnownChild]:
    """Yield all children of the office."""
    return map(KnownChild._make, Reader(work).rows(Child, KnownChild._fields))


def erased_codes(work: Work) -> set[str]:
    """Return the codes of the children that were erased whole; a number that was given is given to nobody else."""
    asked = sa.select(Erasure.known_as).where(Erasure.way == ErasingWay.ERASE)
    return {code for code in work.session.connection().execute(asked).scalars() if code}


def cases_by_number(work: Work, numbers: Collection[str]) -> dict[str, UUID]:
    """Return the child of each case that has one of these numbers."""
    rows = Reader(work).rows(Case, ("number", "child_id"), Case.number.is_not(None))
    return {number: child_id for number, child_id in rows if number in numbers}


def read_of(work: Work, kind: type[AnyRecord], name: str, identities: Collection[UUID]) -> Iterator[AnyRecord]:
    """Yield the records of a kind with one of these identities in the column of that name, for reading alone."""
    for part in in_parts(identities, AT_ONCE):
        yield from work.read(kind, **{name: list(part)})


def children_without_case(work: Work) -> int:
    """Return how many children are in no case; those that were made nameless are not counted."""
    in_one = sa.exists().where(Case.child_id == Child.id)
    asked = sa.select(sa.func.count()).select_from(Child).where(~in_one, Child.anonymised_on.is_(None))
    return int(work.session.connection().execute(asked).scalar_one())


def cases_in_order(work: Work) -> list[UUID]:
    """Return every case, the oldest first, by its identity alone: an office may have a hundred thousand."""
    columns: tuple[Any, ...] = (Case.__table__.c.id,)
    rowid: Any = sa.literal_column('"case".rowid')
    asked = as_stored(columns).order_by(Case.created_at, rowid)
    return [case_id for (case_id,) in Reader(work).answers(columns, asked)]


def in_parts(items: Iterable[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """Yield the items in parts of that size."""
    part: list[_Item] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def add_rows(work: Work, kind: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Keep many rows of a table of which the audit trail keeps nothing: deadlines, index events, what was imported."""
    if issubclass(kind, Record):
        raise TypeError("a record is kept with its line of the audit trail")
    if rows:
        work.session.connection().execute(sa.insert(_table(kind)), list(rows))


def _table(kind: type[Base]) -> sa.Table:
    return cast("sa.Table", kind.__table__)


def let_go(work: Work) -> None:
    """Send what waits to the store and let go of all records, so that memory does not grow with a long list."""
    work.session.flush()
    work.session.expunge_all()


def imported(work: Work, import_id: UUID, kind: str) -> list[UUID]:
    """Return the records of that kind that came with an import."""
    asked = sa.select(ImportedRecord.record_id).where(
        ImportedRecord.import_id == import_id, ImportedRecord.kind == kind
    )
    return list(work.session.connection().execute(asked).scalars())


def touched_since(work: Work, import_id: UUID) -> tuple[list[str], list[str]]:
    """Return the numbers of the imported cases, and the codes of the imported children, that later work touched.

    Touched: a record of it was changed, removed or added since, a further case opened, it was handed over or sent to
    another office, somebody said that the child may not be erased, or typing is unfinished.
    """
    connection = work.session.connection()
    came = sa.select(ImportedRecord.record_id).where(ImportedRecord.import_id == import_id)
    cases = sa.select(ImportedRecord.record_id).where(
        ImportedRecord.import_id == import_id, ImportedRecord.kind == Case.__name__
    )
    touched_cases: set[UUID] = set()
    for kind in _RECORDS:
        other = sa.or_(kind.id.not_in(came), kind.version != FIRST_VERSION)
        touched_cases.update(
            connection.execute(sa.select(kind.case_id).where(kind.case_id.in_(cases), other)).scalars()
        )
        gone = sa.select(ImportedRecord.case_id).where(
            ImportedRecord.import_id == import_id, ImportedRecord.kind == kind.__name__,
            ImportedRecord.record_id.not_in(sa.select(kind.id)),
        )  # fmt: skip
        touched_cases.update(found for found in connection.execute(gone).scalars() if found)
    changed = sa.select(Case.id).where(Case.id.in_(cases), Case.version != FIRST_VERSION)
    touched_cases.update(connection.execute(changed).scalars())
    given = sa.select(AuditEntry.case_id).where(AuditEntry.action.in_(_LEFT), AuditEntry.case_id.in_(cases))
    touched_cases.update(found for found in connection.execute(given).scalars() if found)
    typing = sa.select(Draft.case_id).where(Draft.case_id.in_(cases))
    touched_cases.update(found for found in connection.execute(typing).scalars() if found)
    return _called(work, Case.number, Case.id, touched_cases), _called(
        work, Child.code, Child.id, _children_touched(work, import_id)
    )


def _children_touched(work: Work, import_id: UUID) -> set[UUID]:
    connection = work.session.connection()
    came = sa.select(ImportedRecord.record_id).where(ImportedRecord.import_id == import_id)
    children = came.where(ImportedRecord.kind == Child.__name__)
    asked = (
        sa.select(Child.id).where(Child.id.in_(children), Child.version != FIRST_VERSION),
        sa.select(Case.child_id).where(Case.child_id.in_(children), Case.id.not_in(came)),
        sa.select(Link.other_child_id).where(Link.other_child_id.in_(children)),
        sa.select(Sameness.one_id).where(Sameness.one_id.in_(children)),
        sa.select(Sameness.other_id).where(Sameness.other_id.in_(children)),
        sa.select(ErasingHold.child_id).where(ErasingHold.child_id.in_(children)),
    )
    typed = connection.execute(sa.select(Draft.key).where(Draft.case_id.is_(None))).scalars()
    named = {key.partition("/")[2] for key in typed}
    unfinished = {child_id for child_id in connection.execute(children).scalars() if str(child_id) in named}
    return unfinished | {found for question in asked for found in connection.execute(question).scalars() if found}


def _called(work: Work, name: Any, identity: Any, found: Iterable[UUID]) -> list[str]:
    told = []
    for part in in_parts(sorted(found), AT_ONCE):
        asked = sa.select(name).where(identity.in_(part))
        told += [each or "–" for each in work.session.connection().execute(asked).scalars()]
    return sorted(told)


def children_beside(work: Work, import_id: UUID) -> list[UUID]:
    """Return the children who were here before, and for whom the import brought a case."""
    came = sa.select(ImportedRecord.record_id).where(ImportedRecord.import_id == import_id)
    asked = sa.select(Case.child_id).where(Case.id.in_(came), Case.child_id.not_in(came)).distinct()
    return list(work.session.connection().execute(asked).scalars())


def remove_records(work: Work, kind: type[AnyRecord], identities: Sequence[UUID]) -> None:
    """Take records out, each with its line of the audit trail, and let go of them."""
    for record in work.session.scalars(sa.select(kind).where(kind.id.in_(identities))).all():
        work.session.delete(record)
    let_go(work)


def remove_reckoned(work: Work, cases: Sequence[UUID]) -> None:
    """Take out what was reckoned for cases: their deadlines and index events."""
    connection = work.session.connection()
    for kind in (Deadline, IndexEventKept):
        table = _table(kind)
        for part in in_parts(cases, AT_ONCE):
            connection.execute(sa.delete(table).where(table.c.case_id.in_(part)))


def empty_trail(work: Work, import_id: UUID) -> str:
    """Empty the lines about all that came with an import; return which, as the line about it has to say it."""
    came = sa.select(ImportedRecord.record_id).where(ImportedRecord.import_id == import_id)
    work.session.flush()
    return empty_lines(work.session, sa.or_(
        AuditEntry.record_id.in_(came), AuditEntry.case_id.in_(came), AuditEntry.child_id.in_(came)
    ))  # fmt: skip


def forget_import(work: Work, import_id: UUID) -> None:
    """Take out what was kept of an import itself."""
    connection = work.session.connection()
    for kind, column in ((ImportedRecord, "import_id"), (ImportRun, "id")):
        table = _table(kind)
        connection.execute(sa.delete(table).where(table.c[column] == import_id))
