"""The guide as a PDF. It tells of no child and belongs to no office, so nobody is asked and nothing is written down."""

from pathlib import Path

from casemgr.i18n import Words
from casemgr.pace import Cancelled, Progress
from casemgr.printing.guide_paper import WHOLE as WHOLE  # noqa: PLC0414  (windows name the paper by it)
from casemgr.printing.guide_paper import compose
from casemgr.printing.page import draw


def guide_pdf(
    which: str, words: Words, *, folder: Path | None = None, progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bytes:  # fmt: skip
    """Return the whole guide (WHOLE) or the chapter with that key, in the language and figures of `words`.

    folder: where the pictures lie, if not where the program has them. progress, cancelled: as in printing.page.draw.
    Raises KeyError for a chapter that is not there, FileNotFoundError where the program came without the guide.
    """
    return draw(compose(which, words, folder), words, progress=progress, cancelled=cancelled)
