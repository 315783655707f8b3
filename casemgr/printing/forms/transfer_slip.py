"""The slip that goes with a child handed over to another organisation, and its answer."""

from collections.abc import Iterator
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Paper, TableBlock
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Chapter, Form, Material, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.fields import field_of
from casemgr.records.pathway.closure import Closure, is_transferred, was_reopened
from casemgr.records.pathway.legal_referral import Referral, was_closed

LOOK = Look(wide=("handed_to",), lines={"open_matters": 3})
SERVICE_COLUMNS = ("service", "organisation", "first_met_at")


def compose(wanted: Wanted) -> Paper:
    """Return the slip of a closing with which the case is handed over. Raises NoSuch."""
    sheet = RecordSheet(wanted, Closure, LOOK, fits=is_transferred)
    blocks = (
        *sheet.addressed(sheet.value("handed_to"), N_("Handing over the work with a child")),
        *sheet.identity(*sheet.of_child("language", "phone")),
        *sheet.of_child("village_code"),
        sheet.heading(N_("What was done so far")),
        _services(sheet),
        sheet.heading(N_("What we ask you to go on with")),
        *sheet.answers("open_matters"),
        sheet.ticks("", [(FOLLOW, False), (VISIT, False), (SCHOOL, False), (LAWYER, False)]),
        sheet.heading(N_("Agreement")),
        *sheet.answers("child_agrees", "guardian_agrees", "child_view"),
        *sheet.say(N_("The papers of the case are handed over only as far as child and guardian have allowed it.")),
        sheet.ask(N_("Our worker"), sheet.worker_told()),
        sheet.signatures(sheet.child_signs(), sheet.guardian_signs(), sheet.worker_signs()),
        *sheet.reply_slip(
            sheet.ticks("", [(TAKEN, False), (NOT_TAKEN, False)]), sheet.ask(N_("If not, why")),
            sheet.ask(N_("Who goes on with the work, telephone")), sheet.ask(N_("First visit (day, hour, place)")),
            sheet.ask(N_("Signature and date")),
        ),
    )  # fmt: skip
    return sheet.paper(TRANSFER_SLIP, blocks)


FOLLOW, VISIT = N_("Follow-up after the case"), N_("Visits in detention")
SCHOOL, LAWYER = N_("School or training"), N_("Help of a lawyer")
TAKEN, NOT_TAKEN = N_("We take the child on"), N_("We cannot take the child on")


def _services(sheet: RecordSheet[Closure]) -> TableBlock:
    """The services that worked with the child, a line each; those that still go on are open."""
    infos = [field_of(Referral, name) for name in SERVICE_COLUMNS]
    referrals = records_of(sheet.file, Referral) if sheet.file else []
    rows = [
        [
            *(as_printed(info, getattr(referral, info.name), sheet.words) for info in infos),
            sheet.text(ENDED if was_closed(referral) else GOES_ON),
        ]
        for referral in referrals
    ]
    heads = [*(sheet.label(info.label) for info in infos), sheet.label(N_("How it stands"))]
    return TableBlock(heads, rows, (4, 4, 3, 2), 0 if rows and not sheet.by_hand else max(3 - len(rows), 0))


ENDED, GOES_ON = N_("Ended"), N_("Goes on")


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Closings with which the case is handed over to others."""
    return (each.id for each in records_of(file, Closure) if is_transferred(each) and not was_reopened(each))


TRANSFER_SLIP = Form(
    name="transfer-slip",
    number="F-08",
    title=N_("Slip for handing over a child to another organisation"),
    purpose=N_("Tells the next organisation what was done and what is open, with a slip for the answer."),
    when=N_("When another organisation goes on with the work."),
    version="1",
    chapter=Chapter.REFERRAL,
    reader=Reader.OTHERS,
    compose=compose,
    record=Closure,
    fits=is_transferred,
    wanted_now=_wanted_now,
)
