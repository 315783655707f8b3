"""Putting an office back from a copy: looked at whole before anything is replaced, and nothing is ever deleted."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from casemgr import clock
from casemgr.i18n import N_
from casemgr.pace import Pace, Progress
from casemgr.store.audit import ERASING, SEALED_SINCE, verify_chain, verify_unsealed_chain
from casemgr.store.backup import connect_still, counts, is_whole, trail_head
from casemgr.store.copies import CHANGED, DAMAGED, Head, Manifest, database_of, keys_of, manifest_of, opened
from casemgr.store.engine import HEAD, LOCK, NEWER, SPARE_BYTES, check_place, check_room, connect, make_engine, telling
from casemgr.store.folder import take_lock
from casemgr.store.keys import KeyFile, make_folder
from casemgr.store.note import Note, Place
from casemgr.store.office_store import OfficeStore
from casemgr.store.returning import BEGUN, begin_returning, finish_returning, take_place
from casemgr.store.slots import FORMAT_1
from casemgr.store.tries import Tries
from casemgr.store.whole import new_file
from casemgr.trouble import DamagedCopy, DamagedKeys, NewerStore, Trouble
from casemgr.whereabouts import DATABASE, KEYS, holds_office

if TYPE_CHECKING:
    from filelock import FileLock

UNREADABLE = N_("The copy cannot be read: it went away, or its disk is failing. Nothing was changed.")


@dataclass(frozen=True)
class Present:
    """What lies where a copy is to be put back.

    there: any office at all. office: which one, None where its key file does not tell. head: how far its audit trail
    reaches, None where the copy's key does not open it. note: the one beside it, None where there is none, or the
    copy's key does not open it. erased: how many times a child, or its papers, were erased since the copy was made.
    """

    there: bool
    office: UUID | None = None
    head: Head | None = None
    note: Note | None = None
    erased: int = 0


@dataclass
class Returning:
    """A copy that was looked at whole and waits to take the office's place; the office is locked until it is done.

    has_present: whether the copy's trail holds the newest line of the present one, so that nothing is lost by it.
    """

    folder: Path
    manifest: Manifest
    present: Present
    has_present: bool
    staff_id: UUID
    _keys: KeyFile = field(repr=False)
    _data_key: bytes = field(repr=False)
    _lock: "FileLock" = field(repr=False)

    def put_back(self, progress: Progress | None = None) -> OfficeStore:
        """Let the copy take the office's place; return it open. What lay there is kept aside. Raises a Trouble.

        Copies go where they went, as far as that is known. progress is told where the copy has to be made ready for
        this version of the program, as in opening; it cannot be stopped any more, because the copy lies there already.
        """
        now, known = clock.now(), self.present.note or Note()
        note = Note(
            Place(known.home.folder), Place(known.stick.folder), head=self.manifest.head, since=now, doubt=known.doubt
        )  # fmt: skip
        try:
            with telling(self.folder):
                note.save(self.folder / BEGUN, self._data_key)
                Tries(self.folder / BEGUN, expected=False).forget()
                take_place(self.folder, now)
                pace = Pace(progress=progress)
                store = OfficeStore._opened(self.folder, self._lock, self._keys, self._data_key, self.staff_id, pace)
        except BaseException:
            self._lock.release()
            raise
        before, after = self.present.head, self.manifest.head
        try:
            with store.write() as work:
                work.note("put-back", "Office", changes={"line": [before.number if before else None, after.number]})
        except BaseException:
            store.close()
            raise
        return store

    def drop(self) -> None:
        """Leave the office as it is."""
        with suppress(OSError):
            shutil.rmtree(self.folder / BEGUN)
        self._lock.release()


def prepare(copy: Path, folder: Path, staff_name: str, password: str) -> Returning:
    """Look at a copy whole, in a folder beside the office's files, none of which is touched.

    folder: of the office that it is to be put back into; it may be missing, empty, or hold an office, damaged or not.
    staff_name: of an account of the copy; may be empty where it has one alone. Raises WrongPassword, TooSoon as opening
    does where the copy is of the office that lies there, DamagedCopy, NewerStore, StoreInUse, and what a full or
    read-only disk gives.
    """
    folder = folder.absolute()
    with _reading():
        manifest = manifest_of(copy)
    if manifest.revision > HEAD:
        raise NewerStore(NEWER)
    with telling(folder.parent), ExitStack() as undo:
        check_place(folder)
        _make(folder)
        check_room(folder, manifest.database_bytes + SPARE_BYTES)
        lock = take_lock(folder / LOCK)
        undo.callback(lock.release)
        finish_returning(folder)
        begun = begin_returning(folder)
        undo.callback(shutil.rmtree, begun, ignore_errors=True)
        _extract(copy, manifest, begun)
        keys, staff_id, data_key = _unlocked(folder, manifest, staff_name, password)
        _look_at(begun / DATABASE, data_key, manifest)
        present = _present(folder, data_key, manifest)
        has_present = present.head is None or _holds(begun / DATABASE, data_key, present.head)
        undo.pop_all()
    return Returning(folder, manifest, present, has_present, staff_id, keys, data_key, lock)


def _make(folder: Path) -> None:
    """Make the office's folder, for its owner alone, where it is new or empty. Raises OSError."""
    make_folder(folder)
    if os.name == "posix" and not any(folder.iterdir()):
        folder.chmod(0o700)


def _extract(copy: Path, manifest: Manifest, begun: Path) -> None:
    with opened(copy) as archive:
        keys = keys_of(archive, manifest)
        with os.fdopen(new_file(begun / KEYS), "wb") as file:
            file.write(keys)
        with os.fdopen(new_file(begun / DATABASE), "wb") as file:
            database_of(archive, manifest, file)


def _unlocked(folder: Path, manifest: Manifest, staff_name: str, password: str) -> tuple[KeyFile, UUID, bytes]:
    try:
        keys = KeyFile.load(folder / BEGUN / KEYS)
        tries = _tries(folder, keys.office)
        if tries is not None:
            tries.begin()
        staff_id, data_key = keys.unlock(staff_name, password)
    except DamagedKeys as error:
        raise DamagedCopy(DAMAGED) from error
    if tries is not None:
        tries.forget()
    if not manifest.is_sealed_with(data_key) or keys.office != manifest.office:
        raise DamagedCopy(CHANGED)
    return keys, staff_id, data_key


def _tries(folder: Path, office: UUID) -> Tries | None:
    """Return the count of wrong passwords of the office that lies there; None where none does, or another one."""
    if not holds_office(folder):
        return None
    try:
        present = KeyFile.load(folder / KEYS)
    except DamagedKeys:  # it may be this one
        return Tries(folder, expected=False)
    return Tries(folder, expected=present.form != FORMAT_1) if present.office == office else None


def _look_at(path: Path, data_key: bytes, manifest: Manifest) -> None:
    """Raise DamagedCopy where the database is not whole, or not the one that the manifest tells of."""
    try:
        with closing(connect_still(path, data_key)) as raw:
            known = is_whole(raw) and trail_head(raw) == manifest.head and counts(raw) == manifest.rows
        engine = make_engine(path, data_key, journal="DELETE")
        try:
            with engine.connect() as connection:
                verified = verify_chain if manifest.revision >= SEALED_SINCE else verify_unsealed_chain
                known = known and verified(connection) is None
        finally:
            engine.dispose()
    except (dbapi2.Error, DBAPIError) as error:
        raise DamagedCopy(DAMAGED) from error
    if not known:
        raise DamagedCopy(CHANGED)


def _present(folder: Path, data_key: bytes, manifest: Manifest) -> Present:
    """Return what is known of the office that lies there; it may be damaged, or of another key."""
    if not holds_office(folder):
        return Present(there=False)
    office = head = note = None
    erased = 0
    with suppress(DamagedKeys, OSError):
        office = KeyFile.load(folder / KEYS).office
    if (folder / DATABASE).is_file():
        with suppress(dbapi2.Error), closing(connect(folder / DATABASE, data_key)) as raw:
            head = trail_head(raw)
            erased = _erased_since(raw, manifest)
    with suppress(OSError):
        found = Note.load(folder, data_key)
        note = found if found.readable else None
    return Present(there=True, office=office, head=head, note=note, erased=erased)


def _erased_since(raw: Any, manifest: Manifest) -> int:
    """Return how often something was erased since a copy was made."""
    asked = f"SELECT count(*) FROM audit_entry WHERE seq > ? AND action IN ({','.join('?' * len(ERASING))})"  # noqa: S608
    return int(raw.execute(asked, (manifest.head.number, *ERASING)).fetchone()[0])


def _holds(path: Path, data_key: bytes, head: Head) -> bool:
    with closing(connect_still(path, data_key)) as raw:
        return head.number == 0 or raw.execute(
            "SELECT digest FROM audit_entry WHERE seq = ?", (head.number,)
        ).fetchall() == [(head.digest,)]  # fmt: skip


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Trouble(UNREADABLE) from error
