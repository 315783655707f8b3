"""Which cases an office to practise in has: whose, of which day, and how each goes."""

import enum
import itertools
import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from casemgr.records.case import OffenceCategory as Kind


class Course(enum.Enum):
    """What becomes of a child."""

    CUSTODY = "custody"  # in police custody on the day
    WARNED = "warned"  # by the police, and sent home
    DROPPED = "dropped"  # by the prosecutor
    DIVERTED = "diverted"
    MEASURE = "measure"  # tried at liberty
    DETAINED = "detained"  # before the trial
    ACQUITTED = "acquitted"
    UNDER_14 = "under-14"  # handed to its guardian
    IN_PRISON = "in-prison"  # lives there with its mother
    VICTIM = "victim"  # or witness


SHARES = {
    Course.WARNED: 25, Course.DROPPED: 7, Course.DIVERTED: 25, Course.MEASURE: 12, Course.DETAINED: 20,
    Course.ACQUITTED: 3, Course.UNDER_14: 5, Course.IN_PRISON: 1, Course.VICTIM: 2,
}  # fmt: skip
"""How many of a hundred children go which way; those still in police custody are beside these."""

OFFENCES = {
    Course.CUSTODY: (Kind.THEFT, Kind.THEFT_AGGRAVATED, Kind.VIOLENCE, Kind.DRUG_POSSESSION, Kind.VIOLENCE_MINOR),
    Course.WARNED: (Kind.THEFT, Kind.DAMAGE_MINOR, Kind.VIOLENCE_MINOR, Kind.VIOLENCE, Kind.DRUG_USE),
    Course.DROPPED: (Kind.THEFT, Kind.RECEIVING, Kind.VIOLENCE, Kind.DRUG_USE),
    Course.DIVERTED: (Kind.THEFT, Kind.THEFT, Kind.RECEIVING, Kind.DAMAGE, Kind.VIOLENCE),
    Course.MEASURE: (Kind.THEFT, Kind.DAMAGE, Kind.VIOLENCE, Kind.DRUG_USE, Kind.THEFT_AGGRAVATED),
    Course.DETAINED: (Kind.THEFT_AGGRAVATED, Kind.THEFT_AGGRAVATED, Kind.DRUG_POSSESSION, Kind.VIOLENCE, Kind.THEFT),
    Course.ACQUITTED: (Kind.THEFT, Kind.VIOLENCE),
    Course.UNDER_14: (Kind.THEFT, Kind.DAMAGE_MINOR, Kind.VIOLENCE_MINOR),
}
"""What the child is suspected of on each way; where none stands, of nothing."""

LIVE = (3, 2, 1, 1)
"""Days since the arrest of the children who are still in police custody, the newest last."""
NEWEST, OLDEST = 4, 1100
"""Days since the arrest of all others."""
SECOND_CASES, CO_ACCUSED = 0.08, 0.12
"""Parts of the children who are arrested again, and who were arrested with the child before."""
FREE_AFTER = {Course.WARNED: 45, Course.DROPPED: 60, Course.DIVERTED: 280, Course.MEASURE: 420, Course.DETAINED: 750}
"""Days after the arrest from which on a child who went this way may be arrested again."""


@dataclass(eq=False)
class Plan:
    """One case that is to be invented.

    child: the number of its child. live: which of those in police custody it is, below 0 for all others. again: the
    later case of the same child. second: whether it is that later one. beside: the case of a child that was arrested
    with this one and was written before.
    """

    child: int
    course: Course
    arrested_on: date
    category: Kind | None
    live: int = -1
    again: Self | None = None
    second: bool = False
    beside: Self | None = None
    with_another: bool = False


def plans(children: int, seed: int, day: date) -> list[Plan]:
    """Return the cases of that many children by that day, in the order of the arrests, second ones among them."""
    chance = random.Random(seed)  # noqa: S311  (nothing secret is drawn)
    live = LIVE[: min(children, len(LIVE))]
    others = children - len(live)
    span = OLDEST - NEWEST
    made = []
    for number, course in enumerate(_dealt(others, chance)):
        # More of them lately than long ago, as in an office that has grown; spread evenly, however few there are.
        ago = NEWEST + int(span * ((number + chance.random()) / others) ** 2)
        made.append(Plan(number, course, day - timedelta(days=ago), _offence(course, chance)))
    made += _second_cases(made, children, day, chance)
    made.sort(key=lambda plan: (plan.arrested_on, plan.child))
    _join_co_accused(made, chance)
    for number, ago in enumerate(live):
        category = Kind.THEFT if number == 2 else _offence(Course.CUSTODY, chance)
        made.append(Plan(others + number, Course.CUSTODY, day - timedelta(days=ago), category, live=number))
    return made


def _dealt(count: int, chance: random.Random) -> list[Course]:
    """Return the courses of so many children, in the shares as nearly as whole children allow, in no order."""
    exact = {course: count * share / sum(SHARES.values()) for course, share in SHARES.items()}
    dealt = [course for course, many in exact.items() for _ in range(int(many))]
    most_wanting = sorted(exact, key=lambda course: int(exact[course]) - exact[course])
    dealt += most_wanting[: count - len(dealt)]
    chance.shuffle(dealt)
    return dealt


def _offence(course: Course, chance: random.Random) -> Kind | None:
    return chance.choice(OFFENCES[course]) if course in OFFENCES else None


def _second_cases(firsts: list[Plan], children: int, day: date, chance: random.Random) -> list[Plan]:
    able = [
        first
        for first in firsts
        if first.course in FREE_AFTER and (day - first.arrested_on).days > FREE_AFTER[first.course] + NEWEST
    ]
    seconds = []
    for first in chance.sample(able, min(len(able), int(children * SECOND_CASES))):
        ago = chance.randint(NEWEST, (day - first.arrested_on).days - FREE_AFTER[first.course])
        course = chance.choices((Course.WARNED, Course.DIVERTED, Course.MEASURE, Course.DETAINED), (2, 3, 2, 3))[0]
        first.again = Plan(first.child, course, day - timedelta(days=ago), _offence(course, chance), second=True)
        seconds.append(first.again)
    return seconds


def _join_co_accused(made: list[Plan], chance: random.Random) -> None:
    """Let some be arrested on the same day for the same deed as the one before them."""
    for before, plan in itertools.pairwise(made):
        alike = before.category is not None and before.category in OFFENCES.get(plan.course, ())
        if alike and not (before.with_another or before.second or plan.second) and chance.random() < CO_ACCUSED:
            plan.arrested_on, plan.category, plan.beside = before.arrested_on, before.category, before
            before.with_another = plan.with_another = True
