"""Links between children through the real store: the other file stays closed, and is named on both sides."""

import pytest

from casemgr.clock import PartialDate
from casemgr.records.beside.link import Link, LinkRelation
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.kept import AuditEntry
from casemgr.services import case_files, casework
from casemgr.services.office import Office
from casemgr.trouble import Refusal


def a_case(office: Office, given: str) -> Case:
    child, case = Child(family_name_km="សុខ", given_name_km=given, born=PartialDate.of(2011, 3, 12)), Case()
    casework.save_child(office, child)
    casework.open_case(office, child.id, case)
    return case


def test_a_link_is_shown_on_both_sides_by_codes_and_numbers(office: Office) -> None:
    mine, other = a_case(office, "វិសាល"), a_case(office, "ដារ៉ា")
    link = Link(case_id=mine.id, other_child_id=other.child_id, relation=LinkRelation.CO_ACCUSED)
    casework.save_record(office, link)
    file = case_files.case_file(office, mine.id)
    told = file.linked[other.child_id]
    assert (told.code, told.case_numbers, told.case_ids) == ("SR-C-0002", (other.number,), (other.id,))
    assert "ដារ៉ា" not in repr(file.linked)
    across = case_files.case_file(office, other.id)
    assert not across.linked
    assert [(line.case_id, line.case_number, line.relation) for line in across.linked_from] == [
        (mine.id, mine.number, LinkRelation.CO_ACCUSED)
    ]


def test_a_link_opens_nothing_of_the_other_child(office: Office) -> None:
    mine, other = a_case(office, "វិសាល"), a_case(office, "ដារ៉ា")
    assert case_files.linked_child(office, other.child_id).case_numbers == (other.number,)
    casework.save_record(office, Link(case_id=mine.id, other_child_id=other.child_id, other_case_id=other.id))
    case_files.case_file(office, mine.id)
    with office.read() as work:
        opened = [line.record_id for line in work.find(AuditEntry) if line.action == "opened"]
    assert opened == [mine.id]


def test_a_child_is_not_linked_to_itself(office: Office) -> None:
    mine, again = a_case(office, "វិសាល"), Case()
    casework.open_case(office, mine.child_id, again)
    for case in (mine, again):
        with pytest.raises(Refusal):
            casework.save_record(office, Link(case_id=case.id, other_child_id=mine.child_id))
    assert case_files.case_file(office, mine.id).of(Link) == ()
