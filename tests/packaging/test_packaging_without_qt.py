"""The library works where PySide6 is not installed, and Qt itself counts its references."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCKER = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "pytestqt"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
"""


def python(*arguments: str, cwd: Path = ROOT, path: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(path)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


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


def test_the_library_passes_its_tests_without_qt(tmp_path: Path) -> None:
    """All tests can be collected, and the quick ones of each kind pass. `do.py check` runs all of them so."""
    (tmp_path / "without_qt.py").write_text(BLOCKER, "utf-8")
    chosen = ("tests/khmer", "tests/law", "tests/records", "tests/words")
    options = ("-m", "pytest", "-p", "without_qt", "-p", "no:pytest-qt", "-p", "no:cacheprovider", "-q", "--no-header")
    everything = python(*options, "--collect-only", "--ignore=tests/ui", "--ignore=tests/flows",
                        "--ignore=tests/packaging", path=tmp_path)  # fmt: skip
    assert everything.returncode == 0, everything.stdout[-2000:] + everything.stderr
    there = [folder for folder in chosen if any((ROOT / folder).glob("test_*.py"))]
    said = python(*options, "-k", "not catalogue and not template and not language", *there, path=tmp_path)
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
