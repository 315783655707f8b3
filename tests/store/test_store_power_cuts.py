"""The power goes away while records are saved, an office is brought up, gets a new key, is copied, put back or set up.

The real work is recorded once, system call by system call, and played again up to any point on a disk that loses what
was not synced (power.py). What is left is opened as a worker would, three hundred times for each work with "-m slow".
Every run tries that disk itself, and a few cuts while records are saved: recording all takes seconds.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from power import STRACE, Disk, Reader, Recording
from recorded_at_work import WORKS
from store_helpers import NAME, PASSWORD, SECOND, SECOND_PASSWORD, add_second

from casemgr import clock
from casemgr.records.child import Child
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.services.practice import PASSWORD as PRACTICE_PASSWORD
from casemgr.store.backup import Target, connect_still, is_whole, make_copies
from casemgr.store.copies import SUFFIX, copies_in, verify
from casemgr.store.keys import PRACTICE_COST, KeyFile
from casemgr.store.office_store import OfficeStore
from casemgr.store.renewing import opens
from casemgr.trouble import WrongPassword
from casemgr.whereabouts import holds_office

HERE = Path(__file__).parent


def _traces() -> bool:
    """Return whether strace is here and may do its work."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run([*STRACE, "-o", os.devnull, "true"], check=False, capture_output=True)
    return tried.returncode == 0


pytestmark = pytest.mark.skipif(not _traces(), reason="needs strace")


@pytest.fixture(scope="module")
def recorded(template: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """Everything that the works wrote."""
    return _recorded(template[0], tmp_path_factory.mktemp("power") / "root", *WORKS)


def _recorded(template: Path, root: Path, *works: str) -> Recording:
    """Record works; played without a cut it is, byte for byte, what lies there in the end."""
    for what in works:
        (root / what / "copies").mkdir(parents=True)
        office = root / what / "office"
        if what == "migrate":
            shutil.copytree(HERE / "offices" / "0002", office)
        elif what != "set_up":
            shutil.copytree(template, office)
        if what == "rekey":
            add_second(office)
            shutil.copy(office / "office.keys", root / what / "before.keys")
        if what == "restore":
            _copy_and_go_on(office, root / what / "copies")
    reader, log = Reader(root), root.with_name("log")
    done = subprocess.run(
        [*STRACE, "-o", str(log), sys.executable, str(HERE / "recorded_at_work.py"), str(root), PASSWORD,
         PRACTICE_PASSWORD, *works],
        check=False, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    recording = reader.read(log)
    log.unlink()
    disk = Disk(recording, journal=True)
    for event in recording.events:
        disk.take(event)
    for what in works:
        disk.cut(root.with_name(what), what, None)
        assert _files(root.with_name(what)) == _files(root / what)
    return recording


def _copy_and_go_on(office: Path, copies: Path) -> None:
    store = OfficeStore.open(office, "", PASSWORD)
    with store.at_work() as (engine, data_key):
        make_copies(engine, office, data_key, [Target(copies)], clock.local(2026, 11, 1))
    with store.write() as work:
        work.add(Child(code="SR-C-0500", notes="ក" * 50_000))
    store.close()


def _files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _codes(store: OfficeStore) -> set[str | None]:
    with store.read() as work:
        return {child.code for child in work.find(Child)}


def _look(office: Path, password: str, name: str = "") -> set[str | None]:
    """Open the office; all in it is whole, and it can be written in. Return the codes of the children."""
    store = OfficeStore.open(office, name, password)
    try:
        assert [finding.message for finding in store.check() if not finding.ok] == []
        with store.write() as work:
            work.note("opened", "Child")
        return _codes(store)
    finally:
        store.close()


def _saved(told: list[str]) -> set[str]:
    return {text.removeprefix("saved ") for text in told if text.startswith("saved SR")}


def _after_save(folder: Path, told: list[str]) -> None:
    try:
        found = _look(folder / "office", f"{PASSWORD} again")
    except WrongPassword:
        assert "saved password" not in told
        found = _look(folder / "office", PASSWORD)
    assert found >= _saved(told) | {"SR-C-0001"}
    assert len(found) <= len(_saved(told)) + 2  # and at most the one that was under way


def _after_migrate(folder: Path, _told: list[str]) -> None:
    office = folder / "office"
    assert len(_look(office, PRACTICE_PASSWORD)) == 12
    data_key = KeyFile.load(office / "office.keys").unlock("", PRACTICE_PASSWORD)[1]
    copies = sorted(path for path in office.glob("office.db.before-*") if path.suffix != ".part")
    for copy in copies:
        with closing(connect_still(copy, data_key)) as raw:
            assert is_whole(raw), copy.name
            assert raw.execute("SELECT count(*) FROM child").fetchone() == (12,)
            [(revision,)] = raw.execute("SELECT version_num FROM alembic_version").fetchall()
        assert copy.name.endswith(f"{int(revision) + 1:04}")
    assert [copy.suffix[-4:] for copy in copies] == [f"{number:04}" for number in range(3, len(copies) + 3)]
    assert not list(office.glob("*.part"))
    assert len(copies) >= 1


def _after_rekey(folder: Path, told: list[str]) -> None:
    office = folder / "office"
    for name, password in ((SECOND, SECOND_PASSWORD), (NAME, PASSWORD)):
        assert _look(office, password, name) >= _saved(told) | {"SR-C-0001"}
    keys = KeyFile.load(office / "office.keys")
    now, before = keys.unlock(NAME, PASSWORD)[1], KeyFile.load(folder / "before.keys").unlock(NAME, PASSWORD)[1]
    assert keys.coming_key is None
    assert opens(office / "office.db", now)
    assert not (opens(office / "office.db", before) and now != before)
    assert now != before or "renewed" not in told


def _after_backup(folder: Path, told: list[str]) -> None:
    assert _look(folder / "office", PASSWORD) >= _saved(told) | {"SR-C-0001"}
    data_key = KeyFile.load(folder / "office" / "office.keys").unlock("", PASSWORD)[1]
    for copies in (folder / "copies", folder / "new" / "copies"):
        lying = [path for path in copies.glob(f"*{SUFFIX}") if path.name[0] != "."] if copies.is_dir() else []
        for path in lying:
            verify(path, data_key)
        assert lying or "copied" not in told, copies
        assert len(copies_in(copies)) == len(lying)


def _after_restore(folder: Path, told: list[str]) -> None:
    office = folder / "office"
    found = _look(office, PASSWORD)
    kept = [path for path in office.glob("before-return-*/office.db") if path.stat().st_size]
    if "put back" in told:
        assert "SR-C-0500" not in found
    assert bool(kept) == ("SR-C-0500" not in found)
    assert not (office / "office.returning").exists()


def _after_set_up(folder: Path, told: list[str]) -> None:
    office = folder / "new" / "office"
    if "set up" in told or holds_office(office):
        assert _look(office, PASSWORD) >= _saved(told)
    else:
        settings, staff = OfficeSettings(code="SR", practice=True), StaffMember(name=NAME)
        OfficeStore.create(office, settings, staff, PASSWORD, cost=PRACTICE_COST)[0].close()


LOOKS: dict[str, Callable[[Path, list[str]], None]] = {
    "save": _after_save, "migrate": _after_migrate, "rekey": _after_rekey, "backup": _after_backup,
    "restore": _after_restore, "set_up": _after_set_up,
}  # fmt: skip


def _cut(recording: Recording, what: str, folder: Path, times: int, *, journal: bool) -> None:
    """Let the power go away so often during one work, and look at what is left each time."""
    span, disk, taken = recording.span(what), Disk(recording, journal=journal), 0
    moments = recording.moments(span, chance_of(times), times)
    for number, moment in enumerate(moments):
        for event in recording.events[taken:moment]:
            disk.take(event)
        taken, place = moment, folder / f"{number}"
        disk.cut(place, what, chance_of(number))
        try:
            LOOKS[what](place, recording.told(span, moment))
        except BaseException:
            print("cut", number, "with" if journal else "without", "journal, after", recording.events[moment - 1][:2])
            raise
        shutil.rmtree(place)


def chance_of(seed: int) -> random.Random:
    """Return what makes the same choices for the same number."""
    return random.Random(seed)  # noqa: S311  (nothing secret hangs on it)


@pytest.mark.slow
@pytest.mark.parametrize("journal", [True, False], ids=["journal", "none"])
@pytest.mark.parametrize("what", WORKS)
def test_three_hundred_power_cuts_lose_nothing(recorded: Recording, what: str, tmp_path: Path, journal: bool) -> None:
    _cut(recorded, what, tmp_path, 150, journal=journal)


def test_a_few_power_cuts_take_nothing_of_what_was_saved(template: tuple[Path, str], tmp_path: Path) -> None:
    _cut(_recorded(template[0], tmp_path / "root", "save"), "save", tmp_path, 12, journal=True)


CARELESS = """
import os, sys
from pathlib import Path
os.write(1, b"begin it\\n")
for name, careful in (("careful", True), ("careless", False)):
    folder = Path(sys.argv[1]) / "it"
    with open(folder / f"{name}.part", "wb") as file:
        file.write(b"new" * 1000)
        file.flush()
        if careful:
            os.fsync(file.fileno())
    os.replace(folder / f"{name}.part", folder / name)
    if careful:
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
    os.write(1, name.encode() + b"\\n")
os.write(1, b"end it\\n")
"""


@pytest.mark.parametrize("journal", [True, False], ids=["journal", "none"])
def test_the_disk_loses_what_a_careless_program_did_not_sync(tmp_path: Path, journal: bool) -> None:
    (tmp_path / "root" / "it").mkdir(parents=True)
    for name in ("careful", "careless"):
        (tmp_path / "root" / "it" / name).write_bytes(b"old")
    reader = Reader(tmp_path / "root")
    command = [*STRACE, "-o", str(tmp_path / "log"), sys.executable, "-c", CARELESS, str(tmp_path / "root")]
    subprocess.run(command, check=True, capture_output=True)
    recording = reader.read(tmp_path / "log")
    span, found = recording.span("it"), set()
    for number, moment in enumerate(recording.moments(span, chance_of(1), 200)):
        disk = Disk(recording, journal=journal)
        for event in recording.events[:moment]:
            disk.take(event)
        disk.cut(tmp_path / f"{number}", "it", chance_of(number))
        told, files = recording.told(span, moment), _files(tmp_path / f"{number}")
        assert files["careful"] == b"new" * 1000 or (files["careful"] == b"old" and "careful" not in told)
        found.add((files["careless"][:3], len(files["careless"]), "careless" in told))
    assert {(b"old", 3, True), (b"new", 3000, True), (b"", 0, True)} <= found
    assert any(size not in (0, 3, 3000) or data == b"\0\0\0" for data, size, _ in found)
