"""The record of a vocational training or schooling: what the plan says, with room for the rest.

Who trains the child reads and signs it, so it says nothing of an offence.
"""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import AnswerGrid, Block, Paper, TableBlock
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.record_sheet import RecordSheet
from casemgr.printing.forms.sheet import in_rows
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import GoalArea, PlanGoal, PlanSupport, SupportKind

LEARNING = (SupportKind.TRAINING, SupportKind.SCHOOLING)
WORKING = (SupportKind.JOB, SupportKind.BUSINESS)
SUPPORT_COLUMNS = ("kind", "provider", "from_on", "to_on")


def compose(wanted: Wanted) -> Paper:
    """Return the record of training and work, to be completed by hand. Raises NoSuch."""
    sheet = RecordSheet(replace(wanted, by_hand=True), ReintegrationPlan)
    blocks = (
        sheet.child_answer(),
        *in_rows(sheet.of_child("sex", "born", "schooling", "last_grade")),
        *_goals(sheet),
        sheet.heading(N_("Training or school")),
        _support(sheet, LEARNING, blank_rows=3),
        sheet.heading(N_("Hours and certificate")),
        TableBlock(
            [sheet.label(head) for head in (N_("Course"), N_("Hours planned"), N_("Hours attended"), N_("Certificate"),
                                            N_("Date"))],
            (), (4, 2, 2, 4, 2), 3,
        ),
        sheet.ask(N_("What the child learned, and what the trainer says"), lines=3),
        sheet.heading(N_("Work after the training")),
        _support(sheet, WORKING, blank_rows=2),
        AnswerGrid((
            sheet.ask(N_("Employer or own business")), sheet.ask(N_("Kind of work")),
            sheet.ask(N_("Work begun on")), sheet.ask(N_("Pay a month in riel")),
        )),
        sheet.signatures(
            sheet.child_signs(), sheet.signer(N_("Trainer or school"), seal=True), sheet.worker_signs()
        ),
    )  # fmt: skip
    return sheet.paper(TRAINING_RECORD, blocks)


def _goals(sheet: RecordSheet[ReintegrationPlan]) -> Iterator[Block]:
    goals = [goal for goal in sheet.record.goals if goal.area in (GoalArea.SCHOOL, GoalArea.WORK)]
    yield sheet.heading(N_("Goals of the child"))
    yield sheet.table(PlanGoal, goals, ("goal", "by_when", "done_on", "result"), widths=(6, 2, 2, 3), blank_rows=2)


def _support(
    sheet: RecordSheet[ReintegrationPlan], kinds: tuple[SupportKind, ...], *, blank_rows: int
) -> TableBlock:  # fmt: skip
    given = [support for support in sheet.record.support if support.kind in kinds]
    return sheet.table(PlanSupport, given, SUPPORT_COLUMNS, widths=(4, 6, 2, 2), blank_rows=blank_rows)


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
