"""What Today and "who is where" are made of: whose cases, how far ahead, and which children are held."""

import dataclasses
from datetime import date, timedelta

import pytest
from held import CANARY, arrest, colleague

from casemgr.clock import local, now
from casemgr.i18n import Words
from casemgr.law.deadlines import AFTER_CLOSING, DeadlineState
from casemgr.law.limits import load_limits
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.fields import Answer
from casemgr.records.kept import Deadline
from casemgr.records.pathway.arrest import Arrest, PoliceOutcome
from casemgr.records.pathway.child_in_prison import ChildInPrison
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import AdultSeparation, DetentionBasis, FacilityType, Transfer
from casemgr.records.pathway.detention_visit import DetentionVisit
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.hearing import Hearing, HearingOutcome
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.pathway.referral_answers import Service
from casemgr.services import casework, held_tonight, lists
from casemgr.services.held_tonight import Mark, WhereRow
from casemgr.services.office import Office
from casemgr.store.work import Work

WORDS = Words("en")
CONFIRMED = dataclasses.replace(next(iter(load_limits().values())), confirmed=True)


def test_my_cases_are_those_the_worker_carries_and_those_of_nobody(office: Office) -> None:
    other = colleague(office)
    mine, theirs, nobodys = arrest(office), arrest(office, worker=other), arrest(office)
    with office.write() as work:
        work.get(Case, nobodys).worker_id = None
    assert {row.case_id for row in lists.today(office)} == {mine, theirs, nobodys}
    assert {row.case_id for row in lists.today(office, mine=True)} == {mine, nobodys}
    assert {row.case_id for row in lists.who_is_where(office)} == {mine, theirs, nobodys}
    assert {row.case_id for row in lists.who_is_where(office, mine=True)} == {mine, nobodys}


def test_whoever_may_still_be_held_is_told_last_until_something_says_where_the_child_is(office: Office) -> None:
    """As of an arrest that came with a list weeks later, and of which nobody wrote how custody ended."""
    child, case = Child(), Case()
    long_ago = now() - timedelta(days=60)
    unsaid = Arrest(arrested_at=long_ago, outcome=PoliceOutcome.UNKNOWN)
    casework.take_arrest(office, child, case, (), unsaid)
    held = arrest(office)
    told = lists.who_is_where(office)
    assert [(row.case_id, row.kind) for row in told] == [
        (held, held_tonight.POLICE_CUSTODY),
        (case.id, held_tonight.END_NOT_KNOWN),
    ]
    assert Mark.NO_LAWYER in told[1].marks(now().date())
    followed = FollowUp(case_id=case.id, done_on=now().date())
    casework.save_record(office, followed, "ក")
    assert [row.case_id for row in lists.who_is_where(office)] == [held]
    casework.remove_record(office, followed, "ច្រឡំ")
    unsaid.outcome = PoliceOutcome.PROSECUTOR
    casework.save_record(office, unsaid)
    assert [row.case_id for row in lists.who_is_where(office)] == [held]


def test_an_office_is_shared_by_those_who_still_work_there(office: Office) -> None:
    assert not lists.is_shared(office)
    other = colleague(office)
    assert lists.is_shared(office)
    with office.write() as work:
        work.get(type(other), other.id).active = False
    assert not lists.is_shared(office)


def test_how_far_ahead_counts_days_and_what_is_over_is_always_there(office: Office) -> None:
    case = arrest(office)
    today = now().date()
    with office.write() as work:
        for days in (-40, 0, 3, 4, 14, 15):
            day = today + timedelta(days=days)
            _deadline(work, case, f"rule {days}", local(day.year, day.month, day.day, 23, 59), whole_day=True)
    asked = {until: {row.rule for row in lists.today(office, until=until) if row.rule.startswith("rule")}
             for until in (today + timedelta(days=3), today + timedelta(days=14), None)}  # fmt: skip
    assert list(asked.values()) == [
        {"rule -40", "rule 0", "rule 3"},
        {"rule -40", "rule 0", "rule 3", "rule 4", "rule 14"},
        {"rule -40", "rule 0", "rule 3", "rule 4", "rule 14", "rule 15"},
    ]


def test_a_closed_case_keeps_the_deadlines_that_go_on_after_closing(office: Office) -> None:
    case = arrest(office)
    with office.write() as work:
        for rule in (*AFTER_CLOSING, "other"):
            _deadline(work, case, rule, now() + timedelta(days=1))
        work.get(Case, case).status = CaseStatus.CLOSED
    assert {row.rule for row in lists.today(office)} == set(AFTER_CLOSING)
    assert [row.case_id for row in lists.who_is_where(office)] == [case]  # who is still held is never lost sight of


def _deadline(work: Work, case_id: object, rule: str, due_at: object, *, whole_day: bool = False) -> None:
    work.add(
        Deadline(case_id=case_id, record_id=case_id, rule=rule, limit_key=None, started_at=None, due_at=due_at,
                 whole_day=whole_day, ended_at=None)
    )  # fmt: skip


def test_a_clock_row_knows_what_is_due_how_it_stands_and_no_name_in_its_repr(office: Office) -> None:
    arrest(office)
    row = next(row for row in lists.today(office) if row.rule == "police-custody")
    assert row.label == "End of police custody"
    assert row.unconfirmed
    assert row.child_code.startswith("SR-C-")
    assert row.standing(row.due_at - timedelta(hours=7)) is DeadlineState.RUNNING
    assert row.standing(row.due_at) is DeadlineState.OVER
    assert row._replace(rule="gone").label == "gone"
    assert CANARY not in repr(row)


def test_a_child_in_police_custody_is_held_and_one_that_left_is_not(office: Office) -> None:
    at = now() - timedelta(days=2, hours=1)
    held = arrest(office, at, held_with_adults=Answer.NO, lawyer_arrived_at=at + timedelta(hours=3))
    arrest(office, at, custody_ended_at=at + timedelta(hours=5))
    arrest(office, at, outcome=PoliceOutcome.RELEASED)
    (row,) = lists.who_is_where(office)
    assert row.case_id == held
    days = (now().date() - at.date()).days + 1  # of the calendar: just after midnight one more
    assert (row.where, row.kind, row.since, row.days) == ("អធិការដ្ឋាន", "Police custody", at, days)
    assert (row.with_adults, row.lawyer_met) == (False, at + timedelta(hours=3))
    assert CANARY not in repr(row)


def test_those_held_longest_come_first_and_an_unknown_beginning_last(office: Office) -> None:
    ages = {days: arrest(office, now() - timedelta(days=days)) for days in (1, 9, 4)}
    unknown = arrest(office, arrested_at=None, arrived_at=None, police_unit=None)
    rows = lists.who_is_where(office)
    assert [row.case_id for row in rows] == [ages[9], ages[4], ages[1], unknown]
    assert (rows[-1].since, rows[-1].days, rows[-1].where) == (None, None, "")


def test_a_child_arrested_twice_stands_there_once_with_the_later_arrest(office: Office) -> None:
    case = arrest(office, now() - timedelta(days=9))
    later = now() - timedelta(days=1)
    casework.save_record(office, Arrest(case_id=case, arrested_at=later, police_unit="ប៉ុស្តិ៍"))
    (row,) = lists.who_is_where(office)
    assert (row.where, row.since) == ("ប៉ុស្តិ៍", later)


def test_only_a_limit_of_the_law_makes_the_mark_and_an_unconfirmed_one_says_so(office: Office) -> None:
    arrest(office, now() - timedelta(days=3))
    (row,) = lists.who_is_where(office)
    assert Mark.OVER_LIMIT in row.marks(now().date())
    assert row.passed is not None
    assert row.passed.rule == "police-custody"  # the lawyer of the first day is over too, but no law
    assert "Over the limit (not confirmed)" in row.marks_said(now().date(), WORDS)
    arrest(office)
    assert [row.passed is None for row in lists.who_is_where(office)] == [False, True]


def row_of(**known: object) -> WhereRow:
    fields = dict.fromkeys(WhereRow._fields) | {
        "case_number": "SR-2026-0001", "child_code": "SR-C-0001", "name_km": "ក", "name_latin": "A", "where": "",
        "kind": "Police custody",
    }  # fmt: skip
    return WhereRow(**(fields | known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"lawyer_met": date(2026, 1, 1)}, ()),
        ({}, ("No lawyer yet",)),
        ({"lawyer_met": date(2026, 1, 1), "with_adults": True}, ("Held with adults",)),
        ({"lawyer_met": date(2026, 1, 1), "with_adults": False}, ()),
        ({"lawyer_met": date(2026, 1, 1), "since": local(2026, 10, 25, 8)}, ()),
        ({"lawyer_met": date(2026, 1, 1), "since": local(2026, 10, 24, 8)}, ("No visit for 31 days",)),
        ({"lawyer_met": date(2026, 1, 1), "since": date(2026, 1, 1), "last_visit": date(2026, 11, 20)}, ()),
        ({"lawyer_met": date(2026, 1, 1), "since": date(2026, 1, 1), "last_visit": date(2026, 10, 1)},
         ("No visit for 54 days",)),
        ({"passed": CONFIRMED}, ("Over the limit", "No lawyer yet")),
    ],
)  # fmt: skip
def test_marks_in_words(known: dict[str, object], said: tuple[str, ...]) -> None:
    assert row_of(**known).marks_said(date(2026, 11, 24), WORDS) == said


def test_days_held_count_the_first_and_today() -> None:
    assert held_tonight.days_since(local(2026, 11, 24, 23, 0), date(2026, 11, 24)) == 1
    assert held_tonight.days_since(date(2026, 11, 1), date(2026, 11, 24)) == 24
    assert held_tonight.days_since(None, date(2026, 11, 24)) is None


def test_detention_and_a_child_with_its_mother_are_held_and_the_place_is_that_of_the_last_move(office: Office) -> None:
    held = arrest(office, now() - timedelta(days=100), custody_ended_at=now() - timedelta(days=99),
                  outcome=PoliceOutcome.PROSECUTOR)  # fmt: skip
    since, moved = (now() - timedelta(days=99)).date(), (now() - timedelta(days=20)).date()
    casework.save_record(office, Detention(
        case_id=held, basis=DetentionBasis.PRETRIAL, started_on=since, facility="ពន្ធនាគារ",
        facility_type=FacilityType.PROVINCIAL_PRISON, separation=AdultSeparation.AT_NIGHT,
        transfers=(Transfer(on=moved, facility_type=FacilityType.YOUTH_CENTRE, facility="មណ្ឌល"),),
    ))  # fmt: skip
    (row,) = lists.who_is_where(office)
    assert (row.where, row.kind, row.since, row.days) == ("មណ្ឌល", "Youth Rehabilitation Centre", since, 100)
    assert (row.with_adults, row.last_visit, row.next_hearing, row.lawyer_met) == (True, None, None, None)
    assert set(row.marks(now().date())) == {Mark.OVER_LIMIT, Mark.WITH_ADULTS, Mark.NO_LAWYER, Mark.NO_VISIT}
    hearing, met = now() + timedelta(days=3), now() - timedelta(days=58)
    casework.save_record(office, Hearing(case_id=held, planned_at=hearing))
    casework.save_record(office, Hearing(case_id=held, planned_at=now() - timedelta(days=5)))
    casework.save_record(office, DetentionVisit(case_id=held, visited_on=(now() - timedelta(days=2)).date()))
    casework.save_record(
        office, Referral(case_id=held, service=Service.LEGAL_REPRESENTATION, asked_at=met, first_met_at=met)
    )
    (row,) = lists.who_is_where(office)
    assert (row.next_hearing, row.last_visit, row.lawyer_met) == (hearing, (now() - timedelta(days=2)).date(), met)
    young = arrest(office, custody_ended_at=now(), outcome=PoliceOutcome.RELEASED)
    casework.save_record(office, ChildInPrison(case_id=young, facility="ពន្ធនាគារ", entered_on=since))
    kinds = {row.kind for row in lists.who_is_where(office)}
    assert kinds == {"Youth Rehabilitation Centre", held_tonight.WITH_MOTHER}


def test_the_new_date_of_a_postponed_hearing_is_the_next_hearing(office: Office) -> None:
    case, again = arrest(office), now() + timedelta(days=9)
    casework.save_record(
        office,
        Hearing(case_id=case, planned_at=now() - timedelta(days=1), outcome=HearingOutcome.POSTPONED, next_at=again),
        "early",
    )
    assert [row.next_hearing for row in lists.who_is_where(office)] == [again]


def test_a_visit_in_an_earlier_detention_is_none_in_this_one() -> None:
    held_again = row_of(since=date(2026, 11, 20), last_visit=date(2026, 3, 1), lawyer_met=date(2026, 1, 1))
    assert held_again.unvisited_days(date(2026, 11, 24)) == 4
    assert held_again.marks(date(2026, 11, 24)) == ()


def test_of_custody_and_detention_of_one_day_detention_came_later(office: Office) -> None:
    case = arrest(office, now() - timedelta(hours=1))
    casework.save_record(office, Detention(case_id=case, started_on=now().date(), facility="ពន្ធនាគារ"))
    assert [row.where for row in lists.who_is_where(office)] == ["ពន្ធនាគារ"]


def test_the_list_of_cases_shows_of_a_closed_one_what_goes_on_after_closing(office: Office) -> None:
    case = arrest(office, custody_ended_at=now(), outcome=PoliceOutcome.PROSECUTOR)
    with office.write() as work:
        work.get(Case, case).status = CaseStatus.CLOSED
    assert [row.next_due for row in lists.cases(office)] == [None]
    due = now() + timedelta(days=30)
    with office.write() as work:
        _deadline(work, case, AFTER_CLOSING[0], due)
    assert [row.next_due for row in lists.cases(office)] == [due]
