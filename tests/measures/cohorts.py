"""Invented members of a cohort, and the twelve children of the worked example."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from casemgr.clock import PartialDate
from casemgr.measures.cohort import Member, NewContact
from casemgr.measures.index_events import IndexEvent, IndexKind
from casemgr.records.pathway.follow_up_answers import ContactLevel

BEGAN = date(2024, 2, 1)
AS_OF = date(2027, 12, 31)

TWELVE = ((30, 1), (45, 0), (90, 1), (90, 0), (120, 0), (150, 1), (180, 0), (200, 1), (365, 0), (365, 1), (400, 0),
          (400, 0))  # fmt: skip
"""Days, and whether the child offended again then."""


def event(on: date = BEGAN, child: UUID | None = None, kind: IndexKind = IndexKind.RELEASE) -> IndexEvent:
    return IndexEvent(child or uuid4(), uuid4(), uuid4(), kind, on)


def contact(day: int, level: ContactLevel = ContactLevel.R1, **more: Any) -> NewContact:
    """A new contact over an offence so many days after the index event."""
    on = BEGAN + timedelta(days=day)
    return NewContact(level, **({"told_on": on, "offence_on": PartialDate.on(on)} | more))


def member(until: int | None = None, *contacts: NewContact, **more: Any) -> Member:
    """A child known until so many days after its index event."""
    known = None if until is None else BEGAN + timedelta(days=until)
    return Member(**({"since": event(), "known_until": known, "contacts": contacts} | more))


def observed(days: int, offended: int, level: ContactLevel = ContactLevel.R1) -> Member:
    return member(days, *([contact(days, level)] if offended else []))


def twelve(level: ContactLevel = ContactLevel.R1) -> list[Member]:
    return [observed(days, offended, level) for days, offended in TWELVE]
