"""What is laid out, and what the file holds, against HarfBuzz and against the font's own outlines."""

import re
from itertools import pairwise

import pypdfium2
import pytest
import uharfbuzz as hb
from copying import pdf_of
from hard_strings import HARD, MIXED, SENTENCE
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from casemgr import assets
from casemgr.printing.content import Span
from casemgr.printing.fonts import BOLD, HEADING, NAMES, REGULAR, paper_font
from casemgr.printing.layout import Line, Style, layout_paragraph
from casemgr.printing.outline import trace
from casemgr.printing.shaping import scripts
from casemgr.printing.text import draw_lines

SIZE = 20.48  # makes a unit of these fonts a hundredth of a point


def harfbuzz(name: str, text: str) -> list[tuple[int, float, float]]:
    """Shape the whole text, script by script, with HarfBuzz alone: (glyph, x, y) in points at SIZE."""
    face = hb.Face(hb.Blob.from_file_path(str(assets.font(f"{name}.ttf"))))
    font, x = hb.Font(face), 0
    placed = []
    for script, start, stop in scripts(text):
        buffer = hb.Buffer()
        buffer.add_str(text[start:stop])
        buffer.direction, buffer.script, buffer.language = "ltr", script, "km" if script == "Khmr" else "en"
        hb.shape(font, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            placed.append((info.codepoint, (x + place.x_offset) / 100, place.y_offset / 100))
            x += place.x_advance
    return placed


def test_there_are_enough_hard_strings() -> None:
    assert len(set(HARD)) >= 70


@pytest.mark.parametrize("name", NAMES)
def test_layout_equals_harfbuzz(name: str) -> None:
    for text in (*HARD, SENTENCE, MIXED):
        lines = layout_paragraph(text, Style(size=SIZE, font=name), 1e6)
        assert len(lines) == 1
        ours = list(lines[0].glyphs(SIZE))
        expected = harfbuzz(name, text)
        assert [glyph.number for glyph in ours] == [glyph for glyph, _, _ in expected], text
        for glyph, (_, x, y) in zip(ours, expected, strict=True):
            assert glyph.font == name
            assert (glyph.x, glyph.y) == pytest.approx((x, y), abs=1e-6), text


@pytest.mark.parametrize("name", NAMES)
def test_no_hard_string_needs_a_missing_glyph(name: str) -> None:
    for text in HARD:
        assert all(glyph.number for line in layout_paragraph(text, Style(font=name), 1e6) for glyph in line.glyphs(1))


def shown(data: bytes) -> list[tuple[str, int, float, float]]:
    """Read an uncompressed file: every glyph named in text operators with the place where the file puts it."""
    source = data.decode("latin-1")
    objects = dict(re.findall(r"\n(\d+) 0 obj\n(.*?)endobj", source, re.DOTALL))
    fonts, widths = {}, {}
    for name, number in re.findall(r"/(P\d+) (\d+) 0 R", source):
        fonts[name] = re.search(r"/BaseFont /(\S+)", objects[number])[1]
    for body in objects.values():
        if "/CIDFontType2" in body:
            base = re.search(r"/BaseFont /(\S+)", body)[1]
            widths[base] = {int(g): float(w) for g, w in re.findall(r"(\d+) \[\s*([\d.]+)\s*\]", body)}
    found = []
    x = y = size = pen = 0.0
    base = ""
    token = re.compile(r"/(P\d+) ([\d.]+) Tf|(-?[\d.]+) (-?[\d.]+) Td|\[([^\]]*)\]TJ|(\bBT\b)")
    for match in token.finditer(source):
        if match[6]:
            x = y = 0.0
        elif match[1]:
            base, size = fonts[match[1]], float(match[2])
        elif match[3]:
            x, y = x + float(match[3]), y + float(match[4])
            pen = x
        else:
            for codes, number in re.findall(r"<([0-9A-F]+)>|(-?[\d.]+)", match[5]):
                if number:
                    pen -= float(number) * size / 1000
                for i in range(0, len(codes), 4):
                    glyph = int(codes[i : i + 4], 16)
                    found.append((base.partition("+")[2], glyph, pen, y))
                    pen += widths[base][glyph] * size / 1000
    return found


def test_the_file_holds_the_same_glyphs_at_the_same_places() -> None:
    style = Style(size=11, align="justify")
    spans = ["កុមារ", Span("មានទំនាស់", bold=True), "នឹងច្បាប់ ", Span(MIXED, font=HEADING), " ", SENTENCE]
    lines = layout_paragraph(spans, style, 230)
    data = pdf_of(lambda canvas: draw_lines(canvas, lines, 50, 800, style))
    expected = []
    for number, line in enumerate(lines):
        baseline = 800 - style.baseline - number * style.line_height
        expected += [(g.font, g.number, 50 + g.x, baseline + g.y) for g in line.glyphs(style.size)]
    fillers = {paper_font(name).no_width for name in NAMES}
    ours = [glyph for glyph in shown(data) if glyph[1] not in fillers]
    assert len(lines) > 5
    assert {font for font, *_ in ours} == {REGULAR, BOLD, HEADING}
    assert [glyph[:2] for glyph in ours] == [glyph[:2] for glyph in expected]
    for (_, _, x, y), (_, _, right_x, right_y) in zip(ours, expected, strict=True):
        assert (x, y) == pytest.approx((right_x, right_y), abs=0.01)


def picture(data: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[0].render(scale=600 / 72, crop=(40, 640, 300, 20), grayscale=True).to_pil()
    finally:
        document.close()


@pytest.mark.parametrize("name", NAMES)
def test_printed_text_looks_like_the_outlines_of_the_font(name: str) -> None:
    style = Style(size=24, font=name)
    text = "ព្រះរាជា កម្ពុជា ស្ត្រី ញ្ញា é"
    lines = layout_paragraph(text, style, 1e6)

    def outlines(canvas: Canvas) -> None:
        path = canvas.beginPath()
        trace(text, style, path, 50, 780 - style.baseline)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=1)

    printed = picture(pdf_of(lambda canvas: draw_lines(canvas, lines, 50, 780, style)))
    drawn = picture(pdf_of(outlines))
    ink = sum(255 - value for value in drawn.resize((200, 100)).tobytes())
    assert ink > 20000
    difference = ImageChops.difference(printed, drawn).resize((200, 100), Image.Resampling.BOX)
    assert sum(difference.tobytes()) < ink / 50


def test_bold_inside_a_word_or_a_letter_shapes_both_parts() -> None:
    whole = layout_paragraph("កម្ពុជា", Style(), 500)[0]
    for cut in range(1, len("កម្ពុជា")):
        spans = ["កម្ពុជា"[:cut], Span("កម្ពុជា"[cut:], bold=True, underline=True)]
        line = layout_paragraph(spans, Style(), 500)[0]
        assert line.text == "កម្ពុជា"
        assert [g.number for g in line.glyphs(11)] == [
            g.number for g in whole.glyphs(11)
        ]  # same numbers in both weights
        edges = [piece.run.text for piece in line.pieces]
        assert edges in (["កម្ពុជា"], ["ក", "ម្ពុជា"], ["កម្ពុ", "ជា"])


def overlap(line: Line) -> bool:
    return any(left.x > right.x + 1e-6 for left, right in pairwise(line.pieces))


def test_pieces_never_run_backwards() -> None:
    for width in (60, 160, 400):
        for line in layout_paragraph([MIXED, Span(SENTENCE, bold=True)], Style(align="justify"), width):
            assert not overlap(line)
