"""How the program's own kinds of value stand in a table's columns.

Each names result_processor itself, what SQLAlchemy would else make of process_result_value: the text below is what the
driver gives, so nothing is left out, and a record is read in two thirds of the time.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from casemgr.clock import PartialDate
from casemgr.records.fields import Choice, Kind, Row
from casemgr.records.plain import read_moment, reader_of_choice, row_from_plain, to_plain

_NOTHING = (None, "", "[]")
"""What stands where several answers or lines could stand and none do."""


class _Answers(dict[str | None, Choice | None]):
    """The answers by their codes; none where there is none."""

    def __init__(self, choices: type[Choice]) -> None:
        super().__init__({choice.value: choice for choice in choices})
        self[None] = None

    def __missing__(self, code: str | None) -> None:
        raise ValueError(code)


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone, stored as UTC text that sorts by time; comes back in Phnom Penh time."""

    impl = sa.String(20)
    cache_ok = True
    field_kind = Kind.MOMENT

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """Raises ValueError for a moment without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[str | None], datetime | None]:  # noqa: ARG002
        """Return what reads the moment in Phnom Penh time."""
        return lambda value: None if value is None else read_moment(value)


class PartialDateText(TypeDecorator[PartialDate]):
    """A date known in part, in its stored form."""

    impl = sa.String(24)
    cache_ok = True
    field_kind = Kind.PARTIAL_DATE

    def process_bind_param(self, value: PartialDate | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """Return the stored form."""
        return None if value is None else value.text

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[str | None], PartialDate | None]:  # noqa: ARG002
        """Return what reads the date."""
        return lambda value: None if value is None else PartialDate.parse(value)


class ChoiceCode(TypeDecorator[Choice]):
    """One coded answer, stored as its code."""

    impl = sa.String(40)
    cache_ok = True
    field_kind = Kind.CHOICE

    def __init__(self, choices: type[Choice] | None = None) -> None:
        """Take the class of the answers."""
        super().__init__()
        self.choices = choices

    def _resolve_for_python_type(self, python_type: Any, matched_on: Any, matched_on_flattened: Any) -> Any:  # noqa: ARG002
        """Make the type for the very Choice class of an annotation."""
        return ChoiceCode(python_type)

    def process_bind_param(self, value: Choice | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        """Return the code."""
        return None if value is None else str(value.value)

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[str | None], Choice | None]:  # noqa: ARG002
        """Return what finds the answer. It raises ValueError for a code this version does not know."""
        assert self.choices is not None  # noqa: S101  (every column names its class)
        return _Answers(self.choices).__getitem__


class ChoiceCodes(TypeDecorator[tuple[Choice, ...]]):
    """Several coded answers, stored as a JSON list of codes; none is an empty tuple."""

    impl = sa.Text
    cache_ok = True
    field_kind = Kind.CHOICES

    def __init__(self, choices: type[Choice]) -> None:
        """Take the class of the answers."""
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: tuple[Choice, ...] | None, dialect: sa.Dialect) -> str:  # noqa: ARG002
        """Return the list of codes."""
        return json.dumps([answer.value for answer in value or ()])

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[str | None], tuple[Choice, ...]]:  # noqa: ARG002
        """Return what reads the answers. It raises ValueError for a code this version does not know."""
        read = reader_of_choice(self.choices)
        return lambda value: () if value in _NOTHING else tuple(map(read, json.loads(value)))


class RowsJson(TypeDecorator[tuple[Row, ...]]):
    """The lines of a table inside a record, stored as a JSON list of objects; none is an empty tuple."""

    impl = sa.Text
    cache_ok = True
    field_kind = Kind.ROWS

    def __init__(self, row: type[Row] | None) -> None:
        """Take the class of the lines."""
        super().__init__()
        self.row = row

    def process_bind_param(self, value: tuple[Row, ...] | None, dialect: sa.Dialect) -> str:  # noqa: ARG002
        """Return the lines as JSON."""
        return json.dumps([to_plain(row) for row in value or ()], ensure_ascii=False)

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[str | None], tuple[Row, ...]]:  # noqa: ARG002
        """Return what reads the lines."""
        row: Any = self.row
        return lambda value: () if value in _NOTHING else tuple(row_from_plain(row, line) for line in json.loads(value))


class StaffIds(TypeDecorator[tuple[UUID, ...]]):
    """Staff members by their identity, stored as a JSON list; none is an empty tuple."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[UUID, ...] | None, dialect: sa.Dialect) -> str:  # noqa: ARG002
        """Return the list as JSON."""
        return json.dumps([str(each) for each in value or ()])

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[str | None], tuple[UUID, ...]]:  # noqa: ARG002
        """Return what reads the identities."""
        return lambda value: () if value in _NOTHING else tuple(UUID(each) for each in json.loads(value))
