"""Where a case stands: the states of its stages, and the stage of the procedure its records lead to."""

from datetime import date, timedelta

from casemgr.clock import local
from casemgr.law.deadlines import deadlines_of
from casemgr.law.limits import load_limits
from casemgr.law.standing import StageState, procedure_stage, stage_states, usually_before
from casemgr.records.base import CaseRecord
from casemgr.records.case import Offence, OffenceClass, ProcessStage
from casemgr.records.child import Child
from casemgr.records.kinds import kind_named
from casemgr.records.pathway import PATHWAY
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.court import Decision
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionBasis, DetentionEnd
from casemgr.records.pathway.hearing import Hearing
from casemgr.records.pathway.judgment import Judgment

ARRESTED = local(2026, 11, 22, 19, 30)


def arrest(outcome: PoliceOutcome | None = None) -> Arrest:
    ended = local(2026, 11, 23, 15) if outcome else None
    met = local(2026, 11, 23, 9) if outcome else None
    return Arrest(
        arrested_at=ARRESTED, arrived_at=ARRESTED, custody_ended_at=ended, outcome=outcome, lawyer_arrived_at=met
    )


def states(*records: CaseRecord, hours: int = 1) -> dict[str, StageState]:
    offences = [Offence(offence_class=OffenceClass.FELONY)]
    found = deadlines_of(Child(), offences, records, load_limits())
    return stage_states(records, found, ARRESTED + timedelta(hours=hours))


def test_an_empty_case_has_everything_ahead() -> None:
    assert states() == {stage.key: StageState.AHEAD for stage in PATHWAY}


def test_a_stage_whose_clock_is_over_is_overdue_and_one_that_ended_is_done() -> None:
    running = states(arrest(), hours=0)["arrest"]
    assert running in (StageState.CURRENT, StageState.OVERDUE)  # without a date of birth no custody is allowed
    assert states(arrest(), hours=30)["arrest"] is StageState.OVERDUE
    assert states(arrest(PoliceOutcome.PROSECUTOR), hours=30)["arrest"] is StageState.DONE


def test_what_a_later_stage_went_past_is_skipped() -> None:
    held = Detention(basis=DetentionBasis.SENTENCED, started_on=date(2026, 11, 23))
    found = states(arrest(PoliceOutcome.PROSECUTOR), held)
    assert found["legal-referral"] is found["court"] is StageState.SKIPPED
    assert found["detention"] is StageState.CURRENT
    assert found["reintegration"] is StageState.AHEAD


def test_the_latest_step_says_where_the_procedure_has_come_to() -> None:
    held = Detention(
        basis=DetentionBasis.PRETRIAL, started_on=date(2026, 11, 23), ended_on=date(2026, 12, 10),
        end_reason=DetentionEnd.SERVED,
    )  # fmt: skip
    sent = arrest(PoliceOutcome.PROSECUTOR)
    assert procedure_stage([]) is None
    assert procedure_stage([Arrest()]) is None
    assert procedure_stage([arrest()]) is ProcessStage.POLICE_CUSTODY
    assert procedure_stage([sent]) is ProcessStage.PROSECUTOR
    assert procedure_stage([held, sent]) is ProcessStage.RELEASED
    assert procedure_stage([arrest(PoliceOutcome.VERBAL_WARNING)]) is ProcessStage.RELEASED


def test_a_day_without_an_hour_is_the_end_of_that_day() -> None:
    hearing = Hearing(planned_at=local(2026, 12, 10, 9), held_at=local(2026, 12, 10, 10))
    judgment = Judgment(decided_on=date(2026, 12, 10))
    assert procedure_stage([judgment, hearing]) is procedure_stage([judgment])


def test_something_usually_comes_before_unless_it_does() -> None:
    first = Decision()
    assert usually_before(Judgment(), [first]) == kind_named("judgment").after == ("hearing",)
    assert usually_before(Judgment(), [Hearing()]) == ()
    assert usually_before(Arrest(), []) == ()
    assert usually_before(first, [first]) == ("arrest",)
    assert usually_before(Offence(), []) == ()
