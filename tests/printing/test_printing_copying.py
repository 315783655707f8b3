"""Copied text is the written text, to the last space, in both engines."""

from collections.abc import Callable

import pytest
from copying import ENGINES, pdf_of
from hard_strings import HARD, MIXED, SENTENCE
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from casemgr.printing.content import Content, Span, plain
from casemgr.printing.fonts import HEADING
from casemgr.printing.layout import Align, Style, layout_paragraph
from casemgr.printing.text import Paragraph, draw_line, draw_lines

PARAGRAPHS: tuple[Content, ...] = (
    SENTENCE,
    MIXED,
    ["កុមារ", Span("មានទំនាស់", bold=True, underline=True), "នឹងច្បាប់ ក", Span("ម្ពុជា ប្រទេស", bold=True), "របស់យើង and ",
     Span("bo", bold=True), "ld ", Span("ស្ត្រី ខ្ញុំ", underline=True, font=HEADING), " ញ្ញា"],
    "សេចក្តី\u200bសង្ខេប\u2060ចុង ក។",
    "  double  spaces\tand tabs  ",
    " ".join(HARD),
)  # fmt: skip


@pytest.fixture(params=ENGINES, scope="module")
def pages(request: pytest.FixtureRequest) -> Callable[[bytes], list[str]]:
    return ENGINES[request.param]


@pytest.mark.parametrize("align", ["left", "centre", "right", "justify"])
@pytest.mark.parametrize("width", [60, 160, 470])
def test_paragraphs(pages: Callable[[bytes], list[str]], align: Align, width: int) -> None:
    style = Style(size=4 if width == 60 else 10, align=align)

    def draw(canvas: Canvas) -> None:
        for content in PARAGRAPHS:
            draw_lines(canvas, layout_paragraph(content, style, width), 50, 820, style)
            canvas.showPage()

    got = pages(pdf_of(draw))
    assert [page.replace("\n", "") for page in got[: len(PARAGRAPHS)]] == [plain(content) for content in PARAGRAPHS]


def test_every_hard_string_alone(pages: Callable[[bytes], list[str]]) -> None:
    def draw(canvas: Canvas) -> None:
        for text in HARD:
            draw_line(canvas, 50, 700, text, Style(size=14))
            canvas.showPage()

    assert [page.replace("\n", "") for page in pages(pdf_of(draw))[: len(HARD)]] == list(HARD)


def test_cells_heads_and_feet(pages: Callable[[bytes], list[str]]) -> None:
    def draw(canvas: Canvas) -> None:
        draw_line(canvas, 300, 810, HARD[0], Style(size=12, font=HEADING), "centre")
        cells = [[Paragraph(SENTENCE, Style(size=9)), ""], ["", Paragraph(MIXED, Style(size=9, align="justify"))]]
        table = Table(cells, colWidths=[160, 200])
        table.wrapOn(canvas, 400, 700)
        table.drawOn(canvas, 50, 300)
        draw_line(canvas, 545, 40, "ទំព័រ ១ នៃ ២", Style(size=8), "right")

    expected = HARD[0] + SENTENCE + MIXED + "ទំព័រ ១ នៃ ២"
    assert pages(pdf_of(draw))[0].replace("\n", "") == expected


def test_lines_keep_the_space_they_end_at(pages: Callable[[bytes], list[str]]) -> None:
    text = "alpha beta gamma delta"
    style = Style(size=10, align="justify")
    lines = layout_paragraph(text, style, 70)
    got = pages(pdf_of(lambda canvas: draw_lines(canvas, lines, 50, 800, style)))[0].splitlines()
    assert [line.text for line in lines] == [line for line in got if line]
    assert len(lines) > 1
    assert lines[0].text.endswith(" ")
