"""What is printed on a form itself: a label in the paper's language, and below it, smaller, the other language's."""

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from casemgr.printing.fonts import REGULAR
from casemgr.printing.layout import Line, Style, layout_paragraph, restyled, text_width
from casemgr.printing.text import Paragraph, draw_lines

_MARKS = "?!:៖។…"


def with_colon(label: str, khmer: bool) -> str:
    """Return the label with the colon of its script at the end of each line, unless it ends with a mark of its own."""
    return "\n".join(_with_colon(line, khmer and not number) for number, line in enumerate(label.split("\n")))


def _with_colon(line: str, khmer: bool) -> str:
    if not line or line[-1] in _MARKS:
        return line
    return f"{line}៖" if khmer or "\u1780" <= line[-1] <= "\u17ff" else f"{line}:"


def beneath(style: Style) -> Style:
    """Return the look of the second line below a label of that look."""
    size = 0.82 * style.size if style.size < 12 else 0.7 * style.size
    return restyled(style, size=size, leading=1.35 * size, bold=False, font=REGULAR)


def label_width(label: str, style: Style) -> float:
    """Return the width of the label without breaking its lines, in points."""
    own, _, second = label.partition("\n")
    return max(text_width(own, style), text_width(second, beneath(style)) if second else 0.0)


class Label:
    """A label in lines of at most so many points."""

    def __init__(self, text: str, style: Style, width: float) -> None:
        """Lay out both lines; an empty text has no height."""
        own, _, second = text.partition("\n")
        self.parts: list[tuple[list[Line], Style]] = []
        if own:
            self.parts.append((layout_paragraph(own, style, width), style))
        if second:
            self.parts.append((layout_paragraph(second, beneath(style), width), beneath(style)))

    @property
    def height(self) -> float:
        """The height in points."""
        return sum(len(lines) * style.line_height for lines, style in self.parts)

    @property
    def last_height(self) -> float:
        """The height of its last line, in points."""
        return self.parts[-1][1].line_height if self.parts else 0.0

    @property
    def last_baseline(self) -> float:
        """How far below the top of its last line that stands, in points."""
        return self.parts[-1][1].baseline if self.parts else 0.0

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it with its left edge at x and its top there, in points."""
        for lines, style in self.parts:
            draw_lines(canvas, lines, x, top, style)
            top -= len(lines) * style.line_height


class _TwoLines(Flowable):
    """A label of two lines across the page, or in the head of a table; it is not split."""

    def __init__(self, text: str, style: Style) -> None:
        super().__init__()
        self.text, self.look = text, style
        self.spaceBefore, self.spaceAfter, self.leads = style.space_before, style.space_after, style.keep_with_next

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Return the size in points."""
        self.label = Label(self.text, self.look, available_width)
        self.width, self.height = available_width, self.label.height
        return self.width, self.height

    def draw(self) -> None:
        """Draw both lines."""
        self.label.draw(self.canv, 0, self.height)


def label_flowable(text: str, style: Style) -> Flowable:
    """Return a label that stands alone on its line, with the style's room around it."""
    return _TwoLines(text, style) if "\n" in text else Paragraph(text, style)
