"""The guide on paper: its contents, its pictures, what is copied from it."""

import io
import re
from pathlib import Path

import pytest
from copying import copied_differs, pdfium_pages
from partly import some
from PIL import Image
from pypdf import PdfReader
from test_printing_properties import outline_of

from casemgr import guide
from casemgr.guide import ADMINISTRATOR, CARD, Shot
from casemgr.i18n import LANGUAGES, Words
from casemgr.printing.blocks import Photo, as_text
from casemgr.printing.guide_paper import WHOLE, compose
from casemgr.services.guide_papers import guide_pdf

SPOKEN = {"km": Words("km", "khmer"), "en": Words("en")}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a picture for each that the guide names, large, high or small."""
    folder = tmp_path_factory.mktemp("pictures")
    sizes = [(1130, 668), (600, 700), (120, 90)]
    for language, words in SPOKEN.items():
        names = [piece.name for chapter in guide.chapters(words) for piece in chapter.pieces if isinstance(piece, Shot)]
        for at, name in enumerate(names):
            Image.new("P", sizes[at % 3], at).save(folder / f"{name}-{language}.png")
    return folder


@pytest.mark.parametrize("language", some(LANGUAGES, 2))
def test_the_contents_name_the_page_of_each_chapter(language: str, pictures: Path) -> None:
    words = SPOKEN[language]
    data = guide_pdf(WHOLE, words, folder=pictures)
    chapters = guide.chapters(words)
    outlined = [(title, page) for depth, title, page in outline_of(data) if depth == 1]
    assert [
        re.sub(r"^\S+ ", "", title) if at < len(chapters) - 2 else title for at, (title, _) in enumerate(outlined)
    ] == [chapter.title.text for chapter in chapters]
    first = pdfium_pages(data)[0]
    for chapter, (_, page) in zip(chapters, outlined, strict=True):
        assert re.search(re.escape(chapter.title.text) + rf"\s*{words.number(page)}\s", first), chapter.key
    links = PdfReader(io.BytesIO(data)).pages[0]["/Annots"]
    assert len(links) == len(chapters)
    assert len(data) < 3_000_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["report", "follow-up", ADMINISTRATOR])
def test_what_is_copied_from_a_chapter_is_what_it_says(language: str, which: str, pictures: Path) -> None:
    words = SPOKEN[language]
    data = guide_pdf(which, words, folder=pictures)
    assert copied_differs(compose(which, words, pictures), data) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_is_one_page_and_the_page_of_the_administrator_a_sheet(language: str, pictures: Path) -> None:
    assert len(PdfReader(io.BytesIO(guide_pdf(CARD, SPOKEN[language]))).pages) == 1
    assert len(PdfReader(io.BytesIO(guide_pdf(ADMINISTRATOR, SPOKEN[language], folder=pictures))).pages) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_and_the_page_of_the_administrator_can_be_taken_out(language: str) -> None:
    """A chapter may begin below the end of another; these two hang on a wall, or are handed on."""
    outlined = [page for depth, _, page in outline_of(guide_pdf(WHOLE, SPOKEN[language])) if depth == 1]
    before, card, administrator = outlined[-3:]
    assert before < card < administrator


def test_paper_names_the_chapter_that_a_link_leads_to() -> None:
    whole, alone = (as_text(compose(which, SPOKEN["en"], Path("nowhere"))) for which in (WHOLE, "diversion"))
    assert "see follow-up (8)." in whole
    assert "see follow-up." in alone
    assert "see the administrator's page." in whole


def test_without_pictures_the_words_stand_alone(tmp_path: Path) -> None:
    paper = compose("report", SPOKEN["km"], tmp_path)
    assert not any(isinstance(block, Photo) for block in paper.blocks)
    assert "[picture" not in as_text(paper)
    assert guide_pdf("report", SPOKEN["km"], folder=tmp_path).startswith(b"%PDF")


def test_pictures_are_on_paper_as_they_are_named(pictures: Path) -> None:
    assert "[picture: report-km] " in as_text(compose("report", SPOKEN["km"], pictures))
    assert "[contents]" in as_text(compose(WHOLE, SPOKEN["en"], pictures))
    images = [
        image
        for page in PdfReader(io.BytesIO(guide_pdf("report", SPOKEN["en"], folder=pictures))).pages
        for image in page.images
    ]
    assert len(images) == 2


def test_the_same_guide_gives_the_same_bytes(pictures: Path) -> None:
    assert guide_pdf("report", SPOKEN["km"], folder=pictures) == guide_pdf("report", SPOKEN["km"], folder=pictures)


def test_a_chapter_that_is_not_there_is_not_printed() -> None:
    with pytest.raises(KeyError):
        compose("nothing", SPOKEN["en"])
