"""Records with a few of their columns, for reckoning over a whole office: plain values that no session knows of.

A rule that is written for records reads them as any other. What was not asked for is not there: to read it is an
error, and never an empty answer. Made in about a tenth of the time of a record that can be changed.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from casemgr.records.base import Record
from casemgr.store.work import Work

AnyRecord = TypeVar("AnyRecord", bound=Record)


def bare(
    work: Work, kind: type[AnyRecord], names: Sequence[str], *where: sa.ColumnElement[bool]
) -> Iterator[AnyRecord]:  # fmt: skip
    """Yield the records of a kind with these columns alone, in no order."""
    table: Any = kind.__table__
    asked = sa.select(*(table.c[name] for name in names)).where(*where)
    make = kind.__new__
    for row in work.session.connection().execute(asked):
        record = make(kind)
        record.__dict__.update(zip(names, row, strict=True))
        yield record
