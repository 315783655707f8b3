"""What a printed form consists of: blocks of plain text, already filled and in the paper's language.

Nothing here knows records or drawing: a form is composed to blocks, `casemgr.printing.page.draw` sets them,
and `as_text` shows them to tests and to readers without a printer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from casemgr.measures.charts import Chart
from casemgr.printing.content import Content, clean, plain


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
    """A table; `widths` are shares of the page's width. Empty rows for handwriting follow the filled ones."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str | None]]
    widths: Sequence[float] = ()
    blank_rows: int = 0


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
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Text | Answer | AnswerGrid | Ticks | TableBlock | Signatures | Note | Picture | PageBreak


@dataclass(frozen=True)
class Paper:
    """A printed form, ready to be drawn. No name of a person belongs into its title or its form's name.

    case_number None leaves a dotted line, and so does an office without a name; an empty one is for a paper that is
    not of one case, and leaves nothing. `made` says place and date, at the
    right under the head. `head` is the official head of the kingdom. `practice` and `draft` mark every page.
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


def as_text(paper: Paper) -> str:
    """Return the paper as readable plain text, block by block: "____" for what is left to handwriting."""
    state = [word for word, true in (("PRACTICE", paper.practice), ("DRAFT", paper.draft)) if true]
    number = ["____" if paper.case_number is None else paper.case_number] if paper.case_number != "" else []
    top = " | ".join([paper.title, f"{paper.form_name} {paper.form_version}", *number, *state])
    lines = [line for line in (top, paper.office, paper.made) if line]
    for block in paper.blocks:
        lines += _lines(block)
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(number, text, level):
            yield ""
            yield f"{'#' * level} {number} {text}".replace("  ", " ")
        case Text(content):
            yield plain(content)
        case Answer():
            yield _answer(block)
        case AnswerGrid(answers):
            yield from map(_answer, answers)
        case Ticks(label, options):
            boxes = "  ".join(f"[{'x' if ticked else ' '}] {text}" for text, ticked in options)
            yield f"{label}: {boxes}" if label else boxes
        case TableBlock(heads, rows, _, blank_rows):
            yield " | ".join(heads)
            yield from (" | ".join(clean(cell or "") for cell in row) for row in rows)
            if blank_rows:
                yield f"({blank_rows} blank rows)"
        case Signatures(signers):
            yield from map(_signer, signers)
        case Note(text):
            yield f"> {clean(text)}"
        case Picture(chart):
            yield from _picture(chart)
        case PageBreak():
            yield "---"


def _picture(chart: Chart) -> Iterator[str]:
    """Say what a chart shows: its title, what its marks stand for, its axes and its numbers."""
    yield f"[{chart.title}]"
    yield from (f"[{key.text}]" for key in chart.key)
    yield f"[{chart.x_title}: {' '.join(tick.label for tick in chart.x_ticks)}]"
    yield from (f"[{name}: {' '.join(tick.label for tick in numbers)}]" for name, numbers in chart.under)
    yield from (f"[{' | '.join(cells)}]" for cells in (chart.heads, *chart.rows))
    yield from (f"[{note}]" for note in chart.notes)


def _answer(answer: Answer) -> str:
    value = "____" * answer.lines if answer.value is None else clean(answer.value)
    return f"{answer.label}: {value}"


def _signer(signer: Signer) -> str:
    places = [word for word, true in (("thumbprint", signer.thumbprint), ("seal", signer.seal)) if true]
    return " / ".join(["signs", signer.role, signer.name or "____", signer.date or "____", *places])
