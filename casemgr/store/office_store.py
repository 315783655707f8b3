"""An office on this computer's disk: setting it up, opening it, working in it one transaction at a time."""

import secrets
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

import casemgr.records
from casemgr.moving import move_to
from casemgr.pace import Cancelled, Pace, Progress
from casemgr.records.kept import AuditEntry
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.store import checking, search_index
from casemgr.store.audit import AuditedSession, head_of
from casemgr.store.checking import Finding
from casemgr.store.copies import Head
from casemgr.store.destroying import Destroyed, destroy_files
from casemgr.store.engine import (
    IMMEDIATE,
    IN_USE,
    LOCK,
    check_room,
    forget_texts_asked_for,
    make_engine,
    own_words,
    telling,
)
from casemgr.store.folder import build_tables, clear_begun, locked, prepare, take_lock
from casemgr.store.keys import KEY_BYTES, Cost, KeyFile, check_cost, fitting_cost, sync_folder
from casemgr.store.note import MADE, Note
from casemgr.store.readying import ready_engine
from casemgr.store.renewing import begin_renewal, end_renewal, remove_copies, room_for_renewal
from casemgr.store.sealing import seal, unseal
from casemgr.store.search_terms import forget
from casemgr.store.slots import FORMAT_1
from casemgr.store.tries import Tries
from casemgr.store.work import Work
from casemgr.trouble import StoreInUse, Trouble, WrongCode, WrongPassword
from casemgr.whereabouts import BEGUN, DATABASE, KEYS, NOTE

if TYPE_CHECKING:
    from filelock import FileLock

assert casemgr.records  # noqa: S101  (imported so that every table is known before the first query)


_ASIDE = b"casemgr aside"
own_words.add(MADE)
_NOTE_MADE = sa.select(AuditEntry.seq).where(AuditEntry.action == MADE).limit(1)


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
            prepare(folder)
            lock = take_lock(folder / LOCK)
            undo.callback(lock.release)
            clear_begun(folder)
            keys, data_key, code = KeyFile.new(staff.id, staff.name or "", password, cost or fitting_cost())
            build_tables(folder, data_key)
            begun = cls(folder, make_engine(folder / BEGUN, data_key), lock, data_key, staff.id)
            undo.callback(begun.close)
            with begun.write() as work:
                work.add(settings)
                work.add(staff)
                work.flush()
                work.note(MADE, "Office")
                search_index.make_anew(work.session.connection())
            begun._running().dispose()  # its log is now in the file, so that the file can be renamed
            keys.save(folder / KEYS, data_key)
            Note().save(folder, data_key)
            Tries(folder, expected=False).forget()
            move_to(folder / BEGUN, folder / DATABASE)
            sync_folder(folder)
            undo.pop_all()
        return cls(folder, make_engine(folder / DATABASE, data_key), lock, data_key, staff.id), code

    @classmethod
    def open(
        cls, folder: Path, staff_name: str, password: str, *, progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Self:  # fmt: skip
        """Open an office; an empty name stands for the only account there is.

        Where another version of the program was used before, it is made ready for this one, which may take minutes:
        progress is told that and how far it is, and where cancelled says so, Stopped is raised. Raises WrongPassword,
        StoreInUse, DamagedKeys, ForeignStore, NewerStore, NetworkDrive, ReadOnly or NoRoom, and TooSoon after several
        wrong passwords, whatever is typed.
        """
        folder = folder.absolute()
        with locked(folder) as (lock, keys):
            tries = Tries(folder, expected=keys.form != FORMAT_1)
            tries.begin()
            staff_id, data_key = keys.unlock(staff_name, password)
            tries.forget()
            return cls._opened(folder, lock, keys, data_key, staff_id, Pace(0, progress, cancelled))

    @classmethod
    def recover(
        cls, folder: Path, code: str, staff_name: str, new_password: str,
        enter: Callable[[Work, UUID], object] | None = None, *, progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> tuple[Self, str]:  # fmt: skip
        """Open an office with its recovery code and give a staff member a new password; return also the new code.

        The code that was used opens nothing any more. enter: what else is to be done for that staff member; where it
        fails, or nothing can be written, code and password stay. progress, cancelled: as in open. Raises as open does;
        WrongCode for a code or name that is none of this office.
        """
        with locked(folder) as (lock, keys):
            try:
                data_key = keys.unlock_with_code(code)
                staff_id = keys.owner_of(staff_name)
            except WrongPassword:
                raise WrongCode from None
            store = cls._opened(folder.absolute(), lock, keys, data_key, staff_id, Pace(0, progress, cancelled))
            try:
                Tries(store.folder, expected=False).forget()
                with store.changing_keys() as change:
                    change.keys.set_password(staff_id, new_password, change.data_key)
                    fresh = change.keys.new_recovery_code(change.data_key)
                    change.work.note("recovered", "StaffMember", staff_id)
                    if enter is not None:
                        enter(change.work, staff_id)
                store.given = False
            except BaseException:
                store.close()
                raise
            return store, fresh

    @classmethod
    def _opened(
        cls, folder: Path, lock: "FileLock", keys: KeyFile, data_key: bytes, staff_id: UUID, pace: Pace
    ) -> Self:  # fmt: skip
        slot = keys.slot_of(staff_id)
        begun, old_form = keys.coming_key is not None, keys.form == FORMAT_1
        if begun:
            keys, data_key = end_renewal(folder, keys, data_key)
            pace = Pace()  # it is written down at the end, so nobody stops what lies between
        engine = ready_engine(folder, data_key, pace)
        store = cls(folder, engine, lock, data_key, staff_id, given=slot is not None and slot.given)
        if begun:
            store._keep_renewed(keys)
        elif old_form:
            keys.save(folder / KEYS, data_key)
        try:
            store._look_at_note()
        except BaseException:
            engine.dispose()
            raise
        return store

    def _look_at_note(self) -> None:
        """Make the note of an office that never had one; else remember where it was changed or taken away."""
        with self._running().connect() as connection:
            expected = connection.execute(_NOTE_MADE).scalar() is not None
        if expected or (self.folder / NOTE).exists():
            if not self.note().readable:
                with self.changing_note():
                    pass
        else:
            Note().save(self.folder, self._data_key)
        if not expected:
            with self.write() as work:
                work.note(MADE, "Office")

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

    def prove(self, staff_name: str, password: str) -> UUID:
        """Return whose name and password these are. Raises WrongPassword, also for a password that is to be changed.

        Raises TooSoon as open does: to try it here is no way around the wait.
        """
        with telling(self.folder):
            tries = Tries(self.folder, expected=True)
            tries.begin()
            keys = self.keys()
            staff_id, _ = keys.unlock(staff_name, password)
            tries.forget()
        slot = keys.slot_of(staff_id)
        if slot is None or slot.given:
            raise WrongPassword
        return staff_id

    def copy_folders(self) -> list[Path]:
        """Return the folders that copies of this office go to and that are there now. Raises a Trouble."""
        return [folder for folder in checking.copy_folders(self.folder, self.note()) if folder.is_dir()]

    def seal_aside(self, text: bytes) -> bytes:
        """Return what somebody is in the midst of, so that only the same staff member opens it in this office."""
        self._running()
        return seal(text, self._data_key, _ASIDE, self.staff_id.bytes)

    def unseal_aside(self, sealed: bytes) -> bytes | None:
        """Return what seal_aside was given; None where another staff member sealed it, or with another key."""
        return unseal(sealed, self._data_key, _ASIDE, self.staff_id.bytes)

    def destroy(self, password: str, copies: Collection[Path] = ()) -> Destroyed:
        """Destroy the office for good: the keys first, without which nothing can be read any more, then the rest.

        copies: folders with copies of this office, which go as well. Raises WrongPassword where the password of who
        opened it is not right, and TooSoon; then nothing was destroyed. Afterwards the store is closed.
        """
        with telling(self.folder):
            tries = Tries(self.folder, expected=True)
            tries.begin()
            keys = self.keys()
            keys.prove(self.staff_id, password)
            tries.forget()
        with self._at_work:
            self._running().dispose()
            self._engine, self._data_key = None, b""
            forget()
            forget_texts_asked_for()
            try:
                return destroy_files(self.folder, keys.office, copies)
            finally:
                self._lock.release()
                with suppress(OSError):  # it holds nothing
                    (self.folder / LOCK).unlink()

    def check_room_to_sweep(self) -> None:
        """Raise NoRoom where the disk has no room for what sweep does."""
        check_room(self.folder, room_for_renewal(self.folder))

    def sweep(self) -> None:
        """Make the file anew, so that nothing that was deleted is left in it, in its log or in a copy beside it.

        Work in another thread is waited for: what is read there would keep the log. Raises NoRoom and a Trouble of the
        disk; what was deleted is overwritten all the same.
        """
        with self._at_work, telling(self.folder):
            self._running().dispose()
            remove_copies(self.folder)
            raw = self._running().raw_connection()
            try:
                raw.cursor().execute("VACUUM")
                is_kept = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                raw.close()
            if is_kept:
                raise StoreInUse(IN_USE)

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
                Note.to_change(self.folder, self._data_key).save(self.folder, self._data_key, coming)
            self._running().dispose()
            renewed = begin_renewal(self.folder, keys, self._data_key, coming)
            self._engine, self._data_key = make_engine(self.folder / DATABASE, coming), coming
            self._keep_renewed(renewed)

    def _keep_renewed(self, keys: KeyFile) -> None:
        with keys.saving(self.folder / KEYS, self._data_key), self.write() as work:
            work.note("key-renewed", "Office", changes={"due": [None, keys.renewal_due]})

    def check(self, pace: Pace | None = None) -> list[Finding]:
        """Return what was found in file, tables, audit trail, key file and rights; nothing is changed.

        Raises Stopped where the pace says so.
        """
        with self.at_work() as (engine, data_key):
            return checking.check(engine, self.folder, data_key, pace)

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
        """Open the sealed note for a change, kept when the block ends well. Keep it short. Raises a Trouble.

        One that was changed or taken away outside the program is kept aside, and that is remembered in a new one.
        """
        with self._noting, telling(self.folder):
            self._running()
            note = Note.to_change(self.folder, self._data_key)
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
            forget_texts_asked_for()
            self._lock.release()

    def _keep_head(self, engine: sa.Engine) -> None:
        """Keep how far the audit trail reaches, unless what is known speaks against it: that has to be told first."""
        with engine.connect() as connection, self.changing_note() as note:
            if note.head is None or checking.fits(connection, note.head, unsealed=True):
                note.head = Head(*head_of(connection))

    def _running(self) -> sa.Engine:
        if self._engine is None:
            raise RuntimeError("the office is closed")
        return self._engine
