"""A new data key: who opens the office with it, and what a kill or a full disk at any step leaves behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from store_helpers import NAME, PASSWORD, SECOND, SECOND_PASSWORD

from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.store.keys import KeyFile
from casemgr.store.office_store import OfficeStore
from casemgr.store.renewing import opens, room_for_renewal, seconds_for_renewal
from casemgr.trouble import DamagedKeys, WrongPassword

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs signals and limits of a POSIX system")

KILLED = """
import json, os, signal, sys
from pathlib import Path
from casemgr.store import keys, office_store, renewing
from casemgr.store.office_store import OfficeStore
name, password, *places = sys.argv[1:]

def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def renew(folder, step):
    store = OfficeStore.open(folder, name, password)
    match step:
        case "before-encrypting":
            renewing._encrypt_anew = killed
        case "after-encrypting":
            renewing.remove_copies = killed
        case "before-the-line":
            OfficeStore._keep_renewed = killed
        case "after-the-line":
            keys.sync_folder = office_store.sync_folder = lambda _: None
            replaced = Path.replace
            Path.replace = lambda self, to: killed() if times.append(1) or len(times) == 3 else replaced(self, to)
            times = []
        case milliseconds:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)  # which ends the program also in the middle of SQLCipher
            signal.setitimer(signal.ITIMER_REAL, float(milliseconds) / 1000)
    store.renew_key()
    signal.pause()

ended = {}
for place in map(Path, places):
    child = os.fork()
    if child == 0:
        try:
            renew(place / "office", place.name)
        finally:
            os._exit(1)
    ended[place.name] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(json.dumps(ended))
"""

FULL = """
import resource, sys
from pathlib import Path
from casemgr.store.office_store import OfficeStore
from casemgr.trouble import NoRoom
store = OfficeStore.open(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    store.renew_key()
except NoRoom:
    print("no room")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with store.write() as work:
    work.note("opened", "Child")
assert all(finding.ok for finding in store.check())
store.close()
"""


def keys_of(folder: Path) -> tuple[KeyFile, bytes]:
    keys = KeyFile.load(folder / "office.keys")
    return keys, keys.unlock(NAME, PASSWORD)[1]


def children(store: OfficeStore) -> int:
    with store.read() as work:
        return len(work.find(Child))


def test_everybody_who_stays_opens_the_office_with_the_password_they_had(two: Path, recovery_code: str) -> None:
    old, old_key = keys_of(two)
    store = OfficeStore.open(two, NAME, PASSWORD)
    store.renew_key()
    assert children(store) == 1
    assert all(finding.ok for finding in store.check())
    with store.read() as work:
        assert [line.action for line in work.find(AuditEntry)][-1] == "key-renewed"
    store.close()
    keys, new_key = keys_of(two)
    assert new_key != old_key
    assert not opens(two / "office.db", old_key)
    assert keys.coming_key is None
    assert all(new.private == was.private for new, was in zip(keys.accounts, old.accounts, strict=True))
    OfficeStore.open(two, SECOND, SECOND_PASSWORD).close()
    OfficeStore.recover(two, recovery_code, SECOND, "a third long password")[0].close()


def test_who_left_opens_nothing_with_an_old_key_file(two: Path, tmp_path: Path) -> None:
    shutil.copy(two / "office.keys", tmp_path / "kept.keys")
    store = OfficeStore.open(two, NAME, PASSWORD)
    with store.changing_keys() as change:
        leaver = change.keys.owner_of(SECOND)
        change.keys.remove(leaver)
        change.work.note("account-closed", "StaffMember", leaver)
    assert store.keys().renewal_due
    (two / "office.db.before-0004").write_bytes(b"x")
    store.renew_key()
    assert not store.keys().renewal_due
    assert not list(two.glob("*.before-*"))
    store.close()
    with pytest.raises(WrongPassword):
        OfficeStore.open(two, SECOND, SECOND_PASSWORD)
    left = KeyFile.load(tmp_path / "kept.keys").unlock(SECOND, SECOND_PASSWORD)[1]
    assert not opens(two / "office.db", left)
    sealed = KeyFile.load(two / "office.keys")
    with pytest.raises(DamagedKeys):
        sealed.check(left)


def test_it_is_said_how_long_and_how_much_room(two: Path) -> None:
    size = (two / "office.db").stat().st_size
    assert 2 <= seconds_for_renewal(two) <= 3
    assert room_for_renewal(two) > 2 * size


STEPS = ("before-encrypting", "after-encrypting", "before-the-line", "after-the-line")
MOMENTS = tuple(str(milliseconds) for milliseconds in range(4, 90, 6))


@POSIX
@pytest.mark.parametrize("moments", [MOMENTS[1::6], pytest.param(MOMENTS, marks=pytest.mark.slow)], ids=len)
def test_a_kill_at_any_step_or_moment_leaves_an_office_that_opens(
    two: Path, tmp_path: Path, moments: tuple[str, ...]
) -> None:
    before = keys_of(two)[1]
    places = [tmp_path / step for step in (*STEPS, *moments)]
    for place in places:
        shutil.copytree(two, place / "office")
    done = subprocess.run([sys.executable, "-c", KILLED, NAME, PASSWORD, *map(str, places)], check=False,
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr
    ended = json.loads(done.stdout)
    assert {step: ended[step] for step in STEPS} == dict.fromkeys(STEPS, -signal.SIGKILL), done.stderr
    assert {ended[moment] for moment in moments} == {-signal.SIGALRM}, done.stderr
    for place in places:
        look(place / "office", place.name, before)


def look(folder: Path, step: str, before: bytes) -> None:
    """Look at what a kill left behind, as everybody who has an account would."""
    if step in STEPS:
        keys, _ = keys_of(folder)
        assert keys.coming_key is not None, step
        assert opens(folder / "office.db", before) is (step == "before-encrypting"), step
    for name, password in ((SECOND, SECOND_PASSWORD), (NAME, PASSWORD)):
        store = OfficeStore.open(folder, name, password)
        assert children(store) == 1, step
        assert all(finding.ok for finding in store.check()), step
        store.close()
    keys, now = keys_of(folder)
    assert keys.coming_key is None, step
    assert opens(folder / "office.db", now), step
    if step in STEPS:
        assert (now == before) is (step == "before-encrypting"), step
    store = OfficeStore.open(folder, NAME, PASSWORD)
    store.renew_key()
    with store.read() as work:
        assert any(line.action == "key-renewed" for line in work.find(AuditEntry)), step
    store.close()


@POSIX
def test_a_full_disk_leaves_the_old_key(two: Path, reopen: Callable[[], OfficeStore]) -> None:
    keys = (two / "office.keys").read_bytes()
    done = subprocess.run([sys.executable, "-c", FULL, str(two), NAME, PASSWORD], check=False, capture_output=True,
                          text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["no room"]
    assert (two / "office.keys").read_bytes() == keys
    assert children(reopen()) == 1
