"""Papers and pictures of a case, through the real store."""

import io
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from PIL import Image

from casemgr import clock
from casemgr.records.beside.document import AttachedFile, Document, DocumentKind, MediaType
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.services import casework, documents, history
from casemgr.services.office import Office, open_office
from casemgr.trouble import NoSuch, Refusal, Trouble

SECRET = "CANARY-SECRET"


@pytest.fixture
def case(office: Office) -> Case:
    """A case of an invented child."""
    child = Child(family_name_km="សុខ", given_name_km="វិសាល", code="SR-C-0001")
    case = Case(child_id=child.id, number="SR-2026-0001")
    with office.write() as work:
        work.add(child)
        work.flush()
        work.add(case)
    return case


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """A photograph with what a telephone writes into it."""
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825)[29] = SECRET
    path = tmp_path / "photograph"
    Image.new("RGB", (400, 300), (220, 20, 20)).save(path, "JPEG", exif=exif)
    return path


@pytest.fixture
def document(office: Office, case: Case, photograph: Path) -> Document:
    """A document that is kept."""
    document = Document(case_id=case.id, kind=DocumentKind.INJURY, headline="ដៃឆ្វេង")
    documents.add_document(office, document, photograph)
    return document


def trail(office: Office, record_id: UUID) -> list[AuditEntry]:
    with office.read() as work:
        return work.find(AuditEntry, record_id=record_id)


def kept_files(office: Office) -> list[AttachedFile]:
    with office.read() as work:
        return work.find(AttachedFile)


def test_a_photograph_is_kept_with_what_is_said_of_it_and_nothing_hidden(
    office: Office, case: Case, photograph: Path
) -> None:
    before = photograph.read_bytes()
    assert SECRET.encode() in before
    document = Document(case_id=case.id, kind=DocumentKind.FAMILY_BOOK, headline="សៀវភៅគ្រួសារ")
    changes = documents.add_document(office, document, photograph)
    assert (changes.children, changes.cases) == (frozenset({case.child_id}), frozenset({case.id}))
    data, media_type = documents.document_data(office, document.id)
    with office.read() as work:
        kept = work.get(Document, document.id)
    assert (kept.headline, kept.media_type, kept.size, kept.pages) == ("សៀវភៅគ្រួសារ", MediaType.JPEG, len(data), 1)
    assert media_type is MediaType.JPEG
    assert kept.digest == sha256(data).hexdigest()
    assert SECRET.encode() not in data
    assert photograph.read_bytes() == before


def test_the_trail_tells_each_step_and_holds_no_byte_of_the_file(
    office: Office, document: Document, tmp_path: Path
) -> None:
    documents.document_data(office, document.id)
    documents.save_document(office, document.id, tmp_path / "copy.jpg")
    lines = trail(office, document.id)
    assert [line.action for line in lines] == ["created", "opened", "exported"]
    assert {line.case_id for line in lines} == {document.case_id}
    assert None not in {line.child_id for line in lines}
    assert document.digest is not None
    assert document.digest in (lines[0].changes or "")
    assert all('"with_restricted": [null, true]' in (line.changes or "") for line in lines[1:])
    with office.read() as work:
        everything = work.find(AuditEntry)
    assert all(len(line.changes or "") < 2000 for line in everything)
    assert "AttachedFile" not in {line.record_type for line in everything}


def test_a_refused_file_leaves_nothing_behind(office: Office, case: Case, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_text("no paper")
    document = Document(case_id=case.id, headline="x")
    with pytest.raises(Refusal):
        documents.add_document(office, document, path)
    assert kept_files(office) == []
    assert trail(office, document.id) == []


def test_a_document_dated_in_the_future_leaves_no_file_behind(office: Office, case: Case, photograph: Path) -> None:
    with pytest.raises(Refusal) as refused:
        documents.add_document(
            office, Document(case_id=case.id, dated_on=clock.today() + timedelta(days=9)), photograph
        )
    assert refused.value.fields == ("dated_on",)
    assert kept_files(office) == []


def test_a_document_of_no_case_leaves_no_file_behind(office: Office, case: Case, photograph: Path) -> None:
    assert case.number
    with pytest.raises(NoSuch):
        documents.add_document(office, Document(case_id=uuid4()), photograph)
    assert kept_files(office) == []


def test_a_document_that_is_saved_twice_is_one_document(office: Office, document: Document, photograph: Path) -> None:
    again = Document(id=document.id, case_id=document.case_id, headline="x")
    documents.add_document(office, again, photograph)
    assert len(kept_files(office)) == 1
    with office.read() as work:
        assert [kept.headline for kept in work.find(Document)] == ["ដៃឆ្វេង"]


def test_a_document_is_shown_at_the_width_asked_for_and_written_down_as_opened(
    office: Office, document: Document
) -> None:
    (page,) = documents.preview(office, document.id, 120)
    with Image.open(io.BytesIO(page)) as shown:
        assert (shown.format, shown.size) == ("PNG", (120, 90))
    assert trail(office, document.id)[-1].action == "opened"


def test_a_copy_leaves_whole_and_never_into_the_offices_folder(
    office: Office, document: Document, tmp_path: Path
) -> None:
    target = tmp_path / "copy.jpg"
    documents.save_document(office, document.id, target)
    assert sha256(target.read_bytes()).hexdigest() == document.digest
    with pytest.raises(Refusal):
        documents.save_document(office, document.id, office.folder / "copy.jpg")
    assert not (office.folder / "copy.jpg").exists()
    assert [line.action for line in trail(office, document.id)] == ["created", "exported"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.jpg", "office", "photograph"]


def test_a_file_that_is_not_as_it_was_kept_is_told_and_not_shown(
    office: Office, document: Document, tmp_path: Path
) -> None:
    with office.write() as work:
        work.session.connection().execute(sa.update(AttachedFile.__table__).values(data=b"\xff\xd8\xffother"))  # type: ignore[arg-type]
    for use in (documents.document_data, lambda *known: documents.save_document(*known, tmp_path / "copy")):
        with pytest.raises(Trouble):
            use(office, document.id)
    assert not (tmp_path / "copy").exists()
    assert [line.action for line in trail(office, document.id)] == ["created"]


def test_what_is_not_there_is_told(office: Office, case: Case) -> None:
    assert case.number
    with pytest.raises(NoSuch):
        documents.document_data(office, uuid4())


def test_a_removed_document_can_be_brought_back_until_the_office_is_opened_again(
    office: Office, document: Document
) -> None:
    changes = casework.remove_record(office, document, "អាប់លោដខុស")
    assert len(kept_files(office)) == 1
    assert changes.lines is not None
    history.undo(office, changes.lines)
    assert documents.document_data(office, document.id)[0]
    casework.remove_record(office, document, "អាប់លោដខុស")
    office.close()
    again = open_office(office.folder, "", "correct horse battery staple")
    assert kept_files(again) == []
    again.close()
