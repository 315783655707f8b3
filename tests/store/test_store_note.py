"""The sealed note beside an office: what was changed or taken away is named until somebody has seen it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from store_helpers import NAME, PASSWORD

from casemgr import clock
from casemgr.i18n import Words
from casemgr.records.kept import AuditEntry
from casemgr.services.practice import PASSWORD as PRACTICE_PASSWORD
from casemgr.store import restoring
from casemgr.store.backup import Target, make_copies
from casemgr.store.note import Note
from casemgr.store.office_store import OfficeStore
from casemgr.whereabouts import DATABASE, KEYS, NOTE

Reopen = Callable[[], OfficeStore]
SPOILT = b'{"format": "casemgr note 1", "sealed": ["aaaa"]}'


def said(store: OfficeStore) -> list[str]:
    """Return what a look finds that is wrong, the quick one and the thorough one alike."""
    found = [[each.say(Words("en")) for each in look() if not each.ok] for look in (store.quick_check, store.check)]
    assert found[0] == found[1]
    return found[0]


def is_named(store: OfficeStore) -> bool:
    """Return whether the note is what is wrong, and nothing else."""
    found = said(store)
    assert len(found) <= 1
    return bool(found) and "note beside the office" in found[0]


def write_in(store: OfficeStore, folder: Path | None) -> None:
    """Change the note as a copy does, or the choice of a folder."""
    with store.changing_note() as note:
        note.home.folder = str(folder or "")


def harm(folder: Path, how: str) -> None:
    """Change the note, or take it away, outside the program."""
    match how:
        case "changed":
            (folder / NOTE).write_bytes(SPOILT)
        case "taken away":
            (folder / NOTE).unlink()


HARMS = pytest.mark.parametrize("how", ["changed", "taken away"])


@HARMS
def test_what_was_done_to_the_note_is_named_until_somebody_has_seen_it(
    folder: Path, tmp_path: Path, reopen: Reopen, how: str
) -> None:
    write_in(reopen(), tmp_path)
    reopen().close()
    harm(folder, how)
    for _ in range(2):
        store = reopen()
        assert is_named(store)
        write_in(store, None)
        assert is_named(store)
    kept = [path.read_bytes() for path in folder.glob(f"{NOTE}.*")]
    assert kept == ([SPOILT] if how == "changed" else [])
    with store.changing_note() as note:
        note.doubt = None
    assert said(store) == said(reopen()) == []


@HARMS
def test_also_where_it_is_done_while_the_office_is_open(store: OfficeStore, reopen: Reopen, how: str) -> None:
    harm(store.folder, how)
    assert is_named(store)
    write_in(store, None)
    assert is_named(store)
    assert is_named(reopen())


def test_an_older_pair_from_before_a_new_key_is_named_though_copies_are_made(
    folder: Path, tmp_path: Path, reopen: Reopen
) -> None:
    reopen().close()
    for name in (DATABASE, KEYS):
        shutil.copy(folder / name, tmp_path / name)
    store = reopen()
    store.renew_key()
    store.close()
    for name in (DATABASE, KEYS):
        shutil.copy(tmp_path / name, folder / name)
    write_in(reopen(), tmp_path)
    assert is_named(reopen())


def test_a_new_key_and_a_copy_that_is_put_back_settle_nothing(folder: Path, tmp_path: Path, reopen: Reopen) -> None:
    reopen().close()
    harm(folder, "changed")
    store = reopen()
    store.renew_key()
    with store.at_work() as (engine, data_key):
        [outcome] = make_copies(engine, folder, data_key, [Target(tmp_path)], clock.now())
    assert outcome.copy is not None
    assert is_named(reopen())
    reopen().close()
    store = restoring.prepare(outcome.copy.path, folder, NAME, PASSWORD).put_back()
    assert is_named(store)
    store.close()


def test_a_new_office_has_its_note_from_the_beginning(folder: Path, store: OfficeStore) -> None:
    assert Note.load(folder, store._data_key).readable
    with store.read() as work:
        assert [line.action for line in work.find(AuditEntry)].count("note-made") == 1


def test_an_office_of_before_the_note_gets_one_without_a_word(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(Path(__file__).with_name("offices") / "0004", tmp_path / "office"))
    for path in (folder, *folder.iterdir()):
        path.chmod(0o700 if path.is_dir() else 0o600)
    for lost in (False, True, True):
        store = OfficeStore.open(folder, "", PRACTICE_PASSWORD)
        assert is_named(store) is lost
        store.close()
        (folder / NOTE).unlink()
