"""When a child was held, by the records of its case: police custody and every detention."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from casemgr.records.base import CaseRecord
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.judgment import Judgment

TELLS_WHERE: tuple[type[CaseRecord], ...] = (Detention, Diversion, FollowUp, Judgment)
"""What says, after an arrest, where the child came to be."""


def may_be_held(records: Iterable[CaseRecord]) -> list[Arrest]:
    """Return the arrests whose end nobody knows, where no record says where the child is: it may still be held."""
    known = list(records)
    if any(isinstance(each, TELLS_WHERE) for each in known):
        return []
    arrests = (each for each in known if isinstance(each, Arrest))
    return [each for each in arrests if each.custody_ended_at is None and each.outcome is PoliceOutcome.UNKNOWN]


class Spell(NamedTuple):
    """A time in custody or detention; both days belong to it. last is None while it goes on."""

    first: date
    last: date | None
    record: Arrest | Detention


def spells_of(records: Iterable[CaseRecord]) -> list[Spell]:
    """Return the spells these records tell of, in no order; one whose beginning is unknown is left out."""
    spells: list[Spell] = []
    for record in records:
        match record:
            case Arrest() if began := record.arrived_at or record.arrested_at:
                ended = record.custody_ended_at
                if ended is not None or record.outcome is None:
                    spells.append(Spell(began.date(), ended.date() if ended else None, record))
            case Detention() if record.started_on is not None:
                spells.append(Spell(record.started_on, record.ended_on, record))
    return spells
