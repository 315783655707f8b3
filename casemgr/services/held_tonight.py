"""Where each child is held tonight: in police custody, in a prison, in a centre; and what is not as it should be."""

import enum
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.i18n import N_, Words
from casemgr.law.limits import Limit, load_limits
from casemgr.records.fields import Answer
from casemgr.records.kept import LimitCorrection
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.child_in_prison import ChildInPrison
from casemgr.records.pathway.detention import Detention, facility_now
from casemgr.records.pathway.detention_answers import AdultSeparation
from casemgr.records.stage import day_of
from casemgr.services.running_clocks import has_run_out
from casemgr.store import queries
from casemgr.store.clock_rows import limits_set_in
from casemgr.store.persons import persons
from casemgr.store.queries import HeldRow
from casemgr.store.work import Work

NO_VISIT_DAYS = 30
"""A child that nobody has visited for more days than these is marked."""

POLICE_CUSTODY, WITH_MOTHER = N_("Police custody"), N_("In prison with the mother")
END_NOT_KNOWN = N_("Police custody, its end not known")
"""Where it is not written down how custody ended, and nothing else tells where the child is: it may still be held."""

WITH_ADULTS: dict[AdultSeparation | None, bool] = {
    AdultSeparation.NOT_AT_ALL: True,
    AdultSeparation.AT_NIGHT: True,
    AdultSeparation.WHOLLY: False,
    AdultSeparation.NO_ADULTS: False,
}
"""Whether a child meets adults where it is held: apart at night alone is not apart (Penal Code, article 166)."""


class Mark(enum.Enum):
    """What is not as it should be with a child that is held; the value is a message."""

    OVER_LIMIT = N_("Over the limit")
    WITH_ADULTS = N_("Held with adults")
    NO_LAWYER = N_("No lawyer yet")
    NO_VISIT = N_("No visit for {days} days")


UNCONFIRMED = N_("Over the limit (not confirmed)")


class WhereRow(NamedTuple):
    """A child that is held tonight.

    record_id: of the record that says so. where: the place as it is written down, empty where it is not; kind: what
    kind of place that is, as a message. since: Phnom Penh time, a day where no more is known, None where nothing is.
    days: that it has been held, the first and today both counted; None where since is. with_adults: None where nobody
    has said. next_hearing: the first that is still to come. last_visit: None where there was none. lawyer_met: when a
    lawyer first met the child, None where none has. passed: the limit of the law for this custody that has passed.
    """

    case_id: UUID
    case_number: str
    child_id: UUID
    child_code: str
    name_km: str
    name_latin: str
    record_id: UUID
    where: str
    kind: str
    since: datetime | date | None
    days: int | None
    with_adults: bool | None
    next_hearing: datetime | date | None
    last_visit: date | None
    lawyer_met: datetime | date | None
    passed: Limit | None

    def __repr__(self) -> str:
        """Return record and case alone: no name may reach a log."""
        return f"<WhereRow {self.record_id} {self.case_id}>"

    def unvisited_days(self, on: date) -> int | None:
        """Return for how many days nobody has visited the child: since it is held, or since a visit after that."""
        seen = max((day_of(at) for at in (self.last_visit, self.since) if at is not None), default=None)
        return None if seen is None else max((on - seen).days, 0)

    def marks(self, on: date) -> tuple[Mark, ...]:
        """Return what is not as it should be on that day. What nobody has said is no mark, save a missing lawyer."""
        found = {
            Mark.OVER_LIMIT: self.passed is not None,
            Mark.WITH_ADULTS: self.with_adults is True,
            Mark.NO_LAWYER: self.lawyer_met is None,
            Mark.NO_VISIT: (self.unvisited_days(on) or 0) > NO_VISIT_DAYS,
        }
        return tuple(mark for mark, is_so in found.items() if is_so)

    def mark_said(self, mark: Mark, on: date, words: Words) -> str:
        """Return a mark in words; a limit that nobody has confirmed is not spoken of as law."""
        if mark is Mark.OVER_LIMIT and self.passed is not None and not self.passed.confirmed:
            return words.text(UNCONFIRMED)
        return words.text(mark.value, days=words.number(self.unvisited_days(on) or 0))

    def marks_said(self, on: date, words: Words) -> tuple[str, ...]:
        """Return all marks of that day in words."""
        return tuple(self.mark_said(mark, on, words) for mark in self.marks(on))


def held_tonight(work: Work, worker_id: UUID | None = None) -> list[WhereRow]:
    """Return where the children are held, also those whose case was closed, those held longest first; each child once.

    Those of whom it is not known whether they still are stand last. worker_id: of that staff member's cases alone. A
    child of which two records say that it is held is where the later one says.
    """
    now = clock.now()
    held = queries.held(work, now, worker_id)
    over = _passed_limits(work, {row.record.case_id for row in held}, now)
    rows = [_row(row, now.date(), over) for row in held]
    person = persons(work.session.connection())
    return sorted(
        _each_child_once(rows, person), key=lambda row: (row.kind == END_NOT_KNOWN, -(row.days or 0), row.case_number)
    )


def _row(row: HeldRow, today: date, over: Mapping[UUID, Limit]) -> WhereRow:
    where, kind, since, with_adults = _told(row.record, today)
    return WhereRow(
        row.record.case_id, row.case_number, row.child_id, row.child_code, row.name_km, row.name_latin, row.record.id,
        where=where or "", kind=kind, since=since, days=days_since(since, today), with_adults=with_adults,
        next_hearing=row.next_hearing, last_visit=row.last_visit, lawyer_met=row.lawyer_met,
        passed=over.get(row.record.id),
    )  # fmt: skip


def _told(
    record: Arrest | Detention | ChildInPrison, today: date
) -> tuple[str | None, str, datetime | date | None, bool | None]:  # fmt: skip
    """Return what a record says: the place, what kind of place as a message, since when, and whether with adults."""
    match record:
        case Arrest():
            since = record.arrived_at or record.arrested_at
            custody = POLICE_CUSTODY if record.outcome is None else END_NOT_KNOWN
            return record.police_unit, custody, since, _yes_or_no(record.held_with_adults)
        case Detention():
            kind, place = facility_now(record, today)
            return place, kind.label if kind else Detention.title, record.started_on, WITH_ADULTS.get(record.separation)
        case _:
            return record.facility, WITH_MOTHER, record.entered_on, None


def days_since(since: datetime | date | None, today: date) -> int | None:
    """Return the days from that time until today, both counted; None where since is not known."""
    return None if since is None else max((today - day_of(since)).days + 1, 1)


def _passed_limits(work: Work, cases: Collection[UUID], now: datetime) -> dict[UUID, Limit]:
    """Return the limit of the law that has passed, by the record that set it running; promises are no law."""
    limits = load_limits(work.read(LimitCorrection))
    return {
        record_id: limits[key]
        for record_id, key, due_at, whole_day in limits_set_in(work, cases, now)
        if key in limits and limits[key].kind == "law" and has_run_out(due_at, whole_day, now)
    }


def _each_child_once(rows: Iterable[WhereRow], person: Mapping[UUID, UUID]) -> Iterable[WhereRow]:
    """Return of each child the row that began last; one whose beginning nobody knows counts as the first.

    person: the child of each record that is one of several of one child.

    Of two of one day that in police custody came first: of the other no more than the day is written down.
    """

    def began(row: WhereRow) -> tuple[date, bool]:
        return day_of(row.since) if row.since is not None else date.min, row.kind not in (POLICE_CUSTODY, END_NOT_KNOWN)

    return {person.get(row.child_id, row.child_id): row for row in sorted(rows, key=began)}.values()


def _yes_or_no(answer: Answer | None) -> bool | None:
    return {Answer.YES: True, Answer.NO: False}.get(answer) if answer is not None else None
