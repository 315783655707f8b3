"""Cases go from one worker of the office to another, and back again when that was a slip."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from casemgr import clock
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, case_files, casework, handing_over, history, lists
from casemgr.services.office import Office, open_office
from casemgr.trouble import NoSuch, NotAllowed, Refusal, Stopped

PASSWORD, FIRST, OWN = "correct horse battery staple", "the first long password", "a password of my own"
SREYNICH, SAMNANG, KEEPER = "ចាន់ ស្រីនិច", "សុខ សំណាង", "អ៊ុំ សុផល"
DAY = date(2026, 11, 24)
As = Callable[[str], Office]


@pytest.fixture
def staff(office: Office) -> dict[str, UUID]:
    """Two case workers and one who looks after the accounts alone, beside who set the office up."""
    found = {office.staff.name or "": office.staff.id}
    roles = {SREYNICH: Role.CASE_WORKER, SAMNANG: Role.CASE_WORKER, KEEPER: Role.ADMINISTRATOR}
    for name, role in roles.items():
        member = StaffMember(name=name, roles=(role,))
        accounts.add_account(office, member, FIRST)
        found[name] = member.id
    return found


@pytest.fixture
def as_(office: Office, staff: dict[str, UUID]) -> Iterator[As]:
    """Close the office and open it as somebody else."""
    first, opened, settled = office.staff.name, [office], set[str]()

    def other(name: str) -> Office:
        assert name in staff
        opened[-1].close()
        password = PASSWORD if name == first else OWN if name in settled else FIRST
        opened.append(open_office(office.folder, name, password))
        if password == FIRST:
            accounts.change_password(opened[-1], FIRST, OWN)
            settled.add(name)
        return opened[-1]

    yield other
    opened[-1].close()


def opened(office: Office, *statuses: CaseStatus, name: str = "វិសាល") -> list[Case]:
    """Open cases of one child."""
    child = Child(given_name_km=name)
    casework.save_child(office, child)
    cases = [Case(status=status, opened_on=date(2026, 11, 1)) for status in statuses or (CaseStatus.OPEN,)]
    for case in cases:
        casework.open_case(office, child.id, case)
    return cases


def kept(office: Office, case: Case) -> Case:
    with office.store.read() as work:
        return work.read_one(Case, case.id)


def carried(office: Office, staff_id: UUID) -> tuple[int, int]:
    """Return how many open and closed cases the account of a staff member tells of."""
    told = next(each for each in accounts.accounts(office) if each.id == staff_id)
    return told.open_cases, told.closed_cases


def test_a_worker_gives_an_own_case_to_another_and_takes_that_back(staff: dict[str, UUID], as_: As) -> None:
    worker = as_(SREYNICH)
    (case,) = opened(worker)
    seen = handing_over.carriers(worker, [case.id])
    assert seen == {case.id: staff[SREYNICH]}
    changes = handing_over.give_cases(worker, seen, staff[SAMNANG], since=DAY, why=" moved ")
    assert (changes.cases, changes.children) == ({case.id}, {case.child_id})
    assert changes.gone == {case.id, case.child_id}
    now = kept(worker, case)
    assert (now.worker_id, now.carried_since) == (staff[SAMNANG], DAY)
    assert lists.cases(worker) == []
    back = history.undo(worker, changes.lines or ())
    assert back.cases == {case.id}
    now = kept(worker, case)
    assert (now.worker_id, now.carried_since) == (staff[SREYNICH], None)


def test_what_the_new_worker_wrote_meanwhile_is_not_taken_back(staff: dict[str, UUID], as_: As) -> None:
    worker = as_(SREYNICH)
    (case,) = opened(worker)
    changes = handing_over.give_cases(worker, {case.id: staff[SREYNICH]}, staff[SAMNANG])
    other = as_(SAMNANG)
    now = kept(other, case)
    now.notes = "ok"
    casework.save_case(other, now)
    worker = as_(SREYNICH)
    with pytest.raises(Refusal, match="again since"):
        history.undo(worker, changes.lines or ())


def test_the_history_says_who_had_the_case_from_which_day_and_why(
    office: Office, staff: dict[str, UUID]
) -> None:  # fmt: skip
    (case,) = opened(office)
    handing_over.give_cases(office, {case.id: office.staff.id}, staff[SAMNANG], since=DAY, why="on leave")
    newest = history.of_record(office, case)[0]
    told = {change.info.name: (change.before, change.after) for change in newest.changes}
    assert told == {"worker_id": (office.staff.name, SAMNANG), "carried_since": (None, DAY)}
    assert newest.why == "on leave"
    worker = case_files.case_file(office, case.id).worker
    assert worker is not None
    assert worker.name == SAMNANG


def test_several_cases_go_together_or_none_of_them(office: Office, staff: dict[str, UUID]) -> None:
    cases = [*opened(office), *opened(office, name="សុភា")]
    seen = handing_over.carriers(office, [case.id for case in cases])
    told: list[tuple[int, int]] = []
    with pytest.raises(Stopped):
        handing_over.give_cases(office, seen, staff[SAMNANG], cancelled=lambda: True)
    assert handing_over.carriers(office, list(seen)) == seen
    changes = handing_over.give_cases(office, seen, staff[SAMNANG], progress=lambda *done: told.append(done))
    assert (changes.cases, changes.gone) == (set(seen), frozenset())
    assert told[-1] == (2, 2)
    assert handing_over.carriers(office, list(seen)) == dict.fromkeys(seen, staff[SAMNANG])
    history.undo(office, changes.lines or ())
    assert handing_over.carriers(office, list(seen)) == seen


def test_a_case_that_somebody_gave_away_meanwhile_is_left_as_it_is(office: Office, staff: dict[str, UUID]) -> None:
    case, other = *opened(office), *opened(office, name="សុភា")
    seen = handing_over.carriers(office, [case.id, other.id])
    handing_over.give_cases(office, {case.id: office.staff.id}, staff[SREYNICH])
    with pytest.raises(Refusal) as refused:
        handing_over.give_cases(office, seen, staff[SAMNANG])
    assert refused.value.message == handing_over.MEANWHILE
    assert kept(office, other).worker_id == office.staff.id


def test_a_day_to_come_is_refused_and_an_opening_later_than_the_day_counts(
    office: Office, staff: dict[str, UUID]
) -> None:  # fmt: skip
    (case,) = opened(office)
    seen = handing_over.carriers(office, [case.id])
    with pytest.raises(Refusal) as refused:
        handing_over.give_cases(office, seen, staff[SAMNANG], since=clock.today() + timedelta(days=1))
    assert refused.value.fields == ("since",)
    handing_over.give_cases(office, seen, staff[SAMNANG], since=date(2026, 10, 1))
    assert kept(office, case).carried_since == date(2026, 11, 1)
    with pytest.raises(Refusal) as refused:
        handing_over.give_cases(office, {case.id: staff[SAMNANG]}, staff[SAMNANG])
    assert refused.value.message == handing_over.ALL_WITH_THEM


def test_cases_go_only_to_who_writes_cases_and_works_here(office: Office, staff: dict[str, UUID]) -> None:
    (case,) = opened(office)
    seen = handing_over.carriers(office, [case.id])
    assert [each.id for each in handing_over.takers(office)] == [office.staff.id, staff[SREYNICH], staff[SAMNANG]]
    accounts.close_account(office, staff[SREYNICH])
    assert [each.id for each in handing_over.takers(office)] == [office.staff.id, staff[SAMNANG]]
    for refused, why in ((staff[SREYNICH], Refusal), (staff[KEEPER], Refusal), (uuid4(), NoSuch)):
        with pytest.raises(why):
            handing_over.give_cases(office, seen, refused)
    handing_over.give_cases(office, seen, None)
    assert (kept(office, case).worker_id, kept(office, case).carried_since) == (None, None)


def test_a_worker_gives_no_case_of_another_and_leaves_none_without_a_worker(
    office: Office, staff: dict[str, UUID], as_: As
) -> None:
    (theirs,) = opened(office)
    (nobodys,) = opened(office, name="សុភា")
    handing_over.give_cases(office, {nobodys.id: office.staff.id}, None)
    worker = as_(SREYNICH)
    with pytest.raises(NotAllowed):
        handing_over.carriers(worker, [theirs.id])
    with pytest.raises(NotAllowed):
        handing_over.give_cases(worker, {theirs.id: staff["ទេព បូរិន"]}, staff[SREYNICH])
    changes = handing_over.give_cases(worker, {nobodys.id: None}, staff[SREYNICH])
    assert (changes.cases, changes.gone) == ({nobodys.id}, frozenset())
    with pytest.raises(NotAllowed):
        handing_over.give_cases(worker, {nobodys.id: staff[SREYNICH]}, None)


def test_a_child_with_another_own_case_stays_in_sight(staff: dict[str, UUID], as_: As) -> None:
    worker = as_(SREYNICH)
    first, _ = opened(worker, CaseStatus.OPEN, CaseStatus.OPEN)
    changes = handing_over.give_cases(worker, {first.id: staff[SREYNICH]}, staff[SAMNANG])
    assert changes.gone == {first.id}


def test_who_looks_after_the_accounts_gives_away_the_cases_of_who_leaves(staff: dict[str, UUID], as_: As) -> None:
    worker = as_(SREYNICH)
    mine, closed = opened(worker, CaseStatus.OPEN, CaseStatus.CLOSED)
    keeper = as_(KEEPER)
    assert carried(keeper, staff[SREYNICH]) == (1, 1)
    accounts.close_account(keeper, staff[SREYNICH])
    changes = handing_over.hand_over_cases(keeper, staff[SREYNICH], staff[SAMNANG], why="moved away")
    assert (changes.cases, changes.lines) == ({mine.id}, None)  # who opens no case undoes nothing in one
    assert carried(keeper, staff[SREYNICH]) == (0, 1)
    handing_over.hand_over_cases(keeper, staff[SREYNICH], None, closed=True)
    assert kept(keeper, closed).worker_id is None
    with pytest.raises(Refusal):
        handing_over.hand_over_cases(keeper, staff[SREYNICH], staff[SAMNANG], closed=True)


def test_the_case_of_a_child_made_nameless_stays_where_it_is(office: Office, staff: dict[str, UUID]) -> None:
    (case,) = opened(office)
    with office.store.write() as work:
        work.get(Child, case.child_id).anonymised_on = DAY
    with pytest.raises(Refusal):
        handing_over.give_cases(office, {case.id: office.staff.id}, staff[SAMNANG])
    assert kept(office, case).worker_id == office.staff.id
