"""What the dry run of an import tells of each row."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from casemgr.i18n import N_, Words
from casemgr.services.import_reading import OpenList


class RowStanding(enum.Enum):
    """What would become of a row. The value is a message."""

    NEW = N_("New child, new case")
    SAME_CHILD = N_("Same child, new case")
    HERE = N_("Here already")
    WRONG = N_("To be mended")


class Remark(NamedTuple):
    """What is said of a row: in which column (None: of the row as a whole), a message and what fills its slots.

    unquoted: the message in its place wherever nobody's name may stand, since this one quotes the cell; else empty.
    """

    column: str | None
    message: str
    slots: Mapping[str, str] = {}
    unquoted: str = ""

    def say(self, words: Words, *, quoting: bool = False) -> str:
        """Return it in these words. quoting: with what stands in the cell, which may be a name, as on the screen."""
        if self.unquoted and not quoting:
            return words.text(self.unquoted)
        return words.text(self.message, **self.slots)


@dataclass(repr=False)
class CheckedRow:
    """A row and what would become of it. number: its line in the list. child_code: of the child it is about.

    why: by what the child or case is the same. problems: what is to be mended; remarks: what is good to know. child_id
    is that of the child here, or of the earlier row (of_row) that brings it. typed: texts that do not fit their column.
    """

    number: int
    values: dict[str, Any]
    standing: RowStanding = RowStanding.NEW
    child_code: str = ""
    why: str = ""
    problems: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    child_id: UUID | None = None
    of_row: int | None = None
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def is_written(self) -> bool:
        """Whether something is written for it."""
        return self.standing in (RowStanding.NEW, RowStanding.SAME_CHILD)


@dataclass(frozen=True, repr=False)
class DryRun:
    """What would become of a list. seen: the number of the newest line of the audit trail when it was looked at."""

    opened: OpenList
    rows: tuple[CheckedRow, ...]
    seen: int = 0

    def of(self, standing: RowStanding) -> tuple[CheckedRow, ...]:
        """Return the rows of that standing."""
        return tuple(row for row in self.rows if row.standing is standing)

    def count(self, standing: RowStanding) -> int:
        """Return how many rows have that standing."""
        return sum(row.standing is standing for row in self.rows)
