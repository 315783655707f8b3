"""Run as a program: saves children again and again and is killed with SIGKILL while it saves, as often as asked.

Arguments: folder, password, how often. The parent never opens the office; each child does, saves until it is killed,
and tells through a pipe what was acknowledged. Prints the acknowledged codes as JSON.
"""
# ruff: noqa: S311  (nothing secret is drawn)

import importlib
import json
import os
import random
import signal
import sys
from pathlib import Path

from casemgr.records.child import Child
from casemgr.store import queries
from casemgr.store.office_store import OfficeStore


def save_for_ever(folder: Path, password: str, tell: int) -> None:
    """Save one child after the other; tell of each once it is kept."""
    store = OfficeStore.open(folder, "", password)
    while True:
        with store.write() as work:
            child = Child(code=queries.next_child_code(work, "SR"), notes="ក" * random.randrange(3000))
            work.add(child)
        os.write(tell, f"{child.code}\n".encode())


def run_and_kill(folder: Path, password: str) -> list[str]:
    """Return what one child acknowledged before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        save_for_ever(folder, password, writing)
    os.close(writing)
    told = b""
    wanted = random.randrange(1, 8)
    while told.count(b"\n") < wanted:
        told += os.read(reading, 4096)
    for _ in range(random.randrange(20_000)):  # let it get to some other point of the next save
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as rest:
        told += rest.read()
    return told.decode().split()


def warm_up() -> None:
    """Import once, before the children come, what opening an office imports."""
    for module in ("filelock", "psutil", "cryptography.hazmat.primitives.kdf.argon2",
                   "cryptography.hazmat.primitives.asymmetric.x25519", "cryptography.hazmat.primitives.ciphers.aead",
                   "cryptography.hazmat.primitives.kdf.hkdf"):  # fmt: skip
        importlib.import_module(module)


if __name__ == "__main__":
    warm_up()
    random.seed(int(sys.argv[3]))
    acknowledged = [code for _ in range(int(sys.argv[3])) for code in run_and_kill(Path(sys.argv[1]), sys.argv[2])]
    print(json.dumps(acknowledged))
