"""An indicator split into groups: by sex, age, offence, place, and by grounds on which children are treated worse."""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.measures.grounds import Ground
from casemgr.measures.groups import Grouping, Label, grouped
from casemgr.measures.indicators.rows import CaseRow, Rows
from casemgr.measures.indicators.values import Indicator, Period, Unit, Value
from casemgr.measures.small_cells import is_small, masked
from casemgr.pace import Pace
from casemgr.records.case import OffenceClass
from casemgr.records.fields import Answer


def _sex(row: CaseRow) -> Sequence[Label]:
    return (row.sex,)


def _age_band(row: CaseRow) -> Sequence[Label]:
    return (row.age_band,)


def _category(row: CaseRow) -> Sequence[Label]:
    return row.categories or (None,)


_GRAVITY = (OffenceClass.FELONY, OffenceClass.MISDEMEANOUR, OffenceClass.PETTY, OffenceClass.NOT_AN_OFFENCE)


def _gravest(row: CaseRow) -> Sequence[Label]:
    return (next((known for known in _GRAVITY if known in row.classes), None),)


def _province(row: CaseRow) -> Sequence[Label]:
    return (row.province,)


def _role(row: CaseRow) -> Sequence[Label]:
    return (row.role,)


def _on(ground: Ground) -> Callable[[CaseRow], Sequence[Label]]:
    return lambda row: (row.grounds.get(ground, Answer.UNKNOWN),)


GROUPINGS: tuple[Grouping[CaseRow], ...] = (
    Grouping("sex", N_("Sex"), _sex),
    Grouping("age-band", N_("Age at the offence"), _age_band),
    Grouping("category", N_("Kind of offence"), _category, several=True),
    Grouping("offence-class", N_("Gravest class of the offences"), _gravest),
    Grouping("province", N_("Province of the home"), _province),
    Grouping("role", N_("Role of the child"), _role),
    *(Grouping(ground.value, ground.label, _on(ground), leaves_office=not ground.kept_in) for ground in Ground),
)
"""The ways to split an indicator. What a ground is known from stands in Ground.meaning."""


class Table(NamedTuple):
    """An indicator by groups. A value of None is left out, so that nobody can be recognised."""

    indicator: Indicator
    grouping: Grouping[CaseRow]
    rows: tuple[tuple[Label, Value | None], ...]
    total: Value | None


class Divided(NamedTuple):
    """The rows of an office, and by one grouping those of each group that has a case."""

    grouping: Grouping[CaseRow]
    rows: Rows
    groups: tuple[tuple[Label, Rows], ...]


def divided(rows: Rows, grouping: Grouping[CaseRow], pace: Pace | None = None) -> Divided:
    """Return the rows split once, for as many indicators as are wanted. Raises Stopped where the pace says so."""
    pace = pace or Pace()
    labels: dict[UUID, list[Label]] = {}
    known = grouped(rows.cases, grouping)
    for label, cases in known.items():
        for row in cases:
            labels.setdefault(row.case_id, []).append(label)
    split = rows.split(labels)
    return Divided(grouping, rows, tuple((label, split[label].watched(pace)) for label in known))


def table_of(indicator: Indicator, found: Divided, period: Period) -> Table:
    """Return the value of the indicator in each group, and in all. It stays in the office.

    Raises ValueError for an indicator of the whole office, which is not split.
    """
    if indicator.whole_office:
        raise ValueError(indicator.key)
    split = tuple((label, indicator.measure(own, period)) for label, own in found.groups)
    return Table(indicator, found.grouping, split, indicator.measure(found.rows, period))


def table(indicator: Indicator, grouping: Grouping[CaseRow], rows: Rows, period: Period) -> Table:
    """Return the value of one indicator in each group that has a case, and in all; see table_of."""
    return table_of(indicator, divided(rows, grouping), period)


def table_for_outside(whole: Table) -> Table:
    """Return a table as it may leave the office: small groups left out, and no trace of single cases.

    Raises ValueError for a grouping that never leaves it.
    """
    if not whole.grouping.leaves_office:
        raise ValueError(whole.grouping.key)
    known, unit = [(label, value) for label, value in whole.rows if value is not None], whole.indicator.unit
    if whole.total is None or len(known) != len(whole.rows):
        return whole
    hidden, no_total = masked([parts(value, unit) for _, value in known], parts(whole.total, unit))
    return whole._replace(
        rows=tuple((label, None if place in hidden else _bare(value)) for place, (label, value) in enumerate(known)),
        total=None if no_total else _bare(whole.total),
    )


def value_for_outside(value: Value, unit: Unit) -> Value | None:
    """Return a value that stands alone as it may leave the office; None where so few could be recognised by it."""
    return None if is_small(parts(value, unit)) else _bare(value)


def parts(value: Value, unit: Unit) -> tuple[int, ...]:
    """Return by how many a value can be recognised: the cases behind each of its parts, and the parts themselves.

    Six arrests of one child are six, and one case.
    """
    cases = (len(value.cases), len(value.others), len(value.unknown_cases))
    match unit:
        case Unit.RATIO:
            return cases
        case Unit.DAYS | Unit.HOURS:
            return *cases, value.numerator, value.spread.running if value.spread else 0, value.unknown
        case _:
            return *cases, value.numerator, value.denominator - value.numerator, value.unknown


def _bare(value: Value) -> Value:
    """Without the cases behind it, and without the longest of its lengths, which are those of one child each."""
    spread = value.spread._replace(longest=None, longest_running=None) if value.spread else None
    return value._replace(cases=(), others=(), unknown_cases=(), spread=spread)
