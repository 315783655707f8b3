"""The directory: the people and offices around children, each to be looked up, written down and mended in place."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from casemgr.i18n import N_
from casemgr.records.contact import Contact
from casemgr.services import directory
from casemgr.services.changes import Changes
from casemgr.services.directory import ContactFile, ContactRow
from casemgr.services.listing import Listing
from casemgr.services.office import Office
from casemgr.services.shown_lists import CONTACTS, contacts_listing
from ui.editors.record_page import RecordPage
from ui.pages.contact_view import ContactView, contact_name
from ui.pages.editing_page import EditingPage
from ui.pages.history_dialog import show_history
from ui.pages.people_list import ListPage
from ui.pages.send_dialogs import CONTACTS_AS_FILE, SendContactsDialog
from ui.parts.card import Action, action_button
from ui.parts.empty_state import EmptyState
from ui.parts.list_out import ListOut
from ui.parts.listing import Line, as_shown, line_of
from ui.tasks import Tasks
from ui.words import tr, words

TITLE = N_("Directory")
NEW_CONTACT = N_("New contact")
NOTHING = N_("Nobody is in the directory yet")
NOTHING_HINT = N_("Lawyers, police officers, village chiefs: written down once, they are found for every case.")
KEY = "contact"
"""Begins the key of the draft of a contact; its identity follows."""


class ContactList(ListPage):
    """The list of contacts, in the order of the Khmer dictionary."""

    new_asked = Signal()
    title = TITLE
    columns = as_shown(CONTACTS)

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Read the first page of the list."""
        begin = Action(NEW_CONTACT, self._begin)
        nothing = EmptyState("directory", tr(NOTHING), tr(NOTHING_HINT), begin)
        send = action_button(Action(CONTACTS_AS_FILE, self.ask_to_send), tr(TITLE), nothing)
        self.out = ListOut(office, tasks, self.listing, TITLE, nothing)
        super().__init__(office, tasks, nothing, (self.out, send, action_button(begin, tr(TITLE), nothing)), parent)
        self.out.said.connect(self.say)
        self.read()

    def loader(self) -> Callable[[ContactRow | None, int], list[Line]]:
        """Return the question to the store as the page stands now."""
        office, typed, language = self._office, self.narrow.text(), words()
        return lambda after, count: [
            line_of(row, CONTACTS, language) for row in directory.contacts(office, typed, limit=count, after=after)
        ]

    def listing(self) -> Listing:
        """Return the list as it is shown now, to be printed or exported."""
        return contacts_listing(self._office, self.narrow.text())

    def _begin(self) -> None:
        self.new_asked.emit()

    def ask_to_send(self) -> None:
        """Ask which contacts leave as a file, and why."""
        SendContactsDialog(self._office, self._tasks, self).open()


class DirectoryPage(EditingPage):
    """The list, and in its place one contact, or what is being written. Esc leads back."""

    def __init__(self, office: Office, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Show the list."""
        super().__init__(parent)
        self._office, self._tasks = office, tasks
        self.contact_id: UUID | None = None
        """The contact that is shown, None while it is the list, or a new one that is written."""
        self.file: ContactFile | None = None
        self._waiting: dict[str, Any] | None = None  # what is typed, for the editor of a contact that is being read
        self.list = ContactList(office, tasks)
        self.list.opened.connect(self.open_contact)
        self.list.new_asked.connect(self.begin)
        self.list.loaded.connect(self.loaded)
        self.view = ContactView(self.edit, self.show_history, self.show_list, self.case_asked.emit)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.view)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard where it is of use: into the line that narrows the list, or on the contact that is shown."""
        super().focusInEvent(event)
        if self.stack.currentWidget() is self.list:
            self.list.setFocus(event.reason())
        elif self.editing is None:
            self.view.edit_button.setFocus(event.reason())

    def refresh(self) -> None:
        """Ask again for what is shown; an open editor stays as it is."""
        self.list.refresh()
        if self.contact_id is not None:
            self._read(self.contact_id)

    def state(self) -> dict[str, Any]:
        """Return what is typed, chosen and written here."""
        chosen = {} if self.contact_id is None else {"contact": self.contact_id}
        return self.list.state() | chosen | super().state()

    def restore_state(self, state: dict[str, Any]) -> None:
        """Go on with what state returned."""
        self.list.restore_state(state)
        if "key" in state:
            self.open_draft(state["key"], state["plain"], is_known="contact" in state)
        elif "contact" in state:
            self.open_contact(state["contact"])

    def open_contact(self, contact_id: UUID) -> None:
        """Show one contact; what is being written here becomes a draft."""
        self._leave_editor()
        self.contact_id, self.file = contact_id, None
        self._read(contact_id)

    def show_list(self) -> None:
        """Go back to the list."""
        self._leave_editor()
        self.contact_id = self.file = None
        self.stack.setCurrentWidget(self.list)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, contact: Contact | None = None, plain: dict[str, Any] | None = None) -> None:
        """Begin a new contact, or go on with one that was never saved."""
        self._leave_editor()
        self.contact_id = self.file = None
        self._write(contact or Contact(), plain)

    def edit(self) -> None:
        """Open the editor of the contact that is shown."""
        if self.file is not None:  # else another one is being read
            self._write(self.file.contact, None)

    def show_history(self) -> None:
        """Show what became of the contact that is shown."""
        if self.file is not None:
            contact = self.file.contact
            show_history(self._office, self._tasks, contact, contact_name(contact), self, self._on_told)

    def open_draft(self, key: str, plain: dict[str, Any], *, is_known: bool | None = None) -> None:
        """Open the editor a draft belongs to, with its answers; is_known None: whether it was ever saved is asked."""
        identity = UUID(key.partition("/")[2])
        if is_known is None:
            office = self._office
            self._tasks.run(
                lambda: directory.contact_exists(office, identity),
                lambda known: self.open_draft(key, plain, is_known=known),
            )
        elif is_known:
            self._waiting = plain
            self.open_contact(identity)
        else:
            self.begin(Contact(id=identity), plain)

    def _read(self, contact_id: UUID) -> None:
        office = self._office
        self._tasks.run(lambda: directory.contact_file(office, contact_id), self._on_read)

    def _on_read(self, file: ContactFile) -> None:
        if file.contact.id != self.contact_id:
            return
        is_new, self.file = self.file is None, file
        self.view.show_contact(file)
        if is_new and self.editing is None:
            self.stack.setCurrentWidget(self.view)
            self.view.edit_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.loaded.emit()
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._write(file.contact, waiting)
        self.stand_again()

    def _write(self, contact: Contact, plain: dict[str, Any] | None) -> None:
        office = self._office

        def save(written: Contact, why: str | None) -> tuple[Changes, UUID]:
            return directory.save_contact(office, written, why), written.id

        page = RecordPage(
            office, self._tasks, contact, save, key=f"{KEY}/{contact.id}",
            title=tr(NEW_CONTACT) if self.contact_id is None else contact_name(contact), asks_why=contact.version > 0,
            parent=self.stack,
        )  # fmt: skip
        page.saved.connect(self._on_saved)
        page.closed.connect(self._on_closed)
        self.write_over(page, plain)

    def _on_saved(self, saved: tuple[Changes, UUID]) -> None:
        changes, contact_id = saved
        self.drop_over()
        self.open_contact(contact_id)
        self.list.refresh()
        self.changed.emit(changes)

    def _on_told(self, _title: str, changes: Changes) -> None:
        """Show what a dialog has saved."""
        self.refresh()
        self.changed.emit(changes)

    def _on_closed(self) -> None:
        self.drop_over()
        if self.contact_id is None:
            self.show_list()
        else:
            self.stack.setCurrentWidget(self.view)
            self.view.edit_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_editor(self) -> None:
        """Leave what is being written, as when something else is to be shown; what is typed becomes a draft."""
        if self.editing is not None:
            self.editing.keeper.keep()
            self.drop_over()
