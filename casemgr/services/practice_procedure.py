"""Steps of the procedure in invented cases: police, prosecutor, report, hearing, judgment."""

from dataclasses import replace
from typing import Any

from casemgr.clock import PartialDate
from casemgr.khmer.digits import to_khmer_digits
from casemgr.places import place_name
from casemgr.records.case import Offence, OffenceClass, OffenceRole
from casemgr.records.fields import Answer
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import AT_LIBERTY, PaperGiven, PoliceOutcome, Present
from casemgr.records.pathway.court import Decision
from casemgr.records.pathway.court_answers import (
    AppealBy,
    Authority,
    DecisionMade,
    HearingOutcome,
    HearingStage,
    HeldBefore,
    JudgmentResult,
    LawyerAtHearing,
    MeasureKept,
    Penalty,
    PostponedWhy,
)
from casemgr.records.pathway.hearing import Hearing
from casemgr.records.pathway.inquiry_answers import (
    Contact,
    CourtResult,
    Followed,
    Loss,
    PastContact,
    PastContactKind,
    ReportStatus,
)
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.pathway.reintegration_answers import PlanReason
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import practice_words as said
from casemgr.services.practice_after import come_home
from casemgr.services.practice_people import other_spelling
from casemgr.services.practice_story import Story

_OFFICIALS = {
    Authority.PROSECUTOR: (said.PROSECUTION, said.PROSECUTOR),
    Authority.INVESTIGATING_JUDGE: (said.COURT, said.INVESTIGATING_JUDGE),
}


def police(story: Story, outcome: PoliceOutcome | None) -> Arrest:
    """Write down offence and arrest; without an outcome the child is still in police custody."""
    _offence(story)
    if outcome is not PoliceOutcome.PROSECUTOR:
        story.case.court = story.case.court_number = None
    home, held = outcome in AT_LIBERTY, outcome is None
    met = story.plan.live < 2 and (held or story.likely(0.3 if home else 0.75))
    answers: dict[str, Any] = {
        **_station(story), "reason": story.account.reason, "outcome": outcome,
        "handcuffs": _yes(story, 0.2), "held_with_adults": _yes(story, 0.25),
        "rights_explained": _yes(story, 0.8), "violence": _yes(story, 0.06), "money_asked": _yes(story, 0.05),
        "notes": None,
    }  # fmt: skip
    if held:
        answers["custody_ended_at"] = None
    elif home:
        answers["custody_ended_at"] = story.at(1, story.within(11, 16))
    elif story.likely(0.2):  # longer than most of them may be held
        answers["custody_ended_at"] = story.at(2, 15)
    if not met:
        answers |= {"lawyer_arrived_at": None, "lawyer_name": None, "lawyer_organisation": None, "lawyer_paid": None,
                    "present": (Present.GUARDIAN, Present.SOCIAL_AGENT)}  # fmt: skip
        if not held:
            answers["lawyer_requested"] = _yes(story, 0.6)
    if not story.is_past(1):  # what the samples tell of the next morning
        answers |= {"questioned": Answer.NO, "medical_check": Answer.NO, "papers_given": ()}
    elif outcome is PoliceOutcome.WRITTEN_WARNING:
        answers["papers_given"] = (PaperGiven.UNDERTAKING,)
    if story.plan.second:
        answers["notes"] = said.OTHER_SPELLING.format(name=_as_the_police_wrote(story))
    return story.write(story.example(Arrest, **answers))


def _offence(story: Story) -> None:
    category = story.plan.category
    assert category is not None  # noqa: S101  (asked of the suspected alone)
    alone = not story.plan.with_another and story.likely(0.6)
    story.write(story.example(
        Offence, category=category, offence_class=category.usual_class or OffenceClass.UNKNOWN,
        article=category.article, committed_on=PartialDate.on(story.day(-1)), description=story.account.alleged,
        role=OffenceRole.ALONE if alone else OffenceRole.CO_AUTHOR, place_code=_commune(story), place_text=None,
    ))  # fmt: skip


def _station(story: Story) -> dict[str, Any]:
    """Return who arrested the child where, near its home."""
    commune = _commune(story)
    in_town = commune.startswith("1710")
    district = place_name(commune[:4], "km")
    return {
        "place_code": commune, "place_text": None,
        "arresting_unit": said.POST.format(place=place_name(commune, "km")),
        "police_unit": said.TOWN_POLICE if in_town else said.DISTRICT_POLICE.format(place=district),
    }  # fmt: skip


def _commune(story: Story) -> str:
    return (story.person.child.village_code or "171002")[:6]


def _as_the_police_wrote(story: Story) -> str:
    child = story.person.child
    return f"{child.family_name_latin} {other_spelling(child.given_name_latin or '')}"


def _yes(story: Story, share: float) -> Answer:
    return Answer.YES if story.likely(share) else Answer.NO


def has_lawyer(story: Story) -> bool:
    """Return whether a lawyer came to the police station."""
    return any(arrest.lawyer_arrived_at is not None for arrest in story.of(Arrest))


def decide(
    story: Story, after: int, made: DecisionMade, authority: Authority = Authority.PROSECUTOR, **known: Any
) -> Decision | None:  # fmt: skip
    """Write down what a prosecutor or a judge decided."""
    office, official = _OFFICIALS[authority]
    answers = {
        "authority": authority, "authority_name": office, "official": official, "decision": made,
        "case_number": story.court_number,
        "order_number": to_khmer_digits(f"{story.within(5, 300)}/{story.day(after).year}"),
        "reasons": said.DECISION_REASONS.get(made), "notes": None, "next_date": None, "present": _present(story),
        "alternatives_considered": _yes(story, 0.4) if made is DecisionMade.DETAINED else None,
    }  # fmt: skip
    return story.tell(Decision, after, **(answers | known))


def _present(story: Story) -> tuple[Present, ...]:
    lawyer = (Present.LAWYER,) if has_lawyer(story) else ()
    return (Present.GUARDIAN, *lawyer, Present.SOCIAL_AGENT)


def report(story: Story, asked: int, result: CourtResult, decided: int, **known: Any) -> SocialInquiry | None:
    """Write down a social inquiry report that was asked for so many days after the arrest.

    result: what the court decided then, PENDING before. Now and then it is not handed in on its day.
    """
    if not story.is_past(asked):
        return None
    offences, arrests = story.of(Offence), story.of(Arrest)
    made = SocialInquiry.begun(story.person.child, story.case, offences, arrests, story.staff, 1)
    made.id = story.new_id()
    story.complete(made, asked + 6, **(_matter(story) | known))
    where = Contact.HOME if made.detained_since is None else Contact.PRISON
    made.interviews = (replace(made.interviews[0], where=where), *made.interviews[1:])
    delivered = asked + 8
    if story.is_past(delivered) and (story.is_past(decided) or not story.likely(0.2)):
        made.status, made.submitted_at = ReportStatus.SUBMITTED, story.at(delivered, 9)
        known_result = result if story.is_past(decided) else CourtResult.PENDING
        known_hearing = result is not CourtResult.DROPPED and story.is_past(decided - 40)
        made.court_result, made.hearing_on = known_result, story.day(decided) if known_hearing else None
        made.followed = Followed.FULLY if result in (CourtResult.DIVERSION, CourtResult.MEASURES) else Followed.PARTLY
        made.before_court = Answer.YES if story.is_past(decided) else None
        made.result_remarks = None
    else:
        for name in SocialInquiry.open_after_submission:
            setattr(made, name, None)
    story.tidy(made)
    return story.write(made)


def _matter(story: Story) -> dict[str, Any]:
    """Return what the report says of this deed where the samples tell of another."""
    account = story.account
    answers: dict[str, Any] = {
        "facts": account.alleged, "feeling": said.FEELING, "parents_action": said.PARENTS_ACTION,
        "victim_attitude": said.VICTIM_ATTITUDE, "repair": said.REPAIR, "detained_since": None,
        "report_number": to_khmer_digits(f"{story.within(1, 90):03}/{story.arrested_on.year % 100:02}"),
        "earlier_contact": Answer.NO, "stated_age": None, "street": None,
    }  # fmt: skip
    if all(offence.role is OffenceRole.ALONE for offence in story.of(Offence)):
        answers["co_accused"] = None
    if account.loss is None:
        answers |= {"victim_contacted": Answer.NO, "victim_attitude": None, "repair": None, "meeting_wish": None}
    else:
        answers["losses"] = (Loss(item=account.loss[0], amount=account.loss[1], repaired=0),)
    if story.plan.second:
        answers["earlier_contact"] = Answer.YES
        earlier = PartialDate.of(story.arrested_on.year - 1)
        answers["past"] = (PastContact(on=earlier, what=PastContactKind.POLICE, reason=None, outcome=None),)
    return answers


def hear(
    story: Story, after: int, about: HearingStage, held_before: HeldBefore = HeldBefore.FREE, *, again: bool = False
) -> int | None:  # fmt: skip
    """Write down a hearing once its date is known; return the day it took place after the arrest, None while unknown.

    Now and then it is postponed by two weeks, or nobody has written down yet whether it took place.
    """
    if not story.is_past(after - 40):
        return None
    answers: dict[str, Any] = {
        "stage_of": about, "case_number": story.court_number, "held_before": held_before, "judge": said.TRIAL_JUDGE,
        "evidence": said.EVIDENCE, "result": said.HEARING_RESULT, "notes": None,
        "lawyer": LawyerAtHearing.OWN if has_lawyer(story) or story.likely(0.5) else LawyerAtHearing.APPOINTED,
        "report_before_court": Answer.YES if story.of(SocialInquiry) else Answer.NO,
    }  # fmt: skip
    if not story.is_past(after) or (story.days - after < 12 and story.likely(0.4)):
        story.write(story.example(Hearing, after, **(answers | {"outcome": None, "held_at": None})))
        return None
    if not again and story.likely(0.2):
        why = story.chance.choice((PostponedWhy.LAWYER, PostponedWhy.JUDGE, PostponedWhy.CHILD, PostponedWhy.VICTIM))
        answers |= {
            "outcome": HearingOutcome.POSTPONED, "held_at": None, "postponed_why": why,
            "postponed_remark": said.POSTPONED_REMARK, "next_at": story.at(after + 14, 8, 30),
        }  # fmt: skip
        story.write(story.example(Hearing, after, **answers))
        return hear(story, after + 14, about, held_before, again=True)
    story.write(story.example(Hearing, after, **answers))
    return after


def judge(story: Story, after: int, result: JudgmentResult, **known: Any) -> Judgment | None:
    """Write down a judgment of the first instance, with its measures or penalties."""
    year = to_khmer_digits(f"{story.within(1, 99)}/{story.day(after).year}")
    articles = [story.plan.category.article] if story.plan.category and story.plan.category.article else []
    answers = {
        "number": year, "result": result, "present": _present(story), "reasons_given": said.JUDGMENT_REASONS[result],
        "articles": ", ".join(["39", "40", *articles] if result is JudgmentResult.MEASURES else articles) or None,
        "supervisor": "ទេព បូរិន", "appeal_by": AppealBy.NOBODY, "final_on": story.past(after + 31), "notes": None,
        "measure_from": None, "measure_until": None, "measure_ended_on": None, "appealed_on": None,
    }  # fmt: skip
    if story.forgotten(after + 31, 0.3):
        answers |= {"appeal_by": None, "final_on": None}
    return story.tell(Judgment, after, **(answers | known))


def tried(story: Story, trial: int, held_before: HeldBefore = HeldBefore.FREE) -> None:
    """Tell of a trial after which the child stays at liberty, with measures or a penalty, and how that goes."""
    heard = hear(story, trial, HearingStage.TRIAL, held_before)
    if heard is None:
        return
    judged = heard + story.chance.choice((0, 7, 14))
    length, answers = _sentence(story)
    end = judged + length
    if not story.forgotten(end, 0.3):
        answers["measure_ended_on"] = story.past(end)
    kept = MeasureKept.KEPT if answers.get("measure_ended_on") else None
    made = judge(
        story, judged, answers.pop("result"), measure_from=story.day(judged), measure_until=story.day(end),
        measure_kept=kept, **answers,
    )  # fmt: skip
    if made is not None and made.measure_ended_on is not None:
        come_home(story, end, PlanReason.MEASURE_END)


def _sentence(story: Story) -> tuple[int, dict[str, Any]]:
    """Return in how many days a sentence at liberty is over, and what it is."""
    chosen = story.chance.random()
    if chosen < 0.15:
        months = story.within(3, 8)
        return 365, {
            "result": JudgmentResult.CONVICTED, "penalties": (Penalty.PROBATION,), "probation_months": 12,
            "imprisonment_months": months, "suspended_months": months,
        }  # fmt: skip
    if chosen < 0.3 and story.person.age >= 16:
        return 91, {
            "result": JudgmentResult.CONVICTED, "penalties": (Penalty.COMMUNITY_SERVICE,),
            "community_hours": story.chance.choice((30, 40, 60)),
        }  # fmt: skip
    return 182, {"result": JudgmentResult.MEASURES}
