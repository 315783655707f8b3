"""The import rules hold, and each of them notices when it is broken."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
BROKEN_BY = {
    "layers": ("casemgr/records/broken.py", "from casemgr.services import casework"),
    "windows-ask-services": ("ui/broken.py", "import casemgr.store"),
    "library-without-windows": ("casemgr/khmer/broken.py", "from PySide6.QtCore import QObject"),
    "tables": ("casemgr/law/broken.py", "from sqlalchemy import select"),
    "engine": ("casemgr/services/broken.py", "def late():\n    import sqlcipher3"),
    "ciphers": ("casemgr/exchange/broken.py", "import cryptography"),
    "workbooks": ("casemgr/services/broken.py", "import xlsxwriter"),
    "paper": ("casemgr/services/broken.py", "from reportlab.pdfgen import canvas"),
    "no-circles": ("casemgr/khmer/broken.py", "import casemgr.i18n"),
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source to break."""
    target = tmp_path_factory.mktemp("tree")
    for package in ("casemgr", "ui"):
        shutil.copytree(ROOT / package, target / package, ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def verdict(tree: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    only = [part for contract in contracts for part in ("--contract", contract)]
    program = "from importlinter.cli import lint_imports_command as command; command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo", *only],
        cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_every_rule_holds(tree: Path) -> None:
    said = verdict(tree)
    assert said.returncode == 0, said.stdout + said.stderr
    assert f"{len(CONTRACTS)} kept, 0 broken" in said.stdout


def test_every_rule_is_broken_here_once() -> None:
    assert {contract["id"] for contract in CONTRACTS} == set(BROKEN_BY)


EACH_TIME = {"layers", "library-without-windows", "no-circles"}
"""Broken in every run, one of each type; the others are of the long proofs."""


@pytest.mark.parametrize(
    "contract", [pytest.param(each, marks=() if each in EACH_TIME else pytest.mark.slow) for each in BROKEN_BY]
)
def test_a_broken_rule_is_noticed(tree: Path, contract: str) -> None:
    name, line = BROKEN_BY[contract]
    broken = tree / name
    broken.write_text(f'"""Breaks a rule."""\n\n{line}\n', "utf-8")
    try:
        said = verdict(tree, contract)
    finally:
        broken.unlink()
    assert said.returncode == 1, said.stdout + said.stderr
    assert "0 kept, 1 broken" in said.stdout
    culprit = "khmer" if contract == "no-circles" else "broken"  # a circle is reported by its packages
    assert culprit in said.stdout.split("Broken contracts")[-1]
