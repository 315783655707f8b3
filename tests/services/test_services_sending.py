"""What goes to other programs: read again by readers of others, with what stays here told and never in the file."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from handed_over import a_case, allow_sharing, state, trail
from strict_vcard import cards

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.exchange import dhis2, oscar, primero
from casemgr.exchange.left_out import Why, in_words
from casemgr.exchange.site_map import FORMAT, read_map
from casemgr.exchange.sources import Section, Source
from casemgr.i18n import Words
from casemgr.measures.indicators.values import Period
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.case import Case, Level
from casemgr.records.child import Child, Guardian, Relation
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.fields import Answer, field_of, fields_of
from casemgr.records.kept import SiteNames
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.pathway.referral_answers import Service
from casemgr.records.staff import Role
from casemgr.services import case_files, casework, directory, measuring
from casemgr.services.rights import rights_of
from casemgr.services.sending_case import (
    LEAVES,
    WITHOUT_CONSENT,
    file_name,
    send_to_oscar,
    send_to_primero,
    warnings,
)
from casemgr.services.sending_contacts import Along, CardKind, contact_warnings, send_contacts
from casemgr.services.sending_map import CLASH, MAPS, Names, forget_names, keep_names, map_from, may_keep, names_of
from casemgr.services.sending_numbers import SetKind, send_to_dhis2
from casemgr.trouble import NoSuch, NotAllowed, Refusal, Stopped

WHY = "សុំមេធាវី"
SECRET = "ពាក្យសម្ងាត់មិនត្រូវចេញ"


@pytest.fixture
def case_id(office) -> UUID:
    """A case of which all that matters here is answered."""
    child = Child(
        family_name_km="ចាន់", given_name_km="ដារ៉ា", family_name_latin="Chan", given_name_latin="Dara",
        sex=field_of(Child, "sex").sample, born=PartialDate.of(2011, 3, 12), village_code="01020304",
        phone="០១២ ៣៤៥ ៦៧៨", guardians=(
            Guardian(name="អ៊ុំ សុផល", relation=Relation.MOTHER, phone="012 345 678", address="ភូមិមួយ"),
            Guardian(name="ចាន់ ស្រី", relation=Relation.SIBLING),
        ),
    )  # fmt: skip
    changes = casework.take_arrest(
        office, child, Case(risk=Level.HIGH), (),
        Arrest(arrested_at=clock.now() - timedelta(days=3), money_by=SECRET, money_asked=Answer.YES),
    )  # fmt: skip
    case_id = next(iter(changes.cases))
    casework.save_record(
        office,
        Referral(case_id=case_id, service=Service.LEGAL_REPRESENTATION, asked_at=clock.local(2026, 1, 2, 8, 30),
                 organisation="ជំនួយ", needs="ត្រូវការមេធាវី"),
    )  # fmt: skip
    casework.save_record(office, Complaint(case_id=case_id, account=SECRET))
    return case_id


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "out.json"


def sent_to_primero(office, case_id, path, **more):
    sent = send_to_primero(office, case_id, path, reason=WHY, language="en", **more)
    return json.loads(path.read_bytes())["data"], sent


def told(sent, why: Why) -> list[str]:
    """Return what was told under one reason."""
    lines = in_words(sent.left, Words("en"))
    if why.value not in lines:
        return []
    after = lines[lines.index(why.value) + 1 :]
    return [line[2:] for line in after[: next((at for at, line in enumerate(after) if not line.startswith("•")), None)]]


def test_primero_gets_what_its_form_knows(office, case_id, path):
    data, sent = sent_to_primero(office, case_id, path)
    assert UUID(data["id"]) == case_id
    assert data["id"] == data["id"].lower()
    assert data["module_id"] == "primeromodule-cp"
    assert (data["name_first"], data["name_last"]) == ("ដារ៉ា (Dara)", "ចាន់ (Chan)")
    assert (data["sex"], data["date_of_birth"], data["estimated"]) == ("male", "2011-03-12", False)
    assert data["location_current"] == "01020304"
    assert data["telephone_current"] == "012 345 678"
    assert (data["status"], data["risk_level"], data["protection_concerns"]) == ("open", "high", ["arrested_detained"])
    family = data["family_details_section"]
    assert [one.get("relation") for one in family] == ["mother", None]
    assert all(str(UUID(one["unique_id"])) == one["unique_id"] for one in family)
    [service] = data["services_section"]
    assert service["service_type"] == "legal_assistance_service"
    assert service["service_response_day_time"] == "2026-01-02T01:30:00.000Z"
    [note] = data["notes_section"]
    assert "Arrested at" in note["note_text"]
    assert "consent_for_services" not in data, "nobody was asked, which is no refusal"
    assert told(sent, Why.NO_CODE) == ["Child: Parents, guardians, support persons"]
    assert told(sent, Why.TURNED_OFF) == [], "the service is sent by another name"
    assert "Parents, guardians, support persons: Address" in told(sent, Why.NO_PLACE)


def test_primero_knows_no_types_but_its_own(filled, path):
    """Dates ISO, whole numbers, true or false, text: no null, no date of another form, in every case of the office."""
    for number, case_id in enumerate(case_files_of(filled)):
        data, _ = sent_to_primero(filled, case_id, path.with_name(f"{number}.json"))
        for name, value in flat(data):
            assert isinstance(value, str | int), name
            if re.search(r"(^|_)date(_|$)", name) and "time" not in name:
                assert date.fromisoformat(value)
            assert name == "location_current" or not isinstance(value, str) or value


def case_files_of(office) -> list[UUID]:
    with office.read() as work:
        return [case.id for case in work.read(Case)]


def flat(value, name=""):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from flat(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from flat(each, name)
    else:
        yield name, value


def test_no_day_of_birth_is_invented(office, case_id, path):
    file = case_files.case_file(office, case_id)
    file.child.born = PartialDate.of(2011)
    casework.save_child(office, file.child, "x")
    data, sent = sent_to_primero(office, case_id, path)
    assert "date_of_birth" not in data
    assert data["estimated"] is True
    assert told(sent, Why.INEXACT) == ["Child: Date of birth"]


def test_what_is_for_named_staff_never_leaves(office, case_id, path):
    _, sent = sent_to_primero(office, case_id, path)
    send_to_oscar(office, case_id, path.with_name("oscar.json"), reason=WHY)
    for file in (path, path.with_name("oscar.json")):
        assert SECRET not in file.read_text("utf-8")
    assert any(line.startswith("Arrest") for line in told(sent, Why.NAMED_STAFF))
    assert not any("omplaint:" in line for line in in_words(sent.left, Words("en")) if "Arrest" not in line)


def test_no_source_reads_what_is_for_named_staff():
    sources = [each for each in (*primero.SOURCES, *oscar.SOURCES, *oscar._REFERRED) if isinstance(each, Source)]
    sources += [each for section in primero.SECTIONS if isinstance(section, Section) for each in section.sources]
    for source in sources:
        for kind, name in source.reads:
            assert not field_of(kind, name).restricted


def test_every_answer_of_a_case_is_sent_or_told(filled, path):
    case_id = a_case(filled)
    _, sent = sent_to_primero(filled, case_id, path)
    file, said = case_files.case_file(filled, case_id), {(each.part, each.what) for each in sent.left}
    sources = [*primero.SOURCES, *(each for section in primero.SECTIONS for each in section.sources)]
    reads = {(kind, name) for source in sources for kind, name in source.reads}
    for record in (file.child, file.case, *file.offences, *file.records):
        if isinstance(record, Complaint):
            continue
        for info in fields_of(type(record)):
            if getattr(record, info.name) in (None, "", ()) or info.computed:
                continue
            assert (type(record), info.name) in reads or (type(record).title, info.label) in said, info.name


def test_a_reason_is_wanted_and_kept(office, case_id, path):
    before = state(office)
    with pytest.raises(Refusal, match="Say why"):
        send_to_primero(office, case_id, path, reason=" ")
    assert state(office) == before
    assert not path.exists()
    sent_to_primero(office, case_id, path)
    last = trail(office, case_id)[-1]
    assert (last.action, last.why) == ("exported", WHY)
    assert "ដារ៉ា" not in (last.changes or "")


def test_what_is_not_written_down_does_not_leave(office, case_id, path, monkeypatch):
    path.write_text("before")

    def fail(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr("casemgr.store.work.add_line", fail)
    with pytest.raises(RuntimeError):
        send_to_primero(office, case_id, path, reason=WHY)
    assert path.read_text() == "before"
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == ["out.json"]


def test_a_child_made_nameless_goes_nowhere(office, case_id, path):
    with office.store.write() as work:
        work.get(Child, work.get(Case, case_id).child_id).anonymised_on = clock.today()
    with pytest.raises(Refusal, match="nameless"):
        send_to_primero(office, case_id, path, reason=WHY)
    assert not path.exists()


def test_warns_by_the_consent(office, case_id):
    assert warnings(case_files.case_file(office, case_id)) == (WITHOUT_CONSENT,)
    allow_sharing(office, case_id)
    assert warnings(case_files.case_file(office, case_id)) == (LEAVES,)
    assert "ដារ៉ា" not in file_name(case_files.case_file(office, case_id), "primero")


def test_a_map_changes_names_and_codes(office, case_id, path, tmp_path):
    own = tmp_path / "map.json"
    own.write_text(json.dumps({
        "format": FORMAT, "for": "primero", "site": {"module_id": "primeromodule-jj"},
        "fields": {"nickname": None, "given-name": "name_given", "services.subtype": "service_subtype"},
        "codes": {"sex": {"male": "m"}, "family.relation": {"sibling": "brother_or_sister"}},
    }))  # fmt: skip
    data, sent = sent_to_primero(office, case_id, path, site=map_from("primero", own))
    assert (data["module_id"], data["sex"], data["name_given"]) == ("primeromodule-jj", "m", "ដារ៉ា (Dara)")
    assert "name_first" not in data
    assert data["services_section"][0]["service_subtype"] == ["legal_support_representation"]
    assert data["family_details_section"][1]["relation"] == "brother_or_sister"
    assert told(sent, Why.NO_CODE) == []


@pytest.mark.parametrize("known", [primero.MAP, oscar.MAP, dhis2.MAP], ids=lambda each: each.system)
def test_a_map_is_read_as_it_was_written(known, tmp_path):
    file = tmp_path / "map.json"
    file.write_text(json.dumps(known.plain(), indent=1), "utf-8-sig")
    assert read_map(file, known) == known


@pytest.mark.parametrize("text", [
    "", "[]", "{", "null", "\xff", json.dumps({"format": FORMAT, "for": "oscar"}), "[" * 100_000,
    json.dumps({"format": FORMAT, "for": "primero", "fields": {"nmae": "x"}}),
    json.dumps({"format": FORMAT, "for": "primero", "more": {}}),
    json.dumps({"format": FORMAT, "for": "primero", "fields": {"sex": 3}}),
    json.dumps({"format": FORMAT, "for": "primero", "fields": {"sex": ""}}),
    json.dumps({"format": FORMAT, "for": "primero", "fields": {"sex": "a\nb"}}),
    json.dumps({"format": FORMAT, "for": "primero", "fields": {"sex": "age"}}),
    json.dumps({"format": FORMAT, "for": "primero", "fields": []}),
    json.dumps({"format": FORMAT, "for": "primero", "codes": {"sex": {"neither": "x"}}}),
    json.dumps({"format": FORMAT, "for": "primero", "codes": {"sex": ["x"]}}),
    json.dumps({"format": FORMAT, "for": "primero", "site": {"module_id": None}}),
    " " * 2_000_000,
])  # fmt: skip
def test_what_is_no_map_is_refused(text, tmp_path):
    file = tmp_path / "map.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(Refusal):
        map_from("primero", file)


def own_names(tmp_path, system: str, **parts):
    file = tmp_path / "own.json"
    file.write_text(json.dumps({"format": FORMAT, "for": system, **parts}))
    return map_from(system, file)


def test_names_kept_with_the_office_are_sent_under_until_they_are_forgotten(office, case_id, path, tmp_path):
    site = own_names(
        tmp_path, "primero", site={"module_id": "own"}, fields={"nickname": None}, codes={"sex": {"male": "m"}}
    )
    assert names_of(office, "primero") == Names(primero.MAP, None)
    keep_names(office, site)
    (tmp_path / "own.json").unlink()
    kept = names_of(office, "primero")
    assert kept.site == site
    assert abs(clock.now() - kept.kept_at) < timedelta(minutes=5)
    data, _ = sent_to_primero(office, case_id, path)
    assert (data["module_id"], data["sex"]) == ("own", "m")
    data, _ = sent_to_primero(office, case_id, path, site=primero.MAP)
    assert (data["module_id"], data["sex"]) == ("primeromodule-cp", "male"), "those given count for one sending"
    keep_names(office, own_names(tmp_path, "primero", site={"module_id": "other"}))
    assert names_of(office, "primero").site.site["module_id"] == "other"
    assert names_of(office, "primero").site.codes == primero.MAP.codes, "nothing of the earlier is left"
    forget_names(office, "primero")
    assert names_of(office, "primero") == Names(primero.MAP, None)
    with pytest.raises(NoSuch):
        forget_names(office, "primero")
    lines = [line for line in trail(office) if line.record_type == "SiteNames"]
    assert [line.action for line in lines] == ["names-kept", "names-kept", "names-forgotten"]


def test_numbers_go_under_the_names_that_are_kept(filled, path, tmp_path):
    keep_names(filled, own_names(tmp_path, "dhis2", site={"org_unit": "OWN"}))
    send_to_dhis2(filled, path, SetKind.JSON, last_year())
    assert json.loads(path.read_bytes())["orgUnit"] == "OWN"


def test_names_of_an_earlier_version_are_read_as_far_as_they_are_known(office):
    plain = {"site": {"gone": "x", "module_id": "own"}, "fields": {"gone": None}, "codes": {"gone": {"a": "b"},
             "sex": {"gone": "x", "male": "m"}}}  # fmt: skip
    with office.store.write() as work:
        work.add(SiteNames(system="primero", plain=json.dumps(plain), kept_at=clock.now()))
    site = names_of(office, "primero").site
    assert (site.site["module_id"], site.codes["sex"]["male"]) == ("own", "m")
    assert (site.fields, site.codes.keys()) == (primero.MAP.fields, primero.MAP.codes.keys())


def test_names_that_clash_with_a_later_version_are_told_and_can_be_forgotten(office, case_id, path):
    taken = primero.MAP.fields["sex"]
    plain = {"site": {}, "fields": {"nickname": taken}, "codes": {}}  # as if "sex" were new since
    with office.store.write() as work:
        work.add(SiteNames(system="primero", plain=json.dumps(plain), kept_at=clock.now()))
    names = names_of(office, "primero")
    assert (names.clash, names.site, names.kept_at is None) == (taken, primero.MAP, False)
    with pytest.raises(Refusal, match="forget those kept") as refused:
        send_to_primero(office, case_id, path, reason=WHY)
    assert refused.value.message == CLASH
    assert not path.exists()
    forget_names(office, "primero")
    send_to_primero(office, case_id, path, reason=WHY)
    assert path.exists()


@pytest.mark.parametrize(("role", "cases", "numbers"), [
    (Role.CASE_WORKER, False, False), (Role.SUPERVISOR, True, True), (Role.DATA_OFFICER, False, True),
    (Role.ADMINISTRATOR, False, False),
])  # fmt: skip
def test_who_may_say_for_the_office_under_which_names_is_sent(office, role, cases, numbers):
    office.rights = rights_of([role])
    for system, site in MAPS.items():
        may = numbers if system == "dhis2" else cases
        assert may_keep(office, system) == may
        assert names_of(office, system).kept_at is None
        if may:
            keep_names(office, site)
            forget_names(office, system)
            continue
        with pytest.raises(NotAllowed):
            keep_names(office, site)
        with pytest.raises(NotAllowed):
            forget_names(office, system)


def test_oscar_gets_a_referral(office, case_id, path):
    sent = send_to_oscar(office, case_id, path, reason=WHY)
    told_of = json.loads(path.read_bytes())["organization"]
    assert told_of["external_id"] == str(case_id)
    assert (told_of["given_name"], told_of["local_family_name"]) == ("Dara", "ចាន់")
    assert (told_of["gender"], told_of["level_of_risk"]) == ("male", "high")
    assert told_of["location_current_village_code"] == told_of["address_current_village_code"] == "01020304"
    assert (told_of["date_of_referral"], told_of["reason_for_referral"]) == ("2026-01-02", "ត្រូវការមេធាវី")
    [service] = told_of["services"]
    assert service["name"] == "Legal representation"
    assert UUID(service["uuid"])
    assert told_of["global_id"] == ""
    assert None not in told_of.values()
    assert "Case: Telephone of who carries the case" in told(sent, Why.WANTED)


def test_oscar_needs_a_referral(office, path):
    changes = casework.take_arrest(office, Child(given_name_km="ក"), Case(), (), Arrest(arrested_at=clock.now()))
    with pytest.raises(Refusal, match="no referral"):
        send_to_oscar(office, next(iter(changes.cases)), path, reason=WHY)
    assert not path.exists()


def test_oscar_names_every_service():
    assert {each.value for each in Service} == set(oscar.MAP.codes["service"])
    assert all(oscar.MAP.codes["service"].values())


@pytest.mark.parametrize("role", [Role.DATA_OFFICER, Role.ADMINISTRATOR])
def test_who_may_not_know_names_sends_none(office, case_id, path, role):
    office.rights = rights_of([role])
    for send in (
        lambda: send_to_primero(office, case_id, path, reason=WHY),
        lambda: send_to_oscar(office, case_id, path, reason=WHY),
        lambda: send_contacts(office, path, CardKind.VCARD, reason=WHY),
    ):
        with pytest.raises(NotAllowed):
            send()
    assert not path.exists()


def last_year() -> Period:
    """Return a year that is over and in which the invented children were busy."""
    year = clock.today().year - 1
    return Period(date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize("by", [None, "sex", "province"])
def test_three_shapes_say_the_same(filled, tmp_path, by):
    files = {kind: tmp_path / f"set.{kind.value}" for kind in SetKind}
    sent = [send_to_dhis2(filled, files[kind], kind, last_year(), by=by) for kind in SetKind]
    assert sent[0] == sent[1] == sent[2]
    assert sent[0].written > 5
    year = str(last_year().first.year)
    plain = json.loads(files[SetKind.JSON].read_bytes())
    assert (plain["period"], plain["dataSet"], plain["orgUnit"]) == (year, "CHILD_JUSTICE", "OFFICE")
    from_json = {(v["dataElement"], v["categoryOptionCombo"], v["value"]) for v in plain["dataValues"]}
    rows = list(csv.DictReader(io.StringIO(files[SetKind.CSV].read_text("utf-8"))))
    assert list(rows[0]) == list(dhis2.HEADINGS)
    assert {(r["dataelement"], r["categoryoptioncombo"], r["value"]) for r in rows} == from_json
    assert {r["period"] for r in rows} == {year}
    root = ET.parse(files[SetKind.ADX]).getroot()  # noqa: S314  (it is our own)
    assert root.tag == f"{{{dhis2.ADX}}}adx"
    assert root.get("exported", "").endswith("Z")
    [group] = root
    assert group.get("period") == f"{year}-01-01/P1Y"
    named = {}
    for value in group:
        split = [name for name in value.attrib if name not in ("dataElement", "value")]
        named[value.get("dataElement"), value.get(split[0]) if split else "default"] = value.get("value")
    assert {(*key, value) for key, value in named.items()} == from_json
    assert len(from_json) == sent[0].written


def test_small_numbers_are_left_out_and_told(filled, path):
    sent = send_to_dhis2(filled, path, SetKind.JSON, last_year(), language="en")
    values = {v["dataElement"]: v["value"] for v in json.loads(path.read_bytes())["dataValues"]}
    masked = told(sent, Why.SMALL)
    assert masked
    for each in measuring.indicators(filled, last_year()):
        for part in dhis2.parts_of(each.indicator):
            element = dhis2.MAP.fields[f"{each.indicator.key}/{part}"]
            if any(line.startswith(f"{each.indicator.title} (") for line in masked):
                assert element not in values
    counted = next(e for e in measuring.indicators(filled, last_year()) if e.indicator.key == "children-arrested")
    if not 0 < counted.value.numerator < 5:
        assert values["CJ_CHILDREN_ARRESTED"] == str(counted.value.numerator)


@pytest.mark.parametrize(("first", "last", "code"), [
    ("2026-02-01", "2026-02-28", "202602"), ("2026-01-01", "2026-03-31", "2026Q1"),
    ("2025-10-01", "2025-12-31", "2025Q4"), ("2026-01-01", "2026-06-30", "2026S1"),
    ("2025-07-01", "2025-12-31", "2025S2"), ("2025-01-01", "2025-12-31", "2025"),
])  # fmt: skip
def test_periods_as_dhis2_writes_them(first, last, code):
    assert dhis2.period_code(Period(date.fromisoformat(first), date.fromisoformat(last)))[0] == code


@pytest.mark.parametrize(("first", "last"), [
    ("2026-02-01", "2026-04-30"), ("2026-01-02", "2026-01-31"), ("2026-01-01", "2026-01-30"),
    ("2024-12-01", "2025-11-30"),
])  # fmt: skip
def test_other_periods_are_refused(office, path, first, last):
    with pytest.raises(Refusal, match="whole month"):
        send_to_dhis2(office, path, SetKind.JSON, Period(date.fromisoformat(first), date.fromisoformat(last)))
    assert not path.exists()


def test_counting_tells_how_far_it_is_and_can_be_stopped(filled, path):
    told = []
    send_to_dhis2(filled, path, SetKind.JSON, last_year(), progress=lambda done, total: told.append((done, total)))
    assert told
    path.unlink()
    with pytest.raises(Stopped):
        send_to_dhis2(filled, path, SetKind.JSON, last_year(), cancelled=lambda: True)
    assert not path.exists()


@pytest.mark.parametrize("known", [primero.MAP, oscar.MAP, dhis2.MAP], ids=lambda each: each.system)
def test_the_names_the_program_has(known, golden):
    golden(f"field-names-{known.system}", json.dumps(known.plain(), ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("by", ["category", "ethnicity", "nothing"])
def test_groups_that_do_not_add_up_are_refused(filled, path, by):
    with pytest.raises(Refusal):
        send_to_dhis2(filled, path, SetKind.JSON, last_year(), by=by)
    assert not path.exists()


@pytest.mark.parametrize("name", ["a b", "1x", "dataElement", "ភេទ"])
def test_a_category_is_a_name_of_xml(tmp_path, name):
    file = tmp_path / "map.json"
    file.write_text(json.dumps({"format": FORMAT, "for": "dhis2", "fields": {"category.sex": name}}))
    with pytest.raises(Refusal) as refused:
        map_from("dhis2", file)
    assert refused.value.slots == {"name": "category.sex"}


def test_only_who_may_measure_sends_numbers(filled, path):
    filled.rights = rights_of([Role.CASE_WORKER])
    with pytest.raises(NotAllowed):
        send_to_dhis2(filled, path, SetKind.JSON, last_year())
    filled.rights = rights_of([Role.DATA_OFFICER])
    assert send_to_dhis2(filled, path, SetKind.JSON, last_year()).written


HARD = "ក;ខ,គ\\ឃ\n" + "ង" * 60


@pytest.fixture
def contacts(office) -> dict[str, Contact]:
    """Contacts of every sort."""
    made = {
        "lawyer": Contact(
            name_km="លឹម ចន្ទតារា", name_latin="Lim Chantara", role=ContactRole.LAWYER, organisation=HARD,
            phone="០១២ ៥៥៥ ០២៤", phone_2="+855 97 555 0240", email="lawyer@example.org", place_code="0102",
            notes=SECRET, trained=Answer.YES,
        ),
        "clerk": Contact(name_km="=1+1", role=ContactRole.CLERK, phone="012 555 024 ext 3"),
        "mother": Contact(name_km="អ៊ុំ សុផល", role=ContactRole.GUARDIAN, phone="012 345 678"),
        "gone": Contact(name_km="ចាស់", role=ContactRole.POLICE, active=Answer.NO),
        "office": Contact(organisation="ពន្ធនាគារ", role=ContactRole.PRISON_OFFICER),
    }  # fmt: skip
    for contact in made.values():
        directory.save_contact(office, contact)
    return made


def of(card, name):
    return [each for each in card if each.name == name]


def test_cards_are_read_by_a_strict_reader(office, contacts, tmp_path):
    path = tmp_path / "out.vcf"
    sent = send_contacts(office, path, CardKind.VCARD, reason=WHY, language="en")
    found = {of(card, "UID")[0].parts[0]: card for card in cards(path.read_bytes())}
    ids = {name: f"urn:uuid:{each.id}" for name, each in contacts.items()}
    assert set(found) == {ids["lawyer"], ids["clerk"], ids["office"]}
    assert sent.written == 3
    lawyer = found[ids["lawyer"]]
    assert [each.parts[0] for each in of(lawyer, "FN")] == ["លឹម ចន្ទតារា", "Lim Chantara"]
    assert of(lawyer, "N")[0].parts == ("Lim", "Chantara", "", "", "")
    assert of(lawyer, "ORG")[0].parts[0] == HARD
    assert [each.parts[0] for each in of(lawyer, "TEL")] == ["tel:+85512555024", "tel:+855975550240"]
    assert of(lawyer, "TITLE")[0].parts == ("Lawyer",)
    assert not of(lawyer, "NOTE")
    clerk = found[ids["clerk"]]
    assert of(clerk, "TEL")[0].parameters["VALUE"] == "text"
    assert of(clerk, "TEL")[0].parts == ("012 555 024 ext 3",)
    assert of(found[ids["office"]], "FN")[0].parts == ("ពន្ធនាគារ",)
    assert set(told(sent, Why.NOT_CHOSEN)) == {
        "Contacts who are no more in their function (1)", "Parents, guardians and relatives (1)", "Contact: Notes",
    }  # fmt: skip
    assert "Contact: Trained in child justice?" in told(sent, Why.NO_PLACE)


@pytest.mark.usefixtures("contacts")
def test_families_and_notes_go_along_when_asked(office, tmp_path):
    path, along = tmp_path / "out.vcf", Along(families=True, notes=True)
    assert len(contact_warnings(along)) == 3
    sent = send_contacts(office, path, CardKind.VCARD, reason=WHY, along=along)
    found = cards(path.read_bytes())
    assert len(found) == 4
    assert [of(card, "NOTE")[0].parts[0] for card in found if of(card, "NOTE")] == [SECRET]
    assert told(sent, Why.NOT_CHOSEN) == ["Contacts who are no more in their function (1)"]


def test_contacts_as_csv(office, contacts, tmp_path):
    path = tmp_path / "out.csv"
    send_contacts(office, path, CardKind.CSV, reason=WHY)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = {row["uid"]: row for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))}
    lawyer, clerk = rows[str(contacts["lawyer"].id)], rows[str(contacts["clerk"].id)]
    assert (lawyer["province_code"], lawyer["phone"], lawyer["notes"]) == ("01", "០១២ ៥៥៥ ០២៤", "")
    assert lawyer["organisation"] == HARD
    assert lawyer["phone2"] == "'+855 97 555 0240"
    assert clerk["name_km"] == "'=1+1", "no formula"


def test_who_is_of_the_family_in_a_case_alone_stays_as_well(office, contacts, case_id, tmp_path):
    """As a clerk who is the guardian of a child: the directory says nothing of that."""
    casework.save_record(
        office, CaseContact(case_id=case_id, contact_id=contacts["clerk"].id, role=ContactRole.GUARDIAN)
    )
    sent = send_contacts(office, tmp_path / "out.csv", CardKind.CSV, reason=WHY, language="en")
    assert sent.written == 2
    assert "Parents, guardians and relatives (2)" in told(sent, Why.NOT_CHOSEN)
    assert send_contacts(office, tmp_path / "b.csv", CardKind.CSV, reason=WHY, along=Along(families=True)).written == 4


@pytest.mark.usefixtures("contacts")
def test_contacts_need_a_reason_and_leave_a_line(office, tmp_path):
    path = tmp_path / "out.csv"
    with pytest.raises(Refusal, match="Say why"):
        send_contacts(office, path, CardKind.CSV, reason="")
    assert not path.exists()
    send_contacts(office, path, CardKind.CSV, reason=WHY)
    last = trail(office)[-1]
    assert (last.action, last.record_type, last.why) == ("exported", "List", WHY)


def test_no_file_into_the_office_itself(office, case_id):
    with pytest.raises(Refusal, match="own folder"):
        send_to_primero(office, case_id, office.folder / "x.json", reason=WHY)
