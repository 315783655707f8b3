"""Invented children: their names, how old they are, where and with whom they live."""

import random
from datetime import date, timedelta
from typing import Any

from casemgr.clock import PartialDate
from casemgr.khmer.digits import to_khmer_digits
from casemgr.records.child import (
    BirthEvidence,
    Child,
    Disability,
    Document,
    Grade,
    Guardian,
    LivingWith,
    Relation,
    SchoolStatus,
    Sex,
)
from casemgr.records.fields import Answer
from casemgr.services.practice_names import FAMILY, FEMALE, MALE, NICKNAMES, VILLAGES
from casemgr.services.practice_plan import Course, Plan
from casemgr.services.practice_story import TOLD_NAMES, Person, Story

_LIVES_WITH = (LivingWith.BOTH_PARENTS, LivingWith.MOTHER, LivingWith.FATHER, LivingWith.GRANDPARENTS,
               LivingWith.PARENT_PARTNER)  # fmt: skip
_SCHOOL = (SchoolStatus.LEFT, SchoolStatus.ENROLLED, SchoolStatus.NEVER)
_LATIN = (("ea", "ia"), ("ou", "u"), ("th", "t"), ("ph", "p"), ("ch", "j"), ("ey", "y"), ("v", "w"))
"""How one sound is written in Latin letters by one and by another."""


def invent(plan: Plan, worker: str, chance: random.Random) -> Person:
    """Return the child of a first case by name and age; worker: the name of who keeps the file."""
    girl = chance.random() < 0.2
    family, mother, father = (chance.choice(FAMILY) for _ in range(3))
    given = chance.choice(FEMALE if girl else MALE)
    called = (
        f"{family[0]} {given[0]}", f"{mother[0]} {chance.choice(FEMALE)[0]}", f"{father[0]} {chance.choice(MALE)[0]}",
        f"{family[0]} {chance.choice(FEMALE)[0]}", worker,
    )  # fmt: skip
    return Person(girl, _age(plan, chance), family, given, dict(zip(TOLD_NAMES, called, strict=True)))


def _age(plan: Plan, chance: random.Random) -> int:
    if plan.live == 2:
        return 15
    if plan.course is Course.UNDER_14:
        return chance.choice((11, 12, 13))
    if plan.course is Course.IN_PRISON:
        return chance.choice((0, 1, 2))
    return chance.choices((14, 15, 16, 17), weights=(3, 5, 6, 6))[0]


def introduce(story: Story) -> None:
    """Write down the child of a first case."""
    person, chance = story.person, story.chance
    schooling = chance.choices(_SCHOOL, weights=(60, 34, 6))[0]
    born = story.arrested_on - timedelta(days=person.age * 365 + person.age // 4 + story.within(2, 360))
    answers: dict[str, Any] = {
        "family_name_km": person.family[0], "given_name_km": person.given[0], "family_name_latin": person.family[1],
        "given_name_latin": person.given[1], "sex": Sex.FEMALE if person.girl else Sex.MALE, "code": None,
        "nickname": chance.choice(NICKNAMES) if story.likely(0.4) else None, "born": _known_of(born, story),
        "stated_age": None, "village_code": chance.choice(VILLAGES), "birth_place_code": chance.choice(VILLAGES),
        "house": to_khmer_digits(str(story.within(1, 180))), "street": None,
        "phone": f"0{chance.choice((12, 15, 77, 92, 96, 97))} 555 {story.within(0, 9999):04}",
        "living_with": chance.choices(_LIVES_WITH, weights=(40, 25, 8, 17, 10))[0],
        "schooling": schooling, "year_left": story.arrested_on.year - story.within(1, 3),
        "last_grade": Grade.NONE if schooling is SchoolStatus.NEVER else chance.choice((Grade.G5, Grade.G6, Grade.G7)),
        "disabilities": (Disability.SEEING,) if story.likely(0.1) else (Disability.NONE,),
    }  # fmt: skip
    if story.plan.course is Course.IN_PRISON:
        answers |= _of_a_small_child(born, person)
    person.child = story.example(Child, **answers)


def _of_a_small_child(born: date, person: Person) -> dict[str, Any]:
    """Return what is otherwise of a child of one or two years."""
    mother = Guardian(name=person.mother, relation=Relation.MOTHER, representative=Answer.YES, phone=None, address=None)
    return {
        "nickname": None, "phone": None, "birth_evidence": BirthEvidence.PARENT_STATEMENT, "schooling": None,
        "last_grade": None, "documents": (Document.NONE,), "living_with": LivingWith.MOTHER, "household": (),
        "guardians": (mother,), "disabilities": (Disability.NONE,), "notes": None, "born": PartialDate.on(born),
    }  # fmt: skip


def _known_of(born: date, story: Story) -> PartialDate:
    """Return what is known of a birth: now and then only the year, or an age that was stated."""
    known = story.chance.random() if story.plan.live < 0 else 1
    if known < 0.05:
        return PartialDate.of(born.year)
    if known < 0.09:
        return PartialDate.from_age(story.person.age, story.arrested_on)
    return PartialDate.on(born)


def other_spelling(latin: str) -> str:
    """Return how somebody else would write a name in Latin letters."""
    for one, other in _LATIN:
        if one in latin:
            return latin.replace(one, other, 1)
    return f"{latin}h"
