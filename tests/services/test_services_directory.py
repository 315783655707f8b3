"""The directory through the real store: found by whatever a worker remembers, and told without any child."""

from uuid import uuid4

import pytest

from casemgr.clock import PartialDate, local
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.fields import Answer
from casemgr.records.kept import AuditEntry
from casemgr.services import casework, directory, history
from casemgr.services.office import Office
from casemgr.trouble import EditedElsewhere, NoSuch, Refusal


def lawyer() -> Contact:
    return Contact(
        name_km="លឹម ចន្ទតារា", name_latin="Lim Chantara", role=ContactRole.LAWYER, organisation="ជំនួយផ្នែកច្បាប់",
        phone="012 555 024", phone_2="097 555 0240",
    )  # fmt: skip


def a_case(office: Office, given: str = "វិសាល") -> Case:
    child, case = Child(family_name_km="សុខ", given_name_km=given, born=PartialDate.of(2011, 3, 12)), Case()
    casework.save_child(office, child)
    casework.open_case(office, child.id, case)
    return case


@pytest.mark.parametrize(
    "search",
    ["លឹម", "ចន្ទតារា លឹម", "chantara", "ច្បាប់", "012 555 024", "012555024", "០១២៥៥៥", "0975550240", "lawyer", "មេធាវី លឹម"],
)
def test_a_contact_is_found_by_names_organisation_function_and_telephone(office: Office, search: str) -> None:
    directory.save_contact(office, lawyer())
    directory.save_contact(office, Contact(name_km="សែម វណ្ណា", role=ContactRole.POLICE, phone="011 222 333"))
    assert [row.name_km for row in directory.contacts(office, search)] == ["លឹម ចន្ទតារា"]


@pytest.mark.parametrize("search", ["x", "la", "012 999", "100%", "ល_ម"])
def test_what_fits_nothing_finds_nothing(office: Office, search: str) -> None:
    directory.save_contact(office, lawyer())
    assert directory.contacts(office, search) == []


def test_contacts_stand_in_the_order_of_the_khmer_dictionary_a_page_at_a_time(office: Office) -> None:
    names = ["ហេង សុភា", "កែវ មុនី", "លឹម ចន្ទតារា", "ខៀវ ស្រីនាង", "កែវ ពិសិដ្ឋ", "អ៊ុំ សុផល", "ញ៉ែម រតនា"]
    for name in names:
        directory.save_contact(office, Contact(name_km=name))
    directory.save_contact(office, Contact(organisation="Legal Aid"))
    whole = directory.contacts(office)
    wanted = ["កែវ ពិសិដ្ឋ", "កែវ មុនី", "ខៀវ ស្រីនាង", "ញ៉ែម រតនា", "លឹម ចន្ទតារា", "ហេង សុភា", "អ៊ុំ សុផល"]
    assert [row.name_km for row in whole] == [*wanted, "Legal Aid"]
    read, page = [], directory.contacts(office, limit=3)
    while page:
        read += page
        page = directory.contacts(office, limit=3, after=page[-1])
    assert read == whole


def test_who_left_the_function_is_not_offered_and_stays_in_the_list(office: Office) -> None:
    gone = lawyer()
    gone.active = Answer.NO
    directory.save_contact(office, gone)
    directory.save_contact(office, Contact(name_latin="Unknown yet", active=None))
    assert [row.active for row in directory.contacts(office)] == [False, True]
    assert [row.name_km for row in directory.contacts(office, active_only=True)] == ["Unknown yet"]


def test_a_contact_is_changed_found_by_its_new_name_and_never_overwritten(office: Office) -> None:
    first = lawyer()
    changes = directory.save_contact(office, first)
    assert changes.parts == {"directory"}
    mine, theirs = (directory.contact_file(office, first.id).contact for _ in range(2))
    theirs.name_km = "ហេង សុភា"
    directory.save_contact(office, theirs)
    assert directory.contacts(office, "លឹម ចន្ទ") == []
    assert [row.name_km for row in directory.contacts(office, "ហេង")] == ["ហេង សុភា"]
    mine.phone = "012 000 000"
    with pytest.raises(EditedElsewhere) as found:
        directory.save_contact(office, mine)
    assert isinstance(found.value.theirs, Contact)
    assert found.value.theirs.name_km == "ហេង សុភា"
    assert directory.contact_file(office, first.id).contact.phone == "012 555 024"


def test_a_contact_without_any_name_is_refused(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        directory.save_contact(office, Contact(name_km=" ", phone="012 555 024"))
    assert refused.value.fields == ("name_km",)
    assert directory.contacts(office) == []


def test_the_file_of_a_contact_names_cases_by_number_and_no_child(office: Office) -> None:
    contact, cases = lawyer(), [a_case(office), a_case(office, "ដារ៉ា")]
    since, until = local(2026, 11, 23).date(), local(2027, 5, 31).date()
    directory.add_to_case(office, CaseContact(case_id=cases[0].id, role=ContactRole.LAWYER, since=since), contact)
    later = CaseContact(case_id=cases[1].id, contact_id=contact.id, role=ContactRole.NGO_WORKER, until=until)
    changes = directory.add_to_case(office, later)
    assert changes.cases == {cases[1].id}
    assert not changes.parts
    file = directory.contact_file(office, contact.id)
    assert [(part.case_number, part.role, part.since, part.until) for part in file.parts] == [
        (cases[1].number, ContactRole.NGO_WORKER, None, until), (cases[0].number, ContactRole.LAWYER, since, None),
    ]  # fmt: skip
    assert "ដារ៉ា" not in repr(file)
    assert "លឹម" not in repr(file)
    with pytest.raises(NoSuch):
        directory.contact_file(office, uuid4())


def test_a_change_of_a_contact_names_the_cases_that_show_it(office: Office) -> None:
    contact, case = lawyer(), a_case(office)
    changes = directory.add_to_case(office, CaseContact(case_id=case.id, role=ContactRole.LAWYER), contact)
    assert (changes.cases, changes.parts) == ({case.id}, {"directory"})
    contact.phone = "012 111 111"
    assert directory.save_contact(office, contact, "new number").cases == {case.id}
    with office.read() as work:
        lines = [line for line in work.find(AuditEntry, record_id=contact.id) if line.action == "changed"]
    assert [line.why for line in lines] == ["new number"]


def test_no_name_stands_in_what_a_row_shows_of_itself(office: Office) -> None:
    directory.save_contact(office, lawyer())
    assert "លឹម" not in repr(directory.contacts(office))


def test_a_new_contact_and_its_part_are_kept_together_or_not_at_all(office: Office) -> None:
    case, new = a_case(office), lawyer()
    part = CaseContact(case_id=case.id, since=local(2026, 11, 23).date(), until=local(2026, 11, 1).date())
    with pytest.raises(Refusal):
        directory.add_to_case(office, part, new)
    assert not directory.contact_exists(office, new.id)
    part.until = None
    changes = directory.add_to_case(office, part, new)
    assert [each.case_id for each in directory.contact_file(office, new.id).parts] == [case.id]
    assert changes.lines is not None
    history.undo(office, changes.lines)
    assert directory.contact_file(office, new.id).parts == ()
