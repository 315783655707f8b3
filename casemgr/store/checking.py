"""Whether an office is whole: its file, its tables, its audit trail, its key file, who may read it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from casemgr.i18n import N_, Words
from casemgr.pace import Pace
from casemgr.store.audit import SEALED_SINCE, digest_of_line, head_before_sealing, verify_chain
from casemgr.store.copies import Head, copies_in
from casemgr.store.engine import HEAD, LOCK
from casemgr.store.keys import KeyFile
from casemgr.store.note import Note
from casemgr.trouble import DamagedKeys
from casemgr.whereabouts import DATABASE, KEYS, NOTE, TRIES

_STEPS = 10_000
"""So many steps of the store's own between two looks whether to go on."""
_TRIGGERS = {"audit_entry_no_update", "audit_entry_no_delete"}


@dataclass(frozen=True)
class Finding:
    """One thing that was checked. message: of the catalogue, its slots beside it."""

    ok: bool
    message: str
    slots: dict[str, object] = field(default_factory=dict)

    def say(self, words: Words) -> str:
        """Return the finding in the language of these words."""
        return words.text(self.message, **self.slots)


def check(engine: sa.Engine, folder: Path, data_key: bytes, pace: Pace | None = None) -> list[Finding]:
    """Return what was found, good and bad, in the order: file, tables, audit trail, key file, rights.

    Raises Stopped where the pace says so.
    """
    found: list[Finding] = []
    pace = pace or Pace()
    for part in (_file, _tables, _trail):
        pace.check()
        try:
            found += list(part(engine, pace))
        except (dbapi2.Error, DBAPIError):
            pace.check()  # it was the stopping that broke it off
            found.append(Finding(False, _DAMAGED))
            break
    else:
        found += known_heads(engine, folder, data_key)
    return [*found, *keys(folder, data_key), *rights(folder)]


def quick_check(engine: sa.Engine, folder: Path, data_key: bytes) -> list[Finding]:
    """Return what a look of a second or two finds: structure, working memory, end of the trail, key file, rights."""
    found = []
    try:
        found += [*_structure(engine), *known_heads(engine, folder, data_key)]
    except (dbapi2.Error, DBAPIError):
        found.append(Finding(False, _DAMAGED))
    return [*found, *keys(folder, data_key), *rights(folder)]


def _structure(engine: sa.Engine) -> Iterator[Finding]:
    raw = engine.raw_connection()
    try:
        whole = _rows(raw, "quick_check") == [("ok",)]
        in_memory = _rows(raw, "temp_store") == [(2,)]
    finally:
        raw.close()
    yield Finding(True, N_("The file is whole.")) if whole else Finding(False, _DAMAGED)
    if in_memory:
        yield Finding(True, N_("Nothing is written unencrypted while the program sorts and searches."))
    else:
        yield Finding(False, N_("The program may write unencrypted while it sorts. Ask for help."))


_DAMAGED = N_("The file is damaged. Put a copy of the office in its place, and ask for help.")


def _file(engine: sa.Engine, pace: Pace) -> Iterator[Finding]:
    """Each page against its seal, then the structure. The log goes into the file first, or its pages would be missed.

    The pages are checked on a connection of their own, outside any transaction.
    """
    raw = engine.raw_connection()
    driver: Any = raw.driver_connection
    driver.set_progress_handler(lambda: int(pace.is_stopped), _STEPS)
    try:
        # Where another thread reads meanwhile the log stays, and the seals in the file cannot be told from it.
        settled = _rows(raw, "wal_checkpoint(TRUNCATE)")[0][0] == 0
        sealed = not settled or not _rows(raw, "cipher_integrity_check")
        whole = sealed and _rows(raw, "integrity_check") == [("ok",)]
        linked = not _rows(raw, "foreign_key_check")
    finally:
        driver.set_progress_handler(None, _STEPS)
        raw.close()
    yield Finding(True, N_("The file is whole.")) if whole else Finding(False, _DAMAGED)
    yield (
        Finding(True, N_("Every record belongs to its child and case."))
        if linked
        else Finding(False, N_("Some records belong to a child or case that is not there. Ask for help."))
    )


def _rows(raw: Any, pragma: str) -> list[Any]:
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA {pragma}")
    return list(cursor.fetchall())


def _tables(engine: sa.Engine, _pace: Pace) -> Iterator[Finding]:
    with engine.connect() as connection:
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        triggers = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())
    if revision == HEAD and triggers >= _TRIGGERS:
        yield Finding(True, N_("The tables are those of this version ({revision})."), {"revision": HEAD})
    else:
        yield Finding(False, N_("The tables are not those of this version. Ask for help."))


def _trail(engine: sa.Engine, pace: Pace) -> Iterator[Finding]:
    with engine.connect() as connection:
        broken = verify_chain(connection, pace)
        lines = connection.exec_driver_sql("SELECT count(*) FROM audit_entry").scalar()
    if broken is None:
        yield Finding(True, N_("The audit trail is whole: {lines} lines."), {"lines": lines})
    else:
        yield Finding(
            False, N_("The audit trail was changed outside the program, from line {line} on."), {"line": broken}
        )


def known_heads(engine: sa.Engine, folder: Path, data_key: bytes) -> Iterator[Finding]:
    """Whether the trail still holds the newest line that the note beside the office, or one of its copies, knows of.

    Copies from before an older one was put back are passed over, and those of an earlier data key: anybody who left
    could have made them.
    """
    note = Note.load(folder, data_key)
    if note.is_doubted:
        yield Finding(False, NOTE_DOUBTED)
    with engine.connect() as connection:
        reaches = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM audit_entry").scalar()
        against = note.against or speaks_against(connection, folder, data_key, note)
    if against is None:
        yield Finding(True, N_("The audit trail reaches as far as every copy and note knows."))
    elif against.number > (reaches or 0):
        slots: dict[str, object] = {"known": against.number, "lines": reaches}
        yield Finding(False, CUT_OFF, slots)
    else:
        yield Finding(False, ANOTHER, {"line": against.number})


NOTE_DOUBTED = N_(
    "The note beside the office was changed or taken away outside the program. Look whether the newest records are "
    "here, choose again where copies go, then say in Settings that you have seen it."
)
CUT_OFF = N_(
    "The audit trail ends at line {lines}, but reached line {known} before: lines are missing at its end, or an older "
    "office was put in the place of this one. Ask for help before you go on."
)
ANOTHER = N_(
    "Line {line} of the audit trail is not the one that a copy or note of this office knows: the office was put "
    "together anew. Ask for help before you go on."
)


def speaks_against(connection: sa.Connection, folder: Path, data_key: bytes, note: Note) -> Head | None:
    """Return the furthest line that note or copies know of and the trail does not hold as they do; None: none."""
    copies = list(copied_heads(folder, data_key, note))
    against = [head for head, revision in copies if not fits(connection, head, unsealed=revision < SEALED_SINCE)]
    if note.head is not None and not fits(connection, note.head, unsealed=True):
        against.append(note.head)
    return max(against, default=None)


def copied_heads(folder: Path, data_key: bytes, note: Note) -> Iterator[tuple[Head, str]]:
    """Yield how far the trail reached in each copy of this office that can be found and was sealed with its key.

    With the revision of its tables.
    """
    try:
        office = KeyFile.load(folder / KEYS).office
    except DamagedKeys:  # told of on its own
        return
    for place in copy_folders(folder, note):
        for copy in copies_in(place, office):
            newer = note.since is None or copy.manifest.made_at > note.since
            if newer and copy.manifest.is_sealed_with(data_key):
                yield copy.manifest.head, copy.manifest.revision


def copy_folders(folder: Path, note: Note) -> list[Path]:
    """Return where the copies of an office lie: the folder chosen or the one beside it, and the stick's."""
    home = Path(note.home.folder) if note.home.folder else beside(folder)
    return [home, *([Path(note.stick.folder)] if note.stick.folder else [])]


def beside(folder: Path) -> Path:
    """Return the folder for copies beside an office."""
    return folder.with_name(f"{folder.name}-copies")


def fits(connection: sa.Connection, head: Head, *, unsealed: bool) -> bool:
    """Return whether the trail holds that line.

    unsealed: whether it may be known from before all lines were sealed. Then the newest line of that time is known by
    its digest of then; of those before it nothing can be said any more but that they are there.
    """
    if digest_of_line(connection, head.number) == head.digest:
        return True
    old = head_before_sealing(connection) if unsealed else None
    return old is not None and (head.number < old[0] or tuple(head) == old)


def keys(folder: Path, data_key: bytes) -> Iterator[Finding]:
    """Whether the key file is the program's own, and belongs to the key that the database was opened with."""
    try:
        KeyFile.load(folder / KEYS).check(data_key)
    except DamagedKeys as problem:
        yield Finding(False, problem.message)
    else:
        yield Finding(True, N_("The key file is as the program wrote it."))


def rights(folder: Path) -> Iterator[Finding]:
    """On systems that have such rights: nobody but the owner may read folder and files."""
    if os.name != "posix":
        return
    parts = [folder, *(folder / name for name in (DATABASE, f"{DATABASE}-wal", KEYS, TRIES, NOTE, LOCK))]
    if any(part.stat().st_mode & 0o077 for part in parts if part.exists()):
        yield Finding(False, N_("Other users of this computer may read the office's folder. Make it private."))
    else:
        yield Finding(True, N_("Nobody else on this computer may read the office's folder."))
