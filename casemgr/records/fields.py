"""What the program knows of a field beyond its type: declared once, read by screen, paper and export."""

import dataclasses
import enum
from collections.abc import Callable
from datetime import date, datetime
from types import UnionType
from typing import Any, Union, dataclass_transform, get_args, get_origin, get_type_hints

import sqlalchemy as sa

from casemgr.clock import PartialDate
from casemgr.i18n import N_


class Kind(enum.Enum):
    """The closed set of kinds of field. Each has one widget, one way on paper, one way in an export."""

    LINE = "line"
    TEXT = "text"  # several lines
    NUMBER = "number"
    MONEY = "money"  # whole riel
    DATE = "date"
    MOMENT = "moment"  # date and time of day
    PARTIAL_DATE = "partial-date"
    CHOICE = "choice"
    CHOICES = "choices"
    PLACE = "place"  # official code of 2, 4, 6 or 8 digits, kept as text
    PHONE = "phone"
    ROWS = "rows"


class Choice(enum.Enum):
    """A coded answer: the value is a stable ASCII code, the label a message of the catalogue.

    Members are declared as CODE = "code", N_("Label"). A retired member, CODE = "code", N_("Label"), True, is offered
    no more but stays shown and printed where it is already the answer.
    """

    label: str
    retired: bool
    __hash__ = object.__hash__  # there is one of each; an Enum's own looks up its name each time, which takes long

    def __new__(cls, code: str, label: str, retired: bool = False) -> "Choice":
        """Make the member: its value is the code alone."""
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        member.retired = retired
        return member


class Answer(Choice):
    """The answer to a yes-or-no question. No answer yet is None."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_ASKED = "not-asked", N_("Not asked")


class Rating(Choice):
    """The ministry's scale of its case forms: 4 is best, and what is rated 1 or 2 goes into the plan."""

    WEAK = "1", N_("1 weak")
    MEDIUM = "2", N_("2 medium")
    GOOD = "3", N_("3 good")
    VERY_GOOD = "4", N_("4 very good")


@dataclasses.dataclass(frozen=True)
class Group:
    """Fields that stand together under one heading. number is the section's number on paper, where it has one."""

    key: str
    label: str
    help: str | None = None
    number: str | None = None


@dataclasses.dataclass(frozen=True)
class FieldInfo:
    """One thing the worker is asked, or one column of a table inside a record."""

    name: str
    label: str
    kind: Kind
    group: Group | None = None
    help: str | None = None
    required: bool = False
    restricted: bool = False
    retired: bool = False
    computed: bool = False
    shown_when: Callable[[Any], bool] | None = None
    sample: Any = None
    number: str | None = None
    choices: type[Choice] | None = None
    row: "type[Row] | None" = None

    def is_shown(self, record: object) -> bool:
        """Return whether the question arises in this record: asked, and not retired unless already answered."""
        if self.retired and getattr(record, self.name) in (None, ()):
            return False
        return self.shown_when is None or self.shown_when(record)


KEY = "casemgr.field"
"""Where a column or a cell keeps what was said of it."""


def cell(label: str, *, kind: Kind | None = None, **info: Any) -> Any:
    """Declare one column of a table inside a record (a member of a Row): as field, without groups and conditions."""
    return dataclasses.field(default=None, metadata={KEY: {"label": label, "kind": kind, **info}})


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(cell,))
class Row:
    """A line of a table inside a record; subclasses declare their columns with cell() and are frozen dataclasses."""

    def __init_subclass__(cls) -> None:
        """Make the subclass a dataclass."""
        dataclasses.dataclass(frozen=True, kw_only=True, repr=False)(cls)


def fields_of(declared: type[Any]) -> tuple[FieldInfo, ...]:
    """Return the fields of a record class or of a Row class, in the order of their declaration."""
    if declared not in _fields:
        _fields[declared] = _read_fields(declared)
    return _fields[declared]


_fields: dict[type[Any], tuple[FieldInfo, ...]] = {}


def _read_fields(declared: type[Any]) -> tuple[FieldInfo, ...]:
    if issubclass(declared, Row):
        hints = get_type_hints(declared)
        return tuple(
            _info(member.name, member.metadata[KEY], _kind_of_annotation(hints[member.name]))
            for member in dataclasses.fields(declared)  # type: ignore[arg-type]
        )
    return tuple(column_info(column) for column in declared.__table__.columns if KEY in column.info)


def column_info(column: Any) -> FieldInfo:
    """Return what is known of any column of a record; of one that no worker is asked, the kind of its values alone."""
    return _info(column.key, column.info.get(KEY, {"label": "", "kind": None}), _kind_of_column(column.type))


def field_of(declared: type[Any], name: str) -> FieldInfo:
    """Return one field. Raises KeyError when the record has none of that name."""
    for info in fields_of(declared):
        if info.name == name:
            return info
    raise KeyError(name)


def _info(name: str, said: dict[str, Any], derived: dict[str, Any]) -> FieldInfo:
    said = dict(said)
    kind = said.pop("kind") or derived.pop("kind")
    derived.pop("kind", None)
    return FieldInfo(name=name, kind=kind, **derived, **said)


def _kind_of_column(column: Any) -> dict[str, Any]:
    """Return what a column's type says: our own types (types.py) name their kind, choices and row themselves."""
    if isinstance(column, sa.Date | sa.Integer):
        return {"kind": Kind.DATE if isinstance(column, sa.Date) else Kind.NUMBER}
    told = {name: getattr(column, name, None) for name in ("choices", "row")}
    return {"kind": getattr(column, "field_kind", Kind.LINE), **told}


_KINDS_OF_CELLS = {str: Kind.LINE, int: Kind.NUMBER, datetime: Kind.MOMENT, date: Kind.DATE,
                   PartialDate: Kind.PARTIAL_DATE}  # fmt: skip


def _kind_of_annotation(annotation: Any) -> dict[str, Any]:
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    if isinstance(annotation, type) and issubclass(annotation, Choice):
        return {"kind": Kind.CHOICE, "choices": annotation}
    return {"kind": _KINDS_OF_CELLS[annotation]}
