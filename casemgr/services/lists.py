"""The lists a worker looks at: what is due, the children, the cases, and what the search box finds."""

from datetime import date
from uuid import UUID

from casemgr.khmer.search import search_key
from casemgr.records.case import CaseStatus
from casemgr.services.held_tonight import Mark as Mark  # noqa: PLC0414  (what the lists below return)
from casemgr.services.held_tonight import WhereRow as WhereRow  # noqa: PLC0414
from casemgr.services.held_tonight import held_tonight
from casemgr.services.office import Office, Right
from casemgr.services.readers import CONFIDENTIAL_RULES, known_to
from casemgr.services.running_clocks import ClockRow as ClockRow  # noqa: PLC0414
from casemgr.services.running_clocks import running_clocks
from casemgr.store import queries
from casemgr.store.queries import CaseRow as CaseRow  # noqa: PLC0414
from casemgr.store.queries import ChildRow as ChildRow  # noqa: PLC0414


def today(office: Office, *, mine: bool = False, until: date | None = None) -> list[ClockRow]:
    """Return every running clock of the open cases, soonest first, those that are over at the top.

    Those that go on after a case was closed (AFTER_CLOSING) are among them. mine: of the cases alone that the worker
    carries, or nobody. until: due by that day's end; what is over is always there. What is for other readers alone is
    left out.
    """
    with office.read() as work:
        return known_to(work, office.staff.id, running_clocks(work, _worker(office, mine), until))


def who_is_where(office: Office, *, mine: bool = False) -> list[WhereRow]:
    """Return the children that are held tonight, those held longest first. mine: as in today."""
    with office.read() as work:
        return held_tonight(work, _worker(office, mine))


def is_shared(office: Office) -> bool:
    """Return whether more than one staff member works with the office, so that "my cases" are not all."""
    with office.read() as work:
        return queries.active_staff(work) > 1


def children(office: Office, search: str = "", *, limit: int = 200, after: ChildRow | None = None) -> list[ChildRow]:
    """Return children in Khmer dictionary order, a page at a time: those after the given row.

    search: letters of a name in either script, a nickname, a code or a telephone number; every word must occur.
    """
    with office.read() as work:
        return queries.children_page(work, _words(search), limit=limit, after=after)


def cases(
    office: Office, search: str = "", *, status: CaseStatus | None = None, limit: int = 200,
    after: CaseRow | None = None,
) -> list[CaseRow]:  # fmt: skip
    """Return cases, newest first, a page at a time: those after the given row.

    search as for children, and the case's own numbers. status None means all. What is for named readers alone counts
    for nobody's next deadline.
    """
    with office.read() as work:
        return queries.cases_page(
            work, _words(search), status=status, limit=limit, after=after, without=CONFIDENTIAL_RULES
        )


def case_ids(office: Office, search: str = "", *, status: CaseStatus | None = None) -> list[UUID]:
    """Return the identities of all cases that fit, newest first; search and status as in cases."""
    rows: list[CaseRow] = []
    with office.read() as work:
        while page := queries.cases_page(
            work, _words(search), status=status, limit=500, after=rows[-1] if rows else None
        ):  # fmt: skip
            rows += page
    return [row.id for row in rows]


def log_exported(office: Office, what: str, how: str) -> None:
    """Write down that a whole list left the program: what is cases, children or deadlines; how: json, text or ics."""
    with office.write(Right.READ_CASES) as work:
        work.note("exported", "List", changes={"what": [None, what], "how": [None, how]})


def _worker(office: Office, mine: bool) -> UUID | None:
    return office.staff.id if mine else None


def _words(search: str) -> tuple[str, ...]:
    return tuple(search_key(search).split())
