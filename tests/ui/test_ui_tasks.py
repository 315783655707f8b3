"""Work beside the window's thread: in order, told where it was asked, and never to somebody who is gone."""

import ast
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication

from casemgr.pace import _window, go_first
from ui.opening import PAGES, warm_pages
from ui.tasks import Tasks, Turn, Watch

UI = Path(__file__).parents[2] / "ui"


@pytest.fixture
def tasks(qtbot):
    tasks = Tasks()
    yield tasks
    with qtbot.waitSignal(tasks.idle, raising=False, timeout=100 if tasks.is_idle else 5000):
        pass
    tasks.wait()


@pytest.fixture
def go_on(tasks):  # noqa: ARG001  (which waits at its end for what this lets go on)
    """What work waits for; it goes on at the end also where the test failed before it said so."""
    go_on = threading.Event()
    yield go_on
    go_on.set()


def test_work_is_done_in_the_order_asked_and_told_in_the_window_s_thread(qtbot, tasks):
    heard = []

    def hear(answer):
        heard.append((answer, QThread.currentThread() is QApplication.instance().thread()))

    with qtbot.waitSignal(tasks.idle):
        for number in range(5):
            tasks.run(lambda number=number: (number, threading.current_thread() is threading.main_thread()), hear)
    assert heard == [((number, False), True) for number in range(5)]


def test_what_fails_is_told_to_who_asked_or_else_to_everybody(qtbot, tasks):
    own, everybody = [], []
    tasks.failed.connect(everybody.append)
    with qtbot.waitSignal(tasks.idle):
        tasks.run(lambda: 1 / 0, None, own.append)
        tasks.run(lambda: {}["x"])
    assert [type(error) for error in own] == [ZeroDivisionError]
    assert [type(error) for error in everybody] == [KeyError]


def test_an_answer_is_dropped_where_the_page_that_asked_is_gone(qtbot, tasks, go_on):
    class Page(QObject):
        def __init__(self):
            super().__init__()
            self.heard = []

        def hear(self, answer):
            self.heard.append(answer)

    gone, here = Page(), Page()
    with qtbot.waitSignal(tasks.idle):
        tasks.run(go_on.wait, gone.hear)
        tasks.run(lambda: 2, lambda answer: gone.hear([answer]))
        tasks.run(lambda: 3, here.hear)
        gone.deleteLater()
        QApplication.sendPostedEvents(gone, 0)
        go_on.set()
    assert gone.heard == []
    assert here.heard == [3]


class Card(QObject):
    def __init__(self):
        super().__init__()
        self.heard = []

    def hear(self, answer):
        self.heard.append(answer)


def held(hear):
    """Return a function that calls what it holds, as it holds it."""
    inner = lambda answer: hear(answer)  # noqa: E731, PLW0108  (a function within)
    return lambda answer: inner(answer)  # noqa: PLW0108


@pytest.mark.parametrize("wrap", [held, lambda hear: partial(lambda then, answer: then(answer), hear)])
def test_an_answer_is_dropped_where_it_would_come_to_a_page_that_is_gone_in_the_end(qtbot, tasks, go_on, wrap):
    gone, here = Card(), Card()
    mistakes = []
    tasks.failed.connect(mistakes.append)
    with qtbot.waitSignal(tasks.idle):
        tasks.run(go_on.wait, wrap(gone.hear))
        tasks.run(lambda: 2, wrap(here.hear))
        gone.deleteLater()
        QApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
        assert not shiboken6.isValid(gone)
        go_on.set()
    assert (gone.heard, here.heard, mistakes) == ([], [2], [])


def test_what_nobody_is_told_of_any_more_is_done_away_with(qtbot, tasks, go_on):
    done, late = [], []
    with qtbot.waitSignal(tasks.idle):
        tasks.run(go_on.wait, done.append, None, late.append)
        tasks.forget()
        tasks.run(lambda: 2, done.append, None, late.append)
        go_on.set()
    assert (done, late) == ([2], [True])


def test_no_signal_is_asked_to_hear_an_answer_itself():
    """It does not tell whose it is, so that nobody could see that its page is gone."""
    found = []
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("run", "run_watched"):
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                found += [f"{path.name}:{each.lineno}" for each in given if getattr(each, "attr", "") == "emit"]
    assert found == []


def test_the_window_is_told_that_it_is_busy_only_when_it_takes_a_while(qtbot, tasks, go_on):
    told = []
    tasks.busy.connect(told.append)
    with qtbot.waitSignal(tasks.busy, check_params_cb=lambda busy: busy):
        tasks.run(go_on.wait)
    with qtbot.waitSignal(tasks.idle):
        go_on.set()
    assert told == [True, False]
    assert tasks.is_idle


def test_how_far_a_work_is_is_told_now_and_then_and_at_its_end(qtbot, tasks):
    told, watch = [], Watch()
    watch.told = lambda done, total: told.append((done, total))

    def work(tell, _stopped):
        for done in range(1, 20_001):
            tell(done, 20_000)

    with qtbot.waitSignal(tasks.idle):
        tasks.run_watched(watch, work, lambda _: None)
    assert told[0] == (1, 20_000)
    assert told[-1] == (20_000, 20_000)
    assert len(told) < 2000  # each is drawn: the window would hear of nothing else


def test_the_window_answers_work_beside_it_after_what_it_had_to_do_before(qtbot):
    turn, order = Turn(QApplication.instance()), []
    beside = threading.Thread(target=turn.asked.emit, args=(lambda: order.append(QThread.currentThread()),))

    def busy():
        beside.start()
        beside.join()
        order.append("window")

    QTimer.singleShot(0, busy)
    qtbot.waitUntil(lambda: len(order) == 2)
    turn.deleteLater()
    assert order == ["window", QApplication.instance().thread()]


def test_a_work_begins_once_the_window_has_done_what_it_began(qtbot, tasks):
    order = []
    go_first(lambda call: (order.append("window"), call()))
    try:
        tasks.run(lambda: order.append("work"))
        qtbot.waitUntil(lambda: tasks.is_idle)
    finally:
        _window.clear()
    assert order == ["window", "work"]


def test_pages_are_loaded_when_nothing_is_read_and_in_the_end_in_any_case():
    looks = iter([False, False, True])
    asked = []
    warm_pages(lambda: asked.append(True) or next(looks, True))
    assert len(asked) == len(PAGES) + 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="read from /proc; elsewhere nothing is kept back")
def test_what_work_let_go_of_is_given_back_once_the_window_rests(qtbot, tasks):
    megabytes, kept = 60, []

    def fill():
        many = [bytes(4000) for _ in range(megabytes * 250)]
        kept.append(many.pop())  # above what is let go of: the C library holds on to all that lies below it

    tasks._rest.setInterval(100)
    with qtbot.waitSignal(tasks.idle):
        tasks.run(fill)
    filled = _resident()
    qtbot.waitUntil(lambda: _resident() < filled - megabytes / 2)


def _resident():
    """Megabytes of memory that this process holds."""
    held = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmRSS"))
    return int(held.split()[1]) / 1000
