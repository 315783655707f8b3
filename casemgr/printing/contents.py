"""The list of contents of a paper: its sections with their pages, each line leading to its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Flowable

from casemgr.i18n import Words
from casemgr.printing.blocks import Block, Heading
from casemgr.printing.face import Styles
from casemgr.printing.flowables import dotted
from casemgr.printing.layout import Style, restyled, text_width
from casemgr.printing.text import Paragraph, draw_line


@dataclass
class Listed:
    """headings: all of the paper, in order. pages: on which each of them stands, empty before that is known."""

    headings: Sequence[Heading]
    pages: list[int] = field(default_factory=list)

    def lines(self, styles: Styles, words: Words) -> list[Flowable]:
        """Return a line for each section."""
        return [
            ContentsLine(heading, f"heading{at}", self._page(at, words), styles.body)
            for at, heading in enumerate(self.headings, start=1)
            if heading.level == 1
        ]

    def _page(self, at: int, words: Words) -> str:
        return words.number(self.pages[at - 1]) if self.pages else ""


def contents_of(blocks: Sequence[Block]) -> Listed:
    """Return the headings of a paper as they are drawn; none of them stands inside another block."""
    return Listed([block for block in blocks if isinstance(block, Heading)])


class ContentsLine(Flowable):
    """Number and words of a section, dots, its page."""

    def __init__(self, heading: Heading, key: str, page: str, style: Style) -> None:
        """key: of the bookmark that the section makes. page: as it is printed, empty while nobody knows."""
        super().__init__()
        self.key, self.page, self.style = key, page, style
        self.number = f"{heading.number}." if heading.number else ""
        self.indent = 26.0 if heading.number else 0.0
        self.text = Paragraph(heading.text, restyled(style, space_after=0))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size in points; the page has room at the right."""
        _, height = self.text.wrap(available_width - self.indent - 60, available_height)
        self.width, self.height = available_width, height + 3
        return self.width, self.height

    def draw(self) -> None:
        """Draw the line, and lead from it to its section."""
        lines = self.text.lines or []
        y = self.height - self.style.baseline - (len(lines) - 1) * self.style.line_height
        draw_line(self.canv, 0, self.height - self.style.baseline, self.number, self.style)
        self.text.drawOn(self.canv, self.indent, self.height - self.text.height)
        used = self.indent + (lines[-1].width if lines else 0)
        dotted(self.canv, used + 8, self.width - text_width(self.page, self.style) - 8, y)
        draw_line(self.canv, self.width, y, self.page, self.style, "right")
        self.canv.linkAbsolute("", self.key, (0, 0, self.width, self.height))
