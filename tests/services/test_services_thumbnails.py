"""A file that is looked at before it is kept, and the small picture of one that is."""

import io
from pathlib import Path

import pytest
from PIL import Image

from casemgr.records.beside.document import Document, DocumentKind, MediaType
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.services import case_files, casework, documents
from casemgr.services.office import Office
from casemgr.trouble import Refusal, Trouble


@pytest.fixture
def case(office: Office) -> Case:
    child, case = Child(given_name_km="វិសាល"), Case()
    casework.save_child(office, child)
    casework.open_case(office, child.id, case)
    return case


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    path = tmp_path / "photograph.jpg"
    Image.new("RGB", (800, 600), (220, 20, 20)).save(path)
    return path


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size


def test_a_file_that_was_taken_in_is_kept_though_it_is_gone(office: Office, case: Case, photograph: Path) -> None:
    taken = documents.take_in(photograph)
    photograph.unlink()
    assert size_of(documents.picture(taken, 80)) == (80, 60)
    document = Document(case_id=case.id, kind=DocumentKind.FAMILY_BOOK)
    documents.add_document(office, document, taken)
    kept = case_files.case_file(office, case.id).of(Document)[0]
    assert (kept.media_type, kept.size, kept.pages) == (MediaType.JPEG, len(taken.data), 1)
    assert documents.document_data(office, document.id)[0] == taken.data


def test_what_will_not_do_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    with pytest.raises(Refusal):
        documents.take_in(tmp_path / "a.txt")


def test_a_small_picture_is_no_look_and_there_is_none_of_an_injury(
    office: Office, case: Case, photograph: Path
) -> None:  # fmt: skip
    book, injury = (Document(case_id=case.id, kind=kind) for kind in (DocumentKind.FAMILY_BOOK, DocumentKind.INJURY))
    for document in (book, injury):
        documents.add_document(office, document, photograph)
    small = documents.thumbnail(office, book.id, 72)
    assert small is not None
    assert size_of(small) == (72, 54)
    assert documents.thumbnail(office, injury.id, 72) is None
    with office.read() as work:
        assert {line.action for line in work.find(AuditEntry) if line.record_type == "Document"} == {"created"}


def test_there_is_no_small_picture_of_a_file_that_is_not_as_it_was_kept(
    office: Office, case: Case, photograph: Path
) -> None:  # fmt: skip
    document = Document(case_id=case.id)
    documents.add_document(office, document, photograph)
    with office.write() as work:
        work.get(Document, document.id).digest = "0" * 64
    with pytest.raises(Trouble):
        documents.thumbnail(office, document.id, 72)
