"""Making an office ready for this version of the program, where another one was used before."""

from pathlib import Path

import sqlalchemy as sa

from casemgr.pace import Pace
from casemgr.store import checking, search_index
from casemgr.store.engine import HEAD, IMMEDIATE, make_engine, revision_of
from casemgr.store.note import Note
from casemgr.whereabouts import DATABASE, NOTE


def ready_engine(folder: Path, data_key: bytes, pace: Pace) -> sa.Engine:
    """Return the engine of an office, its tables and the keys of its search as this version has them.

    pace is told of what may take minutes. Raises ForeignStore, NewerStore, and Stopped where the pace says so.
    """
    engine = make_engine(folder / DATABASE, data_key)
    try:
        if revision_of(engine) != HEAD:
            from casemgr.store.migrating import upgrade  # noqa: PLC0415  (Alembic: a quarter of a second, seldom used)

            pace.tell()
            _keep_against(folder, engine, data_key)
            engine.dispose()
            upgrade(folder / DATABASE, data_key)
        _make_searchable(engine, pace)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _keep_against(folder: Path, engine: sa.Engine, data_key: bytes) -> None:
    """Keep what speaks against the trail before a step seals its lines anew, after which it would not show any more."""
    with engine.connect() as connection:
        against = checking.speaks_against(connection, folder, data_key, Note.load(folder, data_key))
    if against is not None:
        note = Note.to_change(folder, data_key) if (folder / NOTE).exists() else Note()
        note.against = against
        note.save(folder, data_key)


def _make_searchable(engine: sa.Engine, pace: Pace) -> None:
    """Make the keys by which children are found anew, where another version of the program made them, or none."""
    with engine.connect() as connection:
        if search_index.is_made(connection):
            return
    with engine.connect().execution_options(**IMMEDIATE) as connection, connection.begin():
        search_index.make_anew(connection, pace)
