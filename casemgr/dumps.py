"""No picture of the program's memory on the disk: it would hold names and the office's key."""

import ctypes
import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4
_WER_NO_HEAP = 1


def forbid_dumps() -> None:
    """Ask the system to write no memory to the disk when the program crashes, and to let no neighbour read it.

    It cannot forbid what is swapped out, nor the image of the whole memory that a computer writes when it hibernates.
    """
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            ctypes.WinDLL("kernel32").WerSetFlags(_WER_NO_HEAP)
        return
    import resource  # noqa: PLC0415  (not on Windows)

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):  # a handler of crashes that reads from a pipe asks no limit
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
