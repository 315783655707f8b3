"""Every kind of record that belongs to a case, found by its class."""

from casemgr.clock import as_moment
from casemgr.records.base import CaseRecord
from casemgr.records.beside import BESIDE
from casemgr.records.pathway import PATHWAY
from casemgr.records.stage import RecordKind, Stage, Time

STAGES: tuple[Stage, ...] = (*PATHWAY, *BESIDE)
"""The stages of the pathway, then the parts of the file beside them."""

KINDS: tuple[RecordKind, ...] = tuple(kind for stage in STAGES for kind in stage.kinds)
"""Every kind of record of a case, in the order of the file."""

_BY_RECORD = {kind.record: kind for kind in KINDS}
_TOLD_IN = {clock.rule: clock.told_in for kind in KINDS for clock in kind.clocks}
_BY_KEY = {kind.key: kind for kind in KINDS}
_STAGE_OF = {kind.key: stage for stage in STAGES for kind in stage.kinds}


def kind_of(record: CaseRecord | type[CaseRecord]) -> RecordKind | None:
    """Return what is declared of a record's kind; None for an offence or an addendum, which are of no stage."""
    return _BY_RECORD.get(record if isinstance(record, type) else type(record))


def kind_named(key: str) -> RecordKind:
    """Return the kind with that key. Raises KeyError."""
    return _BY_KEY[key]


def stage_of(kind: RecordKind) -> Stage:
    """Return the stage, or part of the file, that a kind of record belongs to."""
    return _STAGE_OF[kind.key]


def told_in(rule: str) -> str | None:
    """Return the field in which a worker says that what a clock of that rule waits for is done; None for none."""
    return _TOLD_IN.get(rule)


def told_at(record: CaseRecord) -> Time | None:
    """Return the first time that the timeline tells of a record; None where it tells of none."""
    kind = kind_of(record)
    times = [at for event in kind.events if (at := event.at(record)) is not None] if kind else []
    return min(times, key=as_moment, default=None)
