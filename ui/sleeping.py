"""Hears from the system that the computer goes to sleep or that its screen is locked."""

import ctypes
import sys
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER, SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.mate.ScreenSaver",
                 "org.cinnamon.ScreenSaver")  # fmt: skip
WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
ASLEEP = {
    (WM_POWERBROADCAST, 0x0004), (WM_POWERBROADCAST, 0x0007), (WM_POWERBROADCAST, 0x0012),  # suspends, and wakes
    (WM_WTSSESSION_CHANGE, 0x0002), (WM_WTSSESSION_CHANGE, 0x0004), (WM_WTSSESSION_CHANGE, 0x0007),  # leaves, locks
}  # fmt: skip
"""Messages of Windows, with their first value, after which nobody is at the screen."""


class Sleeping(QObject):
    """Tells before the computer sleeps where the system waits for it, and else as soon as it can be known.

    Where the system says nothing of the kind, Absence notices the sleep once it is over.
    """

    noticed = Signal()
    """The computer is going to sleep, or its screen was locked. What listens has to be done when it returns."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Hear nothing yet."""
        super().__init__(parent)
        self._delay: Any = None  # while it is held, Linux waits a few seconds before it sleeps
        self._messages: _Messages | None = None

    def listen(self, window: QWidget) -> None:
        """Begin to hear; window: the one that Windows is to tell."""
        if sys.platform == "win32":
            self._messages = _Messages(self)
            _application().installNativeEventFilter(self._messages)
            ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification(int(window.winId()), 0)
        elif sys.platform.startswith("linux"):
            self._listen_to_buses()

    def leave(self) -> None:
        """Hear no more."""
        if self._messages is not None:
            _application().removeNativeEventFilter(self._messages)
            self._messages = None
        self._delay = None

    def _listen_to_buses(self) -> None:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  (of Linux alone)

        system = QDBusConnection.systemBus()
        if system.isConnected():
            system.connect(LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep", self, SLOT("on_sleep(bool)"))  # type: ignore[call-overload]
            system.connect(LOGIN, "", SESSION, "Lock", self, SLOT("on_locked()"))  # type: ignore[call-overload]
            self._hold()
        session = QDBusConnection.sessionBus()
        for name in SCREEN_SAVERS if session.isConnected() else ():
            session.connect("", "", name, "ActiveChanged", self, SLOT("on_screen_saver(bool)"))  # type: ignore[call-overload]

    def _hold(self) -> None:
        """Ask Linux to wait, when it is about to sleep, until the office is locked; it waits five seconds at most."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage  # noqa: PLC0415  (of Linux alone)

        ask = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, MANAGER, "Inhibit")
        ask.setArguments(["sleep", "casemgr", "The office is being locked", "delay"])
        answer = QDBusConnection.systemBus().call(ask, timeout=500)
        self._delay = answer.arguments()[0] if answer.type() is QDBusMessage.MessageType.ReplyMessage else None

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:
        """The computer is about to sleep, or has woken."""
        if begins:
            self.noticed.emit()
            self._delay = None
        else:
            self.noticed.emit()
            self._hold()

    @Slot(bool)
    def on_screen_saver(self, begins: bool) -> None:
        """The screen was locked, or opened again."""
        if begins:
            self.noticed.emit()

    @Slot()
    def on_locked(self) -> None:
        """The session is to be locked."""
        self.noticed.emit()


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, sleeping: Sleeping) -> None:
        super().__init__()
        self._sleeping = sleeping

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        if means_sleep(bytes(kind.data() if isinstance(kind, QByteArray) else kind), int(message)):
            self._sleeping.noticed.emit()
        return False, 0


def means_sleep(kind: bytes, message: int) -> bool:
    """Return whether a message of Windows, at that address, says that nobody is at the screen."""
    if kind != b"windows_generic_MSG" or not message:
        return False
    said = wintypes.MSG.from_address(message)
    return (said.message, said.wParam) in ASLEEP


def _application() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None  # noqa: S101
    return app
