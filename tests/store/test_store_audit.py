"""The audit trail: what it says, that it only grows, that a changed line shows."""

import json
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from casemgr.clock import PartialDate, local
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child, Guardian, Sex
from casemgr.records.kept import AuditEntry, Deadline, Draft
from casemgr.store import queries
from casemgr.store.audit import empty_lines, verify_chain
from casemgr.store.office_store import OfficeStore


def lines(store: OfficeStore, after: int) -> list[AuditEntry]:
    with store.read() as work:
        return [line for line in work.find(AuditEntry) if line.seq > after]


def head(store: OfficeStore) -> int:
    with store.read() as work:
        newest = queries.newest_audit_entry(work)
    return newest.seq if newest else 0


def test_a_change_is_written_down_with_old_and_new(store: OfficeStore) -> None:
    before = head(store)
    with store.read() as work:
        child = work.find(Child)[0]
    child.sex, child.born = Sex.FEMALE, PartialDate.of(2010)
    child.guardians = (Guardian(name="មីង"),)
    with store.write("the aunt came") as work:
        work.save(child)
    (line,) = lines(store, before)
    assert (line.action, line.record_type, line.record_id, line.child_id) == ("changed", "Child", child.id, child.id)
    assert (line.staff_id, line.why, line.seq) == (store.staff_id, "the aunt came", before + 1)
    assert json.loads(line.changes or "") == {
        "sex": [None, "female"], "born": ["2011-04", "2010"], "guardians": [[], [{"name": "មីង"}]],
    }  # fmt: skip


def test_new_and_removed_records_are_written_down_whole(store: OfficeStore) -> None:
    before = head(store)
    with store.write() as work:
        case = work.find(Case)[0]
        offence = Offence(case_id=case.id, article="353")
        work.add(offence)
    with store.write("a slip") as work:
        work.remove(work.get(Offence, offence.id))
    made, removed = lines(store, before)
    assert json.loads(made.changes or "")["article"] == [None, "353"]
    assert (made.action, made.case_id, made.child_id) == ("created", case.id, case.child_id)
    assert json.loads(removed.changes or "")["article"] == ["353", None]
    assert (removed.action, removed.why, removed.case_id) == ("removed", "a slip", case.id)


def test_saving_what_is_the_same_writes_nothing(store: OfficeStore) -> None:
    before = head(store)
    with store.read() as work:
        child = work.find(Child)[0]
    child.nickname = None
    child.guardians = tuple(child.guardians)
    with store.write() as work:
        kept = work.save(child)
    assert lines(store, before) == []
    assert kept.version == 1


def test_readings_and_prints_are_noted_and_drafts_and_deadlines_are_not(store: OfficeStore) -> None:
    before = head(store)
    with store.write() as work:
        case = work.find(Case)[0]
        work.add(Draft(staff_id=store.staff_id, key="k", case_id=None, plain="{}", kept_at=local(2026, 11, 4)))
        work.add(
            Deadline(case_id=case.id, record_id=case.id, rule="lawyer", limit_key=None, started_at=None,
                     due_at=local(2026, 11, 5, 9), whole_day=False, ended_at=None)
        )  # fmt: skip
        work.flush()
        work.note("printed", "Form", case_id=case.id, changes={"form": [None, "social-inquiry-report"]})
        work.note("opened", "Case", case.id, case_id=case.id, child_id=case.child_id, why="a visit")
    printed, opened = lines(store, before)
    assert (printed.action, printed.record_id, printed.why) == ("printed", None, None)
    assert (opened.action, opened.record_id, opened.changes, opened.why) == ("opened", case.id, None, "a visit")


def test_a_transaction_that_fails_leaves_no_line(store: OfficeStore) -> None:
    before = head(store)

    def fail() -> None:
        with store.write() as work:
            work.note("opened", "Case")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.write() as work:
        work.note("opened", "Case")
    assert [line.seq for line in lines(store, before)] == [before + 1]
    assert store.check()[3].ok


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET why = 'x'", "DELETE FROM audit_entry"])
def test_the_trail_only_grows(store: OfficeStore, statement: str) -> None:
    with store._running().connect() as connection, pytest.raises(DBAPIError, match="only grows"):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_entry SET why = 'x' WHERE seq = 3", 3),
        ("UPDATE audit_entry SET changes = replace(changes, 'SR-C-0001', 'SR-C-0009') WHERE seq = 4", 4),
        ("UPDATE audit_entry SET at = '2020-01-01T00:00:00Z' WHERE seq = 2", 2),
        ("DELETE FROM audit_entry WHERE seq = 2", 3),
        ("DELETE FROM audit_entry WHERE seq = 1", 2),
        ("UPDATE audit_entry SET seq = 99 WHERE seq = 4", 5),
    ],
)
def test_a_change_behind_the_programs_back_shows(store: OfficeStore, statement: str, broken: int) -> None:
    with store._running().connect() as connection:
        assert verify_chain(connection) is None
        for deed in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER audit_entry_no_{deed}")
        connection.exec_driver_sql(statement)
        connection.commit()
        assert verify_chain(connection) == broken
    finding: Any = store.check()[3]
    assert not finding.ok
    assert finding.slots == {"line": broken}


def emptied(store: OfficeStore) -> list[int]:
    """Empty the lines about the only child, and say so in a line; return which they are."""
    with store.write() as work:
        child = work.find(Child)[0]
        told = empty_lines(work.session, AuditEntry.child_id == child.id)
        work.note("erased", "Child", child.id, child_id=child.id, changes={"lines": [None, told]}, why="a rule")
    with store.read() as work:
        return [line.seq for line in work.find(AuditEntry) if line.salt is None]


def test_emptied_lines_say_nothing_and_the_chain_holds(store: OfficeStore) -> None:
    gone = emptied(store)
    assert len(gone) == 3
    with store.read() as work:
        for line in work.find(AuditEntry):
            assert (line.changes is None and line.why is None) is (line.seq in gone) or line.action != "created"
    with store._running().connect() as connection:
        assert verify_chain(connection) is None
    with store.write() as work:
        assert empty_lines(work.session, AuditEntry.action == "erased") == ""


@pytest.mark.parametrize(("statement", "at"), [
    ("UPDATE audit_entry SET changes = '{}', salt = 'ab' WHERE seq = {gone}", "gone"),  # full again
    ("UPDATE audit_entry SET staff_id = record_id WHERE seq = {gone}", "gone"),
    ("UPDATE audit_entry SET changes = NULL, why = NULL, salt = NULL WHERE seq = 1", "1"),  # nobody said so
    ("UPDATE audit_entry SET changes = replace(changes, '-', ',') WHERE seq = {told}", "told"),
])  # fmt: skip
def test_a_change_to_what_was_emptied_shows(store: OfficeStore, statement: str, at: str) -> None:
    gone, told = emptied(store)[0], head(store)
    with store._running().connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        connection.exec_driver_sql(statement.replace("{gone}", str(gone)).replace("{told}", str(told)))
        connection.commit()
        assert verify_chain(connection) == {"gone": gone, "told": told, "1": 1}[at]


def test_a_line_can_be_emptied_and_nothing_else_of_it_changed(store: OfficeStore) -> None:
    more = "UPDATE audit_entry SET changes = NULL, why = NULL, salt = NULL, action = 'opened' WHERE seq = 3"
    with store._running().connect() as connection, pytest.raises(DBAPIError, match="only grows"):
        connection.exec_driver_sql(more)
