"""What a worker types, understood: dates, times, numbers and telephone numbers in Khmer or Western digits."""

import re

from casemgr.i18n import N_
from casemgr.khmer.digits import to_ascii_digits
from casemgr.typed import BUDDHIST_YEAR as BUDDHIST_YEAR  # noqa: PLC0414  (offered from here as well)
from casemgr.typed import NO_DAY as NO_DAY  # noqa: PLC0414
from casemgr.typed import NO_TIME as NO_TIME  # noqa: PLC0414
from casemgr.typed import NO_YEAR as NO_YEAR  # noqa: PLC0414
from casemgr.typed import Unreadable as Unreadable  # noqa: PLC0414
from casemgr.typed import read_date as read_date  # noqa: PLC0414
from casemgr.typed import read_time as read_time  # noqa: PLC0414
from casemgr.typed import read_year as read_year  # noqa: PLC0414

NO_NUMBER = N_("Type a whole number, in figures.")
NO_PHONE = N_("A telephone number has at least three figures.")


def read_number(text: str, largest: int = 10**12) -> int | None:
    """Return a whole number from nought up, or None for nothing; commas and spaces may part it. Raises Unreadable."""
    plain = re.sub(r"[,\s\u200b៛]", "", to_ascii_digits(text))
    if not plain:
        return None
    if not plain.isascii() or not plain.isdigit() or int(plain) > largest:
        raise Unreadable(NO_NUMBER)
    return int(plain)


def read_phone(text: str) -> str | None:
    """Return a telephone number as typed, with Western figures; None for nothing. Raises Unreadable."""
    plain = to_ascii_digits(text).strip()
    if not plain:
        return None
    if sum(letter.isdigit() for letter in plain) < 3:
        raise Unreadable(NO_PHONE)
    return plain
