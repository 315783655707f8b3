"""Lines of Khmer and mixed text: where each glyph of a paragraph stands.

What is laid out here is exactly what `casemgr.printing.text` puts on the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from casemgr.khmer.breaks import NEVER_FIRST, NEVER_LAST, break_points, clusters
from casemgr.printing.content import SPACES, Content, Span, clean, parts_of, text_of
from casemgr.printing.fonts import BOLD, REGULAR, shape
from casemgr.printing.shaping import Run, scripts

Align = Literal["left", "centre", "right", "justify"]

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_SPACE_WEIGHT, _BOUNDARY_WEIGHT = 4, 1


@dataclass(frozen=True)
class Style:
    """How a paragraph looks. Measures in points; `leading` 0 means 1.75 times the size, which Khmer needs."""

    size: float = 11
    leading: float = 0
    align: Align = "left"
    bold: bool = False
    font: str = REGULAR
    indent: float = 0
    first_indent: float = 0
    space_before: float = 0
    space_after: float = 0
    keep_with_next: bool = False

    @property
    def line_height(self) -> float:
        """Distance from one baseline to the next, in points."""
        return self.leading or 1.75 * self.size

    @property
    def baseline(self) -> float:
        """Distance from the top of a line to its baseline: the letters' bodies stand in the middle."""
        return self.line_height / 2 + 0.26 * self.size


class PlacedGlyph(NamedTuple):
    """A glyph on its line: font, number, distance in points from the line's left edge and from its baseline."""

    font: str
    number: int
    x: float
    y: float


class Piece(NamedTuple):
    """A run on its line. `x` and `gap` (empty room after it) in points."""

    run: Run
    x: float
    gap: float
    underline: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its pieces from left to right, its width in points and its text, with the space it ended at."""

    pieces: tuple[Piece, ...]
    width: float
    text: str

    def glyphs(self, size: float) -> Iterator[PlacedGlyph]:
        """Yield every glyph with its place, for text of that size in points."""
        for piece in self.pieces:
            scale, x = size / piece.run.units, piece.x
            for glyph in piece.run.glyphs:
                yield PlacedGlyph(piece.run.font, glyph.number, x + glyph.shift_x * scale, glyph.shift_y * scale)
                x += glyph.advance * scale


class _Look(NamedTuple):
    font: str
    underline: bool


class _Word(NamedTuple):
    """What stays together on a line: runs with their underlining, widths in em, with and without the last spaces."""

    text: str
    runs: tuple[tuple[Run, bool], ...]
    width: float
    ink: float
    spaces: int


def layout_paragraph(content: Content, style: Style, width: float) -> list[Line]:
    """Break `content` into lines of at most `width` points and place its glyphs.

    A newline ends a line. A single letter wider than `width` sticks out; nothing else does.
    """
    lines: list[Line] = []
    indent = style.first_indent
    for words in _paragraph_words(content, style):
        rows = _fill(words, style, width - style.indent, indent)
        for index, (row, row_indent) in enumerate(rows):
            last = index == len(rows) - 1
            room = width - style.indent - row_indent
            lines.append(_place(row, style, room, style.indent + row_indent, stretch=not last))
        indent = 0
    return lines


def text_width(content: Content, style: Style) -> float:
    """Return the width of the content on one line, in points."""
    return sum(word.width for words in _paragraph_words(content, style) for word in words) * style.size


def _look(part: str | Span, style: Style) -> _Look:
    if isinstance(part, str):
        part = Span(part)
    font = part.font or style.font
    if font == REGULAR and (style.bold or part.bold):
        font = BOLD
    return _look_of(font, part.underline)


@lru_cache(maxsize=64)  # there are few, and each word that is remembered has one
def _look_of(font: str, underline: bool) -> _Look:
    return _Look(font, underline)


def _paragraph_words(content: Content, style: Style) -> Iterator[list[_Word]]:
    """Yield the words of each stretch between newlines."""
    parts = parts_of(content)
    looks = {_look(part, style) for part in parts if text_of(part)}
    if len(looks) <= 1:
        look = looks.pop() if looks else _look("", style)
        for text in clean("".join(map(text_of, parts))).split("\n"):
            yield _plain_words(text, look)
        return
    text, styled = _styled(parts, style)
    position = 0
    for stretch in text.split("\n"):
        yield _mixed_words(stretch, styled[position : position + len(stretch)])
        position += len(stretch) + 1


def _styled(parts: Sequence[str | Span], style: Style) -> tuple[str, list[_Look]]:
    """Return the cleaned text and the look of each character; a cluster has one look, that of its first."""
    raw = "".join(map(text_of, parts))
    raw_looks = [look for part in parts for look in [_look(part, style)] * len(text_of(part))]
    text = ""
    looks: list[_Look] = []
    for character, look in zip(raw, raw_looks, strict=True):
        if SPACES.match(character):
            character = " "  # noqa: PLW2901
            if not text or text[-1] in " \n":
                continue
        elif character == "\n" and text.endswith(" "):
            text, looks = text[:-1], looks[:-1]
        text += character
        looks.append(look)
    kept = text.rstrip(" \n")
    skipped = len(kept) - len(kept.lstrip("\n"))
    text, looks = kept[skipped:], looks[skipped : len(kept)]
    even: list[_Look] = []
    for cluster in clusters(text):
        # What has no ink goes with what stands before it: alone it would be lost to copying.
        blank = even and (cluster.isspace() or cluster in _INVISIBLE)
        even += [even[-1] if blank else looks[len(even)]] * len(cluster)
    return text, even


def _points(text: str) -> list[int]:
    """Return where lines may end on paper: not after a hyphen, which copying programs would swallow."""
    return [0, *(p for p in break_points(text) if text[p - 1] != "-"), len(text)]


@lru_cache(maxsize=4096)
def _plain_words(text: str, look: _Look) -> list[_Word]:
    return [_word(text[start:stop], look) for start, stop in pairwise(_points(text)) if start < stop]


@lru_cache(maxsize=16384)
def _word(text: str, look: _Look) -> _Word:
    return _shaped([(text, look)])


def _mixed_words(text: str, looks: list[_Look]) -> list[_Word]:
    words = []
    for start, stop in pairwise(_points(text)):
        stretches = []
        position = start
        for look, same in groupby(looks[start:stop]):
            length = len(list(same))
            stretches.append((text[position : position + length], look))
            position += length
        if stretches:
            words.append(_shaped(stretches))
    return words


def _shaped(stretches: list[tuple[str, _Look]]) -> _Word:
    runs = tuple(
        (shape(look.font, script, text[start:stop]), look.underline)
        for text, look in stretches
        for script, start, stop in scripts(text)
    )
    text = "".join(text for text, _ in stretches)
    spaces = len(text) - len(text.rstrip(" "))
    width = sum(run.width / run.units for run, _ in runs)
    blank = 0.0
    if spaces:
        last = runs[-1][0]
        blank = sum(glyph.advance for glyph in last.glyphs[-spaces:]) / last.units
    return _Word(text, runs, width, width - blank, spaces)


def _cut(word: _Word, room: float) -> list[_Word]:
    """Cut a word that is wider than a whole line (`room` in em) between its letters."""
    looks = [Span(run.text, font=run.font, underline=underline) for run, underline in word.runs]
    letters: list[_Word] = []
    for span in looks:
        look = _look_of(span.font or REGULAR, span.underline)
        for cluster in clusters(span.text):
            glued = letters and (cluster[0] in NEVER_FIRST or cluster == " " or letters[-1].text[-1] in NEVER_LAST)
            if glued:
                letters[-1] = _joined([letters[-1], _word(cluster, look)])
            else:
                letters.append(_word(cluster, look))
    cut: list[_Word] = []
    row: list[_Word] = []
    for letter in letters:
        if row and sum(part.width for part in row) + letter.ink > room:
            cut.append(_joined(row))
            row = []
        row.append(letter)
    return [*cut, _joined(row)]


def _joined(words: list[_Word]) -> _Word:
    """Return one word of several, shaped again so that letters that stand together are shaped together."""
    stretches: list[tuple[str, _Look]] = []
    for word in words:
        for run, underline in word.runs:
            look = _Look(run.font, underline)
            if stretches and stretches[-1][1] == look:
                stretches[-1] = (stretches[-1][0] + run.text, look)
            else:
                stretches.append((run.text, look))
    return _shaped(stretches)


def _fill(words: list[_Word], style: Style, width: float, indent: float) -> list[tuple[list[_Word], float]]:
    """Return the rows of words, each with its own further indent in points."""
    rows: list[tuple[list[_Word], float]] = []
    row: list[_Word] = []
    room, used = (width - indent) / style.size, 0.0
    waiting = list(reversed(words))
    while waiting:
        word = waiting.pop()
        if used + word.ink <= room + 1e-6:
            row.append(word)
            used += word.width
        elif row:
            rows.append((row, indent))
            waiting.append(word)
            row, used, indent, room = [], 0.0, 0.0, width / style.size
        else:
            parts = _cut(word, room)
            if len(parts) == 1:
                row, used = [word], word.width
            else:
                waiting += reversed(parts)
    return [*rows, (row, indent)]


def _place(row: list[_Word], style: Style, room: float, left: float, *, stretch: bool) -> Line:
    """Give every run of a row its place; `room` is the width the row may fill, `left` where it begins."""
    size = style.size
    ink = (sum(word.width for word in row[:-1]) + row[-1].ink) * size if row else 0.0
    spare = max(room - ink, 0.0)
    x = left + {"left": 0.0, "justify": 0.0, "centre": spare / 2, "right": spare}[style.align]
    weights = [word.spaces * _SPACE_WEIGHT or _BOUNDARY_WEIGHT for word in row[:-1]]
    unit = spare / sum(weights) if stretch and weights and style.align == "justify" else 0.0
    if not any(word.spaces for word in row[:-1]) and unit > size / 4:
        unit = 0.0  # a few words without a space between them look better ragged than torn apart
    pieces: list[Piece] = []
    for word, weight in zip(row, [*weights, 0], strict=False):
        for run, underline in word.runs:
            pieces.append(Piece(run, x, 0.0, underline))
            x += run.width * size / run.units
        if unit and weight and pieces:
            pieces[-1] = pieces[-1]._replace(gap=unit * weight)
            x += unit * weight
    stretched = unit * sum(weights)
    return Line(tuple(pieces), ink + stretched, "".join(word.text for word in row))


def restyled(style: Style, **changes: object) -> Style:
    """Return the style with some of its values changed."""
    return replace(style, **changes)  # type: ignore[arg-type]
