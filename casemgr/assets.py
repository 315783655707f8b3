"""Files that travel with the program, found from the source tree and from the packaged program alike."""

import sys
from pathlib import Path


def _home() -> Path:
    """Return the folder of this package; a PyInstaller program unpacks data files under sys._MEIPASS."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) / "casemgr" if bundle else Path(__file__).resolve().parent


def font(name: str) -> Path:
    """Return the path of a bundled font such as "Battambang-Regular.ttf".

    Raises FileNotFoundError when the program was packaged without it.
    """
    path = _home() / "fonts" / name
    if not path.is_file():
        raise FileNotFoundError(path)
    return path
