"""Today's clocks read a page at a time: none is lost or told twice, and the counts are those of all of them."""

from collections import Counter
from datetime import timedelta

import pytest

from casemgr import clock
from casemgr.law.deadlines import DeadlineState, state
from casemgr.records.case import Case, CaseStatus
from casemgr.records.kept import Deadline
from casemgr.records.staff import StaffMember
from casemgr.services import lists
from casemgr.services.lists import ClockRow
from casemgr.services.office import Office

NOW = clock.now()
DAY = timedelta(days=1)


def by_pages(office: Office, count: int, **asked: object) -> list[ClockRow]:
    found, after = [], None
    while True:
        page = lists.today_page(office, after=after, count=count, **asked)
        assert len(page.rows) <= count
        found += page.rows
        if (after := page.after) is None:
            return found


@pytest.fixture
def crowded(filled: Office) -> Office:
    """An office in which many clocks of one case are due at once, some at the very hour, and half the cases others'."""
    today = clock.local(NOW.year, NOW.month, NOW.day, 23, 59)
    with filled.write() as work:
        other = StaffMember(name="សុខ សំណាង")
        work.add(other)
        work.flush()
        cases = work.find(Case)
        for case in cases[::2]:
            case.worker_id = other.id
        for case in [case for case in cases if case.status is not CaseStatus.CLOSED]:
            for at, day in ((NOW - DAY, False), (today, True), (today, False), (today - 2 * DAY, True)) * 2:
                work.add(Deadline(case_id=case.id, record_id=case.id, rule="lawyer-24h", limit_key=None,
                                  started_at=None, due_at=at, whole_day=day, ended_at=None))  # fmt: skip
    return filled


ASKED = ({}, {"until": NOW.date() + 14 * DAY}, {"mine": True}, {"mine": True, "until": NOW.date()})


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_pages_hold_what_the_whole_list_holds(crowded: Office, asked: dict[str, object]) -> None:
    whole = lists.today(crowded, **asked)
    assert len(whole) > 20
    assert [row.due_at for row in whole] == sorted(row.due_at for row in whole)
    for count in (1, 7, len(whole) - 1, len(whole), len(whole) + 1):
        assert by_pages(crowded, count, **asked) == whole
    assert list(lists.every_clock(crowded, **asked)) == whole


def test_a_page_goes_on_where_the_last_one_ended_also_where_more_was_written_since(crowded: Office) -> None:
    whole = lists.today(crowded)
    first = lists.today_page(crowded, count=9)
    with crowded.write() as work:
        for at in (whole[0].due_at - DAY, whole[-1].due_at + DAY):
            work.add(Deadline(case_id=whole[0].case_id, record_id=whole[0].case_id, rule="visit-action", limit_key=None,
                              started_at=None, due_at=at, whole_day=False, ended_at=None))  # fmt: skip
    rest = lists.today_page(crowded, after=first.after, count=len(whole))
    assert [*first.rows, *rest.rows][:-1] == whole


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_counts_are_those_of_all_clocks_also_as_time_goes_on(crowded: Office, asked: dict[str, object]) -> None:
    whole, counts = lists.today(crowded, **asked), lists.count_today(crowded, **asked)
    ends = [row.due_at + timedelta(seconds=seconds) for row in whole for seconds in (-60, -1, 0, 1, 60)]
    moments = {NOW, *(each - early for each in ends for early in (timedelta(0), timedelta(hours=6), 3 * DAY))}
    for now in sorted(moment for moment in moments if moment >= NOW):
        standing = Counter(state(row.deadline, now) for row in whole)
        told = counts.at(now)
        assert {each: told[each] for each in told} == {each: standing[each] for each in told}, now
        assert set(standing) <= {DeadlineState.OVER, DeadlineState.SOON, DeadlineState.RUNNING}
