"""Very many rows are let go of beside the window, and lists are read without sweeping for circles."""

import gc
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from queue import Queue

import pytest

from casemgr.pace import (
    A_TURN,
    AT_ONCE,
    LETTING_GO,
    MANY,
    LetGoSlowly,
    Pace,
    _window,
    after_you,
    go_first,
    is_letting_go,
    stand_back,
    sweep,
    sweep_all,
    sweeping_later,
    untie,
    without_sweeping,
)


class Row:
    """A row that tells which thread let go of it."""

    def __init__(self, gone: "Counter[int]") -> None:
        self.gone = gone

    def __del__(self) -> None:
        self.gone[threading.get_ident()] += 1


def wait(most: float | None = None) -> None:
    for thread in threading.enumerate():
        if thread.name == LETTING_GO:
            thread.join(most)


def test_very_many_rows_go_beside_the_thread_that_had_them() -> None:
    gone: Counter[int] = Counter()
    rows = LetGoSlowly(Row(gone) for _ in range(20 * AT_ONCE))
    del rows
    wait()
    assert gone.total() == 20 * AT_ONCE
    assert gone[threading.get_ident()] == 0


class HandedOnSlowly(LetGoSlowly[Row]):
    """Rows of a thread that does not get its turn again at once: so long it holds them."""

    def __del__(self) -> None:
        super().__del__()
        wait(0.05)


def test_rows_are_kept_until_the_thread_that_had_them_has_handed_them_on() -> None:
    gone: Counter[int] = Counter()
    rows = HandedOnSlowly(Row(gone) for _ in range(2 * AT_ONCE))
    del rows
    wait()
    assert gone.total() == 2 * AT_ONCE
    assert gone[threading.get_ident()] == 0


def test_few_rows_go_at_once() -> None:
    gone: Counter[int] = Counter()
    rows = LetGoSlowly(Row(gone) for _ in range(AT_ONCE))
    del rows
    assert gone == {threading.get_ident(): AT_ONCE}


def test_rows_that_somebody_else_has_stay() -> None:
    gone: Counter[int] = Counter()
    rows = tuple(Row(gone) for _ in range(AT_ONCE + 1))
    held = LetGoSlowly(rows)
    assert held == rows
    del held
    wait()
    assert gone.total() == 0


def test_letting_go_takes_the_thread_little_time() -> None:
    rows = LetGoSlowly((number, str(number), [number]) for number in range(200_000))
    begun = time.thread_time()
    del rows
    handed_on = time.thread_time() - begun
    wait()
    at_once = tuple((number, str(number), [number]) for number in range(200_000))
    begun = time.thread_time()
    del at_once
    assert handed_on < (time.thread_time() - begun) / 2


@pytest.mark.parametrize("held", [sweeping_later, without_sweeping])
def test_sweeping_goes_on_afterwards(held: object) -> None:
    with held():  # type: ignore[operator]
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with held():  # type: ignore[operator]
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize(("rows", "left_out"), [(MANY // 2, False), (MANY * 2, True)])
def test_many_rows_are_left_out_of_the_search_and_few_are_not(rows: int, left_out: bool) -> None:
    sweep_all()
    before = gc.get_freeze_count()
    with without_sweeping():
        kept = [[number] for number in range(rows)]
    assert (gc.get_freeze_count() > before + len(kept) // 2) is left_out
    sweep_all()


def test_long_work_gives_way_once_in_a_while_and_not_at_each_look(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, rests = [100.0], []
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(time, "sleep", lambda seconds: rests.append((clock[0], seconds)))
    pace = Pace(1000)
    for _ in range(1000):
        clock[0] += A_TURN / 100
        pace.step()
    assert 9 <= len(rests) <= 10
    assert all(0 < seconds < A_TURN / 10 for _, seconds in rests)


class Window:
    """The window's thread as work beside it sees it: calls what it is asked to when it is told that it is free."""

    def __init__(self) -> None:
        self.asked: Queue[Callable[[], object]] = Queue()


@pytest.fixture
def window() -> Iterator[Window]:
    window = Window()
    go_first(window.asked.put)
    yield window
    _window.clear()


def test_work_beside_the_window_waits_until_that_has_done_what_it_began(window: Window) -> None:
    order: list[str] = []
    work = threading.Thread(target=lambda: (after_you(), order.append("work")))
    work.start()
    free = window.asked.get()
    order.append("window")
    free()
    work.join()
    assert order == ["window", "work"]


def test_work_goes_on_in_the_end_though_the_window_is_never_free(window: Window) -> None:
    work = threading.Thread(target=after_you)
    work.start()
    work.join(30)
    assert not work.is_alive()
    assert window.asked.qsize() == 1


def test_the_window_does_not_wait_for_itself_nor_work_for_a_window_that_waits_for_it(window: Window) -> None:
    after_you()
    with stand_back():
        work = threading.Thread(target=after_you)
        work.start()
        work.join()
    assert window.asked.empty()
    work = threading.Thread(target=after_you)
    work.start()
    window.asked.get()()
    work.join()


@pytest.mark.usefixtures("window")
def test_work_goes_on_though_the_window_is_gone() -> None:
    def gone(_call: Callable[[], object]) -> None:
        raise RuntimeError

    go_first(gone)
    done: list[bool] = []
    work = threading.Thread(target=lambda: (after_you(), done.append(True)))
    work.start()
    work.join()
    assert done == [True]


def test_what_is_taken_apart_leaves_no_circles() -> None:
    class Part:
        pass

    whole, part = Part(), Part()
    whole.part, part.whole = part, whole  # type: ignore[attr-defined]
    gone = weakref.ref(part)
    gc.disable()
    try:
        untie(whole)
        del whole, part
        assert gone() is None
    finally:
        gc.enable()


def test_garbage_is_looked_for_but_not_while_many_rows_are_read() -> None:
    class Circle:
        def __init__(self) -> None:
            self.itself = self

    gone = weakref.ref(Circle())
    with sweeping_later():
        sweep()
        assert gone() is not None
    sweep()
    assert gone() is None


def test_where_no_thread_can_be_started_all_goes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    wait()
    gone: Counter[int] = Counter()
    rows = LetGoSlowly(Row(gone) for _ in range(2 * AT_ONCE))
    with monkeypatch.context() as without:
        without.setattr(threading.Thread, "start", fail)
        del rows
    assert gone == {threading.get_ident(): 2 * AT_ONCE}
    assert not is_letting_go()
    rows = LetGoSlowly(Row(gone) for _ in range(2 * AT_ONCE))
    del rows
    wait()
    assert gone.total() == 4 * AT_ONCE, "and the next ones go beside again"
    assert gone[threading.get_ident()] == 2 * AT_ONCE
