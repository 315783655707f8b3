"""Two records of one child: offered, linked, counted once, and parted again without a trace in what they say."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from followed import BEGAN, case, child, follow_up, offended, release, released

from casemgr.clock import PartialDate
from casemgr.measures.indicators.values import Period
from casemgr.records.case import Case
from casemgr.records.child import Child, Sex
from casemgr.records.kept import AuditEntry
from casemgr.records.pathway.follow_up_answers import ContactLevel
from casemgr.records.sameness import PersonOf, Sameness, Verdict
from casemgr.services import casework, lists, measuring, same_child
from casemgr.services.follow_ups import follow_up_list
from casemgr.services.office import Office
from casemgr.services.same_child import Person, Reason, candidates, decide, person_of, take_back
from casemgr.trouble import NotAllowed, Refusal

LATER = BEGAN + timedelta(days=200)
BORN = PartialDate.of(2007, 6, 1)


def two(office: Office) -> tuple[Case, Case]:
    """Return a case of each of two records of one child: released, and released again after a new offence."""
    first = released(office, family_name_latin="Chan", given_name_latin="Dara", given_name_km=None)
    again = case(office, child(office, family_name_km="ចាន់", given_name_km="ដារ៉ា", given_name_latin=None))
    release(office, again, LATER)
    offended(office, again, LATER + timedelta(days=20), ContactLevel.R3)
    follow_up(office, first, BEGAN + timedelta(days=30))
    return first, again


def everything(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but those that tell of the decision itself."""
    with office.store.read() as work:
        connection = work.session.connection()
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            table: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{table}"')), key=repr)  # noqa: S608
            for table in tables
            if table not in {"audit_entry", "sameness", "sqlite_sequence"}
        }


def test_a_child_written_down_in_the_other_script_is_offered_with_reasons(office):
    known = child(office, family_name_km="ចាន់", given_name_km="ដារ៉ា", given_name_latin=None)
    asked = Person(family_latin="Chann", given_latin="Dara", sex=Sex.MALE, born=BORN)
    (one,) = candidates(office, asked)
    assert one.child_id == known.id
    assert one.likeness.is_likely
    assert {Reason.SAME_NAME, Reason.SAME_BIRTH} <= set(one.likeness.reasons)
    assert candidates(office, asked, without=known.id) == []
    assert candidates(office, Person(family_latin="Heng", given_latin="Visal", born=BORN)) == []


def test_a_slip_in_the_name_is_caught_by_the_year_and_one_in_the_year_by_the_name(office):
    known = child(office, family_name_latin="Chan", given_name_latin="Dara")
    for person in (
        Person(family_latin="Chen", given_latin="Dara", sex=Sex.MALE, born=BORN, village_code=known.village_code),
        Person(family_latin="Chan", given_latin="Dara", sex=Sex.MALE, born=PartialDate.of(2008, 6, 1)),
    ):
        assert [each.child_id for each in candidates(office, person)] == [known.id]


def test_what_a_transaction_has_added_is_seen_within_it(office):
    with office.write() as work:
        added = Child(id=uuid4(), family_name_latin="Chan", given_name_latin="Dara", born=BORN, code="SR-C-0900")
        work.add(added)
        found = same_child.candidates_in(office, work, person_of(added))
        assert [each.child_id for each in found] == [added.id]


def test_linked_records_are_one_child_in_lists_cohort_and_indicators(office):
    first, again = two(office)
    assert len(lists.children(office)) == 2
    assert len(measuring.members(office)) == 2
    decide(office, first.child_id, again.child_id, Verdict.SAME)
    (row,) = lists.children(office)
    assert (row.id, row.open_cases) == (first.child_id, 2)
    (member,) = measuring.members(office)
    assert member.since.on == BEGAN
    assert ContactLevel.R3 in {each.level for each in member.contacts}  # it stands in the other record's case
    assert len(measuring.members(office, every=True)) == 2
    rows = measuring.indicator_rows(office, Period(date(2024, 1, 1), date(2024, 12, 31)))
    assert len({each.child_id for each in rows.cases}) == 1
    assert len(rows.members) == 1


def test_the_follow_up_list_has_one_line_that_knows_both_files(office):
    first, again = two(office)
    assert len(follow_up_list(office)) == 2
    decide(office, again.child_id, first.child_id, Verdict.SAME)
    (row,) = follow_up_list(office)
    assert row.index_on == BEGAN
    assert row.last_contact_on == LATER + timedelta(days=20)


def test_parting_them_leaves_every_row_as_it_was(office):
    first, again = two(office)
    before = everything(office)
    decide(office, first.child_id, again.child_id, Verdict.SAME)
    assert everything(office) != before
    take_back(office, again.child_id, first.child_id)
    assert everything(office) == before
    assert len(measuring.members(office)) == 2
    with office.read() as work:
        assert work.find(Sameness) == work.find(PersonOf) == []
        deeds = [line.action for line in work.find(AuditEntry) if line.record_type == "Sameness"]
    assert deeds == ["created", "removed"]


def test_what_is_written_later_keeps_the_first_index_event_of_the_whole_child(office):
    first, again = two(office)
    decide(office, first.child_id, again.child_id, Verdict.SAME)
    earlier = case(office, child_of(office, again))
    release(office, earlier, BEGAN - timedelta(days=100))
    (member,) = measuring.members(office)
    assert member.since.on == BEGAN - timedelta(days=100)
    assert member.since.case_id == earlier.id
    take_back(office, first.child_id, again.child_id)
    assert {each.since.on for each in measuring.members(office)} == {BEGAN, BEGAN - timedelta(days=100)}


def child_of(office: Office, of: Case) -> Child:
    with office.read() as work:
        return work.get(Child, of.child_id)


def test_three_records_hang_together_and_fall_apart_where_they_were_joined(office):
    one, two_, three = (child(office, given_name_latin=name) for name in ("Dara", "Darra", "Darah"))
    decide(office, one.id, two_.id, Verdict.SAME)
    decide(office, three.id, two_.id, Verdict.SAME)
    linked = same_child.linked_records(office, three.id)
    assert [(each.child_id, each.direct) for each in linked] == [(one.id, False), (two_.id, True)]
    assert len(lists.children(office)) == 1
    take_back(office, one.id, two_.id)
    assert [each.child_id for each in same_child.linked_records(office, three.id)] == [two_.id]
    assert same_child.linked_records(office, one.id) == ()
    assert len(lists.children(office)) == 2


def test_that_two_are_not_one_is_remembered_until_it_is_taken_back(office):
    one, other = (child(office, given_name_latin="Dara") for _ in range(2))
    assert [{pair.one.id, pair.other.id} for pair in same_child.sweep(office)] == [{one.id, other.id}]
    decide(office, other.id, one.id, Verdict.NOT_SAME)
    assert same_child.sweep(office) == []
    assert candidates(office, person_of(one), without=one.id) == []
    assert len(lists.children(office)) == 2
    assert same_child.beside(office, one.id, other.id).verdict is Verdict.NOT_SAME
    take_back(office, one.id, other.id)
    assert len(same_child.sweep(office)) == 1


def test_a_second_decision_takes_the_place_of_the_first(office):
    one, other = (child(office, given_name_latin="Dara") for _ in range(2))
    decide(office, one.id, other.id, Verdict.NOT_SAME)
    decide(office, other.id, one.id, Verdict.SAME)
    with office.read() as work:
        (kept,) = work.find(Sameness)
    assert kept.verdict is Verdict.SAME
    assert len(lists.children(office)) == 1


def test_linked_records_are_no_pair_of_the_sweep(office):
    children = [child(office, given_name_latin="Dara") for _ in range(3)]
    decide(office, children[0].id, children[1].id, Verdict.SAME)
    decide(office, children[1].id, children[2].id, Verdict.SAME)
    assert same_child.sweep(office) == []


def test_a_record_is_not_linked_to_itself(office):
    one = child(office)
    with pytest.raises(Refusal):
        decide(office, one.id, one.id, Verdict.SAME)


def test_a_likely_child_nobody_was_shown_is_told_before_the_save(office):
    known = child(office, family_name_latin="Chan", given_name_latin="Dara")
    typed = Child(family_name_latin="Chann", given_name_latin="Dara", sex=Sex.MALE, born=BORN)
    assert [each.child_id for each in same_child.likely_unseen(office, typed, set())] == [known.id]
    assert same_child.likely_unseen(office, typed, {known.id}) == []


def test_of_another_workers_child_the_code_alone_is_told_and_it_cannot_be_linked(office):
    theirs, own = child(office, given_name_latin="Dara"), child(office, given_name_latin="Darra")
    casework.open_case(office, theirs.id, Case())
    office.rights = frozenset(office.rights) - {same_child.Right.ALL_CASES}
    office.staff.id, before = uuid4(), office.staff.id  # somebody else sits down
    try:
        (one,) = candidates(office, person_of(own), without=own.id)
        assert (one.child, one.code, one.likeness.reasons) == (None, theirs.code, ())
        assert same_child.sweep(office) == []
        with pytest.raises(NotAllowed):
            decide(office, own.id, theirs.id, Verdict.SAME)
        with pytest.raises(NotAllowed):
            same_child.beside(office, own.id, theirs.id)
    finally:
        office.staff.id = before
