"""Work that reads or writes the store, away from the window's thread."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event
from typing import Any
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from casemgr.khmer.breaks import let_go_of_model
from casemgr.pace import Cancelled, Progress, after_you, give_back, is_letting_go, stand_back

BUSY_AFTER = 300
"""Milliseconds of work after which the window says that it is busy."""

REST = 5000
"""Milliseconds without work after which the system is given back what the work let go of."""

SELDOM = 0.1
"""Seconds between two tellings of how far a work is: to show it takes the window longer than the work in between, and
it would hear of nothing else."""

Callback = Callable[[Any], None]


class Turn(QObject):
    """Calls, in the window's thread and after what was to be done there before, what other threads hand to asked."""

    asked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        """Listen."""
        super().__init__(parent)
        self.asked.connect(self._answer)

    def _answer(self, call: Callable[[], object]) -> None:
        call()


class Watch:
    """What a window knows of one long work. told: called in the window's thread with how much is done, of how much."""

    def __init__(self) -> None:
        """Let the work go on."""
        self.told: Callable[[int, int], None] | None = None
        self._stop = Event()

    def stop(self) -> None:
        """Let the work end with Stopped at its next look."""
        self._stop.set()

    def is_stopped(self) -> bool:
        """Return whether it is to end; asked in the thread of the work."""
        return self._stop.is_set()


class Tasks(QObject):
    """Runs work one after the other, in the order asked; answers come back in the window's thread.

    An answer is dropped where the widget that asked for it is no more. inline: run at once in the caller's thread, as
    the tests do.
    """

    failed = Signal(object)
    """An exception that nobody asked to hear of."""
    busy = Signal(bool)
    """Work has been going on for a while, or is over."""
    idle = Signal()
    """All that was asked is done, and everybody who asked has been told."""
    _over = Signal(int, object, object)
    _told = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None, *, inline: bool = False) -> None:
        """Start with nothing to do."""
        super().__init__(parent)
        self.inline = inline
        self._waiting = self._forgotten = self._asked = 0
        self._is_busy = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._over.connect(self._tell)
        self._told.connect(_pass_on)
        self._watches: WeakSet[Watch] = WeakSet()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._give_back)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BUSY_AFTER)
        self._timer.timeout.connect(lambda: self._set_busy(busy=True))

    def run(
        self, work: Callable[[], Any], done: Callback | None = None, failed: Callback | None = None,
        late: Callback | None = None,
    ) -> None:  # fmt: skip
        """Do the work; then call done with its answer, or failed with its exception.

        late: done, as work is, to an answer that nobody is told of any more, such as an office that would stay open.
        """
        self._waiting += 1
        self._asked += 1
        asked = self._asked
        if self.inline:
            self._tell(asked, _outcome(work, done, failed), late)
            return
        if not self._timer.isActive() and not self._is_busy:
            self._timer.start()
        self._pool.start(_Job(lambda: self._answer(asked, _outcome(work, done, failed), late)))

    def run_watched(
        self, watch: Watch, work: Callable[[Progress, Cancelled], Any], done: Callback, failed: Callback | None = None,
        late: Callback | None = None,
    ) -> None:  # fmt: skip
        """Do work that may take long: it is given what tells how far it is, and what says whether it is to stop.

        Where the watch is stopped, failed is called with Stopped.
        """
        self._watches.add(watch)
        tell = partial(self._told.emit, watch)
        told = tell if self.inline else _now_and_then(tell)
        self.run(lambda: work(told, watch.is_stopped), done, failed, late)

    def stop(self) -> None:
        """Stop all work that is watched, as when the office is closed."""
        for watch in self._watches:
            watch.stop()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return self._waiting == 0

    def wait(self) -> None:
        """Return once all work is done; the answers of the last are told when the window next listens."""
        with stand_back():
            self._pool.waitForDone()

    def forget(self) -> None:
        """Let all that was asked be done, but tell no answer of it: what is to be shown next is another page."""
        self._forgotten = self._asked

    def _answer(self, asked: int, outcome: "_Outcome", late: Callback | None) -> None:
        with suppress(RuntimeError):  # these tasks went with the page that they worked for
            self._over.emit(asked, outcome, late)

    def _tell(self, asked: int, outcome: "_Outcome", late: Callback | None) -> None:
        callback, answer, error = outcome
        try:
            if callback is not None and asked > self._forgotten and _is_alive(callback):
                callback(answer if error is None else error)
            elif error is None and late is not None:
                self.run(lambda: late(answer))
            elif error is not None and callback is None:
                self.failed.emit(error)
        finally:
            self._waiting -= 1
            if self._waiting == 0:
                self._timer.stop()
                self._set_busy(busy=False)
                self.idle.emit()
                self._rest.start()

    def _give_back(self) -> None:
        if is_letting_go():
            self._rest.start()
        elif self.is_idle:
            self._pool.start(_Job(_give_back))

    def _set_busy(self, *, busy: bool) -> None:
        if busy != self._is_busy:
            self._is_busy = busy
            self.busy.emit(busy)


def _pass_on(watch: Watch, done: int, total: int) -> None:
    if watch.told is not None and not watch.is_stopped() and _is_alive(watch.told):
        watch.told(done, total)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        after_you()
        self._work()


def _is_alive(callback: Callable[..., Any]) -> bool:
    """Return whether the widgets still exist whose methods, or whose inner functions, this comes to call.

    A signal does not tell whose it is: its emit is no callback, a function that emits it is.
    """
    found: list[Any] = [callback]
    for each in found:  # which grows on the way
        if isinstance(each, QObject):
            if not shiboken6.isValid(each):
                return False
        elif callable(each):
            further = _called_by(each)
            found += [one for one in further if not any(one is known for known in found)]
    return True


def _called_by(callback: Any) -> list[Any]:
    """Return what a callable belongs to or holds: the object of a method, what an inner function takes from outside."""
    if isinstance(callback, partial):
        return [callback.func, *callback.args, *callback.keywords.values()]
    held = [getattr(callback, "__self__", None)]
    for cell in getattr(callback, "__closure__", None) or ():
        with suppress(ValueError):  # empty: what it names is not there yet, or no more
            held.append(cell.cell_contents)
    return held


def _give_back() -> None:
    """Let go of what can be had again at once, and give the system back what is not needed: some fifty milliseconds."""
    let_go_of_model()
    give_back()


_Outcome = tuple[Callback | None, Any, Exception | None]


def _now_and_then(tell: Progress) -> Progress:
    """Return what tells no more often than is of use; that all is done is always told."""
    next_at = 0.0

    def told(done: int, total: int) -> None:
        nonlocal next_at
        now = time.monotonic()
        if now >= next_at or done == total > 0:
            next_at = now + SELDOM
            tell(done, total)

    return told


def _outcome(work: Callable[[], Any], done: Callback | None, failed: Callback | None) -> _Outcome:
    try:
        return done, work(), None
    except Exception as error:  # noqa: BLE001  (whatever it is, it is told in the window's thread)
        return failed, None, error
