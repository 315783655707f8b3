"""Setting up, opening, refusing; two at once; edits of others; the check."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple
from uuid import uuid4

import pytest
import sqlalchemy as sa
from store_helpers import HOLDER, NAME, PASSWORD

from casemgr.i18n import Words
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.kept import Draft
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.store import engine
from casemgr.store.folder import account_count
from casemgr.store.keys import PRACTICE_COST
from casemgr.store.office_store import OfficeStore
from casemgr.trouble import (
    DamagedKeys,
    EditedElsewhere,
    ForeignStore,
    NoRoom,
    NoSuch,
    Refusal,
    StoreInUse,
    Trouble,
    WrongCode,
    WrongPassword,
)
from casemgr.whereabouts import holds_office

Reopen = Callable[[], OfficeStore]


def settings() -> OfficeSettings:
    return OfficeSettings(code="SR", name_km="ការិយាល័យ", name_en="Office", practice=True)


def test_what_was_kept_is_there_again(store: OfficeStore, folder: Path) -> None:
    with store.read() as work:
        child = work.find(Child)[0]
        case = work.first(Case, child_id=child.id)
        assert work.get(StaffMember, store.staff_id).name == NAME
    assert (child.code, child.version) == ("SR-C-0001", 1)
    assert case is not None
    assert case.number == "SR-2026-0001"
    assert child.created_at is not None
    assert holds_office(folder)
    assert account_count(folder) == 1


WHOLE = ["office.db", "office.keys", "office.note", "office.tries"]


def names_in(folder: Path) -> list[str]:
    """Return the files of an office that is closed, without the lock, which Windows takes away and others leave."""
    return sorted(file.name for file in folder.iterdir() if file.name != "office.lock")


def test_new_offices_are_private_and_complete(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "office"
    assert not holds_office(folder)
    store, code = OfficeStore.create(folder, settings(), StaffMember(name="Sok"), "x", cost=PRACTICE_COST)
    assert len(code) == 29
    findings = store.check()
    store.close()
    store.close()
    assert all(finding.ok for finding in findings)
    assert names_in(folder) == WHOLE
    with pytest.raises(RuntimeError, match="closed"), store.read():
        pass


def test_an_office_is_never_set_up_over_another(folder: Path) -> None:
    before = (folder / "office.db").read_bytes()
    for missing in ("", "office.db"):
        if missing:
            (folder / missing).rename(folder / "elsewhere")
        with pytest.raises(Refusal):
            OfficeStore.create(folder, settings(), StaffMember(name="Sok"), "x", cost=PRACTICE_COST)
    assert (folder / "elsewhere").read_bytes() == before


def test_a_set_up_that_never_ended_can_be_begun_again(tmp_path: Path) -> None:
    for name in ("office.new.db", "office.new.db-wal", "office.keys"):
        (tmp_path / name).write_bytes(b"half")
    assert not holds_office(tmp_path)
    store, _ = OfficeStore.create(tmp_path, settings(), StaffMember(name="Sok"), "x", cost=PRACTICE_COST)
    store.close()
    assert names_in(tmp_path) == WHOLE


def test_a_real_office_is_never_cheap_to_guess(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="practice"):
        OfficeStore.create(tmp_path, OfficeSettings(code="SR"), StaffMember(name="Sok"), "x", cost=PRACTICE_COST)
    assert list(tmp_path.iterdir()) == []


def test_too_little_room_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(NoRoom) as trouble:
        engine.check_room(tmp_path, 10**18)
    assert "1000000000000" in trouble.value.say(Words("en"))


def test_wrong_password_leaves_the_office_free(folder: Path) -> None:
    for name, password in ((NAME, "wrong"), ("Nobody", PASSWORD)):
        with pytest.raises(WrongPassword):
            OfficeStore.open(folder, name, password)
    OfficeStore.open(folder, "", PASSWORD).close()


def test_the_recovery_code_gives_a_new_password_once(folder: Path, recovery_code: str) -> None:
    with pytest.raises(WrongCode):
        OfficeStore.recover(folder, "A" * 25, NAME, "a new long password")
    with pytest.raises(WrongCode):
        OfficeStore.recover(folder, recovery_code, "Nobody", "a new long password")
    store, fresh = OfficeStore.recover(folder, recovery_code.lower(), NAME, "a new long password")
    store.close()
    with pytest.raises(WrongPassword):
        OfficeStore.open(folder, NAME, PASSWORD)
    with pytest.raises(WrongCode):
        OfficeStore.recover(folder, recovery_code, NAME, "another long password")
    OfficeStore.open(folder, NAME, "a new long password").close()
    OfficeStore.recover(folder, fresh, NAME, "another long password")[0].close()


def test_password_and_code_can_be_changed_by_who_is_inside(store: OfficeStore, folder: Path) -> None:
    with pytest.raises(WrongPassword):
        store.set_password("wrong", "a new long password")
    store.set_password(PASSWORD, "a new long password")
    code = store.new_recovery_code()
    assert all(finding.ok for finding in store.check())
    store.close()
    OfficeStore.open(folder, NAME, "a new long password").close()
    OfficeStore.recover(folder, code, NAME, PASSWORD)[0].close()


def test_one_program_at_a_time(store: OfficeStore, folder: Path) -> None:
    with pytest.raises(StoreInUse):
        OfficeStore.open(folder, NAME, PASSWORD)
    store.close()
    OfficeStore.open(folder, NAME, PASSWORD).close()


def test_another_process_is_noticed_and_its_death_too(folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder), PASSWORD], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().rstrip() == b"held"
        with pytest.raises(StoreInUse):
            OfficeStore.open(folder, NAME, PASSWORD)
        holder.kill()
    OfficeStore.open(folder, NAME, PASSWORD).close()


def test_there_is_nothing_to_open(tmp_path: Path) -> None:
    with pytest.raises(ForeignStore):
        OfficeStore.open(tmp_path / "nowhere", NAME, PASSWORD)
    with pytest.raises(DamagedKeys):
        account_count(tmp_path)


@pytest.mark.parametrize("damage", ["plain", "empty", "text", "first page", "cut"])
def test_foreign_and_damaged_files_are_refused_and_left_alone(
    folder: Path, damage: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = folder / "office.db"
    whole = path.read_bytes()
    match damage:
        case "plain":
            path.unlink()
            other = sa.create_engine(f"sqlite:///{path}")
            with other.begin() as connection:
                connection.exec_driver_sql("CREATE TABLE somebody_elses (x)")
            other.dispose()
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_bytes(b"This is a letter and no office at all." * 500)
        case "first page":
            path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
        case _:
            path.write_bytes(whole[:4000])
    found = path.read_bytes()
    with pytest.raises(ForeignStore) as trouble:
        OfficeStore.open(folder, NAME, PASSWORD)
    assert trouble.value.say(Words("en")).endswith(".")
    assert path.read_bytes() == found
    path.write_bytes(whole)
    OfficeStore.open(folder, NAME, PASSWORD).close()
    assert capfd.readouterr() == ("", "")


def test_a_flipped_byte_further_in_is_noticed_at_opening_or_found_by_the_check(reopen: Reopen, folder: Path) -> None:
    path, found = folder / "office.db", 0
    whole = path.read_bytes()
    for part in range(4, 20):
        spoilt = bytearray(whole)
        spoilt[len(whole) * part // 20] ^= 1
        path.write_bytes(spoilt)
        try:
            store = reopen()
        except ForeignStore:
            continue
        findings = store.check()
        store.close()
        assert not findings[0].ok
        assert findings[0].say(Words("en")).startswith("The file is damaged")
        found += 1
    assert found


def test_keys_of_another_office_or_none_open_nothing(folder: Path, tmp_path: Path) -> None:
    other, _ = OfficeStore.create(tmp_path / "other", settings(), StaffMember(name=NAME), PASSWORD, cost=PRACTICE_COST)
    other.close()
    shutil.copy(tmp_path / "other" / "office.keys", folder / "office.keys")
    with pytest.raises(ForeignStore):
        OfficeStore.open(folder, NAME, PASSWORD)
    (folder / "office.keys").unlink()
    with pytest.raises(DamagedKeys):
        OfficeStore.open(folder, NAME, PASSWORD)


def test_the_check_sees_a_changed_key_file_and_open_rights(store: OfficeStore, folder: Path) -> None:
    text = (folder / "office.keys").read_text("utf-8")
    (folder / "office.keys").write_text(text.replace('"iterations": 1', '"iterations": 2', 1), "utf-8")
    (folder / "office.db").chmod(0o644)
    bad = [finding.say(Words("en")) for finding in store.check() if not finding.ok]
    assert [text.split()[1] for text in bad] == (["key", "users"] if os.name == "posix" else ["key"])
    (folder / "office.keys").unlink()
    assert "missing" in " ".join(finding.message for finding in store.check())


def test_the_check_sees_lost_links_and_missing_guards(reopen: Reopen) -> None:
    store = reopen()
    with store._running().connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        connection.commit()
    raw = store._running().raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys=OFF")
    raw.cursor().execute("DELETE FROM child")
    raw.close()
    assert [finding.ok for finding in store.check()[:4]] == [True, False, False, True]


def test_what_fails_half_way_leaves_nothing(store: OfficeStore) -> None:
    def fail() -> None:
        with store.write() as work:
            work.add(Child(code="SR-C-0007"))
            work.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.read() as work:
        assert work.first(Child, code="SR-C-0007") is None
        with pytest.raises(NoSuch):
            work.get(Child, uuid4())


def test_an_edit_of_somebody_else_is_shown_and_not_overwritten(store: OfficeStore) -> None:
    with store.read() as work:
        mine = work.find(Child)[0]
    with store.read() as work:
        theirs = work.find(Child)[0]
    theirs.nickname = "first"
    with store.write() as work:
        work.save(theirs)
    mine.nickname = "second"
    with pytest.raises(EditedElsewhere) as refused, store.write() as work:
        work.save(mine)
    assert isinstance(refused.value.theirs, Child)
    assert (refused.value.theirs.nickname, mine.nickname) == ("first", "second")
    theirs.nickname = "third"
    with store.write() as work:
        kept = work.save(theirs)
        assert work.save(kept) is kept
    assert (theirs.version, kept.version, mine.version) == (3, 3, 1)


def test_a_record_that_is_no_more_cannot_be_saved(store: OfficeStore) -> None:
    with store.write("a slip") as work:
        offence = work.find(Offence)[0]
        work.remove(offence)
    offence.description = "again"
    with pytest.raises(NoSuch), store.write() as work:
        work.save(offence)


def test_reading_changes_nothing_and_bulk_changes_are_refused(store: OfficeStore) -> None:
    with pytest.raises(RuntimeError, match="reads"), store.read() as work:
        work.find(Child)[0].nickname = "changed"
    for statement in (sa.update(Child).values(nickname="x"), sa.delete(Offence), sa.insert(Child).values(code="x")):
        with pytest.raises(RuntimeError, match="audit"), store.write() as work:
            work.session.execute(statement)
    with store.read() as work:
        assert work.find(Child)[0].nickname is None


def test_rows_of_one_second_come_back_in_their_order(store: OfficeStore) -> None:
    with store.write() as work:
        case = work.find(Case)[0]
        for number in range(30):
            work.add(Offence(case_id=case.id, article=str(number)))
    with store.read() as work:
        articles = [offence.article for offence in work.find(Offence, case_id=case.id)]
    assert articles == [None, *map(str, range(30))]


def test_no_answer_reaches_the_text_of_an_error(store: OfficeStore) -> None:
    with pytest.raises(sa.exc.IntegrityError) as error, store.write() as work:
        work.add(Child(code="SR-C-0001", family_name_latin="Secretname"))
    assert "Secretname" not in str(error.value)
    assert "Secretname" not in repr(error.value.orig)


def test_drafts_come_and_go(store: OfficeStore) -> None:
    with store.write() as work:
        at = work.find(Child)[0].created_at
        assert at is not None
        work.add(Draft(staff_id=store.staff_id, key="arrest/1", case_id=None, plain="{}", kept_at=at))
    with store.write() as work:
        draft = work.first(Draft, key="arrest/1")
        assert draft is not None
        work.remove(draft)
    with store.read() as work:
        assert work.find(Draft) == []


class Mounted(NamedTuple):
    mountpoint: str
    fstype: str
    opts: str


def test_network_drives_are_known_by_their_kind() -> None:
    posix = [Mounted("/", "ext4", "rw"), Mounted("/home", "ext4", "rw"), Mounted("/home/share", "nfs4", "rw,hard"),
             Mounted("/mnt/w", "cifs", "rw"), Mounted("/mnt/s", "fuse.sshfs", "rw")]  # fmt: skip
    for place in ("/home/share/office", "/mnt/w", "/mnt/s/a/b"):
        assert engine.lies_on_network(PurePosixPath(place), posix)
    for place in ("/home/shared", "/home/me/office", "/mnt/x"):
        assert not engine.lies_on_network(PurePosixPath(place), posix)
    windows = [Mounted("C:\\", "NTFS", "rw,fixed"), Mounted("Z:\\", "NTFS", "rw,remote")]
    assert engine.lies_on_network(PureWindowsPath("Z:/office"), windows)
    assert engine.lies_on_network(PureWindowsPath("//server/share/office"), windows)
    assert not engine.lies_on_network(PureWindowsPath("C:/Users/x"), windows)
    assert not engine.lies_on_network(PurePosixPath("/home"), [])


def test_this_very_folder_is_no_network_drive(tmp_path: Path) -> None:
    engine.check_place(tmp_path)


@pytest.fixture
def poor_rights(folder: Path) -> Iterator[Path]:
    """The folder as somebody sees it who may read and not write; root gives its powers up for as long."""
    is_root = os.geteuid() == 0
    for part in (folder / "office.db", folder / "office.keys", folder / "office.lock"):
        part.chmod(0o444)
    folder.chmod(0o555)
    for parent in folder.parents[:3]:
        parent.chmod(0o755)
    if is_root:
        os.seteuid(65534)
    yield folder
    if is_root:
        os.seteuid(0)
    folder.chmod(0o700)


@pytest.mark.skipif(os.name != "posix", reason="rights are another matter on Windows")
def test_a_folder_that_may_not_be_written_to(store: OfficeStore, poor_rights: Path) -> None:
    store.close()
    with pytest.raises(Trouble) as trouble:
        OfficeStore.open(poor_rights, NAME, PASSWORD)
    assert "cannot be written" in trouble.value.say(Words("en"))
    with pytest.raises(Trouble) as trouble:
        OfficeStore.create(poor_rights / "new", settings(), StaffMember(name="Sok"), "x", cost=PRACTICE_COST)
    assert "cannot be written" in trouble.value.say(Words("en"))


def test_what_is_sealed_aside_opens_for_the_same_staff_member_alone(store: OfficeStore) -> None:
    sealed = store.seal_aside("ចាន់ ដារ៉ា".encode())
    assert "ចាន់".encode() not in sealed
    assert sealed != store.seal_aside("ចាន់ ដារ៉ា".encode()), "nobody sees that it is the same"
    assert store.unseal_aside(sealed) == "ចាន់ ដារ៉ា".encode()
    own, store.staff_id = store.staff_id, uuid4()
    assert store.unseal_aside(sealed) is None
    store.staff_id = own
    assert store.unseal_aside(sealed[:-1]) is None
    store.close()
    with pytest.raises(RuntimeError):
        store.seal_aside(b"x")
