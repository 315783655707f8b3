"""The reintegration plan: goals for 3, 6 and 12 months, who helps, and who signs."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from casemgr.clock import months_after
from casemgr.i18n import N_
from casemgr.printing.blocks import Block, Paper, Signatures, Together
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import Look, RecordSheet
from casemgr.records.pathway.reintegration import BEGINNING, END, GOALS, HELP, RISKS, ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import PlanGoal

LOOK = Look(
    lines={"child_wishes": 2, "risk_plan": 3},
    blank_rows={"people": 2, "support": 2},
    widths={"people": (4, 3, 3, 5), "support": (3.6, 4.6, 2.7, 2.7, 2.5, 2.6)},
)

STEPS = (
    (3, N_("Goals for the first 3 months")),
    (6, N_("Goals up to 6 months")),
    (12, N_("Goals up to 12 months and after")),
)
"""By how many months after the beginning, and what that part is called."""

GOAL_COLUMNS = {"area": 2.4, "goal": 4.6, "who": 2.7, "by_when": 2.7, "evidence": 2.8, "result": 2.4}

READ_ALOUD = N_("This plan was read aloud to the child and the guardian, who may change it or leave it at any time.")


def compose(wanted: Wanted) -> Paper:
    """Return a reintegration plan. Raises NoSuch."""
    sheet = RecordSheet(wanted, ReintegrationPlan, LOOK)
    blocks = (
        *sheet.identity(),
        *sheet.section(BEGINNING),
        *_goals(sheet),
        *sheet.section(HELP),
        *sheet.section(RISKS),
        sheet.ask(N_("Telephone of the office"), wanted.office.phone if wanted.office else None),
        *(() if sheet.by_hand else sheet.section(END)),
        Together((*sheet.say(READ_ALOUD), _signatures(sheet), sheet.note(N_("One copy stays with the family.")))),
    )  # fmt: skip
    return sheet.paper(REINTEGRATION_PLAN, blocks)


def _signatures(sheet: RecordSheet[ReintegrationPlan]) -> Signatures:
    chief = sheet.signer(N_("Seen and agreed: commune or sangkat chief"), seal=True)
    return sheet.signatures(sheet.child_signs(), sheet.guardian_signs(), sheet.worker_signs(), chief)


def _goals(sheet: RecordSheet[ReintegrationPlan]) -> Iterator[Block]:
    yield sheet.heading(GOALS.label)
    if sheet.by_hand:
        yield sheet.note(N_(
            "Think of a place to live, the family, school and work, health, drugs and alcohol, identity papers, and "
            "what court or law still ask."
        ))  # fmt: skip
    parts = _parts(sheet.record.goals, sheet)
    for (_, heading), goals in zip(STEPS, parts, strict=True):
        if goals or sheet.by_hand or not any(parts):
            yield sheet.heading(heading, 2)
            yield sheet.table(
                PlanGoal, goals, tuple(GOAL_COLUMNS), widths=tuple(GOAL_COLUMNS.values()),
                blank_rows=3 if sheet.by_hand else 1,
            )  # fmt: skip


def _parts(goals: Sequence[PlanGoal], sheet: RecordSheet[ReintegrationPlan]) -> list[list[PlanGoal]]:
    """Return the goals of each step; those without a date are of the first."""
    begun = sheet.record.begun_on or sheet.wanted.on
    ends = [months_after(begun, months) for months, _ in STEPS[:-1]]
    parts: list[list[PlanGoal]] = [[] for _ in STEPS]
    for goal in goals:
        parts[sum(goal.by_when > end for end in ends) if goal.by_when else 0].append(goal)
    return parts


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Plans that are not over."""
    return (plan.id for plan in records_of(file, ReintegrationPlan) if plan.ended_on is None)


REINTEGRATION_PLAN = Form(
    name="reintegration-plan",
    number="F-19",
    title=N_("Reintegration plan"),
    purpose=N_("Says what child, family and organisation want to reach, who does what, and whom to call."),
    when=N_("Before the child comes home, and after each review."),
    version="1",
    chapter=Chapter.REINTEGRATION,
    reader=Reader.FAMILY,
    compose=compose,
    record=ReintegrationPlan,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
