"""The social inquiry report on paper: filled, or blank for writing by hand.

The whole layout stands in this file, so that the ministry's own can replace it: questions come from the record, by
section and number, and the tables below say how each is set.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from casemgr.clock import local
from casemgr.i18n import N_, Words
from casemgr.law.ages import age_range
from casemgr.printing.blocks import Block, Heading, Note, PageBreak, Paper, TableBlock, Text
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.letters import made_at
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.printing.forms.sheet import AGE_THEN, CHILD
from casemgr.records.child import full_name
from casemgr.records.fields import FieldInfo, Group, field_of, fields_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.inquiry_matter import HANDOVER, SIGNATURES
from casemgr.records.pathway.inquiry_person import OPENING
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.trouble import NoSuch

LOOK = Look(
    wide=("addressed_court", "birth_place_code", "village_code", "living_with", "other_support", "internet_use",
          "co_accused", "delivered_to", "detention_place", "land"),
    written=("nationality", "ethnicity", "religion", "last_grade", "birth_evidence", "living_with", "leaving_reason"),
    boxed=("measures",),
    lines={
        "facts": 4, "explanation": 3, "summary": 3, "measures_plan": 3, "recommendation_reason": 3, "limits": 1,
        "training_done": 1, "training_wanted": 1, "complaints": 1, "family_agencies": 1, "migration": 1,
        "parents_action": 1, "village_remarks": 1, "exposure_remarks": 1, "result_remarks": 1, "daily_life": 1,
        "repair": 1, "community_remarks": 1, "treatment": 1, "providers": 1, "conditions": 1, "teacher_view": 1,
        "work_history": 1, "friends": 1, "second_option": 1, "child_risk_reason": 1, "living_remarks": 1,
    },
    blank_rows={"interviews": 4, "guardians": 2, "household": 5, "past": 2, "offences": 2, "losses": 3,
                "community_views": 2, "needs": 3, "plan": 5},
    widths={
        "interviews": (2, 3, 3, 4), "guardians": (4, 3, 3, 3, 5), "household": (4, 3, 2, 4, 3), "past": (2, 3, 4, 4),
        "offences": (4, 2, 3, 2, 4), "losses": (6, 3, 3), "community_views": (4, 4, 2, 6), "needs": (3, 6),
        "plan": (3, 5, 3, 3, 3),
    },
)  # fmt: skip

PARENTS = ("father", "mother")
PARENT_COLUMNS = {"name": N_("Name"), "state": N_("Where"), "work": N_("Work"), "health": N_("Health"),
                  "phone": N_("Telephone")}  # fmt: skip
"""Father and mother stand in one table, a line each; the fields are named after both."""

MADE = ("place_made", "report_date")
"""What stands under the head of the first page."""

INTERNAL = frozenset({"drafted_on"})
"""What the office keeps for itself."""

LONG_AGO = local(1970, 1, 1)
"""Before every submission."""

RECEIPT = ("delivered_to", "delivered_on", "received_by")
"""What paper shows of the handing over; hearing and result belong to the office, not to the court's copy."""


def compose(wanted: Wanted) -> Paper:
    """Return the report of a case: the one named, else the one submitted last, else the last draft.

    A case without a report gives the form to be filled by hand with what its other records already say. Raises NoSuch.
    """
    sheet = _Report(wanted)
    return sheet.report_paper()


class _Report(RecordSheet[SocialInquiry]):
    """One report being set, section by section."""

    def __init__(self, wanted: Wanted) -> None:
        chosen = _chosen(wanted)
        super().__init__(wanted, SocialInquiry, LOOK, record=chosen or _begun(wanted.file))
        self.is_known = chosen is not None
        self.by_hand = wanted.by_hand or chosen is None
        self.numbered: set[str] = set()

    def report_paper(self) -> Paper:
        """Return the sections in their order, what is on record of the handing over, and the addenda."""
        report = self.record
        of_this = [each for each in self.file.addenda if each.report_id == report.id] if self.file else []
        is_draft = report.status is ReportStatus.DRAFT and not self.by_hand
        blocks = (*self._sections(), *_addenda(of_this if self.is_known else [], self.words))
        paper = self.paper(SOCIAL_INQUIRY_REPORT, blocks)
        made = made_at(report.place_made, report.report_date, self.wanted.office, self.words)
        return replace(paper, made=made, draft=is_draft)

    def is_asked(self, info: FieldInfo) -> bool:
        """Whether a question stands on the report: every one that arises, answered or not."""
        if info.computed or (info.restricted and not self.wanted.with_restricted):
            return False
        if info.name in MADE or info.name in INTERNAL or (info.group is HANDOVER and info.name not in RECEIPT):
            return False
        return not info.retired if self.by_hand else info.is_shown(self.record)

    def _sections(self) -> Iterator[Block]:
        yield self.note(N_("Prepared by the organisation for the social agent of the State, who signs it."))
        sections: dict[Group, list[FieldInfo]] = {}
        for info in fields_of(SocialInquiry):
            if info.group is not None and self.is_asked(info):
                sections.setdefault(info.group, []).append(info)
        for group, infos in sections.items():
            number = "" if group is OPENING else self.words.figures(group.number or "")
            yield Heading(number, self.label(group.label))
            if self.by_hand and group.help:
                yield self.note(group.help)
            yield from self._signed() if group is SIGNATURES else self._set(infos)

    def _blocks(self, info: FieldInfo) -> list[Block]:
        if info.name.startswith(tuple(f"{parent}_" for parent in PARENTS)):
            return self._parents(info) if info.name == "father_name" else []
        blocks = super()._blocks(info)
        if info.name == "stated_age":
            born, offences = self.record.born, self.record.offences
            ages = (age_range(born, offence.committed_on) for offence in offences)
            blocks.append(self.age(AGE_THEN, ages))
        return blocks

    def _parents(self, first: FieldInfo) -> list[Block]:
        """Return father and mother as the two lines of one table."""
        self.numbered.add(first.number or "")
        rows = []
        for parent, label in zip(PARENTS, (N_("Father"), N_("Mother")), strict=True):
            infos = [field_of(SocialInquiry, f"{parent}_{column}") for column in PARENT_COLUMNS]
            answers = [as_printed(info, getattr(self.record, info.name), self.words) for info in infos]
            rows.append([self.text(label), *answers])
        heads = ["", *(self.label(label) for label in PARENT_COLUMNS.values())]
        heading = Heading(self.words.figures(first.number or ""), self.label(N_("Parents")), 2)
        return [heading, TableBlock(heads, rows, (2, 4, 3, 4, 4, 3))]

    def _heading_of(self, info: FieldInfo) -> Heading:
        number = "" if info.group is OPENING else self.words.figures(info.number or "")
        self.numbered.add(info.number or "")
        return Heading(number, self.label(info.label), 2)

    def _label_of(self, info: FieldInfo) -> str:
        """Return the question, with its number where it is the first of that number."""
        label, number = self.label(info.label), info.number or ""
        if number in self.numbered or number.startswith("0"):
            return label
        self.numbered.add(number)
        return f"{self.words.figures(number)} {label}"

    def _signed(self) -> list[Block]:
        report, words = self.record, self.words
        child = full_name(report.family_name_km, report.given_name_km, report.family_name_latin,
                          report.given_name_latin, words.language)  # fmt: skip
        guardian = next((each.name for each in report.guardians if each.name), None)
        signed_on = words.date(report.signed_on) if report.signed_on else None
        seen_on = words.date(report.chief_seen_on) if report.chief_seen_on else None
        chief = self.signer(N_("Seen and agreed: commune or sangkat chief"), report.chief_name, seal=True)
        return [self.signatures(
            replace(self.signer(N_("Author"), report.author_name), date=signed_on),
            self.signer(N_("Supervisor"), report.supervisor_name),
            self.signer(N_("Social agent"), report.agent_name),
            self.signer(CHILD, child or None, thumbprint=True),
            self.signer(N_("Parent or guardian"), guardian, thumbprint=True),
            replace(chief, date=seen_on),
        )]  # fmt: skip


def _chosen(wanted: Wanted) -> SocialInquiry | None:
    reports = records_of(wanted.file, SocialInquiry) if wanted.file else []
    if wanted.record_id is not None:
        reports = [report for report in reports if report.id == wanted.record_id]
        if not reports:
            raise NoSuch(N_("There is no such report in this case."))
    submitted = [report for report in reports if report.status is ReportStatus.SUBMITTED]
    if submitted:
        return max(submitted, key=lambda report: report.submitted_at or LONG_AGO)
    return reports[-1] if reports else None


def _begun(file: Material | None) -> SocialInquiry:
    """Return a report that says what the other records of the case say, an empty one for a blank form."""
    if file is None:
        unanswered: dict[str, Any] = {}
        return SocialInquiry(**unanswered)
    return SocialInquiry.begun(file.child, file.case, file.offences, records_of(file, Arrest), None, 1)


def _addenda(addenda: Sequence[Addendum], words: Words) -> Iterator[Block]:
    if not addenda:
        return
    yield PageBreak()
    yield Heading("", words.text("Addenda"))
    yield Note(words.text("The report above stays as it was submitted. These corrections were added later."))
    for addendum in addenda:
        section = words.figures(addendum.section or "")
        at = words.moment(addendum.written_at) if addendum.written_at else ""
        title = words.text("Section {section}, {at}", section=section, at=at) if section else at
        yield Heading("", title, 2)
        yield Text(addendum.text or "")


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Reports that are not handed over yet."""
    return (report.id for report in records_of(file, SocialInquiry) if report.delivered_on is None)


SOCIAL_INQUIRY_REPORT = Form(
    name="social-inquiry-report",
    number="F-13",
    title=N_("Social inquiry report"),
    purpose=N_("Tells prosecutor or court of the child's life and proposes a measure."),
    when=N_("Before the prosecutor or court decides."),
    version="1",
    chapter=Chapter.COURT,
    reader=Reader.AUTHORITY,
    compose=compose,
    record=SocialInquiry,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
