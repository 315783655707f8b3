"""The count of wrong passwords of an office, beside its database: each delay is longer than the one before.

It stops people at this program, not whoever takes the files elsewhere; those are held by the cost of a guess alone.
Nobody sleeps here: who comes too soon is told how long to wait.
"""

import json
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import NamedTuple

from casemgr import clock
from casemgr.store.reading import plain_in
from casemgr.store.whole import saving_whole
from casemgr.trouble import TooSoon
from casemgr.whereabouts import TRIES

FREE_TRIES, LONGEST = 3, timedelta(minutes=5)
_MANY = 20


class _Count(NamedTuple):
    """How many passwords were wrong one after the other, and when the last one was."""

    wrong: int
    at: datetime


_NONE = _Count(0, datetime(1970, 1, 1, tzinfo=UTC))


def delay(wrong: int) -> timedelta:
    """Return how long to wait after so many wrong passwords: nothing, then 1 second, 2, 4 and on to five minutes."""
    return min(timedelta(seconds=2 ** min(wrong - FREE_TRIES, 20)), LONGEST) if wrong >= FREE_TRIES else timedelta()


class Tries:
    """The tries at one office, whose lock the caller holds."""

    def __init__(self, folder: Path, *, expected: bool) -> None:
        """Take the office's folder. expected: whether the file was made before, so that its absence is suspicious."""
        self.path = folder / TRIES
        self.expected = expected

    def begin(self) -> None:
        """Count one more try, before it is known to be wrong, so that to end the program does not undo it.

        Raises TooSoon, and OSError. A file that is missing or unreadable counts as many wrong tries just now, so that
        to take it away is no way around it. Where the clock was set back, the wait begins anew; it never grows longer.
        """
        now, known = clock.now().astimezone(UTC), self._read()
        if known is None or known.at > now:
            known = _Count(known.wrong if known else _MANY, now)
            self._write(known)
        left = known.at + delay(known.wrong) - now
        if left > timedelta():
            raise TooSoon(ceil(left.total_seconds()))
        self._write(_Count(known.wrong + 1, now))

    def forget(self) -> None:
        """Begin to count anew, after a password that was right. Raises OSError."""
        self._write(_NONE)

    def _read(self) -> _Count | None:
        try:
            plain = plain_in(self.path)
            return _Count(int(plain["wrong"]), datetime.fromisoformat(plain["at"]).astimezone(UTC))
        except FileNotFoundError:
            return None if self.expected else _NONE
        except (ValueError, KeyError, TypeError, OverflowError):
            return None

    def _write(self, count: _Count) -> None:
        """Write the file whole or not at all."""
        with saving_whole(self.path, json.dumps({"wrong": count.wrong, "at": count.at.isoformat()}).encode()):
            pass
