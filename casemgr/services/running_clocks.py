"""The running clocks as rows of plain values, with the row of the table of limits that gave each."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from casemgr.law.deadlines import SOON_DAYS, SOON_HOURS, DeadlineState, DeadlineValue, state
from casemgr.law.limits import Limit, load_limits
from casemgr.pace import leave_out, sweeping_later
from casemgr.records.kept import LimitCorrection
from casemgr.records.kinds import KINDS
from casemgr.store import queries
from casemgr.store.work import Work

CLOCK_LABELS = {clock.rule: clock.label for kind in KINDS for clock in kind.clocks}
"""What is due by each rule, as a message."""


class ClockRow(NamedTuple):
    """A clock that runs. due_at, started_at: Phnom Penh time; with whole_day the day counts and not the hour.

    record_id: of the record that set it running. limit is the row of the table of limits that gave it, None where the
    worker typed the date. doubts: codes among age, offence-date, class and start.
    """

    case_id: UUID
    case_number: str
    child_id: UUID
    child_code: str
    name_km: str
    name_latin: str
    rule: str
    record_id: UUID
    started_at: datetime | None
    due_at: datetime
    whole_day: bool
    limit: Limit | None
    doubts: tuple[str, ...]

    def __repr__(self) -> str:
        """Return rule and case alone: no name may reach a log."""
        return f"<ClockRow {self.rule} {self.case_id}>"

    @property
    def label(self) -> str:
        """What is due, as a message; the rule's name where no record makes such a clock any more."""
        return CLOCK_LABELS.get(self.rule, self.rule)

    @property
    def deadline(self) -> DeadlineValue:
        """The clock as the law reckons with it."""
        key = self.limit.key if self.limit else None
        return DeadlineValue(
            self.rule, self.label, key, self.started_at, self.due_at, self.whole_day, None, self.doubts, self.record_id
        )  # fmt: skip

    @property
    def unconfirmed(self) -> bool:
        """Whether it comes from a limit of the law that no lawyer has confirmed."""
        return self.limit is not None and self.limit.kind == "law" and not self.limit.confirmed

    def standing(self, now: datetime) -> DeadlineState:
        """Return how it stands at that moment."""
        return state(self.deadline, now)


def parted(rows: Sequence[ClockRow], now: datetime) -> tuple[list[ClockRow], list[ClockRow]]:
    """Return the clocks that are over at that moment, and those that are not; they come soonest first, as given."""
    sure, maybe = (bisect_right(rows, moment, key=_due) for moment in (now - _A_DAY_LASTS, now))
    between = rows[sure:maybe]
    over = [row for row in between if _is_by(row, now, now)]
    rest = [row for row in between if not _is_by(row, now, now)]
    return [*rows[:sure], *over], [*rest, *rows[maybe:]]


def tally(rows: Sequence[ClockRow], now: datetime) -> dict[DeadlineState, int]:
    """Return how many clocks stand each way at that moment; they come soonest first."""
    over, rest = parted(rows, now)
    hour, day = now + SOON_HOURS, now + SOON_DAYS
    sure, maybe = (bisect_right(rest, moment, key=_due) for moment in (hour - _A_DAY_LASTS, day))
    soon = sure + sum(_is_by(row, hour, day) for row in rest[sure:maybe])
    return {DeadlineState.OVER: len(over), DeadlineState.SOON: soon, DeadlineState.RUNNING: len(rest) - soon}


def _is_by(row: ClockRow, hour: datetime, day: datetime) -> bool:
    """Return whether a clock has run out by a moment: by the one where its hour counts, or where its day does.

    As law.deadlines.state has it, many times as fast.
    """
    return row.due_at <= (day - _A_DAY_LASTS if row.whole_day else hour)


def _due(row: ClockRow) -> datetime:
    return row.due_at


MANY = 10_000
_A_DAY_LASTS = timedelta(minutes=1)
"""So long a whole day lasts beyond the moment it is written down with."""


def running_clocks(work: Work, worker_id: UUID | None = None, until: date | None = None) -> list[ClockRow]:
    """Return the running clocks, soonest first; worker_id and until as in queries.running_deadlines."""
    limits = load_limits(work.read(LimitCorrection))
    with sweeping_later():
        rows = _rows(work, limits, worker_id, until)
        if len(rows) > MANY:
            leave_out(office=True)  # else each search for garbage would go through them while the window waits
    return rows


def _rows(work: Work, limits: Mapping[str, Limit], worker_id: UUID | None, until: date | None) -> list[ClockRow]:
    return [
        ClockRow(
            row.case_id, row.case_number, row.child_id, row.child_code, row.name_km, row.name_latin, row.rule,
            row.record_id, row.started_at, row.due_at, row.whole_day, limits.get(row.limit_key or ""),
            tuple(row.doubts.split(",")) if row.doubts else (),
        )
        for row in queries.running_deadlines(work, worker_id, until)
    ]  # fmt: skip
