"""Pages of a PDF as pictures, for the screen and for printers, made away from the window's thread."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from casemgr import pdfium
from casemgr.i18n import N_
from casemgr.pace import Cancelled, Progress
from casemgr.trouble import Trouble
from ui.tasks import Tasks

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
    data: bytes, printer: QPrinter, pages: Sequence[int], progress: Progress, cancelled: Cancelled
) -> bool:  # fmt: skip
    """Print these pages, counted from 0, or BLANK; tell how many of them are done. Returns whether all were.

    It is asked before each page whether to stop. Raises Trouble when the printer does not take the pages.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise Trouble(NOT_PRINTED)
    try:
        for done, page in enumerate(pages):
            if cancelled():
                printer.abort()
                return False
            if done and not printer.newPage():
                raise Trouble(NOT_PRINTED)
            if page != BLANK:
                image = picture(data, page, PRINT_DPI)
                scale = printer.resolution() / PRINT_DPI
                painter.drawImage(QRectF(0, 0, image.width() * scale, image.height() * scale), image)
            progress(done + 1, len(pages))
    finally:
        painter.end()
    return True


class Aside(Tasks):
    """Work of one page in a thread of its own: drawing, or printing where it goes_on though the page goes."""

    def __init__(self, parent: QObject | None = None, *, goes_on: bool = False) -> None:
        """Start with nothing to do."""
        super().__init__(parent)
        self._goes_on = goes_on

    def park(self) -> None:
        """Let the page go at once: nobody is told any more, and what is under way ends after the side in hand.

        What goes on comes to its own end; it belongs to the program until then.
        """
        if not self._goes_on:
            self.stop()
        self.forget()
        if not self.is_idle:
            self.setParent(QApplication.instance())
            self.idle.connect(self.deleteLater)


def parked() -> list[Aside]:
    """Return what goes on though its page is gone."""
    app = QApplication.instance()
    return app.findChildren(Aside, options=Qt.FindChildOption.FindDirectChildrenOnly) if app is not None else []
