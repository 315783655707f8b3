"""The indicators of UNICEF and UNODC (manual of 2006) that an office can reckon from its own cases: numbers 1 to 11.

They tell of the office's own cases. None is a rate of a province or of the country.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from casemgr.clock import months_after
from casemgr.i18n import N_
from casemgr.measures.index_events import Sentence
from casemgr.measures.indicators.rows import DetentionRow, Rows, VisitRow, by_case
from casemgr.measures.indicators.values import (
    Finding,
    Indicator,
    Length,
    Per,
    Period,
    Unit,
    count,
    share,
    so_far,
    spread,
)
from casemgr.records.pathway.detention import days_held
from casemgr.records.pathway.detention_answers import (
    RELEASES,
    AdultSeparation,
    DetentionBasis,
    DetentionEnd,
    FamilyContact,
)

FAMILY_MONTHS = 3
"""In so many months before the last day of a detention, or of the period, the family is to have come."""
BEFORE_SENTENCE = frozenset({DetentionBasis.PRETRIAL})
AFTER_SENTENCE = frozenset({DetentionBasis.SENTENCED, DetentionBasis.AWAITING_APPEAL})
"""A detention that awaits an appeal follows a first sentence."""


def _arrested(rows: Rows, period: Period) -> Iterator[Finding]:
    return (Finding(row.case_id, True) for row in rows.arrests if period.holds(row.on))


def _detained(rows: Rows, period: Period) -> Iterator[Finding]:
    return (Finding(row.case_id, True) for row in rows.detentions if row.lasts_on(period.last))


def _before_sentence(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in rows.detentions:
        if not row.lasts_on(period.last):
            continue
        known = row.basis not in (None, DetentionBasis.UNKNOWN)
        yield Finding(row.case_id, row.basis in BEFORE_SENTENCE if known else None)


def time_before_sentence(rows: Rows, period: Period) -> Iterator[Length]:
    """Yield the days in pre-trial detention of each case in which it ended in the period or goes on."""
    return _time_held((row for row in rows.detentions if row.basis in BEFORE_SENTENCE), period)


def _time_after_sentence(rows: Rows, period: Period) -> Iterator[Length]:
    return _time_held((row for row in rows.detentions if row.basis in AFTER_SENTENCE), period)


def _time_held(detentions: Iterable[DetentionRow], period: Period) -> Iterator[Length]:
    """The days of each case in which such a detention ended in the period or goes on, all its spells together."""
    for held in by_case(row for row in detentions if row.started_on <= period.last).values():
        running = any(row.ended_on is None or row.ended_on > period.last for row in held)
        last = max((row.ended_on for row in held if row.ended_on is not None), default=None)
        if running or period.holds(last):
            days = days_held(((row.started_on, row.ended_on) for row in held), period.last)
            began = min(row.started_on for row in held)
            yield Length(held[0].case_id, days, running, period.holds(began))


def _died(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in rows.detentions:
        if period.holds(row.ended_on):
            known = row.end_reason not in (None, DetentionEnd.UNKNOWN)
            yield Finding(row.case_id, row.end_reason is DetentionEnd.DIED if known else None)


_APART = {
    AdultSeparation.WHOLLY: False,
    AdultSeparation.NO_ADULTS: False,
    AdultSeparation.AT_NIGHT: True,
    AdultSeparation.NOT_AT_ALL: True,
}


def _not_apart(rows: Rows, period: Period) -> Iterator[Finding]:
    visits = by_case(rows.visits)
    for row in rows.detentions:
        if period.meets(row.started_on, row.ended_on):
            own = _since(visits.get(row.case_id, ()), max(row.started_on, period.first), _last_day(row, period))
            separation = next(
                (visit.separation for visit in reversed(own) if visit.separation in _APART), row.separation
            )
            yield Finding(row.case_id, _APART.get(separation) if separation else None)


def _last_day(detention: DetentionRow, period: Period) -> date:
    return min(detention.ended_on or period.last, period.last)


def _since(visits: Iterable[VisitRow], first: date, last: date) -> list[VisitRow]:
    """The visits of these days, the first one first."""
    return sorted((row for row in visits if first <= row.visited_on <= last), key=lambda row: row.visited_on)


def _family_came(rows: Rows, period: Period) -> Iterator[Finding]:
    visits = by_case(rows.visits)
    for row in rows.detentions:
        if period.meets(row.started_on, row.ended_on):
            last = _last_day(row, period)
            since = months_after(last, -FAMILY_MONTHS)
            yield Finding(row.case_id, _contact(_since(visits.get(row.case_id, ()), since, last), since))


def _contact(visits: Iterable[VisitRow], since: date) -> bool | None:
    """Whether one of these visits tells of a visit of the family since that day; None where none says."""
    answers = {_family_visited(visit, since) for visit in visits}
    return next((says for says in (True, False) if says in answers), None)


def _family_visited(visit: VisitRow, since: date) -> bool | None:
    if visit.last_family_visit_on is not None:
        return visit.last_family_visit_on >= since
    known = visit.family_contact not in (None, FamilyContact.UNKNOWN)
    return visit.family_contact is FamilyContact.VISITED if known else None


def _sent_to_prison(rows: Rows, period: Period) -> Iterator[Finding]:
    for row in rows.judgments:
        if period.holds(row.decided_on) and row.sentence is not None:
            known = row.sentence is not Sentence.UNKNOWN
            yield Finding(row.case_id, row.sentence is Sentence.CUSTODIAL if known else None)


def _diverted(rows: Rows, period: Period) -> Iterator[Finding]:
    yield from (Finding(row.case_id, True) for row in rows.diversions if period.holds(row.ordered_on))
    for row in rows.judgments:
        if period.holds(row.decided_on) and row.sentence is not None:
            yield Finding(row.case_id, False)


def released(rows: Rows, period: Period) -> Iterator[tuple[DetentionRow, date]]:
    """Yield the detentions from which a child went free in the period, each with the day."""
    for row in rows.detentions:
        if row.ended_on is not None and period.holds(row.ended_on) and row.end_reason in RELEASES:
            yield row, row.ended_on


def _cared_for_after(rows: Rows, period: Period) -> Iterator[Finding]:
    plans, follow_ups = by_case(rows.plans), by_case(rows.follow_ups)
    for row, on in released(rows, period):
        until = months_after(on, 3)
        last = min(until, period.last)
        planned = any(
            plan.begun_on <= last and (plan.ended_on is None or plan.ended_on >= on)
            for plan in plans.get(row.case_id, ())
        )
        found = any(each.answered and on <= each.done_on <= last for each in follow_ups.get(row.case_id, ()))
        yield Finding(row.case_id, so_far(planned or found, until, period))


JUSTICE: tuple[Indicator, ...] = (
    Indicator(
        "children-arrested", N_("Children arrested"),
        N_("Children of this office who were arrested in the period. It is a count, never a rate of the area."),
        Unit.COUNT, count(_arrested, Per.CHILD), number=1,
    ),
    Indicator(
        "children-detained", N_("Children in detention"),
        N_("Children of this office held on the last day of the period, without police custody after an arrest."),
        Unit.COUNT, count(_detained, Per.CHILD), number=2, core=True,
    ),
    Indicator(
        "pre-sentence", N_("Detained children held before a sentence"),
        N_("Of the children in detention on the last day of the period, those in pre-trial detention."),
        Unit.PERCENT, share(_before_sentence, Per.CHILD), number=3, core=True,
    ),
    Indicator(
        "time-before-sentence", N_("Time in detention before a sentence"),
        N_("Days in pre-trial detention, in cases where it ended in the period. Those still held are told beside it."),
        Unit.DAYS, spread(time_before_sentence), number=4,
    ),
    Indicator(
        "time-after-sentence", N_("Time in detention after a sentence"),
        N_(
            "Days in prison after a sentence, also while an appeal is awaited, in cases where it ended in the period. "
            "Those still held are told beside it."
        ),
        Unit.DAYS, spread(_time_after_sentence), number=5,
    ),
    Indicator(
        "deaths", N_("Deaths in detention"),
        N_("Children of this office who died in detention in the period."),
        Unit.COUNT, count(_died, Per.CHILD), number=6,
    ),
    Indicator(
        "not-apart", N_("Detained children not wholly apart from adults"),
        N_(
            "Children detained in the period, by the last visit that tells, else by the record of the detention. Apart "
            "at night only is not wholly apart."
        ),
        Unit.PERCENT, share(_not_apart, Per.CHILD), number=7,
    ),
    Indicator(
        "family-contact", N_("Detained children visited by the family"),
        N_(
            "Children detained in the period who met a parent, a guardian or an adult relative in the three months "
            "before its last day, or before the end of the detention. A telephone call is no visit."
        ),
        Unit.PERCENT, share(_family_came, Per.CHILD), number=8,
    ),
    Indicator(
        "custodial-sentences", N_("Sentenced children sent to prison"),
        N_(
            "Of the children sentenced in the period, those who have to serve a term or a part of one. A measure in "
            "place of a penalty counts as a sentence."
        ),
        Unit.PERCENT, share(_sent_to_prison, Per.CHILD), number=9, core=True,
    ),
    Indicator(
        "diverted", N_("Children diverted before a sentence"),
        N_("Of the children with a diversion order or a sentence in the period, those with a diversion order."),
        Unit.PERCENT, share(_diverted, Per.CHILD), number=10, core=True,
    ),
    Indicator(
        "after-care", N_("Released children who get after-care"),
        N_(
            "Of the children released in the period, those with a reintegration plan, or a follow-up that found "
            "something out, within three months. Where these are not over yet, it is not known."
        ),
        Unit.PERCENT, share(_cared_for_after, Per.CHILD), number=11,
    ),
)  # fmt: skip
