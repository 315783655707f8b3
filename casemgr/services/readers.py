"""Who may read what is kept for named staff alone."""

from uuid import UUID

from casemgr.i18n import N_
from casemgr.records.base import Record
from casemgr.records.beside.complaint import Complaint
from casemgr.trouble import NotAllowed

CONFIDENTIAL_RULES = ("complaint-answer",)
"""Rules whose clocks would betray that such a record is there."""


def may_read(staff_id: UUID, record: Record) -> bool:
    """Return whether a staff member may read a record: a complaint only where it names that staff member."""
    return not isinstance(record, Complaint) or staff_id in record.readers


def demand_reader(staff_id: UUID, record: Record) -> None:
    """Raise NotAllowed where a staff member may not read a record."""
    if not may_read(staff_id, record):
        raise NotAllowed(N_("Only the staff members it names may read this. Ask one of them."))


def named_at_least(staff_id: UUID, record: Record) -> None:
    """Name the staff member who writes a complaint as its reader, where it names nobody yet."""
    if isinstance(record, Complaint) and not record.readers:
        record.readers = (staff_id,)
