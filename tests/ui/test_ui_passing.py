"""What passes through the disk is taken away, after a crash as well; and how a run crashed is told without a name."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from programs import PASSWORD, dialog, locked_office, running, settle
from PySide6.QtCore import QtMsgType

from ui.catcher import Catcher, say_kind
from ui.mistake import CrashDialog, report_of_crash
from ui.passing import Passing, sweep_half_written

pytestmark = pytest.mark.usefixtures("qtbot")
ROOT = Path(__file__).resolve().parents[2]
CRASH = """
import ctypes, os, sys, tempfile
from pathlib import Path
from casemgr.dumps import forbid_dumps
from ui.passing import Passing
forbid_dumps()
passing = Passing(Path(sys.argv[1]))
passing.begin()
with tempfile.NamedTemporaryFile(delete=False) as file:
    file.write("\u17a1\u17bc\u1789".encode())
secret = "Zuqvaxin"
print(os.environ["TMPDIR"], flush=True)
if sys.argv[2] == "crash":
    ctypes.string_at(0)
os._exit(1)
"""
GOES_ON = """
import sys
from pathlib import Path
from ui.passing import Passing
passing = Passing(Path(sys.argv[1]))
print(repr(passing.begin()), flush=True)
sys.stdin.read()
passing.end()
"""


def run(above, how):
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", CRASH, str(above), how], cwd=ROOT, env=surroundings, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_what_a_run_leaves_that_crashed_is_taken_away_by_the_next(tmp_path):
    died = run(tmp_path, "crash")
    folder = Path(died.stdout.strip())
    assert len(list(folder.iterdir())) == 3
    assert folder.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    passing = Passing(tmp_path)
    told = passing.begin()
    assert "Fatal Python error" in told or "Windows fatal" in told
    assert not folder.exists()
    report = report_of_crash(told)
    assert "Zuqvaxin" not in report
    assert str(Path.home()) not in report
    assert "  ctypes/__init__.py:" in report or "  __init__.py:" in report
    passing.end()
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_never_ended_is_noticed_and_one_that_goes_on_is_left_alone(tmp_path):
    run(tmp_path, "stop")
    other = subprocess.Popen(
        [sys.executable, "-c", GOES_ON, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        assert other.stdout.readline() == "''\n"  # not closed, and no crash
        here = Passing(tmp_path)
        assert here.begin() is None
        assert (tmp_path / str(other.pid)).exists()
        here.end()
    finally:
        other.communicate("")
    assert list(tmp_path.iterdir()) == []


def test_everything_temporary_goes_there_and_leaves_with_the_lock(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        program.passing = Passing(tmp_path / "temporary")
        program.passing.begin()
        program.open("", PASSWORD)
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(b"a page")
        assert Path(file.name).parent == program.passing.folder
        program.lock()
        assert not Path(file.name).exists()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_papers_that_were_never_written_whole_are_removed_and_others_stay(tmp_path):
    names = (".paper-abc", ".casemgr-0011.part", "report.pdf", ".paper-new")
    for name in names:
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (1, 1))
    os.utime(tmp_path / ".paper-new")
    sweep_half_written([tmp_path, tmp_path / "none"], time.time() - 60)
    assert {path.name for path in tmp_path.iterdir()} == {"report.pdf", ".paper-new"}


def test_a_crash_is_told_at_the_next_start_and_can_be_read_and_saved(tmp_path):
    locked_office(tmp_path)
    with running(tmp_path, "en") as program:
        program.crash = (
            'Fatal Python error: Segmentation fault\n\nCurrent thread 0x1:\n  File "/home/sok/x/ui/desk.py", '
        )
        program.crash += "line 12 in go\n"
        program._tell_of_last_run()
        shown = dialog()
        assert isinstance(shown, CrashDialog)
        assert "desk.py:12" in shown.report.toPlainText()
        assert "sok" not in shown.report.toPlainText()
        shown.save(tmp_path / "report.txt")
        assert (tmp_path / "report.txt").read_text("utf-8").strip() == shown.report.toPlainText()
        shown.save(tmp_path / "no such folder" / "report.txt")
        assert "could not be written" in shown.note.text().replace("\u200b", "")
        shown.accept()
        program.crash = ""
        program._tell_of_last_run()
        settle()
        assert "power cut" in program.window.messages.text.text().replace("\u200b", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked in another way, and does not tell")
def test_no_memory_is_written_to_the_disk():
    asked = "import resource\nfrom casemgr.dumps import forbid_dumps\nforbid_dumps()\nprint(resource.getrlimit(4))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"


NEIGHBOUR = """
import ctypes, os, resource, sys
from casemgr.dumps import forbid_dumps
if os.getuid() == 0:
    os.setuid(65534)  # the system's own user reads everything
libc, pid = ctypes.CDLL(None), os.getpid()
libc.prctl(4, 1, 0, 0, 0)
if sys.argv[1] == "forbidden":
    forbid_dumps()
reading, writing = os.pipe()
if os.fork() == 0:
    libc.prctl(4, 1, 0, 0, 0)
    try:
        with open(f"/proc/{pid}/mem", "rb") as memory:
            os.write(writing, b"read")
    except OSError:
        os.write(writing, b"refused")
    os._exit(0)
print(os.read(reading, 10).decode())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems keep this in other ways")
def test_no_program_of_the_same_user_reads_the_memory_of_this_one():
    said = {}
    for way in ("allowed", "forbidden"):
        done = subprocess.run(
            [sys.executable, "-c", NEIGHBOUR, way], cwd=ROOT, capture_output=True, text=True, check=True
        )
        said[way] = done.stdout.strip()
    if said["allowed"] != "read":
        pytest.skip("this system lets no program read another's memory anyway")
    assert said["forbidden"] == "refused"


def test_what_is_lost_in_another_thread_is_told_without_its_values(capsys, monkeypatch):
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    catcher = Catcher()
    catcher._on_lost(ValueError("ឡូញ"))
    catcher._on_lost(None)
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "ឡូញ" not in said


def test_of_a_message_of_qt_only_its_kind_is_written(capsys):
    class Context:
        category = "qt.gui"

    say_kind(QtMsgType.QtWarningMsg, Context(), "cannot open ឡូញ.png")
    say_kind(QtMsgType.QtDebugMsg, Context(), "ឡូញ")
    assert capsys.readouterr().err == "Qt: QtWarningMsg, qt.gui\n"
