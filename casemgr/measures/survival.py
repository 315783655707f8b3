"""How long until something happens, where some are lost from sight before: Kaplan and Meier; Wilson for shares.

Plain arithmetic: an office has some hundred cases, and the reader of the code should be able to follow it by hand.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

Z95 = 1.959963984540054
"""The normal quantile of an interval of 95 percent."""

LEAST_OBSERVED = 5
"""A curve is shown only as far as so many are still observed: beyond, one case would move it by a fifth or more."""


class Interval(NamedTuple):
    """Both ends of a confidence interval of 95 percent, as shares of one."""

    low: float
    high: float


class Observation(NamedTuple):
    """One who was observed. days: from the start to the event, or to the last day known where there was none; >= 0."""

    days: float
    event: bool


class Step(NamedTuple):
    """What happened on one day of a curve.

    at_risk: how many were still observed just before. surviving: the share without an event after that day; variance:
    its variance by Greenwood. interval: that of the cumulative share, by log(-log). The last two are None once nobody
    is left without an event.
    """

    day: float
    at_risk: int
    events: int
    surviving: float
    variance: float | None
    interval: Interval | None

    @property
    def cumulative(self) -> float:
        """The share that has had an event by that day."""
        return 1 - self.surviving


class Estimate(NamedTuple):
    """The share that has had an event by some day, as far as the curve tells; interval is None at 0 and at 1."""

    cumulative: float
    interval: Interval | None
    at_risk: int
    events: int


class Curve(NamedTuple):
    """A Kaplan-Meier curve. steps: the days with events; days: how long each was observed, shortest first."""

    steps: tuple[Step, ...]
    days: tuple[float, ...]

    @property
    def observed(self) -> int:
        """How many were observed in all."""
        return len(self.days)

    @property
    def shown_until(self) -> float | None:
        """The last day on which five are still observed, None where there were never so many."""
        return self.days[-LEAST_OBSERVED] if self.observed >= LEAST_OBSERVED else None

    @property
    def shown(self) -> tuple[Step, ...]:
        """The steps that may be shown."""
        return tuple(step for step in self.steps if step.at_risk >= LEAST_OBSERVED)

    def at_risk(self, day: float) -> int:
        """Return how many are still observed just before that day."""
        return self.observed - bisect_left(self.days, day)

    def at(self, day: float) -> Estimate | None:
        """Return what the curve says of that day; None where fewer than five were still observed."""
        if self.shown_until is None or day > self.shown_until:
            return None
        past = [step for step in self.steps if step.day <= day]
        last = past[-1] if past else None
        events = sum(step.events for step in past)
        return Estimate(last.cumulative if last else 0.0, last.interval if last else None, self.at_risk(day), events)

    def reached(self, share: float) -> float | None:
        """Return the first day on which that share has had an event; None where the shown part does not get there."""
        return next((step.day for step in self.shown if step.cumulative >= share - 1e-12), None)


def kaplan_meier(observations: Iterable[Observation]) -> Curve:
    """Return the curve of these observations; on one day events come before those lost from sight."""
    seen = tuple(observations)
    days = tuple(sorted(each.days for each in seen))
    happened = Counter(each.days for each in seen if each.event)
    steps: list[Step] = []
    surviving, greenwood = 1.0, 0.0
    for day in sorted(happened):
        at_risk, events = len(days) - bisect_left(days, day), happened[day]
        if events == at_risk:
            steps.append(Step(day, at_risk, events, 0.0, None, None))
            break
        surviving *= 1 - events / at_risk
        greenwood += events / (at_risk * (at_risk - events))
        steps.append(Step(day, at_risk, events, surviving, surviving**2 * greenwood, _loglog(surviving, greenwood)))
    return Curve(tuple(steps), days)


def _loglog(surviving: float, greenwood: float) -> Interval:
    """Return the interval of 1 - S, which by this transformation never leaves 0 to 1; 0 < surviving < 1."""
    width = Z95 * math.sqrt(greenwood) / abs(math.log(surviving))
    return Interval(1 - surviving ** math.exp(-width), 1 - surviving ** math.exp(width))


def wilson(events: int, of: int) -> Interval:
    """Return Wilson's interval of the share events / of. Raises ValueError unless 0 <= events <= of and of > 0."""
    if not 0 <= events <= of or of == 0:
        raise ValueError((events, of))
    share, square = events / of, Z95**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z95 * math.sqrt(share * (1 - share) / of + square / (4 * of**2)) / (1 + square / of)
    return Interval(0.0 if events == 0 else middle - half, 1.0 if events == of else middle + half)


def quantile(values: Iterable[float], share: float) -> float | None:
    """Return the value below which that share of them lies, between two neighbours in proportion; None of none."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
