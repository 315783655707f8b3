"""Copies, the files beside an office's database, the database itself and keys of other offices, spoilt in every way.

Each is refused in words of both languages, or is as good as it was; nothing falls over, nothing here changes, and no
file takes long or much memory. "-m slow" tries a hundred thousand. The number of a try, which a failure names, makes
the same file again.
"""

import io
import json
import random
import shutil
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from handed_over import PASSWORD
from hostile import as_json, chance_of, leaves, spoilt, spoilt_json
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_services_hostile_files import PICTURES

from casemgr.exchange.office_key import OfficeKey
from casemgr.i18n import Words
from casemgr.records.child import Child
from casemgr.services import backups
from casemgr.services.office import open_office
from casemgr.services.office_keys import read_key
from casemgr.store import files
from casemgr.store.copies import MANIFEST, Manifest, copies_in
from casemgr.store.keys import KeyFile
from casemgr.store.note import Note
from casemgr.store.office_store import OfficeStore
from casemgr.store.returning import ASIDE, BEGUN
from casemgr.store.tries import Tries
from casemgr.trouble import DamagedCopy, DamagedKeys, Refusal, Trouble, WrongPassword

LONGEST = 5.0
"""Seconds of computing that one file may take."""
NAME = "ទេព បូរិន"
SEEDS = st.integers(min_value=0, max_value=2**32)
SPOKEN = [Words(language) for language in ("en", "km")]


def lying(folder: Path) -> dict[str, bytes]:
    """Return the files of an office, but the lock, of which only the system knows."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "office.lock"
    }


class Place:
    """An office, a copy of it, and room for files that are spoilt."""

    def __init__(self, made: Path, folder: Path) -> None:
        self.office = Path(shutil.copytree(made, folder / "office"))
        self.spoilt = Path(shutil.copytree(made, folder / "spoilt"))
        office = open_office(self.office, "", PASSWORD)
        self.copy = backups.copy_to(office, folder).read_bytes()
        office.close()
        self.path = folder / "spoilt.file"
        self.staff_id, self.data_key = KeyFile.load(self.office / "office.keys").unlock("", PASSWORD)
        self.note = Note.load(self.office, self.data_key)
        self.before = lying(self.office)
        with zipfile.ZipFile(io.BytesIO(self.copy)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist()}
        self.fit = self.refused = 0

    @contextmanager
    def trying(self) -> Iterator[None]:
        """What the block raises is a Refusal or Trouble that says something, and it comes soon."""
        begun = time.process_time()
        try:
            yield
        except (Refusal, Trouble) as trouble:
            self.refused += 1
            said = [trouble.say(words) for words in SPOKEN]
            assert all(said)
            assert said[0] != said[1]
            assert not any("{" in each for each in said)
        else:
            self.fit += 1
        assert time.process_time() - begun < LONGEST


def try_copy(place: Place, data: bytes) -> None:
    """Look at a copy as it lies in a folder, then whole, as before it is put back."""
    folder = place.path.parent / "copies"
    folder.mkdir(exist_ok=True)
    path = folder / "spoilt.officecopy"
    path.write_bytes(data)
    copies_in(folder)
    with place.trying():
        backups.facts_of(path)
        returning = backups.look_at(path, place.office, "", PASSWORD)
        sound = returning.manifest.is_sealed_with(place.data_key)
        backups.warnings_of(returning)
        returning.drop()
        assert sound
    assert lying(place.office) == place.before


def spoil_copy(place: Place, chance: random.Random) -> None:
    """A copy with spoilt bytes."""
    try_copy(place, spoilt(place.copy, chance))


def forge_copy(place: Place, chance: random.Random) -> None:
    """A copy that is an archive as it should be, but of other parts; who made it may hold the office's key."""
    parts = list(place.parts.items())
    at = chance.randrange(len(parts))
    name, data = parts[at]
    plain = json.loads(place.parts[MANIFEST])
    match chance.randrange(8):
        case 0:
            del parts[at]
        case 1:
            parts.append((name, spoilt(data, chance)))
        case 2:
            parts[at] = (chance.choice(("../../x", "/tmp/x", "office.db\0", "ក" * 200)), data)  # noqa: S108
        case 3:
            parts[at] = (name, spoilt(data, chance))
        case _:
            forged = spoilt_json(plain, chance, leaves(plain))
            with suppress(Exception):
                forged = Manifest.read(forged).sealed(place.data_key).written()
            parts = [(MANIFEST, forged), *(part for part in parts if part[0] != MANIFEST)]
    target, way = io.BytesIO(), chance.choice((*[zipfile.ZIP_STORED] * 6, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(target, "w", way, compresslevel=1) as archive, suppress(UserWarning):
        for part, content in parts:
            archive.writestr(zipfile.ZipInfo(part), content, way)
    try_copy(place, target.getvalue())


def spoil_keys(place: Place, chance: random.Random) -> None:
    """A key file with spoilt bytes or values: it opens as it did, or not at all, by whatever name."""
    whole = place.before["office.keys"]
    plain = json.loads(whole)
    place.path.write_bytes(
        spoilt(whole, chance) if chance.random() < 0.5 else spoilt_json(plain, chance, leaves(plain))
    )
    name = chance.choice(("", NAME, "nobody", "\ud800"))
    with place.trying():
        keys = KeyFile.load(place.path)
        if chance.random() < 0.2:
            with pytest.raises((WrongPassword, DamagedKeys)):
                keys.unlock_with_code("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE")
            raise WrongPassword
        assert keys.unlock(name, PASSWORD) == (place.staff_id, place.data_key)
        keys.check(place.data_key)


def spoil_note(place: Place, chance: random.Random) -> None:
    """A note with spoilt bytes or values: it says what it said, or counts as unreadable, which the check tells."""
    whole = place.before["office.note"]
    plain = json.loads(whole)
    data = spoilt(whole, chance) if chance.random() < 0.5 else spoilt_json(plain, chance, leaves(plain))
    folder = place.path.parent / "noted"
    folder.mkdir(exist_ok=True)
    (folder / "office.note").write_bytes(data)
    with place.trying():
        note = Note.load(folder, place.data_key)
        assert note == place.note or not note.readable


def spoil_tries(place: Place, chance: random.Random) -> None:
    """A count of wrong passwords that is spoilt: somebody waits, or not; nothing else."""
    plain = {"wrong": chance.randrange(6), "at": "2026-11-24T00:00:00+00:00"}
    whole = json.dumps(plain).encode()
    folder = place.path.parent / "tried"
    folder.mkdir(exist_ok=True)
    (folder / "office.tries").write_bytes(
        spoilt(whole, chance) if chance.random() < 0.5 else spoilt_json(plain, chance, leaves(plain))
    )
    tries = Tries(folder, expected=True)
    with place.trying():
        tries.begin()
    assert tries._read() is not None  # it is as it should be from now on


def spoil_office_key(place: Place, chance: random.Random) -> None:
    """The key of another office with spoilt bytes: it is that key, or none."""
    key = OfficeKey(chance.randbytes(32), chance.choice(("", "ការិយាល័យ", "a: b")))
    data = spoilt(key.text().encode(), chance)
    if chance.random() < 0.1:
        data = chance.choice((key.text().encode("utf-16"), data * 200, b":" * 4000, b"key:" * 1000, b"\n" * 4000))
    place.path.write_bytes(data)
    with place.trying():
        assert read_key(place.path).public == key.public


def spoil_database(place: Place, chance: random.Random) -> None:
    """A database with spoilt bytes: it is refused, or what is wrong with it is found, or nothing is wrong with it."""
    database = place.spoilt / "office.db"
    database.write_bytes(spoilt(place.before["office.db"], chance))
    shutil.copy(place.office / "office.keys", place.spoilt / "office.keys")
    with place.trying():
        store = OfficeStore.open(place.spoilt, "", PASSWORD)
        try:
            if all(finding.ok for finding in store.check()):
                with store.read() as work:
                    assert work.find(Child) == []
        finally:
            store.close()
    for beside in ("office.db-wal", "office.db-shm"):
        (place.spoilt / beside).unlink(missing_ok=True)


def spoil_return(place: Place, chance: random.Random) -> None:
    """The folder in which a copy waits to take the office's place, with a spoilt word of where the files go aside."""
    folder = place.path.parent / "returning"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(place.office, folder)
    shutil.copytree(place.office, folder / "office.returning")
    word = spoilt(b"before-return-2026-11-24-101112", chance)
    if chance.random() < 0.2:
        word = chance.choice((b"../../gone", b"/tmp/gone", b"", b"x" * 5000, b".", b"office.db"))
    (folder / "office.returning" / ASIDE).write_bytes(word)
    with place.trying():
        OfficeStore.open(folder, "", PASSWORD).close()
        [aside] = folder.glob("before-return-*")
        assert lying(aside).keys() >= {"office.db", "office.keys"}
        assert not (folder / BEGUN).exists()


def spoil_picture(place: Place, chance: random.Random) -> None:
    """A picture or PDF with spoilt bytes."""
    place.path.write_bytes(spoilt(PICTURES[chance.choice(sorted(PICTURES))], chance))
    with place.trying():
        kept = files.prepare(place.path)
        assert 0 < len(kept.data) <= files.MOST_BYTES
        assert files.previews(kept.media_type, kept.data, 60, 1)


def test_a_copy_that_would_grow_without_end_is_refused_at_once(place: Place, tmp_path: Path) -> None:
    plain = Manifest.read(place.parts[MANIFEST])
    for name in (MANIFEST, "office.keys", "office.db"):
        path = tmp_path / f"{name}.officecopy"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for part, content in place.parts.items():
                data = b" " * 200_000_000 if part == name else content
                data = replace(plain, database_bytes=10**9).written() if part == MANIFEST != name else data
                archive.writestr(part, data)
        tracemalloc.start()
        with pytest.raises(DamagedCopy):
            backups.look_at(path, place.office, "", PASSWORD)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
        tracemalloc.stop()
    assert lying(place.office) == place.before


def test_a_copy_with_contents_without_end_is_refused_in_little_memory(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "long.officecopy"
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in place.parts.items():
            archive.writestr(part, content)
        for number in range(60_000):
            archive.writestr(f"{number}", b"")
    tracemalloc.start()
    with pytest.raises(DamagedCopy):
        backups.facts_of(path)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_key_file_that_asks_for_too_much_is_refused_before_it_gets_it(place: Place, tmp_path: Path) -> None:
    plain = json.loads(place.before["office.keys"])
    for memory_kib, iterations in ((1_048_576, 1), (262_144, 9), (131_072, 17), (131_072, 2**40)):
        plain["accounts"][0].update(memory_kib=memory_kib, iterations=iterations)
        (tmp_path / "office.keys").write_bytes(as_json(plain))
        with pytest.raises(DamagedKeys):
            KeyFile.load(tmp_path / "office.keys")
    (tmp_path / "office.keys").write_bytes(b" " * 20_000_000)
    with pytest.raises(DamagedKeys):
        KeyFile.load(tmp_path / "office.keys")


Spoil = Callable[[Place, random.Random], None]
FORMATS: dict[Spoil, tuple[int, int]] = {
    spoil_copy: (40, 20_000), forge_copy: (30, 10_000), spoil_keys: (60, 20_000), spoil_note: (60, 15_000),
    spoil_tries: (50, 8_000), spoil_office_key: (60, 12_000), spoil_database: (12, 3_000), spoil_return: (12, 2_000),
    spoil_picture: (10, 10_000),
}  # fmt: skip
"""How each format is spoilt, and how often: in every run, and by hand."""


@pytest.fixture(scope="module")
def place(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(made, tmp_path_factory.mktemp("spoilt"))


def _name(spoil: Spoil) -> str:
    return spoil.__name__


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("spoil", FORMATS, ids=_name)
def test_a_spoilt_file_is_refused_in_words_and_changes_nothing(place: Place, spoil: Spoil) -> None:
    @settings(max_examples=FORMATS[spoil][0], suppress_health_check=list(HealthCheck), deadline=None)
    @given(SEEDS)
    def tried(seed: int) -> None:
        spoil(place, chance_of(seed))

    before = place.refused
    tried()
    assert place.refused > before or spoil in {spoil_note, spoil_return}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("spoil", FORMATS, ids=_name)
def test_a_hundred_thousand_spoilt_files(place: Place, spoil: Spoil) -> None:
    began, longest = time.monotonic(), 0.0
    place.fit = place.refused = 0
    for seed in range(FORMATS[spoil][1]):
        at = time.process_time()
        try:
            spoil(place, chance_of(seed))
        except BaseException:
            print("seed", seed)
            raise
        longest = max(longest, time.process_time() - at)
    memory = psutil.Process().memory_info().rss // 1_000_000
    print(f"{spoil.__name__}: {FORMATS[spoil][1]} files, refused {place.refused}, fit {place.fit}, "
          f"{time.monotonic() - began:.0f} s, longest {longest:.2f} s, memory {memory} MB")  # fmt: skip
