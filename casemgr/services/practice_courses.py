"""What becomes of an invented child, from the arrest to the closing of the case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from casemgr import clock
from casemgr.records.case import ChildRole, ProcessStage, ReferralSource
from casemgr.records.fields import Answer
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.child_in_prison import ChildInPrison
from casemgr.records.pathway.closure import ClosingReason
from casemgr.records.pathway.court_answers import (
    Authority,
    DecisionMade,
    HearingStage,
    JudgmentResult,
)
from casemgr.records.pathway.detention_answers import DetentionBasis
from casemgr.records.pathway.diversion import Diversion
from casemgr.records.pathway.diversion_answers import DiversionOutcome, Factor, FactorSide, ScreeningDecision
from casemgr.records.pathway.diversion_screening import DiversionScreening
from casemgr.records.pathway.inquiry_answers import CourtResult
from casemgr.records.pathway.reintegration_answers import PlanReason
from casemgr.services import practice_words as said
from casemgr.services.practice_after import close, come_home
from casemgr.services.practice_detention import detained, visits
from casemgr.services.practice_plan import Course
from casemgr.services.practice_procedure import decide, hear, judge, police, report, tried
from casemgr.services.practice_story import Story


def _in_custody(story: Story) -> None:
    police(story, None)


def _warned(story: Story) -> None:
    police(story, PoliceOutcome.WRITTEN_WARNING if story.likely(0.4) else PoliceOutcome.VERBAL_WARNING)
    if not story.likely(0.12):
        close(story, story.within(10, 90), ClosingReason.NO_NEED)


def _under_14(story: Story) -> None:
    police(story, PoliceOutcome.RELEASED_TO_GUARDIAN)
    close(story, story.within(30, 200), ClosingReason.NO_NEED)


def _dropped(story: Story) -> None:
    police(story, PoliceOutcome.PROSECUTOR)
    decided = story.within(8, 50)
    if story.likely(0.5):
        report(story, story.within(2, 5), CourtResult.DROPPED, decided)
    decide(story, decided, DecisionMade.DROPPED)
    close(story, decided + story.within(5, 60), ClosingReason.NO_NEED)


def _acquitted(story: Story) -> None:
    police(story, PoliceOutcome.PROSECUTOR)
    decide(story, story.within(2, 12), DecisionMade.TO_TRIAL)
    trial = story.within(40, 120)
    report(story, story.within(5, 20), CourtResult.ACQUITTED, trial)
    heard = hear(story, trial, HearingStage.TRIAL)
    if heard is not None:
        judge(story, heard, JudgmentResult.ACQUITTED)
        close(story, heard + story.within(35, 70), ClosingReason.NO_NEED)


def _with_measure(story: Story) -> None:
    """Tell of a child who is tried at liberty, after an inquiry of a judge or without one."""
    police(story, PoliceOutcome.PROSECUTOR)
    charged = story.within(2, 15)
    trial = charged + story.within(35, 140)
    report(story, charged + 3, CourtResult.MEASURES, trial)
    if story.likely(0.3):
        decide(story, charged, DecisionMade.TO_INVESTIGATION)
        decide(story, charged + 7, DecisionMade.SUPERVISED, Authority.INVESTIGATING_JUDGE)
        charged = trial - 20
    decide(story, charged, DecisionMade.TO_TRIAL, heard_on=None, present=())
    tried(story, trial)


def _diverted(story: Story) -> None:
    """Tell of a child with whom a plan is made instead of a trial; some break it, and are tried in the end."""
    police(story, PoliceOutcome.PROSECUTOR)
    screened = story.within(8, 20)
    offered = screened + story.within(5, 10)
    report(story, story.within(2, 4), CourtResult.DIVERSION, offered)
    _screen(story, screened, offered)
    decide(story, offered, DecisionMade.DIVERSION)
    end = offered + 186
    broken = offered + story.within(60, 150) if story.likely(0.16) else None
    made = _plan_instead(story, offered, end, broken)
    if made is None or made.ended_on is None:
        return
    if broken is None:
        come_home(story, end, PlanReason.DIVERSION_END)
    else:
        decide(story, broken + 7, DecisionMade.TO_TRIAL, heard_on=None, present=())
        tried(story, broken + story.within(40, 90))


def _screen(story: Story, screened: int, decided: int) -> None:
    known: dict[str, Any] = {"detained_now": Answer.NO}
    if not story.is_past(decided):
        known["authority_decision"] = ScreeningDecision.PENDING
    made = story.tell(DiversionScreening, screened, decided_on=story.past(decided), **known)
    if made is not None:
        first = Factor(what=said.FIRST_TIME, side=FactorSide.FOR, source=said.MOTHER)
        made.factors = (first, *made.factors[1:])


def _plan_instead(story: Story, offered: int, end: int, broken: int | None) -> Diversion | None:
    """Write down the plan of a diversion; broken: the day on which it was given up, None where it is kept."""
    over = end if broken is None else broken
    ended = story.is_past(over) and not story.forgotten(over, 0.3)
    known: dict[str, Any] = {"outcome": None, "ended_on": None, "child_view": None, "authority_told_on": None}
    if ended:
        outcome = DiversionOutcome.COMPLETED if broken is None else DiversionOutcome.REVOKED_BREACH
        known = {"outcome": outcome, "ended_on": story.day(over), "authority_told_on": story.past(over + 2)}
        known["dismissed"] = Answer.YES if broken is None else Answer.NO
        known["record_kept"] = Answer.NO if broken is None else Answer.UNKNOWN
        if broken is not None:
            known["child_view"] = None
    if broken is None and story.likely(0.75):
        known["breaches"] = ()
    made = story.tell(Diversion, offered, suggested_by=story.staff.name, notes=None, **known)
    if made is not None:
        made.log = tuple(line for line in made.log if line.on is not None and line.on < story.day(over))
        made.reviews = tuple(
            replace(review, held_on=None, result=None) if _is_forgotten(story, review.planned_on) else review
            for review in made.reviews
            if review.planned_on is not None and review.planned_on < story.day(over)
        )
    return made


def _is_forgotten(story: Story, planned: date) -> bool:
    return story.forgotten((planned - story.arrested_on).days, 0.3)


def _in_prison(story: Story) -> None:
    """Tell of a small child who lives in prison with its mother; the day of the arrest is when we met it."""
    child, born = story.person.child, story.person.child.born
    assert born is not None  # noqa: S101  (a small child's birth is known)
    story.case.child_role, story.case.referral_source = ChildRole.UNKNOWN, ReferralSource.PRISON
    story.case.court = story.case.court_number = story.case.police_report_number = story.case.used_by_adult = None
    limit = (clock.months_after(born.latest, 36) - story.arrested_on).days
    left = story.past(limit - story.within(5, 60)) if story.likely(0.8) else None
    story.tell(
        ChildInPrison, 0, mother_name=story.person.mother, mother_basis=DetentionBasis.SENTENCED,
        child_name=f"{child.family_name_km} {child.given_name_km}", child_born=born.latest, sex=child.sex,
        entered_on=max(born.latest, story.day(-story.within(10, 90))), facility=said.PRISON,
        mother_release_on=story.day(story.within(500, 1200)), left_on=left, left_to=None if left is None else "ជីដូន",
    )  # fmt: skip
    end = None if left is None else (left - story.arrested_on).days
    visits(story, 0, end)
    if end is not None:
        close(story, end + story.within(20, 80), ClosingReason.GOALS_MET, child_view=None)


def _victim(story: Story) -> None:
    """Tell of a child who was harmed or saw an offence, and is heard in court."""
    story.case.child_role = ChildRole.VICTIM if story.likely(0.6) else ChildRole.WITNESS
    story.case.used_by_adult, story.stage = None, ProcessStage.INVESTIGATION
    heard = hear(story, story.within(40, 120), HearingStage.TRIAL)
    if heard is not None:
        close(story, heard + story.within(20, 90), ClosingReason.NO_NEED, achieved=said.CHILD_HAD_HELP)


COURSES: dict[Course, Callable[[Story], None]] = {
    Course.CUSTODY: _in_custody, Course.WARNED: _warned, Course.DROPPED: _dropped, Course.DIVERTED: _diverted,
    Course.MEASURE: _with_measure, Course.DETAINED: detained, Course.ACQUITTED: _acquitted,
    Course.UNDER_14: _under_14, Course.IN_PRISON: _in_prison, Course.VICTIM: _victim,
}  # fmt: skip
