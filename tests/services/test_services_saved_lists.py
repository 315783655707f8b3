"""Lists of cases under a name: kept, opened, changed, for one or for everybody, and never in each other's way."""

import json

import pytest
from held import arrest

from casemgr.i18n import Words
from casemgr.khmer.sorting import sort_key
from casemgr.records.kept import AuditEntry, SavedList
from casemgr.records.staff import Role, StaffMember
from casemgr.services import accounts, case_list, saved_lists
from casemgr.services.case_list import CaseView
from casemgr.services.office import Office, open_office
from casemgr.services.saved_lists import CHANGED, GONE, NO_NAME, TAKEN
from casemgr.store.office_store import OfficeStore
from casemgr.trouble import NoSuch, NotAllowed, Refusal

PASSWORD = "correct horse battery staple"
HELD = CaseView({"held": ("yes",), "place": ("17",)}, ("number", "held"), "due")


@pytest.fixture
def joined(office: Office) -> tuple[Office, Office]:
    """The office as a supervisor has it, and as a case worker has it in turn; one store serves both."""
    accounts.add_account(office, StaffMember(name="Sok Dara", roles=(Role.CASE_WORKER,)), PASSWORD)
    with office.read() as work:
        worker = next(each for each in work.find(StaffMember) if each.name == "Sok Dara")
    other = Office(_as(office.store, worker), worker, office.settings)
    other.refresh()
    return office, other


def _as(store: OfficeStore, staff: StaffMember) -> OfficeStore:
    """Return the same store as somebody else has it open."""
    return OfficeStore(store.folder, store._running(), store._lock, store._data_key, staff.id)


def plain(office: Office) -> list[str]:
    with office.read() as work:
        return [each.plain for each in work.find(SavedList)]


def test_a_list_is_opened_as_it_was_saved_also_after_the_office_was_closed(office: Office) -> None:
    row = saved_lists.save_list_as(office, "  ឃុំខ្លួន   នៅសៀមរាប ", HELD)
    assert (row.name, row.shared, row.mine, row.may_change) == ("ឃុំខ្លួន នៅសៀមរាប", False, True, True)
    folder = office.folder
    office.close()
    again = open_office(folder, "", PASSWORD)
    try:
        assert [each.name for each in saved_lists.saved_lists(again)] == [row.name]
        opened, read = saved_lists.open_list(again, saved_lists.list_named(again, row.name))
        assert opened == row
        assert read == (HELD, (), ())
    finally:
        again.close()


def test_of_two_lists_of_one_name_the_own_one_is_meant(joined: tuple[Office, Office]) -> None:
    office, other = joined
    own = saved_lists.save_list_as(office, "Held", HELD)
    theirs = saved_lists.save_list_as(other, "Held", HELD, shared=True)
    assert {row.id for row in saved_lists.saved_lists(office)} == {own.id, theirs.id}
    assert saved_lists.list_named(office, "held") == own.id
    assert saved_lists.list_named(other, "held") == theirs.id


def test_a_name_has_no_signs_that_a_terminal_obeys(office: Office) -> None:
    assert saved_lists.save_list_as(office, "He\x1b[31mld\u200b \x07", HELD).name == "He[31mld"


def test_lists_stand_in_dictionary_order(office: Office) -> None:
    for name in ("ខ", "ក", "b", "a"):
        saved_lists.save_list_as(office, name, HELD)
    assert [each.name for each in saved_lists.saved_lists(office)] == sorted(("ខ", "ក", "b", "a"), key=sort_key)


def test_a_list_is_changed_renamed_and_deleted(office: Office) -> None:
    row = saved_lists.save_list_as(office, "Held", HELD)
    row = saved_lists.change_list(office, row, view=CaseView())
    assert saved_lists.open_list(office, row.id)[1].view == CaseView()
    row = saved_lists.change_list(office, row, name="Open", shared=True)
    assert (row.name, row.shared, row.version) == ("Open", True, 3)
    saved_lists.delete_list(office, row)
    assert saved_lists.saved_lists(office) == []
    with office.read() as work:
        lines = work.find(AuditEntry, record_id=row.id)
    assert [line.action for line in lines] == ["created", "changed", "changed", "removed"]
    assert json.loads(lines[2].changes or "")["name"] == ["Held", "Open"]
    with pytest.raises(NoSuch, match=GONE):
        saved_lists.open_list(office, row.id)


@pytest.mark.parametrize(("name", "message"), [("  ", NO_NAME), ("x" * 61, saved_lists.TOO_LONG), ("HELD", TAKEN)])
def test_a_name_that_will_not_do_is_refused_and_marked(office: Office, name: str, message: str) -> None:
    saved_lists.save_list_as(office, "Held", HELD)
    with pytest.raises(Refusal) as refused:
        saved_lists.save_list_as(office, name, HELD)
    assert (refused.value.message, refused.value.fields) == (message, ("name",))
    assert refused.value.say(Words("km"))


def test_a_list_keeps_its_own_name(office: Office) -> None:
    row = saved_lists.save_list_as(office, "Held", HELD)
    assert saved_lists.change_list(office, row, name="held").name == "held"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(joined: tuple[Office, Office]) -> None:
    supervisor, worker = joined
    row = saved_lists.save_list_as(worker, "Held", HELD, shared=True)
    seen = next(each for each in saved_lists.saved_lists(supervisor) if each.id == row.id)
    saved_lists.change_list(worker, row, name="Held now")
    for change in (
        lambda: saved_lists.change_list(supervisor, seen, view=CaseView()),
        lambda: saved_lists.delete_list(supervisor, seen),
    ):
        with pytest.raises(Refusal, match=CHANGED):
            change()
    assert saved_lists.open_list(supervisor, row.id)[1].view == HELD


def test_one_that_somebody_deleted_is_told_so(joined: tuple[Office, Office]) -> None:
    supervisor, worker = joined
    row = saved_lists.save_list_as(worker, "Held", HELD, shared=True)
    seen = saved_lists.saved_lists(supervisor)[0]
    saved_lists.delete_list(worker, row)
    with pytest.raises(NoSuch, match=GONE):
        saved_lists.change_list(supervisor, seen, name="x")


def test_the_own_lists_are_the_own_and_those_for_everybody_are_seen_by_all(joined: tuple[Office, Office]) -> None:
    supervisor, worker = joined
    own = saved_lists.save_list_as(supervisor, "Own", HELD)
    shared = saved_lists.save_list_as(supervisor, "Shared", HELD, shared=True)
    (seen,) = saved_lists.saved_lists(worker)
    assert (seen.id, seen.mine, seen.may_change) == (shared.id, False, False)
    with pytest.raises(NoSuch):
        saved_lists.open_list(worker, own.id)
    with pytest.raises(NotAllowed):
        saved_lists.change_list(worker, seen, name="Mine")
    with pytest.raises(NotAllowed):
        saved_lists.delete_list(worker, seen)
    theirs = saved_lists.save_list_as(worker, "Theirs", HELD, shared=True)
    assert {row.name for row in saved_lists.saved_lists(supervisor)} == {"Own", "Shared", "Theirs"}
    changed = next(row for row in saved_lists.saved_lists(supervisor) if row.id == theirs.id)
    assert changed.may_change
    saved_lists.delete_list(supervisor, changed)


def test_a_shared_list_stays_when_its_account_is_closed(joined: tuple[Office, Office]) -> None:
    supervisor, worker = joined
    saved_lists.save_list_as(worker, "Own", HELD)
    saved_lists.save_list_as(worker, "Shared", HELD, shared=True)
    accounts.close_account(supervisor, worker.staff.id)
    (row,) = saved_lists.saved_lists(supervisor)
    assert (row.name, row.owner) == ("Shared", "Sok Dara")
    assert saved_lists.change_list(supervisor, row, name="Kept").name == "Kept"


def test_a_list_shows_to_each_the_own_cases_alone(joined: tuple[Office, Office]) -> None:
    supervisor, worker = joined
    arrest(supervisor)
    saved_lists.save_list_as(supervisor, "All", CaseView({}), shared=True)
    view = saved_lists.open_list(worker, saved_lists.list_named(worker, "all"))[1].view
    assert len(case_list.case_ids(supervisor, view)) == 1
    assert case_list.case_ids(worker, view) == []


def test_what_a_later_version_wrote_opens_and_says_what_is_left_out(office: Office) -> None:
    row = saved_lists.save_list_as(office, "Held", HELD)
    with office.write() as work:
        work.get(SavedList, row.id).plain = json.dumps(
            {"filters": {"held": ["yes"], "height": ["tall"]}, "columns": ["number", "moon"], "order": "size"}
        )
    read = saved_lists.open_list(office, row.id)[1]
    assert read.view == CaseView({"held": ("yes",)}, ("number",))
    assert "height" in read.said(Words("en"))
    assert case_list.case_page(office, read.view) == []
    with office.write() as work:
        work.get(SavedList, row.id).plain = "no JSON"
    assert saved_lists.open_list(office, row.id)[1].view == CaseView({})


def test_columns_and_order_are_remembered_for_each(joined: tuple[Office, Office]) -> None:
    supervisor, worker = joined
    assert saved_lists.last_view(supervisor) == CaseView()
    saved_lists.remember(supervisor, HELD)
    saved_lists.remember(supervisor, HELD)
    assert saved_lists.last_view(supervisor) == CaseView(columns=HELD.columns, order=HELD.order)
    assert saved_lists.last_view(worker) == CaseView()
    assert saved_lists.saved_lists(supervisor) == []
    assert len(plain(supervisor)) == 1
    with pytest.raises(NoSuch):
        saved_lists.list_named(supervisor, "")
