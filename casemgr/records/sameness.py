"""Whether two records are of one child, as a worker decided it. Records are linked, never put together."""

from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.i18n import N_
from casemgr.records.base import Base, Record
from casemgr.records.columns import field
from casemgr.records.fields import Choice, Group


class Verdict(Choice):
    """What a worker decided of two records."""

    SAME = "same", N_("The same child")
    NOT_SAME = "not-same", N_("Not the same child")


DECIDED = Group("decided", N_("Decided"))


class Sameness(Record):
    """A decision about two records of children. To take it back is to remove it; the audit trail keeps it.

    one_id, other_id: the two children, the lesser identity first, so that there is one decision for two.
    """

    __tablename__ = "sameness"
    __table_args__ = (sa.Index("sameness_of_two", "one_id", "other_id", unique=True),)
    title: ClassVar[str] = N_("The same child?")

    one_id: Mapped[UUID] = mapped_column(sa.ForeignKey("child.id"), default=None)
    other_id: Mapped[UUID] = mapped_column(sa.ForeignKey("child.id"), index=True, default=None)
    verdict: Mapped[Verdict | None] = field(N_("Decision"), group=DECIDED, sample=Verdict.SAME)


class PersonOf(Base):
    """Which child a record is of, where several records are of one: person_id is the identity of the first of them.

    Follows from the decisions. Of a child with one record there is no row.
    """

    __tablename__ = "person_of"

    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(index=True)
