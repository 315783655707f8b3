"""Copies that the office makes of its own accord, how they are thinned out, and what the check says of all that."""

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from casemgr import clock
from casemgr.i18n import Words
from casemgr.records.kept import AuditEntry
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.services import backups, self_check
from casemgr.services.office import Office, create_office, open_office, set_lunar_date
from casemgr.store.backup import Target, make_copies
from casemgr.store.checking import Finding
from casemgr.store.copies import Copy, Head, Manifest, copies_in
from casemgr.store.keys import PRACTICE_COST
from casemgr.store.note import Failed
from casemgr.trouble import DamagedCopy, Refusal, Stopped, StoreInUse

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def real_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office that is no practice, made once; only its password is opened as quickly as in practice."""
    folder = tmp_path_factory.mktemp("real") / "office"
    settings = OfficeSettings(code="SR", name_km="ការិយាល័យ", name_en="Office", language="en", practice=True)
    office, _ = create_office(folder, settings, StaffMember(name="ទេព បូរិន"), PASSWORD, cost=PRACTICE_COST)
    with office.store.write() as work:
        work.find(OfficeSettings)[0].practice = False
    office.close()
    return folder


@pytest.fixture
def real(real_made: Path, tmp_path: Path) -> Iterator[Office]:
    """Such an office, open."""
    shutil.copytree(real_made, tmp_path / "office")
    office = open_office(tmp_path / "office", "", PASSWORD)
    yield office
    office.close()


def said(findings: list[Finding]) -> list[str]:
    return [finding.say(Words("en")) for finding in findings]


def bad(office: Office) -> list[str]:
    return [finding.say(Words("en")) for finding in self_check.quick_check(office) if not finding.ok]


def copies(office: Office) -> list[str]:
    return sorted(path.name for path in office.folder.with_name("office-copies").glob("*.officecopy"))


def test_a_copy_is_made_once_a_day_and_at_closing_when_something_was_written(real: Office, tmp_path: Path) -> None:
    assert bad(real) == ["No copy of this office was ever made. Make one in Settings."]
    assert backups.copy_if_due(real)
    assert not backups.copy_if_due(real)
    assert bad(real) == []
    assert not backups.copy_at_closing(real)
    set_lunar_date(real, True)
    assert backups.copy_at_closing(real)
    assert not backups.copy_at_closing(real)
    assert 1 <= len(copies(real)) <= 2  # of one second have one name
    backups.close_office(real)
    again = open_office(tmp_path / "office", "", PASSWORD)
    assert not backups.copy_at_closing(again)  # signing in is no news
    again.close()


def test_a_practice_office_gets_no_copies(office: Office) -> None:
    assert not backups.copy_if_due(office)
    assert not backups.copy_at_closing(office)
    assert not any("copy" in text for text in bad(office))


def test_a_stick_gets_a_copy_when_it_is_there_and_its_absence_is_quiet(real: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_folder(real, backups.STICK, stick)
    backups.copy_if_due(real)
    assert len(list(stick.iterdir())) == 1
    stick.rename(tmp_path / "pulled out")
    set_lunar_date(real, True)
    assert backups.copy_at_closing(real)
    assert not stick.exists()
    assert bad(real) == []
    [home, away] = backups.make_copy(real)  # asked for, it is said
    assert home.trouble is None
    assert away.trouble is not None
    assert any("is not there" in text for text in bad(real))


def test_of_a_copy_that_one_place_alone_has_it_is_said_where_it_is_and_where_not(
    real: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    home, stick = tmp_path / "chosen", tmp_path / "stick"
    for place, folder in ((backups.HOME, home), (backups.STICK, stick)):
        folder.mkdir()
        backups.choose_folder(real, place, folder)
    stick.rmdir()
    backups.make_copy(real)
    [told] = bad(real)
    assert "could not be made on the stick; the folder for copies has one. The folder is not there" in told
    assert "No copy" not in told
    shown = backups.copies_of(real)
    assert shown.stick is not None
    assert shown.stick.failed is not None
    assert "No copy" not in shown.stick.failed.message
    shutil.rmtree(home)
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=1))
    backups.make_copy(real)  # none anywhere
    [told] = bad(real)
    assert "the stick has one" not in told
    assert "No copy was made" in told
    stick.mkdir()
    backups.make_copy(real)
    [told] = bad(real)
    assert "could not be made in the folder for copies; the stick has one. The folder is not there" in told
    home.mkdir()
    backups.make_copy(real)
    assert bad(real) == []


def test_no_copy_goes_into_the_folder_of_the_program(
    real: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "app"
    (folder / "_internal").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(folder / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "casemgr.exe"))
    for place in (folder, folder / "_internal"):
        with pytest.raises(Refusal, match="program itself"):
            backups.choose_folder(real, backups.HOME, place)
        with pytest.raises(Refusal, match="program itself"):
            backups.copy_to(real, place / "mine.officecopy")
    assert copies(real) == []


def test_where_no_copy_can_be_made_it_is_said_until_one_is(real: Office, tmp_path: Path) -> None:
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    backups.choose_folder(real, backups.HOME, chosen)
    chosen.rmdir()
    assert backups.copy_if_due(real)
    assert any("could not be made" in text for text in bad(real))
    chosen.mkdir()
    assert backups.copy_if_due(real)
    assert bad(real) == []


def test_an_old_copy_is_told_of(real: Office) -> None:
    backups.make_copy(real)
    with real.store.changing_note() as note:
        assert note.home.made is not None
        note.home.made = note.home.made._replace(at=clock.now() - timedelta(days=5))
    assert any(text.startswith("The newest copy of this office is of") for text in bad(real))


@pytest.mark.parametrize("inside", ["", "below"])
def test_copies_never_lie_in_the_office_itself(real: Office, inside: str) -> None:
    (real.folder / "below").mkdir()
    with pytest.raises(Refusal):
        backups.choose_folder(real, backups.HOME, real.folder / inside)
    with pytest.raises(Refusal):
        backups.copy_to(real, real.folder / inside / "x.officecopy")


def _at(moments: list[datetime]) -> list[Copy]:
    office = uuid4()
    return [
        Copy(Path(f"{number}"), Manifest(office, at, "0006", Head(1, ""), {}, "", 0, ""))
        for number, at in enumerate(moments)
    ]


def test_days_weeks_and_months_keep_their_newest() -> None:
    newest = clock.local(2026, 11, 26, 17)
    made = _at([newest - timedelta(hours=12 * step) for step in range(2 * 800)])
    gone = {copy.path for copy in backups.superseded(made)}
    kept = [copy.manifest.made_at for copy in made if copy.path not in gone]
    assert kept[0] == newest
    assert [at.date() for at in kept[:7]] == [(newest - timedelta(days=day)).date() for day in range(7)]
    assert all(at.hour == 17 for at in kept)
    assert len({(at.year, at.month) for at in kept}) == 12
    assert len(kept) <= 7 + 4 + 12
    assert backups.superseded([copy for copy in made if copy.path not in gone]) == []


def test_few_and_old_copies_all_stay() -> None:
    assert backups.superseded([]) == []
    assert backups.superseded(_at([clock.local(2020, 1, 1)])) == []
    one_day = _at([clock.local(2020, 1, 1, hour) for hour in range(5)])
    assert [copy.path for copy in backups.superseded(one_day)] == [Path(str(n)) for n in (3, 2, 1, 0)]


def test_only_copies_of_this_office_are_thinned_out(real: Office, tmp_path: Path) -> None:
    folder = tmp_path / "office-copies"
    folder.mkdir()
    (folder / "someone.officecopy").write_bytes(b"no copy")
    (folder / "letter.txt").write_text("x")
    before = real.folder / "office.db.before-0003"
    before.write_bytes(b"x")
    for days in (100, 0):
        at = (clock.now() - timedelta(days=days)).timestamp()
        os.utime(before, (at, at))
        if days:
            backups.make_copy(real)
            assert not before.exists()
            before.write_bytes(b"x")
    backups.make_copy(real)
    assert before.exists()
    assert {"someone.officecopy", "letter.txt"} <= {path.name for path in folder.iterdir()}


def test_a_copy_that_somebody_named_is_never_thinned_out_nor_takes_anothers_place(real: Office, tmp_path: Path) -> None:
    folder = tmp_path / "office-copies"
    backups.make_copy(real)
    named = [backups.copy_to(real, folder / name) for name in ("before-audit.officecopy", "again.officecopy")]
    with real.store.at_work() as (engine, data_key):
        earlier = clock.now().replace(hour=0, minute=0, second=0)
        [older] = make_copies(engine, real.folder, data_key, [Target(folder)], earlier)
    backups.make_copy(real)
    assert older.copy is not None
    assert not older.copy.path.exists()
    assert all(path.exists() for path in named)
    assert len([name for name in copies(real) if name.startswith("office-")]) == 1
    assert {path.name for path in named} <= {copy.path.name for copy in backups.list_copies(real)}


def test_two_copies_of_one_second_lie_beside_each_other(
    real: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)
    (tmp_path / "stick").mkdir()
    first, second, third = (backups.copy_to(real, tmp_path / "stick") for _ in range(3))
    assert len({first, second, third}) == 3
    found = copies_in(tmp_path / "stick")
    assert len(found) == 3
    assert all(backups.goes_by_itself(each) for each in found)
    second.rename(second.with_name("before-the-holidays.officecopy"))
    assert [backups.goes_by_itself(each) for each in copies_in(tmp_path / "stick")].count(False) == 1


def test_a_copy_is_put_back_with_what_should_be_known_first(real: Office, tmp_path: Path) -> None:
    path = backups.copy_to(real, tmp_path / "mine.officecopy")
    with pytest.raises(Refusal):
        backups.copy_to(real, path)
    assert backups.facts_of(path)[1:] == (0, 0)
    with pytest.raises(StoreInUse):
        backups.look_at(path, real.folder, "", PASSWORD)
    set_lunar_date(real, True)
    real.close()
    returning = backups.look_at(path, real.folder, "", PASSWORD)
    assert "older" in backups.warnings_of(returning)[0].say(Words("en"))
    office = backups.put_back(returning)
    assert not office.settings.lunar_date
    assert bad(office) == ["No copy of this office was ever made. Make one in Settings."]
    office.close()


def test_where_copies_go_outlasts_the_putting_back_of_one(real: Office, tmp_path: Path) -> None:
    places = {name: tmp_path / name for name in (backups.HOME, backups.STICK)}
    for name, folder in places.items():
        folder.mkdir()
        backups.choose_folder(real, name, folder)
    [home, _] = backups.make_copy(real)
    assert home.copy is not None
    real.close()
    returning = backups.look_at(home.copy.path, real.folder, "", PASSWORD)
    assert not any("in Settings" in text for text in said(backups.warnings_of(returning)))
    office = backups.put_back(returning)
    kept = backups.copies_of(office)
    assert kept.stick is not None
    assert {backups.HOME: kept.home.folder, backups.STICK: kept.stick.folder} == places
    assert backups.copy_if_due(office)  # those of before tell nothing of the office as it is now
    assert office.store.note().home.made is not None
    office.close()


@pytest.mark.parametrize("lost", ["another key", "note gone", "office gone"])
def test_where_it_cannot_be_known_where_copies_go_that_is_said(real: Office, tmp_path: Path, lost: str) -> None:
    path = backups.copy_to(real, tmp_path / "mine.officecopy")
    if lost == "another key":
        real.store.renew_key()
    real.close()
    folder = real.folder if lost != "office gone" else tmp_path / "new"
    if lost == "note gone":
        (folder / "office.note").unlink()
    returning = backups.look_at(path, folder, "", PASSWORD)
    last = backups.warnings_of(returning)[-1]
    assert "in Settings" in last.say(Words("en"))
    assert last.ok  # it is no reason to hesitate
    backups.put_back(returning).close()


def test_the_thorough_look_reads_the_newest_copy_back_and_is_due_weekly(real: Office) -> None:
    assert self_check.full_check_due(real)
    [outcome] = backups.make_copy(real)
    assert all(finding.ok for finding in self_check.full_check(real))
    assert not self_check.full_check_due(real)
    assert outcome.copy is not None
    raw = bytearray(outcome.copy.path.read_bytes())
    raw[len(raw) // 2] ^= 1
    outcome.copy.path.write_bytes(bytes(raw))
    assert [f.say(Words("en")) for f in self_check.full_check(real) if not f.ok] == [
        "The newest copy cannot be read back. Make another one in Settings, elsewhere."
    ]
    with pytest.raises(DamagedCopy):
        backups.facts_of(Path(__file__))


def test_each_thing_that_is_wrong_is_named(real: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backups.make_copy(real)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for left in (real.folder / "office.note.part", home / ".casemgr-abc.part"):
        left.write_bytes(b"x")
        assert bad(real) == []  # it may be under way
        os.utime(left, (1, 1))
        assert "half" in bad(real)[0].casefold()
        left.unlink()
    if os.name == "posix":
        real.folder.chmod(0o755)
        assert "Other users" in bad(real)[0]
        real.folder.chmod(0o700)
    monkeypatch.setattr(self_check, "LITTLE_ROOM", 10**18)
    assert "only" in bad(real)[0]


@pytest.mark.parametrize("name", ["office.returning.part", "office.keys.part", "office.db.copying.part"])
def test_a_copy_clears_what_was_left_half_written_as_it_is_said(real: Office, name: str) -> None:
    backups.make_copy(real)
    left = real.folder / name
    if name.startswith("office.returning"):
        left.mkdir()
        (left / "office.db").write_bytes(b"x")
    else:
        left.write_bytes(b"x")
    os.utime(left, (1, 1))
    assert "it clears them" in bad(real)[0]
    backups.make_copy(real)
    assert not left.exists()
    assert bad(real) == []


def test_a_note_that_was_changed_is_told_of_after_the_copy_of_the_day_until_somebody_has_seen_it(
    real: Office, tmp_path: Path
) -> None:
    backups.choose_folder(real, backups.HOME, tmp_path)
    (real.folder / "office.note").write_bytes(b"{}")
    assert backups.copy_if_due(real)
    backups.close_office(real)
    again = open_office(real.folder, "", PASSWORD)
    assert bad(again) == [self_check.NOTE_DOUBTED]
    assert backups.copies_of(again).home.beside
    self_check.note_seen(again)
    assert bad(again) == []
    with again.read() as work:
        assert [line.action for line in work.find(AuditEntry)][-1] == "note-seen"
    again.close()


def test_a_folder_that_is_copied_to_the_internet_is_named(real: Office, tmp_path: Path) -> None:
    real.close()
    (tmp_path / "OneDrive - NGO").mkdir()
    moved = tmp_path / "OneDrive - NGO" / "office"
    real.folder.rename(moved)
    office = open_office(moved, "", PASSWORD)
    backups.make_copy(office)
    assert "OneDrive - NGO" in bad(office)[0]
    office.close()


@pytest.mark.parametrize(
    ("folder", "named"),
    [
        ("Megan", False), ("Boxer Dropboxes", False), ("Google driver", False), ("Nextcloudy", False), ("MEGA", True),
        ("Dropbox (NGO)", True), ("Google Drive-dara@example.org", True), ("iCloudDrive", True), ("Nextcloud2", True),
    ],
)  # fmt: skip
def test_only_a_whole_name_tells_that_a_folder_is_copied(
    real: Office, tmp_path: Path, folder: str, named: bool
) -> None:
    real.close()
    (tmp_path / folder).mkdir()
    real.folder.rename(tmp_path / folder / "office")
    office = open_office(tmp_path / folder / "office", "", PASSWORD)
    backups.make_copy(office)
    assert [folder in text for text in bad(office)] == ([True] if named else [])
    office.close()


def test_a_failure_is_said_in_the_workers_language(real: Office) -> None:
    with real.store.changing_note() as note:
        note.home.failed = Failed(clock.now(), self_check.NO_COPY, {})
    assert "No copy of this office was ever made" in bad(real)[0]


def test_a_thorough_look_can_be_stopped_anywhere_and_is_due_again(real: Office) -> None:
    backups.make_copy(real)
    stopped = 0

    def look(most: int) -> bool:
        """Look until it was asked so often whether to go on; return whether it came to its end."""
        left = iter(range(most))
        try:
            self_check.full_check(real, lambda: next(left, None) is None)
        except Stopped:
            return False
        return True

    while not look(stopped):
        assert self_check.full_check_due(real)
        stopped += 1
    assert stopped >= 4  # before the file, the tables and the trail, and within the copy
    assert not self_check.full_check_due(real)
    assert all(finding.ok for finding in self_check.full_check(real))
