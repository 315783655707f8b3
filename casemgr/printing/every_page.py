"""What stands on every page of forms and lists alike: the foot with the number of pages, the banner of practice."""

from collections.abc import Callable
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from casemgr import assets
from casemgr.i18n import N_
from casemgr.pace import untie
from casemgr.printing.face import Styles
from casemgr.printing.fonts import BOLD, REGULAR
from casemgr.printing.layout import Style, text_width
from casemgr.printing.text import draw_line

rl_config.useA85 = 0  # pages as bytes: written as letters they would be a fifth longer

PAGE_OF = N_("page {page} of {pages}")
PRACTICE = N_("PRACTICE – invented data")


class FootedCanvas(Canvas):
    """A canvas that writes the feet of the pages at the end, when their number is known.

    Readers show the file's title in place of its name, and the marked headings beside the pages. ReportLab has no
    public means for more: its pages have no structure that tells a heading from other text.
    """

    foot: Callable[[int, int], None]
    """Draws the foot of a page, given its number and that of all pages."""
    size = A4
    """Of the pages, width and height in points."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what ReportLab's canvas takes."""
        named["pdfVersion"] = (1, 5)  # fonts by glyph number, and ActualText
        named["initialFontName"] = _first_font()
        super().__init__(*given, **named)
        self.setViewerPreference("DisplayDocTitle", "true")
        self._marked: list[int] = []
        self.headings: list[int] = []
        """On which page each heading that was marked stands."""

    def mark_heading(self, text: str, level: int, top: float) -> None:
        """List a heading of level 1 or 2 in the file's outline; `top` is its upper edge, in points from the origin."""
        key = f"heading{len(self._marked) + 1}"
        depth = min(level - 1, 1) if self._marked else 0
        self._marked.append(depth)
        self.headings.append(self.getPageNumber())
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(text, key, depth)

    def point_to_foot(self) -> None:
        """Leave on this page the place for its foot."""
        self.doForm(f"foot{self.getPageNumber()}")

    def save(self) -> None:
        """Draw each page's foot, to which the page already points, and write the file."""
        pages = self.getPageNumber() - 1
        for page in range(1, pages + 1):
            self.beginForm(f"foot{page}", 0, 0, *self.size)
            self.foot(page, pages)
            self.endForm()
        super().save()
        untie(self._doc)  # type: ignore[attr-defined]  # ReportLab has no public name for its document


def _first_font() -> str:
    """Return the name of a font for a page to begin with: ReportLab's own would stand in every file, not embedded.

    No text is set in it, so it does not stand in the file either.
    """
    pdfmetrics.registerFont(TTFont(REGULAR, str(assets.font(f"{REGULAR}.ttf")), shapable=False))
    return REGULAR


def banner(canvas: Canvas, text: str, styles: Styles, size: tuple[float, float] = A4) -> None:
    """Draw the words that keep a practice paper from being taken for a real one, at the top of a page of that size."""
    style = Style(size=9.5 if styles.khmer else 10, font=BOLD)
    middle, y = size[0] / 2, size[1] - 34
    wide = text_width(text, style) / 2 + 14
    canvas.saveState()
    canvas.setLineWidth(1.2)
    canvas.roundRect(middle - wide, y - 7, 2 * wide, 21, 4)
    canvas.restoreState()
    draw_line(canvas, middle, y, text, style, "centre")
