"""Records and answers as plain values (text, numbers, lists): for the audit trail, drafts, JSON and comparison."""

from datetime import date, datetime
from typing import Any, TypeVar

from casemgr.clock import PHNOM_PENH, PartialDate
from casemgr.records.fields import Choice, FieldInfo, Kind, Row, fields_of

RowClass = TypeVar("RowClass", bound=Row)


def to_plain(value: Any) -> Any:
    """Return an answer as JSON can hold it: moments as ISO 8601 with +07:00, choices as codes, lines as objects."""
    match value:
        case Choice():
            return value.value
        case Row():
            answers = ((info.name, getattr(value, info.name)) for info in fields_of(type(value)))
            return {name: to_plain(answer) for name, answer in answers if answer is not None}
        case PartialDate():
            return value.text
        case datetime():
            return value.astimezone(PHNOM_PENH).isoformat()
        case date():
            return value.isoformat()
        case tuple() | list():
            return [to_plain(part) for part in value]
        case _:
            return value


def from_plain(info: FieldInfo, plain: Any) -> Any:
    """Return the answer that to_plain made plain. Raises ValueError when it is none of this field."""
    if info.kind is Kind.CHOICES and info.choices is not None:
        return tuple(info.choices(code) for code in plain or ())  # type: ignore[call-arg]
    if info.kind is Kind.ROWS and info.row is not None:
        return tuple(row_from_plain(info.row, line) for line in plain or ())
    if plain is None:
        return None
    match info.kind:
        case Kind.CHOICE if info.choices is not None:
            return info.choices(plain)  # type: ignore[call-arg]
        case Kind.MOMENT:
            return datetime.fromisoformat(plain).astimezone(PHNOM_PENH)
        case Kind.DATE:
            return date.fromisoformat(plain)
        case Kind.PARTIAL_DATE:
            return PartialDate.parse(plain)
        case _:
            return plain


def row_from_plain(row: type[RowClass], plain: dict[str, Any]) -> RowClass:
    """Return the line of a table that to_plain made plain; columns that are no more are passed over."""
    return row(**{info.name: from_plain(info, plain.get(info.name)) for info in fields_of(row)})


def answers_of(record: object) -> dict[str, Any]:
    """Return all fields of a record as plain values, by name; unanswered ones are None or an empty list."""
    return {info.name: to_plain(getattr(record, info.name)) for info in fields_of(type(record))}
