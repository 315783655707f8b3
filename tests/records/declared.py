"""Short ways to what a record declares."""

from typing import Any

from casemgr.records.base import CaseRecord
from casemgr.records.fields import fields_of
from casemgr.records.stage import RecordKind


def sample_of(subject: type[Any]) -> dict[str, Any]:
    """Return what the invented example answers, by the name of the field."""
    return {info.name: info.sample for info in fields_of(subject)}


def clock_of(kind: RecordKind, rule: str) -> Any:
    """Return the clock of that rule."""
    return next(clock for clock in kind.clocks if clock.rule == rule)


def happenings(kind: RecordKind, record: CaseRecord) -> dict[str, Any]:
    """Return the lines of the timeline that a record gives, by label."""
    return {event.label: at for event in kind.events if (at := event.at(record)) is not None}
