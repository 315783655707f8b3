"""Cases that go from one worker to another, as when somebody leaves."""

from uuid import UUID

from casemgr.i18n import N_
from casemgr.records.case import Case, CaseStatus
from casemgr.records.staff import StaffMember
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from casemgr.trouble import Refusal


def hand_over_cases(office: Office, from_staff: UUID, to_staff: UUID | None, why: str | None = None) -> Changes:
    """Give the cases of one staff member that are not closed to another, or to nobody, so that every worker sees them.

    One case alone is handed over with casework.save_case and another worker_id. Raises NoSuch, Refusal where whoever is
    to have them has left or has them already, and NotAllowed where the staff member may not open all cases.
    """
    if from_staff == to_staff:
        raise Refusal(N_("Choose another staff member."), fields=("worker",))
    with office.write(Right.ALL_CASES, Right.WRITE_CASES, why=why) as work:
        if to_staff is not None and not work.get(StaffMember, to_staff).active:
            raise Refusal(N_("This staff member has left. Choose another one."), fields=("worker",))
        cases = [case for case in work.find(Case, worker_id=from_staff) if case.status is not CaseStatus.CLOSED]
        for case in cases:
            case.worker_id = to_staff
    return Changes(frozenset(case.child_id for case in cases), frozenset(case.id for case in cases))
