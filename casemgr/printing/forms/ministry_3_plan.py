"""Case form 3 of the ministry: the service plan of the child and that of the family.

It is the reintegration plan in the ministry's columns; before there is one, the steps that the social inquiry report
proposes.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from casemgr.i18n import N_
from casemgr.printing.blocks import Answer, Block, Paper, TableBlock
from casemgr.printing.forms.answers import as_printed
from casemgr.printing.forms.form import Chapter, Form, Material, Naming, Reader, Wanted, records_of
from casemgr.printing.forms.ministry import ITEM, carer, case_worker, four_sign, head, newest
from casemgr.printing.forms.record_sheet import RecordSheet
from casemgr.printing.forms.sheet import Sheet
from casemgr.records.fields import field_of
from casemgr.records.pathway.reintegration import ReintegrationPlan, ReintegrationReview
from casemgr.records.pathway.reintegration_answers import GoalArea, PlanGoal, PlanSupport
from casemgr.records.pathway.social_inquiry import SocialInquiry

GOAL, ACTIVITIES, WHO, WHEN, RESULT = (
    N_("Goal"), N_("Activities in detail"), N_("Who"), N_("By when"), N_("Result"),
)  # fmt: skip
OF_THE_FAMILY = frozenset({GoalArea.FAMILY})
LOW = 3
"""What is rated below this goes into the plan."""


class Step(NamedTuple):
    """A line of the plan, as it is printed."""

    item: str | None
    goal: str | None
    activities: str | None
    who: str | None
    when: str | None
    result: str | None


def compose(wanted: Wanted) -> Paper:
    """Return the plan. Raises NoSuch."""
    sheet = RecordSheet(wanted, ReintegrationPlan)
    of_child, of_family = _steps(sheet)
    blocks = (
        *head(sheet),
        *carer(sheet, name=N_("Parent or guardian")),
        case_worker(sheet),
        *sheet.answers("begun_on"),
        sheet.heading(N_("Plan of the child")),
        *_low(sheet),
        _table(sheet, of_child),
        sheet.heading(N_("Plan of the family")),
        _table(sheet, of_family),
        *_support(sheet),
        *sheet.answers("child_wishes", "child_agrees", "guardian_agrees", "authority_agrees"),
        four_sign(sheet),
    )  # fmt: skip
    return sheet.paper(MINISTRY_3_PLAN, blocks)


def _steps(sheet: RecordSheet[ReintegrationPlan]) -> tuple[list[Step], list[Step]]:
    """Return the steps for the child, and those for the family."""
    goals = sheet.record.goals or ()
    report = newest(sheet, SocialInquiry)
    if not goals and report is not None:
        return [Step(None, each.goal, each.activity, each.who, each.when, None) for each in report.plan], []
    own = [_step(sheet, goal) for goal in goals if goal.area not in OF_THE_FAMILY]
    return own, [_step(sheet, goal) for goal in goals if goal.area in OF_THE_FAMILY]


def _step(sheet: Sheet, goal: PlanGoal) -> Step:
    """Return a goal as a line; the activities in detail are written in by hand."""
    words = sheet.words
    result = (
        words.text(goal.result.label) if goal.result else None, words.date(goal.done_on) if goal.done_on else None,
    )  # fmt: skip
    return Step(
        words.text(goal.area.label) if goal.area else None, goal.goal, None, goal.who,
        words.date(goal.by_when) if goal.by_when else None, "\n".join(part for part in result if part) or None,
    )  # fmt: skip


def _low(sheet: Sheet) -> Iterator[Block]:
    """Yield which items the newest review rates 1 or 2: each of them belongs into the plan."""
    review = newest(sheet, ReintegrationReview)
    low = review.rated_below(LOW) if review else ()
    told = ", ".join(sheet.text(field_of(ReintegrationReview, name).label) for name in low)
    yield sheet.note(N_("What was rated 1 or 2 in the assessment goes into the plan."))
    yield Answer(sheet.label(N_("Rated 1 or 2")), told or None, 1)


def _table(sheet: RecordSheet[ReintegrationPlan], steps: Sequence[Step]) -> TableBlock:
    room = 5 if sheet.by_hand else 2
    heads = [sheet.label(each) for each in (ITEM, GOAL, ACTIVITIES, WHO, WHEN, RESULT)]
    return TableBlock(heads, steps, (3, 3.6, 4.2, 2.8, 3.1, 3.1), max(room - len(steps), 0))


def _support(sheet: RecordSheet[ReintegrationPlan]) -> Iterator[Block]:
    """Yield what child and family are given, without the amounts, which are the office's own business."""
    infos = [field_of(PlanSupport, name) for name in ("kind", "provider", "from_on", "to_on")]
    given = sheet.record.support or ()
    if given or sheet.by_hand:
        rows = [[as_printed(info, getattr(each, info.name), sheet.words) for info in infos] for each in given]
        yield sheet.heading(field_of(ReintegrationPlan, "support").label, 2)
        room = 2 if sheet.by_hand else 0
        heads = [sheet.label(info.label) for info in infos]
        yield TableBlock(heads, rows, (4, 6, 2.4, 2.4), max(room - len(rows), 0))


def _wanted_now(file: Material) -> Iterator[UUID]:
    """Plans that run."""
    return (plan.id for plan in records_of(file, ReintegrationPlan) if plan.ended_on is None)


MINISTRY_3_PLAN = Form(
    name="ministry-3-plan",
    number="M-3",
    title=N_("Case form 3: service plan"),
    purpose=N_("Says who does what until when for the child and the family, as the ministry's third case form does."),
    when=N_("When the plan is made with the child and the family."),
    version="1",
    chapter=Chapter.MINISTRY,
    reader=Reader.AUTHORITY,
    compose=compose,
    record=ReintegrationPlan,
    naming=Naming.ALWAYS,
    wanted_now=_wanted_now,
)
