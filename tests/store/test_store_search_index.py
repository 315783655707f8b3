"""The terms of the search: kept in step with what is written, the same as if they were made anew, gone with a child."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from store_helpers import MARKERS, NAME, PASSWORD

from casemgr.clock import PartialDate
from casemgr.measures.same_child import Person, person_of
from casemgr.records.case import Case
from casemgr.records.child import Child, Guardian, Sex
from casemgr.records.sameness import PersonOf, Sameness, Verdict
from casemgr.store import search_index
from casemgr.store.office_store import OfficeStore
from casemgr.store.persons import persons, records_of_child
from casemgr.store.search_terms import RULES, blocks_of, inner_parts, list_keys, number_keys, phone_keys, terms_of
from casemgr.trouble import Stopped


def kept(store: OfficeStore) -> dict[UUID, set[str]]:
    """Return the terms of each child as the table has them, by which each is found."""
    with store.read() as work:
        rows = work.session.connection().exec_driver_sql(
            "SELECT e.child_id, t.term FROM search_entry e LEFT JOIN search_term t ON t.entry = e.id"
        )
        found: dict[UUID, set[str]] = {}
        for child_id, term in rows:
            found.setdefault(UUID(child_id), set()).add(term)
        lost = work.session.connection().exec_driver_sql(
            "SELECT count(*) FROM search_term WHERE entry NOT IN (SELECT id FROM search_entry)"
        )
        assert lost.scalar() == 0
    return found


def made_anew(store: OfficeStore) -> dict[UUID, set[str]]:
    with store.write() as work:
        search_index.make_anew(work.session.connection())
    return kept(store)


def only_child(store: OfficeStore) -> Child:
    with store.read() as work:
        return work.find(Child)[0]


def test_what_is_written_changed_and_removed_is_what_would_be_made_anew(store: OfficeStore) -> None:
    child = only_child(store)
    child.guardians, child.phone, child.village_code = (Guardian(name="អ៊ុំ សុផល"),), "012 345 678", "17100401"
    with store.write() as work:
        work.save(child)
    with store.write() as work:
        added = Child(
            family_name_km="សុខ", given_name_km="ភា", code="SR-C-0700", sex=Sex.FEMALE, born=PartialDate.of(2011)
        )
        work.add(added)
        work.flush()
        work.add(Case(child_id=added.id, number="SR-2026-0700", court_number="៤៥៦/២០២៦"))
    with store.write() as work:
        case = work.first(Case, child_id=added.id)
        assert case is not None
        case.court_number = None
    now = kept(store)
    assert set(now) == {child.id, added.id}
    assert "c456/2026" not in now[added.id]
    assert {"nភា", "c2026-0700", "gសុផល", "vសាលាកំរើក"} <= now[added.id] | now[child.id]
    assert made_anew(store) == now
    with store.write() as work:
        work.remove(work.find(Case, child_id=added.id)[0])
        work.flush()
        work.remove(work.get(Child, added.id))
    assert set(kept(store)) == {child.id}


def test_a_change_that_fails_leaves_the_terms_as_they_were(store: OfficeStore) -> None:
    before, child = kept(store), only_child(store)
    child.given_name_km = "វិសាល"

    def fail() -> None:
        with store.write() as work:
            work.save(child)
            search_index.settle(work.session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert kept(store) == before


def test_terms_of_other_rules_are_made_anew_when_the_office_is_opened(
    store: OfficeStore, reopen: Callable[[], OfficeStore]
) -> None:
    before, child = kept(store), only_child(store)
    with store.write() as work:
        connection = work.session.connection()
        connection.exec_driver_sql("UPDATE search_made SET rules = 'older'")
        connection.exec_driver_sql("DELETE FROM search_term")
        connection.exec_driver_sql("UPDATE child SET sort_key_km = 'older', search_key = 'older'")
    store = reopen()
    assert kept(store) == before
    with store.read() as work:
        assert work.session.connection().exec_driver_sql("SELECT rules FROM search_made").scalars().all() == [RULES]
    again = only_child(store)
    assert (again.search_key, again.sort_key_km) == list_keys(child)
    assert again.version == child.version


def older(store: OfficeStore, children: int = 0) -> None:
    """Let the terms be those of another version of the program."""
    with store.write() as work:
        for number in range(children):
            work.add(Child(code=f"SR-C-9{number:03}", given_name_km="ស្រីពៅ" * (number % 3 + 1)))
        work.flush()
        work.session.connection().exec_driver_sql("UPDATE search_made SET rules = 'older'")


def test_making_them_anew_tells_how_far_it_is(store: OfficeStore) -> None:
    older(store, 20)
    folder, told = store.folder, list[tuple[int, int]]()
    store.close()
    store = OfficeStore.open(folder, NAME, PASSWORD, progress=lambda done, total: told.append((done, total)))
    assert len(told) > 4
    assert told == sorted(told)
    assert {total for _, total in told} == {told[-1][0]}, "it comes to its end"
    again = list[tuple[int, int]]()
    store.close()
    OfficeStore.open(folder, NAME, PASSWORD, progress=lambda done, total: again.append((done, total))).close()
    assert again == [], "what is made already tells nothing"


def test_stopped_half_way_it_begins_anew_and_nothing_is_changed(store: OfficeStore) -> None:
    older(store, 20)
    folder, told = store.folder, list[int]()
    before = kept(store)
    store.close()
    with pytest.raises(Stopped):
        OfficeStore.open(
            folder, NAME, PASSWORD, progress=lambda done, _: told.append(done), cancelled=lambda: bool(told)
        )
    store = OfficeStore.open(folder, NAME, PASSWORD, cancelled=lambda: False)
    assert kept(store) == before
    store.close()


def test_nothing_is_written_where_no_term_changes(store: OfficeStore) -> None:
    child, statements = only_child(store), list[str]()

    def listen(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    child.notes = "ថ្មី"
    search_index.sa.event.listen(store._running(), "before_cursor_execute", listen)
    with store.write() as work:
        work.save(child)
    search_index.sa.event.remove(store._running(), "before_cursor_execute", listen)
    assert any("UPDATE child" in each for each in statements)
    assert not any("search_entry" in each or "search_term" in each for each in statements)


def test_the_terms_are_encrypted_with_the_rest(store: OfficeStore) -> None:
    assert any(MARKERS[1].casefold() in term for terms in kept(store).values() for term in terms)
    files = [file for file in store.folder.iterdir() if file.is_file()]
    assert not any(MARKERS[1].casefold().encode() in file.read_bytes() for file in files)


def test_a_word_is_found_from_each_syllable_on() -> None:
    assert inner_parts("ស្រីពៅ") == ("ពៅ",)
    assert inner_parts("sreymom") == ("mom",)
    assert inner_parts("bunthoeun") == ("thoeun",)
    assert inner_parts("sok") == inner_parts("") == ()


def test_numbers_are_found_by_their_parts() -> None:
    assert number_keys("SR-2026-0001") == ("sr-2026-0001", "2026-0001", "0001")
    assert number_keys("៤៥៦/២០២៦") == ("456/2026", "2026")
    assert set(phone_keys("012 345 678")) == {"012345678", "345678", "5678"}
    assert number_keys(None) == phone_keys("") == ()


def test_who_may_be_one_shares_a_key() -> None:
    one = Person("ចាន់", "ដារ៉ា", sex=Sex.MALE, born=PartialDate.of(2011, 3, 12))
    for other in (
        Person(family_latin="Chann", given_latin="Dara"), Person(family_latin="Dara", given_latin="Chan"),
        Person(family_latin="Kong", given_latin="Dara", born=PartialDate.of(2012)),
        Person(nickname="x", sex=Sex.MALE, born=PartialDate.of(2011, 3, 12)),
    ):  # fmt: skip
        assert blocks_of(one) & blocks_of(other, around=1)
    assert not blocks_of(one) & blocks_of(Person(family_latin="Heng", given_latin="Visal"), around=1)


def test_a_list_is_in_the_order_of_what_it_shows() -> None:
    keys = [list_keys(Child(**name))[1] for name in (
        {"family_name_km": "កែវ"}, {"family_name_km": "អ៊ុំ"}, {"family_name_latin": "Chan"}, {"nickname": "Zz"},
    )]  # fmt: skip
    assert keys == sorted(keys)
    assert len(set(keys)) == 4


def test_terms_hold_no_more_than_what_is_searched() -> None:
    child = Child(family_name_km="ចាន់", notes="សម្ងាត់", support_needed="សម្ងាត់", house="សម្ងាត់")
    assert not any("សម្ងាត់" in term for term in terms_of(child, ()))


def test_person_of_follows_the_decisions_of_a_transaction(store: OfficeStore) -> None:
    first = only_child(store)
    with store.write() as work:
        others = [Child(code=f"SR-C-080{number}") for number in range(2)]
        for each in others:
            work.add(each)
        work.flush()
        for other in others:
            one, two = sorted((first.id, other.id), key=lambda each: each.hex)
            work.add(Sameness(one_id=one, other_id=two, verdict=Verdict.SAME))
    with store.read() as work:
        assert persons(work.session.connection()) == dict.fromkeys((first.id, *(each.id for each in others)), first.id)
        assert records_of_child(work, others[1].id)[0] == first.id
    with store.write() as work:
        for told in work.find(Sameness):
            told.verdict = Verdict.NOT_SAME
    with store.read() as work:
        assert work.find(PersonOf) == []
        assert records_of_child(work, first.id) == (first.id,)
        assert person_of(first).names
