"""All that a report of an office tells of a period: as it stands in the office, and as it may leave it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from casemgr.measures.chart_kinds import StageCounts
from casemgr.measures.cohort import LEVELS, Member
from casemgr.measures.cohort_tables import (
    COHORT_GROUPINGS,
    Seen,
    WindowTable,
    seen_at,
    window_tables,
    windows_for_outside,
)
from casemgr.measures.groups import Grouping, Label
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.justice import time_before_sentence
from casemgr.measures.indicators.rows import CaseRow, Rows
from casemgr.measures.indicators.tables import (
    GROUPINGS,
    Divided,
    Table,
    divided,
    table_for_outside,
    table_of,
    value_for_outside,
)
from casemgr.measures.indicators.values import Indicator, Length, Period, Value
from casemgr.measures.reoffending import (
    WINDOWS,
    Beside,
    FixedWindow,
    OverTime,
    Window,
    beside,
    curve_of_outcomes,
    over_time_of,
    window_of,
)
from casemgr.measures.small_cells import SMALL, masked
from casemgr.measures.survival import Curve
from casemgr.pace import Pace
from casemgr.records.case import ProcessStage
from casemgr.records.pathway.follow_up_answers import ContactLevel

SPLIT = ("children-arrested", "children-detained", "lawyer-24h", "custodial-sentences", "diverted")
"""The indicators that a report splits into groups."""

SPLIT_WINDOW = Window(12)
"""The window that a report splits into groups."""

_EVERYBODY: Grouping[Member] = Grouping("all", "", lambda _member: ())


class Reoffended(NamedTuple):
    """Reoffending at one level and above. totals: of all children, for each of WINDOWS.

    curve, over_time: None outside the office, over_time also where it is not small.
    """

    level: ContactLevel
    totals: tuple[FixedWindow | None, ...]
    curve: Curve | None
    over_time: OverTime | None


class Split(NamedTuple):
    """Some indicators by one grouping, a table for each."""

    grouping: Grouping[CaseRow]
    tables: tuple[Table, ...]


class Compared(NamedTuple):
    """The curves of the groups of a cohort by one grouping."""

    grouping: Grouping[Member]
    curves: tuple[tuple[Label, Curve], ...]


class Report(NamedTuple):
    """What a report tells. A value of None, or a number of None, is left out, so that nobody can be recognised.

    stages: the open cases as they stand when the report is made; of an earlier day that is not kept. held: the times in
    pre-trial detention case by case, None outside the office. levels: reoffending, the widest level first. groups: the
    widest level in one window, by each grouping; curves: in the office, the same over time. for_office: it holds small
    numbers and must not leave the office.
    """

    period: Period
    as_of: date
    open_cases: int | None
    stages: StageCounts
    values: tuple[tuple[Indicator, Value | None], ...]
    splits: tuple[Split, ...]
    held: tuple[Length, ...] | None
    levels: tuple[Reoffended, ...]
    groups: tuple[WindowTable, ...]
    curves: tuple[Compared, ...]
    beside: Beside | None
    for_office: bool


STEPS = len(INDICATORS) + len(GROUPINGS) * len(SPLIT) + len(LEVELS) + 2 * len(COHORT_GROUPINGS)
"""The steps in which a report is reckoned, as its pace counts them."""


def report_of(
    rows: Rows, stages: Iterable[ProcessStage | None], period: Period, as_of: date, pace: Pace | None = None
) -> Report:  # fmt: skip
    """Return the report of these rows. stages: of each open case its stage, None where nobody wrote it down.

    as_of: the day on which reoffending is looked at. It stays in the office. Raises Stopped where the pace says so.
    """
    pace = pace or Pace(STEPS)
    rows, where = rows.watched(pace), tuple(stages)
    found = sorted(set(where), key=lambda stage: list(ProcessStage).index(stage) if stage else len(ProcessStage))
    levels = [seen_at(rows.members, level, as_of, pace) for level in LEVELS]
    return Report(
        period=period, as_of=as_of, open_cases=len(where),
        stages=tuple((stage, where.count(stage)) for stage in found),
        values=tuple((indicator, indicator.measure(rows, period)) for indicator in pace.stepping(INDICATORS)),
        splits=tuple(_split(divided(rows, grouping, pace), period, pace) for grouping in GROUPINGS),
        held=tuple(time_before_sentence(rows, period)),
        levels=tuple(_reoffended(seen) for seen in pace.stepping(levels)),
        groups=tuple(
            next(window_tables(levels[0], grouping, (SPLIT_WINDOW,))) for grouping in pace.stepping(COHORT_GROUPINGS)
        ),
        curves=tuple(_compared(levels[0], grouping) for grouping in pace.stepping(COHORT_GROUPINGS)),
        beside=beside(rows.members, as_of, pace), for_office=True,
    )  # fmt: skip


def _split(found: Divided, period: Period, pace: Pace) -> Split:
    chosen = [indicator for indicator in INDICATORS if indicator.key in SPLIT]
    return Split(found.grouping, tuple(table_of(indicator, found, period) for indicator in pace.stepping(chosen)))


def _compared(seen: Seen, grouping: Grouping[Member]) -> Compared:
    return Compared(grouping, tuple((label, curve_of_outcomes(own)) for label, own in seen.groups(grouping)))


def _reoffended(seen: Seen) -> Reoffended:
    everybody = seen.everybody
    totals = tuple(window_of(everybody, window, seen.level, seen.as_of) for window in WINDOWS)
    over_time = over_time_of(everybody, seen.level, seen.as_of)
    return Reoffended(seen.level, totals, curve_of_outcomes(everybody), over_time)


def report_for_outside(whole: Report) -> Report:
    """Return a report as it may leave the office: small numbers left out, no curve, no trace of single cases."""
    hidden, no_total = masked([(number or 0,) for _, number in whole.stages], (whole.open_cases or 0,))
    return whole._replace(
        open_cases=None if no_total else whole.open_cases,
        stages=tuple(
            (stage, None if place in hidden else number) for place, (stage, number) in enumerate(whole.stages)
        ),
        values=tuple(
            (indicator, value_for_outside(value, indicator.unit) if value is not None else None)
            for indicator, value in whole.values
        ),
        splits=tuple(
            Split(split.grouping, tuple(map(table_for_outside, split.tables)))
            for split in whole.splits
            if split.grouping.leaves_office
        ),
        held=None,
        levels=tuple(
            each._replace(
                totals=tuple(windows_for_outside(WindowTable(_EVERYBODY, (), total)).total for total in each.totals),
                curve=None, over_time=_unless_small(each.over_time),
            )
            for each in whole.levels
        ),
        groups=tuple(map(windows_for_outside, whole.groups)), curves=(), beside=None, for_office=False,
    )  # fmt: skip


def _unless_small(found: OverTime | None) -> OverTime | None:
    """The rate over time, unless it tells of fewer than five children, with an event or without one."""
    if found is None:
        return None
    parts = (found.persons, found.children - found.persons)
    return None if any(0 < part < SMALL for part in parts) else found
