"""What a worker writes down, through the real store."""

from datetime import timedelta
from uuid import uuid4

import pytest

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.records.case import Case, CaseStatus, Offence, OffenceCategory, OffenceClass, ProcessStage
from casemgr.records.child import Child, Guardian, Sex
from casemgr.records.kept import AuditEntry, Deadline
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.closure import Closure
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import DetentionEnd
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import FollowUpStatus
from casemgr.records.pathway.inquiry_answers import ReportStatus
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.services import case_files, casework, drafts, lists, reports, settings
from casemgr.services.office import Office
from casemgr.trouble import EditedElsewhere, Frozen, NoSuch, Refusal


def fifteen() -> Child:
    born = clock.today() - timedelta(days=15 * 366)
    return Child(family_name_km="សុខ", given_name_km="វិសាល", sex=Sex.MALE, born=PartialDate.on(born))


def theft() -> Offence:
    return Offence(
        category=OffenceCategory.THEFT,
        offence_class=OffenceClass.MISDEMEANOUR,
        committed_on=PartialDate.on(clock.today() - timedelta(days=1)),
    )


def arrested(hours_ago: int = 3) -> Arrest:
    at = clock.now() - timedelta(hours=hours_ago)
    return Arrest(arrested_at=at, arrived_at=at + timedelta(minutes=45))


def take(office: Office, child: Child | None = None, arrest: Arrest | None = None) -> Case:
    case = Case()
    casework.take_arrest(office, child or fifteen(), case, [theft()], arrest or arrested())
    return case


def test_an_arrest_comes_in_and_its_clocks_run(office: Office) -> None:
    arrest = arrested()
    case = take(office, arrest=arrest)
    rows = lists.today(office)
    assert {row.rule for row in rows} == {"police-custody", "lawyer-24h"}
    custody = next(row for row in rows if row.rule == "police-custody")
    assert arrest.arrived_at is not None
    assert custody.due_at == arrest.arrived_at + timedelta(hours=24)
    assert custody.case_number == case.number == f"SR-{clock.today().year}-0001"
    assert custody.limit is not None
    assert not custody.limit.confirmed
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)


def test_an_arrest_that_is_over_when_it_comes_in_leads_the_case_on(office: Office) -> None:
    over = arrested()
    over.custody_ended_at, over.outcome = clock.now(), PoliceOutcome.PROSECUTOR
    case = take(office, arrest=over)
    assert case_files.case_file(office, case.id).case.stage is ProcessStage.PROSECUTOR
    assert case_files.case_file(office, take(office).id).case.stage is ProcessStage.POLICE_CUSTODY


def test_a_second_case_of_a_known_child_adds_no_child(office: Office) -> None:
    child = fifteen()
    take(office, child)
    first = case_files.child_file(office, child.id)
    second = Case()
    casework.take_arrest(office, first.child, second, [theft()], arrested(1))
    assert second.number == f"SR-{clock.today().year}-0002"
    assert [case.number for case in case_files.child_file(office, child.id).cases] == [
        second.number,
        first.cases[0].number,
    ]
    assert len(lists.children(office)) == 1


def test_the_end_of_custody_stops_its_clock(office: Office) -> None:
    case = take(office)
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    arrest.custody_ended_at = clock.now()
    casework.save_record(office, arrest)
    assert "police-custody" not in {row.rule for row in lists.today(office)}


def test_a_new_date_of_birth_moves_the_deadline(office: Office) -> None:
    case = take(office)
    child = case_files.case_file(office, case.id).child
    child.born = PartialDate.on(clock.today() - timedelta(days=17 * 366))
    casework.save_child(office, child)
    custody = next(row for row in lists.today(office) if row.rule == "police-custody")
    assert custody.started_at is not None
    assert custody.due_at - custody.started_at == timedelta(hours=36)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"custody_ended_at": timedelta(hours=-30)}, "custody_ended_at"),
        ({"arrived_at": timedelta(hours=-30)}, "arrived_at"),
        ({"arrested_at": timedelta(days=-20 * 366), "arrived_at": None}, "arrested_at"),
    ],
)
def test_impossible_dates_are_refused_by_name_and_nothing_changes(office: Office, change, field) -> None:  # type: ignore[no-untyped-def]
    case = take(office)
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    for name, shift in change.items():
        setattr(arrest, name, None if shift is None else clock.now() + shift)
    with pytest.raises(Refusal) as refused:
        casework.save_record(office, arrest)
    assert field in refused.value.fields
    assert refused.value.say(office.words)
    kept = case_files.case_file(office, case.id).of(Arrest)[0]
    assert kept.custody_ended_at is None
    assert kept.version == arrest.version


def test_an_impossible_arrest_keeps_neither_child_nor_case(office: Office) -> None:
    child = fifteen()
    child.born = PartialDate.on(clock.today() + timedelta(days=2))
    with pytest.raises(Refusal):
        take(office, child)
    assert lists.children(office) == []
    assert lists.cases(office) == []


def test_a_refused_arrest_can_be_mended_and_saved(office: Office) -> None:
    child, case, arrest = fifteen(), Case(), arrested()
    ended, arrest.custody_ended_at = arrest.custody_ended_at, clock.now() - timedelta(days=3)
    with pytest.raises(Refusal):
        casework.take_arrest(office, child, case, [theft()], arrest)
    arrest.custody_ended_at = ended
    casework.take_arrest(office, child, case, [theft()], arrest)
    file = case_files.case_file(office, case.id)
    assert (file.child.id, [record.id for record in file.records]) == (child.id, [arrest.id])


def test_an_edit_somebody_made_first_is_shown_and_not_overwritten(office: Office) -> None:
    case = take(office)
    mine = case_files.case_file(office, case.id).of(Arrest)[0]
    theirs = case_files.case_file(office, case.id).of(Arrest)[0]
    theirs.arresting_unit = "ប៉ុស្តិ៍ ក"
    casework.save_record(office, theirs)
    mine.arresting_unit = "ប៉ុស្តិ៍ ខ"
    with pytest.raises(EditedElsewhere) as found:
        casework.save_record(office, mine)
    assert isinstance(found.value.theirs, Arrest)
    assert found.value.theirs.arresting_unit == "ប៉ុស្តិ៍ ក"


def test_a_submitted_report_is_frozen_and_takes_addenda(office: Office) -> None:
    case = take(office)
    report = reports.new_report(office, case.id)
    assert report.family_name_km == "សុខ"
    report.facts = "កុមារមិនចង់និយាយ"
    casework.save_record(office, report)
    with pytest.raises(Refusal):
        reports.add_addendum(office, report.id, "2", "ឪពុកត្រឡប់មកវិញ")
    reports.submit_report(office, report.id)
    frozen = case_files.case_file(office, case.id).of(SocialInquiry)[0]
    assert frozen.status is ReportStatus.SUBMITTED
    frozen.facts = "ផ្សេង"
    with pytest.raises(Frozen):
        casework.save_record(office, frozen)
    with pytest.raises(Frozen):
        reports.submit_report(office, report.id)
    reports.add_addendum(office, report.id, "2", " ឪពុកត្រឡប់មកវិញ ")
    with pytest.raises(Refusal):
        reports.add_addendum(office, report.id, "2", "  ")
    version = frozen.version
    reports.save_handover(office, report.id, {"delivered_on": clock.today()}, version)
    with pytest.raises(EditedElsewhere) as refused:
        reports.save_handover(office, report.id, {"delivered_on": None}, version)
    assert refused.value.theirs.delivered_on == clock.today()
    with pytest.raises(Frozen):
        reports.save_handover(office, report.id, {"facts": "ផ្សេង"}, version + 1)
    file = case_files.case_file(office, case.id)
    assert [addendum.text for addendum in file.addenda] == ["ឪពុកត្រឡប់មកវិញ"]
    assert file.of(SocialInquiry)[0].facts == "កុមារមិនចង់និយាយ"
    assert file.of(SocialInquiry)[0].delivered_on == clock.today()
    again = reports.new_report(office, case.id, report.id)
    assert (again.draft_number, again.status, again.facts) == (2, ReportStatus.DRAFT, "កុមារមិនចង់និយាយ")


def test_removing_an_offence_says_why_in_the_trail(office: Office) -> None:
    case = take(office)
    offence = case_files.case_file(office, case.id).offences[0]
    casework.remove_record(office, offence, "entered twice")
    assert case_files.case_file(office, case.id).offences == ()
    with office.read() as work:
        assert any(line.why == "entered twice" for line in work.find(AuditEntry))


def test_what_does_not_exist_is_said_to_be_missing(office: Office) -> None:
    for ask in (case_files.case_file, case_files.child_file):
        with pytest.raises(NoSuch):
            ask(office, uuid4())
    with pytest.raises(NoSuch):
        case_files.case_by_number(office, "SR-2026-9999")


def test_every_opening_and_change_stands_in_the_trail(office: Office) -> None:
    case = take(office)
    case_files.case_file(office, case.id)
    with office.read() as work:
        lines = work.find(AuditEntry)
    assert {(line.action, line.record_type) for line in lines} >= {
        ("created", "Child"), ("created", "Case"), ("created", "Offence"), ("created", "Arrest"), ("opened", "Case"),
    }  # fmt: skip
    assert {line.staff_id for line in lines} == {office.staff.id}


def test_missing_answers_are_listed_and_block_nothing(office: Office) -> None:
    case = take(office)
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    assert "police_unit" in {info.name for info in case_files.missing(arrest)}


def test_a_corrected_limit_moves_every_deadline_and_back(office: Office) -> None:
    take(office)
    custody = next(row for row in lists.today(office) if row.rule == "police-custody")
    assert custody.limit is not None
    key = custody.limit.key
    said = {"article": "art. 96", "source": "letter of a lawyer", "note": None}
    with pytest.raises(Refusal):
        settings.correct_limit(office, key, 12, confirmed=True, version=None, **said)
    settings.correct_limit(office, key, 12, confirmed=True, confirmed_by="មេធាវី លឹម", version=None, **said)
    moved = next(row for row in lists.today(office) if row.rule == "police-custody")
    assert moved.due_at == custody.due_at - timedelta(hours=12)
    assert moved.limit is not None
    assert moved.limit.confirmed
    with pytest.raises(EditedElsewhere) as refused:
        settings.correct_limit(office, key, 24, confirmed=False, version=None, **said)
    assert refused.value.theirs == moved.limit
    settings.correct_limit(office, key, 24, confirmed=False, version=moved.limit.version, **said)
    assert next(row for row in lists.today(office) if row.rule == "police-custody").due_at == custody.due_at
    with pytest.raises(NoSuch):
        settings.correct_limit(office, "no-such", 1, confirmed=False, version=None, **said)


def test_drafts_are_kept_offered_and_thrown_away(office: Office) -> None:
    drafts.keep_draft(office, "arrest/new", None, {"notes": "កុមារ"})
    drafts.keep_draft(office, "arrest/new", None, {"notes": "កុមារម្នាក់"})
    assert drafts.draft(office, "arrest/new") == {"notes": "កុមារម្នាក់"}
    assert [row.key for row in drafts.drafts(office)] == ["arrest/new"]
    drafts.drop_draft(office, "arrest/new")
    drafts.drop_draft(office, "arrest/new")
    assert drafts.drafts(office) == []
    case = take(office)
    drafts.keep_draft(office, "arrest/other", case.id, {"notes": "x"})
    assert [(row.case_id, row.case_number) for row in drafts.drafts(office)] == [(case.id, case.number)]


def test_closed_cases_show_no_clocks_but_those_of_a_child_that_is_still_held(office: Office) -> None:
    case = take(office)
    kept = case_files.case_file(office, case.id).case
    kept.status = CaseStatus.CLOSED
    casework.save_case(office, kept)
    assert {row.rule for row in lists.today(office)} == {"police-custody"}
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    arrest.custody_ended_at, arrest.outcome = clock.now(), PoliceOutcome.PROSECUTOR
    casework.save_record(office, arrest)
    assert lists.today(office) == []


def test_deadlines_that_do_not_move_are_not_written_again(office: Office) -> None:
    case = take(office)
    with office.read() as work:
        before = {kept.rule: kept.id for kept in work.find(Deadline, case_id=case.id)}
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    arrest.lawyer_arrived_at = clock.now()
    casework.save_record(office, arrest)
    with office.read() as work:
        after = {kept.rule: kept.id for kept in work.find(Deadline, case_id=case.id)}
    assert after["police-custody"] == before["police-custody"]
    assert after["lawyer-24h"] != before["lawyer-24h"]


def test_a_corrected_limit_may_become_the_shortest_for_a_child_whose_age_is_in_doubt(office: Office) -> None:
    child = fifteen()
    child.born = PartialDate.from_age(16, clock.today() + timedelta(days=180))  # yesterday 15 or 16
    case = take(office, child)
    for version, (hours, due) in zip((None, 1, 2), ((10, 10), (40, 24), (36, 24)), strict=True):
        settings.correct_limit(
            office, "police-custody/16-17/misdemeanour", hours, version=version, article=None, source=None,
            confirmed=False,
        )  # fmt: skip
        custody = next(row for row in lists.today(office) if row.rule == "police-custody")
        assert custody.started_at is not None
        assert custody.due_at == custody.started_at + timedelta(hours=due)
        kept = case_files.case_file(office, case.id).deadlines
        assert custody.due_at == next(value for value in kept if value.rule == "police-custody").due_at


def test_a_case_keeps_its_day_of_opening_when_it_is_emptied(office: Office) -> None:
    kept = case_files.case_file(office, take(office).id).case
    opened_on, kept.opened_on, kept.status = kept.opened_on, None, None
    casework.save_case(office, kept)
    assert [row.opened_on for row in lists.cases(office)] == [opened_on]
    assert len(lists.today(office)) == 2


def test_a_slip_that_is_already_kept_can_be_mended(office: Office) -> None:
    case = take(office)
    file = case_files.case_file(office, case.id)
    offence, arrest = file.offences[0], file.records[0]
    with office.write() as work:  # as when the computer's clock was ahead on the day it was written
        ahead = PartialDate.on(clock.today() + timedelta(days=40))
        work.get(Offence, offence.id).committed_on = ahead
    casework.save_record(office, arrest)
    casework.save_child(office, case_files.case_file(office, case.id).child)
    offence = case_files.case_file(office, case.id).offences[0]
    offence.committed_on = PartialDate.on(clock.today())
    casework.save_record(office, offence)
    assert case_files.case_file(office, case.id).offences[0].committed_on == PartialDate.on(clock.today())


def test_a_birth_after_the_arrest_is_refused_in_the_child_too(office: Office) -> None:
    child = case_files.case_file(office, take(office).id).child
    child.born = PartialDate.on(clock.today())
    with pytest.raises(Refusal):
        casework.save_child(office, child)


@pytest.mark.parametrize("typed", ["097 555 0123", "0975550123", "៥៥៥០១២៣"])
def test_a_child_is_found_by_its_telephone_however_it_is_typed(office: Office, typed: str) -> None:
    child = fifteen()
    child.phone = "097 555 0123"
    take(office, child)
    assert len(lists.children(office, typed)) == 1


def test_no_name_stands_in_what_a_clock_shows_of_itself(office: Office) -> None:
    take(office)
    assert "សុខ" not in repr(lists.today(office))


@pytest.mark.parametrize("search", ["សុខ", "វិសា", "សុខ វិសាល", "SR-C-0001", "វិសាល សុខ"])
def test_a_child_is_found_by_letters_of_its_names(office: Office, search: str) -> None:
    take(office)
    assert [row.name_km for row in lists.children(office, search)] == ["សុខ វិសាល"]
    assert len(lists.cases(office, search)) == 1
    assert lists.children(office, "ចាន់") == []


def test_an_arrest_in_the_future_is_refused_and_one_a_few_hours_ahead_is_not(office: Office) -> None:
    year_ahead = Arrest(arrested_at=clock.now() + timedelta(days=365))
    with pytest.raises(Refusal) as refused:
        take(office, arrest=year_ahead)
    assert refused.value.fields == ("arrested_at",)
    take(office, arrest=Arrest(arrested_at=clock.now() + timedelta(hours=7)))  # the computer's time zone is wrong
    assert len(lists.cases(office)) == 1


def test_an_arrest_without_any_time_is_not_lost_from_today(office: Office) -> None:
    case = take(office, arrest=Arrest())
    clocks = {row.rule: row for row in lists.today(office)}
    assert set(clocks) == {"police-custody", "lawyer-24h"}
    assert all("start" in row.doubts for row in clocks.values())
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    arrest.outcome = PoliceOutcome.VERBAL_WARNING
    casework.save_record(office, arrest)
    assert lists.today(office) == []


def test_a_child_that_came_with_a_lawyer_and_was_arrested_there_is_written_down(office: Office) -> None:
    at = clock.now() - timedelta(hours=5)
    came = Arrest(arrived_at=at - timedelta(hours=2), lawyer_arrived_at=at - timedelta(hours=2), arrested_at=at)
    take(office, arrest=came)
    with pytest.raises(Refusal):
        take(office, arrest=Arrest(arrived_at=at - timedelta(days=2), arrested_at=at))


def test_the_same_arrest_saved_twice_is_one_case(office: Office) -> None:
    child, case, arrest = fifteen(), Case(), arrested()
    for _ in range(2):
        casework.take_arrest(office, child, case, [theft()], arrest)
    assert len(lists.cases(office)) == len(lists.children(office)) == 1


def test_a_closing_closes_the_case_and_one_being_prepared_changes_nothing(office: Office) -> None:
    case = take(office)
    closing = Closure(case_id=case.id, achieved="រៀនចប់")

    def status() -> CaseStatus | None:
        return case_files.case_file(office, case.id, log=False).case.status

    kept = case_files.case_file(office, case.id).case
    kept.status = CaseStatus.CLOSED
    casework.save_case(office, kept)
    casework.save_record(office, closing)
    assert status() is CaseStatus.CLOSED  # as the worker said, and nothing new since
    closing.closed_on = clock.today()
    casework.save_record(office, closing)
    assert status() is CaseStatus.CLOSED
    closing.reopened_on = clock.today()
    casework.save_record(office, closing)
    assert status() is CaseStatus.OPEN
    casework.remove_record(office, closing, "ច្រឡំ")
    assert status() is CaseStatus.OPEN


def test_a_corrected_schedule_also_moves_which_follow_up_answers_which_date(office: Office) -> None:
    case, since = take(office), clock.today() - timedelta(days=60)
    ended = Detention(
        case_id=case.id, started_on=since - timedelta(days=9), ended_on=since, end_reason=DetentionEnd.SERVED
    )  # fmt: skip
    casework.save_record(office, ended)
    casework.save_record(
        office, FollowUp(case_id=case.id, done_on=since + timedelta(days=40), status=FollowUpStatus.WELL)
    )

    def waiting() -> set[str | None]:
        with office.read() as work:
            stored = {each.limit_key for each in work.find(Deadline, rule="follow-up") if each.ended_at is None}
        reckoned = case_files.case_file(office, case.id).deadlines
        assert stored == {each.limit_key for each in reckoned if each.rule == "follow-up" and each.ended_at is None}
        return stored

    assert "follow-up/3-months" in waiting()
    said = {"version": None, "article": None, "source": None, "confirmed": False}
    settings.correct_limit(office, "follow-up/3-months", 1, **said)  # type: ignore[arg-type]
    assert "follow-up/3-months" not in waiting()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (Guardian(name="អ៊ុំ សុផល", phone="012 345 678"), [("អ៊ុំ សុផល", "012345678")]),
        (Guardian(phone="012 345 678"), [("អ៊ុំ សុផល", "012345678")]),
        (Guardian(name="អ៊ុំ សុផល"), [("អ៊ុំ សុផល", "012345678")]),
        (Guardian(name="អ៊ុំ សុផល", phone="098 1"), [("អ៊ុំ សុផល", "012345678"), ("អ៊ុំ សុផល", "098 1")]),
        (Guardian(phone="098 1"), [("អ៊ុំ សុផល", "012345678"), (None, "098 1")]),
        (Guardian(name="ចាន់ សំអឿន"), [("អ៊ុំ សុផល", "012345678"), ("ចាន់ សំអឿន", None)]),
    ],
)
def test_a_guardian_told_of_a_known_child_is_added_and_none_is_written_over(
    office: Office, told: Guardian, kept: list[tuple[str | None, str | None]]
) -> None:  # fmt: skip
    child = fifteen()
    child.guardians = (Guardian(name="អ៊ុំ សុផល", phone="012345678"),)
    casework.save_child(office, child)
    casework.take_arrest(office, child, Case(), [theft()], arrested(), told)
    now = case_files.child_file(office, child.id, log=False).child
    assert [(each.name, each.phone) for each in now.guardians] == kept
