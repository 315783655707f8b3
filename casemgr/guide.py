"""The guide for those who work with the program: its chapters, read from plain files, in the language asked for.

A file of translations/guide/LANGUAGE is one chapter, in a small part of Markdown: headings with an anchor
(`# First start {#first-start}`), paragraphs, `1.` steps, `-` points, `>` remarks, `![caption](picture)`, `**bold**`,
`[words](#anchor)`. What the window calls something is never written there: `{{Save}}` names the message, which is shown
as the window shows it, and `[[Ctrl+S]]` a key.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casemgr import assets
from casemgr.i18n import Words
from casemgr.khmer.search import search_key

CARD, ADMINISTRATOR = "card", "administrator"
"""The chapters that are papers of their own: the quick card, and the page for who looks after the office."""

MESSAGE = re.compile(r"\{\{(.+?)\}\}")
KEY = re.compile(r"\[\[(.+?)\]\]")
_RUN = re.compile(
    r"\{\{(?P<message>.+?)\}\}|\[\[(?P<key>.+?)\]\]|\*\*(?P<bold>.+?)\*\*|\[(?P<words>[^\[\]]+)\]\(#(?P<to>[\w-]+)\)"
)
_HEADING = re.compile(r"(#{1,2}) (.+?) \{#([\w-]+)\}$")
_PICTURE = re.compile(r"!\[(.+)\]\(([\w-]+)\)$")
_STEP = re.compile(r"(\d+)\. (.+)$")
_SLOT = re.compile(r"\{\w+\}")
_AROUND = 60
"""So many letters of a place that was found are told before what was looked for."""


@dataclass(frozen=True)
class Run:
    """A stretch of text. bold: a name of the window, a key, or what is stressed. link: the anchor it leads to."""

    text: str
    bold: bool = False
    link: str | None = None


Runs = Sequence[Run]


@dataclass(frozen=True)
class Title:
    """The heading of a chapter (level 1) or of a section of it (2), and the name of the place."""

    runs: Runs
    anchor: str
    level: int

    @property
    def text(self) -> str:
        """The words alone."""
        return said(self.runs)


@dataclass(frozen=True)
class Saying:
    """A paragraph; `remark`: set apart from the rest."""

    runs: Runs
    remark: bool = False


@dataclass(frozen=True)
class Items:
    """Steps behind their numbers, or points (without numbers)."""

    items: Sequence[Runs]
    numbers: Sequence[int] = ()


@dataclass(frozen=True)
class Shot:
    """A picture of the window, by the name it is drawn under, and what is seen on it."""

    name: str
    caption: Runs


Piece = Title | Saying | Items | Shot


@dataclass(frozen=True)
class Chapter:
    """One file of the guide. key: its name without number, the same in each language."""

    key: str
    pieces: Sequence[Piece]

    @property
    def title(self) -> Title:
        """Its heading."""
        return next(piece for piece in self.pieces if isinstance(piece, Title))

    @property
    def anchors(self) -> list[str]:
        """The places in it, in order."""
        return [piece.anchor for piece in self.pieces if isinstance(piece, Title)]


@dataclass(frozen=True)
class Found:
    """A place where the words that were looked for stand: its anchor, the headings above it, and what it says."""

    anchor: str
    chapter: str
    section: str
    excerpt: str


def said(runs: Runs) -> str:
    """Return the text of runs without their looks."""
    return "".join(run.text for run in runs)


def chapters(words: Words) -> list[Chapter]:
    """Return the chapters in their order, the card and the administrator's page last.

    Raises FileNotFoundError where the program was packaged without them, ValueError for a line that is not understood.
    """
    return [Chapter(key, parse(file.read_text("utf-8"), words)) for key, file in files(words.language).items()]


def files(language: str) -> dict[str, Path]:
    """Return the files of the chapters in their order, by key. Raises FileNotFoundError."""
    named = {re.sub(r"^\d+-", "", file.stem): file for file in sorted(assets.guide(language).glob("*.md"))}
    last = {key: named.pop(key) for key in (CARD, ADMINISTRATOR)}
    return named | last


def parse(text: str, words: Words) -> list[Piece]:
    """Return the pieces of a chapter, names of the window and figures in the language of `words`."""
    pieces: list[Piece] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        pieces += _block([line.strip() for line in block.splitlines()], words)
    return pieces


def _block(lines: list[str], words: Words) -> Iterator[Piece]:
    first = lines[0]
    if (heading := _HEADING.fullmatch(first)) and len(lines) == 1:
        yield Title(_runs(heading[2], words), heading[3], len(heading[1]))
    elif (picture := _PICTURE.fullmatch(first)) and len(lines) == 1:
        yield Shot(picture[2], _runs(picture[1], words))
    elif first.startswith("> "):
        yield Saying(_runs(" ".join(line.removeprefix("> ") for line in lines), words), remark=True)
    elif all(steps := [_STEP.fullmatch(line) for line in lines]):
        found = [step for step in steps if step]
        yield Items([_runs(step[2], words) for step in found], [int(step[1]) for step in found])
    elif all(line.startswith("- ") for line in lines):
        yield Items([_runs(line[2:], words) for line in lines])
    elif re.match(r"[#!>*-]|\d+\. ", first) and not first.startswith("**"):
        raise ValueError(f"not understood: {first}")
    else:
        yield Saying(_runs(" ".join(lines), words))


def _runs(text: str, words: Words) -> Runs:
    runs, last = [], 0
    for match in _RUN.finditer(text):
        if match.start() > last:
            runs.append(Run(_plain(text[last : match.start()], words)))
        run = _run(match, words)
        if match["message"] and text[match.end() :].startswith((".", "។")):  # an ellipsis and a full stop are too much
            run = replace(run, text=run.text.removesuffix("…"))
        runs.append(run)
        last = match.end()
    if last < len(text):
        runs.append(Run(_plain(text[last:], words)))
    return tuple(runs)


def _run(match: re.Match[str], words: Words) -> Run:
    if message := match["message"]:
        return Run(_SLOT.sub("…", words.text(message)), bold=True)
    if key := match["key"]:
        return Run(key, bold=True)
    if bold := match["bold"]:
        return Run(_plain(bold, words), bold=True)
    return Run(_plain(match["words"], words), link=match["to"])


def _plain(text: str, words: Words) -> str:
    return words.figures(text) if words.language == "km" else text


def by_section(chapter: Chapter) -> Iterator[tuple[Title, list[Piece]]]:
    """Yield each heading of a chapter with what stands below it, up to the next."""
    title, below = chapter.title, list[Piece]()
    for piece in chapter.pieces[1:]:
        if isinstance(piece, Title):
            yield title, below
            title, below = piece, []
        else:
            below.append(piece)
    yield title, below


def texts(piece: Piece) -> list[str]:
    """Return the sentences of a piece."""
    match piece:
        case Title(runs) | Saying(runs) | Shot(_, runs):
            return [said(runs)]
        case Items(items):
            return [said(item) for item in items]


def find(guide: Sequence[Chapter], wanted: str) -> list[Found]:
    """Return the places that say all of the words, in the order of the guide: spelt in whatever way means the same.

    A section is told once: by its heading where the words stand there, else by the first sentence that has them all,
    or has the first of them.
    """
    keys = [search_key(word) for word in wanted.replace("\u200b", " ").split() if search_key(word)]
    return [] if not keys else [
        place for chapter in guide for title, below in by_section(chapter)
        if (place := _found(chapter, title, below, keys)) is not None
    ]  # fmt: skip


def _found(chapter: Chapter, title: Title, below: list[Piece], keys: list[str]) -> Found | None:
    sentences = [title.text, *(sentence for piece in below for sentence in texts(piece))]
    known = [search_key(sentence) for sentence in sentences]
    if not all(any(key in one for one in known) for key in keys):
        return None
    best = max(range(len(known)), key=lambda at: (sum(key in known[at] for key in keys), -at))
    excerpt = "" if best == 0 else _excerpt(sentences[best], keys)
    section = "" if title is chapter.title else title.text
    return Found(title.anchor, chapter.title.text, section, excerpt)


def _excerpt(sentence: str, keys: list[str]) -> str:
    """Return the sentence from shortly before the first of the words, where it is long."""
    lowered = sentence.casefold()
    at = min((place for key in keys if (place := lowered.find(key)) >= 0), default=0)
    if at <= _AROUND:
        return sentence
    start = sentence.find(" ", at - _AROUND)
    return "… " + sentence[start + 1 :] if 0 <= start < at else sentence


def anchors(guide: Sequence[Chapter]) -> dict[str, str]:
    """Return for each place in the guide the key of its chapter."""
    return {anchor: chapter.key for chapter in guide for anchor in chapter.anchors}


def numbered(items: Items, words: Words) -> list[str]:
    """Return the numbers of steps as they are shown."""
    return [f"{words.number(number)}." for number in items.numbers]
