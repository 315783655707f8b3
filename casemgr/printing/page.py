"""A printed form as a PDF file."""

from casemgr.i18n import Words
from casemgr.printing.blocks import Paper

__all__ = ["Paper", "draw"]


def draw(paper: Paper, words: Words) -> bytes:
    """Return the paper as a PDF of A4 pages, its few fixed words in the language and figures of `words`.

    The same paper gives the same bytes. The file's title is the form's name and the case number, never a person.
    """
    from casemgr.printing.document import build  # noqa: PLC0415  (ReportLab is loaded with the first paper)

    return build(paper, words)
