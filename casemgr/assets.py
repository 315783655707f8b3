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


def guide(language: str) -> Path:
    """Return the folder with the guide's chapters in that language.

    Raises FileNotFoundError when the program was packaged without them.
    """
    for root in (_home(), _home().parent):  # inside the package once installed, beside it in a checkout
        folder = root / "translations" / "guide" / language
        if folder.is_dir():
            return folder
    raise FileNotFoundError(folder)


def guide_picture(name: str, language: str) -> Path | None:
    """Return the picture of the guide with that name; None where the program is used without the pictures made."""
    for folder in (_home().parent / "guide", _home().parent / "build" / "guide"):
        path = folder / f"{name}-{language}.png"
        if path.is_file():
            return path
    return None
