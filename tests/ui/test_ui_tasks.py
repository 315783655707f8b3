"""Work beside the window's thread: in order, told where it was asked, and never to somebody who is gone."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication

from ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot):
    tasks = Tasks()
    yield tasks
    with qtbot.waitSignal(tasks.idle, raising=False, timeout=100 if tasks.is_idle else 5000):
        pass
    tasks.wait()


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


def test_an_answer_is_dropped_where_the_page_that_asked_is_gone(qtbot, tasks):
    class Page(QObject):
        def __init__(self):
            super().__init__()
            self.heard = []

        def hear(self, answer):
            self.heard.append(answer)

    gone, here = Page(), Page()
    go_on = threading.Event()
    with qtbot.waitSignal(tasks.idle):
        tasks.run(go_on.wait, gone.hear)
        tasks.run(lambda: 2, lambda answer: gone.hear([answer]))
        tasks.run(lambda: 3, here.hear)
        gone.deleteLater()
        QApplication.sendPostedEvents(gone, 0)
        go_on.set()
    assert gone.heard == []
    assert here.heard == [3]


def test_the_window_is_told_that_it_is_busy_only_when_it_takes_a_while(qtbot, tasks):
    told = []
    tasks.busy.connect(told.append)
    go_on = threading.Event()
    with qtbot.waitSignal(tasks.busy, check_params_cb=lambda busy: busy):
        tasks.run(go_on.wait)
    with qtbot.waitSignal(tasks.idle):
        go_on.set()
    assert told == [True, False]
    assert tasks.is_idle
