"""A4 pages of a form: the official head, the blocks, and what stands on every page."""

import io
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Table,
    TableStyle,
)
from reportlab.platypus import PageBreak as NewPage

from casemgr.i18n import N_, Words
from casemgr.pace import Cancelled, Pace, Progress
from casemgr.printing.blocks import (
    Answer,
    AnswerGrid,
    Block,
    Cards,
    Contents,
    CutLine,
    Drawn,
    Faces,
    Framed,
    Heading,
    Note,
    PageBreak,
    Paper,
    Photo,
    Picture,
    Points,
    Question,
    Seen,
    Signatures,
    TableBlock,
    Text,
    Ticks,
    Together,
)
from casemgr.printing.chart_drawing import ChartDrawing
from casemgr.printing.content import clean
from casemgr.printing.contents import Listed, contents_of
from casemgr.printing.drawn import CardRow, DrawnText, FaceRow, framed
from casemgr.printing.every_page import PAGE_OF, PRACTICE, FootedCanvas, banner
from casemgr.printing.face import OfficeLine, OfficialHead, Point, Remark, SectionHeading, Styles
from casemgr.printing.flowables import (
    HAND_PITCH,
    DottedLines,
    FieldGrid,
    Scissors,
    SignatureRow,
    TickBoxes,
    dotted,
    stop_after,
    stops,
)
from casemgr.printing.fonts import BOLD, REGULAR
from casemgr.printing.keeping import NewPart, Whole, ended, together
from casemgr.printing.labels import label_flowable, with_colon
from casemgr.printing.layout import Align, Style, restyled, text_width
from casemgr.printing.outline import trace
from casemgr.printing.photo import PhotoFlowable
from casemgr.printing.text import Cell, Paragraph, draw_line

LEFT, RIGHT, TOP, BOTTOM = 60.0, 50.0, 44.0, 60.0
WIDTH = A4[0] - LEFT - RIGHT
HEIGHT = A4[1] - TOP - BOTTOM
SIGN_PITCH = 34.0  # points: a line of a table with room for a signature
TALL_ROW = 300.0  # points: a taller line of a table goes on over the page

KINGDOM = N_("Kingdom of Cambodia")
MOTTO = N_("Nation Religion King")
CASE_NUMBER = N_("Case number")
VERSION = N_("version {version}")
DRAFT = N_("DRAFT")
SIGNING = {
    "date": N_("Date"),
    "name": N_("Name"),
    "signature": N_("Signature"),
    "thumbprint": N_("Thumbprint"),
    "seal": N_("Seal"),
}


def build(
    paper: Paper, words: Words, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> bytes:  # fmt: skip
    """Return the PDF; see `casemgr.printing.page.draw`. With a list of contents it is drawn twice, for its pages."""
    listed: Listed | None = None
    if any(isinstance(block, Contents) for block in paper.blocks):
        listed = contents_of(paper.blocks)
        listed.pages = _drawn(paper, words, None, cancelled, listed)[1]
    return _drawn(paper, words, progress, cancelled, listed)[0]


def _drawn(
    paper: Paper, words: Words, progress: Progress | None, cancelled: Cancelled | None, listed: Listed | None
) -> tuple[bytes, list[int]]:
    """Return the PDF, and on which page each heading stands."""
    styles = Styles(words.language == "km", paper.scale)
    target = io.BytesIO()
    pages_of_headings: list[int] = []

    def canvas_of(*given: Any, **named: Any) -> FootedCanvas:
        canvas = FootedCanvas(*given, **named)
        canvas.foot = lambda page, pages: _foot(canvas, paper, words, styles, page, pages)
        canvas.headings = pages_of_headings
        return canvas

    def every_page(canvas: Canvas, _: BaseDocTemplate) -> None:
        if paper.draft:
            _draft_mark(canvas, words.text(DRAFT))
        if paper.practice:
            banner(canvas, words.text(PRACTICE), styles)

    def page_end(canvas: Any, _: BaseDocTemplate) -> None:
        canvas.point_to_foot()

    top = TOP + (16 if paper.practice else 0)
    frame = Frame(LEFT, BOTTOM, WIDTH, A4[1] - top - BOTTOM, 0, 0, 0, 0)
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        invariant=1,
        lang=words.language,
        title=" ".join(part for part in (clean(paper.title).replace("\n", " / "), paper.case_number) if part),
        subject=f"{paper.form_name} {paper.form_version}",
        creator="casemgr",
        author="",
        pageTemplates=[PageTemplate(frames=[frame], onPage=every_page, onPageEnd=page_end)],
    )
    story = [*_opening(paper, words, styles), *_story(paper, words, styles, Pace(cancelled=cancelled), listed)]
    pace = Pace(len(story), progress, cancelled)
    document.setProgressCallBack(lambda what, done: pace.step(done - pace.done) if what == "PROGRESS" else None)
    document.build(story, canvasmaker=canvas_of)
    return target.getvalue(), pages_of_headings


def _opening(paper: Paper, words: Words, styles: Styles) -> Iterator[Flowable]:
    if paper.head:
        yield OfficialHead(words.text(KINGDOM), words.text(MOTTO), styles)
    if not paper.leaflet:
        yield OfficeLine(paper.office, words.text(CASE_NUMBER), paper.case_number, paper.made, styles)
    yield label_flowable(paper.title, styles.title)


def _story(paper: Paper, words: Words, styles: Styles, pace: Pace, listed: Listed | None) -> Iterator[Flowable]:
    """Yield the pieces; before what leads to another, a new page where both would not stand on this one."""
    pieces: list[Flowable] = []
    for block in paper.blocks:
        if isinstance(block, Contents) and listed is not None:
            pieces += listed.lines(styles, words)
        else:
            pieces += _pieces([block], words, styles, pace)
    pieces = ended(pieces, WIDTH)
    for before, piece in pairwise(pieces):
        if isinstance(piece, Remark):
            piece.leads = getattr(before, "leads", False)  # a remark under a heading belongs to it
    for index, piece in enumerate(pieces):
        if getattr(piece, "leads", False) and not (index and getattr(pieces[index - 1], "leads", False)):
            yield CondPageBreak(together(pieces[index:], WIDTH))
        yield piece


def _pieces(blocks: Sequence[Block], words: Words, styles: Styles, pace: Pace) -> Iterator[Flowable]:
    for block in blocks:
        if isinstance(block, Together):
            yield Whole(list(_pieces(block.blocks, words, styles, pace)))
        else:
            yield from _flowables(block, words, styles, pace)


def _flowables(block: Block, words: Words, styles: Styles, pace: Pace) -> Iterator[Flowable]:
    match block:
        case Heading():
            yield from _heading(block, styles)
        case Text(content, align, size):
            yield Paragraph(content, restyled(styles.body if size == "body" else styles.fine, align=align))
        case Points():
            yield from _points(block, styles)
        case Signatures(signers):
            fixed = {key: words.label(word).replace("\n", " / ") for key, word in SIGNING.items()}
            fixed |= {key: with_colon(fixed[key], styles.khmer) for key in ("date", "name")}
            abreast = 2 if len(signers) == 4 else 3
            for start in range(0, len(signers), abreast):
                row = signers[start : start + abreast]
                yield SignatureRow(row, styles.body, fixed, last=start + abreast >= len(signers))
        case Note(text):
            yield Remark(text, styles.note)
        case Picture() | Drawn() | Cards() | Faces() | Framed() | Photo():
            yield from _seen(block, words, styles, pace)
        case Contents():
            pass  # set by _story, which knows the pages
        case CutLine():
            yield Scissors()
        case PageBreak(above):
            yield NewPart(HEIGHT * (1 - above)) if above else NewPage()
        case Answer() | AnswerGrid() | Ticks() | TableBlock():
            yield from _questions(block, styles, pace)


def _questions(block: Question, styles: Styles, pace: Pace) -> Iterator[Flowable]:
    match block:
        case Answer():
            yield from _answer(block, styles)
        case AnswerGrid(answers, columns):
            yield from _grid(answers, columns, styles)
        case Ticks(label, options):
            yield from _ticks(label, options, styles)
        case TableBlock():
            yield _table(block, styles, pace)


def _seen(block: Seen, words: Words, styles: Styles, pace: Pace) -> Iterator[Flowable]:
    match block:
        case Picture(chart):
            yield ChartDrawing(chart)
        case Drawn(drawing, content):
            yield DrawnText(drawing, content, styles.body)
        case Cards(cards, columns):
            for start in range(0, len(cards), columns):
                yield CardRow(cards[start : start + columns], columns, styles.body)
        case Faces():
            yield FaceRow(block, styles.body)
        case Photo(file, caption):
            yield PhotoFlowable(file, caption, styles.note)
        case Framed(blocks):
            yield framed([piece for inner in blocks for piece in _flowables(inner, words, styles, pace)])


def _heading(block: Heading, styles: Styles) -> Iterator[Flowable]:
    style = styles.section if block.level == 1 else styles.subsection
    number = f"{block.number}." if block.number.isdecimal() else block.number
    yield SectionHeading(number, block.text, style, block.level)


def _grid(answers: Sequence[Answer], columns: int, styles: Styles) -> Iterator[Flowable]:
    """Yield short answers side by side; those too long for a column, or with too long a label, below each other."""
    room, second, _ = stops(WIDTH)

    def is_short(answer: Answer) -> bool:
        beside = stop_after(with_colon(answer.label, styles.khmer), styles.field, WIDTH) < second
        return answer.lines == 1 and beside and not _fills(answer, room, styles)

    below: list[Answer] = []
    for short, run in groupby(answers, is_short):
        group = list(run)
        if short and len(group) > 1:
            yield from _below(below, styles)
            yield FieldGrid(group, columns, styles.field, styles.khmer)
            below = []
            continue
        for answer in group:
            if _stands_beside(answer, styles):
                below.append(answer)
            else:
                yield from _below(below, styles)
                yield from _answer(answer, styles)
                below = []
    yield from _below(below, styles)


def _below(answers: list[Answer], styles: Styles) -> Iterator[Flowable]:
    if answers:
        yield FieldGrid(answers, 1, styles.field, styles.khmer)


def _fills(answer: Answer, room: float, styles: Styles) -> bool:
    """Tell whether the answer is longer than `room` points of one line."""
    return answer.value is not None and ("\n" in answer.value or text_width(answer.value, styles.body) > room)


def _stands_beside(answer: Answer, styles: Styles) -> bool:
    """Tell whether the answer has room at the right of its label, in two lines at most."""
    stop = stop_after(with_colon(answer.label, styles.khmer), styles.field, WIDTH)
    return answer.lines == 1 and not _fills(answer, 2 * (WIDTH - stop), styles)


def _answer(block: Answer, styles: Styles) -> Iterator[Flowable]:
    if _stands_beside(block, styles):
        yield FieldGrid([block], 1, styles.field, styles.khmer)
        return
    yield label_flowable(with_colon(block.label, styles.khmer), styles.above)
    if block.value is None:
        yield DottedLines(block.lines)
    else:
        yield Paragraph(block.value, restyled(styles.body, align="justify"))


def _points(block: Points, styles: Styles) -> Iterator[Flowable]:
    """Yield the sentences, each hanging behind its mark."""
    marks = block.numbers or ["–"] * len(block.items)
    room = max(text_width(f"{mark} ", styles.body) for mark in marks) + 4 if block.items else 0.0
    for mark, item in zip(marks, block.items, strict=True):
        own, _, second = item.partition("\n") if isinstance(item, str) else (item, "", "")
        align: Align = "justify" if isinstance(item, str) else "left"
        yield Point(mark, own, restyled(styles.body, indent=room, align=align, space_after=0 if second else 3))
        if second:
            yield Paragraph(second, restyled(styles.fine, indent=room, align="justify"))


TABLE_STYLE = TableStyle(
    [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),  # named even in empty cells; ReportLab's own is never embedded
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ("LINEBELOW", (0, 0), (-1, 0), 1, "black"),
        ("LINEBELOW", (0, "inrowsplitstart"), (-1, "inrowsplitstart"), 0.5, "black"),  # type: ignore[list-item]
        ("BACKGROUND", (0, 0), (-1, 0), (0.93, 0.93, 0.93)),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]
)


def _ticks(label: str, options: Sequence[tuple[str, bool]], styles: Styles) -> Iterator[Flowable]:
    """Yield the boxes beside their question, or below it where they fill more than three lines."""
    beside = TickBoxes(label, options, styles.field, styles.khmer)
    beside.wrap(WIDTH, A4[1])
    if not label or beside.lines <= 3:
        yield beside
        return
    yield label_flowable(with_colon(label, styles.khmer), styles.above)
    yield TickBoxes("", options, styles.field, styles.khmer)


def _table(block: TableBlock, styles: Styles, pace: Pace) -> Flowable:
    shares = block.widths or [1.0] * len(block.heads)
    widths = [WIDTH * share / sum(shares) for share in shares]
    looks = [_cell_look([row[column] for row in block.rows], styles) for column in range(len(block.heads))]
    cells: list[list[Any]] = [[label_flowable(head, styles.cell_head) for head in block.heads]]
    cells += [[Cell(cell or "", look) for cell, look in zip(row, looks, strict=True)] for row in block.rows]
    heights: list[float] = []
    for row in cells:
        pace.check()  # laying out the lines is what takes long
        heights += [cell.wrap(width - 8, A4[1])[1] for cell, width in zip(row, widths, strict=True)]
    cells += [[""] * len(block.heads)] * block.blank_rows
    pitch = SIGN_PITCH if block.to_sign else HAND_PITCH
    style = TableStyle([("BOTTOMPADDING", (0, 1), (-1, -1), 16)], TABLE_STYLE) if block.to_sign else TABLE_STYLE
    return Table(
        cells,
        colWidths=widths,
        rowHeights=[None] * (1 + len(block.rows)) + [pitch] * block.blank_rows,
        repeatRows=1,
        splitInRow=int(max(heights) > TALL_ROW),
        spaceBefore=4,
        spaceAfter=8,
        style=style,
    )


def _cell_look(column: Sequence[str | None], styles: Styles) -> Style:
    """Return the look of a column's cells: amounts, told by their commas, stand at the right to be compared."""
    filled = [cell for cell in column if cell]
    amounts = any("," in cell for cell in filled) and all(cell.replace(",", "").isdecimal() for cell in filled)
    return restyled(styles.cell, align="right") if amounts else styles.cell


def _foot(canvas: Canvas, paper: Paper, words: Words, styles: Styles, page: int, pages: int) -> None:
    """Draw form and version at the left, the case number in the middle, the page at the right."""
    style, y = styles.small, BOTTOM - 30
    canvas.setLineWidth(0.4)
    canvas.line(LEFT, y + 14, A4[0] - RIGHT, y + 14)
    version = words.text(VERSION, version=words.figures(paper.form_version))
    form = " ".join(part for part in (paper.form_number, paper.form_name) if part)
    draw_line(canvas, LEFT, y, f"{form} · {version}", style)
    if paper.case_number:
        draw_line(canvas, A4[0] / 2, y, paper.case_number, restyled(style, bold=True), "centre")
    elif paper.leaflet and paper.case_number is None:
        label = with_colon(words.text(CASE_NUMBER), styles.khmer)
        used = draw_line(canvas, A4[0] / 2 - 60, y, label, style)
        dotted(canvas, A4[0] / 2 - 56 + used, A4[0] / 2 + 110, y)
    text = words.text(PAGE_OF, page=words.number(page), pages=words.number(pages))
    draw_line(canvas, A4[0] - RIGHT, y, text, style, "right")


def _draft_mark(canvas: Canvas, text: str) -> None:
    """Draw the word across the page as a light outline, behind the text; being no text it is never copied."""
    style = Style(size=110, font=BOLD)
    canvas.saveState()
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(52)
    canvas.setStrokeGray(0.72)
    canvas.setLineWidth(0.8)
    path = canvas.beginPath()
    trace(text, style, path, -text_width(text, style) / 2, -0.3 * style.size)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()
