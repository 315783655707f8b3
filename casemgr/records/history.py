"""Records made again from what the audit trail keeps of them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from casemgr.records.base import Base, Record
from casemgr.records.fields import column_info
from casemgr.records.plain import from_plain
from casemgr.records.types import StaffIds


def record_class_named(name: str) -> type[Record]:
    """Return the class of record with that name, as the audit trail writes it. Raises KeyError."""
    known = {mapper.class_.__name__: mapper.class_ for mapper in Base.registry.mappers}
    found: type[Record] = known[name]
    return found


def column_from_plain(record_class: type[Any], name: str, plain: Any) -> Any:
    """Return what to_plain made plain of any column of a record, asked of a worker or not.

    Raises ValueError when it is none of this column, KeyError where the record has no such column any more.
    """
    column = record_class.__table__.columns[name]
    if isinstance(column.type, sa.Uuid):
        return None if plain is None else UUID(plain)
    if isinstance(column.type, StaffIds):
        return tuple(UUID(each) for each in plain or ())
    return from_plain(column_info(column), plain)


def made_again(record_class: type[Record], plain: dict[str, Any]) -> dict[str, Any]:
    """Return all that a record said, by column, from the answers that its removal left in the audit trail.

    What had no answer then has none again, also where a new record would begin with one. Raises as column_from_plain.
    """
    return {
        name: column_from_plain(record_class, name, plain.get(name))
        for name in (column.key for column in record_class.__table__.columns)
        if name not in Record.__annotations__
    }
