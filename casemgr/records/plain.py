"""Records and answers as plain values (text, numbers, lists): for the audit trail, drafts, JSON and comparison."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID, SafeUUID

from casemgr.clock import PHNOM_PENH, PartialDate
from casemgr.records.fields import Choice, FieldInfo, Kind, Row, fields_of

RowClass = TypeVar("RowClass", bound=Row)
AnyChoice = TypeVar("AnyChoice", bound=Choice)


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


def answered(plain: Any) -> Any:
    """Return a plain value, None where it is no answer, by which two answers are compared; a nought is an answer."""
    return None if plain in ("", []) else plain


def from_plain(info: FieldInfo, plain: Any) -> Any:
    """Return the answer that to_plain made plain. Raises ValueError when it is none of this field."""
    if info.kind is Kind.CHOICES and info.choices is not None:
        return tuple(map(reader_of_choice(info.choices), plain or ()))
    if info.kind is Kind.ROWS and info.row is not None:
        return tuple(row_from_plain(info.row, line) for line in plain or ())
    read = None if plain is None else _reader(info)
    return plain if read is None else read(plain)


def _reader(info: FieldInfo) -> Callable[[Any], Any] | None:
    """Return what makes an answer of what is plain, None where both are the same."""
    match info.kind:
        case Kind.CHOICE if info.choices is not None:
            return reader_of_choice(info.choices)
        case Kind.MOMENT:
            return read_moment
        case Kind.DATE:
            return date.fromisoformat
        case Kind.PARTIAL_DATE:
            return PartialDate.parse
        case _:
            return None


def read_moment(text: str) -> datetime:
    """Return the moment of that ISO 8601 text with its time zone, in Phnom Penh time. Raises ValueError."""
    return datetime.fromisoformat(text).astimezone(PHNOM_PENH)


def read_identity(stored: str | None) -> UUID | None:
    """Return the identity of 32 hexadecimal figures, in a quarter of the time its class takes, which looks them over.

    Raises ValueError for anything but figures.
    """
    if stored is None:
        return None
    number = bytes.fromhex(stored)
    if len(number) != _BYTES:
        raise ValueError("no identity")  # what stands there may be anything of a damaged file
    made = object.__new__(UUID)
    _set_number(made, int.from_bytes(number, "big"))
    _set_safety(made, SafeUUID.unknown)
    return made


_BYTES = 16
_slots: Any = vars(UUID)  # an identity cannot be changed by its names; pickle and copy fill it so too
_set_number, _set_safety = _slots["int"].__set__, _slots["is_safe"].__set__


@cache
def reader_of_choice(choices: type[AnyChoice]) -> Callable[[str], AnyChoice]:
    """Return what finds the answer with a code. It raises ValueError where there is none."""
    known = {choice.value: choice for choice in choices}

    def read(code: str) -> AnyChoice:
        try:
            return known[code]
        except KeyError:
            raise ValueError(code) from None

    return read


def row_from_plain(row: type[RowClass], plain: dict[str, Any]) -> RowClass:
    """Return the line of a table that to_plain made plain; columns that are no more are passed over."""
    declared: Any = row
    cells = {}
    for name, read in _readers(declared):
        cell = plain.get(name)
        cells[name] = cell if cell is None or read is None else read(cell)
    return row(**cells)


@cache
def _readers(row: type[Row]) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    return tuple((info.name, _reader(info)) for info in fields_of(row))


def answers_of(record: object) -> dict[str, Any]:
    """Return all fields of a record as plain values, by name; unanswered ones are None or an empty list."""
    return {info.name: to_plain(getattr(record, info.name)) for info in fields_of(type(record))}
