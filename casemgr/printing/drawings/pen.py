"""Drawings on a ReportLab canvas."""

from reportlab.pdfgen.canvas import Canvas

from casemgr.printing.drawings.named import DRAWINGS, Drawing
from casemgr.printing.drawings.shapes import GRID, Shape

_GREYS = {"line": 1.0, "white": 1.0, "grey": 0.82, "black": 0.0, "blank": 1.0}


def draw_drawing(canvas: Canvas, drawing: Drawing, x: float, y: float, side: float) -> None:
    """Draw it in a square with its lower left corner at (x, y) and sides of that length, in points."""
    canvas.saveState()
    canvas.translate(x, y + side)
    canvas.scale(side / GRID, -side / GRID)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for each in DRAWINGS[drawing]:
        _paint(canvas, each)
    canvas.restoreState()


def _paint(canvas: Canvas, shape: Shape) -> None:
    path = canvas.beginPath()
    for letter, numbers in shape.outline:
        match letter, numbers:
            case "M", (x, y):
                path.moveTo(x, y)
            case "L", (x, y):
                path.lineTo(x, y)
            case "C", (x1, y1, x2, y2, x, y):
                path.curveTo(x1, y1, x2, y2, x, y)
            case "O", (x, y, radius):
                path.circle(x, y, radius)
            case "E", (x, y, across, down):
                path.ellipse(x - across, y - down, 2 * across, 2 * down)
            case _:
                path.close()
    canvas.setLineWidth(shape.width)
    canvas.setFillGray(_GREYS[shape.paint])
    canvas.drawPath(path, stroke=int(shape.paint in ("line", "white", "grey")), fill=int(shape.paint != "line"))
