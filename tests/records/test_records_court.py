"""Decisions, hearings and judgments: their questions, clocks, and where they lead a case."""

from datetime import date

import pytest
from declared import sample_of

from casemgr.clock import local
from casemgr.records.case import ProcessStage
from casemgr.records.fields import Answer, field_of, fields_of
from casemgr.records.pathway import court_answers as say
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.court import COURT, DECISION_RECORD, Decision
from casemgr.records.pathway.court_answers import (
    Authority,
    CourtLevel,
    DecisionMade,
    HearingOutcome,
    HearingStage,
    JudgmentResult,
    Penalty,
)
from casemgr.records.pathway.hearing import HEARING_RECORD, Hearing
from casemgr.records.pathway.judgment import JUDGMENT_RECORD, Judgment
from casemgr.records.stage import Time

MORNING = local(2026, 12, 10, 8, 30)
DAY, LATER, LAST = date(2026, 11, 23), date(2026, 12, 10), date(2027, 1, 18)
HEARD, POSTPONED = HEARING_RECORD.clocks
APPEAL, MEASURE_END, _ = JUDGMENT_RECORD.clocks


def test_the_stage_holds_three_kinds_in_the_order_of_the_procedure() -> None:
    assert [kind.key for kind in COURT.kinds] == ["decision", "hearing", "judgment"]
    assert [kind.after for kind in COURT.kinds] == [("arrest",), ("decision", "detention"), ("hearing",)]
    rules = [clock.rule for kind in COURT.kinds for clock in kind.clocks]
    assert rules == ["next-appearance", "hearing", "hearing-postponed", "appeal", "measure-end", "follow-up"]


def shown(record: object, *names: str) -> list[bool]:
    return [field_of(type(record), name).is_shown(record) for name in names]


def test_conditions_are_asked_for_where_a_judge_supervises() -> None:
    for decision in DecisionMade:
        expected = decision is DecisionMade.SUPERVISED
        assert shown(Decision(decision=decision), "supervision_conditions", "report_every") == [expected] * 2
    assert shown(Decision(), "present", "appeared_on") == [False, False]
    assert shown(Decision(heard_on=DAY, next_date=LATER), "present", "appeared_on") == [True, True]


def test_a_further_date_runs_until_the_child_came() -> None:
    (clock,) = DECISION_RECORD.clocks
    waiting = Decision(decided_on=DAY, decision=DecisionMade.CHARGED, next_date=LATER)
    came = Decision(decided_on=DAY, decision=DecisionMade.CHARGED, next_date=LATER, appeared_on=LATER)
    assert clock.due is not None
    assert [(clock.due(each), clock.ends(each)) for each in (waiting, came)] == [(LATER, None), (LATER, LATER)]
    assert [DECISION_RECORD.is_open(each) for each in (waiting, came, Decision())] == [True, False, True]
    assert not DECISION_RECORD.is_open(Decision(decision=DecisionMade.DROPPED))


@pytest.mark.parametrize(
    ("decision", "stage"),
    [
        (DecisionMade.DROPPED, ProcessStage.CLOSED), (DecisionMade.DETAINED, ProcessStage.PRETRIAL_DETENTION),
        (DecisionMade.EXTENDED, ProcessStage.PRETRIAL_DETENTION), (DecisionMade.RELEASED, ProcessStage.RELEASED),
        (DecisionMade.SUPERVISED, ProcessStage.CONDITIONAL_RELEASE), (DecisionMade.TO_TRIAL, ProcessStage.TRIAL),
        (DecisionMade.TO_INVESTIGATION, ProcessStage.INVESTIGATION),
    ],
)  # fmt: skip
def test_a_decision_leads_to_the_authority_and_then_where_it_says(decision: DecisionMade, stage: ProcessStage) -> None:
    written = Decision(authority=Authority.PROSECUTOR, heard_on=DAY, decided_on=LATER, decision=decision)
    assert list(DECISION_RECORD.moves(written)) == [(DAY, ProcessStage.PROSECUTOR), (LATER, stage)]


def test_an_authority_alone_moves_the_case_when_it_first_dealt_with_the_child() -> None:
    def moves(**known: object) -> list[tuple[Time | None, ProcessStage]]:
        return list(DECISION_RECORD.moves(Decision(**known)))  # type: ignore[arg-type]

    expected = {
        Authority.PROSECUTOR: ProcessStage.PROSECUTOR,
        Authority.INVESTIGATING_JUDGE: ProcessStage.INVESTIGATION,
        Authority.INVESTIGATION_CHAMBER: ProcessStage.INVESTIGATION,
        Authority.TRIAL_COURT: ProcessStage.TRIAL,
        Authority.APPEAL_COURT: ProcessStage.APPEAL,
        Authority.SUPREME_COURT: ProcessStage.SUPREME_COURT,
    }
    for authority, stage in expected.items():
        assert moves(authority=authority, file_received_on=DAY, decided_on=LATER) == [(DAY, stage)]
    assert moves(authority=Authority.UNKNOWN, decided_on=DAY) == []
    assert moves(authority=Authority.PROSECUTOR, decision=DecisionMade.CHARGED) == [(None, ProcessStage.PROSECUTOR)]
    assert moves(heard_on=DAY, decision=DecisionMade.DETAINED) == [(DAY, ProcessStage.PRETRIAL_DETENTION)]


def test_the_sheet_of_a_hearing_is_asked_once_it_took_place() -> None:
    sheet = [
        info.name for info in fields_of(Hearing) if info.group and info.group.key in {"room", "people", "fairness"}
    ]
    waiting, held = Hearing(), Hearing(outcome=HearingOutcome.HELD, lawyer=say.LawyerAtHearing.APPOINTED)
    assert shown(waiting, *sheet) == [False] * len(sheet)
    assert shown(held, *sheet) == [True] * len(sheet)
    assert shown(Hearing(held_at=MORNING), "held_at", "openness") == [True, True]
    assert shown(Hearing(outcome=HearingOutcome.POSTPONED), "postponed_why", "next_at", "openness") == [
        True,
        True,
        False,
    ]
    assert shown(Hearing(outcome=HearingOutcome.HELD, lawyer=say.LawyerAtHearing.NONE), "lawyer_name") == [False]


def test_torture_is_restricted_and_told_of_where_alleged() -> None:
    assert field_of(Hearing, "torture_alleged").restricted
    assert field_of(Hearing, "torture_account").restricted
    told = Hearing(torture_alleged=Answer.YES, report_before_court=Answer.YES)
    assert shown(told, "torture_account", "followed") == [True, True]
    assert shown(Hearing(torture_alleged=Answer.NO), "torture_account", "followed") == [False, False]


@pytest.mark.parametrize(
    ("known", "ends", "is_open"),
    [
        ({}, None, True),
        ({"outcome": HearingOutcome.UNKNOWN}, None, False),
        ({"outcome": HearingOutcome.HELD}, MORNING, False),
        ({"outcome": HearingOutcome.HELD, "held_at": local(2026, 12, 10, 9, 10)}, local(2026, 12, 10, 9, 10), False),
        ({"outcome": HearingOutcome.POSTPONED}, MORNING, False),
        ({"outcome": HearingOutcome.CANCELLED}, MORNING, False),
    ],
)  # fmt: skip
def test_a_hearing_runs_until_it_was_held_or_will_not_be(
    known: dict[str, object], ends: Time | None, is_open: bool
) -> None:
    hearing = Hearing(planned_at=MORNING, **known)  # type: ignore[arg-type]
    assert HEARD.due is not None
    assert (HEARD.due(hearing), HEARD.ends(hearing)) == (MORNING, ends)
    assert HEARING_RECORD.is_open(hearing) is is_open


def test_a_postponed_hearing_runs_to_its_new_date_until_that_day_has_a_record() -> None:
    new_date = local(2026, 12, 17, 8, 30)
    postponed = Hearing(planned_at=MORNING, outcome=HearingOutcome.POSTPONED, next_at=new_date)
    assert POSTPONED.due is not None
    assert POSTPONED.stopped_by is not None
    assert (POSTPONED.due(postponed), POSTPONED.ends(postponed)) == (new_date, None)
    other_day = Hearing(planned_at=local(2026, 12, 18, 8, 30))
    assert POSTPONED.stopped_by(postponed, [other_day, Hearing(), postponed, Arrest()]) is None
    same_day = Hearing(planned_at=local(2026, 12, 17, 14, 0))
    assert POSTPONED.stopped_by(postponed, [other_day, same_day, postponed]) == new_date


def test_a_hearing_postponed_within_its_day_does_not_stop_itself() -> None:
    postponed = Hearing(planned_at=MORNING, outcome=HearingOutcome.POSTPONED, next_at=local(2026, 12, 10, 15, 0))
    assert POSTPONED.stopped_by is not None
    assert POSTPONED.stopped_by(postponed, [postponed]) is None


def test_a_new_date_counts_only_where_the_hearing_was_postponed() -> None:
    held = Hearing(planned_at=MORNING, outcome=HearingOutcome.HELD, next_at=local(2026, 12, 17, 8, 30))
    assert POSTPONED.due is not None
    assert POSTPONED.due(held) is None


def test_the_timeline_tells_what_became_of_a_hearing() -> None:
    def told(outcome: HearingOutcome | None) -> list[str]:
        hearing = Hearing(planned_at=MORNING, outcome=outcome)
        return [event.label for event in HEARING_RECORD.events if event.at(hearing) == MORNING]

    assert told(None) == told(HearingOutcome.UNKNOWN) == ["Court hearing planned"]
    assert told(HearingOutcome.HELD) == ["Court hearing held"]
    assert told(HearingOutcome.POSTPONED) == ["Court hearing postponed"]
    assert told(HearingOutcome.CANCELLED) == ["Court hearing cancelled"]


def test_a_hearing_moves_the_case_once_it_was_held() -> None:
    def moves(stage: HearingStage, outcome: HearingOutcome | None) -> list[tuple[Time | None, ProcessStage]]:
        return list(HEARING_RECORD.moves(Hearing(planned_at=MORNING, stage_of=stage, outcome=outcome)))

    assert moves(HearingStage.TRIAL, None) == moves(HearingStage.TRIAL, HearingOutcome.POSTPONED) == []
    assert moves(HearingStage.TRIAL, HearingOutcome.HELD) == [(MORNING, ProcessStage.TRIAL)]
    assert moves(HearingStage.APPEAL, HearingOutcome.HELD) == [(MORNING, ProcessStage.APPEAL)]
    assert moves(HearingStage.SUPREME, HearingOutcome.HELD) == [(MORNING, ProcessStage.SUPREME_COURT)]
    assert moves(HearingStage.DETENTION, HearingOutcome.HELD) == []


def test_penalties_ask_for_their_own_figures() -> None:
    figures = (
        "imprisonment_months", "to_serve_months", "suspended_months", "probation_months", "obligations",
        "community_hours", "fine",
    )  # fmt: skip

    def asked(*penalties: Penalty, result: JudgmentResult = JudgmentResult.CONVICTED) -> set[str]:
        judgment = Judgment(result=result, penalties=penalties)
        return {name for name, each in zip(figures, shown(judgment, *figures), strict=True) if each}

    assert asked() == asked(Penalty.NONE) == asked(Penalty.REPRIMAND) == set()
    assert asked(Penalty.IMPRISONMENT) == {"imprisonment_months", "to_serve_months"}
    assert asked(Penalty.SUSPENDED) == {"imprisonment_months", "suspended_months"}
    assert asked(Penalty.PROBATION) == {"imprisonment_months", "suspended_months", "probation_months", "obligations"}
    assert asked(Penalty.COMMUNITY_SERVICE, Penalty.FINE) == {"community_hours", "fine"}
    assert asked(Penalty.FINE, result=JudgmentResult.MEASURES) == set()
    assert shown(Judgment(result=JudgmentResult.MEASURES), "measures", "penalties", "measure_until") == [
        True, False, True,
    ]  # fmt: skip
    assert shown(Judgment(result=JudgmentResult.ACQUITTED), "measures", "penalties", "measure_until") == [False] * 3


def test_the_closed_lists_of_the_law_are_whole() -> None:
    given = {"none", "unknown"}
    assert len({choice.value for choice in say.CourtMeasure} - given) == 5
    assert len({choice.value for choice in say.AdditionalPenalty} - given) == 5
    assert len({choice.value for choice in say.Obligation} - given) == 9


@pytest.mark.parametrize(
    ("level", "starts"),
    [(CourtLevel.FIRST_INSTANCE, LAST), (CourtLevel.APPEAL, LAST), (CourtLevel.SUPREME, None), (None, LAST)],
)
def test_the_time_to_appeal_runs_in_the_lower_courts(level: CourtLevel | None, starts: date | None) -> None:
    assert (APPEAL.rule, APPEAL.due) == ("appeal", None)
    assert APPEAL.starts(Judgment(level=level, decided_on=LAST)) == starts


def test_the_time_to_appeal_ends_with_the_appeal_or_when_the_judgment_is_final() -> None:
    appealed, final = date(2027, 2, 1), date(2027, 2, 18)
    assert APPEAL.ends(Judgment(decided_on=LAST)) is None
    assert APPEAL.ends(Judgment(decided_on=LAST, final_on=final)) == final
    assert APPEAL.ends(Judgment(decided_on=LAST, final_on=final, appealed_on=appealed)) == appealed


def test_a_measure_runs_from_its_dates_until_it_ended() -> None:
    until = date(2027, 7, 17)
    running = Judgment(result=JudgmentResult.MEASURES, measure_from=LAST, measure_until=until)
    ended = Judgment(result=JudgmentResult.MEASURES, measure_until=until, measure_ended_on=until)
    acquitted = Judgment(result=JudgmentResult.ACQUITTED, measure_until=until)
    assert MEASURE_END.due is not None
    assert [MEASURE_END.due(each) for each in (running, ended, acquitted)] == [until, until, None]
    assert [MEASURE_END.ends(each) for each in (running, ended)] == [None, until]
    is_open = [JUDGMENT_RECORD.is_open(each) for each in (running, ended, acquitted, Judgment(measure_from=LAST))]
    assert is_open == [True, False, False, True]
    assert not JUDGMENT_RECORD.is_open(Judgment(result=JudgmentResult.CONVICTED, decided_on=LAST))


def judged(**known: object) -> list[tuple[Time | None, ProcessStage]]:
    """Where a judgment of that day leads, without the moves that have no time."""
    moves = JUDGMENT_RECORD.moves(Judgment(decided_on=LAST, **known))  # type: ignore[arg-type]
    return [move for move in moves if move[0] is not None]


@pytest.mark.parametrize(
    ("penalties", "stage"),
    [
        ((), ProcessStage.SENTENCE),
        ((Penalty.UNKNOWN,), ProcessStage.SENTENCE),
        ((Penalty.IMPRISONMENT, Penalty.FINE), ProcessStage.SENTENCE),
        ((Penalty.PROBATION,), ProcessStage.SENTENCE),
        ((Penalty.COMMUNITY_SERVICE,), ProcessStage.SENTENCE),
        ((Penalty.SUSPENDED, Penalty.FINE), ProcessStage.CONDITIONAL_RELEASE),
        ((Penalty.DEFERRED,), ProcessStage.CONDITIONAL_RELEASE),
        ((Penalty.REPRIMAND,), ProcessStage.RELEASED),
    ],
)
def test_a_conviction_leads_to_what_is_served(penalties: tuple[Penalty, ...], stage: ProcessStage) -> None:
    assert judged(result=JudgmentResult.CONVICTED, penalties=penalties) == [(LAST, stage)]


def test_a_judgment_leads_to_measures_freedom_or_a_new_trial() -> None:
    final, ended = date(2027, 2, 18), date(2027, 7, 17)
    assert judged(result=JudgmentResult.MEASURES) == [(LAST, ProcessStage.SENTENCE)]
    assert judged(result=JudgmentResult.SENT_BACK) == [(LAST, ProcessStage.TRIAL)]
    assert judged(result=JudgmentResult.UNKNOWN) == judged(result=JudgmentResult.UPHELD) == judged() == []
    assert judged(result=JudgmentResult.UPHELD, penalties=(Penalty.FINE,)) == [(LAST, ProcessStage.RELEASED)]
    assert judged(result=JudgmentResult.UPHELD, measures=(say.CourtMeasure.PARENTS,)) == [(LAST, ProcessStage.SENTENCE)]
    assert judged(result=JudgmentResult.ACQUITTED, final_on=final) == [
        (LAST, ProcessStage.RELEASED), (final, ProcessStage.CLOSED),
    ]  # fmt: skip
    assert judged(result=JudgmentResult.MEASURES, measure_ended_on=ended, final_on=final) == [
        (LAST, ProcessStage.SENTENCE), (ended, ProcessStage.CLOSED),
    ]  # fmt: skip
    broken = say.MeasureKept.BREACHED
    assert judged(result=JudgmentResult.MEASURES, measure_ended_on=ended, measure_kept=broken) == [
        (LAST, ProcessStage.SENTENCE),
    ]  # fmt: skip


def test_an_appeal_leads_to_the_next_court() -> None:
    appealed = date(2027, 2, 1)
    lower, upper = CourtLevel.FIRST_INSTANCE, CourtLevel.APPEAL
    assert judged(level=lower, appealed_on=appealed) == [(appealed, ProcessStage.APPEAL)]
    assert judged(level=upper, appealed_on=appealed) == [(appealed, ProcessStage.SUPREME_COURT)]
    assert judged(level=CourtLevel.SUPREME, appealed_on=appealed) == judged(level=lower) == []
    assert shown(Judgment(appeal_by=say.AppealBy.NOBODY), "appealed_on", "appeal_number") == [False, False]
    assert shown(Judgment(appeal_by=say.AppealBy.CHILD), "appealed_on", "appeal_number") == [True, True]


def test_the_samples_tell_one_story() -> None:
    decision, hearing = Decision(**sample_of(Decision)), Hearing(**sample_of(Hearing))
    assert list(DECISION_RECORD.moves(decision))[-1] == (DAY, ProcessStage.PRETRIAL_DETENTION)
    assert hearing.held_before is say.HeldBefore.PRETRIAL
    assert decision.next_date == LATER == MORNING.date()
    assert HEARD.ends(hearing) == hearing.held_at
