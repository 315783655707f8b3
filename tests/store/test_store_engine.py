"""What the worker is told when disk, lock or file fail."""

import errno
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2
from store_helpers import NAME, PASSWORD

from casemgr.i18n import Words
from casemgr.pace import give_back
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.plain import read_identity
from casemgr.store import engine
from casemgr.store.keys import KEY_BYTES, KeyFile
from casemgr.store.note import MADE
from casemgr.store.office_store import OfficeStore
from casemgr.trouble import DamagedKeys, ForeignStore, NoRoom, ReadOnly, StoreInUse, Trouble


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("SQLITE_FULL", NoRoom), ("SQLITE_IOERR_WRITE", NoRoom), ("SQLITE_IOERR_FSYNC", NoRoom),
        ("SQLITE_READONLY", ReadOnly), ("SQLITE_READONLY_DIRECTORY", ReadOnly), ("SQLITE_CANTOPEN", ReadOnly),
        ("SQLITE_NOTADB", ForeignStore), ("SQLITE_CORRUPT", ForeignStore), ("SQLITE_CORRUPT_INDEX", ForeignStore),
        ("SQLITE_BUSY", StoreInUse), ("SQLITE_LOCKED_SHAREDCACHE", StoreInUse),
    ],
)  # fmt: skip
def test_an_error_of_the_database_says_what_to_do(tmp_path: Path, name: str, trouble: type[Trouble]) -> None:
    error = dbapi2.OperationalError("as the driver says it")
    error.sqlite_errorname = name
    for folder in (tmp_path, tmp_path / "gone"):
        with pytest.raises(trouble) as told, engine.telling(folder):
            raise error
        assert told.value.say(Words("en")).endswith(".")
        assert "driver" not in told.value.say(Words("en"))


@pytest.mark.parametrize(
    ("number", "trouble"),
    [(errno.ENOSPC, NoRoom), (errno.EDQUOT, NoRoom), (errno.EACCES, ReadOnly), (errno.EROFS, ReadOnly),
     (errno.EIO, NoRoom)],
)  # fmt: skip
def test_an_error_of_a_file_says_what_to_do(tmp_path: Path, number: int, trouble: type[Trouble]) -> None:
    with pytest.raises(trouble), engine.telling(tmp_path):
        raise OSError(number, "as the system says it")


def test_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError), engine.telling(tmp_path):
        tmp_path.read_bytes()
    with pytest.raises(PermissionError), engine.telling(tmp_path, files=False):
        raise PermissionError(errno.EACCES, "a file of somebody else's")
    with pytest.raises(dbapi2.IntegrityError), engine.telling(tmp_path):
        raise dbapi2.IntegrityError("UNIQUE constraint failed: child.code")


def test_a_key_of_the_wrong_length_is_never_taken_for_a_pass_phrase(tmp_path: Path) -> None:
    for data_key in (b"", b"x" * 31, b"x" * 33):
        with pytest.raises(ValueError, match="length"):
            engine.connect(tmp_path / "office.db", data_key)
    assert list(tmp_path.iterdir()) == []


def test_keys_that_let_nobody_in_are_told_as_damaged(folder: Path) -> None:
    keys = KeyFile.load(folder / "office.keys")
    data_key = keys.unlock(NAME, PASSWORD)[1]
    keys.accounts = []
    keys.save(folder / "office.keys", data_key)
    with pytest.raises(DamagedKeys):
        OfficeStore.open(folder, NAME, PASSWORD)


def asked_with() -> list[object]:
    return [each.value for made in engine._questions.values() for each in made.cache_key.bindparams]


def test_a_question_that_had_a_name_in_it_is_forgotten_with_the_office_and_the_others_serve_the_next(
    reopen: Callable[[], OfficeStore],
) -> None:
    engine._questions.clear()  # those of other tests
    store, secret = reopen(), "ឡូញ ពិសី"
    with store.read() as work:
        assert work.find(Child)
        work.session.scalars(sa.select(Child).where(Child.family_name_km == secret)).all()
        work.session.scalars(sa.select(Child).where(Child.family_name_km.in_([secret]))).all()
        work.session.scalars(sa.select(Child).where(Child.notes.in_(["", "[]", "2026-11"]))).all()
        work.session.scalars(sa.select(Child).where(Child.notes.not_in(["", "0979 55512"]))).all()
        work.session.scalars(sa.select(Case).where(Case.opened_on > date(2026, 1, 1))).all()
    assert {secret, (secret,)} <= {tuple(each) if isinstance(each, list) else each for each in asked_with()}
    store.close()
    left = asked_with()
    assert date(2026, 1, 1) in left
    assert secret not in left
    assert [secret] not in left
    assert ["", "[]", "2026-11"] in left  # which tells of nobody
    assert ["", "0979 55512"] not in left
    assert MADE in left  # a word of the store's own
    known = dict(engine._questions)
    with reopen().read() as work:
        assert work.find(Child)
        assert [case.opened_on for case in work.session.scalars(sa.select(Case).where(Case.opened_on > date.max))] == []
    assert all(engine._questions[key] is made for key, made in known.items())
    assert [each for each in asked_with() if isinstance(each, date)] == [date(2026, 1, 1)]


def test_what_was_asked_of_an_office_that_is_destroyed_is_forgotten_too(reopen: Callable[[], OfficeStore]) -> None:
    store, secret = reopen(), "ឡូញ ពិសី"
    with store.read() as work:
        work.session.scalars(sa.select(Child).where(Child.family_name_km == secret)).all()
    assert secret in asked_with()
    store.destroy(PASSWORD)
    assert secret not in asked_with()


def test_an_identity_that_is_damaged_is_not_read_and_not_told() -> None:
    number = uuid4()
    assert read_identity(number.hex) == number
    assert read_identity(None) is None
    for damaged in (number.hex[:31], f"{number.hex}0", "ឡូញ", f"{number.hex[:15]}_{number.hex[16:]}"):
        with pytest.raises(ValueError, match=r"^no identity$|^non-hexadecimal"):
            read_identity(damaged)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="read from /proc")
def test_a_connection_that_nobody_asks_holds_little_of_the_file(tmp_path: Path) -> None:
    made = engine.make_engine(tmp_path / "office.db", bytes(KEY_BYTES))
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE page (filled BLOB)")
        connection.exec_driver_sql(
            "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 10000) "
            "INSERT INTO page SELECT randomblob(4000) FROM up"
        )
        give_back()
        held = _resident()
    give_back()
    assert _resident() < held - 20  # of forty megabytes; sixteen may stay
    with made.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA cache_size").scalar() == -64000
    made.dispose()


def _resident() -> float:
    """Return the megabytes of memory that this process holds."""
    held = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmRSS"))
    return int(held.split()[1]) / 1000
