"""Invented children, held and not, in cases of several workers."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from casemgr.clock import PartialDate, now
from casemgr.records.case import Case, Offence, OffenceCategory
from casemgr.records.child import Child
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.staff import StaffMember
from casemgr.services import casework
from casemgr.services.office import Office

CANARY = "Zzyxchild"
"""A name that may never be met where no name belongs."""


def colleague(office: Office) -> StaffMember:
    """Add a second staff member and return it."""
    staff = StaffMember(name="សុខ សំណាង", name_latin="Sok Samnang")
    with office.write() as work:
        work.add(staff)
    return staff


def arrest(office: Office, at: datetime | None = None, *, worker: StaffMember | None = None, **answers: Any) -> UUID:
    """Take down the arrest of a child of fifteen, a misdemeanour, at that time (two hours ago); return the case."""
    at = at or now() - timedelta(hours=2)
    child = Child(
        given_name_latin=CANARY, given_name_km="ស្រីសម្គាល់", born=PartialDate.on((at - timedelta(days=5600)).date())
    )
    case = Case(worker_id=worker.id if worker else None)
    offence = Offence(category=OffenceCategory.THEFT, committed_on=PartialDate.on((at - timedelta(days=1)).date()))
    casework.take_arrest(
        office, child, case, [offence],
        Arrest(**({"arrested_at": at, "arrived_at": at, "police_unit": "អធិការដ្ឋាន"} | answers)),
    )  # fmt: skip
    return case.id
