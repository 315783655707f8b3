"""Records made again from what the audit trail keeps of them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from casemgr.clock import PHNOM_PENH
from casemgr.records.base import Base, Record
from casemgr.records.fields import KEY, field_of
from casemgr.records.plain import from_plain
from casemgr.records.types import Moment, StaffIds


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
    if KEY in column.info:
        return from_plain(field_of(record_class, name), plain)
    if plain is None:
        return None
    match column.type:
        case sa.Uuid():
            return UUID(plain)
        case Moment():
            return datetime.fromisoformat(plain).astimezone(PHNOM_PENH)
        case sa.Date():
            return date.fromisoformat(plain)
        case StaffIds():
            return tuple(UUID(each) for each in plain)
        case _:
            return plain
