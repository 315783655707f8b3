"""Breaking paragraphs into lines, and splitting them over pages."""

import pytest
from hard_strings import HARD, MIXED, SENTENCE

from casemgr.khmer.breaks import NEVER_FIRST, NEVER_LAST
from casemgr.printing.content import Content, Span, clean, plain
from casemgr.printing.layout import Style, layout_paragraph, text_width
from casemgr.printing.text import Paragraph

LONG = f"{SENTENCE} {MIXED} {' '.join(text for text in HARD if text[0] != '។')}"
STYLED: Content = ["(", Span(SENTENCE, bold=True), ") ", Span(MIXED, underline=True)]


@pytest.mark.parametrize("width", [30, 60, 160, 300])
@pytest.mark.parametrize("content", [LONG, STYLED], ids=["plain", "styled"])
def test_lines_fit_and_neither_begin_nor_end_wrongly(content: Content, width: int) -> None:
    lines = layout_paragraph(content, Style(size=10, align="justify"), width)
    assert "".join(line.text for line in lines) == plain(content)
    widest_letter = 30.0
    for line in lines:
        assert line.width <= max(width, widest_letter) + 0.01
    for line in lines[1:]:
        assert line.text[0] not in NEVER_FIRST
        assert not line.text[0].isspace()
    for line in lines[:-1]:
        assert line.text.rstrip(" ")[-1] not in NEVER_LAST


def test_justified_lines_end_at_the_margin_except_the_last() -> None:
    lines = layout_paragraph(SENTENCE, Style(size=10, align="justify"), 240)
    assert len(lines) > 3
    for line in lines[:-1]:
        assert line.width == pytest.approx(240, abs=0.01)
    assert lines[-1].width < 240


def test_spaces_stretch_four_times_as_much_as_word_boundaries() -> None:
    line = layout_paragraph(SENTENCE, Style(size=10, align="justify"), 240)[0]
    gaps = {(piece.run.text.endswith(" "), round(piece.gap, 4)) for piece in line.pieces[:-1]}
    (wide,) = {gap for space, gap in gaps if space}
    (narrow,) = {gap for space, gap in gaps if not space}
    assert wide == pytest.approx(4 * narrow, abs=0.001)


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("centre", 0.5), ("right", 1.0)])
def test_alignment(align: str, share: float) -> None:
    style = Style(size=10, align=align)  # type: ignore[arg-type]
    line = layout_paragraph("ស្ត្រី", style, 200)[0]
    assert line.pieces[0].x == pytest.approx(share * (200 - text_width("ស្ត្រី", style)))


def test_indents_and_newlines() -> None:
    style = Style(size=10, indent=20, first_indent=15)
    lines = layout_paragraph(f"{SENTENCE}\nចុង", style, 240)
    assert [line.pieces[0].x for line in lines[:2]] == [35, 20]
    assert lines[-1].text == "ចុង"
    assert lines[-1].pieces[0].x == 20


def test_blank_text_has_one_empty_line() -> None:
    assert [line.text for line in layout_paragraph("  ", Style(), 100)] == [""]
    assert [line.text for line in layout_paragraph(["", Span(" ", bold=True)], Style(), 100)] == [""]


def test_cleaning_keeps_no_break_spaces_and_newlines() -> None:
    assert clean(" a  b\t c \n  d\u00a0\u00a0e ") == "a b c\nd\u00a0\u00a0e"
    parts = ["a ", Span(" b\t", bold=True), "\n ", Span("c", underline=True), "  "]
    assert plain(parts) == "a b\nc"
    assert "".join(line.text for line in layout_paragraph(parts, Style(), 300)) == "a bc"


def test_a_split_paragraph_loses_nothing_and_leaves_no_single_line() -> None:
    paragraph = Paragraph(LONG, Style(size=10, align="justify"))
    _, height = paragraph.wrap(300, 1000)
    total = round(height / paragraph.look.line_height)
    for room in range(0, int(height), 7):
        parts = paragraph.split(300, room)
        if not parts:
            assert room < 2 * paragraph.look.line_height
            continue
        first, rest = parts
        assert isinstance(first, Paragraph)
        assert isinstance(rest, Paragraph)
        assert first.wrap(300, room)[1] <= room
        assert len(rest.lines or []) >= 2
        assert len(first.lines or []) + len(rest.lines or []) == total
        assert "".join(line.text for line in [*(first.lines or []), *(rest.lines or [])]) == clean(LONG)


def test_errors_of_the_page_do_not_name_persons() -> None:
    assert "សុខ" not in repr(Paragraph("សុខ ដារ៉ា"))
    assert "សុខ" not in Paragraph("សុខ ដារ៉ា").identity()
