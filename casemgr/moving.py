"""Letting a file, or a folder, take the place that was meant for it, with patience where a system needs it."""

import sys
import time
from pathlib import Path

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8) if sys.platform == "win32" else ()
"""Seconds after which it is tried again: Windows moves nothing that a virus scanner or a search index looks into."""


def move_to(part: Path, target: Path) -> None:
    """Rename a file or folder to target, in the place of a file that stands there. Raises OSError."""
    for wait in WAITS:
        try:
            part.replace(target)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    part.replace(target)
