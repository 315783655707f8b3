"""The leaflet for the child: its golden texts, its drawings, and that it promises nothing of the law."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import replace

import pypdfium2
import pytest
from copying import pdf_of, pdfium_pages
from sample_case import OFFICE, Kept, sample_case, wanted, words_in

from casemgr.printing.blocks import Cards, Drawn, Faces, Framed, Paper, as_text
from casemgr.printing.document import BOTTOM, LEFT, RIGHT
from casemgr.printing.drawings.named import DRAWINGS, Drawing
from casemgr.printing.drawings.pen import draw_drawing
from casemgr.printing.drawings.shapes import placed, shape
from casemgr.printing.forms import rights_leaflet
from casemgr.printing.page import draw

A4_WIDTH = 595.3
CASE = "SR-2026-0001"
PRACTICE = replace(OFFICE, practice=True)


def simple(language: str, file: Kept | None = None) -> Paper:
    return rights_leaflet.compose_simple(replace(wanted(language, file or sample_case()), office=PRACTICE))


def pictures(language: str, file: Kept | None = None) -> Paper:
    return rights_leaflet.compose_pictures(replace(wanted(language, file or sample_case()), office=PRACTICE))


PAPERS = {
    "rights-leaflet-filled": simple,
    "rights-leaflet-blank": lambda language: rights_leaflet.compose_simple(wanted(language)),
    "rights-leaflet-pictures-filled": pictures,
    "rights-leaflet-pictures-blank": lambda language: rights_leaflet.compose_pictures(wanted(language)),
}


def texts_on(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float, float]]:
    """Yield bounds and size of each stretch of text, without the foot, which is a drawing of its own."""
    for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
        size = ctypes.c_float()
        pypdfium2.raw.FPDFTextObj_GetFontSize(found.raw, size)
        yield (*found.get_bounds(), size.value)


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("name", PAPERS)
def test_nothing_sticks_out_of_the_pages_and_all_type_is_large(name: str, language: str) -> None:
    paper = PAPERS[name](language)
    with pypdfium2.PdfDocument(draw(paper, words_in(language))) as document:
        for page in document:
            for left, bottom, right, top, size in texts_on(page):
                assert LEFT - 2 <= left <= right <= A4_WIDTH - RIGHT + 2
                assert bottom >= BOTTOM - 2
                assert size >= 16 or (paper.practice and top > 780), size
            for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=1):
                left, _, right, _ = found.get_bounds()
                assert LEFT - 3 <= left <= right <= A4_WIDTH - RIGHT + 3


@pytest.mark.parametrize("name", PAPERS)
def test_a_leaflet_fills_two_sheets_printed_on_both_sides(name: str) -> None:
    assert len(pdfium_pages(draw(PAPERS[name]("en"), words_in("en")))) == 4


@pytest.mark.parametrize("language", ["km", "en"])
def test_each_page_of_pictures_holds_its_six_and_the_box_to_call_is_never_parted(language: str) -> None:
    paper = pictures(language)
    pages = [page.replace("\n", " ") for page in pdfium_pages(draw(paper, words_in(language)))]
    cards = [block for block in paper.blocks if isinstance(block, Cards)]
    assert len(pages) == len(cards) + 1
    assert [len(block.cards) for block in cards] == [6, 6, 6]
    for made in (paper, simple(language)):
        pages = pdfium_pages(draw(made, words_in(language)))
        assert any("012 555 099" in page and "063 555 000" in page for page in pages)


def test_under_each_picture_stand_three_to_six_words() -> None:
    said = [text for block in pictures("en").blocks if isinstance(block, Cards) for _, text in block.cards]
    assert [text for text in said if not 3 <= len(text.split()) <= 6] == []


def test_no_hour_and_no_article_is_promised_as_law() -> None:
    for compose in (simple, pictures):
        paper = compose("en")
        said = as_text(replace(paper, form_name="", form_number="", form_version="", case_number=""))
        for known in ("012 555 099", "063 555 000"):
            assert known in said
            said = said.replace(known, "")
        assert not any(letter.isdigit() for letter in said)
        assert "article" not in said.lower()


@pytest.mark.parametrize("compose", [simple, pictures])
def test_the_case_number_stands_in_the_foot_alone(compose: Callable[[str], Paper]) -> None:
    def pages(case_number: str | None) -> list[str]:
        return pdfium_pages(draw(replace(compose("en"), case_number=case_number), words_in("en")))

    assert [page.count(CASE) for page in pages(CASE)] == [1] * 4
    assert not any("Case number" in page for page in pages(CASE))
    assert [page.count("Case number") for page in pages(None)] == [1] * 4
    assert not any("Case number" in page for page in pages(""))


def test_every_drawing_is_used_by_one_of_the_leaflets() -> None:
    used: set[Drawing] = set()
    for block in (*simple("en").blocks, *pictures("en").blocks):
        for inner in block.blocks if isinstance(block, Framed) else (block,):
            match inner:
                case Drawn(drawing, _):
                    used.add(drawing)
                case Cards(cards) | Faces(_, cards):
                    used |= {drawing for drawing, _ in cards}
    assert used == set(Drawing) == set(DRAWINGS)


@pytest.mark.parametrize("drawing", Drawing)
def test_a_drawing_draws_something_and_stays_in_its_box(drawing: Drawing) -> None:
    data = pdf_of(lambda canvas: draw_drawing(canvas, drawing, 100, 200, 300))
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        height = page.get_height()
        ink = page.render(grayscale=True).to_pil().convert("L").point(lambda grey: 255 - grey)
    bounds = ink.getbbox()
    assert bounds is not None
    left, top, right, bottom = bounds
    assert left >= 99
    assert right <= 401
    assert top >= height - 501
    assert bottom <= height - 199
    assert min(right - left, bottom - top) > 150
    assert max(right - left, bottom - top) > 240
    dark = sum(ink.histogram()[128:])
    assert 0.04 < dark / 300**2 < 0.5


def test_no_two_drawings_are_the_same() -> None:
    assert len(set(DRAWINGS.values())) == len(DRAWINGS)


def test_an_outline_that_cannot_be_read_is_refused() -> None:
    for wrong in ("Q 1 2", "M 1", "C 1 2 3 4", "L a b"):
        with pytest.raises(ValueError, match=r"outline|float"):
            shape("line", wrong)


def test_a_shape_is_moved_and_made_larger() -> None:
    whole = (shape("line", "M 1 2 O 1 2 3"),)
    (moved,) = placed(whole, 10, 20, 2)
    assert [tuple(segment) for segment in moved.outline] == [("M", (12, 24)), ("O", (12, 24, 6))]
