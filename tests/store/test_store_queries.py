"""Lists: order, pages, search, numbers."""

from datetime import date, timedelta

import pytest

from casemgr.clock import local
from casemgr.records.case import Case, CaseStatus
from casemgr.records.child import Child
from casemgr.records.kept import Deadline
from casemgr.store import queries
from casemgr.store.clock_rows import running_deadlines
from casemgr.store.office_store import OfficeStore
from casemgr.store.work import Work

PEOPLE = (("sok", "Sok"), ("sovann", "Sovann"), ("ដារ៉ា dara", "Dara"), ("100% percent", "Percent"), ("x", ""))

START = local(2026, 11, 10, 8)


@pytest.fixture
def full(store: OfficeStore) -> OfficeStore:
    with store.write() as work:
        for number, (key, name) in enumerate(PEOPLE):
            _child(work, number, key, name)
    return store


def _child(work: Work, number: int, key: str, name: str) -> None:
    child = Child(code=queries.next_child_code(work, "SR"), given_name_latin=name or None, search_key=key)
    child.sort_key_km = key[:1]
    work.add(child)
    work.flush()
    opened = date(2026, 11, 4) + timedelta(days=number // 2)
    case = Case(child_id=child.id, number=queries.next_case_number(work, "SR", 2026), opened_on=opened)
    case.court_number = f"៤៥{number}/២០២៦".translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    case.status = CaseStatus.CLOSED if number == 4 else CaseStatus.OPEN
    work.add(case)
    work.flush()
    for hours, ended in ((number, None), (50, None), (-9, START)):
        work.add(
            Deadline(case_id=case.id, record_id=case.id, rule="lawyer", limit_key="k", started_at=None,
                     due_at=START + timedelta(hours=hours), whole_day=False, ended_at=ended)
        )  # fmt: skip


def test_running_clocks_of_open_cases_soonest_first(full: OfficeStore) -> None:
    with full.read() as work:
        rows = running_deadlines(work)
    assert len(rows) == 2 * (len(PEOPLE) - 1)
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)
    assert (rows[0].due_at, rows[0].case_number, rows[0].name_latin) == (START, "SR-2026-0002", PEOPLE[0][1])
    assert PEOPLE[0][1] not in repr(rows)


def test_a_case_whose_status_is_not_answered_counts_as_open(full: OfficeStore) -> None:
    with full.write() as work:
        case = work.find(Case, number="SR-2026-0003")[0]
        case.status = None
    with full.read() as work:
        assert case.id in {row.case_id for row in running_deadlines(work)}
        assert case.id in {row.id for row in queries.cases_page(work, status=CaseStatus.OPEN)}
        assert [row.open_cases for row in queries.children_page(work) if row.id == case.child_id] == [1]


def test_children_page_by_page(full: OfficeStore) -> None:
    seen: list[queries.ChildRow] = []
    with full.read() as work:
        while page := queries.children_page(work, limit=2, after=seen[-1] if seen else None):
            seen += page
        assert seen == queries.children_page(work)
    assert [row.sort_key for row in seen] == sorted(row.sort_key for row in seen)
    assert len({row.id for row in seen}) == len(PEOPLE) + 1
    nameless = next(row for row in seen if row.code == "SR-C-0006")
    assert (nameless.name_km, nameless.name_latin, nameless.open_cases) == ("SR-C-0006", "SR-C-0006", 0)
    assert nameless.last_case_number == "SR-2026-0006"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("so",), ["Sok", "Sovann"]), (("ok", "so"), ["Sok"]), (("100%",), ["Percent"]), (("%",), ["Percent"]),
        (("_",), []), (("ដា",), ["Dara"]), (("'; drop",), []), ((), None),
    ],
)  # fmt: skip
def test_children_are_found_by_every_word(full: OfficeStore, words: tuple[str, ...], found: list[str] | None) -> None:
    with full.read() as work:
        names = [row.name_latin for row in queries.children_page(work, words)]
    assert found is None or sorted(names) == sorted(found)


def test_cases_newest_first_page_by_page(full: OfficeStore) -> None:
    seen: list[queries.CaseRow] = []
    with full.read() as work:
        while page := queries.cases_page(work, limit=2, after=seen[-1] if seen else None):
            seen += page
        assert seen == queries.cases_page(work)
        closed = queries.cases_page(work, status=CaseStatus.CLOSED)
    assert [row.opened_on for row in seen] == sorted((row.opened_on for row in seen), reverse=True)
    assert len({row.id for row in seen}) == len(PEOPLE) + 1
    assert [row.number for row in closed] == ["SR-2026-0006"]
    due = {row.number: row.next_due for row in seen}
    assert due["SR-2026-0001"] is None
    assert due["SR-2026-0003"] == START + timedelta(hours=1)
    assert "Sok" not in repr(seen)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [(("2026-0003",), ["SR-2026-0003"]), (("sr-2026-0003",), ["SR-2026-0003"]), (("453",), ["SR-2026-0005"]),
     (("sok",), ["SR-2026-0002"]), (("nobody",), [])],
)  # fmt: skip
def test_cases_are_found_by_names_and_numbers(full: OfficeStore, words: tuple[str, ...], numbers: list[str]) -> None:
    with full.read() as work:
        assert [row.number for row in queries.cases_page(work, words)] == numbers


def test_numbers_go_on_after_the_highest(store: OfficeStore) -> None:
    with store.write() as work:
        child = work.find(Child)[0]
        for number in ("SR-2026-0012", "SR-2026-10000", "SR-2026-9999", "SR-2025-0400", "SRX-2026-0900"):
            work.add(Case(child_id=child.id, number=number, opened_on=date(2026, 1, 1)))
        work.flush()
        assert queries.next_case_number(work, "SR", 2026) == "SR-2026-10001"
        assert queries.next_case_number(work, "SR", 2025) == "SR-2025-0401"
        assert queries.next_case_number(work, "SR", 2027) == "SR-2027-0001"
        assert queries.next_child_code(work, "SR") == "SR-C-0002"
        assert queries.next_child_code(work, "PP") == "PP-C-0001"


def test_the_lists_use_their_indexes(full: OfficeStore) -> None:
    questions = {
        "SELECT max(number) FROM \"case\" WHERE number >= 'SR-2026-' AND number < 'SR-2026.'": "case_number",
        'SELECT * FROM "case" ORDER BY opened_on DESC, id DESC LIMIT 200': "case_newest",
        "SELECT * FROM deadline WHERE ended_at IS NULL ORDER BY due_at LIMIT 9": "deadline_running",
    }
    with full._running().connect() as connection:
        for question, index in questions.items():
            plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}"))
            assert index in plan
