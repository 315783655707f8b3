"""Which children a new row of a list may be about, although neither code nor name and birth say so outright.

Only those are compared that share the day of birth or the folded name: every row with every child of the office would
be a hundred million pairs. It proposes; the worker looks, and decides.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from casemgr.khmer.search import search_key
from casemgr.measures.same_child import Likeness, Person, likeness

MOST_COMPARED = 16
WORTH_A_LOOK = 65
"""From this score on a row names the child: the same name, and a birth that is close to the same."""


class LikelyChild(NamedTuple):
    """A child that a row may be about. code: of a child here; row: the number of an earlier row, None for one here."""

    likeness: Likeness
    id: UUID
    code: str | None
    row: int | None


class Likely:
    """The children of the office and of the rows so far, found by what they share with a row."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self._known: dict[str, list[tuple[Person, UUID, str | None, int | None]]] = {}

    def add(self, values: Mapping[str, Any], identity: UUID, code: str | None, row: int | None) -> None:
        """Know a child."""
        known = (_person(values), identity, code, row)
        for key in shared_keys(values):
            self._known.setdefault(key, []).append(known)

    def likeliest(self, values: Mapping[str, Any]) -> LikelyChild | None:
        """Return the child that a row is likeliest about; None where nobody is likely."""
        person = _person(values)
        found = {each[1]: each for key in shared_keys(values) for each in self._known.get(key, ())[:MOST_COMPARED]}
        told = [
            LikelyChild(likeness(person, other), identity, code, row) for other, identity, code, row in found.values()
        ]
        likely = [each for each in told if each.likeness.score >= WORTH_A_LOOK]
        return max(likely, key=lambda each: each.likeness.score, default=None)


def shared_keys(values: Mapping[str, Any]) -> list[str]:
    """Return what a child is looked for by: the day of birth, and the name in each script."""
    born = values.get("date_of_birth")
    names = (
        search_key(f"{values.get(family) or ''} {values.get(given) or ''}")
        for family, given in (("family_name_km", "given_name_km"), ("family_name_latin", "given_name_latin"))
    )
    return [*([f"born {born.text}"] if born is not None and born.is_exact else []), *filter(None, names)]


def _person(values: Mapping[str, Any]) -> Person:
    return Person(
        values.get("family_name_km"), values.get("given_name_km"), values.get("family_name_latin"),
        values.get("given_name_latin"), sex=values.get("sex"), born=values.get("date_of_birth"),
        village_code=values.get("village_code"),
    )  # fmt: skip
