"""A cohort and indicators read from a real office: the same as the rules give for the records themselves."""

from datetime import date, timedelta

import pytest
from followed import BEGAN, WHY, case, child, cohort, offended, release, released
from sqlalchemy.orm.exc import UnmappedInstanceError

from casemgr import clock
from casemgr.measures.index_events import first_of, index_events
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.first_days import end_of
from casemgr.measures.indicators.office import completeness_by_field
from casemgr.measures.indicators.rows import FieldState
from casemgr.measures.indicators.values import Period
from casemgr.measures.reading import CaseFile, member_of
from casemgr.measures.reoffending import Window
from casemgr.records.base import CaseRecord
from casemgr.records.beside.complaint import Complaint
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child, Sex
from casemgr.records.fields import fields_of
from casemgr.records.kept import Deadline
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.follow_up_answers import ContactLevel
from casemgr.services import casework, measuring
from casemgr.services.office import Office
from casemgr.services.reckoning import records_of
from casemgr.store.bare import Reader
from casemgr.store.indicator_rows import UNCOUNTED
from casemgr.trouble import Refusal

TWELVE = ((30, 1), (45, 0), (90, 1), (90, 0), (120, 0), (150, 1), (180, 0), (200, 1), (365, 0), (365, 1), (400, 0),
          (400, 0))  # fmt: skip
AS_OF = date(2025, 12, 31)


def test_the_twelve_children_come_out_of_the_store_to_four_digits(office: Office) -> None:
    cases = cohort(office, TWELVE)
    found = measuring.reoffending(office, AS_OF, windows=(Window(0, 180), Window(0, 365)))
    assert [(step.day, step.at_risk, round(step.cumulative, 4)) for step in found.curve.steps] == [
        (30, 12, 0.0833), (90, 10, 0.1750), (150, 7, 0.2929), (200, 5, 0.4343), (365, 4, 0.5757),
    ]  # fmt: skip
    bounds = {step.day: tuple(round(end, 4) for end in step.interval or ()) for step in found.curve.steps}
    assert (bounds[150], bounds[365]) == ((0.1024, 0.6711), (0.2802, 0.8931))
    totals = [table.total for table in found.tables if table.total is not None]
    assert [(each.eligible, each.events, each.followed, each.lost) for each in totals] == [
        (12, 3, 9, 3), (12, 5, 8, 4)
    ]  # fmt: skip
    assert [each.rate for each in totals] == [None, None], "of fewer than ten no percentage is told"
    assert [each.lower_bound for each in totals] == [3 / 12, 5 / 12]
    assert set(totals[0].event_cases) == {cases[0], cases[2], cases[5]}
    assert (found.over_time.persons, found.beside.unreached) == (5, 0)


def test_groups_and_levels(office: Office) -> None:
    cohort(office, ((10, 0), (400, 0)))
    made = released(office, sex=Sex.FEMALE)
    offended(office, made, BEGAN + timedelta(days=5), ContactLevel.R3)
    found = measuring.reoffending(office, AS_OF, by="sex", level=ContactLevel.R3)
    split = dict(found.tables[0].rows)
    assert {label: (window.eligible, window.events) for label, window in split.items() if window} == {
        Sex.FEMALE: (1, 1), Sex.MALE: (2, 0),
    }  # fmt: skip
    assert [label for label, _ in found.curves] == [label for label in Sex if label in split]
    assert not measuring.reoffending(office, AS_OF, level=ContactLevel.R4).curve.steps


def test_what_cannot_be_asked_is_refused(office: Office) -> None:
    with pytest.raises(Refusal):
        measuring.reoffending(office, by="nose")
    with pytest.raises(Refusal):
        measuring.reoffending(office, clock.today() + timedelta(days=1))
    for first, last in ((date(2026, 2, 1), date(2026, 1, 1)), (clock.today(), clock.today() + timedelta(days=1))):
        with pytest.raises(Refusal):
            measuring.indicators(office, Period(first, last))
    with pytest.raises(Refusal):
        measuring.indicators(office, Period(BEGAN, BEGAN), by="nose")


@pytest.mark.parametrize("every", [False, True])
def test_the_cohort_is_what_the_records_tell(filled: Office, every: bool) -> None:
    today = clock.today()
    with filled.read() as work:
        expected = []
        for each in work.find(Child):
            files = [
                CaseFile(own, work.find(Offence, case_id=own.id), records_of(work, own.id))
                for own in work.find(Case, child_id=each.id)
            ]
            events = first_of((one for file in files for one in index_events(file.records, each.id)), every=every)
            expected += [member_of(event, each, files) for event in events if event.on <= today]
    found = measuring.members(filled, every=every)
    assert found
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert [member.since.on for member in found] == sorted(member.since.on for member in found)


def test_the_cohort_of_an_earlier_day_is_smaller(filled: Office) -> None:
    earlier = clock.today() - timedelta(days=300)
    found = {member.since for member in measuring.members(filled)}
    assert {member.since for member in measuring.members(filled, earlier)} == {
        since for since in found if since.on <= earlier
    }


def test_of_two_on_one_day_only_one_counts_with_every(office: Office) -> None:
    made = case(office, child(office))
    for _ in range(2):
        release(office, made)
    assert len(measuring.members(office, every=True)) == 1


def test_every_indicator_can_be_reckoned(filled: Office) -> None:
    period = Period(clock.today() - timedelta(days=365), clock.today())
    found = measuring.indicators(filled, period, by="sex")
    assert [each.indicator.key for each in found] == [indicator.key for indicator in INDICATORS]
    assert all((each.table is None) is each.indicator.whole_office for each in found)
    (arrested,) = measuring.indicators(filled, period, keys={"children-arrested"})
    with filled.read() as work:
        arrests = [each for each in work.find(Arrest) if each.arrested_at and period.holds(each.arrested_at.date())]
        of = {each.id: each.child_id for each in work.find(Case)}
    assert arrested.value.number == len({of[each.case_id] for each in arrests}) > 0


def test_rows_hold_every_record_of_the_office(filled: Office) -> None:
    period = Period(date(2000, 1, 1), clock.today())
    rows = measuring.indicator_rows(filled, period)
    assert measuring.indicator_rows(filled, period._replace(first=date.min)).visits == rows.visits
    with filled.read() as work:
        assert {row.case_id for row in rows.cases} == {each.id for each in work.find(Case)}
        records = [each for own in work.find(Case) for each in records_of(work, own.id)]
        kinds = {kind.record: kind.key for kind in KINDS}
        asked = [
            (each, info, f"{kinds[type(each)]}.{info.name}")
            for each in records
            if kinds[type(each)] not in UNCOUNTED
            for info in fields_of(type(each))
            if info.required and not info.retired and info.is_shown(each)
        ]
        complaints = [each.rule for each in work.find(Deadline) if each.rule == "complaint-answer"]
        deadlines = sum(each.ended_at is None or each.ended_at >= end_of(period.last) for each in work.find(Deadline))
    told = [
        (row.case_id, field, state)
        for row in rows.fields
        for field, state in row.states
        if field.partition(".")[0] not in ("case", "offence")
    ]
    assert sorted((str(case_id), field) for case_id, field, _ in told) == sorted(
        (str(each.case_id), name) for each, _, name in asked
    )
    empty = sum(getattr(each, info.name) in (None, (), "") for each, info, _ in asked)
    assert sum(state is FieldState.EMPTY for _, _, state in told) == empty
    assert len(rows.deadlines) == deadlines - len(complaints)


def test_what_is_not_read_for_a_period_counts_for_nothing_in_it(filled: Office) -> None:
    today = clock.today()
    every = measuring.indicator_rows(filled, Period(date(2000, 1, 1), today))
    for first, last in ((0, 0), (40, 10), (90, 0), (200, 100), (400, 300)):
        period = Period(today - timedelta(days=first), today - timedelta(days=last))
        rows = measuring.indicator_rows(filled, period)
        assert len(rows.arrests) < len(every.arrests)
        whole = every._replace(members=rows.members, deadlines=rows.deadlines)
        assert measuring.indicators_of(rows, period) == measuring.indicators_of(whole, period)
        assert completeness_by_field(rows, period) == completeness_by_field(whole, period)


def test_rows_of_one_case_share_its_identity(filled: Office) -> None:
    rows = measuring.indicator_rows(filled, Period(date(2000, 1, 1), clock.today()))
    of = {row.case_id: row for row in rows.cases}
    tables = (rows.arrests, rows.detentions, rows.visits, rows.referrals, rows.deadlines, rows.fields)
    assert all(row.case_id is of[row.case_id].case_id for table in tables for row in table)
    assert all(each.since.case_id is of[each.since.case_id].case_id for each in rows.members)


def test_complaints_are_in_no_row(office: Office) -> None:
    made = released(office)
    before = measuring.indicator_rows(office, Period(BEGAN, clock.today()))
    casework.save_record(office, Complaint(case_id=made.id, told_on=BEGAN, answer_due=date(2024, 3, 1)), WHY)
    assert measuring.indicator_rows(office, Period(BEGAN, clock.today())) == before


def test_a_bare_record_has_what_was_asked_for_and_nothing_else(filled: Office) -> None:
    with filled.read() as work:
        (found,) = {type(each) for each in Reader(work).records(Arrest, ("case_id", "arrested_at"))}
        assert issubclass(found, CaseRecord)
        record = next(Reader(work).records(Arrest, ("case_id", "arrested_at"), Arrest.arrested_at.is_not(None)))
        kept = work.first(Arrest, case_id=record.case_id, arrested_at=record.arrested_at)
        assert kept is not None
        with pytest.raises(UnmappedInstanceError):
            _ = record.outcome
        again = next(Reader(work).records(Arrest, ("case_id", "arrested_at"), Arrest.arrested_at == kept.arrested_at))
        assert again.case_id == record.case_id
        assert again != record, "two records are never one, though they say the same"
