"""The leaflet for a child in conflict with the law: what it may ask for, in large type or in pictures.

It says what the child may ask, never hours or articles: no limit of the law is confirmed. It bears no child's name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casemgr.i18n import N_
from casemgr.printing.blocks import AnswerGrid, Block, Cards, Drawn, Faces, Framed, PageBreak, Paper, Text
from casemgr.printing.drawings.named import Drawing
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.sheet import Sheet
from casemgr.records.beside.note import Note
from casemgr.records.case import CaseStatus
from casemgr.records.fields import Answer as Yes

SCALE = 1.65
"""Type of 16 points and more."""

OPENING = N_("This paper is for you. Ask when you do not understand something.")
RIGHTS = (
    (N_("What is happening now"), (
        (Drawing.CHILD_ASKS, N_("Somebody says that you did something that the law forbids. Only a judge can decide "
            "whether you are guilty. You may ask why you are here. You may ask what happens next.")),
    )),
    (N_("Who is who"), (
        (Drawing.POLICE, N_("The police try to find out what happened. They ask you questions and write down what you "
            "say.")),
        (Drawing.PROSECUTOR, N_("The prosecutor reads what the police wrote, and decides what is done next.")),
        (Drawing.JUDGE, N_("The judge listens to you and to others. Then the judge decides.")),
        (Drawing.LAWYER, N_("The lawyer is on your side. You may tell your lawyer everything. The lawyer speaks for "
            "you.")),
        (Drawing.SOCIAL_WORKER, N_("The social worker helps you and your family. You may tell us how you are.")),
    )),
    (N_("What you may do"), (
        (Drawing.SILENCE, N_("You may say nothing. You do not have to answer. You may say: I wait for my lawyer.")),
        (Drawing.ASK_LAWYER, N_("You may ask for a lawyer. You may ask to talk with the lawyer alone. You may ask to "
            "see the lawyer before you answer.")),
        (Drawing.ASK_PARENTS, N_("You may ask for your father, your mother or another person whom you trust. You may "
            "ask that they are told where you are, and that they come to you.")),
        (Drawing.INTERPRETER, N_("If you speak another language, or do not hear well, you may ask for an "
            "interpreter.")),
        (Drawing.FOOD, N_("If you are thirsty or hungry, you may ask for water and food.")),
        (Drawing.REST, N_("If you are tired, you may ask to rest and to sleep. You may ask to go to the toilet.")),
        (Drawing.DOCTOR, N_("If you are ill or hurt, you may ask for a doctor.")),
    )),
    (N_("What nobody may do"), (
        (Drawing.STOP, N_("Nobody may hit you or hurt you. Nobody may threaten you to make you talk.")),
        (Drawing.THUMBPRINT, N_("Nobody may force you to sign a paper or to put your thumbprint on it. Ask that it is "
            "read to you first. If something in it is wrong, say so before you put your thumbprint.")),
    )),
    (N_("If something is wrong"), (
        (Drawing.COMPLAIN, N_("If somebody hurts you, or you are afraid, you may complain. Tell your lawyer, your "
            "parents, the judge or us. Nobody may punish you because you complain.")),
    )),
)  # fmt: skip
"""The simple leaflet: its sections, each with its drawings and what is read out beside them."""

CARDS = (
    (N_("Who is who"), (
        (Drawing.POLICE, N_("The police ask you questions")),
        (Drawing.PROSECUTOR, N_("The prosecutor reads your case")),
        (Drawing.JUDGE, N_("The judge decides")), (Drawing.LAWYER, N_("The lawyer speaks for you")),
        (Drawing.SOCIAL_WORKER, N_("The social worker helps you")), (Drawing.CHILD_ASKS, N_("You may ask: why?")),
    )),
    (N_("What you may do"), (
        (Drawing.SILENCE, N_("You may say nothing")), (Drawing.ASK_LAWYER, N_("You may ask for a lawyer")),
        (Drawing.ASK_PARENTS, N_("You may ask for your parents")),
        (Drawing.INTERPRETER, N_("You may ask for an interpreter")),
        (Drawing.FOOD, N_("Thirsty? Hungry? You may ask")), (Drawing.REST, N_("Tired? You may ask to rest")),
    )),
    (N_("Your safety"), (
        (Drawing.DOCTOR, N_("You may ask for a doctor")), (Drawing.STOP, N_("Nobody may hurt you")),
        (Drawing.THUMBPRINT, N_("Nobody may force you to sign")),
        (Drawing.READ_OUT, N_("Ask that it is read out")), (Drawing.COMPLAIN, N_("You may complain to us")),
        (Drawing.TELEPHONE, N_("You may call us")),
    )),
)  # fmt: skip
"""The leaflet in pictures: its pages, each with its cards."""

CALL_US, CALL = N_("Call us"), N_("You may call us. You may ask that somebody calls us for you.")
OFFICE, WORKER = N_("Office"), N_("Your social worker")
PHONE, OFFICE_PHONE = N_("Telephone"), N_("Telephone of the office")
EXPLAINED, ON, BY = N_("Explained to you"), N_("Explained on"), N_("Explained by")
UNDERSTOOD, THUMB, QUESTIONS = N_("Did you understand?"), N_("Thumbprint"), N_("Your questions")
FACES = (
    (Drawing.FACE_GOOD, N_("I understand")), (Drawing.FACE_UNSURE, N_("Only a little")),
    (Drawing.FACE_BAD, N_("Not yet")),
)  # fmt: skip


def compose_simple(wanted: Wanted) -> Paper:
    """Return the leaflet in large type and short sentences, to be read out to the child."""
    sheet = Sheet(wanted)
    blocks: list[Block] = [Text(sheet.text(OPENING), align="left")]
    for heading, rights in RIGHTS:
        blocks.append(sheet.heading(heading))
        blocks += [Drawn(drawing, sheet.text(said)) for drawing, said in rights]
    blocks += [sheet.heading(CALL_US), _contact(sheet), PageBreak(), *_mark(sheet)]
    return _leaflet(sheet, RIGHTS_LEAFLET, blocks)


def compose_pictures(wanted: Wanted) -> Paper:
    """Return the leaflet for a child that hardly reads: a large picture for each right."""
    sheet = Sheet(wanted)
    blocks: list[Block] = []
    for heading, cards in CARDS:
        shown = [(drawing, sheet.text(said)) for drawing, said in cards]
        blocks += [sheet.heading(heading), Cards(shown), PageBreak()]
    blocks += [sheet.heading(CALL_US), _contact(sheet), *_mark(sheet)]
    return _leaflet(sheet, RIGHTS_LEAFLET_PICTURES, blocks)


def _leaflet(sheet: Sheet, form: Form, blocks: Sequence[Block]) -> Paper:
    return replace(sheet.paper(form, blocks, made=False, head=False), office="", scale=SCALE, leaflet=True)


def _contact(sheet: Sheet) -> Framed:
    """Return the box that says whom to call; what is not known is left to handwriting."""
    office, worker = sheet.wanted.office, sheet.wanted.worker if sheet.file else None
    return Framed((
        Drawn(Drawing.TELEPHONE, sheet.text(CALL)),
        AnswerGrid((
            sheet.ask(OFFICE, sheet.office_name()), sheet.ask(WORKER, sheet.worker_name()),
            sheet.ask(PHONE, worker.phone if worker else None),
            sheet.ask(OFFICE_PHONE, office.phone if office else None),
        ), columns=1),
    ))  # fmt: skip


def _mark(sheet: Sheet) -> Iterator[Block]:
    """Yield the place for the day on which it was explained, and for the child's mark."""
    yield sheet.heading(EXPLAINED)
    yield AnswerGrid((sheet.ask(ON), sheet.ask(BY)), columns=1)
    yield Faces(sheet.text(UNDERSTOOD), [(drawing, sheet.text(said)) for drawing, said in FACES], sheet.text(THUMB))
    yield sheet.ask(QUESTIONS, lines=3)


def _wanted_now(file: Material) -> tuple[None, ...]:
    """A case in which nothing was explained to the child yet."""
    told = any(note.explained_to_child is Yes.YES for note in records_of(file, Note))
    return () if told or file.case.status is CaseStatus.CLOSED else (None,)


RIGHTS_LEAFLET = Form(
    name="rights-leaflet",
    number="F-03",
    title=N_("Your rights"),
    purpose=N_("Tells the child in simple words, in large type, what it may ask for and who is who."),
    when=N_("At the first meeting. Print it twice: one for the child, one with its mark for the file."),
    version="1",
    chapter=Chapter.CONSENT,
    reader=Reader.FAMILY,
    compose=compose_simple,
    naming=Naming.CODE,
    wanted_now=_wanted_now,
)

RIGHTS_LEAFLET_PICTURES = Form(
    name="rights-leaflet-pictures",
    number="F-04",
    title=N_("Your rights in pictures"),
    purpose=N_("Shows a child that hardly reads what it may ask for: one picture for each right."),
    when=N_("At the first meeting with a young child, or one that hardly reads."),
    version="1",
    chapter=Chapter.CONSENT,
    reader=Reader.FAMILY,
    compose=compose_pictures,
    naming=Naming.CODE,
)
