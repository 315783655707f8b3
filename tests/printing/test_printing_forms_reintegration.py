"""Papers of reintegration: goals by their step, a follow-up to take along, a training record without the offence."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sample_case import Kept, sample, sample_case, wanted

from casemgr import clock
from casemgr.printing.blocks import Paper, TableBlock, as_text
from casemgr.printing.forms.follow_up_visit import FOLLOW_UP_VISIT
from casemgr.printing.forms.reintegration_plan import REINTEGRATION_PLAN
from casemgr.printing.forms.training_record import TRAINING_RECORD
from casemgr.records.base import CaseRecord
from casemgr.records.fields import Answer
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import FollowUpStatus, Reached
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import GoalArea, PlanGoal, PlanSupport, SupportKind


def case_with(*records: CaseRecord) -> Kept:
    return replace(sample_case(), records=records, deadlines=())


def goal_tables(paper: Paper) -> list[list[str | None]]:
    """Return the goals of each table, in order."""
    tables = [block for block in paper.blocks if isinstance(block, TableBlock) and block.heads[1] == "Goal"]
    return [[row[1] for row in table.rows] for table in tables]


def test_goals_stand_under_the_step_their_date_falls_into() -> None:
    days = {
        "3": date(2027, 3, 10),
        "6": date(2027, 3, 11),
        "12": date(2027, 6, 11),
        "?": None,
        "late": date(2028, 1, 1),
    }
    goals = tuple(PlanGoal(area=GoalArea.HOME, goal=name, by_when=day) for name, day in days.items())
    plan = sample(ReintegrationPlan, begun_on=date(2026, 12, 10), goals=goals)
    paper = REINTEGRATION_PLAN.compose(wanted("en", case_with(plan)))
    assert goal_tables(paper) == [["3", "?"], ["6"], ["12", "late"]]


def test_a_step_without_goals_is_left_out_but_by_hand() -> None:
    plan = sample(ReintegrationPlan, goals=(PlanGoal(goal="រៀន", by_when=date(2027, 1, 4)),))
    assert goal_tables(REINTEGRATION_PLAN.compose(wanted("en", case_with(plan)))) == [["រៀន"]]
    by_hand = REINTEGRATION_PLAN.compose(wanted("en", case_with(plan), by_hand=True))
    assert goal_tables(by_hand) == [["រៀន"], [], []]


def test_a_plan_is_wanted_until_it_ends() -> None:
    running = sample(ReintegrationPlan, ended_on=None)
    assert list(REINTEGRATION_PLAN.wanted_now(case_with(running))) == [running.id]
    assert not list(REINTEGRATION_PLAN.wanted_now(case_with(sample(ReintegrationPlan))))


@pytest.mark.parametrize("told", [None, Answer.NO])
def test_of_a_child_not_reached_new_contact_is_unknown_and_never_no(told: Answer | None) -> None:
    missed = sample(FollowUp, status=FollowUpStatus.NOT_REACHED, reached=Reached.NOBODY, new_contact=told)
    printed = FOLLOW_UP_VISIT.compose(wanted("en", case_with(missed)))
    assert "New contact with the law?: Unknown" in as_text(printed)
    by_hand = as_text(FOLLOW_UP_VISIT.compose(wanted("en", case_with(missed), by_hand=True, record_id=missed.id)))
    assert "New contact with the law?: [ ] Yes  [ ] No  [x] Unknown" in by_hand


def test_of_a_child_reached_no_stays_no() -> None:
    assert "New contact with the law?: No" in as_text(
        FOLLOW_UP_VISIT.compose(wanted("en", case_with(sample(FollowUp))))
    )


def test_by_hand_it_is_for_the_next_time_with_what_the_last_one_found() -> None:
    earlier = sample(FollowUp, id=uuid4(), done_on=date(2026, 12, 1), status=FollowUpStatus.WRONG_NUMBER)
    file = case_with(sample(FollowUp), earlier)
    text = as_text(FOLLOW_UP_VISIT.compose(wanted("en", file, by_hand=True)))
    before, _, now = text.partition("# The follow-up\n")
    assert "Followed up on: 17-12-2026" in before
    assert "What was found: Reached, well, no new contact" in before
    assert "012 345 678" in before
    assert "Followed up on: ____" in now
    assert "[x]" not in now


def test_with_the_code_it_does_not_say_where_the_family_is_found() -> None:
    text = as_text(FOLLOW_UP_VISIT.compose(wanted("en", case_with(sample(FollowUp)), by_hand=True, named=False)))
    assert "012 345 678" not in text
    assert "097 555 0123" not in text


def test_it_names_the_dates_that_are_still_to_come() -> None:
    whole = sample_case()
    text = as_text(FOLLOW_UP_VISIT.compose(wanted("en", whole)))
    _, _, dates = text.partition("Next dates kept by the office\n")
    shown = [line for line in dates.splitlines() if ": " in line and "____" not in line]
    due = sorted(each.due_at for each in whole.deadlines if each.rule.startswith("follow-up") and not each.ended_at)
    assert [line.split(": ")[1] for line in shown] == [f"{at:%d-%m-%Y}" for at in due[: len(shown)]]
    assert shown


def test_a_follow_up_is_wanted_when_one_is_due_within_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sample_case()
    first = min(each.due_at for each in whole.deadlines if each.rule.startswith("follow-up") and not each.ended_at)
    for days, expected in ((60, []), (10, [None]), (-10, [None])):
        now = first - timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        assert list(FOLLOW_UP_VISIT.wanted_now(whole)) == expected
    assert not list(FOLLOW_UP_VISIT.wanted_now(case_with()))


def test_who_trains_the_child_reads_nothing_of_offence_or_health() -> None:
    text = as_text(TRAINING_RECORD.compose(wanted("en", sample_case())))
    assert "ចូលរៀនជួសជុលម៉ូតូ" in text
    assert "Vocational training | មជ្ឈមណ្ឌលបណ្ដុះបណ្ដាលវិជ្ជាជីវៈខេត្ត | 04-01-2027 | 30-06-2027 |  | " in text
    for hidden in ("Age at the offence", "Theft", "ឈប់ជក់បារី", "Release from detention", "detention", "law"):
        assert hidden not in text


def test_a_training_record_is_wanted_while_the_plan_gives_one() -> None:
    running = sample(ReintegrationPlan, ended_on=None)
    assert list(TRAINING_RECORD.wanted_now(case_with(running))) == [running.id]
    other = sample(ReintegrationPlan, ended_on=None, support=(PlanSupport(kind=SupportKind.TRANSPORT),))
    assert not list(TRAINING_RECORD.wanted_now(case_with(other)))
    assert not list(TRAINING_RECORD.wanted_now(case_with(sample(ReintegrationPlan))))
