"""The people who work with the program."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.columns import field
from casemgr.records.fields import Kind


class StaffMember(Record):
    """Somebody who may open the office. The password is no part of this record; it lives in the key file."""

    __tablename__ = "staff_member"
    title: ClassVar[str] = N_("Staff member")

    name: Mapped[str | None] = field(N_("Name"), required=True)
    name_latin: Mapped[str | None] = field(N_("Name in Latin letters"))
    function: Mapped[str | None] = field(N_("Function"))
    phone: Mapped[str | None] = field(N_("Telephone"), kind=Kind.PHONE)
    active: Mapped[bool] = mapped_column(default=True)
