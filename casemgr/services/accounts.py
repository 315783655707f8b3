"""Who may open the office, and as what. Whoever leaves stays on the records of before; only the account is closed."""

from typing import NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.records.beside.complaint import Complaint
from casemgr.records.kept import AuditEntry, OfficePair
from casemgr.records.staff import Role, StaffMember
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right, password_problem
from casemgr.services.office_keys import renew_known_pair
from casemgr.services.rights import rights_of
from casemgr.store.case_list import cases_carried
from casemgr.store.keys import KeyFile
from casemgr.store.office_store import KeyChange
from casemgr.store.renewing import seconds_for_renewal
from casemgr.store.work import Work
from casemgr.trouble import Refusal, SoleReader

PART = "accounts"
"""Names the accounts in what a write changed."""
OFFICE_KEY = "office-key"
"""Names the key that other offices seal cases for in what a write changed: they need the new one."""
_CLOSED = "account-closed"


class Account(NamedTuple):
    """A staff member and the account. opens: whether it is open; given: whether its password waits to be changed.

    own: whether it is that of who opened the office. open_cases, closed_cases: how many this person carries. The
    names are each the other where only one is known.
    """

    id: UUID
    name: str
    name_latin: str
    function: str | None
    roles: tuple[Role, ...]
    opens: bool
    given: bool
    own: bool
    open_cases: int = 0
    closed_cases: int = 0

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<Account {self.id}>"


class KeyRenewal(NamedTuple):
    """A new data key. due: whether somebody left since the last one; seconds: how long it takes at most.

    known: whether other offices may have the key they seal cases for, which is made anew with it.
    """

    due: bool
    seconds: int
    known: bool


def accounts(office: Office) -> list[Account]:
    """Return everybody who has, or had, an account, those who came first at the top. Raises NotAllowed."""
    with office.read(Right.ACCOUNTS) as work:
        staff, keys, carried = work.find(StaffMember), office.store.keys(), cases_carried(work)
    found = []
    for each in staff:
        slot = keys.slot_of(each.id)
        found.append(Account(
            each.id, each.name or each.name_latin or "", each.name_latin or each.name or "", each.function, each.roles,
            each.active and slot is not None, slot is not None and slot.given, each.id == office.staff.id,
            *carried.get(each.id, (0, 0)),
        ))  # fmt: skip
    return found


def staff_member(office: Office, staff_id: UUID) -> StaffMember:
    """Return a staff member, to be changed and given to save_account. Raises NoSuch and NotAllowed."""
    with office.read(Right.ACCOUNTS) as work:
        return work.get(StaffMember, staff_id)


def add_account(office: Office, staff: StaffMember, first_password: str) -> Changes:
    """Add a staff member with an account; the first password has to be changed before anything else can be done.

    Raises Refusal for a password, a name or roles that will not do, and NotAllowed.
    """
    office.demand(Right.ACCOUNTS)
    _check_password(first_password, "first_password")
    _check_staff(staff)
    with office.store.changing_keys() as change:
        staff.active = True
        change.work.add(staff)
        change.work.flush()
        _give_account(office, change, staff, first_password)
    return Changes.of(part=PART)


def save_account(office: Office, staff: StaffMember, why: str | None = None) -> Changes:
    """Keep what a staff member is called, does and may do: name, function, telephone and roles.

    With another name the account is opened by that name, with the password it has. Raises Refusal as add_account, and
    where no administrator would be left, EditedElsewhere and NotAllowed.
    """
    office.demand(Right.ACCOUNTS)
    _check_staff(staff)
    with office.store.changing_keys(why) as change:
        kept = change.work.get(StaffMember, staff.id)
        staff.active, name = kept.active, kept.name
        saved = change.work.save(staff)
        change.work.flush()
        _check_administrator(change.work, change.keys)
        if change.keys.slot_of(staff.id) is not None and saved.name != name:
            change.keys.rename(staff.id, saved.name or "")
    if staff.id == office.staff.id:
        office.refresh()
    return Changes.of(part=PART)


def close_account(office: Office, staff_id: UUID, why: str | None = None, *, anyway: bool = False) -> Changes:
    """Close an account: its password opens nothing from now on. A new data key is due then (key_renewal).

    anyway: also where nobody would be left who may read a complaint. Raises SoleReader there otherwise, NoSuch,
    NotAllowed, and Refusal for the own account and where no administrator would be left.
    """
    office.demand(Right.ACCOUNTS)
    if staff_id == office.staff.id:
        raise Refusal(N_("You cannot close your own account. Another administrator can."))
    with office.store.changing_keys(why) as change:
        staff = change.work.get(StaffMember, staff_id)
        if not staff.active:
            raise Refusal(N_("This account is closed already."))
        staff.active = False
        if change.keys.slot_of(staff_id) is not None:
            change.keys.remove(staff_id)
        change.work.flush()
        _check_administrator(change.work, change.keys)
        if not anyway:
            _check_readers(change.work, change.keys, staff_id)
        change.work.note(_CLOSED, "StaffMember", staff_id)
    return Changes.of(part=PART)


def reopen_account(office: Office, staff_id: UUID, first_password: str) -> Changes:
    """Open a closed account again, with a first password as in add_account. Raises NoSuch, Refusal and NotAllowed."""
    office.demand(Right.ACCOUNTS)
    _check_password(first_password, "first_password")
    with office.store.changing_keys() as change:
        staff = change.work.get(StaffMember, staff_id)
        if staff.active:
            raise Refusal(N_("This account is open already."))
        staff.active = True
        change.work.flush()
        _give_account(office, change, staff, first_password)
    return Changes.of(part=PART)


def reset_password(office: Office, staff_id: UUID, first_password: str) -> Changes:
    """Give somebody who forgot the password a first one, as in add_account; the old one opens nothing any more.

    Raises NoSuch, NotAllowed, and Refusal for a password that will not do, the own account or a closed one.
    """
    office.demand(Right.ACCOUNTS)
    if staff_id == office.staff.id:
        raise Refusal(N_("To change your own password, type the present one too."))
    _check_password(first_password, "first_password")
    with office.store.changing_keys() as change:
        staff = change.work.get(StaffMember, staff_id)
        if not staff.active or change.keys.slot_of(staff_id) is None:
            raise Refusal(N_("This account is closed. Open it again instead."))
        change.keys.set_password(staff_id, first_password, change.data_key, given=True)
        change.work.note("password-reset", "StaffMember", staff_id)
    return Changes.of(part=PART)


def change_password(office: Office, password: str, new_password: str) -> None:
    """Change the password of who opened the office; with it come the rights that a first password holds back.

    Raises WrongPassword where the present one is not right, TooSoon after several, Refusal where the new one will not
    do.
    """
    office.demand(Right.USE)
    _check_password(new_password, "new_password")
    if new_password == password:
        raise Refusal(N_("Choose another password than the present one."), fields=("new_password",))
    office.store.set_password(password, new_password)
    office.refresh()


def new_recovery_code(office: Office) -> str:
    """Replace the recovery code and return the new one, which is kept nowhere; the old one opens nothing any more.

    Until code_seen is called, code_unseen tells of it. Raises NotAllowed.
    """
    office.demand(Right.ACCOUNTS)
    with office.store.changing_note() as note:
        note.code_unseen = True
    return office.store.new_recovery_code()


def key_renewal(office: Office) -> KeyRenewal:
    """Return whether the office should get new keys, and how long that takes. Raises NotAllowed.

    They are due as well where the key for other offices is older than the last closing of an account.
    """
    with office.read(Right.ACCOUNTS) as work:
        made = max((pair.made_at for pair in work.read(OfficePair)), default=None)
        left = max((line.at for line in work.find(AuditEntry, action=_CLOSED)), default=None)
    stale = made is not None and left is not None and made < left
    due = office.store.keys().renewal_due or stale
    return KeyRenewal(due, seconds_for_renewal(office.folder), made is not None)


def renew_key(office: Office) -> Changes:
    """Encrypt the office with a new data key, so that who left reads nothing of what is written from now on.

    Everybody keeps the own password, and the recovery code stays. Copies made before an update are taken away: nobody
    could open them. Where other offices seal cases for this one, it gets a new pair of keys for that too, since who
    left may have copied the private half; the changes name OFFICE_KEY then. Earlier pairs stay, to open what is on its
    way. It cannot be stopped; key_renewal says how long it takes. Raises NoRoom and NotAllowed.
    """
    office.demand(Right.ACCOUNTS)
    office.store.renew_key()
    with office.write(Right.ACCOUNTS) as work:
        known = renew_known_pair(work)
    return Changes(parts=frozenset({PART, OFFICE_KEY} if known else {PART}))


def _give_account(office: Office, change: KeyChange, staff: StaffMember, password: str) -> None:
    own = change.keys.slot_of(office.staff.id)
    assert own is not None  # noqa: S101  (who opened the office has an account)
    change.keys.add(staff.id, staff.name or "", password, own.cost, change.data_key, given=True)
    change.work.note("account-opened", "StaffMember", staff.id)


def _check_password(password: str, field: str) -> None:
    if problem := password_problem(password):
        raise Refusal(problem, fields=(field,))


def _check_staff(staff: StaffMember) -> None:
    if not (staff.name or "").strip():
        raise Refusal(N_("Type the name of the staff member."), fields=("name",))
    if not staff.roles:
        raise Refusal(N_("Choose at least one role."), fields=("roles",))


def _check_administrator(work: Work, keys: KeyFile) -> None:
    """Raise Refusal where nobody is left who may look after the accounts."""
    staff = work.find(StaffMember, active=True)
    if not any(Role.ADMINISTRATOR in each.roles and keys.slot_of(each.id) is not None for each in staff):
        raise Refusal(N_("Somebody must look after the accounts. Make another staff member administrator first."))


def _check_readers(work: Work, keys: KeyFile, leaver: UUID) -> None:
    """Raise SoleReader where a complaint that names the leaver names nobody else who could read it."""
    left = {
        each.id
        for each in work.find(StaffMember, active=True)
        if keys.slot_of(each.id) is not None and Right.READ_CASES in rights_of(each.roles)
    }
    if any(leaver in complaint.readers and left.isdisjoint(complaint.readers) for complaint in work.read(Complaint)):
        raise SoleReader
