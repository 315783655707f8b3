"""The lists a worker looks at: what is due, the children, the cases, and what the search box finds."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from casemgr import clock
from casemgr.khmer.search import search_key
from casemgr.records.case import CaseStatus
from casemgr.services.coded import coded_case, coded_child, coded_where
from casemgr.services.held_tonight import Mark as Mark  # noqa: PLC0414  (what the lists below return)
from casemgr.services.held_tonight import WhereRow as WhereRow  # noqa: PLC0414
from casemgr.services.held_tonight import held_tonight
from casemgr.services.office import Office, Right
from casemgr.services.readers import CONFIDENTIAL_RULES, clocks_known_to
from casemgr.services.running_clocks import ClockCounts, ClockPage, clock_page, count_clocks, running_clocks
from casemgr.services.running_clocks import ClockRow as ClockRow  # noqa: PLC0414
from casemgr.store import queries
from casemgr.store.clock_rows import ClockQuestion, Place
from casemgr.store.queries import CaseRow as CaseRow  # noqa: PLC0414
from casemgr.store.queries import ChildRow as ChildRow  # noqa: PLC0414
from casemgr.store.work import Work

AT_ONCE = 500
FEWEST_WORDS = 2
"""Of a name that is looked for among the children of other workers."""


def today(office: Office, *, mine: bool = False, until: date | None = None) -> list[ClockRow]:
    """Return every running clock of the open cases, soonest first, those that are over at the top.

    Those that go on after a case was closed (AFTER_CLOSING) are among them. mine: of the cases alone that the worker
    carries, or nobody, which are all that a case worker sees. until: due by that day's end; what is over is always
    there. What is for other readers alone is left out.
    """
    with office.read() as work:
        return running_clocks(work, _clocks(office, work, mine, until))


def today_page(
    office: Office, *, mine: bool = False, until: date | None = None, after: Place | None = None, count: int = AT_ONCE
) -> ClockPage:  # fmt: skip
    """Return so many of the clocks that today returns, those that follow the place; None: the first of them."""
    with office.read() as work:
        return clock_page(work, _clocks(office, work, mine, until), after, count)


def every_clock(office: Office, *, mine: bool = False, until: date | None = None) -> Iterator[ClockRow]:
    """Yield the clocks that today returns, read a page at a time: very many of them need no room together."""
    page = today_page(office, mine=mine, until=until)
    yield from page.rows
    while page.after is not None:
        page = today_page(office, mine=mine, until=until, after=page.after)
        yield from page.rows


def count_today(office: Office, *, mine: bool = False, until: date | None = None) -> ClockCounts:
    """Return how many clocks today returns, and how they stand as time goes on."""
    with office.read() as work:
        return count_clocks(work, _clocks(office, work, mine, until), clock.now())


def who_is_where(office: Office, *, mine: bool = False) -> list[WhereRow]:
    """Return the children that are held tonight, those held longest first. mine: as in today.

    Who may not know names is told codes, and no place.
    """
    with office.read(Right.LIST) as work:
        rows = held_tonight(work, _worker(office, mine))
    return rows if office.knows_names else [coded_where(row) for row in rows]


def is_shared(office: Office) -> bool:
    """Return whether more than one staff member works with the office, so that "my cases" are not all."""
    with office.read(Right.USE) as work:
        return queries.active_staff(work) > 1


def children(office: Office, search: str = "", *, limit: int = 200, after: ChildRow | None = None) -> list[ChildRow]:
    """Return children in Khmer dictionary order, a page at a time: those after the given row.

    search: letters of a name in either script, a nickname, a code or a telephone number; every word must occur.
    A case worker sees those with a case of the own or one that nobody carries, and those without any. Who may not know
    names sees codes, in their order, and finds by codes alone.
    """
    with office.read(Right.LIST) as work:
        rows = queries.children_page(
            work, _words(search), limit=limit, after=after, worker_id=office.scope, by_code=not office.knows_names
        )
    return rows if office.knows_names else [coded_child(row) for row in rows]


def carried_elsewhere(office: Office, name: str) -> list[str]:
    """Return the codes of the children that bear this whole name and whose cases other workers carry, at most five.

    So that nobody writes a child down a second time: no more is told of it, and two words at least are wanted, each of
    which must be a whole word of one of the child's names. Ask the supervisor for the case.
    """
    words = _words(name)
    with office.read() as work:
        if office.scope is None or len(words) < FEWEST_WORDS:
            return []
        return queries.codes_carried_elsewhere(work, words, office.scope)


def cases(
    office: Office, search: str = "", *, status: CaseStatus | None = None, limit: int = 200,
    after: CaseRow | None = None,
) -> list[CaseRow]:  # fmt: skip
    """Return cases, newest first, a page at a time: those after the given row.

    search as for children, and the case's own numbers. status None means all. What is for named readers alone counts
    for nobody's next deadline. A case worker sees the own cases and those that nobody carries. Who may not know names
    sees codes and numbers, and finds by the case's own number alone.
    """
    with office.read(Right.LIST) as work:
        rows = queries.cases_page(
            work, _words(search), status=status, limit=limit, after=after, without=CONFIDENTIAL_RULES,
            worker_id=office.scope, by_number=not office.knows_names,
        )  # fmt: skip
    return rows if office.knows_names else [coded_case(row) for row in rows]


def log_exported(office: Office, what: str, how: str) -> None:
    """Write down that a whole list left the program: what is cases, children or deadlines; how: json, text or ics."""
    with office.write(Right.LIST) as work:
        work.note("exported", "List", changes={"what": [None, what], "how": [None, how]})


def _clocks(office: Office, work: Work, mine: bool, until: date | None) -> ClockQuestion:
    return clocks_known_to(work, office.staff.id, ClockQuestion(_worker(office, mine), until))


def _worker(office: Office, mine: bool) -> UUID | None:
    return office.staff.id if mine else office.scope


def _words(search: str) -> tuple[str, ...]:
    return tuple(search_key(search).split())
