"""The checks of drawn pages find what they are for, and nothing on good pages."""

import io
from collections.abc import Callable, Sequence

import pytest
from copying import pdfium_pages
from drawn import problems
from hard_strings import HARD, MIXED, SENTENCE
from reportlab.lib.pagesizes import A4

from casemgr.i18n import LANGUAGES, Words
from casemgr.printing.blocks import (
    Answer,
    AnswerGrid,
    Block,
    Heading,
    Note,
    PageBreak,
    Paper,
    Signatures,
    Signer,
    TableBlock,
    Text,
    Ticks,
)
from casemgr.printing.content import Span
from casemgr.printing.document import BOTTOM, LEFT, SIGNING
from casemgr.printing.every_page import PRACTICE, FootedCanvas, banner
from casemgr.printing.face import Styles
from casemgr.printing.flowables import dotted
from casemgr.printing.fonts import BOLD, HEADING
from casemgr.printing.layout import Style, layout_paragraph
from casemgr.printing.page import draw
from casemgr.printing.text import draw_line, draw_lines

KM = Words("km", "khmer")
BODY = Style(size=10.5)
WORD = "កុមារ"
Draw = Callable[[FootedCanvas], object]


def found(*pages: Draw) -> list[str]:
    """Return the problems of these pages; each begins with two lines in which nothing is wrong."""
    target = io.BytesIO()
    canvas = FootedCanvas(target, invariant=1, lang="km")
    canvas.foot = lambda *_: None
    for page in pages:
        draw_lines(canvas, layout_paragraph(SENTENCE[:60], BODY, 460), LEFT, 780, BODY)
        draw_lines(canvas, layout_paragraph(WORD, BODY, 460), LEFT, 740, BODY)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return problems(target.getvalue())


def line(x: float, y: float, text: str = WORD, **look: object) -> Draw:
    return lambda canvas: draw_line(canvas, x, y, text, Style(**({"size": 10.5} | look)))  # type: ignore[arg-type]


def all_of(*each: Draw) -> Draw:
    return lambda canvas: [one(canvas) for one in each]


def head_of_a_table(canvas: FootedCanvas) -> None:
    canvas.setFillGray(0.93)
    canvas.rect(LEFT, 90, 485, 20, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.rect(LEFT, 90, 485, 20)
    draw_line(canvas, 100, 95, WORD, Style(size=9.5, font=BOLD))


def place_to_sign(top: float, *, role: bool = True, name: bool = True) -> Draw:
    small = Styles(khmer=True).body.size - 2
    sign = KM.text(SIGNING["signature"])
    parts = [line(100, top - 34, sign, size=small)]
    parts += [line(100, top, "កាលបរិច្ឆេទ៖"), line(100, top - 17, "មេឃុំ", bold=True)] if role else []
    parts += [line(100, top - 110, "ឈ្មោះ៖")] if name else []
    return all_of(*parts)


def nothing(_: FootedCanvas) -> None:
    """Draw no more."""


def rule(x1: float, y1: float, x2: float, y2: float, width: float = 0.5) -> Draw:
    def draw_rule(canvas: FootedCanvas) -> None:
        canvas.setLineWidth(width)
        canvas.line(x1, y1, x2, y2)

    return draw_rule


def test_a_page_without_fault_is_told_nothing_of() -> None:
    assert found(nothing) == []


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (line(40, 600), "outside the margin (left)"),
        (line(540, 600), "outside the margin (right)"),
        (line(100, BOTTOM - 12), "outside the margin (bottom)"),
        (line(100, 805), "outside the margin (top)"),
        (rule(LEFT - 5, 600, 300, 600), "outside the margin (left): a stroke"),
        (all_of(line(100, 600), line(110, 604)), "one text in another"),
        (all_of(line(100, 600, SENTENCE[:40]), line(120, 600)), "one text in another"),
        (all_of(line(100, 600, "ស្ត្រី ព្រឹត្តិ"), line(100, 608, "ស្ត្រី ព្រឹត្តិ")), "one text in another"),
        (all_of(line(100, 600), rule(105, 560, 105, 640)), "crossed by a line"),
        (all_of(line(100, 600), rule(90, 603, 200, 603)), "crossed by a line"),
        (all_of(line(100, 600), lambda canvas: dotted(canvas, 90, 300, 602)), "crossed by a line"),
        (all_of(line(100, 600), lambda canvas: canvas.rect(105, 560, 80, 80)), "crossed by a line"),
        (line(100, 600, "漢"), "a box in place of a letter: 漢"),
        (line(100, 600, "ា"), "a sign without its letter"),
        (lambda canvas: canvas.setFont("Helvetica", 9) or canvas.drawString(100, 600, "x"), "does not stand in"),
        *((line(100, 600, text), "in the middle of a word") for text in
          ("ា", "្ក", "។ ក", "៕", "៖ ក", "ៗ", ") ក", "» ក", "ក្", "ក (", "ក «", "់ក", "្រ")),
        (line(LEFT, 100, "ចំណង", font=HEADING), "a heading alone at the foot"),
        (all_of(line(LEFT, 100, "ចំណង", font=HEADING), rule(LEFT, 90, A4[0] - 50, 90, 0.6)), "a heading alone"),
        (line(LEFT, 100, "ចំណង", font=BOLD, size=11), "a heading alone at the foot"),
        (line(LEFT, 100, "សំណួរ៖", font=BOLD, size=10), "a heading alone at the foot"),
        (head_of_a_table, "the head of a table alone at the foot"),
        (place_to_sign(300, role=False), "a place to sign is torn"),
        (place_to_sign(300, name=False), "a place to sign is torn"),
    ],
)  # fmt: skip
def test_each_fault_is_told(bad: Draw, told: str) -> None:
    assert any(told in each for each in found(bad)), found(bad)


def underlined(canvas: FootedCanvas) -> None:
    draw_lines(canvas, layout_paragraph([Span("ស្ត្រី", underline=True)], BODY, 400), LEFT, 600, BODY)


@pytest.mark.parametrize(
    "good",
    [
        underlined,
        all_of(line(100, 600, "ស្ត្រី ព្រឹត្តិ"), line(100, 581.6, "ស្ត្រី ព្រឹត្តិ")),
        all_of(line(100, 600), rule(95, 560, 95, 640), rule(90, 594, 200, 594)),
        all_of(line(LEFT, 100, "ចំណង", font=HEADING), line(LEFT, 80)),
        all_of(line(LEFT, 100, "សំណួរ៖", font=BOLD, size=10), lambda canvas: dotted(canvas, 200, 400, 100)),
        all_of(head_of_a_table, line(LEFT + 4, 78)),
        place_to_sign(300),
        all_of(place_to_sign(500), place_to_sign(300)),
    ],
)
def test_what_is_right_is_not_told(good: Draw) -> None:
    assert found(good) == []


def test_a_single_line_on_a_page_is_told() -> None:
    def single(canvas: FootedCanvas) -> None:
        canvas.showPage()
        draw_line(canvas, LEFT, 700, WORD, BODY)
        banner(canvas, KM.text(PRACTICE), Styles(khmer=True))
        canvas.showPage()
        dotted(canvas, LEFT, 500, 700)

    told = found(single)
    assert told == ["page 2: nothing but one line on the page", "page 3: nothing but one line on the page"]


def test_a_single_label_with_the_other_language_beneath_it_is_one_line() -> None:
    def single(canvas: FootedCanvas) -> None:
        canvas.showPage()
        draw_line(canvas, LEFT, 700, WORD, BODY)
        draw_line(canvas, LEFT, 687, "Label", Style(size=8))

    def two(canvas: FootedCanvas) -> None:
        canvas.showPage()
        draw_line(canvas, LEFT, 700, WORD, BODY)
        draw_line(canvas, LEFT, 682, WORD, BODY)

    assert found(single) == ["page 2: nothing but one line on the page"]
    assert found(two) == []


def test_signatures_over_two_pages_are_told() -> None:
    target = io.BytesIO()
    canvas = FootedCanvas(target, invariant=1, lang="km")
    canvas.foot = lambda *_: None
    for top in (190, 780):
        draw_line(canvas, LEFT, 700 if top == 190 else 400, WORD, BODY)
        place_to_sign(top)(canvas)
        canvas.showPage()
    canvas.save()
    assert problems(target.getvalue()) == ["page 1: those who sign are parted from others on the next page"]


SIGNERS = [Signer(f"តំណែង {n}", thumbprint=n % 2 == 0, seal=n == 3) for n in range(1, 7)]
ROWS = [[f"ឈ្មោះទី {n}", "ស្រី", f"{n},000", SENTENCE if n % 7 == 0 else "សិស្ស"] for n in range(1, 40)]
GOOD: Sequence[Block] = (
    Heading("១", "អត្តសញ្ញាណកុមារ"), Note(SENTENCE), AnswerGrid([Answer(f"សំណួរ {n}", WORD) for n in range(9)]),
    Answer("អាសយដ្ឋាន", None), Ticks("រស់នៅជាមួយ", [(f"ជម្រើស {n}", n == 2) for n in range(14)]),
    Heading("១.១", "សាច់រឿង", 2), Answer("តើមានអ្វីកើតឡើង?", " ".join([SENTENCE] * 6)),
    Text([SENTENCE, Span(MIXED, bold=True, underline=True)]), Text(" ".join(HARD)),
    TableBlock(["ឈ្មោះ", "ភេទ", "លេខ", "មុខរបរ"], ROWS, [3, 1, 1, 4], blank_rows=2), Signatures(SIGNERS),
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("marks", [{}, {"practice": True, "draft": True}], ids=["plain", "marked"])
def test_a_paper_of_every_block_is_told_nothing_of(language: str, marks: dict[str, bool]) -> None:
    paper = Paper("trial", "1", "សាកល្បង", "អង្គការ", "SR-2026-0001", GOOD, made="ធ្វើនៅ", **marks)  # type: ignore[arg-type]
    assert problems(draw(paper, Words(language))) == []


@pytest.mark.each_once
@pytest.mark.parametrize(
    "last",
    [
        Text("ចប់"), Text("កុមារ " * 24), Note("ចប់"), Answer("សំណួរ", None), Ticks("សំណួរ", [("បាទ", False)]),
        AnswerGrid([Answer(f"ស {n}", None) for n in range(12)]), Answer("សំណួរវែង", None, lines=6),
    ],
    ids=lambda block: type(block).__name__,
)  # fmt: skip
@pytest.mark.parametrize("before", ["answer", "lines", "table", "heading"])
def test_no_single_line_is_left_for_the_last_page(last: Block, before: str) -> None:
    """Whatever room is left on the page, and whatever stands before: here from none to all of the last page."""
    middle: Sequence[Block] = {
        "answer": [Answer("ខ", WORD)], "lines": [Answer("ខ", None, lines=9)], "heading": [Heading("", "ក្បាល")],
        "table": [TableBlock(["ក", "ខ"], [["១", WORD]] * 8)],
    }[before]  # fmt: skip
    for lines in range(20, 33):
        blocks = [Answer("ក", None, lines=lines), *middle, last, PageBreak(), Text(SENTENCE)]
        paper = Paper("trial", "1", "សាកល្បង", "អង្គការ", "", blocks, head=False)
        assert problems(draw(paper, KM)) == [], lines


@pytest.mark.parametrize(("lines", "pages"), [(2, 2), (9, 3)])
def test_a_part_begins_below_the_end_of_the_one_before_where_that_fills_little(lines: int, pages: int) -> None:
    end = Answer("ក", None, lines=lines)
    blocks = [Text(SENTENCE), PageBreak(), end, PageBreak(0.25), Heading("", "ក្បាល"), Text(SENTENCE)]
    paper = Paper("trial", "1", "សាកល្បង", "អង្គការ", "", blocks, head=False)
    assert len(pdfium_pages(draw(paper, KM))) == pages
