"""The pieces of a form that ReportLab's frames fill pages with: questions, boxes, dotted lines, places to sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from casemgr.printing.blocks import Answer, Signer
from casemgr.printing.layout import Line, Style, layout_paragraph, restyled, text_width
from casemgr.printing.text import draw_line, draw_lines

HAND_PITCH = 21.0  # points between lines to write on by hand
_COLUMN_GAP, _LABEL_GAP = 16.0, 8.0
_BOX = 0.78  # side of a tick box, em


@dataclass(frozen=True)
class FieldLook:
    """Styles of labels and values, and the share of the width that labels may take."""

    label: Style
    value: Style
    label_share: float = 0.36


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


def with_colon(label: str, khmer: bool) -> str:
    """Return the label with the colon of its script, unless it ends with a mark of its own."""
    if not label or label[-1] in "?!:៖។…":
        return label
    return f"{label}៖" if khmer or "\u1780" <= label[-1] <= "\u17ff" else f"{label}:"


@dataclass
class _Cell:
    label: list[Line]
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
        self._label_widths: list[float] = []

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Lay out every cell in that width, in points."""
        self.width = available_width
        self._cell_width = (available_width - _COLUMN_GAP * (self.columns - 1)) / self.columns
        rows = [self.answers[i : i + self.columns] for i in range(0, len(self.answers), self.columns)]
        self._label_widths = [self._label_width(column) for column in range(self.columns)]
        self._rows = [
            [self._cell(answer, self._label_widths[column]) for column, answer in enumerate(row)] for row in rows
        ]
        self.height = sum(map(self._row_height, self._rows))
        return available_width, self.height

    def _label_width(self, column: int) -> float:
        if self.columns == 1:
            return self._cell_width * self.look.label_share
        labels = [with_colon(answer.label, self.khmer) for answer in self.answers[column :: self.columns]]
        widest = max((text_width(label, self.look.label) for label in labels), default=0.0)
        return min(widest + _LABEL_GAP, self._cell_width * 0.55)

    def _cell(self, answer: Answer, label_width: float) -> _Cell:
        label = layout_paragraph(with_colon(answer.label, self.khmer), self.look.label, label_width - _LABEL_GAP)
        if answer.value is None:
            return _Cell(label, None)
        return _Cell(label, layout_paragraph(answer.value, self.look.value, self._cell_width - label_width))

    def _row_height(self, row: list[_Cell]) -> float:
        label, value = self.look.label.line_height, self.look.value.line_height
        empty = max(HAND_PITCH, value) if any(cell.value is None for cell in row) else value + 1
        return max(empty, *(len(cell.label) * label for cell in row), *(len(cell.value or []) * value for cell in row))

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Return the rows that fit and the rest."""
        self.wrap(available_width, available_height)
        used, fitting = 0.0, 0
        for row in self._rows:
            used += self._row_height(row)
            if used > available_height + 1e-6:
                break
            fitting += 1
        if not 0 < fitting < len(self._rows):
            return []
        cut = fitting * self.columns
        return [
            FieldGrid(part, self.columns, self.look, self.khmer) for part in (self.answers[:cut], self.answers[cut:])
        ]

    def draw(self) -> None:
        """Draw the rows from the top down."""
        top = self.height
        for row in self._rows:
            height = self._row_height(row)
            for column, cell in enumerate(row):
                self._draw_cell(cell, column, top, height)
            top -= height

    def _draw_cell(self, cell: _Cell, column: int, top: float, height: float) -> None:
        """Draw a cell at the foot of its row, so that what is typed and what is dotted stand on one line."""
        left = column * (self._cell_width + _COLUMN_GAP)
        value_left = left + self._label_widths[column]
        label, value = self.look.label, self.look.value
        own = max(len(cell.label) * label.line_height, len(cell.value or [""]) * value.line_height)
        top -= height - own
        lift = value.baseline - label.baseline  # the label's smaller letters stand on the value's baseline
        if cell.value is None:
            last = len(cell.label) * label.line_height - label.line_height + label.baseline
            dotted(self.canv, value_left, left + self._cell_width, top - lift - last)
        else:
            draw_lines(self.canv, cell.value, value_left, top, value)
        draw_lines(self.canv, cell.label, left, top - lift, label)


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
        if not 0 < fitting < self.count:
            return []
        return [DottedLines(fitting), DottedLines(self.count - fitting)]

    def draw(self) -> None:
        """Draw the lines."""
        for line in range(self.count):
            dotted(self.canv, 0, self.width, self.height - (line + 1) * HAND_PITCH + 4)


class TickBoxes(Flowable):
    """A question and its boxes, several in a line. Boxes are drawn, so that they look the same everywhere."""

    def __init__(self, label: str, options: Sequence[tuple[str, bool]], look: FieldLook, khmer: bool) -> None:
        """Take the label, which may be empty, and the options with their ticks."""
        super().__init__()
        self.label = with_colon(label, khmer)
        self.options = options
        self.look = look
        self.spaceBefore = self.spaceAfter = 1.5

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Give every option its place, in points."""
        look, size = self.look, self.look.value.size
        self.width = available_width
        self._left = available_width * look.label_share if self.label else 0.0
        label_room = max(self._left - _LABEL_GAP, 1.0)
        self._label_lines = layout_paragraph(self.label, look.label, label_room) if self.label else []
        room, lead = available_width - self._left, (_BOX + 0.4) * size
        self._places: list[tuple[float, int, bool, list[Line]]] = []
        x, line = 0.0, 0
        for text, ticked in self.options:
            wide = lead + text_width(text, look.value)
            if x and x + wide > room:
                x, line = 0.0, line + 1
            lines = layout_paragraph(text, look.value, max(room - lead, size))
            self._places.append((x, line, ticked, lines))
            if len(lines) > 1:
                x, line = 0.0, line + len(lines)
            else:
                x += wide + 1.5 * size
        bottom = max((line + len(lines) for _, line, _, lines in self._places), default=0)
        self.height = max(bottom * look.value.line_height, len(self._label_lines) * look.label.line_height)
        return available_width, self.height

    def draw(self) -> None:
        """Draw label, boxes, ticks and words."""
        label, value = self.look.label, self.look.value
        draw_lines(self.canv, self._label_lines, 0, self.height - (value.baseline - label.baseline), label)
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

    _SPACE, _PRINT = 80.0, (46.0, 58.0)

    def __init__(self, signers: Sequence[Signer], style: Style, words: dict[str, str]) -> None:
        """Take those who sign; `words` are the fixed words: date, name, signature, thumbprint, seal."""
        super().__init__()
        self.signers = signers
        self.style = restyled(style, align="centre")
        self.small = restyled(style, size=style.size - 2, leading=1.7 * (style.size - 2), align="centre")
        self.words = words
        self.spaceBefore, self.spaceAfter = 10, 8

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Return the size in points."""
        self._column = (available_width - _COLUMN_GAP * (len(self.signers) - 1)) / len(self.signers)
        self._roles = [
            layout_paragraph(signer.role, restyled(self.style, bold=True), self._column - 12) for signer in self.signers
        ]
        self._head = max(map(len, self._roles)) * self.style.line_height
        self.width, self.height = available_width, self._head + 2 * self.style.line_height + self._SPACE + 10
        return self.width, self.height

    def draw(self) -> None:
        """Draw each column: date, role, room for signature, thumbprint and seal, name."""
        for index, signer in enumerate(self.signers):
            self._draw_signer(signer, self._roles[index], index * (self._column + _COLUMN_GAP))

    def _draw_signer(self, signer: Signer, role: list[Line], left: float) -> None:
        canvas, style, width = self.canv, self.style, self._column
        top = self.height
        self._filled(self.words["date"], signer.date, left, width, top - style.baseline)
        draw_lines(canvas, role, left + 6, top - style.line_height, style)
        ground = top - style.line_height - self._head - self._SPACE
        under = ground + self._SPACE - self.small.baseline - 2
        draw_line(canvas, left + width / 2, under, self.words["signature"], self.small, "centre")
        if signer.seal:
            self._place_for_seal(left + 40, ground + self._SPACE / 2 - 8)
        if signer.thumbprint:
            self._place_for_thumb(left + width - self._PRINT[0] - 10, ground + 2)
        self._filled(self.words["name"], signer.name, left, width, ground - style.baseline - 4)

    def _filled(self, label: str, value: str | None, left: float, width: float, y: float) -> None:
        """Draw a label with its value, or with dots to the end of the column."""
        flat = restyled(self.style, align="left", size=self.style.size - 0.5)
        used = draw_line(self.canv, left + 8, y, label, flat)
        start = left + 8 + used + 4
        if value is None:
            dotted(self.canv, start, left + width - 8, y)
        else:
            draw_line(self.canv, start, y, value, flat)

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
