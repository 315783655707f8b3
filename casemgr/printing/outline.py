"""Words as outlines instead of text: for marks that are seen and never copied."""

from reportlab.pdfgen.pathobject import PDFPathObject

from casemgr.printing.content import Content
from casemgr.printing.fonts import paper_font
from casemgr.printing.layout import Style, layout_paragraph


class _Pen:
    """Draws the outlines that HarfBuzz gives, in font units, into a ReportLab path."""

    def __init__(self, path: PDFPathObject, x: float, y: float, scale: float) -> None:
        self.path, self.x, self.y, self.scale = path, x, y, scale
        self.last = (0.0, 0.0)

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.x + point[0] * self.scale, self.y + point[1] * self.scale

    def moveTo(self, point: tuple[float, float]) -> None:
        self.path.moveTo(*self._at(point))
        self.last = point

    def lineTo(self, point: tuple[float, float]) -> None:
        self.path.lineTo(*self._at(point))
        self.last = point

    def qCurveTo(self, control: tuple[float, float], point: tuple[float, float]) -> None:
        first = tuple(a + 2 / 3 * (c - a) for a, c in zip(self.last, control, strict=True))
        second = tuple(b + 2 / 3 * (c - b) for b, c in zip(point, control, strict=True))
        self.path.curveTo(*self._at(first), *self._at(second), *self._at(point))  # type: ignore[arg-type]
        self.last = point

    def curveTo(self, first: tuple[float, float], second: tuple[float, float], point: tuple[float, float]) -> None:
        self.path.curveTo(*self._at(first), *self._at(second), *self._at(point))
        self.last = point

    def closePath(self) -> None:
        self.path.close()

    def endPath(self) -> None:
        """End an open outline; there is nothing to close."""


def trace(content: Content, style: Style, path: PDFPathObject, x: float = 0, y: float = 0) -> None:
    """Add the outlines of one line to the path, its baseline beginning at (x, y), in points."""
    for line in layout_paragraph(content, style, 1e6):
        for glyph in line.glyphs(style.size):
            font = paper_font(glyph.font)
            pen = _Pen(path, x + glyph.x, y + glyph.y, style.size / font.units)
            font.font.draw_glyph_with_pen(glyph.number, pen)
