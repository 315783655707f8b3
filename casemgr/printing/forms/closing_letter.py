"""The letter to the family when a case is closed, in words to be read aloud.

It says nothing of the offence and names no reason that could hurt: what it says follows from why the case was closed.
Where the child died or cannot be found, it is written to the family alone.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Block, Paper, Together
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.beside.consent import Consent, ConsentScope, allows
from casemgr.records.pathway.closure import ClosingReason, Closure

LOOK = Look(wide=("handed_to", "papers_until", "closed_on"), lines={"achieved": 2, "open_matters": 1})

BACK = N_("You may come back to us at any time, for any reason. It costs nothing.")
TALK = N_("Call us when there is trouble, when you need advice, or when you only want to talk.")
PAPERS = N_("We keep the papers of the case locked up. You may ask us what we wrote about you, and for a copy.")
NOT_WITHOUT_YOU = N_("We give nobody your name or your papers without asking you first.")


class Letter(NamedTuple):
    """What a letter says. opening: why the case is closed. after: what holds from now on. to_child: also to the child.

    reached: with what the child achieved and what stays to be done.
    """

    opening: tuple[str, ...]
    after: tuple[str, ...] = (BACK, TALK, NOT_WITHOUT_YOU)
    to_child: bool = True
    reached: bool = True


USUAL = Letter((N_("Our regular work with you ends, and we close your case."),))

WELL = Letter((
    N_("You have come a long way. You do not need our regular help any more, so we close your case."),
    N_("We thank you and your family for the trust you gave us."),
))  # fmt: skip

NO_RIGHT_TO_IT = Letter((
    N_("By the rules that we work under we cannot go on with your case, so we close it."),
    N_("This is no punishment. It was right to ask for help."),
))  # fmt: skip

TRANSFERRED = Letter((
    N_("From now on another organisation helps you in our place, so we close your case here."),
    N_("It learns from us only what you have allowed us to tell."),
))  # fmt: skip

MOVED = Letter((
    N_("You now live too far from our office for our visits, so we close your case here."),
    N_("If you need help where you live now, call us. We look for somebody near you."),
))  # fmt: skip

REFUSED = Letter((
    N_("You told us that you do not want our help any more. That is your right, and nobody is angry with you."),
), reached=False)  # fmt: skip

NO_MEANS = Letter((
    N_("We are sorry: our office is not able to go on with your case. The reason lies with us, not with you."),
    N_("If you need help now, ask us who else can give it."),
))  # fmt: skip

LOST = Letter(
    (
        N_("We have looked for your child and could not find it. For now we close the case."),
        N_("When you hear of your child, or when it comes home, call us. We open the case again at once."),
    ),
    (
        N_("Your child may come to us at any time. Nobody is punished by us for having been away."),
        TALK, NOT_WITHOUT_YOU,
    ),
    to_child=False, reached=False,
)  # fmt: skip

MOURNING = Letter(
    (
        N_("We grieve with you for your child, and we keep it in good memory."),
        N_("With this letter we tell you that we have closed the case."),
    ),
    (N_("Call us when you need a paper or advice, or when you only want to talk."), NOT_WITHOUT_YOU),
    to_child=False, reached=False,
)  # fmt: skip

LETTERS: Mapping[ClosingReason | None, Letter] = {
    ClosingReason.GOALS_MET: WELL, ClosingReason.SCORE_REACHED: WELL, ClosingReason.ADULT: WELL,
    ClosingReason.NO_NEED: WELL, ClosingReason.NOT_ELIGIBLE: NO_RIGHT_TO_IT,
    ClosingReason.COURT_INELIGIBLE: NO_RIGHT_TO_IT, ClosingReason.TRANSFERRED: TRANSFERRED,
    ClosingReason.MOVED_ABROAD: MOVED, ClosingReason.MOVED_AWAY: MOVED, ClosingReason.MISSING: LOST,
    ClosingReason.RUN_AWAY: LOST, ClosingReason.REFUSED: REFUSED, ClosingReason.DIED: MOURNING,
    ClosingReason.NO_MEANS: NO_MEANS,
}  # fmt: skip
"""The letter for each reason; for any other the usual one."""


def compose(wanted: Wanted) -> Paper:
    """Return the letter on a closing. Raises NoSuch."""
    sheet = RecordSheet(wanted, Closure, LOOK)
    letter = LETTERS.get(sheet.record.reason, USUAL)
    blocks = (
        *_addressed(sheet, letter),
        *(block for sentence in letter.opening for block in sheet.say(sentence)),
        *sheet.answers("closed_on", *(("handed_to",) if letter is TRANSFERRED else ())),
        *_reached(sheet, letter),
        sheet.heading(N_("What holds from now on")),
        *sheet.points(*letter.after, *_still_asked(sheet, letter), PAPERS),
        sheet.ask(N_("We keep the papers until"), sheet.value("papers_until")),
        sheet.heading(N_("Whom to call")),
        sheet.ask(N_("Our worker"), sheet.worker_told()),
        sheet.ask(N_("Our office"), _office(sheet)),
        _signed(sheet, letter),
    )  # fmt: skip
    return sheet.paper(CLOSING_LETTER, blocks)


def _addressed(sheet: RecordSheet[Closure], letter: Letter) -> Iterator[Block]:
    whom = N_("To the child and its family") if letter.to_child else N_("To the family of")
    yield sheet.ask(whom, sheet.child_told())


def _reached(sheet: RecordSheet[Closure], letter: Letter) -> Iterator[Block]:
    if letter.reached:
        yield from sheet.answers("achieved", "open_matters")


def _still_asked(sheet: RecordSheet[Closure], letter: Letter) -> tuple[str, ...]:
    """Return that the office goes on asking after the child, where the family allows it on the day of the closing."""
    on = sheet.record.closed_on or sheet.wanted.on
    consents = records_of(sheet.file, Consent) if sheet.file else []
    if letter.to_child and letter.reached and allows(consents, ConsentScope.CONTACT, on):
        return (N_("As you have allowed, we still call or visit you a few times to hear how you are. You may say no."),)
    return ()


def _office(sheet: RecordSheet[Closure]) -> str | None:
    office = sheet.wanted.office
    return " · ".join(part for part in (office.phone, office.address) if part) or None if office else None


def _signed(sheet: RecordSheet[Closure], letter: Letter) -> Together:
    child = (sheet.child_signs(),) if letter.to_child else ()
    return Together((
        *sheet.say(N_(
            "This letter was read aloud to those who receive it. Their thumbprint says only that they have it."
        )),
        sheet.signatures(sheet.worker_signs(), *child, sheet.guardian_signs()),
        sheet.note(N_("Copy to: commune or sangkat chief, where the child and the family agree.")),
    ))  # fmt: skip


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Closings after which the case was not opened again."""
    return (closure.id for closure in records_of(file, Closure) if closure.reopened_on is None)


CLOSING_LETTER = Form(
    name="closing-letter",
    number="F-24",
    title=N_("Letter on closing the case"),
    purpose=N_("Tells child and family that the case is closed, whom to call, and that they may come back."),
    when=N_("When a case is closed, whatever the reason."),
    version="1",
    chapter=Chapter.REINTEGRATION,
    reader=Reader.FAMILY,
    compose=compose,
    record=Closure,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
