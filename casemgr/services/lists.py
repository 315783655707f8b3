"""The lists a worker looks at: what is due, the children, the cases, and what the search box finds."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from casemgr.khmer.search import search_key
from casemgr.law.limits import Limit, load_limits
from casemgr.records.case import CaseStatus
from casemgr.records.kept import LimitCorrection
from casemgr.services.office import Office, Right
from casemgr.services.readers import CONFIDENTIAL_RULES, known_to
from casemgr.store import queries
from casemgr.store.queries import CaseRow as CaseRow  # noqa: PLC0414  (what the lists below return)
from casemgr.store.queries import ChildRow as ChildRow  # noqa: PLC0414


class ClockRow(NamedTuple):
    """A clock that runs. due_at, started_at: Phnom Penh time; with whole_day the day counts and not the hour.

    limit is the row of the table of limits that gave it, None where the worker typed the date. doubts: codes among
    age, offence-date, class and start.
    """

    case_id: UUID
    case_number: str
    child_id: UUID
    name_km: str
    name_latin: str
    rule: str
    started_at: datetime | None
    due_at: datetime
    whole_day: bool
    limit: Limit | None
    doubts: tuple[str, ...]

    def __repr__(self) -> str:
        """Return rule and case alone: no name may reach a log."""
        return f"<ClockRow {self.rule} {self.case_id}>"


def today(office: Office) -> list[ClockRow]:
    """Return every running clock of the open cases, soonest first, those that are over at the top.

    What is for other readers alone is left out.
    """
    with office.read() as work:
        limits = load_limits(work.find(LimitCorrection))
        rows = known_to(work, office.staff.id, queries.running_deadlines(work))
    return [
        ClockRow(
            row.case_id, row.case_number, row.child_id, row.name_km, row.name_latin, row.rule, row.started_at,
            row.due_at, row.whole_day, limits.get(row.limit_key or ""), tuple(filter(None, row.doubts.split(","))),
        )
        for row in rows
    ]  # fmt: skip


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


def log_exported(office: Office, what: str, how: str) -> None:
    """Write down that a whole list left the program: what is cases or children, how is json or text."""
    with office.write(Right.READ_CASES) as work:
        work.note("exported", "List", changes={"what": [None, what], "how": [None, how]})


def _words(search: str) -> tuple[str, ...]:
    return tuple(search_key(search).split())
