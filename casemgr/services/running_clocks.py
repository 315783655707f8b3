"""The running clocks as rows of plain values, with the row of the table of limits that gave each."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from casemgr.law.deadlines import DeadlineState, DeadlineValue, state
from casemgr.law.limits import Limit, load_limits
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


def running_clocks(work: Work, worker_id: UUID | None = None, until: date | None = None) -> list[ClockRow]:
    """Return the running clocks, soonest first; worker_id and until as in queries.running_deadlines."""
    limits = load_limits(work.read(LimitCorrection))
    return [
        ClockRow(
            row.case_id, row.case_number, row.child_id, row.child_code, row.name_km, row.name_latin, row.rule,
            row.record_id, row.started_at, row.due_at, row.whole_day, limits.get(row.limit_key or ""),
            tuple(row.doubts.split(",")) if row.doubts else (),
        )
        for row in queries.running_deadlines(work, worker_id, until)
    ]  # fmt: skip
