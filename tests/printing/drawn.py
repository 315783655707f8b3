"""What may be wrong with the pages of a form as they are drawn: `problems` names it, page by page.

Two readers look at each file once. pdfium, which knows nothing of what wrote the file, says where the ink of every
text and every stroke lies; what texts stand for, and which glyphs they are, stands in the pages' own instructions.
"""

import ctypes
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4

from casemgr.i18n import LANGUAGES, TwoLanguages, Words
from casemgr.printing.document import BOTTOM, LEFT, RIGHT, SIGNING, TOP
from casemgr.printing.every_page import PRACTICE
from casemgr.printing.face import Styles
from casemgr.printing.fonts import BOLD, NAMES, paper_font
from casemgr.printing.labels import beneath

OVERHANG = 2.0  # points that signs and strokes may stand out of their box
TOUCH = 0.2  # em: two lines may come so near each other, as stacked signs do
CROSSED = 0.12  # of its height or width: a rule so deep in a text crosses it
MOST_SEGMENTS = 60  # a path of more is a drawing, not a ruled line
HEAD_GREY = range(230, 245)  # the ground of a table's head
UNDERLINE = (0.16, 0.05)  # em: where an underline stands below its text, and how thick it is
SAME_ROW = 3.0  # points: texts whose baselines differ by less stand in one row
ABOVE_SIGNATURE, BELOW_SIGNATURE = 45.0, 150.0  # points: within these stand who signs, and the name

NOT_FIRST = frozenset("។៕៖ៗ៘៚)»") | frozenset(map(chr, (*range(0x17B4, 0x17D4), 0x17DD)))
NOT_LAST = frozenset("(«\u17d2")

_TEXT = re.compile(rb"\bBT\b(.*?)\bET\b", re.DOTALL)
_SHOWN = re.compile(rb"/(\w+) ([\d.]+) Tf|/ActualText<FEFF([0-9A-F]*)>|\[([^\]]*)\]\s*TJ|(Tj)\b")
_CODES = re.compile(rb"<([0-9A-Fa-f]+)>")


class Box(NamedTuple):
    """Edges in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def common(self, other: "Box") -> tuple[float, float]:
        """Return width and height of what both cover; not above 0 where they do not meet."""
        return (min(self.right, other.right) - max(self.left, other.left),
                min(self.top, other.top) - max(self.bottom, other.bottom))  # fmt: skip


def around(boxes: Iterable[Box]) -> Box:
    """Return the box of all of these."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(min(lefts), min(bottoms), max(rights), max(tops))


@dataclass
class Line:
    """One line of text: what it stands for, its looks (font and size), and the ink of each stretch."""

    text: str = ""
    looks: set[tuple[str, float]] = field(default_factory=set)
    baseline: float = 0.0
    boxes: list[Box] = field(default_factory=list)

    @cached_property
    def box(self) -> Box:
        """All of its ink."""
        return around(self.boxes)

    @property
    def size(self) -> float:
        """The size of its letters in points."""
        return max(size for _, size in self.looks)


class Stroke(NamedTuple):
    """A drawn path: its ink, its straight segments (x, y, x, y; none of a drawing), thickness, grey of its ground."""

    box: Box
    segments: tuple[Box, ...]
    thick: float
    ground: int | None
    is_drawing: bool


@dataclass
class Page:
    """What stands on a page, without its foot. glyphs: what is wrong with single glyphs."""

    number: int
    words: Words
    scale: float
    lines: list[Line]
    strokes: list[Stroke]
    glyphs: list[str]

    @cached_property
    def inked(self) -> list[Line]:
        """The lines that can be seen, without the banner of practice."""
        return [line for line in self.lines if line.boxes and line.text not in _banners()]

    @cached_property
    def drawn(self) -> list[Stroke]:
        """The strokes without the frame of the banner and the mark of a draft, which lie behind or above."""
        banners = [line.box for line in self.lines if line.boxes and line.text in _banners()]
        return [
            stroke
            for stroke in self.strokes
            if not any(min(stroke.box.common(box)) > 0 for box in banners)
            and not (stroke.is_drawing and stroke.box.right - stroke.box.left > 100 and stroke.ground is None)
        ]

    def rows(self) -> list[list[Line]]:
        """Return the lines in rows from the top down."""
        rows: list[list[Line]] = []
        for line in sorted(self.inked, key=lambda line: -line.baseline):
            if rows and rows[-1][0].baseline - line.baseline < SAME_ROW:
                rows[-1].append(line)
            else:
                rows.append([line])
        return rows


def problems(pdf: bytes, scale: float = 1.0) -> list[str]:
    """Return what is wrong with the pages of a form, each as a sentence with its page; nothing when all is well.

    scale is the paper's: by how much its type is enlarged.
    """
    pages = _read(pdf, scale)
    found = [f"page {page.number}: {told}" for page in pages for check in CHECKS for told in check(page)]
    return [*found, *_parted(pages)]


def _outside(page: Page) -> Iterator[str]:
    """Text or strokes outside the margins."""
    room = Box(LEFT - OVERHANG, BOTTOM - OVERHANG, A4[0] - RIGHT + OVERHANG, A4[1] - TOP + OVERHANG)
    pieces = [(line.text, line.box) for line in page.inked] + [("a stroke", stroke.box) for stroke in page.drawn]
    for text, box in pieces:
        sides = [side for side, out in zip(
            ("left", "bottom", "right", "top"),
            (box.left < room.left, box.bottom < room.bottom, box.right > room.right, box.top > room.top), strict=True,
        ) if out]  # fmt: skip
        if sides:
            yield f"outside the margin ({', '.join(sides)}): {_short(text)}"


def _overlapping(page: Page) -> Iterator[str]:
    """Lines whose ink lies noticeably in that of others."""
    lines = sorted(page.inked, key=lambda line: line.box.bottom)
    for index, line in enumerate(lines):
        for other in lines[index + 1 :]:
            if other.box.bottom >= line.box.top:
                break
            if _meet(line.box, other.box, line, other) and any(
                _meet(one, two, line, other) for one in line.boxes for two in other.boxes
            ):
                yield f"one text in another: {_short(line.text)} / {_short(other.text)}"


def _meet(one: Box, two: Box, line: Line, other: Line) -> bool:
    wide, high = one.common(two)
    return wide > 1 and high > TOUCH * min(line.size, other.size)


def _crossed(page: Page) -> Iterator[str]:
    """Text that a ruled or dotted line runs through."""
    rules = [(segment, stroke.thick) for stroke in page.drawn for segment in stroke.segments]
    for line in page.inked:
        left, bottom, right, top = line.box
        near = [
            rule for rule in rules
            if rule[0].bottom < top and rule[0].top > bottom and rule[0].left < right and rule[0].right > left
        ]  # fmt: skip
        if any(_runs_through(rule, thick, box, line) for rule, thick in near for box in line.boxes):
            yield f"crossed by a line: {_short(line.text)}"


def _runs_through(rule: Box, thick: float, box: Box, line: Line) -> bool:
    wide, high = rule.common(box)
    if rule.top - rule.bottom <= 0.01:  # across
        below = (line.baseline - rule.top) / line.size
        if abs(below - UNDERLINE[0]) < 0.01 and abs(thick / line.size - UNDERLINE[1]) < 0.01:
            return False
        deep = max(CROSSED * (box.top - box.bottom), 0.8)
        return wide > 1.5 and box.bottom + deep < rule.top < box.top - deep
    if rule.right - rule.left <= 0.01:
        deep = max(min(CROSSED * (box.right - box.left), 1.5), 0.8)
        return high > 1.5 and box.left + deep < rule.left < box.right - deep
    return False


def _glyphs(page: Page) -> Iterator[str]:
    """Boxes in place of letters, and dotted circles under signs without a letter."""
    yield from page.glyphs


def _ends(page: Page) -> Iterator[str]:
    """Lines that begin or end with what may not stand there."""
    for line in page.lines:
        text = line.text.strip(" \u200b\u00a0")
        if text and (text[0] in NOT_FIRST or text[-1] in NOT_LAST):
            yield f"a line begins or ends in the middle of a word: {_short(line.text)}"


def _orphan(page: Page) -> Iterator[str]:
    """A heading, or a label that stands above its answer, as the last thing of a page."""
    headings, below = _heading_looks(page.words.language, page.scale)
    rows = page.rows()
    while rows and all(line.looks <= below for line in rows[-1]):
        rows.pop()
    if not rows or not all(line.looks <= headings for line in rows[-1]):
        return
    baseline = min(line.baseline for line in rows[-1])
    wide = A4[0] - LEFT - RIGHT - 2
    rules = [
        stroke for stroke in page.drawn
        if stroke.box.top - stroke.box.bottom < 2 and stroke.box.right - stroke.box.left > wide and stroke.thick < 0.65
        and baseline - 14 < stroke.box.bottom and stroke.ground is None
    ]  # fmt: skip
    if not any(stroke.box.bottom < baseline + 1 for stroke in page.drawn if stroke not in rules):
        yield f"a heading alone at the foot: {_short(rows[-1][0].text)}"


def _one_line(page: Page) -> Iterator[str]:
    """A page with nothing but one line, typed or to be written on."""
    rows = [row[0].baseline for row in page.rows()]
    for stroke in page.drawn:
        middle = (stroke.box.bottom + stroke.box.top) / 2
        if all(abs(middle - row) > 10 for row in rows):
            rows.append(middle)
    if len(rows) <= 1:
        yield "nothing but one line on the page"


def _head_alone(page: Page) -> Iterator[str]:
    """The head of a table as the last thing of a page."""
    for stroke in page.drawn:
        if stroke.ground in HEAD_GREY and stroke.box.right - stroke.box.left > 10:
            below = [other for other in page.drawn if other.box.bottom < stroke.box.bottom - 3]
            if not below and not any(line.baseline < stroke.box.bottom - 1 for line in page.inked):
                yield "the head of a table alone at the foot"
                return


def _torn_signatures(page: Page) -> Iterator[str]:
    """A place to sign without who signs above it, or without the name below it."""
    for mark in _signatures(page):
        above = any(0 < line.baseline - mark < ABOVE_SIGNATURE for line in page.inked)
        below = any(0 < mark - line.baseline < BELOW_SIGNATURE for line in page.inked)
        if not (above and below):
            yield "a place to sign is torn"


def _parted(pages: Sequence[Page]) -> Iterator[str]:
    """Places to sign that end one page and begin the next."""
    for page, following in pairwise(pages):
        ends, begins = _signatures(page), _signatures(following)
        if not (ends and begins):
            continue
        last, first = min(ends), max(begins)
        after = min(line.baseline for line in page.inked)
        before = [line for line in following.inked if line.baseline > first]
        if last - after < BELOW_SIGNATURE and _is_of_signers(before, first):
            yield f"page {page.number}: those who sign are parted from others on the next page"


def _is_of_signers(lines: Sequence[Line], mark: float) -> bool:
    """Tell whether what stands above a place to sign is no more than date and role."""
    return len({round(line.baseline) for line in lines}) <= 6 and all(line.baseline - mark < 110 for line in lines)


def _signatures(page: Page) -> list[float]:
    """Return the baselines of the words below which one signs."""
    body = Styles(page.words.language == "km").body.size
    return [line.baseline for line in page.inked if line.text in _signing() and line.size < body]


CHECKS: tuple[Callable[[Page], Iterator[str]], ...] = (
    _outside, _overlapping, _crossed, _glyphs, _ends, _orphan, _one_line, _head_alone, _torn_signatures,
)  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


@lru_cache
def _banners() -> frozenset[str]:
    return frozenset(Words(language).text(PRACTICE) for language in LANGUAGES)


@lru_cache
def _signing() -> frozenset[str]:
    """Return the words below which one signs, on a paper of each language and of two."""
    said = (words.label(SIGNING["signature"]) for words in (*map(Words, LANGUAGES), TwoLanguages()))
    return frozenset(text.replace("\n", " / ") for text in said)


Looks = frozenset[tuple[str, float]]


@lru_cache
def _heading_looks(language: str, scale: float) -> tuple[Looks, Looks]:
    """Return font and size of what leads to something else, and of the other language below it.

    It is the title, headings with their numbers, and labels above their answers.
    """
    styles = Styles(language == "km", scale)
    leading = (styles.title, styles.section, styles.subsection, styles.above)
    looks = {(style.font, style.size) for style in leading[:3]} | {(BOLD, styles.above.size)}
    looks |= {(BOLD, style.size + 1) for style in (styles.section, styles.subsection)}
    return _told(looks), _told((beneath(style).font, beneath(style).size) for style in leading)


def _told(looks: Iterable[tuple[str, float]]) -> Looks:
    """Return the looks as a page says them."""
    return frozenset((font, float(f"{size:g}")) for font, size in looks)


def _read(pdf: bytes, scale: float) -> list[Page]:
    reader = PdfReader(io.BytesIO(pdf))
    language = str(reader.root_object.get("/Lang", "km"))
    words = Words(language if language in LANGUAGES else "km")
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            _page((number, words, scale), told, pdfium.FPDF_LoadPage(document.raw, number - 1))
            for number, told in enumerate(reader.pages, 1)
        ]


def _page(about: tuple[int, Words, float], told: Any, handle: Any) -> Page:
    """Read one page with both readers; both meet the same texts in the same order."""
    fonts = _fonts(told)
    contents = told.get_contents()
    lines, owners, glyphs = _written(b"" if contents is None else contents.get_data(), fonts)
    for form in told["/Resources"].get("/XObject", {}).values():
        glyphs += _written(form.get_object().get_data(), fonts)[2]
    glyphs += [f"the font {name} does not stand in the file" for name, embedded in fonts.values() if not embedded]
    strokes: list[Stroke] = []
    waiting = iter(owners)
    try:
        for index in range(pdfium.FPDFPage_CountObjects(handle)):
            found = pdfium.FPDFPage_GetObject(handle, index)
            match pdfium.FPDFPageObj_GetType(found):
                case pdfium.FPDF_PAGEOBJ_TEXT:
                    _place(found, next(waiting))
                case pdfium.FPDF_PAGEOBJ_PATH:
                    strokes.append(_stroke(found))
    finally:
        pdfium.FPDF_ClosePage(handle)
    if next(waiting, None) is not None:
        raise ValueError("the two readers count different texts")
    return Page(*about, lines, strokes, glyphs)


def _fonts(page: Any) -> dict[str, tuple[str, bool]]:
    """Return each font's name, without the letters of its subset, and whether the file holds it."""
    fonts = {}
    for key, reference in page["/Resources"].get("/Font", {}).items():
        font = reference.get_object()
        inner = font.get("/DescendantFonts", [font])[0].get_object()
        embedded = "/FontFile2" in inner.get("/FontDescriptor", {})
        fonts[key[1:]] = (str(font["/BaseFont"])[1:].rpartition("+")[2], embedded)
    return fonts


def _written(contents: bytes, fonts: dict[str, tuple[str, bool]]) -> tuple[list[Line], list[Line], list[str]]:
    """Return the lines, for each stretch of text the line it belongs to, and what is wrong with glyphs."""
    lines: list[Line] = []
    owners: list[Line] = []
    wrong: list[str] = []
    for block in _TEXT.finditer(contents):
        line, look, said = Line(), ("", 0.0), ""
        for font, size, actual, codes, plain in _SHOWN.findall(block.group(1)):
            if font:
                look = (fonts[font.decode()][0], float(size))
            elif codes or plain:
                line.looks.add(look)
                owners.append(line)
                wrong += _wrong_glyphs(look[0], codes, said)
                said = ""
            else:
                said = bytes.fromhex(actual.decode()).decode("utf-16-be")
                line.text += said
        if line.looks:
            lines.append(line)
    return lines, owners, wrong


def _wrong_glyphs(font: str, codes: bytes, said: str) -> Iterator[str]:
    if font not in NAMES:
        return
    digits = b"".join(_CODES.findall(codes)).decode()
    glyphs = {int(digits[at : at + 4], 16) for at in range(0, len(digits), 4)}
    if 0 in glyphs:
        yield f"a box in place of a letter: {_short(said)}"
    if _dotted_circle(font) in glyphs and "\u25cc" not in said:
        yield f"a sign without its letter: {_short(said)}"


@lru_cache
def _dotted_circle(font: str) -> int:
    return paper_font(font).glyph_of("\u25cc") or -1


_EDGES = tuple(ctypes.c_float() for _ in range(4))
_MATRIX = pdfium.FS_MATRIX()


def _bounds(found: Any) -> Box:
    pdfium.FPDFPageObj_GetBounds(found, *_EDGES)
    return Box(*(edge.value for edge in _EDGES))


def _place(found: Any, line: Line) -> None:
    box = _bounds(found)
    pdfium.FPDFPageObj_GetMatrix(found, _MATRIX)
    line.baseline = _MATRIX.f
    if box.right - box.left > 0.01 and box.top - box.bottom > 0.01:
        line.boxes.append(box)


def _stroke(found: Any) -> Stroke:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(found, mode, stroked)
    thick, colour = ctypes.c_float(), [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetStrokeWidth(found, thick)
    pdfium.FPDFPageObj_GetFillColor(found, *colour)
    count = pdfium.FPDFPath_CountSegments(found)
    segments = tuple(_segments(found, count)) if stroked.value and count <= MOST_SEGMENTS else ()
    ground = colour[0].value if mode.value else None
    return Stroke(_bounds(found), segments, thick.value, ground, count > MOST_SEGMENTS)


def _segments(found: Any, count: int) -> Iterator[Box]:
    """Yield the straight segments of a path, each as the box it spans."""
    pdfium.FPDFPageObj_GetMatrix(found, _MATRIX)
    scale = (_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(found, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            scale[0] * x.value + scale[2] * y.value + scale[4],
            scale[1] * x.value + scale[3] * y.value + scale[5],
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _span(last, point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield _span(point, start)
        last = point


def _span(one: tuple[float, float], two: tuple[float, float]) -> Box:
    return Box(min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
