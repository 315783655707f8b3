"""A button that offers several things to do."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.theme import COLOURS

Offer = tuple[str, Callable[[], Any]]
"""What stands in the menu, in the screen's language, and what does it."""


class MenuButton(QPushButton):
    """Opens its menu below it when pressed; the menu is made anew each time, so that a page of many costs nothing."""

    def __init__(
        self, label: str, offers: Sequence[Offer], about: str, parent: QWidget | None = None, *,
        picture: QIcon | None = None,
    ) -> None:  # fmt: skip
        """Label is shown as it is; about is part of the name for screen readers."""
        super().__init__(label, parent)
        if picture is not None:
            self.setIcon(picture)
        self.offers = tuple(offers)
        self.menu_shown: QMenu | None = None
        self.setAccessibleName(f"{label}: {about}")
        self.setProperty("role", "menu")
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        """Show the menu, its first line chosen, so that Enter goes on at once."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for label, act in self.offers:
            menu.addAction(label.replace("&", "&&")).triggered.connect(partial(_do, act))
        menu.setActiveAction(menu.actions()[0])
        self.menu_shown = menu
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the arrow that tells of the menu."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(COLOURS["accent_dark"]), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = self.width() - 16, self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
        painter.end()


def _do(act: Callable[[], Any], _checked: bool = False) -> None:
    act()
