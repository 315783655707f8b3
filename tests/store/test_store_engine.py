"""What the worker is told when disk, lock or file fail."""

import errno
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from store_helpers import NAME, PASSWORD

from casemgr.i18n import Words
from casemgr.store import engine
from casemgr.store.keys import KeyFile
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
