"""The indicators of the office's own service, reckoned by hand."""

from datetime import date, datetime
from uuid import UUID

import pytest
from cohorts import AS_OF, event, twelve
from office_rows import arrest, case, case_id, day, detention, ids, moment, terms, value

from casemgr.measures.indicators.care import QUARTER
from casemgr.measures.indicators.office import completeness_by_field
from casemgr.measures.indicators.rows import (
    ActivityRow,
    DeadlineRow,
    DiversionRow,
    FieldsRow,
    FieldState,
    FollowUpRow,
    HearingRow,
    PlanRow,
    ReferralRow,
    ReportRow,
    Rows,
    VisitRow,
)
from casemgr.measures.indicators.values import Period
from casemgr.records.case import ChildRole, OffenceCategory, OffenceClass
from casemgr.records.fields import Answer
from casemgr.records.pathway.detention_answers import DetentionBasis, DetentionEnd
from casemgr.records.pathway.diversion_answers import DiversionOutcome
from casemgr.records.pathway.inquiry_answers import Followed
from casemgr.records.pathway.referral_answers import Attendance, Reply

ARREST = moment(3, 1, 19, 30)


def test_a_lawyer_within_24_hours_and_ever() -> None:
    arrests = (
        arrest(1, ARREST, lawyer_at=moment(3, 2, 19, 30)),
        arrest(2, ARREST, lawyer_at=moment(3, 2, 19, 31)),
        arrest(3, ARREST),
        arrest(4, None, lawyer_at=moment(3, 2)),
        arrest(5, moment(12, 31, 12)),
        arrest(6, moment(12, 20), lawyer_at=datetime.fromisoformat("2027-01-01T00:30:00+07:00")),
        arrest(7, ARREST, lawyer_at=moment(3, 1, 18)),
    )
    in_time = value("lawyer-24h", arrests=arrests)
    assert (in_time.cases, in_time.others, in_time.unknown_cases) == (ids(1, 7), ids(2, 3, 6), ids(4, 5))
    ever = value("lawyer-ever", arrests=arrests)
    assert (ever.cases, ever.others) == (ids(1, 2, 4, 7), ids(3, 5, 6))
    hours = value("lawyer-hours", arrests=arrests)
    assert hours.spread is not None
    assert hours.number == pytest.approx(24)
    assert (terms(hours), hours.spread.running) == ((3, 3, 1), 3)
    assert hours.spread.longest == pytest.approx(24 + 1 / 60)
    assert hours.cases == ids(1, 2, 7)


def test_police_custody_beyond_the_limit() -> None:
    due = moment(3, 2, 20)
    arrests = (
        arrest(1, ARREST, custody_due_at=due, custody_ended_at=moment(3, 2, 20)),
        arrest(2, ARREST, custody_due_at=due, custody_ended_at=moment(3, 2, 20, 1)),
        arrest(3, ARREST, custody_due_at=due),
        arrest(4, ARREST, custody_due_at=due, is_over=True),
        arrest(5, ARREST, custody_ended_at=moment(3, 2)),
        arrest(6, moment(12, 31, 20), custody_due_at=datetime.fromisoformat("2027-01-01T20:00:00+07:00")),
    )
    found = value("custody-too-long", arrests=arrests)
    assert (found.cases, found.others, found.unknown_cases) == (ids(2, 3), ids(1), ids(4, 5, 6))


def test_the_family_told() -> None:
    arrests = tuple(arrest(number, ARREST, family_told=answer) for number, answer in enumerate((*Answer, None), 1))
    found = value("family-told", arrests=arrests)
    assert (found.cases, found.others, found.unknown_cases) == (ids(1), ids(2), ids(3, 4, 5))


def test_petty_offences_and_drugs_alone() -> None:
    petty, none, felony = OffenceClass.PETTY, OffenceClass.NOT_AN_OFFENCE, OffenceClass.FELONY
    use, theft = OffenceCategory.DRUG_USE, OffenceCategory.THEFT
    cases = (
        case(1, classes=(petty, none), categories=(use, OffenceCategory.DRUG_POSSESSION)),
        case(2, classes=(petty, felony), categories=(use, theft)),
        case(3, classes=(petty, None), categories=(use, None)),
        case(4, classes=(), categories=()),
        case(5, classes=(None, felony), categories=(theft, None)),
        case(6, classes=(petty,), categories=(use,), role=ChildRole.VICTIM),
        case(7, classes=(petty,), categories=(use,), opened_on=date(2025, 12, 31)),
        case(8, classes=(OffenceClass.UNKNOWN,), categories=(OffenceCategory.UNKNOWN,), role=ChildRole.SUSPECT),
    )
    for key in ("petty-alone", "drugs-alone"):
        found = value(key, cases=cases)
        assert (found.cases, found.others, found.unknown_cases) == (ids(1), ids(2, 5), ids(3, 4, 8)), key


def test_detention_before_the_first_hearing() -> None:
    rows = (
        detention(1, day(2, 1), day(6, 1)),
        detention(2, day(2, 1), day(2, 20)),
        detention(3, day(12, 2)),
        detention(4, day(2, 1), day(6, 1), basis=DetentionBasis.SENTENCED),
        detention(5, date(2025, 2, 1), day(6, 1)),
    )
    hearings = (
        HearingRow(case_id(1), day(1, 15)), HearingRow(case_id(1), day(2, 10)), HearingRow(case_id(1), day(3, 1)),
        HearingRow(case_id(5), date(2025, 2, 5)),
    )  # fmt: skip
    found = value("detention-to-hearing", detentions=rows, hearings=hearings)
    assert found.spread is not None
    assert (found.number, terms(found), found.cases, found.others) == (15, (2, 2, 0), ids(1, 2), ids(3))
    assert (found.spread.low, found.spread.high, found.spread.longest_running) == (12.5, 17.5, 30)


def test_reports_in_time_and_followed() -> None:
    reports = (
        ReportRow(case_id(1), day(2, 1), day(2, 10), day(2, 10), Followed.FULLY),
        ReportRow(case_id(2), day(2, 1), day(2, 10), day(2, 11), Followed.PARTLY),
        ReportRow(case_id(3), day(2, 1), day(2, 10)),
        ReportRow(case_id(4), day(2, 1), None, day(2, 5), Followed.NO),
        ReportRow(case_id(5), day(2, 1), date(2027, 1, 5)),
        ReportRow(case_id(6), None, None, day(2, 5), Followed.UNKNOWN),
    )
    in_time = value("report-in-time", reports=reports)
    assert (in_time.cases, in_time.others, in_time.unknown_cases) == (ids(1), ids(2, 3), ids(4))
    followed = value("recommendation-followed", reports=reports)
    assert (followed.cases, followed.others, followed.unknown_cases) == (ids(1, 2), ids(4), ids(6))


DIVERSIONS = (
    DiversionRow(case_id(1), day(2, 1), Answer.YES, Answer.YES, day(2, 5), day(8, 5), DiversionOutcome.COMPLETED),
    DiversionRow(case_id(2), day(2, 1), Answer.YES, Answer.NO, None, day(2, 3), DiversionOutcome.NOT_AGREED),
    DiversionRow(case_id(3), day(2, 1), None, None, day(2, 5), day(3, 7), DiversionOutcome.REVOKED_BREACH),
    DiversionRow(case_id(4), day(2, 1), Answer.YES, None, None),
    DiversionRow(case_id(5), None, None, None, day(12, 1), None),
    DiversionRow(case_id(6), day(2, 1), Answer.YES, Answer.YES, None),
    DiversionRow(case_id(7), day(2, 1), Answer.YES, Answer.YES, day(2, 5), day(2, 15), DiversionOutcome.UNKNOWN),
    DiversionRow(case_id(8), date(2027, 2, 1), Answer.YES, Answer.YES, date(2027, 2, 5)),
    DiversionRow(case_id(9), day(2, 1), Answer.YES, Answer.YES, day(2, 5), None, DiversionOutcome.COMPLETED),
)  # fmt: skip


def test_diversion_from_offer_to_end() -> None:
    cases = tuple(case(number) for number in range(1, 11))
    offered = value("diversion-offered", cases=cases, diversions=DIVERSIONS)
    assert (offered.cases, offered.others) == (ids(1, 2, 3, 4, 5, 6, 7, 9), ids(8, 10))
    assert offered.number == 0.8
    accepted = value("diversion-accepted", diversions=DIVERSIONS)
    assert (accepted.cases, accepted.others, accepted.unknown_cases) == (ids(1, 3, 5, 6, 7, 9), ids(2), ids(4))
    completed = value("diversion-completed", diversions=DIVERSIONS)
    assert (completed.cases, completed.others, completed.unknown_cases) == (ids(1), ids(3), ids(7))
    revoked = value("diversion-revoked", diversions=DIVERSIONS)
    assert (revoked.cases, revoked.others, revoked.unknown_cases) == (ids(3), ids(1), ids(7))
    days = value("diversion-days", diversions=DIVERSIONS)
    assert days.spread is not None
    assert (days.number, terms(days)) == (30, (3, 3, 1))
    assert (days.spread.longest, days.spread.running, days.spread.longest_running) == (181, 1, 30)
    assert (days.others, days.unknown_cases) == (ids(5), ids(9))


def test_activities_done_in_time() -> None:
    rows = (
        ActivityRow(case_id(1), day(5, 1), day(5, 1), done=True),
        ActivityRow(case_id(2), day(5, 1), day(5, 2), done=True),
        ActivityRow(case_id(3), day(5, 1)),
        ActivityRow(case_id(4), day(5, 1), done=True),
        ActivityRow(case_id(5), date(2027, 1, 1)),
    )
    found = value("activities-in-time", activities=rows)
    assert (found.cases, found.others, found.unknown_cases) == (ids(1), ids(2, 3), ids(4))


def test_visits_for_each_quarter_held() -> None:
    rows = (detention(1, day(1, 1)), detention(2, date(2025, 11, 1), day(1, 10)), detention(3, day(12, 30)))
    visits = (
        VisitRow(case_id(1), day(1, 1)), VisitRow(case_id(1), day(7, 1)), VisitRow(case_id(2), day(1, 10)),
        VisitRow(case_id(2), day(1, 11)), VisitRow(case_id(2), date(2025, 12, 1)), VisitRow(case_id(4), day(5, 5)),
    )  # fmt: skip
    found = value("visits-a-quarter", detentions=rows, visits=visits)
    assert terms(found) == (3, 365 + 10 + 2, 0)
    assert found.number == pytest.approx(3 / 377 * QUARTER)
    assert (found.cases, found.others) == (ids(1, 2), ids(3))


def release(number: int, on: date, ready: Answer | None = None):  # type: ignore[no-untyped-def]
    return detention(number, day(1, 1), on, end_reason=DetentionEnd.BAIL, plan_ready=ready)


def test_released_with_a_plan_and_followed_up_soon() -> None:
    rows = (
        release(1, day(3, 1), Answer.YES), release(2, day(3, 1), Answer.NO), release(3, day(3, 1)),
        release(4, day(3, 1), Answer.NO), release(5, day(3, 1), Answer.UNKNOWN), release(6, day(12, 28)),
    )  # fmt: skip
    plans = (
        PlanRow(case_id(3), day(3, 1)),
        PlanRow(case_id(4), day(2, 1), day(2, 28)),
        PlanRow(case_id(6), day(12, 29)),
    )
    found = value("plan-on-release", detentions=rows, plans=plans)
    assert (found.cases, found.others, found.unknown_cases) == (ids(1, 3), ids(2, 4), ids(5, 6))
    follow_ups = (
        FollowUpRow(case_id(1), day(3, 8), answered=True), FollowUpRow(case_id(2), day(3, 9), answered=True),
        FollowUpRow(case_id(3), day(3, 2), answered=False), FollowUpRow(case_id(4), day(3, 1), answered=True),
        FollowUpRow(case_id(5), day(2, 27), answered=True),
    )  # fmt: skip
    soon = value("follow-up-7-days", detentions=rows, follow_ups=follow_ups)
    assert (soon.cases, soon.others, soon.unknown_cases) == (ids(1, 4), ids(2, 3, 5), ids(6))


def test_new_contact_is_the_estimate_of_the_curve() -> None:
    period = Period(date(2027, 1, 1), AS_OF)
    found = value("new-contact-6", period, members=tuple(twelve()))
    assert found.number == pytest.approx(0.2929, abs=1e-4)
    assert found.interval == (pytest.approx(0.1024, abs=1e-4), pytest.approx(0.6711, abs=1e-4))
    assert terms(found) == (3, 8, 4)
    year = value("new-contact-12", period, members=tuple(twelve()))
    assert (year.number, terms(year)) == (None, (5, 8, 4)), "only four are left by then"
    few = value("new-contact-6", period, members=tuple(twelve()[:9]))
    assert (few.number, few.numerator) == (None, 4 - 1)
    later = [member._replace(since=event(date(2028, 1, 1))) for member in twelve()]
    assert terms(value("new-contact-6", period, members=tuple(later))) == (0, 0, 0)


def test_referrals() -> None:
    rows = (
        ReferralRow(case_id(1), day(2, 1), Reply.ACCEPTED, met=True),
        ReferralRow(case_id(2), day(2, 1), Reply.PARTLY, attendance=Attendance.STOPPED),
        ReferralRow(case_id(3), day(2, 1), Reply.ACCEPTED, attendance=Attendance.NEVER),
        ReferralRow(case_id(4), day(2, 1), Reply.ACCEPTED, attendance=Attendance.NOT_BEGUN),
        ReferralRow(case_id(5), day(2, 1), Reply.DECLINED),
        ReferralRow(case_id(6), day(2, 1), Reply.NO_ANSWER),
        ReferralRow(case_id(7), day(2, 1), Reply.WAITING),
        ReferralRow(case_id(8), day(2, 1)),
        ReferralRow(case_id(1), day(2, 1), Reply.WAITING_LIST),
        ReferralRow(case_id(9), date(2027, 2, 1), Reply.ACCEPTED),
    )
    assert value("referrals", referrals=rows).number == 9
    accepted = value("referrals-accepted", referrals=rows)
    assert (accepted.cases, accepted.others, accepted.unknown_cases) == (ids(1, 2, 3, 4), ids(5, 6), ids(7, 8, 1))
    used = value("referrals-used", referrals=rows)
    assert (used.cases, used.others, used.unknown_cases) == (ids(1, 2), ids(3), ids(4))


def test_caseload() -> None:
    one, two = UUID(int=1), UUID(int=2)
    cases = (
        *(case(number, worker_id=one) for number in (1, 2, 3)), case(4, worker_id=two), case(5),
        case(6, worker_id=two, closed_on=day(12, 31)), case(7, worker_id=two, opened_on=date(2027, 1, 1)),
        case(8, worker_id=two, closed_on=date(2027, 1, 1)),
    )  # fmt: skip
    found = value("caseload", cases=cases)
    assert found.spread is not None
    assert (found.number, terms(found)) == (2.5, (5, 2, 1))
    assert (found.spread.median, found.spread.longest) == (2.5, 3)
    assert (found.cases, found.unknown_cases) == (ids(1, 2, 3, 4, 8), ids(5))


def test_overdue() -> None:
    after = datetime.fromisoformat("2027-01-01T00:00:00+07:00")
    rows = (
        DeadlineRow(case_id(1), moment(12, 31, 23, 59)), DeadlineRow(case_id(1), moment(5, 1)),
        DeadlineRow(case_id(2), after), DeadlineRow(case_id(3), moment(5, 1), moment(6, 1)),
        DeadlineRow(case_id(4), moment(5, 1), after),
    )  # fmt: skip
    found = value("overdue", deadlines=rows)
    assert (found.number, terms(found)) == (3, (3, 4, 0))
    assert (found.cases, found.others) == (ids(1, 4), ids(2))


def test_completeness_never_drops_unknown() -> None:
    answered, unknown, empty = FieldState
    cases = (case(1), case(2), case(3, opened_on=date(2025, 5, 1)))
    fields = (
        FieldsRow(case_id(1), tuple((f"child.{number}", answered) for number in range(7))),
        FieldsRow(case_id(1), (("arrest.arrested_at", empty),)),
        FieldsRow(case_id(2), (("arrest.arrested_at", answered), ("child.born", unknown))),
        FieldsRow(case_id(3), (("child.born", empty),)),
    )
    rows = Rows(cases=cases, fields=fields)
    complete = value("complete", cases=cases, fields=fields)
    assert (complete.number, terms(complete)) == (0.8, (8, 10, 0))
    assert value("answered-unknown", cases=cases, fields=fields).number == 0.1
    first, second, *others = completeness_by_field(rows, Period(date(2026, 1, 1), date(2026, 12, 31)))
    assert first == ("arrest.arrested_at", 1, 0, 1, ids(1))
    assert second == ("child.born", 0, 1, 0, ())
    assert [each.field for each in others] == [f"child.{number}" for number in range(7)]
