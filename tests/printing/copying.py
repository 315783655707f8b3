"""What the two common PDF engines give back when text is copied, and whether it is what the paper says."""

import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from casemgr.i18n import LANGUAGES, TwoLanguages, Words
from casemgr.printing.blocks import (
    Answer,
    AnswerGrid,
    Block,
    Cards,
    CutLine,
    Drawn,
    Faces,
    Framed,
    Heading,
    Note,
    PageBreak,
    Paper,
    Photo,
    Picture,
    Points,
    Question,
    Signatures,
    TableBlock,
    Text,
    Ticks,
    Together,
)
from casemgr.printing.content import SPACES, clean, plain
from casemgr.printing.document import CASE_NUMBER, KINGDOM, MOTTO, SIGNING, VERSION
from casemgr.printing.every_page import PAGE_OF, PRACTICE
from casemgr.printing.labels import with_colon


def pdf_of(draw: Callable[[Canvas], None], compress: bool = False) -> bytes:
    """Return a PDF file of what `draw` puts on a canvas."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=int(compress))
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def pdfium_pages(data: bytes) -> list[str]:
    """Return each page's text as pdfium (Chrome, Edge) copies it."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range().replace("\r", "") for page in document]
    finally:
        document.close()


def poppler_pages(data: bytes) -> list[str]:
    """Return each page's text as poppler (Evince, Okular) copies it; skips the test where it is not installed."""
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext of poppler")
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


ENGINES = {"pdfium": pdfium_pages, "poppler": poppler_pages}

WORDS = (Words("km", "khmer"), *map(Words, LANGUAGES), TwoLanguages("khmer"))
"""In which a paper may have been drawn."""
LEAST_PART = 12  # letters: so many of a cell that goes on over the page stand together
TAKEN = "\0"
"""Stands where a written text was found, so that no text is made of what stood before and behind it."""


def written(of: Paper) -> Iterator[str]:
    """Yield whatever a paper says, each stretch by itself, as it is drawn; what is drawn on every page is left out."""
    number = "" if of.leaflet else of.case_number or ""
    yield from (*of.title.split("\n"), clean(of.office), clean(of.made), number)
    for block in of.blocks:
        yield from (clean(text) for text in _stretches(block))


def _stretches(block: Block) -> Iterator[str]:
    match block:
        case Heading(number, text):
            yield from (f"{number}." if number.isdecimal() else number, *text.split("\n"))
        case Note(text):
            yield text
        case Points(items, numbers):
            yield from (*(numbers or ["–"] * len(items)), *(line for item in items for line in plain(item).split("\n")))
        case Signatures(signers):
            for signer in signers:
                yield from (*signer.role.split("\n"), signer.name or "", signer.date or "")
        case Text(content) | Drawn(_, content):
            yield plain(content)
        case Photo(_, caption):
            yield caption
        case Cards(cards):
            yield from (text for _, text in cards)
        case Faces(question, faces, thumbprint):
            yield from (question, thumbprint, *(text for _, text in faces))
        case Framed(blocks) | Together(blocks):
            yield from (text for inner in blocks for text in _stretches(inner))
        case Picture() | CutLine() | PageBreak():
            return
        case _:
            yield from _asked(block)


def _asked(block: Question) -> Iterator[str]:
    """Yield what a question says; of a label in two languages each line is set by itself."""
    match block:
        case Answer(label, value):
            yield from (*label.split("\n"), value or "")
        case AnswerGrid(answers):
            yield from (text for answer in answers for text in _asked(answer))
        case Ticks(label, options):
            yield from (*label.split("\n"), *(text for text, _ in options))
        case TableBlock(heads, rows):
            yield from (line for head in heads for line in head.split("\n"))
            yield from (cell or "" for row in rows for cell in row)


def copied_differs(paper: Paper, pdf: bytes, engine: str = "pdfium") -> list[str]:
    """Return how the text copied from a drawn paper differs from what was composed; nothing where it is the same.

    Every stretch is to be found, as often as it was written, to the last space; and nothing else but the words of the
    form itself and the heads that tables repeat. A stretch may go on over the page. Of a chart nothing is asked.
    """
    rest = _without_feet(paper, ENGINES[engine](pdf))
    for words in WORDS if paper.head else ():
        if rest.lstrip().startswith(words.text(KINGDOM)):
            for text in (KINGDOM, MOTTO):  # of these a short answer could be a part
                rest = rest.replace(words.text(text), TAKEN, 1)
    asked = Counter(text.replace("\n", "") for text in written(paper))
    of_the_form = _of_the_form(paper)
    differs = []
    for text in sorted(filter(None, {*asked, *of_the_form}), key=lambda text: (-len(text), text)):
        for _ in range(asked[text]):
            left = _taken(rest, text)
            if left is None:
                differs.append(f"written, but not copied: {text}")
            else:
                rest = left
        if text in of_the_form:
            rest = rest.replace(text, TAKEN)
    added = filter(None, (part.strip(" ៖:") for part in rest.split(TAKEN)))
    return differs + [f"copied, but not written: {part}" for part in added]


def _without_feet(paper: Paper, pages: list[str]) -> str:
    """Return the text of all pages as one line, without foot and banner; what a foot says amiss stays."""
    body = []
    for number, page in enumerate(pages, 1):
        for words in WORDS:
            version = words.text(VERSION, version=words.figures(paper.form_version))
            form = " ".join(part for part in (paper.form_number, paper.form_name) if part)
            head, _, tail = page.rpartition(f"{form} · {version}")
            last = words.text(PAGE_OF, page=words.number(number), pages=words.number(len(pages)))
            case = paper.case_number or ""
            if paper.leaflet and paper.case_number is None:
                case = with_colon(words.text(CASE_NUMBER), words.language == "km")
            if tail.split() == f"{case} {last}".split():
                page = head.removesuffix("\n")  # noqa: PLW2901
                break
        for words in WORDS if paper.practice else ():
            page = page.replace(words.text(PRACTICE), "", 1)  # noqa: PLW2901
        body.append(page)
    return SPACES.sub(" ", "".join(body).replace("\n", ""))


def _taken(rest: str, text: str) -> str | None:
    """Return the rest with the text taken out once, or None. A cell that goes on over the page is taken in parts.

    The parts are told apart by what they say: of one sentence over and over they are not.
    """
    while text:
        part = _longest(text, rest)
        if part < min(len(text), LEAST_PART):
            return None
        rest, text = rest.replace(text[:part], TAKEN, 1), text[part:]
    return rest


def _longest(text: str, rest: str) -> int:
    """Return how many letters of the text's beginning stand together."""
    if text in rest:
        return len(text)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text[:middle] in rest:
            low = middle
        else:
            high = middle - 1
    return low


def _of_the_form(paper: Paper) -> set[str]:
    """Return the words that stand on a paper without being written in its blocks."""
    said = {words.label(each).replace("\n", " / ") for words in WORDS for each in (CASE_NUMBER, *SIGNING.values())}
    for block in _all_blocks(paper.blocks):
        if isinstance(block, TableBlock):
            said |= {line for head in block.heads for line in clean(head).split("\n")}
        elif isinstance(block, Picture):
            said |= set(_of_a_chart(block))
    return said


def _all_blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Framed | Together):
            yield from _all_blocks(block.blocks)


def _of_a_chart(picture: Picture) -> Iterator[str]:
    chart = picture.chart
    yield from (chart.title, chart.x_title, *(key.text for key in chart.key), *(tick.label for tick in chart.x_ticks))
    for name, numbers in chart.under:
        yield from (name, *(tick.label for tick in numbers))
    for cells in (chart.heads, *chart.rows):
        yield from cells
