"""The one search: what is found, by what, in which order, for whom; and that nothing of it is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casemgr.records.case import Case
from casemgr.records.child import Child, Guardian, Sex
from casemgr.records.kept import AuditEntry
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, casework, history, lists
from casemgr.services.finding import FoundChild, Why, find_children
from casemgr.services.office import Office, open_office
from casemgr.trouble import NotAllowed

PASSWORD = "correct horse battery staple"


@pytest.fixture
def dara(office: Office) -> Child:
    child = Child(
        family_name_km="ចាន់", given_name_km="ដារ៉ា", nickname="តូច", sex=Sex.MALE, village_code="17100401",
        phone="012 345 678", guardians=(Guardian(name="អ៊ុំ សុផល", phone="097 555 0123"),),
    )  # fmt: skip
    casework.save_child(office, child)
    casework.open_case(office, child.id, Case(court_number="៤៥៦/២០២៦", police_report_number="124/26"))
    return child


def named(office: Office, family: str, given: str, **more: object) -> Child:
    child = Child(family_name_latin=family, given_name_latin=given, **more)
    casework.save_child(office, child)
    return child


def found(office: Office, typed: str) -> list[FoundChild]:
    return find_children(office, typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("ចាន់", Why.NAME), ("ដា", Why.NAME), ("រ៉ា", Why.NAME), ("ចាន់ ដារ៉ា", Why.NAME), ("ដារ៉ា ចាន់", Why.NAME),
        ("ចាន់ដារ៉ា", Why.NAME),
        ("ចាន់\u200bដារ៉ា", Why.NAME), ("chan", Why.SOUND), ("Chann Dara", Why.SOUND), ("dar", Why.SOUND),
        ("តូច", Why.NICKNAME), ("touch", Why.NICKNAME), ("SR-C-0001", Why.CODE), ("c-0001", Why.CODE),
        ("456/2026", Why.COURT_NUMBER), ("៤៥៦", Why.COURT_NUMBER), ("124/26", Why.POLICE_NUMBER),
        ("012345678", Why.PHONE), ("០១២ ៣៤៥", Why.PHONE), ("345678", Why.PHONE), ("0123", Why.PHONE),
        ("សុផល", Why.GUARDIAN), ("voat bour", Why.PLACE), ("វត្តបូព៌", Why.PLACE),
    ],
)  # fmt: skip
def test_a_child_is_found_by_and_says_by_what(office, dara, typed, why):
    (one,) = found(office, typed)
    assert one.id == dara.id
    assert why in {match.why for match in one.matches}


def test_every_word_must_fit(office, dara):
    assert [each.id for each in found(office, "dara សុផល")] == [dara.id]
    assert found(office, "dara សុភា") == []
    assert found(office, "ចាន់ 999") == []


@pytest.mark.usefixtures("dara")
def test_less_than_two_letters_find_nothing(office):
    assert found(office, "") == found(office, "  ") == found(office, "ច") == found(office, "d") == []


@pytest.mark.usefixtures("dara")
@pytest.mark.parametrize("typed", ["\U0010ffff\U0010ffff", "\ud7ff\ud7ff", "a" * 5000, "\x00ab", "-- .."])
def test_what_is_no_word_finds_nothing(office, typed):
    assert find_children(office, typed) == []


@pytest.mark.usefixtures("dara")
def test_the_number_of_a_case_leads_to_the_case(office):
    (one,) = found(office, lists.cases(office)[0].number)
    assert one.case is not None
    assert one.matches[0].why is Why.CASE_NUMBER
    assert one.newest == one.case


def test_the_likeliest_stands_first_and_those_alike_in_dictionary_order(office):
    for family, given in (("Sokha", "Mony"), ("Sok", "Visal"), ("Keo", "Sokha"), ("Suk", "Dara"), ("Sok", "Bopha")):
        named(office, family, given)
    names = [each.name_latin for each in found(office, "sok")]
    assert names[:2] == ["Sok Bopha", "Sok Visal"]
    assert set(names[2:4]) == {"Keo Sokha", "Sokha Mony"}
    assert names[4:] == ["Suk Dara"]


@pytest.mark.parametrize(
    ("typed", "given"),
    [("Sreymom", "Srey Mom"), ("srey mom", "Sreymom"), ("sreymum", "Sreymom"), ("ស្រីមុំ", "Sreymom"), ("mom", "Sreymom")],
)
def test_one_name_in_many_spellings(office, typed, given):
    child = named(office, "Chea", given)
    named(office, "Chea", "Bopha")
    hits = found(office, typed)
    assert [each.id for each in hits] == [child.id]


def test_the_search_follows_what_is_written_and_what_is_taken_back(office, dara):
    dara.given_name_km, dara.guardians = "វិសាល", ()
    saved = casework.save_child(office, dara)
    assert found(office, "ដារ៉ា") == found(office, "សុផល") == []
    assert [each.id for each in found(office, "visal")] == [dara.id]
    assert saved.lines is not None
    history.undo(office, saved.lines)
    assert found(office, "visal") == []
    assert len(found(office, "ដារ៉ា")) == len(found(office, "សុផល")) == 1


@pytest.mark.usefixtures("dara")
def test_nothing_of_what_was_typed_is_kept(office):
    def lines() -> int:
        with office.read() as work:
            return len(work.find(AuditEntry))

    before, files = lines(), sizes(office.folder)
    found(office, "Zzcanary ដារ៉ា")
    found(office, "dara")
    assert lines() == before
    assert sizes(office.folder) == files


def sizes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in folder.iterdir()}


@pytest.fixture
def stranger(office: Office, dara: Child) -> Iterator[Office]:
    """The office as another worker has it open, who carries no case of that child."""
    assert dara.code
    other = StaffMember(name="អ្នកផ្សេង", roles=(Role.CASE_WORKER,))
    accounts.add_account(office, other, PASSWORD)
    casework.save_child(office, Child(family_name_latin="Chan", given_name_latin="Sophea", code=None))
    folder = office.folder
    office.close()
    opened = open_office(folder, "អ្នកផ្សេង", PASSWORD)
    accounts.change_password(opened, PASSWORD, f"{PASSWORD} more")
    yield opened
    opened.close()


def test_another_workers_children_are_not_found_nor_their_numbers(stranger):
    assert [each.name_latin for each in found(stranger, "chan")] == ["Chan Sophea"]
    assert found(stranger, "chan dara") == []
    for typed in ("456/2026", "2026-0001", "012345678", "សុផល", "តូច"):
        assert found(stranger, typed) == []


@pytest.mark.usefixtures("dara")
def test_who_may_not_know_names_finds_nobody(office):
    office.rights = frozenset()
    with pytest.raises(NotAllowed):
        found(office, "dara")


@pytest.mark.usefixtures("dara")
def test_no_name_is_in_what_a_log_would_show(office):
    (one,) = found(office, "dara")
    assert "ដារ៉ា" not in f"{one!r} {one.matches!r} {one.newest!r}"
