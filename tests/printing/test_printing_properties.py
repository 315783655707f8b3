"""What a PDF says of itself: title, language, outline, fonts; and that it is the same file each time."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from casemgr.i18n import Words
from casemgr.printing.blocks import Heading, PageBreak, Paper, Text
from casemgr.printing.content import Span
from casemgr.printing.list_paper import ListPaper
from casemgr.printing.page import draw, draw_list

KM = Words("km", "khmer")
PAPER = Paper(
    "trial-form", "3", "របាយការណ៍", "អង្គការ", "SR-2026-0001",
    [
        Heading("១", "អត្តសញ្ញាណកុមារ"), Text("ក"), Heading("១.១", "គ្រួសារ", 2), Text("ខ"), Heading("", "សាលារៀន", 2),
        Text(["គ", Span("ឃ", bold=True)]), PageBreak(), Heading("2", "Measures & plan (ផែនការ)"), Text("ង"),
    ],
)  # fmt: skip


def outline_of(data: bytes) -> list[tuple[int, str, int]]:
    """Return depth, title and page (from 1) of each entry."""
    reader = PdfReader(io.BytesIO(data))

    def entries(found: Any, depth: int) -> Iterator[tuple[int, str, int]]:
        for each in found:
            if isinstance(each, list):
                yield from entries(each, depth + 1)
            else:
                yield depth, each.title, (reader.get_destination_page_number(each) or 0) + 1

    return list(entries(reader.outline, 1))


def fonts_of(data: bytes) -> dict[str, bool]:
    """Return the fonts that the file names, and whether each stands in it whole or in part."""
    reader = PdfReader(io.BytesIO(data))
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            told = font.get_object()
            inner = told.get("/DescendantFonts", [told])[0].get_object()
            found[told["/BaseFont"]] = "/FontFile2" in inner.get("/FontDescriptor", {})
    return found


def a_list() -> bytes:
    target = io.BytesIO()
    draw_list(ListPaper("បញ្ជី", [["ក", "ខ"]], [["១", "២"]]), KM, target)
    return target.getvalue()


def test_file_names_title_case_form_and_language_but_no_person() -> None:
    reader = PdfReader(io.BytesIO(draw(PAPER, KM)))
    about, root = reader.metadata or {}, reader.root_object
    assert about["/Title"] == "របាយការណ៍ SR-2026-0001"
    assert about["/Subject"] == "trial-form 3"
    assert about["/Author"] == ""
    assert root["/Lang"] == "km"
    assert PdfReader(io.BytesIO(draw(PAPER, Words("en")))).root_object["/Lang"] == "en"


@pytest.mark.parametrize("data", [draw(PAPER, KM), a_list()], ids=["paper", "list"])
def test_readers_show_the_title_in_place_of_the_files_name(data: bytes) -> None:
    shown = PdfReader(io.BytesIO(data)).root_object["/ViewerPreferences"]
    assert str(shown["/DisplayDocTitle"]).lower() == "true"


def test_headings_stand_in_the_outline_with_their_pages() -> None:
    assert outline_of(draw(PAPER, KM)) == [
        (1, "១. អត្តសញ្ញាណកុមារ", 1),
        (2, "១.១ គ្រួសារ", 1),
        (2, "សាលារៀន", 1),
        (1, "2. Measures & plan (ផែនការ)", 2),
    ]
    reader = PdfReader(io.BytesIO(draw(PAPER, KM)))
    tops = [float(entry.top or 0) for entry in reader.outline if not isinstance(entry, list)]
    assert tops == sorted(tops)  # the second stands at the top of its page


def test_a_paper_may_begin_below_the_first_level_or_have_no_heading() -> None:
    below = [Heading("", "ក", 2), Text("ក"), Heading("", "ខ"), Text("ក"), Heading("", "គ", 2), Text("ក")]
    assert [entry[:2] for entry in outline_of(draw(replace(PAPER, blocks=below), KM))] == [(1, "ក"), (1, "ខ"), (2, "គ")]
    assert outline_of(draw(replace(PAPER, blocks=[Text("ក")]), KM)) == []


@pytest.mark.parametrize("data", [draw(PAPER, KM), draw(PAPER, Words("en")), a_list()], ids=["km", "en", "list"])
def test_every_font_stands_in_the_file(data: bytes) -> None:
    fonts = fonts_of(data)
    assert fonts
    assert all(fonts.values())


def test_a_font_of_reportlab_would_be_noticed() -> None:
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(50, 700, "x")
    canvas.save()
    assert fonts_of(target.getvalue()) == {"/Helvetica": False}


def test_the_same_paper_is_the_same_file() -> None:
    assert draw(PAPER, KM) == draw(PAPER, KM)
    assert a_list() == a_list()
