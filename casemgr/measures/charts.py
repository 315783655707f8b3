"""A chart as plain data: marks in a box whose sides are 1, the words around it, and the same numbers as a table.

Screen and paper draw the same chart (see chart_layout). It is read without colours: lines differ by their strokes,
bars by their hatching, and what matters stands as a number beside its mark.
"""

import enum
from dataclasses import dataclass
from typing import NamedTuple

Point = tuple[float, float]
"""From the left and from the bottom of the box, 0 to 1 each."""


class Stroke(enum.Enum):
    """How a line is drawn."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    DASH_DOTTED = "dash-dotted"
    THIN = "thin"


class Fill(enum.Enum):
    """How a surface is filled."""

    GREY = "grey"
    HATCHED = "hatched"
    LIGHT = "light"


class Tick(NamedTuple):
    """A place on an axis, 0 to 1, and what stands there."""

    at: float
    label: str


class Line(NamedTuple):
    """A line through these points."""

    points: tuple[Point, ...]
    stroke: Stroke = Stroke.SOLID
    wide: bool = False


class Band(NamedTuple):
    """A surface between these points."""

    points: tuple[Point, ...]


class Bar(NamedTuple):
    """A rectangle from its lower left to its upper right corner."""

    low: Point
    high: Point
    fill: Fill = Fill.GREY


class Dot(NamedTuple):
    """A round mark."""

    at: Point
    filled: bool = True


class Label(NamedTuple):
    """A number or a word at a mark, above it or beside it at the right."""

    at: Point
    text: str
    beside: bool = False


Mark = Line | Band | Bar | Dot | Label


class Key(NamedTuple):
    """What a kind of mark stands for."""

    sign: Stroke | Fill | bool
    """The stroke of a line, the filling of a surface, or whether a dot is filled."""
    text: str
    wide: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart in one language.

    named_rows: the ticks of y are names of rows, each row between two of them as high as all others. under: numbers
    that stand below the x axis, at places of it, each row with its name; a name without numbers is a heading. height:
    of the box, in points. heads, rows: the same numbers as a table. notes: what is said below.
    """

    title: str
    x_title: str
    y_title: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    height: float = 150.0
    key: tuple[Key, ...] = ()
    under: tuple[tuple[str, tuple[Tick, ...]], ...] = ()
    named_rows: bool = False
    notes: tuple[str, ...] = ()


def table_text(chart: Chart) -> str:
    """Return the numbers as lines with tabs between the cells, as a spreadsheet takes them from the clipboard."""
    notes = ((note,) for note in chart.notes)
    return "\n".join("\t".join(cells) for cells in ((chart.title,), chart.heads, *chart.rows, *notes)) + "\n"
