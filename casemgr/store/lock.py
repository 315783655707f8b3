"""One program per office: a lock that the system itself takes back when the program dies.

Ten lines of the system's own calls; the usual library imports asyncio, a tenth of a second of every start.
"""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from casemgr.store.engine import IN_USE
from casemgr.trouble import StoreInUse


class OfficeLock:
    """The lock on one office, held from the making of this object until release()."""

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises StoreInUse where another program has it, OSError where the file cannot be made."""
        self._file: BinaryIO = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        try:
            _take(self._file.fileno())
        except (BlockingIOError, PermissionError) as error:
            self._file.close()
            raise StoreInUse(IN_USE) from error

    def release(self) -> None:
        """Give the lock back; nothing happens the second time."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
