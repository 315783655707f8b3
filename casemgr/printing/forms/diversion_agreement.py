"""The agreement and plan of a diversion, which everybody who takes part signs."""

from collections.abc import Iterator
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Answer as Asked
from casemgr.printing.blocks import Block, Paper, Signatures
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.printing.forms.sheet import in_rows
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.contact import ContactRole
from casemgr.records.fields import Answer
from casemgr.records.pathway.diversion import Diversion, has_ended

LOOK = Look(
    wide=("authority_name",), blank_rows={"measures": 6}, widths={"measures": (3.3, 3, 2.9, 2.9, 1.4, 2.4, 2.2)}
)


def compose(wanted: Wanted) -> Paper:
    """Return the agreement of one diversion. Raises NoSuch."""
    sheet = RecordSheet(wanted, Diversion, LOOK)
    blocks = (
        *sheet.identity(*sheet.of_child("village_code")),
        sheet.offences(blank_rows=1),
        sheet.heading(N_("Order of the authority")),
        *sheet.answers("authority_name", "offered_by", "offered_on", "order_number", "ordered_on"),
        sheet.heading(N_("Agreement of child and guardian")),
        *sheet.answers("legal_advice", "consent_child", "consent_guardian", "advice_by", "advice_on"),
        *_advised(sheet),
        sheet.heading(N_("Plan")),
        *sheet.answers("measures"),
        sheet.ask(N_("Conditions in more detail (places, persons, hours)"), lines=2 if sheet.by_hand else 1),
        *sheet.answers("starts_on", "ends_on", "agent", "worker"),
        _reviews(sheet),
        sheet.heading(N_("What we agree on")),
        *sheet.points(*PROMISES, numbered=True),
        sheet.heading(N_("Whom to call")),
        *_contacts(sheet),
        *sheet.say(N_("This paper was read aloud to the child and the guardian before they signed it.")),
        sheet.note(N_("One copy each for the family, the authority, the social agent, the lawyer and the office.")),
        *_signed(sheet),
    )  # fmt: skip
    return sheet.paper(DIVERSION_AGREEMENT, blocks)


PROMISES = (
    N_("The child follows the plan. The family helps. The social agent and the office go with them to the end."),
    N_("Who cannot come one day tells the social agent before. The plan can be changed when all agree."),
    N_(
        "When the plan is not kept, the social agent first speaks with the child and the family, then tells the "
        "authority. The authority can change the plan, or take the case up again in the usual way."
    ),
    N_(
        "When the plan is completed, the social agent tells the authority and asks that the case be closed and leave "
        "no criminal record."
    ),
    N_(
        "What the child admits is for this plan alone. It is the aim of all who sign that it is never used against "
        "the child, also when the plan ends early."
    ),
    N_(
        "Child and family may complain at any time, about the plan or about anybody in it: to the social agent, the "
        "lawyer, the office or the authority. A complaint does not harm the child."
    ),
)
"""What is meant by those who sign; none of it is given out as law."""


def _advised(sheet: RecordSheet[Diversion]) -> list[Block]:
    """What child and guardian confirm; where no advice was given nobody is to sign that it was."""
    if sheet.record.legal_advice not in (None, Answer.YES):
        return [sheet.note(N_("No legal advice is on record. Ask for a lawyer before anybody signs this paper."))]
    return sheet.say(N_(
        "A lawyer explained to the child and the guardian what this plan asks and what follows from it. They agree "
        "freely. They know that they may say no, today and later, and that nobody may press them."
    ))  # fmt: skip


def _reviews(sheet: RecordSheet[Diversion]) -> Asked:
    """The days on which all look at the plan again."""
    planned = [sheet.words.date(review.planned_on) for review in sheet.record.reviews if review.planned_on]
    return sheet.ask(N_("We look at the plan again on"), ", ".join(planned) or None)


def _contacts(sheet: RecordSheet[Diversion]) -> Iterator[Block]:
    """Whom the family can call, as far as the case names them."""
    office = sheet.wanted.office if sheet.file else None
    return in_rows((
        sheet.ask(N_("Telephone of the social agent"), _phone(sheet.file, ContactRole.SOCIAL_AGENT)),
        sheet.ask(N_("Telephone of the lawyer"), _phone(sheet.file, ContactRole.LAWYER)),
        sheet.ask(N_("Telephone of the office"), office.phone if office else None),
    ))  # fmt: skip


def _phone(file: Material | None, role: ContactRole) -> str | None:
    parts = records_of(file, CaseContact) if file else []
    contacts = [file.contacts.get(part.contact_id) for part in parts if part.role is role] if file else []
    return next((contact.phone for contact in reversed(contacts) if contact and contact.phone), None)


def _signed(sheet: RecordSheet[Diversion]) -> Iterator[Signatures]:
    """Two rows, so that a page never holds all signatures and nothing of what was agreed."""
    guardian = sheet.value("guardian_name") or sheet.guardian()
    yield sheet.signatures(
        sheet.child_signs(), sheet.signer(N_("Parent or guardian"), guardian, thumbprint=True),
        sheet.signer(N_("Victim, where taking part"), thumbprint=True),
    )  # fmt: skip
    yield sheet.signatures(
        sheet.signer(N_("Social agent"), sheet.value("agent")), sheet.worker_signs(),
        sheet.signer(N_("Authority"), seal=True),
    )  # fmt: skip


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Diversions that are not over."""
    return (diversion.id for diversion in records_of(file, Diversion) if not has_ended(diversion))


DIVERSION_AGREEMENT = Form(
    name="diversion-agreement",
    number="F-10",
    title=N_("Diversion agreement and plan"),
    purpose=N_("Says what the child does, with whom and until when, and that child and family agree to it freely."),
    when=N_("When diversion is offered, before the plan begins."),
    version="1",
    chapter=Chapter.DIVERSION,
    reader=Reader.FAMILY,
    compose=compose,
    record=Diversion,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
