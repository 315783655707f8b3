"""Text of a paper with its looks, free of any drawing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SPACES = re.compile(r"[^\S\n\u00a0\u202f\u2007]+")
_ROUND_NEWLINE = re.compile(r" ?\n ?")


@dataclass(frozen=True)
class Span:
    """A stretch of text with a look of its own. It may begin and end inside a word. `font`: a bundled font's name."""

    text: str
    bold: bool = False
    underline: bool = False
    font: str | None = None


Content = str | Span | Sequence[str | Span]
"""A text, or its stretches in order."""


def clean(text: str) -> str:
    """Return the text as paper shows it: runs of spaces and tabs as one space, none at the ends of lines."""
    return _ROUND_NEWLINE.sub("\n", SPACES.sub(" ", text)).strip(" \n")


def plain(content: Content) -> str:
    """Return the text of spans without their looks, cleaned as paper shows it."""
    return clean("".join(text_of(part) for part in parts_of(content)))


def parts_of(content: Content) -> Sequence[str | Span]:
    """Return the stretches of the content."""
    return [content] if isinstance(content, str | Span) else content


def text_of(part: str | Span) -> str:
    """Return the bare text of a stretch."""
    return part if isinstance(part, str) else part.text
