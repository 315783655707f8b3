"""What stands beside the stages of a case: contacts, links to other children, documents, the readers of complaints."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord, Record
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import Document
from casemgr.records.beside.link import Link
from casemgr.records.stage import RecordKind
from casemgr.services import casework, readers
from casemgr.services.case_files import CaseFile, missing
from casemgr.services.changes import Changes
from casemgr.services.directory import ContactPart
from casemgr.services.office import Office
from casemgr.services.readers import StaffName
from ui.editors.readers import ReadersBox
from ui.editors.record_page import RecordPage
from ui.pages.case_documents import DocumentActions, said_of_document
from ui.pages.contact_dialog import ContactDialog
from ui.pages.contact_view import contact_name, part_said
from ui.pages.link_dialog import LinkDialog
from ui.pages.page import Page
from ui.pages.readers_dialog import ReadersDialog
from ui.parts.card import Action, Card, Entry
from ui.parts.dialog import may_open_before
from ui.tasks import Tasks
from ui.words import tr, words

OPEN_CONTACT, OPEN_CHILD, OPEN = N_("Open the contact"), N_("Open the child"), N_("Open")
READERS = N_("Who may read it…")
STILL_ASKED = N_("Required answers missing: {count}")
LINK_CASES = N_("Cases: {numbers}")
NAMED_IN = N_("Other cases that name this child")
NAMED_AS = N_("Named there as: {relation}")


class BesideActions(QObject):
    """What can be done with the records beside the stages, and what is said of them.

    case: the file the page shows. told: is given what a dialog saved (the title of the record, Changes). show: puts a
    page in place of the overview until it is closed; where it is a record's, what it saved is told as well.
    """

    def __init__(
        self,
        office: Office,
        tasks: Tasks,
        case: Callable[[], CaseFile | None],
        told: Callable[[str, Changes], None],
        show: Callable[[QWidget], None],
        page: Page,
    ) -> None:
        """Page: the page of the case, which is asked to lead to a child or a contact."""
        super().__init__(page)
        self._office, self._tasks, self._read_case, self._told, self._show = office, tasks, case, told, show
        self._page = page
        self.documents = DocumentActions(office, tasks, self._case, show, page)

    def begin(
        self, kind: RecordKind, identity: UUID | None = None, plain: dict[str, Any] | None = None
    ) -> bool:  # fmt: skip
        """Begin a record of a kind that is not begun in an editor; return whether it is one.

        identity, plain: of a draft that is gone on with, and its answers.
        """
        if kind.record is CaseContact:
            self.add_contact()
        elif kind.record is Link:
            self.add_link()
        elif kind.record is Document:
            self.documents.begin(identity, plain)
        else:
            return False
        return True

    def write(self, record: Record, plain: dict[str, Any] | None = None) -> bool:
        """Open the editor of a record that earns one of its own, a complaint's; return whether it is one."""
        if not isinstance(record, Complaint):
            return False
        office = self._office
        self._tasks.run(lambda: readers.staff_members(office), partial(self._write_complaint, record, plain))
        return True

    def actions_of(self, record: Record) -> tuple[Action, ...]:
        """Return what can be done with a record beyond editing it; nothing where it is of another kind."""
        match record:
            case CaseContact():
                return (Action(OPEN_CONTACT, partial(self._page.contact_asked.emit, record.contact_id)),)
            case Link():
                return (Action(OPEN_CHILD, partial(self._page.child_asked.emit, record.other_child_id)),)
            case Document():
                return self.documents.actions_of(record)
            case Complaint():
                return (Action(READERS, partial(self.name_readers, record)),)
            case _:
                return ()

    def picture_of(self, record: Record) -> QWidget | None:
        """Return the small picture of a document for its entry; None for every other record."""
        return self.documents.thumbnail(record) if isinstance(record, Document) else None

    def add_contact(self) -> None:
        """Ask who has a part in the case."""
        file = self._case()
        dialog = ContactDialog(self._office, self._tasks, file.case.id, file.contacts.keys(), self._page)
        dialog.accepted.connect(lambda: self._tell(CaseContact.title, dialog.changes))
        dialog.open()

    def add_link(self) -> None:
        """Ask which other child has to do with the case."""
        case = self._case().case
        dialog = LinkDialog(self._office, self._tasks, case.id, case.child_id, self._page)
        dialog.accepted.connect(lambda: self._tell(Link.title, dialog.changes))
        dialog.open()

    def name_readers(self, complaint: Complaint) -> None:
        """Ask who may read a complaint."""
        office = self._office
        self._tasks.run(lambda: readers.staff_members(office), partial(self._ask_readers, complaint))

    def accept_drops(self, widget: QWidget) -> None:
        """Let a file be dropped anywhere on a widget to become a document of the case."""
        self.documents.accept_drops(widget)

    def _ask_readers(self, complaint: Complaint, staff: list[StaffName]) -> None:
        if not may_open_before(self._page):
            return
        dialog = ReadersDialog(self._office, self._tasks, complaint, staff, self._page)
        dialog.accepted.connect(lambda: self._tell(Complaint.title, dialog.changes))
        dialog.open()

    def _write_complaint(self, record: Complaint, plain: dict[str, Any] | None, staff: list[StaffName]) -> None:
        office, case = self._office, self._case().case
        box = ReadersBox(staff, office.staff.id, record.readers)

        def save(written: Complaint, why: str | None) -> Changes:
            written.readers = box.readers
            return casework.save_record(office, written, why)

        page = RecordPage(
            office, self._tasks, record, save, key=f"{Complaint.__tablename__}/{record.id}", case_id=case.id,
            title=f"{tr(Complaint.title)} · {case.number}", asks_why=record.version > 0,
        )  # fmt: skip
        page.add_part(box)
        self._show(page)
        if plain:
            page.go_on(plain)
        page.editor.focus_first()

    def _tell(self, title: str, changes: Changes | None) -> None:
        if changes is not None:
            self._told(title, changes)

    def _case(self) -> CaseFile:
        file = self._read_case()
        assert file is not None  # noqa: S101  (nothing can be begun before the case is there)
        return file


def told_of(record: CaseRecord, file: CaseFile) -> tuple[str, str] | None:
    """Return the title of a record's entry and what is said below it; None where the record says enough itself."""
    match record:
        case CaseContact():
            title, about = said_of_contact(record, file)
        case Link():
            title, about = said_of_link(record, file)
        case Document():
            title, about = said_of_document(record, words())
        case _:
            return None
    if count := len(missing(record)):
        about += ("\n" if about else "") + tr(STILL_ASKED, count=words().number(count))
    return title, about


def said_of_contact(record: CaseContact, file: CaseFile) -> tuple[str, str]:
    """Return who it is; and the part in the case, the organisation, the telephones, and what was remarked."""
    contact = file.contacts.get(record.contact_id)
    part = part_said(
        ContactPart(record.case_id, file.case.number or "", record.role, record.since, record.until), words()
    )  # fmt: skip
    if contact is None:
        return tr(CaseContact.title), part
    about = (part, contact.organisation, contact.phone, contact.phone_2, record.remark)
    return contact_name(contact), " · ".join(filter(None, about))


def said_of_link(record: Link, file: CaseFile) -> tuple[str, str]:
    """Return the other child's code and what it is to this one; and its case numbers, or the one that is meant."""
    child = file.linked.get(record.other_child_id)
    relation = tr(record.relation.label) if record.relation else ""
    if child is None:
        return tr(Link.title), relation
    named = dict(zip(child.case_ids, child.case_numbers, strict=True))
    numbers = [named[record.other_case_id]] if record.other_case_id in named else list(child.case_numbers)
    title = " · ".join(filter(None, (child.code, relation)))
    about = tr(LINK_CASES, numbers=", ".join(numbers)) if numbers else ""
    return title, " · ".join(filter(None, (about, record.remark)))


def named_in(file: CaseFile, on_case: Callable[[UUID], None]) -> Card | None:
    """Return the card of the other cases that name this child, by number; on_case opens one. None without any."""
    if not file.linked_from:
        return None
    card = Card(tr(NAMED_IN))
    for line in file.linked_from:
        about = tr(NAMED_AS, relation=tr(line.relation.label)) if line.relation else ""
        card.add(Entry(line.case_number, about, (Action(OPEN, partial(on_case, line.case_id)),)))
    return card


def withheld_said(file: CaseFile) -> str:
    """Return how many records are for other readers alone; empty where none are."""
    if not file.withheld:
        return ""
    return words().plural(
        "{n} record of this case is for named readers alone.", "{n} records of this case are for named readers alone.",
        file.withheld,
    )  # fmt: skip
