"""Indicators of the service before prosecutor and court: the social inquiry report, and diversion."""

from collections.abc import Iterator
from datetime import date

from casemgr.i18n import N_
from casemgr.measures.indicators.first_days import suspected_in
from casemgr.measures.indicators.rows import DiversionRow, Rows, by_case
from casemgr.measures.indicators.values import Finding, Indicator, Length, Per, Period, Unit, share, so_far, spread
from casemgr.records.fields import Answer
from casemgr.records.pathway.diversion_answers import DiversionOutcome
from casemgr.records.pathway.inquiry_answers import Followed


def _report_in_time(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in rows.reports:
        if row.due_on is None:
            if period.holds(row.asked_on):
                yield Finding(row.case_id, None)
        elif period.holds(row.due_on):
            yield Finding(row.case_id, row.handed_over_on is not None and row.handed_over_on <= row.due_on)


_FOLLOWED = {Followed.FULLY: True, Followed.PARTLY: True, Followed.NO: False}


def _followed(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in rows.reports:
        if period.holds(row.handed_over_on):
            yield Finding(row.case_id, _FOLLOWED.get(row.followed) if row.followed else None)


def _offered(rows: Rows, period: Period) -> Iterator[Finding]:
    offers = by_case(rows.diversions)
    for row in suspected_in(rows, period):
        days = (_offered_on(offer) for offer in offers.get(row.case_id, ()))
        yield Finding(row.case_id, any(day is not None and day <= period.last for day in days))


def _offered_on(diversion: DiversionRow) -> date | None:
    return diversion.offered_on or diversion.ordered_on


def _accepted(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in rows.diversions:
        if period.holds(_offered_on(row)):
            yield Finding(row.case_id, _was_accepted(row))


def _was_accepted(row: DiversionRow) -> bool | None:
    consents = (row.consent_child, row.consent_guardian)
    if row.outcome is DiversionOutcome.NOT_AGREED or Answer.NO in consents:
        return False
    return True if row.ordered_on is not None or consents == (Answer.YES, Answer.YES) else None


_COMPLETED = frozenset({DiversionOutcome.COMPLETED, DiversionOutcome.COMPLETED_EARLY})
_REVOKED = frozenset({DiversionOutcome.REVOKED_BREACH, DiversionOutcome.REVOKED_OFFENCE})
_UNCLEAR = frozenset({None, DiversionOutcome.UNKNOWN, DiversionOutcome.TRANSFERRED})


def _ended(rows: Rows, period: Period) -> Iterator[DiversionRow]:
    for row in rows.diversions:
        if period.holds(row.ended_on) and row.outcome is not DiversionOutcome.NOT_AGREED:
            yield row


def _completed(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in _ended(rows, period):
        yield Finding(row.case_id, None if row.outcome in _UNCLEAR else row.outcome in _COMPLETED)


def _revoked(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in _ended(rows, period):
        yield Finding(row.case_id, None if row.outcome in _UNCLEAR else row.outcome in _REVOKED)


def _days_diverted(rows: Rows, period: Period) -> Iterator[Length]:
    for row in rows.diversions:
        if row.ordered_on is None or row.ordered_on > period.last or row.outcome is DiversionOutcome.NOT_AGREED:
            continue
        running = row.ended_on is None or row.ended_on > period.last
        if running and row.ended_on is None and row.outcome is not None:
            yield Length(row.case_id, None)
        elif running or period.holds(row.ended_on):
            last = min(row.ended_on or period.last, period.last)
            days = (last - row.ordered_on).days
            yield Length(row.case_id, days, running=running, begun_in=period.holds(row.ordered_on))


def _activity_in_time(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in rows.activities:
        if period.holds(row.due_on):
            unclear = row.done and row.done_on is None
            in_time = row.done_on is not None and row.done_on <= row.due_on
            yield Finding(row.case_id, None if unclear else so_far(in_time, row.due_on, period))


PROCEEDINGS: tuple[Indicator, ...] = (
    Indicator(
        "report-in-time", N_("Social inquiry report in time"),
        N_("Of the reports due in the period, those handed over by their day. Without such a day it is not known."),
        Unit.PERCENT, share(_report_in_time),
    ),
    Indicator(
        "recommendation-followed", N_("Recommendation followed"),
        N_("Of the reports handed over in the period, those the court followed, wholly or in part."),
        Unit.PERCENT, share(_followed),
    ),
    Indicator(
        "diversion-offered", N_("Diversion offered to suspects"),
        N_("Of the cases of suspects opened in the period, those where diversion was offered by its last day."),
        Unit.PERCENT, share(_offered, Per.CASE),
    ),
    Indicator(
        "diversion-accepted", N_("Diversion accepted"),
        N_("Of the offers in the period, those that child and guardian agreed to, or that were ordered."),
        Unit.PERCENT, share(_accepted),
    ),
    Indicator(
        "diversion-completed", N_("Diversion completed"),
        N_("Of the diversions that ended in the period, those whose plan was completed."),
        Unit.PERCENT, share(_completed),
    ),
    Indicator(
        "diversion-revoked", N_("Diversion revoked"),
        N_("Of the diversions that ended in the period, those revoked because of a breach or a new offence."),
        Unit.PERCENT, share(_revoked),
    ),
    Indicator(
        "diversion-days", N_("Length of diversion"),
        N_("Days from the order to the end, of the diversions that ended in the period. What runs is told beside it."),
        Unit.DAYS, spread(_days_diverted),
    ),
    Indicator(
        "activities-in-time", N_("Activities of plans done in time"),
        N_("Of the goals and measures of plans due in the period, those done by their day."),
        Unit.PERCENT, share(_activity_in_time),
    ),
)  # fmt: skip
