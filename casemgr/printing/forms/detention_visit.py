"""The record of a visit in detention: filled, or for taking along to the next visit."""

from collections.abc import Iterator, Sequence

from casemgr.clock import PHNOM_PENH
from casemgr.i18n import N_
from casemgr.printing.blocks import AnswerGrid, Block, Paper, TableBlock
from casemgr.printing.forms.complaint import COMPLAINT
from casemgr.printing.forms.form import Chapter, Form, Material, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet, next_one
from casemgr.records.pathway.detention import Detention, facility_now
from casemgr.records.pathway.detention_answers import VisitAction
from casemgr.records.pathway.detention_visit import (
    ACTIONS,
    CONTACTS,
    HEALTH,
    PLACE,
    VISIT,
    VOICE,
    DetentionVisit,
)

LOOK = Look(
    wide=("facility", "staff_met", "seen_in_private"),
    lines={"not_in_person_reason": 1, "discipline": 1, "health": 2, "violence_account": 3, "child_words": 3},
)

ON_RECORD = ("started_on", "order_number")
"""What the visitor compares with the register of the place."""


def compose(wanted: Wanted) -> Paper:
    """Return the record of a visit; by hand, where none is named, one for the next visit. Raises NoSuch."""
    sheet = RecordSheet(wanted, DetentionVisit, LOOK, record=_next_visit(wanted))
    blocks = (
        *sheet.identity(),
        *sheet.section(VISIT),
        *(_on_record(sheet) if sheet.by_hand else ()),
        *_undone(sheet),
        *sheet.section(PLACE),
        *sheet.section(HEALTH),
        *_elsewhere(sheet),
        *sheet.section(CONTACTS),
        *sheet.section(VOICE),
        *_actions(sheet),
        AnswerGrid((
            sheet.ask(N_("Signature of the visitor")), sheet.ask(N_("Seen by the supervisor")),
        )),
    )  # fmt: skip
    return sheet.paper(DETENTION_VISIT, blocks, made=False, head=False)


def _next_visit(wanted: Wanted) -> DetentionVisit | None:
    """Return the next visit to the place where the child is held, where one is to be written by hand."""
    visit = next_one(wanted, DetentionVisit)
    held = [each for each in records_of(wanted.file, Detention) if each.ended_on is None] if wanted.file else []
    if visit is not None and held:
        visit.facility = facility_now(held[-1], wanted.on)[1]
    return visit


def _on_record(sheet: RecordSheet[DetentionVisit]) -> Iterator[Block]:
    """Yield what the office knows of the detention, beside which the visitor writes what the register says."""
    yield sheet.heading(N_("What the office has on record"))
    yield from sheet.beside(Detention).answers(*ON_RECORD)
    yield sheet.ask(N_("The order allows it until"), _last_day(sheet))
    yield sheet.ask(N_("What the register of the place says"))


def _last_day(sheet: RecordSheet[DetentionVisit]) -> str | None:
    """Return until when the orders allow the detention, as somebody typed it from them."""
    running = sheet.file.deadlines if sheet.file else ()
    days = [each.due_at for each in running if each.rule == "detention-order" and each.ended_at is None]
    return sheet.words.date(max(days).astimezone(PHNOM_PENH).date()) if days else None


def _undone(sheet: RecordSheet[DetentionVisit]) -> Iterator[Block]:
    """Yield what earlier visits left to be done."""
    visits = records_of(sheet.file, DetentionVisit) if sheet.file and sheet.by_hand else []
    waiting = [
        action for visit in visits if visit.id != sheet.record.id for action in visit.actions if action.done_on is None
    ]
    if waiting:
        yield sheet.heading(N_("Still to be done from earlier visits"))
        yield _table(sheet, waiting)


def _actions(sheet: RecordSheet[DetentionVisit]) -> Iterator[Block]:
    if sheet.by_hand or sheet.record.actions:
        yield sheet.heading(ACTIONS.label)
        yield _table(sheet, sheet.record.actions, blank_rows=4 if sheet.by_hand else 0)


def _table(sheet: RecordSheet[DetentionVisit], actions: Sequence[VisitAction], *, blank_rows: int = 0) -> TableBlock:
    columns = ("what", "who", "by_when", "done_on")
    return sheet.table(VisitAction, actions, columns, widths=(6, 3, 2, 2), blank_rows=blank_rows)


def _elsewhere(sheet: RecordSheet[DetentionVisit]) -> Iterator[Block]:
    """Yield where to write what only named staff may read: others can see this sheet in the prison."""
    if sheet.by_hand and not sheet.wanted.with_restricted:
        yield sheet.note(N_(
            "Injuries, violence and complaints are not written on this sheet. Write them on form {form}, out of sight "
            "of the staff of the place, and keep it locked away."
        ), form=COMPLAINT.number)  # fmt: skip


def _wanted_now(file: Material) -> Iterator[None]:
    """Once, while the child is held."""
    if any(detention.ended_on is None for detention in records_of(file, Detention)):
        yield None


DETENTION_VISIT = Form(
    name="detention-visit",
    number="F-15",
    title=N_("Record of a visit in detention"),
    purpose=N_("Keeps what was seen of the place, how the child is, and who does what about it."),
    when=N_("At each visit while the child is held."),
    version="1",
    chapter=Chapter.DETENTION,
    reader=Reader.OFFICE,
    compose=compose,
    record=DetentionVisit,
    wanted_now=_wanted_now,
)
