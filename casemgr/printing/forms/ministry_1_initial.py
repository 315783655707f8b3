"""Case form 1 of the ministry: what is known of a child at the first interview."""

from collections.abc import Iterator, Mapping

from casemgr.i18n import N_
from casemgr.printing.blocks import Answer, AnswerGrid, Block, Paper, TableBlock, Ticks
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted
from casemgr.printing.forms.ministry import (
    carer,
    case_worker,
    head,
    newest,
    side_by_side,
    worker_and_authority_sign,
)
from casemgr.printing.forms.sheet import Sheet
from casemgr.records.case import CaseStatus, ChildRole, ReferralSource
from casemgr.records.child import has_disability
from casemgr.records.fields import field_of
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.inquiry_answers import Interviewee, Need, Separation
from casemgr.records.pathway.social_inquiry import SocialInquiry

ASKED = (Interviewee.CHILD, Interviewee.PARENT, Interviewee.GUARDIAN, Interviewee.CARER)

OTHER = N_("Other")
SENT_BY: Mapping[str, frozenset[ReferralSource]] = {
    N_("Ministry or department of social affairs"): frozenset({ReferralSource.SOCIAL_AGENT}),
    N_("Organisation"): frozenset({ReferralSource.NGO}),
    N_("Hospital"): frozenset(),
    N_("Police"): frozenset({ReferralSource.POLICE}),
    N_("Court or justice system"): frozenset({
        ReferralSource.PROSECUTOR, ReferralSource.COURT, ReferralSource.LAWYER,
    }),
    N_("Found in a public place"): frozenset(),
    N_("Institution of the State"): frozenset({ReferralSource.PRISON}),
    N_("Temporary care centre"): frozenset(),
    N_("Emergency telephone"): frozenset(),
    N_("Came alone"): frozenset({ReferralSource.CHILD}),
    N_("Family"): frozenset({ReferralSource.FAMILY}),
    N_("Friends"): frozenset(),
    N_("Local authority"): frozenset({ReferralSource.COMMUNE}),
    OTHER: frozenset({ReferralSource.OWN_VISIT, ReferralSource.OTHER}),
}  # fmt: skip
"""The ministry's list of who sent the child, with what the office calls the same."""

NEEDS: Mapping[str, frozenset[Need]] = {
    N_("Food"): frozenset({Need.FOOD}),
    N_("Education"): frozenset({Need.EDUCATION, Need.TRAINING}),
    N_("Care by an adult"): frozenset({Need.ADULT_CARE}),
    N_("Psychological support"): frozenset({Need.PSYCHOLOGICAL}),
    N_("Shelter"): frozenset({Need.SHELTER}),
    N_("Medical care"): frozenset({Need.MEDICAL, Need.DRUGS}),
    N_("Clothing"): frozenset({Need.CLOTHING}),
    OTHER: frozenset({Need.WORK, Need.FAMILY, Need.LEGAL, Need.DOCUMENTS, Need.SAFETY, Need.OTHER}),
}
"""The ministry's list of needs, with those of the social inquiry report that each holds."""

PROBLEMS = (
    N_("Drinks alcohol"), N_("Takes drugs"), N_("Gambles"), N_("Lives in public places"), N_("Not in school"),
    N_("Physical abuse"), N_("Sexual abuse"), N_("Emotional abuse"), N_("Trafficking"), N_("Forced marriage"),
    N_("Child migrates for work"), N_("Family migrates for work"), N_("Violence in the family"),
    N_("Labour exploitation"), N_("Heavy labour"), OTHER,
)  # fmt: skip
RANK = N_("Rank")


def compose(wanted: Wanted) -> Paper:
    """Return the form with what child, case and report say; ranks and remarks are written in by hand."""
    sheet = Sheet(wanted)
    report = newest(sheet, SocialInquiry)
    blocks = (
        *head(sheet),
        *sheet.of_child("village_code"),
        AnswerGrid(tuple(sheet.of_child("house", "street"))),
        *_interview(sheet, report),
        sheet.heading(N_("The carer")),
        *carer(sheet),
        sheet.heading(N_("Where the case comes from")),
        sheet.ask(N_("Date the case became known"), _known_on(sheet)),
        _sent_by(sheet),
        _child_type(sheet, report),
        *_reasons(sheet, report),
        sheet.heading(N_("Immediate risk and next steps"), 2),
        AnswerGrid(tuple(sheet.of_case("risk", "urgency"))),
        _threat(sheet, report),
        sheet.ask(N_("Comment of the case worker"), lines=2),
        *sheet.say(N_("Every case goes on to the assessment of child and family (form 2).")),
        worker_and_authority_sign(sheet),
    )  # fmt: skip
    return sheet.paper(MINISTRY_1_INITIAL, blocks)


def _known_on(sheet: Sheet) -> str | None:
    opened_on = sheet.file.case.opened_on if sheet.file else None
    return sheet.words.date(opened_on) if opened_on else None


def _interview(sheet: Sheet, report: SocialInquiry | None) -> Iterator[Block]:
    interviews = report.interviews if report else ()
    places = dict.fromkeys(sheet.text(each.where.label) for each in interviews if each.where)
    who = {each.who for each in interviews}
    others = any(each is not None and each not in ASKED for each in who)
    yield sheet.heading(N_("The interview"))
    yield sheet.ask(N_("Place of the interview"), ", ".join(places) or None)
    yield sheet.ticks(N_("Who was interviewed"), [*((each.label, each in who) for each in ASKED), (OTHER, others)])
    yield case_worker(sheet)


def _sent_by(sheet: Sheet) -> Ticks:
    source = sheet.file.case.referral_source if sheet.file else None
    return sheet.ticks(N_("Sent by"), [(label, source in sources) for label, sources in SENT_BY.items()])


def _child_type(sheet: Sheet, report: SocialInquiry | None) -> Ticks:
    """Return the ministry's kinds of children; what is too private for the program to tick is left to the worker."""
    child, separation = sheet.file.child if sheet.file else None, report.separation if report else ()
    accused = sheet.file is not None and sheet.file.case.child_role is ChildRole.SUSPECT
    return sheet.ticks(N_("Kind of child"), (
        (N_("In conflict with the law"), accused),
        (N_("Orphan"), Separation.ORPHAN in separation),
        (N_("With a disability"), child is not None and has_disability(child)),
        (N_("Abandoned"), Separation.ABANDONED in separation),
        (N_("Lives on the street"), Separation.STREET in separation),
        (N_("Dependent on drugs"), False),
        (N_("Basic needs not met"), False),
        (N_("Affected by HIV"), False),
        (N_("Abused sexually, physically or in mind"), False),
        (N_("Exploited sexually or by dangerous labour"), False),
        (OTHER, False),
    ))  # fmt: skip


def _reasons(sheet: Sheet, report: SocialInquiry | None) -> Iterator[Block]:
    alleged = [each.description for each in sheet.file.offences if each.description] if sheet.file else []
    yield sheet.heading(N_("Reasons, needs and problems"))
    yield sheet.ask(N_("Why the child was sent, in short"), "\n".join(alleged) or None, lines=2)
    yield sheet.ask(N_("What child and family say of needs and problems"), report.wishes if report else None)
    yield sheet.heading(N_("Needs, 1 for the most urgent"), 2)
    ranks = _ranks(report)
    yield _ranked(sheet, N_("Need"), {label: ranks.get(label) for label in NEEDS})
    yield sheet.heading(N_("Problems, 1 for the gravest"), 2)
    yield _ranked(sheet, N_("Problem"), dict.fromkeys(PROBLEMS))


def _threat(sheet: Sheet, report: SocialInquiry | None) -> Answer:
    info = field_of(SocialInquiry, "child_risk_reason")
    return sheet.ask(info.label, report.child_risk_reason if report else None)


def _ranks(report: SocialInquiry | None) -> dict[str, int]:
    """Return the ministry's needs in the order in which the report first names one of each."""
    ranks: dict[str, int] = {}
    for ranked in report.needs if report else ():
        label = next((label for label, needs in NEEDS.items() if ranked.need in needs), None)
        if label is not None:
            ranks.setdefault(label, len(ranks) + 1)
    return ranks


def _ranked(sheet: Sheet, what: str, ranks: Mapping[str, int | None]) -> TableBlock:
    cells = [[sheet.label(label), sheet.words.number(rank) if rank else None] for label, rank in ranks.items()]
    return side_by_side(sheet, (what, RANK), cells, 3, (4, 1.6))


def _wanted_now(file: Material) -> Iterator[None]:
    """An open case of which no more than the arrest is written down."""
    only_arrest = all(isinstance(record, Arrest) for record in file.records)
    if file.case.status is CaseStatus.OPEN and only_arrest:
        yield None


MINISTRY_1_INITIAL = Form(
    name="ministry-1-initial",
    number="M-1",
    title=N_("Case form 1: initial information"),
    purpose=N_("Tells social affairs and the local authority of a new child, as the ministry's first case form does."),
    when=N_("After the first interview with the child or the family."),
    version="1",
    chapter=Chapter.MINISTRY,
    reader=Reader.AUTHORITY,
    compose=compose,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
