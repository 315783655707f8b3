"""The follow-up list, as rows of plain values: each page reads the columns it shows of its own children alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from casemgr.clock import PHNOM_PENH, PartialDate
from casemgr.i18n import N_
from casemgr.measures.index_events import IndexKind
from casemgr.records.beside.case_contact import CaseContact
from casemgr.records.beside.complaint import Complaint
from casemgr.records.case import Case, Level
from casemgr.records.child import Child, Sex
from casemgr.records.contact import Contact, ContactRole
from casemgr.records.fields import Choice, Kind, fields_of
from casemgr.records.kept import NOTHING_DUE, Deadline, IndexEventKept
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import UNANSWERED, FollowUpStatus
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import SupportKind
from casemgr.records.staff import StaffMember
from casemgr.store.bare import AMONG, Reader, as_stored
from casemgr.store.engine import own_words
from casemgr.store.queries import carried_by
from casemgr.store.work import Work

SCHEDULE_RULE = "follow-up"
FOLLOW_UP_RULES = (SCHEDULE_RULE, "follow-up-agreed")
"""The rules whose deadlines say when a child is to be followed up next."""

_ITS_PHONE = "$.phone"
DUE_DAYS = 7
"""A follow-up is due, and not only coming, in the last days before its own, so many of them."""


class FollowUpStanding(Choice):
    """How the follow-up of a child stands."""

    OVERDUE = "overdue", N_("Overdue")
    DUE = "due", N_("Due within 7 days")
    COMING = "coming", N_("Coming later")
    LOST = "lost", N_("Lost: cannot be found")
    NOTHING = "nothing", N_("Nothing due")


own_words.update((_ITS_PHONE, *(each.value for each in FollowUpStanding)))


def standing_of(next_due: date | None, lost_on: date | None, as_of: date) -> FollowUpStanding:
    """Return how a follow-up stands on that day; next_due None: nothing is due."""
    if lost_on is not None and lost_on <= as_of:
        return FollowUpStanding.LOST
    if next_due is None:
        return FollowUpStanding.NOTHING
    if next_due < as_of:
        return FollowUpStanding.OVERDUE
    return FollowUpStanding.DUE if next_due <= as_of + timedelta(days=DUE_DAYS) else FollowUpStanding.COMING


@dataclass(frozen=True)
class FollowUpFilter:
    """Which index events a list shows, looked at on the day as_of; those that lie after it are never shown.

    worker_id: of whose cases; with everybodys, also of those that nobody carries. carrier: of the cases that this staff
    member carries, or nobody, whatever else is asked. place: the beginning of a code of
    the home, such as "17". programme: given to the child on that day by a plan. due_within: due by so many days after
    as_of, overdue ones included. every: all index events of a child, and not its first alone.
    """

    as_of: date
    standing: FollowUpStanding | None = None
    worker_id: UUID | None = None
    everybodys: bool = False
    place: str | None = None
    kind: IndexKind | None = None
    programme: SupportKind | None = None
    due_within: int | None = None
    every: bool = False
    carrier: UUID | None = None


class IndexRow(NamedTuple):
    """An index event in a list, with its child and its case. next_due is None where nothing is due.

    noted: whether a note for named staff alone is written down in the case, complaints left out.
    """

    id: UUID
    case_id: UUID
    child_id: UUID
    record_id: UUID
    kind: str
    began_on: date
    next_due: date | None
    lost_on: date | None
    number: str | None
    risk: Level | None
    worker_id: UUID | None
    worker: str | None
    worker_latin: str | None
    code: str | None
    family_name_km: str | None
    given_name_km: str | None
    family_name_latin: str | None
    given_name_latin: str | None
    nickname: str | None
    sex: Sex | None
    born: PartialDate | None
    village_code: str | None
    phone: str | None
    guardian_phone: str | None
    language: str | None
    noted: bool

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<IndexRow {self.id}>"


def _first_phone() -> sa.ColumnElement[str | None]:
    """The first telephone among a child's guardians."""
    line = sa.func.json_each(Child.guardians).table_valued("value", "key", name="guardian")
    phone = sa.func.json_extract(line.c.value, _ITS_PHONE)
    asked = sa.select(phone).select_from(line).where(phone.is_not(None)).order_by(line.c.key).limit(1)
    return asked.correlate(Child).scalar_subquery()


def _noted() -> sa.ColumnElement[bool]:
    """Whether a case has such a note."""
    found = (
        (kind.record.__table__.c, [
            info.name for info in fields_of(kind.record) if info.restricted and info.kind is Kind.TEXT
        ])
        for kind in KINDS
        if kind.key != "complaint"
    )  # fmt: skip
    return sa.or_(*(
        sa.exists().where(columns["case_id"] == Case.id, sa.or_(*(columns[name].is_not(None) for name in names)))
        for columns, names in found
        if names
    ))  # fmt: skip


_SHOWN = (
    IndexEventKept.id, IndexEventKept.case_id, IndexEventKept.child_id, IndexEventKept.record_id, IndexEventKept.kind,
    IndexEventKept.began_on, sa.func.nullif(IndexEventKept.next_due, NOTHING_DUE, type_=sa.Date()),
    IndexEventKept.lost_on, Case.number, Case.risk, Case.worker_id,
    StaffMember.name, StaffMember.name_latin, Child.code, Child.family_name_km, Child.given_name_km,
    Child.family_name_latin, Child.given_name_latin, Child.nickname, Child.sex, Child.born, Child.village_code,
    Child.phone, _first_phone(), Child.language, _noted(),
)  # fmt: skip


def index_page(
    read: Reader, asked: FollowUpFilter, *, limit: int | None = 200, after: tuple[date | None, UUID] | None = None
) -> list[IndexRow]:  # fmt: skip
    """Return index events, those that are due longest first, those of which nothing is due last.

    after: next_due and identity of the row that the page follows.
    """
    values = None if after is None else {"due": after[0] or NOTHING_DUE, "last": after[1]}
    found = read.answers(_SHOWN, _page(asked, limit, first=after is None), values)
    return list(map(IndexRow._make, found))


@lru_cache(64)
def _page(asked: FollowUpFilter, limit: int | None, *, first: bool) -> sa.Select[Any]:
    """Return the question for a page; those of a list are the same but for the row they follow."""
    found = (
        as_stored(_SHOWN)
        .select_from(IndexEventKept)
        .join(Case, Case.id == IndexEventKept.case_id)
        .join(Child, Child.id == IndexEventKept.child_id)
        .outerjoin(StaffMember, StaffMember.id == Case.worker_id)
        .where(*_where(asked))
        .order_by(IndexEventKept.next_due, IndexEventKept.id)
        .limit(limit)
    )
    if first:
        return found
    place = (IndexEventKept.next_due, IndexEventKept.id)
    follows = (sa.bindparam("due", type_=place[0].type), sa.bindparam("last", type_=place[1].type))
    return found.where(sa.tuple_(*place) > sa.tuple_(*follows))


def _where(asked: FollowUpFilter) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = [IndexEventKept.began_on <= asked.as_of]
    if not asked.every:
        where.append(IndexEventKept.first.is_(True))
    if asked.standing is not None:
        where += _stands(asked.standing, asked.as_of)
    if asked.worker_id is not None:
        nobody = (Case.worker_id.is_(None),) if asked.everybodys else ()
        where.append(sa.or_(Case.worker_id == asked.worker_id, *nobody))
    where += carried_by(asked.carrier)
    if asked.place:
        where.append(Child.village_code.startswith(asked.place, autoescape=True))
    if asked.kind is not None:
        where.append(IndexEventKept.kind == asked.kind.value)
    if asked.programme is not None:
        where.append(_given(asked.programme, asked.as_of))
    if asked.due_within is not None:
        last = min(asked.as_of.toordinal() + asked.due_within, _LAST_DAY)
        where.append(IndexEventKept.next_due <= date.fromordinal(last))
    return where


_LAST_DAY = NOTHING_DUE.toordinal() - 1


def _stands(standing: FollowUpStanding, as_of: date) -> list[sa.ColumnElement[bool]]:
    """Whether a follow-up stands so; the same as standing_of."""
    lost = sa.and_(IndexEventKept.lost_on.is_not(None), IndexEventKept.lost_on <= as_of)
    due, soon = IndexEventKept.next_due, as_of + timedelta(days=DUE_DAYS)
    return {
        FollowUpStanding.LOST: [lost],
        FollowUpStanding.NOTHING: [sa.not_(lost), due == NOTHING_DUE],
        FollowUpStanding.OVERDUE: [sa.not_(lost), due < as_of],
        FollowUpStanding.DUE: [sa.not_(lost), due >= as_of, due <= soon],
        FollowUpStanding.COMING: [sa.not_(lost), due > soon, due < NOTHING_DUE],
    }[standing]


def _given(programme: SupportKind, on: date) -> sa.ColumnElement[bool]:
    """Whether a plan of the child gives this on that day."""
    of_child, plan = aliased(Case), ReintegrationPlan
    line = sa.func.json_each(plan.support).table_valued("value", name="line")
    said = {name: sa.func.json_extract(line.c.value, f"$.{name}") for name in ("kind", "from_on", "to_on")}
    day = on.isoformat()
    return (
        sa.exists()
        .select_from(sa.join(plan, of_child, of_child.id == plan.case_id).join(line, sa.true()))
        .where(
            of_child.child_id == IndexEventKept.child_id,
            said["kind"] == programme.value,
            sa.or_(said["from_on"].is_(None), said["from_on"] <= day),
            sa.or_(said["to_on"].is_(None), said["to_on"] >= day),
            sa.or_(plan.ended_on.is_(None), plan.ended_on >= on),
        )
    )


def index_counts(work: Work, asked: FollowUpFilter) -> dict[FollowUpStanding, int]:
    """Return how many index events stand each way; the filter's own standing is passed over."""
    standing = sa.case(*((sa.and_(*_stands(each, asked.as_of)), each.value) for each in FollowUpStanding))
    whole = FollowUpFilter(**(vars(asked) | {"standing": None}))
    counted = (
        sa.select(standing, sa.func.count())
        .select_from(IndexEventKept)
        .join(Case, Case.id == IndexEventKept.case_id)
        .join(Child, Child.id == IndexEventKept.child_id)
        .where(*_where(whole))
        .group_by(standing)
    )
    found: dict[str, int] = {row[0]: row[1] for row in work.session.execute(counted)}
    return {each: found.get(each.value, 0) for each in FollowUpStanding}


def village_phones(read: Reader, case_ids: str) -> dict[UUID, str]:
    """Return the telephone of the village chief of each case that names one, else of another local authority.

    case_ids: from bare.listed, here and below.
    """
    rows = sorted(read.answers(_PHONE, _PHONES, {"ids": case_ids}), key=lambda row: _LOCAL.index(row[1]), reverse=True)
    return {case_id: phone for case_id, _, phone in rows}


_LOCAL = (ContactRole.VILLAGE_CHIEF, ContactRole.COMMUNE_CHIEF, ContactRole.COMMITTEE)
_PHONE = (CaseContact.case_id, CaseContact.role, Contact.phone)
_PHONES = (
    as_stored(_PHONE)
    .join(Contact, Contact.id == CaseContact.contact_id)
    .where(CaseContact.case_id.in_(AMONG), CaseContact.role.in_(_LOCAL), Contact.phone.is_not(None))
)


def complaints_of(read: Reader, case_ids: str) -> list[tuple[UUID, tuple[UUID, ...]]]:
    """Return the complaints of these cases: the case of each, and who may read it."""
    found = read.records_among(Complaint, ("case_id", "readers"), "case_id", case_ids)
    return [(complaint.case_id, complaint.readers) for complaint in found]


def next_follow_up(work: Work, children: Collection[UUID]) -> date:
    """Return the day of the soonest follow-up of a child that is still to be done, in any case of its records."""
    soonest = work.session.scalar(
        sa.select(sa.func.min(Deadline.due_at, type_=Deadline.due_at.type))
        .join(Case, Case.id == Deadline.case_id)
        .where(Case.child_id.in_(children), Deadline.ended_at.is_(None), Deadline.rule.in_(FOLLOW_UP_RULES))
    )
    return NOTHING_DUE if soonest is None else _day(soonest)


def _day(moment: datetime) -> date:
    return moment.astimezone(PHNOM_PENH).date()


def lost_since(work: Work, children: Collection[UUID]) -> date | None:
    """Return the day on which a child of these records was written down as lost; None where it is not, or was found."""
    newest = work.session.execute(
        sa.select(FollowUp.done_on, FollowUp.status)
        .join(Case, Case.id == FollowUp.case_id)
        .where(
            Case.child_id.in_(children), FollowUp.done_on.is_not(None), FollowUp.status.is_not(None),
            FollowUp.status.not_in(UNANSWERED),
        )
        .order_by(FollowUp.done_on.desc(), FollowUp.created_at.desc())
        .limit(1)
    ).first()  # fmt: skip
    return newest.done_on if newest is not None and newest.status is FollowUpStatus.LOST else None
