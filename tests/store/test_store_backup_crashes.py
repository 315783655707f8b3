"""Kills, full and read-only disks while copies are made, put back, records saved and old offices brought up."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from store_helpers import PASSWORD, add_second

from casemgr import clock
from casemgr.records.child import Child
from casemgr.services.practice import PASSWORD as PRACTICE_PASSWORD
from casemgr.store.backup import Target, make_copies
from casemgr.store.copies import copies_in
from casemgr.store.office_store import OfficeStore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork, signals and limits of a POSIX system")
HERE = Path(__file__).parent
EARLIER = {"migrate": "0002", "seal": "0008"}
"""The earlier office that is brought up: through every step, and through that alone which chains its trail anew."""
WORKS = ("backup", "restore", "save", *EARLIER, "rekey")
EACH_TIME = ("restore", "save", "migrate")
"""Killed a few times with every run; all of them are by the long proofs."""

FULL = """
import resource, sys
from pathlib import Path
from casemgr import clock
from casemgr.i18n import Words
from casemgr.records.child import Child
from casemgr.store import restoring
from casemgr.store.backup import Target, make_copies
from casemgr.store.copies import copies_in
from casemgr.store.office_store import OfficeStore
from casemgr.trouble import Trouble

works, folder, password = sys.argv[1].split(), Path(sys.argv[2]), sys.argv[3]
sizes = [int(size) for size in sys.argv[4:]]
UNLIMITED = resource.RLIM_INFINITY

def do(what, size, store, office, copies):
    if what == "save":
        with store.write() as work:
            work.add(Child(code=f"SR-C-1{size}", notes="x" * 400_000))
    elif what == "backup":
        with store.at_work() as (engine, data_key):
            [outcome] = make_copies(engine, office, data_key, [Target(copies)], clock.now())
        if outcome.trouble:
            raise outcome.trouble
    else:
        [copy] = copies_in(copies)
        restoring.prepare(copy.path, office, "", password).put_back().close()

def lying(of):
    return {path.name: path.read_bytes() for path in of.rglob("*") if path.is_file() and path.name != "office.lock"}

def tried(what, size):
    office, copies = folder / what / "office", folder / what / "copies"
    store = None if what == "restore" else OfficeStore.open(office, "", password)
    before, troubles = lying(office) if what == "restore" else lying(copies), 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, UNLIMITED))
    try:
        do(what, size, store, office, copies)
    except Trouble as trouble:
        troubles = 1
        for language in ("en", "km"):
            assert trouble.say(Words(language)), (what, size)
        now = lying(office) if what == "restore" else lying(copies)
        assert now == before, (what, size, sorted(now), sorted(before))
        assert not [path for path in office.glob("*.part") if path.name != "office.note.part"], (what, size)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
    store = store or OfficeStore.open(office, "", password)
    assert all(finding.ok for finding in store.check()), (what, size)
    store.close()
    return troubles

print(*(sum(tried(what, size) for size in sizes) for what in works))
"""

ON_SMALL_DISK = """
mount -t tmpfs -o size={size}k none {place} && cp -a {given}/. {place}/ && {options} exec {python} -c '{program}' {rest}
"""

SMALL = """
import os, sys
from pathlib import Path
from casemgr import clock
from casemgr.store import restoring
from casemgr.store.backup import Target, make_copies
from casemgr.store.copies import copies_in
from casemgr.store.office_store import OfficeStore
from casemgr.trouble import Trouble
place, given, password = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
store = OfficeStore.open(given / "office", "", password)
lying = {path.name: path.stat().st_size for path in place.rglob("*")}
with store.at_work() as (engine, data_key):
    [outcome] = make_copies(engine, given / "office", data_key, [Target(place / "copies")], clock.now())
print(type(outcome.trouble).__name__, str(outcome.trouble)[:40], sep=": ")
[copy] = copies_in(given / "copies")
try:
    restoring.prepare(copy.path, place / "office", "", password).put_back()
except Trouble as trouble:
    print(type(trouble).__name__, str(trouble)[:40], sep=": ")
assert {path.name: path.stat().st_size for path in place.rglob("*") if path.name != "office.lock"} == {
    name: size for name, size in lying.items() if name != "office.lock"}
assert all(finding.ok for finding in store.check())
store.close()
"""


@pytest.fixture
def given(folder: Path, tmp_path: Path) -> Path:
    """An office with more in it than in the copy beside it."""
    given = tmp_path / "given"
    given.mkdir()
    folder.rename(given / "office")
    (given / "copies").mkdir()
    store = OfficeStore.open(given / "office", "", PASSWORD)
    with store.at_work() as (engine, data_key):
        make_copies(engine, store.folder, data_key, [Target(given / "copies")], clock.local(2026, 11, 1))
    with store.write() as work:
        work.add(Child(code="SR-C-0500", notes="ក" * 200_000))
    store.close()
    return given


def _kill(works: Sequence[str], given: Path, times: int) -> dict[str, dict[str, dict[str, int]]]:
    arguments = [str(times)]
    for what in works:
        place = given.with_name(what) / "given"
        shutil.copytree(given, place)
        if what == "rekey":
            add_second(place / "office")
        if what in EARLIER:
            shutil.rmtree(place / "office")
            shutil.copytree(HERE / "offices" / EARLIER[what], place / "office")
            (place / "office").chmod(0o700)
            for file in (place / "office").iterdir():
                file.chmod(0o600)
        arguments += [what, str(place), PRACTICE_PASSWORD if what in EARLIER else PASSWORD]
    done = subprocess.run(
        [sys.executable, str(HERE / "killed_at_work.py"), *arguments],
        check=False, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, dict[str, dict[str, int]]] = json.loads(done.stdout)
    print(told)
    assert [told[what]["wrong"] for what in works] == [[]] * len(works)
    return told


def test_a_few_kills_lose_nothing(given: Path) -> None:
    told = _kill(EACH_TIME, given, 2)
    for what in EACH_TIME:
        found = told[what]["found"]
        assert found.get("ended", 0) + found.get("under way", 0) == 2, what


@pytest.mark.slow
@pytest.mark.parametrize("what", WORKS)
def test_two_hundred_kills_lose_nothing(given: Path, what: str) -> None:
    assert _kill([what], given, 200)[what]["found"]["under way"] >= 50


def _full(works: Sequence[str], given: Path, sizes: list[int]) -> list[int]:
    places = given.with_name("full")
    for what in works:
        shutil.copytree(given, places / what)
    command = [sys.executable, "-c", FULL, " ".join(works), str(places), PASSWORD, *map(str, sizes)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return [int(told) for told in done.stdout.split()]


FILLED = ("backup", "restore", "save")
"""The works for which a disk is too small in turn."""


def test_a_disk_that_fills_up_at_any_point_leaves_nothing_half_done(given: Path) -> None:
    told = _full(FILLED, given, [0, 512, 4096, 100_000, 300_000])
    assert len(told) == len(FILLED)
    assert min(told) >= 4, told


@pytest.mark.slow
@pytest.mark.parametrize("what", FILLED)
def test_a_disk_that_fills_up_at_each_page_leaves_nothing_half_done(given: Path, what: str) -> None:
    [told] = _full([what], given, [4096 * step + 100 for step in range(200)])
    assert told >= 50


@pytest.mark.parametrize(("free", "options", "said"), [
    (200, "", "NoRoom"), (200_000, "mount -o remount,ro {place} &&", "ReadOnly"),
])  # fmt: skip
def test_a_small_and_a_read_only_disk_are_named(
    given: Path, tmp_path: Path, free: int, options: str, said: str
) -> None:
    """Free: of the disk once the office and its copy lie there, in KiB."""
    place, beside = tmp_path / "place", tmp_path / "beside"
    place.mkdir()
    shutil.copytree(given, beside)
    size = free + sum(file.stat().st_size // 4096 * 4 + 8 for file in given.rglob("*"))
    script = ON_SMALL_DISK.format(
        size=size, place=place, given=given, options=options.format(place=place), python=sys.executable,
        program=SMALL, rest=f"{place} {beside} '{PASSWORD}'",
    )  # fmt: skip
    probe = subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True)
    if probe.returncode:
        pytest.skip("this system lets nobody mount a disk of their own")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], check=False, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [said, said]


def test_the_copies_are_where_the_proofs_look_for_them(given: Path) -> None:
    assert len(copies_in(given / "copies")) == 1
