"""Records with a few of their columns, for reckoning over a whole office: plain values that no session knows of.

A rule that is written for records reads them as any other. What was not asked for is not there: to read it is an
error, and never an empty answer. Made in about a tenth of the time of a record that can be changed.
"""

import json
from collections import namedtuple
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from casemgr.pace import Pace
from casemgr.records.base import Base, Record
from casemgr.records.plain import read_identity, read_moment
from casemgr.records.types import ChoiceCode, Moment, PartialDateText
from casemgr.store.work import Work
from casemgr.trouble import Stopped

AnyRecord = TypeVar("AnyRecord", bound=Record)

DAYS_KEPT = 5000
"""Of so many days of a column it is remembered what they are: those of some ten years."""
_STEPS = 20_000
"""So many steps the store's own machine takes between two looks, some milliseconds."""

AT_ONCE = 500
"""Rows that are fetched together, so that a column is turned into values in one go."""
_NONE: Mapping[UUID, UUID] = {}


class _Values(dict[Any, Any]):
    """What a column's stored values stand for: each is read once, although most stand in many rows."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, stored: Any) -> Any:
        value = self[stored] = self.read(stored)
        return value


LATE = frozenset({"created_at", "changed_at"})
"""The times of a record's life, no two the same: made of what is stored when they are asked for, which is seldom."""

AMONG: sa.Select[Any] = sa.select(
    sa.func.json_each(sa.bindparam("ids", type_=sa.Text())).table_valued("value").c.value
)  # fmt: skip
"""The identities that a question is asked about: one value to send, however many they are (see listed)."""


def listed(ids: Collection[UUID]) -> str:
    """Return these identities as a question takes them that has AMONG in it."""
    return json.dumps([f"{each.int:032x}" for each in ids])


@contextmanager
def stoppable(work: Work, pace: Pace) -> Iterator[None]:
    """Let the store itself be stopped in the middle of a question, where the pace says so; then Stopped is raised.

    Of a large table it may be asked for few rows, and looks through all of it before the first of them comes. What it
    went through, often a whole office, is not held in memory afterwards.
    """
    raw: Any = work.session.connection().connection.driver_connection
    raw.set_progress_handler(lambda: int(pace.is_stopped), _STEPS)
    try:
        yield
    except sa.exc.OperationalError as error:
        if pace.is_stopped:
            raise Stopped from error
        raise
    finally:
        raw.set_progress_handler(None, _STEPS)
        raw.execute("PRAGMA shrink_memory")


class Reader:
    """Reads records and rows within one transaction; an identity that stands in many rows is read once."""

    def __init__(
        self, work: Work, pace: Pace | None = None, weight: int = 1, known: Mapping[UUID, UUID] = _NONE
    ) -> None:  # fmt: skip
        """Take the open transaction. Each read raises Stopped where the pace says so.

        weight: what a row counts for in the pace; a table that is read counts as a whole, however few rows are asked.
        known: identities that others hold already: what is read shares them, as each takes more room than a row.
        """
        self.connection = work.session.connection()
        self.pace, self.weight = pace or Pace(), weight
        self._identities = _Values(partial(_identity, known))

    def records(
        self, kind: type[AnyRecord], names: Sequence[str], *where: sa.ColumnElement[bool]
    ) -> Iterator[AnyRecord]:  # fmt: skip
        """Yield the records of a kind with these columns alone, in no order."""
        columns = tuple(kind.__table__.c[name] for name in names)
        found = self.answers(columns, as_stored(columns).where(*where), counted=kind, late=LATE)
        return map(_maker(kind, tuple(names)), found)

    def records_where(
        self, kind: type[AnyRecord], names: Sequence[str], where: sa.ColumnElement[bool], values: dict[str, Any]
    ) -> Iterator[AnyRecord]:  # fmt: skip
        """Yield records as records does; values: what the condition leaves open, such as ids where it has AMONG."""
        columns = tuple(kind.__table__.c[name] for name in names)
        return map(
            _maker(kind, tuple(names)), self.answers(columns, as_stored(columns).where(where), values, late=LATE)
        )

    def rows(
        self, kind: type[Base], names: Sequence[str], *where: sa.ColumnElement[bool]
    ) -> Iterator[tuple[Any, ...]]:  # fmt: skip
        """Yield these columns of a table, in no order."""
        columns = tuple(kind.__table__.c[name] for name in names)
        return self.answers(columns, as_stored(columns).where(*where), counted=kind)

    def records_among(
        self, kind: type[AnyRecord], names: tuple[str, ...], key: str, ids: str
    ) -> Iterator[AnyRecord]:  # fmt: skip
        """Yield the records of a kind with these columns alone whose key is among these identities, in no order.

        ids: from listed. The question is put together once and asked again for other identities.
        """
        columns = tuple(kind.__table__.c[name] for name in names)
        return map(_maker(kind, names), self.answers(columns, _among(kind, names, key), {"ids": ids}, late=LATE))

    def answers(
        self, columns: Sequence[Any], asked: sa.Select[Any], values: dict[str, Any] | None = None, *,
        counted: type[Base] | None = None, late: frozenset[str] = frozenset(),
    ) -> Iterator[tuple[Any, ...]]:  # fmt: skip
        """Yield the rows that a question answers; asked: as_stored of these columns, with what else belongs to it.

        values: what the question leaves open, such as ids (from listed) where it has AMONG in it. counted: the table
        that counts as a whole in the pace. late: the columns that stay as they are stored.
        """
        readers = [None if late and column.name in late else self._reader(column.type) for column in columns]
        rest = self.size(counted) if counted is not None and self.pace.total else 0
        found = self.connection.execute(asked, values)
        more = True
        while more and (rows := found.fetchmany(AT_ONCE)):
            more = len(rows) == AT_ONCE
            self.pace.step(len(rows) * self.weight)
            rest -= len(rows)
            stored = zip(*rows, strict=True)
            told = [
                each if read is None or each.count(None) == len(rows) else map(read, each)
                for each, read in zip(stored, readers, strict=True)
            ]
            yield from zip(*told, strict=True)
        self.pace.step(max(rest, 0) * self.weight)

    def size(self, kind: type[Base]) -> int:
        """Return about how many rows a table has, at once: the number of the newest."""
        rowid: Any = sa.literal_column("rowid")
        return self.connection.scalar(sa.select(sa.func.max(rowid)).select_from(kind.__table__)) or 0

    def _reader(self, kind: Any) -> Callable[[Any], Any] | None:
        """Return what turns a stored value into the value it stands for, None where they are the same."""
        if isinstance(kind, sa.Uuid):
            return self._identities.__getitem__
        if isinstance(kind, Moment):
            return _moment  # hardly two of them are the same
        if isinstance(kind, ChoiceCode):
            return _codes(kind).__getitem__
        if isinstance(kind, sa.Date | PartialDateText):
            return _remembered(kind)
        read = _processor(kind)
        return None if read is None else _Values(read).__getitem__


@cache
def as_stored(columns: tuple[Any, ...]) -> sa.Select[Any]:
    """Return the question for these columns, answered with what stands in the file; made once."""
    stored: list[Any] = [sa.type_coerce(column, sa.types.NullType()) for column in columns]
    return sa.select(*stored)


@cache
def _among(kind: type[Record], names: tuple[str, ...], key: str) -> sa.Select[Any]:
    columns: Any = kind.__table__.c
    return as_stored(tuple(columns[name] for name in names)).where(columns[key].in_(AMONG))


@cache
def _maker(kind: type[AnyRecord], names: tuple[str, ...]) -> Callable[[tuple[Any, ...]], AnyRecord]:
    """Return what makes a record of a row of these columns: it is the row itself, with the record's class.

    A column that a session keeps watch over takes ten times as long to read, and as much room.
    """
    columns = vars(namedtuple("columns", names))
    own = {"__abstract__": True, "__module__": kind.__module__} | {name: columns[name] for name in names}
    own |= {name: _read_late(columns[name]) for name in LATE.intersection(names)}
    itself = {name: getattr(object, name) for name in ("__eq__", "__ne__", "__hash__")}  # as of any record
    declare: Any = type(kind)
    bare = declare(kind.__name__, (kind, tuple), own | itself)
    return partial(tuple.__new__, bare)


def _read_late(stored: Any) -> property:
    return property(lambda record: _moment(stored.__get__(record)))


@cache
def _codes(kind: ChoiceCode) -> _Values:
    """Return what the codes of a column of answers stand for: of them there are few."""
    return _Values(kind.result_processor(_DIALECT, None))


@cache
def _remembered(kind: Any) -> Callable[[Any], Any] | None:
    """Return what reads a column of days: of them there are few, and none says who somebody is."""
    read = _processor(kind)
    return None if read is None else lru_cache(DAYS_KEPT)(read)


def _processor(kind: Any) -> Callable[[Any], Any] | None:
    read: Callable[[Any], Any] | None = kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return read


_DIALECT = sqlite.dialect()


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else read_moment(stored)


def _identity(known: Mapping[UUID, UUID], stored: str | None) -> UUID | None:
    """Return an identity as it is known already, where it is."""
    made = read_identity(stored)
    return None if made is None else known.get(made, made)
