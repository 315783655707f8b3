"""How far a long work has gone, and whether somebody still wants it."""

import gc
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from threading import Event, Lock, Thread, current_thread, main_thread
from typing import Any, TypeVar

from casemgr.trouble import Stopped

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""
Cancelled = Callable[[], bool]
"""Whether the work is to be stopped."""

EVERY = 200
"""After so many items of a list it is asked whether to go on: some milliseconds of the slowest of them."""
A_TURN, GIVEN = 0.02, 0.0005
"""Seconds of work, and of rest after it. Who waits for Python asks for it only after having waited undisturbed: a work
that lets go of it for instants all the time, as for random numbers, would keep the window waiting for a second."""
_window: list[Callable[[Callable[[], object]], None]] = []
"""Asks the window's thread to call something once it comes to it; empty where there is no window."""
_AFTER = 0.05
"""Seconds that a work waits at the most for the window, which may have very much to do itself."""
_PARTS = 200
"""Progress is told in steps of this part of the whole: finer ones nobody sees."""

MANY = 20_000
"""So many things are looked through for garbage in about a millisecond or two."""
AT_ONCE = 250
"""So many rows are let go of together: about a millisecond, also where several threads do so in turns."""
_A_PIECE = 10_000
_handed_on: deque[tuple[Any, ...]] = deque()
_ITS_TURN = Lock()
_left_out: list[bool] = []
"""Says, where it is not empty, that something of an office was left out of the search for garbage."""
LETTING_GO = "letting-go"
"""How the threads are named that do so."""
_REST = 0.001
"""Seconds in which whoever waits gets its turn."""
_MOST_RESTS = 10_000
_NOBODY_ELSE = 2
"""References to what one name has, as it is asked after them."""

_Item = TypeVar("_Item")


class Pace:
    """Tells how far a work is, and ends it with Stopped soon after somebody wants that.

    The work asks at each check, in whatever thread it runs; both callables are called in that thread.
    """

    def __init__(
        self, total: int = 0, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> None:  # fmt: skip
        """Have nothing done of so much; a total of 0 is not known, and nothing is told of it."""
        self.total, self.done = total, 0
        self._progress, self._cancelled = progress, cancelled
        self._told = -1
        self._turn = time.monotonic() + A_TURN

    def check(self) -> None:
        """Raise Stopped where the work is to be stopped; now and then let the other threads go first."""
        if self.is_stopped:
            raise Stopped
        if time.monotonic() > self._turn:
            time.sleep(GIVEN)
            after_you()
            self._turn = time.monotonic() + A_TURN

    @property
    def is_stopped(self) -> bool:
        """Whether the work is to be stopped."""
        return self._cancelled is not None and self._cancelled()

    def quiet(self) -> "Pace":
        """Return a pace for a part of the work that is counted as a whole: it is stopped alike and tells nothing."""
        return Pace(cancelled=self._cancelled)

    def tell(self) -> None:
        """Tell that the work is under way; of how much there is to do nothing is known yet."""
        if self._progress is not None:
            self._progress(self.done, self.total)

    def step(self, done: int = 1) -> None:
        """Have so much more done. Raises Stopped as check."""
        self.check()
        self.done = min(self.done + done, self.total)
        if self._progress is not None and self.total and (part := self.done * _PARTS // self.total) != self._told:
            self._told = part
            self._progress(self.done, self.total)

    def stepping(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yield the items; each counts as done when the next one is asked for."""
        for item in items:
            yield item
            self.step()

    def watched(self, items: Iterable[_Item]) -> tuple[_Item, ...]:
        """Return the items as a tuple; whoever goes through it is stopped on the way."""
        return _Watched(items).by(self) if self._cancelled is not None else tuple(items)


def go_first(ask: Callable[[Callable[[], object]], None]) -> None:
    """Let what works in other threads wait for this one, the window's; ask: has it call something when it is free."""
    _window[:] = [ask]


@contextmanager
def stand_back() -> Iterator[None]:
    """Let nobody wait for the window's thread, while that waits for others itself."""
    was = _window[:]
    _window.clear()
    try:
        yield
    finally:
        _window[:] = was


def after_you() -> None:
    """Let the window first do what it has begun: Python itself would give each of them half of its time."""
    if _window and current_thread() is not main_thread():
        free = Event()
        with suppress(RuntimeError):  # the window is gone, and the work goes on
            for ask in _window:
                ask(free.set)
            free.wait(_AFTER)


@contextmanager
def sweeping_later() -> Iterator[None]:
    """Hold Python's search for circular garbage back while a list is read or written, whose rows hold no circles.

    It begins again with every few hundred rows, and takes a sixth of the time for nothing.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def without_sweeping() -> Iterator[None]:
    """Hold Python's search for circular garbage back while very many rows are read, and leave them out of it later.

    It goes through all that is kept, again and again while that grows, and nothing else runs meanwhile: with millions
    of rows the window would stand still for seconds. Rows hold no circles and are let go without it; what else was
    there when they were read is looked through again once the window locks (ui.locking), which takes long: so few rows
    are not left out.
    """
    gc.collect(1)
    with sweeping_later():
        try:
            yield
        finally:
            if gc.get_count()[0] > MANY:  # so many more are there than at the last look
                leave_out(office=True)
    give_back()


def untie(*things: object) -> None:
    """Take things that are not used any more apart: what they hold together in circles goes at once.

    Else all of it stays until Python next looks through the whole memory, while the window stands still.
    """
    for thing in things:
        vars(thing).clear()


def give_back() -> None:
    """Give the system back what was let go of, where the C library keeps that for later (glibc does, others do not)."""
    trim = getattr(_c_library(), "malloc_trim", None)
    if trim is not None:
        trim(0)


@cache
def _c_library() -> Any:
    """Return the C library the program runs with; None on Windows, where there is no name for it."""
    import ctypes  # noqa: PLC0415  (loaded with the first long reading)

    return None if sys.platform == "win32" else ctypes.CDLL(None)


def leave_out(*, office: bool) -> None:
    """Leave all that is there now out of the search for garbage; office: whether something of an open office is."""
    gc.freeze()
    if office:
        _left_out[:] = [True]


def sweep() -> None:
    """Look for garbage among what came since the program began; nothing where many rows are read just now."""
    if gc.isenabled():
        gc.collect()


def sweep_all() -> None:
    """Look for garbage in all that an office may have left behind, also in what was left out of the search.

    What was there before the first office was opened is looked through only where it cannot be told from that: it
    takes longer than all the rest, and nothing else runs meanwhile.
    """
    if _left_out:
        gc.unfreeze()
        _left_out.clear()
    gc.collect()
    give_back()


class LetGoSlowly(tuple[_Item, ...]):
    """Very many rows that are let go of a few at a time beside the window's thread, whoever had them last.

    Python lets go of a tuple with all that is in it at once, and nothing else runs meanwhile.
    """

    def __del__(self) -> None:
        """Hand the rows on; few of them go at once, and all of them when the program ends."""
        if len(self) > AT_ONCE and not sys.is_finalizing():
            _handed_on.append(self)
            if _ITS_TURN.acquire(blocking=False):  # one thread for all: several would keep the window's waiting
                try:
                    Thread(target=_let_go, name=LETTING_GO, daemon=True).start()
                except RuntimeError:  # the system has no room for a thread, or the program ends: all goes at once
                    _handed_on.clear()
                    _ITS_TURN.release()


def is_letting_go() -> bool:
    """Return whether rows that were handed on are still being let go of."""
    return bool(_handed_on) or _ITS_TURN.locked()


def _let_go() -> None:
    _let_all_go()
    _ITS_TURN.release()
    while _handed_on and _ITS_TURN.acquire(blocking=False):  # handed on in between
        _let_all_go()
        _ITS_TURN.release()


def _let_all_go() -> None:
    while _handed_on:
        kept, rows = _handed_on.popleft(), list[Any]()
        for start in range(0, len(kept), _A_PIECE):  # at once it would take as long as letting go does
            rows += kept[start : start + _A_PIECE]
        for _ in range(_MOST_RESTS):  # whoever handed it on may not have come out of that: all would go there with it
            if sys.getrefcount(kept) <= _NOBODY_ELSE:
                break
            time.sleep(_REST)
        del kept  # the tuple itself ends here, in this thread
        while rows:
            del rows[-AT_ONCE:]
            time.sleep(_REST)


class _Watched(tuple[Any, ...]):
    """A tuple that asks on the way whether to go on: what is reckoned from it knows nothing of windows and buttons."""

    _pace: Pace

    def by(self, pace: Pace) -> "_Watched":
        self._pace = pace
        return self

    def __iter__(self) -> Iterator[Any]:
        check, begun = self._pace.check, 0
        while begun < len(self):
            check()
            yield from self[begun : begun + EVERY]
            begun += EVERY
