"""Offices that many tests begin with: made once a run, whichever process needs one first, and copied."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

_place: list[Path] = []


def keep_in(basetemp: Path) -> None:
    """Say where this run keeps its files; processes that share the tests out share that folder's parent."""
    _place[:] = [basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp]


def once(name: str, make: Callable[[Path], str]) -> tuple[Path, str]:
    """Return the folder that `make` filled in this run, and what it returned then. To be copied, never written to."""
    whole = _place[0] / f"made-{name}"
    with FileLock(f"{whole}.lock"):
        if not whole.exists():
            begun = whole.with_suffix(".begun")
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            (begun / "said").write_text(make(begun / "office"), "utf-8")
            begun.rename(whole)
    return whole / "office", (whole / "said").read_text("utf-8")


def copied(name: str, make: Callable[[Path], str], folder: Path) -> str:
    """Copy what `once` returns to that folder, which is not there yet; return what `make` returned."""
    made, said = once(name, make)
    shutil.copytree(made, folder)
    return said
