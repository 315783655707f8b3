"""Letting a verified copy take the place of an office's files, so that a crash at any moment can be gone on with.

What is to come lies in a folder of its own inside the office's folder, first under a name that counts for nothing. Its
renaming is the moment that decides: before it the office is as it was, after it whoever opens the office next finishes
what was begun. The files that lay there are kept aside under another name and never deleted.
"""

import os
import re
import shutil
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from casemgr import clock
from casemgr.moving import move_to
from casemgr.store.keys import make_folder, sync_folder
from casemgr.whereabouts import DATABASE, KEYS, NOTE, RETURNING, TRIES

BEGUN = f"{RETURNING}.part"
ASIDE = "before-return"
"""Begins the name of the folder that keeps the files which lay there before."""
_ASIDE = re.compile(rf"{ASIDE}-[0-9-]{{17}}")
_IN_TURN = (
    (NOTE, (NOTE,)), (TRIES, (TRIES,)),
    (DATABASE, (f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", DATABASE)), (KEYS, (KEYS,)),
)  # fmt: skip
"""What comes, and what goes aside before it; each by itself can be gone on with."""


def begin_returning(folder: Path) -> Path:
    """Return an empty folder for what is to come; what an earlier try left there is thrown away. Raises OSError."""
    begun = folder / BEGUN
    if begun.exists():
        shutil.rmtree(begun)
    begun.mkdir(0o700)
    return begun


def take_place(folder: Path, now: datetime) -> None:
    """Let what begin_returning's folder holds, a whole office, take the office's place. Raises OSError."""
    begun = folder / BEGUN
    (begun / ASIDE).write_text(f"{ASIDE}-{now:%Y-%m-%d-%H%M%S}", "ascii")
    for part in begun.iterdir():
        _sync(part)
    sync_folder(begun)
    move_to(begun, folder / RETURNING)
    sync_folder(folder)
    finish_returning(folder)


def finish_returning(folder: Path) -> None:
    """Go on with what a crash left half way; nothing where nothing is. The caller holds the lock. Raises OSError.

    The database's log goes aside before the database: it would be taken for the log of the one that comes.
    """
    coming = folder / RETURNING
    if not coming.exists():
        return
    aside = folder / _aside_of(coming)
    for name, before in _IN_TURN:
        if (coming / name).exists():
            _put_aside(folder, aside, before)
            move_to(coming / name, folder / name)
            sync_folder(folder)
    shutil.rmtree(coming)
    sync_folder(folder)


def _aside_of(coming: Path) -> str:
    """Return the name of the folder that the files go aside to: the one that was said, where that is such a name."""
    named = coming / ASIDE
    said = named.read_bytes()[:100].decode("ascii", "replace") if named.exists() else ""
    return said if _ASIDE.fullmatch(said) else f"{ASIDE}-{clock.now():%Y-%m-%d-%H%M%S}"


def kept_aside(folder: Path) -> list[date]:
    """Return the days on which an office was kept aside in this folder because a copy took its place."""
    found = (each.name[len(ASIDE) + 1 :] for each in folder.glob(f"{ASIDE}-*") if _ASIDE.fullmatch(each.name))
    days = []
    for name in found:
        with suppress(ValueError):
            days.append(date.fromisoformat(name[:10]))
    return sorted(days)


def _put_aside(folder: Path, aside: Path, names: tuple[str, ...]) -> None:
    lying = [folder / name for name in names if (folder / name).exists()]
    if lying:
        make_folder(aside, 0o700)
        for path in lying:
            move_to(path, aside / path.name)
        sync_folder(aside)
        sync_folder(folder)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
