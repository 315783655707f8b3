"""Reoffending of a cohort: fixed windows with their bounds, the Kaplan-Meier estimate, and the rate over time.

Three figures, each with its own way to treat time. A fixed window goes by the calendar: who was in custody in between
still belongs to it. The estimate and the rate count days at risk: days in custody, in closed treatment or abroad are
taken off. In all three a child counts only as long as something is known of it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from casemgr.clock import months_after
from casemgr.measures.cohort import (
    Dated,
    FollowUpEnd,
    Member,
    Outcome,
    days_followed,
    offences_since,
    offending_of,
    outcomes,
    reaches,
)
from casemgr.measures.survival import Curve, Estimate, kaplan_meier, wilson
from casemgr.pace import Pace
from casemgr.records.pathway.follow_up_answers import ContactLevel

LEAST = 10
"""The smallest number of children of which a percentage is told; of fewer only the counts are."""

DAYS_OF_A_YEAR = 365.25


class Window(NamedTuple):
    """A time from the index event on: calendar months, and days beyond them."""

    months: int
    days: int = 0

    def end(self, since: date) -> date:
        """Return its last day."""
        end = months_after(since, self.months)
        return end + timedelta(days=self.days) if self.days else end

    @property
    def length(self) -> int:
        """Its length in days on the axis of a curve, a month taken as a twelfth of 365.25 days."""
        return round(self.months * DAYS_OF_A_YEAR / 12) + self.days


WINDOWS = (Window(6), Window(12), Window(24), Window(36))


class FixedWindow(NamedTuple):
    """How many of a cohort offended again within a window, at one level and above.

    indexed: all whose index event lies on or before the day of looking. eligible: those of them whose window is over by
    then. followed: those of them known to the end of the window, or with an event in it. events: those with an event in
    it. lost: eligible, not followed; lost_why says why, None where somebody only has to ask again. confirmed, dated: of
    the events, those confirmed, and those whose day is known exactly; None outside the office.

    rate: events / followed, with Wilson's interval. lower_bound, upper_bound: the rate if none, or all, of the lost had
    offended again. Shares of one, None where they would be shares of fewer than ten. The cases are those of the index
    events.
    """

    window: Window
    level: ContactLevel
    indexed: int
    eligible: int
    followed: int
    events: int
    lost: int
    lost_why: tuple[tuple[FollowUpEnd | None, int], ...]
    confirmed: int | None
    dated: int | None
    rate: float | None
    low: float | None
    high: float | None
    lower_bound: float | None
    upper_bound: float | None
    event_cases: tuple[UUID, ...]
    clear_cases: tuple[UUID, ...]
    lost_cases: tuple[UUID, ...]

    @property
    def waiting(self) -> int:
        """How many have a window that is not over yet."""
        return self.indexed - self.eligible


def fixed_window(
    members: Iterable[Member], window: Window, level: ContactLevel, as_of: date, *, least: int = LEAST
) -> FixedWindow:  # fmt: skip
    """Return how many of these members offended again within the window, looked at on that day.

    An event of somebody whose window is not over yet is left out: it would count the quick ones alone. Days in custody
    change nothing here. least: the smallest denominator of which a share is told.
    """
    return window_of(outcomes(members, level, as_of), window, level, as_of, least=least)


def window_of(
    seen: Sequence[Outcome], window: Window, level: ContactLevel, as_of: date, *, least: int = LEAST
) -> FixedWindow:  # fmt: skip
    """Return the same of members that were seen at that level on that day before."""
    eligible = [each for each in seen if window.end(each.member.since.on) <= as_of]
    events = [each for each in eligible if _within(each, window)]
    clear = [each for each in eligible if not _within(each, window) and _is_followed(each, window)]
    lost = [each for each in eligible if not _within(each, window) and not _is_followed(each, window)]
    followed = len(events) + len(clear)
    interval = wilson(len(events), followed) if followed >= max(least, 1) else None
    first = [each.first for each in events if each.first is not None]
    return FixedWindow(
        window=window,
        level=level,
        indexed=len(seen),
        eligible=len(eligible),
        followed=followed,
        events=len(events),
        lost=len(lost),
        lost_why=_reasons(lost),
        confirmed=sum(each.confirmed for each in first),
        dated=sum(each.dated is Dated.EXACT for each in first),
        rate=_share(len(events), followed, least),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        lower_bound=_share(len(events), len(eligible), least),
        upper_bound=_share(len(events) + len(lost), len(eligible), least),
        event_cases=_cases(events),
        clear_cases=_cases(clear),
        lost_cases=_cases(lost),
    )


def _within(seen: Outcome, window: Window) -> bool:
    return seen.first is not None and seen.first.on <= window.end(seen.member.since.on)


def _is_followed(seen: Outcome, window: Window) -> bool:
    """Whether it is known to the end of the window: somebody whose first event came later is."""
    return seen.until >= window.end(seen.member.since.on)


def _cases(seen: Iterable[Outcome]) -> tuple[UUID, ...]:
    return tuple(each.member.since.case_id for each in seen)


def _share(part: int, of: int, least: int) -> float | None:
    return part / of if of >= max(least, 1) else None


def _reasons(lost: Iterable[Outcome]) -> tuple[tuple[FollowUpEnd | None, int], ...]:
    counted = Counter(each.member.ended for each in lost)
    return tuple((why, counted[why]) for why in (*FollowUpEnd, None) if why in counted)


def curve_of(members: Iterable[Member], level: ContactLevel, as_of: date) -> Curve:
    """Return the Kaplan-Meier curve to the first event at that level or above, in days at risk.

    Lost and not yet finished children count as long as something is known of them. Time stands still for a child while
    it is in custody, in closed treatment or abroad.
    """
    return curve_of_outcomes(outcomes(members, level, as_of))


def curve_of_outcomes(seen: Iterable[Outcome]) -> Curve:
    """Return the same of members that were seen at that level before."""
    return kaplan_meier(each.observation for each in seen)


def estimates(
    curve: Curve, windows: Sequence[Window] = WINDOWS, *, least: int = LEAST
) -> tuple[Estimate | None, ...]:  # fmt: skip
    """Return what the curve says of each window; None where it tells of fewer than ten, or fewer than five are left."""
    return tuple(curve.at(window.length) if curve.observed >= least else None for window in windows)


class OverTime(NamedTuple):
    """New offences over the time at risk. persons: children with at least one. child_years: together, at risk.

    per_child_year: events / child_years, None below ten children or without any time.
    """

    children: int
    persons: int
    events: int
    child_years: float
    per_child_year: float | None


def over_time(members: Iterable[Member], level: ContactLevel, as_of: date, *, least: int = LEAST) -> OverTime:
    """Return persons and events at that level and above, over all days at risk: those after a first event as well.

    Days in custody, in closed treatment or abroad are no days at risk. A child of whom a contact is known, but not
    whether it reached that level, counts until then.
    """
    return over_time_of(outcomes(members, level, as_of), level, as_of, least=least)


def over_time_of(seen: Sequence[Outcome], level: ContactLevel, as_of: date, *, least: int = LEAST) -> OverTime:
    """Return the same of members that were seen at that level on that day before."""
    events = sum(
        sum(reaches(offence, level) for offence in offences_since(each.member, as_of))
        for each in seen
        if each.first is not None
    )
    years = sum(days_followed(each, as_of) for each in seen) / DAYS_OF_A_YEAR
    rate = events / years if len(seen) >= max(least, 1) and years > 0 else None
    return OverTime(len(seen), sum(each.first is not None for each in seen), events, years, rate)


class Beside(NamedTuple):
    """What is counted apart, in children; none of it is reoffending.

    unreached: nothing is known since the index event. before: a contact over an offence committed before it.
    suspected: suspected and released without a record (R0), and nothing more. unclear: a contact of which nobody said
    how far it went. breached: a plan or measure was broken, and no new offence is known.
    """

    indexed: int
    unreached: int
    before: int
    suspected: int
    unclear: int
    breached: int


def beside(members: Iterable[Member], as_of: date, pace: Pace | None = None) -> Beside:
    """Return what is counted apart, up to that day. Raises Stopped where the pace says so."""
    seen = (pace or Pace()).watched(member for member in members if member.since.on <= as_of)
    offences = [offences_since(member, as_of) for member in seen]
    return Beside(
        indexed=len(seen),
        unreached=sum(
            member.known_until is None and not found for member, found in zip(seen, offences, strict=True)
        ),
        before=sum(any(offending_of(each, member.since.on) is None for each in member.contacts) for member in seen),
        suspected=sum(
            not found and any(each.level is ContactLevel.R0 and each.told_on <= as_of for each in member.contacts)
            for member, found in zip(seen, offences, strict=True)
        ),
        unclear=sum(any(each.level is ContactLevel.UNKNOWN for each in found) for found in offences),
        breached=sum(member.breached and not found for member, found in zip(seen, offences, strict=True)),
    )  # fmt: skip
