"""What contradicts itself or is wanting in the records of an office: a table of rules, each with the field to mend.

A rule looks at what is known of one child: at each record by itself, with the columns that COLUMNS names, or at several
together, with those of TOGETHER. Nothing is blocked by
it. Complaints are in none of it: that there is one is for named readers alone.
"""

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from casemgr.clock import PartialDate, as_moment
from casemgr.i18n import N_
from casemgr.khmer.digits import to_ascii_digits
from casemgr.law.ages import age_range
from casemgr.law.custody import TELLS_WHERE, may_be_held, spells_of
from casemgr.records.base import CaseRecord, Record
from casemgr.records.beside.complaint import Complaint
from casemgr.records.case import Case, CaseStatus, ChildRole, Offence, OffenceRole
from casemgr.records.child import Child
from casemgr.records.fields import FieldInfo, Kind, field_of, fields_of
from casemgr.records.kinds import KINDS
from casemgr.records.pathway.arrest import Arrest
from casemgr.records.pathway.arrest_answers import AT_LIBERTY
from casemgr.records.pathway.closure import Closure
from casemgr.records.pathway.detention import Detention
from casemgr.records.pathway.detention_answers import RELEASES
from casemgr.records.pathway.social_inquiry import SocialInquiry
from casemgr.records.stage import RecordKind, day_of

AnyRecord = TypeVar("AnyRecord", bound=CaseRecord)

QUIET_DAYS = 90
"""An open case of which nothing was written for so long is forgotten, or over."""

READ_KINDS: tuple[RecordKind, ...] = tuple(kind for kind in KINDS if kind.record is not Complaint)


class OfCase(NamedTuple):
    """One case with its offences and records, each record with its kind."""

    case: Case
    offences: list[Offence]
    records: list[tuple[RecordKind, CaseRecord]]

    def of(self, kind: type[AnyRecord]) -> Iterator[AnyRecord]:
        """Yield the records of one class."""
        return (record for _, record in self.records if isinstance(record, kind))

    @property
    def is_open(self) -> bool:
        """Whether the office still works on it."""
        return self.case.status is not CaseStatus.CLOSED


Numbers = Mapping[tuple[str, str], list[tuple[UUID, UUID]]]
"""By field and number, which children and cases bear a number that several cases bear."""


@dataclass(frozen=True)
class OfChild:
    """All that is known of one child, on a day."""

    child: Child
    cases: list[OfCase]
    today: date
    numbers: Numbers = field(default_factory=dict)


class Found(NamedTuple):
    """Where something is wrong: the record and the field to mend. message: in place of the rule's, where it has one.

    label: the question (a message) and amount: how many, where the message tells them.
    """

    case: Case | None
    record: Record
    field: str | None
    message: str | None = None
    label: str = ""
    amount: int = 0


class Weight(enum.Enum):
    """How much something matters: what cannot be true, what was forgotten, what is wanting."""

    CONTRADICTION = "contradiction"
    FORGOTTEN = "forgotten"
    MISSING = "missing"


class Sees(enum.Enum):
    """What a rule looks at together."""

    RECORD = "record"  # each record by itself, with the child and the case it is of
    CASE = "case"  # each case by itself, and whether anything happened in it of late
    CHILD = "child"  # several records of a child


@dataclass(frozen=True)
class Rule:
    """One thing that may be wrong. name: stays for ever. message: what is wrong, with {question}, {count} at most.

    sees: what it looks at together.
    """

    name: str
    weight: Weight
    message: str
    find: Callable[[OfChild], Iterable[Found]]
    sees: Sees = Sees.CHILD


def _records(whole: OfChild) -> Iterator[tuple[OfCase, RecordKind, CaseRecord]]:
    return ((of, kind, record) for of in whole.cases for kind, record in of.records)


def _wrong_order(whole: OfChild) -> Iterator[Found]:
    for of, kind, record in _records(whole):
        for order in kind.orders:
            earlier, later = getattr(record, order.earlier), getattr(record, order.later)
            if earlier is None or later is None:
                continue
            if isinstance(earlier, datetime) != isinstance(later, datetime):
                earlier, later = day_of(earlier), day_of(later)
            if as_moment(later) < as_moment(earlier) - order.slack:
                yield Found(of.case, record, order.later, order.message)


def _before_birth(whole: OfChild) -> Iterator[Found]:
    born = whole.child.born
    if born is None:
        return
    for of in whole.cases:
        for offence in of.offences:
            if offence.committed_on is not None and offence.committed_on.latest < born.earliest:
                yield Found(of.case, offence, "committed_on", label=_label(Offence, "committed_on"))
    for of, kind, record in _records(whole):
        for name in kind.after_birth:
            at = getattr(record, name)
            if at is not None and day_of(at) < born.earliest:
                yield Found(of.case, record, name, label=_label(kind.record, name))


def _to_come(whole: OfChild) -> Iterator[Found]:
    if whole.child.born is not None and whole.child.born.earliest > whole.today:
        yield Found(None, whole.child, "born", label=_label(Child, "born"))
    last = whole.today + timedelta(days=1)
    for of in whole.cases:
        for offence in of.offences:
            if offence.committed_on is not None and offence.committed_on.earliest > last:
                yield Found(of.case, offence, "committed_on", label=_label(Offence, "committed_on"))
    for of, kind, record in _records(whole):
        for name in kind.happened:
            at = getattr(record, name)
            if at is not None and day_of(at) > last:
                yield Found(of.case, record, name, label=_label(kind.record, name))


def _adult(whole: OfChild) -> Iterator[Found]:
    """Whoever was surely 18 when the offence was committed is no minor (Law on Juvenile Justice, definitions)."""
    for of in whole.cases:
        if of.case.child_role not in (None, ChildRole.SUSPECT):
            continue
        for offence in of.offences:
            ages = age_range(whole.child.born, offence.committed_on)
            if ages is not None and ages.youngest >= 18:
                yield Found(of.case, offence, "committed_on")


def _offence_after_arrest(whole: OfChild) -> Iterator[Found]:
    for of in whole.cases:
        first = min((each.arrested_at for each in of.of(Arrest) if each.arrested_at), default=None)
        for offence in of.offences:
            known: PartialDate | None = offence.committed_on
            if first is not None and known is not None and known.earliest > first.date():
                yield Found(of.case, offence, "committed_on")


def _two_open(whole: OfChild) -> Iterator[Found]:
    """A detention that goes on although a later one began, in whatever case; of two of one day one is named."""
    held = [(of, each) for of in whole.cases for each in of.of(Detention) if each.started_on is not None]
    held.sort(key=lambda pair: (pair[1].started_on or date.max, pair[1].ended_on is None, pair[1].id.hex))
    for of, each in held[:-1]:
        if each.ended_on is None:
            yield Found(of.case, each, "ended_on")


def _two_places(whole: OfChild) -> Iterator[Found]:
    """Of two spells that share more than the day on which one led to the other, the later is named."""
    spells = [(of, spell) for of in whole.cases for spell in spells_of(record for _, record in of.records)]
    closed = sorted((pair for pair in spells if pair[1].last is not None), key=lambda pair: (pair[1].first, _end(pair)))
    held_until = date.min
    for of, spell in closed:
        if spell.first < held_until:
            name = "started_on" if isinstance(spell.record, Detention) else "arrived_at"
            yield Found(of.case, spell.record, name)
        held_until = max(held_until, spell.last or date.min)


def _end(pair: tuple[OfCase, Any]) -> date:
    return pair[1].last or date.max


def _release_without_end(whole: OfChild) -> Iterator[Found]:
    for of in whole.cases:
        for detention in of.of(Detention):
            if detention.ended_on is None and detention.end_reason in RELEASES:
                yield Found(of.case, detention, "ended_on")
        for arrest in of.of(Arrest):
            if arrest.custody_ended_at is None and arrest.outcome in AT_LIBERTY:
                yield Found(of.case, arrest, "custody_ended_at")


def _held_in_closed(whole: OfChild) -> Iterator[Found]:
    for of in whole.cases:
        for detention in of.of(Detention) if not of.is_open else ():
            if detention.ended_on is None:
                yield Found(of.case, detention, "ended_on")


NUMBERED = ("court_number", "police_report_number")


def number_key(number: str) -> str:
    """Return a number without what two people write differently: spaces, dashes, figures of either script."""
    return re.sub(r"[\s\-–/.\u200b]+", "/", to_ascii_digits(number)).strip("/").casefold()


def _same_number(whole: OfChild) -> Iterator[Found]:
    """One number in two cases of a child; or both numbers in a case of another child, where this one acted alone.

    Courts and police units number by themselves, so one number alone says nothing of two children; co-accused share
    both.
    """
    for of in whole.cases:
        borne = {name: _bearers(whole, of.case, name) for name in NUMBERED}
        for name, cases in borne.items():
            if any(child_id == whole.child.id for child_id, _ in cases):
                yield Found(of.case, of.case, name, label=_label(Case, name))
        others = set[tuple[UUID, UUID]].intersection(*borne.values())
        if _alone(of) and any(child_id != whole.child.id for child_id, _ in others):
            yield Found(of.case, of.case, NUMBERED[0], label=_label(Case, NUMBERED[0]))


def _bearers(whole: OfChild, case: Case, name: str) -> set[tuple[UUID, UUID]]:
    """Return the other cases that bear the number this one bears."""
    number = getattr(case, name)
    known = whole.numbers.get((name, number_key(number)), []) if number else []
    return {each for each in known if each[1] != case.id}


def _alone(of: OfCase) -> bool:
    return bool(of.offences) and all(each.role is OffenceRole.ALONE for each in of.offences)


def _quiet(whole: OfChild) -> Iterator[Found]:
    since = whole.today - timedelta(days=QUIET_DAYS)
    for of in whole.cases:
        opened_on = of.case.opened_on
        if of.is_open and opened_on is not None and opened_on < since and not _spoken_of(of, since):
            yield Found(of.case, of.case, "status", amount=QUIET_DAYS)


def _spoken_of(of: OfCase, since: date) -> bool:
    """Whether anything happened in the case since that day, a date to come left aside."""
    return any(
        (at := getattr(record, name)) is not None and day_of(at) >= since
        for kind, record in of.records for name in kind.happened
    )  # fmt: skip


def _whether_held(whole: OfChild) -> Iterator[Found]:
    for of in whole.cases:
        for arrest in may_be_held(record for _, record in of.records) if of.is_open else ():
            yield Found(of.case, arrest, "outcome")


def _closed_without_day(whole: OfChild) -> Iterator[Found]:
    """How long the papers are kept is counted from the closing."""
    for of in whole.cases:
        if not of.is_open and all(each.closed_on is None for each in of.of(Closure)):
            yield Found(of.case, of.case, "status")


def _no_offence(whole: OfChild) -> Iterator[Found]:
    for of in whole.cases:
        if not of.offences and of.case.child_role in (None, ChildRole.SUSPECT):
            yield Found(of.case, of.case, "child_role")


def _no_sex(whole: OfChild) -> Iterator[Found]:
    if whole.child.sex is None:
        yield Found(None, whole.child, "sex")


def _no_birth(whole: OfChild) -> Iterator[Found]:
    if whole.child.born is None:
        yield Found(None, whole.child, "born")


_OWN_RULE = {(Child, "sex"), (Child, "born")}
_EVERY_KIND: tuple[type[Record], ...] = (Child, Case, Offence, *(kind.record for kind in READ_KINDS))
REQUIRED: dict[type[Record], tuple[FieldInfo, ...]] = {
    kind: tuple(
        info for info in fields_of(kind) if info.required and not info.retired and (kind, info.name) not in _OWN_RULE
    )
    for kind in _EVERY_KIND
}
"""What the office always wants to know of a record of each kind, where it is asked."""


def _missing(whole: OfChild) -> Iterator[Found]:
    yield from _asked(None, Child, whole.child)
    for of in whole.cases:
        yield from _asked(of.case, Case, of.case)
        for offence in of.offences:
            yield from _asked(of.case, Offence, offence)
        for kind, record in of.records:
            yield from _asked(of.case, kind.record, record)


def _asked(case: Case | None, kind: type[Record], record: Record) -> Iterator[Found]:
    if missing := wanting(kind, record):
        yield Found(case, record, missing[0].name, label=missing[0].label, amount=len(missing))


def wanting(kind: type[Record], record: Record) -> list[FieldInfo]:
    """Return the questions of a record that are to be answered and are not; in an inquiry that was sent no more."""
    if isinstance(record, SocialInquiry) and record.submitted_at is not None:
        return []
    return [
        info for info in REQUIRED[kind] if getattr(record, info.name) in (None, "", ()) and info.is_shown(record)
    ]  # fmt: skip


def _label(kind: type[Record], name: str) -> str:
    return field_of(kind, name).label


_WRONG, _FORGOTTEN, _MISSING = Weight.CONTRADICTION, Weight.FORGOTTEN, Weight.MISSING

RULES: tuple[Rule, ...] = (
    Rule("wrong-order", _WRONG, N_("These dates are in the wrong order."), _wrong_order, Sees.RECORD),
    Rule("before-birth", _WRONG, N_("This date lies before the child's birth: {question}"), _before_birth,
         Sees.RECORD),
    Rule("to-come", _WRONG, N_("This date is still to come, and is said to have happened: {question}"), _to_come,
         Sees.RECORD),
    Rule("adult-at-offence", _WRONG, N_("The child was 18 or older at the offence."), _adult),
    Rule("offence-after-arrest", _WRONG, N_("The offence lies after the arrest."), _offence_after_arrest),
    Rule("two-open-detentions", _WRONG, N_("Another detention began later, and this one has no end."), _two_open),
    Rule("two-places", _WRONG, N_("By the dates the child was held in two places at once."), _two_places),
    Rule("release-without-end", _WRONG, N_("The child was released, and the day is not written down."),
         _release_without_end),
    Rule("held-in-closed-case", _WRONG, N_("The case is closed, and the detention has no end."), _held_in_closed),
    Rule("same-number", _WRONG, N_("Another case has the same number: {question}"), _same_number),
    Rule("whether-held", _FORGOTTEN, N_("It is not known whether the child is still held."), _whether_held),
    Rule("long-quiet", _FORGOTTEN, N_("The case is open, and nothing was written down for {count} days."), _quiet,
         Sees.CASE),
    Rule("no-sex", _MISSING, N_("The sex of the child is not written down."), _no_sex),
    Rule("no-birth", _MISSING, N_("The date of birth is not written down."), _no_birth),
    Rule("no-offence", _MISSING, N_("No offence is written down."), _no_offence),
    Rule("closed-without-day", _MISSING, N_("The case is closed, and no day of closing is written down."),
         _closed_without_day),
    Rule("missing", _MISSING, N_("Required answers missing: {count}"), _missing, Sees.RECORD),
)  # fmt: skip
"""The rules, in the order in which what they find is listed."""


def _columns(kind: type[Record], own: tuple[str, ...], dates: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the columns that the rules read of a kind: what is required, and what decides whether it is asked."""
    wanted = {info.name for info in REQUIRED[kind]} | set(dates)
    read = (info.name for info in fields_of(kind) if info.name in wanted or info.kind is not Kind.TEXT)
    return tuple(dict.fromkeys((*own, *read)))


COLUMNS: dict[type[Record], tuple[str, ...]] = {
    Child: _columns(Child, ("id", "anonymised_on")),
    Case: _columns(Case, ("id", "child_id", "worker_id")),
    Offence: _columns(Offence, ("id", "case_id")),
    **{
        kind.record: _columns(
            kind.record, ("id", "case_id", "submitted_at") if kind.record is SocialInquiry else ("id", "case_id")
        )
        for kind in READ_KINDS
    },
}  # fmt: skip
"""What the rules may read of a record that they look at by itself."""

TOGETHER: dict[type[Record], tuple[str, ...]] = {
    Child: (
        "id", "code", "family_name_km", "given_name_km", "family_name_latin", "given_name_latin", "nickname", "sex",
        "born", "anonymised_on",
    ),
    Case: ("id", "child_id", "worker_id", "number", "child_role", "status", "opened_on", *NUMBERED),
    Offence: ("id", "case_id", "committed_on", "role"),
    Arrest: ("id", "case_id", "arrested_at", "arrived_at", "custody_ended_at", "outcome"),
    Detention: ("id", "case_id", "started_on", "ended_on", "end_reason"),
    Closure: ("id", "case_id", "closed_on"),
    **{kind: ("id", "case_id") for kind in TELLS_WHERE if kind is not Detention},
}  # fmt: skip
"""What the rules may read that look at several records of a child together, or at a case."""


def findings_of(whole: OfChild, sees: Sees) -> Iterator[tuple[Rule, Found]]:
    """Yield all that the rules find of one child that look at this together."""
    for rule in RULES:
        if rule.sees is sees:
            for found in rule.find(whole):
                yield rule, found
