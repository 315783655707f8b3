"""The running clocks as rows of plain values, with the row of the table of limits that gave each."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple
from uuid import UUID

from casemgr.law.deadlines import SOON_DAYS, SOON_HOURS, DeadlineState, DeadlineValue, state
from casemgr.law.limits import Limit, load_limits
from casemgr.pace import leave_out, sweeping_later
from casemgr.records.kept import LimitCorrection
from casemgr.records.kinds import KINDS
from casemgr.store.clock_rows import (
    ClockQuestion,
    DeadlineRow,
    DueTogether,
    deadlines_after,
    deadlines_before,
    running_deadlines,
)
from casemgr.store.clock_rows import Place as Place  # noqa: PLC0414  (where a page goes on)
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


class ClockCounts(NamedTuple):
    """How many clocks run. over: those that were over when they were counted; ahead: the others, soonest first."""

    over: int
    ahead: tuple[DueTogether, ...]

    def at(self, now: datetime) -> dict[DeadlineState, int]:
        """Return how many clocks stand each way at that moment, which is none before they were counted."""
        over = self.over + self._by(now, now)
        soon = self.over + self._by(now + SOON_HOURS, now + SOON_DAYS) - over
        whole = self.over + sum(each.amount for each in self.ahead)
        return {DeadlineState.OVER: over, DeadlineState.SOON: soon, DeadlineState.RUNNING: whole - over - soon}

    def _by(self, hour: datetime, day: datetime) -> int:
        return sum(each.amount for each in takewhile(lambda each: each.due_at <= day, self.ahead)
                   if _is_by(each, hour, day))  # fmt: skip


NO_CLOCKS = ClockCounts(0, ())


def count_clocks(work: Work, asked: ClockQuestion, now: datetime) -> ClockCounts:
    """Return how many of the clocks that are asked for run."""
    over = now - _A_DAY_LASTS
    return ClockCounts(deadlines_before(work, over, asked), tuple(deadlines_after(work, over, asked)))


def has_run_out(due_at: datetime, whole_day: bool, now: datetime) -> bool:
    """Return whether a running clock is over at that moment; whole_day: its day counts and not its hour.

    As law.deadlines.state has it, many times as fast.
    """
    return due_at <= (now - _A_DAY_LASTS if whole_day else now)


def _is_by(each: ClockRow | DueTogether, hour: datetime, day: datetime) -> bool:
    """Return whether a clock has run out by a moment: by the one where its hour counts, or where its day does."""
    return has_run_out(each.due_at, each.whole_day, day if each.whole_day else hour)


def _due(row: ClockRow) -> datetime:
    return row.due_at


MANY = 10_000
_A_DAY_LASTS = timedelta(minutes=1)
"""So long a whole day lasts beyond the moment it is written down with."""


class ClockPage(NamedTuple):
    """Some clocks, soonest first, and the place from which the next ones go on, None where these are the last."""

    rows: list[ClockRow]
    after: Place | None


def running_clocks(work: Work, asked: ClockQuestion) -> list[ClockRow]:
    """Return all clocks that are asked for, soonest first."""
    limits = load_limits(work.read(LimitCorrection))
    with sweeping_later():
        rows = [_row(row, limits) for row in running_deadlines(work, asked)]
        if len(rows) > MANY:
            leave_out(office=True)  # else each search for garbage would go through them while the window waits
    return rows


def clock_page(work: Work, asked: ClockQuestion, after: Place | None, count: int) -> ClockPage:
    """Return so many of the clocks that are asked for, soonest first, those that follow the place; None: the first."""
    limits = load_limits(work.read(LimitCorrection))
    found = running_deadlines(work, asked, after=after, limit=count + 1)
    shown = found[:count]
    return ClockPage([_row(row, limits) for row in shown], shown[-1].place if len(found) > count else None)


def _row(row: DeadlineRow, limits: Mapping[str, Limit]) -> ClockRow:
    return ClockRow(
        row.case_id, row.case_number, row.child_id, row.child_code, row.name_km, row.name_latin, row.rule,
        row.record_id, row.started_at, row.due_at, row.whole_day, limits.get(row.limit_key or ""),
        tuple(row.doubts.split(",")) if row.doubts else (),
    )  # fmt: skip
