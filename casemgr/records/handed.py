"""A record as it goes to another office and comes from one: plain values by column, believed of nothing when read."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from dataclasses import field as member
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from casemgr.clock import PartialDate
from casemgr.records.base import Record
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.fields import FieldInfo, Kind, Row, column_info, fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.social_inquiry import Addendum
from casemgr.records.plain import from_plain, read_moment, to_plain
from casemgr.records.types import StaffIds

_KINDS: tuple[type[Record], ...] = (Child, Case, Contact, Offence, *(kind.record for kind in KINDS), Addendum)
HANDED: dict[str, type[Record]] = {kind.__name__: kind for kind in _KINDS}
"""What a case is handed over as, in this order: what belongs to another comes after it."""

_OF_ITSELF = frozenset(
    {"id", "version", "created_at", "changed_at", "search_key", "sort_key_km", "case_id", "carried_since"}
)
MOST_LETTERS, MOST_ROWS, MOST_NUMBER = 200_000, 1_000, 10**12
YEARS = range(1900, 2201)


class NotUnderstood(ValueError):  # noqa: N818  (the other program may be right, only newer)
    """A kind of record, a question or a coded answer that this version does not know."""


@dataclass(frozen=True)
class Handed:
    """A record of another office. answers: by column, those alone that were handed over. Times are those of there."""

    kind: type[Record]
    id: UUID
    version: int
    created_at: datetime | None
    changed_at: datetime | None
    answers: dict[str, Any] = member(repr=False)

    def made(self, identity: UUID | None = None, **also: Any) -> Record:
        """Return the record; also: columns that are to say something else here."""
        return self.kind(id=identity or self.id, created_at=self.created_at, **(self.answers | also))

    def plain(self) -> dict[str, Any]:
        """Return the answers as JSON can hold them."""
        return {name: _plain(value) for name, value in self.answers.items()}


@cache
def columns_of(kind: type[Record]) -> tuple[str, ...]:
    """Return the columns of a record that go along with it, save its identity and its case."""
    return tuple(column.key for column in kind.__table__.columns if column.key not in _OF_ITSELF)


def restricted_in(kind: type[Record]) -> frozenset[str]:
    """Return the names of the fields that are for named staff only."""
    return frozenset(info.name for info in fields_of(kind) if info.restricted)


def handed(record: Record, without: Collection[str] = ()) -> dict[str, Any]:
    """Return a record as JSON can hold it; without: names of columns that stay here."""
    names = (name for name in columns_of(type(record)) if name not in without)
    return {
        "type": type(record).__name__, "id": str(record.id), "version": record.version,
        "created_at": to_plain(record.created_at), "changed_at": to_plain(record.changed_at),
        "answers": {name: _plain(getattr(record, name)) for name in names},
    }  # fmt: skip


def read_handed(told: dict[str, Any]) -> Handed:
    """Return the record that `handed` made plain. Raises NotUnderstood, and ValueError for what it cannot have made."""
    if set(told) != {"type", "id", "version", "created_at", "changed_at", "answers"}:
        raise ValueError("other parts")
    kind = HANDED.get(_text(told["type"]))
    if kind is None:
        raise NotUnderstood("kind")
    answers, version = told["answers"], told["version"]
    if not isinstance(answers, dict) or not _is_number(version):
        raise ValueError("no answers")
    if unknown := answers.keys() - set(columns_of(kind)):
        raise NotUnderstood(f"columns: {len(unknown)}")
    created_at, changed_at = (None if told[name] is None else _moment(told[name]) for name in _TIMES)
    read = {name: _reader(kind, name)(plain) for name, plain in answers.items()}
    return Handed(kind, UUID(_text(told["id"])), version, created_at, changed_at, read)


_TIMES = ("created_at", "changed_at")


def plain_of(record: Record, name: str) -> Any:
    """Return what a column of a record says as JSON can hold it."""
    return _plain(getattr(record, name))


def _plain(value: Any) -> Any:
    match value:
        case UUID():
            return str(value)
        case tuple() if value and isinstance(value[0], UUID):
            return [str(each) for each in value]
        case _:
            return to_plain(value)


@cache
def _reader(kind: type[Record], name: str) -> Callable[[Any], Any]:
    """Return what reads the plain value of a column. It raises ValueError and NotUnderstood."""
    column = kind.__table__.columns[name]
    if isinstance(column.type, sa.Uuid):
        return lambda plain: None if plain is None else UUID(_text(plain))
    if isinstance(column.type, StaffIds):
        return lambda plain: tuple(UUID(_text(each)) for each in _listed(plain))
    info = column_info(column)
    return partial(checked, info)


def checked(info: FieldInfo, plain: Any) -> Any:
    """Return the answer that to_plain made plain, believing nothing of it. Raises ValueError and NotUnderstood."""
    if info.kind is Kind.ROWS and info.row is not None:
        _check_rows(info.row, _listed(plain))
        return from_plain(info, plain)
    if info.kind is Kind.CHOICES:
        return _chosen(info, [_text(each) for each in _listed(plain)])
    if plain is None:
        return None
    if info.kind is Kind.CHOICE:
        return _chosen(info, _text(plain))
    read: Callable[[Any], Any] = _READERS.get(info.kind, _text)
    return read(plain)


def _check_rows(row: type[Row], lines: list[Any]) -> None:
    cells = {cell.name: cell for cell in fields_of(row)}
    for line in lines:
        if not isinstance(line, dict):
            raise ValueError("no line of a table")
        if line.keys() - cells.keys():
            raise NotUnderstood("cells")
        for name, cell in line.items():
            checked(cells[name], cell)


def _chosen(info: FieldInfo, plain: Any) -> Any:
    try:
        return from_plain(info, plain)
    except ValueError:
        raise NotUnderstood("choice") from None


def _listed(plain: Any) -> list[Any]:
    if not isinstance(plain, list) or len(plain) > MOST_ROWS:
        raise ValueError("no list")
    return plain


def _text(plain: Any) -> str:
    if not isinstance(plain, str) or len(plain) > MOST_LETTERS or "\0" in plain:
        raise ValueError("no text")
    plain.encode()  # half a letter of two cannot be kept
    return plain


def _number(plain: Any) -> int:
    if not _is_number(plain):
        raise ValueError("no number")
    return int(plain)


def _is_number(plain: Any) -> bool:
    return isinstance(plain, int) and not isinstance(plain, bool) and 0 <= plain <= MOST_NUMBER


def _within(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError("no such year")
    return day


def _moment(plain: Any) -> datetime:
    at = datetime.fromisoformat(_text(plain))
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    _within(at.date())
    return read_moment(at.isoformat())


def _partial(plain: Any) -> PartialDate:
    text = _text(plain)
    if len(text) > 24:
        raise ValueError("no date")
    try:
        read = PartialDate.parse(text)
    except OverflowError:
        raise ValueError("no date") from None
    _within(read.earliest)
    _within(read.latest)
    return read


_READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: _number, Kind.MONEY: _number, Kind.MOMENT: _moment, Kind.PARTIAL_DATE: _partial,
    Kind.DATE: lambda plain: _within(date.fromisoformat(_text(plain))),
}  # fmt: skip
