"""The library works where PySide6 is not installed, and Qt itself counts its references."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPTIONS = ("-m", "pytest", "-p", "without_qt", "-p", "no:pytest-qt", "-p", "no:cacheprovider", "-q", "--no-header")
QUICK = ("tests/khmer", "tests/law", "tests/records")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "packaging")}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow  # every module is loaded; the import rules, which hold it as well, are looked at with every run
def test_the_library_never_loads_qt() -> None:
    program = (
        "import pkgutil, importlib, sys, casemgr\n"
        "for found in pkgutil.walk_packages(casemgr.__path__, 'casemgr.'):\n"
        "    if 'migrations' not in found.name and not found.name.endswith('__main__'):\n"
        "        importlib.import_module(found.name)\n"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in {'PySide6', 'shiboken6', 'ui'}))"
    )
    said = python("-c", program)
    assert said.returncode == 0, said.stderr
    assert said.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_library_passes_its_tests_without_qt() -> None:
    """All of its tests can be read, and the quick ones pass. `do.py check` runs all of them so."""
    everything = python(*OPTIONS, "--collect-only")
    assert everything.returncode == 0, everything.stdout[-2000:] + everything.stderr
    assert "tests/ui" not in everything.stdout
    said = python(*OPTIONS, *QUICK)
    assert said.returncode == 0, said.stdout[-2000:] + said.stderr


@pytest.mark.usefixtures("qapp")
def test_qt_gives_back_every_reference_to_none() -> None:
    """PySide6 6.12.0 loses one with each call that returns nothing, and on Python 3.11 aborts some thousand later."""
    from PySide6.QtWidgets import QLabel

    if sys.version_info >= (3, 12):
        pytest.skip("None is immortal in this Python")
    label = QLabel()
    calls = 3000
    before = sys.getrefcount(None)
    for number in range(calls):
        label.setText(str(number))
        label.update()
    assert abs(sys.getrefcount(None) - before) < calls / 10
    label.deleteLater()
