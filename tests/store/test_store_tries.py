"""Wrong passwords: the wait grows, lasts over a restart, and is not got round by taking the file away."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from store_helpers import NAME, PASSWORD

from casemgr import clock
from casemgr.i18n import Words
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.store import restoring
from casemgr.store.backup import Target, make_copies
from casemgr.store.keys import FORMAT_1, PRACTICE_COST, KeyFile
from casemgr.store.office_store import OfficeStore
from casemgr.store.tries import LONGEST, delay
from casemgr.trouble import TooSoon, WrongPassword

Go = Callable[[float], None]


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch) -> Go:
    """Let so many seconds go by, or back."""
    stands = [clock.now()]

    def later(seconds: float) -> None:
        stands[0] += timedelta(seconds=seconds)

    def now() -> datetime:
        return stands[0]

    monkeypatch.setattr(clock, "now", now)
    return later


def wrong(folder: Path, name: str = NAME) -> int:
    """Try a wrong password; return how many seconds to wait where it was too soon, else 0."""
    try:
        OfficeStore.open(folder, name, "wrong")
    except TooSoon as refused:
        return refused.seconds
    except WrongPassword:
        return 0
    raise AssertionError("a wrong password opened the office")


def test_the_wait_grows_to_five_minutes() -> None:
    assert [delay(count).total_seconds() for count in range(13)] == [
        0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300,
    ]  # fmt: skip
    assert delay(10**9) == LONGEST


def test_after_three_wrong_ones_everybody_waits(folder: Path, go: Go) -> None:
    assert [wrong(folder, name) for name in (NAME, "Nobody", "")] == [0, 0, 0]
    with pytest.raises(TooSoon) as refused:
        OfficeStore.open(folder, NAME, PASSWORD)
    assert refused.value.seconds == 1
    assert "Seconds to wait: 1." in refused.value.say(Words("en"))
    assert wrong(folder) == 1
    go(1)
    assert wrong(folder, "Nobody") == 0
    assert wrong(folder) == 2
    go(1)
    assert wrong(folder) == 1
    go(1)
    OfficeStore.open(folder, NAME, PASSWORD).close()
    assert [wrong(folder) for _ in range(4)] == [0, 0, 0, 1]


def test_a_try_counts_before_it_is_known_to_be_wrong(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(KeyFile, "unlock", killed)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            OfficeStore.open(folder, NAME, "wrong")
    monkeypatch.undo()
    assert wrong(folder) > 0


def test_to_take_the_file_away_or_spoil_it_is_slower_than_to_wait(folder: Path, go: Go) -> None:
    tries = folder / "office.tries"
    tries.unlink()
    assert wrong(folder) == 300
    go(299)
    assert wrong(folder) == 1
    tries.write_text("{}", "utf-8")
    assert wrong(folder) == 300
    go(300)
    assert wrong(folder) == 0
    assert wrong(folder) == 300


def test_a_clock_set_back_begins_the_wait_anew_and_never_makes_it_longer(folder: Path, go: Go) -> None:
    assert [wrong(folder) for _ in range(5)] == [0, 0, 0, 1, 1]
    go(-86400 * 400)
    assert wrong(folder) == 1
    go(1)
    OfficeStore.open(folder, NAME, PASSWORD).close()


def test_the_recovery_code_never_waits_and_ends_the_wait(folder: Path, recovery_code: str, go: Go) -> None:
    assert [wrong(folder) for _ in range(4)] == [0, 0, 0, 1]
    go(0)
    OfficeStore.recover(folder, recovery_code, NAME, "a new long password")[0].close()
    OfficeStore.open(folder, NAME, "a new long password").close()


def test_who_is_inside_waits_too_before_guessing_the_present_password(folder: Path, go: Go) -> None:
    store = OfficeStore.open(folder, NAME, PASSWORD)
    for _ in range(3):
        with pytest.raises(WrongPassword):
            store.set_password("wrong", "a new long password")
    with pytest.raises(TooSoon):
        store.set_password(PASSWORD, "a new long password")
    go(1)
    store.set_password(PASSWORD, "a new long password")
    store.close()
    OfficeStore.open(folder, NAME, "a new long password").close()


def test_an_office_from_before_the_count_opens_at_once_and_is_counted_from_then_on(folder: Path, go: Go) -> None:
    keys = KeyFile.load(folder / "office.keys")
    data_key = keys.unlock(NAME, PASSWORD)[1]
    keys.form = FORMAT_1
    keys.mac = keys._reckoned_mac(data_key)
    plain = keys._plain() | {"mac": keys.mac.hex()}
    assert set(plain["accounts"][0]) == {
        "owner", "tag", "memory_kib", "iterations", "salt", "public", "private", "sealed",
    }  # fmt: skip
    (folder / "office.keys").write_text(json.dumps(plain), "utf-8")
    (folder / "office.tries").unlink()
    assert wrong(folder) == 0
    (folder / "office.tries").unlink()
    OfficeStore.open(folder, NAME, PASSWORD).close()
    assert KeyFile.load(folder / "office.keys").form != FORMAT_1
    (folder / "office.tries").unlink()
    assert wrong(folder) == 300
    go(300)
    OfficeStore.open(folder, NAME, PASSWORD).close()


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A copy of the office, which is closed."""
    (tmp_path / "copies").mkdir()
    store = OfficeStore.open(folder, NAME, PASSWORD)
    with store.at_work() as (engine, data_key):
        [outcome] = make_copies(engine, folder, data_key, [Target(tmp_path / "copies")], clock.now())
    store.close()
    assert outcome.copy is not None
    return outcome.copy.path


def wrong_at_copy(copy: Path, folder: Path) -> int:
    """Try a wrong password on a copy that is to be put back, as wrong does."""
    try:
        restoring.prepare(copy, folder, NAME, "wrong").drop()
    except TooSoon as refused:
        return refused.seconds
    except WrongPassword:
        return 0
    raise AssertionError("a wrong password opened the copy")


def test_a_copy_to_be_put_back_is_no_way_around_the_wait(folder: Path, copy: Path, go: Go) -> None:
    assert [wrong_at_copy(copy, folder) for _ in range(4)] == [0, 0, 0, 1]
    assert wrong(folder) == 1
    go(1)
    assert wrong(folder) == 0
    assert wrong_at_copy(copy, folder) == 2
    go(2)
    restoring.prepare(copy, folder, NAME, PASSWORD).drop()
    assert wrong(folder) == 0
    assert not list(folder.glob("*.part"))


@pytest.mark.parametrize("harm", ["taken away", "spoilt"])
def test_nor_is_a_key_file_that_was_harmed(folder: Path, copy: Path, go: Go, harm: str) -> None:
    if harm == "taken away":
        (folder / "office.keys").unlink()
    else:
        (folder / "office.keys").write_bytes(b"{}")
    assert [wrong_at_copy(copy, folder) for _ in range(4)] == [0, 0, 0, 1]
    go(1)
    restoring.prepare(copy, folder, NAME, PASSWORD).put_back().close()


def test_into_another_offices_folder_nothing_is_counted(folder: Path, copy: Path, tmp_path: Path, go: Go) -> None:
    settings = OfficeSettings(code="KP", name_km="ក", name_en="Other", practice=True)
    other, _ = OfficeStore.create(tmp_path / "other", settings, StaffMember(name="ស"), "another", cost=PRACTICE_COST)
    other.close()
    for place in (tmp_path / "other", tmp_path / "new"):
        assert [wrong_at_copy(copy, place) for _ in range(5)] == [0] * 5
    OfficeStore.open(tmp_path / "other", "", "another").close()
    assert wrong(folder) == 0
    go(0)
