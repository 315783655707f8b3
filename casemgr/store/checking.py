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
from casemgr.store.audit import verify_chain
from casemgr.store.engine import HEAD, LOCK
from casemgr.store.keys import KeyFile
from casemgr.trouble import DamagedKeys
from casemgr.whereabouts import DATABASE, KEYS, TRIES

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


def check(engine: sa.Engine, folder: Path, data_key: bytes) -> list[Finding]:
    """Return what was found, good and bad, in the order: file, tables, audit trail, key file, rights."""
    found = []
    for part in (_file, _tables, _trail):
        try:
            found += list(part(engine))
        except (dbapi2.Error, DBAPIError):
            found.append(Finding(False, _DAMAGED))
            break
    return [*found, *_keys(folder, data_key), *_rights(folder)]


_DAMAGED = N_("The file is damaged. Put a copy of the office in its place, and ask for help.")


def _file(engine: sa.Engine) -> Iterator[Finding]:
    """Each page against its seal, then the structure. The log goes into the file first, or its pages would be missed.

    The pages are checked on a connection of their own, outside any transaction.
    """
    raw = engine.raw_connection()
    try:
        _rows(raw, "wal_checkpoint(TRUNCATE)")
        whole = not _rows(raw, "cipher_integrity_check") and _rows(raw, "integrity_check") == [("ok",)]
        linked = not _rows(raw, "foreign_key_check")
    finally:
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


def _tables(engine: sa.Engine) -> Iterator[Finding]:
    with engine.connect() as connection:
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        triggers = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())
    if revision == HEAD and triggers >= _TRIGGERS:
        yield Finding(True, N_("The tables are those of this version ({revision})."), {"revision": HEAD})
    else:
        yield Finding(False, N_("The tables are not those of this version. Ask for help."))


def _trail(engine: sa.Engine) -> Iterator[Finding]:
    with engine.connect() as connection:
        broken = verify_chain(connection)
        lines = connection.exec_driver_sql("SELECT count(*) FROM audit_entry").scalar()
    if broken is None:
        yield Finding(True, N_("The audit trail is whole: {lines} lines."), {"lines": lines})
    else:
        yield Finding(
            False, N_("The audit trail was changed outside the program, from line {line} on."), {"line": broken}
        )


def _keys(folder: Path, data_key: bytes) -> Iterator[Finding]:
    try:
        KeyFile.load(folder / KEYS).check(data_key)
    except DamagedKeys as problem:
        yield Finding(False, problem.message)
    else:
        yield Finding(True, N_("The key file is as the program wrote it."))


def _rights(folder: Path) -> Iterator[Finding]:
    """On systems that have such rights: nobody but the owner may read folder and files."""
    if os.name != "posix":
        return
    parts = [folder, *(folder / name for name in (DATABASE, f"{DATABASE}-wal", KEYS, TRIES, LOCK))]
    if any(part.stat().st_mode & 0o077 for part in parts if part.exists()):
        yield Finding(False, N_("Other users of this computer may read the office's folder. Make it private."))
    else:
        yield Finding(True, N_("Nobody else on this computer may read the office's folder."))
