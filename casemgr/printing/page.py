"""A printed form, or a list, as a PDF file. ReportLab is loaded with the first of them."""

from collections.abc import Sequence
from typing import BinaryIO

from casemgr.i18n import Words
from casemgr.pace import Cancelled, Progress
from casemgr.printing.blocks import Paper
from casemgr.printing.list_paper import ListPaper

__all__ = ["ListPaper", "Paper", "draw", "draw_list", "joined"]


def draw(
    paper: Paper, words: Words, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> bytes:  # fmt: skip
    """Return the paper as a PDF of A4 pages, its few fixed words in the language and figures of `words`.

    The same paper gives the same bytes. The file's title is the paper's and the case number, never a person; its
    headings are listed in the outline, and every font stands in the file.
    progress is told how many pieces are drawn, and of how many; where cancelled says so, Stopped is raised.
    """
    from casemgr.printing.document import build  # noqa: PLC0415  (see above)

    return build(paper, words, progress, cancelled)


def draw_list(paper: ListPaper, words: Words, target: BinaryIO, passphrase: str | None = None) -> int:
    """Write the list as A4 pages across to an open file, which stays open; return the number of rows.

    The same list gives the same bytes. Up to about 12 columns stay readable. The drawn pages are kept in memory,
    packed, until the last one is drawn: some 9 MB for a thousand rows of the follow-up list, which is why there may
    not be more than MOST_ROWS. With a passphrase see `casemgr.printing.locking`; the file is then another one each
    time, and is never on the disk unlocked. Raises Refusal for too many rows or columns or a passphrase too long,
    ValueError for an empty one, and OSError.
    """
    from casemgr.printing.list_pages import write_pages  # noqa: PLC0415  (see above)

    return write_pages(paper, words, target, passphrase)


def joined(papers: Sequence[bytes]) -> bytes:
    """Return several PDFs as one, in that order. The same papers give the same bytes."""
    from casemgr.printing.joining import join  # noqa: PLC0415  (see above)

    return join(papers)
