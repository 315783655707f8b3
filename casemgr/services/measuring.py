"""What an office's own cases add up to: the cohort, its reoffending, and the indicators of a period."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from casemgr import clock
from casemgr.i18n import N_
from casemgr.measures.cohort import LEVELS, Member
from casemgr.measures.cohort_tables import COHORT_GROUPINGS, WindowTable, window_table
from casemgr.measures.groups import Grouping, Item, Label, grouped
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.rows import CaseRow, Rows
from casemgr.measures.indicators.tables import GROUPINGS, Table, table
from casemgr.measures.indicators.values import Indicator, Period, Value
from casemgr.measures.reoffending import WINDOWS, Beside, OverTime, Window, beside, curve_of, estimates, over_time
from casemgr.measures.survival import Curve, Estimate
from casemgr.records.pathway.follow_up_answers import ContactLevel
from casemgr.services.office import Office, Right
from casemgr.services.readers import CONFIDENTIAL_RULES
from casemgr.store.indicator_rows import indicator_rows as store_rows
from casemgr.store.measure_rows import read_members
from casemgr.trouble import Refusal


def members(office: Office, as_of: date | None = None, *, every: bool = False) -> list[Member]:
    """Return the cohort: a member for the first index event of each child up to that day, earliest first.

    as_of: today unless given. every: a member for each index event. Raises NotAllowed.
    """
    with office.read(Right.MEASURE) as work:
        return read_members(work, as_of or clock.today(), every=every)


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


def reoffending(
    office: Office, as_of: date | None = None, *, windows: Sequence[Window] = WINDOWS, by: str | None = None,
    level: ContactLevel = LEVELS[0], every: bool = False,
) -> Reoffending:  # fmt: skip
    """Return the reoffending of the office's cohort on that day (today unless given); it stays in the office.

    by: the key of a grouping among COHORT_GROUPINGS, None for none. Raises Refusal for another key or a day to come.
    """
    office.demand(Right.MEASURE)
    on = checked_day(as_of)
    grouping = cohort_grouping(by)
    return reoffending_of(members(office, on, every=every), on, windows=windows, grouping=grouping, level=level)


def reoffending_of(
    cohort: Sequence[Member], as_of: date, *, windows: Sequence[Window] = WINDOWS,
    grouping: Grouping[Member] = EVERYBODY, level: ContactLevel = LEVELS[0],
) -> Reoffending:  # fmt: skip
    """Return the reoffending of a cohort that was read before: for other levels and groups without reading again."""
    curve = curve_of(cohort, level, as_of)
    return Reoffending(
        as_of, level, grouping,
        tuple(window_table(cohort, grouping, window, level, as_of) for window in windows),
        curve, estimates(curve, windows),
        tuple((label, curve_of(own, level, as_of)) for label, own in grouped(cohort, grouping).items()),
        over_time(cohort, level, as_of), beside(cohort, as_of),
    )  # fmt: skip


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


def indicator_rows(office: Office, period: Period) -> Rows:
    """Return the rows that the indicators of a period are reckoned from, read once for all of them.

    Of the required fields those in cases opened in the period. Complaints are in none of it. Raises NotAllowed.
    """
    with office.read(Right.MEASURE) as work:
        return store_rows(work, period, period.last, without_rules=CONFIDENTIAL_RULES)


def indicators(
    office: Office, period: Period, *, by: str | None = None, keys: Collection[str] | None = None
) -> list[Measured]:  # fmt: skip
    """Return the office's indicators over a period, in their order; they stay in the office.

    by: the key of a grouping among GROUPINGS, None for none. keys: of these indicators alone. Raises Refusal for
    another key, and for a period that ends before it begins or after today.
    """
    office.demand(Right.MEASURE)
    check_period(period)
    grouping = case_grouping(by)
    return indicators_of(indicator_rows(office, period), period, grouping=grouping, keys=keys)


def indicators_of(
    rows: Rows, period: Period, *, grouping: Grouping[CaseRow] | None = None, keys: Collection[str] | None = None
) -> list[Measured]:  # fmt: skip
    """Return the indicators of rows that were read before for the same period."""
    found = []
    for indicator in INDICATORS:
        if keys is None or indicator.key in keys:
            split = grouping is not None and not indicator.whole_office
            by_group = table(indicator, grouping, rows, period) if split and grouping is not None else None
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
