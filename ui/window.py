"""The one window of the program: whatever page it holds, and above it the messages. Imports nothing heavy."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QProgressBar, QVBoxLayout, QWidget

from casemgr.i18n import N_
from ui.parts.door import PROGRAM
from ui.words import tr, wrapped

if TYPE_CHECKING:
    from ui.parts.message_bar import MessageBar

PRACTICE = N_("Practice office: everything in it is invented. Write nothing real here.")
BUSY = N_("Working…")


class Window(QMainWindow):
    """Holds one page at a time. Its title is the program's name and nothing else, whoever looks over a shoulder."""

    close_asked = Signal()
    help_asked = Signal()

    def __init__(self) -> None:
        """Hold an empty page."""
        super().__init__()
        room = self.screen().availableSize()  # less than the screen has where everything is shown larger
        self.setMinimumSize(QSize(900, 480).boundedTo(room))
        self.resize(QSize(1366, 728).boundedTo(room))
        self.may_close = False
        holder = QWidget(self)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.busy = QProgressBar(holder)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(policy)
        self.busy.setFixedHeight(3)
        self.busy.hide()
        self.practice = QLabel(holder)
        self.practice.setProperty("role", "practice")
        self.practice.setWordWrap(True)
        self.practice.hide()
        self._messages: MessageBar | None = None
        self.page: QWidget | None = None
        for part in (self.practice, self.busy):
            self._column.addWidget(part)
        self.setCentralWidget(holder)
        self.setWindowTitle(tr(PROGRAM))

    def show_page(self, page: QWidget, *, practice: bool = False) -> None:
        """Put a page in the place of the one before, which is thrown away."""
        before, self.page = self.page, page
        self._column.addWidget(page, 1)
        if before is not None:
            before.hide()
            self._column.removeWidget(before)
            before.deleteLater()
        self.setWindowTitle(tr(PROGRAM))
        self.busy.setAccessibleName(tr(BUSY))
        self.practice.setText(wrapped(tr(PRACTICE)))
        self.practice.setVisible(practice)
        if self._messages is not None:
            self._messages.clear()
        page.setFocus()

    @property
    def messages(self) -> "MessageBar":
        """The bar that says what could not be done."""
        if self._messages is None:
            from ui.parts.message_bar import MessageBar  # noqa: PLC0415  (not before the first paint)

            self._messages = MessageBar(self.centralWidget())
            self._column.insertWidget(1, self._messages)
        return self._messages

    def show_busy(self, busy: bool) -> None:
        """Show that something takes a while."""
        self.busy.setVisible(busy)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what is typed be kept before the window goes."""
        if not self.may_close:
            self.close_asked.emit()
        event.setAccepted(self.may_close)  # where nothing is to be waited for, it is known by now
