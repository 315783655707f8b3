"""The leaflet for a child in conflict with the law: what it may ask for, in large type or in pictures.

It says what the child may ask, never hours or articles: no limit of the law is confirmed. It bears no child's name.
"""

from collections.abc import Iterator, Sequence

from casemgr.i18n import N_, Words
from casemgr.printing.blocks import (
    Answer,
    AnswerGrid,
    Block,
    Cards,
    Drawn,
    Faces,
    Framed,
    Heading,
    PageBreak,
    Paper,
    Text,
)
from casemgr.printing.drawings.library import Drawing
from casemgr.records.office import OfficeSettings

SIMPLE_NAME, PICTURES_NAME = "rights-leaflet", "rights-leaflet-pictures"
VERSION = "1"
SIMPLE_TITLE, PICTURES_TITLE = N_("Your rights"), N_("Your rights in pictures")
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
        (Drawing.TELEPHONE, N_("Call us, day or night")),
    )),
)  # fmt: skip
"""The leaflet in pictures: its pages, each with its cards."""

CALL_US, CALL = N_("Call us"), N_("You may call us by day and by night.")
OFFICE, WORKER = N_("Office"), N_("Your social worker")
ALL_HOURS, OFFICE_PHONE = N_("Telephone (24 hours)"), N_("Telephone of the office")
EXPLAINED, ON, BY = N_("Explained to you"), N_("Explained on"), N_("Explained by")
UNDERSTOOD, THUMBPRINT, QUESTIONS = N_("Did you understand?"), N_("Thumbprint"), N_("Your questions")
FACES = (
    (Drawing.FACE_GOOD, N_("I understand")), (Drawing.FACE_UNSURE, N_("Only a little")),
    (Drawing.FACE_BAD, N_("Not yet")),
)  # fmt: skip


def compose_simple(
    office: OfficeSettings | None, worker: str | None, phone: str | None, case_number: str | None, words: Words
) -> Paper:  # fmt: skip
    """Return the leaflet in large type and short sentences, to be read out to the child.

    worker and phone: whom the child may call at any hour. What is None is left to handwriting; case_number None leaves
    dots in the foot, an empty one leaves nothing.
    """
    blocks: list[Block] = [Text(words.text(OPENING), align="left")]
    for heading, rights in RIGHTS:
        blocks.append(Heading("", words.text(heading)))
        blocks += [Drawn(drawing, words.text(said)) for drawing, said in rights]
    blocks += [Heading("", words.text(CALL_US)), *_contact(office, worker, phone, words), PageBreak(), *_mark(words)]
    return _paper(SIMPLE_NAME, SIMPLE_TITLE, blocks, office, case_number, words)


def compose_pictures(
    office: OfficeSettings | None, worker: str | None, phone: str | None, case_number: str | None, words: Words
) -> Paper:  # fmt: skip
    """Return the leaflet for a child that hardly reads: a large picture for each right; None as in compose_simple."""
    blocks: list[Block] = []
    for heading, cards in CARDS:
        blocks += [
            Heading("", words.text(heading)), Cards([(drawing, words.text(said)) for drawing, said in cards]),
            PageBreak(),
        ]  # fmt: skip
    blocks += [Heading("", words.text(CALL_US)), *_contact(office, worker, phone, words), *_mark(words)]
    return _paper(PICTURES_NAME, PICTURES_TITLE, blocks, office, case_number, words)


def _paper(
    name: str, title: str, blocks: Sequence[Block], office: OfficeSettings | None, case_number: str | None, words: Words
) -> Paper:  # fmt: skip
    return Paper(
        form_name=name, form_version=VERSION, title=words.text(title), case_number=case_number, blocks=tuple(blocks),
        head=False, practice=office is not None and office.practice, scale=SCALE, leaflet=True,
    )  # fmt: skip


def _contact(
    office: OfficeSettings | None, worker: str | None, phone: str | None, words: Words
) -> Iterator[Block]:  # fmt: skip
    """Yield the box that says whom to call."""
    name, number = None, None
    if office is not None:
        name, number = office.name_km if words.language == "km" else office.name_en, office.phone
    yield Framed((
        Drawn(Drawing.TELEPHONE, words.text(CALL)),
        AnswerGrid((
            Answer(words.text(OFFICE), name or None), Answer(words.text(WORKER), worker or None),
            Answer(words.text(ALL_HOURS), phone or None), Answer(words.text(OFFICE_PHONE), number or None),
        ), columns=1),
    ))  # fmt: skip


def _mark(words: Words) -> Iterator[Block]:
    """Yield the place for the day on which it was explained, and for the child's mark."""
    yield Heading("", words.text(EXPLAINED))
    yield AnswerGrid((Answer(words.text(ON), None), Answer(words.text(BY), None)), columns=1)
    faces = [(drawing, words.text(said)) for drawing, said in FACES]
    yield Faces(words.text(UNDERSTOOD), faces, words.text(THUMBPRINT))
    yield Answer(words.text(QUESTIONS), None, lines=3)
