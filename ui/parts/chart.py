"""A chart on the screen; picture and numbers can be copied to put them into a letter or a spreadsheet."""

from dataclasses import replace

from PySide6.QtCore import QMimeData, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from casemgr.i18n import N_
from casemgr.measures.chart_layout import Layout, Path, Piece, Spot, Surface, Writing, lay_out
from casemgr.measures.charts import Chart, table_text
from ui.theme import FAMILY
from ui.words import tr

COPY_PICTURE, COPY_TABLE = N_("Copy the picture"), N_("Copy the numbers")
SCALE = 1.375
"""Pixels to a point of the chart: its writing is as large as the smaller writing of the screen."""
PICTURE_SCALE = 3.0
MARGIN = 8.0
MOST_LAYOUTS = 8


class ChartView(QWidget):
    """A chart as wide as the page, and as high as it is then."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        """Take the chart, in the screen's language; screen readers are told its numbers. Its title stands above it."""
        super().__init__(parent)
        self.chart = chart
        self._untitled = replace(chart, title="")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(420)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(table_text(chart))
        self._layouts: dict[float, Layout] = {}

    def laid_out(self, width: float) -> Layout:
        """Return the chart laid out in that width, in points; a page asks for several widths in turn."""
        if width not in self._layouts:
            if len(self._layouts) == MOST_LAYOUTS:
                self._layouts.clear()
            self._layouts[width] = lay_out(self._untitled, width, width_of)
        return self._layouts[width]

    def hasHeightForWidth(self) -> bool:
        """Return that it is as high as its width asks for."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in pixels."""
        return round(self.laid_out(width / SCALE).height * SCALE) + 2

    def sizeHint(self) -> QSize:
        """Return the size of a chart of middling width."""
        return QSize(640, self.heightForWidth(640))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(SCALE, SCALE)
        for piece in self.laid_out(self.width() / SCALE).pieces:
            draw(painter, piece)
        painter.end()

    def image(self) -> QImage:
        """Return the chart with its title as a picture on white, fit for print."""
        found = lay_out(self.chart, max(self.width() / SCALE, 480.0), width_of)
        size = QSize(round(found.width + 2 * MARGIN), round(found.height + 2 * MARGIN)) * PICTURE_SCALE
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(PICTURE_SCALE, PICTURE_SCALE)
        painter.translate(MARGIN, MARGIN)
        for piece in found.pieces:
            draw(painter, piece)
        painter.end()
        return image


class ChartPart(QWidget):
    """A chart with the buttons that copy it."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        """Take the chart, in the screen's language."""
        super().__init__(parent)
        self.view = ChartView(chart, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.view)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.picture_button, self.table_button = self._button(COPY_PICTURE), self._button(COPY_TABLE)
        self.picture_button.clicked.connect(self.copy_picture)
        self.table_button.clicked.connect(self.copy_table)
        for button in (self.picture_button, self.table_button):
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)

    def copy_picture(self) -> None:
        """Put the picture on the clipboard, with the numbers for programs that take text alone."""
        both = QMimeData()
        both.setImageData(self.view.image())
        both.setText(table_text(self.view.chart))
        QGuiApplication.clipboard().setMimeData(both)

    def copy_table(self) -> None:
        """Put the numbers on the clipboard, as a spreadsheet takes them."""
        QGuiApplication.clipboard().setText(table_text(self.view.chart))

    def _button(self, label: str) -> QPushButton:
        button = QPushButton(tr(label), self)
        button.setProperty("role", "quiet")
        button.setAccessibleName(f"{tr(label)}: {self.view.chart.title}")
        return button


def width_of(text: str, size: float, bold: bool) -> float:
    """Return the width of a text on the screen, in points of the chart."""
    return QFontMetricsF(_font(size * SCALE, bold)).horizontalAdvance(text) / SCALE


def _font(pixels: float, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(max(round(pixels), 1))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # widths grow in step with the size
    return font


def draw(painter: QPainter, piece: Piece) -> None:
    """Draw one piece of a chart."""
    match piece:
        case Path(points, width, dash):
            painter.setPen(_pen(width, dash))
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))
        case Surface(points, grey, outlined):
            painter.setPen(_pen(0.6) if outlined else Qt.PenStyle.NoPen)
            painter.setBrush(QColor.fromRgbF(grey, grey, grey))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        case Spot(x, y, radius, filled):
            painter.setPen(_pen(0.9))
            painter.setBrush(Qt.GlobalColor.black if filled else Qt.GlobalColor.white)
            painter.drawEllipse(QPointF(x, y), radius, radius)
        case Writing():
            _write(painter, piece)


def _pen(width: float, dash: tuple[float, ...] = ()) -> QPen:
    pen = QPen(QColor("black"), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern([each / width for each in dash])
    return pen


def _write(painter: QPainter, piece: Writing) -> None:
    """Write with a font of its real size on the screen, so that the letters are as sharp as all others."""
    scale = painter.worldTransform().m11()
    at = painter.worldTransform().map(QPointF(piece.x, piece.y))
    font = _font(piece.size * scale, piece.bold)
    wide = QFontMetricsF(font).horizontalAdvance(piece.text)
    shift = {"centre": wide / 2, "right": wide}.get(piece.align, 0.0)
    painter.save()
    painter.resetTransform()
    painter.setFont(font)
    painter.setPen(QColor("black"))
    painter.drawText(QPointF(at.x() - shift, at.y()), piece.text)
    painter.restore()
