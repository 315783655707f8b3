"""Accounts: coming, leaving, forgotten passwords, other names and roles; in the trail, somebody always in charge."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from casemgr import clock
from casemgr.records.beside.complaint import Complaint
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import FIRST_ROLES, Role, StaffMember
from casemgr.services import accounts, case_files, casework, lists, readers
from casemgr.services.handing_over import hand_over_cases
from casemgr.services.office import Office, Right, code_seen, code_unseen, create_office, open_office, recover_office
from casemgr.store.keys import PRACTICE_COST, Cost
from casemgr.trouble import (
    ClosedAccount,
    EditedElsewhere,
    NoSuch,
    NotAllowed,
    Refusal,
    SoleReader,
    TooSoon,
    WrongPassword,
)

PASSWORD = "correct horse battery staple"
"""Of the office that the fixtures make."""
FIRST_PASSWORD, OWN = "the first long password", "a password of my own"
NAME = "ចាន់ ស្រីនិច"
As = Callable[..., Office]


@pytest.fixture
def as_(office: Office) -> Iterator[As]:
    """Close the office and open it as somebody else."""
    folder, opened = office.folder, [office]

    def other(name: str, password: str = OWN) -> Office:
        opened[-1].close()
        opened.append(open_office(folder, name, password))
        return opened[-1]

    yield other
    opened[-1].close()


def added(office: Office, *roles: Role, name: str = NAME) -> StaffMember:
    staff = StaffMember(name=name, name_latin="Chan Sreynich", roles=roles or (Role.CASE_WORKER,))
    accounts.add_account(office, staff, FIRST_PASSWORD)
    return staff


def keys_bytes(office: Office) -> bytes:
    return (office.folder / "office.keys").read_bytes()


def actions(office: Office) -> list[str]:
    with office.store.read() as work:
        return [line.action for line in work.find(AuditEntry)]


def account(office: Office, staff_id: UUID) -> accounts.Account:
    return next(each for each in accounts.accounts(office) if each.id == staff_id)


def settle(as_: As, name: str = NAME) -> Office:
    """Sign in with the first password and choose one's own."""
    office = as_(name, FIRST_PASSWORD)
    accounts.change_password(office, FIRST_PASSWORD, OWN)
    return office


def test_the_first_staff_member_has_every_right(office: Office) -> None:
    assert office.staff.roles == FIRST_ROLES
    assert office.rights == frozenset(Right)
    only = accounts.accounts(office)[0]
    assert (only.roles, only.opens, only.given, only.own) == (FIRST_ROLES, True, False, True)
    assert office.staff.name not in repr(only)


def test_somebody_new_signs_in_with_a_first_password_and_chooses_another(office: Office, as_: As) -> None:
    first = office.staff.name or ""
    staff = added(office)
    assert account(office, staff.id)[4:] == ((Role.CASE_WORKER,), True, True, False, 0, 0)
    assert actions(office)[-2:] == ["created", "account-opened"]
    new = as_(NAME, FIRST_PASSWORD)
    assert new.rights == {Right.USE}
    with pytest.raises(Refusal) as refused:
        accounts.change_password(new, FIRST_PASSWORD, FIRST_PASSWORD)
    assert refused.value.fields == ("new_password",)
    accounts.change_password(new, FIRST_PASSWORD, OWN)
    assert Right.WRITE_CASES in new.rights
    assert actions(new)[-1] == "password-changed"
    again = as_(office.staff.name, PASSWORD)
    assert Right.WRITE_CASES in again.rights
    assert not account(as_(first, PASSWORD), staff.id).given


@pytest.mark.parametrize(
    ("name", "roles", "password", "field"),
    [
        ("", (Role.CASE_WORKER,), FIRST_PASSWORD, "name"),
        (NAME, (), FIRST_PASSWORD, "roles"),
        (NAME, (Role.CASE_WORKER,), "short", "first_password"),
        ("  ទេព   បូរិន ", (Role.CASE_WORKER,), FIRST_PASSWORD, "name"),
    ],
)
def test_an_account_that_will_not_do_is_refused_whole(
    office: Office, name: str, roles: tuple[Role, ...], password: str, field: str
) -> None:
    before, keys = actions(office), keys_bytes(office)
    with pytest.raises(Refusal) as refused:
        accounts.add_account(office, StaffMember(name=name, roles=roles), password)
    assert refused.value.fields == (field,)
    assert (actions(office), keys_bytes(office), len(accounts.accounts(office))) == (before, keys, 1)


def test_who_leaves_stays_on_the_records_and_opens_nothing(office: Office, as_: As, tmp_path: Path) -> None:
    first, staff = office.staff.name or "", added(office)
    settle(as_)
    shutil.copy(office.folder / "office.keys", tmp_path / "old.keys")
    office = as_(first, PASSWORD)
    assert not accounts.key_renewal(office).due
    accounts.close_account(office, staff.id, "moved away")
    assert actions(office)[-2:] == ["changed", "account-closed"]
    assert accounts.key_renewal(office).due
    assert accounts.key_renewal(office).seconds >= 2
    closed = account(office, staff.id)
    assert (closed.name, closed.opens) == (NAME, False)
    with pytest.raises(WrongPassword):
        as_(NAME)
    shutil.copy(office.folder / "office.keys", tmp_path / "new.keys")
    shutil.copy(tmp_path / "old.keys", office.folder / "office.keys")
    with pytest.raises(ClosedAccount):
        as_(NAME)
    shutil.copy(tmp_path / "new.keys", office.folder / "office.keys")
    office = as_(first, PASSWORD)
    accounts.renew_key(office)
    assert not accounts.key_renewal(office).due
    assert actions(office)[-1] == "key-renewed"
    assert len(accounts.accounts(office)) == 2
    shutil.copy(tmp_path / "old.keys", office.folder / "office.keys")
    with pytest.raises(Exception, match=r"(?i)key file|damaged"):
        as_(NAME)


def test_who_comes_back_gets_a_first_password(office: Office, as_: As) -> None:
    first, staff = office.staff.name or "", added(office)
    with pytest.raises(Refusal):
        accounts.reopen_account(office, staff.id, FIRST_PASSWORD)
    accounts.close_account(office, staff.id)
    for deed in (
        lambda: accounts.close_account(office, staff.id),
        lambda: accounts.reset_password(office, staff.id, FIRST_PASSWORD),
    ):
        with pytest.raises(Refusal):
            deed()
    accounts.reopen_account(office, staff.id, FIRST_PASSWORD)
    assert actions(office)[-2:] == ["changed", "account-opened"]
    settle(as_)
    assert account(as_(first, PASSWORD), staff.id).opens


def test_a_forgotten_password_is_given_anew_by_somebody_else(office: Office, as_: As) -> None:
    first, staff = office.staff.name or "", added(office)
    settle(as_)
    office = as_(first, PASSWORD)
    with pytest.raises(Refusal):
        accounts.reset_password(office, office.staff.id, FIRST_PASSWORD)
    accounts.reset_password(office, staff.id, "another first password")
    assert actions(office)[-1] == "password-reset"
    with pytest.raises(WrongPassword):
        as_(NAME)
    assert as_(NAME, "another first password").must_change_password


def test_another_name_opens_the_account_with_the_same_password(office: Office, as_: As) -> None:
    first, staff = office.staff.name or "", added(office)
    settle(as_)
    office = as_(first, PASSWORD)
    kept = accounts.staff_member(office, staff.id)
    stale = accounts.staff_member(office, staff.id)
    kept.name = "សុខ សំណាង"
    accounts.save_account(office, kept, "married")
    with pytest.raises(EditedElsewhere):
        accounts.save_account(office, stale)
    taken = accounts.staff_member(office, staff.id)
    taken.name = first
    with pytest.raises(Refusal) as refused:
        accounts.save_account(office, taken)
    assert refused.value.fields == ("name",)
    accounts.renew_key(office)
    renamed = as_("សុខ  សំណាង")
    assert renamed.staff.name == "សុខ សំណាង"
    accounts.change_password(renamed, OWN, "yet another password")
    as_("សុខ សំណាង", "yet another password")
    with pytest.raises(WrongPassword):
        as_(NAME)


def test_other_roles_count_at_once_for_who_gives_them_to_oneself(office: Office, as_: As) -> None:
    first, staff = office.staff.name or "", added(office, Role.ADMINISTRATOR)
    own = accounts.staff_member(office, office.staff.id)
    own.roles = (Role.ADMINISTRATOR, Role.DATA_OFFICER)
    accounts.save_account(office, own)
    assert Right.READ_CASES not in office.rights
    with pytest.raises(NotAllowed):
        lists.today(office)
    own = accounts.staff_member(office, office.staff.id)
    own.roles = (Role.CASE_WORKER,)
    accounts.save_account(office, own)
    with pytest.raises(NotAllowed):
        accounts.accounts(office)
    other = settle(as_)
    assert other.rights == {Right.USE, Right.MANAGE, Right.OFFICE_KEY, Right.ACCOUNTS, Right.ERASE}
    accounts.close_account(other, own.id)
    with pytest.raises(Refusal):
        accounts.close_account(other, staff.id)
    with pytest.raises(WrongPassword):
        as_(first, PASSWORD)


def test_somebody_always_looks_after_the_accounts(office: Office) -> None:
    before = actions(office)
    own = accounts.staff_member(office, office.staff.id)
    own.roles = (Role.SUPERVISOR,)
    with pytest.raises(Refusal, match="look after"):
        accounts.save_account(office, own)
    with pytest.raises(Refusal):
        accounts.close_account(office, office.staff.id)
    assert actions(office) == before
    assert Right.ACCOUNTS in office.rights
    for deed in (
        lambda: accounts.staff_member(office, uuid4()), lambda: accounts.close_account(office, uuid4()),
        lambda: accounts.reset_password(office, uuid4(), FIRST_PASSWORD),
    ):  # fmt: skip
        with pytest.raises(NoSuch):
            deed()


def test_the_recovery_code_is_the_administrators_and_spares_a_first_password(office: Office, as_: As) -> None:
    folder = office.folder
    added(office)
    code = accounts.new_recovery_code(office)
    office.close()
    recovered, _ = recover_office(folder, code, NAME, OWN)
    assert not recovered.must_change_password
    with pytest.raises(NotAllowed):
        accounts.new_recovery_code(recovered)
    recovered.close()
    assert as_(NAME).rights == recovered.rights


def test_the_recovery_code_is_not_used_up_where_nobody_gets_in(office: Office, tmp_path: Path) -> None:
    folder, staff, first = office.folder, added(office), office.staff.name or ""
    code = accounts.new_recovery_code(office)
    shutil.copy(folder / "office.keys", tmp_path / "old.keys")
    accounts.close_account(office, staff.id)
    office.close()
    shutil.copy(tmp_path / "old.keys", folder / "office.keys")
    with pytest.raises(ClosedAccount):
        recover_office(folder, code, NAME, OWN)
    office, fresh = recover_office(folder, code, first, OWN)
    assert fresh != code
    office.close()


def test_nor_where_the_signing_in_cannot_be_written_down(office: Office) -> None:
    folder, code = office.folder, accounts.new_recovery_code(office)
    with office.store.at_work() as (engine, _), engine.connect() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER none BEFORE INSERT ON audit_entry WHEN new.action = 'signed-in' "
            "AND (SELECT count(*) FROM audit_entry WHERE action = 'recovered') = 1 BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        connection.commit()
    office.close()
    before = keys_bytes(office)
    with pytest.raises(IntegrityError):
        recover_office(folder, code, "", OWN)
    assert keys_bytes(office) == before
    office = open_office(folder, "", PASSWORD)
    assert "recovered" not in actions(office)
    office.close()


def test_guessing_is_slowed_for_windows_and_told_in_seconds(
    office: Office, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = clock.now()
    monkeypatch.setattr(clock, "now", lambda: stopped)  # on a busy machine, the second is over before the next try
    for _ in range(3):
        with pytest.raises(WrongPassword):
            as_("", "wrong")
    with pytest.raises(TooSoon) as refused:
        open_office(office.folder, "", PASSWORD)
    assert refused.value.seconds == 1


def test_cases_of_who_leaves_go_to_somebody_else(office: Office, as_: As) -> None:
    first, staff = office.staff.name or "", added(office)
    worker = settle(as_)
    child = Child(given_name_km="វិសាល")
    casework.save_child(worker, child)
    mine, closed = Case(), Case(status=CaseStatus.CLOSED)
    for case in (mine, closed):
        casework.open_case(worker, child.id, case)
    with pytest.raises(NotAllowed):
        hand_over_cases(worker, staff.id, None)
    office = as_(first, PASSWORD)
    for from_staff, to_staff, why in ((staff.id, staff.id, Refusal), (staff.id, uuid4(), NoSuch)):
        with pytest.raises(why):
            hand_over_cases(office, from_staff, to_staff)
    changes = hand_over_cases(office, staff.id, office.staff.id, why="moved away")
    assert (changes.cases, changes.children) == ({mine.id}, {child.id})
    worker = as_(NAME)
    assert [row.id for row in lists.cases(worker)] == [closed.id]
    found = case_files.child_file(worker, child.id)
    assert ([case.id for case in found.cases], found.withheld) == ([closed.id], 1)
    row = lists.children(worker)[0]
    assert (row.open_cases, row.last_case_number) == (0, closed.number)
    office = as_(first, PASSWORD)
    accounts.close_account(office, staff.id)
    with pytest.raises(Refusal):
        hand_over_cases(office, office.staff.id, staff.id)
    hand_over_cases(office, office.staff.id, None)
    with office.read() as work:
        assert work.get(Case, mine.id).worker_id is None


def test_the_only_reader_of_a_complaint_names_another_before_leaving(office: Office, as_: As) -> None:
    first, first_id, staff = office.staff.name or "", office.staff.id, added(office)
    third = added(office, Role.ADMINISTRATOR, name="សុខ សំណាង")
    worker = settle(as_)
    child, case = Child(given_name_km="វិសាល"), Case()
    casework.save_child(worker, child)
    casework.open_case(worker, child.id, case)
    complaint = Complaint(case_id=case.id)
    casework.save_record(worker, complaint)
    # who is named beside, but could not read it
    readers.set_readers(worker, complaint.id, [staff.id, third.id], complaint.version)
    office = as_(first, PASSWORD)
    before, keys = actions(office), keys_bytes(office)
    with pytest.raises(SoleReader, match="complaint"):
        accounts.close_account(office, staff.id)
    assert (actions(office), keys_bytes(office)) == (before, keys)
    assert account(office, staff.id).opens
    worker = as_(NAME)
    kept = case_files.case_file(worker, case.id).of(Complaint)[0]
    readers.set_readers(worker, complaint.id, [staff.id, first_id], kept.version)
    office = as_(first, PASSWORD)
    accounts.close_account(office, staff.id)
    assert case_files.case_file(office, case.id).of(Complaint)[0].id == complaint.id


def test_whoever_is_gone_already_is_closed_out_all_the_same(office: Office, as_: As) -> None:
    first, staff = office.staff.name or "", added(office)
    worker = settle(as_)
    child, case = Child(given_name_km="វិសាល"), Case()
    casework.save_child(worker, child)
    casework.open_case(worker, child.id, case)
    casework.save_record(worker, Complaint(case_id=case.id))
    office = as_(first, PASSWORD)
    with pytest.raises(SoleReader):
        accounts.close_account(office, staff.id)
    accounts.close_account(office, staff.id, "died", anyway=True)
    assert not account(office, staff.id).opens


def test_a_case_worker_may_give_an_own_case_away_and_then_sees_it_no_more(office: Office, as_: As) -> None:
    first_id, _ = office.staff.id, added(office)
    worker = settle(as_)
    child = Child(given_name_km="វិសាល")
    casework.save_child(worker, child)
    case = Case()
    casework.open_case(worker, child.id, case)
    kept = case_files.case_file(worker, case.id).case
    kept.worker_id = first_id
    casework.save_case(worker, kept)
    for deed in (
        lambda: case_files.case_file(worker, case.id), lambda: casework.save_case(worker, kept),
        lambda: casework.save_child(worker, child), lambda: case_files.case_by_number(worker, case.number or ""),
        lambda: casework.open_case(worker, child.id, Case()),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            deed()
    assert lists.children(worker) == lists.cases(worker) == []


def test_a_recovery_code_is_unseen_until_somebody_says_it_is_written_down(office: Office, as_: As) -> None:
    assert not code_unseen(office)
    accounts.new_recovery_code(office)
    assert code_unseen(office)
    office.close()
    again = as_(office.staff.name, PASSWORD)
    assert code_unseen(again)
    code_seen(again)
    assert not code_unseen(again)


def test_the_code_of_a_new_office_is_unseen_and_that_of_a_practice_office_is_needed_by_nobody(tmp_path: Path) -> None:
    for practice in (False, True):
        said = OfficeSettings(code="SR", name_en="Trial", practice=practice)
        office, _ = create_office(tmp_path / str(practice), said, StaffMember(name=NAME), OWN, cost=Cost(65_536, 3))
        assert code_unseen(office) is not practice
        office.close()


@pytest.mark.parametrize(
    ("town", "towns"),
    [
        ("សៀមរាប", ("សៀមរាប", None)),
        ("Siem Reap", (None, "Siem Reap")),
        ("Siem Reap សៀមរាប", ("Siem Reap សៀមរាប", None)),
    ],
)
def test_the_town_of_a_new_office_is_kept_in_its_language(
    tmp_path: Path, town: str, towns: tuple[str | None, str | None]
) -> None:
    said = OfficeSettings(code="SR", name_en="Trial", town=town, practice=True)
    office, _ = create_office(tmp_path / "new", said, StaffMember(name=NAME), OWN, cost=PRACTICE_COST)
    assert (office.settings.town, office.settings.town_en) == towns
    office.close()
