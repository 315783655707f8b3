"""What the program put on the clipboard, and how it is taken back: a copied name is not to wait there for others."""

from hashlib import sha256
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QDrag, QGuiApplication

MINUTES = 5
"""After so long without another copy, what was copied here is forgotten."""
TELLS_OWNER = frozenset({"xcb", "wayland", "windows"})
"""Where Qt knows whose the clipboard is. Elsewhere it is ours if it changed while our window was in use."""
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
HINTS = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\x00\x00\x00\x00",
    _WINDOWS.format("CanIncludeInClipboardHistory"): b"\x00\x00\x00\x00",
    _WINDOWS.format("CanUploadToCloudClipboard"): b"\x00\x00\x00\x00",
    "x-kde-passwordManagerHint": b"secret",
}
"""Ask Windows and KDE to keep no history of it. Nobody is bound to heed them."""
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class Clip(QObject):
    """Watches the clipboard while the program runs, and the selection where a system has one."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Watch from now on; what was there before is somebody else's."""
        super().__init__(parent)
        self._board = QGuiApplication.clipboard()
        self._ours: dict[QClipboard.Mode, bytes] = {}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(MINUTES * 60_000)
        self.timer.timeout.connect(self.forget)
        self._board.changed.connect(self._on_changed)

    def forget(self) -> None:
        """Empty it where it still holds what came from here; end a text that is being dragged."""
        self.timer.stop()
        if QGuiApplication.mouseButtons():  # nothing is dragged without a button held
            QDrag.cancel()
        for mode in _MODES:
            ours = self._ours.pop(mode, None)
            if ours is not None and self._owns(mode) is not False and ours == _digest(self._board.mimeData(mode)):
                self._board.clear(mode)

    def _owns(self, mode: QClipboard.Mode) -> bool | None:
        """Return whether it is ours, None where the system does not tell."""
        if QGuiApplication.platformName() not in TELLS_OWNER:
            return None
        return self._board.ownsSelection() if mode is QClipboard.Mode.Selection else self._board.ownsClipboard()

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        if mode not in _MODES:
            return
        owns = self._owns(mode)
        if owns is None:
            owns = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        data = self._board.mimeData(mode)
        if not owns or data is None or not data.formats():
            self._ours.pop(mode, None)
            return
        if mode is QClipboard.Mode.Clipboard and data.hasText() and not data.hasImage() and not _is_hinted(data):
            self._board.setMimeData(_hinted(data), mode)  # which leads here again
            return
        self._ours[mode] = _digest(data)
        self.timer.start()


def _is_hinted(data: QMimeData) -> bool:
    return all(data.hasFormat(name) for name in HINTS)


def _hinted(data: QMimeData) -> QMimeData:
    copy = QMimeData()
    copy.setText(data.text())
    if data.hasHtml():
        copy.setHtml(data.html())
    for name, value in HINTS.items():
        copy.setData(name, value)
    return copy


def _digest(data: Any) -> bytes:
    """Return what tells one content from another; the content itself is not kept."""
    if data is None:
        return b""
    return sha256("\n".join((*data.formats(), data.text())).encode("utf-8", "surrogatepass")).digest()
