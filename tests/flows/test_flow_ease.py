"""The daily tasks take no more keys and clicks than they do today; each way is walked in the real window.

All ten, by keyboard alone and with the mouse, are of the long proofs; a few of them are done in every run, and the call
at nine with the mouse, which once took twice as much as any other.
"""

import pytest
from ease_tasks import TASKS, at_work, measure
from PySide6.QtWidgets import QApplication

from ui import theme

pytestmark = [pytest.mark.usefixtures("qtbot"), pytest.mark.qt_log_ignore("This plugin does not support")]
CALL = "a call at nine: new child, arrest"
MOST = {
    CALL: (27, 15),
    "find a child, open its case": (4, 2),
    "add a visit in detention": (24, 13),
    "log a telephone call": (18, 11),
    "follow-up call: child is well": (7, 8),
    "print the custody notice": (10, 5),
    "see what is due, mark it done": (20, 8),
    "attach a photographed paper": (16, 10),
    "diversion log: the child came": (19, 10),
    "lock in a note, come back, finish": (18, 10),
}
"""The most keys, clicks and turns of the wheel: by keyboard alone, with the mouse. `do.py ease` prints them all."""
QUICK = ("log a telephone call", "see what is due, mark it done", "lock in a note, come back, finish")


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    font, palette = qapp.font(), qapp.palette()
    theme.dress(qapp)
    yield
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("keyboard", QUICK),
        ("mouse", (CALL,)),
        pytest.param("keyboard", tuple(TASKS), marks=pytest.mark.slow),
        pytest.param("mouse", tuple(TASKS), marks=pytest.mark.slow),
    ],
    ids=("few-by-keyboard", "call-by-mouse", "all-by-keyboard", "all-by-mouse"),
)
def test_daily_tasks_take_no_more_keys_and_clicks(tmp_path, monkeypatch, kind, names):
    monkeypatch.setenv("HOME", str(tmp_path))  # where the file dialog begins
    with at_work(tmp_path, kind, children=12 if len(names) == len(TASKS) else 1) as (worker, counter):
        taken = {name: measure(worker, counter, TASKS[name]).acts for name in names}
    assert QApplication.activeModalWidget() is None
    place = 0 if kind == "keyboard" else 1
    assert {name: acts for name, acts in taken.items() if acts > MOST[name][place]} == {}
