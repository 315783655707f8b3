"""The versions of a record, and bringing one back, through the real store."""

import dataclasses
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from PIL import Image
from test_services_casework import arrested, take

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.records.base import Record
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import Document, DocumentKind
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, Level, Offence, ProcessStage
from casemgr.records.child import Child, Guardian, Relation
from casemgr.records.contact import Contact
from casemgr.records.kept import AuditEntry, Deadline
from casemgr.records.pathway.arrest import Arrest, PoliceOutcome, Questioning
from casemgr.records.pathway.closure import Closure
from casemgr.records.pathway.social_inquiry import Addendum, SocialInquiry
from casemgr.records.plain import answers_of
from casemgr.records.staff import StaffMember
from casemgr.services import case_files, casework, directory, documents, history, lists, reports, versions
from casemgr.services.changes import Changes
from casemgr.services.office import Office, check_office, open_office
from casemgr.services.versions import Versions
from casemgr.trouble import EditedElsewhere, Frozen, NoSuch, NotAllowed, Refusal

WHY = "តាមសំណុំរឿង"


def of(office: Office, record: Record) -> Versions:
    return versions.versions_of(office, type(record), record.id)


def first_line(office: Office, record: Record) -> int:
    return of(office, record).states[-1].version.seq


def bring_back(office: Office, record: Record, seq: int, **more: Any) -> Changes:
    now = of(office, record).now
    asked = {"version": now.version if now else None} | more
    return versions.bring_back(office, type(record), record.id, seq, WHY, **asked)


def kept(office: Office, kind: type[Any], record_id: UUID) -> Any:
    with office.read() as work:
        return work.read_one(kind, record_id)


def lines(office: Office, record_id: UUID) -> list[AuditEntry]:
    with office.read() as work:
        return work.find(AuditEntry, record_id=record_id)


def deadlines(office: Office, case: Case) -> set[tuple[Any, ...]]:
    with office.read() as work:
        found = work.find(Deadline, case_id=case.id)
    return {(each.record_id, each.rule, each.started_at, each.due_at, each.ended_at, each.doubts) for each in found}


def empty(office: Office, seq: int) -> None:
    """Take out what a line of the trail says, as when a child is erased."""
    with office.store.write() as work:
        connection = work.session.connection()
        named = sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'")
        for name in list(connection.execute(named).scalars()):
            connection.execute(sa.text(f"DROP TRIGGER {name}"))
        connection.execute(sa.text("UPDATE audit_entry SET changes = NULL, why = NULL WHERE seq = :seq"), {"seq": seq})


def test_each_version_says_what_the_record_said_then_tables_too(office: Office) -> None:
    case = take(office)
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    said = [answers_of(arrest)]
    row = Questioning(started_at=arrest.arrived_at)
    for change in ({"officer": "ក"}, {"questionings": (row,), "notes": "ខ"}, {"questionings": (row, row)}):
        arrest = dataclasses.replace(arrest, **change)
        casework.save_record(office, arrest)
        said.append(answers_of(arrest))
        arrest = kept(office, Arrest, arrest.id)
    found = of(office, arrest)
    assert [answers_of(state.record) for state in reversed(found.states)] == said
    assert found.now is not None
    assert (answers_of(found.now), found.why_not) == (said[-1], None)
    assert [info.name for info in versions.differing(found.states[1].record, found.now, Arrest)] == ["questionings"]
    assert "ក" not in repr(found.states)


def test_an_earlier_version_is_brought_back_as_a_save_that_says_which_it_was_and_can_be_undone(office: Office) -> None:
    case = take(office)
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    before, clocks = answers_of(arrest), deadlines(office, case)
    arrest.custody_ended_at, arrest.outcome, arrest.officer = clock.now(), PoliceOutcome.PROSECUTOR, "ក"
    casework.save_record(office, arrest)
    changed = answers_of(arrest), deadlines(office, case)
    assert changed[1] != clocks
    line = of(office, arrest).states[-1].version
    changes = bring_back(office, arrest, line.seq)
    assert (answers_of(kept(office, Arrest, arrest.id)), deadlines(office, case)) == (before, clocks)
    assert (changes.cases, changes.children) == ({case.id}, {case.child_id})
    last, save = lines(office, arrest.id)[-1], lines(office, arrest.id)[-2]
    assert (last.action, last.why, save.action, save.why) == ("brought-back", WHY, "changed", WHY)
    told = history.of_record(office, arrest)[0]
    assert (told.told["line"], told.changes, told.erased) == (line.seq, (), False)
    assert changes.lines is not None
    history.undo(office, changes.lines)
    assert (answers_of(kept(office, Arrest, arrest.id)), deadlines(office, case)) == changed
    assert all(finding.ok for finding in check_office(office))


def test_only_the_answers_that_were_chosen_come_back(office: Office) -> None:
    case = take(office)
    offence = case_files.case_file(office, case.id).offences[0]
    offence.article, offence.description = "353", "ក"
    casework.save_record(office, offence)
    offence = dataclasses.replace(kept(office, Offence, offence.id), article="357", description="ខ")
    casework.save_record(office, offence)
    line = of(office, offence).states[1].version.seq
    bring_back(office, offence, line, names=("description",))
    now = kept(office, Offence, offence.id)
    assert (now.article, now.description) == ("357", "ក")
    with pytest.raises(Refusal) as refused:
        bring_back(office, offence, line, names=("description",))
    assert refused.value.message == versions.SAYS_SO


def test_a_removed_record_is_there_again_as_it_was_in_any_of_its_versions(office: Office) -> None:
    case = take(office)
    offence = case_files.case_file(office, case.id).offences[0]
    first, created_at, clocks = answers_of(offence), offence.created_at, deadlines(office, case)
    offence.committed_on, offence.place_text = PartialDate.of(2026, 10), "ផ្សារ"
    casework.save_record(office, offence)
    casework.remove_record(office, offence, "ច្រឡំ")
    found = of(office, offence)
    assert (found.now, found.why_not, len(found.states)) == (None, None, 2)
    changes = bring_back(office, offence, found.states[1].version.seq)
    again = kept(office, Offence, offence.id)
    assert (answers_of(again), again.created_at, deadlines(office, case)) == (first, created_at, clocks)
    assert changes.lines is not None
    history.undo(office, changes.lines)
    assert case_files.case_file(office, case.id).offences == ()
    bring_back(office, offence, found.states[0].version.seq)
    assert kept(office, Offence, offence.id).place_text == "ផ្សារ"
    assert all(finding.ok for finding in check_office(office))


def test_nothing_is_brought_back_over_what_somebody_else_saved_in_between(office: Office) -> None:
    case = take(office)
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    casework.save_record(office, dataclasses.replace(arrest, officer="ក"))
    seen = of(office, arrest)
    assert seen.now is not None
    casework.save_record(office, dataclasses.replace(kept(office, Arrest, arrest.id), officer="ខ"))
    with pytest.raises(EditedElsewhere):
        bring_back(office, arrest, seen.states[-1].version.seq, version=seen.now.version)
    assert kept(office, Arrest, arrest.id).officer == "ខ"
    with pytest.raises(EditedElsewhere):  # it was removed when it was looked at, and is there again
        bring_back(office, arrest, seen.states[-1].version.seq, version=None)
    casework.remove_record(office, kept(office, Arrest, arrest.id), "ច្រឡំ")
    with pytest.raises(Refusal) as refused:
        bring_back(office, arrest, seen.states[-1].version.seq, version=3)
    assert "removed this record" in refused.value.message
    assert case_files.case_file(office, case.id).of(Arrest) == ()


def test_a_submitted_report_and_its_corrections_stay_as_they_are(office: Office) -> None:
    case = take(office)
    report = reports.new_report(office, case.id)
    casework.save_record(office, report)
    casework.save_record(office, dataclasses.replace(kept(office, SocialInquiry, report.id), friends="ក"))
    assert of(office, report).why_not is None
    reports.submit_report(office, report.id)
    reports.add_addendum(office, report.id, None, "ខ")
    with office.read() as work:
        addendum = work.find(Addendum)[0]
    assert of(office, addendum).why_not == of(office, report).why_not == reports.SUBMITTED
    with pytest.raises(Frozen):
        bring_back(office, report, first_line(office, report))
    assert kept(office, SocialInquiry, report.id).friends == "ក"


def test_a_draft_report_that_was_removed_is_a_draft_again(office: Office) -> None:
    case = take(office)
    report = reports.new_report(office, case.id)
    casework.save_record(office, report)
    before = answers_of(kept(office, SocialInquiry, report.id))
    casework.remove_record(office, report, "ច្រឡំ")
    bring_back(office, report, first_line(office, report))
    assert answers_of(kept(office, SocialInquiry, report.id)) == before
    reports.submit_report(office, report.id)


def test_an_impossible_date_is_refused_as_in_any_save(office: Office) -> None:
    case = take(office, arrest=arrested(80))
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    line = first_line(office, arrest)
    arrest.arrested_at = arrest.arrived_at = None
    casework.save_record(office, arrest)
    child = case_files.case_file(office, case.id).child
    with office.write() as work:  # past the services, which refuse a child born after its arrest
        work.get(Child, child.id).born = PartialDate.on(clock.today())
    with pytest.raises(Refusal) as refused:
        bring_back(office, arrest, line)
    assert refused.value.fields
    assert kept(office, Arrest, arrest.id).arrested_at is None


def test_a_case_keeps_its_stage_its_status_and_who_carries_it(office: Office) -> None:
    case = take(office)
    facts = case_files.case_file(office, case.id).case
    line = first_line(office, facts)
    other = StaffMember(name="ចាន់ ស្រីនិច")
    with office.write() as work:
        work.add(other)
    facts.stage, facts.court, facts.risk, facts.worker_id = ProcessStage.TRIAL, "ក", Level.HIGH, other.id
    casework.save_case(office, facts)
    changed = history.of_record(office, facts)[0].changes
    assert ("worker_id", office.staff.name, other.name) in [(each.info.name, *each[1:]) for each in changed]
    names = {info.name for info in versions.brought_back(Case)}
    assert not names & {"stage", "status", "number", "worker_id"}
    bring_back(office, facts, line)
    now = kept(office, Case, case.id)
    assert (now.stage, now.worker_id, now.court, now.risk) == (ProcessStage.TRIAL, other.id, None, None)


def test_a_child_is_found_again_by_the_name_that_is_brought_back_and_its_clocks_run_by_its_birth(
    office: Office,
) -> None:
    case = take(office)
    child = case_files.case_file(office, case.id).child
    child.guardians = (Guardian(name="អ៊ុំ សុផល", relation=Relation.MOTHER),)
    casework.save_child(office, child)
    before, clocks = answers_of(child), deadlines(office, case)
    child.given_name_km, child.guardians, child.born = "ពិសិដ្ឋ", (), PartialDate.of(clock.today().year - 18)
    casework.save_child(office, child)
    assert deadlines(office, case) != clocks
    changes = bring_back(office, child, of(office, child).states[1].version.seq)
    assert (answers_of(kept(office, Child, child.id)), deadlines(office, case)) == (before, clocks)
    assert [row.name_km for row in lists.children(office, "វិសាល")] == ["សុខ វិសាល"]
    assert len(lists.children(office, "សុផល")) == 1
    assert (changes.children, changes.cases) == ({child.id}, {case.id})
    assert changes.lines is not None
    history.undo(office, changes.lines)
    assert lists.children(office, "វិសាល") == []


def test_a_contact_is_as_it_was(office: Office) -> None:
    contact = Contact(name_km="លឹម ចន្ទតារា", organisation="ជំនួយផ្នែកច្បាប់")
    directory.save_contact(office, contact)
    directory.save_contact(
        office, dataclasses.replace(kept(office, Contact, contact.id), organisation="ក", phone="012")
    )
    changes = bring_back(office, contact, first_line(office, contact))
    now = kept(office, Contact, contact.id)
    assert (now.organisation, now.phone, now.version) == ("ជំនួយផ្នែកច្បាប់", None, 3)
    assert (changes.parts, changes.lines) == ({directory.PART}, None)


def test_a_removed_document_comes_back_with_its_file_while_that_is_kept(office: Office, tmp_path: Path) -> None:
    case = take(office)
    picture = tmp_path / "picture.png"
    Image.new("RGB", (60, 60), "white").save(picture)
    document = Document(case_id=case.id, kind=DocumentKind.LETTER)
    documents.add_document(office, document, picture)
    before = documents.document_data(office, document.id)
    casework.remove_record(office, kept(office, Document, document.id), "ច្រឡំ")
    bring_back(office, document, first_line(office, document))
    assert documents.document_data(office, document.id) == before
    casework.remove_record(office, kept(office, Document, document.id), "ច្រឡំ")
    folder = office.folder
    office.close()
    again = open_office(folder, "", "correct horse battery staple")  # takes away the files that no document names
    assert of(again, document).why_not == versions.NO_FILE
    with pytest.raises(Refusal) as refused:
        bring_back(again, document, first_line(again, document))
    assert refused.value.message == versions.NO_FILE
    again.close()


def test_a_complaint_is_for_its_readers_also_when_it_was_removed_and_they_stay_when_it_comes_back(
    office: Office,
) -> None:
    case = take(office)
    complaint = Complaint(case_id=case.id, account="ក")
    casework.save_record(office, complaint)
    stranger = dataclasses.replace(office, staff=StaffMember(name="ចាន់ ស្រីនិច"))
    line = first_line(office, complaint)
    casework.remove_record(office, kept(office, Complaint, complaint.id), "ច្រឡំ")
    for attempt in (
        lambda: of(stranger, complaint), lambda: history.of_record(stranger, complaint),
        lambda: versions.bring_back(stranger, Complaint, complaint.id, line, WHY, version=None),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            attempt()
    bring_back(office, complaint, line)
    assert kept(office, Complaint, complaint.id).readers == (office.staff.id,)
    with pytest.raises(NotAllowed):
        of(stranger, complaint)


def test_what_is_no_version_of_the_record_or_has_no_reason_is_refused(office: Office) -> None:
    case = take(office)
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    line = first_line(office, arrest)
    other = first_line(office, case_files.case_file(office, case.id).offences[0])
    with pytest.raises(NoSuch):
        bring_back(office, arrest, other)
    with pytest.raises(NoSuch):
        versions.versions_of(office, Offence, arrest.id)
    with pytest.raises(NoSuch):
        of(office, Note(case_id=case.id))
    with pytest.raises(Refusal) as refused:
        versions.bring_back(office, Arrest, arrest.id, line, " ", version=1)
    assert refused.value.fields == ("why",)
    assert of(office, office.settings).why_not == versions.NOT_THIS


def test_before_a_line_that_was_emptied_nothing_is_known(office: Office) -> None:
    case = take(office)
    arrest = case_files.case_file(office, case.id).of(Arrest)[0]
    for officer in ("ក", "ខ", "គ"):
        casework.save_record(office, dataclasses.replace(kept(office, Arrest, arrest.id), officer=officer))
    emptied = of(office, arrest).states[1].version.seq
    empty(office, emptied)
    known = of(office, arrest)
    assert [None if state.record is None else state.record.officer for state in known.states] == ["គ", "ខ", None, None]  # type: ignore[attr-defined]
    assert [line.erased for line in history.of_record(office, arrest)] == [False, True, False, False]
    with pytest.raises(Refusal) as refused:
        bring_back(office, arrest, known.states[-1].version.seq)
    assert refused.value.message == versions.NOT_KNOWN


def test_a_restored_record_takes_its_case_with_it(office: Office) -> None:
    case = take(office)
    closure = Closure(case_id=case.id, closed_on=clock.today())
    casework.save_record(office, closure, WHY)
    closed = case_files.case_file(office, case.id).case.status
    casework.remove_record(office, closure, "ច្រឡំ")
    assert case_files.case_file(office, case.id).case.status is not closed
    changes = bring_back(office, closure, first_line(office, closure))
    assert case_files.case_file(office, case.id).case.status is closed
    assert changes.lines is not None
    history.undo(office, changes.lines)
    assert case_files.case_file(office, case.id).case.status is not closed
