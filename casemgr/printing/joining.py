"""Several PDFs in one file."""

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter


def join(papers: Sequence[bytes]) -> bytes:
    """Return the pages of all papers in one PDF; see `casemgr.printing.page.joined`."""
    if len(papers) == 1:
        return papers[0]
    with PdfWriter() as writer:
        for paper in papers:
            writer.append(PdfReader(io.BytesIO(paper)), import_outline=True)
        writer.compress_identical_objects()
        target = io.BytesIO()
        writer.write(target)
    return target.getvalue()
