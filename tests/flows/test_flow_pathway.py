"""Whole ways of invented children through the real window, from the arrest to the closing of the case.

Each is written down as it happens to a worker; after each step the case says where the child is, what is due and what
is over. The days lie back from today, so that every clock of the way has run.
"""

import json
from datetime import timedelta

import pytest
from worker import at_work, days_ago, evening

from casemgr import cli
from casemgr.clock import PartialDate, as_moment, today
from casemgr.law.standing import StageState
from casemgr.records.case import CaseStatus, OffenceCategory, OffenceClass, ProcessStage
from casemgr.records.child import Sex
from casemgr.records.fields import Answer
from casemgr.records.kinds import KINDS
from casemgr.records.pathway import court_answers, diversion_answers, referral_answers, reintegration_answers
from casemgr.records.pathway.arrest_answers import PoliceOutcome, UndertakingSigned
from casemgr.records.pathway.closure import ClosingReason
from casemgr.records.pathway.court_answers import DecisionMade, HearingOutcome, JudgmentResult
from casemgr.records.pathway.detention_answers import DetentionBasis, DetentionEnd, FacilityType, Transfer
from casemgr.records.pathway.diversion_answers import Breach, DiversionOutcome
from casemgr.records.pathway.follow_up_answers import FollowUpStatus
from casemgr.services import case_files, lists
from casemgr.services.practice import PASSWORD

LANGUAGES = pytest.mark.parametrize("language", ["km", "en"])
BOY = {
    "family_name_km": "សុខ", "given_name_km": "វិសាល", "family_name_latin": "Sok", "given_name_latin": "Visal",
    "sex": Sex.MALE,
}  # fmt: skip
THEFT = {"category": OffenceCategory.THEFT, "offence_class": OffenceClass.MISDEMEANOUR}
SENT_ON = {"outcome": PoliceOutcome.PROSECUTOR, "lawyer_requested": Answer.YES}


@pytest.fixture
def worker(tmp_path, language, qapp):  # noqa: ARG001  (the window needs an application)
    with at_work(tmp_path, language) as worker:
        yield worker


def born(years, days_before=30):
    """The birth of somebody who was that old when the case began, so many days before today."""
    day = days_ago(days_before + 60)
    return PartialDate.of(day.year - years, day.month, min(day.day, 28))


def arrest(worker, days, years=15, child=BOY, **answers):
    """Take down an arrest of so many days ago, with a lawyer in time and the custody over the next afternoon."""
    known = {
        **THEFT, "committed_on": PartialDate.on(days_ago(days + 1)), "arrested_at": evening(days),
        "arrived_at": evening(days, 20), "police_unit": "អធិការដ្ឋាននគរបាលក្រុងសៀមរាប",
        "custody_ended_at": evening(days - 1, 15), "lawyer_arrived_at": evening(days - 1, 9),
    }  # fmt: skip
    worker.take_arrest({**child, "born": born(years, days)}, **(known | answers))


@LANGUAGES
def test_a_petty_theft_is_warned_and_sent_home(worker):
    arrest(
        worker, 40, category=OffenceCategory.OTHER, offence_class=OffenceClass.PETTY,
        outcome=PoliceOutcome.WRITTEN_WARNING, custody_ended_at=evening(40, 21), lawyer_arrived_at=None,
        undertaking="ខ្ញុំនឹងមិនធ្វើទៀតទេ", undertaking_signed=UndertakingSigned.BOTH, released_to="ម្ដាយ",
    )  # fmt: skip
    assert worker.stands == (ProcessStage.RELEASED, CaseStatus.OPEN)
    assert worker.state_of("arrest") is StageState.DONE
    assert worker.due_today() == set()
    assert worker.clock("lawyer-24h").ended_at == evening(40, 21)
    assert not [told for told in worker.told() if "lawyer" in told]
    worker.write(
        "closure", closed_on=days_ago(35), reason=ClosingReason.NO_NEED, achieved="ទៅរៀនវិញ", child_view="«អរគុណ»"
    )
    assert worker.stands == (ProcessStage.RELEASED, CaseStatus.CLOSED)
    assert worker.state_of("closure") is StageState.DONE
    assert worker.state_of("court") is StageState.SKIPPED


@LANGUAGES
def test_a_boy_is_diverted_at_the_prosecutor_and_completes_his_plan(worker):
    arrest(worker, 300, **SENT_ON)
    worker.write("consent", given_on=days_ago(299), explained=Answer.YES)
    worker.write(
        "decision", decision=DecisionMade.DIVERSION, decided_on=days_ago(290),
        authority=court_answers.Authority.PROSECUTOR,
    )  # fmt: skip
    assert worker.stands[0] is ProcessStage.PROSECUTOR
    worker.write(
        "diversion-screening",
        screened_on=days_ago(289),
        child_view="«ខ្ញុំចង់សុំទោស»",
        authority_decision=diversion_answers.ScreeningDecision.ACCEPTED,
    )
    plan = worker.write(
        "diversion", offered_by=diversion_answers.DiversionAuthority.PROSECUTOR, offered_on=days_ago(288),
        consent_child=Answer.YES, consent_guardian=Answer.YES, legal_advice=Answer.YES, ordered_on=days_ago(285),
        starts_on=days_ago(284), ends_on=days_ago(100),
        reviews=(diversion_answers.Review(planned_on=days_ago(200)),),
    )  # fmt: skip
    assert worker.stands[0] is ProcessStage.DIVERSION
    assert worker.state_of("diversion") is StageState.OVERDUE  # neither review nor end is written down
    assert {"diversion-review", "diversion-end"} <= worker.due_today()
    worker.change(
        plan, reviews=(diversion_answers.Review(planned_on=days_ago(200), held_on=days_ago(201)),),
        outcome=DiversionOutcome.COMPLETED, ended_on=days_ago(101),
    )  # fmt: skip
    assert worker.state_of("diversion") is StageState.DONE
    assert worker.stands[0] is ProcessStage.CLOSED
    assert worker.due_today() == {"follow-up"}
    worker.write("follow-up", done_on=days_ago(94), status=FollowUpStatus.WELL, new_contact=Answer.NO)
    answered = [each.ended_at is not None for each in worker.file.deadlines if each.rule == "follow-up"]
    assert answered == [True] + [False] * 6


@LANGUAGES
def test_a_girl_breaks_her_plan_is_tried_and_gets_a_community_measure(worker):
    girl = {**BOY, "given_name_km": "ស្រីមុំ", "given_name_latin": "Sreymom", "sex": Sex.FEMALE}
    arrest(worker, 400, years=16, child=girl, **SENT_ON)
    plan = worker.write(
        "diversion", why="ព្រះរាជអាជ្ញាសម្រេចភ្លាម", offered_by=diversion_answers.DiversionAuthority.PROSECUTOR,
        offered_on=days_ago(390), consent_child=Answer.YES, consent_guardian=Answer.YES, ordered_on=days_ago(389),
        starts_on=days_ago(388), ends_on=days_ago(200),
    )  # fmt: skip
    worker.change(
        plan, breaches=(Breach(on=days_ago(300), what="មិនមករៀន"),), outcome=DiversionOutcome.REVOKED_BREACH,
        ended_on=days_ago(295),
    )  # fmt: skip
    assert worker.stands[0] is ProcessStage.PROSECUTOR
    worker.write(
        "decision", decision=DecisionMade.TO_TRIAL, decided_on=days_ago(280),
        authority=court_answers.Authority.PROSECUTOR,
    )  # fmt: skip
    hearing = worker.write("hearing", court="សាលាដំបូងខេត្តសៀមរាប", planned_at=evening(260, 9))
    assert worker.state_of("court") is StageState.OVERDUE
    worker.change(hearing, outcome=HearingOutcome.HELD, held_at=evening(260, 10), child_heard=Answer.YES)
    assert worker.stands[0] is ProcessStage.TRIAL
    judgment = worker.write(
        "judgment", level=court_answers.CourtLevel.FIRST_INSTANCE, decided_on=days_ago(259),
        result=JudgmentResult.CONVICTED, penalties=(court_answers.Penalty.COMMUNITY_SERVICE,), community_hours=120,
        measure_from=days_ago(250), measure_until=days_ago(150),
    )  # fmt: skip
    assert worker.stands[0] is ProcessStage.SENTENCE
    assert any("100" in told for told in worker.told())
    assert worker.clock("appeal").ended_at is None
    worker.change(judgment, community_hours=80, final_on=days_ago(228), measure_ended_on=days_ago(151),
                  measure_kept=court_answers.MeasureKept.KEPT)  # fmt: skip
    assert not any("100" in told for told in worker.told())
    assert worker.state_of("court") is StageState.DONE
    starts = {each.started_at for each in worker.file.deadlines if each.rule == "follow-up"}
    assert starts == {as_moment(days_ago(151))}


@LANGUAGES
def test_a_boy_is_detained_past_the_limit_tried_moved_to_the_centre_released_and_reintegrated(worker):
    arrest(worker, 500, lawyer_arrived_at=None, **SENT_ON)
    worker.write(
        "referral", service=referral_answers.Service.LEGAL_REPRESENTATION, organisation="ជំនួយផ្នែកច្បាប់",
        asked_at=evening(500, 22), first_met_at=evening(498, 9),
    )  # fmt: skip
    assert worker.clock("lawyer-24h").ended_at == evening(498, 9)
    worker.write("decision", decision=DecisionMade.DETAINED, decided_on=days_ago(499),
                 authority=court_answers.Authority.INVESTIGATING_JUDGE)  # fmt: skip
    held = worker.write(
        "detention", basis=DetentionBasis.PRETRIAL, facility_type=FacilityType.PROVINCIAL_PRISON,
        facility="ពន្ធនាគារខេត្តសៀមរាប", started_on=days_ago(499), order_exists=Answer.YES,
    )  # fmt: skip
    assert worker.stands[0] is ProcessStage.PRETRIAL_DETENTION
    limit = worker.clock("pre-trial-detention")
    assert limit.limit_key == "pre-trial-detention/14-15/misdemeanour"
    assert limit.due_at < as_moment(today())
    assert {"pre-trial-detention", "detention-visit"} <= worker.due_today()
    assert worker.state_of("detention") is StageState.OVERDUE
    worker.write("detention-visit", visited_on=days_ago(480), seen_in_private=Answer.YES)
    assert worker.clock("detention-visit").started_at == as_moment(days_ago(480))
    worker.write("hearing", court="សាលាដំបូងខេត្តសៀមរាប", planned_at=evening(400, 9), outcome=HearingOutcome.HELD,
                 held_at=evening(400, 9))  # fmt: skip
    worker.write(
        "judgment", level=court_answers.CourtLevel.FIRST_INSTANCE, decided_on=days_ago(399),
        result=JudgmentResult.CONVICTED, penalties=(court_answers.Penalty.IMPRISONMENT,), imprisonment_months=8,
        final_on=days_ago(368),
    )  # fmt: skip
    worker.change(held, ended_on=days_ago(399), end_reason=DetentionEnd.OTHER_BASIS)
    served = worker.write(
        "detention", basis=DetentionBasis.SENTENCED, facility_type=FacilityType.PROVINCIAL_PRISON,
        facility="ពន្ធនាគារខេត្តសៀមរាប", started_on=days_ago(399), expected_end_on=days_ago(259),
        transfers=(Transfer(on=days_ago(350), facility_type=FacilityType.YOUTH_CENTRE),),
    )  # fmt: skip
    assert not any("two places" in told for told in worker.told())
    worker.change(served, ended_on=days_ago(260), end_reason=DetentionEnd.SERVED, released_to="ម្ដាយ")
    assert worker.stands[0] is ProcessStage.RELEASED
    assert any("no reintegration plan" in told for told in worker.told())
    plan = worker.write(
        "reintegration-plan", begun_on=days_ago(261), child_wishes="ចង់រៀនជួសជុលម៉ូតូ",
        goals=(reintegration_answers.PlanGoal(goal="រៀនជំនាញ", by_when=days_ago(100)),),
    )  # fmt: skip
    worker.write("reintegration-review", reviewed_on=days_ago(170))
    assert worker.clock("reintegration-review").started_at == as_moment(days_ago(170))
    for days in (253, 230, 170, 80):
        worker.write("follow-up", done_on=days_ago(days), status=FollowUpStatus.WELL, new_contact=Answer.NO)
    reached = reintegration_answers.PlanGoal(
        goal="រៀនជំនាញ", by_when=days_ago(100), done_on=days_ago(90), result=reintegration_answers.GoalResult.REACHED
    )
    worker.change(plan, ended_on=days_ago(60), goals=(reached,))
    worker.write("closure", closed_on=days_ago(50), reason=ClosingReason.GOALS_MET, achieved="មានការងារ",
                 child_view="«ខ្ញុំសប្បាយចិត្ត»")  # fmt: skip
    assert worker.stands == (ProcessStage.RELEASED, CaseStatus.CLOSED)
    assert worker.state_of("reintegration") is StageState.DONE
    assert worker.due_today() == {"follow-up"}  # asked after also when the case is closed


@LANGUAGES
def test_a_boy_of_thirteen_may_not_be_held_at_all(worker):
    arrest(worker, 2, years=13, custody_ended_at=None, lawyer_arrived_at=None)
    custody = worker.clock("police-custody")
    assert (custody.limit_key, custody.due_at) == ("police-custody/under-14", evening(2, 20))
    assert worker.state_of("arrest") is StageState.OVERDUE
    worker.write(
        "detention", basis=DetentionBasis.SOCIAL_AFFAIRS_CENTRE, started_on=days_ago(1), order_exists=Answer.NO,
        facility_type=FacilityType.SOCIAL_AFFAIRS_CENTRE, facility="មណ្ឌលស្រុក",
    )  # fmt: skip
    told = " ".join(worker.told())
    assert "under 14" in told
    assert "without a written order" in told
    assert "two places" in told


@LANGUAGES
def test_where_the_age_is_in_doubt_the_shorter_limit_counts_until_a_paper_is_found(worker):
    arrest(worker, 1, custody_ended_at=None, lawyer_arrived_at=None,
           arrested_at=evening(0, 0) - timedelta(minutes=30), arrived_at=evening(0, 0))  # fmt: skip
    child = worker.file.child
    worker.program.desk.go(("child", child.id))
    page = worker.page
    page.edit()
    year = days_ago(2).year - 14
    fill_child(page, born=PartialDate.of(year))
    case = worker.program.desk.go(("case", lists.cases(worker.program.office)[0].id))
    assert case.file.deadlines[0].doubts == ("age",)
    assert case.file.deadlines[0].limit_key == "police-custody/under-14"
    assert any("in doubt" in remark.message for remark in case.file.remarks)
    worker.program.desk.go(("child", child.id)).edit()
    fill_child(worker.page, born=PartialDate.of(year - 1, 1, 1))
    case = worker.program.desk.go(("case", case.case_id))
    assert case.file.deadlines[0].doubts == ()
    assert case.file.deadlines[0].limit_key == "police-custody/14-15/misdemeanour"
    assert not any("in doubt" in remark.message for remark in case.file.remarks)


def fill_child(page, **answers):
    editor = page.editing.editor
    for name, answer in answers.items():
        editor.focus_field(name)
        asked = next(section for section in editor.sections if section.has(name)).question(name).editor
        asked.set_value(answer)
        asked.changed.emit()
    page.editing.save()
    assert page.editing is None


@LANGUAGES
def test_arrested_again_under_another_spelling_it_is_the_same_child_and_its_second_case(worker, capsys, monkeypatch):
    arrest(worker, 420, outcome=PoliceOutcome.RELEASED_TO_GUARDIAN)
    first = worker.file
    worker.take_arrest(
        known="វិសាល", **THEFT, committed_on=PartialDate.on(days_ago(6)), arrested_at=evening(5),
        arrived_at=evening(5, 20), police_unit="ប៉ុស្តិ៍នគរបាល", notes="ក្នុងកំណត់ហេតុនគរបាល៖ Sok Vysal",
    )  # fmt: skip
    assert worker.file.child.id == first.child.id
    assert worker.file.case.number != first.case.number
    office = worker.program.office
    assert [case.id for case in case_files.child_file(office, first.child.id).cases] == [
        worker.file.case.id, first.case.id,
    ]  # fmt: skip
    assert len(lists.children(office)) == 1
    numbers, folder = (worker.file.case.number, first.case.number), office.folder
    worker.program.end()
    monkeypatch.setenv("CASEMGR_PASSWORD", PASSWORD)
    for number in numbers:
        assert cli.main(["--office", str(folder), "show", number, "--json"]) == 0
        shown = json.loads(capsys.readouterr().out)
        assert shown["child"]["code"] == first.child.code
        assert {record["kind"] for record in shown["records"]} <= {kind.key for kind in KINDS}
        assert shown["records"][0]["stage"] == "arrest"
