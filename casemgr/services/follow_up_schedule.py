"""The schedule of follow-ups of one case: each date, whether it was moved or left out, and how it stands."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.law.deadlines import DeadlineState, DeadlineValue, state
from casemgr.law.limits import Limit, load_limits
from casemgr.records.kept import Deadline, LimitCorrection
from casemgr.records.pathway.follow_up_change import (
    FollowUpChange,
    ScheduleDeed,
    SchedulePoint,
    changes_of_schedule,
)
from casemgr.services.office import Office
from casemgr.services.readers import demand_case
from casemgr.services.running_clocks import CLOCK_LABELS
from casemgr.store.follow_up_rows import FOLLOW_UP_RULES, SCHEDULE_RULE


class ScheduleLine(NamedTuple):
    """A follow-up that the schedule, or an agreement with the child, asks for in one case.

    point: which of the schedule, None where the date was agreed; label: what to call it, as a message; limit: the row
    of the table that gives it, None where the date was agreed. planned_on: its day by the schedule, None where that is
    not known; due_on: its day as it was moved, None where it is left out. change: the record that moved it or left it
    out, None where nobody did. done_on: when it was met or fell away, None while it is open. state: how it stands now,
    None where it is left out.
    """

    rule: str
    point: SchedulePoint | None
    label: str
    limit: Limit | None
    planned_on: date | None
    due_on: date | None
    change: FollowUpChange | None
    done_on: date | None
    state: DeadlineState | None

    def __repr__(self) -> str:
        """Return the rule and the day alone: no reason may reach a log."""
        return f"<ScheduleLine {self.rule} {self.due_on}>"


def case_schedule(office: Office, case_id: UUID) -> list[ScheduleLine]:
    """Return the follow-ups of a case, past and to come, by their days; those that are left out are among them.

    Empty before a release or the end of a measure. Raises NoSuch, and NotAllowed for another worker's case.
    """
    now = clock.now()
    with office.read() as work:
        demand_case(office, work, case_id)
        limits = load_limits(work.find(LimitCorrection))
        changes = work.find(FollowUpChange, case_id=case_id)
        kept = [each for each in work.find(Deadline, case_id=case_id) if each.rule in FOLLOW_UP_RULES]
    counted = _counted(changes)
    lines = [_line(each, limits, counted, now) for each in kept]
    began = next((each.started_at for each in kept if each.rule == SCHEDULE_RULE), None)
    shown = {line.point for line in lines}
    for point, change in counted.items():
        if point not in shown and kept:
            limit = limits.get(f"{SCHEDULE_RULE}/{point.value}")
            planned_on = limit.due_from(began)[0].date() if limit and began else None
            lines.append(
                ScheduleLine(SCHEDULE_RULE, point, point.label, limit, planned_on, None, change, None, None)
            )  # fmt: skip
    return sorted(lines, key=lambda line: (line.due_on or line.planned_on or date.max, line.rule))


def _counted(changes: Sequence[FollowUpChange]) -> dict[SchedulePoint, FollowUpChange]:
    """The change that counts for each date of the schedule, as changes_of_schedule chooses it."""
    counted = {}
    for key, new_on in changes_of_schedule(changes).items():
        point = SchedulePoint(key)  # type: ignore[call-arg]
        own = (each for each in changes if each.point is point and (each.deed is ScheduleDeed.SKIPPED) == (not new_on))
        fitting = [each for each in own if new_on is None or each.new_on == new_on]
        counted[point] = max(fitting, key=lambda each: each.changed_on or date.min)
    return counted


def _line(
    kept: Deadline, limits: Mapping[str, Limit], changes: Mapping[SchedulePoint, FollowUpChange], now: datetime
) -> ScheduleLine:  # fmt: skip
    label = CLOCK_LABELS.get(kept.rule, kept.rule)
    value = DeadlineValue(
        kept.rule, label, kept.limit_key, kept.started_at, kept.due_at, kept.whole_day, kept.ended_at, (),
        kept.record_id,
    )  # fmt: skip
    limit, due_on = limits.get(kept.limit_key or ""), kept.due_at.date()
    point = _POINTS.get((kept.limit_key or "").rpartition("/")[2])
    planned_on = limit.due_from(kept.started_at)[0].date() if limit and kept.started_at else due_on
    return ScheduleLine(
        kept.rule, point, point.label if point else label, limit, planned_on, due_on,
        changes.get(point) if point else None, kept.ended_at.date() if kept.ended_at else None, state(value, now),
    )  # fmt: skip


_POINTS = {point.value: point for point in SchedulePoint}
