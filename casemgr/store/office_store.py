"""An office on this computer's disk: setting it up, opening it, working in it one transaction at a time."""

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

import casemgr.records
from casemgr.i18n import N_
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.store import checking, search_index
from casemgr.store.audit import AuditedSession, head_of
from casemgr.store.checking import Finding
from casemgr.store.copies import Head
from casemgr.store.engine import (
    HEAD,
    IMMEDIATE,
    IN_USE,
    LOCK,
    check_file,
    check_place,
    check_room,
    make_engine,
    revision_of,
    telling,
)
from casemgr.store.keys import KEY_BYTES, Cost, KeyFile, check_cost, fitting_cost, sync_folder
from casemgr.store.note import Note
from casemgr.store.renewing import begin_renewal, end_renewal, room_for_renewal
from casemgr.store.returning import finish_returning
from casemgr.store.search_terms import forget
from casemgr.store.slots import FORMAT_1
from casemgr.store.tries import Tries
from casemgr.store.work import Work
from casemgr.trouble import DamagedKeys, Refusal, StoreInUse, Trouble, WrongCode, WrongPassword
from casemgr.whereabouts import BEGUN, DATABASE, KEYS, NOTE, RETURNING, TRIES, holds_office

if TYPE_CHECKING:
    from filelock import FileLock

assert casemgr.records  # noqa: S101  (imported so that every table is known before the first query)


class KeyChange(NamedTuple):
    """The key file and the transaction of one change to both; data_key is what accounts are sealed with."""

    keys: KeyFile
    work: Work
    data_key: bytes

    def __repr__(self) -> str:
        """Return nothing of what it holds: no key may reach a log."""
        return "<KeyChange>"


class OfficeStore:
    """An open office. Nobody else can open it until close(); its transactions may come from any thread in turn."""

    def __init__(
        self, folder: Path, engine: sa.Engine, lock: "FileLock", data_key: bytes, staff_id: UUID, *, given: bool = False
    ) -> None:  # fmt: skip
        """Take what create, open and recover made ready. given: as in Slot, of the password that opened it."""
        self.folder = folder
        self.staff_id = staff_id
        self.given = given
        self._engine: sa.Engine | None = engine
        self._lock = lock
        self._data_key = data_key
        self._at_work = threading.Lock()
        self._noting = threading.Lock()

    @classmethod
    def create(
        cls, folder: Path, settings: OfficeSettings, staff: StaffMember, password: str, *, cost: Cost | None = None
    ) -> tuple[Self, str]:
        """Set up an office in a new or empty folder; return it open, and the recovery code, which is kept nowhere.

        cost: of guessing a password; measured on this computer unless given. Raises Refusal where files of an office
        are there already, ValueError for a cost too low for a real office, or a Trouble of disk or folder.
        """
        check_cost(cost or Cost(), practice=settings.practice)
        folder = folder.absolute()
        with telling(folder.parent), ExitStack() as undo:
            _prepare(folder)
            lock = take_lock(folder / LOCK)
            undo.callback(lock.release)
            _clear_begun(folder)
            keys, data_key, code = KeyFile.new(staff.id, staff.name or "", password, cost or fitting_cost())
            _build(folder, data_key)
            begun = cls(folder, make_engine(folder / BEGUN, data_key), lock, data_key, staff.id)
            undo.callback(begun.close)
            with begun.write() as work:
                work.add(settings)
                work.add(staff)
                search_index.make_anew(work.session.connection())
            begun._running().dispose()  # its log is now in the file, so that the file can be renamed
            keys.save(folder / KEYS, data_key)
            Tries(folder, expected=False).forget()
            (folder / BEGUN).replace(folder / DATABASE)
            sync_folder(folder)
            undo.pop_all()
        return cls(folder, make_engine(folder / DATABASE, data_key), lock, data_key, staff.id), code

    @classmethod
    def open(cls, folder: Path, staff_name: str, password: str) -> Self:
        """Open an office; an empty name stands for the only account there is.

        Raises WrongPassword, StoreInUse, DamagedKeys, ForeignStore, NewerStore, NetworkDrive, ReadOnly or NoRoom, and
        TooSoon after several wrong passwords, whatever is typed.
        """
        folder = folder.absolute()
        with _locked(folder) as (lock, keys):
            tries = Tries(folder, expected=keys.form != FORMAT_1)
            tries.begin()
            staff_id, data_key = keys.unlock(staff_name, password)
            tries.forget()
            return cls._opened(folder, lock, keys, data_key, staff_id)

    @classmethod
    def recover(cls, folder: Path, code: str, staff_name: str, new_password: str) -> tuple[Self, str]:
        """Open an office with its recovery code and give a staff member a new password; return also the new code.

        The code that was used opens nothing any more. Raises as open does; WrongCode for a code or name that is
        none of this office.
        """
        with _locked(folder) as (lock, keys):
            try:
                data_key = keys.unlock_with_code(code)
                staff_id = keys.owner_of(staff_name)
            except WrongPassword:
                raise WrongCode from None
            store = cls._opened(folder.absolute(), lock, keys, data_key, staff_id)
            try:
                Tries(store.folder, expected=False).forget()
                with store.changing_keys() as change:
                    change.keys.set_password(staff_id, new_password, change.data_key)
                    fresh = change.keys.new_recovery_code(change.data_key)
                    change.work.note("recovered", "StaffMember", staff_id)
                store.given = False
            except BaseException:
                store.close()
                raise
            return store, fresh

    @classmethod
    def _opened(cls, folder: Path, lock: "FileLock", keys: KeyFile, data_key: bytes, staff_id: UUID) -> Self:
        path, slot = folder / DATABASE, keys.slot_of(staff_id)
        begun, old_form = keys.coming_key is not None, keys.form == FORMAT_1
        if begun:
            keys, data_key = end_renewal(folder, keys, data_key)
        engine = make_engine(path, data_key)
        try:
            found = revision_of(engine)
        except BaseException:
            engine.dispose()
            raise
        if found != HEAD:
            from casemgr.store.migrating import upgrade  # noqa: PLC0415  (Alembic: a quarter of a second, seldom used)

            engine.dispose()
            upgrade(path, data_key)
        try:
            _make_searchable(engine)
        except BaseException:
            engine.dispose()
            raise
        store = cls(folder, engine, lock, data_key, staff_id, given=slot is not None and slot.given)
        if begun:
            store._keep_renewed(keys)
        elif old_form:
            keys.save(folder / KEYS, data_key)
        return store

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Open a transaction that reads one state of the office and changes nothing. Keep it short."""
        with (
            telling(self.folder, files=False),
            AuditedSession(self._running(), expire_on_commit=False, autoflush=False) as session,
        ):
            session.info["staff_id"] = self.staff_id
            yield Work(session)
            if session.new or session.deleted or any(session.is_modified(row) for row in session.dirty):
                raise RuntimeError("a change within a transaction that reads")

    @contextmanager
    def write(self, why: str | None = None) -> Iterator[Work]:
        """Open a transaction that writes: all of it is kept, with its audit lines, or nothing.

        why: the reason the worker gave, for the audit trail. An error within takes everything back. Raises NoRoom,
        ReadOnly, StoreInUse or ForeignStore where the disk or the file is at fault.
        """
        with telling(self.folder, files=False), AuditedSession(self._running(), expire_on_commit=False) as session:
            session.info.update(staff_id=self.staff_id, why=why)
            session.connection(execution_options=IMMEDIATE)
            work = Work(session)
            try:
                yield work
                session.commit()
            except BaseException:
                session.rollback()  # so that what was to be added counts as new again and can be mended and added
                raise
        work.handed_back()

    @contextmanager
    def changing_keys(self, why: str | None = None) -> Iterator[KeyChange]:
        """Open the key file and a transaction that writes: both are kept, or neither.

        Raises DamagedKeys where the key file was changed outside the program, and as write does.
        """
        with telling(self.folder), ExitStack() as stack:
            keys = KeyFile.load(self.folder / KEYS)
            keys.check(self._data_key)
            with self.write(why) as work:
                yield KeyChange(keys, work, self._data_key)
                stack.enter_context(keys.saving(self.folder / KEYS, self._data_key))

    def set_password(self, password: str, new_password: str) -> None:
        """Change the password of who opened the office.

        Raises WrongPassword where the present one is not right, and TooSoon as open does.
        """
        with telling(self.folder):
            tries = Tries(self.folder, expected=True)
            tries.begin()
            with self.changing_keys() as change:
                change.keys.prove(self.staff_id, password)
                change.keys.set_password(self.staff_id, new_password, change.data_key)
                change.work.note("password-changed", "StaffMember", self.staff_id)
            tries.forget()
        self.given = False

    def new_recovery_code(self) -> str:
        """Replace the recovery code and return the new one, which is kept nowhere; the old one opens nothing."""
        with self.changing_keys() as change:
            code = change.keys.new_recovery_code(change.data_key)
            change.work.note("recovery-code-replaced", "Office")
        return code

    def keys(self) -> KeyFile:
        """Return the key file as it is now, for reading. Raises DamagedKeys where it is not as the program wrote it."""
        with telling(self.folder):
            keys = KeyFile.load(self.folder / KEYS)
            keys.check(self._data_key)
        return keys

    def renew_key(self) -> None:
        """Encrypt the office with a new data key, which only those get who may open it now.

        It takes about a second for each RENEWED_A_SECOND bytes of the file, and nothing else can be done meanwhile.
        Copies made before an update, which the new key could not open, are taken away. Raises NoRoom where the disk
        has no room for it, and a Trouble where it fails; then the office opens as before. A crash is put right the
        next time the office is opened.
        """
        with self._at_work, telling(self.folder):
            keys = self.keys()
            check_room(self.folder, room_for_renewal(self.folder))
            coming = secrets.token_bytes(KEY_BYTES)
            with self._noting:
                Note.load(self.folder, self._data_key).save(self.folder, self._data_key, coming)
            self._running().dispose()
            renewed = begin_renewal(self.folder, keys, self._data_key, coming)
            self._engine, self._data_key = make_engine(self.folder / DATABASE, coming), coming
            self._keep_renewed(renewed)

    def _keep_renewed(self, keys: KeyFile) -> None:
        with keys.saving(self.folder / KEYS, self._data_key), self.write() as work:
            work.note("key-renewed", "Office", changes={"due": [None, keys.renewal_due]})

    def check(self) -> list[Finding]:
        """Return what was found in file, tables, audit trail, key file and rights; nothing is changed."""
        with self.at_work() as (engine, data_key):
            return checking.check(engine, self.folder, data_key)

    def quick_check(self) -> list[Finding]:
        """Return what a look of a second or two finds, for each start; nothing is changed."""
        with self.at_work() as (engine, data_key):
            return checking.quick_check(engine, self.folder, data_key)

    @contextmanager
    def at_work(self) -> Iterator[tuple[sa.Engine, bytes]]:
        """Keep the office from being closed, or given a new key, while something long goes on in another thread.

        One such work at a time. Gives the engine and the data key, for casemgr.store alone.
        """
        with self._at_work:
            yield self._running(), self._data_key

    def note(self) -> Note:
        """Return the sealed note beside the office, for reading. Raises a Trouble."""
        with telling(self.folder):
            return Note.load(self.folder, self._data_key)

    @contextmanager
    def changing_note(self) -> Iterator[Note]:
        """Open the sealed note for a change, kept when the block ends well. Keep it short. Raises a Trouble."""
        with self._noting, telling(self.folder):
            self._running()
            note = Note.load(self.folder, self._data_key)
            yield note
            note.save(self.folder, self._data_key)

    def close(self) -> None:
        """Close the office: the log goes into the file, the lock is given back, key and names are forgotten.

        Work in another thread is waited for. How far the audit trail reaches is kept beside the office.
        """
        with self._at_work:
            if self._engine is None:
                return
            with suppress(DBAPIError), self._engine.connect() as connection:
                # Fresh statistics keep lists quick; a disk that will not take them must not stop the closing.
                connection.exec_driver_sql("PRAGMA optimize")
                connection.commit()
            with suppress(DBAPIError, Trouble, OSError):
                self._keep_head(self._engine)
            self._engine.dispose()
            self._engine = None
            self._data_key = b""
            forget()
            self._lock.release()

    def _keep_head(self, engine: sa.Engine) -> None:
        """Keep how far the audit trail reaches, unless what is known speaks against it: that has to be told first."""
        with engine.connect() as connection, self.changing_note() as note:
            if checking.fits(connection, note.head):
                note.head = Head(*head_of(connection))

    def _running(self) -> sa.Engine:
        if self._engine is None:
            raise RuntimeError("the office is closed")
        return self._engine


def erase_files(folder: Path) -> None:
    """Take the files of a closed office away for good, copies made before a step included; nothing else is touched."""
    for file in (*folder.glob(f"{DATABASE}*"), folder / KEYS, folder / TRIES, folder / NOTE):
        file.unlink(missing_ok=True)


def account_count(folder: Path) -> int:
    """Return how many staff members may open the office; their names are not to be read without the key.

    Raises DamagedKeys.
    """
    return len(KeyFile.load(folder / KEYS).accounts)


def _prepare(folder: Path) -> None:
    """Make the folder, for its owner alone where it is new or empty. Raises NetworkDrive, NoRoom, Refusal, OSError."""
    check_place(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix" and not any(folder.iterdir()):
        folder.chmod(0o700)
    check_room(folder)


def _clear_begun(folder: Path) -> None:
    """Take away what a set-up left that never came to its end; refuse where an office lies."""
    half_made = (folder / BEGUN).exists() and not (folder / DATABASE).exists()
    if half_made:
        for name in (BEGUN, f"{BEGUN}-wal", f"{BEGUN}-shm", KEYS, TRIES, NOTE):
            (folder / name).unlink(missing_ok=True)
    if holds_office(folder):
        raise Refusal(N_("There is already an office in this folder. Choose another one, or open it."))


def take_lock(path: Path) -> "FileLock":
    """Take the office's lock, which the system takes back when the program dies. Raises StoreInUse, OSError."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (needed at the lock alone)

    lock = FileLock(path, timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreInUse(IN_USE) from error
    return lock


def _make_searchable(engine: sa.Engine) -> None:
    """Make the keys by which children are found anew, where another version of the program made them, or none."""
    with engine.connect() as connection:
        if search_index.is_made(connection):
            return
    with engine.connect().execution_options(**IMMEDIATE) as connection, connection.begin():
        search_index.make_anew(connection)


def _build(folder: Path, data_key: bytes) -> None:
    from casemgr.store.migrating import build  # noqa: PLC0415  (Alembic, as above)

    path = folder / BEGUN
    path.touch(0o600, exist_ok=False)
    build(path, data_key)


@contextmanager
def _locked(folder: Path) -> Iterator[tuple["FileLock", KeyFile]]:
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
