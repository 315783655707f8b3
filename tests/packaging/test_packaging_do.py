"""The one command: its chores, and when an environment is made anew."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import do
from environment import DEVELOPMENT, ROOT, RUNTIME, Environment


def command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, str(ROOT / "packaging" / "do.py"), *arguments]
    return subprocess.run(program, cwd=cwd, capture_output=True, text=True, check=False)


def test_it_names_every_chore_from_anywhere(tmp_path: Path) -> None:
    said = command(cwd=tmp_path)
    assert said.returncode == 0
    assert [line.split()[0] for line in said.stdout.splitlines() if line.startswith("  ")] == list(do.CHORES)
    assert {"run", "test", "check", "words", "bench", "pictures"} <= set(do.CHORES)


def test_it_refuses_a_chore_that_does_not_exist(tmp_path: Path) -> None:
    said = command("dance", cwd=tmp_path)
    assert said.returncode == 2
    assert said.stderr.startswith("There is no chore 'dance'.")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment of this Python, made once from lock files that name nothing (so no network is needed)."""
    root = tmp_path_factory.mktemp("made")
    for lock in (RUNTIME, DEVELOPMENT):
        (root / lock).write_text("# nothing is needed here\n", "utf-8")
    environment = Environment(root)
    assert not environment.is_ready(RUNTIME)
    assert environment.make_ready(DEVELOPMENT)
    return environment


@pytest.fixture
def environment(made: Environment, tmp_path: Path) -> Environment:
    """A copy of it, to be damaged."""
    shutil.copytree(made.root, tmp_path / "copy", symlinks=True)
    return Environment(tmp_path / "copy")


def test_an_environment_is_made_once(made: Environment) -> None:
    assert made.is_ready(DEVELOPMENT)
    assert made.is_ready(RUNTIME)
    assert not made.make_ready(RUNTIME)
    program = [str(made.python), "-c", "import sys; print(sys.prefix)"]
    said = subprocess.run(program, capture_output=True, text=True, check=True)
    assert Path(said.stdout.strip()).samefile(made.folder)


def test_a_change_of_the_lock_is_noticed(environment: Environment) -> None:
    (environment.root / RUNTIME).write_text("# other\n", "utf-8")
    assert not environment.is_ready(RUNTIME)
    assert environment.is_ready(DEVELOPMENT)


def test_what_a_power_cut_left_is_made_anew(environment: Environment, capfd: pytest.CaptureFixture[str]) -> None:
    stray = environment.folder / "left-over"
    stray.touch()
    environment.unfinished.touch()
    assert not environment.is_ready(RUNTIME)
    environment.make_ready(RUNTIME)
    assert environment.is_ready(RUNTIME)
    assert not stray.exists()
    assert "making it anew" in capfd.readouterr().out


FOLDERS = ("Lib", "Scripts") if sys.platform == "win32" else ("lib", "bin")


@pytest.mark.parametrize("lost", ["pyvenv.cfg", "casemgr-ready.json", *FOLDERS])
def test_an_environment_without_one_of_its_parts_is_not_ready(environment: Environment, lost: str) -> None:
    (environment.folder / lost).rename(environment.root / "lost")
    assert not environment.is_ready(RUNTIME)


def test_a_package_that_went_away_is_noticed(environment: Environment) -> None:
    stamp = json.loads(environment.stamp.read_text("utf-8"))
    environment.stamp.write_text(json.dumps(stamp | {"installed": [*stamp["installed"], "reportlab"]}), "utf-8")
    assert not environment.is_ready(RUNTIME)


def test_a_sound_environment_made_by_hand_is_kept(environment: Environment) -> None:
    environment.stamp.unlink()
    mine = environment.folder / "mine"
    mine.touch()
    assert environment.make_ready(RUNTIME)
    assert mine.exists()
