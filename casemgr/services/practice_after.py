"""What comes after a release or the end of a measure in invented cases: plan, reviews, follow-ups, closing."""

from dataclasses import replace
from typing import Any

from casemgr.clock import PartialDate
from casemgr.records.case import OffenceCategory
from casemgr.records.fields import Answer, Rating, fields_of
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import (
    Confirmation,
    ContactLevel,
    ContactSource,
    FollowUpHow,
    FollowUpStatus,
    Reached,
)
from casemgr.records.pathway.follow_up_change import FollowUpChange, ScheduleDeed, SchedulePoint
from casemgr.records.pathway.reintegration import ReintegrationPlan, ReintegrationReview
from casemgr.records.pathway.reintegration_answers import GoalResult, Occasion, PlanEnd, PlanGoal, PlanReason
from casemgr.services import practice_words as said
from casemgr.services.practice_plan import Course
from casemgr.services.practice_story import Story

POINTS = (7, 30, 91, 182, 365, 730, 1095)
"""Days after a release or the end of a measure at which the office asks after the child."""
LEVELS = {
    Course.WARNED: ContactLevel.R1, Course.DIVERTED: ContactLevel.R3, Course.MEASURE: ContactLevel.R2,
    Course.DETAINED: ContactLevel.R4,
}  # fmt: skip
"""How far the new contact went where the child has a second case."""


def come_home(story: Story, released: int, why: PlanReason) -> None:
    """Tell how a child fares from its release or the end of its measure on, and close the case in the end."""
    reason = follow_ups(story, released)
    if story.plan_until is None and (why is not PlanReason.DIVERSION_END or story.likely(0.2)):
        write_plan(story, released, why, reason)
    if reason is not ClosingReason.GOALS_MET:
        close(story, _last_follow_up(story) + story.within(20, 60), reason)
    elif story.plan_until is not None:
        scored = any(review.occasion is Occasion.CLOSING for review in story.of(ReintegrationReview))
        reason = ClosingReason.SCORE_REACHED if scored else ClosingReason.NO_NEED
        close(story, max(story.plan_until, released + 30) + story.within(5, 30), reason)
    else:
        close(story, released + story.within(95, 200), reason)


def write_plan(story: Story, released: int, why: PlanReason, reason: ClosingReason = ClosingReason.GOALS_MET) -> None:
    """Write down plan and reviews. reason: why the case may be closed.

    Now and then there is no plan at all, or a review was forgotten.
    """
    if story.likely(0.08):
        return
    begun = released + story.within(0, 6)
    end, end_reason = begun + story.within(330, 400), PlanEnd.REACHED
    if reason in _PLAN_ENDS:
        end, end_reason = _last_follow_up(story), _PLAN_ENDS[reason]
    elif _detained_again(story) and begun < (arrested := _days_until_again(story)) < end:
        end, end_reason = arrested, PlanEnd.DETAINED
    made = story.tell(ReintegrationPlan, begun, why=why, ended_on=story.past(end), end_reason=end_reason, notes=None)
    if made is None:
        return
    story.plan_until = end
    result = None
    if made.ended_on is not None:
        result = GoalResult.REACHED if end_reason is PlanEnd.REACHED else GoalResult.DROPPED
    made.goals = tuple(_goal(story, goal, min(end, story.days), result) for goal in made.goals)
    for place, months in enumerate((3, 6, 9, 12)):
        after = begun + months * 30 + story.within(-8, 8)
        if after < end - 10 and not story.likely(0.15):
            story.tell(ReintegrationReview, after, occasion=Occasion.THREE_MONTHS, **_scores(story, place))
    if end_reason is PlanEnd.REACHED:
        story.tell(ReintegrationReview, end - 3, occasion=Occasion.CLOSING, **_scores(story, 4))


_PLAN_ENDS = {
    ClosingReason.MISSING: PlanEnd.LOST, ClosingReason.MOVED_ABROAD: PlanEnd.MOVED,
    ClosingReason.REFUSED: PlanEnd.REFUSED,
}  # fmt: skip


def _goal(story: Story, goal: PlanGoal, until: int, result: GoalResult | None) -> PlanGoal:
    """Return a goal as it stands on that day: most of those whose day had come were reached.

    result: of what was not reached until then, None while the plan runs.
    """
    assert goal.by_when is not None  # noqa: S101  (every goal of the samples has a day)
    due = (goal.by_when - story.arrested_on).days
    if due < until and not story.forgotten(due, 0.4):
        reached = GoalResult.REACHED if story.likely(0.7) else GoalResult.PARTLY
        return replace(goal, done_on=story.day(due), result=reached)
    return replace(goal, done_on=None if result in (None, GoalResult.DROPPED) else story.day(until), result=result)


def _scores(story: Story, place: int) -> dict[str, Any]:
    """Return ratings that rise from review to review."""
    rising = (Rating.MEDIUM, Rating.GOOD, Rating.GOOD, Rating.VERY_GOOD)
    first = min(place, 2)
    return {
        info.name: story.chance.choice(rising[first : first + 2])
        for info in fields_of(ReintegrationReview)
        if info.choices is Rating and info.sample is not Rating.WEAK
    }


def follow_ups(story: Story, start: int) -> ClosingReason:
    """Write down the follow-ups that a release or the end of a measure starts; return why the case may be closed."""
    again = _new_contact_after(story, start)
    fate = story.chance.choices(
        (None, FollowUpStatus.LOST, FollowUpStatus.MOVED, FollowUpStatus.ABROAD, FollowUpStatus.REFUSED),
        weights=(76, 10, 8, 4, 2),
    )[0]  # fmt: skip
    turn = story.within(1, 4)
    for place, point in enumerate(POINTS):
        after = start + point + story.within(-2, 9)
        if not story.is_past(after) or (story.days - after < 40 and story.likely(0.4)):
            break  # not due yet, or due and not done
        if story.likely(0.05):
            deed = ScheduleDeed.SKIPPED if story.likely(0.3) else ScheduleDeed.MOVED
            story.tell(FollowUpChange, after, point=list(SchedulePoint)[place], deed=deed)
        if fate is FollowUpStatus.LOST and place >= turn:
            _not_reached(story, after)
            story.tell(FollowUp, after + 14, **_nobody(), status=FollowUpStatus.LOST, tries=4, notes=said.LOST)
            return ClosingReason.MISSING
        if story.likely(0.1):
            _not_reached(story, after)
            after += story.within(2, 6)
        if again is not None and again < after:
            _new_contact(story, after, again)
            again = None
        elif fate is not None and place == turn:
            _moved(story, after, fate)
            if fate is not FollowUpStatus.MOVED:
                return ClosingReason.REFUSED if fate is FollowUpStatus.REFUSED else ClosingReason.MOVED_ABROAD
        elif _is_held_again(story, after):
            story.tell(FollowUp, after, how=FollowUpHow.PRISON, status=FollowUpStatus.IN_CUSTODY, work=None,
                       in_custody=Answer.YES, next_on=None, notes=said.IN_CUSTODY)  # fmt: skip
        else:
            _fares_well(story, after)
    return ClosingReason.GOALS_MET


def look_in(story: Story, start: int, until: int) -> None:
    """Write down the follow-ups after a release that is not the last word, until that day."""
    for point in POINTS:
        if point < until - start and story.is_past(start + point):
            _fares_well(story, start + point)


def _last_follow_up(story: Story) -> int:
    days = [record.done_on for record in story.of(FollowUp) if record.done_on is not None]
    return (max(days) - story.arrested_on).days if days else 0


def _new_contact_after(story: Story, start: int) -> int | None:
    """Return the day of a new contact with the law: the second arrest, or for a part of the children one by chance."""
    if story.plan.again is not None:
        return _days_until_again(story)
    return start + story.within(10, 240) if story.likely(0.4) else None


def _detained_again(story: Story) -> bool:
    return story.plan.again is not None and story.plan.again.course is Course.DETAINED


def _days_until_again(story: Story) -> int:
    assert story.plan.again is not None  # noqa: S101  (asked of those alone who were arrested again)
    return (story.plan.again.arrested_on - story.arrested_on).days


def _is_held_again(story: Story, after: int) -> bool:
    """Whether the child is in the detention that every second case begins with."""
    return _detained_again(story) and 0 < after - _days_until_again(story) < 45


def _fares_well(story: Story, after: int) -> None:
    agreed = story.day(after + story.within(20, 40)) if story.forgotten(after, 0.3) else None
    story.tell(
        FollowUp, after, how=story.chance.choice((FollowUpHow.HOME, FollowUpHow.PHONE, FollowUpHow.OFFICE)),
        reached=story.chance.choice((Reached.CHILD, Reached.CHILD, Reached.GUARDIAN)), next_on=agreed,
        schooling=story.person.child.schooling, living_with=story.person.child.living_with, needs_text=None,
        notes=said.FARES_WELL,
    )  # fmt: skip


def _nobody() -> dict[str, Any]:
    return {
        "how": FollowUpHow.PHONE, "reached": Reached.NOBODY, "schooling": None, "work": None, "living_with": None,
        "needs": (), "needs_text": None, "new_contact": Answer.UNKNOWN, "source": None, "in_custody": Answer.UNKNOWN,
        "next_on": None,
    }  # fmt: skip


def _not_reached(story: Story, after: int) -> None:
    story.tell(
        FollowUp, after, **_nobody(), status=FollowUpStatus.NOT_REACHED, tries=story.within(1, 3),
        notes=said.NOT_REACHED,
    )  # fmt: skip


def _moved(story: Story, after: int, status: FollowUpStatus) -> None:
    abroad, refused = status is FollowUpStatus.ABROAD, status is FollowUpStatus.REFUSED
    notes = None if refused else said.ABROAD if abroad else said.MOVED
    story.tell(
        FollowUp, after, how=FollowUpHow.PHONE, reached=Reached.GUARDIAN, status=status, schooling=None, work=None,
        living_with=None, needs=(), needs_text=None, source=ContactSource.FAMILY, next_on=None, notes=notes,
        new_contact=Answer.UNKNOWN if refused else Answer.NO, moved_to_text=said.ABROAD_WHERE if abroad else None,
    )  # fmt: skip


def _new_contact(story: Story, after: int, again: int) -> None:
    second = story.plan.again
    level = LEVELS[second.course] if second else story.chance.choices(
        (ContactLevel.R1, ContactLevel.R2, ContactLevel.R3, ContactLevel.R4), weights=(45, 20, 20, 15)
    )[0]  # fmt: skip
    official = story.likely(0.6)
    story.tell(
        FollowUp, after, status=FollowUpStatus.NEW_CONTACT, new_contact=Answer.YES, level=level,
        source=ContactSource.POLICE if official else ContactSource.FAMILY, contact_on=story.day(again),
        offence_category=second.category if second else OffenceCategory.VIOLENCE_MINOR,
        offence_on=PartialDate.on(story.day(again - 1)), next_on=None, notes=said.AGAIN,
        confirmed=Confirmation.OFFICIAL if official else Confirmation.NOT_CONFIRMED,
        in_custody=Answer.YES if level is ContactLevel.R4 else Answer.NO,
    )  # fmt: skip


def close(story: Story, after: int, reason: ClosingReason, **known: Any) -> None:
    """Close the case where that day is over; now and then it was opened again later."""
    scored = story.of(ReintegrationReview)
    last = scored[-1] if scored else None
    answers: dict[str, Any] = {
        "reason": reason, "papers_until": story.day(after + 1826), "reopened_on": None, "open_matters": None,
        "child_total": last.child_total if last else None, "family_total": last.family_total if last else None,
        "all_at_least_two": None if last is None else _all_at_least_two(last), "achieved": said.STAYED_HOME,
    }  # fmt: skip
    if last is not None:
        answers.pop("achieved")
    if reason in _OUT_OF_REACH:
        answers |= {"achieved": said.OUT_OF_REACH, "child_view": None, "child_agrees": Answer.UNKNOWN}
    if story.likely(0.04):
        answers["reopened_on"] = story.past(after + story.within(40, 160))
    made = story.tell(Closure, after, **(answers | known))
    if made is not None and made.reopened_on is None:
        story.closed_on = made.closed_on


_OUT_OF_REACH = (ClosingReason.MISSING, ClosingReason.MOVED_ABROAD, ClosingReason.REFUSED)


def _all_at_least_two(review: ReintegrationReview) -> Answer:
    below = set(review.rated_below(2)) - {"family_relatives"}
    return Answer.NO if below else Answer.YES
