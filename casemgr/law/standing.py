"""Where a case stands: its stages done and going on, and where the procedure has come to."""

import enum
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from casemgr.clock import as_moment
from casemgr.law.deadlines import DeadlineState, DeadlineValue, state
from casemgr.records.base import CaseRecord
from casemgr.records.case import ProcessStage
from casemgr.records.kinds import STAGES, kind_of
from casemgr.records.pathway import PATHWAY


class StageState(enum.Enum):
    """How a stage of the pathway stands in a case."""

    AHEAD = "ahead"  # nothing is written down or awaited, nor is anything of a later stage written down
    SKIPPED = "skipped"  # nothing is written down or awaited, but of a later stage something is written down
    CURRENT = "current"  # something is still to be done or awaited, or a clock runs
    OVERDUE = "overdue"  # a clock of this stage is over
    DONE = "done"


def stage_states(
    records: Iterable[CaseRecord], deadlines: Iterable[DeadlineValue], now: datetime
) -> dict[str, StageState]:  # fmt: skip
    """Return how each stage of the pathway stands at that moment, by its key, in the order of the procedure."""
    kept = tuple(records)
    running = {deadline for deadline in deadlines if deadline.ended_at is None}
    late = {_STAGE_OF[each.rule] for each in running if state(each, now) is DeadlineState.OVER}
    awaited = {_STAGE_OF[each.rule] for each in running}
    states: dict[str, StageState] = {}
    later = False
    for stage in reversed(PATHWAY):
        own = [record for record in kept if (kind := kind_of(record)) is not None and kind in stage.kinds]
        if stage.key in late:
            states[stage.key] = StageState.OVERDUE
        elif stage.key in awaited or any(_is_open(record) for record in own):
            states[stage.key] = StageState.CURRENT
        elif own:
            states[stage.key] = StageState.DONE
        else:
            states[stage.key] = StageState.SKIPPED if later else StageState.AHEAD
        later = later or bool(own)
    return dict(reversed(states.items()))


_STAGE_OF = {
    clock.rule: clock.stage or stage.key for stage in STAGES for kind in stage.kinds for clock in kind.clocks
}  # fmt: skip
"""The key of the stage, or part of the file, that each rule's clocks belong to."""


def _is_open(record: CaseRecord) -> bool:
    kind = kind_of(record)
    return kind is not None and kind.is_open(record)


_DAY = timedelta(days=1)


def procedure_stage(records: Iterable[CaseRecord]) -> ProcessStage | None:
    """Return the stage of the procedure that the latest of these records led to; None where none says so.

    A day without an hour counts as the end of that day. Of several at one time the one further on counts.
    """
    order = list(ProcessStage)
    moves = [
        (as_moment(at) if isinstance(at, datetime) else as_moment(at) + _DAY, order.index(stage))
        for record in records
        if (kind := kind_of(record)) is not None
        for at, stage in kind.moves(record)
        if at is not None
    ]
    return order[max(moves)[1]] if moves else None


def usually_before(record: CaseRecord, others: Sequence[CaseRecord]) -> tuple[str, ...]:
    """Return the keys of the kinds of which one is usually written down before this record; none where one is."""
    kind = kind_of(record)
    if kind is None or not kind.after:
        return ()
    known = {found.key for other in others if other.id != record.id and (found := kind_of(other)) is not None}
    return () if known.intersection(kind.after) else kind.after
