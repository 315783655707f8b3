"""A record's history, and taking back the last save, through the real store."""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from test_services_casework import arrested, fifteen, take, theft

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.records.case import Case, Offence, OffenceCategory, OffenceClass, ProcessStage
from casemgr.records.child import Guardian, Relation
from casemgr.records.kept import AuditEntry, Deadline
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.arrest import Arrest, PoliceOutcome, Questioning
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.records.plain import answers_of
from casemgr.records.staff import StaffMember
from casemgr.services import case_files, casework, history, lists, papers, reports
from casemgr.services.changes import Changes
from casemgr.services.office import Office, check_office, save_settings
from casemgr.services.papers import PaperChoice
from casemgr.trouble import Frozen, NoSuch, NotAllowed, Refusal


def undo(office: Office, changes: Changes) -> Changes:
    assert changes.lines is not None
    return history.undo(office, changes.lines)


def the_arrest(office: Office, case: Case) -> Arrest:
    return case_files.case_file(office, case.id, log=False).of(Arrest)[0]


def kept(office: Office, case: Case) -> tuple[list[dict[str, Any]], set[tuple[Any, ...]]]:
    """Return all answers of child, case, offences and records, and all deadlines as they are stored."""
    file = case_files.case_file(office, case.id, log=False)
    with office.read() as work:
        found = work.find(Deadline, case_id=case.id)
    clocks = {(each.record_id, each.rule, each.started_at, each.due_at, each.ended_at, each.doubts) for each in found}
    return [answers_of(record) for record in (file.child, file.case, *file.offences, *file.records)], clocks


def lines_of(office: Office, record: UUID) -> Sequence[AuditEntry]:
    with office.read() as work:
        return work.find(AuditEntry, record_id=record)


def test_a_new_record_is_taken_away_again_with_the_move_of_its_case(office: Office) -> None:
    case = take(office)
    before = kept(office, case)
    at = clock.now() - timedelta(hours=1)
    again = Arrest(case_id=case.id, arrested_at=at, custody_ended_at=at, outcome=PoliceOutcome.PROSECUTOR)
    changes = casework.save_record(office, again)
    assert case_files.case_file(office, case.id).case.stage is ProcessStage.PROSECUTOR
    undone = undo(office, changes)
    assert kept(office, case) == before
    assert (undone.cases, undone.children, undone.lines) == ({case.id}, {case.child_id}, None)
    assert [(line.action, line.why) for line in lines_of(office, again.id)] == [
        ("created", None), ("removed", history.UNDONE),
    ]  # fmt: skip
    assert all(finding.ok for finding in check_office(office))


def test_changed_answers_are_as_they_were_tables_and_clocks_too(office: Office) -> None:
    case = take(office)
    arrest = the_arrest(office, case)
    arrest.questionings = (Questioning(started_at=arrest.arrived_at),)
    casework.save_record(office, arrest)
    before = kept(office, case)
    arrest.questionings = ()
    arrest.custody_ended_at, arrest.outcome = clock.now(), PoliceOutcome.PROSECUTOR
    changes = casework.save_record(office, arrest, "ច្រឡំ")
    assert kept(office, case)[1] != before[1]
    undo(office, changes)
    assert kept(office, case) == before
    assert the_arrest(office, case).questionings == (Questioning(started_at=arrest.arrived_at),)
    assert all(finding.ok for finding in check_office(office))


def test_a_removed_record_is_there_again_with_all_it_said(office: Office) -> None:
    case = take(office)
    offence = case_files.case_file(office, case.id).offences[0]
    offence.committed_on, offence.place_text = PartialDate.of(2026, 10), "ផ្សារ"
    casework.save_record(office, offence)
    before = kept(office, case)
    undo(office, casework.remove_record(office, offence, "ច្រឡំ"))
    assert kept(office, case) == before
    arrest = the_arrest(office, case)
    arrest.questionings, arrest.notes = (Questioning(started_at=clock.now(), remark=None),), 'ក "ខ" {គ}'
    casework.save_record(office, arrest)
    before = kept(office, case)
    undo(office, casework.remove_record(office, arrest, "ច្រឡំ"))
    assert kept(office, case) == before
    with office.read() as work:
        assert work.get(Arrest, arrest.id).case_id == case.id
    assert all(finding.ok for finding in check_office(office))


def test_a_clock_counts_again_from_when_the_removed_record_was_first_written_down(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = take(office, arrest=Arrest())
    before, arrest, later = kept(office, case), the_arrest(office, case), clock.now() + timedelta(hours=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    for _ in range(2):
        undo(office, casework.remove_record(office, the_arrest(office, case), "ច្រឡំ"))
        assert kept(office, case) == before
        assert the_arrest(office, case).created_at == arrest.created_at


def test_a_draft_report_that_was_removed_is_a_draft_again(office: Office) -> None:
    case = take(office)
    report = reports.new_report(office, case.id)
    casework.save_record(office, report)
    before = kept(office, case)
    undo(office, casework.remove_record(office, report, "ច្រឡំ"))
    assert kept(office, case) == before
    reports.submit_report(office, report.id)


def test_an_answer_that_was_taken_out_of_a_removed_record_stays_out(office: Office) -> None:
    case = take(office)
    report = reports.new_report(office, case.id)
    report.offences, report.family_name_km = (), None
    casework.save_record(office, report)
    undo(office, casework.remove_record(office, report, "ច្រឡំ"))
    again = case_files.case_file(office, case.id).of(SocialInquiry)[0]
    assert (again.offences, again.family_name_km) == ((), None)


def test_a_child_is_as_it_was_and_found_by_its_name_again(office: Office) -> None:
    case = take(office)
    child = case_files.case_file(office, case.id).child
    child.guardians = (Guardian(name="អ៊ុំ សុផល", relation=Relation.MOTHER),)
    casework.save_child(office, child)
    before = kept(office, case)
    child.given_name_km, child.guardians = "ពិសិដ្ឋ", ()
    child.born = PartialDate.on(clock.today() - timedelta(days=17 * 366))
    changes = casework.save_child(office, child, "តាមសំបុត្រកំណើត")
    assert kept(office, case)[1] != before[1]
    undone = undo(office, changes)
    assert (undone.children, undone.cases) == ({child.id}, {case.id})
    assert kept(office, case) == before
    assert [row.name_km for row in lists.children(office, "វិសាល")] == ["សុខ វិសាល"]
    assert lists.children(office, "ពិសិដ្ឋ") == []
    assert len(lists.children(office, "សុផល")) == 1


def test_a_case_is_as_it_was(office: Office) -> None:
    case = take(office)
    before = kept(office, case)
    facts = case_files.case_file(office, case.id).case
    facts.stage, facts.court, facts.notes = ProcessStage.TRIAL, "សាលាដំបូង", "កំណត់"
    undo(office, casework.save_case(office, facts))
    assert kept(office, case) == before


def test_what_another_save_changed_since_is_not_undone(office: Office) -> None:
    case = take(office)
    arrest = the_arrest(office, case)
    arrest.officer = "ក"
    changes = casework.save_record(office, arrest)
    case_files.case_file(office, case.id)  # looking changes nothing
    arrest.police_unit = "ខ"
    casework.save_record(office, arrest)
    with pytest.raises(Refusal) as refused:
        undo(office, changes)
    assert refused.value.say(office.words)
    assert the_arrest(office, case).officer == "ក"


def test_nothing_is_undone_twice(office: Office) -> None:
    case = take(office)
    arrest = the_arrest(office, case)
    arrest.officer = "ក"
    removed = Offence(case_id=case.id, category=OffenceCategory.DAMAGE)
    casework.save_record(office, removed)
    for changes in (casework.save_record(office, arrest), casework.remove_record(office, removed, "ច្រឡំ")):
        undo(office, changes)
        before = kept(office, case)
        with pytest.raises(Refusal):
            undo(office, changes)
        assert kept(office, case) == before


def test_a_save_that_changed_nothing_offers_no_undo(office: Office) -> None:
    assert casework.save_record(office, the_arrest(office, take(office))).lines is None


def test_only_who_saved_can_undo(office: Office) -> None:
    case = take(office)
    arrest = the_arrest(office, case)
    arrest.officer = "ក"
    changes = casework.save_record(office, arrest)
    other = dataclasses.replace(office, staff=StaffMember(name="ចាន់ ស្រីនិច"))
    with pytest.raises(NotAllowed):
        undo(other, changes)
    assert the_arrest(office, case).officer == "ក"


def test_lines_of_anything_else_are_not_undone(office: Office) -> None:
    case = take(office)
    settings: OfficeSettings = office.settings
    settings.town = "សៀមរាប"
    save_settings(office, settings)
    case_files.case_file(office, case.id)
    with office.read() as work:
        lines = {(line.action, line.record_type): line.seq for line in work.find(AuditEntry)}
        count = len(work.find(AuditEntry))
    created = [lines["created", name] for name in ("Child", "Case", "Offence", "Arrest")]
    for numbers in ([], [count + 7], [lines["changed", "OfficeSettings"]], [lines["opened", "Case"]], created,
                    [created[3], count + 7]):  # fmt: skip
        with pytest.raises(NoSuch):
            history.undo(office, numbers)
    assert len(case_files.case_file(office, case.id, log=False).records) == 1
    with office.read() as work:
        assert len(work.find(AuditEntry)) == count


def test_a_report_others_refer_to_is_neither_undone_nor_removed(office: Office) -> None:
    case = take(office)
    report = reports.new_report(office, case.id)
    changes = casework.save_record(office, report)
    with office.write() as work:  # as a correction that came from another office's file
        work.add(Addendum(case_id=case.id, report_id=report.id, text="ក"))
    for attempt in (lambda: undo(office, changes), lambda: casework.remove_record(office, report, "ច្រឡំ")):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.message.startswith("Another record hangs together")
    assert case_files.case_file(office, case.id).of(SocialInquiry)
    assert all(finding.ok for finding in check_office(office))


def test_a_submitted_report_is_not_undone(office: Office) -> None:
    case = take(office)
    report = reports.new_report(office, case.id)
    changes = casework.save_record(office, report)
    reports.submit_report(office, report.id)
    with pytest.raises(Refusal):
        undo(office, changes)
    last = lines_of(office, report.id)[-1]
    with pytest.raises(Frozen):
        history.undo(office, [last.seq])


def test_the_history_says_who_when_why_and_what_each_answer_was(office: Office) -> None:
    case = take(office)
    offence = case_files.case_file(office, case.id).offences[0]
    offence.offence_class, offence.committed_on = OffenceClass.FELONY, PartialDate.of(2026, 10)
    casework.save_record(office, offence, " ចៅក្រមបានប្ដូរ ")
    casework.remove_record(office, offence, "ច្រឡំ")
    removed, changed, created = history.of_record(office, offence)
    assert [line.action for line in (created, changed, removed)] == ["created", "changed", "removed"]
    assert {line.who for line in (created, changed, removed)} == {"ទេព បូរិន"}
    assert [line.why for line in (created, changed, removed)] == [None, "ចៅក្រមបានប្ដូរ", "ច្រឡំ"]
    assert all(abs(line.at - clock.now()) < timedelta(minutes=5) for line in (created, changed, removed))
    assert "2026" not in repr(changed.changes)
    said = {change.info.name: (change.before, change.after) for change in changed.changes}
    assert said == {
        "offence_class": (OffenceClass.MISDEMEANOUR, OffenceClass.FELONY),
        "committed_on": (theft().committed_on, PartialDate.of(2026, 10)),
    }
    assert {change.after for change in removed.changes} == {None}
    assert (created.changes[0].info.name, created.changes[0].before) == ("category", None)
    assert "ច្រឡំ" not in repr(removed)


def test_the_history_says_who_opened_and_printed(office: Office) -> None:
    case = take(office)
    report = reports.new_report(office, case.id)
    casework.save_record(office, report)
    papers.log_printed(office, "social-inquiry-report", case.id, PaperChoice("km"), "printer", record_id=report.id)
    printed = history.of_record(office, report)[0]
    assert (printed.action, printed.changes) == ("printed", ())
    case_files.case_file(office, case.id)
    case_files.child_file(office, case.child_id)
    for record in (case, case_files.child_file(office, case.child_id, log=False).child):
        opened = history.of_record(office, record)[0]
        assert (opened.action, opened.changes, opened.who) == ("opened", (), "ទេព បូរិន")


def test_the_history_names_staff_in_the_offices_script(office: Office) -> None:
    with office.write() as work:
        work.get(StaffMember, office.staff.id).name_latin = "Tep Borin"
    case = take(office, fifteen(), arrested())
    office.settings.language = "en"
    assert {line.who for line in history.of_record(office, the_arrest(office, case))} == {"Tep Borin"}
