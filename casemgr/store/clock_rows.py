"""The running clocks of an office, a page of them at a time or all, and how many there are."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa

from casemgr.clock import as_moment
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kept import Deadline
from casemgr.store.bare import AMONG, Reader, listed
from casemgr.store.case_filters import RUNS, carried_by
from casemgr.store.queries import NAMES, called
from casemgr.store.work import Work

_AT_A_TIME = 1000
"""Rows that are fetched together: letting go of very many at once, nothing else runs."""

AnyRecord = TypeVar("AnyRecord", bound=CaseRecord)


@dataclass(frozen=True)
class ClockQuestion:
    """Which running clocks are asked for.

    worker_id: of the cases alone that this staff member carries, or nobody; None: of all. until: due by that day's end;
    what is over is always among them. shut: rules of which only the clocks of these records (known) may be told.
    """

    worker_id: UUID | None = None
    until: date | None = None
    shut: Collection[str] = ()
    known: Collection[UUID] = ()


class Place(NamedTuple):
    """A clock's place in the order of the list, from which the next page goes on."""

    due_at: datetime
    case_number: str
    rule: str
    id: UUID


class DeadlineRow(NamedTuple):
    """A clock that runs. Moments are Phnom Penh time; doubts are codes set apart by commas."""

    id: UUID
    case_id: UUID
    case_number: str
    child_id: UUID
    child_code: str
    name_km: str
    name_latin: str
    rule: str
    limit_key: str | None
    record_id: UUID
    started_at: datetime | None
    due_at: datetime
    whole_day: bool
    doubts: str

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<DeadlineRow {self.record_id}>"

    @property
    def place(self) -> Place:
        """Where it stands in the list."""
        return Place(self.due_at, self.case_number, self.rule, self.id)


class DueTogether(NamedTuple):
    """So many clocks that are due at one moment (Phnom Penh time), of which the day counts or the hour."""

    due_at: datetime
    whole_day: bool
    amount: int


_SOONEST_FIRST = Case.id == sa.literal_column("+deadline.case_id", Case.id.type)
"""Joins so that the clocks are gone through in their order, and not case by case and sorted then."""
_CASE_BY_CASE = sa.literal_column('+"case".id', Case.id.type) == Deadline.case_id
"""Joins so that the clocks of each case are counted from one index."""
_NUMBER = sa.func.coalesce(Case.number, "")
_ORDER: tuple[Any, ...] = (Deadline.due_at, _NUMBER, Deadline.rule, Deadline.id)


def running_deadlines(
    work: Work, asked: ClockQuestion = ClockQuestion(), *, after: Place | None = None,
    limit: int | None = None,
) -> list[DeadlineRow]:  # fmt: skip
    """Return the running clocks of the open cases, soonest first, and those that go on after a case was closed.

    after: those alone that follow that place; limit: at most so many, None for all. A case whose status nobody has
    answered counts as open: no clock may be lost sight of for that.
    """
    question = (
        sa.select(
            _as_kept(Deadline.id),
            _as_kept(Deadline.case_id),
            Case.number,
            _as_kept(Case.child_id),
            Deadline.rule,
            Deadline.limit_key,
            _as_kept(Deadline.record_id),
            Deadline.started_at,
            Deadline.due_at,
            Deadline.whole_day,
            Deadline.doubts,
            *NAMES,
        )
        .select_from(Deadline)
        .join(Case, Case.id == Deadline.case_id if asked.worker_id or limit is None else _SOONEST_FIRST)
        .join(Child, Child.id == Case.child_id)
        .where(*_asked_for(asked))
        .order_by(*_ORDER)
        .limit(limit)
    )
    if after is not None:  # the first of the two is answered from the index
        at = (sa.literal(value, column.type) for value, column in zip(after, _ORDER, strict=True))
        question = question.where(Deadline.due_at >= after.due_at, sa.tuple_(*_ORDER) > sa.tuple_(*at))
    # Several clocks run for a child and of a record: names and identities are made once for all of them.
    names: dict[str, tuple[str, str, str]] = {}
    identities = _Identities()
    found = []
    for row in chain.from_iterable(work.session.connection().execute(question, _values(asked)).partitions(_AT_A_TIME)):
        own, case_id, number, child_id, rule, key, record_id, started_at, due_at, whole_day, doubts, *_ = row
        if child_id not in names:
            names[child_id] = row.code or "", called(row, "km"), called(row, "en")
        found.append(DeadlineRow(
            UUID(own), identities[case_id], number or "", identities[child_id], *names[child_id], rule, key,
            identities[record_id], started_at, due_at, whole_day, doubts,
        ))  # fmt: skip
    return found


def deadlines_before(work: Work, moment: datetime, asked: ClockQuestion) -> int:
    """Return how many of the clocks that are asked for are due by that moment."""
    question = sa.select(sa.func.count()).select_from(Deadline).join(Case, _CASE_BY_CASE)
    found = question.where(*_asked_for(asked), Deadline.due_at <= moment)
    return work.session.scalar(found, _values(asked)) or 0


def deadlines_after(work: Work, moment: datetime, asked: ClockQuestion) -> list[DueTogether]:
    """Return when the clocks that are asked for are due after that moment, and how many together; soonest first."""
    question = (
        sa.select(Deadline.due_at, Deadline.whole_day, sa.func.count())
        .select_from(Deadline)
        .join(Case, _CASE_BY_CASE)
        .where(*_asked_for(asked), Deadline.due_at > moment)
        .group_by(Deadline.due_at, Deadline.whole_day)
        .order_by(Deadline.due_at, Deadline.whole_day)
    )
    return [DueTogether(*row) for row in work.session.execute(question, _values(asked))]


def limits_set_in(
    work: Work, cases: Collection[UUID], by: datetime
) -> list[tuple[UUID, str, datetime, bool]]:  # fmt: skip
    """Return the running clocks of these cases that come from the table of limits and are due by that moment.

    Of each: its record, the row of the table, when it is due (Phnom Penh time) and whether the day counts.
    """
    due_at = sa.literal_column("+deadline.due_at", Deadline.due_at.type)  # so that each case is looked up
    question = (
        sa.select(Deadline.record_id, Deadline.limit_key, Deadline.due_at, Deadline.whole_day)
        .select_from(Deadline)
        .join(Case, Case.id == Deadline.case_id)
        .where(*RUNS, Deadline.limit_key.is_not(None), due_at <= by, Deadline.case_id.in_(AMONG))
        .order_by(*_ORDER)
    )
    found = work.session.execute(question, {"ids": listed(cases)})
    return [(record_id, key or "", due_at, whole_day) for record_id, key, due_at, whole_day in found]


def records_with_clocks(
    work: Work, kind: type[AnyRecord], names: tuple[str, ...], rules: Collection[str]
) -> Iterator[AnyRecord]:  # fmt: skip
    """Yield the records of a kind, with these columns alone, in whose cases a clock of these rules runs."""
    runs = Deadline.case_id == kind.case_id, Deadline.rule.in_(rules), Deadline.ended_at.is_(None)
    return Reader(work).records(kind, names, sa.exists().where(*runs))


def _asked_for(asked: ClockQuestion) -> list[sa.ColumnElement[bool]]:
    found = [*RUNS, *carried_by(asked.worker_id)]
    if asked.until is not None:
        found.append(Deadline.due_at < as_moment(asked.until + timedelta(days=1)))
    if asked.shut:
        found.append(sa.or_(Deadline.rule.not_in(asked.shut), Deadline.record_id.in_(AMONG)))
    return found


def _values(asked: ClockQuestion) -> dict[str, Any]:
    return {"ids": listed(asked.known)} if asked.shut else {}


def _as_kept(identity: Any) -> sa.ColumnElement[str]:
    """Ask for the text that stands for an identity in the table."""
    return sa.type_coerce(identity, sa.String)


class _Identities(dict[str, UUID]):
    """Makes identities of the text that stands for them, each once."""

    def __missing__(self, text: str) -> UUID:
        made = self[text] = UUID(text)
        return made
