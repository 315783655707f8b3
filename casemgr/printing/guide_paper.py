"""The guide on paper: the whole of it with a list of contents, or one chapter, such as the quick card."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from casemgr import __version__, assets, guide
from casemgr.guide import ADMINISTRATOR, CARD, Chapter, Items, Piece, Runs, Saying, Shot, Title
from casemgr.i18n import N_, Words
from casemgr.printing.blocks import Block, Contents, Heading, Note, PageBreak, Paper, Photo, Points, Text
from casemgr.printing.content import Span

WHOLE = "guide"
TITLE = N_("Guide for social workers")
CONTENTS = N_("Contents")
CARD_SCALE = 1.2
"""The card hangs on the wall."""


def compose(which: str, words: Words, folder: Path | None = None) -> Paper:
    """Return the guide as a paper in the language of `words`. which: WHOLE, or the key of a chapter.

    folder: where the pictures lie, if not where the program has them; those that were not made are left out.
    Raises KeyError for a chapter that is not there, FileNotFoundError where the program came without the guide.
    """
    chapters = guide.chapters(words)
    if which == WHOLE:
        return _paper(words.text(TITLE), list(_whole(chapters, words, folder)), words)
    chapter = {each.key: each for each in chapters}[which]
    blocks = list(_blocks(chapter.pieces[1:], words, 1, folder))
    return _paper(chapter.title.text, blocks, words, CARD_SCALE if which == CARD else 1.0)


def _paper(title: str, blocks: Sequence[Block], words: Words, scale: float = 1.0) -> Paper:
    return Paper(
        form_name=words.text(TITLE), form_version=__version__, title=title, case_number="", head=False, leaflet=True,
        blocks=blocks, scale=scale,
    )  # fmt: skip


def _whole(chapters: Sequence[Chapter], words: Words, folder: Path | None) -> Iterator[Block]:
    yield Text([Span(words.text(CONTENTS), bold=True)], "left")
    yield Contents()
    for number, chapter in enumerate(chapters, start=1):
        yield PageBreak()
        yield Heading("" if chapter.key in {CARD, ADMINISTRATOR} else words.number(number), chapter.title.text)
        yield from _blocks(chapter.pieces[1:], words, 2, folder)


def _blocks(
    pieces: Sequence[Piece], words: Words, level: Literal[1, 2], folder: Path | None
) -> Iterator[Block]:  # fmt: skip
    for piece in pieces:
        match piece:
            case Title():
                yield Heading("", piece.text, level)
            case Saying(runs, remark):
                yield Note(guide.said(runs)) if remark else Text(_spans(runs), "left")
            case Items(items):
                yield Points([_spans(item) for item in items], guide.numbered(piece, words))
            case Shot(name, caption):
                kept = assets.guide_picture(name, words.language)
                file = folder / f"{name}-{words.language}.png" if folder else kept
                if file is not None and file.is_file():
                    yield Photo(file, guide.said(caption))


def _spans(runs: Runs) -> list[str | Span]:
    return [Span(run.text, bold=True) if run.bold else run.text for run in runs]
