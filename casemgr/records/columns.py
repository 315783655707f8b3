"""How a record declares a column that a worker fills."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

from casemgr.records.fields import KEY, Choice, Kind, Row
from casemgr.records.types import ChoiceCodes, RowsJson


def field(
    label: str,
    *,
    kind: Kind | None = None,
    choices: type[Choice] | None = None,
    rows: type[Row] | None = None,
    column: sa.types.TypeEngine[Any] | None = None,
    default: Any = None,
    foreign_key: str | None = None,
    **info: Any,
) -> Any:
    """Declare a column that a worker fills: mapped_column with all that its readers need.

    The annotation gives the type (str, int, date, datetime, PartialDate, a Choice); kind says which of several kinds
    with that type (TEXT, MONEY, PLACE, PHONE). Several answers: Mapped[tuple[X, ...]] with choices=X. A table:
    Mapped[tuple[X, ...]] with rows=X, a Row. Further words are those of FieldInfo: group, help, required (its absence
    is shown and listed, and never blocks saving), restricted (for named staff only, once there are roles), retired,
    computed (set by the program: shown, never typed), shown_when (given the record, says whether the question
    arises), sample (what the invented example answers), number (on paper, such as "2.5").
    """
    if choices is not None or rows is not None:
        column = ChoiceCodes(choices) if choices is not None else RowsJson(rows)
        default = () if default is None else default
    keys = [sa.ForeignKey(foreign_key)] if foreign_key else []
    more = {KEY: {"label": label, "kind": kind, **info}}
    if column is not None:
        return mapped_column(column, *keys, default=default, info=more)
    if default is not None:  # a new record has it; an answer that was taken out again stays out when it is kept
        return mapped_column(*keys, default_factory=lambda: default, info=more)
    return mapped_column(*keys, default=None, info=more)
