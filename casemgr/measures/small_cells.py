"""Keeps small groups from being recognised in what leaves the office."""

from collections.abc import Collection, Sequence

from casemgr.i18n import N_

SMALL = 5
"""A number below it, other than 0, is not given away: so few children could be recognised."""

MASKED = N_("A dash stands for a number left out, so that no group of fewer than 5 children can be recognised.")

Parts = Sequence[int]
"""How many are in each part of a row: with, without, not known. What is told of a row tells all of them."""


def is_small(parts: Parts) -> bool:
    """Return whether one part is so small that its children could be recognised. An empty part shows nobody."""
    return any(0 < part < SMALL for part in parts)


def hidden_rows(rows: Sequence[Parts]) -> frozenset[int]:
    """Return which rows to leave out of a table whose total is known, by their places.

    Those with a small part, and as many others, the smallest first, as it takes so that nobody can reckon one back by
    subtracting the others from the total: two rows at least, which in each part hold nobody or five and more.
    """
    hidden = {place for place, row in enumerate(rows) if is_small(row)}
    others = sorted((sum(row), place) for place, row in enumerate(rows) if place not in hidden and any(row))
    for _, place in others:
        if not hidden or _is_safe([rows[each] for each in hidden]):
            break
        hidden.add(place)
    return frozenset(hidden)


def _is_safe(hidden: Collection[Parts]) -> bool:
    return len(hidden) >= 2 and not is_small([sum(column) for column in zip(*hidden, strict=True)])


def masked(rows: Sequence[Parts], total: Parts) -> tuple[frozenset[int], bool]:
    """Return which rows to leave out, by their places, and whether the total has to be left out as well.

    A total with a small part is left out; then only the rows with a small part have to be.
    """
    if is_small(total):
        return frozenset(place for place, row in enumerate(rows) if is_small(row)), True
    return hidden_rows(rows), False
