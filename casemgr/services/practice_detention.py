"""Detention in invented cases: before the trial, visits, the sentence, the release."""

from dataclasses import replace
from datetime import date
from typing import Any

from casemgr import clock
from casemgr.khmer.digits import to_khmer_digits
from casemgr.records.fields import Answer, Rating
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.court_answers import (
    Authority,
    DecisionMade,
    HearingStage,
    HeldBefore,
    JudgmentResult,
    Penalty,
)
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import (
    RELEASES,
    AdultSeparation,
    DetentionBasis,
    DetentionEnd,
    FacilityType,
    FamilyContact,
    OrderExtension,
    Transfer,
    VisitAction,
)
from casemgr.records.pathway.detention_visit import DetentionVisit
from casemgr.records.pathway.inquiry_answers import CourtResult
from casemgr.records.pathway.reintegration_answers import PlanReason
from casemgr.services import practice_words as said
from casemgr.services.practice_after import come_home, look_in, write_plan
from casemgr.services.practice_procedure import decide, has_lawyer, hear, judge, police, report, tried
from casemgr.services.practice_story import Story

ORDER_MONTHS = 2
"""How long an order of a judge allows the detention, and each extension after it."""


def detained(story: Story) -> None:
    """Tell of a child who waits for its trial in prison, a part of them longer than the law allows."""
    arrest = police(story, PoliceOutcome.PROSECUTOR)
    assert arrest.custody_ended_at is not None  # noqa: S101  (police custody is over)
    since = (arrest.custody_ended_at.date() - story.arrested_on).days
    decide(story, since, DecisionMade.DETAINED, Authority.INVESTIGATING_JUDGE)
    if story.likely(0.12):
        _released_before_trial(story, since)
        return
    trial = story.within(200, 320) if story.likely(0.25) else story.within(45, 150)
    serves = story.likely(0.65)
    result = CourtResult.IMPRISONMENT if serves else CourtResult.SUSPENDED
    report(story, story.within(3, 20), result, trial, detained_since=story.day(since), detention_place=said.PRISON)
    heard = hear(story, trial, HearingStage.TRIAL, HeldBefore.PRETRIAL)
    judged = None if heard is None else heard + story.chance.choice((0, 7, 14))
    if judged is not None and not story.is_past(judged):
        judged = None
    _before_trial(story, since, judged, DetentionEnd.OTHER_BASIS if serves else DetentionEnd.MEASURE)
    visits(story, since, judged)
    if judged is None:
        return
    if serves:
        _serve(story, judged)
    else:
        months = story.within(4, 9)
        judge(
            story, judged, JudgmentResult.CONVICTED, penalties=(Penalty.SUSPENDED,), imprisonment_months=months,
            suspended_months=months, supervisor=None, report_to_prosecutor_every=None,
        )  # fmt: skip
        come_home(story, judged, PlanReason.RELEASE)


def _released_before_trial(story: Story, since: int) -> None:
    """Tell of a child who is released under judicial supervision, and tried later."""
    freed = story.within(15, 50)
    trial = freed + story.within(40, 120)
    report(story, story.within(3, 10), CourtResult.MEASURES, trial, detained_since=story.day(since),
           detention_place=said.PRISON)  # fmt: skip
    _before_trial(story, since, freed if story.is_past(freed) else None, DetentionEnd.BAIL)
    visits(story, since, freed)
    decide(story, freed, DecisionMade.SUPERVISED, Authority.INVESTIGATING_JUDGE)
    write_plan(story, freed, PlanReason.RELEASE)
    look_in(story, freed, trial)
    tried(story, trial, HeldBefore.SUPERVISED)


def _before_trial(story: Story, since: int, end: int | None, reason: DetentionEnd) -> None:
    """Write down the detention before the trial; end: the day it ended on, None while it goes on."""
    extensions, until = _extensions(story, since, end)
    asked = story.likely(0.4)
    free = end is not None and reason in RELEASES
    story.tell(
        Detention, since, basis=DetentionBasis.PRETRIAL, separation=_separation(story), order_until=until,
        order_number=to_khmer_digits(f"{story.within(5, 300)}/{story.arrested_on.year % 100:02}"),
        extensions=extensions, ended_on=None if end is None else story.day(end),
        end_reason=None if end is None else reason, release_plan_ready=_yes(story, 0.7) if free else None,
        notes=None, alternatives_asked=_yes(story, 0.6),
        **({} if asked and (end or story.days) > 5 else {"bail_asked_on": None, "bail_result": None}),
    )  # fmt: skip


def _extensions(story: Story, since: int, end: int | None) -> tuple[tuple[OrderExtension, ...], date]:
    """Return the extensions until the detention's end or today, and until when the first order allowed it.

    Now and then nobody has written down the last one.
    """
    first = until = clock.months_after(story.day(since), ORDER_MONTHS)
    last = story.day(story.days if end is None else end)
    lines: list[OrderExtension] = []
    while until < last and not (end is None and story.likely(0.25)):
        ordered = until
        until = clock.months_after(until, ORDER_MONTHS)
        lines.append(OrderExtension(ordered_on=ordered, until=until, by=said.INVESTIGATING_JUDGE,
                                    reason=said.DECISION_REASONS[DecisionMade.EXTENDED]))  # fmt: skip
        decide(story, (ordered - story.arrested_on).days, DecisionMade.EXTENDED, Authority.INVESTIGATING_JUDGE,
               heard_on=None, present=())  # fmt: skip
    return tuple(lines), first


def _serve(story: Story, judged: int) -> None:
    """Tell of a sentence of imprisonment, in which the time before the trial counts, and of the release."""
    months = (judged + 30) // 30 + story.within(1, 9)
    began = story.of(Detention)[0].started_on
    assert began is not None  # noqa: S101  (written down above)
    expected = clock.months_after(began, months)
    judge(
        story, judged, JudgmentResult.CONVICTED, penalties=(Penalty.IMPRISONMENT,), imprisonment_months=months,
        to_serve_months=months, supervisor=None, report_to_prosecutor_every=None,
    )  # fmt: skip
    end, reason = (expected - story.arrested_on).days, DetentionEnd.SERVED
    if story.likely(0.25) and end - judged > 60:
        end, reason = end - story.within(15, 45), DetentionEnd.CONDITIONAL
    told = story.is_past(end) and not story.forgotten(end, 0.2)
    story.tell(
        Detention, judged, basis=DetentionBasis.SENTENCED, facility_type=FacilityType.PROVINCIAL_PRISON,
        facility=said.PRISON, separation=_separation(story), transfers=_to_youth_centre(story, judged, end),
        order_number=None, ordered_by=said.TRIAL_JUDGE, ordered_on=story.day(judged), order_until=None, extensions=(),
        alternatives_asked=None, bail_asked_on=None, bail_result=None, expected_end_on=expected, remission=None,
        ended_on=story.day(end) if told else None, end_reason=reason if told else None,
        release_plan_ready=_yes(story, 0.8) if told else None, notes=None,
    )  # fmt: skip
    visits(story, judged, end)
    if told:
        come_home(story, end, PlanReason.RELEASE)


def _to_youth_centre(story: Story, judged: int, end: int) -> tuple[Transfer, ...]:
    after = judged + story.within(10, 40)
    if after >= end or not story.likely(0.4):
        return ()
    return (
        Transfer(on=story.day(after), facility_type=FacilityType.YOUTH_CENTRE, facility=said.YOUTH_CENTRE, reason=None),
    )


def _separation(story: Story) -> AdultSeparation:
    return story.chance.choices(
        (AdultSeparation.AT_NIGHT, AdultSeparation.WHOLLY, AdultSeparation.NOT_AT_ALL), weights=(50, 30, 20)
    )[0]  # fmt: skip


def _yes(story: Story, share: float) -> Answer:
    return Answer.YES if story.likely(share) else Answer.NO


def visits(story: Story, since: int, end: int | None) -> None:
    """Write down the visits in a detention, about one a month; now and then one is forgotten or something undone."""
    after, last = since + story.within(6, 14), story.days if end is None else min(end - 1, story.days)
    while after <= last:
        if not story.likely(0.12):
            visit = story.write(story.example(DetentionVisit, after, **_seen(story)))
            if end is not None or story.days - after > 45 or story.likely(0.5):
                visit.actions = tuple(_done(story, action) for action in visit.actions)
        after += story.within(24, 36)


def _seen(story: Story) -> dict[str, Any]:
    """Return what a visit found."""
    ratings = (Rating.WEAK, Rating.MEDIUM, Rating.MEDIUM, Rating.GOOD)
    in_contact = has_lawyer(story) and story.likely(0.8)
    return {
        "facility": None, "with_adults": _separation(story), "seen_in_private": _yes(story, 0.7),
        "food": story.chance.choice(ratings), "bedding": story.chance.choice(ratings),
        "education": _yes(story, 0.3), "violence": _yes(story, 0.05), "mechanism_known": _yes(story, 0.4),
        "family_contact": story.chance.choice((FamilyContact.VISITED, FamilyContact.VISITED, FamilyContact.PHONE)),
        "lawyer_contact": Answer.YES if in_contact else Answer.NO, "dates_checked": _yes(story, 0.8),
    }  # fmt: skip


def _done(story: Story, action: VisitAction) -> VisitAction:
    """Return what a visit wanted done as done in time, where that day is over."""
    if action.done_on is not None or action.by_when is None or action.by_when >= story.today:
        return action
    return replace(action, done_on=action.by_when)
