"""The first page of a document, small, beside its entry: asked for when it is first seen."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from ui.parts.icons import pixmap
from ui.theme import COLOURS

WIDTH, HEIGHT = 72, 96


class Thumbnail(QLabel):
    """Shows a sign until the picture is there; keeps the sign where there is none to show."""

    def __init__(self, ask: Callable[["Thumbnail"], None], parent: QWidget | None = None) -> None:
        """Ask is called once, when the thumbnail is painted for the first time; it answers with show_picture."""
        super().__init__(parent)
        self._ask: Callable[[Thumbnail], None] | None = ask
        self.setFixedSize(WIDTH, HEIGHT)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("role", "panel")
        self.setPixmap(pixmap("document", COLOURS["muted"], 32))

    def show_picture(self, data: bytes | None) -> None:
        """Show a PNG picture; None leaves the sign."""
        picture = QPixmap()
        if data is None or not picture.loadFromData(data, "PNG"):
            return
        ratio = self.devicePixelRatioF()
        room = self.contentsRect().size() * ratio
        fitted = picture.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )  # fmt: skip
        fitted.setDevicePixelRatio(ratio)
        self.setPixmap(fitted)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ask for the picture, then draw."""
        if self._ask is not None:
            ask, self._ask = self._ask, None
            QTimer.singleShot(0, self, lambda: ask(self))
        super().paintEvent(event)
