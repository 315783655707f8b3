"""The social inquiry report: what the social agent tells prosecutor or court of the child, before a decision is made.

Sections and numbers stand where a report of this kind has them; the ministry's own layout may number otherwise, and
the printed form alone would change. A report tells the facts as they were when it was written, so it holds its own
copy of the child's identity.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.clock import PHNOM_PENH, as_moment, local
from casemgr.i18n import N_
from casemgr.places import place_name
from casemgr.records import child as person
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case, Offence
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Kind, fields_of
from casemgr.records.pathway import inquiry_answers as say
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.inquiry_matter import HANDOVER, SIGNATURES
from casemgr.records.pathway.inquiry_person import OPENING, InquiryPerson
from casemgr.records.staff import StaffMember
from casemgr.records.stage import Clock, Event, Order, RecordKind, Stage, field_time


class SocialInquiry(InquiryPerson):
    """One draft of the report, or the report as it was submitted. submitted_at: Phnom Penh time."""

    __tablename__ = "social_inquiry"
    title: ClassVar[str] = N_("Social inquiry report")
    open_after_submission: ClassVar[frozenset[str]]

    status: Mapped[ReportStatus] = field(
        N_("Status"), group=OPENING, computed=True, default=ReportStatus.DRAFT, sample=ReportStatus.DRAFT
    )
    draft_number: Mapped[int | None] = field(N_("Draft number"), group=OPENING, computed=True, sample=1)
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)

    def copied(self, number: int) -> "SocialInquiry":
        """Return a new unsaved draft with the same answers, under that draft number.

        What belongs to the earlier report alone (its date, its number, signatures, handing over) starts empty.
        """
        answers = {
            info.name: getattr(self, info.name)
            for info in fields_of(SocialInquiry)
            if info.group not in (SIGNATURES, HANDOVER) and not info.computed
        }
        for name in ("report_number", "report_date", "drafted_on"):
            answers.pop(name)
        return SocialInquiry(case_id=self.case_id, draft_number=number, supervisor_name=self.supervisor_name,
                             chief_name=self.chief_name, **answers)  # fmt: skip

    @classmethod
    def begun(cls, child: person.Child, case: Case, offences: Sequence[Offence], arrests: Sequence[Arrest],
              author: StaffMember | None, number: int) -> "SocialInquiry":  # fmt: skip
        """Return a new unsaved draft with what the other records already say; author None leaves the author open."""
        same = {info.name for info in fields_of(person.Child)} & {info.name for info in fields_of(cls)}
        arrest = max(arrests, key=_arrest_moment, default=None)
        return cls(
            case_id=case.id, draft_number=number, court_number=case.court_number, addressed_court=case.court,
            police_report_number=case.police_report_number, used_by_adult=case.used_by_adult,
            author_name=author.name if author else None, author_function=author.function if author else None,
            author_phone=author.phone if author else None,
            offences=tuple(_alleged(offence) for offence in offences),
            adult_involved=_any_yes(offence.adult_involved for offence in offences),
            arrested_at=arrest.arrested_at if arrest else None, agent_name=arrest.agent_name if arrest else None,
            custody_ended_at=arrest.custody_ended_at if arrest else None,
            **{name: getattr(child, name) for name in same},
        )  # fmt: skip


SocialInquiry.open_after_submission = frozenset(
    info.name for info in fields_of(SocialInquiry) if info.group is HANDOVER
)


class Addendum(CaseRecord):
    """A correction of a submitted report. section: the section's number; written_at: Phnom Penh time."""

    __tablename__ = "addendum"
    title: ClassVar[str] = N_("Addendum")

    report_id: Mapped[UUID] = mapped_column(sa.ForeignKey("social_inquiry.id"), index=True, default=None)
    staff_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("staff_member.id"), default=None)
    section: Mapped[str | None] = field(N_("Section"), sample="2")
    text: Mapped[str | None] = field(
        N_("What the addendum says"), kind=Kind.TEXT, required=True, sample="ឪពុកបានត្រឡប់មកផ្ទះវិញនៅថ្ងៃទី ៥ ធ្នូ។"
    )
    written_at: Mapped[datetime | None] = field(N_("Written at"), computed=True, sample=local(2026, 12, 6, 9, 0))


def _arrest_moment(arrest: Arrest) -> str:
    """Order arrests by their time, those without one first."""
    at = arrest.arrested_at or arrest.arrived_at
    return at.astimezone(PHNOM_PENH).isoformat() if at else ""


def _alleged(offence: Offence) -> say.AllegedOffence:
    category = offence.category
    return say.AllegedOffence(
        category=category, article=offence.article or (category.article if category else None),
        offence_class=offence.offence_class or (category.usual_class if category else None),
        committed_on=offence.committed_on,
        place=offence.place_text or (place_name(offence.place_code, "km") if offence.place_code else None),
    )  # fmt: skip


def _any_yes(answers: Iterable[Answer | None]) -> Answer | None:
    """Return Yes where one says so, else an answer they all share, else None."""
    given = set(answers)
    if Answer.YES in given:
        return Answer.YES
    return given.pop() if len(given) == 1 else None


def _handed_over(report: SocialInquiry) -> datetime | None:
    """Whichever came first, the submission in the program or the delivery on paper."""
    times = (report.submitted_at, report.delivered_on)
    return min((as_moment(at) for at in times if at is not None), default=None)


def _is_unfinished(report: SocialInquiry) -> bool:
    return report.submitted_at is None and report.delivered_on is None


SOCIAL_INQUIRY_RECORD = RecordKind(
    key="social-inquiry",
    record=SocialInquiry,
    is_open=_is_unfinished,
    clocks=(
        Clock(
            "social-inquiry-report", N_("Social inquiry report due"), starts=field_time("requested_on"),
            due=field_time("due_on"), ends=_handed_over, once=True,
        ),
    ),
    events=(
        Event(field_time("requested_on"), N_("Social inquiry report asked for")),
        Event(field_time("submitted_at"), N_("Social inquiry report submitted")),
        Event(field_time("delivered_on"), N_("Social inquiry report delivered")),
        Event(field_time("hearing_on"), N_("Court hearing")),
    ),
    orders=(
        Order("requested_on", "due_on", N_("The report would be due before it was asked for.")),
        Order("arrested_at", "custody_ended_at", N_("The end of custody would lie before the arrest.")),
    ),
    after_birth=("arrested_at", "custody_ended_at", "detained_since", "report_date"),
    happened=("arrested_at", "custody_ended_at", "detained_since", "delivered_on"),
)  # fmt: skip

SOCIAL_INQUIRY = Stage("social-inquiry", N_("Social inquiry report"), (SOCIAL_INQUIRY_RECORD,))
