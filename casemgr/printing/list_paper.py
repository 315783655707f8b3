"""A long list on paper, free of any drawing; `casemgr.printing.page.draw_list` sets it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casemgr.i18n import N_

MOST_ROWS = 10_000
"""So many rows fit on paper: some six hundred pages. Drawn and locked they take about 90 MB of memory, and no more."""
TOO_LONG = N_("This list is too long for paper. Choose a workbook, or fewer rows.")


@dataclass(frozen=True)
class ListPaper:
    """A list, ready to be drawn: plain texts in the paper's language, an empty text for an empty cell.

    heads: one or two lines of headings. rows may be read once. widths: shares of the page's width, all the same if
    none are given. right: the columns, the first being 0, whose texts stand at the right to be compared. made says
    place and date. notes (definitions) follow the rows. practice marks every page. No name of a person belongs into
    the title, which is the file's title too. about: what the list is narrowed to, below the title.
    """

    title: str
    heads: Sequence[Sequence[str]]
    rows: Iterable[Sequence[str]] = field(repr=False)
    widths: Sequence[float] = ()
    right: frozenset[int] = frozenset()
    office: str = ""
    made: str = ""
    notes: Sequence[str] = ()
    practice: bool = False
    about: Sequence[str] = ()
