"""Reading PDF files: the library behind is used by one thread at a time, by windows and services alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

_one_at_a_time = Lock()


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a PDF while no other thread works with one; raises PdfiumError where it cannot be read.

    What is made from the document within the block is closed within it.
    """
    import pypdfium2  # noqa: PLC0415  (loaded for the first PDF)

    with _one_at_a_time, pypdfium2.PdfDocument(data) as document:
        yield document
