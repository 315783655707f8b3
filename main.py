"""Starts the desktop program. Where something it needs is missing, says in words what to type."""

import builtins
import gc
import sys
from importlib.util import find_spec
from pathlib import Path

NEEDED = ("PySide6", "sqlalchemy", "sqlcipher3", "platformdirs", "cryptography", "reportlab")
NOT_READY = 78
COMMAND_LINE = "casemgr-cli"
"""Called by this name, however Windows lets it be typed, the packaged program is the command line, not the window."""


def main() -> int:
    """Start the program; return its exit status, 78 where it cannot start as it was called."""
    if sys.version_info < (3, 11) or not all(map(find_spec, NEEDED)):
        print(_not_ready(), file=sys.stderr)  # noqa: T201
        return NOT_READY
    if Path(sys.argv[0]).stem.casefold() == COMMAND_LINE and "--self-check" not in sys.argv:
        from casemgr.cli import main as command  # noqa: PLC0415  (only now is it known that its libraries are there)

        return command(sys.argv[1:])
    load_qt()
    from ui.app import main as start  # noqa: PLC0415  (as above)

    return start(sys.argv[1:])


def _not_ready() -> str:
    if hasattr(sys, "_MEIPASS"):
        missing = ", ".join(name for name in NEEDED if not find_spec(name))
        return f"Parts of the program are missing ({missing}). Install it again."
    command = "py packaging/do.py run" if sys.platform == "win32" else "python3 packaging/do.py run"
    return f"The program is not set up here yet. Type: {command}"


def load_qt() -> None:
    """Load Qt, and give Python's own import back; nothing is collected as garbage until the program is ready.

    Nothing that is loaded at the start is garbage, and looking for some takes a fifth of the time.
    PySide6 puts an import in its place that reads the source of every module imported later, to find those that use
    its other spelling of names. Nothing here does, and it made up a tenth of the start.
    """
    gc.disable()
    own = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401, PLC0415

    builtins.__import__ = own


if __name__ == "__main__":
    sys.exit(main())
