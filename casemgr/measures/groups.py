"""Groups into which a number is split: by sex, by province, by support received."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from casemgr.i18n import Words
from casemgr.places import place_name
from casemgr.records.fields import Choice

Item = TypeVar("Item")

Label = Choice | str | None
"""What a group is called: a coded answer, the code of a place, or None where it is not known."""


@dataclass(frozen=True)
class Grouping(Generic[Item]):
    """A way to split. read: the groups something belongs to, if any; where that is not known, the group None.

    key: stays for ever. several: one may belong to several groups, so that these do not add up to the whole.
    leaves_office: whether a table by these groups may be given to anybody outside.
    """

    key: str
    title: str
    read: Callable[[Item], Sequence[Label]]
    several: bool = False
    leaves_office: bool = True


def grouped(items: Iterable[Item], grouping: Grouping[Item]) -> dict[Label, tuple[Item, ...]]:
    """Return the items of each group that has any: coded answers in their own order, codes by value, not known last."""
    found: dict[Label, list[Item]] = {}
    for item in items:
        for label in dict.fromkeys(grouping.read(item)):
            found.setdefault(label, []).append(item)
    return {label: tuple(found[label]) for label in sorted(found, key=_place_of)}


def _place_of(label: Label) -> tuple[int, int, str]:
    match label:
        case None:
            return 2, 0, ""
        case str():
            return 1, 0, label
        case _:
            return 0, list(type(label)).index(label), ""


def label_in_words(label: Label, words: Words) -> str:
    """Return what to call a group."""
    if label is None:
        return words.text("Unknown")
    return place_name(label, words.language) if isinstance(label, str) else words.text(label.label)
