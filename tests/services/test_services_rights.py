"""Every function of the services with every role: who lacks the right changes nothing, who may not know names has none.

The table is in every_service.py.
"""

import dataclasses
import io
import shutil
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdf
import pytest
from every_service import ENDING, INNER, PASSWORD, TABLE, Known, declared, takes
from PIL import Image

from casemgr import clock
from casemgr.measures.indicators.values import Period
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.beside.document import Document
from casemgr.records.beside.note import Note
from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.contact import Contact
from casemgr.records.office import OfficeSettings
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.retention import ErasingGround, ErasingWay, Erasure
from casemgr.records.staff import FIRST_ROLES, Role, StaffMember
from casemgr.services import case_files, casework, documents, lists, practice, reporting, reports
from casemgr.services.follow_up_export import export_follow_ups
from casemgr.services.follow_ups import filter_of, follow_up_list
from casemgr.services.list_files import ListKind
from casemgr.services.office import Office, Right, create_office, open_office
from casemgr.services.rights import RIGHTS, rights_of
from casemgr.store.keys import PRACTICE_COST
from casemgr.trouble import NotAllowed

FIRST = "ទេព បូរិន"
CANARIES = ("Canaryfam", "Canarygiven", "Canarynick", "Canaryguard", "Canaryplace", "កាណារីត្រកូល", "កាណារីនាម")
STAFF: dict[str, tuple[Role, ...]] = {
    "worker": (Role.CASE_WORKER,),
    "stranger": (Role.CASE_WORKER,),
    "supervisor": (Role.SUPERVISOR,),
    "officer": (Role.DATA_OFFICER,),
    "administrator": (Role.ADMINISTRATOR,),
    "nobody": (),
    "fresh": FIRST_ROLES,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Known]:
    """An office in which one worker carries every case, and everybody else is somebody else."""
    folder = tmp_path_factory.mktemp("rights")
    said = OfficeSettings(code="SR", name_km="ការិយាល័យ", name_en="Office", practice=True)
    office = create_office(folder / "office", said, StaffMember(name=FIRST), PASSWORD, cost=PRACTICE_COST)[0]
    practice.fill_practice(office, 12, 7)
    staff = {name: StaffMember(name=name, roles=roles) for name, roles in STAFF.items()}
    with office.store.changing_keys() as change:
        for name, each in staff.items():
            change.work.add(each)
            change.keys.add(each.id, name, PASSWORD, PRACTICE_COST, change.data_key, given=name == "fresh")
    with office.store.write() as work:
        for case in work.find(Case):
            case.worker_id = staff["worker"].id
        for arrest in work.find(Arrest):
            arrest.police_unit = "Canaryplace"
        for detention in work.find(Detention):
            detention.facility = "Canaryplace"
        children = work.find(Child)
    for child in children:
        child.family_name_km, child.given_name_km = CANARIES[5:]
        child.family_name_latin, child.given_name_latin, child.nickname = CANARIES[:3]
        child.guardians = tuple(dataclasses.replace(guardian, name="Canaryguard") for guardian in child.guardians)
        casework.save_child(office, child)
    with office.store.read() as work:
        inquiry = next(each for each in work.find(SocialInquiry) if each.submitted_at is not None)
        case = work.get(Case, inquiry.case_id)
        contact = work.find(Contact)[0]
    draft = reports.new_report(office, case.id)
    casework.save_record(office, draft, "x")
    readers = tuple(each.id for name, each in staff.items() if name != "stranger")
    complaint = Complaint(case_id=case.id, told_on=clock.today(), account="x", readers=(*readers, office.staff.id))
    casework.save_record(office, complaint, "x")
    casework.save_record(office, CaseContact(case_id=case.id, contact_id=contact.id), "x")
    note = Note(case_id=case.id, happened_at=clock.now(), text="x")
    casework.save_record(office, note, "x")
    picture = folder / "picture.png"
    Image.new("RGB", (60, 60), "white").save(picture)
    document = Document(case_id=case.id)
    documents.add_document(office, document, picture)
    erasure = Erasure(
        done_at=clock.now(), way=ErasingWay.ERASE, ground=ErasingGround.RULE, known_as="SR-C-0099", reason="x",
        counts=(), still=(), done_by=staff["administrator"].id,
        confirmed_by=staff["supervisor"].id, head_before=f"1:{'0' * 64}",
        head_after=f"2:{'0' * 64}",
    )  # fmt: skip
    with office.store.write() as work:
        work.add(erasure)
    today = clock.today()
    known = Known(
        case.id, case.child_id, case.number or "", document.id, contact.id, complaint.id, draft.id, inquiry.id, note.id,
        erasure.id,
        {name: each.id for name, each in staff.items()}, case_files.case_file(office, case.id),
        reporting.read_facts(office, Period(today.replace(month=1, day=1), today)), picture, folder,
    )  # fmt: skip
    office.close()
    return folder / "office", known


@pytest.fixture
def opened(made: tuple[Path, Known], tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Office, Known]]:
    """A copy of that office, opened as who is asked for."""
    shutil.copytree(made[0], tmp_path / "office")
    (tmp_path / "files").mkdir()
    made[1].folder = tmp_path / "files"
    office = open_office(tmp_path / "office", request.param, PASSWORD)
    yield office, made[1]
    office.close()


def everything(office: Office) -> str:
    """Return a digest of every row of every table, and of the key file."""
    told = sha256((office.folder / "office.keys").read_bytes())
    with office.store._running().connect() as connection:
        asked = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        for name in connection.exec_driver_sql(asked).scalars().all():
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):  # noqa: S608  (the file's own names)
                told.update(repr(tuple(row)).encode())
    return told.hexdigest()


def words_in(found: Any, seen: set[int] | None = None) -> Iterator[str]:
    """Yield every text that can be read in what a service returned, files included."""
    seen = set() if seen is None else seen
    if id(found) in seen:
        return
    seen.add(id(found))
    match found:
        case str():
            yield found
        case bytes() if found.startswith(b"%PDF"):
            yield from (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(found)).pages)
        case bytes() if found.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(found)) as packed:
                yield from (packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
        case bytes():
            yield found.decode("utf-8", "replace")
        case dict():
            for key, value in found.items():
                yield from words_in(key, seen)
                yield from words_in(value, seen)
        case list() | tuple() | set() | frozenset():
            for each in found:
                yield from words_in(each, seen)
        case _ if hasattr(found, "__dict__"):
            yield from words_in(vars(found), seen)


def canaries_in(found: Any) -> set[str]:
    """Return the names that can be read in what a service returned."""
    return {canary for text in words_in(found) for canary in CANARIES if canary in text}


def test_every_function_that_is_given_an_office_is_in_the_table() -> None:
    functions = declared()
    given = {name for name, signature in functions.items() if takes(signature, "office")}
    within = {name for name, signature in functions.items() if takes(signature, "work")}
    assert within == INNER
    assert given - within - ENDING == TABLE.keys()


def test_the_walk_finds_names_where_they_are(made: tuple[Path, Known]) -> None:
    assert canaries_in(made[1].file) >= set(CANARIES[:4])


def test_roles_give_rights_together_and_nobody_has_any_without() -> None:
    assert rights_of(()) == {Right.USE}
    assert rights_of((Role.DATA_OFFICER, Role.ADMINISTRATOR)) == RIGHTS[Role.DATA_OFFICER] | RIGHTS[Role.ADMINISTRATOR]
    assert rights_of(FIRST_ROLES) == frozenset(Right)
    assert not RIGHTS[Role.ADMINISTRATOR] & {Right.LIST, Right.READ_CASES, Right.PRINT, Right.MEASURE}
    assert Right.READ_CASES not in RIGHTS[Role.DATA_OFFICER]


@pytest.mark.parametrize("opened", STAFF, indirect=True)
def test_who_lacks_the_right_is_refused_and_changes_nothing(opened: tuple[Office, Known]) -> None:
    office, known = opened
    before = everything(office)
    lacking = [name for name, asked in TABLE.items() if not asked.is_for(office)]
    for name in lacking:
        try:
            TABLE[name].call(office, known)
        except NotAllowed:
            continue
        pytest.fail(f"{name} is not refused")
    assert len(lacking) > 10
    assert everything(office) == before
    assert list(known.folder.iterdir()) == []


@pytest.mark.parametrize(
    "opened",
    [
        pytest.param(name, marks=() if name in {FIRST, "stranger", "officer"} else pytest.mark.slow)
        for name in (FIRST, *STAFF)
    ],  # with every run: who may do everything, and two of whom names are kept
    indirect=True,
)
def test_who_has_the_right_may_use_it_and_sees_no_name_that_is_not_for_them(opened: tuple[Office, Known]) -> None:
    office, known = opened
    stranger = office.staff.name == "stranger"
    for name, asked in TABLE.items():
        if not asked.is_for(office):
            continue
        found = None
        try:
            found = asked.call(office, known)
        except NotAllowed:
            assert stranger and asked.of_case, f"{name} is refused"  # noqa: PT018
        else:
            assert not (stranger and asked.of_case), f"{name} is not refused"
        if stranger or not office.knows_names:
            assert not canaries_in(found), name
    for file in known.folder.iterdir():
        if stranger or not office.knows_names:
            assert not canaries_in(file.read_bytes())


@pytest.mark.parametrize("opened", ["officer"], indirect=True)
def test_a_data_officer_sees_every_row_by_its_code_and_finds_nobody_by_a_name(opened: tuple[Office, Known]) -> None:
    office, known = opened
    children, cases = lists.children(office), lists.cases(office)
    assert len(children) == len(cases) == 12
    assert [row.code for row in children] == sorted(row.name_km for row in children)
    assert [row.code for row in lists.children(office, after=children[4], limit=3)] == [r.code for r in children[5:8]]
    assert [row.code for row in lists.children(office, children[3].code.lower())] == [children[3].code]
    assert [row.id for row in lists.cases(office, known.number)] == [known.case]
    for search in ("Canaryfam", "កាណារីត្រកូល", "canaryg"):
        assert lists.children(office, search) == lists.cases(office, search) == []
    assert lists.who_is_where(office)
    assert follow_up_list(office)
    for form, ending in ((ListKind.WORKBOOK, "xlsx"), (ListKind.CSV, "csv"), (ListKind.PAPER, "pdf")):
        target = known.target(ending)
        assert export_follow_ups(office, target, form, filter_of(office), pseudonymised=True, language="en")
        assert not canaries_in(target.read_bytes())


@pytest.mark.parametrize("opened", ["officer"], indirect=True)
def test_a_data_officer_narrows_the_list_by_nothing_that_it_does_not_say(opened: tuple[Office, Known]) -> None:
    office, known = opened
    told = follow_up_list(office)[0].village_code
    with office.store.read() as work:
        village = next(each.village_code for each in work.find(Child) if (each.village_code or "").startswith(told))
    province = follow_up_list(office, place=told)
    assert len(village) > len(told)
    assert follow_up_list(office, place=village) == province != []
    with pytest.raises(NotAllowed):
        follow_up_list(office, worker_id=known.case)
    target, near, carried = (
        known.target("csv"),
        filter_of(office, place=village),
        filter_of(office, worker_id=known.case),
    )
    assert export_follow_ups(office, target, ListKind.CSV, near, pseudonymised=True, language="en") == len(province)
    with pytest.raises(NotAllowed):
        export_follow_ups(office, target, ListKind.CSV, carried, pseudonymised=True, language="en")


@pytest.mark.parametrize("opened", ["stranger"], indirect=True)
def test_a_case_worker_learns_of_another_workers_child_its_code_alone(opened: tuple[Office, Known]) -> None:
    office, known = opened
    assert lists.children(office) == lists.cases(office) == lists.today(office) == lists.who_is_where(office) == []
    assert follow_up_list(office) == []
    assert lists.carried_elsewhere(office, "Canaryfam") == lists.carried_elsewhere(office, "Canaryfa Canarygi") == []
    codes = lists.carried_elsewhere(office, "canarygiven CANARYFAM")
    assert len(codes) == 5
    assert all(code.startswith("SR-C-") for code in codes)
    target = known.target("csv")
    assert export_follow_ups(office, target, ListKind.CSV, filter_of(office), pseudonymised=True, language="en") == 0


@pytest.mark.parametrize("opened", ["fresh"], indirect=True)
def test_a_first_password_opens_nothing_until_it_is_changed(opened: tuple[Office, Known]) -> None:
    from casemgr.services import accounts

    office, _ = opened
    assert office.must_change_password
    assert office.rights == {Right.USE}
    with pytest.raises(NotAllowed, match="Change it first"):
        lists.cases(office)
    accounts.change_password(office, PASSWORD, "a password of my own")
    assert not office.must_change_password
    assert office.rights == frozenset(Right)
    assert len(lists.cases(office)) == 12
