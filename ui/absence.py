"""Notices that nobody is at the window any more: no key and no mouse for a while, or a computer that slept."""

import time

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

TICK = 5
"""Seconds between two looks at the clock."""
PAUSE = 10
"""Seconds without anybody after which the hands rest."""
SLEPT = 60
"""Seconds that a look at the clock comes late by, after which the computer must have slept."""
_LATIN = 0x80
_PLACE_OF_L = {"xcb": 46, "wayland": 46, "windows": 38}
"""The number that the system gives the key on which L stands on a Latin keyboard."""
ACTS = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress,
    QEvent.Type.TabletMove, QEvent.Type.DragMove,
})  # fmt: skip


class Absence(QObject):
    """Counts from the last key or movement of the mouse in any window of the program: dialogs and menus as well.

    It listens to the windows and to what has the keyboard, where an input method writes its Khmer, and not to every
    widget: that would slow everything down. In a dialog that the system itself draws nothing can be heard.
    """

    noticed = Signal()
    """Nobody was there for so long, or the computer slept."""
    paused = Signal()
    """The hands rest, after somebody was there; told once."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Rest until begin is called."""
        super().__init__(parent)
        self.minutes = 0
        self.heard = float("-inf")
        """When somebody last did something, in seconds of time.monotonic."""
        self._acted = self._steady = self._wall = self._paused = 0.0
        self._heard: QObject | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK * 1000)
        self._timer.timeout.connect(lambda: self.look(time.monotonic(), time.time()))

    def begin(self, minutes: int) -> None:
        """Count from now; minutes: after how many without anybody it is noticed."""
        self.minutes = minutes
        if self._timer.isActive():
            return
        self._acted = self._steady = time.monotonic()
        self._wall = time.time()
        app = _app()
        app.focusObjectChanged.connect(self._on_focus)
        app.focusWindowChanged.connect(self._hear_windows)
        self._on_focus(app.focusObject())
        self._hear_windows()
        self._timer.start()

    def rest(self) -> None:
        """Count no more."""
        if self._timer.isActive():
            self._timer.stop()
            _app().focusObjectChanged.disconnect(self._on_focus)
            _app().focusWindowChanged.disconnect(self._hear_windows)
            self._on_focus(None)
            for window in _app().allWindows():
                window.removeEventFilter(self)

    def hear_all(self, *, on: bool) -> None:
        """Hear, also at rest, whatever is done in any window, for a short while: it slows everything down."""
        (_app().installEventFilter if on else _app().removeEventFilter)(self)

    def look(self, steady: float, wall: float) -> None:
        """Compare the clocks, both in seconds, with those of the last look: one that stands still in sleep, one not."""
        late = max(steady - self._steady, wall - self._wall) - TICK
        self._steady, self._wall = steady, wall
        self._hear_windows()
        if late > SLEPT or steady - self._acted >= self.minutes * 60:
            self._acted = self._paused = steady
            self.noticed.emit()
        elif steady - self._acted >= PAUSE and self._acted != self._paused:
            self._paused = self._acted
            self.paused.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Take note that somebody is there; the event goes its way, unless it is Ctrl+L before a dialog."""
        if event.type() in ACTS:
            self._acted = self.heard = time.monotonic()
            if event.type() is QEvent.Type.KeyPress and self._timer.isActive() and _locks(event):
                self.noticed.emit()
                return True
        return False

    def _hear_windows(self, _window: object = None) -> None:
        for window in _app().allWindows():
            window.removeEventFilter(self)  # one that is heard already would be heard twice
            window.installEventFilter(self)

    def _on_focus(self, here: QObject | None) -> None:
        # what is being torn down loses the keyboard on its way out
        if self._heard is not None and shiboken6.isValid(self._heard):
            self._heard.removeEventFilter(self)
            self._heard.destroyed.disconnect(self._on_gone)
        self._heard = here
        if here is not None:
            here.installEventFilter(self)
            here.destroyed.connect(self._on_gone)

    def _on_gone(self) -> None:
        self._heard = None


def _locks(event: QEvent) -> bool:
    """Return whether a key is Ctrl+L, which no shortcut of the window behind a dialog hears.

    A Khmer keyboard gives a Khmer letter with Ctrl as well; then the place of the key tells.
    """
    assert isinstance(event, QKeyEvent)  # noqa: S101
    if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
        return False
    if event.key() < _LATIN:
        return event.key() == Qt.Key.Key_L
    return event.nativeScanCode() == _PLACE_OF_L.get(QGuiApplication.platformName())


def _app() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)  # noqa: S101
    return app
