"""The history of a whole case, a page at a time, through the real store."""

import dataclasses
from pathlib import Path

import pytest
from PIL import Image
from test_services_casework import take
from test_services_versions import WHY, bring_back, empty, first_line, kept

from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import Document
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.retention import ErasingHold
from casemgr.records.sameness import Sameness, Verdict
from casemgr.records.staff import Role, StaffMember
from casemgr.services import case_files, case_history, casework, documents, keeping_rules, papers, reports, same_child
from casemgr.services.case_history import CaseHistory
from casemgr.services.office import Office
from casemgr.services.papers import PaperChoice
from casemgr.services.rights import rights_of
from casemgr.trouble import NoSuch, NotAllowed


def told(history: CaseHistory) -> list[tuple[str, type | None]]:
    return [(line.version.action, line.kind) for line in history.lines]


def another(office: Office, *roles: Role) -> Office:
    """Return the office as another staff member has it open, who is kept."""
    staff = StaffMember(name="ចាន់ ស្រីនិច", roles=roles)
    with office.store.write() as work:
        work.add(staff)
    return dataclasses.replace(office, staff=staff, rights=rights_of(roles))


def test_every_line_about_the_case_and_its_child_is_there_the_newest_first(office: Office) -> None:
    case, other = take(office), take(office)
    assert case_history.of_case(office, case.id).lines[-1].kind is Child  # written down before its case
    case_files.case_file(office, case.id)
    case_files.child_file(office, case.child_id)
    note = Note(case_id=case.id, text="ក")
    casework.save_record(office, note, WHY)
    casework.remove_record(office, note, "ច្រឡំ")
    casework.save_child(office, dataclasses.replace(kept(office, Child, case.child_id), nickname="តូច"))
    report = reports.new_report(office, case.id)
    casework.save_record(office, report, WHY)
    reports.submit_report(office, report.id)
    papers.log_printed(office, "consent", case.id, PaperChoice("km"), "pdf")
    case_files.log_exported(office, case_files.case_file(office, case.id, log=False), "json")
    bring_back(office, note, first_line(office, note))
    found = case_history.of_case(office, case.id)
    assert told(found) == [
        ("brought-back", Note), ("created", Note), ("exported", Case), ("printed", None), ("changed", SocialInquiry),
        ("submitted", SocialInquiry), ("created", SocialInquiry), ("changed", Child), ("removed", Note),
        ("created", Note),
        ("opened", Child), ("opened", Case), ("created", Arrest), ("created", Offence), ("created", Case),
        ("created", Child),
    ]  # fmt: skip
    assert not found.more
    assert {line.version.who for line in found.lines} == {office.staff.name}
    printed = found.lines[3].version
    assert (printed.told["form"], printed.told["how"]) == ("consent", "pdf")
    changes_only = case_history.of_case(office, case.id, changes_only=True)
    looks = {"opened", "printed", "exported"}
    assert told(changes_only) == [line for line in told(found) if line[0] not in looks]
    ids = {line.record_id for line in found.lines}
    assert not ids & {other.id, other.child_id}
    assert WHY not in repr(found)


def test_what_was_decided_of_two_children_is_told_of_both_also_once_it_is_taken_back(office: Office) -> None:
    cases = [take(office), take(office), take(office)]
    one, other, _ = (case.child_id for case in cases)
    same_child.decide(office, one, other, Verdict.SAME)
    same_child.decide(office, one, other, Verdict.NOT_SAME)
    same_child.take_back(office, one, other)
    deeds = [("removed", Sameness), ("changed", Sameness), ("created", Sameness)]
    for case in cases[:2]:
        found = case_history.of_case(office, case.id)
        assert told(found)[:3] == deeds
        assert len({line.version.seq for line in found.lines}) == len(found.lines)
    assert not {kind for _, kind in told(case_history.of_case(office, cases[2].id))} & {Sameness}


def test_that_nothing_may_be_erased_is_told_to_who_decides_on_that(office: Office) -> None:
    case = take(office)
    keeping_rules.hold(office, case.child_id, WHY)
    keeping_rules.lift_hold(office, case.child_id, WHY)
    held = [("changed", ErasingHold), ("created", ErasingHold)]
    assert told(case_history.of_case(office, case.id))[:2] == held
    worker = another(office, Role.CASE_WORKER)
    with office.store.write() as work:
        work.get(Case, case.id).worker_id = worker.staff.id
    assert not {kind for _, kind in told(case_history.of_case(worker, case.id))} & {ErasingHold}


def test_that_the_paper_of_a_complaint_was_printed_is_told_to_who_printed_it(office: Office) -> None:
    """Also where the line does not say of which complaint, as of the newest one, or of one to be written by hand."""
    case = take(office)
    papers.log_printed(office, "complaint", case.id, PaperChoice("km"), "pdf")
    papers.log_batch(office, "complaint", [case.id], PaperChoice("km"), "pdf")
    papers.log_printed(office, "consent", case.id, PaperChoice("km"), "pdf")
    other = another(office, Role.SUPERVISOR)
    forms = {
        who: [line.version.told["form"] for line in case_history.of_case(who_, case.id).lines
              if line.version.action == "printed"]
        for who, who_ in (("own", office), ("other", other))
    }  # fmt: skip
    assert forms == {"own": ["consent", "complaint", "complaint"], "other": ["consent"]}


def test_it_says_what_a_removed_record_said_last(office: Office) -> None:
    case = take(office)
    note = Note(case_id=case.id, text="ក")
    casework.save_record(office, note, WHY)
    casework.save_record(office, dataclasses.replace(kept(office, Note, note.id), text="ខ"))
    there = case_history.of_case(office, case.id).lines[0]
    assert isinstance(there.record, Note)
    assert (there.record.text, there.is_kept) == ("ខ", True)
    casework.remove_record(office, kept(office, Note, note.id), "ច្រឡំ")
    gone = case_history.of_case(office, case.id).lines[:3]
    assert {(line.record_id, line.is_kept) for line in gone} == {(note.id, False)}
    assert [line.record.text for line in gone if isinstance(line.record, Note)] == ["ខ", "ខ", "ខ"]


def test_a_long_history_is_read_a_page_at_a_time_and_nothing_twice(office: Office) -> None:
    case = take(office)
    note = Note(case_id=case.id)
    casework.save_record(office, note, WHY)
    for number in range(100):
        casework.save_record(office, dataclasses.replace(kept(office, Note, note.id), text=f"{number}"))
        if number % 10 == 0:
            case_files.child_file(office, case.child_id)
    whole = case_history.of_case(office, case.id, most=1000)
    assert not whole.more
    seen: list[int] = []
    page = case_history.of_case(office, case.id)
    while True:
        seen += [line.version.seq for line in page.lines]
        if not page.more:
            break
        assert len(page.lines) == case_history.PAGE
        casework.save_child(office, dataclasses.replace(kept(office, Child, case.child_id), nickname=f"{len(seen)}"))
        page = case_history.of_case(office, case.id, before=seen[-1])
    assert seen == [line.version.seq for line in whole.lines]
    assert len(seen) == 115


def test_another_workers_case_is_not_read_and_of_the_child_only_what_is_of_no_case(office: Office) -> None:
    case = take(office)
    stranger = another(office, Role.CASE_WORKER)
    with pytest.raises(NotAllowed):
        case_history.of_case(stranger, case.id)
    own = Case(child_id=case.child_id, worker_id=stranger.staff.id)
    casework.open_case(office, case.child_id, own)
    found = case_history.of_case(stranger, own.id)
    assert told(found) == [("created", Case), ("created", Child)]
    assert found.lines[0].record_id == own.id
    with pytest.raises(NotAllowed):
        case_history.of_case(another(office, Role.DATA_OFFICER), case.id)
    with pytest.raises(NoSuch):
        case_history.of_case(office, own.child_id)


def test_of_a_complaint_nothing_is_told_but_to_its_readers_also_when_it_was_removed(office: Office) -> None:
    case = take(office)
    before = told(case_history.of_case(office, case.id))
    complaint = Complaint(case_id=case.id, account="ក")
    casework.save_record(office, complaint)
    papers.log_printed(office, "complaint", case.id, PaperChoice("km"), "pdf", record_id=complaint.id)
    supervisor = another(office, Role.SUPERVISOR)
    assert told(case_history.of_case(supervisor, case.id)) == before
    assert len(told(case_history.of_case(office, case.id))) == len(before) + 2
    casework.remove_record(office, kept(office, Complaint, complaint.id), "ច្រឡំ")
    bring_back(office, complaint, first_line(office, complaint))
    casework.remove_record(office, kept(office, Complaint, complaint.id), "ច្រឡំ")
    assert told(case_history.of_case(supervisor, case.id)) == before
    assert len(told(case_history.of_case(office, case.id))) == len(before) + 6
    gone = case_history.of_case(office, case.id).lines[0]
    assert isinstance(gone.record, Complaint)
    empty(office, gone.version.seq)  # nobody knows any more whose it was
    assert told(case_history.of_case(office, case.id)) == before


def test_a_line_that_was_emptied_is_still_a_line(office: Office) -> None:
    case = take(office)
    note = Note(case_id=case.id, text="ក")
    casework.save_record(office, note, WHY)
    casework.remove_record(office, note, "ច្រឡំ")
    for line in case_history.of_case(office, case.id).lines[:2]:
        empty(office, line.version.seq)
    removed, created = case_history.of_case(office, case.id).lines[:2]
    for line in (removed, created):
        assert (line.version.erased, line.version.changes, line.version.why) == (True, (), None)
        assert (line.kind, line.record, line.is_kept) == (Note, None, False)


def test_documents_that_were_looked_at_and_let_out_are_told_of(office: Office, tmp_path: Path) -> None:
    case = take(office)
    picture = tmp_path / "picture.png"
    Image.new("RGB", (60, 60), "white").save(picture)
    document = Document(case_id=case.id)
    documents.add_document(office, document, picture)
    documents.document_data(office, document.id)
    documents.save_document(office, document.id, tmp_path / "copy.png")
    found = case_history.of_case(office, case.id)
    assert told(found)[:3] == [("exported", Document), ("opened", Document), ("created", Document)]
