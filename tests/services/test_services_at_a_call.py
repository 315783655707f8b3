"""What helps while an arrest is taken down: the clocks it will set running, and the units that may be meant."""

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.khmer.search import search_key
from casemgr.records.case import Case, Offence, OffenceCategory, OffenceClass
from casemgr.records.child import Child
from casemgr.records.pathway.arrest import Arrest
from casemgr.services import at_a_call, case_files, casework
from casemgr.services.at_a_call import KnownUnit, fitting_units
from casemgr.services.office import Office

TOWN, DISTRICT, POST, FAR = "អធិការដ្ឋានក្រុងសៀមរាប", "អធិការដ្ឋានស្រុកពួក", "ប៉ុស្តិ៍ពួក", "អធិការដ្ឋានបាត់ដំបង"


def unit(name: str, place_code: str | None) -> KnownUnit:
    return KnownUnit(name, place_code, search_key(name))


def arrest(office: Office, held: str | None, arrested_by: str | None = None, place: str | None = None) -> Arrest:
    child, case = Child(family_name_km="សុខ"), Case()
    casework.save_child(office, child)
    casework.open_case(office, child.id, case)
    record = Arrest(
        case_id=case.id, arrived_at=clock.now(), police_unit=held, arresting_unit=arrested_by, place_code=place
    )
    casework.save_record(office, record)
    return record


def test_the_units_of_the_last_arrests_are_known_newest_first(office: Office) -> None:
    arrest(office, FAR, place="0201")
    arrest(office, None)
    arrest(office, DISTRICT, POST, place="170701")
    arrest(office, FAR, place="0201")
    assert at_a_call.police_units(office) == (unit(FAR, "0201"), unit(DISTRICT, "170701"), unit(POST, "170701"))


def test_the_nearest_units_come_first_and_each_name_once() -> None:
    units = (unit(FAR, "0201"), unit(TOWN, "171002"), unit(POST, "170701"), unit(FAR, None))
    assert fitting_units(units, "", None) == [FAR, TOWN, POST]
    assert fitting_units(units, "", "17070102") == [POST, TOWN, FAR]
    assert fitting_units(units, "", "1710") == [TOWN, POST, FAR]
    assert fitting_units(units, "ពួក", "1710") == [POST]
    assert fitting_units(units, "អធិការ", None, limit=1) == [FAR]
    assert fitting_units(units, "nobody", None) == []


def test_the_clocks_ahead_are_those_that_the_case_then_has(office: Office) -> None:
    child = Child(family_name_km="សុខ", born=PartialDate.of(clock.today().year - 15, 1, 1))
    offence = Offence(
        category=OffenceCategory.THEFT, offence_class=OffenceClass.MISDEMEANOUR,
        committed_on=PartialDate.on(clock.today()),
    )  # fmt: skip
    record = Arrest(arrested_at=clock.now(), arrived_at=clock.now())
    ahead = at_a_call.clocks_ahead(office, child, (offence,), record)
    assert [each.deadline.rule for each in ahead] == ["police-custody", "lawyer-24h"]
    assert not any(each.awaits_age for each in ahead)
    assert ahead[0].limit is not None
    case = Case()
    casework.take_arrest(office, child, case, (offence,), record)
    kept = case_files.case_file(office, case.id, log=False).deadlines
    assert {each.deadline.due_at for each in ahead} == {each.due_at for each in kept}
    again = at_a_call.clocks_ahead(office, Child(), (offence,), record, known=child.id)
    assert [each.deadline.due_at for each in again] == [each.deadline.due_at for each in ahead]


def test_a_custody_that_only_a_child_under_fourteen_could_not_begin_awaits_the_age(office: Office) -> None:
    custody, lawyer = at_a_call.clocks_ahead(office, Child(), (), Arrest(arrived_at=clock.now()))
    assert (custody.deadline.rule, custody.awaits_age, lawyer.awaits_age) == ("police-custody", True, False)
    young = Child(born=PartialDate.of(clock.today().year - 12))
    custody, _ = at_a_call.clocks_ahead(office, young, (), Arrest(arrived_at=clock.now()))
    assert not custody.awaits_age
