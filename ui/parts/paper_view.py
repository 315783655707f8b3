"""The pages of a paper: small ones at the left to go through, one of them large."""

from collections.abc import Callable
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImage, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QWidget,
)

from casemgr.i18n import N_
from casemgr.pace import Cancelled, Pace
from casemgr.trouble import Stopped
from ui.parts.pdf_pages import Aside, count_pages, picture
from ui.tasks import Watch
from ui.words import tr, words

BIGGER, SMALLER, WIDTH = N_("Larger"), N_("Smaller"), N_("Fit width")
BEFORE, NEXT = N_("Page before"), N_("Next page")
PAGE_OF = N_("Page {page} of {pages}")
PAGES = N_("Pages")
_THUMB_DPI = 18
_STEPS = (50, 75, 100, 125, 150, 200, 300)
UPRIGHT, ACROSS = 595.3, 841.9
"""The width of an A4 page, in points."""


class PaperView(QWidget):
    """Shows the pages of a PDF. tools: the widgets that turn and enlarge them, for the bar above."""

    shown = Signal(object)
    """All small pages of these bytes are there."""
    failed = Signal(object)
    """A page could not be drawn (the exception)."""

    def __init__(self, title: str, aside: Aside, parent: QWidget | None = None) -> None:
        """Show nothing yet; pages are drawn in the thread of aside."""
        super().__init__(parent)
        self._aside, self._data, self._watch = aside, b"", Watch()
        self.pages = self.page = 0
        self.page_width = UPRIGHT
        """In points; pages that lie across are wider."""
        self._percent: int | None = None  # None fits the width
        self._resized = QTimer(self)  # a window that is being drawn larger is rendered once, when it rests
        self._resized.setSingleShot(True)
        self._resized.setInterval(120)
        self._resized.timeout.connect(self._draw_again)
        self._build(title)
        self.tools = self._tools()

    def show_pages(self, data: bytes) -> None:
        """Show another PDF, at the page that was shown; the pages before stay until its own are drawn."""
        self._watch.stop()  # those of the one before are no longer wanted
        self._data, self._watch = data, Watch()
        self._aside.run_watched(
            self._watch, lambda _, cancelled: _thumbs(data, cancelled), partial(self._on_thumbs, data), self._on_failed
        )  # fmt: skip

    def show_page(self, page: int) -> None:
        """Show a page, counted from 0; past the ends the nearest one."""
        if not self.pages:
            return
        self.page = min(max(page, 0), self.pages - 1)
        self.where.setText(tr(PAGE_OF, page=words().number(self.page + 1), pages=words().number(self.pages)))
        self.thumbs.setCurrentRow(self.page)
        self.before.setEnabled(self.page > 0)
        self.next.setEnabled(self.page < self.pages - 1)
        data, number, ratio = self._data, self.page, self.devicePixelRatioF()
        dpi = self._dpi() * ratio
        self._aside.run(lambda: picture(data, number, dpi), partial(self._on_picture, number, ratio), self._on_failed)

    def set_zoom(self, percent: int | None) -> None:
        """Show pages at a percentage of their real size, or as wide as the window for None."""
        self._percent = percent
        self.show_page(self.page)

    def step(self, step: int) -> None:
        """Show pages one step larger (1) or smaller (-1)."""
        now = round(self._dpi() / 96 * 100)
        further = [percent for percent in _STEPS if (percent - now) * step > 2]
        if further:
            self.set_zoom(min(further) if step > 0 else max(further))

    def add_keys(self, widget: QWidget) -> None:
        """Let the keys that turn and enlarge pages work wherever the keyboard is within that widget."""
        for keys, act in (
            ("Ctrl++", lambda: self.step(1)), ("Ctrl+-", lambda: self.step(-1)),
            ("Ctrl+0", lambda: self.set_zoom(None)),
            ("PgDown", lambda: self.show_page(self.page + 1)), ("PgUp", lambda: self.show_page(self.page - 1)),
            ("Ctrl+Home", lambda: self.show_page(0)), ("Ctrl+End", lambda: self.show_page(self.pages - 1)),
        ):  # fmt: skip
            add_key(widget, keys, act)

    def _draw_again(self) -> None:
        if shiboken6.isValid(self._aside):  # else the page was left while the window was still drawn larger
            self.show_page(self.page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page again."""
        super().resizeEvent(event)
        if self._percent is None and self.isVisible():
            self._resized.start()

    def _build(self, title: str) -> None:
        self.thumbs = QListWidget(self)
        self.thumbs.setFixedWidth(190)
        self.thumbs.setIconSize(QSize(140, 198))
        self.thumbs.setViewMode(QListWidget.ViewMode.IconMode)
        self.thumbs.setFlow(QListWidget.Flow.TopToBottom)
        self.thumbs.setWrapping(False)
        self.thumbs.setMovement(QListWidget.Movement.Static)
        self.thumbs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.thumbs.setAccessibleName(tr(PAGES))
        self.thumbs.currentRowChanged.connect(self._on_thumb)
        self.sheet = QLabel(self)
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.sheet)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setProperty("role", "desk")
        self.area.setAccessibleName(title)
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        body.addWidget(self.thumbs)
        body.addWidget(self.area, 1)

    def _tools(self) -> tuple[QWidget, ...]:
        self.before = tool(self, BEFORE, lambda: self.show_page(self.page - 1), text="‹")
        self.where = QLabel(self)
        self.where.setMinimumHeight(self.before.sizeHint().height())
        self.next = tool(self, NEXT, lambda: self.show_page(self.page + 1), text="›")
        smaller = tool(self, SMALLER, lambda: self.step(-1), text="−")
        bigger = tool(self, BIGGER, lambda: self.step(1), text="+")
        return self.before, self.where, self.next, smaller, bigger, tool(self, WIDTH, lambda: self.set_zoom(None))

    def _dpi(self) -> float:
        if self._percent is not None:
            return 96 * self._percent / 100
        return max(self.area.viewport().width() - 32, 300) / self.page_width * 72

    def _on_thumbs(self, data: bytes, images: list[QImage]) -> None:
        if data is not self._data:
            return
        self.pages = len(images)
        self.thumbs.blockSignals(True)
        self.thumbs.clear()
        for number, image in enumerate(images, start=1):
            icon = QIcon(QPixmap.fromImage(image))
            icon.addPixmap(QPixmap.fromImage(image), QIcon.Mode.Selected)
            self.thumbs.addItem(QListWidgetItem(icon, words().number(number)))
        self.thumbs.blockSignals(False)
        self.shown.emit(data)
        self.show_page(self.page)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, Stopped):
            self.failed.emit(error)

    def _on_thumb(self, row: int) -> None:
        if row not in (-1, self.page):
            self.show_page(row)

    def _on_picture(self, page: int, ratio: float, image: QImage) -> None:
        if page == self.page:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            self.sheet.setPixmap(pixmap)
            self.area.verticalScrollBar().setValue(0)


def tool(parent: QWidget, label: str, act: Callable[[], Any], *, text: str = "", role: str = "") -> QPushButton:
    """Return a button of the bar; label is a message, text the sign that stands on it in its place."""
    button = QPushButton(text or tr(label), parent)
    button.setAccessibleName(tr(label))
    button.setToolTip(tr(label) if text else "")
    button.clicked.connect(lambda _=False: act())
    if role:
        button.setProperty("role", role)
    if text:
        button.setFixedWidth(44)
    return button


def add_key(widget: QWidget, keys: str, act: Callable[[], Any]) -> None:
    """Let keys do something wherever the keyboard is within that widget."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)


def _thumbs(data: bytes, cancelled: Cancelled) -> list[QImage]:
    pace = Pace(cancelled=cancelled)
    return [picture(data, page, _THUMB_DPI) for page in pace.stepping(range(count_pages(data)))]
