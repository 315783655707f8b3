"""The guide on paper: the whole of it with a list of contents, or one chapter, such as the quick card."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from casemgr import __version__, assets, guide
from casemgr.guide import ADMINISTRATOR, CARD, Chapter, Items, Piece, Run, Runs, Saying, Shot, Title
from casemgr.i18n import N_, Words
from casemgr.printing.blocks import Block, Contents, Heading, Note, PageBreak, Paper, Photo, Points, Text
from casemgr.printing.content import Span

WHOLE = "guide"
TITLE = N_("Guide for social workers")
CONTENTS = N_("Contents")
CARD_SCALE = 1.2
"""The card hangs on the wall."""
MOST_ABOVE = 0.25
"""So much of a page may the end of a chapter fill, and the next begin below it: a page of three lines is wasted."""


def compose(which: str, words: Words, folder: Path | None = None) -> Paper:
    """Return the guide as a paper in the language of `words`. which: WHOLE, or the key of a chapter.

    folder: where the pictures lie, if not where the program has them; those that were not made are left out.
    Raises KeyError for a chapter that is not there, FileNotFoundError where the program came without the guide.
    """
    chapters = guide.chapters(words)
    if which == WHOLE:
        numbers = {
            anchor: words.number(number)
            for number, chapter in enumerate(chapters, start=1)
            for anchor in chapter.anchors
            if chapter.key not in {CARD, ADMINISTRATOR}
        }
        return _paper(words.text(TITLE), list(_whole(chapters, _Setting(words, folder, numbers))), words)
    chapter = {each.key: each for each in chapters}[which]
    blocks = list(_Setting(words, folder, {}).blocks(chapter.pieces[1:], 1))
    return _paper(chapter.title.text, blocks, words, CARD_SCALE if which == CARD else 1.0)


def _paper(title: str, blocks: Sequence[Block], words: Words, scale: float = 1.0) -> Paper:
    return Paper(
        form_name=words.text(TITLE), form_version=__version__, title=title, case_number="", head=False, leaflet=True,
        blocks=blocks, scale=scale,
    )  # fmt: skip


def _whole(chapters: Sequence[Chapter], setting: "_Setting") -> Iterator[Block]:
    yield Text([Span(setting.words.text(CONTENTS), bold=True)], "left")
    yield Contents()
    for chapter in chapters:
        yield PageBreak(0.0 if chapter.key in {CARD, ADMINISTRATOR} else MOST_ABOVE)
        yield Heading(setting.numbers.get(chapter.title.anchor, ""), chapter.title.text)
        yield from setting.blocks(chapter.pieces[1:], 2)


@dataclass(frozen=True)
class _Setting:
    """Makes blocks of the pieces of a chapter. numbers: of the chapter that each place is in, where they have any."""

    words: Words
    folder: Path | None
    numbers: Mapping[str, str]

    def blocks(self, pieces: Sequence[Piece], level: Literal[1, 2]) -> Iterator[Block]:
        for piece in pieces:
            match piece:
                case Title():
                    yield Heading("", piece.text, level)
                case Saying(runs, remark):
                    yield Note(guide.said(runs)) if remark else Text(self._spans(runs), "left")
                case Items(items):
                    yield Points([self._spans(item) for item in items], guide.numbered(piece, self.words))
                case Shot(name, caption):
                    if (file := self._picture(name)) is not None:
                        yield Photo(file, guide.said(caption))

    def _picture(self, name: str) -> Path | None:
        if self.folder is None:
            return assets.guide_picture(name, self.words.language)
        file = self.folder / f"{name}-{self.words.language}.png"
        return file if file.is_file() else None

    def _spans(self, runs: Runs) -> list[str | Span]:
        return [Span(run.text, bold=True) if run.bold else run.text + self._where(run) for run in runs]

    def _where(self, run: Run) -> str:
        """Return the number of the chapter that a stretch refers to, as paper has no links."""
        number = self.numbers.get(run.link or "")
        return f" ({number})" if number else ""
