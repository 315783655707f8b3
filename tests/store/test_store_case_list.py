"""The list of cases in the store: the age at the offence as SQL, orders page by page, what indexes are read."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.law.ages import AgeBand, age_range, bands, is_doubtful
from casemgr.records.base import Base
from casemgr.records.case import Case, Offence
from casemgr.records.child import Child
from casemgr.store.age_sql import AGE_BAND, FIRST_OFFENCE
from casemgr.store.case_filters import CONDITIONS, CaseQuestion, conditions
from casemgr.store.case_list import BY_DUE, BY_NAME, NEWEST, CaseLine, cases_listed, count_cases
from casemgr.store.office_store import OfficeStore
from casemgr.store.work import Work

NOW = clock.local(2026, 11, 24, 9)
DAYS = st.dates(date(1996, 1, 1), date(2026, 12, 31))
DATES = st.one_of(
    DAYS.map(PartialDate.on), DAYS.map(lambda day: PartialDate.of(day.year, day.month)),
    DAYS.map(lambda day: PartialDate.of(day.year)),
    st.builds(PartialDate.from_age, st.integers(0, 25), st.one_of(
        DAYS, st.sampled_from([date(2024, 2, 29), date(2023, 2, 28), date(2023, 3, 1), date(2024, 3, 1)])
    )),
)  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> Iterator[sa.Connection]:
    """The tables in memory, without what ties them to others."""
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def banded(born: PartialDate | None, committed: list[PartialDate]) -> AgeBand:
    """Return the band as the rules of the law have it."""
    ages = age_range(born, min(committed, default=None))
    return AgeBand.IN_DOUBT if is_doubtful(ages) else bands(ages)[0]


@given(born=st.none() | DATES, committed=st.lists(st.none() | DATES, max_size=3))
def test_the_band_of_the_age_is_what_the_rules_say(
    tables: sa.Connection, born: PartialDate | None, committed: list[PartialDate | None]
) -> None:  # fmt: skip
    child, case = Child(born=born), Case()
    case.child_id = child.id
    for table, row in (
        (Child, child),
        (Case, case),
        *((Offence, Offence(case_id=case.id, committed_on=day)) for day in committed),
    ):
        columns = {column.key: getattr(row, column.key) for column in sa.inspect(table).column_attrs}
        tables.execute(sa.insert(table.__table__).values(**{name: v for name, v in columns.items() if v is not None}))
    asked = sa.select(sa.literal_column(AGE_BAND), sa.literal_column(f"({FIRST_OFFENCE})")).select_from(Case)
    band, first = tables.execute(asked.where(Case.id == case.id)).one()
    tables.rollback()
    known = [day for day in committed if day is not None]
    assert first == (min(known).text if known else None)
    assert band == banded(born, known).value


@pytest.fixture
def full(store: OfficeStore) -> OfficeStore:
    with store.write() as work:
        for number in range(40):
            child = Child(code=f"SR-C-{number + 10:04}", sort_key_km="abc"[number * 7 % 3], village_code="17100401")
            work.add(child)
            work.flush()
            opened = date(2026, 11, 4) + timedelta(days=number // 3)
            work.add(Case(child_id=child.id, number=f"SR-2026-{number + 100:04}", opened_on=opened))
    return store


@pytest.mark.parametrize("order", [NEWEST, BY_NAME, BY_DUE])
def test_an_order_goes_on_where_a_page_ended(full: OfficeStore, order: str) -> None:
    asked, seen = CaseQuestion(NOW), list[CaseLine]()
    with full.read() as work:
        while page := cases_listed(work, asked, ("number",), order=order, limit=7, after=seen[-1] if seen else None):
            seen += page
        whole = cases_listed(work, asked, ("number",), order=order, limit=1000)
        assert count_cases(work, asked) == len(whole)
    assert [row.id for row in seen] == [row.id for row in whole]
    assert len({row.id for row in seen}) == len(seen) > 40
    assert "SR-" not in repr(seen)


def test_a_filter_that_this_version_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError):
        conditions(CaseQuestion(NOW, {"height": ("tall",)}))
    for name in CONDITIONS:
        with pytest.raises(ValueError, match="x"):
            conditions(CaseQuestion(NOW, {name: ("x",)}))


def test_filters_are_answered_from_indexes_alone(full: OfficeStore) -> None:
    """Not from the tables, whose rows are long: with very many cases that would be felt."""
    chosen = {
        "place": (("17100401",), "child_home"), "age": (("14-15",), "child_listed"), "held": (("yes",), "arrest_held"),
        "overdue": (("yes",), "deadline_listed"),
    }  # fmt: skip
    with full.read() as work:
        for name, (codes, index) in chosen.items():
            asked = sa.select(Case.id).where(*conditions(CaseQuestion(NOW, {name: codes})))
            asked = asked.order_by(Case.opened_on.desc(), Case.id.desc()).limit(200)
            assert index in _plan(work, asked), name


def _plan(work: Work, asked: sa.Select[Any]) -> str:
    """Return how the store answers a question."""
    sent: list[tuple[str, Any]] = []
    connection = work.session.connection()

    def keep(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        sent.append((statement, values))

    sa.event.listen(connection.engine, "before_cursor_execute", keep)
    try:
        connection.execute(asked).all()
    finally:
        sa.event.remove(connection.engine, "before_cursor_execute", keep)
    statement, values = sent[0]
    return " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
