"""The follow-up list: which children are to be followed up, when, and what is known of each since its index event."""

import enum
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from casemgr import clock
from casemgr.clock import PartialDate
from casemgr.i18n import N_
from casemgr.law.ages import AgeRange, age_range
from casemgr.measures.cohort import (
    Course,
    Dated,
    FollowUpEnd,
    Offending,
    are_one,
    first_event,
    offences_since,
    offending_of,
)
from casemgr.measures.index_events import IndexEvent, IndexKind
from casemgr.measures.reading import CaseFile, Records, contact_of, course_of, gravest_class
from casemgr.measures.reoffending import WINDOWS, Window
from casemgr.pace import sweeping_later
from casemgr.records.beside.consent import Consent, ConsentScope, allowing, withdrawn_from
from casemgr.records.case import Level, Offence, OffenceCategory, OffenceClass
from casemgr.records.child import Sex, written
from casemgr.records.pathway.follow_up import FollowUp
from casemgr.records.pathway.follow_up_answers import (
    UNANSWERED,
    ContactLevel,
    ContactSource,
    FollowUpHow,
    FollowUpStatus,
    Reached,
)
from casemgr.records.pathway.reintegration import ReintegrationPlan
from casemgr.records.pathway.reintegration_answers import SupportKind
from casemgr.services.coded import province_of
from casemgr.services.follow_up_schedule import ScheduleLine as ScheduleLine  # noqa: PLC0414
from casemgr.services.follow_up_schedule import case_schedule as case_schedule  # noqa: PLC0414
from casemgr.services.office import Office, Right
from casemgr.store.bare import DAYS_KEPT, Reader, listed
from casemgr.store.follow_up_rows import DUE_DAYS as DUE_DAYS  # noqa: PLC0414  (windows ask for it here)
from casemgr.store.follow_up_rows import FollowUpFilter as FollowUpFilter  # noqa: PLC0414
from casemgr.store.follow_up_rows import FollowUpStanding as FollowUpStanding  # noqa: PLC0414
from casemgr.store.follow_up_rows import (
    IndexRow,
    complaints_of,
    index_counts,
    index_page,
    standing_of,
    village_phones,
)
from casemgr.store.measure_rows import KINDS as INDEX_KINDS
from casemgr.store.measure_rows import files_followed, offences_of
from casemgr.store.work import Work
from casemgr.trouble import NotAllowed

SOON = timedelta(days=30)
"""A window is due soon in the last days before its end, so many of them."""


class Brief(NamedTuple):
    """What of a row of the list says what kind of child it is, without who it is; as in FollowUpRow."""

    index_on: date
    index_kind: IndexKind
    village_code: str | None
    offence_class: OffenceClass | None
    age_then: AgeRange | None
    sex: Sex | None


class WindowState(enum.Enum):
    """How a window of a child stands; the value is a message."""

    EVENT = N_("New offence in it")
    FOLLOWED = N_("Followed to its end")
    NOT_FOLLOWED = N_("Over, not known to its end")
    SOON = N_("Ends within 30 days")
    RUNNING = N_("Not over yet")


_EVENT, _FOLLOWED, _NOT_FOLLOWED, _ENDS_SOON, _RUNNING = WindowState
# A member is looked up by its class each time it is named, which for very many rows takes longer than the comparison.
_CONTACT, _LOST, _NOBODY = ConsentScope.CONTACT, FollowUpStatus.LOST, Reached.NOBODY


class WindowFlag(NamedTuple):
    """A window of one child: its last day, and how it stands. eligible: it is over."""

    window: Window
    ends_on: date
    state: WindowState

    @property
    def eligible(self) -> bool:
        """Whether it counts in a rate of that window."""
        return self.state in (_EVENT, _FOLLOWED, _NOT_FOLLOWED)


class EventTold(NamedTuple):
    """A new offence since the index event. source: who told of it, None where it is a later case of this office."""

    level: ContactLevel
    on: date
    exact: bool
    source: ContactSource | None
    confirmed: bool


class FollowUpRow(NamedTuple):
    """A child in the follow-up list, by one index event. id tells the row from others, and where the next page begins.

    case_id: the case of the index event. The names fall back to the other script, the nickname, the code. age_then:
    at the earliest offence of that case, age_now: on the day of looking; None where it is not known. offence: the kind
    of the first offence with the gravest class. days_since: since the index event. next_due: None where nothing is
    due; days_overdue: below 0 before that day, None without it. last_contact_on, last_contact_how: of the last
    follow-up that found something out; last_status: what the last one wrote, also where it reached nobody. lost_on:
    since when it is lost. ended: why nobody follows it any more. village_phone: of the village chief, or another local
    authority, of the case. programmes: what is given on that day. consent_given: whether contact after the case is
    allowed on that day; consent_until: the last such day, None where none is set. withdrawn: whether consent to contact
    or sharing was taken back, and nothing since allows it again. restricted: whether notes for named
    staff alone are in the case.
    """

    id: UUID
    case_id: UUID
    case_number: str
    child_id: UUID
    child_code: str
    name_km: str
    name_latin: str
    sex: Sex | None
    age_then: AgeRange | None
    age_now: AgeRange | None
    offence_class: OffenceClass | None
    offence: OffenceCategory | None
    index_kind: IndexKind
    index_on: date
    days_since: int
    standing: FollowUpStanding
    next_due: date | None
    days_overdue: int | None
    last_contact_on: date | None
    last_contact_how: FollowUpHow | None
    last_status: FollowUpStatus | None
    lost_on: date | None
    ended: FollowUpEnd | None
    phone: str | None
    guardian_phone: str | None
    village_phone: str | None
    village_code: str | None
    worker_id: UUID | None
    worker: str
    worker_latin: str
    language: str | None
    risk: Level | None
    programmes: tuple[SupportKind, ...]
    windows: tuple[WindowFlag, ...]
    events: tuple[EventTold, ...]
    consent_given: bool
    withdrawn: bool
    consent_until: date | None
    restricted: bool

    def __repr__(self) -> str:
        """Return the identity alone: no name may reach a log."""
        return f"<FollowUpRow {self.id}>"


def follow_up_list(
    office: Office, *, standing: FollowUpStanding | None = None, worker_id: UUID | None = None, mine: bool = False,
    place: str | None = None, kind: IndexKind | None = None, programme: SupportKind | None = None,
    due_within: int | None = None, every: bool = False, as_of: date | None = None, limit: int = 200,
    after: FollowUpRow | None = None,
) -> list[FollowUpRow]:  # fmt: skip
    """Return the children with an index event, those overdue longest first, a page at a time: those after that row.

    A child stands there once, by its first index event; with every, by each. mine: of the cases alone that the worker
    carries, or nobody; worker_id: of those that this staff member carries. place: the beginning of a code of the home.
    due_within: due by so many days from as_of on, overdue ones included. as_of: the day of looking, today unless
    given; what is due is what the records say now. A case worker sees the children of the own cases and of those that
    nobody carries; who may not know names sees codes. Raises NotAllowed.
    """
    asked = filter_of(
        office, standing=standing, worker_id=worker_id, mine=mine, place=place, kind=kind, programme=programme,
        due_within=due_within, every=every, as_of=as_of,
    )  # fmt: skip
    with sweeping_later(), office.read(Right.LIST) as work:
        rows = list(read_follow_ups(work, office.staff.id, within_scope(office, asked), limit=limit, after=after))
    return rows if office.knows_names else [coded_follow_up(row) for row in rows]


def filter_of(
    office: Office, *, standing: FollowUpStanding | None = None, worker_id: UUID | None = None, mine: bool = False,
    place: str | None = None, kind: IndexKind | None = None, programme: SupportKind | None = None,
    due_within: int | None = None, every: bool = False, as_of: date | None = None,
) -> FollowUpFilter:  # fmt: skip
    """Return the filter that these choices of a worker make; they are those of follow_up_list."""
    return FollowUpFilter(
        as_of or clock.today(), standing, office.staff.id if mine else worker_id, mine, place or None, kind, programme,
        due_within, every,
    )  # fmt: skip


def follow_up_counts(
    office: Office, *, worker_id: UUID | None = None, mine: bool = False, place: str | None = None,
    kind: IndexKind | None = None, programme: SupportKind | None = None, every: bool = False,
    as_of: date | None = None,
) -> dict[FollowUpStanding, int]:  # fmt: skip
    """Return how many rows of the list stand each way, 0 included; the choices are those of follow_up_list."""
    asked = filter_of(
        office, worker_id=worker_id, mine=mine, place=place, kind=kind, programme=programme, every=every, as_of=as_of
    )
    with office.read(Right.LIST) as work:
        return index_counts(work, within_scope(office, asked))


def coded_follow_up(row: FollowUpRow) -> FollowUpRow:
    """Return the row for who may not know names: without names, telephones, staff, and anything below the province."""
    return row._replace(
        name_km=row.child_code, name_latin=row.child_code, phone=None, guardian_phone=None, village_phone=None,
        village_code=province_of(row.village_code), worker_id=None, worker="", worker_latin="", language=None,
    )  # fmt: skip


def within_scope(office: Office, asked: FollowUpFilter, *, whole: bool = False) -> FollowUpFilter:
    """Return the filter with what the staff member may see at most; whole: of the whole office.

    Who may not know names narrows it by no place below the province. Raises NotAllowed where such a one asks for a
    colleague's children: who carries which is not told either.
    """
    if not office.knows_names:
        if asked.worker_id not in (None, office.staff.id):
            raise NotAllowed(N_("Your account may not do this. Ask the person who looks after the accounts."))
        asked = replace(asked, place=province_of(asked.place))
    return asked if whole else replace(asked, carrier=office.scope)


def read_follow_ups(
    work: Work, reader: UUID, asked: FollowUpFilter, *, limit: int = 200, after: FollowUpRow | None = None
) -> Iterator[FollowUpRow]:  # fmt: skip
    """Yield a page of the list within a transaction that is already open, as that staff member may see it."""
    read = Reader(work)
    page = index_page(read, asked, limit=limit, after=None if after is None else (after.next_due, after.id))
    events = [_event(row) for row in page]
    files = files_followed(read, events)
    cases = listed({row.case_id for row in page})
    phones = village_phones(read, cases)
    complaints = _with_complaints(read, cases, reader)
    today = PartialDate.on(asked.as_of)
    for row, event in zip(page, events, strict=True):
        yield _row(row, event, files[row.child_id], phones, complaints, today)


def brief_rows(work: Work, asked: FollowUpFilter, at_once: int) -> Iterator[Brief]:
    """Yield every row of the list in brief, read so many at a time within a transaction that is already open."""
    read = Reader(work)
    page = index_page(read, asked, limit=at_once)
    while page:
        offences = offences_of(read, listed({row.case_id for row in page}))
        for row in page:
            own = offences.get(row.case_id, [])
            yield Brief(
                row.began_on, INDEX_KINDS[row.kind], row.village_code, gravest_class(own), _age_then(row, own), row.sex
            )
        read = Reader(work)
        page = index_page(read, asked, limit=at_once, after=(page[-1].next_due, page[-1].id))


def _age_then(row: IndexRow, offences: Iterable[Offence]) -> AgeRange | None:
    dates = [each.committed_on for each in offences if each.committed_on is not None]
    return age_range(row.born, min(dates, default=None))


def _event(row: IndexRow) -> IndexEvent:
    return IndexEvent(row.child_id, row.case_id, row.record_id, INDEX_KINDS[row.kind], row.began_on)


def _with_complaints(read: Reader, cases: str, reader: UUID) -> frozenset[UUID]:
    """The cases with a complaint that this staff member may read; that there are others may not be told."""
    return frozenset(case_id for case_id, readers in complaints_of(read, cases) if reader in readers)


def _row(
    row: IndexRow, event: IndexEvent, files: dict[UUID, CaseFile], phones: dict[UUID, str],
    complaints: frozenset[UUID], today: PartialDate,
) -> FollowUpRow:  # fmt: skip
    own, as_of = files[row.case_id], today.earliest
    records = Records(record for file in files.values() for record in file.records)
    course = course_of(event, files.values(), records)
    follow_ups = [each for each in records.of(FollowUp) if each.done_on and each.done_on <= as_of]
    follow_ups.sort(key=attrgetter("done_on"))
    last = next(filter(_found_out, reversed(follow_ups)), None)
    offence_class = gravest_class(own.offences)
    consents = records.of(Consent)
    allowed = allowing(consents, _CONTACT, as_of)
    return FollowUpRow._make((  # by their places: in a third of the time, and there are very many
        row.id, row.case_id, row.number or "", row.child_id, row.code or "",
        *_called(row), row.sex,
        _age_then(row, own.offences), age_range(row.born, today), offence_class, _offence(own, offence_class),
        event.kind, row.began_on, (as_of - row.began_on).days,
        standing_of(row.next_due, row.lost_on, as_of), row.next_due,
        (as_of - row.next_due).days if row.next_due else None,
        last.done_on if last else None, last.how if last else None, follow_ups[-1].status if follow_ups else None,
        row.lost_on, course.ended,
        row.phone, row.guardian_phone, phones.get(row.case_id), row.village_code,
        row.worker_id, row.worker or row.worker_latin or "", row.worker_latin or row.worker or "",
        row.language, row.risk, _programmes(records.of(ReintegrationPlan), as_of),
        window_flags(course, as_of), _events(course, follow_ups, as_of),
        bool(allowed), _is_withdrawn(consents, as_of), _last_of(allowed), row.noted or row.case_id in complaints,
    ))  # fmt: skip


def _called(row: IndexRow) -> tuple[str, str]:
    """Return what to call the child in Khmer and in Latin letters."""
    khmer, latin = written(row.family_name_km, row.given_name_km), written(row.family_name_latin, row.given_name_latin)
    other = khmer or latin or row.nickname or row.code or "–"
    return khmer or other, latin or other


def _found_out(follow_up: FollowUp) -> bool:
    return (
        follow_up.status is not None
        and follow_up.status not in UNANSWERED
        and follow_up.status is not _LOST
        and follow_up.reached is not _NOBODY
    )


def _offence(file: CaseFile, offence_class: OffenceClass | None) -> OffenceCategory | None:
    for each in file.offences:
        if each.category is not None and gravest_class((each,)) is offence_class:
            return each.category
    return None


def _programmes(plans: Iterable[ReintegrationPlan], on: date) -> tuple[SupportKind, ...]:
    given = {
        support.kind
        for plan in plans
        if plan.ended_on is None or plan.ended_on >= on
        for support in plan.support
        if (support.from_on is None or support.from_on <= on) and (support.to_on is None or support.to_on >= on)
    }
    return tuple(filter(given.__contains__, SupportKind)) if given else ()


def window_flags(course: Course, as_of: date) -> tuple[WindowFlag, ...]:
    """Return how the windows of one child stand on that day, by new contact with the police or more."""
    first, until = first_event(course, ContactLevel.R1, as_of)
    flags = []
    for window, ends_on in _window_ends(course.since.on):
        if ends_on > as_of:
            state = _ENDS_SOON if ends_on - as_of <= SOON else _RUNNING
        elif first is not None and first.on <= ends_on:
            state = _EVENT
        else:
            state = _FOLLOWED if until >= ends_on else _NOT_FOLLOWED
        flags.append(WindowFlag(window, ends_on, state))
    return tuple(flags)


@lru_cache(DAYS_KEPT)
def _window_ends(since: date) -> tuple[tuple[Window, date], ...]:
    return tuple((window, window.end(since)) for window in WINDOWS)


def _events(course: Course, follow_ups: Iterable[FollowUp], as_of: date) -> tuple[EventTold, ...]:
    offences = offences_since(course, as_of)
    if not offences:
        return ()
    told: list[tuple[Offending, ContactSource | None]] = []
    for each in follow_ups:
        contact = contact_of(each)
        offending = offending_of(contact, course.since.on) if contact else None
        if offending is not None:
            told.append((offending, each.source))
    return tuple(
        EventTold(
            each.level, each.on, each.dated is Dated.EXACT,
            next((source for one, source in told if are_one(one, each)), None), each.confirmed,
        )
        for each in offences
    )  # fmt: skip


def _is_withdrawn(consents: Collection[Consent], on: date) -> bool:
    if not any(each.withdrawn_on for each in consents):
        return False
    return any(withdrawn_from(consents, scope, on) for scope in (ConsentScope.CONTACT, ConsentScope.SHARING))


def _last_of(consents: Sequence[Consent]) -> date | None:
    """Return the last day on which one of these holds; None where one has no end."""
    known = [each.valid_until for each in consents if each.valid_until is not None]
    return max(known) if known and len(known) == len(consents) else None
