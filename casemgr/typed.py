"""Dates that somebody typed, understood: in a line of the window or a cell of a list, in Khmer or Western digits."""

import re
from datetime import date, time

from casemgr import clock
from casemgr.i18n import N_
from casemgr.khmer.digits import to_ascii_digits

_LINE_BREAKS = re.compile(r"[^\S \u00a0]+")
_SEPARATORS = re.compile(r"[-/.\s\u200b]+")
NO_DAY = N_("There is no such day. Type day, month and year, such as 24-11-2026.")
NO_TIME = N_("There is no such time. Type hours and minutes, such as 21:05.")
NO_YEAR = N_("Type the year in four figures, such as 2010.")
BUDDHIST_YEAR = N_("This looks like a year of the Buddhist era. Type the year of the common era, such as 2010.")


class Unreadable(ValueError):  # noqa: N818  (it is no error to mistype)
    """What was typed cannot be understood; message is one of the catalogue and says what to type."""

    def __init__(self, message: str) -> None:
        """Take the message."""
        super().__init__(message)
        self.message = message


def one_line(text: str) -> str:
    """Return what was typed or pasted into a single line: its line breaks and tabs as spaces, none around it."""
    return _LINE_BREAKS.sub(" ", text).strip()


def read_year(text: str) -> int:
    """Return a year; two figures mean the nearest such year up to five years from now. Raises Unreadable."""
    digits = to_ascii_digits(text.strip())
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (2, 4):
        raise Unreadable(NO_YEAR)
    year = int(digits)
    if len(digits) == 2:
        latest = clock.today().year + 5
        return latest - (latest - year) % 100
    if year >= 2400:
        raise Unreadable(BUDDHIST_YEAR)
    if year < 1900:
        raise Unreadable(NO_YEAR)
    return year


def read_date(text: str) -> date | None:
    """Return the day that was typed, day first, or None for nothing. Raises Unreadable.

    Understands 5/3/2010, 05-03-2010, 5.3.10, 5 3 2010, 05032010 and 2010-03-05, also in Khmer digits.
    """
    plain = to_ascii_digits(text).strip()
    if not plain:
        return None
    parts = [part for part in _SEPARATORS.split(plain) if part]
    if len(parts) == 1 and len(plain) in (6, 8):
        parts = [plain[:2], plain[2:4], plain[4:]]
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise Unreadable(NO_DAY)
    if len(parts[0]) == 4:
        parts.reverse()
    year = read_year(parts[2])
    try:
        return date(year, int(parts[1]), int(parts[0]))
    except ValueError:
        raise Unreadable(NO_DAY) from None


def read_time(text: str) -> time | None:
    """Return the time of day that was typed, or None for nothing. Raises Unreadable.

    Understands 21:05, 21.05, 21h05, 2105, 905, 9 and the same in Khmer digits, on the 24-hour clock.
    """
    plain = to_ascii_digits(text).strip().lower()
    if not plain:
        return None
    found = re.fullmatch(r"(\d{1,2})(?:\s*[:.h៖\s]\s*(\d{2})|h|(\d{2}))?", plain)
    if found is None:
        raise Unreadable(NO_TIME)
    try:
        return time(int(found[1]), int(found[2] or found[3] or 0))
    except ValueError:
        raise Unreadable(NO_TIME) from None
