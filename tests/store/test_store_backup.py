"""Copies of an office: made, read back, put back; what was changed in one, or is missing, is noticed and named."""

import shutil
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from store_helpers import MARKERS, NAME, PASSWORD

from casemgr import clock
from casemgr.i18n import Words
from casemgr.records.child import Child
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.store import restoring
from casemgr.store.backup import Outcome, Target, make_copies
from casemgr.store.copies import Copy, copies_in, verify
from casemgr.store.keys import PRACTICE_COST, KeyFile
from casemgr.store.note import Note
from casemgr.store.office_store import OfficeStore
from casemgr.trouble import DamagedCopy, NewerStore, StoreInUse, Trouble, WrongPassword
from casemgr.whereabouts import DATABASE, KEYS, NOTE, TRIES, holds_office


def make(store: OfficeStore, *folders: Path) -> list[Outcome]:
    with store.at_work() as (engine, data_key):
        return make_copies(engine, store.folder, data_key, [Target(each) for each in folders], clock.now())


def made(store: OfficeStore, folder: Path) -> Copy:
    folder.mkdir(exist_ok=True)
    [outcome] = make(store, folder)
    assert outcome.trouble is None
    assert outcome.copy is not None
    return outcome.copy


def add(store: OfficeStore, code: str) -> None:
    with store.write() as work:
        work.add(Child(code=code))


def codes(store: OfficeStore) -> list[str | None]:
    with store.read() as work:
        return [child.code for child in work.find(Child)]


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Copy:
    """A copy of the office, which is closed."""
    store = OfficeStore.open(folder, NAME, PASSWORD)
    copy = made(store, tmp_path / "copies")
    store.close()
    return copy


def test_a_copy_tells_of_itself_without_any_name_and_leaves_nothing_beside_it(
    store: OfficeStore, tmp_path: Path
) -> None:
    copy = made(store, tmp_path / "copies")
    data_key = store._data_key
    assert [path.name for path in (tmp_path / "copies").iterdir()] == [copy.path.name]
    assert not list(store.folder.glob("*.part"))
    assert copies_in(tmp_path / "copies") == [Copy(copy.path, verify(copy.path, data_key))]
    assert copy.path.stat().st_mode & 0o077 == 0
    raw = copy.path.read_bytes()
    assert not any(marker.encode() in raw for marker in (*MARKERS, NAME))
    assert copy.manifest.rows["child"] == 1
    assert copy.manifest.office == KeyFile.load(store.folder / KEYS).office
    with zipfile.ZipFile(copy.path) as archive:
        assert archive.namelist() == ["manifest.json", KEYS, DATABASE]


def test_saving_goes_on_while_a_copy_is_made(store: OfficeStore, tmp_path: Path) -> None:
    with store.read() as work:
        work.find(Child)
        copy = made(store, tmp_path / "copies")  # somebody reads in another thread
    add(store, "SR-C-0100")
    assert made(store, tmp_path / "more").manifest.head.number == copy.manifest.head.number + 1


def test_a_copy_makes_a_new_office_of_an_empty_folder(copy: Copy, tmp_path: Path) -> None:
    returning = restoring.prepare(copy.path, tmp_path / "new" / "office", "", PASSWORD)
    assert not returning.present.there
    assert not holds_office(tmp_path / "new" / "office")
    store = returning.put_back()
    assert codes(store) == ["SR-C-0001"]
    assert all(finding.ok for finding in store.check()), [finding.say(Words("en")) for finding in store.check()]
    store.close()
    OfficeStore.open(tmp_path / "new" / "office", NAME, PASSWORD).close()


def test_what_lay_there_is_kept_aside_and_the_trail_says_so(
    copy: Copy, folder: Path, reopen: Callable[[], OfficeStore]
) -> None:
    store = reopen()
    add(store, "SR-C-0200")
    store.close()
    later = (folder / DATABASE).read_bytes()
    returning = restoring.prepare(copy.path, folder, NAME, PASSWORD)
    assert returning.present.office == copy.manifest.office
    assert returning.present.head is not None
    assert returning.present.head.number > copy.manifest.head.number
    assert not returning.has_present
    store = returning.put_back()
    assert codes(store) == ["SR-C-0001"]
    assert all(finding.ok for finding in store.check())
    store.close()
    [aside] = folder.glob("before-return-*")
    assert (aside / DATABASE).read_bytes() == later
    assert {KEYS, NOTE} <= {path.name for path in aside.iterdir()}
    assert {path.name for path in folder.iterdir()} == {
        aside.name, DATABASE, KEYS, NOTE, "office.lock", "office.tries",
    }  # fmt: skip


def test_copies_of_before_an_older_one_was_put_back_raise_no_alarm(
    folder: Path, tmp_path: Path, reopen: Callable[[], OfficeStore]
) -> None:
    copies, first = tmp_path / "office-copies", tmp_path / "first"
    store = reopen()
    copy = made(store, first)
    add(store, "SR-C-0200")
    made(store, copies)
    store.close()
    store = restoring.prepare(copy.path, folder, NAME, PASSWORD).put_back()
    assert store.note().since is not None
    assert all(finding.ok for finding in store.check())
    store.close()


def test_a_copy_that_is_left_alone_changes_nothing(copy: Copy, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    restoring.prepare(copy.path, folder, NAME, PASSWORD).drop()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(WrongPassword):
        restoring.prepare(copy.path, folder, NAME, "not the password")
    (folder / TRIES).write_bytes(before[TRIES])  # the wrong password was counted
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("harm", ["database gone", "database damaged", "keys gone", "keys damaged", "both gone"])
def test_a_damaged_office_is_put_back(copy: Copy, folder: Path, harm: str) -> None:
    for name, meant in ((DATABASE, "database"), (KEYS, "keys")):
        if harm in (f"{meant} gone", "both gone"):
            (folder / name).unlink()
        elif harm == f"{meant} damaged":
            (folder / name).write_bytes(b"\0" * 5000)
    store = restoring.prepare(copy.path, folder, "", PASSWORD).put_back()
    assert codes(store) == ["SR-C-0001"]
    store.close()


def test_where_the_trail_cannot_be_written_the_office_is_not_left_locked(
    folder: Path, tmp_path: Path, reopen: Callable[[], OfficeStore]
) -> None:
    store = reopen()
    with store.at_work() as (engine, _), engine.connect() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER none BEFORE INSERT ON audit_entry WHEN new.action = 'put-back' "
            "BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        connection.commit()
    copy = made(store, tmp_path / "copies")
    store.close()
    returning = restoring.prepare(copy.path, folder, NAME, PASSWORD)
    with pytest.raises(IntegrityError):
        returning.put_back()
    OfficeStore.open(folder, NAME, PASSWORD).close()


def test_an_open_office_is_not_replaced(copy: Copy, store: OfficeStore) -> None:
    with pytest.raises(StoreInUse):
        restoring.prepare(copy.path, store.folder, NAME, PASSWORD)


def test_a_copy_of_another_office_is_told_apart(copy: Copy, tmp_path: Path) -> None:
    settings = OfficeSettings(code="KP", name_km="ក", name_en="Other", practice=True)
    other, _ = OfficeStore.create(tmp_path / "other", settings, StaffMember(name="ស"), "another", cost=PRACTICE_COST)
    other.close()
    returning = restoring.prepare(copy.path, tmp_path / "other", NAME, PASSWORD)
    assert returning.present.office not in (None, copy.manifest.office)
    assert returning.present.head is None
    returning.drop()
    OfficeStore.open(tmp_path / "other", "", "another").close()
    assert copies_in(tmp_path / "copies", returning.present.office) == []


def _rewrite(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """Write a copy anew with changed parts, as somebody could who knows its form."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, change(name, data))


def _flip(path: Path, at: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(bytes(raw))


def _swap(name: str, data: bytes) -> bytes:
    return data[:4096] + data[8192:12288] + data[4096:8192] + data[12288:] if name == DATABASE else data


HARMS: dict[str, Callable[[Path], None]] = {
    "one bit of the database": lambda path: _flip(path, path.stat().st_size // 2),
    "one bit of the keys": lambda path: _flip(path, path.read_bytes().index(b'"accounts"') + 200),
    "two pages swapped": lambda path: _rewrite(path, _swap),
    "another head": lambda path: _rewrite(
        path, lambda name, data: data.replace(b'"audit_number": ', b'"audit_number": 9') if name[0] == "m" else data
    ),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-5000]),
    "no manifest": lambda path: _rewrite(path, lambda name, data: b"{}" if name[0] == "m" else data),
    "no archive at all": lambda path: path.write_bytes(b"hello"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_copy_that_was_changed_is_named_and_nothing_is_replaced(copy: Copy, folder: Path, harm: str) -> None:
    data_key = KeyFile.load(folder / KEYS).unlock(NAME, PASSWORD)[1]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    HARMS[harm](copy.path)
    with pytest.raises(DamagedCopy):
        verify(copy.path, data_key)
    with pytest.raises(DamagedCopy) as trouble:
        restoring.prepare(copy.path, folder, NAME, PASSWORD)
    assert "Choose another one" in trouble.value.say(Words("en"))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("was", "said"),
    [
        (b'"database_bytes": ', b'"database_bytes": 1e999, "was": '),
        (b'"audit_number": ', b'"audit_number": -1e999, "was": '),
        (b'"made_at": "', b'"made_at": "0001-01-01T00:00:00+14:00", "was": "'),
        (b'"made_at": "', b'"made_at": "9999-12-31T23:59:59-14:00", "was": "'),
        (b"{", b"[" * 200_000),
    ],
)
def test_a_copy_that_says_odd_things_of_itself_is_none(copy: Copy, folder: Path, was: bytes, said: bytes) -> None:
    shutil.copy(copy.path, copy.path.with_name("odd.officecopy"))
    _rewrite(
        copy.path.with_name("odd.officecopy"),
        lambda name, data: data.replace(was, said, 1) if name == "manifest.json" else data,
    )
    assert copies_in(copy.path.parent) == [copy]
    with pytest.raises(DamagedCopy):
        restoring.prepare(copy.path.with_name("odd.officecopy"), folder, NAME, PASSWORD)


def test_keys_of_another_time_do_not_pass_for_those_of_the_copy(copy: Copy, folder: Path) -> None:
    store = OfficeStore.open(folder, NAME, PASSWORD)
    store.renew_key()
    store.close()
    newer = (folder / KEYS).read_bytes()
    _rewrite(copy.path, lambda name, data: newer if name == KEYS else data)
    with pytest.raises(DamagedCopy):
        restoring.prepare(copy.path, folder, NAME, PASSWORD)


def test_a_copy_of_before_a_new_data_key_still_comes_back(copy: Copy, folder: Path) -> None:
    store = OfficeStore.open(folder, NAME, PASSWORD)
    store.renew_key()
    assert all(finding.ok for finding in store.check())
    assert store.note().readable
    store.close()
    store = restoring.prepare(copy.path, folder, NAME, PASSWORD).put_back()
    assert codes(store) == ["SR-C-0001"]
    store.close()


def test_a_copy_of_a_newer_version_is_refused(copy: Copy, folder: Path) -> None:
    _rewrite(
        copy.path, lambda name, data: data.replace(b'"revision": "0', b'"revision": "9') if name[0] == "m" else data
    )
    with pytest.raises(NewerStore):
        restoring.prepare(copy.path, folder, NAME, PASSWORD)


def test_a_place_that_fails_is_named_and_the_others_get_their_copy(store: OfficeStore, tmp_path: Path) -> None:
    good, gone, file = tmp_path / "good", tmp_path / "stick", tmp_path / "file"
    good.mkdir()
    file.write_text("x")
    earlier = made(store, good)
    outcomes = make(store, gone, file, good)
    said = [outcome.trouble.say(Words("en")) if outcome.trouble else None for outcome in outcomes]
    assert said[2] is None
    for text in said[:2]:
        assert text is not None
        assert "is not there" in text
    assert not gone.exists()
    assert earlier.path.exists()
    assert not list(store.folder.glob("*.part"))


def test_what_a_dead_program_left_half_written_is_swept_away(store: OfficeStore, tmp_path: Path) -> None:
    copy = made(store, tmp_path / "copies")
    half = copy.path.with_name(f".{copy.path.name}.part")
    other = copy.path.with_name(".office-00000000-2026-01-01-000000.officecopy.part")
    for path in (half, other, store.folder / "office.db.copying.part"):
        path.write_bytes(b"half")
    made(store, tmp_path / "copies")
    assert not half.exists()
    assert other.exists()  # another office writes there just now
    assert not (store.folder / "office.db.copying.part").exists()


def _cut(folder: Path, data_key: bytes, lines: int) -> None:
    """Cut the newest lines off the audit trail, as whoever has key and file could."""
    from casemgr.store.engine import connect

    raw = connect(folder / DATABASE, data_key)
    raw.execute("DROP TRIGGER audit_entry_no_delete")
    raw.execute("DELETE FROM audit_entry WHERE seq > (SELECT max(seq) - ? FROM audit_entry)", (lines,))
    raw.execute(
        "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    raw.close()


def _said(store: OfficeStore) -> list[str]:
    return [finding.say(Words("en")) for finding in store.check() if not finding.ok]


def test_a_trail_whose_end_was_cut_off_is_named(folder: Path, reopen: Callable[[], OfficeStore]) -> None:
    store = reopen()
    add(store, "SR-C-0300")
    data_key = store._data_key
    store.close()
    _cut(folder, data_key, 1)
    assert "ends at line" in _said(reopen())[0]
    assert "ends at line" in _said(reopen())[0]  # closing it does not make it good


def test_an_older_pair_of_files_put_in_place_by_hand_is_named(
    folder: Path, tmp_path: Path, reopen: Callable[[], OfficeStore]
) -> None:
    shutil.copytree(folder, tmp_path / "old")
    store = reopen()
    add(store, "SR-C-0300")
    copies = tmp_path / "office-copies"  # where copies go unless another folder is chosen
    made(store, copies)
    store.close()
    for path in folder.iterdir():
        path.unlink()
    for path in (tmp_path / "old").iterdir():
        shutil.copy2(path, folder / path.name)
    store = reopen()  # without the note, and with the same number of lines after a while
    assert "ends at line" in _said(store)[0]
    for number in range(5):
        add(store, f"SR-C-04{number:02}")
    assert "is not the one" in _said(store)[0]
    shutil.rmtree(copies)
    assert _said(store) == []


def test_a_note_that_was_changed_is_named(folder: Path, reopen: Callable[[], OfficeStore]) -> None:
    reopen().close()
    (folder / NOTE).write_bytes(b'{"format": "casemgr note 1", "sealed": ["aaaa"]}')
    assert "note beside the office" in _said(reopen())[0]


def test_the_note_can_be_read_with_the_key_alone(store: OfficeStore) -> None:
    with store.changing_note() as note:
        note.home.folder = "/media/ស្រីសម្គាល់"
        note.since = clock.now()
    assert b"/media" not in (store.folder / NOTE).read_bytes()
    assert store.note().home.folder == "/media/ស្រីសម្គាល់"
    assert not Note.load(store.folder, bytes(32)).readable
    assert (store.folder / NOTE).stat().st_mode & 0o077 == 0


def test_copies_of_the_future_are_still_the_newest(store: OfficeStore, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    with store.at_work() as (engine, data_key):
        for days in (0, 30, -30):
            at = clock.now() + timedelta(days=days)
            make_copies(engine, store.folder, data_key, [Target(tmp_path / "copies")], at)
    found = copies_in(tmp_path / "copies")
    assert [copy.manifest.made_at for copy in found] == sorted((copy.manifest.made_at for copy in found), reverse=True)
    assert len(found) == 3


def test_a_missing_copy_says_so(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        restoring.prepare(tmp_path / "none.officecopy", tmp_path / "office", "", PASSWORD)
    assert "cannot be read" in trouble.value.say(Words("en"))
