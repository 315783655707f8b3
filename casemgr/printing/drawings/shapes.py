"""What drawings are made of: outlines on a grid of 100 by 100, free of any drawing library.

An outline is written as letters with numbers: M x y begins, L x y goes straight, C with three points goes in a curve,
Z closes, O x y r is a circle, E x y across down an ellipse with these halves. x runs to the right and y down.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

GRID = 100.0
LINE = 2.2
"""The width of a line on the grid, whatever the drawing's parts were scaled to."""

Paint = Literal["line", "white", "grey", "black", "blank"]
"""line: the outline alone. white, grey: filled, with its outline. black: filled. blank: filled white, no outline."""

_COUNT = {"M": 2, "L": 2, "C": 6, "Z": 0, "O": 3, "E": 4}


class Segment(NamedTuple):
    """One letter of an outline with its numbers."""

    letter: str
    numbers: tuple[float, ...]


class Shape(NamedTuple):
    """An outline and how it is painted; later shapes lie over earlier ones. width: of its line."""

    paint: Paint
    outline: tuple[Segment, ...]
    width: float = LINE


Shapes = tuple[Shape, ...]


def shape(paint: Paint, outline: str, width: float = LINE) -> Shape:
    """Return the shape of a written outline. Raises ValueError for one that cannot be read."""
    return Shape(paint, tuple(_read(outline.split())), width)


def _read(parts: list[str]) -> Iterator[Segment]:
    at = 0
    while at < len(parts):
        letter = parts[at]
        count = _COUNT.get(letter)
        numbers = parts[at + 1 : at + 1 + (count or 0)]
        if count is None or len(numbers) != count:
            raise ValueError(f"no outline at its part {at}")
        yield Segment(letter, tuple(map(float, numbers)))
        at += 1 + count


def placed(shapes: Iterable[Shape], x: float, y: float, scale: float = 1.0) -> Shapes:
    """Return the shapes with their origin at (x, y), larger by `scale`; their lines stay as wide as they are."""
    return tuple(
        Shape(each.paint, tuple(_moved(segment, x, y, scale) for segment in each.outline), each.width)
        for each in shapes
    )


def _moved(segment: Segment, x: float, y: float, scale: float) -> Segment:
    """Return the segment moved; what follows the middle of a circle or ellipse are lengths, not places."""
    places = 2 if segment.letter in "OE" else len(segment.numbers)
    return Segment(segment.letter, tuple(
        number * scale + ((x, y)[at % 2] if at < places else 0.0) for at, number in enumerate(segment.numbers)
    ))  # fmt: skip
