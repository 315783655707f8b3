"""The parts of the summary of a case that stand on it where something is written down of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from casemgr.clock import as_moment
from casemgr.i18n import N_
from casemgr.printing.blocks import Answer, Block, TableBlock
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import AnyRecord, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.printing.forms.sheet import Sheet
from casemgr.records.base import CaseRecord
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.child import Guardian
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.fields import Answer as YesNo
from casemgr.records.fields import Choice, FieldInfo, field_of, fields_of
from casemgr.records.pathway.closure import Closure
from casemgr.records.pathway.court import Decision
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.hearing import Hearing
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.pathway.reintegration import ReintegrationPlan, ReintegrationReview
from casemgr.records.pathway.reintegration_answers import PlanGoal
from casemgr.records.pathway.social_inquiry import SocialInquiry

LOOK = Look(
    written=("measures", "court_result", "outcome", "end_reason", "offered_by", "why", "reason"), wide=("measures",)
)

OF_THE_FAMILY = frozenset({ContactRole.GUARDIAN, ContactRole.RELATIVE})
"""Contacts whose names would tell who the child is."""

BEFORE_COURT: Mapping[type[CaseRecord], tuple[str, str, tuple[str, ...]]] = {
    Decision: ("decided_on", "authority_name", ("decision", "order_number")),
    Hearing: ("planned_at", "court", ("stage_of", "outcome")),
    Judgment: ("decided_on", "court", ("result", "measures", "penalties", "number")),
}
"""What is told of each step before prosecutor and court: when, where, with what result; by the names of fields."""

SILENT = frozenset({YesNo.NO.value, YesNo.NOT_ASKED.value, YesNo.UNKNOWN.value})
"""Codes of answers that say nothing to those who look for harm."""


def orders(sheet: Sheet) -> Iterator[Block]:
    """Yield what prosecutor and courts decided and when the hearings are, in the order of time."""
    records = [each for each in sheet.file.records if isinstance(each, tuple(BEFORE_COURT))] if sheet.file else []
    if not records and sheet.file is not None:
        return
    told = []
    for record in records:
        at, court, results = BEFORE_COURT[type(record)]
        when = getattr(record, at)
        result = [answer for name in results if (answer := _cell(sheet, field_of(type(record), name), record))]
        cells = [_cell(sheet, field_of(type(record), name), record) for name in (at, court)]
        told.append((as_moment(when or date.max), [*cells, sheet.text(record.title), "; ".join(result) or None]))
    rows = [cells for _, cells in sorted(told, key=lambda each: each[0])]
    heads = [sheet.label(head) for head in (N_("Date"), N_("Court or office"), N_("What happened"), N_("Result"))]
    yield sheet.heading(N_("Prosecutor and court"))
    yield TableBlock(heads, rows, (2.8, 4, 3.4, 5), max(_room(sheet) - len(rows), 0))


def referrals(sheet: Sheet) -> Iterator[Block]:
    """Yield who was asked for help and what they answered."""
    yield from _listed(sheet, N_("Referrals and answers"), Referral, {
        "asked_at": 2.6, "service": 3, "organisation": 3.4, "answer": 2.6, "answered_at": 2.6, "first_met_at": 2.6,
    })  # fmt: skip


def report(sheet: Sheet) -> Iterator[Block]:
    """Yield what the newest social inquiry report says."""
    if (found := _newest(sheet, SocialInquiry)) is None:
        return
    yield sheet.heading(N_("Social inquiry report"))
    yield from found.answers(
        "requested_on", "due_on", "delivered_on", "court_result", "detention_avoidable", "reoffending_risk", "measures"
    )
    yield sheet.ask(field_of(SocialInquiry, "summary").label, sheet.free(found.record.summary))


def diversion(sheet: Sheet) -> Iterator[Block]:
    """Yield how the newest diversion goes."""
    if (found := _newest(sheet, Diversion)) is None:
        return
    yield sheet.heading(N_("Diversion"))
    yield from found.answers("offered_by", "offered_on", "ordered_on", "ends_on", "outcome", "ended_on")
    record = found.record
    asked, done = (record.hours_required, record.hours_done) if found.is_known else (0, 0)
    if asked:
        told = sheet.text(N_("{done} of {asked}"), done=sheet.words.number(done), asked=sheet.words.number(asked))
        yield sheet.ask(N_("Hours done of those asked for"), told)


def plan(sheet: Sheet) -> Iterator[Block]:
    """Yield the goals of the newest reintegration plan, without who does what, and the totals of the newest review."""
    if (found := _newest(sheet, ReintegrationPlan)) is None:
        return
    yield sheet.heading(N_("Reintegration plan"))
    yield from found.answers("begun_on", "why", "ended_on", "end_reason")
    yield _rows(sheet, PlanGoal, found.record.goals or (), {"area": 3, "goal": 6, "by_when": 2.4, "result": 3})
    yield from _last_scores(sheet)


def _last_scores(sheet: Sheet) -> Iterator[Block]:
    reviews = records_of(sheet.file, ReintegrationReview) if sheet.file else []
    if reviews and reviews[-1].reviewed_on and (total := reviews[-1].grand_total) is not None:
        day, points = sheet.words.date(reviews[-1].reviewed_on), sheet.words.plural("{n} point", "{n} points", total)
        yield sheet.ask(N_("Last review with scores"), sheet.text(N_("{date}: {points}"), date=day, points=points))


def follow_ups(sheet: Sheet) -> Iterator[Block]:
    """Yield what each follow-up found."""
    yield from _listed(sheet, N_("Follow-ups"), FollowUp, {
        "done_on": 2.2, "how": 3, "status": 4, "new_contact": 3, "next_on": 2.6,
    })  # fmt: skip


def closing(sheet: Sheet) -> Iterator[Block]:
    """Yield when and why the case was closed; no empty lines, since most cases are not."""
    if sheet.file is not None and (found := _newest(sheet, Closure)) is not None:
        yield sheet.heading(N_("Closing the case"))
        yield from found.answers("closed_on", "reason", "handed_to", "reopened_on")


def contacts(sheet: Sheet) -> Iterator[Block]:
    """Yield whom to call; with the code those of the family are left out."""
    rows = [*_guardians(sheet), *_contacts(sheet)]
    yield sheet.heading(N_("Contacts"))
    labels = [field_of(Contact, name).label for name in ("role", "name_km", "organisation", "phone")]
    heads = [sheet.label(label) for label in (labels[0], N_("Name"), *labels[2:])]
    yield TableBlock(heads, rows, (3, 4, 4, 3), max(_room(sheet) - len(rows), 0))


def _guardians(sheet: Sheet) -> Iterator[list[str | None]]:
    if sheet.file is None or not sheet.wanted.named:
        return
    relation = field_of(Guardian, "relation")
    for each in sheet.file.child.guardians:
        yield [as_printed(relation, each.relation, sheet.words), each.name, None, each.phone]


def _contacts(sheet: Sheet) -> Iterator[list[str | None]]:
    if sheet.file is None:
        return
    for part in records_of(sheet.file, CaseContact):
        contact = sheet.file.contacts.get(part.contact_id)
        over = part.until is not None and part.until < sheet.wanted.on
        if contact is None or over or (part.role in OF_THE_FAMILY and not sheet.wanted.named):
            continue
        names = (contact.name_km, contact.name_latin)
        own, other = names if sheet.words.language == "km" else reversed(names)
        role = as_printed(field_of(CaseContact, "role"), part.role, sheet.words)
        yield [role, own or other, contact.organisation, contact.phone]


def for_named_staff(sheet: Sheet) -> Iterator[Block]:
    """Yield the restricted answers that say something, record by record, where they are wanted."""
    if sheet.file is None or not sheet.wanted.with_restricted:
        return
    found = [(record, answers) for record in sheet.file.records if (answers := _restricted(sheet, record))]
    if found:
        yield sheet.heading(N_("For named staff only"))
    for record, answers in found:
        yield sheet.heading(type(record).title, 2)
        yield from answers


def _restricted(sheet: Sheet, record: CaseRecord) -> list[Answer]:
    infos = [info for info in fields_of(type(record)) if info.restricted and info.row is None and info.is_shown(record)]
    told = [(info, getattr(record, info.name)) for info in infos]
    return [
        Answer(sheet.label(info.label), sheet.free(as_printed(info, value, sheet.words)))
        for info, value in told
        if value not in (None, "", ()) and not (isinstance(value, Choice) and value.value in SILENT)
    ]


def _newest(sheet: Sheet, kind: type[AnyRecord]) -> RecordSheet[AnyRecord] | None:
    """Return the newest record of a class on its own sheet, an empty one for a blank form, None where there is none."""
    if sheet.file is not None and not records_of(sheet.file, kind):
        return None
    return RecordSheet(sheet.wanted, kind, LOOK)


def _listed(
    sheet: Sheet, heading: str, kind: type[CaseRecord], columns: dict[str, float]
) -> Iterator[Block]:  # fmt: skip
    """Yield the records of a class, one on each line, under a heading; nothing where the case has none."""
    records = records_of(sheet.file, kind) if sheet.file else []
    if records or sheet.file is None:
        yield sheet.heading(heading)
        yield _rows(sheet, kind, records, columns)


def _rows(sheet: Sheet, kind: type[Any], records: Sequence[Any], columns: dict[str, float]) -> TableBlock:
    infos = [field_of(kind, name) for name in columns]
    rows = [[_cell(sheet, info, each) for info in infos] for each in records]
    heads = [sheet.label(info.label) for info in infos]
    return TableBlock(heads, rows, tuple(columns.values()), max(_room(sheet) - len(rows), 0))


def _cell(sheet: Sheet, info: FieldInfo, record: Any) -> str | None:
    if not info.is_shown(record):
        return None
    return sheet.free(as_printed(info, getattr(record, info.name), sheet.words))


def _room(sheet: Sheet) -> int:
    return 3 if sheet.wanted.by_hand or sheet.file is None else 1
