"""A complaint of ill-treatment, for the body that the child chose; and the office's own page about it.

All answers of a complaint are for named staff alone, and the services hand it to nobody else. What the addressee needs
leaves the office only where the child wishes to complain formally. Everything else stands on a page of its own, printed
with the answers for named staff: who saw it, how the child is kept safe, what was done.
"""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import AnswerGrid, Block, PageBreak, Paper, Together
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.beside.complaint import BY_WHOM, FOLLOWED, HAPPENED, HARM, Complaint, ComplaintWish
from casemgr.records.fields import FieldInfo, fields_of

LOOK = Look(
    wide=("place", "by_name", "witness"),
    lines={"account": 6, "injuries": 3, "wish_text": 3, "safety": 3, "result": 2},
    widths={"steps": (2, 4, 3, 5)},
)

SENT = frozenset({
    "happened_on", "place", "kinds", "account", "by_whom", "by_name", "injuries", "medical_paper", "money_amount",
})  # fmt: skip
"""What the addressee needs."""

BODIES = (
    N_("Prosecutor"), N_("Court"), N_("Head of the police unit"), N_("Head of the prison or centre"), N_("Lawyer"),
    N_("Committee for Women and Children"), N_("Another body"),
)  # fmt: skip


class _Complaint(RecordSheet[Complaint]):
    """One complaint being set."""

    @property
    def may_be_sent(self) -> bool:
        """Whether the paper is for an addressee: the child wishes it, or nothing is known yet."""
        return not self.is_known or self.record.wish is ComplaintWish.COMPLAIN

    @property
    def has_inner_page(self) -> bool:
        """Whether the office's own page is wanted, or is blank."""
        return self.wanted.with_restricted or not self.is_known

    def is_asked(self, info: FieldInfo) -> bool:
        """Whether a question stands on the paper: for the addressee only where the child wishes it."""
        open_here = not self.is_known or (info.name in SENT and self.may_be_sent)
        return super().is_asked(replace(info, restricted=not open_here))

    @property
    def lacks_facts(self) -> bool:
        """Whether something is missing that the addressee has to be told."""
        asked = (info for info in fields_of(Complaint) if info.required and info.name in SENT)
        return not self.by_hand and any(getattr(self.record, info.name) in (None, "", ()) for info in asked)


def compose(wanted: Wanted) -> Paper:
    """Return a complaint. Raises NoSuch."""
    sheet = _Complaint(wanted, Complaint, LOOK)
    blocks = (
        *(_letter(sheet) if sheet.may_be_sent else _kept_back(sheet)),
        *(_inner_page(sheet) if sheet.has_inner_page else ()),
    )
    return sheet.paper(COMPLAINT, blocks, draft=sheet.lacks_facts, head=sheet.may_be_sent)


def _letter(sheet: _Complaint) -> Iterator[Block]:
    yield sheet.ticks(N_("To"), [(body, False) for body in BODIES])
    yield sheet.ask(N_("Name and address of the body"))
    yield from _about(sheet)
    yield from _facts(sheet)
    yield Together(tuple(_asked(sheet)))
    yield from sheet.reply_slip(
        sheet.ask(N_("Received by")), sheet.ask(N_("Received on")), sheet.ask(N_("Number of the complaint")),
        sheet.ask(N_("Answer expected by")),
    )  # fmt: skip


def _about(sheet: _Complaint) -> Iterator[Block]:
    """Yield who complains: of an offence of the child nothing is said."""
    yield sheet.child_answer()
    yield AnswerGrid((*sheet.of_child("sex"), sheet.ages()[-1]))


def _asked(sheet: _Complaint) -> Iterator[Block]:
    yield sheet.heading(N_("What is asked"))
    yield from sheet.say(N_(
        "The child asks that what happened be looked into, that the child and the family be safe from revenge, and "
        "that the answer be given in writing to the organisation."
    ))  # fmt: skip
    yield from sheet.say(N_(
        "This complaint was written down as the child told it, and was read aloud to the child. The child chose to "
        "whom it is sent."
    ))  # fmt: skip
    if sheet.wanted.named:
        yield sheet.signatures(
            sheet.child_signs(), sheet.signer(N_("Support person"), thumbprint=True),
            sheet.worker_signs(N_("Written down by")),
        )  # fmt: skip
    else:
        yield from sheet.say(
            N_("The organisation knows the child's name. Ask it before any step that would make the child known.")
        )
        yield sheet.signatures(sheet.worker_signs(N_("Written down by")))


def _facts(sheet: _Complaint, *, but: tuple[str, ...] = ("told_on", "witness")) -> Iterator[Block]:
    for group in (HAPPENED, BY_WHOM, HARM):
        yield from sheet.section(group, but=but)


def _kept_back(sheet: _Complaint) -> Iterator[Block]:
    """Yield what stands on the paper of a complaint that is not to be sent."""
    yield from _about(sheet)
    yield from sheet.say(N_(
        "The child has not asked for a formal complaint. What the child told is not sent to anybody, and is printed "
        "only with the answers for named staff."
    ))  # fmt: skip
    yield from _facts(sheet)


def _inner_page(sheet: _Complaint) -> Iterator[Block]:
    yield PageBreak()
    yield sheet.heading(N_("For named staff only: this page stays in the office"))
    yield from sheet.answers("told_on", "witness")
    yield from sheet.answers("wish", "wish_text", "safety")
    yield from sheet.section(FOLLOWED)


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Complaints that the child wishes to make and that were told to nobody yet."""
    return (
        complaint.id
        for complaint in records_of(file, Complaint)
        if complaint.wish is ComplaintWish.COMPLAIN and not complaint.steps and complaint.closed_on is None
    )


COMPLAINT = Form(
    name="complaint",
    number="F-17",
    title=N_("Complaint of ill-treatment"),
    purpose=N_("Tells the body that the child chose what was done to the child."),
    when=N_("When the child wishes to complain."),
    version="1",
    chapter=Chapter.DETENTION,
    reader=Reader.OTHERS,
    compose=compose,
    record=Complaint,
    naming=Naming.CODE,
    wanted_now=_wanted_now,
)
