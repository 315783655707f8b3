"""Pieces of a paper that say something with a drawing: beside a text, on cards, as faces to tick."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table, TableStyle

from casemgr.printing.blocks import Faces
from casemgr.printing.content import Content
from casemgr.printing.drawings.named import Drawing
from casemgr.printing.drawings.pen import draw_drawing
from casemgr.printing.flowables import tick_box
from casemgr.printing.fonts import REGULAR
from casemgr.printing.layout import Line, Style, layout_paragraph, restyled
from casemgr.printing.text import Paragraph, draw_lines

_BESIDE, _GAP = 4.35, 14.0  # side of a drawing beside its text, em; room between them, points
_CARD, _CARD_GAP, _PADDING = 122.0, 9.0, 6.0  # side of a drawing on its card, points
_FACE, _PRINT = 62.0, (88.0, 96.0)  # side of a face; box for a thumbprint, points

FRAME_STYLE = TableStyle(
    [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),  # see document.TABLE_STYLE
        ("BOX", (0, 0), (-1, -1), 1.5, "black"),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
    ]
)


def framed(pieces: list[Flowable]) -> Table:
    """Return the pieces in one frame, which no page's end parts."""
    return Table([[pieces]], colWidths=["100%"], spaceBefore=6, spaceAfter=8, style=FRAME_STYLE)


class DrawnText(Flowable):
    """A drawing at the left, its text beside it; the lower one stands at the middle of the higher."""

    def __init__(self, drawing: Drawing, content: Content, style: Style) -> None:
        """Take what is drawn and said."""
        super().__init__()
        self.drawing = drawing
        self.side = _BESIDE * style.size
        self.text = Paragraph(content, restyled(style, space_after=0))
        self.spaceBefore = self.spaceAfter = 6

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size in points."""
        _, height = self.text.wrap(available_width - self.side - _GAP, available_height)
        self.width, self.height = available_width, max(self.side, height)
        return self.width, self.height

    def draw(self) -> None:
        """Draw both."""
        draw_drawing(self.canv, self.drawing, 0, (self.height - self.side) / 2, self.side)
        self.text.drawOn(self.canv, self.side + _GAP, (self.height - self.text.height) / 2)


class CardRow(Flowable):
    """Cards side by side: a large drawing, room for two lines below it, a frame round both."""

    def __init__(self, cards: Sequence[tuple[Drawing, str]], columns: int, style: Style) -> None:
        """Take the cards of one row, at most as many as it has columns."""
        super().__init__()
        self.cards, self.columns = cards, columns
        self.style = restyled(style, bold=True, align="centre", leading=1.62 * style.size)
        self.spaceBefore = self.spaceAfter = _CARD_GAP / 2

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Return the size in points."""
        self._card = (available_width - _CARD_GAP * (self.columns - 1)) / self.columns
        self._texts = [layout_paragraph(text, self.style, self._card - 2 * _PADDING) for _, text in self.cards]
        lines = max(2, *map(len, self._texts))
        self.width, self.height = available_width, _CARD + 2 * _PADDING + lines * self.style.line_height
        return self.width, self.height

    def draw(self) -> None:
        """Draw the row."""
        for number, ((drawing, _), lines) in enumerate(zip(self.cards, self._texts, strict=True)):
            left = number * (self._card + _CARD_GAP)
            self.canv.setLineWidth(0.8)
            self.canv.roundRect(left, 0, self._card, self.height, 6)
            ground = self.height - _PADDING - _CARD
            draw_drawing(self.canv, drawing, left + (self._card - _CARD) / 2, ground, _CARD)
            self._draw_text(lines, left + _PADDING, ground)

    def _draw_text(self, lines: list[Line], left: float, room: float) -> None:
        """Draw the words in the middle of the room below the drawing."""
        spare = room - len(lines) * self.style.line_height
        draw_lines(self.canv, lines, left, room - spare / 2, self.style)


class FaceRow(Flowable):
    """A question, below it faces with boxes to tick, and at the right a box for a thumbprint."""

    def __init__(self, faces: Faces, style: Style) -> None:
        """Take the question and its faces."""
        super().__init__()
        self.faces = faces
        self.style = restyled(style, leading=1.62 * style.size, align="centre")
        self.question = Paragraph(faces.question, restyled(style, bold=True, space_after=0))
        self.spaceBefore, self.spaceAfter = 6, 4

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size in points."""
        beside = available_width - _PRINT[0] - 2 * _CARD_GAP
        _, asked = self.question.wrap(beside, available_height)
        self._column = beside / len(self.faces.faces)
        self._texts = [layout_paragraph(text, self.style, self._column - 8) for _, text in self.faces.faces]
        self._thumb = layout_paragraph(self.faces.thumbprint, self.style, _PRINT[0] + 2 * _CARD_GAP)
        height = self.style.line_height
        left = asked + _FACE + 8 + max(map(len, self._texts)) * height
        self.width, self.height = available_width, max(left, _PRINT[1] + 4 + len(self._thumb) * height)
        return self.width, self.height

    def draw(self) -> None:
        """Draw question, faces, boxes and the place for the thumb."""
        self.question.drawOn(self.canv, 0, self.height - self.question.height)
        top = self.height - self.question.height - 4
        for number, ((drawing, _), lines) in enumerate(zip(self.faces.faces, self._texts, strict=True)):
            left = number * self._column
            middle = left + self._column / 2
            tick_box(self.canv, middle - _FACE / 2 - 14, top - _FACE / 2 - 9, 18, ticked=False)
            draw_drawing(self.canv, drawing, middle - _FACE / 2 + 12, top - _FACE, _FACE)
            draw_lines(self.canv, lines, left + 4, top - _FACE - 2, self.style)
        x = self.width - _PRINT[0] - _CARD_GAP
        self.canv.setLineWidth(0.8)
        self.canv.rect(x, self.height - _PRINT[1], *_PRINT)
        draw_lines(self.canv, self._thumb, x - _CARD_GAP, self.height - _PRINT[1] - 2, self.style)
