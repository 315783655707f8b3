"""The report of an office on a period, and the cases behind each of its numbers."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.clock import months_after
from casemgr.i18n import N_
from casemgr.measures.indicators.rows import Rows
from casemgr.measures.indicators.values import Period
from casemgr.measures.report import STEPS, Report, report_for_outside, report_of
from casemgr.pace import Cancelled, LetGoSlowly, Pace, Progress, without_sweeping
from casemgr.printing.blocks import Paper
from casemgr.printing.forms import quarterly_report as form
from casemgr.printing.page import draw
from casemgr.records.case import ProcessStage
from casemgr.records.fields import Choice
from casemgr.services import measuring, papers
from casemgr.services.office import Office, Right
from casemgr.services.readers import CONFIDENTIAL_RULES
from casemgr.store import queries
from casemgr.store.indicator_rows import indicator_rows
from casemgr.store.report_rows import CaseName as CaseName  # noqa: PLC0414  (what cases_behind returns)
from casemgr.store.report_rows import case_names, open_stages


class Span(Choice):
    """A period that is asked for often."""

    THIS_QUARTER = "this-quarter", N_("This quarter")
    LAST_QUARTER = "last-quarter", N_("Last quarter")
    THIS_YEAR = "this-year", N_("This year")
    LAST_YEAR = "last-year", N_("Last year")


def period_of(span: Span, today: date) -> Period:
    """Return the days of a period as seen on that day; one that is not over yet ends on it."""
    quarter = date(today.year, today.month - (today.month - 1) % 3, 1)
    year = date(today.year, 1, 1)
    first, months = {
        Span.THIS_QUARTER: (quarter, 3), Span.LAST_QUARTER: (months_after(quarter, -3), 3),
        Span.THIS_YEAR: (year, 12), Span.LAST_YEAR: (months_after(year, -12), 12),
    }[span]  # fmt: skip
    return Period(first, min(months_after(first, months) - timedelta(days=1), today))


class Facts(NamedTuple):
    """All that the numbers of a period are reckoned from, read once. It stays in the office."""

    period: Period
    as_of: date
    rows: Rows
    stages: tuple[ProcessStage | None, ...]


def read_facts(
    office: Office, period: Period, as_of: date | None = None, *, progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Facts:  # fmt: skip
    """Return what the numbers of a period, and the reoffending as known on a day, are reckoned from.

    as_of: today unless given. progress is told how much is read, and of how much; where cancelled says so, Stopped is
    raised. Raises Refusal for a period or a day that will not do, and NotAllowed.
    """
    office.demand(Right.MEASURE)
    measuring.check_period(period)
    on = measuring.checked_day(as_of)
    with without_sweeping(), office.read(Right.MEASURE) as work:
        rows = indicator_rows(
            work, period, max(on, period.last), without_rules=CONFIDENTIAL_RULES, progress=progress, cancelled=cancelled
        )
        return Facts(period, on, rows.kept_for_long(), LetGoSlowly(open_stages(work)))


@without_sweeping()
def report(
    facts: Facts, *, for_office: bool, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Report:  # fmt: skip
    """Return the report of these facts: with every number for the office, or as it may leave it.

    progress is told how many steps are done, and of how many; where cancelled says so, Stopped is raised.
    """
    pace = Pace(STEPS, progress, cancelled)
    whole = report_of(facts.rows, facts.stages, facts.period, facts.as_of, pace)
    return whole if for_office else report_for_outside(whole)


def quarterly_report(
    office: Office, period: Period, as_of: date | None = None, language: str | None = None, *,
    for_office: bool = False, how: str = "pdf", cancelled: Cancelled | None = None,
) -> bytes:  # fmt: skip
    """Return the report of a period as PDF, in the paper's language (the office's unless given); write down that it is.

    as_of: the day on which reoffending is looked at, today unless given. for_office: with small numbers and the curve;
    such a copy must not leave the office. how: pdf, printer or preview, which is not written down. Where cancelled says
    so, Stopped is raised and nothing is written down. Raises Refusal as read_facts, and NotAllowed.
    """
    office.demand(Right.PRINT)
    facts = read_facts(office, period, as_of, cancelled=cancelled)
    data = paper_of(office, facts, language, for_office=for_office, cancelled=cancelled)
    if how != "preview":
        log_printed(office, period, as_of, language, for_office=for_office, how=how)
    return data


@without_sweeping()
def paper_of(
    office: Office, facts: Facts, language: str | None = None, *, for_office: bool = False,
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> bytes:  # fmt: skip
    """Return the report of facts that were read before as PDF, for a preview; nothing is written down.

    progress is told how far the reckoning is, then the drawing; where cancelled says so, Stopped is raised.
    """
    office.demand(Right.MEASURE, Right.PRINT)
    found = report(facts, for_office=for_office, progress=progress, cancelled=cancelled)
    words = papers.paper_words(office, language)
    return draw(_paper(office, found, language), words, progress=progress, cancelled=cancelled)


def log_printed(
    office: Office, period: Period, as_of: date | None, language: str | None, *, for_office: bool, how: str
) -> None:  # fmt: skip
    """Write down that a report left the screen; the words as in quarterly_report."""
    papers.log_list_printed(
        office, form.NAME, language, how, first=period.first.isoformat(), last=period.last.isoformat(),
        as_of=measuring.checked_day(as_of).isoformat(), for_office=for_office,
    )  # fmt: skip


def cases_behind(office: Office, case_ids: Collection[UUID]) -> list[CaseName]:
    """Return the cases behind a number, by their case numbers; without those of other workers. Raises NotAllowed."""
    with office.read(Right.MEASURE, Right.READ_CASES) as work:
        return case_names(work, case_ids, office.scope)


def _paper(office: Office, found: Report, language: str | None) -> Paper:
    with office.read(Right.PRINT) as work:
        newest = queries.newest_audit_entry(work)
        trail = form.TrailHead(newest.seq, newest.digest) if newest is not None else None
    return form.compose(found, clock.today(), trail, office.settings, papers.paper_words(office, language))
