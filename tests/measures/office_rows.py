"""Rows of an invented office, made short."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from casemgr.clock import local
from casemgr.measures.indicators import INDICATORS
from casemgr.measures.indicators.rows import ArrestRow, CaseRow, DetentionRow, Rows
from casemgr.measures.indicators.values import Indicator, Period, Value
from casemgr.records.pathway.detention_answers import DetentionBasis

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
_SPACE = UUID(int=7)


def case_id(number: int) -> UUID:
    return uuid5(_SPACE, f"case {number}")


def child_id(number: int) -> UUID:
    return uuid5(_SPACE, f"child {number}")


def case(number: int, child: int | None = None, **more: Any) -> CaseRow:
    """A case opened in the period, of the child of the same number unless another is named."""
    opened = {"opened_on": date(2026, 3, 1)}
    return CaseRow(case_id(number), child_id(number if child is None else child), **(opened | more))


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def moment(month: int, number: int, hour: int = 0, minute: int = 0) -> datetime:
    return local(2026, month, number, hour, minute)


def arrest(number: int, at: datetime | None = None, **more: Any) -> ArrestRow:
    known = {"on": at.date() if at else day(3, 1), "arrested_at": at}
    return ArrestRow(case_id(number), **(known | more))


def detention(number: int, since: date, until: date | None = None, **more: Any) -> DetentionRow:
    return DetentionRow(case_id(number), since, until, **({"basis": DetentionBasis.PRETRIAL} | more))


def indicator(key: str) -> Indicator:
    (found,) = (each for each in INDICATORS if each.key == key)
    return found


def value(key: str, period: Period = YEAR, **rows: Any) -> Value:
    """The value of an indicator over these rows; cases 1 to 20, each of its own child, where none are given."""
    cases = rows.pop("cases", tuple(case(number) for number in range(1, 21)))
    return indicator(key).measure(Rows(cases=cases, **rows), period)


def terms(found: Value) -> tuple[int, int, int]:
    return found.numerator, found.denominator, found.unknown


def ids(*numbers: int) -> tuple[UUID, ...]:
    return tuple(case_id(number) for number in numbers)
