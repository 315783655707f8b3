"""The office: one store with its settings."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.columns import field
from casemgr.records.fields import Kind


class OfficeSettings(Record):
    """What an office says of itself on papers and how it likes to be spoken to. There is one such record."""

    __tablename__ = "office_settings"
    title: ClassVar[str] = N_("Office")

    code: Mapped[str | None] = field(N_("Office code"), required=True, help=N_("Begins every case number, such as SR."))
    name_km: Mapped[str | None] = field(N_("Name of the office in Khmer"), required=True)
    name_en: Mapped[str | None] = field(N_("Name of the office in English"), required=True)
    town: Mapped[str | None] = field(N_("Town in Khmer"), help=N_("Stands before the date on papers in Khmer."))
    town_en: Mapped[str | None] = field(N_("Town in English"), help=N_("Stands before the date on papers in English."))
    phone: Mapped[str | None] = field(N_("Telephone"), kind=Kind.PHONE)
    address: Mapped[str | None] = field(N_("Address of the office"), kind=Kind.TEXT)
    language: Mapped[str] = mapped_column(default="km")
    digits: Mapped[str] = mapped_column(default="western")
    practice: Mapped[bool] = mapped_column(default=False)
    idle_minutes: Mapped[int] = mapped_column(default=5)
    """After so many minutes, 1 to 30, without a key or the mouse the window locks."""
    lunar_date: Mapped[bool] = mapped_column(default=False)
    """Whether official papers carry the Khmer lunar date above place and date."""
