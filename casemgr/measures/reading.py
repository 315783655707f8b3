"""Reads a member of a cohort out of the files of one child: its follow-ups, and what later cases of its own tell."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from casemgr.clock import PartialDate
from casemgr.law.ages import AgeBand, age_range, bands
from casemgr.law.custody import spells_of
from casemgr.measures.cohort import Course, FollowUpEnd, Member, NewContact
from casemgr.measures.index_events import IndexEvent, IndexKind, sentence_of
from casemgr.records.base import CaseRecord
from casemgr.records.beside.consent import Consent, ConsentScope, allows
from casemgr.records.case import Case, ChildRole, Offence, OffenceCategory, OffenceClass
from casemgr.records.child import Child
from casemgr.records.fields import Answer
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.pathway.court import Decision
from casemgr.records.pathway.court_answers import DecisionMade, MeasureKept
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionBasis
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.diversion_answers import DiversionOutcome
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import UNANSWERED, Confirmation, ContactLevel, FollowUpStatus, Reached
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import SupportKind

AnyRecord = TypeVar("AnyRecord", bound=CaseRecord)


# A member is looked up by its class each time it is named, which for very many rows takes longer than the comparison.
_YES, _NOBODY, _STATUS, _UNKNOWN = Answer.YES, Reached.NOBODY, OffenceCategory.STATUS, OffenceClass.UNKNOWN
_YES_OR_NO = frozenset({Answer.YES, Answer.NO})
_SAYS_BY_STATUS = frozenset({FollowUpStatus.WELL, FollowUpStatus.NEW_CONTACT})


class CaseFile(NamedTuple):
    """All that may be read of one case."""

    case: Case
    offences: Sequence[Offence] = ()
    records: Sequence[CaseRecord] = ()


class Records:
    """Records, found by their kind; those of one kind in the order in which they were given."""

    def __init__(self, records: Iterable[CaseRecord]) -> None:
        """Take them."""
        self._known: dict[str, list[Any]] = {}
        for record in records:
            self._known.setdefault(record.__tablename__, []).append(record)

    def of(self, kind: type[AnyRecord]) -> Sequence[AnyRecord]:
        """Return those of that kind."""
        return self._known.get(kind.__tablename__, ())


def course_of(event: IndexEvent, files: Collection[CaseFile], records: Records) -> Course:
    """Return what these files of one child tell of it since the index event. records: all that stand in them.

    A later case of the child in the office's own files is a new contact, whether a follow-up tells of it or not. A new
    offence that was written into the case of the index event is seen only through the follow-ups.
    """
    others = (file for file in files if file.case.id != event.case_id) if len(files) > 1 else ()
    later = [contact for file in others if (contact := contact_of_case(file)) is not None]
    told = [contact for record in records.of(FollowUp) if (contact := contact_of(record)) is not None]
    return Course(event, (*told, *later), _known_until(records, event.on), _end_of_follow_up(records, event.on))


def member_of(event: IndexEvent, child: Child, files: Sequence[CaseFile]) -> Member:
    """Return what these files of one child tell of it since the index event, which stands in one of them."""
    own = next(file for file in files if file.case.id == event.case_id)
    written = Records(record for file in files for record in file.records)
    of_own = written if len(files) == 1 else Records(own.records)
    return Member(
        *course_of(event, files, written),
        away=tuple(
            (spell.first, spell.last) for spell in spells_of((*written.of(Arrest), *written.of(Detention)))
        ),
        sex=child.sex,
        age_band=band_at_offence(child.born, own.offences),
        offence_class=gravest_class(own.offences),
        detained=event.kind is IndexKind.RELEASE or _was_detained(of_own, event.on),
        breached=_was_breached(of_own),
        supports=_supports(of_own),
    )  # fmt: skip


def contact_of(follow_up: FollowUp) -> NewContact | None:
    """Return the new contact a follow-up tells of; None where it tells of none, or of conduct that is no offence."""
    if not _tells_of_contact(follow_up) or follow_up.offence_category is _STATUS:
        return None
    told_on = follow_up.done_on or follow_up.contact_on
    if told_on is None:
        told_on = follow_up.created_at.date() if follow_up.created_at else None
    if told_on is None:
        return None
    confirmed = follow_up.confirmed in (Confirmation.OFFICIAL, Confirmation.TWO_SOURCES)
    level = follow_up.level or ContactLevel.UNKNOWN
    return NewContact(level, told_on, follow_up.offence_on, follow_up.contact_on, confirmed)


def _tells_of_contact(follow_up: FollowUp) -> bool:
    if follow_up.new_contact is None:
        return follow_up.status is FollowUpStatus.NEW_CONTACT
    return follow_up.new_contact is _YES


def contact_of_case(file: CaseFile) -> NewContact | None:
    """Return the contact with the law that a case is; None where it is none of a suspect, or tells of no authority.

    It rests on the office's own papers of police and court, so it counts as confirmed.
    """
    if file.case.child_role not in (None, ChildRole.SUSPECT, ChildRole.UNKNOWN):
        return None
    offences = [offence for offence in file.offences if not _is_no_offence(offence)]
    if file.offences and not offences:
        return None
    dealt = [(level, on) for record in file.records if (level := _level_of(record)) for on in _days_of(record)]
    if not dealt:
        return None
    level = max((level for level, _ in dealt), key=lambda level: level.value)
    contact_on = min(on for _, on in dealt)
    dates = [offence.committed_on for offence in offences if offence.committed_on is not None]
    return NewContact(level, contact_on, min(dates, default=None), contact_on, confirmed=True)


def _is_no_offence(offence: Offence) -> bool:
    return offence.category is OffenceCategory.STATUS or offence.offence_class is OffenceClass.NOT_AN_OFFENCE


_ORDERED = frozenset({DetentionBasis.PRETRIAL, DetentionBasis.SENTENCED, DetentionBasis.AWAITING_APPEAL})
_CHARGED = frozenset({
    DecisionMade.CHARGED, DecisionMade.TO_INVESTIGATION, DecisionMade.TO_TRIAL, DecisionMade.SUPERVISED,
})  # fmt: skip


def _level_of(record: CaseRecord) -> ContactLevel | None:
    """How far this record says the case went; None where it says nothing of an authority."""
    match record:
        case Detention() if record.basis in _ORDERED:
            return ContactLevel.R4
        case Decision() if record.decision in (DecisionMade.DETAINED, DecisionMade.EXTENDED):
            return ContactLevel.R4
        case Judgment() if sentence_of(record) is not None:
            return ContactLevel.R3
        case Diversion() if record.ordered_on is not None:
            return ContactLevel.R3
        case Decision() if record.decision in _CHARGED:
            return ContactLevel.R2
        case Arrest() if record.outcome is PoliceOutcome.RELEASED:
            return ContactLevel.R0
        case Arrest():
            return ContactLevel.R1
        case _:
            return None


def _days_of(record: CaseRecord) -> Iterator[date]:
    """The day on which an authority dealt with the child; none where nobody wrote it down."""
    match record:
        case Arrest() if at := record.arrested_at or record.arrived_at:
            yield at.date()
        case Detention() if record.started_on is not None:
            yield record.started_on
        case Decision() | Judgment() if record.decided_on is not None:
            yield record.decided_on
        case Diversion() if record.ordered_on is not None:
            yield record.ordered_on


def _known_until(records: Records, since: date) -> date | None:
    """The last day on which a follow-up says whether there was a new contact."""
    last = None
    for each in records.of(FollowUp):
        on = each.done_on
        if on is not None and on >= since and (last is None or on > last) and _says_whether(each):
            last = on
    return last


def _says_whether(follow_up: FollowUp) -> bool:
    if follow_up.status in UNANSWERED or follow_up.reached is _NOBODY:
        return False
    if follow_up.new_contact is None:
        return follow_up.status in _SAYS_BY_STATUS
    return follow_up.new_contact in _YES_OR_NO


_ENDED_BY_STATUS = {
    FollowUpStatus.DECEASED: FollowUpEnd.DIED,
    FollowUpStatus.ABROAD: FollowUpEnd.ABROAD,
    FollowUpStatus.REFUSED: FollowUpEnd.REFUSED,
    FollowUpStatus.LOST: FollowUpEnd.LOST,
}
_ENDED_BY_CLOSURE = {
    ClosingReason.DIED: FollowUpEnd.DIED,
    ClosingReason.MOVED_ABROAD: FollowUpEnd.ABROAD,
    ClosingReason.TRANSFERRED: FollowUpEnd.TRANSFERRED,
    ClosingReason.REFUSED: FollowUpEnd.REFUSED,
    ClosingReason.MISSING: FollowUpEnd.LOST,
    ClosingReason.RUN_AWAY: FollowUpEnd.LOST,
}


def _end_of_follow_up(records: Records, since: date) -> FollowUpEnd | None:
    """The last end of the follow-up; None where there is none, or where somebody was heard of after it."""
    ends = [(on, why) for on, why in _ends(records) if on >= since]
    if not ends:
        return None
    last_on, why = max(ends, key=lambda end: (end[0], list(FollowUpEnd).index(end[1])))
    heard = (each.done_on for each in records.of(FollowUp) if _says_whether(each))
    return None if any(day is not None and day > last_on for day in heard) else why


def _ends(records: Records) -> Iterator[tuple[date, FollowUpEnd]]:
    for each in records.of(FollowUp):
        if each.done_on is not None and each.status in _ENDED_BY_STATUS:
            yield each.done_on, _ENDED_BY_STATUS[each.status]
    for closure in records.of(Closure):
        if closure.closed_on and closure.reason in _ENDED_BY_CLOSURE and not closure.reopened_on:
            yield closure.closed_on, _ENDED_BY_CLOSURE[closure.reason]
    consents = records.of(Consent)
    for consent in consents:
        on = consent.withdrawn_on
        if on and ConsentScope.CONTACT in consent.scope and not allows(consents, ConsentScope.CONTACT, on):
            yield on, FollowUpEnd.WITHDRAWN


def band_at_offence(born: PartialDate | None, offences: Sequence[Offence]) -> AgeBand:
    """Return the age band at the earliest offence; in doubt where the dates allow several, or are not known."""
    dates = [offence.committed_on for offence in offences if offence.committed_on is not None]
    possible = bands(age_range(born, min(dates, default=None)))
    return possible[0] if len(possible) == 1 else AgeBand.IN_DOUBT


_GRAVITY = (OffenceClass.FELONY, OffenceClass.MISDEMEANOUR, OffenceClass.PETTY, OffenceClass.NOT_AN_OFFENCE)


def gravest_class(offences: Sequence[Offence]) -> OffenceClass | None:
    """Return the gravest class among the offences, None where none is known; the usual class where none is written."""
    classes = {class_of(offence) for offence in offences}
    for known in _GRAVITY:
        if known in classes:
            return known
    return None


def class_of(offence: Offence) -> OffenceClass | None:
    """Return the class of an offence, the usual one of its kind where none is written; None where it is not known."""
    if offence.offence_class is not None and offence.offence_class is not _UNKNOWN:
        return offence.offence_class
    return offence.category.usual_class if offence.category else None


def _was_detained(records: Records, by: date) -> bool:
    return any(each.started_on is not None and each.started_on <= by for each in records.of(Detention))


def _was_breached(records: Records) -> bool:
    diversions = records.of(Diversion)
    if any(each.breaches or each.outcome is DiversionOutcome.REVOKED_BREACH for each in diversions):
        return True
    return any(each.measure_kept is MeasureKept.BREACHED for each in records.of(Judgment))


def _supports(records: Records) -> tuple[SupportKind, ...]:
    given = {support.kind for plan in records.of(ReintegrationPlan) for support in plan.support}
    return tuple(filter(given.__contains__, SupportKind)) if given else ()
