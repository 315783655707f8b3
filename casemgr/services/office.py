"""Setting up, opening and describing an office."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.i18n import FIGURES, LANGUAGES, N_, Words
from casemgr.khmer.breaks import has_khmer
from casemgr.pace import Cancelled, Progress
from casemgr.records.kept import AuditEntry
from casemgr.records.office import OfficeSettings
from casemgr.records.staff import FIRST_ROLES, StaffMember
from casemgr.services.changes import Changes
from casemgr.services.rights import Right as Right  # noqa: PLC0414  (offered from here as well)
from casemgr.services.rights import rights_of
from casemgr.store import queries
from casemgr.store.checking import Finding
from casemgr.store.folder import erase_files
from casemgr.store.folder import load_for_opening as load_for_opening  # noqa: PLC0414  (windows ask it here)
from casemgr.store.keys import Cost
from casemgr.store.keys import password_problem as password_problem  # noqa: PLC0414  (windows ask it here)
from casemgr.store.office_store import OfficeStore
from casemgr.store.work import Work
from casemgr.trouble import ClosedAccount, NotAllowed, Refusal, Trouble
from casemgr.whereabouts import default_folder as default_folder  # noqa: PLC0414  (offered from here as well)
from casemgr.whereabouts import holds_office

MOST_IDLE = 30
MADE_AFTER = clock.local(2026, 11, 1)
"""This version was not yet made then; a clock that says earlier is wrong."""


@dataclass
class Office:
    """An office that is open: its store, who opened it, and its settings. Nothing in it is shared between threads.

    rights: those of the staff member's roles; the one to USE it alone while the password is one that somebody else
    gave. held_over: what the same staff member had typed in dialogs when the window was locked.
    """

    store: OfficeStore
    staff: StaffMember
    settings: OfficeSettings
    rights: frozenset[Right] = frozenset()
    held_over: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def words(self) -> Words:
        """The screen's language and figures."""
        return Words(self.settings.language, self.settings.digits)

    @property
    def folder(self) -> Path:
        """Where the office lies."""
        return self.store.folder

    @property
    def must_change_password(self) -> bool:
        """Whether somebody else gave the password, so that nothing can be done before it is changed."""
        return self.store.given

    @property
    def knows_names(self) -> bool:
        """Whether the staff member may know who the children are."""
        return Right.READ_CASES in self.rights

    @property
    def scope(self) -> UUID | None:
        """To whose cases, and those that nobody carries, the staff member is held; None: to none, all may be read.

        A data officer, who is shown no names, is held to none either.
        """
        return self.staff.id if self.knows_names and Right.ALL_CASES not in self.rights else None

    @contextmanager
    def read(self, *rights: Right) -> Iterator[Work]:
        """Open the store for reading; the right to READ_CASES is wanted unless others are named. Raises NotAllowed."""
        self.demand(*rights or (Right.READ_CASES,))
        with self.store.read() as work:
            yield work

    @contextmanager
    def write(self, *rights: Right, why: str | None = None) -> Iterator[Work]:
        """Open the store for one change, kept whole or not at all, with its audit lines.

        The right to WRITE_CASES is wanted unless others are named. Raises NotAllowed.
        """
        self.demand(*rights or (Right.WRITE_CASES,))
        with self.store.write(why) as work:
            yield work

    def close(self) -> None:
        """Close the store; its keys leave the memory of this object."""
        self.store.close()

    def erase(self) -> None:
        """Close a practice office and take its files away. Raises NotAllowed for a real one."""
        if not self.settings.practice:
            raise NotAllowed(N_("This folder holds a real office. Practice needs a folder of its own."))
        self.store.close()
        erase_files(self.folder)

    def demand(self, *rights: Right) -> None:
        """Raise NotAllowed where the staff member lacks one of these rights."""
        if self.rights.issuperset(rights):
            return
        if self.must_change_password:
            raise NotAllowed(N_("Somebody else gave you this password. Change it first."))
        raise NotAllowed(N_("Your account may not do this. Ask the person who looks after the accounts."))

    def refresh(self) -> None:
        """Read again who opened the office, and set the rights by the roles as they are now."""
        with self.store.read() as work:
            self.staff = work.get(StaffMember, self.store.staff_id)
        self.rights = frozenset({Right.USE}) if self.must_change_password else rights_of(self.staff.roles)


def create_office(
    folder: Path, settings: OfficeSettings, staff: StaffMember, password: str, *, cost: Cost | None = None
) -> tuple[Office, str]:
    """Set up an office in an empty or new folder; return it open, and the recovery code, which is kept nowhere.

    Until code_seen is called, code_unseen tells of the code; that of a practice office nobody needs. The first staff
    member has FIRST_ROLES, whatever is said. Raises Refusal when a name, the code or the password will not do, Trouble
    when the folder will not.
    """
    _check_settings(settings)
    if not (staff.name or "").strip():
        raise Refusal(N_("Type the name of the first staff member."), fields=("name",))
    problem = password_problem(password)
    if problem and not settings.practice:
        raise Refusal(problem, fields=("password",))
    if holds_office(folder):
        raise Refusal(N_("There is already an office in this folder. Choose another one, or open it."))
    staff.roles = FIRST_ROLES
    if settings.town and not has_khmer(settings.town):  # one question asks for it, in whatever script
        settings.town, settings.town_en = None, settings.town_en or settings.town
    store, code = OfficeStore.create(folder, settings, staff, password, cost=cost)
    if not settings.practice:
        _expect_to_be_seen(store)
    return Office(store, staff, settings, rights_of(staff.roles)), code


def open_office(
    folder: Path, staff_name: str, password: str, *, progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Office:  # fmt: skip
    """Open an office; an empty name stands for the only account there is.

    progress is told where it has to be made ready for this version of the program first, and how far that is; where
    cancelled says so, Stopped is raised. Raises WrongPassword, TooSoon (its seconds say how long to wait),
    ClosedAccount, StoreInUse, NewerStore, ForeignStore, DamagedKeys or another Trouble.
    """
    return enter(OfficeStore.open(folder, staff_name, password, progress=progress, cancelled=cancelled))


def recover_office(
    folder: Path, code: str, staff_name: str, new_password: str, *, progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[Office, str]:  # fmt: skip
    """Open an office with its recovery code and give a staff member a new password; return also the new code.

    progress, cancelled: as in open_office. Raises as open_office, and Refusal when the new password will not do.
    """
    if problem := password_problem(new_password):
        raise Refusal(problem, fields=("password",))
    entered: list[_Entered] = []
    store, fresh = OfficeStore.recover(
        folder, code, staff_name, new_password, lambda work, staff_id: entered.append(_signed_in(work, staff_id)),
        progress=progress, cancelled=cancelled,
    )  # fmt: skip
    _expect_to_be_seen(store)
    return _opened(store, *entered), fresh


def code_unseen(office: Office) -> bool:
    """Return whether there is a recovery code that nobody has said to be written down. Raises NotAllowed."""
    office.demand(Right.USE)
    return office.store.note().code_unseen


def code_seen(office: Office) -> None:
    """Say that the recovery code is written down. Raises NotAllowed."""
    office.demand(Right.USE)
    with office.store.changing_note() as note:
        note.code_unseen = False


def _expect_to_be_seen(store: OfficeStore) -> None:
    """Keep that a new recovery code waits to be written down; where that fails, the code itself is still shown."""
    with suppress(Trouble), store.changing_note() as note:
        note.code_unseen = True


def enter(store: OfficeStore) -> Office:
    """Return the office of a store that was just opened, and write down who signed in. Raises ClosedAccount."""
    try:
        with store.write() as work:
            entered = _signed_in(work, store.staff_id)
    except BaseException:
        store.close()
        raise
    return _opened(store, entered)


class _Entered(NamedTuple):
    """Who signed in, and what the office says of itself."""

    staff: StaffMember
    settings: OfficeSettings


def _signed_in(work: Work, staff_id: UUID) -> _Entered:
    staff = work.get(StaffMember, staff_id)
    if not staff.active:  # somebody put back a key file from before the account was closed
        raise ClosedAccount
    settings = work.find(OfficeSettings)[0]
    work.note("signed-in", "StaffMember", staff.id)
    queries.drop_unused_files(work)
    return _Entered(staff, settings)


def _opened(store: OfficeStore, entered: _Entered) -> Office:
    rights = frozenset({Right.USE}) if store.given else rights_of(entered.staff.roles)
    return Office(store, entered.staff, entered.settings, rights)


def check_office(office: Office) -> list[Finding]:
    """Return what was found, good and bad, in store, audit trail and key file. Raises NotAllowed."""
    office.demand(Right.USE)
    return office.store.check()


def save_settings(office: Office, settings: OfficeSettings) -> Changes:
    """Keep what the office says of itself. Raises Refusal for an empty name or a code that will not do."""
    _check_settings(settings)
    with office.write(Right.MANAGE) as work:
        kept = work.save(settings)
    office.settings = kept
    return Changes.of(part="settings")


def set_language(office: Office, language: str, digits: str | None = None) -> Changes:
    """Change the language, and the figures where given; those of a practice office go with the language.

    Raises KeyError for a language the program does not have.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    with office.write(Right.USE) as work:
        settings = work.get(OfficeSettings, office.settings.id)
        settings.language = language
        settings.digits = digits or (FIGURES[language] if settings.practice else settings.digits)
    office.settings = settings
    return Changes.of(part="settings")


def set_lunar_date(office: Office, wanted: bool) -> Changes:
    """Say whether official papers carry the Khmer lunar date above place and date. Raises NotAllowed."""
    with office.write(Right.MANAGE) as work:
        settings = work.get(OfficeSettings, office.settings.id)
        settings.lunar_date = wanted
    office.settings = settings
    return Changes.of(part="settings")


def set_idle_minutes(office: Office, minutes: int) -> Changes:
    """Say after how many minutes without a key or the mouse the window locks. Raises Refusal outside 1 to 30."""
    if not 1 <= minutes <= MOST_IDLE:
        raise Refusal(N_("Choose one to thirty minutes."))
    with office.write(Right.MANAGE) as work:
        settings = work.get(OfficeSettings, office.settings.id)
        settings.idle_minutes = minutes
    office.settings = settings
    return Changes.of(part="settings")


def _check_settings(settings: OfficeSettings) -> None:
    if not (settings.name_km or "").strip() and not (settings.name_en or "").strip():
        raise Refusal(N_("Type the name of the office."), fields=("name_km", "name_en"))
    code = (settings.code or "").strip().upper()
    if not (2 <= len(code) <= 4 and code.isascii() and code.isalnum() and code[0].isalpha()):
        raise Refusal(N_("The office code is two to four Latin letters or digits, such as SR."), fields=("code",))
    settings.code = code


def clock_problem(office: Office) -> datetime | None:
    """Return the moment that this computer's clock must be behind, or None where nothing speaks against it.

    A clock is wrong that lies before this version was made or before the newest line of the audit trail.
    """
    with office.read(Right.USE) as work:
        newest: AuditEntry | None = queries.newest_audit_entry(work)
    known = max(MADE_AFTER, newest.at) if newest else MADE_AFTER
    return known if clock.now() < known else None
