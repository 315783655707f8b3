"""Indicators of the service beside the child: visits, release, follow-up, new contact with the law, referrals."""

from collections.abc import Iterator
from datetime import timedelta

from casemgr.i18n import N_
from casemgr.measures.cohort import outcomes
from casemgr.measures.indicators.first_days import said
from casemgr.measures.indicators.justice import released
from casemgr.measures.indicators.rows import ReferralRow, Rows, by_case
from casemgr.measures.indicators.values import Finding, Indicator, Measure, Period, Unit, Value, count, share, so_far
from casemgr.measures.reoffending import DAYS_OF_A_YEAR, Window, estimates
from casemgr.measures.survival import kaplan_meier
from casemgr.records.pathway.detention import days_held
from casemgr.records.pathway.follow_up_answers import ContactLevel
from casemgr.records.pathway.referral_answers import Attendance, Reply

QUARTER = DAYS_OF_A_YEAR / 4
_A_WEEK = timedelta(days=7)


def _visits_a_quarter(rows: Rows, period: Period) -> Value:
    """Visits in detention for each quarter of a year that a child was held; the denominator is in days held."""
    visits = by_case(row for row in rows.visits if period.holds(row.visited_on))
    held = by_case(row for row in rows.detentions if period.meets(row.started_on, row.ended_on))
    counted = {
        case_id: sum(any(row.lasts_on(visit.visited_on) for row in own) for visit in visits.get(case_id, ()))
        for case_id, own in held.items()
    }
    days = sum(
        days_held(((max(row.started_on, period.first), row.ended_on) for row in own), period.last)
        for own in held.values()
    )
    number = sum(counted.values()) / days * QUARTER if days else None
    visited = tuple(case_id for case_id, times in counted.items() if times)
    unvisited = tuple(case_id for case_id, times in counted.items() if not times)
    return Value(number, sum(counted.values()), days, 0, visited, unvisited)


def _plan_on_release(rows: Rows, period: Period) -> Iterator[Finding]:
    plans = by_case(rows.plans)
    for row, on in released(rows, period):
        runs = any(
            plan.begun_on <= on and (plan.ended_on is None or plan.ended_on >= on)
            for plan in plans.get(row.case_id, ())
        )
        yield Finding(row.case_id, True if runs else said(row.plan_ready))


def _soon_followed(rows: Rows, period: Period) -> Iterator[Finding]:
    follow_ups = by_case(rows.follow_ups)
    for row, on in released(rows, period):
        own = follow_ups.get(row.case_id, ())
        found = any(each.answered and on <= each.done_on <= min(on + _A_WEEK, period.last) for each in own)
        yield Finding(row.case_id, so_far(found, on + _A_WEEK, period))


def _new_contact(window: Window) -> Measure:
    """Estimate new contact by the end of a window, in days at risk; number and interval are those of the curve."""

    def measure(rows: Rows, period: Period) -> Value:
        seen = outcomes(rows.members, ContactLevel.R1, period.last)
        (estimate,) = estimates(kaplan_meier(each.observation for each in seen), (window,))
        early = [each for each in seen if each.days_at_risk <= window.length]
        events = tuple(each.member.since.case_id for each in early if each.first is not None)
        unknown = tuple(
            each.member.since.case_id for each in early if each.first is None and each.days_at_risk < window.length
        )
        clear = tuple(
            each.member.since.case_id
            for each in seen
            if each.days_at_risk > window.length or (each.first is None and each.days_at_risk == window.length)
        )
        return Value(
            estimate.cumulative if estimate else None, len(events), len(events) + len(clear), len(unknown),
            events, clear, unknown, interval=estimate.interval if estimate else None,
        )  # fmt: skip

    return measure


def _asked(rows: Rows, period: Period) -> list[ReferralRow]:
    return [row for row in rows.referrals if period.holds(row.asked_on)]


def _referrals(rows: Rows, period: Period) -> Iterator[Finding]:
    return (Finding(row.case_id, True) for row in _asked(rows, period))


_TAKEN_UP = {Reply.ACCEPTED: True, Reply.PARTLY: True, Reply.DECLINED: False, Reply.NO_ANSWER: False}
_USED = {
    Attendance.REGULAR: True,
    Attendance.IRREGULAR: True,
    Attendance.ONCE: True,
    Attendance.COMPLETED: True,
    Attendance.STOPPED: True,
    Attendance.NEVER: False,
}


def _taken_up(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in _asked(rows, period):
        yield Finding(row.case_id, _TAKEN_UP.get(row.answer) if row.answer else None)


def _used(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in _asked(rows, period):
        if row.answer in (Reply.ACCEPTED, Reply.PARTLY):
            used = _USED.get(row.attendance) if row.attendance else None
            yield Finding(row.case_id, True if row.met else used)


_ESTIMATED = N_(
    "An estimate over all children whose release or order lies on or before the last day, each counted as long as "
    "something is known. A child who was not reached is unknown. It does not show what a programme does."
)

CARE: tuple[Indicator, ...] = (
    Indicator(
        "visits-a-quarter", N_("Visits to a detained child in a quarter"),
        N_("Visits in the period for each 91 days that a child was held in it. The second number is days held."),
        Unit.RATIO, _visits_a_quarter,
    ),
    Indicator(
        "plan-on-release", N_("Children released with a plan"),
        N_("Of the releases in the period, those where a plan for the time after was ready."),
        Unit.PERCENT, share(_plan_on_release),
    ),
    Indicator(
        "follow-up-7-days", N_("First follow-up within 7 days"),
        N_("Of the releases in the period, those with a follow-up within seven days that found something out."),
        Unit.PERCENT, share(_soon_followed),
    ),
    Indicator("new-contact-6", N_("New contact with the law within 6 months"), _ESTIMATED,
              Unit.PERCENT, _new_contact(Window(6)), estimated=True),
    Indicator("new-contact-12", N_("New contact with the law within 12 months"), _ESTIMATED,
              Unit.PERCENT, _new_contact(Window(12)), estimated=True),
    Indicator("new-contact-24", N_("New contact with the law within 24 months"), _ESTIMATED,
              Unit.PERCENT, _new_contact(Window(24)), estimated=True),
    Indicator("new-contact-36", N_("New contact with the law within 36 months"), _ESTIMATED,
              Unit.PERCENT, _new_contact(Window(36)), estimated=True),
    Indicator(
        "referrals", N_("Referrals made"), N_("Requests to a lawyer or another service in the period."),
        Unit.COUNT, count(_referrals),
    ),
    Indicator(
        "referrals-accepted", N_("Referrals accepted"),
        N_("Of the referrals made in the period, those accepted, wholly or in part. No answer counts as not accepted."),
        Unit.PERCENT, share(_taken_up),
    ),
    Indicator(
        "referrals-used", N_("Referrals the child made use of"),
        N_("Of the referrals made in the period and accepted, those where the child met the lawyer or the service."),
        Unit.PERCENT, share(_used),
    ),
)  # fmt: skip
