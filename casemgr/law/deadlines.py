"""The deadlines of one case, reckoned from its records. Where a fact is in doubt, the shortest limit counts."""

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from casemgr.clock import PHNOM_PENH, PartialDate, as_moment, local
from casemgr.law.ages import AgeBand, age_range, bands
from casemgr.law.limits import Limit, limit_for
from casemgr.records.base import CaseRecord
from casemgr.records.case import Offence, OffenceClass
from casemgr.records.child import Child
from casemgr.records.kinds import KINDS
from casemgr.records.stage import Clock

AGE, DAY, CLASS, START = "age", "offence-date", "class", "start"
"""What may be in doubt: the age band, the date of an offence, its class, the moment the clock started."""

DOUBTS = (AGE, DAY, CLASS, START)

UNKNOWN_MAY_BE = (OffenceClass.MISDEMEANOUR, OffenceClass.FELONY)
"""What an unknown class may be. Petty is left out: that no custody is allowed there is only inferred, and a clock that
is over before it starts helps nobody to get a child out in time."""

_GRAVITY = (OffenceClass.NOT_AN_OFFENCE, OffenceClass.PETTY, OffenceClass.MISDEMEANOUR, OffenceClass.FELONY)

SOON_HOURS = timedelta(hours=6)
SOON_DAYS = timedelta(days=3)

SCHEDULES = frozenset(clock.rule for kind in KINDS for clock in kind.clocks if clock.answered_by is not None)
"""Rules with a row for each of several dates; where one date lies decides also which day answers its neighbours."""

AFTER_CLOSING = (
    "follow-up", "follow-up-agreed", "police-custody", "pre-trial-detention", "detention-order", "sentence-end",
    "withdrawal-decision",
)  # fmt: skip
"""Rules whose deadlines the office keeps also once it has closed the case: it promised to ask after the child, and a
child that is still held is not to be lost sight of because somebody closed its case."""


class DeadlineState(enum.Enum):
    """How a deadline stands."""

    RUNNING = "running"
    SOON = "soon"  # fewer than six hours, or three days where the day counts
    OVER = "over"
    DONE_IN_TIME = "done-in-time"
    DONE_LATE = "done-late"


class DeadlineValue(NamedTuple):
    """A deadline of one record.

    limit_key: the row of the table that gave it, None where the worker typed the date. started_at, due_at, ended_at:
    Phnom Penh time; with whole_day the day counts, and due_at is its last minute. ended_at is None while it runs.
    doubts: among age, offence-date, class and start.
    """

    rule: str
    label: str
    limit_key: str | None
    started_at: datetime | None
    due_at: datetime
    whole_day: bool
    ended_at: datetime | None
    doubts: tuple[str, ...]
    record_id: UUID


@dataclass(frozen=True)
class _Facts:
    """What the deadlines of a case are reckoned from."""

    child: Child
    offences: Sequence[Offence]
    records: Sequence[CaseRecord]
    limits: Mapping[str, Limit]

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Limit]]:
        """The rows of the table by their rules."""
        found = defaultdict[str, list[Limit]](list)
        for row in self.limits.values():
            found[row.rule].append(row)
        return found

    @cached_property
    def _bands(self) -> dict[date, tuple[AgeBand, ...]]:
        return {}

    def bands_on(self, day: date) -> tuple[AgeBand, ...]:
        """As possible_bands."""
        if day not in self._bands:
            self._bands[day] = possible_bands(self.child, self.offences, day)
        return self._bands[day]

    @cached_property
    def classes(self) -> tuple[tuple[OffenceClass, ...], bool]:
        """As possible_classes."""
        return possible_classes(self.offences)


def deadlines_of(
    child: Child, offences: Sequence[Offence], records: Iterable[CaseRecord], limits: Mapping[str, Limit]
) -> tuple[DeadlineValue, ...]:  # fmt: skip
    """Return the deadlines these records of one case set running, in the order of the file.

    The limit follows from the child's age at each offence and from the gravest class among the offences; an offence
    without a date counts on the day the clock started. Where age or class allow several limits, the shortest counts
    and the doubt is named. Nothing is ever refused.
    """
    facts = _Facts(child, offences, tuple(records), limits)
    found: list[DeadlineValue] = []
    own: dict[type, list[CaseRecord]] = {}
    for record in facts.records:
        own.setdefault(type(record), []).append(record)
    for kind in KINDS:
        for clock in kind.clocks:
            values = [value for record in own.get(kind.record, ()) for value in _values(clock, record, facts)]
            found += _shared(values) if clock.once else values
    counting = {rule: _newest_of(value for value in found if value.rule == rule) for rule in _NEWEST}
    return tuple(value for value in found if value.record_id == counting.get(value.rule, value.record_id))


_NEWEST = frozenset(clock.rule for kind in KINDS for clock in kind.clocks if clock.newest)
"""The rules of which one record's clock alone counts in a case."""


def _values(clock: Clock, record: CaseRecord, facts: _Facts) -> list[DeadlineValue]:
    if clock.due is not None:
        value = _typed(clock, record, facts)
    elif clock.answered_by is not None:
        return _scheduled(clock, record, facts)
    else:
        value = _limited(clock, record, facts)
    return [] if value is None else [value]


def _newest_of(values: Iterable[DeadlineValue]) -> UUID | None:
    """Return the record whose clock began last; of several that began together always the same one."""
    began = ((value.started_at, value.record_id) for value in values if value.started_at is not None)
    return max(began, default=(None, None))[1]


def state(deadline: DeadlineValue, now: datetime) -> DeadlineState:
    """Return how a deadline stands at that moment."""
    if deadline.ended_at is not None:
        in_time = deadline.ended_at < _passed_at(deadline) or deadline.ended_at == deadline.due_at
        return DeadlineState.DONE_IN_TIME if in_time else DeadlineState.DONE_LATE
    left = remaining(deadline, now)
    if left <= timedelta(0):
        return DeadlineState.OVER
    return DeadlineState.SOON if left <= (SOON_DAYS if deadline.whole_day else SOON_HOURS) else DeadlineState.RUNNING


def remaining(deadline: DeadlineValue, now: datetime) -> timedelta:
    """Return the time left at that moment; negative once it is over. A whole day lasts until midnight."""
    return _passed_at(deadline) - now


def _passed_at(deadline: DeadlineValue) -> datetime:
    return deadline.due_at + timedelta(minutes=1) if deadline.whole_day else deadline.due_at


def _started(clock: Clock, record: CaseRecord, facts: _Facts) -> tuple[datetime | None, bool]:
    """Return when a clock began, and whether another time had to stand in."""
    began, doubtful = clock.starts(record), False
    if began is None and clock.fallback is not None:
        began, doubtful = clock.fallback(record), True
    if began is None:
        return None, False
    anew = clock.begins_anew(record, facts.records) if clock.begins_anew else None
    return max(as_moment(at) for at in (began, anew) if at is not None), doubtful


def _ended(clock: Clock, record: CaseRecord, facts: _Facts) -> datetime | None:
    stopped = clock.stopped_by(record, facts.records) if clock.stopped_by else None
    return min((as_moment(at) for at in (clock.ends(record), stopped) if at is not None), default=None)


def _typed(clock: Clock, record: CaseRecord, facts: _Facts) -> DeadlineValue | None:
    """Return the deadline whose date the worker typed, None while there is none."""
    due = clock.due(record) if clock.due else None
    if due is None:
        return None
    whole_day = not isinstance(due, datetime)
    due_at = due if isinstance(due, datetime) else local(due.year, due.month, due.day, 23, 59)
    started_at = _started(clock, record, facts)[0]
    return DeadlineValue(clock.rule, clock.label, None, started_at, due_at, whole_day, _ended(clock, record, facts), (),
                         record.id)  # fmt: skip


def _limited(clock: Clock, record: CaseRecord, facts: _Facts) -> DeadlineValue | None:
    """Return the deadline that a row of the table gives, None before the clock starts or without a row."""
    doubts = set()
    started_at, start_doubtful = _started(clock, record, facts)
    if started_at is None:
        return None
    ages = facts.bands_on(started_at.astimezone(PHNOM_PENH).date())
    classes, class_doubtful = facts.classes
    own = facts.rows[clock.rule]
    found = (limit_for(own, age, each) for age in ages for each in classes)
    rows = {row.key: row for row in found if row is not None}
    if not rows:
        return None
    if any(row.band for row in own):
        doubts |= {AGE} if len(ages) > 1 else set()
        undated = not facts.offences or any(offence.committed_on is None for offence in facts.offences)
        doubts |= {DAY} if undated else set()
    if class_doubtful and any(row.offence_class for row in own):
        doubts.add(CLASS)
    if start_doubtful:
        doubts.add(START)
    limit = min(rows.values(), key=lambda row: row.due_from(started_at))
    told = tuple(doubt for doubt in DOUBTS if doubt in doubts)
    due_at, whole_day = limit.due_from(started_at)
    return DeadlineValue(clock.rule, clock.label, limit.key, started_at, due_at, whole_day,
                         _ended(clock, record, facts), told, record.id)  # fmt: skip


def _dates(clock: Clock, started_at: datetime, facts: _Facts) -> list[tuple[datetime, bool, Limit]]:
    """Return the dates of a schedule in their order, as they were moved; without those that are left out."""
    moved = clock.moved_by(facts.records) if clock.moved_by else {}
    dates = []
    for row in facts.rows[clock.rule]:
        key = row.key.rpartition("/")[2]
        if key in moved and moved[key] is None:
            continue
        due_at, whole_day = row.due_from(started_at)
        if (new_on := moved.get(key)) is not None:
            due_at, whole_day = local(new_on.year, new_on.month, new_on.day, 23, 59), True
        dates.append((due_at, whole_day, row))
    return sorted(dates, key=lambda dated: (dated[0], dated[2].key))


def _scheduled(clock: Clock, record: CaseRecord, facts: _Facts) -> list[DeadlineValue]:
    """Return one deadline for each row of a schedule.

    A day answers the row whose date is nearest, and every earlier one that nobody answered: from half way between two
    dates of the schedule it is the later that is meant.
    """
    started_at, _ = _started(clock, record, facts)
    if started_at is None or clock.answered_by is None:
        return []
    days = sorted(clock.answered_by(facts.records))
    ended, found = _ended(clock, record, facts), list[DeadlineValue]()
    before = started_at
    for due_at, whole_day, row in _dates(clock, started_at, facts):
        half_way = (before + (due_at - before) / 2).date()
        met = next((as_moment(day) for day in days if day >= max(half_way, started_at.date())), None)
        over = min((at for at in (met, ended) if at is not None), default=None)
        found.append(DeadlineValue(clock.rule, clock.label, row.key, started_at, due_at, whole_day, over, (),
                                   record.id))  # fmt: skip
        before = due_at
    return found


def _shared(values: list[DeadlineValue]) -> list[DeadlineValue]:
    """Return one deadline for each due date: the latest record's, over when it is over for any of them."""
    by_due: dict[datetime, list[DeadlineValue]] = {}
    for value in values:
        by_due.setdefault(value.due_at, []).append(value)
    return [
        same[-1]._replace(ended_at=min((each.ended_at for each in same if each.ended_at is not None), default=None))
        for same in by_due.values()
    ]


def possible_bands(child: Child, offences: Sequence[Offence], day: date) -> tuple[AgeBand, ...]:
    """Return the bands the child may have been in at its offences, youngest first.

    day stands in for the date of an offence that is not known: the child may have been younger then.
    """
    dates = [offence.committed_on for offence in offences] or [None]
    found = {each for on in dates for each in bands(age_range(child.born, on or PartialDate.on(day)))}
    return tuple(each for each in AgeBand if each in found)


def possible_classes(offences: Sequence[Offence]) -> tuple[tuple[OffenceClass, ...], bool]:
    """Return what the gravest class among the offences may be, and whether that is in doubt.

    A class that nobody wrote down is the usual one of the kind of offence, with a doubt.
    """
    readings = [_classes_of(offence) for offence in offences] or [UNKNOWN_MAY_BE]
    least = max(min(_GRAVITY.index(each) for each in reading) for reading in readings)
    possible = {each for reading in readings for each in reading}
    found = tuple(each for each in _GRAVITY if each in possible and _GRAVITY.index(each) >= least)
    doubtful = not offences or any(offence.offence_class in (None, OffenceClass.UNKNOWN) for offence in offences)
    return found, doubtful


def _classes_of(offence: Offence) -> tuple[OffenceClass, ...]:
    said = offence.offence_class
    if said is None and offence.category is not None:
        said = offence.category.usual_class
    return UNKNOWN_MAY_BE if said in (None, OffenceClass.UNKNOWN) else (said,)
