"""What a printed form consists of: blocks of plain text, already filled and in the paper's language.

Nothing here knows records or drawing: a form is composed to blocks, `casemgr.printing.page.draw` sets them,
and `as_text` shows them to tests and to readers without a printer. What is printed on the form itself (headings,
labels, heads of tables, who signs) may have a second line, in the other language; it is set smaller.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from casemgr.measures.charts import Chart
from casemgr.printing.content import Content, clean, plain
from casemgr.printing.drawings.named import Drawing


@dataclass(frozen=True)
class Heading:
    """The heading of a section; `number` as it is printed ("2", "២.១" or empty). Stays with what follows."""

    number: str
    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Text:
    """A paragraph across the page."""

    content: Content
    align: Literal["left", "centre", "right", "justify"] = "justify"
    size: Literal["small", "body"] = "body"


@dataclass(frozen=True)
class Points:
    """Sentences one below the other, each behind its number or, without `numbers`, behind a dash."""

    items: Sequence[Content]
    numbers: Sequence[str] = ()


@dataclass(frozen=True)
class Answer:
    """A question and its answer. None leaves dotted lines for handwriting, as many as `lines`.

    One line stands beside its label; with more the label stands above and the answer fills the width.
    """

    label: str
    value: str | None
    lines: int = 1


@dataclass(frozen=True)
class AnswerGrid:
    """Short answers side by side, row by row."""

    answers: Sequence[Answer]
    columns: int = 2


@dataclass(frozen=True)
class Ticks:
    """A question with boxes: (text, ticked)."""

    label: str
    options: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class TableBlock:
    """A table; `widths` are shares of the page's width. Empty rows for handwriting follow the filled ones.

    `to_sign`: with room in each row for a signature or a thumbprint.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str | None]]
    widths: Sequence[float] = ()
    blank_rows: int = 0
    to_sign: bool = False


@dataclass(frozen=True)
class Signer:
    """One who signs: role, and name and date where known; with a box for a thumbprint or a place for a seal."""

    role: str
    name: str | None = None
    date: str | None = None
    thumbprint: bool = False
    seal: bool = False


@dataclass(frozen=True)
class Signatures:
    """Those who sign, side by side, at most three in a row."""

    signers: Sequence[Signer]


@dataclass(frozen=True)
class Note:
    """A remark in small type with a bar at its left: where a rule comes from, what is not confirmed."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A chart, as wide as the page; what it stands for is told beside it in words."""

    chart: Chart


@dataclass(frozen=True)
class Photo:
    """A picture from a file (PNG), with what is seen on it below; never parted."""

    file: Path
    caption: str


@dataclass(frozen=True)
class Contents:
    """The sections of the paper with their pages, each line leading to its own."""


@dataclass(frozen=True)
class CutLine:
    """A dashed line with scissors: what is below is cut off and sent back."""


@dataclass(frozen=True)
class Drawn:
    """A drawing with what it says beside it, never parted."""

    drawing: Drawing
    text: Content


@dataclass(frozen=True)
class Cards:
    """Large drawings side by side, each in a frame with a few words under it."""

    cards: Sequence[tuple[Drawing, str]]
    columns: int = 2


@dataclass(frozen=True)
class Faces:
    """A question that one answers without reading: faces to tick, and a box for a thumbprint with its words."""

    question: str
    faces: Sequence[tuple[Drawing, str]]
    thumbprint: str


@dataclass(frozen=True)
class Framed:
    """Blocks in one frame, never parted: less than a page."""

    blocks: Sequence["Block"]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page; or on this one, where no more than that share of it is filled."""

    above: float = 0.0


@dataclass(frozen=True)
class Together:
    """Blocks that stand on one page, as long as they fit on one."""

    blocks: "Sequence[Block]"


Seen = Picture | Drawn | Cards | Faces | Framed | Photo
"""The blocks that are looked at before they are read."""
Question = Answer | AnswerGrid | Ticks | TableBlock
"""The blocks that ask, with or without an answer."""
Block = Heading | Text | Points | Question | Signatures | Note | Seen | Contents | CutLine | PageBreak | Together


@dataclass(frozen=True)
class Paper:
    """A printed form, ready to be drawn. No name of a person belongs into its title or its form's name.

    case_number None leaves a dotted line, and so does an office without a name; an empty one is for a paper that is
    not of one case, and leaves nothing. `made` says place and date, at the right under the head, with the lunar date
    on a line of its own above where the office wants it. `head` is the official head of the kingdom. `practice` and
    `draft` mark every page.
    `form_number` stands before the form's name in the foot; a list has none.
    `scale` enlarges all type but the foot's, for those who read with trouble. A `leaflet` is given away: it begins
    with its title, and the case number, or dots for it, stands in the foot alone.
    """

    form_name: str
    form_version: str
    title: str
    office: str = ""
    case_number: str | None = None
    blocks: Sequence[Block] = field(default_factory=tuple)
    head: bool = True
    practice: bool = False
    draft: bool = False
    made: str = ""
    form_number: str = ""
    scale: float = 1.0
    leaflet: bool = False


def as_text(paper: Paper) -> str:
    """Return the paper as readable plain text, block by block: "____" for what is left to handwriting."""
    state = [word for word, true in (("PRACTICE", paper.practice), ("DRAFT", paper.draft)) if true]
    number = ["____" if paper.case_number is None else paper.case_number] if paper.case_number != "" else []
    form = " ".join(part for part in (paper.form_number, paper.form_name, paper.form_version) if part)
    top = " | ".join([_one_line(paper.title), form, *number, *state])
    lines = [line for line in (top, paper.office, paper.made) if line]
    for block in paper.blocks:
        lines += _lines(block)
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(number, text, level):
            yield ""
            yield f"{'#' * level} {number} {_one_line(text)}".replace("  ", " ")
        case Text(content):
            yield plain(content)
        case Points(items, numbers):
            marks = numbers or ["–"] * len(items)
            yield from (f"{mark} {plain(item)}" for mark, item in zip(marks, items, strict=True))
        case Signatures(signers):
            yield from map(_signer, signers)
        case Note(text):
            yield f"> {clean(text)}"
        case Picture() | Drawn() | Cards() | Faces() | Framed() | Photo():
            yield from _seen(block)
        case Contents():
            yield "[contents]"
        case CutLine():
            yield "- - 8< - -"
        case PageBreak():
            yield "---"
        case Together(blocks):
            for inner in blocks:
                yield from _lines(inner)
        case _:
            yield from _asked(block)


def _asked(block: Question) -> Iterator[str]:
    match block:
        case Answer():
            yield _answer(block)
        case AnswerGrid(answers):
            yield from map(_answer, answers)
        case Ticks(label, options):
            boxes = "  ".join(f"[{'x' if ticked else ' '}] {text}" for text, ticked in options)
            yield f"{_one_line(label)}: {boxes}" if label else boxes
        case TableBlock(heads, rows, _, blank_rows):
            yield " | ".join(map(_one_line, heads))
            yield from (" | ".join(clean(cell or "") for cell in row) for row in rows)
            if blank_rows:
                yield f"({blank_rows} blank rows)"


def _picture(chart: Chart) -> Iterator[str]:
    """Say what a chart shows: its title, what its marks stand for, its axes and its numbers."""
    yield f"[{chart.title}]"
    yield from (f"[{key.text}]" for key in chart.key)
    yield f"[{chart.x_title}: {' '.join(tick.label for tick in chart.x_ticks)}]"
    yield from (f"[{name}: {' '.join(tick.label for tick in numbers)}]" for name, numbers in chart.under)
    yield from (f"[{' | '.join(cells)}]" for cells in (chart.heads, *chart.rows))
    yield from (f"[{note}]" for note in chart.notes)


def _seen(block: Seen) -> Iterator[str]:
    """Name each drawing beside what it says; what stands in a frame begins with a bar."""
    match block:
        case Picture(chart):
            yield from _picture(chart)
        case Drawn(drawing, content):
            yield f"[picture: {drawing}] {plain(content)}"
        case Cards(cards):
            yield from (f"[picture: {drawing}] {clean(text)}" for drawing, text in cards)
        case Faces(question, faces, thumbprint):
            yield question
            yield from (f"[ ] [picture: {drawing}] {text}" for drawing, text in faces)
            yield f"thumbprint / {thumbprint}"
        case Framed(blocks):
            yield from (f"| {line}" for inner in blocks for line in _lines(inner))
        case Photo(file, caption):
            yield f"[picture: {file.stem}] {clean(caption)}"


def _answer(answer: Answer) -> str:
    value = "____" * answer.lines if answer.value is None else clean(answer.value)
    return f"{_one_line(answer.label)}: {value}"


def _one_line(label: str) -> str:
    """Return both lines of a label as one."""
    return label.replace("\n", " / ")


def _signer(signer: Signer) -> str:
    places = [word for word, true in (("thumbprint", signer.thumbprint), ("seal", signer.seal)) if true]
    return " / ".join(["signs", _one_line(signer.role), signer.name or "____", signer.date or "____", *places])
