"""What leaves the printer is the saved file, page by page; and copies and sides reach the print server.

`pytest -m slow tests/ui/test_ui_printed.py` runs it, where CUPS and CUPS-PDF are installed.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from print_server import QUEUE, PrintServer, print_server

from casemgr.services.papers import blank_form

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
FINE = 300  # dots per inch, as printed
COARSE = (207, 292)  # of a page, in dots: so few that a shift by half a dot of print does not count
MOST = 0.3  # of the ink of a page may lie elsewhere; another page of the same form differs by more than twice that

PRINT = """
import sys
from pathlib import Path
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication
from ui.parts.pdf_pages import new_printer, print_pages
queue, name, file, pages, copies, side = sys.argv[1:]
app = QApplication([])
assert queue in QPrinterInfo.availablePrinterNames(), QPrinterInfo.availablePrinterNames()
printer = new_printer()
printer.setPrinterName(queue)
printer.setDocName(name)
printer.setCopyCount(int(copies))
printer.setDuplex(QPrinter.DuplexMode[side])
assert printer.outputFormat() == QPrinter.OutputFormat.NativeFormat
assert print_pages(Path(file).read_bytes(), printer, range(int(pages)), print, lambda: False)
"""
"""In a process of its own: Qt asks the environment for the print server once."""


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    with print_server() as running:
        yield running


@pytest.fixture(scope="module")
def saved() -> bytes:
    return blank_form(None, "social-inquiry-report", "km")


def send(server: PrintServer, data: bytes, pages: int, copies: int = 1, side: str = "DuplexNone") -> str:
    """Print these first pages as the preview does; return the name of the job."""
    name = f"casemgr{uuid4().hex}"
    file = server.folder / f"{name}.pdf"
    file.write_bytes(data)
    command = [sys.executable, "-c", PRINT, QUEUE, name, str(file), str(pages), str(copies), side]
    environment = os.environ | {"CUPS_SERVER": server.address}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)
    return name


def pictures(data: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(data) as document:
        fine = (page.render(scale=FINE / 72, grayscale=True).to_pil().convert("L") for page in document)
        return [page.resize(COARSE, Image.Resampling.BOX) for page in fine]


def difference(one: Image.Image, two: Image.Image) -> float:
    """Return how much differs, as a share of the ink of the second."""
    differs = ImageChops.difference(one, two)
    return ImageStat.Stat(differs).mean[0] / (255 - ImageStat.Stat(two).mean[0])


def test_the_printed_pages_are_the_saved_ones(server: PrintServer, saved: bytes) -> None:
    expected = pictures(saved)
    got = pictures(server.printed(send(server, saved, len(expected))))
    assert len(got) == len(expected) > 5
    differences = [difference(one, two) for one, two in zip(got, expected, strict=True)]
    print("differences", [round(each, 3) for each in differences])
    assert max(differences) < MOST
    others = [difference(one, two) for one, two in zip(got, expected[1:], strict=False)]
    print("differences from the page before", [round(each, 3) for each in others])
    assert min(others) > 2 * MOST  # or the comparison would say nothing


def test_two_copies_on_both_sides_reach_the_server(server: PrintServer, saved: bytes) -> None:
    name = send(server, saved, 3, copies=2, side="DuplexLongSide")
    got = pictures(server.printed(name))
    copies, options = server.asked(name)
    assert copies == 2
    assert "sides=two-sided-long-edge" in options
    blank = [ImageStat.Stat(page).mean[0] == 255 for page in got]
    assert blank == [False, False, False, True] * 2  # each copy begins on a sheet of its own


def test_one_copy_on_one_side_unless_asked(server: PrintServer, saved: bytes) -> None:
    name = send(server, saved, 1)
    assert len(pictures(server.printed(name))) == 1
    copies, options = server.asked(name)
    assert copies == 1
    assert "two-sided" not in options
