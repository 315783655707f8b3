"""Time as the law counts it in Cambodia, and dates of which only a part is known."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Self

PHNOM_PENH = timezone(timedelta(hours=7), "Asia/Phnom_Penh")
"""Seven hours ahead of UTC all year; Cambodia keeps no daylight saving time."""

_SHORTEST_MONTH = 28  # days
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_AGED = re.compile(r"age (\d{1,3}) on (\d{4}-\d{2}-\d{2})$")


def now() -> datetime:
    """Return this moment, whole seconds, in Phnom Penh time."""
    return datetime.now(UTC).replace(microsecond=0).astimezone(PHNOM_PENH)


def today() -> date:
    """Return the day it is in Phnom Penh."""
    return now().date()


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return that wall-clock moment in Phnom Penh. Raises ValueError for an impossible date."""
    return datetime(year, month, day, hour, minute, tzinfo=PHNOM_PENH)


def months_after(day: date, months: int) -> date:
    """Return the same day of the month that many months later, or that month's last day where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= _SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def as_moment(at: datetime | date) -> datetime:
    """Return a moment: a day begins at midnight in Phnom Penh."""
    return at if isinstance(at, datetime) else local(at.year, at.month, at.day)


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the day, to the month, to the year, or only through an age stated on some day.

    earliest and latest are the first and last day it can have been, both included. text is what is stored:
    "2010-05-03", "2010-05", "2010" or "age 15 on 2026-11-24".
    """

    earliest: date
    latest: date
    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the stored form. Raises ValueError when it is none, or no such day exists."""
        if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():  # most of them, in a third of the time
            exact = date.fromisoformat(text)
            return cls(exact, exact, text)
        if aged := _AGED.match(text):
            return cls.from_age(int(aged[1]), date.fromisoformat(aged[2]))
        if not (parts := _PARTIAL.match(text)):
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in parts.groups())
        assert year is not None  # noqa: S101  (the pattern demands it)
        return cls.of(year, month, day)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> Self:
        """Return a date known as far as the arguments go. Raises ValueError when no such day exists."""
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31), f"{year:04}")
        if day is None:
            last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
            return cls(date(year, month, 1), date(year, month, last), f"{year:04}-{month:02}")
        exact = date(year, month, day)
        return cls(exact, exact, exact.isoformat())

    @classmethod
    def on(cls, day: date) -> Self:
        """Return a date known exactly."""
        return cls(day, day, day.isoformat())

    @classmethod
    def from_age(cls, age: int, on: date) -> Self:
        """Return the birth dates of somebody who is age completed years old on that day.

        Raises ValueError when that lies before the calendar's beginning.
        """
        latest = _years_before(on, age)
        earliest = _years_before(on, age + 1) + timedelta(days=1)
        return cls(earliest, latest, f"age {age} on {on.isoformat()}")

    @property
    def is_exact(self) -> bool:
        """Whether the very day is known."""
        return self.earliest == self.latest

    @property
    def stated_age(self) -> tuple[int, date] | None:
        """The age and the day it was stated on, where that is all that is known; else None."""
        aged = _AGED.match(self.text)
        return (int(aged[1]), date.fromisoformat(aged[2])) if aged else None

    @property
    def parts(self) -> tuple[int, int | None, int | None]:
        """Year, month, day; None where not known. An estimated age gives its earliest year alone."""
        known = _PARTIAL.match(self.text)
        if known is None:
            return self.earliest.year, None, None
        return int(known[1]), int(known[2]) if known[2] else None, int(known[3]) if known[3] else None

    def __str__(self) -> str:
        """Return the stored form."""
        return self.text


def _years_before(day: date, years: int) -> date:
    """Return the latest birthday on which a person has completed those years by day.

    Someone born on 29 February completes a year on 1 March of a common year, so on a 28 February of a common
    year the latest such birthday is a 28 February.
    """
    if (day.month, day.day) == (2, 29) and not calendar.isleap(day.year - years):
        return date(day.year - years, 2, 28)
    if (day.month, day.day) == (3, 1) and not calendar.isleap(day.year) and calendar.isleap(day.year - years):
        return date(day.year - years, 3, 1)
    return day.replace(year=day.year - years)


def completed_years(born: date, on: date) -> int:
    """Return the completed years of age on that day; negative before birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
