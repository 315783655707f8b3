"""Small pictures drawn in strokes, sharp at every scale of the screen."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

# Strokes in a square of 24: a polyline is a tuple of points, a circle (x, y, radius).
_STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "today": (((12, 7), (12, 12), (15.5, 14)),),
    "children": (((4, 20), (5, 16.5), (8, 14.5), (16, 14.5), (19, 16.5), (20, 20)),),
    "where": (
        ((12, 21.5), (6.6, 13.4), (5.2, 9.2), (6.6, 5), (10, 2.7), (14, 2.7), (17.4, 5), (18.8, 9.2), (17.4, 13.4),
         (12, 21.5)),
    ),
    "follow-ups": (
        ((7.5, 3), (4, 4.5), (3.5, 8), (6, 13.5), (10.5, 18), (16, 20.5), (19.5, 20), (21, 16.5), (16.8, 14),
         (14.6, 15.8), (11.5, 14), (9.4, 11.5), (8.2, 9.2), (10, 7.2), (7.5, 3)),
        ((14, 3.5), (18, 5.5), (20.5, 10)),
    ),
    "cases": (((3, 19), (3, 6), (9, 6), (11, 8.5), (21, 8.5), (21, 19), (3, 19)),),
    "directory": (
        ((6, 3), (19, 3), (19, 21), (6, 21), (6, 3)), ((3.5, 8), (6, 8)), ((3.5, 16), (6, 16)),
        ((9, 17), (9.8, 14.8), (12.5, 13.8), (15.2, 14.8), (16, 17)),
    ),
    "reports": (((4, 3), (4, 20), (21, 20)), ((8, 16), (8, 12)), ((12.5, 16), (12.5, 6)), ((17, 16), (17, 9))),
    "document": (((6, 3), (14, 3), (19, 8), (19, 21), (6, 21), (6, 3)), ((14, 3), (14, 8), (19, 8))),
    "forms": (
        ((6, 3), (14, 3), (19, 8), (19, 21), (6, 21), (6, 3)), ((14, 3), (14, 8), (19, 8)), ((9, 12), (16, 12)),
        ((9, 16), (16, 16)),
    ),
    "settings": (((3, 7), (21, 7)), ((3, 12), (21, 12)), ((3, 17), (21, 17))),
    "lock": (
        ((5, 11), (19, 11), (19, 20), (5, 20), (5, 11)),
        ((8, 11), (8, 7.5), (10, 4.5), (14, 4.5), (16, 7.5), (16, 11)),
    ),
    "search": (((15.5, 15.5), (21, 21)),),
    "plus": (((12, 5), (12, 19)), ((5, 12), (19, 12))),
    "back": (((11, 5), (4, 12), (11, 19)), ((4, 12), (20, 12))),
    "down": (((6, 9), (12, 15), (18, 9)),),
    "up": (((6, 15), (12, 9), (18, 15)),),
    "close": (((6, 6), (18, 18)), ((18, 6), (6, 18))),
    "warning": (((12, 3.5), (22, 20.5), (2, 20.5), (12, 3.5)), ((12, 10), (12, 14.5)), ((12, 17.4), (12, 17.6))),
    "notice": (((12, 11), (12, 17)), ((12, 7.4), (12, 7.6))),
    "help": (
        ((9.2, 9.6), (9.6, 8.1), (11, 7.1), (13, 7.1), (14.5, 8.3), (14.7, 10), (13.6, 11.3), (12.3, 12.2), (12, 13.6)),
        ((12, 16.8), (12, 17)),
    ),
}  # fmt: skip
_CIRCLES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "today": ((12, 12, 9),),
    "children": ((12, 8, 4),),
    "where": ((12, 9.2, 2.4),),
    "directory": ((12.5, 9.5, 2.3),),
    "settings": ((8, 7, 2.2), (15, 12, 2.2), (10, 17, 2.2)),
    "search": ((10.5, 10.5, 6.5),),
    "notice": ((12, 12, 9.5),),
    "help": ((12, 12, 9.5),),
}


@cache
def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """Return a picture in one colour, drawn for screens of one and of two pixels to the point; each is drawn once."""
    found = QIcon()
    for scale in (1, 2):
        found.addPixmap(pixmap(name, colour, size, scale))
    return found


def pixmap(name: str, colour: str, size: int = 20, scale: int = 2) -> QPixmap:
    """Return the picture itself. Raises KeyError for a name there is no picture of."""
    picture = QPixmap(size * scale, size * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 24, size / 24)
    pen = QPen(QColor(colour), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for points in _STROKES[name]:
        path = QPainterPath(QPointF(*points[0]))
        for point in points[1:]:
            path.lineTo(QPointF(*point))
        painter.drawPath(path)
    for x, y, radius in _CIRCLES.get(name, ()):
        painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
    painter.end()
    return picture
