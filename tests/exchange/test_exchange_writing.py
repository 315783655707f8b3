"""Whole or not at all: stopped, full, closed or taken, nothing half-written stays and the old file is as it was."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from exchange_tables import PASSPHRASE, many, table

from casemgr import assets
from casemgr.exchange.csv_file import write_csv
from casemgr.exchange.table import Table
from casemgr.exchange.writing import (
    EVERY,
    FAILING,
    FULL,
    INCOMPLETE,
    LOCKED,
    NO_FILE,
    NO_FOLDER,
    OFFICE,
    OPEN,
    PROGRAM,
    told,
    watched,
    write_whole,
)
from casemgr.exchange.xlsx import write_xlsx
from casemgr.trouble import NoRoom, ReadOnly, Refusal, Stopped, Trouble

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs limits and rights of a POSIX system")
HERE = Path(__file__).parent
WRITERS: dict[str, Callable[[Table, BinaryIO], int]] = {
    "workbook": write_xlsx,
    "locked": lambda given, file: write_xlsx(given, file, PASSPHRASE),
    "csv": write_csv,
}

DISK_FULL = """
import os, resource, sys
from pathlib import Path
from casemgr.i18n import Words
from casemgr.trouble import NoRoom
sys.path.insert(0, sys.argv[2])
from exchange_tables import many, table
from test_exchange_writing import WRITERS
from casemgr.exchange.writing import write_whole
path = Path(sys.argv[1])
for limit in (0, 1000, 60_000):
    for write in WRITERS.values():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            write_whole(path, lambda file: write(table(many(3000)), file))
        except NoRoom as trouble:
            print(trouble.say(Words("en")), *os.listdir(path.parent), path.read_text())
"""

KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from exchange_tables import PASSPHRASE, many, table
from casemgr.exchange.writing import watched, write_whole
from casemgr.exchange.xlsx import write_xlsx
def over(count):
    if count >= 5000:
        os.kill(os.getpid(), signal.SIGKILL)
rows = watched(many(20_000), over)
write_whole(Path(sys.argv[1]), lambda file: write_xlsx(table(rows), file, PASSPHRASE))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "list.xlsx").write_text("old")
    return folder / "list.xlsx"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, which nothing is to be written to."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def unchanged(path: Path) -> bool:
    return names(path.parent) == [path.name] and path.read_text() == "old"


@pytest.mark.parametrize("kind", WRITERS)
def test_the_file_takes_its_place_once_it_is_whole(path: Path, elsewhere: Path, kind: str) -> None:
    seen = []

    def done(count: int) -> None:
        (part,) = set(path.parent.iterdir()) - {path}
        seen.append((count, path.read_text() == "old", part.suffix, names(elsewhere)))
        if os.name == "posix" and count < 250:
            assert part.stat().st_mode & 0o777 == 0o600

    given = table(watched(many(250), done))
    assert write_whole(path, lambda file: WRITERS[kind](given, file)) == 250
    assert seen == [(100, True, ".part", []), (200, True, ".part", []), (250, True, ".part", [])]
    assert names(path.parent) == [path.name]
    assert path.stat().st_size > 4000
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("rows", [0, 500])
def test_stopped_it_leaves_nothing(path: Path, elsewhere: Path, kind: str, rows: int) -> None:
    counts: list[int] = []
    given = table(watched(many(100_000), counts.append, lambda: (counts or [0])[-1] >= rows))
    with pytest.raises(Stopped):
        write_whole(path, lambda file: WRITERS[kind](given, file))
    assert unchanged(path)
    assert names(elsewhere) == []
    assert (counts or [0])[-1] == rows


@pytest.mark.parametrize("kind", WRITERS)
def test_an_error_in_the_rows_leaves_nothing_and_is_told_as_it_is(path: Path, kind: str) -> None:
    def rows() -> object:
        yield from many(5000)
        raise LookupError("ours")

    with pytest.raises(LookupError, match="ours"):
        write_whole(path, lambda file: WRITERS[kind](table(rows()), file))
    assert unchanged(path)


@POSIX
def test_a_full_disk_leaves_nothing(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DISK_FULL, str(path), str(HERE)], check=False, capture_output=True, text=True,
        encoding="utf-8", env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 9
    assert all("full or failing" in line and line.endswith(". list.xlsx old") for line in lines)
    assert unchanged(path)


@POSIX
def test_killed_it_leaves_what_nobody_can_read_and_the_next_day_removes(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(HERE)], check=False, capture_output=True,
        env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
    )  # fmt: skip
    assert done.returncode == -9, done.stderr
    (part,) = set(path.parent.iterdir()) - {path}
    assert path.read_text() == "old"
    assert part.stat().st_mode & 0o777 == 0o600
    assert part.stat().st_size > 100_000
    for sign in (b"PK", b"sheetData", b"xml"):
        assert sign not in part.read_bytes() or sign == b"PK"  # two letters come about by chance
    write_whole(path, lambda file: file.write(b"new"))
    assert part.exists()  # another program may be writing it now
    os.utime(part, (time.time() - 90_000,) * 2)
    write_whole(path, lambda file: file.write(b"new"))
    assert names(path.parent) == [path.name]


def test_what_stands_there_and_is_no_file_is_refused(path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        write_whole(path.parent, lambda file: file.write(b"x"))
    assert refused.value.message == NO_FILE
    with pytest.raises(Refusal):
        write_whole(path.parent / ("x" * 300), lambda file: file.write(b"x"))
    assert unchanged(path)


@pytest.mark.parametrize("name", ["office.db", "office.keys", "list.xlsx", "new.json"])
def test_nothing_is_written_beside_the_files_of_an_office(path: Path, name: str) -> None:
    for own in ("office.db", "office.keys"):
        (path.parent / own).write_text("old")
    before = names(path.parent)
    with pytest.raises(Refusal) as refused:
        write_whole(path.parent / name, lambda file: file.write(b"x"))
    assert refused.value.message == OFFICE
    assert names(path.parent) == before
    assert {file.read_text() for file in path.parent.iterdir()} == {"old"}


@pytest.mark.parametrize("below", ["", "_internal/ui"])
def test_nothing_is_written_into_the_folder_of_the_program(
    path: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    folder = path.parent / "app"
    (folder / "_internal" / "ui").mkdir(parents=True)
    write_whole(folder / "list.xlsx", lambda file: file.write(b"x"))  # as long as it runs from its source
    monkeypatch.setattr(sys, "_MEIPASS", str(folder / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "casemgr.exe"))
    with pytest.raises(Refusal) as refused:
        write_whole(folder / below / "new.xlsx", lambda file: file.write(b"x"))
    assert refused.value.message == PROGRAM
    write_whole(path.parent / "application.xlsx", lambda file: file.write(b"x"))
    assert names(folder) == ["_internal", "list.xlsx"]


def test_a_folder_that_is_gone_is_told(path: Path) -> None:
    for name in ("gone/list.xlsx", "list.xlsx/list.xlsx"):
        with pytest.raises(Trouble) as trouble:
            write_whole(path.parent / name, lambda file: file.write(b"x"))
        assert trouble.value.message == NO_FOLDER
    assert unchanged(path)


def test_a_file_open_in_another_program_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "open elsewhere")  # as Windows says it

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Trouble) as trouble:
        write_whole(path, lambda file: file.write(b"x"))
    assert trouble.value.message == OPEN
    assert unchanged(path)


@POSIX
def test_a_folder_that_cannot_be_written_to_is_told() -> None:
    folder = Path("/sys/kernel")
    if not folder.is_dir():
        pytest.skip("needs a folder in which not even root may write")
    with pytest.raises(ReadOnly) as trouble:
        write_whole(folder / "list.xlsx", lambda file: file.write(b"x"))
    assert trouble.value.message == LOCKED


def test_a_link_is_followed(path: Path) -> None:
    link = path.parent / "link.xlsx"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("this system lets not everybody make links")
    write_whole(link, lambda file: file.write(b"new"))
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "kind", "message"),
    [
        (errno.ENOSPC, NoRoom, FULL),
        (errno.EDQUOT, NoRoom, FULL),
        (errno.EFBIG, NoRoom, FAILING),
        (errno.EIO, NoRoom, FAILING),
        (errno.EACCES, ReadOnly, LOCKED),
        (errno.EROFS, ReadOnly, LOCKED),
        (errno.ENODEV, Trouble, NO_FOLDER),
        (errno.EINVAL, Refusal, NO_FILE),
        (errno.EBUSY, Trouble, FAILING),
    ],
)
def test_each_error_of_the_disk_is_told_in_words(number: int, kind: type[Exception], message: str) -> None:
    said = told(OSError(number, "raw words", "a name"))
    assert type(said) is kind
    assert said.message == message
    assert "a name" not in str(said)


def test_a_file_of_the_program_that_is_missing_is_no_full_disk(path: Path) -> None:
    gone = Path(assets.__file__).parent / "places" / "not-there.tsv"
    for missing in (lambda: assets.font("None-Regular.ttf"), gone.read_bytes):
        with pytest.raises(Trouble) as trouble:
            write_whole(path, lambda _, read=missing: read())
        assert trouble.value.message == INCOMPLETE
    with pytest.raises(Trouble) as trouble:  # of the worker's own it is still the folder that is not there
        write_whole(path, lambda _: (path.parent / "not-there" / "x").read_bytes())
    assert trouble.value.message == NO_FOLDER
    assert path.read_text() == "old"


def test_rows_are_counted_and_asked_about_at_every_hundredth() -> None:
    counts: list[int] = []
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return False

    assert list(watched(range(2 * EVERY), counts.append, stop)) == list(range(2 * EVERY))
    assert counts == [EVERY, 2 * EVERY]
    assert len(asked) == 2
    assert list(watched(range(3))) == [0, 1, 2]
