"""A paper or picture of a case on the screen: its pages, as large as the worker needs them, and nothing to change."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QBuffer, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QImage, QImageReader, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.records.beside.document import MediaType
from casemgr.trouble import Refusal, Trouble
from ui.parts.flow import FlowLayout
from ui.parts.pdf_pages import Aside, count_pages, picture
from ui.tasks import Tasks
from ui.words import tr, words, wrapped

CLOSE, SAVE_COPY = N_("Close"), N_("Save a copy…")
BIGGER, SMALLER, WIDTH = N_("Larger"), N_("Smaller"), N_("Fit width")
UNREADABLE = N_("This file is damaged or not complete. Copy it again from where it came, or scan it again.")
BEFORE, NEXT = N_("Page before"), N_("Next page")
PAGE_OF = N_("Page {page} of {pages}")
STEPS = (25, 50, 75, 100, 125, 150, 200, 300, 400)
"""Percent of a page's size on paper; of a picture's, where 96 of its dots are an inch."""
SCREEN_DPI = 96
MOST_DOTS = 6000
"""The width of a picture; a larger one would take more memory than a small computer has to spare."""

Read = Callable[[], tuple[bytes, MediaType]]


class DocumentView(QWidget):
    """Shows the pages of a document. PgUp and PgDn turn them, Ctrl with +, - and 0 changes the size, Esc leads back.

    read: called once on the store's thread; returns the file.
    """

    closed = Signal()

    def __init__(
        self, tasks: Tasks, read: Read, *, title: str, on_save: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        """Ask for the file and show its first page. Title is in the screen's language already."""
        super().__init__(parent)
        self._tasks, self._data, self._media_type = tasks, b"", MediaType.PDF
        self.pages = self.page = 0
        self._percent: int | None = None  # None fits the width
        self._percent_shown = 100
        self._asked = 0  # counts the pictures asked for: of several that wait the last alone is drawn
        self._aside = Aside(self)
        self._resized = QTimer(self)  # a window that is being drawn larger is rendered once, when it rests
        self._resized.setSingleShot(True)
        self._resized.setInterval(120)
        self._resized.timeout.connect(lambda: self.show_page(self.page))
        self._build(title, on_save)
        self._keys()
        tasks.run(read, self._on_read, self._on_trouble)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard to the page, which it scrolls. A proxy would take the buttons out of Tab's way."""
        super().focusInEvent(event)
        self.area.setFocus(event.reason())

    def show_page(self, page: int) -> None:
        """Show a page, counted from 0; past the ends the nearest one."""
        if not self.pages:
            return
        turned = page != self.page
        self.page = min(max(page, 0), self.pages - 1)
        self.where.setText(tr(PAGE_OF, page=words().number(self.page + 1), pages=words().number(self.pages)))
        self.before.setEnabled(self.page > 0)
        self.next.setEnabled(self.page < self.pages - 1)
        self._asked += 1
        asked, ratio = self._asked, self.devicePixelRatioF()
        width = None if self._percent is not None else round((self.area.viewport().width() - 32) * ratio)
        draw = partial(_drawn, self._data, self._media_type, self.page, width, (self._percent or 100) * ratio)
        self._aside.run(
            lambda: draw() if asked == self._asked else None, partial(self._on_drawn, ratio, turned), self._on_trouble
        )  # fmt: skip

    def set_zoom(self, percent: int | None) -> None:
        """Show pages at a percentage of their real size, or as wide as the window for None."""
        self._percent = percent
        self.show_page(self.page)

    def leave(self) -> None:
        """Close the view; the file leaves the memory."""
        self._aside.park()
        self._data = b""
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page again."""
        super().resizeEvent(event)
        if self._percent is None and self.isVisible():
            self._resized.start()

    def _build(self, title: str, on_save: Callable[[], None]) -> None:
        heading = QLabel(wrapped(title), self)
        heading.setProperty("role", "title")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        self.message = QLabel(self)
        self.message.setProperty("role", "notice")
        self.message.setWordWrap(True)
        self.message.hide()
        close, tools = _button(self, CLOSE, self.leave), self._build_tools(on_save)  # Tab comes to them before the page
        self.sheet = QLabel(self)
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.sheet)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setProperty("role", "desk")
        self.area.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(tools)
        column.addWidget(self.message)
        column.addWidget(self.area, 1)

    def _build_tools(self, on_save: Callable[[], None]) -> QWidget:
        tools = QWidget(self)
        flow = FlowLayout(tools, gap=8, line_gap=8)
        self.save_button = _button(tools, SAVE_COPY, on_save)
        self.before = _button(tools, BEFORE, lambda: self.show_page(self.page - 1), "‹")
        self.where = QLabel(tools)
        self.where.setMinimumHeight(self.before.sizeHint().height())
        self.next = _button(tools, NEXT, lambda: self.show_page(self.page + 1), "›")
        smaller = _button(tools, SMALLER, lambda: self._step(-1), "−")
        bigger = _button(tools, BIGGER, lambda: self._step(1), "+")
        width = _button(tools, WIDTH, lambda: self.set_zoom(None))
        for widget in (self.save_button, self.before, self.where, self.next, smaller, bigger, width):
            flow.addWidget(widget)
        self.paging = (self.before, self.where, self.next)
        for part in self.paging:
            part.hide()  # until there is more than one page to go to
        return tools

    def _keys(self) -> None:
        for keys, act in (
            ("Esc", self.leave), ("Ctrl++", lambda: self._step(1)), ("Ctrl+=", lambda: self._step(1)),
            ("Ctrl+-", lambda: self._step(-1)), ("Ctrl+0", lambda: self.set_zoom(None)),
            ("PgDown", lambda: self.show_page(self.page + 1)), ("PgUp", lambda: self.show_page(self.page - 1)),
            ("Ctrl+Home", lambda: self.show_page(0)), ("Ctrl+End", lambda: self.show_page(self.pages - 1)),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _step(self, step: int) -> None:
        now = self._percent if self._percent is not None else self._percent_shown
        further = [percent for percent in STEPS if (percent - now) * step > 2]
        if further:
            self.set_zoom(min(further) if step > 0 else max(further))

    def _on_read(self, read: tuple[bytes, MediaType]) -> None:
        self._data, self._media_type = read
        data, kind = read
        self._aside.run(lambda: count_pages(data) if kind is MediaType.PDF else 1, self._on_counted, self._on_trouble)

    def _on_counted(self, pages: int) -> None:
        self.pages = pages
        for widget in self.paging:
            widget.setVisible(pages > 1)
        self.show_page(0)

    def _on_drawn(self, ratio: float, turned: bool, drawn: tuple[QImage, float] | None) -> None:
        if drawn is None:
            return
        image, percent = drawn
        self._percent_shown = round(percent / ratio)
        shown = QPixmap.fromImage(image)
        shown.setDevicePixelRatio(ratio)
        self.sheet.setPixmap(shown)
        if turned:
            self.area.verticalScrollBar().setValue(0)

    def _on_trouble(self, error: Exception) -> None:
        if isinstance(error, Refusal | Trouble):
            self.message.setText(wrapped(error.say(words())))
            self.message.show()
        else:
            self._tasks.failed.emit(error)


def _button(parent: QWidget, label: str, act: Callable[[], Any], sign: str = "") -> QPushButton:
    button = QPushButton(sign or tr(label), parent)
    button.setAccessibleName(tr(label))
    button.setToolTip(tr(label) if sign else "")
    button.clicked.connect(act)
    if sign:
        button.setFixedWidth(44)
    return button


def _drawn(data: bytes, kind: MediaType, page: int, width: int | None, percent: float) -> tuple[QImage, float]:
    """Return a page as a picture so many dots wide, or at that percentage of its size; and the percentage it has."""
    if kind is MediaType.PDF:
        whole = picture(data, page, 72).width()  # points, of which 72 are an inch
        dpi = SCREEN_DPI * percent / 100 if width is None else max(width, 300) / max(whole, 1) * 72
        return picture(data, page, dpi), dpi / SCREEN_DPI * 100
    return _picture(data, width, percent)


def _picture(data: bytes, width: int | None, percent: float) -> tuple[QImage, float]:
    """As _drawn, for a picture. The reader lets the window go on meanwhile; QImage itself does not."""
    buffer = QBuffer()
    buffer.setData(data)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.isEmpty():
        raise Trouble(UNREADABLE)
    # A picture is drawn no larger than it is to fit the width: more dots than it has tell nothing more.
    wanted = round(size.width() * percent / 100) if width is None else min(max(width, 300), size.width())
    wanted = min(max(wanted, 1), MOST_DOTS)
    reader.setScaledSize(QSize(wanted, max(round(wanted * size.height() / size.width()), 1)))
    image = reader.read()
    if image.isNull():
        raise Trouble(UNREADABLE)
    return image, wanted / size.width() * 100
