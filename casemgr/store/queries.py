"""The lists, as rows of plain values: they read only the columns they show, a page at a time."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import aliased, load_only

from casemgr.clock import PartialDate
from casemgr.law.custody import TELLS_WHERE
from casemgr.records.base import CaseRecord
from casemgr.records.beside.document import AttachedFile, Document
from casemgr.records.case import Case, CaseStatus, ProcessStage
from casemgr.records.child import Child, Sex, full_name
from casemgr.records.kept import AuditEntry, Deadline, NumberGiven
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import PoliceOutcome
from casemgr.records.pathway.child_in_prison import ChildInPrison
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_visit import DetentionVisit
from casemgr.records.pathway.hearing import HEARING_RECORD
from casemgr.records.pathway.legal_referral import Referral
from casemgr.records.pathway.referral_answers import LEGAL_SERVICES
from casemgr.records.staff import StaffMember
from casemgr.store.case_filters import HELD, IS_OPEN, RUNS, in_case, in_number
from casemgr.store.case_filters import carried_by as carried_by  # noqa: PLC0414  (others ask for it here)
from casemgr.store.engine import own_words
from casemgr.store.persons import case_is_of, is_later_record, is_visible
from casemgr.store.work import Work

_AT_ONCE = 500
"""Rows that are fetched together."""
_CHANGING = ("created", "changed", "removed", "submitted")
"""The deeds that change a record."""
own_words.update(_CHANGING)


class HeldRow(NamedTuple):
    """A record that says that the child is held, and what the case's other records say beside it.

    Moments are Phnom Penh time. next_hearing: the first still to come; last_visit, lawyer_met: None where there was
    none.
    """

    record: Arrest | Detention | ChildInPrison
    case_number: str
    child_id: UUID
    child_code: str
    name_km: str
    name_latin: str
    next_hearing: datetime | None
    last_visit: date | None
    lawyer_met: datetime | None

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<HeldRow {self.record.id}>"


class ChildRow(NamedTuple):
    """A child in a list. The names fall back to the other script, the nickname, the code: never empty.

    last_case_number: of the case that was opened last, None where there is none. sort_key: the row's place in Khmer
    dictionary order, by which the next page finds its beginning.
    """

    id: UUID
    code: str
    name_km: str
    name_latin: str
    nickname: str | None
    sex: Sex | None
    born: PartialDate | None
    village_code: str | None
    open_cases: int
    last_case_number: str | None
    sort_key: str

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<ChildRow {self.id}>"


class CaseRow(NamedTuple):
    """A case in a list.

    next_due: the soonest of its running clocks (Phnom Penh time), None where none runs; next_whole_day: the day counts.
    """

    id: UUID
    number: str
    child_id: UUID
    name_km: str
    name_latin: str
    stage: ProcessStage | None
    status: CaseStatus | None
    opened_on: date
    next_due: datetime | None
    next_whole_day: bool | None

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<CaseRow {self.id}>"


NAMES = (
    Child.family_name_km, Child.given_name_km, Child.family_name_latin, Child.given_name_latin, Child.nickname,
    Child.code,
)  # fmt: skip
"""What a child is called by."""


def called(row: Any, language: str) -> str:
    """Return what a child is called in a language, of a row with NAMES; never empty."""
    written = full_name(row.family_name_km, row.given_name_km, row.family_name_latin, row.given_name_latin, language)
    return written or row.nickname or row.code or "–"


_HEARINGS = tuple(clock.rule for clock in HEARING_RECORD.clocks)
"""The rules of a hearing that is planned, and of the new date of one that was postponed."""

_OTHER_ARREST = aliased(Arrest)

_NOBODY_KNOWS = sa.and_(
    Arrest.outcome == PoliceOutcome.UNKNOWN, IS_OPEN,
    *(sa.not_(sa.exists().where(kind.case_id == Case.id)) for kind in TELLS_WHERE),
)  # fmt: skip
"""The end of custody is not known, in an open case of which no later record says where the child is."""

_PERHAPS_HELD = HELD | {Arrest: (HELD[Arrest][0], sa.or_(Arrest.outcome.is_(None), _NOBODY_KNOWS))}
"""By which records a child is held or may still be, while this holds of them."""


_READ_OF_HELD: dict[type[Any], tuple[Any, ...]] = {
    Arrest: (
        Arrest.id, Arrest.case_id, Arrest.outcome, Arrest.arrested_at, Arrest.arrived_at, Arrest.police_unit,
        Arrest.held_with_adults,
    ),
    Detention: (
        Detention.id, Detention.case_id, Detention.started_on, Detention.facility, Detention.facility_type,
        Detention.transfers, Detention.separation,
    ),
    ChildInPrison: (ChildInPrison.id, ChildInPrison.case_id, ChildInPrison.facility, ChildInPrison.entered_on),
}  # fmt: skip
"""What is read of them and no more: to read anything else is an error."""


def held(work: Work, now: datetime, worker_id: UUID | None = None) -> list[HeldRow]:
    """Return the records that say that a child is held, also those of closed cases, or that it may still be; unordered.

    One question is asked for each kind; it goes through the records of the kind and not through all cases.

    worker_id: of that staff member's cases alone. now: from when on a hearing is still to come.
    """
    beside = [
        sa.select(found).where(*where).scalar_subquery().label(name)
        for name, found, where in (
            ("next_hearing", sa.func.min(Deadline.due_at),
             (Deadline.case_id == Case.id, Deadline.rule.in_(_HEARINGS), Deadline.ended_at.is_(None),
              Deadline.due_at >= now)),
            ("last_visit", sa.func.max(DetentionVisit.visited_on), (DetentionVisit.case_id == Case.id,)),
            ("referred_met", sa.func.min(Referral.first_met_at),
             (Referral.case_id == Case.id, Referral.service.in_(LEGAL_SERVICES))),
            ("arrest_met", sa.func.min(_OTHER_ARREST.lawyer_arrived_at), (_OTHER_ARREST.case_id == Case.id,)),
        )
    ]  # fmt: skip
    rows: Iterable[Any] = (
        row
        for kind, so_long in _PERHAPS_HELD.items()
        for row in work.session.execute(
            sa.select(kind, Case.number, Case.child_id, *NAMES, *beside)
            .select_from(kind)
            .join(Case, Case.id == sa.literal_column(f"+{kind.__tablename__}.case_id", Case.id.type))
            .join(Child, Child.id == Case.child_id)
            .where(*so_long, *carried_by(worker_id))
            .options(load_only(*_READ_OF_HELD[kind], raiseload=True))
            .execution_options(yield_per=_AT_ONCE)
        )
    )
    return [
        HeldRow(
            row[0], row.number or "", row.child_id, row.code or "", called(row, "km"), called(row, "en"),
            row.next_hearing, row.last_visit,
            min((at for at in (row.referred_met, row.arrest_met) if at is not None), default=None),
        )
        for row in rows
    ]  # fmt: skip


def active_staff(work: Work) -> int:
    """Return how many staff members still work with the office."""
    return work.session.scalar(sa.select(sa.func.count()).where(StaffMember.active)) or 0


def children_page(
    work: Work, words: tuple[str, ...] = (), *, limit: int = 200, after: ChildRow | None = None,
    worker_id: UUID | None = None, by_code: bool = False,
) -> list[ChildRow]:  # fmt: skip
    """Return children in Khmer dictionary order, those that follow the given row.

    words: search keys (casemgr.khmer.search), each of which must occur in the child's own. worker_id: of that staff
    member's cases and those that nobody carries, as if there were no others; and the children without any case.
    Of several records of one child the first one stands for all, with the cases of all; with words those that fit do.
    by_code: found by their code alone, and in its order, which is the sort_key of the rows then.
    """
    own = carried_by(worker_id)
    of_child = case_is_of(work)
    its_cases = sa.select(Case.number).where(of_child, *own)
    open_cases = sa.select(sa.func.count()).where(of_child, IS_OPEN, *own)
    order, found_by = (Child.code, sa.func.lower(Child.code)) if by_code else (Child.sort_key_km, Child.search_key)
    asked = sa.select(
        Child.id, *NAMES, Child.sex, Child.born, Child.village_code, order.label("place"),
        open_cases.scalar_subquery().label("open_cases"),
        its_cases.order_by(Case.opened_on.desc(), Case.number.desc()).limit(1).scalar_subquery().label("last_case"),
    ).where(*(found_by.contains(word, autoescape=True) for word in words))  # fmt: skip
    if own:
        asked = asked.where(is_visible(Child.id, own))
    if not words:
        asked = asked.where(sa.not_(is_later_record(own)))
    if after is not None:
        asked = asked.where(sa.tuple_(order, Child.id) > sa.tuple_(after.sort_key, after.id))
    return [
        ChildRow(
            row.id, row.code or "", called(row, "km"), called(row, "en"), row.nickname, row.sex, row.born,
            row.village_code, row.open_cases, row.last_case, row.place or "",
        )
        for row in work.session.execute(asked.order_by(order, Child.id).limit(limit))
    ]  # fmt: skip


def codes_carried_elsewhere(work: Work, words: tuple[str, ...], worker_id: UUID, most: int = 5) -> list[str]:
    """Return the codes of children whose every case other staff members carry, and in whose key all words stand whole.

    words: search keys.
    """
    of_child = sa.exists().where(Case.child_id == Child.id)
    key = " " + Child.search_key + " "
    asked = sa.select(Child.code).where(
        *(key.contains(f" {word} ", autoescape=True) for word in words), of_child,
        sa.not_(of_child.where(*carried_by(worker_id))),
    )  # fmt: skip
    return [code or "" for code in work.session.scalars(asked.order_by(Child.code).limit(most))]


def cases_page(
    work: Work, words: tuple[str, ...] = (), *, status: CaseStatus | None = None, limit: int = 200,
    after: CaseRow | None = None, without: Collection[str] = (), worker_id: UUID | None = None,
    by_number: bool = False,
) -> list[CaseRow]:  # fmt: skip
    """Return cases, newest first, those that follow the given row.

    words: search keys, each of which must occur in the child's key or in one of the case's numbers. without: rules
    whose clocks count for no next deadline. worker_id: of that staff member's cases and those that nobody carries.
    by_number: found by the case's own number alone.
    """
    running = sa.select(Deadline).where(Deadline.case_id == Case.id, *RUNS, Deadline.rule.not_in(without))
    soonest = running.order_by(Deadline.due_at).limit(1)
    asked = (
        sa.select(
            Case.id, Case.number, Case.child_id, *NAMES, Case.stage, Case.status, Case.opened_on,
            soonest.with_only_columns(Deadline.due_at).scalar_subquery().label("next_due"),
            soonest.with_only_columns(Deadline.whole_day).scalar_subquery().label("next_whole_day"),
        )
        .join(Child, Child.id == Case.child_id)
        .where(*(in_number(word) if by_number else in_case(word) for word in words), *carried_by(worker_id))
    )  # fmt: skip
    if status is not None:
        asked = asked.where(IS_OPEN if status is CaseStatus.OPEN else Case.status == status)
    if after is not None:
        asked = asked.where(sa.tuple_(Case.opened_on, Case.id) < sa.tuple_(after.opened_on, after.id))
    return [
        CaseRow(
            row.id, row.number or "", row.child_id, called(row, "km"), called(row, "en"), row.stage, row.status,
            row.opened_on, row.next_due, row.next_whole_day,
        )
        for row in work.session.execute(asked.order_by(Case.opened_on.desc(), Case.id.desc()).limit(limit))
    ]  # fmt: skip


def kinds_in_case(work: Work, case_id: UUID, kinds: tuple[type[CaseRecord], ...]) -> list[type[CaseRecord]]:
    """Return which of these kinds of record a case has, in the order given; one question instead of one for each."""
    if work.session.autoflush:
        work.session.flush()
    found = work.stored(_kinds_asked(kinds), [case_id.hex] * len(kinds))
    return [kinds[place] for place in sorted(row[0] for row in found)]


@cache
def _kinds_asked(kinds: tuple[type[CaseRecord], ...]) -> str:
    asked: Iterator[sa.Select[Any]] = (
        sa.select(sa.literal_column(str(place)))
        .where(sa.exists().where(kind.__table__.c.case_id == sa.bindparam("case_id")))
        for place, kind in enumerate(kinds)
    )  # fmt: skip
    return str(sa.union_all(*asked).compile(dialect=sqlite.dialect()))


LONGEST_SERIAL = 9


def next_case_number(work: Work, office_code: str, year: int) -> str:
    """Return the number of the next case of a year, such as "SR-2026-0001"; each number is given once."""
    return _next(work, Case.number, f"{office_code}-{year:04}-")


def next_child_code(work: Work, office_code: str) -> str:
    """Return the code of the next child, such as "SR-C-0001"."""
    return _next(work, Child.code, f"{office_code}-C-")


def _next(work: Work, column: Any, prefix: str) -> str:
    """Return the prefix with the number after the highest that was given; asked within a transaction that writes."""
    return f"{prefix}{highest_given(work, column, prefix) + 1:04}"


def highest_given(work: Work, column: Any, prefix: str) -> int:
    """Return the highest number that was given after a prefix, also to a child or case that was erased; 0 for none.

    The rows are found by a range of the column's index: all texts between "SR-C-" and "SR-C." begin with "SR-C-". What
    is longer than any number of ours came from elsewhere and is not counted on from.
    """
    behind = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    own_words.update((prefix, behind))
    serial = sa.cast(sa.func.substr(column, len(prefix) + 1), sa.Integer)
    ours = column >= prefix, column < behind, sa.func.length(column) <= len(prefix) + LONGEST_SERIAL
    highest = work.session.scalar(sa.select(sa.func.max(serial)).where(*ours))
    erased = work.session.scalar(sa.select(NumberGiven.highest).where(NumberGiven.prefix == prefix))
    return max(highest or 0, erased or 0)


def changed_after(work: Work, records: Collection[UUID], seq: int) -> bool:
    """Return whether any of these records was changed after that line of the audit trail."""
    later = AuditEntry.seq > seq, AuditEntry.record_id.in_(records), AuditEntry.action.in_(_CHANGING)
    return work.session.scalar(sa.select(AuditEntry.seq).where(*later).limit(1)) is not None


def has_file(work: Work, file_id: UUID) -> bool:
    """Return whether the bytes of a document with that identity are kept; they are not read."""
    return work.session.scalar(sa.select(AttachedFile.id).where(AttachedFile.id == file_id)) is not None


def drop_unused_files(work: Work) -> None:
    """Take away the bytes of documents that were removed; until then a removal can be undone."""
    used = sa.select(Document.file_id).where(Document.file_id.is_not(None))
    work.session.connection().execute(sa.delete(AttachedFile).where(AttachedFile.id.not_in(used)))


def newest_audit_entry(work: Work) -> AuditEntry | None:
    """Return the last line of the audit trail, None where there is none."""
    return work.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).first()
