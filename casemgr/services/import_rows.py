"""What a row of the list is in records, and what records are as a row: one is the other's way back.

A row that is written down and read again is the same row. Of a case that holds more than a row can say, its first
offence, its first arrest, its first release or order and its last follow-up are told.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.measures.index_events import IndexKind, index_events
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, CaseStatus, Offence
from casemgr.records.child import Child
from casemgr.records.fields import Answer
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.court_answers import JudgmentResult
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionEnd
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.follow_up import FollowUp, has_new_contact
from casemgr.records.pathway.follow_up_answers import UNANSWERED, FollowUpStatus
from casemgr.records.pathway.judgment import Judgment

Values = Mapping[str, Any]
"""What a row says, by the key of the column; what it says nothing of is left out or None."""

TOLD_BY: tuple[type[CaseRecord], ...] = (Offence, Arrest, Detention, Diversion, Judgment, FollowUp)
"""The records of a case that a row tells of."""

OVER_AFTER = 12
"""Months without anything happening after which a case of the list is kept as closed."""
_LONG_AGO = 30
"""Days after which nobody can still be in police custody (of 24 to 72 hours), whatever the list leaves open."""

_CHILD = {
    "child_code": "code", "family_name_km": "family_name_km", "given_name_km": "given_name_km",
    "family_name_latin": "family_name_latin", "given_name_latin": "given_name_latin", "sex": "sex",
    "date_of_birth": "born", "village_code": "village_code",
}  # fmt: skip
FIELDS: dict[tuple[type[Any], str], str] = {
    **{(Child, name): key for key, name in _CHILD.items()},
    (Offence, "committed_on"): "offence_date",
    (Arrest, "arrested_at"): "arrested_at",
    (Arrest, "arrived_at"): "arrived_at",
    (Detention, "ended_on"): "index_date",
    (Diversion, "ordered_on"): "index_date",
    (Judgment, "decided_on"): "index_date",
    (FollowUp, "done_on"): "last_contact_date",
    (FollowUp, "offence_on"): "event_offence_date",
}
"""In which column an answer stands of which a record says that it cannot be."""


class NewRow(NamedTuple):
    """The records that a row becomes; the child is left out where it is here already."""

    child: Child | None
    case: Case
    records: tuple[CaseRecord, ...]

    def __repr__(self) -> str:
        """Return the case alone: no answer may reach a log."""
        return f"<NewRow {self.case.id}>"


def child_of(values: Values) -> Child:
    """Return the child that a row tells of."""
    made: Any = Child
    child: Child = made(**{name: values.get(key) for key, name in _CHILD.items()})
    return child


def case_of(values: Values) -> Case:
    """Return the case: opened on the first day the list tells of; closed where all of it is long past."""
    case = Case(number=values.get("case_number"), notes=values.get("notes"))
    case.opened_on = _opened(values)
    if is_long_past(values):
        case.status = CaseStatus.CLOSED
    return case


def is_long_past(values: Values) -> bool:
    """Return whether nothing happened in the case for so long that it is kept as closed."""
    last = max((last for _, last in _days(values)), default=None)
    return last is not None and clock.months_after(last, OVER_AFTER) < clock.today()


def _opened(values: Values) -> date:
    at = [values[key].date() for key in ("arrested_at", "arrived_at") if values.get(key)]
    return min(at or [first for first, _ in _days(values)], default=clock.today())


def _days(values: Values) -> Iterable[tuple[date, date]]:
    """Yield the first and the last day that each date of the row can mean."""
    for key in ("arrested_at", "arrived_at"):
        if values.get(key):
            yield values[key].date(), values[key].date()
    for key in ("index_date", "last_contact_date"):
        if values.get(key):
            yield values[key], values[key]
    for key in ("offence_date", "event_offence_date"):
        if values.get(key):
            yield values[key].earliest, values[key].latest


def records_of(values: Values, case_id: UUID) -> tuple[CaseRecord, ...]:
    """Return the records of the case that a row tells of."""
    found = (_offence(values), _arrest(values), _index(values), _follow_up(values))
    records = tuple(record for record in found if record is not None)
    for record in records:
        record.case_id = case_id
    return records


def _offence(values: Values) -> Offence | None:
    said = (values.get("offence_category"), values.get("offence_class"), values.get("offence_date"))
    if said == (None, None, None):
        return None
    return Offence(category=said[0], offence_class=said[1], committed_on=said[2])


def _arrest(values: Values) -> Arrest | None:
    arrested, arrived, outcome = (values.get(key) for key in ("arrested_at", "arrived_at", "police_outcome"))
    if arrested is None and arrived is None and outcome is None:
        return None
    return Arrest(arrested_at=arrested, arrived_at=arrived, outcome=outcome or _outcome(values))


def _outcome(values: Values) -> PoliceOutcome | None:
    """Return how the police stage ended: of an arrest long ago it is over, also where the list does not say how."""
    said: PoliceOutcome | None = values.get("police_outcome")
    began = values.get("arrived_at") or values.get("arrested_at")
    if said is None and began is not None and (clock.now() - began).days > _LONG_AGO:
        return PoliceOutcome.UNKNOWN
    return said


def _index(values: Values) -> CaseRecord | None:
    on = values.get("index_date")
    match values.get("index_type"):
        case IndexKind.RELEASE:
            return Detention(end_reason=DetentionEnd.SERVED, ended_on=on)
        case IndexKind.DIVERSION:
            return Diversion(ordered_on=on)
        case IndexKind.MEASURE:
            return Judgment(result=JudgmentResult.MEASURES, decided_on=on)
        case _:
            return None


def _follow_up(values: Values) -> FollowUp | None:
    on, level = values.get("last_contact_date"), values.get("event_level")
    if on is None:
        return None
    if level is None:
        return FollowUp(done_on=on, status=FollowUpStatus.WELL, new_contact=Answer.NO)
    return FollowUp(
        done_on=on, status=FollowUpStatus.NEW_CONTACT, new_contact=Answer.YES, level=level,
        offence_on=values.get("event_offence_date"),
    )  # fmt: skip


def as_kept(values: Values) -> dict[str, Any]:
    """Return what case_values will say of the case once a row is written."""
    said = {key: value for key, value in values.items() if key not in _CHILD}
    return said | {"police_outcome": _outcome(values)}


def is_plain(values: Values) -> bool:
    """Return whether the dates of a row lie in their usual order, so that none of them can be impossible."""
    born, arrested, arrived = (values.get(key) for key in ("date_of_birth", "arrested_at", "arrived_at"))
    days = [*_days(values), *([(born.earliest, born.latest)] if born is not None else [])]
    last = max((last for _, last in days), default=clock.today())
    first = min((first for first, _ in days), default=clock.today())
    in_order = arrested is None or arrived is None or arrested <= arrived
    return in_order and last <= clock.today() and (born is None or first >= born.earliest)


def values_of(child: Child, case: Case, records: Sequence[CaseRecord]) -> dict[str, Any]:
    """Return what a row says of a case; records: its offences and records, in the order they were kept."""
    return {key: getattr(child, name) for key, name in _CHILD.items()} | case_values(case, records)


def case_values(case: Case, records: Sequence[CaseRecord]) -> dict[str, Any]:
    """Return what a row says of a case, without its child."""
    offence = next((each for each in records if isinstance(each, Offence)), None)
    arrest = next((each for each in records if isinstance(each, Arrest)), None)
    event = next(iter(index_events(records, case.child_id)), None)
    follow_ups = [each for each in records if isinstance(each, FollowUp)]
    known = [each.done_on for each in follow_ups if _is_known(each)]
    contact = next((each for each in follow_ups if has_new_contact(each) and each.done_on and each.level), None)
    return {
        "case_number": case.number,
        "offence_category": offence.category if offence else None,
        "offence_class": offence.offence_class if offence else None,
        "offence_date": offence.committed_on if offence else None,
        "arrested_at": arrest.arrested_at if arrest else None,
        "arrived_at": arrest.arrived_at if arrest else None,
        "police_outcome": arrest.outcome if arrest else None,
        "index_type": event.kind if event else None,
        "index_date": event.on if event else None,
        "last_contact_date": max((day for day in known if day is not None), default=None),
        "event_level": contact.level if contact else None,
        "event_offence_date": contact.offence_on if contact else None,
        "notes": case.notes,
    }


def _is_known(follow_up: FollowUp) -> bool:
    """Whether it found something out."""
    if follow_up.status in UNANSWERED:
        return False
    return follow_up.status is not None or follow_up.new_contact in (Answer.YES, Answer.NO)
