"""Indicators of the office's own work: caseload, deadlines, and how complete its records are."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.measures.indicators.first_days import end_of
from casemgr.measures.indicators.rows import FieldState, Rows
from casemgr.measures.indicators.values import Finding, Indicator, Period, Spread, Unit, Value, count, share
from casemgr.measures.survival import quantile


def _caseload(rows: Rows, period: Period) -> Value:
    """Open cases to a worker who has any; the spread is that of the single workers. Unknown: cases without a worker."""
    still_open = [
        row for row in rows.cases
        if row.opened_on is not None and row.opened_on <= period.last
        and (row.closed_on is None or row.closed_on > period.last)
    ]  # fmt: skip
    carried: dict[UUID, list[UUID]] = {}
    for row in still_open:
        if row.worker_id is not None:
            carried.setdefault(row.worker_id, []).append(row.case_id)
    loads = [len(cases) for cases in carried.values()]
    nobody = tuple(row.case_id for row in still_open if row.worker_id is None)
    spread = Spread(
        quantile(loads, 0.25), quantile(loads, 0.5), quantile(loads, 0.75), max(loads, default=None), 0, None, None
    )
    return Value(
        sum(loads) / len(loads) if loads else None, sum(loads), len(loads), len(nobody),
        tuple(case_id for cases in carried.values() for case_id in cases), (), nobody, spread,
    )  # fmt: skip


def _overdue(rows: Rows, period: Period) -> Iterator[Finding]:
    end = end_of(period.last)
    for row in rows.deadlines:
        if row.ended_at is None or row.ended_at >= end:
            yield Finding(row.case_id, row.due_at < end)


def _fields(rows: Rows, period: Period) -> Iterator[tuple[UUID, str, FieldState]]:
    opened = {row.case_id for row in rows.cases if period.holds(row.opened_on)}
    return ((row.case_id, *each) for row in rows.fields if row.case_id in opened for each in row.states)


def _answered(rows: Rows, period: Period) -> Iterator[Finding]:
    for case_id, _, state in _fields(rows, period):
        yield Finding(case_id, state is FieldState.ANSWERED)


def _said_unknown(rows: Rows, period: Period) -> Iterator[Finding]:
    for case_id, _, state in _fields(rows, period):
        yield Finding(case_id, state is FieldState.UNKNOWN)


class Completeness(NamedTuple):
    """How one field stands in the cases opened in the period: answered, answered with unknown, empty."""

    field: str
    answered: int
    unknown: int
    empty: int
    lacking: tuple[UUID, ...]


def completeness_by_field(rows: Rows, period: Period) -> tuple[Completeness, ...]:
    """Return how each required field stands, the one most often lacking first. lacking: the cases where it is empty."""
    states: dict[str, list[tuple[UUID, FieldState]]] = {}
    for case_id, field, state in _fields(rows, period):
        states.setdefault(field, []).append((case_id, state))
    found = [
        Completeness(
            field,
            answered=sum(state is FieldState.ANSWERED for _, state in own),
            unknown=sum(state is FieldState.UNKNOWN for _, state in own),
            empty=sum(state is FieldState.EMPTY for _, state in own),
            lacking=tuple(dict.fromkeys(case_id for case_id, state in own if state is FieldState.EMPTY)),
        )
        for field, own in states.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.empty, -each.unknown, each.field)))


OFFICE: tuple[Indicator, ...] = (
    Indicator(
        "caseload", N_("Open cases to a worker"),
        N_("Cases open on the last day of the period, for each worker who carries any. Unknown are those of nobody."),
        Unit.RATIO, _caseload, whole_office=True,
    ),
    Indicator(
        "overdue", N_("Deadlines overdue"),
        N_("Deadlines that were over and not met on the last day of the period."),
        Unit.COUNT, count(_overdue),
    ),
    Indicator(
        "complete", N_("Required questions answered"),
        N_("Of the required questions that arise in cases opened in the period, those that somebody could answer."),
        Unit.PERCENT, share(_answered),
    ),
    Indicator(
        "answered-unknown", N_("Required questions answered with unknown"),
        N_("Of the required questions that arise in cases opened in the period, those where nobody knew or asked."),
        Unit.PERCENT, share(_said_unknown),
    ),
)  # fmt: skip
