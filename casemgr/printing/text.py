"""Khmer and mixed text on a ReportLab page: paragraphs for frames and tables, and single lines.

Every stretch is marked with the text it stands for (ActualText), so that copying and searching give back what
was written. Two habits of the programs that read PDF shaped how: a gap between two stretches is taken for a space,
so room that justification adds lies inside the stretch, before a glyph without width; and a space at the end of a
line is only kept inside a stretch. A stretch of a single glyph gets that glyph too: on a page of tables pdfium
takes one letter for vertical writing and would break the line.
"""

from collections.abc import Iterable
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from casemgr.printing.content import Content
from casemgr.printing.fonts import paper_font
from casemgr.printing.layout import Align, Line, Style, layout_paragraph, restyled

_UNDERLINE_BELOW, _UNDERLINE_THICK = 0.16, 0.05  # em; below it the subscripts hang


def draw_lines(canvas: Canvas, lines: Iterable[Line], x: float, y: float, style: Style) -> None:
    """Draw laid-out lines; `x` is their left edge, `y` the top of the first, in points from the page's lower left."""
    baseline = y - style.baseline
    for line in lines:
        if line.pieces:
            _draw(canvas, line, x, baseline, style.size)
        baseline -= style.line_height


def draw_line(canvas: Canvas, x: float, y: float, content: Content, style: Style, align: Align = "left") -> float:
    """Draw one line with its baseline at `y`; `x` is its left end, its middle or its right end. Returns its width."""
    flat = restyled(style, align="left", indent=0, first_indent=0)
    line = layout_paragraph(content, flat, 1e6)[0]
    shift = {"centre": line.width / 2, "right": line.width}.get(align, 0.0)
    if line.pieces:
        _draw(canvas, line, x - shift, y, style.size)
    return line.width


def _draw(canvas: Canvas, line: Line, x: float, y: float, size: float) -> None:
    # The fonts of a page are kept by its document, and the canvas has no public name for that.
    document: Any = canvas._doc  # type: ignore[attr-defined]
    operators = ["BT"]
    current, pen_x, pen_y = "", 0.0, 0.0
    for piece in line.pieces:
        run = piece.run
        font = paper_font(run.font)
        if run.font != current:
            operators.append(f"{font.name_in(document)} {size:g} Tf")
            current = run.font
        font.use(document, run)
        left = x + piece.x
        operators.append(f"{left - pen_x:.4f} {y - pen_y:.4f} Td")
        pen_x, pen_y = left, y
        if piece.gap or run.count == 1:
            room = f" {-piece.gap * 1000 / size:.3f}" if piece.gap else ""
            operators.append(f"{run.mark}[{run.operands}{room} <{font.no_width:04X}>]TJ EMC")
        else:
            operators.append(f"{run.mark}[{run.operands}]TJ EMC")
    operators.append("ET")
    canvas.addLiteral("\n".join(operators))
    if any(piece.underline for piece in line.pieces):
        _underline(canvas, line, x, y, size)


def _underline(canvas: Canvas, line: Line, x: float, y: float, size: float) -> None:
    """Draw one stroke under each stretch of underlined text, not under the space after it."""
    strokes: list[tuple[float, float]] = []
    for index, piece in enumerate(line.pieces):
        if not piece.underline:
            continue
        last = index == len(line.pieces) - 1 or not line.pieces[index + 1].underline
        start = x + piece.x
        stop = start + piece.run.width * size / piece.run.units
        if not last:
            stop += piece.gap
        elif piece.run.text.endswith(" "):
            stop -= piece.run.glyphs[-1].advance * size / piece.run.units
        if strokes and abs(strokes[-1][1] - start) < 0.01:
            strokes[-1] = (strokes[-1][0], stop)
        else:
            strokes.append((start, stop))
    canvas.saveState()
    canvas.setLineWidth(_UNDERLINE_THICK * size)
    for start, stop in strokes:
        canvas.line(start, y - _UNDERLINE_BELOW * size, stop, y - _UNDERLINE_BELOW * size)
    canvas.restoreState()


class Paragraph(Flowable):
    """A paragraph for ReportLab's frames and tables. It splits between lines and leaves no single line behind."""

    fewest = 3
    """Lines of a paragraph that may be parted."""

    def __init__(self, content: Content, style: Style | None = None, *, lines: list[Line] | None = None) -> None:
        """Take the content (text or spans) and its style; `lines` are given for the rest of a split paragraph."""
        super().__init__()
        self.content = content
        self.look = style or Style()
        self.lines = lines
        self._fixed = lines is not None
        self._width = -1.0
        self.spaceBefore = self.look.space_before
        self.spaceAfter = self.look.space_after
        self.leads = self.look.keep_with_next

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Lay the lines out in that width, in points; return the width and the height needed."""
        if not self._fixed and available_width != self._width:
            self.lines = layout_paragraph(self.content, self.look, available_width)
        self._width = available_width
        self.width, self.height = available_width, len(self.lines or []) * self.look.line_height
        return self.width, self.height

    def least_height(self) -> float:
        """Return the height in points of the first lines that may stand alone, once it is wrapped."""
        return min(len(self.lines or []), 2) * self.look.line_height

    def minWidth(self) -> float:
        """Return the narrowest width that makes sense, in points."""
        return 2 * self.look.size

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Return the part that fits into the height and the rest; nothing when no sensible part fits."""
        self.wrap(available_width, available_height)
        lines = self.lines or []
        fitting = int((available_height + 1e-6) / self.look.line_height)
        if fitting >= len(lines):
            return [self]
        if len(lines) - fitting == 1 and len(lines) > 2:
            fitting -= 1  # no single last line on the next page
        if fitting < 1 or len(lines) < self.fewest or (fitting == 1 and len(lines) > 3):
            return []
        first = restyled(self.look, space_after=0, keep_with_next=False)
        rest = restyled(self.look, space_before=0)
        return [
            Paragraph(self.content, first, lines=lines[:fitting]),
            Paragraph(self.content, rest, lines=lines[fitting:]),
        ]

    def draw(self) -> None:
        """Draw the lines; ReportLab has moved the origin to the lower left corner of the paragraph."""
        draw_lines(self.canv, self.lines or [], 0, self.height, self.look)

    def identity(self, maxLen: int | None = None) -> str:  # noqa: N803, ARG002
        """Name the paragraph in ReportLab's error messages, without its text: it may hold a person's name."""
        return f"<Paragraph of {len(self.lines or [])} lines>"

    __repr__ = __str__ = identity


class Cell(Paragraph):
    """A paragraph in a table that goes on over the page.

    ReportLab's table wants two parts, even if one is empty, and forgets the margins inside the cell.
    """

    fewest = 2

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Return the part that fits and the rest, which may have no lines; nothing when no sensible part fits."""
        parts = super().split(self._width if self._width > 0 else available_width, available_height)
        lines = [part.lines or [] for part in parts if isinstance(part, Paragraph)]
        if len(lines) == 1:
            lines.append([])
        return [Cell(self.content, self.look, lines=each) for each in lines]
