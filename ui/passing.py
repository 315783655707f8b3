"""A folder of this run's own for what passes through the disk, such as a page on its way to the printer.

What a run leaves there that ended by a crash, the next one takes away; how it crashed stands there too, without a name.
"""

import faulthandler
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QLockFile, QStandardPaths

NAMES = ("TMPDIR", "TEMP", "TMP")
LOCK, FAULT = "lock", "fault.txt"
HALF_WRITTEN = (".paper-*", ".casemgr-*.part")
"""What a paper or a list is called in the worker's folder until it is whole."""


class Passing:
    """The folders of all runs lie in one; each is locked while its run lasts."""

    def __init__(self, above: Path) -> None:
        """Take the folder that holds those of all runs."""
        self._above = above
        self.folder = above / str(os.getpid())
        self.begun = time.time()
        self._lock: QLockFile | None = None
        self._fault: TextIO | None = None
        self._before: dict[str, str | None] = {}

    def begin(self) -> str | None:
        """Take away what dead runs left, and make this run's folder that of all temporary files.

        Returns how the last of them crashed, as faulthandler told it; an empty text where it only never ended, as after
        a power cut; None where all ended. Where there is no room for a folder, the system's own is used.
        """
        left = self._sweep_others()
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            self._lock = QLockFile(str(self.folder / LOCK))
            self._lock.setStaleLockTime(0)
            self._lock.tryLock(0)
            self._fault = (self.folder / FAULT).open("w", encoding="utf-8")
            faulthandler.enable(self._fault)  # files and lines, never values
            self._before = {name: os.environ.get(name) for name in NAMES}
            _use(dict.fromkeys(NAMES, str(self.folder)))
        return left

    def sweep(self) -> None:
        """Take away what this run put there."""
        for each in _inside(self.folder):
            if each.name not in (LOCK, FAULT):
                _remove(each)

    def end(self) -> None:
        """Take the folder away; the run ends as it should."""
        if self._fault is not None:
            faulthandler.disable()
            self._fault.close()
        if self._lock is not None:
            self._lock.unlock()
        _use(self._before)
        self._before = {}
        _remove(self.folder)

    def _sweep_others(self) -> str | None:
        left: str | None = None
        for each in _inside(self._above):
            lock = QLockFile(str(each / LOCK))
            lock.setStaleLockTime(0)
            if not each.is_dir() or not lock.tryLock(0):
                continue  # its run goes on
            with suppress(OSError, UnicodeDecodeError):
                left = (each / FAULT).read_text("utf-8") or left or ""
            lock.unlock()
            _remove(each)
        return left


def usual_places() -> list[Path]:
    """Return the folders where papers are usually saved."""
    places = QStandardPaths.StandardLocation
    names = (places.HomeLocation, places.DesktopLocation, places.DocumentsLocation, places.DownloadLocation)
    return [Path(QStandardPaths.writableLocation(name)) for name in names]


def sweep_half_written(folders: list[Path], older_than: float) -> None:
    """Remove from these folders papers and lists that were never written whole, of before that moment (a timestamp)."""
    for folder in folders:
        for pattern in HALF_WRITTEN:
            with suppress(OSError):
                for part in folder.glob(pattern):
                    if part.is_file() and part.stat().st_mtime < older_than:
                        part.unlink()


def _use(folders: dict[str, str | None]) -> None:
    """Set these variables of the environment, by which every library finds the folder of temporary files."""
    for name, folder in folders.items():
        if folder is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = folder
    tempfile.tempdir = None


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
