"""Which records and children of an office may break a rule of data quality: told by the store, in SQL.

Of most nothing is to be mended. What is told here may be too much and is never too little: the rules themselves
(casemgr.law.quality) then look at it. For the rules that look at each record by itself the conditions follow from what
the records declare; for each of the others there is one in SUSPECTED.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from types import FunctionType
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm.exc import UnmappedInstanceError

from casemgr.law.quality import COLUMNS, READ_KINDS, REQUIRED, wanting
from casemgr.pace import Pace
from casemgr.records.base import CaseRecord, Record
from casemgr.records.case import Case, CaseStatus, ChildRole, Offence
from casemgr.records.child import Child
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import AT_LIBERTY, PoliceOutcome
from casemgr.records.pathway.closure import Closure
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import RELEASES
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.stage import Order, RecordKind
from casemgr.records.types import Moment, PartialDateText
from casemgr.store.bare import AMONG, Reader, listed
from casemgr.store.case_filters import IS_OPEN
from casemgr.store.engine import own_words
from casemgr.store.work import Work

CHILDREN_WEIGH = 5
"""What a child counts for in the progress, beside a row that is looked at by itself."""
LATE_BORN = 50
"""Of so many children, or one in fifty, whose births are the latest, every record is looked at."""
_HERE = "+7 hours"
"""From the stored time to that of Phnom Penh."""
_DAY = 10
"""A day has so many letters: the first of a moment, the last of an age on a day."""
_GROWN_UP = 18
_EMPTY = ("", "[]")
_GROWN_UP_IN = f"+{_GROWN_UP} years", "-1 day"
_AGED = "age "
"""How what is stored of an age on a day begins."""
own_words.update((_HERE, *_GROWN_UP_IN, _AGED))


@dataclass
class Suspects:
    """What is to be looked at: children and cases by their identities, offences and records by their case."""

    children: set[UUID] = field(default_factory=set)
    cases: set[UUID] = field(default_factory=set)
    offences: dict[UUID, list[Offence]] = field(default_factory=dict)
    records: dict[UUID, list[tuple[RecordKind, CaseRecord]]] = field(default_factory=dict)

    def all_children(self, read: Reader) -> set[UUID]:
        """Return all children of whom something is among them."""
        return self.children | children_of(read, {*self.cases, *self.offences, *self.records})


@dataclass(frozen=True)
class _Days:
    """Text that stored days are compared with: of a record before any birth (but of the late born), and to come."""

    before: str
    to_come: str
    late: str  # the children that were born late, as listed


def children_of(read: Reader, case_ids: Collection[UUID]) -> set[UUID]:
    """Return the children of these cases."""
    asked = sa.select(Case.child_id).where(Case.id.in_(AMONG))
    return set(read.connection.scalars(asked, {"ids": listed(case_ids)}))


def suspects(work: Work, today: date, pace: Pace) -> Suspects:
    """Return what may break a rule that looks at a record by itself. The pace is stepped by the rows looked at."""
    found, days = Suspects(), _days(Reader(work), today)
    for child in _suspect(work, pace, Child, [*_wants(Child, conditional=False), _follows(Child, "born", days)], days):
        found.children.add(child.id)
    for case in _suspect(work, pace, Case, _wants(Case, conditional=False), days):
        found.cases.add(case.id)
    early = _before_birth(Offence, ("committed_on",), days)
    dated = [*early, _follows(Offence, "committed_on", days)]
    for offence in _suspect(work, pace, Offence, _wants(Offence, conditional=False) + dated, days):
        found.offences.setdefault(offence.case_id, []).append(offence)
    for kind in READ_KINDS:
        conditions = [
            *_wants(kind.record, conditional=False), *(_disorder(kind.record, order) for order in kind.orders),
            *(_follows(kind.record, name, days) for name in kind.happened),
            *_before_birth(kind.record, kind.after_birth, days),
        ]  # fmt: skip
        for record in _suspect(work, pace, kind.record, conditions, days):
            found.records.setdefault(record.case_id, []).append((kind, record))
    return found


def to_look_at(read: Reader) -> int:
    """Return how much suspects and suspected_children look at, about, as they step the pace."""
    return sum(read.size(kind) for kind in COLUMNS) + CHILDREN_WEIGH * read.size(Child)


def _suspect(
    work: Work, pace: Pace, kind: type[Any], conditions: list[sa.ColumnElement[bool]], days: _Days
) -> Iterator[Any]:  # fmt: skip
    """Yield the records of a kind of which one of these conditions holds, or in which something asked is wanting."""
    read, names = Reader(work, pace.quiet()), COLUMNS[kind]
    holds = sa.func.coalesce(sa.or_(sa.false(), *conditions), sa.false())
    yield from read.records_where(kind, names, holds, {"ids": days.late})
    if perhaps := _wants(kind, conditional=True):  # the store does not know what decides whether it is asked
        wanted = _wanted(read, kind, sa.and_(sa.not_(holds), sa.or_(*perhaps)), days)
        yield from read.records_where(kind, names, kind.id.in_(AMONG), {"ids": listed(wanted)})
    pace.step(read.size(kind))


def _wanted(read: Reader, kind: type[Any], perhaps: sa.ColumnElement[bool], days: _Days) -> list[UUID]:
    """Return the records of a kind in which an answer is wanting, among those where perhaps one is.

    Read are the answers alone that decide whether it is asked; where that is not all, the whole records are.
    """
    names = tuple(dict.fromkeys(("id", *(info.name for info in REQUIRED[kind]), *_deciding(cast("Any", kind)))))
    for read_names in (names, COLUMNS[kind]):
        with suppress(AttributeError, UnmappedInstanceError):
            records = read.records_where(kind, read_names, perhaps, {"ids": days.late})
            return [record.id for record in records if wanting(kind, record)]
    raise AssertionError(kind)


@cache
def _deciding(kind: Any) -> tuple[str, ...]:
    """Return the answers that decide whether something required is asked, as far as the code of the conditions says."""
    conditions = [info.shown_when for info in REQUIRED[kind] if info.shown_when is not None]
    met: list[Any] = [*conditions]
    for each in met:  # which grows on the way
        named = (each.__globals__.get(name) for name in each.__code__.co_names)
        met += [one for one in named if isinstance(one, FunctionType) and one not in met]
    read = {name for each in met for name in each.__code__.co_names}
    return tuple(sorted(read.intersection(kind.__table__.c.keys())))


def _wants(kind: type[Record], *, conditional: bool) -> list[sa.ColumnElement[bool]]:
    """Return what says that a required answer is wanting, of questions that are always asked or of the others."""
    columns = (kind.__table__.c[info.name] for info in REQUIRED[kind] if (info.shown_when is not None) is conditional)
    found: list[sa.ColumnElement[bool]] = [_is_empty(column) for column in columns]
    if kind is SocialInquiry and found:
        return [sa.and_(SocialInquiry.submitted_at.is_(None), sa.or_(*found))]
    return found


def _is_empty(column: Any) -> sa.ColumnElement[bool]:
    stored = sa.type_coerce(column, sa.types.NullType())
    return sa.or_(column.is_(None), stored.in_([sa.literal(text, sa.String()) for text in _EMPTY]))


def _disorder(kind: type[Record], order: Order) -> sa.ColumnElement[bool]:
    """Whether two days stand in the wrong order, a slack left aside. Of a moment and a day the days are compared."""
    columns: Any = kind.__table__.c
    earlier, later = columns[order.earlier], columns[order.later]
    if isinstance(earlier.type, Moment) != isinstance(later.type, Moment):
        earlier, later = (
            sa.func.date(_text(each), _HERE) if isinstance(each.type, Moment) else each for each in (earlier, later)
        )
    partly = [sa.func.length(_text(each)) != _DAY for each in (earlier, later) if _is_partial(each)]
    return sa.or_(_text(later) < _text(earlier), *partly)


def _is_partial(column: Any) -> bool:
    return isinstance(getattr(column, "type", None), PartialDateText)


def _follows(kind: type[Record], name: str, days: _Days) -> sa.ColumnElement[bool]:
    """Whether a day is to come; what is known in part sorts by its first day, and what is an age comes last."""
    return _text(kind.__table__.c[name]) >= days.to_come


def _before_birth(kind: Any, names: tuple[str, ...], days: _Days) -> list[sa.ColumnElement[bool]]:
    if not names:
        return []
    late = sa.select(Case.id).where(Case.child_id.in_(AMONG))
    early = (_text(kind.__table__.c[name]) < days.before for name in names)
    return [*early, kind.case_id.in_(late)]


def _text(column: Any) -> sa.ColumnElement[str]:
    return sa.type_coerce(column, sa.String())


def _day(column: Any) -> sa.ColumnElement[str]:
    """The day of a moment in Phnom Penh, as text."""
    return sa.func.date(_text(column), _HERE)


def _year(column: Any) -> sa.ColumnElement[int]:
    """The last year that a date known in part may lie in: its own, or for an age that of the latest birth."""
    text = _text(column)
    aged = sa.cast(sa.func.substr(text, -_DAY, 4), sa.Integer) - sa.cast(sa.func.substr(text, len(_AGED)), sa.Integer)
    return sa.case((text.startswith(_AGED), aged), else_=sa.cast(sa.func.substr(text, 1, 4), sa.Integer))


def _days(read: Reader, today: date) -> _Days:
    """Return what days are compared with. Before the year `before` only those born late cannot have been born."""
    born = {child_id: on.earliest.year for child_id, on in read.rows(Child, ("id", "born"), Child.born.is_not(None))}
    first, so_many = max(born.values(), default=0) + 1, 0
    for year, number in sorted(Counter(born.values()).items(), reverse=True):
        so_many += number
        if so_many > max(LATE_BORN, len(born) // 50):
            break
        first = year
    late = [child_id for child_id, year in born.items() if year >= first]
    return _Days(f"{first:04}", (today + timedelta(days=1)).isoformat(), listed(late))


def _adult() -> sa.Select[Any]:
    """Of two days that are known the birthday counts, a day less for whoever is born on 29 February."""
    born, committed = _text(Child.born), _text(Offence.committed_on)
    exact = sa.and_(sa.func.length(born) == _DAY, sa.func.length(committed) == _DAY)
    of_age = sa.case(
        (exact, committed >= sa.func.date(born, *_GROWN_UP_IN)),
        else_=_year(Offence.committed_on) - _year(Child.born) >= _GROWN_UP,
    )
    found = sa.select(Case.child_id).join(Offence, Offence.case_id == Case.id).join(Child, Child.id == Case.child_id)
    return found.where(of_age)


def _offence_after_arrest() -> sa.Select[Any]:
    found = sa.select(Case.child_id).join(Offence, Offence.case_id == Case.id).join(Arrest, Arrest.case_id == Case.id)
    return found.where(_text(Offence.committed_on) > sa.func.substr(_text(Arrest.arrested_at), 1, _DAY))


def _two_open() -> sa.Select[Any]:
    found = sa.select(Case.child_id).join(Detention, Detention.case_id == Case.id).group_by(Case.child_id)
    return found.having(sa.func.count() > 1, sa.func.count(Detention.ended_on) < sa.func.count())


def _two_places() -> sa.Select[Any]:
    began = sa.func.coalesce(_day(Arrest.arrived_at), _day(Arrest.arrested_at))
    spells = sa.union_all(
        sa.select(Case.child_id, began.label("first"), _day(Arrest.custody_ended_at).label("last"))
        .join(Arrest, Arrest.case_id == Case.id)
        .where(Arrest.custody_ended_at.is_not(None), began.is_not(None)),
        sa.select(Case.child_id, _text(Detention.started_on), _text(Detention.ended_on))
        .join(Detention, Detention.case_id == Case.id)
        .where(Detention.started_on.is_not(None), Detention.ended_on.is_not(None)),
    ).subquery()
    until = sa.func.max(spells.c.last).over(
        partition_by=spells.c.child_id, order_by=(spells.c.first, spells.c.last), rows=(None, -1)
    )
    held = sa.select(spells.c.child_id, spells.c.first, until.label("until")).subquery()
    return sa.select(held.c.child_id).where(held.c.first < held.c.until)


def _release_without_end() -> sa.Select[Any]:
    released = _of_records(Detention, Detention.ended_on.is_(None), Detention.end_reason.in_(RELEASES))
    at_liberty = _of_records(Arrest, Arrest.custody_ended_at.is_(None), Arrest.outcome.in_(AT_LIBERTY))
    return sa.select(sa.union(released, at_liberty).subquery().c.child_id)


def _held_in_closed() -> sa.Select[Any]:
    return _of_records(Detention, Detention.ended_on.is_(None), Case.status == CaseStatus.CLOSED)


def _whether_held() -> sa.Select[Any]:
    return _of_records(Arrest, Arrest.custody_ended_at.is_(None), Arrest.outcome == PoliceOutcome.UNKNOWN)


def _of_records(kind: Any, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Ask for the children of records of which this holds: the records are gone through, and not all cases."""
    own: Any = sa.literal_column(f"+{kind.__tablename__}.case_id", Case.id.type)
    return sa.select(Case.child_id).select_from(kind).join(Case, Case.id == own).where(*where)


def _no_offence() -> sa.Select[Any]:
    accused = sa.or_(Case.child_role.is_(None), Case.child_role == ChildRole.SUSPECT)
    return sa.select(Case.child_id).where(accused, sa.not_(sa.exists().where(Offence.case_id == Case.id)))


def _closed_without_day() -> sa.Select[Any]:
    closed = sa.exists().where(Closure.case_id == Case.id, Closure.closed_on.is_not(None))
    return sa.select(Case.child_id).where(Case.status == CaseStatus.CLOSED, sa.not_(closed))


SUSPECTED: dict[str, Callable[[], sa.Select[Any]]] = {
    "adult-at-offence": _adult,
    "offence-after-arrest": _offence_after_arrest,
    "two-open-detentions": _two_open,
    "two-places": _two_places,
    "release-without-end": _release_without_end,
    "held-in-closed-case": _held_in_closed,
    "whether-held": _whether_held,
    "no-sex": lambda: sa.select(Child.id).where(Child.sex.is_(None)),
    "no-birth": lambda: sa.select(Child.id).where(Child.born.is_(None)),
    "no-offence": _no_offence,
    "closed-without-day": _closed_without_day,
}
"""By the rules that look at several records together: which children may break them. What bears a number that several
cases bear is found otherwise (same-number).
"""


def suspected_children(work: Work, pace: Pace) -> set[UUID]:
    """Return the children that may break a rule of SUSPECTED."""
    found = set[UUID]()
    for asked in SUSPECTED.values():
        found.update(work.session.scalars(asked()))
        pace.step(CHILDREN_WEIGH * Reader(work).size(Child) // len(SUSPECTED))
    return found


def quiet_cases(work: Work, since: date) -> set[UUID]:
    """Return the open cases that were opened before that day and in which nothing happened since."""
    spoken = (
        sa.exists().where(kind.record.case_id == Case.id, sa.or_(*(_is_since(kind.record, name, since)
                                                                   for name in kind.happened)))
        for kind in READ_KINDS if kind.happened
    )  # fmt: skip
    asked = sa.select(Case.id).where(IS_OPEN, Case.opened_on < since, *(sa.not_(each) for each in spoken))
    return set(work.session.scalars(asked))


def _is_since(kind: type[Record], name: str, since: date) -> sa.ColumnElement[bool]:
    column = kind.__table__.c[name]
    return (_day(column) if isinstance(column.type, Moment) else _text(column)) >= since.isoformat()
