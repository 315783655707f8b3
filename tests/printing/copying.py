"""What the two common PDF engines give back when text is copied."""

import io
import shutil
import subprocess
from collections.abc import Callable

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas


def pdf_of(draw: Callable[[Canvas], None], compress: bool = False) -> bytes:
    """Return a PDF file of what `draw` puts on a canvas."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=int(compress))
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def pdfium_pages(data: bytes) -> list[str]:
    """Return each page's text as pdfium (Chrome, Edge) copies it."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range().replace("\r", "") for page in document]
    finally:
        document.close()


def poppler_pages(data: bytes) -> list[str]:
    """Return each page's text as poppler (Evince, Okular) copies it; skips the test where it is not installed."""
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext of poppler")
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


ENGINES = {"pdfium": pdfium_pages, "poppler": poppler_pages}
