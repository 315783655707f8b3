"""The folder of an office: made ready, locked while somebody works in it, and cleared of the office's files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from casemgr.i18n import N_
from casemgr.store.engine import IN_USE, LOCK, check_file, check_place, check_room, telling
from casemgr.store.keys import KeyFile, make_folder
from casemgr.store.returning import finish_returning
from casemgr.trouble import DamagedKeys, Refusal, StoreInUse
from casemgr.whereabouts import BEGUN, DATABASE, KEYS, NOTE, RETURNING, TRIES, holds_office

if TYPE_CHECKING:
    from filelock import FileLock


def erase_files(folder: Path) -> None:
    """Take the files of a closed office away for good, copies made before a step included; nothing else is touched."""
    for file in (*folder.glob(f"{DATABASE}*"), folder / KEYS, folder / TRIES, *folder.glob(f"{NOTE}*")):
        file.unlink(missing_ok=True)


def account_count(folder: Path) -> int:
    """Return how many staff members may open the office; their names are not to be read without the key.

    Raises DamagedKeys.
    """
    return len(KeyFile.load(folder / KEYS).accounts)


def prepare(folder: Path) -> None:
    """Make the folder, for its owner alone where it is new or empty. Raises NetworkDrive, NoRoom, Refusal, OSError."""
    check_place(folder)
    make_folder(folder)
    if os.name == "posix" and not any(folder.iterdir()):
        folder.chmod(0o700)
    check_room(folder)


def clear_begun(folder: Path) -> None:
    """Take away what a set-up left that never came to its end; refuse where an office lies."""
    half_made = (folder / BEGUN).exists() and not (folder / DATABASE).exists()
    if half_made:
        for name in (BEGUN, f"{BEGUN}-wal", f"{BEGUN}-shm", KEYS, TRIES, NOTE):
            (folder / name).unlink(missing_ok=True)
    if holds_office(folder):
        raise Refusal(N_("There is already an office in this folder. Choose another one, or open it."))


def load_for_opening() -> None:
    """Load what the lock of an office needs and nothing before it does: while the password is typed, nobody waits."""
    import filelock  # noqa: F401, PLC0415  (not before this is asked for)
    import psutil  # noqa: F401, PLC0415
    from cryptography.hazmat.primitives.asymmetric import x25519  # noqa: F401, PLC0415
    from cryptography.hazmat.primitives.ciphers import aead  # noqa: F401, PLC0415
    from cryptography.hazmat.primitives.kdf import argon2, hkdf  # noqa: F401, PLC0415


def take_lock(path: Path) -> "FileLock":
    """Take the office's lock, which the system takes back when the program dies. Raises StoreInUse, OSError."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (needed at the lock alone)

    lock = FileLock(path, timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreInUse(IN_USE) from error
    return lock


def build_tables(folder: Path, data_key: bytes) -> None:
    from casemgr.store.migrating import build  # noqa: PLC0415  (Alembic, as above)

    path = folder / BEGUN
    path.touch(0o600, exist_ok=False)
    build(path, data_key)


@contextmanager
def locked(folder: Path) -> Iterator[tuple["FileLock", KeyFile]]:
    """Take the lock and read the key file; the lock is given back where what follows fails."""
    folder = folder.absolute()
    with telling(folder):
        check_place(folder)
        if not (folder / RETURNING).exists():
            check_file(folder / DATABASE)
        lock = take_lock(folder / LOCK)
        try:
            finish_returning(folder)
            check_file(folder / DATABASE)
            keys = KeyFile.load(folder / KEYS)
            if not keys.accounts:
                raise DamagedKeys(N_("Nobody has an account in this office's key file. Put a copy in its place."))
            yield lock, keys
        except BaseException:
            lock.release()
            raise
