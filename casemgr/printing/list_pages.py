"""The pages of a long list, row by row straight onto the page: ReportLab's own tables are read as a whole first."""

import io
import zlib
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, BinaryIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfdoc

from casemgr.i18n import N_, Words
from casemgr.printing.every_page import PAGE_OF, PRACTICE, FootedCanvas, banner
from casemgr.printing.face import Styles
from casemgr.printing.layout import Line, Style, layout_paragraph, restyled
from casemgr.printing.list_paper import MOST_ROWS, TOO_LONG, ListPaper
from casemgr.printing.locking import check_passphrase, locked
from casemgr.printing.text import draw_line, draw_lines
from casemgr.trouble import Refusal

PAGE: tuple[float, float] = landscape(A4)
LEFT, RIGHT, TOP, BOTTOM = 36.0, 36.0, 40.0, 46.0
WIDTH = PAGE[0] - LEFT - RIGHT
_PADDING, _ABOVE, _BELOW = 3.0, 1.0, 2.0  # points inside a cell
_REMEMBERED = 1024  # texts of a column whose lines are kept
_FEWEST_LINES = 3  # of a row; with room for fewer it begins on the next page
_HEADS = 1 / 3  # of a page: so much room at most have the headings
_NARROWEST = 2.5  # em
_MOST_ABOUT = 12  # lines below the title that say to what the list is narrowed

TOO_MANY = N_("This list has too many columns for paper. Choose fewer columns, or a workbook.")

Row = list[list[Line]]


def write_pages(paper: ListPaper, words: Words, target: BinaryIO, passphrase: str | None) -> int:
    """Write the list; see `casemgr.printing.page.draw_list`."""
    if passphrase is not None:
        check_passphrase(passphrase)
    drawn = io.BytesIO()
    pages = _Pages(paper, words, _ListCanvas(drawn, pagesize=PAGE, invariant=1, lang=words.language))
    count = 0
    for row in paper.rows:
        if count == MOST_ROWS:
            raise Refusal(TOO_LONG)
        pages.add(row)
        count += 1
    pages.finish()
    target.write(drawn.getbuffer() if passphrase is None else locked(drawn, passphrase))
    return count


class _ListCanvas(FootedCanvas):
    """A canvas that packs each page once it is full; ReportLab keeps the pages as they are until the end."""

    size = PAGE

    def showPage(self) -> None:
        """End the page."""
        document: Any = self._doc  # type: ignore[attr-defined]  # ReportLab has no public name for its document
        name = document.thisPageName()
        super().showPage()
        page = document.idToObject[name]
        page.Contents = pdfdoc.PDFStream(content=zlib.compress(page.stream.encode("latin-1")))
        page.Contents.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
        page.stream = None


class _Pages:
    """Draws rows from the top of a page to its foot, then begins another."""

    def __init__(self, paper: ListPaper, words: Words, canvas: _ListCanvas) -> None:
        self.paper, self.words, self.canvas = paper, words, canvas
        self.look = Styles(words.language == "km")
        size = 8.5 if self.look.khmer else 8.0
        self.cell = Style(size=size, leading=(1.55 if self.look.khmer else 1.4) * size)
        self.head = restyled(self.cell, bold=True)
        shares = paper.widths or [1.0] * len(paper.heads[0])
        self.edges = [LEFT + WIDTH * share / sum(shares) for share in accumulate(shares, initial=0.0)]
        self.looks = [restyled(self.cell, align=self._align(column)) for column in range(len(shares))]
        self.known: list[dict[str, list[Line]]] = [{} for _ in shares]
        self.heads = [self._heading(line) for line in paper.heads]
        self.heads_height = sum(self._height(line, self.head) for line in self.heads)
        self._check_room()
        self.table_top: float | None = None
        self._set_up()
        self._begin_page()
        self._open()
        self._begin_table()

    def _check_room(self) -> None:
        narrowest = min(stop - start for start, stop in pairwise(self.edges)) - 2 * _PADDING
        if narrowest < _NARROWEST * self.cell.size or self.heads_height > _HEADS * PAGE[1]:
            raise Refusal(TOO_MANY)

    def _set_up(self) -> None:
        canvas, paper = self.canvas, self.paper
        canvas.foot = self._foot
        canvas.setTitle(paper.title)
        canvas.setCreator("casemgr")
        canvas.setAuthor("")

    def add(self, row: Sequence[str]) -> None:
        """Draw a row; one that does not fit goes to the next page, one longer than a page goes on there."""
        if len(row) != len(self.known):
            raise ValueError("a row has more or fewer cells than the list has headings")
        lines = [self._lines(text, column) for column, text in enumerate(row)]
        most = max(map(len, lines))
        while most > (fitting := self._fitting()):
            if fitting < _FEWEST_LINES or most <= self._on_a_page():
                self._next_page()
                continue
            self._draw([column[:fitting] for column in lines], self.cell)
            self._rule(0.5)
            lines = [column[fitting:] for column in lines]
            most -= fitting
            self._next_page()
        self._draw(lines, self.cell)
        self._rule(0.5)

    def finish(self) -> None:
        """Draw the notes and write the file."""
        self._end_table()
        style = self.look.note
        self.y -= 6
        for note in self.paper.notes:
            lines = layout_paragraph(note, restyled(style, indent=0), WIDTH)
            while lines:
                fitting = int((self.y - BOTTOM) / style.line_height)
                if fitting < min(2, len(lines)):
                    self._end_page()
                    self._begin_page()
                    continue
                draw_lines(self.canvas, lines[:fitting], LEFT, self.y, style)
                self.y -= len(lines[:fitting]) * style.line_height
                lines = lines[fitting:]
        self._end_page()
        self.canvas.save()

    def _fitting(self) -> int:
        """Return how many lines of a row have room on this page."""
        return int((self.y - BOTTOM - _ABOVE - _BELOW) / self.cell.line_height)

    def _on_a_page(self) -> int:
        return int((self._page_top() - self.heads_height - BOTTOM - _ABOVE - _BELOW) / self.cell.line_height)

    def _page_top(self) -> float:
        return PAGE[1] - TOP - (8 if self.paper.practice else 0)

    def _begin_page(self) -> None:
        self.y = self._page_top()
        if self.paper.practice:
            banner(self.canvas, self.words.text(PRACTICE), self.look, PAGE)

    def _end_page(self) -> None:
        self.canvas.point_to_foot()
        self.canvas.showPage()

    def _next_page(self) -> None:
        self._end_table()
        self._end_page()
        self._begin_page()
        self._begin_table()

    def _open(self) -> None:
        """Draw the office, place and date, and the title, at the top of the first page."""
        small = self.look.body
        if self.paper.office or self.paper.made:
            baseline = self.y - small.baseline
            draw_line(self.canvas, LEFT, baseline, self.paper.office, restyled(small, bold=True))
            draw_line(self.canvas, PAGE[0] - RIGHT, baseline, self.paper.made, small, "right")
            self.y -= small.line_height
        title = self.look.title
        lines = layout_paragraph(self.paper.title, title, WIDTH)
        draw_lines(self.canvas, lines, LEFT, self.y, title)
        self.y -= len(lines) * title.line_height + 4
        for about in self.paper.about[:_MOST_ABOUT]:
            lines = layout_paragraph(about, small, WIDTH)
            draw_lines(self.canvas, lines, LEFT, self.y, small)
            self.y -= len(lines) * small.line_height
        if self.paper.about:
            self.y -= 4

    def _begin_table(self) -> None:
        self.table_top = self.y
        self.canvas.saveState()
        self.canvas.setFillGray(0.93)
        self.canvas.rect(LEFT, self.y - self.heads_height, WIDTH, self.heads_height, stroke=0, fill=1)
        self.canvas.restoreState()
        self._rule(0.5)
        for line in self.heads:
            self._draw(line, self.head)
        self._rule(1.0)

    def _end_table(self) -> None:
        """Draw the lines between the columns, from the headings down to here."""
        if self.table_top is not None:
            self.canvas.setLineWidth(0.5)
            for x in self.edges:
                self.canvas.line(x, self.table_top, x, self.y)
        self.table_top = None

    def _rule(self, width: float) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(LEFT, self.y, PAGE[0] - RIGHT, self.y)

    def _draw(self, row: Row, style: Style) -> None:
        for x, lines in zip(self.edges, row, strict=False):
            draw_lines(self.canvas, lines, x + _PADDING, self.y - _ABOVE, style)
        self.y -= self._height(row, style)

    @staticmethod
    def _height(row: Row, style: Style) -> float:
        return max(map(len, row)) * style.line_height + _ABOVE + _BELOW

    def _lines(self, text: str, column: int) -> list[Line]:
        """Return the lines of a cell; columns say the same things again and again."""
        known = self.known[column]
        if (lines := known.get(text)) is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            lines = known[text] = layout_paragraph(text, self.looks[column], self._room(column))
        return lines

    def _heading(self, line: Sequence[str]) -> Row:
        looks = [restyled(self.head, align=self._align(column)) for column in range(len(line))]
        return [layout_paragraph(text, looks[column], self._room(column)) for column, text in enumerate(line)]

    def _room(self, column: int) -> float:
        return self.edges[column + 1] - self.edges[column] - 2 * _PADDING

    def _align(self, column: int) -> str:
        return "right" if column in self.paper.right else "left"

    def _foot(self, page: int, pages: int) -> None:
        style, y = self.look.small, BOTTOM - 24
        self.canvas.setLineWidth(0.4)
        self.canvas.line(LEFT, y + 14, PAGE[0] - RIGHT, y + 14)
        draw_line(self.canvas, LEFT, y, self.paper.title, style)
        text = self.words.text(PAGE_OF, page=self.words.number(page), pages=self.words.number(pages))
        draw_line(self.canvas, PAGE[0] - RIGHT, y, text, style, "right")
