"""Who of the office's contacts has a part in a case."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.columns import field
from casemgr.records.contact import ContactRole
from casemgr.records.fields import Group
from casemgr.records.stage import Order, RecordKind, Stage

PART = Group("part", N_("Part in the case"))


class CaseContact(CaseRecord):
    """The part one contact has in one case. contact_id: whom, None only before it is kept."""

    __tablename__ = "case_contact"
    __table_args__ = (sa.Index("case_contact_listed", "case_id", "role", "contact_id"),)
    title: ClassVar[str] = N_("Contact in the case")

    contact_id: Mapped[UUID] = mapped_column(sa.ForeignKey("contact.id"), index=True, default=None)

    role: Mapped[ContactRole | None] = field(
        N_("Role in the case"), group=PART, required=True, sample=ContactRole.LAWYER
    )
    since: Mapped[date | None] = field(N_("Since"), group=PART, sample=date(2026, 11, 23))
    until: Mapped[date | None] = field(
        N_("Until"), group=PART, sample=date(2027, 5, 31), help=N_("Empty while it goes on.")
    )
    remark: Mapped[str | None] = field(N_("Remark"), group=PART, sample="មេធាវីការពារកុមារចាប់ពីនៅនគរបាល")


CASE_CONTACT_RECORD = RecordKind(
    key="case-contact",
    record=CaseContact,
    orders=(Order("since", "until", N_("The part in the case would end before it began.")),),
)

CONTACTS = Stage("contacts", N_("Contacts"), (CASE_CONTACT_RECORD,))
