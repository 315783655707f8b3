"""The report of an office: its periods, what may leave the office, what is written down of it."""

import json
from datetime import date
from functools import partial

import pypdfium2
import pytest
import sqlalchemy as sa

from casemgr import clock
from casemgr.measures.indicators.values import Period
from casemgr.pace import Pace
from casemgr.records.case import Case, CaseStatus
from casemgr.records.kept import AuditEntry
from casemgr.services import measuring, reporting, week, where_list
from casemgr.services.office import Right
from casemgr.services.practice import fill_practice, new_practice_office
from casemgr.services.reporting import Span, period_of
from casemgr.store import queries
from casemgr.store.bare import stoppable
from casemgr.trouble import NotAllowed, Refusal, Stopped


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = new_practice_office(tmp_path_factory.mktemp("reporting") / "office")
    fill_practice(office, 30, 1)
    yield office
    office.close()


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.THIS_QUARTER, date(2026, 10, 1), date(2026, 11, 24)),
        (Span.LAST_QUARTER, date(2026, 7, 1), date(2026, 9, 30)),
        (Span.THIS_YEAR, date(2026, 1, 1), date(2026, 11, 24)),
        (Span.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_periods(span, first, last):
    assert period_of(span, date(2026, 11, 24)) == Period(first, last)


def test_the_last_quarter_of_january_lies_in_the_year_before():
    assert period_of(Span.LAST_QUARTER, date(2027, 1, 1)) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert period_of(Span.THIS_QUARTER, date(2027, 1, 1)) == Period(date(2027, 1, 1), date(2027, 1, 1))


def test_the_facts_are_those_of_measuring_and_every_open_case(office):
    period = period_of(Span.THIS_YEAR, clock.today())
    facts = reporting.read_facts(office, period)
    assert facts.rows == measuring.indicator_rows(office, period)
    with office.read() as work:
        cases = work.find(Case)
    assert sorted(str(stage) for stage in facts.stages) == sorted(
        str(case.stage) for case in cases if case.status is not CaseStatus.CLOSED
    )


def test_the_report_is_written_down_unless_it_is_a_preview(office):
    period = period_of(Span.LAST_QUARTER, clock.today())
    before = len(_printed(office))
    data = reporting.quarterly_report(office, period, language="en", how="preview")
    assert len(_printed(office)) == before
    with office.read() as work:
        head = queries.newest_audit_entry(work)
    data = reporting.quarterly_report(office, period, language="en", for_office=True)
    said = _printed(office)[before:]
    assert [line["for_office"] for line in said] == [[None, True]]
    with pypdfium2.PdfDocument(data) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert head.digest in text.replace("\r\n", "")
    assert "For the office alone" in text


class Asked:
    """Says after so many times of asking that the work is to be stopped; never for None."""

    def __init__(self, most: int | None = None) -> None:
        self.most, self.times, self.told = most, 0, []

    def __call__(self) -> bool:
        self.times += 1
        return self.most is not None and self.times > self.most

    def tell(self, done: int, total: int) -> None:
        self.told.append((done, total))


def works(office, facts):
    """What takes long in a large office, by name; each takes progress and cancelled."""
    period = facts.period
    return {
        "read": partial(reporting.read_facts, office, period),
        "cohort": partial(measuring.members, office),
        "reoffending": partial(measuring.reoffending_of, facts.rows.members, facts.as_of),
        "by sex": partial(measuring.reoffending_of, facts.rows.members, facts.as_of,
                          grouping=measuring.cohort_grouping("sex")),
        "rows": partial(measuring.indicator_rows, office, period),
        "indicators": partial(measuring.indicators_of, facts.rows, period),
        "by province": partial(measuring.indicators_of, facts.rows, period,
                               grouping=measuring.case_grouping("province")),
        "report": partial(reporting.paper_of, office, facts, "en", for_office=True),
        "where": partial(where_list.where_list, office, how="preview"),
        "week": partial(week.week_sheet, office, clock.today(), how="preview"),
    }  # fmt: skip


WORKS = ("read", "cohort", "reoffending", "by sex", "rows", "indicators", "by province", "report", "where", "week")


@pytest.mark.parametrize("name", WORKS)
def test_long_work_says_how_far_it_is_and_ends_wherever_it_is_stopped(office, name):
    work = works(office, reporting.read_facts(office, period_of(Span.THIS_YEAR, clock.today())))[name]
    plain, whole = work(), Asked()  # plain first: what is remembered from it need not be asked for again
    answer = work(progress=whole.tell, cancelled=whole)
    assert answer == plain, "being watched changes nothing"
    ends = [number for number, (done, total) in enumerate(whole.told) if done == total]
    assert ends[-1] == len(whole.told) - 1
    assert all(0 < done <= total for done, total in whole.told)
    for most in {0, whole.times // 3, whole.times - 1}:
        asked = Asked(most)
        with pytest.raises(Stopped):
            work(progress=asked.tell, cancelled=asked)
        assert asked.times <= most + 2, "nothing goes on after that"
    with office.read() as work:
        assert work.find(Case), "the store can be read after a stop"


def test_the_store_is_stopped_in_the_middle_of_a_question(office):
    asked = Asked(0)
    with office.read() as work, pytest.raises(Stopped), stoppable(work, Pace(cancelled=asked)):
        work.session.connection().scalar(
            sa.text(
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 50000000) SELECT max(x) FROM n"
            )
        )
    assert asked.times > 0
    with office.read() as work:
        assert work.find(Case)


def test_a_period_or_a_day_that_will_not_do_is_refused(office):
    today = clock.today()
    for period in (Period(today, date(2020, 1, 1)), Period(today, date(2999, 1, 1))):
        with pytest.raises(Refusal):
            reporting.quarterly_report(office, period)
    with pytest.raises(Refusal):
        reporting.quarterly_report(office, Period(today, today), date(2999, 1, 1))


def test_who_may_not_print_gets_no_report(office):
    rights = office.rights
    office.rights = rights - {Right.PRINT}
    try:
        with pytest.raises(NotAllowed):
            reporting.quarterly_report(office, period_of(Span.LAST_YEAR, clock.today()))
    finally:
        office.rights = rights


def test_cases_behind_a_number_come_once_each_by_their_numbers(office):
    with office.read() as work:
        cases = work.find(Case)
    found = reporting.cases_behind(office, [case.id for case in cases] * 2)
    assert [each.number for each in found] == sorted(case.number for case in cases)
    assert all(each.name_km and each.name_latin for each in found)
    assert found[0].name_km not in repr(found[0])


def _printed(office):
    with office.read() as work:
        lines = [line for line in work.find(AuditEntry) if line.action == "printed"]
    return [json.loads(line.changes) if isinstance(line.changes, str) else line.changes for line in lines]
