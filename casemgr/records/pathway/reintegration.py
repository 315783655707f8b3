"""Reintegration: the plan that leads a child back into ordinary life, and its reviews with scores."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casemgr.i18n import N_
from casemgr.records.base import CaseRecord
from casemgr.records.columns import field
from casemgr.records.fields import Answer, Group, Kind, Rating, fields_of
from casemgr.records.pathway.inquiry_answers import Interviewee
from casemgr.records.pathway.reintegration_answers import (
    GoalArea,
    GoalResult,
    Occasion,
    PlanEnd,
    PlanGoal,
    PlanPerson,
    PlanReason,
    PlanSupport,
    SupportKind,
)
from casemgr.records.stage import Clock, Event, Order, RecordKind, Records, Stage, field_time, no_time

BEGINNING = Group("beginning", N_("The plan"))
GOALS = Group("goals", N_("Goals"), N_("Goals for 3, 6 and 12 months. What was rated 1 or 2 becomes a goal."))
HELP = Group("help", N_("People and support"))
RISKS = Group("risks", N_("If things go wrong"))
END = Group("end", N_("End of the plan"))


def has_ended(plan: "ReintegrationPlan") -> bool:
    """Whether the plan is over."""
    return plan.ended_on is not None


class ReintegrationPlan(CaseRecord):
    """A plan for the time after detention, diversion or a measure, or to prevent a first offence."""

    __tablename__ = "reintegration_plan"
    title: ClassVar[str] = N_("Reintegration plan")

    begun_on: Mapped[date | None] = field(
        N_("Plan begun on"), group=BEGINNING, required=True, sample=date(2026, 12, 10),
        help=N_("The plan is reviewed every three months, counted from here."),
    )  # fmt: skip
    why: Mapped[PlanReason | None] = field(
        N_("Reason for the plan"), group=BEGINNING, required=True, sample=PlanReason.RELEASE
    )
    child_wishes: Mapped[str | None] = field(
        N_("What the child wishes"), kind=Kind.TEXT, group=BEGINNING, required=True,
        help=N_("In the child's own words where you can."),
        sample="«ខ្ញុំចង់ចេះជួសជុលម៉ូតូ ហើយរកលុយជួយម៉ែ។»",
    )  # fmt: skip
    child_agrees: Mapped[Answer | None] = field(
        N_("Does the child agree?"), group=BEGINNING, required=True, sample=Answer.YES
    )
    guardian_agrees: Mapped[Answer | None] = field(N_("Does the guardian agree?"), group=BEGINNING, sample=Answer.YES)
    authority_agrees: Mapped[Answer | None] = field(
        N_("Does the local authority agree?"), group=BEGINNING, sample=Answer.YES
    )

    goals: Mapped[tuple[PlanGoal, ...]] = field(
        N_("Goals"), rows=PlanGoal, group=GOALS, required=True,
        sample=(
            PlanGoal(
                area=GoalArea.WORK, goal="ចូលរៀនជួសជុលម៉ូតូ", who="ចាន់ ស្រីនិច", by_when=date(2027, 1, 4),
                evidence="បញ្ជីវត្តមាន", done_on=date(2027, 1, 4), result=GoalResult.REACHED,
            ),
            PlanGoal(
                area=GoalArea.HEALTH, goal="ឈប់ជក់បារី", who="ចាន់ ដារ៉ា", by_when=date(2027, 6, 10),
                evidence="ការប្រាប់របស់កុមារ និងម្ដាយ", done_on=None, result=None,
            ),
            PlanGoal(
                area=GoalArea.FAMILY, goal="ឪពុកទូរស័ព្ទមកកុមាររៀងរាល់សប្ដាហ៍", who="ចាន់ សំអឿន", by_when=date(2027, 3, 10),
                evidence="ការប្រាប់របស់កុមារ", done_on=None, result=None,
            ),
        ),
    )  # fmt: skip

    people: Mapped[tuple[PlanPerson, ...]] = field(
        N_("People who help"), rows=PlanPerson, group=HELP,
        sample=(
            PlanPerson(name="អ៊ុំ សុផល", role="ម្ដាយ", phone="012 345 678", part="មើលថែ និងជូនទៅរៀន"),
            PlanPerson(name="សាន ពិសី", role="មេភូមិ", phone="012 555 402", part="សួរសុខទុក្ខម្តងក្នុងមួយសប្ដាហ៍"),
        ),
    )  # fmt: skip
    support: Mapped[tuple[PlanSupport, ...]] = field(
        N_("Support given"), rows=PlanSupport, group=HELP,
        sample=(
            PlanSupport(
                kind=SupportKind.TRAINING, provider="មជ្ឈមណ្ឌលបណ្ដុះបណ្ដាលវិជ្ជាជីវៈខេត្ត", from_on=date(2027, 1, 4),
                to_on=date(2027, 6, 30), amount=800_000, evidence="វិក្កយបត្រ",
            ),
            PlanSupport(
                kind=SupportKind.TRANSPORT, provider="អង្គការដើម្បីកុមារ", from_on=date(2027, 1, 4), to_on=None,
                amount=60_000, evidence="បញ្ជីហត្ថលេខា",
            ),
        ),
    )  # fmt: skip

    risk_plan: Mapped[str | None] = field(
        N_("What to do when things go wrong"), kind=Kind.TEXT, group=RISKS,
        help=N_("What may lead to a new offence, how the child and the family notice it, whom they call."),
        sample="បើមិត្តចាស់មកបបួល កុមារទូរស័ព្ទទៅម្ដាយ ឬអ្នកកាន់ករណីភ្លាម។",
    )  # fmt: skip

    ended_on: Mapped[date | None] = field(N_("Plan ended on"), group=END, sample=date(2027, 12, 15))
    end_reason: Mapped[PlanEnd | None] = field(
        N_("Why the plan ended"), group=END, shown_when=has_ended, sample=PlanEnd.REACHED
    )
    notes: Mapped[str | None] = field(
        N_("Notes"), kind=Kind.TEXT, group=END, sample="កុមាររៀនចប់ ហើយធ្វើការនៅហាងជួសជុលម៉ូតូក្បែរផ្ទះ។"
    )


REVIEW = Group("review", N_("Review"))
CHILD_SCORES = Group(
    "child-scores", N_("Scores of the child"),
    N_("Rate 1 weak to 4 very good. What is rated 1 or 2 goes into the plan."),
)  # fmt: skip
FAMILY_SCORES = Group(
    "family-scores", N_("Scores of the family"),
    N_("Rate 1 weak to 4 very good. What is rated 1 or 2 goes into the plan."),
)  # fmt: skip
CONCLUSION = Group("conclusion", N_("Conclusion"))


class ReintegrationReview(CaseRecord):
    """A review of child and family by the items of the ministry's case forms, each rated 1 to 4."""

    __tablename__ = "reintegration_review"
    title: ClassVar[str] = N_("Review with scores")

    reviewed_on: Mapped[date | None] = field(N_("Reviewed on"), group=REVIEW, required=True, sample=date(2027, 3, 10))
    occasion: Mapped[Occasion | None] = field(
        N_("Occasion of the review"), group=REVIEW, required=True, sample=Occasion.THREE_MONTHS
    )
    took_part: Mapped[tuple[Interviewee, ...]] = field(
        N_("Who took part"), choices=Interviewee, group=REVIEW,
        sample=(Interviewee.CHILD, Interviewee.PARENT, Interviewee.AUTHORITY),
    )  # fmt: skip

    child_physical: Mapped[Rating | None] = field(N_("Physical health"), group=CHILD_SCORES, sample=Rating.GOOD)
    child_mental: Mapped[Rating | None] = field(N_("State of mind"), group=CHILD_SCORES, sample=Rating.GOOD)
    child_safety: Mapped[Rating | None] = field(N_("Safety"), group=CHILD_SCORES, sample=Rating.GOOD)
    child_food: Mapped[Rating | None] = field(N_("Food"), group=CHILD_SCORES, sample=Rating.GOOD)
    child_shelter: Mapped[Rating | None] = field(N_("Shelter"), group=CHILD_SCORES, sample=Rating.GOOD)
    child_clothing: Mapped[Rating | None] = field(N_("Clothing"), group=CHILD_SCORES, sample=Rating.GOOD)
    child_education: Mapped[Rating | None] = field(N_("Education"), group=CHILD_SCORES, sample=Rating.VERY_GOOD)
    child_family_relations: Mapped[Rating | None] = field(
        N_("Relations in the family"), group=CHILD_SCORES, sample=Rating.MEDIUM
    )
    child_social_relations: Mapped[Rating | None] = field(
        N_("Relations with others"), group=CHILD_SCORES, sample=Rating.GOOD
    )
    child_documents: Mapped[Rating | None] = field(N_("Identity papers"), group=CHILD_SCORES, sample=Rating.GOOD)
    child_legal_aid: Mapped[Rating | None] = field(
        N_("Need of legal aid"), group=CHILD_SCORES, sample=Rating.GOOD,
        help=N_("4 where no legal aid is needed any more."),
    )  # fmt: skip

    family_care: Mapped[Rating | None] = field(N_("Protection and care"), group=FAMILY_SCORES, sample=Rating.GOOD)
    family_bond: Mapped[Rating | None] = field(
        N_("Bond between child and carer"), group=FAMILY_SCORES, sample=Rating.GOOD
    )
    family_physical: Mapped[Rating | None] = field(
        N_("Physical health of the carers"), group=FAMILY_SCORES, sample=Rating.MEDIUM
    )
    family_mental: Mapped[Rating | None] = field(
        N_("State of mind of the carers"), group=FAMILY_SCORES, sample=Rating.GOOD
    )
    family_will: Mapped[Rating | None] = field(N_("Will to improve"), group=FAMILY_SCORES, sample=Rating.VERY_GOOD)
    family_ability: Mapped[Rating | None] = field(
        N_("Ability to go on improving"), group=FAMILY_SCORES, sample=Rating.GOOD
    )
    family_work: Mapped[Rating | None] = field(N_("Work and skills"), group=FAMILY_SCORES, sample=Rating.MEDIUM)
    family_social_relations: Mapped[Rating | None] = field(
        N_("Relations with others"), group=FAMILY_SCORES, sample=Rating.GOOD
    )
    family_education: Mapped[Rating | None] = field(N_("Education"), group=FAMILY_SCORES, sample=Rating.MEDIUM)
    family_knowledge: Mapped[Rating | None] = field(N_("General knowledge"), group=FAMILY_SCORES, sample=Rating.GOOD)
    family_assets: Mapped[Rating | None] = field(N_("Assets"), group=FAMILY_SCORES, sample=Rating.MEDIUM)
    family_relatives: Mapped[Rating | None] = field(N_("Help of relatives"), group=FAMILY_SCORES, sample=Rating.WEAK)
    family_community: Mapped[Rating | None] = field(
        N_("Support of the community"), group=FAMILY_SCORES, sample=Rating.GOOD
    )
    family_other_children: Mapped[Rating | None] = field(
        N_("Other children able to help"), group=FAMILY_SCORES, sample=Rating.MEDIUM
    )
    family_other: Mapped[Rating | None] = field(N_("Something else"), group=FAMILY_SCORES, sample=Rating.GOOD)
    family_other_what: Mapped[str | None] = field(
        N_("What else was rated"), group=FAMILY_SCORES, sample="ឪពុកទាក់ទងមកកុមារទៀងទាត់"
    )

    conclusion: Mapped[str | None] = field(
        N_("Conclusion of the review"), kind=Kind.TEXT, group=CONCLUSION,
        sample="កុមាររៀនទៀងទាត់ គ្រួសារមានការកែលម្អ។ នៅខ្វះជំនួយពីសាច់ញាតិ។",
    )  # fmt: skip
    next_steps: Mapped[str | None] = field(
        N_("Next steps"), kind=Kind.TEXT, group=CONCLUSION, sample="រៀបចំឱ្យម្ដាយជួបជីដូន និងបន្តថ្លៃធ្វើដំណើរបីខែ។"
    )

    @property
    def child_total(self) -> int | None:
        """The sum of the child's scores, None where nothing is rated."""
        return _sum(self._scores(CHILD_SCORES))

    @property
    def family_total(self) -> int | None:
        """The sum of the family's scores, None where nothing is rated."""
        return _sum(self._scores(FAMILY_SCORES))

    @property
    def grand_total(self) -> int | None:
        """The sum of all scores, None where nothing is rated."""
        return _sum(self._scores(CHILD_SCORES, FAMILY_SCORES))

    @property
    def lowest(self) -> int | None:
        """The lowest score, None where nothing is rated."""
        given = [score for score in self._scores(CHILD_SCORES, FAMILY_SCORES) if score is not None]
        return min(given, default=None)

    @property
    def unrated(self) -> int:
        """How many items are not rated. That of something else counts only where it is named."""
        scores = self._scores(CHILD_SCORES, FAMILY_SCORES)
        return scores.count(None) - (self.family_other is None and not self.family_other_what)

    def rated_below(self, score: int) -> tuple[str, ...]:
        """Return the names of the items rated below that score, in the order of the form."""
        return tuple(
            info.name
            for info in fields_of(ReintegrationReview)
            if info.choices is Rating and (rating := getattr(self, info.name)) and _score(rating) < score
        )

    def _scores(self, *groups: Group) -> list[int | None]:
        ratings = [
            getattr(self, info.name)
            for info in fields_of(ReintegrationReview)
            if info.group in groups and info.choices is Rating
        ]
        return [None if rating is None else _score(rating) for rating in ratings]


def _score(rating: Rating) -> int:
    return int(rating.value)


def _sum(scores: Iterable[int | None]) -> int | None:
    given = [score for score in scores if score is not None]
    return sum(given) if given else None


def _last_reviewed(plan: ReintegrationPlan, records: Records) -> date | None:
    """The last review since the plan began."""
    if plan.begun_on is None:
        return None
    last = plan.ended_on or date.max
    reviews = (record.reviewed_on for record in records if isinstance(record, ReintegrationReview))
    return max((day for day in reviews if day is not None and plan.begun_on <= day <= last), default=None)


def _next_goal(plan: ReintegrationPlan) -> date | None:
    """The earliest day by which a goal still has to be reached, None once the plan is over."""
    if plan.ended_on is not None:
        return None
    waiting = (goal.by_when for goal in plan.goals if goal.done_on is None and goal.result is None)
    return min((day for day in waiting if day is not None), default=None)


def _runs(plan: ReintegrationPlan) -> bool:
    return plan.ended_on is None


REINTEGRATION_PLAN_RECORD = RecordKind(
    key="reintegration-plan",
    record=ReintegrationPlan,
    is_open=_runs,
    clocks=(
        Clock(
            "reintegration-review", N_("Review of the reintegration plan"), starts=field_time("begun_on"),
            begins_anew=_last_reviewed, ends=field_time("ended_on"),
        ),
        Clock(
            "plan-goal", N_("Goal of the reintegration plan"), starts=field_time("begun_on"), due=_next_goal,
            ends=no_time,
        ),
    ),
    events=(
        Event(field_time("begun_on"), N_("Reintegration plan begun")),
        Event(field_time("ended_on"), N_("Reintegration plan ended")),
    ),
    orders=(Order("begun_on", "ended_on", N_("The plan would end before it began.")),),
    after_birth=("begun_on", "ended_on"),
    happened=("begun_on", "ended_on"),
)  # fmt: skip

REINTEGRATION_REVIEW_RECORD = RecordKind(
    key="reintegration-review",
    record=ReintegrationReview,
    events=(Event(field_time("reviewed_on"), N_("Reviewed with scores")),),
    after_birth=("reviewed_on",),
    happened=("reviewed_on",),
)

REINTEGRATION = Stage("reintegration", N_("Reintegration"), (REINTEGRATION_PLAN_RECORD, REINTEGRATION_REVIEW_RECORD))
