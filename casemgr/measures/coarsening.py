"""Coarsening what is told of single children, so that in no list a child stands out by what is generally known of it.

What may be known to somebody who reads the list: since when the child is counted and why, where it lives, of what it
was suspected, its age and its sex. Each child is told as finely as it takes to share all that with four others, or less
finely where that is not enough.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from casemgr.i18n import N_
from casemgr.law.ages import AgeBand
from casemgr.measures.index_events import IndexKind
from casemgr.measures.small_cells import SMALL
from casemgr.records.case import OffenceClass
from casemgr.records.child import Sex

EXPLAINED = N_(
    "No group of fewer than 5 children can be recognised: where fewer share what is told of them, the month is left "
    "out, then the province, the class of the offence, age and reason, and at last all of it."
)


class Traits(NamedTuple):
    """By what a child may be recognised. None: not known, or not told. province: its code of two digits."""

    year: int | None
    month: int | None
    province: str | None
    offence_class: OffenceClass | None
    kind: IndexKind | None
    age_band: AgeBand | None
    sex: Sex | None


_LEFT_OUT: tuple[tuple[str, ...], ...] = (
    (), ("month",), ("month", "province"), ("month", "province", "offence_class"),
    ("month", "province", "offence_class", "kind", "age_band"), Traits._fields,
)  # fmt: skip
"""What is left out at each step, the first being the finest."""

COARSEST = len(_LEFT_OUT) - 1
"""The step at which nothing is told."""


def coarsened(traits: Traits, step: int) -> Traits:
    """Return what is told at that step, 0 to COARSEST."""
    return traits._replace(**dict.fromkeys(_LEFT_OUT[step]))


def steps_for(counts: Mapping[Traits, int]) -> dict[Traits, int]:
    """Return the step for the children with these traits, of whom there are so many.

    At each step five or more who would be told alike are told so; the others go on to the next. Those told nothing of
    are five as well, or else the smallest group that was told most coarsely joins them.
    """
    steps: dict[Traits, int] = {}
    left = dict(counts)
    for step in range(COARSEST):
        alike = _groups(left, step)
        for traits in [each for each in left if alike[coarsened(each, step)] >= SMALL]:
            steps[traits] = step
            del left[traits]
    while steps and 0 < sum(left.values()) < SMALL:
        coarsest = max(steps.values())
        told = {traits: counts[traits] for traits, step in steps.items() if step == coarsest}
        groups = _groups(told, coarsest)
        joining = min(groups, key=lambda group: (groups[group], repr(group)))
        for traits in [each for each in told if coarsened(each, coarsest) == joining]:
            left[traits] = counts[traits]
            del steps[traits]
    return steps | dict.fromkeys(left, COARSEST)


def _groups(counts: Mapping[Traits, int], step: int) -> Counter[Traits]:
    groups: Counter[Traits] = Counter()
    for traits, number in counts.items():
        groups[coarsened(traits, step)] += number
    return groups
