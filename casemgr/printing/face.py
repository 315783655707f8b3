"""What gives a paper its face: the styles, the official head, the office, headings and remarks."""

from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from casemgr.printing.content import Content, clean
from casemgr.printing.flowables import FieldLook, dotted
from casemgr.printing.fonts import BOLD, HEADING
from casemgr.printing.labels import label_flowable, with_colon
from casemgr.printing.layout import Line, Style, restyled, text_width
from casemgr.printing.text import Paragraph, draw_line


class Styles:
    """The styles of one paper. Khmer needs more room between lines than English."""

    def __init__(self, khmer: bool, scale: float = 1.0) -> None:
        """Choose sizes and leadings, in points; `scale` enlarges all but the small type of the foot.

        Large type is for those who read with trouble, and the letters of Khmer headings are hard to read.
        """
        self.khmer = khmer
        size, leading = (10.5 * scale, 1.75) if khmer else (10.0 * scale, 1.6)
        heading = HEADING if khmer and scale == 1 else BOLD
        self.body = Style(size=size, leading=leading * size, space_after=3)
        self.label = restyled(self.body, size=size - 0.5, bold=True)
        self.field = FieldLook(self.label, self.body)
        self.above = restyled(self.label, space_before=4, space_after=0, keep_with_next=True)
        self.cell = Style(size=size - 1, leading=(leading - 0.1) * (size - 1))
        self.cell_head = restyled(self.cell, bold=True, align="centre")
        self.note = Style(size=size - 1.5, leading=leading * (size - 1.5), indent=9, space_before=3, space_after=4)
        self.title = Style(
            size=scale * (13 if khmer else 15),
            leading=26 * scale,
            align="centre",
            font=heading,
            space_before=6,
            space_after=8,
        )
        self.section = Style(
            size=scale * (10.5 if heading == HEADING else 12),
            leading=21 * scale,
            font=heading,
            space_before=11,
            space_after=4,
            keep_with_next=True,
        )
        self.subsection = Style(
            size=size + 0.5, leading=leading * (size + 0.5), font=BOLD, space_before=6, space_after=1,
            keep_with_next=True,
        )  # fmt: skip
        self.small = Style(size=8, leading=14)
        self.fine = Style(size=size - 1.5, leading=leading * (size - 1.5), space_after=4)


class OfficialHead(Flowable):
    """The kingdom's name and motto, centred, with an ornament below."""

    def __init__(self, kingdom: str, motto: str, styles: Styles) -> None:
        """Take the two lines in the paper's language."""
        super().__init__()
        self.lines = (kingdom, motto)
        self.style = Style(size=13, font=HEADING) if styles.khmer else Style(size=13, font=BOLD)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Return the size in points."""
        self.width, self.height = available_width, 66.0
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lines and the ornament."""
        middle = self.width / 2
        draw_line(self.canv, middle, self.height - 16, self.lines[0], self.style, "centre")
        draw_line(self.canv, middle, self.height - 38, self.lines[1], restyled(self.style, size=10.5), "centre")
        _ornament(self.canv, middle, self.height - 54)


def _ornament(canvas: Canvas, x: float, y: float) -> None:
    """Draw a diamond between two lines that thin out, with a small diamond on either side."""
    canvas.saveState()
    for side, distance in ((3.2, 0.0), (1.7, -9.0), (1.7, 9.0)):
        path = canvas.beginPath()
        path.moveTo(x + distance - side, y)
        path.lineTo(x + distance, y + side)
        path.lineTo(x + distance + side, y)
        path.lineTo(x + distance, y - side)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    for direction in (-1, 1):
        path = canvas.beginPath()
        path.moveTo(x + direction * 14, y + 0.7)
        path.lineTo(x + direction * 58, y)
        path.lineTo(x + direction * 14, y - 0.7)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


class OfficeLine(Flowable):
    """The office at the left, or dots for it; below it the case number, or dots; at the right place and date.

    These may have several lines, such as the lunar date above them. An empty number leaves its line to them alone.
    """

    def __init__(self, office: str, label: str, number: str | None, made: str, styles: Styles) -> None:
        """Take the words as printed."""
        super().__init__()
        self.office = Paragraph(office, restyled(styles.body, bold=True, space_after=0))
        self.open = not office
        self.made = Paragraph(made, restyled(styles.body, align="right", space_after=0))
        self.label = with_colon(label, styles.khmer)
        self.number = number
        self.style = styles.body

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size in points; the office's name fills the left half, place and date a little more."""
        _, self._office = self.office.wrap(available_width / 2, available_height)
        _, made = self.made.wrap(available_width * 0.62, available_height)
        self.width, self.height = available_width, self._office + max(self.style.line_height, made)
        return self.width, self.height

    def draw(self) -> None:
        """Draw them; what stands at the right begins beside the case number."""
        top = self.height - self._office
        self.office.drawOn(self.canv, 0, top)
        if self.open:
            dotted(self.canv, 0, self.width / 2 - 40, self.height - self.style.baseline)
        self.made.drawOn(self.canv, self.width * 0.38, top - self.made.height)
        if self.number == "":
            return
        y = top - self.style.baseline
        used = draw_line(self.canv, 0, y, self.label, self.style) + 4
        if self.number is None:
            dotted(self.canv, used, self.width * 0.36, y)
        else:
            draw_line(self.canv, used, y, self.number, self.style)


class SectionHeading(Flowable):
    """A heading with its number standing out to the left of the text; sections have a rule below.

    It is drawn on a FootedCanvas, which lists it in the file's outline.
    """

    def __init__(self, number: str, text: str, style: Style, level: int) -> None:
        """Take number and text as printed, and the level: 1 for a section, 2 below it."""
        super().__init__()
        self.number, self.style, self.level, self.ruled = number, style, level, level == 1
        self.outlined = clean(f"{number} {text}").replace("\n", " / ")
        # The heading font's own western figures are hard to tell apart.
        self.figures = restyled(style, font=BOLD, size=style.size + 1) if number.isascii() else style
        self.indent = text_width(number, self.figures) + 7 if number else 0.0
        self.text = label_flowable(text, restyled(style, space_before=0, space_after=0))
        self.spaceBefore, self.spaceAfter, self.leads = style.space_before, style.space_after, True

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size in points."""
        _, height = self.text.wrap(available_width - self.indent, available_height)
        self.width, self.height = available_width, height + (2 if self.ruled else 0)
        return self.width, self.height

    def draw(self) -> None:
        """Draw number, text and rule, and list the heading in the file's outline."""
        canvas: Any = self.canv
        canvas.mark_heading(self.outlined, self.level, self.height)
        if self.number:
            draw_line(self.canv, 0, self.height - self.style.baseline, self.number, self.figures)
        self.text.drawOn(self.canv, self.indent, 2 if self.ruled else 0)
        if self.ruled:
            self.canv.setLineWidth(0.6)
            self.canv.line(0, 0, self.width, 0)


class Remark(Paragraph):
    """A paragraph in small type with a bar at its left."""

    def draw(self) -> None:
        """Draw bar and text."""
        super().draw()
        self.canv.setLineWidth(1.6)
        self.canv.line(1, 1, 1, self.height - 1)


class Point(Paragraph):
    """A paragraph with its number, or a dash, standing out at its left."""

    def __init__(self, mark: str, text: Content, style: Style, *, lines: list[Line] | None = None) -> None:
        """Take the mark and the text; the style's indent leaves room for the mark. lines: as in Paragraph."""
        super().__init__(text, style, lines=lines)
        self.mark = mark

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Return the part that fits, with the mark, and the rest; nothing when no sensible part fits."""
        parts = super().split(available_width, available_height)
        if len(parts) < 2 or not isinstance(parts[0], Paragraph):
            return parts
        return [Point(self.mark, self.content, parts[0].look, lines=parts[0].lines), *parts[1:]]

    def draw(self) -> None:
        """Draw mark and text, in the order in which they are read."""
        draw_line(self.canv, 0, self.height - self.look.baseline, f"{self.mark} ", self.look)
        super().draw()
