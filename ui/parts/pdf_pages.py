"""Pages of a PDF as pictures, for the screen and for printers, made away from the window's thread."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import groupby
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRectF, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from casemgr import pdfium
from casemgr.i18n import N_
from casemgr.trouble import Trouble

PRINT_DPI = 300
BLANK = -1
"""Among pages to print: a side that stays white."""
NOT_PRINTED = N_("The printer did not take the pages. See whether it is on, or save the paper as a PDF file.")


def count_pages(data: bytes) -> int:
    """Return the number of pages of a PDF."""
    with pdfium.opened(data) as document:
        return len(document)


def picture(data: bytes, page: int, dpi: float) -> QImage:
    """Return one page, counted from 0, as a picture of so many dots per inch."""
    with pdfium.opened(data) as document:
        bitmap = document[page].render(scale=dpi / 72, rev_byteorder=True)
        shape = QImage.Format.Format_RGBA8888 if bitmap.n_channels == 4 else QImage.Format.Format_RGB888
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, shape).copy()
        bitmap.close()
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    return image


def new_printer() -> QPrinter:
    """Return a printer set up for A4 pages from edge to edge at the density we print in."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(PRINT_DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    return printer


def pages_of(printer: QPrinter, count: int) -> list[int]:
    """Return which of so many pages were chosen for a printer, counted from 0."""
    ranges = printer.pageRanges()
    if printer.printRange() != QPrinter.PrintRange.PageRange or ranges.isEmpty():
        return list(range(count))
    return [page for page in range(count) if ranges.contains(page + 1)]


def sides_for(printer: QPrinter, pages: Sequence[int], starts: Sequence[int] = (0,)) -> list[int]:
    """Return the sides to print these pages on that printer; the copies are among them where it makes none itself."""
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    two_sided = printer.duplex() != QPrinter.DuplexMode.DuplexNone
    return sides(pages, starts, copies=copies, collate=printer.collateCopies(), two_sided=two_sided)


def sides(
    pages: Sequence[int], starts: Sequence[int] = (0,), *, copies: int = 1, collate: bool = True,
    two_sided: bool = False,
) -> list[int]:  # fmt: skip
    """Return pages, counted from 0, as often and in the order in which they are printed, BLANK for a white side.

    starts: the first page of each of several papers. Printed on both sides, each paper and each copy begins on a sheet
    of its own: what concerns one child does not get into the hands of another. collate: copy by copy, not sheet by
    sheet.
    """
    per_sheet = 2 if two_sided else 1
    sheets: list[list[int]] = []
    for _, paper in groupby(pages, key=lambda page: bisect_right(starts, page)):
        own = list(paper)
        own += [BLANK] * (-len(own) % per_sheet)
        sheets += [own[at : at + per_sheet] for at in range(0, len(own), per_sheet)]
    ordered = sheets * copies if collate else [sheet for sheet in sheets for _ in range(copies)]
    wanted = [page for sheet in ordered for page in sheet]
    return wanted[:-1] if wanted and wanted[-1] == BLANK else wanted


def print_pages(
    data: bytes, printer: QPrinter, pages: Sequence[int], told: Callable[[int], None], stop: Event
) -> bool:  # fmt: skip
    """Print these pages, counted from 0, or BLANK; told is called with how many are done. Returns whether all were.

    stop ends it after the page in hand. Raises Trouble when the printer does not take the pages.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise Trouble(NOT_PRINTED)
    try:
        for done, page in enumerate(pages):
            if stop.is_set():
                printer.abort()
                return False
            if done and not printer.newPage():
                raise Trouble(NOT_PRINTED)
            if page != BLANK:
                image = picture(data, page, PRINT_DPI)
                scale = printer.resolution() / PRINT_DPI
                painter.drawImage(QRectF(0, 0, image.width() * scale, image.height() * scale), image)
            told(done + 1)
    finally:
        painter.end()
    return True


class Aside(QObject):
    """Does one piece of work after the other in a thread of its own; answers come back in the window's thread."""

    _over = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing to do."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._over.connect(self._tell)

    def run(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Do the work; then call done with its answer, or failed with its exception."""
        self._pool.start(_Job(lambda: self._answer(*_outcome(work, done, failed))))

    def _answer(self, callback: Callable[[Any], None], answer: Any) -> None:
        with suppress(RuntimeError):  # the page that asked is gone, and nobody waits for the answer
            self._over.emit(callback, answer)

    def wait(self) -> None:
        """Return once all work is done."""
        self._pool.clear()
        self._pool.waitForDone()

    def _tell(self, callback: Callable[[Any], None], answer: Any) -> None:
        callback(answer)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


def _outcome(
    work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
) -> tuple[Callable[[Any], None], Any]:
    try:
        return done, work()
    except Exception as error:  # noqa: BLE001  (whatever it is, it is told in the window's thread)
        return failed, error
