"""Several PDFs in one file."""

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter

from casemgr.pace import untie


def join(papers: Sequence[bytes]) -> bytes:
    """Return the pages of all papers in one PDF; see `casemgr.printing.page.joined`."""
    if len(papers) == 1:
        return papers[0]
    writer, target = PdfWriter(), io.BytesIO()
    readers = [PdfReader(io.BytesIO(paper)) for paper in papers]
    for reader in readers:
        writer.append(reader, import_outline=True)
    writer.compress_identical_objects()
    writer.write(target)
    untie(writer, *readers)
    return target.getvalue()
