"""Power cuts and full disks: nothing acknowledged is lost, nothing half done stays."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from store_helpers import MARKERS, PASSWORD

from casemgr.records.child import Child
from casemgr.store.office_store import OfficeStore

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs fork, signals and limits of a POSIX system")
HERE = Path(__file__).parent

DISK_FULL = """
import resource, sys
from pathlib import Path
from casemgr.i18n import Words
from casemgr.records.child import Child
from casemgr.store.office_store import OfficeStore
from casemgr.trouble import NoRoom
store = OfficeStore.open(Path(sys.argv[1]), "", sys.argv[2])
def add(code, size):
    with store.write() as work:
        work.add(Child(code=code, notes="x" * size))
add("SR-C-0100", 10)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
try:
    add("SR-C-0101", 5_000_000)
except NoRoom as trouble:
    print(trouble.say(Words("en")))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
add("SR-C-0102", 10)
assert all(finding.ok for finding in store.check())
store.close()
"""

DISK_FULL_AT_NEW_CODE = """
import resource, sys
from pathlib import Path
from casemgr.store.office_store import OfficeStore
from casemgr.trouble import NoRoom
store = OfficeStore.open(Path(sys.argv[1]), "", sys.argv[2])
with store.write() as work:
    work.note("opened", "Child")
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY))  # room for the keys, not for the audit line
for change in (store.new_recovery_code, lambda: store.set_password(sys.argv[2], "a new long password")):
    try:
        change()
    except NoRoom:
        print("no room")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.close()
"""

DISK_FULL_AT_SET_UP = """
import resource, sys
from pathlib import Path
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.store.keys import PRACTICE_COST
from casemgr.store.office_store import OfficeStore
from casemgr.whereabouts import holds_office
from casemgr.trouble import NoRoom
folder = Path(sys.argv[1])
said = (OfficeSettings(code="SR", practice=True), StaffMember(name="Sok"), "x")
for size in (0, 4096, 100_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        OfficeStore.create(folder, *said, cost=PRACTICE_COST)
    except NoRoom:
        print("no room", holds_office(folder))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
OfficeStore.create(folder, *said, cost=PRACTICE_COST)[0].close()
"""

KILLED_WHILE_OPEN = """
import os, signal, sys
from pathlib import Path
from casemgr.records.child import Child
from casemgr.store.office_store import OfficeStore
store = OfficeStore.open(Path(sys.argv[1]), "", sys.argv[2])
for number in range(50):
    with store.write() as work:
        work.add(Child(family_name_km=sys.argv[3], family_name_latin=sys.argv[4], notes=sys.argv[3] * 50))
with store.read() as work:
    assert len(work.find(Child, family_name_latin=sys.argv[4])) == 51
os.kill(os.getpid(), signal.SIGKILL)
"""


def _run(program: str, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")


@POSIX
@pytest.mark.parametrize("kills", [8, pytest.param(50, marks=pytest.mark.slow)])
def test_kills_lose_nothing_that_was_acknowledged(folder: Path, reopen: Callable[[], OfficeStore], kills: int) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "saving_killed.py"), str(folder), PASSWORD, str(kills)],
        check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
    )  # fmt: skip
    acknowledged = json.loads(done.stdout)
    store = reopen()
    with store.read() as work:
        kept = [child.code for child in work.find(Child)]
    assert len(acknowledged) >= kills
    assert len(acknowledged) == len(set(acknowledged))
    assert set(acknowledged) <= set(kept)
    assert len(kept) <= len(acknowledged) + kills + 1  # at most the one that was under way at each kill
    assert all(finding.ok for finding in store.check())


@POSIX
def test_a_full_disk_takes_the_save_back_and_the_next_one_works(
    folder: Path, reopen: Callable[[], OfficeStore]
) -> None:
    done = _run(DISK_FULL, folder, PASSWORD)
    assert done.returncode == 0, done.stderr
    assert "full or failing" in done.stdout
    with reopen().read() as work:
        assert [child.code for child in work.find(Child)] == ["SR-C-0001", "SR-C-0100", "SR-C-0102"]


@POSIX
def test_a_full_disk_changes_neither_password_nor_recovery_code(folder: Path, recovery_code: str) -> None:
    keys = (folder / "office.keys").read_bytes()
    done = _run(DISK_FULL_AT_NEW_CODE, folder, PASSWORD)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["no room"] * 2
    assert (folder / "office.keys").read_bytes() == keys
    assert not list(folder.glob("*.part"))
    OfficeStore.open(folder, "", PASSWORD).close()
    OfficeStore.recover(folder, recovery_code, "", PASSWORD)[0].close()


@POSIX
def test_a_disk_that_fills_up_during_set_up_leaves_no_office(tmp_path: Path) -> None:
    done = _run(DISK_FULL_AT_SET_UP, tmp_path / "office")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["no room False"] * 3


def _readable(folder: Path) -> set[str]:
    """Return the names that can be read in any file of the folder, in any of the usual codings."""
    found = set()
    for file in folder.rglob("*"):
        raw = file.read_bytes()
        for name in (*MARKERS, "ទេព បូរិន", "SR-C-0001", "ការិយាល័យ", "Office"):
            codings = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
            if any(name.encode(coding) in raw for coding in codings) or json.dumps(name)[1:-1].encode() in raw:
                found.add(f"{name} in {file.name}")
    return found


@POSIX
def test_no_name_can_be_read_in_any_file(folder: Path, reopen: Callable[[], OfficeStore], tmp_path: Path) -> None:
    killed = _run(KILLED_WHILE_OPEN, folder, PASSWORD, MARKERS[0], MARKERS[1])
    assert killed.returncode == -9, killed.stderr
    assert (folder / "office.db-wal").stat().st_size > 100_000
    assert _readable(folder) == set()
    store = reopen()
    with store.write() as work:
        work.add(Child(family_name_km=MARKERS[0], notes=MARKERS[2] * 1000))
    assert (folder / "office.db-wal").exists()
    assert _readable(folder) == set()
    store.close()
    assert _readable(folder) == set()
    (tmp_path / "seen").mkdir()
    (tmp_path / "seen" / "x").write_bytes(b"..." + MARKERS[0].encode("utf-16-le"))
    assert len(_readable(tmp_path / "seen")) == 1


def test_sorting_and_searching_write_nothing_beside_the_store(store: OfficeStore) -> None:
    with store._running().connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "temp_store",
                "synchronous",
                "journal_mode",
                "foreign_keys",
                "trusted_schema",
                "cipher_version",
            )
        }
    assert settings.pop("cipher_version").startswith("4.")
    assert settings == {
        "temp_store": 2, "synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "trusted_schema": 0,
    }  # fmt: skip
