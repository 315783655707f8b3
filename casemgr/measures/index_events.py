"""Index events: the release or the order from which reoffending is counted."""

import enum
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.fields import Choice
from casemgr.records.pathway.court_answers import JudgmentResult, Penalty
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionEnd
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.diversion_answers import DiversionOutcome
from casemgr.records.pathway.judgment import IN_PRISON, PUT_OFF, Judgment

INDEX_RELEASES = frozenset({DetentionEnd.SERVED, DetentionEnd.CONDITIONAL, DetentionEnd.PARDON})
"""The releases that start the count, of all RELEASES: those that end a sentence.

A release on bail, at the end of an order, for diversion or with a measure comes before the end of the procedure: there
the order or the judgment starts the count, or nothing does yet. Where a case was dropped there was no offence.
"""

COMMUNITY_PENALTIES = PUT_OFF | {Penalty.PROBATION, Penalty.COMMUNITY_SERVICE}
"""The penalties kept at liberty over some time, as a measure is. A reprimand or a fine asks nothing further."""

NEVER_BEGAN = frozenset({DiversionOutcome.NOT_AGREED})
"""The outcomes of a diversion nobody entered. One that was revoked was entered, and leaving it out would flatter."""


class IndexKind(Choice):
    """What starts the count. Of several on one day the first of this list counts."""

    RELEASE = "release", N_("Release from detention")
    DIVERSION = "diversion", N_("Diversion ordered")
    MEASURE = "measure", N_("Judgment with a measure")


class IndexEvent(NamedTuple):
    """A day from which the reoffending of a child is counted, and the record that tells of it."""

    child_id: UUID
    case_id: UUID
    record_id: UUID
    kind: IndexKind
    on: date


class Sentence(enum.Enum):
    """What a judgment lays on a child."""

    CUSTODIAL = "custodial"  # a term is to be served, wholly or in part
    COMMUNITY = "community"  # a measure, or any other penalty
    UNKNOWN = "unknown"


def sentence_of(judgment: Judgment) -> Sentence | None:
    """Return what the judgment lays on the child; None where it is no sentence, or upholds one that it does not name.

    A term of which nothing is to be served because all of it is suspended is kept at liberty.
    """
    if judgment.result is JudgmentResult.MEASURES:
        return Sentence.COMMUNITY
    if judgment.result not in (JudgmentResult.CONVICTED, JudgmentResult.UPHELD):
        return None
    penalties = set(judgment.penalties) - {Penalty.UNKNOWN}
    if penalties & IN_PRISON:
        return Sentence.COMMUNITY if _wholly_suspended(judgment) else Sentence.CUSTODIAL
    if penalties or judgment.measures:
        return Sentence.COMMUNITY
    return Sentence.UNKNOWN if judgment.result is JudgmentResult.CONVICTED else None


def _wholly_suspended(judgment: Judgment) -> bool:
    to_serve = (judgment.to_serve_months, judgment.to_serve_days)
    put_off = {Penalty.SUSPENDED, Penalty.PROBATION, Penalty.DEFERRED} & set(judgment.penalties)
    return bool(put_off) and to_serve != (None, None) and not any(to_serve)


def index_event(record: CaseRecord, child_id: UUID) -> IndexEvent | None:
    """Return the index event this record tells of; None where it tells of none or its day is not known."""
    kind, on = _kind_and_day(record)
    if kind is None or on is None:
        return None
    return IndexEvent(child_id, record.case_id, record.id, kind, on)


def _kind_and_day(record: CaseRecord) -> tuple[IndexKind | None, date | None]:
    match record:
        case Detention() if record.end_reason in INDEX_RELEASES:
            return IndexKind.RELEASE, record.ended_on
        case Diversion() if record.outcome not in NEVER_BEGAN:
            return IndexKind.DIVERSION, record.ordered_on
        case Judgment() if _orders_measure(record):
            return IndexKind.MEASURE, record.decided_on
        case _:
            return None, None


def _orders_measure(judgment: Judgment) -> bool:
    if sentence_of(judgment) is not Sentence.COMMUNITY:
        return False
    if judgment.result is JudgmentResult.MEASURES or judgment.measures:
        return True
    return not COMMUNITY_PENALTIES.isdisjoint(judgment.penalties)


def index_events(records: Iterable[CaseRecord], child_id: UUID) -> tuple[IndexEvent, ...]:
    """Return the index events that these records of one child tell of, earliest first.

    A judgment that upholds an earlier one starts no second count where the earlier one is written down.
    """
    found = [(event, record) for record in records if (event := index_event(record, child_id)) is not None]
    events = (event for event, record in found if not _repeats(record, event, found))
    return tuple(sorted(events, key=_order))


def _repeats(record: CaseRecord, event: IndexEvent, found: Iterable[tuple[IndexEvent, CaseRecord]]) -> bool:
    if not isinstance(record, Judgment) or record.result is not JudgmentResult.UPHELD:
        return False
    return any(
        isinstance(other, Judgment) and other.case_id == record.case_id and earlier.on < event.on
        for earlier, other in found
    )


def first_of(events: Iterable[IndexEvent], *, every: bool = False) -> tuple[IndexEvent, ...]:
    """Return the first index event of each child, earliest first; with every, all of them, but one for each day."""
    chosen: dict[tuple[UUID, date | None], IndexEvent] = {}
    for event in sorted(events, key=_order):
        chosen.setdefault((event.child_id, event.on if every else None), event)
    return tuple(chosen.values())


def _order(event: IndexEvent) -> tuple[date, int, UUID]:
    return event.on, list(IndexKind).index(event.kind), event.record_id
