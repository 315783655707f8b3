"""Writing down a staff member: name, function, roles, and for a new one the first password."""

from functools import partial

from casemgr.i18n import N_
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts
from casemgr.services.changes import Changes
from casemgr.services.office import Office
from ui.editors.record_page import RecordPage
from ui.pages.account_dialogs import FIRST, FIRST_SAID
from ui.pages.accounts_card import ROLE_SAID
from ui.parts.card import Card, text_label
from ui.parts.new_password import NewPassword
from ui.tasks import Tasks
from ui.words import tr

NEW_PERSON, ROLE_LINE = N_("A new person"), N_("{role}: {said}")


class PersonPage(RecordPage):
    """Edits a staff member; the first password of a new one is in no draft."""

    def __init__(self, office: Office, tasks: Tasks, staff: StaffMember) -> None:
        """Say what each role may do, and show the staff member."""
        is_new = staff.version == 0
        self._first: NewPassword | None = None
        self._password = ""
        super().__init__(
            office, tasks, staff, partial(self._keep, office), key=f"{StaffMember.__tablename__}/{staff.id}",
            title=tr(NEW_PERSON if is_new else StaffMember.title), asks_why=not is_new,
        )  # fmt: skip
        self.show_note("\n".join(tr(ROLE_LINE, role=tr(role.label), said=tr(ROLE_SAID[role])) for role in Role))
        if is_new:
            self._first = NewPassword(self, label=FIRST)
            card = Card(tr(FIRST))
            card.add(text_label(tr(FIRST_SAID), "help"))
            card.add(self._first)
            self.add_below(card)

    def save(self) -> None:
        """Save what is typed, once the password will do."""
        if self._first is not None:
            password = self._first.password()
            if password is None:
                self.show_below(self._first)
                return
            self._password = password  # read here: the store's thread looks at no widget
        super().save()

    def _keep(self, office: Office, written: StaffMember, why: str | None) -> Changes:
        if self._first is None:
            return accounts.save_account(office, written, why)
        return accounts.add_account(office, written, self._password)
