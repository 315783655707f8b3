"""Files that travel with the program, found from the source tree and from the packaged program alike."""

import os
import sys
import sysconfig
from pathlib import Path

_HERE = Path(__file__).resolve().parent
OLDEST_OFFICE = "self-check/0002"
"""The office of the oldest version that is kept, as the packaged program has it."""


class MissingError(FileNotFoundError):
    """A file that travels with the program is not there: whoever asked for it has nothing to do with that."""


def bundle() -> Path | None:
    """Return the folder into which PyInstaller laid everything; None where the program runs from its source."""
    found = getattr(sys, "_MEIPASS", None)
    return Path(found) if found else None


def _home() -> Path:
    """Return the folder of this package; a PyInstaller program has data files under sys._MEIPASS."""
    found = bundle()
    return found / "casemgr" if found else _HERE


def font(name: str) -> Path:
    """Return the path of a bundled font such as "Battambang-Regular.ttf".

    Raises MissingError when the program was packaged without it.
    """
    path = _home() / "fonts" / name
    if not path.is_file():
        raise MissingError(path)
    return path


def guide(language: str) -> Path:
    """Return the folder with the guide's chapters in that language.

    Raises MissingError when the program was packaged without them.
    """
    for root in (_home(), _home().parent):  # inside the package once installed, beside it in a checkout
        folder = root / "translations" / "guide" / language
        if folder.is_dir():
            return folder
    raise MissingError(folder)


def guide_picture(name: str, language: str) -> Path | None:
    """Return the picture of the guide with that name; None where the program is used without the pictures made."""
    folder = made("guide")
    path = folder / f"{name}-{language}.png" if folder else None
    return path if path is not None and path.is_file() else None


def made(name: str) -> Path | None:
    """Return a folder that building makes, such as "licences" or "guide": in the packaged program, else in build/.

    None where it was not made, as in a checkout that was never built from.
    """
    found = bundle()
    path = found / name if found else _HERE.parent / "build" / name
    return path if path.is_dir() else None


def oldest_office() -> Path | None:
    """Return the folder of an office of the oldest version; None where there is none, as in a wheel."""
    found = bundle()
    path = found / OLDEST_OFFICE if found else _HERE.parent / "tests" / "store" / "offices" / OLDEST_OFFICE[-4:]
    return path if path.is_dir() else None


def program_folder() -> Path:
    """Return the folder the program lies in, for whoever looks after the computer."""
    return Path(sys.executable).parent if bundle() else _HERE.parent


def is_beside_program(path: Path) -> bool:
    """Return whether a file would lie in the folder of the packaged program, which is no place for anybody's own."""
    return bundle() is not None and path.resolve().is_relative_to(program_folder().resolve())


def is_of_program(name: str | bytes | int) -> bool:
    """Return whether a file, as an error names it, lies among those of the program and its libraries."""
    if isinstance(name, int):  # a number of an open file, which says nothing
        return False
    homes = [bundle()] if bundle() else [_HERE, Path(sysconfig.get_path("purelib"))]
    path = Path(os.path.realpath(os.fsdecode(name)))
    return any(home is not None and path.is_relative_to(home.resolve()) for home in homes)
