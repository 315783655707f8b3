"""What an indicator is, and how findings in single cases become its value."""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.measures.indicators.rows import Rows
from casemgr.measures.reoffending import LEAST
from casemgr.measures.survival import Interval, Observation, kaplan_meier, quantile, wilson
from casemgr.records.fields import Choice


class Period(NamedTuple):
    """The days an indicator looks at, both included.

    last is the day of looking, no later than today: what has not happened by then counts as not having happened.
    """

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Return whether the day lies in it; a day that is not known does not."""
        return day is not None and self.first <= day <= self.last

    def meets(self, first: date, last: date | None) -> bool:
        """Return whether a time from one day to another, or still going on, has a day in common with it."""
        return first <= self.last and (last is None or last >= self.first)


class Unit(Choice):
    """In what the number of an indicator is told. A percentage is kept as a share of one."""

    COUNT = "count", N_("Number")
    PERCENT = "percent", N_("Percent")
    DAYS = "days", N_("Days")
    HOURS = "hours", N_("Hours")
    RATIO = "ratio", N_("Ratio")


class Per(enum.Enum):
    """What is counted once."""

    CHILD = "child"
    CASE = "case"
    EACH = "each"  # each arrest, detention, referral …


class Finding(NamedTuple):
    """What was found in one case: yes, no, or unknown (None)."""

    case_id: UUID
    is_so: bool | None


class Length(NamedTuple):
    """How long something lasted, in the unit of the indicator; None where that is not known.

    running: it goes on, and lasted so long by the last day. begun_in: it began in the period.
    """

    case_id: UUID
    lasted: float | None
    running: bool = False
    begun_in: bool = True


def so_far(is_so: bool, until: date, period: Period) -> bool | None:
    """Return whether it was so; of what may still come after the period (until) it is not known that it was not."""
    return True if is_so else None if until > period.last else False


class Spread(NamedTuple):
    """How lengths are spread: of those that ended, the two quartiles, the median and the longest; None of none.

    running: how many still go on, longest_running: the longest of them so far. half_over: when half of those begun in
    the period were over, by Kaplan and Meier, those that go on counted as far as they went; None where that is not
    reached, or fewer than five are left.
    """

    low: float | None
    median: float | None
    high: float | None
    longest: float | None
    running: int
    longest_running: float | None
    half_over: float | None


class Value(NamedTuple):
    """The value of an indicator. number: in its unit, None where it cannot be told.

    numerator, denominator: of a percentage, with yes and with yes or no; of a count, the same; of a length, those that
    ended, twice; of a ratio, its two terms. unknown: of how many it is not known. cases, others, unknown_cases: those
    behind the numerator, behind the rest of the denominator (of a length: what goes on), and the unknown ones.
    interval: of a percentage, by Wilson, or by the curve where it is an estimate; None where it is not told.
    """

    number: float | None
    numerator: int
    denominator: int
    unknown: int
    cases: tuple[UUID, ...] = ()
    others: tuple[UUID, ...] = ()
    unknown_cases: tuple[UUID, ...] = ()
    spread: Spread | None = None
    interval: Interval | None = None

    @property
    def bounds(self) -> Interval | None:
        """The share if none, or all, of the unknown were so; None below ten. Only for a percentage."""
        of = self.denominator + self.unknown
        return Interval(self.numerator / of, (self.numerator + self.unknown) / of) if of >= LEAST else None


Measure = Callable[[Rows, Period], Value]


@dataclass(frozen=True)
class Indicator:
    """A number that an office can tell of its own cases.

    key: stays for ever. definition: what exactly is counted, to be printed under the table. measure: reckons it.
    number: its number in the list of UNICEF and UNODC of 2006, None for one of the service; core: one of its five.
    whole_office: it is no sum of its cases, so it is not split into groups. estimated: its number is no share of its
    denominator, but that of a curve.
    """

    key: str
    title: str
    definition: str
    unit: Unit
    measure: Measure
    number: int | None = None
    core: bool = False
    whole_office: bool = False
    estimated: bool = False


def share(read: Callable[[Rows, Period], Iterable[Finding]], per: Per = Per.EACH) -> Measure:
    """Return the measure of a percentage: yes among yes and no, None below ten of them."""

    def measure(rows: Rows, period: Period) -> Value:
        return as_share(_counted(read(rows, period), per, rows))

    return measure


def as_share(value: Value) -> Value:
    """Return the value with its share and interval, where ten or more are known."""
    if value.denominator < LEAST:
        return value
    share_of_them = value.numerator / value.denominator
    return value._replace(number=share_of_them, interval=wilson(value.numerator, value.denominator))


def count(read: Callable[[Rows, Period], Iterable[Finding]], per: Per = Per.EACH) -> Measure:
    """Return the measure of a number: how many say yes."""

    def measure(rows: Rows, period: Period) -> Value:
        value = _counted(read(rows, period), per, rows)
        return value._replace(number=value.numerator)

    return measure


def _counted(findings: Iterable[Finding], per: Per, rows: Rows) -> Value:
    """Count each child or case once: as yes where one finding says so, else as unknown where one does not know."""
    counts: dict[bool | None, int] = {True: 0, None: 0, False: 0}
    cases: dict[bool | None, dict[UUID, None]] = {True: {}, None: {}, False: {}}
    if per is Per.EACH:
        for case_id, is_so in findings:
            counts[is_so] += 1
            cases[is_so][case_id] = None
    else:
        child_of = {row.case_id: row.child_id for row in rows.cases} if per is Per.CHILD else {}
        found: dict[UUID, list[Finding]] = {}
        for finding in findings:
            found.setdefault(child_of.get(finding.case_id, finding.case_id), []).append(finding)
        for each in found.values():
            verdict = next(says for says in counts if any(finding.is_so is says for finding in each))
            counts[verdict] += 1
            cases[verdict].update((finding.case_id, None) for finding in each if finding.is_so is verdict)
    listed = {says: tuple(ids) for says, ids in cases.items()}
    return Value(
        None, counts[True], counts[True] + counts[False], counts[None], listed[True], listed[False], listed[None]
    )


def spread(read: Callable[[Rows, Period], Iterable[Length]]) -> Measure:
    """Return the measure of a length: the median of those that ended, and how they are spread."""

    def measure(rows: Rows, period: Period) -> Value:
        lengths = tuple(read(rows, period))
        ended = [each for each in lengths if each.lasted is not None and not each.running]
        running = [each for each in lengths if each.lasted is not None and each.running]
        unknown = [each for each in lengths if each.lasted is None]
        found = _spread(ended, running)
        return Value(
            found.median, len(ended), len(ended), len(unknown), _cases(ended), _cases(running), _cases(unknown), found
        )

    return measure


def _cases(lengths: Iterable[Length]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(each.case_id for each in lengths))


def _spread(ended: Iterable[Length], running: Iterable[Length]) -> Spread:
    lasted = [each.lasted for each in ended if each.lasted is not None]
    so_far = [each.lasted for each in running if each.lasted is not None]
    curve = kaplan_meier(
        Observation(each.lasted, not each.running)
        for each in (*ended, *running)
        if each.lasted is not None and each.begun_in
    )
    return Spread(
        quantile(lasted, 0.25), quantile(lasted, 0.5), quantile(lasted, 0.75), max(lasted, default=None),
        len(so_far), max(so_far, default=None), curve.reached(0.5),
    )  # fmt: skip
