"""A complaint is for those it names alone: two staff members work in one store, one after the other."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from casemgr import cli, clock
from casemgr.clock import PartialDate
from casemgr.printing.blocks import as_text
from casemgr.records.beside.complaint import Complaint, DoneBy
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.staff import Role, StaffMember
from casemgr.services import calendar, case_files, casework, drafts, history, lists, readers, week
from casemgr.services.office import Office, open_office
from casemgr.store.keys import PRACTICE_COST, KeyFile
from casemgr.trouble import EditedElsewhere, NoSuch, NotAllowed, Refusal
from casemgr.whereabouts import KEYS

PASSWORD = "correct horse battery staple"
"""Of the office that the fixtures make."""
WRITER, OTHER = "ទេព បូរិន", "ចាន់ ស្រីនិច"
ACCOUNT = "កុមារត្រូវបានគេវាយ"
As = Callable[[str], "contextmanager[Office]"]


@pytest.fixture
def opened_as(office: Office) -> Callable[[str], object]:
    """Open the office as one of two staff members; nobody else has it open then."""
    folder, other = office.folder, StaffMember(name=OTHER, name_latin="Chan Sreynich", roles=(Role.SUPERVISOR,))
    with office.write() as work:
        work.add(other)
    keys = KeyFile.load(folder / KEYS)
    keys.add(other.id, OTHER, PASSWORD, PRACTICE_COST, office.store._data_key)
    keys.save(folder / KEYS, office.store._data_key)
    office.close()

    @contextmanager
    def open_as(name: str) -> Iterator[Office]:
        opened = open_office(folder, name, PASSWORD)
        try:
            yield opened
        finally:
            opened.close()

    return open_as


@pytest.fixture
def complaint(opened_as: As) -> Complaint:
    """A complaint that WRITER wrote down, with an answer that is due."""
    child, case = Child(given_name_km="វិសាល", born=PartialDate.of(2011, 3, 12)), Case()
    written = Complaint(
        told_on=clock.today(), by_whom=DoneBy.POLICE, account=ACCOUNT, answer_due=clock.today() + timedelta(days=5)
    )
    with opened_as(WRITER) as office:
        casework.save_child(office, child)
        casework.open_case(office, child.id, case)
        written.case_id = case.id
        casework.save_record(office, written)
        assert written.readers == (office.staff.id,)
    return written


def test_the_writer_sees_it_everywhere(opened_as: As, complaint: Complaint) -> None:
    with opened_as(WRITER) as office:
        file = case_files.case_file(office, complaint.case_id)
        assert [each.id for each in file.of(Complaint)] == [complaint.id]
        assert [deadline.rule for deadline in file.deadlines] == ["complaint-answer"]
        assert file.withheld == 0
        assert [row.rule for row in lists.today(office)] == ["complaint-answer"]
        assert [version.action for version in history.of_record(office, complaint)] == ["created"]


def test_another_sees_only_that_something_is_for_others(opened_as: As, complaint: Complaint) -> None:
    with opened_as(OTHER) as office:
        file = case_files.case_file(office, complaint.case_id)
        assert file.of(Complaint) == ()
        assert (file.deadlines, file.timeline) == ((), ())
        assert file.withheld == 1
        assert lists.today(office) == lists.today_page(office).rows == list(lists.every_clock(office)) == []
        assert not any(lists.count_today(office).at(clock.now()).values())
        assert [row.next_due for row in lists.cases(office)] == [None]


def test_what_hangs_on_a_wall_or_goes_into_a_telephone_never_tells_of_it(opened_as: As, complaint: Complaint) -> None:
    with opened_as(WRITER) as office:
        assert [row.record_id for row in lists.today(office)] == [complaint.id]
        number = lists.cases(office)[0].number
        assert number not in as_text(week.compose(office, clock.today(), language="en"))
        assert number not in calendar.calendar_file(office, lists.today(office)).decode()


def test_another_can_neither_change_nor_remove_nor_look_back(opened_as: As, complaint: Complaint) -> None:
    with opened_as(OTHER) as office:
        mine = Complaint(id=complaint.id, case_id=complaint.case_id, version=1, readers=(office.staff.id,))
        for deed in (
            lambda: casework.save_record(office, mine),
            lambda: casework.remove_record(office, mine, "slip"),
            lambda: history.of_record(office, mine),
            lambda: readers.set_readers(office, complaint.id, [office.staff.id], complaint.version),
        ):
            with pytest.raises(NotAllowed):
                deed()
    with opened_as(WRITER) as office:
        kept = case_files.case_file(office, complaint.case_id).of(Complaint)[0]
        assert (kept.account, kept.readers) == (ACCOUNT, complaint.readers)


def test_the_command_line_tells_nobody_else(
    opened_as: As, complaint: Complaint, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened_as(WRITER) as office:
        folder, number = office.folder, lists.cases(office)[0].number
    monkeypatch.setenv("CASEMGR_PASSWORD", PASSWORD)
    told = {}
    for name in (WRITER, OTHER):
        assert cli.main(["--office", str(folder), "--staff", name, "show", number, "--json"]) == 0
        told[name] = capsys.readouterr().out
    assert str(complaint.id) in told[WRITER]
    assert ACCOUNT in told[WRITER]
    assert json.loads(told[OTHER])["records"] == json.loads(told[OTHER])["deadlines"] == []
    for secret in (ACCOUNT, str(complaint.id), "complaint"):
        assert secret not in told[OTHER]


def test_a_reader_lets_another_read_and_can_be_left_out(opened_as: As, complaint: Complaint) -> None:
    with opened_as(WRITER) as office:
        staff = {each.name: each.id for each in readers.staff_members(office)}
        assert list(staff) == [WRITER, OTHER]
        chosen = [staff[WRITER], staff[OTHER], staff[OTHER]]
        changes = readers.set_readers(office, complaint.id, chosen, complaint.version)
        assert changes.cases == {complaint.case_id}
    with opened_as(OTHER) as office:
        kept = case_files.case_file(office, complaint.case_id).of(Complaint)[0]
        assert kept.readers == (staff[WRITER], staff[OTHER])
        kept.place = "នៅប៉ុស្តិ៍"
        casework.save_record(office, kept)
        with pytest.raises(EditedElsewhere):
            readers.set_readers(office, complaint.id, [staff[OTHER]], complaint.version)
        readers.set_readers(office, complaint.id, [staff[OTHER]], kept.version)
    with opened_as(WRITER) as office:
        assert case_files.case_file(office, complaint.case_id).withheld == 1


def test_a_complaint_is_never_left_without_a_reader(opened_as: As, complaint: Complaint) -> None:
    with opened_as(WRITER) as office:
        with pytest.raises(Refusal):
            readers.set_readers(office, complaint.id, [], complaint.version)
        with pytest.raises(NoSuch):
            readers.set_readers(office, complaint.id, [uuid4()], complaint.version)
        emptied = case_files.case_file(office, complaint.case_id).of(Complaint)[0]
        emptied.readers = ()
        casework.save_record(office, emptied)
        assert case_files.case_file(office, complaint.case_id).of(Complaint)[0].readers == (office.staff.id,)


def test_who_left_the_office_is_not_offered_as_a_reader(opened_as: As) -> None:
    with opened_as(WRITER) as office:
        with office.write() as work:
            next(each for each in work.find(StaffMember) if each.name == OTHER).active = False
        staff = readers.staff_members(office)
        assert [each.name for each in staff] == [WRITER]
        assert WRITER not in repr(staff)


def test_unfinished_typing_is_for_who_typed_it(opened_as: As, complaint: Complaint) -> None:
    with opened_as(WRITER) as office:
        drafts.keep_draft(office, f"complaint/{complaint.id}", complaint.case_id, {"account": ACCOUNT})
    with opened_as(OTHER) as office:
        assert drafts.drafts(office) == []


def test_the_file_is_on_disk_in_no_plain_text(opened_as: As, complaint: Complaint) -> None:
    assert complaint.account == ACCOUNT
    with opened_as(WRITER) as office:
        folder: Path = office.folder
    for file in folder.iterdir():
        assert ACCOUNT.encode() not in file.read_bytes()
