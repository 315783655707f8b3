"""Charts: every mark stands where its number says, nothing sticks out, and the page gives back what is written."""

import re
from datetime import date
from uuid import UUID, uuid4

import pypdfium2
import pytest

from casemgr.i18n import LANGUAGES, Words
from casemgr.measures.chart_kinds import (
    MONTH,
    bins_of,
    curve_chart,
    lengths_chart,
    spread_chart,
    stages_chart,
    windows_chart,
)
from casemgr.measures.chart_layout import Path, Spot, Surface, Writing, lay_out
from casemgr.measures.charts import Bar, Chart, Dot, Fill, Label, Line, Stroke, table_text
from casemgr.measures.cohort import LEVELS, Member, NewContact
from casemgr.measures.cohort_tables import COHORT_GROUPINGS
from casemgr.measures.group_curves import group_curves_chart
from casemgr.measures.index_events import IndexEvent, IndexKind
from casemgr.measures.indicators.rows import Rows
from casemgr.measures.indicators.values import Length, Period, spread
from casemgr.measures.reoffending import WINDOWS, fixed_window
from casemgr.measures.survival import Observation, kaplan_meier
from casemgr.printing.blocks import Paper, Picture, as_text
from casemgr.printing.chart_drawing import width_of
from casemgr.printing.document import BOTTOM, LEFT, RIGHT, WIDTH
from casemgr.printing.page import draw
from casemgr.records.case import ProcessStage
from casemgr.records.pathway.reintegration_answers import SupportKind

R1 = LEVELS[0]
EN = Words("en")
TWELVE = ((30, 1), (45, 0), (90, 1), (90, 0), (120, 0), (150, 1), (180, 0), (200, 1), (365, 0), (365, 1), (400, 0),
          (400, 0))  # fmt: skip
CURVE = kaplan_meier(Observation(day, bool(event)) for day, event in TWELVE * 3)
GROUPS = [(kind, kaplan_meier(Observation(day, bool(event)) for day, event in TWELVE * (number % 6)))
          for number, kind in enumerate(SupportKind)]  # fmt: skip
(SUPPORTS,) = (grouping for grouping in COHORT_GROUPINGS if grouping.key == "support")
LENGTHS = [Length(uuid4(), days, running) for days, running in ((3, False), (40, False), (45, True), (100, False),
                                                                (260, False), (None, False))]  # fmt: skip
STAGES = ((ProcessStage.PROSECUTOR, 8), (ProcessStage.CONDITIONAL_RELEASE, 3), (ProcessStage.TRIAL, None), (None, 1))
A4_WIDTH = 595.3


def members() -> list[Member]:
    since = IndexEvent(UUID(int=1), UUID(int=2), UUID(int=3), IndexKind.RELEASE, date(2024, 1, 1))
    again = NewContact(R1, date(2024, 3, 1), None, date(2024, 3, 1))
    return [
        *(Member(since, (again,), date(2024, 3, 1)) for _ in range(6)),
        *(Member(since, (), date(2027, 6, 1)) for _ in range(14)),
        *(Member(since, (), date(2024, 2, 1)) for _ in range(5)),
    ]


def charts(words: Words) -> list[Chart]:
    found = [fixed_window(members(), window, R1, date(2027, 12, 31)) for window in WINDOWS]
    value = spread(lambda _rows, _period: LENGTHS)(Rows(), Period(date(2026, 1, 1), date(2026, 12, 31)))
    made = (curve_chart(CURVE, R1, words), windows_chart(found, R1, words), lengths_chart(LENGTHS, words),
            spread_chart(value, words), group_curves_chart(GROUPS, SUPPORTS, R1, words),
            stages_chart(STAGES, words))  # fmt: skip
    assert all(made)
    return [chart for chart in made if chart is not None]


def words_of(language: str) -> Words:
    return Words(language, "khmer" if language == "km" else "western")


def test_the_curve_rises_where_its_steps_say() -> None:
    chart = curve_chart(CURVE, R1, EN)
    assert chart is not None
    until = CURVE.shown_until
    assert until == 400
    (line,) = (mark for mark in chart.marks if isinstance(mark, Line) and mark.stroke is Stroke.SOLID)
    rises = {
        (round(x * until), round(y, 6))
        for (x, y), (_, below) in zip(line.points[1:], line.points, strict=False)
        if y > below
    }
    assert rises == {(step.day, round(step.cumulative, 6)) for step in CURVE.shown}
    assert line.points[0] == (0.0, 0.0)
    assert line.points[-1][0] == 1.0


def test_numbers_at_risk_stand_below_the_months_they_are_of() -> None:
    chart = curve_chart(CURVE, R1, EN)
    assert chart is not None
    (under,) = chart.under
    assert [tick.at for tick in under[1]] == [tick.at for tick in chart.x_ticks]
    assert [tick.label for tick in under[1]] == [
        str(CURVE.at_risk(int(tick.label) * MONTH)) for tick in chart.x_ticks
    ]  # fmt: skip
    assert all(int(tick.label) >= 5 for tick in under[1])


def test_below_ten_children_there_is_no_curve() -> None:
    assert curve_chart(kaplan_meier(Observation(day, True) for day in range(10, 100, 10)), R1, EN) is None
    assert curve_chart(kaplan_meier([]), R1, EN) is None


def test_a_window_stands_at_its_rate_with_its_bounds_as_empty_dots() -> None:
    found = fixed_window(members(), WINDOWS[0], R1, date(2027, 12, 31))
    chart = windows_chart([found, None], R1, EN)
    assert chart is not None
    assert len(chart.y_ticks) == 1
    dots = {(round(mark.at[0], 6), mark.filled) for mark in chart.marks if isinstance(mark, Dot)}
    assert dots == {(0.3, True), (6 / 25, False), (11 / 25, False)}
    assert windows_chart([None], R1, EN) is None


def test_every_length_is_in_one_bin_and_bars_are_as_high_as_their_counts() -> None:
    bins = bins_of(LENGTHS)
    assert sum(each.ended for each in bins) == 4
    assert sum(each.running for each in bins) == 1
    assert [each.first for each in bins] == list(range(0, 270, 30))
    chart = lengths_chart(LENGTHS, EN)
    assert chart is not None
    end, top = 270, float(chart.y_ticks[-1].label)
    for mark in chart.marks:
        if isinstance(mark, Bar):
            (hit,) = (each for each in bins if each.first / end < mark.low[0] < (each.first + each.days) / end)
            count = hit.running if mark.fill is Fill.HATCHED else hit.ended
            assert mark.high[1] - mark.low[1] == pytest.approx(count / top)
    (median,) = (mark for mark in chart.marks if isinstance(mark, Line) and mark.stroke is Stroke.DASHED)
    assert median.points[0][0] * end == pytest.approx(70)
    assert lengths_chart([LENGTHS[-1]], EN) is None


def test_a_number_that_is_left_out_has_a_dash_and_no_bar() -> None:
    chart = stages_chart(STAGES, EN)
    assert chart is not None
    assert [mark.text for mark in chart.marks if isinstance(mark, Label)] == ["8", "3", "–", "1"]
    bars = [mark for mark in chart.marks if isinstance(mark, Bar)]
    assert [round(bar.high[0] / bars[-1].high[0]) for bar in bars] == [8, 3, 1]
    assert stages_chart((), EN) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320.0, WIDTH, 700.0])
def test_nothing_stands_outside_the_picture(language: str, width: float) -> None:
    for chart in charts(words_of(language)):
        laid_out = lay_out(chart, width, width_of)
        for piece in laid_out.pieces:
            match piece:
                case Writing(x, y, text, size, align, bold):
                    wide = width_of(text, size, bold)
                    left = x - {"centre": wide / 2, "right": wide}.get(align, 0.0)
                    corners = ((left, y - size), (left + wide, y + 0.4 * size))
                case Spot(x, y, radius, _):
                    corners = ((x - radius, y - radius), (x + radius, y + radius))
                case Path(points) | Surface(points):
                    corners = points
            for x, y in corners:
                assert -3 <= x <= width + 3, (chart.title, piece)
                assert 0 <= y <= laid_out.height, (chart.title, piece)


def test_hatching_stays_within_its_bar() -> None:
    chart = lengths_chart([Length(uuid4(), 5, running=True)] * 5, EN)
    assert chart is not None
    (bar,) = (mark for mark in chart.marks if isinstance(mark, Bar))
    laid_out = lay_out(chart, 400, width_of)
    (left, bottom), (right, top) = laid_out.box.place(bar.low), laid_out.box.place(bar.high)
    strokes = [
        piece for piece in laid_out.pieces if isinstance(piece, Path) and piece.width == 0.4
        and piece.points[0][1] > laid_out.box.top
    ]  # fmt: skip
    assert len(strokes) > 5
    for stroke in strokes:
        assert all(left - 0.01 <= x <= right + 0.01 and top - 0.01 <= y <= bottom + 0.01 for x, y in stroke.points)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_gives_back_what_stands_in_the_picture(language: str) -> None:
    words = words_of(language)
    for chart in charts(words):
        paper = Paper("chart", "1", "T", "O", "", (Picture(chart),), head=False)
        with pypdfium2.PdfDocument(draw(paper, words)) as document:
            assert len(document) == 1
            copied = document[0].get_textpage().get_text_range()
            for found in document[0].get_objects(max_depth=1):
                left, bottom, right, _ = found.get_bounds()
                assert LEFT - 6 <= left <= right <= A4_WIDTH - RIGHT + 6
                assert bottom >= BOTTOM - 40
        written = _bare(copied)
        labels = [tick.label for tick in (*chart.x_ticks, *chart.y_ticks)]
        labels += [mark.text for mark in chart.marks if isinstance(mark, Label)]
        for label in (chart.title, chart.x_title, *chart.notes, *labels, *(key.text for key in chart.key)):
            assert all(_bare(word) in written for word in label.split()), label


def _bare(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060\ufffe]+", "", text)


def test_a_picture_says_its_numbers_where_it_cannot_be_seen() -> None:
    chart = charts(EN)[-1]
    said = as_text(Paper("chart", "1", "T", "O", "", (Picture(chart),)))
    assert "[Where the open cases are]" in said
    assert "[At the prosecutor | 8]" in said
    assert "[Trial | –]" in said
    assert table_text(chart).splitlines()[2] == "At the prosecutor\t8"


def test_a_picture_is_drawn_without_colour() -> None:
    data = draw(Paper("chart", "1", "T", "O", "", tuple(Picture(chart) for chart in charts(EN)), head=False), EN)
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            image = page.render(scale=1).to_pil().convert("RGB")
            assert all(max(pixel) - min(pixel) <= 2 for _, pixel in image.getcolors(1 << 20) or ())
