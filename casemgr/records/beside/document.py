"""Documents: papers and pictures that were scanned or photographed for a case, and the files they are kept as."""

from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.i18n import N_
from casemgr.records.base import Base, CaseRecord
from casemgr.records.columns import field
from casemgr.records.fields import Choice, Group, Kind
from casemgr.records.stage import RecordKind, Stage


class DocumentKind(Choice):
    """What a document is."""

    BIRTH_CERTIFICATE = "birth-certificate", N_("Birth certificate")
    FAMILY_BOOK = "family-book", N_("Family book")
    POLICE_RECORD = "police-record", N_("Police record")
    COURT_DECISION = "court-decision", N_("Decision of prosecutor or court")
    JUDGMENT = "judgment", N_("Judgment")
    SOCIAL_INQUIRY = "social-inquiry", N_("Social inquiry report")
    MEDICAL = "medical", N_("Medical paper")
    SCHOOL = "school", N_("School paper")
    CONSENT = "consent", N_("Consent form")
    AGREEMENT = "agreement", N_("Agreement")
    INJURY = "injury", N_("Photograph of an injury")
    PHOTOGRAPH = "photograph", N_("Photograph")
    LETTER = "letter", N_("Letter")
    OTHER = "other", N_("Other")


FOR_NAMED_STAFF = frozenset({DocumentKind.MEDICAL, DocumentKind.INJURY})
"""The kinds whose pages are for named staff only, as restricted answers are."""


class MediaType(Choice):
    """How the file is kept; the code is the registered media type."""

    PDF = "application/pdf", N_("PDF file")
    JPEG = "image/jpeg", N_("Photograph")
    PNG = "image/png", N_("Picture")


WHAT = Group("what", N_("Document"))
FILE = Group("file", N_("File"))


class Document(CaseRecord):
    """A document of a case. file_id: the file it is kept as; digest: SHA-256 of its bytes, in hexadecimal."""

    __tablename__ = "document"
    title: ClassVar[str] = N_("Document")

    kind: Mapped[DocumentKind | None] = field(
        N_("Kind of document"), group=WHAT, required=True, sample=DocumentKind.FAMILY_BOOK
    )
    headline: Mapped[str | None] = field(N_("Title"), group=WHAT, required=True, sample="សៀវភៅគ្រួសារ ទំព័រទី ១ និងទី ២")
    dated_on: Mapped[date | None] = field(N_("Date of the document"), group=WHAT, sample=date(2019, 5, 14))
    received_from: Mapped[str | None] = field(N_("Received from"), group=WHAT, sample="អ៊ុំ សុផល (ម្តាយ)")
    remark: Mapped[str | None] = field(
        N_("Remark"), kind=Kind.TEXT, group=WHAT, sample="ច្បាប់ដើមនៅនឹងម្តាយ។ ថ្ងៃកំណើតអានច្បាស់។"
    )

    media_type: Mapped[MediaType | None] = field(N_("Kind of file"), group=FILE, computed=True, sample=MediaType.PDF)
    size: Mapped[int | None] = field(N_("Size in bytes"), group=FILE, computed=True, sample=245_760)
    pages: Mapped[int | None] = field(N_("Pages"), group=FILE, computed=True, sample=2)

    file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("attached_file.id"), default=None)
    digest: Mapped[str | None] = mapped_column(sa.String(64), default=None)


class AttachedFile(Base):
    """The bytes of a document. No Record, so that the audit trail never holds them; kept once and never changed."""

    __tablename__ = "attached_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    media_type: Mapped[MediaType]
    data: Mapped[bytes]


def for_named_staff(document: Document) -> bool:
    """Return whether the pages of a document are for named staff only."""
    return document.kind in FOR_NAMED_STAFF


DOCUMENT_RECORD = RecordKind(key="document", record=Document, happened=("dated_on",))

DOCUMENTS = Stage("documents", N_("Documents"), (DOCUMENT_RECORD,))
