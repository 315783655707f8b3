"""Opening the encrypted file: the key first, then the settings that were measured to lose nothing."""

import errno
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path, PurePath
from types import NoneType
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from casemgr.i18n import N_
from casemgr.records.fields import Choice
from casemgr.store.keys import KEY_BYTES
from casemgr.trouble import ForeignStore, NetworkDrive, NewerStore, NoRoom, ReadOnly, StoreInUse, Trouble

LOCK = "office.lock"
HEAD = "0016"
"""The revision of the tables that this version of the program works with; the newest step in migrations/versions."""

SPARE_BYTES = 50_000_000
"""The least free space with which an office is begun."""
IMMEDIATE = {"casemgr_begin": "BEGIN IMMEDIATE"}
"""Execution options of a transaction that will write: it waits for its turn at its beginning, never half way."""

CACHE, KEPT_CACHE = "cache_size=-64000", "cache_size=-16000"
"""Kilobytes of the file that a connection holds while it is asked, and between two transactions: a list of a large
office takes twice as long with less, but begun with few of its pages it takes hardly longer than begun with all."""
_SETTINGS = (
    "cipher_log_level=NONE",
    "foreign_keys=ON",
    "synchronous=FULL",
    CACHE,
    "temp_store=MEMORY",
    "trusted_schema=OFF",
)
_NETWORK = ("nfs", "cifs", "smb", "afp", "webdav", "davfs", "ncpfs", "fuse.sshfs", "fuse.rclone", "ceph", "gluster",
            "fuse.gluster", "afs")  # fmt: skip

NEWER = N_("This office was last used with a newer version of the program. Install that version to open it.")
DAMAGED = N_(
    "The office's file is damaged, or is not an office of this program. Put a copy of the office in its place."
)
FULL = N_("The disk is full. Nothing of this was kept. Free some space, then save again.")
FAILING = N_("The disk did not take what was to be kept: it is full or failing. Free some space, then save again.")
LOCKED = N_("The office's folder cannot be written to. Ask whoever looks after this computer for the right to write.")
IN_USE = N_("This office is open in another window or program. Close it there first.")
NETWORK = N_("This folder lies on a network drive, where an office can be damaged. Choose a folder on this computer.")


def connect(path: Path, data_key: bytes, *, foreign_keys: bool = True, journal: str = "WAL") -> Any:
    """Return a raw connection, outside any transaction. Raises the driver's errors; a wrong key shows at first use.

    journal: WAL, or DELETE for a copy that is only looked at and should get no log beside it.
    """
    if len(data_key) != KEY_BYTES:  # a shorter raw key would be taken for a pass phrase without a word
        raise ValueError("the data key has the wrong length")
    connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None, timeout=5)
    try:
        connection.execute(f"PRAGMA key=\"x'{data_key.hex()}'\"")
        for setting in (*_SETTINGS, f"journal_mode={journal}"):
            connection.execute(f"PRAGMA {setting}")
        if not foreign_keys:
            connection.execute("PRAGMA foreign_keys=OFF")
    except BaseException:
        connection.close()
        raise
    return connection


class Dialect(SQLiteDialect_pysqlite):
    """SQLite's, of which any two are the same: what was made for one opening of an office serves the next one too."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        """Any two are."""
        return type(other) is type(self)

    def __hash__(self) -> int:
        """Return what is the same for all."""
        return hash(type(self))


registry.register("sqlite.casemgr", __name__, "Dialect")

own_words: set[str] = set()
"""Texts that the store's own questions hold, such as the key of a rule: they tell nothing of anybody."""
_OF_NOBODY = re.compile(r"\W*|[0-9]{4}(-[0-9]{2}){0,2}")
"""A text without a letter or a figure, and a day: as a date it would be kept as well."""


class _Questions(sa.util.LRUCache[Any, Any]):
    """Questions put together, by what they have in common; it knows which were first asked with somebody's text."""

    __slots__ = ("with_texts",)

    def __init__(self, capacity: int) -> None:
        super().__init__(capacity)
        self.with_texts: set[Any] = set()

    def __setitem__(self, key: Any, made: Any) -> None:
        if any(_holds_text(each.value) for each in made.cache_key.bindparams):
            self.with_texts.add(key)
        super().__setitem__(key, made)


_questions = _Questions(500)
"""The questions that were asked of any office, put together for SQLite: that takes longer than most answers."""


def forget_texts_asked_for() -> None:
    """Forget the questions that were first asked with a text in them, which may be a name; the others are kept."""
    while _questions.with_texts:
        with suppress(KeyError):  # another thread closes an office as well
            _questions.pop(_questions.with_texts.pop(), None)


def _holds_text(value: object) -> bool:
    if isinstance(value, str) and not isinstance(value, Choice):
        return value not in own_words and not _OF_NOBODY.fullmatch(value)
    if isinstance(value, list | tuple | set | frozenset):
        return any(map(_holds_text, value))
    return not isinstance(value, int | float | date | UUID | Choice | NoneType)


def make_engine(path: Path, data_key: bytes, *, foreign_keys: bool = True, journal: str = "WAL") -> sa.Engine:
    """Return an engine for the file. Its errors name no values, its transactions begin where the code says so.

    journal: as in connect.
    """
    if dbapi2.sqlite_version_info < (3, 51, 3):
        raise RuntimeError("SQLite before 3.51.3 can damage a file in WAL mode")
    engine = sa.create_engine(
        "sqlite+casemgr://", module=dbapi2,
        creator=lambda: connect(path, data_key, foreign_keys=foreign_keys, journal=journal), poolclass=QueuePool,
        pool_size=2, max_overflow=2, hide_parameters=True,
    )  # fmt: skip
    engine.update_execution_options(compiled_cache=_questions)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _let_go)
    return engine


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("casemgr_begin", "BEGIN"))


def _let_go(raw: Any, _record: object) -> None:
    """Let a connection that nobody asks now go of what it held of the file, but for what was used last."""
    if raw is not None:  # None: it was found to be broken
        raw.execute(f"PRAGMA {KEPT_CACHE}")
        raw.execute(f"PRAGMA {CACHE}")


@contextmanager
def telling(folder: Path, *, files: bool = True) -> Iterator[None]:
    """Turn what the disk, the lock or a damaged file does to the block into a Trouble that says what to do next.

    files: whether the block's own files are meant too, and not the database alone.
    """
    try:
        yield
    except DBAPIError as error:
        if trouble := _trouble(error.orig, folder):
            raise trouble from error
        raise
    except (dbapi2.Error, OSError) as error:
        trouble = _trouble(error, folder) if files or isinstance(error, dbapi2.Error) else None
        if trouble:
            raise trouble from error
        raise


def _trouble(error: BaseException | None, folder: Path) -> Trouble | None:
    if isinstance(error, OSError):
        return _file_trouble(error)
    name = str(getattr(error, "sqlite_errorname", ""))
    match name.split("_")[1:3]:
        case ["FULL", *_]:
            return NoRoom(FULL)
        case ["IOERR", *_]:
            return NoRoom(FULL if _free(folder) < 1_000_000 else FAILING)
        case ["READONLY" | "CANTOPEN" | "PERM" | "AUTH", *_]:
            return ReadOnly(LOCKED)
        case ["NOTADB" | "CORRUPT", *_]:
            return ForeignStore(DAMAGED)
        case ["BUSY" | "LOCKED", *_]:
            return StoreInUse(IN_USE)
        case _:
            # Some errors of the cipher reach Python by their text alone.
            return ForeignStore(DAMAGED) if "file is not a database" in str(error) else None


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:  # the folder itself is gone, such as a stick that was pulled out
        return SPARE_BYTES


def _file_trouble(error: OSError) -> Trouble | None:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return NoRoom(FULL)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return ReadOnly(LOCKED)
        case errno.EIO:
            return NoRoom(FAILING)
        case _:
            return None


def check_place(folder: Path) -> None:
    """Raise NetworkDrive for a folder on another machine: a store in WAL mode needs a disk of its own computer."""
    if is_network(folder):
        raise NetworkDrive(NETWORK)


class Mount(Protocol):
    """A place where a drive stands in the tree of folders, as psutil tells it."""

    @property
    def mountpoint(self) -> str: ...
    @property
    def fstype(self) -> str: ...
    @property
    def opts(self) -> str: ...


def is_network(folder: Path) -> bool:
    """Return whether the folder lies on a network drive, as far as the system tells."""
    import psutil  # noqa: PLC0415  (a tenth of a second, needed at the lock alone)

    try:
        mounts = psutil.disk_partitions(all=True)
    except OSError:  # a system that keeps no list of its drives, such as a bare chroot
        mounts = []
    return lies_on_network(folder.resolve(), mounts)


def lies_on_network(place: PurePath, mounts: Sequence[Mount]) -> bool:
    """Return whether a whole path lies on a network drive, given the drives of the system."""
    if place.drive.startswith("\\\\"):
        return True
    holding = [mount for mount in mounts if place.is_relative_to(mount.mountpoint)]
    if not holding:
        return False
    mount = max(holding, key=lambda one: len(one.mountpoint))
    return mount.fstype.casefold().startswith(_NETWORK) or "remote" in mount.opts.split(",")


def check_room(folder: Path, wanted: int = SPARE_BYTES) -> None:
    """Raise NoRoom where fewer bytes than wanted are free."""
    if shutil.disk_usage(folder).free < wanted:
        raise NoRoom(
            N_("The disk has too little room for this: at least {megabytes} MB must be free."),
            megabytes=-(-wanted // 1_000_000),
        )


def check_file(path: Path) -> None:
    """Raise ForeignStore where the file is missing, empty, or plainly not an encrypted office. Raises OSError."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except FileNotFoundError as error:
        raise ForeignStore(
            N_("The office's database is missing from its folder. Put back a copy of the whole folder.")
        ) from error
    if len(head) < 16 or head.startswith(b"SQLite format 3"):
        raise ForeignStore(DAMAGED)


def revision_of(engine: sa.Engine) -> str | None:
    """Return the revision of the tables in the file, None where it has none. Raises ForeignStore for a wrong key."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return found


def check_revision(found: str | None, known: frozenset[str]) -> None:
    """Raise ForeignStore for a file without a revision, and NewerStore for one this version has never heard of."""
    if found is None:
        raise ForeignStore(DAMAGED)
    if found not in known:
        raise NewerStore(NEWER)
