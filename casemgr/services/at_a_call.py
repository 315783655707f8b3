"""What helps while an arrest is taken down: the clocks that it sets running, and the police units that may be meant."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from casemgr.khmer.search import search_key
from casemgr.law.deadlines import AGE, DeadlineValue, deadlines_of
from casemgr.law.limits import Limit, load_limits
from casemgr.records.case import Offence
from casemgr.records.child import Child
from casemgr.records.kept import LimitCorrection
from casemgr.records.pathway.arrest import Arrest
from casemgr.services.office import Office
from casemgr.services.readers import demand_child
from casemgr.store.police_units import units_named

LOOKED_AT = 400
"""Arrests: enough for every unit that an office still has to do with."""


class ClockAhead(NamedTuple):
    """A clock that will run once an arrest is saved, and the row of the table of limits that gives it."""

    deadline: DeadlineValue
    limit: Limit | None

    @property
    def awaits_age(self) -> bool:
        """Whether it would be over as it begins, because nobody has said that the child is not too young for it."""
        deadline = self.deadline
        return AGE in deadline.doubts and deadline.started_at is not None and deadline.due_at <= deadline.started_at


class KnownUnit(NamedTuple):
    """A police unit, the code of the place of an arrest it was named in, None for none, and its name's search key."""

    name: str
    place_code: str | None
    key: str


def clocks_ahead(
    office: Office, child: Child, offences: Sequence[Offence], arrest: Arrest, known: UUID | None = None
) -> tuple[ClockAhead, ...]:  # fmt: skip
    """Return the clocks that an arrest sets running, soonest first, from what is known so far; nothing is kept.

    known: of a child that is written down already, in place of the child. Raises NotAllowed, and NoSuch.
    """
    with office.read() as work:
        if known is not None:
            demand_child(office, work, known)
            child = work.get(Child, known)
        limits = load_limits(work.read(LimitCorrection))
    running = [each for each in deadlines_of(child, offences, (arrest,), limits) if each.ended_at is None]
    running.sort(key=lambda each: each.due_at)
    return tuple(ClockAhead(each, limits.get(each.limit_key or "")) for each in running)


def police_units(office: Office) -> tuple[KnownUnit, ...]:
    """Return the units that the last arrests name, newest first, each in each place once. Raises NotAllowed.

    Of cases that the staff member may open alone.
    """
    with office.read() as work:
        named = dict.fromkeys(units_named(work, office.scope, LOOKED_AT))
    return tuple(KnownUnit(name, place_code, search_key(name)) for name, place_code in named)


def fitting_units(units: Sequence[KnownUnit], typed: str, place_code: str | None, limit: int = 8) -> list[str]:
    """Return the names in which what was typed occurs, each once; those of arrests near that place come first.

    Nothing typed fits all. Nearest is the same commune, then the district, the province; of these the last named.
    """
    asked = search_key(typed)
    found = [unit for unit in units if asked in unit.key]
    found.sort(key=lambda unit: -_nearness(unit.place_code, place_code))  # sorting keeps the newest first
    return list(dict.fromkeys(unit.name for unit in found))[:limit]


def _nearness(one: str | None, other: str | None) -> int:
    """Return how many levels two places have in common: 3 for a commune, 2 for a district, 1 for a province."""
    if one is None or other is None:
        return 0
    return next((length // 2 for length in (6, 4, 2) if one[:length] == other[:length] and len(one) >= length), 0)
