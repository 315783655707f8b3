"""A chart on paper."""

from reportlab.platypus import Flowable

from casemgr.measures.chart_layout import Layout, Path, Piece, Spot, Surface, Writing, lay_out
from casemgr.measures.charts import Chart
from casemgr.printing.layout import Align, Style, text_width
from casemgr.printing.text import draw_line

ALIGN: dict[str, Align] = {"left": "left", "centre": "centre", "right": "right"}


def width_of(text: str, size: float, bold: bool) -> float:
    """Return the width of a text on paper, in points."""
    return text_width(text, Style(size=size, bold=bold))


class ChartDrawing(Flowable):
    """A chart as wide as the frame. It is never split."""

    def __init__(self, chart: Chart) -> None:
        """Take the chart, in the paper's language."""
        super().__init__()
        self.chart = chart
        self.laid_out: Layout | None = None
        self.spaceBefore, self.spaceAfter = 8.0, 8.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Lay the chart out in that width, in points; return the width and the height needed."""
        if self.laid_out is None or self.laid_out.width != available_width:
            self.laid_out = lay_out(self.chart, available_width, width_of)
        self.width, self.height = self.laid_out.width, self.laid_out.height
        return self.width, self.height

    def draw(self) -> None:
        """Draw it; ReportLab has moved the origin to the lower left corner."""
        if self.laid_out is None:
            return
        self.canv.saveState()
        for piece in self.laid_out.pieces:
            self._draw(piece)
        self.canv.restoreState()

    def _draw(self, piece: Piece) -> None:
        canvas = self.canv
        match piece:
            case Path(points, width, dash):
                canvas.setLineWidth(width)
                canvas.setDash(list(dash))
                self._path(points, stroke=1, fill=0)
            case Surface(points, grey, outlined):
                canvas.setLineWidth(0.6)
                canvas.setDash([])
                canvas.setFillGray(grey)
                self._path(points, stroke=int(outlined), fill=1)
                canvas.setFillGray(0)
            case Spot(x, y, radius, filled):
                canvas.setLineWidth(0.9)
                canvas.setDash([])
                canvas.setFillGray(0 if filled else 1)
                canvas.circle(x, self.height - y, radius, stroke=1, fill=1)
                canvas.setFillGray(0)
            case Writing(x, y, text, size, align, bold):
                draw_line(canvas, x, self.height - y, text, Style(size=size, bold=bold), ALIGN[align])

    def _path(self, points: tuple[tuple[float, float], ...], *, stroke: int, fill: int) -> None:
        path = self.canv.beginPath()
        for number, (x, y) in enumerate(points):
            (path.lineTo if number else path.moveTo)(x, self.height - y)
        if fill:
            path.close()
        self.canv.drawPath(path, stroke=stroke, fill=fill)
