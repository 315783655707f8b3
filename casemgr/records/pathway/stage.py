"""What a stage of the pathway declares: its record, its clocks, its lines in the timeline, its orders of dates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from casemgr.records.base import CaseRecord


@dataclass(frozen=True)
class Clock:
    """A deadline that a record may set running.

    rule names the rows of the table of limits. starts says when it begins, None while unknown; fallback stands in for
    a missing start and is flagged as doubtful; ends says when it stopped, None while it runs. due answers the date the
    worker typed, for clocks that no limit gives. once: records of this stage with the same due date share one clock,
    which stops for all of them when it stops for one.
    """

    rule: str
    label: str
    starts: Callable[[Any], datetime | None]
    ends: Callable[[Any], datetime | None]
    due: Callable[[Any], date | datetime | None] | None = None
    fallback: Callable[[Any], datetime | None] | None = None
    once: bool = False


@dataclass(frozen=True)
class Event:
    """A line of the timeline. at answers a moment, a day where no more is known, or None."""

    at: Callable[[Any], datetime | date | None]
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


@dataclass(frozen=True)
class Stage:
    """A point of the pathway. several: a case may have more than one such record.

    after_birth names the fields of the record that cannot lie before the child was born, happened those that cannot lie
    in the future.
    """

    key: str
    label: str
    record: type[CaseRecord]
    clocks: tuple[Clock, ...] = ()
    events: tuple[Event, ...] = ()
    orders: tuple[Order, ...] = ()
    after_birth: tuple[str, ...] = ()
    happened: tuple[str, ...] = ()
    several: bool = True
