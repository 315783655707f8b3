"""The lines of the audit trail about one case, a page at a time."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from casemgr.records.beside.complaint import Complaint
from casemgr.records.kept import OF_SAMENESS, AuditEntry
from casemgr.store.work import Work


class Wanted(NamedTuple):
    """Which lines are asked for: those of a case, those of its child that are of no case, and what was decided of two.

    before: only what is older than the line of that number, None begins with the newest. actions: those alone, None
    asks for all. hidden: records of which nothing is told. unnamed: printed forms, by name, of which a line is told
    that names no record only to who printed it; reader: who that is.
    """

    case_id: UUID
    child_id: UUID
    before: int | None = None
    actions: Collection[str] | None = None
    hidden: Collection[UUID] = ()
    unnamed: Collection[str] = ()
    reader: UUID | None = None


def lines_about(work: Work, wanted: Wanted, most: int) -> list[AuditEntry]:
    """Return the lines that are asked for, the newest first, so many at most."""
    of_child = sa.and_(AuditEntry.child_id == wanted.child_id, AuditEntry.case_id.is_(None))
    found: list[AuditEntry] = []
    told_of_two = sa.and_(sa.text(OF_SAMENESS), AuditEntry.record_id.in_(_decisions_about(wanted.child_id)))
    of_two = sa.and_(told_of_two, AuditEntry.child_id.is_distinct_from(wanted.child_id))
    for about in (AuditEntry.case_id == wanted.case_id, of_child, of_two):  # each along its own index
        asked = sa.select(AuditEntry).where(about, *_narrowed(wanted)).order_by(AuditEntry.seq.desc()).limit(most)
        found += work.session.scalars(asked)
    return sorted(found, key=lambda line: -line.seq)[:most]


def _decisions_about(child_id: UUID) -> sa.Select[UUID | None]:
    """Ask for the decisions that name a child as one of two, also those that were taken back since."""
    named = AuditEntry.changes.contains(f'"{child_id}"', autoescape=True)
    return sa.select(AuditEntry.record_id).where(sa.text(OF_SAMENESS), named)


def _narrowed(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    narrowed = []
    if wanted.before is not None:
        narrowed.append(AuditEntry.seq < wanted.before)
    if wanted.actions is not None:
        narrowed.append(AuditEntry.action.in_(wanted.actions))
    if wanted.hidden:
        about_them = AuditEntry.record_id.in_(wanted.hidden)
        narrowed.append(sa.or_(AuditEntry.record_id.is_(None), sa.not_(about_them)))
    for form in wanted.unnamed:
        said = AuditEntry.changes.contains(f'"form": [null, "{form}"]', autoescape=True)
        is_it = sa.and_(AuditEntry.record_type == "Form", AuditEntry.record_id.is_(None), said)
        narrowed.append(sa.or_(AuditEntry.staff_id == wanted.reader, sa.not_(sa.func.coalesce(is_it, sa.false()))))
    return narrowed


def complaints_told_of(work: Work, case_id: UUID) -> set[UUID]:
    """Return the complaints that the trail of a case tells of, also those that were removed since."""
    told = AuditEntry.case_id == case_id, AuditEntry.record_type == Complaint.__name__
    found = work.session.scalars(sa.select(AuditEntry.record_id).where(*told))  # more conditions: another, longer index
    return {record_id for record_id in found if record_id is not None}
