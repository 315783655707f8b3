"""A member read out of the files of a child: follow-ups, later cases, custody, the end of the follow-up."""

from datetime import date
from typing import Any

import pytest

from casemgr.clock import PartialDate, local
from casemgr.law.ages import AgeBand
from casemgr.measures.cohort import FollowUpEnd, Member, NewContact, outcome
from casemgr.measures.index_events import index_event
from casemgr.measures.reading import CaseFile, contact_of, contact_of_case, member_of
from casemgr.records.base import CaseRecord
from casemgr.records.beside.consent import Consent, ConsentScope
from casemgr.records.case import Case, ChildRole, Offence, OffenceCategory, OffenceClass
from casemgr.records.child import Child, Sex
from casemgr.records.fields import Answer
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.pathway.court import Decision
from casemgr.records.pathway.court_answers import DecisionMade, JudgmentResult, MeasureKept
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionBasis, DetentionEnd
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.diversion_answers import Breach, DiversionOutcome
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import Confirmation, ContactLevel, FollowUpStatus, Reached
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import PlanSupport, SupportKind

R0, R1, R2, R3, R4, UNKNOWN = ContactLevel
CHILD = Child(sex=Sex.MALE, born=PartialDate.of(2011, 3, 12))
CASE = Case(child_id=CHILD.id)
OFFENCE = Offence(category=OffenceCategory.THEFT, committed_on=PartialDate.of(2026, 11, 21))
RELEASED = date(2027, 5, 20)
RELEASE = Detention(
    case_id=CASE.id, basis=DetentionBasis.SENTENCED, started_on=date(2026, 11, 23), ended_on=RELEASED,
    end_reason=DetentionEnd.SERVED,
)  # fmt: skip


def read(*records: CaseRecord, later: tuple[CaseFile, ...] = (), start: CaseRecord = RELEASE) -> Member:
    event = index_event(start, CHILD.id)
    assert event is not None
    own = CaseFile(CASE, (OFFENCE,), (start, *records))
    return member_of(event, CHILD, (*later, own))


def follow_up(on: date | None, status: FollowUpStatus | None = FollowUpStatus.WELL, **more: Any) -> FollowUp:
    return FollowUp(case_id=CASE.id, done_on=on, status=status, **more)


def another(*records: CaseRecord, role: ChildRole | None = ChildRole.SUSPECT, **offence: Any) -> CaseFile:
    known = Offence(**({"category": OffenceCategory.THEFT, "committed_on": PartialDate.of(2027, 8, 2)} | offence))
    return CaseFile(Case(child_id=CHILD.id, child_role=role), (known,), records)


def arrested(outcome: PoliceOutcome = PoliceOutcome.PROSECUTOR) -> Arrest:
    return Arrest(arrested_at=local(2027, 8, 3, 9), custody_ended_at=local(2027, 8, 4, 9), outcome=outcome)


def test_what_is_read_of_child_and_case() -> None:
    plan = ReintegrationPlan(
        case_id=CASE.id,
        support=(PlanSupport(kind=SupportKind.TRANSPORT), PlanSupport(kind=SupportKind.TRAINING), PlanSupport()),
    )
    found = read(plan)
    assert found.since.on == RELEASED
    assert (found.sex, found.age_band, found.offence_class) == (Sex.MALE, AgeBand.FROM_14, OffenceClass.MISDEMEANOUR)
    assert (found.detained, found.breached, found.supports) == (
        True,
        False,
        (SupportKind.TRAINING, SupportKind.TRANSPORT),
    )
    assert (found.contacts, found.known_until, found.ended) == ((), None, None)
    assert found.away == ((date(2026, 11, 23), RELEASED),)
    written = member_of(found.since, CHILD, [CaseFile(CASE, (OFFENCE, Offence(offence_class=OffenceClass.FELONY)))])
    assert written.offence_class is OffenceClass.FELONY
    unborn = member_of(found.since, Child(), [CaseFile(CASE)])
    assert (unborn.age_band, unborn.offence_class, unborn.sex) == (AgeBand.IN_DOUBT, None, None)


@pytest.mark.parametrize(
    ("status", "more", "known"),
    [
        (FollowUpStatus.WELL, {}, True),
        (FollowUpStatus.WELL, {"new_contact": Answer.NO}, True),
        (FollowUpStatus.MOVED, {"new_contact": Answer.NO}, True),
        (FollowUpStatus.REFUSED, {"new_contact": Answer.NO}, True),
        (FollowUpStatus.MOVED, {}, False),
        (FollowUpStatus.IN_CUSTODY, {}, False),
        (FollowUpStatus.WELL, {"new_contact": Answer.UNKNOWN}, False),
        (FollowUpStatus.WELL, {"new_contact": Answer.NOT_ASKED}, False),
        (FollowUpStatus.NOT_REACHED, {"new_contact": Answer.NO}, False),
        (FollowUpStatus.WRONG_NUMBER, {}, False),
        (FollowUpStatus.WELL, {"reached": Reached.NOBODY}, False),
        (None, {"new_contact": Answer.NO}, True),
        (None, {}, False),
    ],
)
def test_only_an_answer_makes_known(status: FollowUpStatus | None, more: dict[str, Any], known: bool) -> None:
    early, late = follow_up(date(2027, 6, 20)), follow_up(date(2027, 9, 20), status, **more)
    assert read(early, late).known_until == (date(2027, 9, 20) if known else date(2027, 6, 20))
    assert read(follow_up(date(2027, 1, 1))).known_until is None, "before the release nothing was known of later"
    assert read(follow_up(None)).known_until is None


def test_the_contact_a_follow_up_tells_of() -> None:
    told = follow_up(
        date(2027, 9, 20), FollowUpStatus.NEW_CONTACT, new_contact=Answer.YES, level=R2,
        offence_on=PartialDate.of(2027, 8), contact_on=date(2027, 8, 20), confirmed=Confirmation.TWO_SOURCES,
    )  # fmt: skip
    expected = NewContact(R2, date(2027, 9, 20), PartialDate.of(2027, 8), date(2027, 8, 20), confirmed=True)
    assert read(told).contacts == (expected,)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (follow_up(RELEASED, new_contact=Answer.NO), None),
        (follow_up(RELEASED, new_contact=Answer.UNKNOWN), None),
        (follow_up(RELEASED, FollowUpStatus.NEW_CONTACT, new_contact=Answer.NO), None),
        (follow_up(RELEASED, FollowUpStatus.NEW_CONTACT), NewContact(UNKNOWN, RELEASED)),
        (follow_up(RELEASED, None, new_contact=Answer.YES, level=R0), NewContact(R0, RELEASED)),
        (follow_up(RELEASED, None, new_contact=Answer.YES, offence_category=OffenceCategory.STATUS), None),
        (follow_up(None, None, new_contact=Answer.YES, contact_on=RELEASED),
         NewContact(UNKNOWN, RELEASED, None, RELEASED)),
        (follow_up(None, None, new_contact=Answer.YES, created_at=local(2027, 6, 1)),
         NewContact(UNKNOWN, date(2027, 6, 1))),
        (follow_up(None, None, new_contact=Answer.YES), None),
        (follow_up(RELEASED, None, new_contact=Answer.YES, confirmed=Confirmation.OFFICIAL),
         NewContact(UNKNOWN, RELEASED, confirmed=True)),
        (follow_up(RELEASED, None, new_contact=Answer.YES, confirmed=Confirmation.NOT_CONFIRMED),
         NewContact(UNKNOWN, RELEASED)),
    ],
)  # fmt: skip
def test_follow_ups_and_their_contacts(written: FollowUp, expected: NewContact | None) -> None:
    assert contact_of(written) == expected


@pytest.mark.parametrize(
    ("records", "level"),
    [
        ((arrested(PoliceOutcome.RELEASED),), R0),
        ((arrested(PoliceOutcome.VERBAL_WARNING),), R1),
        ((arrested(),), R1),
        ((arrested(), Decision(decision=DecisionMade.CHARGED, decided_on=date(2027, 8, 4))), R2),
        ((arrested(), Decision(decision=DecisionMade.DROPPED, decided_on=date(2027, 8, 4))), R1),
        ((arrested(), Diversion(ordered_on=date(2027, 9, 1))), R3),
        ((arrested(), Diversion(offered_on=date(2027, 9, 1))), R1),
        ((arrested(), Judgment(result=JudgmentResult.MEASURES, decided_on=date(2027, 9, 1))), R3),
        ((arrested(), Judgment(result=JudgmentResult.ACQUITTED, decided_on=date(2027, 9, 1))), R1),
        ((arrested(), Decision(decision=DecisionMade.DETAINED, decided_on=date(2027, 8, 4))), R4),
        ((arrested(), Detention(basis=DetentionBasis.PRETRIAL, started_on=date(2027, 8, 4))), R4),
        ((arrested(), Detention(basis=DetentionBasis.SOCIAL_AFFAIRS_CENTRE, started_on=date(2027, 8, 4))), R1),
        ((Arrest(),), None),
        ((follow_up(date(2027, 8, 4)),), None),
        ((), None),
    ],
)
def test_a_later_case_of_the_office_is_a_new_contact(
    records: tuple[CaseRecord, ...], level: ContactLevel | None
) -> None:  # fmt: skip
    found = contact_of_case(another(*records))
    if level is None:
        assert found is None
    else:
        day = date(2027, 8, 3)
        assert found == NewContact(level, day, PartialDate.of(2027, 8, 2), day, confirmed=True)


def test_what_is_no_contact_of_an_offender() -> None:
    assert contact_of_case(another(arrested(), role=ChildRole.VICTIM)) is None
    assert contact_of_case(another(arrested(), category=OffenceCategory.STATUS)) is None
    assert contact_of_case(another(arrested(), offence_class=OffenceClass.NOT_AN_OFFENCE)) is None
    assert contact_of_case(another(arrested(), role=None)) is not None


def test_a_later_case_counts_without_any_follow_up() -> None:
    found = read(later=(another(arrested()),))
    seen = outcome(found, R1, date(2028, 1, 1))
    assert seen is not None
    assert seen.first is not None
    assert seen.until == date(2027, 8, 2)
    assert found.known_until is None
    earlier = read(later=(another(arrested(), committed_on=PartialDate.of(2026, 9, 1)),))
    nothing = outcome(earlier, R1, date(2028, 1, 1))
    assert nothing is not None
    assert nothing.first is None, "the offence lies before the release"


def test_custody_of_every_case_is_taken_off() -> None:
    held = Detention(basis=DetentionBasis.PRETRIAL, started_on=date(2027, 8, 4), ended_on=date(2027, 9, 2))
    found = read(follow_up(date(2027, 12, 1)), later=(another(held, committed_on=PartialDate.of(2026, 9, 1)),))
    seen = outcome(found, R1, date(2028, 1, 1))
    assert seen is not None
    assert seen.days_at_risk == (date(2027, 12, 1) - RELEASED).days - 30


LATE = date(2027, 9, 20)


@pytest.mark.parametrize(
    ("last", "ended"),
    [
        (follow_up(LATE, FollowUpStatus.LOST), FollowUpEnd.LOST),
        (follow_up(LATE, FollowUpStatus.DECEASED), FollowUpEnd.DIED),
        (follow_up(LATE, FollowUpStatus.ABROAD), FollowUpEnd.ABROAD),
        (follow_up(LATE, FollowUpStatus.REFUSED), FollowUpEnd.REFUSED),
        (follow_up(LATE, FollowUpStatus.NOT_REACHED), None),
        (follow_up(date(2027, 1, 1), FollowUpStatus.LOST), None),
        (Closure(closed_on=LATE, reason=ClosingReason.TRANSFERRED), FollowUpEnd.TRANSFERRED),
        (Closure(closed_on=LATE, reason=ClosingReason.MISSING), FollowUpEnd.LOST),
        (Closure(closed_on=LATE, reason=ClosingReason.GOALS_MET), None),
        (Closure(closed_on=LATE, reason=ClosingReason.TRANSFERRED, reopened_on=date(2027, 10, 1)), None),
        (Consent(scope=(ConsentScope.CONTACT,), given_on=date(2027, 1, 1), withdrawn_on=LATE), FollowUpEnd.WITHDRAWN),
        (Consent(scope=(ConsentScope.PHOTO,), given_on=date(2027, 1, 1), withdrawn_on=LATE), None),
    ],
)
def test_why_nobody_follows_a_child_any_more(last: CaseRecord, ended: FollowUpEnd | None) -> None:
    assert read(follow_up(date(2027, 6, 20)), last).ended is ended
    assert read(last, follow_up(date(2027, 11, 1))).ended is None, "somebody was heard of again"


def test_a_consent_renewed_the_same_day_ends_nothing() -> None:
    old = Consent(scope=(ConsentScope.CONTACT,), given_on=date(2027, 1, 1), withdrawn_on=LATE)
    assert read(old, Consent(scope=(ConsentScope.CONTACT,), given_on=LATE)).ended is None


def test_of_two_ends_the_later_counts() -> None:
    lost, died = follow_up(date(2027, 7, 1), FollowUpStatus.LOST), follow_up(LATE, FollowUpStatus.DECEASED)
    assert read(lost, died).ended is read(died, lost).ended is FollowUpEnd.DIED


def test_a_child_of_a_diversion_and_its_breach() -> None:
    diversion = Diversion(case_id=CASE.id, ordered_on=date(2026, 12, 14), breaches=(Breach(),))
    found = read(start=diversion)
    assert (found.detained, found.breached) == (False, True)
    held = Detention(case_id=CASE.id, basis=DetentionBasis.PRETRIAL, started_on=date(2026, 11, 23))
    assert read(held, start=diversion).detained
    revoked = Diversion(case_id=CASE.id, ordered_on=date(2026, 12, 14), outcome=DiversionOutcome.REVOKED_BREACH)
    assert read(start=revoked).breached
    judged = Judgment(
        case_id=CASE.id, result=JudgmentResult.MEASURES, decided_on=date(2027, 1, 18), measure_kept=MeasureKept.BREACHED
    )
    assert read(start=judged).breached


def test_the_case_of_the_event_is_never_its_own_new_contact() -> None:
    found = read(Arrest(case_id=CASE.id, arrested_at=local(2026, 11, 22, 19, 30)))
    assert found.contacts == ()
