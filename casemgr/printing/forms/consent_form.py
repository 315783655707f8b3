"""The consent of child and guardian: each thing that may be allowed is asked and ticked by itself."""

from collections.abc import Iterator

from casemgr.i18n import N_
from casemgr.printing.blocks import Block, Paper, Signer, Ticks
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.beside.consent import Consent
from casemgr.records.fields import field_of

LOOK = Look(blank_rows={"recipients": 3}, widths={"recipients": (3, 3, 4)}, lines={"withdrawn_what": 1})


def compose(wanted: Wanted) -> Paper:
    """Return the form of a consent. Raises NoSuch."""
    sheet = RecordSheet(wanted, Consent, LOOK)
    blocks = (
        *sheet.identity(),
        sheet.heading(N_("What we explain")),
        *sheet.points(
            N_("Our organisation helps children in conflict with the law: with police, court and prison and at home."),
            N_("For this we write down what you tell us and keep it locked. Only those who work on the case read it."),
            N_("You decide. You may say no to any line, or take back a yes on any day. We go on helping you."),
            N_("We must tell others without asking only where somebody is in danger or a court orders it."),
        ),
        sheet.heading(N_("What is allowed")),
        sheet.note(N_("Read each line aloud. Tick it only when both have said yes to it.")),
        *_allowed(sheet),
        *sheet.answers("recipients"),
        sheet.heading(N_("How it was explained")),
        *sheet.answers("read_aloud", "language", "explained", "given_by", "how", "given_on", "valid_until", "witness"),
        *sheet.say(N_("This paper was read aloud to us in a language that we understand, and we could ask about it.")),
        sheet.signatures(
            sheet.child_signs(),
            sheet.signer(N_("Parent or guardian"), sheet.value("guardian_name") or sheet.guardian(), thumbprint=True),
            sheet.worker_signs(),
            *_witness(sheet),
        ),
        *_withdrawn(sheet),
        sheet.note(N_("One copy stays with the family.")),
    )  # fmt: skip
    return sheet.paper(CONSENT_FORM, blocks)


def _allowed(sheet: RecordSheet[Consent]) -> Iterator[Block]:
    """Yield each thing that may be allowed with a box of its own, a line each."""
    info = field_of(Consent, "scope")
    for box in sheet.boxes(info, sheet.record.scope):
        yield Ticks("", [box])


def _witness(sheet: RecordSheet[Consent]) -> list[Signer]:
    named = sheet.value("witness")
    return [sheet.signer(N_("Witness"), named)] if named or sheet.by_hand else []


def _withdrawn(sheet: RecordSheet[Consent]) -> list[Block]:
    if not sheet.by_hand and sheet.record.withdrawn_on is None:
        return []
    return [sheet.heading(N_("If it is withdrawn")), *sheet.answers("withdrawn_on", "withdrawn_by", "withdrawn_what")]


def _wanted_now(file: Material) -> tuple[None, ...]:
    """A case in which nobody was asked yet."""
    return () if records_of(file, Consent) else (None,)


CONSENT_FORM = Form(
    name="consent",
    number="F-05",
    title=N_("Consent of child and guardian"),
    purpose=N_("Says what child and guardian allow: help, sharing of data, photographs, each by itself."),
    when=N_("At the first talk with the family, and again when it ends or something new is asked."),
    version="1",
    chapter=Chapter.CONSENT,
    reader=Reader.FAMILY,
    compose=compose,
    record=Consent,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
