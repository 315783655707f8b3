"""What a report asks of the open cases, and by what a list of cases is recognised."""

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from casemgr.records.case import Case, CaseStatus, ProcessStage
from casemgr.records.child import Child, full_name
from casemgr.store.bare import Reader
from casemgr.store.queries import carried_by
from casemgr.store.work import Work

_AT_ONCE = 500
"""So many identities stand in one question at most."""


class CaseName(NamedTuple):
    """A case in a list of cases behind a number. The names are never empty."""

    id: UUID
    child_id: UUID
    number: str
    child_code: str
    name_km: str
    name_latin: str

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<CaseName {self.id}>"


def open_stages(work: Work) -> list[ProcessStage | None]:
    """Return the stage of each open case, None where nobody wrote it down."""
    is_open = Case.status.is_distinct_from(CaseStatus.CLOSED)
    return [stage for (stage,) in Reader(work).rows(Case, ("stage",), is_open)]


def case_names(work: Work, case_ids: Collection[UUID], worker_id: UUID | None = None) -> list[CaseName]:
    """Return these cases by their numbers, each once; one that is no more is left out.

    worker_id: of those alone that this staff member carries, or nobody.
    """
    ids = list(dict.fromkeys(case_ids))
    found: list[CaseName] = []
    for start in range(0, len(ids), _AT_ONCE):
        asked = (
            sa.select(
                Case.id, Case.child_id, Case.number, Child.code, Child.nickname, Child.family_name_km,
                Child.given_name_km, Child.family_name_latin, Child.given_name_latin,
            )
            .join(Child, Child.id == Case.child_id)
            .where(Case.id.in_(ids[start : start + _AT_ONCE]), *carried_by(worker_id))
        )  # fmt: skip
        found += [
            CaseName(row.id, row.child_id, row.number or "", row.code or "", _called(row, "km"), _called(row, "en"))
            for row in work.session.execute(asked)
        ]
    return sorted(found, key=lambda each: each.number)


def _called(row: Any, language: str) -> str:
    written = full_name(row.family_name_km, row.given_name_km, row.family_name_latin, row.given_name_latin, language)
    return written or row.nickname or row.code or "–"
