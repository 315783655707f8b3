"""What an office's own cases add up to: the cohort, its reoffending, and the indicators of a period."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from casemgr import clock
from casemgr.i18n import N_
from casemgr.measures.cohort import LEVELS, Member
from casemgr.measures.cohort_tables import COHORT_GROUPINGS, WindowTable, seen_at, window_tables
from casemgr.measures.groups import Grouping, Item, Label
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.rows import CaseRow, Rows
from casemgr.measures.indicators.tables import GROUPINGS, Table, divided, table_of
from casemgr.measures.indicators.values import Indicator, Period, Value
from casemgr.measures.reoffending import (
    WINDOWS,
    Beside,
    OverTime,
    Window,
    beside,
    curve_of_outcomes,
    estimates,
    over_time_of,
)
from casemgr.measures.survival import Curve, Estimate
from casemgr.pace import Cancelled, Pace, Progress, without_sweeping
from casemgr.records.pathway.follow_up_answers import ContactLevel
from casemgr.services.office import Office, Right
from casemgr.services.readers import CONFIDENTIAL_RULES
from casemgr.store.bare import stoppable
from casemgr.store.indicator_rows import indicator_rows as store_rows
from casemgr.store.measure_rows import cohort_size, read_members
from casemgr.trouble import Refusal


@without_sweeping()
def members(
    office: Office, as_of: date | None = None, *, every: bool = False, progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[Member]:  # fmt: skip
    """Return the cohort: a member for the first index event of each child up to that day, earliest first.

    as_of: today unless given. every: a member for each index event. progress is told of how many children the files
    are read; where cancelled says so, Stopped is raised. Raises NotAllowed.
    """
    with office.read(Right.MEASURE) as work:
        pace = Pace(cohort_size(work), progress, cancelled)
        with stoppable(work, pace):
            return read_members(work, as_of or clock.today(), every=every, pace=pace)


EVERYBODY: Grouping[Member] = Grouping("all", N_("All children"), lambda _member: ())


def cohort_grouping(key: str | None) -> Grouping[Member]:
    """Return the way to split a cohort that has this key; None: not at all. Raises Refusal for one there is not."""
    if key is None:
        return EVERYBODY
    return _grouping(key, COHORT_GROUPINGS)


def _grouping(key: str, among: Sequence[Grouping[Item]]) -> Grouping[Item]:
    for grouping in among:
        if grouping.key == key:
            return grouping
    known = ", ".join(grouping.key for grouping in among)
    raise Refusal(N_("There is no group {name}. Choose one of these: {known}."), name=key, known=known)


class Reoffending(NamedTuple):
    """The reoffending of a cohort at one level and above, seen on one day.

    tables: a table for each window. curve, estimates, over_time: of all, estimates for each window. curves: that of
    each group. beside: what is counted apart.
    """

    as_of: date
    level: ContactLevel
    grouping: Grouping[Member]
    tables: tuple[WindowTable, ...]
    curve: Curve
    estimates: tuple[Estimate | None, ...]
    curves: tuple[tuple[Label, Curve], ...]
    over_time: OverTime
    beside: Beside


@without_sweeping()
def reoffending(
    office: Office, as_of: date | None = None, *, windows: Sequence[Window] = WINDOWS, by: str | None = None,
    level: ContactLevel = LEVELS[0], every: bool = False, progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Reoffending:  # fmt: skip
    """Return the reoffending of the office's cohort on that day (today unless given); it stays in the office.

    by: the key of a grouping among COHORT_GROUPINGS, None for none. progress, cancelled: as in members. Raises Refusal
    for another key or a day to come.
    """
    office.demand(Right.MEASURE)
    on = checked_day(as_of)
    grouping = cohort_grouping(by)
    cohort = members(office, on, every=every, progress=progress, cancelled=cancelled)
    return reoffending_of(cohort, on, windows=windows, grouping=grouping, level=level, cancelled=cancelled)


@without_sweeping()
def reoffending_of(
    cohort: Sequence[Member], as_of: date, *, windows: Sequence[Window] = WINDOWS,
    grouping: Grouping[Member] = EVERYBODY, level: ContactLevel = LEVELS[0], progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Reoffending:  # fmt: skip
    """Return the reoffending of a cohort that was read before: for other levels and groups without reading again.

    progress is told how many steps are done, and of how many; where cancelled says so, Stopped is raised.
    """
    pace = Pace(len(windows) + 4, progress, cancelled)
    seen = seen_at(cohort, level, as_of, pace)
    pace.step()
    everybody, groups = seen.everybody, seen.groups(grouping)
    tables = tuple(pace.stepping(window_tables(seen, grouping, windows)))
    time = over_time_of(everybody, level, as_of)
    pace.step()
    apart = beside(pace.watched(cohort), as_of, pace)
    pace.step()
    curve, curves = curve_of_outcomes(everybody), tuple((label, curve_of_outcomes(own)) for label, own in groups)
    pace.step()
    return Reoffending(as_of, level, grouping, tables, curve, estimates(curve, windows), curves, time, apart)


def checked_day(as_of: date | None) -> date:
    """Return the day of looking, today unless given. Raises Refusal for a day to come: nobody knows it yet."""
    today = clock.today()
    if as_of is not None and as_of > today:
        raise Refusal(N_("This day is still to come. Choose today or an earlier day."), fields=("as_of",))
    return as_of or today


class Measured(NamedTuple):
    """An indicator with its value over a period, and by groups where that was asked for and it can be split."""

    indicator: Indicator
    value: Value
    table: Table | None


@without_sweeping()
def indicator_rows(
    office: Office, period: Period, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Rows:  # fmt: skip
    """Return the rows that the indicators of a period are reckoned from, read once for all of them.

    Of the required fields those in cases opened in the period. Complaints are in none of it. progress is told how far
    the reading is; where cancelled says so, Stopped is raised. Raises NotAllowed.
    """
    with office.read(Right.MEASURE) as work:
        return store_rows(
            work, period, period.last, without_rules=CONFIDENTIAL_RULES, progress=progress, cancelled=cancelled
        )


@without_sweeping()
def indicators(
    office: Office, period: Period, *, by: str | None = None, keys: Collection[str] | None = None,
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> list[Measured]:  # fmt: skip
    """Return the office's indicators over a period, in their order; they stay in the office.

    by: the key of a grouping among GROUPINGS, None for none. keys: of these indicators alone. progress, cancelled: as
    in indicator_rows. Raises Refusal for another key, and for a period that ends before it begins or after today.
    """
    office.demand(Right.MEASURE)
    check_period(period)
    grouping = case_grouping(by)
    rows = indicator_rows(office, period, progress=progress, cancelled=cancelled)
    return indicators_of(rows, period, grouping=grouping, keys=keys, cancelled=cancelled)


@without_sweeping()
def indicators_of(
    rows: Rows, period: Period, *, grouping: Grouping[CaseRow] | None = None, keys: Collection[str] | None = None,
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> list[Measured]:  # fmt: skip
    """Return the indicators of rows that were read before for the same period.

    progress is told how many of them are reckoned, and of how many; where cancelled says so, Stopped is raised.
    """
    wanted = [indicator for indicator in INDICATORS if keys is None or indicator.key in keys]
    pace = Pace(len(wanted), progress, cancelled)
    rows = rows.watched(pace)
    split = divided(rows, grouping, pace) if grouping is not None else None
    found = []
    for indicator in pace.stepping(wanted):
        by_group = table_of(indicator, split, period) if split is not None and not indicator.whole_office else None
        value = by_group.total if by_group is not None else None
        found.append(Measured(indicator, value or indicator.measure(rows, period), by_group))
    return found


def case_grouping(key: str | None) -> Grouping[CaseRow] | None:
    """Return the way to split an indicator that has this key; None: not at all. Raises Refusal for one there is not."""
    return None if key is None else _grouping(key, GROUPINGS)


def check_period(period: Period) -> None:
    """Raise Refusal for a period that ends before it begins, or after today."""
    if period.last < period.first:
        raise Refusal(N_("The period ends before it begins. Choose a later last day."), fields=("last",))
    if period.last > clock.today():
        raise Refusal(N_("The last day of the period is still to come. Choose today or earlier."), fields=("last",))
