"""A paper on the screen before it is printed or saved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImage, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from casemgr.i18n import LANGUAGES, N_
from casemgr.pace import Cancelled, Progress
from casemgr.services import papers
from casemgr.trouble import Refusal, Stopped, Trouble
from ui.parts.flow import FlowLayout
from ui.parts.pdf_pages import Aside, count_pages, new_printer, picture, print_pages
from ui.parts.work_bar import WorkBar
from ui.tasks import Tasks, Watch
from ui.words import tr, words, wrapped

PRINT, SAVE, CLOSE, STOP = N_("Print…"), N_("Save as PDF…"), N_("Close"), N_("Stop printing")
BIGGER, SMALLER, WIDTH = N_("Larger"), N_("Smaller"), N_("Fit width")
BEFORE, NEXT = N_("Page before"), N_("Next page")
PAGE_OF = N_("Page {page} of {pages}")
PAGES = N_("Pages")
PAPER_LANGUAGE = N_("Language of the paper")
RESTRICTED = N_("With the answers for named staff only")
NO_PRINTER = N_("This computer knows no printer. Save the paper as a PDF file and print it on another one.")
SAVED = N_("Saved as {file} in {folder}.")
PRINTED = N_("{pages} pages were sent to the printer.")
STOPPED = N_("Printing was stopped.")
NOT_WRITTEN = N_("The file could not be written there. Choose another folder.")
PDF_FILES = N_("PDF files")
_THUMB_DPI = 18
_STEPS = (50, 75, 100, 125, 150, 200, 300)


Log = Callable[[str, bool, str], None]
MAKING = N_("The paper is being made…")
NOT_MADE = N_("This was stopped. The paper that was made before is shown.")


class Make(Protocol):
    """Makes a paper on the store's thread; says how far it is, and raises Stopped where it is not wanted any more."""

    def __call__(self, language: str, restricted: bool, /, *, progress: Progress, cancelled: Cancelled) -> bytes:
        """Return the PDF in the paper's language ("km" or "en"), with restricted answers or without."""


class Shown(NamedTuple):
    """The paper that is shown, and which one it is: only this one leaves."""

    data: bytes
    language: str
    restricted: bool


class Preview(QWidget):
    """Shows the pages and lets them out, on paper or as a file.

    make: called on the store's thread with the paper's language and whether restricted answers are wanted. log: called
    there with language, whether restricted answers are in it, and "pdf" or "printer", before the paper leaves; where it
    fails, the paper stays. more: what is restricted on this paper and printed only when ticked, as a message.
    file_name: proposed for saving; it names no child. office_folder: where no paper may be saved.
    """

    closed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        make: Make,
        log: Log,
        *,
        title: str,
        file_name: str,
        office_folder: Path,
        more: str = RESTRICTED,
        language: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Have the paper made in that language (the screen's unless given) and show its first page."""
        super().__init__(parent)
        self._tasks, self._make, self._log, self._file_name = tasks, make, log, file_name
        self._office_folder, self._more = office_folder, more
        self.language = language or words().language
        self.shown = Shown(b"", self.language, restricted=False)
        self._asked = 0  # counts the papers asked for: a late answer of an earlier one is not shown
        self.pages = self.page = 0
        self._percent: int | None = None  # None fits the width
        self._aside, self._stop = Aside(self), Event()
        self._resized = QTimer(self)  # a window that is being drawn larger is rendered once, when it rests
        self._resized.setSingleShot(True)
        self._resized.setInterval(120)
        self._resized.timeout.connect(lambda: self.show_page(self.page))
        self._build(title)
        self._keys()
        self.make()

    def make(self) -> None:
        """Have the paper made anew; until it is there, nothing is printed or saved."""
        make, language, restricted = self._make, self.language, self.restricted.isChecked()
        self._asked += 1
        asked, self._is_made = self._asked, False
        self._update_exits()
        watch = Watch()
        self.work.follow(watch, MAKING)
        self._tasks.run_watched(
            watch,
            lambda progress, cancelled: Shown(
                make(language, restricted, progress=progress, cancelled=cancelled), language, restricted
            ),
            partial(self._on_made, asked), partial(self._on_not_made, asked),
        )  # fmt: skip

    def show_page(self, page: int) -> None:
        """Show a page, counted from 0; past the ends the nearest one."""
        if not self.pages:
            return
        self.page = min(max(page, 0), self.pages - 1)
        self.where.setText(
            tr(PAGE_OF, page=words().number(self.page + 1), pages=words().number(self.pages))
        )  # fmt: skip
        self.thumbs.setCurrentRow(self.page)
        self.before.setEnabled(self.page > 0)
        self.next.setEnabled(self.page < self.pages - 1)
        data, number, ratio = self.shown.data, self.page, self.devicePixelRatioF()
        dpi = self._dpi() * ratio
        self._aside.run(lambda: picture(data, number, dpi), partial(self._on_picture, number, ratio), self._on_trouble)

    def set_zoom(self, percent: int | None) -> None:
        """Show pages at a percentage of their real size, or as wide as the window for None."""
        self._percent = percent
        self.show_page(self.page)

    def set_language(self, language: str) -> None:
        """Have the paper made in another language."""
        self._show_choice(language)
        self.make()

    def save(self) -> None:
        """Ask where to, and save the paper as a PDF file."""
        if not self.save_button.isEnabled():
            return
        dialog = QFileDialog(self, tr(SAVE), str(Path.home() / self._file_name), f"{tr(PDF_FILES)} (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Save the paper under that file name and have it written down."""
        shown, log, folder = self.shown, self._log, self._office_folder
        self._tasks.run(lambda: _write(Path(name), shown, log, folder), self._on_saved, self._on_trouble)

    def print(self) -> None:
        """Ask which printer, and print; where there is none, say so."""
        if not self.print_button.isEnabled():
            return
        if not QPrinterInfo.availablePrinterNames():
            self.say(tr(NO_PRINTER))
            self.save_button.setFocus()
            return
        printer = new_printer()
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.pages)
        dialog.setFromTo(1, self.pages)
        dialog.setModal(True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.show()

    def print_on(self, printer: QPrinter) -> None:
        """Have it written down, then print on that printer, in a thread of its own."""
        first, last = printer.fromPage() or 1, printer.toPage() or self.pages
        pages = range(first - 1, last)
        self._stop.clear()
        self.progress.setRange(0, len(pages))
        self._show_printing(printing=True)
        shown, log = self.shown, self._log
        self._tasks.run(
            lambda: log(shown.language, shown.restricted, "printer"),
            partial(self._on_logged, printer, shown.data, pages), self._on_trouble,
        )  # fmt: skip

    def _on_logged(self, printer: QPrinter, data: bytes, pages: range, _: object) -> None:
        told, stop = self.progress_told.emit, self._stop
        if stop.is_set():
            self._on_printed(0, whole=False)
            return
        self._aside.run(
            lambda: print_pages(data, printer, pages, told, stop), partial(self._on_printed, len(pages)),
            self._on_trouble,
        )  # fmt: skip

    def stop(self) -> None:
        """Stop printing after the page in hand."""
        self._stop.set()

    def leave(self) -> None:
        """Close the preview; a paper that is being made is stopped."""
        if self.work.watch is not None:
            self.work.watch.stop()
        self._stop.set()
        self._aside.wait()
        self.closed.emit()

    def say(self, text: str) -> None:
        """Show a line of text above the pages; an empty one takes it away."""
        self.message.setText(wrapped(text))
        self.message.setVisible(bool(text))

    progress_told = Signal(int)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page again."""
        super().resizeEvent(event)
        if self._percent is None and self.isVisible():
            self._resized.start()

    def _build(self, title: str) -> None:
        self.work = WorkBar(self)
        self.work.cancelled.connect(self._on_cancelled)
        heading = QLabel(wrapped(title), self)
        heading.setProperty("role", "title")
        self.message = QLabel(self)
        self.message.setProperty("role", "notice")
        self.message.setWordWrap(True)
        self.message.hide()
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
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.thumbs)
        body.addWidget(self.area, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self._button(self, CLOSE, self.leave))
        column.addLayout(top)
        column.addWidget(self._build_tools())
        column.addWidget(self._build_progress())
        column.addWidget(self.work)
        column.addWidget(self.message)
        column.addLayout(body, 1)

    def _build_tools(self) -> QWidget:
        tools = QWidget(self)
        flow = FlowLayout(tools, gap=8, line_gap=8)
        self.print_button = self._button(tools, PRINT, self.print, role="primary")
        self.save_button = self._button(tools, SAVE, self.save)
        self.before = self._button(tools, BEFORE, lambda: self.show_page(self.page - 1), text="‹")
        self.where = QLabel(tools)
        self.where.setMinimumHeight(self.before.sizeHint().height())
        self.next = self._button(tools, NEXT, lambda: self.show_page(self.page + 1), text="›")
        smaller = self._button(tools, SMALLER, lambda: self._step(-1), text="−")
        bigger = self._button(tools, BIGGER, lambda: self._step(1), text="+")
        width = self._button(tools, WIDTH, lambda: self.set_zoom(None))
        self.languages = {code: self._language(tools, code, name) for code, name in LANGUAGES.items()}
        self.restricted = QCheckBox(tr(self._more), tools)
        self.restricted.clicked.connect(self.make)
        self.restricted.setMinimumHeight(self.before.sizeHint().height())
        for widget in (self.print_button, self.save_button, self.before, self.where, self.next, smaller, bigger,
                       width, *self.languages.values(), self.restricted):  # fmt: skip
            flow.addWidget(widget)
        return tools

    def _button(
        self, parent: QWidget, label: str, act: Callable[[], Any], *, text: str = "", role: str = ""
    ) -> QPushButton:  # fmt: skip
        button = QPushButton(text or tr(label), parent)
        button.setAccessibleName(tr(label))
        button.setToolTip(tr(label) if text else "")
        button.clicked.connect(act)
        if role:
            button.setProperty("role", role)
        if text:
            button.setFixedWidth(44)
        return button

    def _language(self, parent: QWidget, code: str, name: str) -> QPushButton:
        button = QPushButton(name, parent)
        button.setCheckable(True)
        button.setChecked(code == self.language)
        button.setAccessibleName(f"{tr(PAPER_LANGUAGE)}: {name}")
        button.setToolTip(tr(PAPER_LANGUAGE))
        button.setProperty("role", "language")
        button.setMinimumHeight(self.before.sizeHint().height() - 10)
        button.clicked.connect(partial(self.set_language, code))
        return button

    def _build_progress(self) -> QWidget:
        self.printing = QWidget(self)
        row = QHBoxLayout(self.printing)
        row.setContentsMargins(0, 0, 0, 0)
        self.progress = QProgressBar(self.printing)
        self.progress.setAccessibleName(tr(PRINT))
        self.progress_told.connect(self.progress.setValue)
        stop = self._button(self.printing, STOP, self.stop)
        row.addWidget(self.progress, 1)
        row.addWidget(stop)
        self.printing.hide()
        return self.printing

    def _keys(self) -> None:
        for keys, act in (
            ("Ctrl+P", self.print), ("Ctrl+S", self.save), ("Esc", self.leave), ("Ctrl++", lambda: self._step(1)),
            ("Ctrl+-", lambda: self._step(-1)), ("Ctrl+0", lambda: self.set_zoom(None)),
            ("PgDown", lambda: self.show_page(self.page + 1)), ("PgUp", lambda: self.show_page(self.page - 1)),
            ("Ctrl+Home", lambda: self.show_page(0)), ("Ctrl+End", lambda: self.show_page(self.pages - 1)),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _step(self, step: int) -> None:
        now = round(self._dpi() / 96 * 100)
        further = [percent for percent in _STEPS if (percent - now) * step > 2]
        if further:
            self.set_zoom(min(further) if step > 0 else max(further))

    def _dpi(self) -> float:
        if self._percent is not None:
            return 96 * self._percent / 100
        return max(self.area.viewport().width() - 32, 300) / 595.3 * 72

    def _on_made(self, asked: int, shown: Shown) -> None:
        if asked != self._asked:
            return
        self.shown = shown
        self.work.rest()
        stop = self._stop
        self._aside.run(lambda: _thumbs(shown.data, stop), partial(self._on_thumbs, asked), self._on_trouble)

    def _on_not_made(self, asked: int, error: Exception) -> None:
        """Go back to the paper that is shown, and say why there is no other."""
        if asked == self._asked:
            self.work.rest()
            self._go_back()
        if not isinstance(error, Stopped):  # by another choice, or by leaving
            self._on_trouble(error)

    def _go_back(self) -> None:
        self._is_made = bool(self.shown.data)
        self._show_choice(self.shown.language)
        self.restricted.setChecked(self.shown.restricted)
        self._update_exits()

    def _on_cancelled(self) -> None:
        """Stay with the paper that is shown; where there is none, go back to where it was asked for."""
        self._asked += 1
        if self.shown.data:
            self._go_back()
            self.say(tr(NOT_MADE))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.leave()

    def _on_thumbs(self, asked: int, images: list[QImage]) -> None:
        if asked != self._asked:
            return
        self.pages, self._is_made = len(images), True
        self._update_exits()
        self.thumbs.blockSignals(True)
        self.thumbs.clear()
        for number, image in enumerate(images, start=1):
            icon = QIcon(QPixmap.fromImage(image))
            icon.addPixmap(QPixmap.fromImage(image), QIcon.Mode.Selected)
            item = QListWidgetItem(icon, words().number(number))
            self.thumbs.addItem(item)
        self.thumbs.blockSignals(False)
        self.show_page(self.page)

    def _on_thumb(self, row: int) -> None:
        if row not in (-1, self.page):
            self.show_page(row)

    def _on_picture(self, page: int, ratio: float, image: QImage) -> None:
        if page == self.page:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            self.sheet.setPixmap(pixmap)
            self.area.verticalScrollBar().setValue(0)

    def _on_saved(self, path: Path) -> None:
        self.say(tr(SAVED, file=path.name, folder=path.parent))

    def _on_printed(self, pages: int, whole: bool) -> None:
        self._show_printing(printing=False)
        self.say(tr(PRINTED, pages=words().number(pages)) if whole else tr(STOPPED))

    def _on_trouble(self, error: Exception) -> None:
        self._show_printing(printing=False)
        if isinstance(error, Refusal | Trouble):
            self.say(error.say(words()))
        else:
            self._tasks.failed.emit(error)

    def _show_printing(self, *, printing: bool) -> None:
        self.printing.setVisible(printing)
        self._update_exits()

    def _show_choice(self, language: str) -> None:
        self.language = language
        for code, button in self.languages.items():
            button.setChecked(code == language)

    def _update_exits(self) -> None:
        """Let out only what is shown, and print one thing at a time."""
        self.print_button.setEnabled(self._is_made and self.printing.isHidden())
        self.save_button.setEnabled(self._is_made)


def _thumbs(data: bytes, stop: Event) -> list[QImage]:
    """Return the small pictures; where stop says so, those that were made by then."""
    return [picture(data, page, _THUMB_DPI) for page in range(count_pages(data)) if not stop.is_set()]


def _write(path: Path, shown: Shown, log: Log, office_folder: Path) -> Path:
    log(shown.language, shown.restricted, "pdf")
    try:
        papers.save_paper(path, shown.data, office_folder)
    except OSError:
        raise Trouble(NOT_WRITTEN) from None
    return path
