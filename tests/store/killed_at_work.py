"""Run as a program: makes copies, puts one back, saves, brings an old office up or gives it a new key, and is killed.

Arguments: how often, then for each work what it is (backup, restore, save, migrate, seal for the step alone that chains
the audit trail anew, rekey), a folder with the office as it is before in "office" (for restore also the copy in
"copies", for rekey with a second account) and the password. Each time a child works on a fresh set of the files and is
killed with SIGKILL at another moment of its work. What is left is then opened as a worker would; prints JSON, for each
work: how many were killed under way, how many had ended before, how often what was there before was found and how often
what was to come, and each thing that was wrong.
"""
# ruff: noqa: S311  (nothing secret is drawn)

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from saving_killed import warm_up
from store_helpers import NAME, SECOND, SECOND_PASSWORD

from casemgr import clock
from casemgr.records.child import Child
from casemgr.store import migrating, restoring
from casemgr.store.backup import Target, make_copies
from casemgr.store.copies import SUFFIX, copies_in, verify
from casemgr.store.keys import KeyFile
from casemgr.store.office_store import OfficeStore
from casemgr.store.renewing import opens
from casemgr.trouble import Trouble

assert migrating  # imported before the children come

READY, DONE = b"r", b"d"


def work(what: str, folder: Path, password: str, tell: int) -> None:
    """Do it once; tell when it begins, and when it has ended."""
    office = folder / "office"
    if what in ("migrate", "seal", "restore"):
        os.write(tell, READY)
        if what != "restore":
            OfficeStore.open(office, "", password)
        else:
            [copy] = copies_in(folder / "copies")
            restoring.prepare(copy.path, office, "", password).put_back()
    else:
        store = OfficeStore.open(office, NAME if what == "rekey" else "", password)
        os.write(tell, READY)
        if what == "rekey":
            store.renew_key()
        elif what == "save":
            with store.write() as done:
                done.add(Child(code="SR-C-0999", notes="ក" * random.randrange(100_000)))
        else:
            with store.at_work() as (engine, data_key):
                [outcome] = make_copies(engine, office, data_key, [Target(folder / "copies")], clock.now())
            assert outcome.copy is not None
    os.write(tell, DONE)
    signal.pause()


def run_and_kill(what: str, folder: Path, password: str, after: float) -> tuple[bool, float]:
    """Return whether the work had ended when it was killed, so many seconds after it began, and how long it took."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        work(what, folder, password, writing)
    os.close(writing)
    assert os.read(reading, 1) == READY
    begun = time.monotonic()
    ended = b""
    os.set_blocking(reading, False)
    while not ended and time.monotonic() - begun < after:
        try:
            ended = os.read(reading, 1)
        except BlockingIOError:
            time.sleep(0.0002)
    took = time.monotonic() - begun
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    return ended == DONE, took


def look(what: str, folder: Path, password: str, ended: bool) -> tuple[str, list[str]]:
    """Return what was found, "before" or "after", and what is wrong."""
    if what == "rekey":
        return look_at_keys(folder / "office", folder.with_name("given") / "office", password, ended)
    wrong = []
    office = folder / "office"
    try:
        store = OfficeStore.open(office, "", password)
    except Trouble as trouble:
        return "", [str(trouble)]
    with store.read() as done:
        codes = {child.code for child in done.find(Child)}
    wrong += [finding.message for finding in store.check() if not finding.ok]
    if what == "backup":
        with store.at_work() as (engine, data_key):
            for copy in copies_in(folder / "copies"):
                verify(copy.path, data_key)
            names = [path.name for path in (folder / "copies").glob(f"*{SUFFIX}") if path.name[0] != "."]
            state = "after" if len(names) == 2 else "before"
            make_copies(engine, office, data_key, [Target(folder / "copies")], clock.now())
        if list((folder / "copies").glob(".*")) or list(office.glob("*.part")):
            wrong.append("half-written files stayed")
    elif what == "restore":
        state = "after" if "SR-C-0500" not in codes else "before"
        kept = [path for path in office.glob("before-return-*/office.db") if path.stat().st_size]
        if (state == "after") != bool(kept):
            wrong.append("the files of before were not kept aside")
        if (office / "office.returning").exists():
            wrong.append("the return was not gone on with")
    elif what == "save":
        state = "after" if "SR-C-0999" in codes else "before"
    else:
        state = "after"
        if len(codes) != 12:
            wrong.append("children were lost")
    store.close()
    if ended and state != "after":
        wrong.append("what had ended is not there")
    return state, wrong


def look_at_keys(office: Path, given: Path, password: str, ended: bool) -> tuple[str, list[str]]:
    """Open with both accounts; return which of the keys the office has, and what is wrong."""
    wrong, old = [], data_key_of(given, password)
    for name, word in ((SECOND, SECOND_PASSWORD), (NAME, password)):
        try:
            store = OfficeStore.open(office, name, word)
        except Trouble as trouble:
            return "", [str(trouble)]
        with store.read() as done:
            if {child.code for child in done.find(Child)} != {"SR-C-0001", "SR-C-0500"}:
                wrong.append("children were lost")
        wrong += [finding.message for finding in store.check() if not finding.ok]
        store.close()
    keys, now = KeyFile.load(office / "office.keys"), data_key_of(office, password)
    if keys.coming_key is not None or any(slot.coming for slot in keys.accounts):
        wrong.append("two keys stayed")
    if not opens(office / "office.db", now) or (now != old and opens(office / "office.db", old)):
        wrong.append("not exactly one key opens the office")
    state = "before" if now == old else "after"
    if ended and state != "after":
        wrong.append("what had ended is not there")
    return state, wrong


def data_key_of(office: Path, password: str) -> bytes:
    """Return the data key that the key file gives the first account."""
    return KeyFile.load(office / "office.keys").unlock(NAME, password)[1]


def main(what: str, given: Path, password: str, times: int) -> dict[str, object]:
    """Do it so often; return what is printed."""
    random.seed(times)
    longest, found, wrong = 0.0, Counter[str](), list[str]()
    for number in range(times + 1):
        folder = given.with_name("at work")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(given, folder)
        first = number == 0  # one comes to its end, to learn how long it takes
        ended, took = run_and_kill(what, folder, password, 60 if first else random.uniform(0, longest * 1.02))
        longest = took if first else longest
        state, bad = look(what, folder, password, ended)
        wrong += bad
        if not first:
            found["ended" if ended else "under way"] += 1
            found[state] += 1
    return {"found": found, "wrong": wrong, "milliseconds": round(longest * 1000)}


if __name__ == "__main__":
    warm_up()
    works = [sys.argv[place : place + 3] for place in range(2, len(sys.argv), 3)]
    print(json.dumps({what: main(what, Path(given), password, int(sys.argv[1])) for what, given, password in works}))
