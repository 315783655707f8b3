"""The list of cases as rows of plain values: what is asked of each, by name, and a page of them in some order."""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from casemgr.records.beside.note import Note
from casemgr.records.case import Case, Offence, OffenceClass
from casemgr.records.child import Child
from casemgr.records.kept import Deadline
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.child_in_prison import ChildInPrison
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_visit import DetentionVisit
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import UNANSWERED
from casemgr.records.pathway.hearing import HEARING_RECORD
from casemgr.records.staff import StaffMember
from casemgr.records.types import ChoiceCode, PartialDateText
from casemgr.store.age_sql import FIRST_OFFENCE
from casemgr.store.case_filters import CLASS_OF, HELD, IS_OPEN, RUNS, CaseQuestion, conditions, needs_child
from casemgr.store.work import Work

NEWEST, BY_NAME, BY_DUE, BY_CODE = "newest", "name", "due", "code"
"""The orders: by the day of opening, in Khmer dictionary order, by the next deadline, by the child's code."""

HEARINGS = tuple(each.rule for each in HEARING_RECORD.clocks)
"""The rules of a hearing that is planned, and of the new date of one that was postponed."""

_NOTHING_DUE = "9999-12-31T00:00:00Z"
_GRAVITY = (OffenceClass.FELONY, OffenceClass.MISDEMEANOUR, OffenceClass.PETTY, OffenceClass.NOT_AN_OFFENCE)


Part = Callable[[CaseQuestion], Any]
"""Given the question, returns what is asked of a case."""


class CaseLine(NamedTuple):
    """A case in a list: what was asked of it, by name. place: what the next page begins after, in the list's order."""

    id: UUID
    child_id: UUID
    place: tuple[Any, UUID]
    told: dict[str, Any]

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<CaseLine {self.id}>"


def _of_case(found: Any, kind: Any, *where: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.select(found).where(kind.case_id == Case.id, *where).correlate(Case).scalar_subquery()


def _offences(found: Any, *where: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    """Ask for something of the gravest offence of a case, the first of several."""
    gravity = sa.case(*((each.value == CLASS_OF, place) for place, each in enumerate(_GRAVITY)), else_=len(_GRAVITY))
    asked = sa.select(found).where(Offence.case_id == Case.id, *where)
    rowid: Any = sa.literal_column("offence.rowid")
    return asked.order_by(gravity, rowid).limit(1).correlate(Case).scalar_subquery()


def _of_held(kind: Any, began: Any) -> sa.ColumnElement[Any]:
    return _of_case(sa.func.max(began), kind, *HELD[kind])


def _soonest(column: Any) -> Part:
    """Ask for something of the soonest running clock of a case."""

    def asked_for(asked: CaseQuestion) -> sa.ColumnElement[Any]:
        running = Deadline.case_id == Case.id, *RUNS, Deadline.rule.not_in(asked.without)
        soonest = sa.select(column).where(*running).order_by(Deadline.due_at, Deadline.rule).limit(1)
        return soonest.correlate(Case).scalar_subquery()

    return asked_for


def _next_hearing(asked: CaseQuestion) -> sa.ColumnElement[Any]:
    hearing = aliased(Deadline)
    to_come = hearing.rule.in_(HEARINGS), hearing.ended_at.is_(None), hearing.due_at >= asked.now
    return _of_case(sa.func.min(hearing.due_at), hearing, *to_come)


def _always(element: Any) -> Part:
    """Ask for the same whatever the question."""
    return lambda _asked: element


def _is_held(kind: Any) -> Part:
    return _always(sa.exists().where(kind.case_id == Case.id, *HELD[kind]))


_PLAIN = (
    Case.number, Case.stage, Case.status, Case.opened_on, Case.court, Case.court_number, Case.police_report_number,
    Child.code, Child.family_name_km, Child.given_name_km, Child.family_name_latin, Child.given_name_latin,
    Child.nickname, Child.sex, Child.born, Child.village_code,
)  # fmt: skip
_ARRIVED = sa.func.coalesce(Arrest.arrived_at, Arrest.arrested_at, type_=Arrest.arrested_at.type)
PARTS: dict[str, Part] = {
    **{column.key: _always(column) for column in _PLAIN},
    "worker_km": _always(StaffMember.name),
    "worker_latin": _always(StaffMember.name_latin),
    "committed_on": _always(sa.literal_column(f"({FIRST_OFFENCE})", PartialDateText())),
    "offence": _always(_offences(Offence.category, Offence.category.is_not(None))),
    "offence_class": _always(sa.type_coerce(_offences(CLASS_OF), ChoiceCode(OffenceClass))),
    "arrested_at": _always(_of_case(sa.func.min(Arrest.arrested_at), Arrest)),
    "next_due": _soonest(Deadline.due_at),
    "next_whole_day": _soonest(Deadline.whole_day),
    "next_rule": _soonest(Deadline.rule),
    "next_hearing": _next_hearing,
    "in_custody": _is_held(Arrest),
    "in_detention": _is_held(Detention),
    "in_prison": _is_held(ChildInPrison),
    "custody_since": _always(_of_held(Arrest, _ARRIVED)),
    "detention_since": _always(_of_held(Detention, Detention.started_on)),
    "prison_since": _always(_of_held(ChildInPrison, ChildInPrison.entered_on)),
    "followed_on": _always(_of_case(sa.func.max(FollowUp.done_on), FollowUp, FollowUp.status.not_in(UNANSWERED))),
    "visited_on": _always(_of_case(sa.func.max(DetentionVisit.visited_on), DetentionVisit)),
    "noted_at": _always(_of_case(sa.func.max(Note.happened_at), Note)),
}
"""All that may be asked of a case in a list, by name. Moments and days as the records have them."""


def cases_listed(
    work: Work, asked: CaseQuestion, parts: Collection[str], *, order: str = NEWEST, limit: int = 200,
    after: CaseLine | None = None,
) -> list[CaseLine]:  # fmt: skip
    """Return a page of cases in that order, those that follow the given one. parts: of PARTS, what is told."""
    names = sorted(parts)
    by, falling = _order(order, asked)
    page = sa.select(Case.id, by.label("place")).select_from(Case).where(*conditions(asked)).limit(limit)
    if needs_child(asked) or order in (BY_NAME, BY_CODE):
        page = page.join(Child, Child.id == Case.child_id)
    if after is not None:
        here, there = sa.tuple_(by, Case.id), sa.tuple_(*map(sa.literal, after.place))
        page = page.where(here < there if falling else here > there)
    ids = page.order_by(*((by.desc(), Case.id.desc()) if falling else (by, Case.id))).subquery("page")
    places = (ids.c.place.desc(), ids.c.id.desc()) if falling else (ids.c.place, ids.c.id)
    found = (  # first which cases, from the indexes alone; then what is told of these few
        sa.select(Case.id, Case.child_id, ids.c.place, *(PARTS[name](asked).label(f"told_{name}") for name in names))
        .select_from(ids)
        .join(Case, Case.id == ids.c.id)
        .join(Child, Child.id == Case.child_id)
        .order_by(*places)
    )
    if any(name.startswith("worker_") for name in names):
        found = found.outerjoin(StaffMember, StaffMember.id == Case.worker_id)
    return [
        CaseLine(row[0], row[1], (row[2], row[0]), dict(zip(names, row[3:], strict=True)))
        for row in work.session.connection().execute(found)
    ]


def _order(order: str, asked: CaseQuestion) -> tuple[Any, bool]:
    """Return by what a list is ordered, and whether from the greatest down. Raises KeyError for an unknown order."""
    if order == BY_DUE:
        due = sa.type_coerce(PARTS["next_due"](asked), sa.String)
        return sa.func.coalesce(due, _NOTHING_DUE, type_=sa.String()), False
    by: dict[str, tuple[Any, bool]] = {
        NEWEST: (Case.opened_on, True), BY_NAME: (Child.sort_key_km, False), BY_CODE: (Child.code, False),
    }  # fmt: skip
    return by[order]


def count_cases(work: Work, asked: CaseQuestion) -> int:
    """Return how many cases fit."""
    counted = sa.select(sa.func.count()).select_from(Case)
    if needs_child(asked):
        counted = counted.join(Child, Child.id == Case.child_id)
    return work.session.connection().execute(counted.where(*conditions(asked))).scalar_one()


def cases_carried(work: Work) -> dict[UUID, tuple[int, int]]:
    """Return how many cases each staff member carries who carries any: those that are not closed, and the closed."""
    is_open = sa.func.sum(sa.case((IS_OPEN, 1), else_=0))
    asked = sa.select(Case.worker_id, is_open, sa.func.count()).where(Case.worker_id.is_not(None))
    rows = work.session.execute(asked.group_by(Case.worker_id))
    return {staff_id: (open_now, every - open_now) for staff_id, open_now, every in rows}
