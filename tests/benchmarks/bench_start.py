"""Cold start to the first painted window and to a usable office, against a bare window with a table.

Each start is a new process; the kinds take turns, and medians are compared. The office is a practice office that
exists already, usable once Today is painted with what was read from it. Beside it stands what cannot be less: a bare
window painted after SQLAlchemy was imported, and after the declared records were loaded as well. `password` is what the
worker waits for: from the key that ends the password, while which the rest is loaded, to Today. Who opens an office
with a password waits for the first window and for that, and types in between: for how long at least stands beside it.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 9
BARE = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, over)
        return False

def over():
    print(time.time(), flush=True)
    os._exit(0)

app = QApplication(sys.argv)
model = QStandardItemModel(40, 6)
for row in range(40):
    for column in range(6):
        model.setItem(row, column, QStandardItem(f"{row} {column}"))
table = QTableView()
table.setModel(model)
window = QMainWindow()
window.setCentralWidget(table)
window.resize(1366, 728)
watch = Watch()
window.installEventFilter(watch)
window.show()
app.exec()
"""
NAMED = BARE.replace("app = Q", "from PySide6.QtCore import Qt\nQt.AlignmentFlag.AlignLeft\napp = Q", 1)
"""The bare window once something of the namespace Qt is named: PySide6 then makes all of its enumerations."""
LIBRARY = """
from main import load_qt
load_qt()
import sqlalchemy.orm
"""
"""What is needed to declare a record, loaded as the program loads it, before the bare window."""
RECORDS = f"""{LIBRARY}
import casemgr.records.kinds
"""
"""What every office needs, before the bare window."""
PASSWORD = """
import os, sys, time
from main import load_qt
load_qt()
from PySide6.QtCore import QTimer
from ui.app import begin, read_options

def type_it():
    global entered
    door = program.window.page.door
    door.lines.edits["password"].setText("practice")
    program.ready.connect(over)
    entered = time.time()
    door.button.click()

def over():
    print("took", time.time() - entered, flush=True)
    os._exit(0)

app, program = begin(read_options(sys.argv[1:]))
program.loaded.connect(lambda: program.office or type_it())
program.start()
app.exec()
"""
OURS = """
import os, sys, time
from main import load_qt
load_qt()
from ui.app import begin, read_options

def over():
    print(time.time(), flush=True)
    os._exit(0)

app, program = begin(read_options(sys.argv[2:]))
getattr(program, sys.argv[1]).connect(over)
program.start()
app.exec()
"""


def run() -> dict[str, object]:
    """Return seconds and ratios for each moment."""
    subprocess.run([sys.executable, ROOT / "packaging" / "words.py", "compile"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "practice"
        _make(office)
        home = Path(folder) / "home"
        home.mkdir()
        practice = ("--practice", "--office", str(office), "--language", "km")
        kinds = {
            "bare": (BARE,),
            "named": (NAMED,),
            "paint": (OURS, "painted", "--office", str(home), "--language", "km"),
            "usable": (OURS, "ready", *practice),
            "library": (LIBRARY + BARE,),
            "records": (RECORDS + BARE,),
            "loaded": (OURS, "loaded", "--office", str(office), "--language", "km"),
            "password": (PASSWORD, "--office", str(office), "--language", "km"),
        }
        for arguments in kinds.values():  # once unmeasured: files read, bytecode written
            _start(arguments, home)
        seconds: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _ in range(ROUNDS):
            for kind, arguments in kinds.items():
                seconds[kind].append(_start(arguments, home))
    medians = {kind: statistics.median(times) for kind, times in seconds.items()}
    return {
        "rounds": ROUNDS,
        "bare_seconds": medians["bare"],
        "first painted window": _part(medians, "paint", 1.2),
        "usable office": _part(medians, "usable", 2.4),
        "password to Today": _part(medians, "password", 2.4),
        "waited for in an office with a password": {
            "seconds": medians["paint"] + medians["password"],
            "ratio": (medians["paint"] + medians["password"]) / medians["bare"],
            "goal": 2.4,
            "while the password is typed, seconds": medians["loaded"] - medians["paint"],
        },
        "bare window that names Qt": _floor(medians, "named"),
        "bare window with SQLAlchemy imported": _floor(medians, "library"),
        "bare window with the records loaded": _floor(medians, "records"),
        "usable office to that": {"ratio": medians["usable"] / medians["records"]},
        "least_seconds": {kind: min(times) for kind, times in seconds.items()},
    }


def _part(medians: dict[str, float], kind: str, goal: float) -> dict[str, float]:
    return {"seconds": medians[kind], "ratio": medians[kind] / medians["bare"], "goal": goal}


def _floor(medians: dict[str, float], kind: str) -> dict[str, float]:
    """Return what cannot be less, which has no goal."""
    return {"seconds": medians[kind], "ratio": medians[kind] / medians["bare"]}


def _make(office: Path) -> None:
    code = "import sys; from pathlib import Path; from casemgr.services.practice import open_practice; "
    code += "open_practice(Path(sys.argv[1])).close()"
    subprocess.run([sys.executable, "-c", code, str(office)], cwd=ROOT, check=True)


def _start(arguments: tuple[str, ...], home: Path) -> float:
    surroundings = os.environ | {
        "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false", "XDG_CONFIG_HOME": str(home),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", *arguments]
    begun = time.time()
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True)
    told = done.stdout.split()
    return float(told[-1]) - (0.0 if told[0] == "took" else begun)


if __name__ == "__main__":
    print(run())
