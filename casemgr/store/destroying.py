"""Destroying an office: its keys are overwritten first, so that whatever cannot be reached is unreadable all the same.

On many disks overwriting does not reach the old bytes. What is left there is encrypted, and its key is gone; only a
password together with an older copy of the key file could still open an older copy of the database.
"""

import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from casemgr.store.copies import copies_in
from casemgr.store.engine import LOCK
from casemgr.store.returning import ASIDE
from casemgr.whereabouts import DATABASE, KEYS

OWN = ("office.", ASIDE)
"""What the names of an office's files and folders begin with, those kept aside when a copy was put back included."""
COPIES = "office-{office}-*"
"""The names of an office's copies, by the first figures of its identity."""
_BLOCK = 1 << 20


class Destroyed(NamedTuple):
    """What became of the files. gone: how many were destroyed; left: those that could not be, for a person to do."""

    gone: int
    left: tuple[Path, ...]


def destroy_files(folder: Path, office: UUID, copies: Collection[Path] = ()) -> Destroyed:
    """Overwrite and remove the files of a closed office: key files first, then databases, then the copies.

    copies: folders with copies of it; those that bear a name which somebody gave them are known by what is in them. The
    file of the lock stays, for whoever holds it.
    """
    gone, left = 0, list[Path]()
    for file in _in_order(folder, office, copies):
        if _destroy(file):
            gone += 1
        else:
            left.append(file)
    for inner in folder.iterdir():
        if inner.is_dir() and inner.name.startswith(OWN):
            shutil.rmtree(inner, ignore_errors=True)
    return Destroyed(gone, tuple(left))


def _in_order(folder: Path, office: UUID, copies: Collection[Path]) -> Iterator[Path]:
    own = sorted(
        file
        for file in folder.rglob("*")
        if file.is_file() and file != folder / LOCK and file.relative_to(folder).parts[0].startswith(OWN)
    )
    keys = [file for file in own if file.name.startswith(KEYS)]
    database = [file for file in own if file.name.startswith(DATABASE) and file not in keys]
    yield from keys
    yield from database
    yield from (file for file in own if file not in keys and file not in database)
    for place in dict.fromkeys(each.resolve() for each in copies):
        with suppress(OSError):
            found = {file for file in place.glob(COPIES.format(office=office.hex[:8])) if file.is_file()}
            yield from sorted(found | {copy.path for copy in copies_in(place, office)})


def _destroy(file: Path) -> bool:
    """Overwrite a file, wait until it is on the disk, and remove it; return whether it is gone."""
    try:
        with file.open("r+b") as opened:
            left = file.stat().st_size
            while left > 0:
                opened.write(secrets.token_bytes(min(left, _BLOCK)))
                left -= _BLOCK
            opened.flush()
            os.fsync(opened.fileno())
    except OSError:
        pass  # one that cannot be written can often still be removed
    with suppress(OSError):
        file.unlink()
    return not file.exists()
