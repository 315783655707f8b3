"""What every record has."""

import enum
from datetime import datetime
from typing import Any, ClassVar, dataclass_transform
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, declared_attr, mapped_column

from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.records.fields import Choice
from casemgr.records.types import ChoiceCode, Moment, PartialDateText


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(mapped_column,))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """Every table of an office. Two objects are equal only when they are the same object; no repr shows an answer."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        PartialDate: PartialDateText(),
        Choice: ChoiceCode(),
        enum.Enum: ChoiceCode(),
        str: sa.Text(),
    }


class Record(Base):
    """Something that is written down and kept: it has an identity, a version, and the times of its life.

    version counts the edits, so that an edit somebody else made first is noticed. created_at, changed_at: Phnom Penh
    time, set by the store.
    """

    __abstract__ = True
    title: ClassVar[str] = N_("Record")

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4, sort_order=-9)
    version: Mapped[int] = mapped_column(default=0, sort_order=-8)
    created_at: Mapped[datetime | None] = mapped_column(default=None, sort_order=-7)
    changed_at: Mapped[datetime | None] = mapped_column(default=None, sort_order=-6)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let the store notice an edit that somebody else made first."""
        return {"version_id_col": cls.__table__.c.version}

    def __repr__(self) -> str:
        """Return class and identity, never an answer."""
        return f"<{type(self).__name__} {self.id}>"


class CaseRecord(Record):
    """A record of one case."""

    __abstract__ = True

    case_id: Mapped[UUID] = mapped_column(sa.ForeignKey("case.id"), index=True, default=None, sort_order=-5)
