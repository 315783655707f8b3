"""A new data key for an office that somebody left: whoever kept the old one reads nothing of what comes after.

The order, each step whole by itself: the key file with both keys; the database with the new one (PRAGMA rekey, one
transaction); the key file with the new key alone. After a crash the database itself tells which of the keys it has.
"""

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from casemgr.store.engine import DAMAGED, FAILING, SPARE_BYTES, connect
from casemgr.store.keys import KeyFile
from casemgr.trouble import ForeignStore, NoRoom
from casemgr.whereabouts import DATABASE, KEYS

RENEWED_A_SECOND = 10_000_000
"""So many bytes are encrypted anew in a second on a slow computer; others do several times as much."""


def seconds_for_renewal(folder: Path) -> int:
    """Return how long a new data key will take at most, in seconds."""
    return 2 + (folder / DATABASE).stat().st_size // RENEWED_A_SECOND


def room_for_renewal(folder: Path) -> int:
    """Return how many bytes have to be free for a new data key: the log becomes as big as the file, and a spare."""
    return 2 * (folder / DATABASE).stat().st_size + SPARE_BYTES


def begin_renewal(folder: Path, keys: KeyFile, data_key: bytes, coming: bytes) -> KeyFile:
    """Encrypt the database with the coming key; return the key file as it is to be kept now, with that key alone.

    No connection may be open. Where it fails the key file is as it was, or holds both keys and the database tells.
    Raises the driver's errors, ForeignStore and OSError.
    """
    path = folder / DATABASE
    both = keys.renewed(coming)
    both.save(folder / KEYS, data_key)
    try:
        _encrypt_anew(path, data_key, coming)
    except BaseException:
        if not opens(path, coming):
            keys.save(folder / KEYS, data_key)
            raise
    with closing(connect(path, coming)) as raw:
        if raw.execute("PRAGMA cipher_integrity_check").fetchall():
            raise ForeignStore(DAMAGED)
    remove_copies(folder)
    return both.settled(coming=True)


def end_renewal(folder: Path, keys: KeyFile, data_key: bytes) -> tuple[KeyFile, bytes]:
    """Return what a crash left half way put right: the key file with the one key that opens the database, and that key.

    keys: unlocked, with two keys; what is returned is still to be saved. Raises ForeignStore where neither opens the
    database, and OSError.
    """
    coming, path = keys.coming_key, folder / DATABASE
    assert coming is not None  # noqa: S101  (the caller looked)
    if opens(path, coming):
        remove_copies(folder)
        return keys.settled(coming=True), coming
    if opens(path, data_key):
        return keys.settled(coming=False), data_key
    raise ForeignStore(DAMAGED)


def opens(path: Path, data_key: bytes) -> bool:
    """Return whether a key opens the database. Raises the driver's errors for what has nothing to do with the key."""
    try:
        with closing(connect(path, data_key)) as raw:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        if "file is not a database" in str(error):
            return False
        raise
    return True


def _encrypt_anew(path: Path, data_key: bytes, coming: bytes) -> None:
    """Encrypt the database with another key. Raises NoRoom where the disk did not take it, and the driver's errors."""
    with closing(connect(path, data_key)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute(f"PRAGMA rekey=\"x'{coming.hex()}'\"")  # which answers "ok" in any case
    if not opens(path, coming):
        raise NoRoom(FAILING)


def remove_copies(folder: Path) -> None:
    """Take away the copies made before an update, which hold what was erased since, under the key of then."""
    for copy in folder.glob(f"{DATABASE}.before-*"):
        copy.unlink()
