"""Bringing an office's tables to this version, one step at a time, each behind a verified copy of the file.

Alembic and its steps are read only when there is something to do. A developer makes a new step, after changing
records, with `python -m casemgr.store.migrating "what changes"`, reads it, and sets HEAD in engine.py to its revision.
"""

import secrets
import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory

import casemgr.records
from casemgr.i18n import N_
from casemgr.moving import move_to
from casemgr.records.base import Base
from casemgr.store.backup import connect_still, counts, is_whole
from casemgr.store.copies import PART
from casemgr.store.engine import IMMEDIATE, check_revision, check_room, make_engine, revision_of, telling
from casemgr.store.keys import KEY_BYTES, sync_folder
from casemgr.trouble import ForeignStore, Trouble

STEPS = Path(__file__).with_name("migrations")
UNLIKE = N_("The copy that is made before an update could not be verified. Nothing was changed.")
__all__ = ["build", "differences", "new_step", "upgrade"]

assert casemgr.records  # noqa: S101  (imported so that every table is known)


def build(path: Path, data_key: bytes, steps: Path = STEPS) -> None:
    """Make the tables of a new office in an empty file by running every step."""
    engine = make_engine(path, data_key, foreign_keys=False)
    try:
        _run(engine, path, "heads", steps)
    finally:
        engine.dispose()


def upgrade(path: Path, data_key: bytes, steps: Path = STEPS) -> list[Path]:
    """Bring an office's file to the newest revision; return the copies made, one before each step.

    Each step happens whole or not at all. Raises NewerStore for a revision this version does not know, NoRoom where
    the copies have no room, and Trouble where a step or a copy fails; then the office is as it was before that step.
    """
    script = _script(steps)
    engine = make_engine(path, data_key, foreign_keys=False)
    copies = []
    try:
        found = revision_of(engine)
        check_revision(found, frozenset(step.revision for step in script.walk_revisions()))
        assert found is not None  # noqa: S101  (check_revision refuses it)
        pending = [step.revision for step in script.iterate_revisions("heads", found)][::-1]
        check_room(path.parent, len(pending) * path.stat().st_size * 2 + 20_000_000 if pending else 0)
        for revision in pending:
            copies.append(copy_before(engine, path, data_key, revision))
            _run(engine, path, revision, steps)
    finally:
        engine.dispose()
    return copies


def copy_before(engine: sa.Engine, path: Path, data_key: bytes, revision: str) -> Path:
    """Copy the file, open the copy with the key and compare it with the original. Raises Trouble if they differ.

    It is made under another name: after a power cut SQLite's journal of it may lie there again, and whoever opened the
    copy beside a journal of its own name would find it emptied.
    """
    target = path.with_name(f"{path.name}.before-{revision}")
    part = target.with_name(target.name + PART)
    _clear(part)
    part.touch(0o600)
    try:
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(part),))
            counted = counts(raw)
        finally:
            raw.close()
        with closing(connect_still(part, data_key)) as copied:
            if not is_whole(copied) or counts(copied) != counted:
                raise ForeignStore(UNLIKE)
        move_to(part, target)
    finally:
        _clear(part)
    sync_folder(path.parent)
    return target


def _clear(part: Path) -> None:
    for name in (part.name, f"{part.name}-journal"):
        part.with_name(name).unlink(missing_ok=True)


def _run(engine: sa.Engine, path: Path, revision: str, steps: Path) -> None:
    """Run the steps up to a revision in one transaction, foreign keys off while it lasts and checked at its end."""
    with engine.connect().execution_options(**IMMEDIATE) as connection:
        try:
            with telling(path.parent, files=False), connection.begin():
                command.upgrade(_config(steps, connection), revision)
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise ValueError(f"rows of {broken[0]} lost what they belong to")
        except Trouble:
            raise
        except Exception as error:  # whatever a step does wrong, the office is as it was and has to be told so
            raise Trouble(
                N_("The office could not be brought up to this version. It is as it was before; ask for help.")
            ) from error


def _config(steps: Path, connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(steps).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, metadata=Base.metadata)
    return config


def _script(steps: Path) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(steps))


def differences(connection: sa.Connection) -> list[Any]:
    """Return how the tables of a file differ from the records of this version; none is an empty list."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
    return list(compare_metadata(context, Base.metadata))


def new_step(message: str, steps: Path = STEPS) -> Path:
    """Write the step that leads from the newest revision to the records as they are now; return its file."""
    folder = Path(tempfile.mkdtemp())
    data_key = secrets.token_bytes(KEY_BYTES)
    script = _script(steps)
    number = f"{len(list(script.walk_revisions())) + 1:04}"
    path = folder / "office.db"
    try:
        if script.get_heads():
            build(path, data_key, steps)
        engine = make_engine(path, data_key)
        with engine.connect() as connection:
            made = command.revision(_config(steps, connection), message, autogenerate=True, rev_id=number)
        engine.dispose()
    finally:
        shutil.rmtree(folder)
    assert isinstance(made, Script)  # noqa: S101  (one message makes one file)
    return Path(made.path)


if __name__ == "__main__":
    sys.stdout.write(f"{new_step(' '.join(sys.argv[1:]) or 'change')}\n")
