"""Records with a few of their columns, for reckoning over a whole office: plain values that no session knows of.

A rule that is written for records reads them as any other. What was not asked for is not there: to read it is an
error, and never an empty answer. Made in about a tenth of the time of a record that can be changed.
"""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from casemgr.pace import Pace
from casemgr.records.base import Base, Record
from casemgr.records.types import Moment
from casemgr.store.work import Work
from casemgr.trouble import Stopped

AnyRecord = TypeVar("AnyRecord", bound=Record)

_STEPS = 20_000
"""So many steps the store's own machine takes between two looks, some milliseconds."""

AT_ONCE = 500
"""Rows that are fetched together, so that a column is turned into values in one go."""


class _Values(dict[Any, Any]):
    """What a column's stored values stand for: each is read once, although most stand in many rows."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, stored: Any) -> Any:
        value = self[stored] = self.read(stored)
        return value


def among(ids: Collection[UUID]) -> sa.Select[Any]:
    """Return a question that answers these identities: one value to send, however many they are."""
    listed = sa.bindparam(None, json.dumps([each.hex for each in ids]), type_=sa.Text())
    return sa.select(sa.func.json_each(listed).table_valued("value").c.value)


@contextmanager
def stoppable(work: Work, pace: Pace) -> Iterator[None]:
    """Let the store itself be stopped in the middle of a question, where the pace says so; then Stopped is raised.

    Of a large table it may be asked for few rows, and looks through all of it before the first of them comes.
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


class Reader:
    """Reads records and rows within one transaction; an identity that stands in many rows is read once."""

    def __init__(self, work: Work, pace: Pace | None = None, weight: int = 1) -> None:
        """Take the open transaction. Each read raises Stopped where the pace says so.

        weight: what a row counts for in the pace; a table that is read counts as a whole, however few rows are asked.
        """
        self.connection = work.session.connection()
        self.pace, self.weight = pace or Pace(), weight
        self._identities = _Values(lambda stored: None if stored is None else UUID(stored))

    def records(
        self, kind: type[AnyRecord], names: Sequence[str], *where: sa.ColumnElement[bool]
    ) -> Iterator[AnyRecord]:  # fmt: skip
        """Yield the records of a kind with these columns alone, in no order."""
        make = kind.__new__
        for values in self.rows(kind, names, *where):
            record = make(kind)
            record.__dict__.update(zip(names, values, strict=True))
            yield record

    def rows(
        self, kind: type[Base], names: Sequence[str], *where: sa.ColumnElement[bool]
    ) -> Iterator[tuple[Any, ...]]:  # fmt: skip
        """Yield these columns of a table, in no order."""
        table: Any = kind.__table__
        columns = [table.c[name] for name in names]
        readers = [self._reader(column.type) for column in columns]
        asked = sa.select(*(sa.type_coerce(column, sa.types.NullType()) for column in columns)).where(*where)
        rest = self.size(kind) if self.pace.total else 0
        found = self.connection.execute(asked)
        while rows := found.fetchmany(AT_ONCE):
            self.pace.step(len(rows) * self.weight)
            rest -= len(rows)
            stored = zip(*rows, strict=True)
            told = [each if read is None else map(read, each) for each, read in zip(stored, readers, strict=True)]
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
        dialect = self.connection.dialect
        read: Callable[[Any], Any] | None = kind.dialect_impl(dialect).result_processor(dialect, None)
        if read is None or isinstance(kind, Moment):  # hardly two moments are the same
            return read
        return _Values(read).__getitem__
