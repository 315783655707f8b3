"""Where a paper that is previewed comes from, and what may be chosen of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from casemgr.i18n import LANGUAGES
from casemgr.services.papers import PaperChoice


class Going(NamedTuple):
    """How long work tells of itself. told: how many papers are made, and of how many. stopped: whether to stop."""

    told: Callable[[int, int], None]
    stopped: Callable[[], bool]


class Made(NamedTuple):
    """A paper as it was made.

    starts: where it is several papers, the first page of each, counted from 0. more: whether the tick of the preview
    would add anything to it. warning: a message for the worker before it leaves. note: one that stands above it.
    """

    data: bytes
    starts: Sequence[int] = (0,)
    more: bool = True
    warning: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Offers:
    """What may be chosen. languages: code and own name. by_hand: also the version to be completed by hand.

    named: whether it bears the name unless something else is chosen, None where that is no choice. more: what may be
    ticked, as a message, None for nothing; tick: which part of the choice that is.
    """

    languages: Mapping[str, str] = field(default_factory=lambda: LANGUAGES)
    by_hand: bool = False
    named: bool | None = None
    more: str | None = None
    tick: Literal["with_restricted", "named"] = "with_restricted"


@dataclass(frozen=True)
class Source:
    """A paper. title: in the screen's language. file_name: proposed for saving; it names no child.

    make: called on the store's thread with what is chosen. log: called there with it and how it leaves
    (papers.PDF, LOCKED_PDF or PRINTER) before it does; where that fails, the paper stays.
    """

    title: str
    file_name: str
    make: Callable[[PaperChoice, Going], Made]
    log: Callable[[PaperChoice, str], None]
    offers: Offers = field(default_factory=Offers)


def list_source(
    make: Callable[[PaperChoice, Going], bytes], log: Callable[[PaperChoice, str], None], *, title: str, file_name: str,
    more: str, tick: Literal["with_restricted", "named"] = "named",
) -> Source:  # fmt: skip
    """Return a paper that is no form of a case: nothing but its language and one tick are chosen."""
    return Source(title, file_name, lambda choice, going: Made(make(choice, going)), log, Offers(more=more, tick=tick))
