"""The clocks of the whole pathway: detention, schedule of follow-ups, what other records stop or begin anew."""

from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.clock import PartialDate, local
from casemgr.law.deadlines import DeadlineValue, deadlines_of
from casemgr.law.limits import load_limits
from casemgr.law.remarks import Matter, remarks_of
from casemgr.law.standing import procedure_stage, stage_states
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, Offence, OffenceClass
from casemgr.records.child import Child
from casemgr.records.fields import fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionBasis, DetentionEnd
from casemgr.records.pathway.detention_visit import DetentionVisit
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.diversion_answers import DiversionOutcome
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import FollowUpStatus
from casemgr.records.pathway.follow_up_change import FollowUpChange, ScheduleDeed, SchedulePoint
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.pathway.referral_answers import Service

F, M, P, NO, UNKNOWN = OffenceClass
DAY = PartialDate.of(2026, 11, 21)
BORN = {13: "2013-01-05", 14: "2012-01-05", 15: "2011-01-05", 16: "2010-01-05", 17: "2009-01-05", 18: "2008-01-05"}
LIMITS = load_limits()
SINCE = date(2026, 11, 23)


def deadlines(*records: CaseRecord, age: int = 15, what: OffenceClass = M) -> list[DeadlineValue]:
    child = Child(born=PartialDate.parse(BORN[age]))
    return list(deadlines_of(child, [Offence(offence_class=what, committed_on=DAY)], records, LIMITS))


def of_rule(rule: str, *records: CaseRecord, **more: Any) -> list[DeadlineValue]:
    return [deadline for deadline in deadlines(*records, **more) if deadline.rule == rule]


def pretrial(**more: Any) -> Detention:
    return Detention(basis=DetentionBasis.PRETRIAL, **({"started_on": SINCE} | more))


LAST_DAY = {
    (14, F): date(2027, 3, 22), (14, M): date(2027, 1, 22), (15, F): date(2027, 3, 22), (15, M): date(2027, 1, 22),
    (16, F): date(2027, 5, 22), (16, M): date(2027, 3, 22), (17, F): date(2027, 5, 22), (17, M): date(2027, 3, 22),
    (18, F): date(2028, 5, 22), (18, M): date(2027, 3, 22),
}  # fmt: skip


@pytest.mark.parametrize(("age", "what"), list(LAST_DAY))
def test_detention_before_trial_by_age_and_class(age: int, what: OffenceClass) -> None:
    found = of_rule("pre-trial-detention", pretrial(), age=age, what=what)
    assert [(each.due_at.date(), each.whole_day, each.doubts) for each in found] == [(LAST_DAY[age, what], True, ())]


@pytest.mark.parametrize(("age", "what"), [*product((13,), (F, M, P)), *product((14, 15, 16, 17), (P, NO))])
def test_where_no_detention_is_allowed_it_is_over_when_it_begins(age: int, what: OffenceClass) -> None:
    [found] = of_rule("pre-trial-detention", pretrial(), age=age, what=what)
    assert (found.due_at, found.whole_day) == (local(2026, 11, 23), False)


@pytest.mark.parametrize("basis", [basis for basis in DetentionBasis if basis is not DetentionBasis.PRETRIAL])
def test_only_detention_before_trial_has_its_limit(basis: DetentionBasis) -> None:
    assert of_rule("pre-trial-detention", Detention(basis=basis, started_on=SINCE)) == []


def test_a_visit_begins_the_month_anew_and_one_before_the_detention_does_not() -> None:
    visits = [DetentionVisit(visited_on=day) for day in (date(2026, 11, 20), date(2026, 12, 8), date(2026, 12, 1))]
    [found] = of_rule("detention-visit", pretrial(), *visits)
    assert (found.started_at, found.due_at.date()) == (local(2026, 12, 8), date(2027, 1, 8))


def test_a_meeting_by_referral_stops_the_24_hours_whoever_wrote_down_the_arrest() -> None:
    arrest = Arrest(arrested_at=local(2026, 11, 22, 19, 30))
    met = Referral(service=Service.LEGAL_REPRESENTATION, first_met_at=local(2026, 11, 23, 9))
    [found] = of_rule("lawyer-24h", arrest, met)
    assert found.ended_at == local(2026, 11, 23, 9)
    [other] = of_rule("lawyer-24h", arrest, Referral(service=Service.OTHER, first_met_at=local(2026, 11, 23, 9)))
    assert other.ended_at is None


def released(day: date = SINCE) -> Detention:
    return pretrial(started_on=day - timedelta(days=40), ended_on=day, end_reason=DetentionEnd.SERVED)


SCHEDULE = [date(2026, 11, 30), date(2026, 12, 23), date(2027, 2, 23), date(2027, 5, 23), date(2027, 11, 23),
            date(2028, 11, 23), date(2029, 11, 23)]  # fmt: skip


def test_a_release_starts_the_schedule_of_follow_ups() -> None:
    found = of_rule("follow-up", released())
    assert [each.due_at.date() for each in found] == SCHEDULE
    assert {each.started_at for each in found} == {local(2026, 11, 23)}
    assert all(each.ended_at is None for each in found)


def follow_up(day: date, status: FollowUpStatus = FollowUpStatus.WELL) -> FollowUp:
    return FollowUp(done_on=day, status=status)


@pytest.mark.parametrize(
    ("days", "answered"),
    [
        ([], 0),
        ([date(2026, 11, 28)], 1),
        ([date(2026, 12, 11)], 1),  # nearer to the week than to the month
        ([date(2026, 12, 13)], 2),  # nearer to the month: the week is answered late
        ([date(2026, 11, 30), date(2026, 12, 23)], 2),
        ([date(2027, 5, 20)], 4),
        ([date(2026, 11, 22)], 0),  # before the release
    ],
)
def test_a_follow_up_answers_the_nearest_date_and_all_before(days: list[date], answered: int) -> None:
    found = of_rule("follow-up", released(), *map(follow_up, days))
    assert [each.ended_at is not None for each in found] == [True] * answered + [False] * (len(SCHEDULE) - answered)


def test_who_was_not_reached_is_still_to_be_followed_up() -> None:
    found = of_rule("follow-up", released(), follow_up(date(2026, 11, 30), FollowUpStatus.NOT_REACHED))
    assert [each.ended_at for each in found] == [None] * len(SCHEDULE)


def test_a_child_out_of_reach_for_good_ends_the_schedule() -> None:
    found = of_rule("follow-up", released(), follow_up(date(2026, 12, 20), FollowUpStatus.ABROAD))
    assert all(each.ended_at is not None and each.ended_at <= local(2026, 12, 20) for each in found)


def test_a_date_of_the_schedule_is_moved_or_left_out() -> None:
    moved = FollowUpChange(point=SchedulePoint.MONTH_1, deed=ScheduleDeed.MOVED, new_on=date(2027, 1, 10))
    skipped = FollowUpChange(point=SchedulePoint.MONTHS_3, deed=ScheduleDeed.SKIPPED)
    found = of_rule("follow-up", released(), moved, skipped)
    assert [each.due_at.date() for each in found] == [SCHEDULE[0], date(2027, 1, 10), *SCHEDULE[3:]]
    again = FollowUpChange(
        point=SchedulePoint.MONTH_1, deed=ScheduleDeed.MOVED, new_on=date(2026, 12, 28), changed_on=date(2026, 12, 20)
    )
    assert of_rule("follow-up", released(), again, moved)[1].due_at.date() == date(2026, 12, 28)
    assert len(of_rule("follow-up", released(), FollowUpChange(point=SchedulePoint.MONTH_1))) == len(SCHEDULE)


def test_every_date_of_the_schedule_can_be_changed() -> None:
    keys = {row.key.rpartition("/")[2] for row in LIMITS.values() if row.rule == "follow-up"}
    assert keys == {point.value for point in SchedulePoint}


def test_a_child_that_came_back_is_followed_up_again_from_its_next_release() -> None:
    refused = follow_up(date(2026, 10, 1), FollowUpStatus.REFUSED)
    assert [each.ended_at for each in of_rule("follow-up", released(), refused)] == [None] * len(SCHEDULE)
    again = follow_up(date(2027, 1, 10), FollowUpStatus.LOST)
    found = of_rule("follow-up", released(), refused, again)
    assert {each.ended_at for each in found} == {local(2027, 1, 10)}


def test_of_two_starts_on_one_day_one_counts_and_always_the_same() -> None:
    measure = Judgment(decided_on=date(2026, 9, 1), measure_ended_on=SINCE)
    found = of_rule("follow-up", released(), measure)
    assert [each.due_at.date() for each in found] == SCHEDULE
    assert of_rule("follow-up", measure, released(), measure)[0].due_at == found[0].due_at
    twins = [Judgment(measure_ended_on=SINCE), Judgment(measure_ended_on=SINCE)]
    assert of_rule("follow-up", *twins) == of_rule("follow-up", *reversed(twins))


def test_of_several_starts_the_latest_counts() -> None:
    measure = Judgment(decided_on=date(2026, 12, 1), measure_ended_on=date(2027, 6, 1))
    diversion = Diversion(ended_on=date(2026, 10, 1), outcome=DiversionOutcome.COMPLETED)
    found = of_rule("follow-up", released(), measure, diversion)
    assert {each.started_at for each in found} == {local(2027, 6, 1)}
    assert len(found) == len(SCHEDULE)
    assert of_rule("follow-up", Diversion(ended_on=SINCE, outcome=DiversionOutcome.REVOKED_BREACH)) == []


def test_a_release_that_ends_the_measure_as_well_starts_one_schedule() -> None:
    measure = Judgment(decided_on=date(2026, 12, 1), measure_ended_on=SINCE)
    assert [each.due_at.date() for each in of_rule("follow-up", released(), measure)] == SCHEDULE


def sample_case() -> list[CaseRecord]:
    """One record of every kind, answered as the declarations' samples say."""
    case_id = uuid4()
    return [
        kind.record(case_id=case_id, **{info.name: info.sample for info in fields_of(kind.record)}) for kind in KINDS
    ]


@given(order=st.permutations(range(len(KINDS))))
def test_the_order_of_the_records_does_not_matter(order: list[int]) -> None:
    records = sample_case()
    shuffled = [records[place] for place in order]
    child, offences = Child(born=PartialDate.parse(BORN[15])), [Offence(offence_class=M, committed_on=DAY)]
    found = deadlines_of(child, offences, records, LIMITS)
    assert set(deadlines_of(child, offences, shuffled, LIMITS)) == set(found)
    assert procedure_stage(shuffled) is procedure_stage(records)
    now = local(2027, 1, 1)
    assert stage_states(shuffled, found, now) == stage_states(records, found, now)
    case = Case(opened_on=SINCE)
    told = remarks_of(Matter(child, case, offences, records, LIMITS, now))
    assert set(remarks_of(Matter(child, case, offences, shuffled, LIMITS, now))) == set(told)


@given(days=st.integers(0, 900), age=st.sampled_from(sorted(BORN)), what=st.sampled_from((F, M, P)))
def test_who_is_detained_later_is_never_to_be_free_earlier(days: int, age: int, what: OffenceClass) -> None:
    [first] = of_rule("pre-trial-detention", pretrial(), age=age, what=what)
    later = pretrial(started_on=SINCE + timedelta(days=days))
    [second] = of_rule("pre-trial-detention", later, age=age, what=what)
    assert second.due_at >= first.due_at
