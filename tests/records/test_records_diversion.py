"""Diversion: the screening, the plan with its clocks and hours, and where its end leads a case."""

from datetime import date

import pytest
from declared import sample_of

from casemgr.records.case import ProcessStage
from casemgr.records.fields import Answer, field_of
from casemgr.records.pathway.diversion import DIVERSION, DIVERSION_RECORD, Diversion
from casemgr.records.pathway.diversion_answers import (
    DiversionAuthority,
    DiversionMeasure,
    DiversionOutcome,
    LogEntry,
    PlannedMeasure,
    Presence,
    Review,
    ScreeningAdvice,
    ScreeningDecision,
    VictimView,
)
from casemgr.records.pathway.diversion_screening import DIVERSION_SCREENING_RECORD, DiversionScreening
from casemgr.records.pathway.inquiry_answers import Measure

OFFERED, ORDERED, ENDED = date(2026, 12, 10), date(2026, 12, 14), date(2027, 6, 14)
REVIEW, END, _ = DIVERSION_RECORD.clocks


def test_the_stage_holds_screening_and_plan() -> None:
    assert [kind.key for kind in DIVERSION.kinds] == ["diversion-screening", "diversion"]
    assert [kind.after for kind in DIVERSION.kinds] == [("arrest",), ("diversion-screening",)]
    rules = [clock.rule for kind in DIVERSION.kinds for clock in kind.clocks]
    assert rules == ["diversion-review", "diversion-end", "follow-up"]


def shown(record: object, *names: str) -> list[bool]:
    return [field_of(type(record), name).is_shown(record) for name in names]


def test_the_screening_asks_the_child_and_follows_its_answers() -> None:
    assert field_of(DiversionScreening, "child_view").required
    assert shown(DiversionScreening(), "advised_by", "victim_remark", "decided_on") == [False] * 3
    told = DiversionScreening(
        legal_advice=Answer.YES, victim_view=VictimView.AGAINST, authority_decision=ScreeningDecision.REFUSED
    )
    assert shown(told, "advised_by", "victim_remark", "decided_on") == [True] * 3
    assert shown(DiversionScreening(victim_view=VictimView.NO_VICTIM), "victim_remark") == [False]


@pytest.mark.parametrize(
    ("recommendation", "decision", "is_open"),
    [
        (None, None, True),
        (ScreeningAdvice.OFFER, None, True),
        (ScreeningAdvice.DO_NOT_OFFER, None, False),
        (ScreeningAdvice.DO_NOT_OFFER, ScreeningDecision.PENDING, True),
        (ScreeningAdvice.OFFER, ScreeningDecision.ACCEPTED, False),
        (ScreeningAdvice.OFFER, ScreeningDecision.REFUSED, False),
    ],
)
def test_a_screening_is_open_until_the_authority_decided(
    recommendation: ScreeningAdvice | None, decision: ScreeningDecision | None, is_open: bool
) -> None:
    screening = DiversionScreening(recommendation=recommendation, authority_decision=decision)
    assert DIVERSION_SCREENING_RECORD.is_open(screening) is is_open


def test_the_timeline_tells_how_the_screening_was_decided() -> None:
    def told(decision: ScreeningDecision) -> list[str]:
        screening = DiversionScreening(authority_decision=decision, decided_on=OFFERED)
        return [event.label for event in DIVERSION_SCREENING_RECORD.events if event.at(screening) == OFFERED]

    assert told(ScreeningDecision.ACCEPTED) == ["Diversion accepted"]
    assert told(ScreeningDecision.REFUSED) == ["Diversion refused"]


def test_measures_a_report_proposes_have_the_same_code_and_words_in_a_plan() -> None:
    proposed = {measure.value: measure.label for measure in Measure}
    planned = {measure.value: measure.label for measure in DiversionMeasure}
    shared = proposed.keys() & planned.keys()
    assert len(shared) >= 18
    assert {code: planned[code] for code in shared} == {code: proposed[code] for code in shared}


def test_names_and_dates_of_consent_are_asked_of_those_who_agree() -> None:
    names = ("advice_by", "consent_child_on", "guardian_name", "consent_guardian_on", "victim_view")
    agreed = Diversion(
        legal_advice=Answer.YES, consent_child=Answer.YES, consent_guardian=Answer.YES, victim_heard=Answer.YES
    )
    assert shown(agreed, *names) == [True] * len(names)
    assert shown(Diversion(consent_child=Answer.NO), *names) == [False] * len(names)
    assert shown(Diversion(), "ended_on", "dismissed", "record_kept") == [False] * 3
    assert shown(Diversion(outcome=DiversionOutcome.COMPLETED), "ended_on", "dismissed", "record_kept") == [True] * 3


def test_hours_are_added_up_and_missing_ones_count_none() -> None:
    assert (Diversion().hours_required, Diversion().hours_done) == (0, 0)
    diversion = Diversion(
        measures=(PlannedMeasure(hours=40), PlannedMeasure(), PlannedMeasure(hours=12)),
        log=(
            LogEntry(hours=4, came=Presence.PRESENT), LogEntry(hours=3, came=Presence.LATE), LogEntry(hours=2),
            LogEntry(came=Presence.PRESENT), LogEntry(hours=5, came=Presence.ABSENT),
            LogEntry(hours=6, came=Presence.EXCUSED),
        ),
    )  # fmt: skip
    assert (diversion.hours_required, diversion.hours_done) == (52, 9)


def test_the_next_review_is_the_earliest_that_was_not_held() -> None:
    first, second, third = date(2027, 2, 15), date(2027, 4, 15), date(2027, 6, 1)
    reviews = (
        Review(planned_on=third), Review(planned_on=first, held_on=first), Review(planned_on=second), Review(by="?"),
    )  # fmt: skip
    assert REVIEW.due is not None
    running = Diversion(starts_on=ORDERED, reviews=reviews)
    assert (REVIEW.due(running), REVIEW.starts(running), REVIEW.ends(running)) == (second, ORDERED, None)
    assert REVIEW.due(Diversion(reviews=reviews[1:2])) is None
    assert REVIEW.due(Diversion(reviews=reviews, outcome=DiversionOutcome.COMPLETED)) is None
    assert REVIEW.due(Diversion(reviews=reviews, ended_on=ENDED)) is None


def test_the_plan_ends_on_its_day_or_when_it_was_ended() -> None:
    assert END.due is not None
    running = Diversion(starts_on=ORDERED, ends_on=ENDED)
    assert (END.due(running), END.ends(running)) == (ENDED, None)
    assert END.ends(Diversion(ends_on=ENDED, ended_on=OFFERED)) == OFFERED


def test_diversion_is_open_from_offer_or_order_to_outcome() -> None:
    is_open = DIVERSION_RECORD.is_open
    assert [is_open(Diversion(offered_on=OFFERED)), is_open(Diversion(ordered_on=ORDERED))] == [True, True]
    assert not is_open(Diversion())
    assert not is_open(Diversion(offered_on=OFFERED, outcome=DiversionOutcome.NOT_AGREED))


@pytest.mark.parametrize(
    ("outcome", "offered_by", "stage"),
    [
        (DiversionOutcome.COMPLETED, None, ProcessStage.CLOSED),
        (DiversionOutcome.COMPLETED_EARLY, DiversionAuthority.TRIAL_JUDGE, ProcessStage.CLOSED),
        (DiversionOutcome.REVOKED_BREACH, None, ProcessStage.PROSECUTOR),
        (DiversionOutcome.REVOKED_OFFENCE, DiversionAuthority.PROSECUTOR, ProcessStage.PROSECUTOR),
        (DiversionOutcome.WITHDRAWN, DiversionAuthority.POLICE, ProcessStage.PROSECUTOR),
        (DiversionOutcome.REVOKED_BREACH, DiversionAuthority.TRIAL_JUDGE, ProcessStage.TRIAL),
        (DiversionOutcome.INELIGIBLE, DiversionAuthority.INVESTIGATING_JUDGE, ProcessStage.INVESTIGATION),
    ],
)
def test_the_end_leads_out_of_the_procedure_or_back_to_who_offered(
    outcome: DiversionOutcome, offered_by: DiversionAuthority | None, stage: ProcessStage
) -> None:
    diversion = Diversion(ordered_on=ORDERED, outcome=outcome, offered_by=offered_by, ended_on=ENDED)
    assert list(DIVERSION_RECORD.moves(diversion)) == [(ORDERED, ProcessStage.DIVERSION), (ENDED, stage)]


@pytest.mark.parametrize("outcome", [None, DiversionOutcome.UNTRACEABLE, DiversionOutcome.TRANSFERRED])
def test_where_a_plan_stops_without_a_decision_the_case_stays_in_diversion(outcome: DiversionOutcome | None) -> None:
    diversion = Diversion(ordered_on=ORDERED, outcome=outcome, ended_on=ENDED)
    assert list(DIVERSION_RECORD.moves(diversion)) == [(ORDERED, ProcessStage.DIVERSION)]


def test_the_sample_plan_was_kept() -> None:
    diversion = Diversion(**sample_of(Diversion))
    assert (diversion.hours_required, diversion.hours_done) == (9, 9)
    assert REVIEW.due is not None
    assert REVIEW.due(diversion) is None
    assert END.ends(diversion) == ENDED
