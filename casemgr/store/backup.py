"""Making a copy of an open office: one verified picture of the database, sealed into one file in each place asked for.

The picture is made by the database itself (VACUUM INTO, encrypted with the same key), opened again with the key, and
compared. Nothing takes the name of a copy before it was read back; what was there before stays as it was.
"""

import errno
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from casemgr.i18n import N_
from casemgr.moving import move_to
from casemgr.store.copies import PART, SUFFIX, Copy, Head, Manifest, digest_of, verify, write_copy
from casemgr.store.engine import check_room, connect, telling
from casemgr.store.keys import KeyFile, make_folder, sync_folder
from casemgr.trouble import DamagedCopy, NoRoom, ReadOnly, Trouble
from casemgr.whereabouts import DATABASE, KEYS

PICTURE = f"{DATABASE}.copying{PART}"
"""The database's picture while a copy is made; it lies in the office's own folder, or where the copy goes."""
_SPARE = 20_000_000
_ATTEMPTS = 5
_AT_REST = 600
"""Seconds after which a half-written file is one that was left behind."""

FULL = N_(
    "There is too little room for a copy of the office. No copy was made; earlier copies are as they were. Free some "
    "space, or choose another folder for copies."
)
LOCKED = N_(
    "The folder for copies cannot be written to. No copy was made; earlier copies are as they were. Choose another "
    "folder for copies."
)
GONE = N_(
    "The folder for copies is not there, or went away. No copy was made. Put the stick in again, or choose another "
    "folder for copies."
)
FAILING = N_(
    "The disk did not take the copy: it is full or failing. No copy was made; earlier copies are as they were. Choose "
    "another folder for copies."
)
UNLIKE = N_("The copy was not the same as the office when it was read back, and was thrown away. Make another one.")


class Target(NamedTuple):
    """A folder that a copy is wanted in. make: whether it may be made where it is missing; a stick's may not."""

    folder: Path
    make: bool = False


class Outcome(NamedTuple):
    """What became of the copy in one place: the copy, or why there is none."""

    target: Target
    copy: Copy | None
    trouble: Trouble | None


def make_copies(
    engine: sa.Engine, office: Path, data_key: bytes, targets: Sequence[Target], now: datetime
) -> list[Outcome]:  # fmt: skip
    """Make a verified copy in each place; one that fails does not keep the others from being made.

    Raises a Trouble where the office itself cannot be read, or no place has room for its picture.
    """
    with telling(office):
        keys, key_file = (office / KEYS).read_bytes(), KeyFile.load(office / KEYS)
        key_file.check(data_key)
        clear_parts(office, targets, key_file)
        workspace = _workspace(office, targets)
    picture = workspace / PICTURE
    try:
        with _telling_of_copies() if workspace != office else telling(office):
            head, rows, revision = _take_picture(engine, picture, data_key)
            digest = digest_of(picture)
        made = Manifest(
            key_file.office, now, revision, head, rows, digest, picture.stat().st_size, sha256(keys).hexdigest()
        ).sealed(data_key)  # fmt: skip
        return [_outcome(target, made, picture, keys, data_key) for target in targets]
    finally:
        with suppress(OSError):
            picture.unlink(missing_ok=True)


def clear_parts(office: Path, targets: Sequence[Target], keys: KeyFile) -> None:
    """Take away what an earlier copy of this office left half written when the program died.

    In the office's own folder whatever else was left half written goes too, a copy that was never put back included.
    """
    half = [office / PICTURE, *(target.folder / PICTURE for target in targets)]
    with suppress(OSError):  # one may come to its end meanwhile
        half += [path for path in office.glob(f"*{PART}") if is_left_behind(path)]
    for target in targets:
        with suppress(OSError):
            half += target.folder.glob(f".office-{keys.office.hex[:8]}-*{SUFFIX}{PART}")
    for part in half:
        with suppress(OSError):
            if part.is_dir():
                shutil.rmtree(part)
            else:
                part.unlink(missing_ok=True)


def is_left_behind(part: Path) -> bool:
    """Return whether a half-written file was not touched for so long that nobody writes it any more. Raises OSError."""
    return time.time() - part.stat().st_mtime > _AT_REST


def room_for_copy(office: Path) -> int:
    """Return how many bytes a copy takes, and a little to spare. Raises OSError."""
    log = office / f"{DATABASE}-wal"
    return (office / DATABASE).stat().st_size + (log.stat().st_size if log.exists() else 0) + _SPARE


def counts(raw: Any) -> dict[str, int]:
    """Return how many rows each table has, asked of a raw connection."""
    cursor = raw.cursor()
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [name for (name,) in cursor.fetchall()]
    counted = {}
    for name in names:
        cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608  (the names are the file's own)
        counted[name] = cursor.fetchone()[0]
    return counted


def trail_head(raw: Any) -> Head:
    """Return how far the audit trail reaches, asked of a raw connection."""
    found = _one(raw, "SELECT seq, digest FROM audit_entry ORDER BY seq DESC LIMIT 1")
    return Head(*found) if found else Head(0, "0" * 64)


def _workspace(office: Path, targets: Sequence[Target]) -> Path:
    """Return where the picture is made: beside the office, or where a copy goes and two have room. Raises NoRoom."""
    wanted = room_for_copy(office)
    for folder, times in ((office, 1), *((target.folder, 2) for target in targets)):
        with suppress(NoRoom, OSError):
            check_room(folder, wanted * times)
            return folder
    raise NoRoom(FULL)


def _take_picture(engine: sa.Engine, picture: Path, data_key: bytes) -> tuple[Head, dict[str, int], str]:
    """Make the picture; return head, rows and revision, the same in the office and in what was written.

    The work goes on meanwhile. Where somebody saved between the picture and the counting, another one is made.
    """
    raw = engine.raw_connection()
    try:
        for _ in range(_ATTEMPTS):
            picture.unlink(missing_ok=True)
            picture.touch(0o600)
            before = _one(raw, "PRAGMA data_version")
            raw.cursor().execute("VACUUM INTO ?", (str(picture),))
            said = trail_head(raw), counts(raw)
            if _one(raw, "PRAGMA data_version") == before:
                break
        else:
            said = None
    finally:
        raw.close()
    with closing(connect_still(picture, data_key)) as written:
        if not is_whole(written):
            raise DamagedCopy(UNLIKE)
        found = trail_head(written), counts(written)
        revision = _one(written, "SELECT version_num FROM alembic_version")
    if (said is not None and found != said) or revision is None:
        raise DamagedCopy(UNLIKE)
    return *found, str(revision[0])


def connect_still(path: Path, data_key: bytes) -> Any:
    """Return a raw connection to a database that nobody else has open, and that gets no log beside it."""
    return connect(path, data_key, journal="DELETE")


def is_whole(raw: Any) -> bool:
    """Return whether each page bears its seal, and the structure is whole, asked of a raw connection."""
    sealed = raw.execute("PRAGMA cipher_integrity_check").fetchall()
    return not sealed and raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _one(raw: Any, query: str) -> Any:
    cursor = raw.cursor()
    cursor.execute(query)
    return cursor.fetchone()


def _outcome(target: Target, made: Manifest, picture: Path, keys: bytes, data_key: bytes) -> Outcome:
    try:
        with _telling_of_copies():
            return Outcome(target, _seal(target, made, picture, keys, data_key), None)
    except Trouble as trouble:
        return Outcome(target, None, trouble)


def _seal(target: Target, made: Manifest, picture: Path, keys: bytes, data_key: bytes) -> Copy:
    folder = target.folder
    if target.make and not folder.exists():
        make_folder(folder, 0o700)
    check_room(folder, made.database_bytes + _SPARE)
    path = made.free_path(folder)
    part = folder / f".{path.name}{PART}"
    try:
        write_copy(part, made, picture, keys)
        if verify(part, data_key) != made:
            raise DamagedCopy(UNLIKE)
        move_to(part, path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    sync_folder(folder)
    return Copy(path, made)


@contextmanager
def _telling_of_copies() -> Iterator[None]:
    """Turn whatever a place for copies does to the block into a Trouble that says what to do next."""
    try:
        yield
    except NoRoom as error:
        raise NoRoom(FULL) from error
    except DamagedCopy as error:
        raise DamagedCopy(UNLIKE) from error
    except (dbapi2.Error, DBAPIError) as error:
        raise NoRoom(FAILING) from error
    except OSError as error:
        raise _trouble(error) from error


def _trouble(error: OSError) -> Trouble:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return NoRoom(FULL)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return ReadOnly(LOCKED)
        case errno.ENOENT | errno.ENOTDIR | errno.ENODEV | errno.ENXIO | errno.ENOTCONN | errno.ESTALE:
            return Trouble(GONE)
        case _:
            return NoRoom(FAILING)
