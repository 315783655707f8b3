"""The report of an office: its periods, what may leave the office, what is written down of it."""

import json
from datetime import date

import pypdfium2
import pytest

from casemgr import clock
from casemgr.measures.indicators.values import Period
from casemgr.records.case import Case, CaseStatus
from casemgr.records.kept import AuditEntry
from casemgr.services import measuring, reporting
from casemgr.services.office import Right
from casemgr.services.practice import fill_practice, new_practice_office
from casemgr.services.reporting import Span, period_of
from casemgr.store import queries
from casemgr.trouble import NotAllowed, Refusal


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
