"""The pages of a form as two readers find them: lines of text and strokes, with the ink of each.

pdfium, which knows nothing of what wrote the file, says where the ink of every text and every stroke lies; what texts
stand for, and which glyphs they are, stands in the pages' own instructions.
"""

import ctypes
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader

from casemgr.i18n import LANGUAGES, Words
from casemgr.printing.every_page import PRACTICE
from casemgr.printing.fonts import NAMES, paper_font

MOST_SEGMENTS = 60  # a path of more is a drawing, not a ruled line
SAME_ROW = 3.0  # points: texts whose baselines differ by less stand in one row
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


@lru_cache
def _banners() -> frozenset[str]:
    return frozenset(Words(language).text(PRACTICE) for language in LANGUAGES)


def read(pdf: bytes, scale: float) -> list[Page]:
    """Return the pages of a file, each reader having read it once. Raises ValueError where they disagree."""
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
        yield f"a box in place of a letter: {said}"
    if _dotted_circle(font) in glyphs and "\u25cc" not in said:
        yield f"a sign without its letter: {said}"


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
