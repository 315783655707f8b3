"""The letter to a police unit that holds a child: what the office has on record of the time, and what it asks for.

How long the law allows custody stands on it only where a lawyer has confirmed the row of the table of limits.
"""

from collections.abc import Iterator
from uuid import UUID

from casemgr.i18n import N_
from casemgr.law.deadlines import DeadlineValue
from casemgr.printing.blocks import Block, Paper
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.pathway.arrest import ARREST_RECORD, Arrest

LOOK = Look(wide=("police_unit", "arresting_unit"))
CUSTODY_RULE = "police-custody"


def compose(wanted: Wanted) -> Paper:
    """Return the letter about an arrest. Raises NoSuch."""
    sheet = RecordSheet(wanted, Arrest, LOOK)
    blocks = (
        *sheet.addressed(sheet.value("police_unit"), N_("Custody of a child")),
        *sheet.identity(*sheet.of_child("village_code")),
        sheet.heading(N_("As recorded by the office")),
        *sheet.answers("arrested_at", "arrived_at", "officer", "family_told", "agent_told", "lawyer_arrived_at"),
        *_allowed(sheet),
        sheet.heading(N_("What we ask for")),
        *sheet.points(
            N_("Tell us until what day and hour the child is held, and by whose order."),
            N_("Let the child see the parents or guardian, and a lawyer in private, before any questioning."),
            N_("Keep the child apart from adults, with food, water, rest and, where needed, a doctor."),
            N_("Release the child to the family, or bring the child before the prosecutor, as soon as the law asks."),
            numbered=True,
        ),
        *sheet.say(N_("Whoever cares for the child and the social agent can come at any hour when you call us.")),
        sheet.ask(N_("Our worker, day and night"), sheet.worker_told()),
        sheet.signatures(sheet.worker_signs(), sheet.signer(N_("Received by the police unit"), seal=True)),
        *sheet.reply_slip(
            sheet.ask(N_("Held until (day and hour)")), sheet.ask(N_("Ordered or extended by")),
            sheet.ask(N_("Prosecutor told at (day and hour)")), sheet.ask(N_("Lawyer called at (day and hour)")),
            sheet.ask(N_("Name and rank of the officer")),
        ),
    )  # fmt: skip
    return sheet.paper(CUSTODY_NOTICE, blocks)


def _allowed(sheet: RecordSheet[Arrest]) -> Iterator[Block]:
    """Say until when the law allows custody, where the row that gives it is confirmed."""
    deadline = _deadline(sheet)
    limit = sheet.wanted.limits.get(deadline.limit_key or "") if deadline else None
    if deadline is None or limit is None or not limit.confirmed:
        return
    yield from sheet.say(
        N_("By {article} custody ends at the latest on {moment}."),
        article=sheet.text(limit.article), moment=sheet.words.moment(deadline.due_at),
    )  # fmt: skip


def _deadline(sheet: RecordSheet[Arrest]) -> DeadlineValue | None:
    deadlines = sheet.file.deadlines if sheet.file and sheet.is_known else ()
    ours = (each for each in deadlines if each.rule == CUSTODY_RULE and each.record_id == sheet.record.id)
    return next(ours, None)


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Arrests of children who are still held by the police."""
    return (arrest.id for arrest in records_of(file, Arrest) if ARREST_RECORD.is_open(arrest))


CUSTODY_NOTICE = Form(
    name="custody-notice",
    number="F-02",
    title=N_("Notice to the police unit about the custody of a child"),
    purpose=N_("Reminds the police unit of the time, and asks for lawyer, family and an early end of custody."),
    when=N_("While a child is held by the police."),
    version="1",
    chapter=Chapter.ARREST,
    reader=Reader.AUTHORITY,
    compose=compose,
    record=Arrest,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
