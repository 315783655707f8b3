"""Case form 2 of the ministry: child and family rated item by item, the conclusion, and what was agreed on help.

The ratings are those of the review at the start, else of the review that is newest; without a review they come from
the social inquiry report, as far as it asks the same.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import AnswerGrid, Block, Paper, TableBlock, Ticks
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.ministry import (
    carer,
    case_worker,
    four_sign,
    head,
    newest,
    rated,
    scale,
)
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.printing.forms.sheet import Sheet
from casemgr.records.beside.consent import Consent, ConsentScope
from casemgr.records.child import HouseholdMember
from casemgr.records.fields import Answer as YesNo
from casemgr.records.fields import field_of
from casemgr.records.pathway.inquiry_answers import Contact, Interview
from casemgr.records.pathway.reintegration import CHILD_SCORES, FAMILY_SCORES, ReintegrationPlan, ReintegrationReview
from casemgr.records.pathway.reintegration_answers import Occasion
from casemgr.records.pathway.social_inquiry import SocialInquiry

LOOK = Look(written=("took_part",), lines={"conclusion": 3, "next_steps": 2})

SAME_ITEM = {
    "child_physical": "physical_health", "child_mental": "mental_health", "child_safety": "home_safety",
    "child_food": "food", "child_shelter": "shelter", "child_clothing": "clothing",
    "child_family_relations": "family_relations", "child_social_relations": "village_relations",
}  # fmt: skip
"""Items of the form that the social inquiry report rates as well, by the names of both fields."""

REMARKS = {
    "child_physical": "illness", "child_mental": "distress", "child_shelter": "living_remarks",
    "child_education": "last_grade", "child_family_relations": "family_remarks",
    "child_social_relations": "village_remarks", "child_documents": "documents", "family_care": "receive_remarks",
    "family_physical": "mother_health", "family_work": "mother_work", "family_assets": "land",
    "family_community": "community_remarks",
}  # fmt: skip
"""What the social inquiry report says of an item, by the names of both fields."""

HOUSEHOLD = ("name", "born", "occupation", "relation")

HOW = {
    N_("In person"): None, N_("By telephone"): Contact.PHONE, N_("In writing"): Contact.MESSAGE,
}  # fmt: skip
"""How the first contact was; what is neither by telephone nor in writing was in person."""

SERVICES = (
    N_("Counselling"), N_("Legal aid"), N_("School material or scholarship"), N_("Vocational training"),
    N_("Medical care"), N_("Food and material support"), N_("Support of the family"), N_("Other"),
)  # fmt: skip


def compose(wanted: Wanted) -> Paper:
    """Return the assessment. Raises NoSuch."""
    sheet = _sheet(wanted)
    report = newest(sheet, SocialInquiry)
    comments = _comments(sheet, report)
    blocks = (
        *sheet.say(N_(
            "Filled in by the case worker in a safe place, after the child agreed and was told what stays confidential."
        )),
        *head(sheet),
        *sheet.answers("reviewed_on", "occasion", "took_part"),
        sheet.ask(N_("Place of the assessment")),
        case_worker(sheet),
        sheet.heading(N_("State and needs of the child")),
        *scale(sheet),
        rated(sheet, sheet.record, CHILD_SCORES, comments),
        sheet.heading(N_("The family")),
        *_family(sheet, report),
        rated(sheet, sheet.record, FAMILY_SCORES, comments),
        sheet.heading(N_("Conclusion of the case worker")),
        _conclusion(sheet),
        *sheet.answers("conclusion", "next_steps"),
        *_services(sheet, report),
        four_sign(sheet),
    )  # fmt: skip
    return sheet.paper(MINISTRY_2_ASSESSMENT, blocks)


def _sheet(wanted: Wanted) -> RecordSheet[ReintegrationReview]:
    """Return the sheet of the review; of one begun from the report where there is none."""
    sheet = RecordSheet(wanted, ReintegrationReview, LOOK)
    reviews = records_of(wanted.file, ReintegrationReview) if wanted.file else []
    first = next((review for review in reviews if review.occasion is Occasion.START), None)
    if wanted.record_id is None and first is not None:
        return RecordSheet(wanted, ReintegrationReview, LOOK, record=first)
    report = newest(sheet, SocialInquiry)
    if not sheet.is_known and report is not None:
        ratings: dict[str, Any] = {item: getattr(report, asked) for item, asked in SAME_ITEM.items()}
        sheet.record = ReintegrationReview(**ratings)
    return sheet


def _comments(sheet: RecordSheet[ReintegrationReview], report: SocialInquiry | None) -> dict[str, str | None]:
    """Return what stands beside the items: what the report says of them, and what else was rated."""
    comments = {"family_other": sheet.record.family_other_what}
    if report is not None:
        for item, asked in REMARKS.items():
            comments[item] = as_printed(field_of(SocialInquiry, asked), getattr(report, asked), sheet.words)
    return comments


def _family(sheet: Sheet, report: SocialInquiry | None) -> Iterator[Block]:
    yield from sheet.of_child("village_code")
    yield AnswerGrid(tuple(sheet.of_child("house", "street")))
    counts = [field_of(SocialInquiry, name) for name in ("children_home", "boys_home", "girls_home")]
    yield AnswerGrid(tuple(
        sheet.ask(info.label, as_printed(info, getattr(report, info.name), sheet.words) if report else None)
        for info in counts
    ))  # fmt: skip
    yield sheet.heading(N_("People in the home"), 2)
    yield _household(sheet, report)
    yield from carer(sheet)


def _household(sheet: Sheet, report: SocialInquiry | None) -> TableBlock:
    people = (report.household if report else ()) or (sheet.file.child.household if sheet.file else ())
    infos = [field_of(HouseholdMember, name) for name in HOUSEHOLD]
    rows = [[as_printed(info, getattr(each, info.name), sheet.words) for info in infos] for each in people]
    room = 5 if sheet.wanted.by_hand or sheet.file is None else 1
    return TableBlock([sheet.label(info.label) for info in infos], rows, (4, 2.4, 4, 3), max(room - len(rows), 0))


def _conclusion(sheet: Sheet) -> Ticks:
    judged = (
        N_("Can be reintegrated"), N_("Cannot be reintegrated"), N_("Go on with the case"), N_("Close the case"),
    )  # fmt: skip
    return sheet.ticks("", [(each, False) for each in judged])


def _services(sheet: Sheet, report: SocialInquiry | None) -> Iterator[Block]:
    first = _first_contact(report)
    way = first.where if first else None
    by = {label: (contact is way if contact else way not in (None, *HOW.values())) for label, contact in HOW.items()}
    consent = newest(sheet, Consent)
    scope = consent.scope if consent else ()
    told = report is not None and report.confidentiality_explained is YesNo.YES
    yield sheet.heading(N_("Talk about services"))
    yield sheet.ask(N_("Date of the first contact"), sheet.words.date(first.on) if first and first.on else None)
    yield sheet.ticks(N_("Way of the first contact"), list(by.items()))
    yield sheet.ticks(N_("Services explained"), [(each, False) for each in SERVICES])
    yield sheet.ticks(N_("Rights explained"), (
        (N_("Rights in general"), False),
        (N_("To accept or to refuse help"), consent is not None and consent.explained is YesNo.YES),
        (N_("Confidentiality"), told),
    ))  # fmt: skip
    yield sheet.ticks(N_("Decision of child and family"), (
        (N_("They accept the services"), ConsentScope.SERVICES in scope),
        (N_("They do not accept the services"), ConsentScope.NOTHING in scope),
    ))  # fmt: skip


def _first_contact(report: SocialInquiry | None) -> Interview | None:
    """Return the first interview of the report that has a date."""
    dated = [each for each in report.interviews if each.on] if report else []
    return min(dated, key=lambda each: each.on or date.max, default=None)


def _wanted_now(file: Material) -> Iterator[UUID | None]:
    """Where child and family were looked at, in a report or a review, and no plan is begun yet."""
    if records_of(file, ReintegrationPlan):
        return
    reviews, reports = records_of(file, ReintegrationReview), records_of(file, SocialInquiry)
    if reviews or reports:
        yield reviews[-1].id if reviews else None


MINISTRY_2_ASSESSMENT = Form(
    name="ministry-2-assessment",
    number="M-2",
    title=N_("Case form 2: assessment of child and family"),
    purpose=N_("Shows social affairs and the local authority what child and family need, rated item by item."),
    when=N_("After the first information, before a plan is made."),
    version="1",
    chapter=Chapter.MINISTRY,
    reader=Reader.AUTHORITY,
    compose=compose,
    record=ReintegrationReview,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
