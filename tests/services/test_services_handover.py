"""A case that goes from office to office: what goes along, what is kept back, what becomes of both sides."""

import dataclasses
import io
import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from handed_over import (
    PASSPHRASE,
    a_case,
    allow_sharing,
    look,
    other_office,
    send,
    state,
    trail,
    with_document,
)
from PIL import Image, PngImagePlugin

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.exchange.sealed import Way, opened_by
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import AttachedFile, Document, DocumentKind, MediaType
from casemgr.records.beside.link import Link, LinkRelation
from casemgr.records.beside.note import Note
from casemgr.records.case import Case, CaseStatus, Level
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.handed import HANDED, columns_of, handed, read_handed, restricted_in
from casemgr.records.kept import OfficePair
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.closure import ClosingReason, Closure
from casemgr.records.pathway.judgment import Judgment
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, case_files, casework, directory, documents, handover, lists, office_keys, papers
from casemgr.services.comparing import Keep, Standing, compare
from casemgr.services.handover import Wanted, hand_over
from casemgr.services.office import Office, check_office
from casemgr.services.received import receive, way_of
from casemgr.services.rights import rights_of
from casemgr.services.taking_in import take_in
from casemgr.trouble import NotAllowed, Refusal, Stopped, Trouble


@pytest.fixture
def other(made, tmp_path):
    office = other_office(made, tmp_path / "other")
    yield office
    office.close()


@pytest.fixture
def case_id(filled):
    return a_case(filled)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "moved.case"


def file_of(office: Office, case_id):
    return case_files.case_file(office, case_id, log=False)


def plain(office: Office, case_id):
    file = file_of(office, case_id)
    records = (file.child, file.case, *file.offences, *file.records, *file.addenda, *file.contacts.values())
    own = {"worker_id", "readers", "staff_id"}
    return {str(each.id): handed(each, own)["answers"] for each in records}


def moved(filled, other, case_id, path, wanted=handover.JUST_THE_CASE):
    send(filled, case_id, path, other, wanted)
    return take_in(other, look(other, path))


def test_all_of_a_case_arrives_as_it_was(filled, other, case_id, path, tmp_path):
    document = with_document(filled, case_id, tmp_path)
    contact = Contact(name_km="លឹម ចន្ទតារា")
    directory.add_to_case(filled, CaseContact(case_id=case_id), contact)
    done = send(filled, case_id, path, other, Wanted(restricted=True, complaints=True))
    assert done.documents == 1
    before, received = state(other), receive(other, path)
    assert state(other) == before
    arrival = compare(other, received)
    assert len(arrival.of(Standing.NEW)) == done.records
    taken = take_in(other, arrival)
    assert (taken.added, taken.changed, taken.left_out, taken.documents) == (done.records, 0, 0, 1)
    assert plain(other, case_id) == plain(filled, case_id)
    assert documents.document_data(other, document.id) == documents.document_data(filled, document.id)
    assert file_of(other, case_id).deadlines == file_of(filled, case_id).deadlines
    assert file_of(other, case_id).case.worker_id == other.staff.id
    assert all(finding.ok for finding in check_office(other))
    assert [row.id for row in lists.cases(other, file_of(filled, case_id).child.family_name_latin)] == [case_id]


def test_both_sides_write_it_down_without_names(filled, other, case_id, path):
    moved(filled, other, case_id, path)
    out, come = trail(filled, case_id)[-1], trail(other, case_id)[-1]
    assert (out.action, come.action) == ("handed-over", "taken-in")
    assert out.why == "ផ្លាស់ទៅខេត្តថ្មី"
    said, told = json.loads(out.changes), json.loads(come.changes)
    assert said["handover"] == told["handover"]
    assert said["to"][1] == office_keys.own_key(other).fingerprint
    assert told["key"][1] == office_keys.own_key(filled).fingerprint
    digests = {line["digest"] for line in told["trail"][1]}
    assert digests <= {line.digest for line in trail(filled)}
    assert told["trail_head"][1] in {line.digest for line in trail(filled)}


def test_the_same_file_again_changes_nothing(filled, other, case_id, path):
    moved(filled, other, case_id, path)
    arrival = look(other, path)
    assert arrival.brings_nothing
    before = state(other)
    assert take_in(other, arrival).is_nothing
    assert state(other) == before


def test_what_is_for_named_staff_stays_unless_chosen(filled, other, case_id, path, tmp_path):
    injury = with_document(filled, case_id, tmp_path, DocumentKind.INJURY)
    complaint = Complaint(case_id=case_id, account="ត្រូវគេវាយ")
    casework.save_record(filled, complaint, "x")
    file = file_of(filled, case_id)
    arrest = file.of(Arrest)[0]
    name = next(iter(restricted_in(Arrest)))
    send(filled, case_id, path, other)
    received = receive(other, path)
    assert not {injury.id, complaint.id} & {each.id for each in received.records}
    assert name not in next(each for each in received.records if each.id == arrest.id).answers
    assert str(complaint.id) not in json.dumps(received.trail)
    assert not received.documents
    assert all(not restricted_in(Arrest) & json.loads(line["changes"]).keys()
               for line in received.trail if line["record_type"] == "Arrest" and line["changes"])  # fmt: skip
    send(filled, case_id, path, other, Wanted(restricted=True, complaints=True))
    received = receive(other, path)
    assert {injury.id, complaint.id} <= {each.id for each in received.records}
    take_in(other, compare(other, received))
    assert file_of(other, case_id).of(Complaint)[0].readers == (other.staff.id,)


def test_the_warning_says_whether_the_family_allowed_it(filled, case_id):
    file = file_of(filled, case_id)
    messages = handover.warnings(file, Wanted(restricted=True, complaints=True))
    assert messages[0] in (handover.LEAVES, handover.WITHOUT_CONSENT)
    assert handover.RESTRICTED_GO in messages
    allow_sharing(filled, case_id)
    assert handover.warnings(file_of(filled, case_id)) == (handover.LEAVES,)
    assert file.child.family_name_km not in handover.file_name(file)


def test_a_later_file_is_proposed_where_nothing_was_changed_here(filled, other, case_id, path):
    moved(filled, other, case_id, path)
    arrest = file_of(filled, case_id).of(Arrest)[0]
    arrest.officer = "កែវ"
    casework.save_record(filled, arrest, "x")
    send(filled, case_id, path, other)
    (item,) = look(other, path).of(Standing.DIFFERS)
    assert (item.differing, item.proposed) == (("officer",), Keep.THEIRS)
    taken = take_in(other, look(other, path))
    assert (taken.added, taken.changed) == (0, 1)
    assert file_of(other, case_id).of(Arrest)[0].officer == "កែវ"


def test_a_nought_is_an_answer_that_differs_from_none(filled, other, case_id, path):
    moved(filled, other, case_id, path)
    offence = file_of(filled, case_id).offences[0]
    for before, after in ((None, 0), (0, None)):
        casework.save_record(filled, dataclasses.replace(kept(filled, offence), co_accused=before), "x")
        send(filled, case_id, path, other)
        take_in(other, look(other, path))
        casework.save_record(filled, dataclasses.replace(kept(filled, offence), co_accused=after), "x")
        send(filled, case_id, path, other)
        (item,) = look(other, path).of(Standing.DIFFERS)
        assert item.differing == ("co_accused",)
        take_in(other, look(other, path))
        assert kept(other, offence).co_accused == after


def kept(office, record):
    with office.read() as work:
        return work.read_one(type(record), record.id)


def test_what_was_changed_here_is_never_overwritten_unless_chosen(filled, other, case_id, path):
    moved(filled, other, case_id, path)
    for office, name in ((filled, "កែវ"), (other, "ម៉ៅ")):
        arrest = file_of(office, case_id).of(Arrest)[0]
        arrest.officer = name
        casework.save_record(office, arrest, "x")
    send(filled, case_id, path, other)
    arrival = look(other, path)
    (item,) = arrival.of(Standing.DIFFERS)
    assert item.allowed == (Keep.OURS, Keep.THEIRS, Keep.BOTH)
    before = state(other)
    assert take_in(other, arrival).is_nothing
    assert state(other) == before
    chosen = {(Arrest, arrest.id): Keep.BOTH}
    assert take_in(other, look(other, path), chosen).added == 1
    assert {each.officer for each in file_of(other, case_id).of(Arrest)} == {"កែវ", "ម៉ៅ"}
    assert look(other, path).brings_nothing
    with pytest.raises(Refusal):
        take_in(other, look(other, path), {(Case, case_id): Keep.BOTH})


def test_a_file_made_before_our_own_edits_is_not_proposed_whoever_was_sent_them(filled, other, case_id, path, tmp_path):
    """From here to another office; changed here; on to a third; and then the other's file, made of the older state."""
    send(filled, case_id, path, other)
    take_in(other, look(other, path))
    note = Note(case_id=case_id)
    casework.save_record(other, note, "x")
    child = file_of(filled, case_id).child
    child.nickname = "តូច"
    casework.save_child(filled, child)
    send(filled, case_id, tmp_path / "third.case", None)
    send(other, case_id, tmp_path / "back.case", filled)
    arrival = look(filled, tmp_path / "back.case")
    (item,) = arrival.of(Standing.DIFFERS)
    assert (item.theirs.kind, item.differing, item.proposed) == (Child, ("nickname",), Keep.OURS)
    take_in(filled, arrival)
    assert file_of(filled, case_id).child.nickname == "តូច"


def test_what_was_kept_as_ours_is_not_overwritten_by_the_next_file(filled, other, case_id, path):
    moved(filled, other, case_id, path)
    for office, name in ((filled, "កែវ"), (other, "ម៉ៅ")):
        arrest = file_of(office, case_id).of(Arrest)[0]
        arrest.officer = name
        casework.save_record(office, arrest, "x")
    casework.save_record(filled, Note(case_id=case_id), "x")
    send(filled, case_id, path, other)
    take_in(other, look(other, path))  # the note is added, the arrest stays as it is here
    send(filled, case_id, path, other)
    (item,) = look(other, path).of(Standing.DIFFERS)
    assert (item.theirs.id, item.proposed) == (arrest.id, Keep.OURS)


def test_what_went_out_with_a_passphrase_comes_home_as_proposed_only_while_nothing_else_did(
    filled, other, case_id, path, tmp_path
):
    send(filled, case_id, path, None)
    take_in(other, look(other, path))
    arrest = file_of(other, case_id).of(Arrest)[0]
    arrest.officer = "កែវ"
    casework.save_record(other, arrest, "x")
    send(other, case_id, tmp_path / "back.case", None)
    (item,) = look(filled, tmp_path / "back.case").of(Standing.DIFFERS)
    assert item.proposed is Keep.THEIRS
    mine = file_of(filled, case_id).of(Arrest)[0]
    mine.officer = "ម៉ៅ"
    casework.save_record(filled, mine, "x")
    send(filled, case_id, tmp_path / "again.case", None)
    (item,) = look(filled, tmp_path / "back.case").of(Standing.DIFFERS)
    assert item.proposed is Keep.OURS


def test_nought_is_an_answer(filled, other, case_id, path):
    moved(filled, other, case_id, path)
    judgment = Judgment(case_id=case_id, suspended_months=0)
    casework.save_record(filled, judgment, "x")
    send(filled, case_id, path, other)
    take_in(other, look(other, path))
    mine = next(each for each in file_of(other, case_id).of(Judgment) if each.id == judgment.id)
    mine.suspended_months = None
    casework.save_record(other, mine, "x")
    (item,) = look(other, path).of(Standing.DIFFERS)
    assert item.differing == ("suspended_months",)


def test_a_case_that_was_closed_elsewhere_is_closed_here(filled, other, case_id, path):
    moved(filled, other, case_id, path)
    arrest = file_of(other, case_id).of(Arrest)[0]  # so that our own case is kept as ours
    case = file_of(other, case_id).case
    case.risk = next(each for each in Level if each is not case.risk)
    casework.save_case(other, case)
    assert arrest.case_id == case_id
    casework.save_record(filled, Closure(case_id=case_id, closed_on=clock.today(), reason=ClosingReason.GOALS_MET), "x")
    send(filled, case_id, path, other)
    arrival = look(other, path)
    take_in(other, arrival, {(Case, case_id): Keep.OURS})
    assert file_of(other, case_id).case.status is CaseStatus.CLOSED


@pytest.mark.parametrize("number", ["SR-C-99999999999999999999", "../../x", "a\x1b[2J", "x" * 41, ""])
def test_a_number_no_office_gives_is_given_anew_and_stops_nobody(filled, other, case_id, path, number):
    with filled.write() as work:
        work.get(Case, case_id).number = number.replace("-C-", "-2026-")
        work.get(Child, file_of(filled, case_id).child.id).code = number.replace("SR", "PP")
    assert Path(handover.file_name(file_of(filled, case_id))).name == handover.file_name(file_of(filled, case_id))
    moved(filled, other, case_id, path)
    codes = []
    for _ in range(3):
        child = Child(family_name_km="សុខ")
        casework.save_child(other, child)
        opened = Case()
        casework.open_case(other, child.id, opened)
        codes.append((child.code, opened.number))
    assert len(set(codes)) == 3
    assert all(len(code) == 9 and len(number) == 12 for code, number in codes)


def test_a_document_that_hides_something_or_cannot_be_shown_is_not_taken_in(filled, other, case_id, path, tmp_path):
    document = with_document(filled, case_id, tmp_path)
    picture = Image.new("L", (30, 20), 200)
    said, placed = io.BytesIO(), io.BytesIO()
    info = PngImagePlugin.PngInfo()
    info.add_text("place", "ភូមិ")
    picture.save(said, "PNG", pnginfo=info)
    picture.convert("RGB").save(placed, "JPEG", comment=b"place")
    forged = {
        MediaType.PDF: (b"%PDF-1.4 /JavaScript garbage", b"%PDF-1.4\n%%EOF"),
        MediaType.PNG: (said.getvalue(), b"\x89PNG\r\n\x1a\nx"), MediaType.JPEG: (placed.getvalue(), b"\xff\xd8\xffx"),
    }  # fmt: skip
    for media_type, datas in forged.items():
        for data in datas:
            with filled.write() as work:
                kept, named = work.get(AttachedFile, document.file_id), work.get(Document, document.id)
                kept.data, kept.media_type = data, media_type
                named.digest, named.size, named.media_type = sha256(data).hexdigest(), len(data), media_type
            send(filled, case_id, path, other)
            with pytest.raises(Refusal):
                receive(other, path)


def test_what_cannot_be_written_down_does_not_leave_and_the_earlier_file_stays(filled, other, case_id, tmp_path):
    real, link = tmp_path / "real.case", tmp_path / "link.case"
    real.write_bytes(b"before")
    link.symlink_to(real)
    with filled.write() as work:
        work.session.connection().execute(sa.text(
            "CREATE TRIGGER refuse BEFORE INSERT ON audit_entry WHEN NEW.action = 'handed-over' "
            "BEGIN SELECT RAISE(ABORT, 'no line'); END"
        ))  # fmt: skip
    for target in (real, link):
        with pytest.raises(sa.exc.IntegrityError):
            send(filled, case_id, target, other)
    assert (real.read_bytes(), link.is_symlink()) == (b"before", True)
    assert {each.name for each in tmp_path.glob("*.case*")} == {"link.case", "real.case"}


def test_another_workers_child_is_named_by_its_code_only_for_the_whole_name(filled, other, case_id, path):
    child = file_of(filled, case_id).child
    child.born = PartialDate.of(2010, 5, 5)
    casework.save_child(filled, child)
    names = {name: getattr(child, name) for name in ("family_name_km", "given_name_km", "born", "sex")}
    whole, half = Child(**names), Child(**names | {"given_name_km": "ផ្សេង"})
    for each in (whole, half):
        casework.save_child(other, each)
        casework.open_case(other, each.id, Case())
    stranger = StaffMember(name="ទេព បូរិន")
    with other.write() as work:
        work.add(stranger)
        work.flush()
        for case in work.find(Case):
            case.worker_id = stranger.id
    send(filled, case_id, path, other)
    assert {each.child_id for each in look(other, path).likely} == {whole.id, half.id}
    other.rights = rights_of([Role.CASE_WORKER])
    assert [(each.code, each.child) for each in look(other, path).likely] == [(whole.code, None)]


def test_that_a_complaint_was_printed_stays_here_as_well(filled, other, case_id, path):
    complaint = Complaint(case_id=case_id, account="ត្រូវគេវាយ")
    casework.save_record(filled, complaint, "x")
    papers.print_form(filled, "complaint", case_id)
    papers.print_form(filled, "consent", case_id)
    send(filled, case_id, path, other)
    told = json.dumps(receive(other, path).trail)
    assert "consent" in told
    assert "complaint" not in told.replace("complaints", "").casefold()


def test_an_older_file_is_said_to_be_older_and_not_proposed(filled, other, case_id, path, tmp_path, monkeypatch):
    from datetime import timedelta

    from casemgr import clock

    moved(filled, other, case_id, path)
    arrest = file_of(filled, case_id).of(Arrest)[0]
    arrest.officer = "កែវ"
    casework.save_record(filled, arrest, "x")
    later = clock.now() + timedelta(minutes=5)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        send(filled, case_id, tmp_path / "later.case", other)
    take_in(other, look(other, tmp_path / "later.case"))
    arrival = look(other, path)
    assert arrival.older
    (item,) = arrival.of(Standing.DIFFERS)
    assert item.proposed is Keep.OURS


def test_what_is_here_alone_is_shown_and_stays_and_what_was_removed_here_is_asked(filled, other, case_id, path):
    moved(filled, other, case_id, path)
    note = Note(case_id=case_id)
    casework.save_record(other, note, "x")
    offence = file_of(other, case_id).offences[0]
    casework.remove_record(other, offence, "x")
    arrival = look(other, path)
    assert [each.id for each in arrival.only_here] == [note.id]
    (item,) = arrival.of(Standing.REMOVED)
    assert item.proposed is Keep.OURS
    take_in(other, arrival)
    assert file_of(other, case_id).offences == ()
    assert [each.id for each in file_of(other, case_id).of(Note)][-1] == note.id
    take_in(other, look(other, path), {(type(offence), offence.id): Keep.THEIRS})
    assert file_of(other, case_id).offences[0].id == offence.id


def test_a_case_comes_home_with_what_was_added(filled, other, case_id, path, tmp_path):
    moved(filled, other, case_id, path)
    note = Note(case_id=case_id)
    casework.save_record(other, note, "x")
    back = tmp_path / "back.case"
    send(other, case_id, back, filled)
    arrival = look(filled, back)
    assert [item.theirs.id for item in arrival.of(Standing.NEW)] == [note.id]
    assert arrival.of(Standing.DIFFERS) == ()
    assert take_in(filled, arrival).added == 1


def test_a_child_that_is_here_already_takes_the_case(filled, other, case_id, path):
    child = file_of(filled, case_id).child
    mine = Child(**{name: getattr(child, name) for name in columns_of(Child) if name != "code"})
    casework.save_child(other, mine)
    send(filled, case_id, path, other)
    (likely,) = look(other, path).likely
    assert likely.child_id == mine.id
    arrival = look(other, path, mine.id)
    assert arrival.child_here.id == mine.id
    take_in(other, arrival, same_child=mine.id)
    assert file_of(other, case_id).child.id == mine.id
    assert len(lists.children(other)) == 1
    assert look(other, path).brings_nothing


def test_a_number_or_code_of_another_here_is_given_anew(filled, other, case_id, path):
    file = file_of(filled, case_id)
    child = Child(family_name_km="សុខ", code=file.child.code)
    casework.save_child(other, child)
    casework.open_case(other, child.id, Case(opened_on=file.case.opened_on))
    with other.write() as work:
        (theirs,) = work.find(Case)
        theirs.number = file.case.number
    send(filled, case_id, path, other)
    arrival = look(other, path)
    assert arrival.new_number
    taken = take_in(other, arrival)
    assert taken.number not in ("", file.case.number)
    assert file_of(other, case_id).child.code not in ("", file.child.code)
    assert look(other, path).brings_nothing


def test_a_link_to_a_child_that_is_not_here_is_left_out_and_said(filled, other, case_id, path):
    stranger = next(row.id for row in lists.children(filled) if row.id != file_of(filled, case_id).child.id)
    link = Link(case_id=case_id, other_child_id=stranger, relation=LinkRelation.SIBLING)
    casework.save_record(filled, link, "x")
    send(filled, case_id, path, other)
    arrival = look(other, path)
    left = [item for item in arrival.of(Standing.LEFT_OUT) if item.theirs.id == link.id]
    assert left[0].why == "The other child of this link is not in this office."
    assert take_in(other, arrival).left_out >= 1


def test_a_record_of_another_case_here_is_never_touched(filled, other, case_id, path):
    others = next(row.id for row in lists.cases(filled) if row.id != case_id)
    arrest = file_of(filled, case_id).of(Arrest)[0]
    moved(filled, other, others, path)
    stolen = Arrest(id=arrest.id, case_id=others, officer="ម៉ៅ")
    casework.save_record(other, stolen, "x")
    send(filled, case_id, path, other)
    arrival = look(other, path)
    assert [item.theirs.id for item in arrival.of(Standing.LEFT_OUT) if item.theirs.kind is Arrest] == [arrest.id]
    take_in(other, arrival, {(Arrest, arrest.id): Keep.OURS})
    assert next(each for each in file_of(other, others).of(Arrest) if each.id == arrest.id).officer == "ម៉ៅ"


def test_nothing_is_kept_when_the_case_changed_since_it_was_looked_at(filled, other, case_id, path):
    moved(filled, other, case_id, path)
    arrest = file_of(filled, case_id).of(Arrest)[0]
    arrest.officer = "កែវ"
    casework.save_record(filled, arrest, "x")
    send(filled, case_id, path, other)
    arrival = look(other, path)
    mine = file_of(other, case_id).of(Arrest)[0]
    mine.officer = "ម៉ៅ"
    casework.save_record(other, mine, "x")
    with pytest.raises(Refusal):
        take_in(other, arrival)
    assert file_of(other, case_id).of(Arrest)[0].officer == "ម៉ៅ"


def test_a_passphrase_opens_it_in_any_office(filled, other, case_id, path):
    send(filled, case_id, path, None)
    assert way_of(path) is Way.PASSPHRASE
    assert receive(other, path, PASSPHRASE).sender.key is None
    with pytest.raises(Refusal):
        receive(other, path, "some other four words")


def test_an_earlier_key_of_the_office_still_opens(filled, other, case_id, path):
    send(filled, case_id, path, other)
    before = office_keys.own_key(other)
    assert office_keys.renew_key(other) != before
    assert office_keys.own_key(other) != before
    assert receive(other, path).case.id == case_id


def test_who_left_cannot_open_what_is_sealed_after_the_office_got_new_keys(filled, other, case_id, path, tmp_path):
    kept = office_keys.own_key(other)
    with other.read() as work:
        copied = office_keys.own_pairs(work)
    send(filled, case_id, path, other)
    changes = accounts.renew_key(other)
    assert accounts.OFFICE_KEY in changes.parts
    assert receive(other, path).case.id == case_id  # sealed for the earlier key, on its way meanwhile
    assert office_keys.own_key(other) != kept
    send(filled, case_id, tmp_path / "later.case", other)
    assert receive(other, tmp_path / "later.case").case.id == case_id
    with (tmp_path / "later.case").open("rb") as file, pytest.raises(Refusal):
        opened_by(file, copied)


def test_no_key_is_made_for_other_offices_where_none_has_one(other):
    assert accounts.renew_key(other).parts == {accounts.PART}
    with other.read() as work:
        assert office_keys.own_pairs(work) == []
    assert not accounts.key_renewal(other).known


def test_a_key_older_than_the_last_closing_of_an_account_is_due(other):
    office_keys.own_key(other)
    with other.store.write() as work:
        work.find(OfficePair)[0].made_at = clock.now() - timedelta(days=2)
    assert accounts.key_renewal(other) == accounts.KeyRenewal(due=False, seconds=2, known=True)
    staff = StaffMember(name="ហេង សុភា", roles=(Role.CASE_WORKER,))
    accounts.add_account(other, staff, "a first long password")
    accounts.close_account(other, staff.id)
    other.store.renew_key()  # as where the program died before it came to the second key
    assert accounts.key_renewal(other).due
    office_keys.renew_key(other)
    assert not accounts.key_renewal(other).due


def test_a_key_goes_out_and_comes_in_as_a_short_file(other, tmp_path):
    file = tmp_path / "key.txt"
    assert office_keys.save_key(other, file) == office_keys.read_key(file)
    for wrong in (b"\xff\xfe", b"x" * 5000, b""):
        file.write_bytes(wrong)
        with pytest.raises(Refusal):
            office_keys.read_key(file)
    with pytest.raises(Refusal):
        office_keys.read_key(tmp_path / "none.txt")


def test_a_handover_that_cannot_be_leaves_no_file(filled, other, case_id, path, tmp_path):
    key, own = office_keys.own_key(other), office_keys.own_key(filled)
    before = state(filled)
    for more in ({"reason": " ", "key": key}, {"reason": "x"}, {"reason": "x", "passphrase": "short"},
                 {"reason": "x", "key": own}):  # fmt: skip
        with pytest.raises(Refusal):
            hand_over(filled, case_id, path, **more)
    with pytest.raises(Refusal):
        hand_over(filled, case_id, filled.folder / "a.case", reason="x", key=key)
    with pytest.raises((Refusal, Trouble)):
        hand_over(filled, case_id, tmp_path / "no" / "a.case", reason="x", key=key)
    assert state(filled) == before
    document = with_document(filled, case_id, tmp_path)
    with pytest.raises(Stopped):
        hand_over(filled, case_id, path, reason="x", key=key, cancelled=lambda: True)
    with filled.write() as work:
        work.get(Document, document.id).digest = "0" * 64
    with pytest.raises(Trouble):
        hand_over(filled, case_id, path, reason="x", key=key)
    assert list(tmp_path.glob("*.case*")) == []
    assert "handed-over" not in [line.action for line in trail(filled)]


def test_a_file_that_changed_after_it_was_looked_at_is_not_taken(filled, other, case_id, path, tmp_path):
    with_document(filled, case_id, tmp_path)
    send(filled, case_id, path, other)
    arrival, before = look(other, path), state(other)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(Refusal):
        take_in(other, arrival)
    path.unlink()
    with pytest.raises(Refusal):
        take_in(other, arrival)
    assert state(other) == before


def test_an_invented_child_does_not_come_among_real_ones(filled, other, case_id, path):
    send(filled, case_id, path, other)
    other.settings.practice = False
    with pytest.raises(Refusal) as refused:
        receive(other, path)
    assert "invented" in refused.value.message


def test_a_case_worker_hands_over_and_takes_in_only_what_is_the_own(filled, other, case_id, path):
    send(filled, case_id, path, other)
    for office in (filled, other):
        office.rights = rights_of([Role.DATA_OFFICER])
    with pytest.raises(NotAllowed):
        hand_over(filled, case_id, path, reason="x", passphrase=PASSPHRASE)
    with pytest.raises(NotAllowed):
        receive(other, path)
    with pytest.raises(NotAllowed):
        office_keys.renew_key(other)


def test_every_kind_of_record_is_read_as_it_was_written():
    for kind in HANDED.values():
        from casemgr.records.fields import fields_of

        record = kind(**{info.name: info.sample for info in fields_of(kind) if info.sample is not None})
        read = read_handed(json.loads(json.dumps(handed(record))))
        assert {name: read.answers[name] for name in columns_of(kind)} == {
            name: getattr(record, name) for name in columns_of(kind)
        }, kind


def test_no_answer_or_name_shows_where_it_could_reach_a_log(filled, other, case_id, path):
    send(filled, case_id, path, other)
    arrival = look(other, path)
    name = file_of(filled, case_id).child.family_name_km
    assert name not in repr(arrival)
    assert Path(path).read_bytes().find(name.encode()) == -1
