"""The people who work with the program."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.columns import field
from casemgr.records.fields import Choice, Kind


class Role(Choice):
    """What somebody does in the office, by which the services know what they may read and change."""

    CASE_WORKER = "case-worker", N_("Case worker")
    SUPERVISOR = "supervisor", N_("Supervisor")
    DATA_OFFICER = "data-officer", N_("Data officer")
    ADMINISTRATOR = "administrator", N_("Administrator")


FIRST_ROLES = (Role.CASE_WORKER, Role.SUPERVISOR, Role.ADMINISTRATOR)
"""The roles of the first staff member of an office: there is nobody else yet."""


class StaffMember(Record):
    """Somebody who may open the office. The password is no part of this record; it lives in the key file.

    active: whether the account is open; who left stays on the records of before. Nobody has a role unless it is given.
    """

    __tablename__ = "staff_member"
    title: ClassVar[str] = N_("Staff member")

    name: Mapped[str | None] = field(N_("Name"), required=True)
    name_latin: Mapped[str | None] = field(N_("Name in Latin letters"))
    function: Mapped[str | None] = field(N_("Function"))
    phone: Mapped[str | None] = field(N_("Telephone"), kind=Kind.PHONE)
    roles: Mapped[tuple[Role, ...]] = field(N_("Roles"), choices=Role)
    active: Mapped[bool] = mapped_column(default=True)
