"""Indicators of the service in the first days: lawyer, family, police custody, what the child is charged with."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from casemgr.clock import as_moment
from casemgr.i18n import N_
from casemgr.measures.grounds import DRUG_OFFENCES
from casemgr.measures.indicators.justice import BEFORE_SENTENCE
from casemgr.measures.indicators.rows import ArrestRow, CaseRow, Rows, by_case
from casemgr.measures.indicators.values import Finding, Indicator, Length, Per, Period, Unit, share, so_far, spread
from casemgr.records.case import ChildRole, OffenceCategory, OffenceClass
from casemgr.records.fields import Answer
from casemgr.records.pathway.detention import days_held

_A_DAY = timedelta(hours=24)


def end_of(day: date) -> datetime:
    """Return the moment in Phnom Penh at which that day is over."""
    return as_moment(day + timedelta(days=1))


def said(answer: Answer | None) -> bool | None:
    """Return yes or no; None where it is not known or nobody asked."""
    return {Answer.YES: True, Answer.NO: False}.get(answer) if answer else None


def suspected_in(rows: Rows, period: Period) -> Iterator[CaseRow]:
    """Yield the cases opened in the period in which the child is suspected, or nobody wrote down what it is."""
    roles = (None, ChildRole.SUSPECT, ChildRole.UNKNOWN)
    return (row for row in rows.cases if period.holds(row.opened_on) and row.role in roles)


def _arrests(rows: Rows, period: Period) -> Iterator[ArrestRow]:
    return (row for row in rows.arrests if period.holds(row.on))


def _lawyer_by(arrest: ArrestRow, moment: datetime) -> datetime | None:
    return arrest.lawyer_at if arrest.lawyer_at is not None and arrest.lawyer_at <= moment else None


def _lawyer_in_time(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in _arrests(rows, period):
        if row.arrested_at is None:
            yield Finding(row.case_id, None)
        else:
            by = row.arrested_at + _A_DAY
            yield Finding(row.case_id, so_far(_lawyer_by(row, by) is not None, by.date(), period))


def _lawyer_ever(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in _arrests(rows, period):
        yield Finding(row.case_id, _lawyer_by(row, end_of(period.last)) is not None)


def _hours_to_lawyer(rows: Rows, period: Period) -> Iterator[Length]:
    end = end_of(period.last)
    for row in _arrests(rows, period):
        if row.arrested_at is None:
            yield Length(row.case_id, None)
        else:
            came = _lawyer_by(row, end)
            hours = ((came or end) - row.arrested_at) / timedelta(hours=1)
            yield Length(row.case_id, max(hours, 0.0), running=came is None)


def _too_long(rows: Rows, period: Period) -> Iterator[Finding]:
    end = end_of(period.last)
    for row in _arrests(rows, period):
        due, ended = row.custody_due_at, row.custody_ended_at
        if due is None or (ended is None and row.is_over):
            yield Finding(row.case_id, None)
        elif ended is not None:
            yield Finding(row.case_id, ended > due)
        else:
            yield Finding(row.case_id, True if due < end else None)


def _family_told(rows: Rows, period: Period) -> Iterator[Finding]:
    return (Finding(row.case_id, said(row.family_told)) for row in _arrests(rows, period))


_SERIOUS = {OffenceClass.FELONY, OffenceClass.MISDEMEANOUR}


def _petty_alone(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in suspected_in(rows, period):
        classes = set(row.classes)
        if classes & _SERIOUS:
            yield Finding(row.case_id, False)
        else:
            yield Finding(row.case_id, None if not classes or classes & {None, OffenceClass.UNKNOWN} else True)


def _drugs_alone(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in suspected_in(rows, period):
        categories = set(row.categories)
        unclear = {None, OffenceCategory.UNKNOWN}
        if categories - DRUG_OFFENCES - unclear:
            yield Finding(row.case_id, False)
        else:
            yield Finding(row.case_id, None if not categories or categories & unclear else True)


def _days_to_hearing(rows: Rows, period: Period) -> Iterator[Length]:
    """Until the first hearing of a case since its detention began, or until the child was free before any."""
    hearings = by_case(rows.hearings)
    detentions = (row for row in rows.detentions if row.basis in BEFORE_SENTENCE and row.started_on <= period.last)
    for case_id, held in by_case(detentions).items():
        began = min(row.started_on for row in held)
        heard = (row.held_on for row in hearings.get(case_id, ()) if began <= row.held_on <= period.last)
        first = min(heard, default=None)
        is_held = any(row.ended_on is None or row.ended_on > period.last for row in held)
        ends = [row.ended_on for row in held if row.ended_on is not None]
        over = first or (None if is_held else max(ends, default=None))
        if over is None or period.holds(over):
            days = days_held(((row.started_on, row.ended_on) for row in held), over or period.last)
            yield Length(case_id, days, running=over is None, begun_in=period.holds(began))


FIRST_DAYS: tuple[Indicator, ...] = (
    Indicator(
        "lawyer-24h", N_("Lawyer with the child within 24 hours"),
        N_("Of the arrests in the period, those where a lawyer met the child within 24 hours of the arrest."),
        Unit.PERCENT, share(_lawyer_in_time),
    ),
    Indicator(
        "lawyer-ever", N_("Lawyer with the child at any time"),
        N_("Of the cases with an arrest in the period, those where a lawyer met the child by its last day."),
        Unit.PERCENT, share(_lawyer_ever, Per.CASE),
    ),
    Indicator(
        "lawyer-hours", N_("Time until the first lawyer"),
        N_("Hours from an arrest in the period to the first meeting. Where no lawyer has come, it still goes on."),
        Unit.HOURS, spread(_hours_to_lawyer),
    ),
    Indicator(
        "custody-too-long", N_("Police custody beyond the limit"),
        N_(
            "Of the arrests in the period, those where custody lasted longer than the table of limits allows. Not "
            "every limit of it is confirmed by a lawyer."
        ),
        Unit.PERCENT, share(_too_long),
    ),
    Indicator(
        "family-told", N_("Family told of the arrest"),
        N_("Of the arrests in the period, those where the family was told."),
        Unit.PERCENT, share(_family_told),
    ),
    Indicator(
        "petty-alone", N_("Cases about petty offences alone"),
        N_("Of the cases of suspects opened in the period, those without a misdemeanour or felony."),
        Unit.PERCENT, share(_petty_alone, Per.CASE),
    ),
    Indicator(
        "drugs-alone", N_("Cases about drugs alone"),
        N_("Of the cases of suspects opened in the period, those about drug use, possession or trafficking alone."),
        Unit.PERCENT, share(_drugs_alone, Per.CASE),
    ),
    Indicator(
        "detention-to-hearing", N_("Time in detention before the first hearing"),
        N_(
            "Days in pre-trial detention until a first hearing was held, or until the child was free before any, in "
            "cases where that was in the period."
        ),
        Unit.DAYS, spread(_days_to_hearing),
    ),
)  # fmt: skip
