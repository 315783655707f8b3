"""A chart on the screen: the numbers of the paper, read aloud, and copied as a picture and as a table."""

from uuid import uuid4

import pytest
from looking import dressed  # noqa: F401  (the program in its clothes)
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QAccessible, QGuiApplication, QImage

from casemgr.i18n import LANGUAGES, Words
from casemgr.measures.chart_kinds import curve_chart, lengths_chart, stages_chart
from casemgr.measures.chart_layout import Path, Surface, Writing
from casemgr.measures.charts import Bar, Line, Stroke, table_text
from casemgr.measures.cohort import LEVELS
from casemgr.measures.indicators.values import Length
from casemgr.measures.survival import Observation, kaplan_meier
from casemgr.records.case import ProcessStage
from ui.parts.chart import SCALE, ChartPart, ChartView, width_of
from ui.words import set_words

STAGES = ((ProcessStage.PROSECUTOR, 8), (ProcessStage.CONDITIONAL_RELEASE, 3), (None, 1))
TWELVE = ((30, 1), (45, 0), (90, 1), (90, 0), (120, 0), (150, 1), (180, 0), (200, 1), (365, 0), (365, 1), (400, 0),
          (400, 0))  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def charts(request):
    words = Words(request.param, "khmer" if request.param == "km" else "western")
    set_words(words)
    curve = kaplan_meier(Observation(day, bool(event)) for day, event in TWELVE * 3)
    lengths = [Length(uuid4(), days, running) for days, running in ((3, False), (40, False), (45, True), (260, False))]
    return [curve_chart(curve, LEVELS[0], words), lengths_chart(lengths, words), stages_chart(STAGES, words)]


@pytest.mark.parametrize("width", [430, 640, 1100])
def test_nothing_is_drawn_outside_and_the_height_is_what_is_needed(qtbot, charts, width):
    for chart in charts:
        view = ChartView(chart)
        qtbot.addWidget(view)
        view.resize(width, view.heightForWidth(width))
        laid_out = view.laid_out(width / SCALE)
        assert view.height() >= laid_out.height * SCALE
        for piece in laid_out.pieces:
            if isinstance(piece, Writing):
                wide = width_of(piece.text, piece.size, piece.bold)
                left = piece.x - {"centre": wide / 2, "right": wide}.get(piece.align, 0.0)
                assert -3 <= left <= left + wide <= laid_out.width + 3, piece


def test_the_picture_shows_the_bars_and_the_curve_where_their_numbers_are(qtbot, charts):
    curve, _, stages = charts
    for chart in (curve, stages):
        view = ChartView(chart)
        qtbot.addWidget(view)
        view.resize(700, view.heightForWidth(700))
        image = view.grab().toImage()
        box = view.laid_out(700 / SCALE).box
        for mark in chart.marks:
            if isinstance(mark, Bar):
                inside = box.place(((mark.low[0] + mark.high[0]) / 2, (mark.low[1] + mark.high[1]) / 2))
                beyond = box.place((mark.high[0] + 0.12, (mark.low[1] + mark.high[1]) / 2))
                assert _grey(image, inside) < 200
                assert _grey(image, beyond) > 200
            elif isinstance(mark, Line) and mark.stroke is Stroke.SOLID:
                (left, y), (right, _) = mark.points[-3], mark.points[-2]
                assert _grey(image, box.place(((left + right) / 2, y))) < 90


def _grey(image, at):
    point = QPointF(*at) * SCALE
    return min(image.pixelColor(round(point.x()), round(point.y()) + shift).lightness() for shift in (-1, 0, 1))


def test_all_strokes_and_surfaces_are_without_colour(qtbot, charts):
    for chart in charts:
        view = ChartView(chart)
        qtbot.addWidget(view)
        image = view.image().convertToFormat(QImage.Format.Format_RGB32)
        step = 7
        for x in range(0, image.width(), step):
            for y in range(0, image.height(), step):
                colour = image.pixelColor(x, y)
                assert colour.red() == colour.green() == colour.blue()
        assert any(isinstance(piece, Path | Surface) for piece in view.laid_out(500).pieces)


def test_picture_and_numbers_are_copied(qtbot, charts):
    for chart in charts:
        part = ChartPart(chart)
        qtbot.addWidget(part)
        part.resize(700, 400)
        part.picture_button.click()
        copied = QGuiApplication.clipboard().mimeData()
        assert copied.hasImage()
        assert QGuiApplication.clipboard().image().size().width() > QSize(1200, 0).width()
        part.table_button.click()
        text = QGuiApplication.clipboard().text()
        assert text == table_text(chart)
        lines = text.splitlines()
        assert lines[0] == chart.title
        assert [line.split("\t") for line in lines[2:]] == [list(row) for row in chart.rows]


def test_a_screen_reader_hears_the_numbers(qtbot, charts):
    for chart in charts:
        view = ChartView(chart)
        qtbot.addWidget(view)
        face = QAccessible.queryAccessibleInterface(view)
        assert face.text(QAccessible.Text.Name) == chart.title
        assert all(cell in face.text(QAccessible.Text.Description) for row in chart.rows for cell in row)
