"""The police units that arrests tell of."""

from typing import NamedTuple, cast
from uuid import UUID

import sqlalchemy as sa

from casemgr.records.case import Case
from casemgr.records.pathway.arrest import Arrest
from casemgr.store.case_filters import carried_by
from casemgr.store.work import Work

_ARREST = cast("sa.Table", Arrest.__table__)
_NEWEST_FIRST: sa.UnaryExpression[int] = sa.literal_column("arrest.rowid").desc()
"""As they were written down; the table has no index of times, and needs none for this."""


class UnitNamed(NamedTuple):
    """A unit as an arrest names it, and the code of the place of that arrest, None where that is not known."""

    name: str
    place_code: str | None


def units_named(work: Work, worker_id: UUID | None, limit: int) -> list[UnitNamed]:
    """Return what the last so many arrests call the units that held and arrested, the newest first; names come again.

    worker_id: of the staff member whose cases alone are looked at, None for all.
    """
    asked = (
        sa.select(_ARREST.c.police_unit, _ARREST.c.arresting_unit, _ARREST.c.place_code)
        .select_from(sa.join(_ARREST, Case, Case.id == _ARREST.c.case_id))
        .where(*carried_by(worker_id))
        .order_by(_NEWEST_FIRST)
        .limit(limit)
    )
    rows = work.session.connection().execute(asked)
    return [UnitNamed(name, row.place_code) for row in rows for name in (row[0], row[1]) if name]
