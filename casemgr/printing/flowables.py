"""The pieces of a form that ReportLab's frames fill pages with: questions, boxes, dotted lines, places to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from casemgr.printing.blocks import Answer, Signer
from casemgr.printing.labels import Label, label_width, with_colon
from casemgr.printing.layout import Line, Style, layout_paragraph, restyled, text_width
from casemgr.printing.text import draw_line, draw_lines

HAND_PITCH = 20.0  # points between lines to write on by hand
_COLUMN_GAP, _LABEL_GAP = 16.0, 6.0
_BOX = 0.78  # side of a tick box, em
_BOX_STEPS = 4  # boxes begin at every fourth part between the stops for answers
_WHOLE = 3  # so few rows or lines stay on one page


@dataclass(frozen=True)
class FieldLook:
    """Styles of labels and values."""

    label: Style
    value: Style


def stops(width: float) -> tuple[float, float, float]:
    """Return where answers of a page that wide may begin, in points from its left edge.

    They are the same on every page: the first answer, the second column (where the answer to a long question begins
    as well), and the second answer.
    """
    column = (width - _COLUMN_GAP) / 2
    return column / 2, column + _COLUMN_GAP, column * 1.5 + _COLUMN_GAP


def stop_after(label: str, look: FieldLook, width: float) -> float:
    """Return the first stop, in points, that lies behind the label; the second, where it is too long for both."""
    first, second, _ = stops(width)
    return first if label_width(label, look.label) <= first - _LABEL_GAP else second


def dotted(canvas: Canvas, left: float, right: float, y: float) -> None:
    """Draw a line of round dots to write on, in points."""
    if right - left < 4:
        return
    canvas.saveState()
    canvas.setLineWidth(0.75)
    canvas.setLineCap(1)
    canvas.setDash([0.01, 2.6])
    canvas.line(left, y, right, y)
    canvas.restoreState()


@dataclass
class _Cell:
    label: Label
    value: list[Line] | None


class FieldGrid(Flowable):
    """Labels with their short answers in columns; labels and values each stand in line. Splits between rows."""

    def __init__(self, answers: Sequence[Answer], columns: int, look: FieldLook, khmer: bool) -> None:
        """Take the answers row by row."""
        super().__init__()
        self.answers = list(answers)
        self.columns = columns
        self.look = look
        self.khmer = khmer
        self.spaceBefore = self.spaceAfter = 1.5
        self._rows: list[list[_Cell]] = []

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Lay out every cell in that width, in points."""
        self.width = available_width
        self._cell_width = (available_width - _COLUMN_GAP * (self.columns - 1)) / self.columns
        rows = [self.answers[i : i + self.columns] for i in range(0, len(self.answers), self.columns)]
        self._stop = self._cell_width / 2
        if self.columns == 1:
            labels = (with_colon(answer.label, self.khmer) for answer in self.answers)
            self._stop = max(stop_after(label, self.look, available_width) for label in labels)
        self._rows = [[self._cell(answer) for answer in row] for row in rows]
        self.height = sum(map(self._row_height, self._rows))
        return available_width, self.height

    def least_height(self) -> float:
        """Return the height in points of the first rows that may stand alone, once it is wrapped."""
        return self.height if len(self._rows) <= _WHOLE else sum(map(self._row_height, self._rows[:2]))

    def _cell(self, answer: Answer) -> _Cell:
        label = Label(with_colon(answer.label, self.khmer), self.look.label, self._stop - _LABEL_GAP)
        if answer.value is None:
            return _Cell(label, None)
        return _Cell(label, layout_paragraph(answer.value, self.look.value, self._cell_width - self._stop))

    def _row_height(self, row: list[_Cell]) -> float:
        value = self.look.value.line_height
        empty = max(HAND_PITCH, value) if any(cell.value is None for cell in row) else value + 1
        return max(empty, *(cell.label.height for cell in row), *(len(cell.value or []) * value for cell in row))

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Return the rows that fit and the rest."""
        self.wrap(available_width, available_height)
        used, fitting = 0.0, 0
        if len(self._rows) <= _WHOLE and available_height < self.height <= 8 * HAND_PITCH:
            return []
        for row in self._rows:
            used += self._row_height(row)
            if used > available_height + 1e-6:
                break
            fitting += 1
        if len(self._rows) - fitting == 1:
            fitting -= 1  # no single last row on the next page
        if not 0 < fitting < len(self._rows):
            return []
        cut = fitting * self.columns
        return [
            FieldGrid(part, self.columns, self.look, self.khmer) for part in (self.answers[:cut], self.answers[cut:])
        ]

    def draw(self) -> None:
        """Draw the rows from the top down; the room for handwriting is above its line."""
        top = self.height
        for row in self._rows:
            height = self._row_height(row)
            spare = height - max(map(self._own_height, row))
            for column, cell in enumerate(row):
                self._draw_cell(cell, column * (self._cell_width + _COLUMN_GAP), top - spare)
            top -= height

    def _own_height(self, cell: _Cell) -> float:
        return max(cell.label.height, len(cell.value or [""]) * self.look.value.line_height)

    def _draw_cell(self, cell: _Cell, left: float, top: float) -> None:
        """Draw a cell from the top of its row: first lines stand on one line, typed or dotted."""
        value_left = left + self._stop
        label, value = self.look.label, self.look.value
        lift = value.baseline - label.baseline  # the label's smaller letters stand on the value's baseline
        if cell.value is None:
            above = cell.label.height - cell.label.last_height
            dotted(self.canv, value_left, left + self._cell_width, top - lift - above - cell.label.last_baseline)
        else:
            draw_lines(self.canv, cell.value, value_left, top, value)
        cell.label.draw(self.canv, left, top - lift)


class DottedLines(Flowable):
    """Lines to write on by hand, across the page. Splits between them."""

    def __init__(self, count: int) -> None:
        """Take the number of lines."""
        super().__init__()
        self.count = count
        self.spaceAfter = 6

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Return the size in points."""
        self.width, self.height = available_width, self.count * HAND_PITCH
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:  # noqa: ARG002
        """Return the lines that fit and the rest."""
        fitting = int((available_height + 1e-6) / HAND_PITCH)
        if self.count - fitting == 1:
            fitting -= 1  # no single last line on the next page
        if not 0 < fitting < self.count or self.count <= _WHOLE:
            return []
        return [DottedLines(fitting), DottedLines(self.count - fitting)]

    def least_height(self) -> float:
        """Return the height in points of the first lines that may stand alone."""
        return HAND_PITCH * (self.count if self.count <= _WHOLE else 2)

    def draw(self) -> None:
        """Draw the lines."""
        for line in range(self.count):
            dotted(self.canv, 0, self.width, self.height - (line + 1) * HAND_PITCH + 4)


class _Box(NamedTuple):
    x: float
    line: int
    ticked: bool
    lines: list[Line]


class TickBoxes(Flowable):
    """A question and its boxes, several in a line, at even steps. They are drawn: so they look the same everywhere."""

    def __init__(self, label: str, options: Sequence[tuple[str, bool]], look: FieldLook, khmer: bool) -> None:
        """Take the label, which may be empty, and the options with their ticks."""
        super().__init__()
        self.label = with_colon(label, khmer)
        self.options = options
        self.look = look
        self.spaceBefore = self.spaceAfter = 1.5

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Give every option its place, in points."""
        look = self.look
        self.width = available_width
        self._left = stop_after(self.label, look, available_width) if self.label else 0.0
        label_room = max(self._left - _LABEL_GAP, 1.0)
        self._label = Label(self.label, look.label, label_room)
        first, second, _ = stops(available_width)
        room = available_width - self._left
        self._places = self._placed(room, (second - first) / _BOX_STEPS, 0.9)
        close = self._placed(room, 1, 0.5)
        if self._last_line(close) < self._last_line(self._places):
            self._places = close  # even steps are not worth a line more
        self.lines = self._last_line(self._places)
        self.height = max(self.lines * look.value.line_height, self._label.height)
        return available_width, self.height

    def _placed(self, room: float, step: float, gap: float) -> list[_Box]:
        """Return the boxes with their words in lines of `room` points.

        Each stands at a multiple of `step` points, at least `gap` em behind the last.
        """
        style = self.look.value
        lead = (_BOX + 0.4) * style.size
        places: list[_Box] = []
        x, line = 0.0, 0
        for text, ticked in self.options:
            wide = lead + text_width(text, style)
            if x and x + wide > room:
                x, line = 0.0, line + 1
            lines = layout_paragraph(text, style, max(room - lead, style.size))
            places.append(_Box(x, line, ticked, lines))
            if len(lines) > 1:
                x, line = 0.0, line + len(lines)
            else:
                x += ceil((wide + gap * style.size) / step) * step
        return places

    @staticmethod
    def _last_line(places: list[_Box]) -> int:
        return max((box.line + len(box.lines) for box in places), default=0)

    def draw(self) -> None:
        """Draw label, boxes, ticks and words."""
        label, value = self.look.label, self.look.value
        self._label.draw(self.canv, 0, self.height - (value.baseline - label.baseline))
        for x, line, ticked, lines in self._places:
            top = self.height - line * value.line_height
            tick_box(self.canv, self._left + x, top - value.baseline - 0.04 * value.size, _BOX * value.size, ticked)
            draw_lines(self.canv, lines, self._left + x + (_BOX + 0.4) * value.size, top, value)


def tick_box(canvas: Canvas, x: float, y: float, side: float, ticked: bool) -> None:
    """Draw a box with its lower left corner at (x, y), in points, and a tick in it."""
    canvas.saveState()
    canvas.setLineWidth(0.7)
    canvas.rect(x, y, side, side)
    if ticked:
        canvas.setLineWidth(1.5)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        path = canvas.beginPath()
        path.moveTo(x + 0.18 * side, y + 0.52 * side)
        path.lineTo(x + 0.42 * side, y + 0.22 * side)
        path.lineTo(x + 0.86 * side, y + 0.86 * side)
        canvas.drawPath(path)
    canvas.restoreState()


class SignatureRow(Flowable):
    """Up to three places to sign, side by side, never parted by the end of a page."""

    _SPACE, _PRINT = 74.0, (46.0, 58.0)
    _BY_HAND = 60.0  # points: so much room a date needs at least

    def __init__(self, signers: Sequence[Signer], style: Style, words: dict[str, str], *, last: bool = True) -> None:
        """Take those who sign; `words` are the fixed words: date, name, signature, thumbprint, seal.

        A row that is not the last stands on one page with the next.
        """
        super().__init__()
        self.leads = not last
        self.signers = signers
        self.style = restyled(style, align="centre")
        self.small = restyled(style, size=style.size - 2, leading=1.7 * (style.size - 2), align="centre")
        self._flat = restyled(style, align="left", size=style.size - 0.5)
        self.words = words
        self.spaceBefore, self.spaceAfter = 10, 8

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Return the size in points."""
        self._column = (available_width - _COLUMN_GAP * (len(self.signers) - 1)) / len(self.signers)
        self._roles = [
            layout_paragraph(signer.role, restyled(self.style, bold=True), self._column - 12) for signer in self.signers
        ]
        self._head = max(map(len, self._roles)) * self.style.line_height
        names = max(len(self._lines_of(self.words["name"], signer.name)) for signer in self.signers)
        self._dates = 2 if any(map(self._is_below, self.signers)) else 1
        lines = self._dates + names
        self.width, self.height = available_width, self._head + lines * self.style.line_height + self._SPACE + 10
        return self.width, self.height

    def _room(self, label: str) -> float:
        return self._column - text_width(label, self._flat) - 20

    def _lines_of(self, label: str, value: str | None) -> list[Line]:
        """Return the lines that a value takes beside its label."""
        return layout_paragraph(value or "", self._flat, self._room(label))

    def _is_below(self, signer: Signer) -> bool:
        """Tell whether the date has no room beside its label."""
        needed = self._BY_HAND if signer.date is None else text_width(signer.date, self._flat)
        return needed > self._room(self.words["date"])

    def draw(self) -> None:
        """Draw each column: date, role, room for signature, thumbprint and seal, name."""
        for index, signer in enumerate(self.signers):
            self._draw_signer(signer, self._roles[index], index * (self._column + _COLUMN_GAP))

    def _draw_signer(self, signer: Signer, role: list[Line], left: float) -> None:
        canvas, style, width = self.canv, self.style, self._column
        top = self.height
        self._draw_date(signer, left, top - style.baseline)
        top -= self._dates * style.line_height
        draw_lines(canvas, role, left + 6, top, style)
        ground = top - self._head - self._SPACE
        under = ground + self._SPACE - self.small.baseline - 2
        draw_line(canvas, left + width / 2, under, self.words["signature"], self.small, "centre")
        if signer.seal:
            self._place_for_seal(left + 40, ground + self._SPACE / 2 - 8)
        if signer.thumbprint:
            self._place_for_thumb(left + width - self._PRINT[0] - 10, ground + 2)
        self._filled(self.words["name"], signer.name, left, width, ground - style.baseline - 4)

    def _draw_date(self, signer: Signer, left: float, y: float) -> None:
        label, next_line = self.words["date"], y - self.style.line_height
        if not self._is_below(signer):
            self._filled(label, signer.date, left, self._column, y)
            return
        draw_line(self.canv, left + 8, y, label, self._flat)
        if signer.date is None:
            dotted(self.canv, left + 8, left + self._column - 8, next_line)
        else:
            draw_line(self.canv, left + 8, next_line, signer.date, self._flat)

    def _filled(self, label: str, value: str | None, left: float, width: float, y: float) -> None:
        """Draw a label with its value, or with dots to the end of the column."""
        used = draw_line(self.canv, left + 8, y, label, self._flat)
        start = left + 8 + used + 4
        if value is None:
            dotted(self.canv, start, left + width - 8, y)
        else:
            draw_lines(self.canv, self._lines_of(label, value), start, y + self._flat.baseline, self._flat)

    def _place_for_seal(self, x: float, y: float) -> None:
        self.canv.saveState()
        self.canv.setLineWidth(0.6)
        self.canv.setDash([2, 2])
        self.canv.circle(x, y, 30)
        self.canv.restoreState()
        draw_line(self.canv, x, y - 0.26 * self.small.size, self.words["seal"], self.small, "centre")

    def _place_for_thumb(self, x: float, y: float) -> None:
        width, height = self._PRINT
        self.canv.saveState()
        self.canv.setLineWidth(0.6)
        self.canv.rect(x, y, width, height)
        self.canv.restoreState()
        small = restyled(self.small, size=self.small.size - 1.5)
        lines = layout_paragraph(self.words["thumbprint"], restyled(small, align="centre"), width - 2)
        draw_lines(self.canv, lines, x + 1, y + len(lines) * small.line_height + 1, small)


class Scissors(Flowable):
    """A dashed line across the page, with scissors at its left."""

    def __init__(self) -> None:
        """Stand between the paper and what is cut off; never at the foot of a page."""
        super().__init__()
        self.leads = True

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Return the size in points."""
        self.width, self.height = available_width, 30.0
        return self.width, self.height

    def draw(self) -> None:
        """Draw two blades that cross, their handles, and the line."""
        canvas, y = self.canv, self.height / 2
        canvas.saveState()
        canvas.setLineWidth(0.9)
        for side in (-1, 1):
            canvas.line(5, y + 2.6 * side, 17, y - 2.2 * side)
            canvas.circle(3, y + 3.2 * side, 2.2)
        canvas.setLineWidth(0.7)
        canvas.setDash([4, 3])
        canvas.line(20, y, self.width, y)
        canvas.restoreState()
