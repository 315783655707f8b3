"""The record of a vocational training or schooling: what the plan says, with room for the rest.

Who trains the child reads and signs it, so it says nothing of an offence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Block, Paper, TableBlock
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import RecordSheet
from casemgr.printing.forms.sheet import in_rows
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import GoalArea, PlanGoal, PlanSupport, SupportKind

LEARNING = (SupportKind.TRAINING, SupportKind.SCHOOLING)
WORKING = (SupportKind.JOB, SupportKind.BUSINESS)


def compose(wanted: Wanted) -> Paper:
    """Return the record of training and work, to be completed by hand. Raises NoSuch."""
    sheet = RecordSheet(replace(wanted, by_hand=True), ReintegrationPlan)
    blocks = (
        sheet.child_answer(),
        *in_rows(sheet.of_child("sex", "born", "schooling", "last_grade")),
        *_goals(sheet),
        sheet.heading(N_("Training or school")),
        _training(sheet),
        sheet.ask(N_("What the child learned, and what the trainer says"), lines=2),
        sheet.heading(N_("Work after the training")),
        _work(sheet),
        sheet.signatures(
            sheet.child_signs(), sheet.signer(N_("Trainer or school"), seal=True), sheet.worker_signs()
        ),
    )  # fmt: skip
    return sheet.paper(TRAINING_RECORD, blocks, head=False)


def _goals(sheet: RecordSheet[ReintegrationPlan]) -> Iterator[Block]:
    goals = [goal for goal in sheet.record.goals if goal.area in (GoalArea.SCHOOL, GoalArea.WORK)]
    yield sheet.heading(N_("Goals of the child"))
    yield sheet.table(PlanGoal, goals, ("goal", "by_when", "done_on", "result"), widths=(6, 2, 2, 3), blank_rows=2)


def _training(sheet: RecordSheet[ReintegrationPlan]) -> TableBlock:
    """Return what the plan says of trainings and schools, with room for hours and certificate."""
    heads = (N_("Course"), N_("Provider"), N_("From"), N_("To"), N_("Hours"), N_("Certificate"))
    given = _given(sheet, LEARNING, ("kind", "provider", "from_on", "to_on"))
    rows = [[*row, None, None] for row in given]
    return TableBlock([sheet.label(head) for head in heads], rows, (3, 4, 2.6, 2.6, 1.6, 3), max(3 - len(rows), 1))


def _work(sheet: RecordSheet[ReintegrationPlan]) -> TableBlock:
    """Return what the plan says of a job or business, with room for what came of it."""
    heads = (N_("Kind of work"), N_("Employer or own business"), N_("From"), N_("Pay a month in riel"))
    rows = [[*row, None] for row in _given(sheet, WORKING, ("kind", "provider", "from_on"))]
    return TableBlock([sheet.label(head) for head in heads], rows, (4, 5, 2.6, 3), max(3 - len(rows), 1))


def _given(
    sheet: RecordSheet[ReintegrationPlan], kinds: tuple[SupportKind, ...], columns: tuple[str, ...]
) -> Sequence[Sequence[str | None]]:  # fmt: skip
    return sheet.table(PlanSupport, [each for each in sheet.record.support if each.kind in kinds], columns).rows


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Plans that are not over and give a training or a job."""
    return (
        plan.id
        for plan in records_of(file, ReintegrationPlan)
        if plan.ended_on is None and any(each.kind in (SupportKind.TRAINING, SupportKind.JOB) for each in plan.support)
    )


TRAINING_RECORD = Form(
    name="training-record",
    number="F-22",
    title=N_("Record of training and work"),
    purpose=N_("Keeps what the child learned, for how many hours, with which certificate, and what work followed."),
    when=N_("During a training, and when it ends."),
    version="1",
    chapter=Chapter.REINTEGRATION,
    reader=Reader.OTHERS,
    compose=compose,
    record=ReintegrationPlan,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
