"""Cases that go from one worker of the office to another: one, several, or those of somebody who leaves."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_
from casemgr.pace import Cancelled, Pace, Progress
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.staff import StaffMember
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from casemgr.services.readers import StaffName, may_open_child, name_of, within
from casemgr.services.rights import rights_of
from casemgr.store.work import Work
from casemgr.trouble import NotAllowed, Refusal

Carriers = Mapping[UUID, UUID | None]
"""Cases, each with the staff member who carries it; None where it is everybody's."""
_TAKERS = frozenset({Right.READ_CASES, Right.WRITE_CASES})
_AT_ONCE = 500

ALL_WITH_THEM = N_("These cases are with that worker already.")
MEANWHILE = N_(
    "Meanwhile somebody else gave some of these cases to another worker. Nothing was changed: look at them as they are "
    "now, then give them again."
)
TO_COME = N_("The cases go over at once: take today, or an earlier day.")
NOT_A_TAKER = N_("This staff member has left, or writes no cases. Choose another one.")
NOT_FOR_ALL = N_("Only a supervisor can leave a case without a worker. Choose somebody.")


def takers(office: Office) -> list[StaffName]:
    """Return who may be given cases: everybody who works here now and writes cases, who came first at the top."""
    with office.read(Right.USE) as work:
        return [name_of(each) for each in work.find(StaffMember, active=True) if _is_taker(each)]


def carriers(office: Office, case_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Return who carries these cases now, in the same order. Raises NoSuch, and NotAllowed for another worker's."""
    with office.read(Right.READ_CASES, Right.WRITE_CASES) as work:
        kept = {case.id: within(office, case).worker_id for case in _read(work, case_ids)}
        return {each: kept[each] if each in kept else work.get(Case, each).worker_id for each in case_ids}


def give_cases(
    office: Office, seen: Carriers, to_staff: UUID | None, *, since: date | None = None, why: str | None = None,
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> Changes:  # fmt: skip
    """Give cases to another worker, all or none; a supervisor also to nobody, so that every worker sees them.

    seen: the cases, with who carried them when the worker looked. since: from which day on they are with the new one,
    today where none is given; a case that was opened later is with them from then on. Those of children that were made
    nameless stay as they are. progress is told how many are given, and of how many; where cancelled says so, Stopped is
    raised. The changes name as gone what the worker may open no more. Raises Refusal where somebody gave one of them to
    another worker since, for a day to come and who cannot have them, NoSuch, and NotAllowed for another worker's case.
    """
    day = _day(since)
    if to_staff is None and Right.ALL_CASES not in office.rights:
        raise NotAllowed(NOT_FOR_ALL)
    with office.write(why=_reason(why)) as work:
        _demand_taker(work, to_staff)
        cases = [within(office, work.get(Case, case_id)) for case_id in seen]
        if any(case.worker_id != seen[case.id] for case in cases):
            raise Refusal(MEANWHILE)
        given = _give(work, cases, to_staff, day, Pace(len(cases), progress, cancelled))
        gone = _out_of_sight(office, work, given)
    return _changes(given, work.lines, gone)


def hand_over_cases(
    office: Office, from_staff: UUID, to_staff: UUID | None, *, closed: bool = False, since: date | None = None,
    why: str | None = None, progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> Changes:  # fmt: skip
    """Give the cases of one staff member to another, or to nobody, as who looks after the accounts when one is closed.

    closed: also those that are closed. The rest as in give_cases. Raises NoSuch, Refusal where whoever is to have them
    cannot or has them already, and NotAllowed.
    """
    if from_staff == to_staff:
        raise Refusal(N_("Choose another staff member."), fields=("worker",))
    day = _day(since)
    with office.write(Right.ACCOUNTS, why=_reason(why)) as work:
        _demand_taker(work, to_staff)
        found = work.find(Case, worker_id=from_staff)
        cases = [case for case in found if closed or case.status is not CaseStatus.CLOSED]
        given = _give(work, cases, to_staff, day, Pace(len(cases), progress, cancelled))
    return _changes(given, work.lines if Right.WRITE_CASES in office.rights else (), frozenset())


def _day(since: date | None) -> date:
    if since is not None and since > clock.today():
        raise Refusal(TO_COME, fields=("since",))
    return since or clock.today()


def _reason(why: str | None) -> str | None:
    return (why or "").strip() or None


def _is_taker(staff: StaffMember) -> bool:
    return staff.active and rights_of(staff.roles) >= _TAKERS


def _demand_taker(work: Work, staff_id: UUID | None) -> None:
    if staff_id is not None and not _is_taker(work.get(StaffMember, staff_id)):
        raise Refusal(NOT_A_TAKER, fields=("worker",))


def _give(work: Work, cases: Sequence[Case], to_staff: UUID | None, day: date, pace: Pace) -> list[Case]:
    """Give those cases that are not there already; return them. Raises Refusal where there are none."""
    nameless = {
        child.id for some in _pieces([case.child_id for case in cases]) for child in work.read(Child, id=some)
        if child.anonymised_on is not None
    }  # fmt: skip
    given = []
    for case in pace.stepping(cases):
        if case.worker_id != to_staff and case.child_id not in nameless:
            case.worker_id = to_staff
            case.carried_since = None if to_staff is None else max(day, case.opened_on or day)
            given.append(case)
    if not given:
        raise Refusal(ALL_WITH_THEM, fields=("worker",))
    work.flush()
    return given


def _out_of_sight(office: Office, work: Work, given: Sequence[Case]) -> frozenset[UUID]:
    """Return those of the cases and their children that who gave them may open no more."""
    if office.scope is None:
        return frozenset()
    cases = {case.id for case in given if case.worker_id != office.scope}
    children = {case.child_id for case in given if case.id in cases}
    return frozenset(cases | {each for each in children if not may_open_child(office, work, each)})


def _changes(given: Sequence[Case], lines: tuple[int, ...], gone: frozenset[UUID]) -> Changes:
    children, cases = (frozenset(case.child_id for case in given), frozenset(case.id for case in given))
    return Changes(children, cases, lines=lines or None, gone=gone)


def _read(work: Work, case_ids: Collection[UUID]) -> Iterator[Case]:
    for some in _pieces(list(case_ids)):
        yield from work.read(Case, id=some)


def _pieces(ids: list[UUID]) -> Iterator[list[UUID]]:
    """Yield the identities in pieces that one question to the store can name."""
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
