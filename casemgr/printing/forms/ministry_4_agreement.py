"""Case form 4 of the ministry: with whom the child lives from now on, and what each promises."""

from collections.abc import Iterator

from casemgr.i18n import N_
from casemgr.printing.blocks import Block, Paper, Together
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.ministry import CASE_WORKER, carer, carer_of, case_worker, copies, head, newest
from casemgr.printing.forms.sheet import Sheet
from casemgr.records.child import Relation
from casemgr.records.pathway.detention import Detention, is_release
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import PlanReason

CARE: tuple[tuple[str, frozenset[Relation]], ...] = (
    (N_("1. Own family"), frozenset({Relation.FATHER, Relation.MOTHER, Relation.STEP_PARENT})),
    (N_("2. Relatives"), frozenset({
        Relation.GRANDPARENT, Relation.SIBLING, Relation.AUNT_UNCLE, Relation.RELATIVE,
    })),
    (N_("3. A family that is not related"), frozenset({Relation.NEIGHBOUR})),
    (N_("4. Group care in the community"), frozenset()),
    (N_("5. A pagoda or another place of faith"), frozenset()),
    (N_("6. A care centre"), frozenset()),
)  # fmt: skip
"""The kinds of care in the ministry's order of preference, and who of a child's guardians gives each."""


def compose(wanted: Wanted) -> Paper:
    """Return the agreement, with the first guardian of the child as the carer."""
    sheet = Sheet(wanted)
    blocks = (
        *head(sheet),
        case_worker(sheet),
        sheet.heading(N_("Where the child lives")),
        *_care(sheet),
        *_promises(sheet),
        _signed(sheet),
    )  # fmt: skip
    return sheet.paper(MINISTRY_4_AGREEMENT, blocks)


def _care(sheet: Sheet) -> Iterator[Block]:
    known = carer_of(sheet)
    relation = known.relation if known else None
    yield sheet.ask(N_("From what day on"), _released_on(sheet))
    yield sheet.ticks(
        N_("Kind of care, in the order of preference"), [(label, relation in gives) for label, gives in CARE]
    )
    yield from carer(sheet, name=N_("Name of the carer or of the place"))


def _released_on(sheet: Sheet) -> str | None:
    """Return the day of the last release, None where there is none."""
    detention = newest(sheet, Detention)
    released_on = detention.ended_on if detention is not None and is_release(detention) else None
    return sheet.words.date(released_on) if released_on else None


def _promises(sheet: Sheet) -> Iterator[Block]:
    promises = (
        (N_("The child promises"), (
            N_("I agree to live with this carer, in good days and in bad ones."),
            N_("I follow the plan that I made with the case worker, as well as I can."),
        )),
        (N_("The carer promises"), (
            N_("I care for this child, give what it needs to live, and help it wherever I can."),
            N_("Nobody in my home beats, insults or uses the child."),
            N_(
                "If my family can no longer keep the child safe and well, I tell the case worker and bring the child "
                "back to the authority in charge."
            ),
        )),
        (N_("The case worker promises"), (
            N_("I visit the child and the family regularly, and whenever it is needed."),
            N_("I help with what is hard for them, so that the child can stay here safely."),
        )),
    )  # fmt: skip
    for heading, points in promises:
        yield Together((sheet.heading(heading), *sheet.points(*points)))


def _signed(sheet: Sheet) -> Block:
    return Together((
        *sheet.say(N_("This agreement was read aloud to the child and the carer before they signed it.")),
        sheet.signatures(
            sheet.child_signs(), sheet.signer(N_("Carer"), sheet.guardian(), thumbprint=True),
            sheet.worker_signs(CASE_WORKER), sheet.signer(N_("Witness: commune or sangkat chief"), seal=True),
        ),
        copies(sheet),
    ))  # fmt: skip


def _wanted_now(file: Material) -> Iterator[None]:
    """Where a plan for the time after a release runs."""
    plans = records_of(file, ReintegrationPlan)
    if any(plan.why is PlanReason.RELEASE and plan.ended_on is None for plan in plans):
        yield None


MINISTRY_4_AGREEMENT = Form(
    name="ministry-4-agreement",
    number="M-4",
    title=N_("Case form 4: agreement on placement and reintegration"),
    purpose=N_("Says with whom the child lives and what child, carer and case worker promise before the authority."),
    when=N_("When the child goes home or to another carer."),
    version="1",
    chapter=Chapter.MINISTRY,
    reader=Reader.AUTHORITY,
    compose=compose,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
