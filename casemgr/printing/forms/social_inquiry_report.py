"""The social inquiry report on paper: filled, or blank for writing by hand.

The whole layout stands in this file, so that the ministry's own can replace it: questions come from the record, by
section and number, and the tables below say how each is set.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from casemgr.clock import local
from casemgr.i18n import N_, Words
from casemgr.law.ages import age_in_words, age_range
from casemgr.printing.blocks import (
    Answer,
    AnswerGrid,
    Block,
    Heading,
    Note,
    PageBreak,
    Paper,
    Signatures,
    Signer,
    TableBlock,
    Text,
    Ticks,
)
from casemgr.printing.forms.answers import as_printed, table_rows
from casemgr.printing.forms.form import Form, Material
from casemgr.printing.forms.letters import made_at
from casemgr.records.base import CaseRecord
from casemgr.records.case import Case
from casemgr.records.child import full_name
from casemgr.records.fields import Answer as YesNo
from casemgr.records.fields import FieldInfo, Group, Kind, Row, field_of, fields_of
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.inquiry_matter import HANDOVER, SIGNATURES
from casemgr.records.pathway.inquiry_person import OPENING
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.trouble import NoSuch

NAME = "social-inquiry-report"
VERSION = "1"
TITLE = N_("Social inquiry report")

WIDE = frozenset({
    "addressed_court", "birth_place_code", "village_code", "living_with", "other_support", "internet_use",
    "co_accused", "delivered_to", "detention_place", "land",
})  # fmt: skip
"""Short answers that take the whole width all the same."""

WRITTEN = frozenset({
    "nationality", "ethnicity", "religion", "last_grade", "birth_evidence", "living_with", "leaving_reason",
})  # fmt: skip
"""Choices written out by hand on the blank form, where boxes for all of them would fill the page."""

LINES = {
    "facts": 4, "explanation": 3, "summary": 3, "measures_plan": 3, "recommendation_reason": 3, "limits": 1,
    "training_done": 1, "training_wanted": 1, "complaints": 1, "family_agencies": 1, "migration": 1,
    "parents_action": 1, "village_remarks": 1, "exposure_remarks": 1, "result_remarks": 1, "daily_life": 1,
    "repair": 1, "community_remarks": 1, "treatment": 1, "providers": 1, "conditions": 1, "teacher_view": 1,
    "work_history": 1, "friends": 1, "second_option": 1, "child_risk_reason": 1, "living_remarks": 1,
}  # fmt: skip
"""Lines for writing a longer answer by hand; two where nothing is said."""

BLANK_ROWS = {"interviews": 4, "guardians": 2, "household": 5, "past": 2, "offences": 2, "losses": 3,
              "community_views": 2, "needs": 3, "plan": 5}  # fmt: skip

WIDTHS = {
    "interviews": (2, 3, 3, 4), "guardians": (4, 3, 3, 3, 5), "household": (4, 3, 2, 4, 3), "past": (2, 3, 4, 4),
    "offences": (4, 2, 3, 2, 4), "losses": (6, 3, 3), "community_views": (4, 4, 2, 6), "needs": (3, 6),
    "plan": (3, 5, 3, 3, 3),
}  # fmt: skip
"""Shares of the page for the columns of each table."""

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


def compose(
    file: Material | None, record_id: UUID | None, office: OfficeSettings | None, words: Words,
    with_restricted: bool = False,
) -> Paper:  # fmt: skip
    """Return the report of a case: the one named, else the one submitted last, else the last draft.

    A case without a report gives the blank form with what its other records already say. Raises NoSuch.
    """
    if file is None:
        unanswered: dict[str, Any] = {}
        report = SocialInquiry(**unanswered)
        return paper_of(report, None, (), office, words, by_hand=True, with_restricted=with_restricted)
    chosen = _chosen(file.records, record_id)
    if chosen is None:
        arrests = [record for record in file.records if isinstance(record, Arrest)]
        begun = SocialInquiry.begun(file.child, file.case, file.offences, arrests, None, 1)
        return paper_of(begun, file.case, (), office, words, by_hand=True, with_restricted=with_restricted)
    addenda = [addendum for addendum in file.addenda if addendum.report_id == chosen.id]
    return paper_of(chosen, file.case, addenda, office, words, with_restricted=with_restricted)


def paper_of(
    report: SocialInquiry, case: Case | None, addenda: Sequence[Addendum], office: OfficeSettings | None,
    words: Words, *, by_hand: bool = False, with_restricted: bool = False,
) -> Paper:  # fmt: skip
    """Return one report as a paper. by_hand: every question, boxes to tick and lines to write on."""
    layout = _Layout(report, words, by_hand, with_restricted)
    blocks = [*layout.blocks(), *_addenda(addenda, words)]
    name = (office.name_km if words.language == "km" else office.name_en) if office else None
    made = made_at(report.place_made, report.report_date, office, words)
    return Paper(
        form_name=NAME, form_version=VERSION, title=words.text(TITLE), office=name or "", made=made,
        case_number=case.number if case else None, blocks=blocks, practice=bool(office and office.practice),
        draft=report.status is ReportStatus.DRAFT and not by_hand,
    )  # fmt: skip


def _chosen(records: Iterable[CaseRecord], record_id: UUID | None) -> SocialInquiry | None:
    reports = [record for record in records if isinstance(record, SocialInquiry)]
    if record_id is not None:
        reports = [report for report in reports if report.id == record_id]
        if not reports:
            raise NoSuch(N_("There is no such report in this case."))
    submitted = [report for report in reports if report.status is ReportStatus.SUBMITTED]
    if submitted:
        return max(submitted, key=lambda report: report.submitted_at or LONG_AGO)
    return reports[-1] if reports else None


class _Layout:
    """One report being set, section by section."""

    def __init__(self, report: SocialInquiry, words: Words, by_hand: bool, with_restricted: bool) -> None:
        self.report, self.words, self.by_hand, self.with_restricted = report, words, by_hand, with_restricted
        self.numbered: set[str] = set()

    def blocks(self) -> Iterator[Block]:
        """Yield the sections in their order, then what is on record of the handing over."""
        yield Note(self.words.text("Prepared by the organisation for the social agent of the State, who signs it."))
        sections: dict[Group, list[FieldInfo]] = {}
        for info in fields_of(SocialInquiry):
            if info.group is not None and self._asked(info):
                sections.setdefault(info.group, []).append(info)
        for group, infos in sections.items():
            number = "" if group is OPENING else self.words.figures(group.number or "")
            yield Heading(number, self.words.text(group.label))
            if self.by_hand and group.help:
                yield Note(self.words.text(group.help))
            yield from self._signatures() if group is SIGNATURES else self._section(infos)

    def _asked(self, info: FieldInfo) -> bool:
        if info.computed or (info.restricted and not self.with_restricted):
            return False
        if info.name in MADE or info.name in INTERNAL or (info.group is HANDOVER and info.name not in RECEIPT):
            return False
        return not info.retired if self.by_hand else info.is_shown(self.report)

    def _section(self, infos: Sequence[FieldInfo]) -> Iterator[Block]:
        """Yield the questions of a section; short answers that follow each other share rows."""
        short: list[Answer] = []
        for info in infos:
            if info.name.startswith(tuple(f"{parent}_" for parent in PARENTS)):
                if info.name == "father_name":
                    yield from self._parents(info)
                continue
            blocks = self._blocks(info)
            if isinstance(blocks[0], Answer) and self._is_short(info):
                short.append(blocks[0])
                if info.name == "stated_age":
                    short.append(self._age())
                continue
            yield from _grid(short)
            short = []
            yield from blocks
        yield from _grid(short)

    def _is_short(self, info: FieldInfo) -> bool:
        return info.kind not in (Kind.TEXT, Kind.CHOICES) and info.name not in WIDE

    def _blocks(self, info: FieldInfo) -> list[Block]:
        value = getattr(self.report, info.name)
        if info.row is not None:
            return [self._table_heading(info), self._table(info, info.row, value)]
        label = self._label(info)
        if self.by_hand and info.choices is not None and info.name not in WRITTEN:
            return [Ticks(label, self._boxes(info, value))]
        lines = LINES.get(info.name, 2) if info.kind is Kind.TEXT else 1
        answer = as_printed(info, value, self.words)
        if not self.by_hand:  # what is typed finds its own room
            lines = min(lines, 2) if answer is None else 1
        return [Answer(label, answer, lines)]

    def _table_heading(self, info: FieldInfo) -> Heading:
        number = "" if info.group is OPENING else self.words.figures(info.number or "")
        self.numbered.add(info.number or "")
        return Heading(number, self.words.text(info.label), 2)

    def _table(self, info: FieldInfo, row: type[Row], value: tuple[Row, ...]) -> TableBlock:
        heads = [self.words.text(column.label) for column in fields_of(row)]
        blank = BLANK_ROWS[info.name] if self.by_hand else int(not value)
        rows = table_rows(value, self.words)
        return TableBlock(heads, rows, WIDTHS[info.name], max(blank - len(rows), 0))

    def _parents(self, first: FieldInfo) -> Iterator[Block]:
        """Yield father and mother as the two lines of one table."""
        self.numbered.add(first.number or "")
        yield Heading(self.words.figures(first.number or ""), self.words.text("Parents"), 2)
        rows = []
        for parent, label in zip(PARENTS, (N_("Father"), N_("Mother")), strict=True):
            infos = [field_of(SocialInquiry, f"{parent}_{column}") for column in PARENT_COLUMNS]
            answers = [as_printed(info, getattr(self.report, info.name), self.words) for info in infos]
            rows.append([self.words.text(label), *answers])
        heads = ["", *(self.words.text(label) for label in PARENT_COLUMNS.values())]
        yield TableBlock(heads, rows, (2, 4, 3, 4, 4, 3))

    def _label(self, info: FieldInfo) -> str:
        """Return the question, with its number where it is the first of that number."""
        label = self.words.text(info.label)
        number = info.number or ""
        if number in self.numbered or number.startswith("0"):
            return label
        self.numbered.add(number)
        return f"{self.words.figures(number)} {label}"

    def _boxes(self, info: FieldInfo, value: object) -> list[tuple[str, bool]]:
        """Return the choices with their ticks, without those that an empty box says as well."""
        ticked = value if isinstance(value, tuple) else (value,)
        silent = {YesNo.NOT_ASKED.value, YesNo.UNKNOWN.value} if info.kind is Kind.CHOICES else {YesNo.NOT_ASKED.value}
        offered = [each for each in info.choices or () if each in ticked or not (each.retired or each.value in silent)]
        return [(self.words.text(each.label), each in ticked) for each in offered]

    def _age(self) -> Answer:
        """The age at the offence, or at each of them where it differs."""
        ages = [age_range(self.report.born, offence.committed_on) for offence in self.report.offences]
        told = dict.fromkeys(age_in_words(age, self.words) for age in ages if age is not None)
        return Answer(self.words.text("Age at the offence"), "; ".join(told) or None)

    def _signatures(self) -> Iterator[Block]:
        report, words = self.report, self.words
        child = full_name(report.family_name_km, report.given_name_km, report.family_name_latin,
                          report.given_name_latin, words.language)  # fmt: skip
        guardian = next((each.name for each in report.guardians if each.name), None)
        signed_on = words.date(report.signed_on) if report.signed_on else None
        seen_on = words.date(report.chief_seen_on) if report.chief_seen_on else None
        yield Signatures([
            Signer(words.text("Author"), report.author_name, signed_on),
            Signer(words.text("Supervisor"), report.supervisor_name),
            Signer(words.text("Social agent"), report.agent_name),
            Signer(words.text("Child"), child or None, thumbprint=True),
            Signer(words.text("Parent or guardian"), guardian, thumbprint=True),
            Signer(words.text("Seen and agreed: commune or sangkat chief"), report.chief_name, seen_on, seal=True),
        ])  # fmt: skip


def _grid(short: Sequence[Answer]) -> Iterator[Block]:
    if len(short) == 1:
        yield short[0]
    elif short:
        yield AnswerGrid(tuple(short))


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


SOCIAL_INQUIRY_REPORT = Form(
    name=NAME,
    title=TITLE,
    purpose=N_("Tells prosecutor or court of the child's life and proposes a measure."),
    when=N_("Before the prosecutor or court decides."),
    version=VERSION,
    compose=compose,
    record=SocialInquiry,
)
