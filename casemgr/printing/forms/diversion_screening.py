"""The screening for diversion as a note to who decides: what was weighed, who agrees, what is proposed."""

from collections.abc import Iterator
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Paper
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.fields import Answer
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.diversion_answers import ScreeningDecision
from casemgr.records.pathway.diversion_screening import (
    CONDITIONS,
    RECOMMENDATION,
    VIEWS,
    DiversionScreening,
    was_decided,
)

LOOK = Look(
    lines={"guardian_view": 1, "victim_remark": 1, "recommendation_reason": 3},
    blank_rows={"factors": 4},
    widths={"factors": (7, 3.5, 3)},
)


def compose(wanted: Wanted) -> Paper:
    """Return the note of one screening, with room for the decision while there is none. Raises NoSuch."""
    sheet = RecordSheet(wanted, DiversionScreening, LOOK)
    blocks = (
        *sheet.identity(*sheet.of_case("court_number", "police_report_number")),
        sheet.offences(blank_rows=1),
        *sheet.answers("asked_by", "screened_on", "screened_by", "detained_now"),
        *sheet.section(CONDITIONS),
        *sheet.answers("factors"),
        *sheet.section(VIEWS),
        sheet.ticks(N_("Agree that diversion is proposed"), _agreed(sheet)),
        *sheet.section(RECOMMENDATION, heading=N_("Our proposal")),
        sheet.note(N_(
            "What the child says here was said for this proposal alone. Whether the law allows diversion, the "
            "authority decides."
        )),
        sheet.signatures(sheet.worker_signs(), sheet.signer(N_("Supervisor"))),
        sheet.heading(N_("Decision of the authority")),
        sheet.ticks("", [(each.label, each is sheet.record.authority_decision) for each in _DECISIONS]),
        sheet.ask(N_("Decided on"), sheet.value("decided_on") if was_decided(sheet.record) else None),
        *([] if was_decided(sheet.record) else [sheet.ask(N_("Reasons"), lines=2)]),
    )  # fmt: skip
    return sheet.paper(DIVERSION_SCREENING, blocks)


_DECISIONS = (ScreeningDecision.ACCEPTED, ScreeningDecision.REFUSED)


def _agreed(sheet: RecordSheet[DiversionScreening]) -> list[tuple[str, bool]]:
    """Who agrees: known where an offer is on record already, else ticked with a pen."""
    offer = sheet.beside(Diversion).record
    return [
        (N_("The child"), offer.consent_child is Answer.YES),
        (N_("Parent or guardian"), offer.consent_guardian is Answer.YES),
    ]


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Screenings about which nobody has decided."""
    return (screening.id for screening in records_of(file, DiversionScreening) if not was_decided(screening))


DIVERSION_SCREENING = Form(
    name="diversion-screening",
    number="F-09",
    title=N_("Diversion screening note"),
    purpose=N_("Tells the prosecutor or judge what speaks for diversion and against it, and what we propose."),
    when=N_("Before prosecutor or judge decide whether to offer diversion."),
    version="1",
    chapter=Chapter.DIVERSION,
    reader=Reader.AUTHORITY,
    compose=compose,
    record=DiversionScreening,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
