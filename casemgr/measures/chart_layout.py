"""Where everything of a chart stands: strokes, surfaces, dots and writing at places, ready to be drawn by anybody.

Measures in points, from the left and from the top. A drawer only has to know four kinds of things.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from casemgr.khmer.breaks import break_points
from casemgr.measures.charts import Band, Bar, Chart, Dot, Fill, Key, Label, Line, Mark, Point, Stroke, Tick

SIZE, TITLE_SIZE = 8.0, 9.5
LEADING = 1.75
"""Of the writing: Khmer needs so much."""
THIN, WIDE = 0.5, 1.5
GREY, LIGHT, BAND, WHITE = 0.62, 0.86, 0.88, 1.0
DASHES = {
    Stroke.SOLID: (), Stroke.DASHED: (6.0, 2.5), Stroke.DOTTED: (1.4, 2.0), Stroke.DASH_DOTTED: (7.0, 2.0, 1.4, 2.0),
    Stroke.THIN: (),
}  # fmt: skip
DOT = 2.6
HATCH = 3.2
NAMES_AT_MOST = 0.42
"""The share of the width that the names of rows may take."""
GAP = 5.0
_SIGN = 24.0

WidthOf = Callable[[str, float, bool], float]
"""Returns the width of a text of that size, bold or not, in points."""


class Path(NamedTuple):
    """A line. dash: on and off in points, empty for a solid line."""

    points: tuple[Point, ...]
    width: float = THIN
    dash: tuple[float, ...] = ()


class Surface(NamedTuple):
    """A filled surface: grey from 0 (black) to 1 (white), outlined or not."""

    points: tuple[Point, ...]
    grey: float
    outlined: bool = False


class Spot(NamedTuple):
    """A round mark, filled black or white."""

    x: float
    y: float
    radius: float
    filled: bool


class Writing(NamedTuple):
    """A line of text; x is its left end, its middle or its right end, y its baseline."""

    x: float
    y: float
    text: str
    size: float = SIZE
    align: str = "left"
    bold: bool = False


Piece = Path | Surface | Spot | Writing


class Box(NamedTuple):
    """The box the marks stand in."""

    left: float
    top: float
    right: float
    bottom: float

    def place(self, at: Point) -> Point:
        """Return where a point of the chart stands."""
        return (
            self.left + at[0] * (self.right - self.left),
            self.bottom - at[1] * (self.bottom - self.top),
        )  # fmt: skip


class Layout(NamedTuple):
    """A chart laid out. pieces: in the order they are drawn."""

    width: float
    height: float
    box: Box
    pieces: tuple[Piece, ...]


def lay_out(chart: Chart, width: float, width_of: WidthOf) -> Layout:
    """Return the chart laid out in that width."""
    line = SIZE * LEADING
    pieces: list[Piece] = []
    y = 0.0
    for text in _wrapped(chart.title, width, TITLE_SIZE, width_of, bold=True) if chart.title else ():
        pieces.append(Writing(0.0, y + _baseline(TITLE_SIZE), text, TITLE_SIZE, bold=True))
        y += TITLE_SIZE * LEADING
    y = _keys(chart.key, y + 2, width, width_of, pieces)
    if chart.y_title:
        for text in _wrapped(chart.y_title, width, SIZE, width_of):
            pieces.append(Writing(0.0, y + _baseline(SIZE), text))
            y += line
    left = _names_width(chart, width, width_of)
    right = width - _room_right(chart, width_of)
    box = Box(left, y + line, max(right, left + 1), y + line + chart.height)
    pieces += _axes(chart, box, width_of)
    for mark in chart.marks:
        pieces += _mark(mark, box, width, width_of)
    y = _below(chart, box, width, width_of, pieces)
    return Layout(width, y, box, tuple(pieces))


def _baseline(size: float) -> float:
    return size * LEADING / 2 + 0.26 * size


def _names_width(chart: Chart, width: float, width_of: WidthOf) -> float:
    widest = max((width_of(tick.label, SIZE, False) for tick in chart.y_ticks), default=0.0)
    return min(widest, NAMES_AT_MOST * width) + GAP


def _room_right(chart: Chart, width_of: WidthOf) -> float:
    """Return the room that the last tick needs beyond the box, and the labels at the ends of lines."""
    ticks = [width_of(tick.label, SIZE, False) / 2 for tick in chart.x_ticks[-1:]]
    ends = [mark.text for mark in chart.marks if isinstance(mark, Label) and mark.beside and not chart.named_rows]
    return max((*ticks, *(width_of(text, SIZE, True) + GAP + 1 for text in ends)), default=0.0)


def _wrapped(text: str, width: float, size: float, width_of: WidthOf, *, bold: bool = False) -> list[str]:
    """Cut a text into lines; a word that is wider than the line stands alone in its line."""
    if width_of(text, size, bold) <= width:
        return [text]
    lines = [""]
    cuts = (0, *break_points(text), len(text))
    for word in (text[start:stop] for start, stop in pairwise(cuts)):
        longer = lines[-1] + word
        if lines[-1] and width_of(longer.rstrip(), size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [line.strip() for line in lines]


def _keys(keys: Sequence[Key], y: float, width: float, width_of: WidthOf, pieces: list[Piece]) -> float:
    """Put what the marks stand for side by side, as many in a line as fit; return where the next line begins."""
    line, x = SIZE * LEADING, 0.0
    for key in keys:
        room = width - _SIGN - GAP
        lines = _wrapped(key.text, room, SIZE, width_of)
        wide = _SIGN + GAP + max(width_of(text, SIZE, False) for text in lines)
        if x and x + wide > width:
            x, y = 0.0, y + line
        pieces += _sign(key, x, y + line / 2)
        for number, text in enumerate(lines):
            pieces.append(Writing(x + _SIGN + GAP, y + number * line + _baseline(SIZE), text))
        y += (len(lines) - 1) * line
        x += wide + 3 * GAP
    return y + line if keys else y


def _sign(key: Key, x: float, middle: float) -> Iterator[Piece]:
    match key.sign:
        case Stroke():
            wide = WIDE if key.wide or key.sign is Stroke.SOLID else 0.9
            yield Path(((x, middle), (x + _SIGN, middle)), wide, DASHES[key.sign])
        case Fill():
            yield from _rectangle((x, middle - 4), (x + _SIGN, middle + 4), key.sign)
        case filled:
            yield Spot(x + _SIGN / 2, middle, DOT, bool(filled))


def _axes(chart: Chart, box: Box, width_of: WidthOf) -> Iterator[Piece]:
    for tick in chart.x_ticks:
        x, _ = box.place((tick.at, 0))
        if chart.named_rows and tick.at > 0:
            yield Path(((x, box.top), (x, box.bottom)), 0.25, DASHES[Stroke.DOTTED])
        yield Path(((x, box.bottom), (x, box.bottom + 3)))
        yield Writing(x, box.bottom + 3 + _baseline(SIZE), tick.label, align="centre")
    for tick in chart.y_ticks:
        _, y = box.place((0, tick.at))
        if not chart.named_rows and tick.at > 0:
            yield Path(((box.left, y), (box.right, y)), 0.25, DASHES[Stroke.DOTTED])
        lines = _wrapped(tick.label, box.left - GAP, SIZE, width_of)
        for number, text in enumerate(lines):
            middle = y + (number - (len(lines) - 1) / 2) * SIZE * 1.45
            yield Writing(box.left - GAP, middle + 0.3 * SIZE, text, align="right")
    yield Path(((box.left, box.top), (box.left, box.bottom), (box.right, box.bottom)), 0.7)


def _mark(mark: Mark, box: Box, width: float, width_of: WidthOf) -> Iterator[Piece]:
    match mark:
        case Line(points, stroke, wide):
            yield Path(tuple(map(box.place, points)), WIDE if wide else 0.9, DASHES[stroke])
        case Band(points):
            yield Surface(tuple(map(box.place, points)), BAND)
        case Bar(low, high, fill):
            (left, bottom), (right, top) = box.place(low), box.place(high)
            yield from _rectangle((left, top), (right, bottom), fill)
        case Dot(at, filled):
            yield Spot(*box.place(at), DOT, filled)
        case Label():
            yield from _label(mark, box, width, width_of)


def _label(label: Label, box: Box, width: float, width_of: WidthOf) -> Iterator[Piece]:
    """Put a label at its place on white, moved so far that it does not stick out at the sides."""
    x, y = box.place(label.at)
    wide = width_of(label.text, SIZE, True)
    if label.beside:
        left, baseline = min(x + GAP, width - wide), y + 0.3 * SIZE
    else:
        left, baseline = min(max(x - wide / 2, box.left + 1), width - wide), y - 4
    top, bottom = baseline - 0.85 * SIZE, baseline + 0.2 * SIZE
    yield Surface(((left, top), (left + wide, top), (left + wide, bottom), (left, bottom)), WHITE)
    yield Writing(left, baseline, label.text, bold=True)


def _rectangle(upper_left: Point, lower_right: Point, fill: Fill) -> Iterator[Piece]:
    (left, top), (right, bottom) = upper_left, lower_right
    grey = {Fill.GREY: GREY, Fill.LIGHT: LIGHT, Fill.HATCHED: WHITE}[fill]
    yield Surface(((left, top), (right, top), (right, bottom), (left, bottom)), grey, outlined=True)
    if fill is Fill.HATCHED:
        yield from _hatching(left, top, right, bottom)


def _hatching(left: float, top: float, right: float, bottom: float) -> Iterator[Path]:
    """Lines at 45 degrees, none of them outside the rectangle."""
    at = left - (bottom - top) + HATCH
    while at < right:
        begin = (at, bottom) if at >= left else (left, bottom - (left - at))
        end_x = min(at + bottom - top, right)
        yield Path((begin, (end_x, bottom - (end_x - at))), 0.4)
        at += HATCH


def _below(chart: Chart, box: Box, width: float, width_of: WidthOf, pieces: list[Piece]) -> float:
    """Put what stands below the axis; return where it ends."""
    line = SIZE * LEADING
    y = box.bottom + 3 + line
    if chart.x_title:
        lines = _wrapped(chart.x_title, width, SIZE, width_of)
        for text in lines:
            middle = max((box.left + box.right) / 2, width_of(text, SIZE, False) / 2)
            middle = min(middle, width - width_of(text, SIZE, False) / 2)
            pieces.append(Writing(middle, y + _baseline(SIZE), text, align="centre"))
            y += line
    for name, numbers in chart.under:
        first = width_of(numbers[0].label, SIZE, False) / 2 if numbers else width
        beside = width_of(name, SIZE, True) + first + 2 <= box.left
        for text in [name] if beside else _wrapped(name, width, SIZE, width_of):
            pieces.append(Writing(0.0, y + _baseline(SIZE), text, bold=beside))
            y += 0 if beside else line
        pieces += [
            Writing(box.place((tick.at, 0))[0], y + _baseline(SIZE), tick.label, align="centre")
            for tick in _apart(numbers, box, width_of)
        ]
        y += line if numbers else 0
    for note in chart.notes:
        for text in _wrapped(note, width, SIZE, width_of):
            pieces.append(Writing(0.0, y + _baseline(SIZE), text))
            y += line
    return y


def _apart(ticks: Sequence[Tick], box: Box, width_of: WidthOf) -> Sequence[Tick]:
    """Return the ticks, every second one where their numbers would touch."""
    wide = max((width_of(tick.label, SIZE, False) for tick in ticks), default=0.0)
    room = min((box.place((b.at, 0))[0] - box.place((a.at, 0))[0] for a, b in pairwise(ticks)), default=1e6)
    return ticks if room > wide + 2 else ticks[::2]
