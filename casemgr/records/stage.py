"""What a stage of the pathway declares: its kinds of record, each with clocks, lines of the timeline, orders of dates.

A function named here takes a record; where other records of the case count too, it takes them as a second argument
and never relies on their order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from casemgr.records.base import CaseRecord
from casemgr.records.case import ProcessStage

Records = Sequence[CaseRecord]
Time = datetime | date
"""A moment in Phnom Penh, or a day where no more is known or counts."""

Beside = Callable[[Any, Records], Time | None]
"""What a record and all records of its case say of a time."""


@dataclass(frozen=True)
class Clock:
    """A deadline that a record may set running.

    rule names the rows of the table of limits. starts says when it begins, None while unknown; fallback stands in for
    a missing start and is flagged as doubtful; ends says when it stopped, None while it runs. begins_anew: the later
    beginning that other records give, such as the last visit. stopped_by: the earliest stop that other records give.
    due answers the date the worker typed, for clocks that no limit gives. once: records of this kind with the same due
    date share one clock, which stops for all of them when it stops for one. newest: of all clocks of this rule in a
    case only that with the latest beginning counts. answered_by: the rule has a row for each of several dates (a
    schedule); it answers the days on which other records met it. moved_by: of the dates of a schedule that other
    records change, by the end of their row's key, the new one, or None where it is left out. stage: the key of the
    stage whose business the clock is, where that is not the stage of its record. told_in: the field in which a worker
    says that what was due is done, None where another record says so.
    """

    rule: str
    label: str
    starts: Callable[[Any], Time | None]
    ends: Callable[[Any], Time | None]
    due: Callable[[Any], Time | None] | None = None
    fallback: Callable[[Any], Time | None] | None = None
    begins_anew: Beside | None = None
    stopped_by: Beside | None = None
    once: bool = False
    newest: bool = False
    answered_by: Callable[[Records], Sequence[date]] | None = None
    moved_by: Callable[[Records], Mapping[str, date | None]] | None = None
    stage: str | None = None
    told_in: str | None = None


@dataclass(frozen=True)
class Event:
    """A line of the timeline. at answers a moment, a day where no more is known, or None."""

    at: Callable[[Any], Time | None]
    label: str


@dataclass(frozen=True)
class Order:
    """Two fields of which one cannot lie before the other; message says so where it does.

    slack: how much before it may lie all the same, where life sometimes goes the other way round.
    """

    earlier: str
    later: str
    message: str
    slack: timedelta = timedelta(0)


Move = tuple[Time | None, ProcessStage]
"""When something led the case to a stage of the procedure; without a time it did not."""


def no_moves(_record: Any) -> Sequence[Move]:
    """Lead nowhere."""
    return ()


def never_open(_record: Any) -> bool:
    """Leave nothing to be done."""
    return False


@dataclass(frozen=True)
class RecordKind:
    """A kind of record that belongs to a case. several: a case may have more than one.

    key: stays for ever (commands, JSON). after: keys of the kinds of which one is usually written down before; where
    none is, the worker is asked why. is_open: whether something is still to be done or awaited in the record. moves:
    to which stage of the procedure it led, and when. after_birth names the fields that cannot lie before the child
    was born, happened those that cannot lie in the future.
    """

    key: str
    record: type[CaseRecord]
    clocks: tuple[Clock, ...] = ()
    events: tuple[Event, ...] = ()
    orders: tuple[Order, ...] = ()
    after_birth: tuple[str, ...] = ()
    happened: tuple[str, ...] = ()
    several: bool = True
    after: tuple[str, ...] = ()
    is_open: Callable[[Any], bool] = never_open
    moves: Callable[[Any], Sequence[Move]] = no_moves


@dataclass(frozen=True)
class Stage:
    """A point of the pathway, or a part of the file beside it, with the kinds of record that belong to it."""

    key: str
    label: str
    kinds: tuple[RecordKind, ...]


def field_time(name: str) -> Callable[[Any], Time | None]:
    """Return the function that reads a field of a record."""
    return lambda record: getattr(record, name)


def no_time(_record: Any) -> Time | None:
    """Return no time: a clock that only other records or nothing stop."""
    return None


def day_of(at: Time) -> date:
    """Return the day of a time."""
    return at.date() if isinstance(at, datetime) else at
