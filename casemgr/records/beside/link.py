"""Links: another child of the office who has to do with this case."""

from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.columns import field
from casemgr.records.fields import Choice, Group
from casemgr.records.stage import RecordKind, Stage


class LinkRelation(Choice):
    """What the other child is to this one, or in this case."""

    CO_ACCUSED = "co-accused", N_("Co-accused")
    SIBLING = "sibling", N_("Brother or sister")
    RELATIVE = "relative", N_("Other relative")
    VICTIM = "victim", N_("Victim in this case")
    WITNESS = "witness", N_("Witness in this case")
    HOUSEHOLD = "household", N_("Lives in the same home")
    OTHER = "other", N_("Other")


OTHER_CHILD = Group("other-child", N_("The other child"))


class Link(CaseRecord):
    """A link to another child. other_child_id: None only before it is kept; other_case_id: None where none is meant."""

    __tablename__ = "link"
    title: ClassVar[str] = N_("Link to another child")

    other_child_id: Mapped[UUID] = mapped_column(sa.ForeignKey("child.id"), index=True, default=None)
    other_case_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("case.id"), index=True, default=None)

    relation: Mapped[LinkRelation | None] = field(
        N_("What the other child is"), group=OTHER_CHILD, required=True, sample=LinkRelation.CO_ACCUSED
    )
    remark: Mapped[str | None] = field(N_("Remark"), group=OTHER_CHILD, sample="ត្រូវបានចាប់ខ្លួននៅថ្ងៃតែមួយ")


LINK_RECORD = RecordKind(key="link", record=Link)

LINKS = Stage("links", N_("Links to other children"), (LINK_RECORD,))
