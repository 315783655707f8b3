"""Run as a program under strace: saves, brings an old office up, makes a new key, makes copies, puts one back, sets up.

Arguments: a folder with a folder for each work, the password, that of the old office, the works. What it tells on its
standard output stands in strace's record too: begin and end of each work, and between them what was acknowledged.
"""

import os
import sys
from pathlib import Path

from saving_killed import warm_up
from store_helpers import NAME

from casemgr import clock
from casemgr.records.child import Child
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import StaffMember
from casemgr.store import migrating, restoring
from casemgr.store.backup import Target, make_copies
from casemgr.store.copies import copies_in
from casemgr.store.keys import PRACTICE_COST
from casemgr.store.office_store import OfficeStore

assert migrating  # imported before the work begins


def tell(text: str) -> None:
    """Tell it at once."""
    os.write(1, f"{text}\n".encode())


def save(folder: Path, password: str) -> None:
    """Save records of many sizes, change the password in between, and close."""
    store = OfficeStore.open(folder / "office", "", password)
    for number in range(8):
        with store.write() as work:
            work.add(Child(code=f"SR-C-1{number:03}", notes="ក" * (number % 4 * 9_000)))
        tell(f"saved SR-C-1{number:03}")
        if number == 4:
            store.set_password(password, f"{password} again")
            tell("saved password")
    store.close()


def migrate(folder: Path, password: str) -> None:
    """Bring an old office up."""
    store = OfficeStore.open(folder / "office", "", password)
    tell("opened")
    store.close()


def rekey(folder: Path, password: str) -> None:
    """Give the office a new key, save a child, and close."""
    store = OfficeStore.open(folder / "office", NAME, password)
    store.renew_key()
    tell("renewed")
    with store.write() as work:
        work.add(Child(code="SR-C-1000"))
    tell("saved SR-C-1000")
    store.close()


def backup(folder: Path, password: str) -> None:
    """Make a copy in a folder that is there, and in one that is not."""
    store = OfficeStore.open(folder / "office", "", password)
    with store.write() as work:
        work.add(Child(code="SR-C-1000"))
    tell("saved SR-C-1000")
    targets = [Target(folder / "copies"), Target(folder / "new" / "copies", make=True)]
    with store.at_work() as (engine, data_key):
        outcomes = make_copies(engine, store.folder, data_key, targets, clock.now())
    assert all(outcome.copy is not None for outcome in outcomes)
    tell("copied")
    store.close()


def restore(folder: Path, password: str) -> None:
    """Put the copy back."""
    [copy] = copies_in(folder / "copies")
    store = restoring.prepare(copy.path, folder / "office", "", password).put_back()
    tell("put back")
    store.close()


def set_up(folder: Path, password: str) -> None:
    """Set up an office in a folder that is not there yet."""
    settings, staff = OfficeSettings(code="SR", practice=True), StaffMember(name=NAME)
    store, _ = OfficeStore.create(folder / "new" / "office", settings, staff, password, cost=PRACTICE_COST)
    tell("set up")
    with store.write() as work:
        work.add(Child(code="SR-C-1000"))
    tell("saved SR-C-1000")
    store.close()


WORKS = {work.__name__: work for work in (save, migrate, rekey, backup, restore, set_up)}

if __name__ == "__main__":
    warm_up()
    for what in sys.argv[4:]:
        tell(f"begin {what}")
        WORKS[what](Path(sys.argv[1]) / what, sys.argv[3 if what == "migrate" else 2])
        tell(f"end {what}")
