"""Papers and pictures of a case: taken in, shown, handed out. Each look at one and each copy is written down."""

from hashlib import sha256
from pathlib import Path
from uuid import UUID

from casemgr.i18n import N_
from casemgr.records.beside.document import AttachedFile, Document, MediaType, for_named_staff
from casemgr.services import casework
from casemgr.services.changes import Changes
from casemgr.services.office import Office, Right
from casemgr.services.papers import check_target, save_paper
from casemgr.services.readers import demand_case
from casemgr.store.files import Prepared as Prepared  # noqa: PLC0414  (what take_in returns)
from casemgr.store.files import prepare, previews
from casemgr.store.work import Work
from casemgr.trouble import Trouble

FIRST_PAGES = 20
"""How many pages of a document are shown unless more are asked for."""


def take_in(path: Path) -> Prepared:
    """Read a file as it may be kept, so that what is wrong with it shows before anything is said of it; keep nothing.

    What a camera or a program hides in the file is left out, and it may come out smaller; the file itself stays where
    it is. Raises Refusal for a file that will not do.
    """
    return prepare(path)


def picture(taken: Prepared, width: int) -> bytes:
    """Return the first page of a file that was taken in as a PNG picture, no wider than so many dots."""
    return previews(taken.media_type, taken.data, width, 1)[0]


def add_document(office: Office, document: Document, file_to_keep: Path | Prepared) -> Changes:
    """Keep a file in a case as this document: the file and what is said of it, in one transaction.

    file_to_keep: where it lies, or as take_in returned it. Raises Refusal for a file that will not do or a date that
    cannot be, and NoSuch.
    """
    prepared = take_in(file_to_keep) if isinstance(file_to_keep, Path) else file_to_keep
    file = AttachedFile(media_type=prepared.media_type, data=prepared.data)
    document.media_type, document.size, document.pages = prepared.media_type, len(prepared.data), prepared.pages
    document.file_id, document.digest = file.id, sha256(prepared.data).hexdigest()
    with office.write() as work:
        case = demand_case(office, work, document.case_id)
        if work.first(Document, id=document.id) is None:  # a draft that outlived its saving is no second document
            work.add(file)
            work.flush()
            casework.add_records(work, case, (document,))
    return Changes.of(child=case.child_id, case=case.id)


def document_data(office: Office, document_id: UUID) -> tuple[bytes, MediaType]:
    """Return the file of a document, and write down that it was opened.

    Raises NoSuch, and Trouble where the file is not as it was kept.
    """
    file = _taken_out(office, document_id, "opened")
    return file.data, file.media_type


def preview(office: Office, document_id: UUID, width: int, most: int = FIRST_PAGES) -> list[bytes]:
    """Return a document as PNG pictures of that width in dots, one for each of its first pages; written down as opened.

    Raises NoSuch, and Trouble where the file is not as it was kept.
    """
    data, media_type = document_data(office, document_id)
    return previews(media_type, data, width, most)


def thumbnail(office: Office, document_id: UUID, width: int) -> bytes | None:
    """Return the first page as a PNG picture of so few dots that nothing on it can be read; no look is written down.

    None for what is for named staff only. Raises NoSuch, and Trouble where the file is not as it was kept.
    """
    with office.read() as work:
        document = work.get(Document, document_id)
        demand_case(office, work, document.case_id)
        file = None if for_named_staff(document) else _file_of(work, document)
    return None if file is None else previews(file.media_type, file.data, width, 1)[0]


def save_document(office: Office, document_id: UUID, target: Path) -> None:
    """Write a document to a file, whole or not at all, never in the office's folder.

    It is written down as exported first, so that none leaves unseen. Raises NoSuch, Trouble where the file is not as
    it was kept, and what save_paper raises.
    """
    office.demand(Right.READ_CASES, Right.PRINT)
    check_target(target, office.folder)
    save_paper(target, _taken_out(office, document_id, "exported", Right.PRINT).data, office.folder)


def _taken_out(office: Office, document_id: UUID, action: str, *rights: Right) -> AttachedFile:
    with office.write(Right.READ_CASES, *rights) as work:
        document = work.get(Document, document_id)
        case = demand_case(office, work, document.case_id)
        file = _file_of(work, document)
        work.note(
            action, "Document", document.id, case_id=case.id, child_id=case.child_id,
            changes={"with_restricted": [None, for_named_staff(document)]},
        )  # fmt: skip
    return file


def _file_of(work: Work, document: Document) -> AttachedFile:
    file = work.first(AttachedFile, id=document.file_id)
    if file is None or sha256(file.data).hexdigest() != document.digest:
        raise Trouble(N_("The file of this document is not as it was kept. Look for it in a copy of the office."))
    return file
